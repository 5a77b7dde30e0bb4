"""Words that tell where the Chinese name before a parenthesis begins, and where it does not."""

#: Words that end where a name begins, and that no list of roles or stop words holds.
BEFORE = frozenset(
    word
    for words in (
        ("前", "现任", "时任", "前任", "原", "新任", "候任", "已故", "名叫", "名为", "叫", "叫做"),
        ("称为", "位于", "包括", "以及", "还有", "例如", "比如", "根据", "据", "使用", "来自"),
        ("总部", "创办人", "创始人", "女儿", "儿子", "妻子", "丈夫", "母亲", "父亲", "妹妹", "姐姐"),
        ("弟弟", "哥哥", "教授", "学者", "博士", "律师", "专家", "作家", "歌手", "演员", "导演"),
        ("球星", "队员", "前锋", "球员", "选手", "巨头", "公司", "集团", "旗下", "员", "籍", "人"),
        ("专员", "主管", "大臣", "总理", "部长", "局长", "司长", "处长", "院长", "校长", "社长"),
        ("会长", "主席", "主任", "总裁", "总统", "首相", "首席", "执行官", "执行长", "秘书长"),
        ("秘书", "书记", "州长", "市长", "市议员", "议员", "参议员", "众议员", "议长", "领袖"),
        ("党魁", "代表", "发言人", "检察长", "检察官", "法官", "大使", "公使", "上将", "中将"),
        ("将军", "司令", "上校", "分析师", "经济学家", "研究员", "顾问", "主持人", "记者", "摄影师"),
        ("编辑", "创办", "老板", "董事长", "经理", "总监", "设计师", "科学家", "外长", "防长"),
        ("财长", "外相", "防相", "幕僚长", "助手", "候选人", "提名人", "国务卿", "女王", "国王"),
        ("王子", "教皇", "教宗", "主教", "神父", "歌星", "影星", "名将", "教练", "队长", "门将"),
        ("后卫", "中场", "对手", "长", "和", "与", "及", "或", "在", "由", "向", "对", "把", "被"),
        ("让", "给", "从", "到", "的", "地", "得", "了", "着", "是", "为", "以", "将", "重镇"),
        ("小镇", "通过", "加入", "成立", "访问", "起诉", "收购", "要求", "隶属", "邀请", "子女"),
        ("阵营", "之前", "此前", "随后", "转向", "大区", "州", "县", "市", "省", "区", "县城"),
        ("首都", "城市", "智库", "民主党人", "共和党人", "民主党籍", "共和党籍", "通讯社", "特拉斯"),
        ("先生", "女士", "小姐", "夫人", "客户", "品牌", "杂志", "报纸", "期刊", "网站", "电视台"),
        ("节目", "电影", "影片", "剧集", "等", "等等", "成员", "委员", "人员"),
        ("同胞", "业者", "乘客", "男子", "女子", "女童", "男童", "居民", "民众", "球迷", "网民", "人士"),
    )
    for word in words
)
#: Titles that stand behind a Chinese name, and before a Latin one: 李明博士（Dr Li Ming）.
TITLES = (
    *("博士", "教授", "先生", "女士", "小姐", "夫人", "将军", "爵士", "医生"),
    *("联邦参议员", "联邦众议员", "参议员", "众议员", "议员", "州长", "市长", "部长", "总统", "总理", "首相"),
)
#: Verbs that stand before the name of a body or a place, and begin none.
VERBS = frozenset(
    word
    for words in (
        ("敦促", "接受", "横扫", "任职", "访问", "要求", "呼吁", "批评", "起诉", "加入", "离开"),
        ("抵达", "登陆", "袭击", "收购", "支持", "反对", "出任", "担任", "曾任", "率领", "领导"),
        ("创办", "创立", "成立", "打造", "推出", "宣布", "通过", "违反", "违背", "签署", "参与"),
        ("参加", "退出", "重返", "隶属", "获得", "赢得", "击败", "控告", "告知", "通知", "指控"),
        ("代表", "选择", "注意", "提出", "使用", "采用", "启动", "取得", "申请", "给予", "批准"),
        ("发放", "实施", "执行", "侵犯", "闯入", "穿越", "位居", "毕业", "就读", "任教", "投资"),
        ("入股", "控股", "资助", "邀请", "会见", "致函", "引述", "援引", "援助", "前往", "逃往"),
        ("解决", "处理", "负责", "遵守", "颁布", "称呼", "更名", "改名"),
    )
    for word in words
)
#: Last words of places and companies that a Latin name leaves out: 索迪斯集团（Sodexo）, 维索科镇（Visoko）.
UNSPOKEN = ("集团", "公司", "大厦", "镇", "县", "市", "省", "郡", "岛", "湖", "山", "河", "州", "区", "号")
#: Last characters of roles, and joining words, left before a name by the segmenter: 署|长惠勒, 和克瑞普斯.
LEFT_OVER = frozenset("长员师和与及的")
#: Words of English sentences: with one of them a parenthesis is a slogan, not a name.
SENTENCE = frozenset(("can", "will", "is", "are", "was", "must", "should", "not", "cannot", "do", "does"))
#: Last words of company names that are short for words of the concept table.
SHORT = {"tech": "technology", "telecom": "telecommunications", "pharma": "pharmaceutical"}
#: Prefixes of ships' names.
SHIPS = ("USS ", "USNS ", "HMS ", "HMAS ", "HMCS ", "JS ", "INS ")
#: Last words of the names of bodies, places and works: what stands before them belongs to the name.
HEADS = tuple(
    word
    for words in (
        ("公司", "集团", "银行", "大学", "学院", "研究所", "研究院", "研究中心", "中心", "委员会"),
        ("协会", "学会", "联盟", "联合会", "组织", "基金会", "基金", "机构", "署", "局", "部", "厅"),
        ("社", "报", "台", "党", "队", "会", "法", "法案", "条例", "协议", "条约", "计划", "网"),
        ("州", "县", "市", "镇", "区", "湖", "山", "岛", "河", "港", "俱乐部", "图书馆", "博物馆"),
        ("医院", "航空", "电视网", "指数", "事务所", "大厦", "报纸"),
    )
    for word in words
)
#: Latin words that join the others.
JOINING = frozenset(
    word
    for words in (
        ("of", "the", "and", "for", "in", "on", "to", "a", "an", "de", "la", "le"),
        ("du", "von", "van", "der", "den", "di", "da", "al", "el"),
    )
    for word in words
)

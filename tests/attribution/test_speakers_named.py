"""Who is named as the speaker: a noun phrase or nobody, from constructed sentences."""

import pandas as pd
import pytest

import bitext
from bitext.stances.from_texts import tokens_of

#: Text, verb or first word of the quotation, who is named ("" for nobody). Chinese with a gloss.
NAMED = [
    ("首相表示，谈判很有益。", "表示", "首相"),  # the prime minister, by the office alone
    ("大使说，谈判很难。首相表示，她很高兴。", "表示", "首相"),
    ("防卫相表示，谈判很有益。", "表示", "防卫相"),  # the minister of defence
    ("The report praised the school but criticised its board.", "criticised", "The report"),
    (
        "It may license the sale of tools in China, an official at the ministry said.",
        "said",
        "an official at the ministry",
    ),
    ("If Japan joins, most repairs would need a permit, said Ann Lee.", "said", "Ann Lee"),
    ("Ann Lee, a nurse whose ward was full, said it burned.", "said", "Ann Lee"),
    ("读者纷纷留言点赞：“封锁十年，我们什么都有了！”", "封锁", "读者"),  # readers left comments: “…”
    (
        "据两名了解情况的人士透露，工厂停工。",
        "据两名了解情况的人士透露",
        "两名了解情况的人士",
    ),  # two who know
    ("岚谷科技矢口否认，称从未下单。", "称", "岚谷科技"),  # denied flatly, saying
    ("拿试产的良率说事，不是外行就是别有用心。", "说", ""),  # a rate says nothing
    ("网络侦探们挖出了赵婷的采访，说她自相矛盾。", "说", "网络侦探们"),  # dug out, saying
    ("顾望舒今天下午表示，会议取消。", "表示", "顾望舒"),  # said this afternoon
    ("薪酬要求，每月必须上调。", "要求", ""),  # pay demands
    ("店员阿尔贝托·布尔拉（Al）表示，天气很好。", "表示", "店员阿尔贝托·布尔拉"),  # all parts of a name
    ("在埃贡·马克斯大道的时候，他对我说：“这条大道真的很老。”", "说", ""),  # an avenue is no person
    (
        "梁明说，天冷。门槛要求，账户开满五年。",
        "要求",
        "",
    ),  # a threshold asks nothing, nor does who spoke before
    ("他私下找我，客气地说，不要挂资料。", "地说", ""),  # politely
    ("包括柳青在内的多名官员表示，会议取消。", "表示", "多名官员"),  # officials, among them Liu Qing
    ("武川市民起诉水厂，认为收费不公。", "认为", "武川市民"),  # citizens sue the waterworks, thinking
    ("水务局本周发布的一份声明说，管道已修好。", "声明说", "水务局本周发布的一份声明"),  # a statement of it
    ("渔业协会的内部文件显示，船已停航。", "文件显示", "渔业协会的内部文件"),  # its internal papers
    ("根据实际需求选购，船会停航。", "根据", ""),  # by need
    ("这令水务局认为，冬天会很冷。", "认为", "水务局"),  # this makes the bureau think
    ("一路上母亲对我说，天会很冷。", "说", "母亲"),  # all the way, mother
    ("故他在会上建议，改用新船。", "建议", ""),  # therefore he: nobody is known yet
    ("委员发短信说，天很冷。", "说", "委员"),  # sent a message
    ("魏朗彦则认为，天很冷。", "认为", "魏朗彦"),  # 则 is no part of the name
    ("国际社会担忧，船会停航。", "担忧", "国际社会"),
    ("两名议员在写给公署的信中说，船会停航。", "说", "两名议员"),  # members said in a letter
    ("防止内部传播说明，管理很严。", "说明", ""),  # preventing leaks shows
    ("抵制、称对方不公。", "称", ""),  # boycotts, says: a list that breaks off
    ("At least one brand is worth less than Cotton says, and sales fell.", "says", ""),
    ("Missouri Gov. Jay Nixon Saturday afternoon said it was late.", "said", "Missouri Gov. Jay Nixon"),
    ("Poe almost said it was late.", "said", "Poe"),
    ("The results could be announced in May.", "announced", ""),
    ("Donald Reed called for calm on Monday, saying the town was safe.", "saying", "Donald Reed"),
    ("In mid-April the government said it would pay.", "said", "the government"),
    ("“It works,” Jeff Weaver, the workers' manager, said.", "said", "Jeff Weaver"),
    ("He’s said that it rained.", "said", ""),
    ("Gov. John Kasich (R-OH), said he would run.", "said", "Gov. John Kasich (R-OH)"),
    ("“We will not accept any of it.” -Commissioner Dana Holt\nMore.", "We", "Commissioner Dana Holt"),
    ("Sen. Ann Lee (D-Md.), chair of the panel, said it was late.", "said", "Sen. Ann Lee (D-Md.)"),
    ("''We like it,'' said Ann Lee.", "said", "Ann Lee"),
    ("A poll released on Friday showed that most agree.", "showed", "A poll"),
    ("Indeed, teachers of that town say so.", "say", "teachers of that town"),
    ("The teachers who wrote to her say they were ignored.", "say", "The teachers"),
    ("He pointed to a case to say that courts decide.", "say", ""),
    ("The mayor tried to explain that it rained.", "explain", "The mayor"),
    ("With half of the voters saying no, it failed.", "saying", "half of the voters"),
    ("Bo Lee, 29, of Salem, Mass., said he was tired.", "said", "Bo Lee"),
    ("The town dismissed his claims that it rained.", "claims that", ""),
    ("“No way,” the nurse sighed.", "sighed", "the nurse"),
    ("“Stop,” shouted Mr. Lee.", "shouted", "Mr. Lee"),
    ("An official who asked not to be named said it would close.", "said", "An official"),
    ("The journalist Ann Fox was questioned by police.", "questioned", ""),
    ("The minister was criticised by unions for closing it.", "criticised", "unions"),
    ("Asked about it, Lee shrugged.", "Asked about", ""),
    ("Yet about 9 percent said no.", "said", "about 9 percent"),
    ("Officials have in the past said it was safe.", "said", "Officials"),
    ("Significantly, the judge said it was late.", "said", "the judge"),
    ("Fox News host Ann Lee said it was late.", "said", "Ann Lee"),
    ("Officials warned Mary Poe. She said it was late.", "said", "Mary Poe"),
    ("Officials warned Mary Poe. He said it was late.", "said", ""),
    ("The company's chief executive, Solveig Aarnes, warned of a loss.", "warned of", "Solveig Aarnes"),
    ("Its spokeswoman, Petra Holm, said on Monday the plant would close.", "said", "Petra Holm"),
    ("Norland's prime minister, Ann Lee, said it was late.", "said", "Ann Lee"),
    ("Officials in the capital, New Dellen, said it was late.", "said", "Officials in the capital"),
    ("She sat overhearing his grandmother's whispered prayers.", "whispered", ""),
    ("He kept the mayor's promised funds.", "promised", ""),
    ("The Ministry of Trade said exports fell.", "said", "The Ministry of Trade"),
    ("The road costs more than said the board.", "said", ""),
    ("In short, 2014 said it all.", "said", ""),
    ("Or maybe not, said the clerk.", "said", "the clerk"),
    ("The gap suggests that the plan failed.", "suggests that", ""),
    ("Mr. Poe's claim that he won was false.", "claim that", "Mr. Poe"),
    ("Poe’s call for calm was heard.", "call for", "Poe"),
    ("Lee, Poe and Moss said it was late.", "said", "Lee, Poe and Moss"),
    ("Both Ann Lee and Max Poe said it was late.", "said", "Both Ann Lee and Max Poe"),
    ("The town senator and Labour candidate said no.", "said", "The town senator and Labour candidate"),
    ("The union sent a letter on Friday saying that it was late.", "saying", "The union"),
    ("The mayor left, and then the crowd went home, saying it was late.", "saying", "the crowd"),
    ("The nurses are quick to point out that they won.", "point out", "The nurses"),
    ("Mrs. Lee has also had to deny the report.", "deny", "Mrs. Lee"),
    ("Some of them remained skeptical that it would work.", "skeptical", "Some of them"),
    ("Ann Lee in a post said it was late.", "said", "Ann Lee"),
    ("Emily Kelly said it was late.", "said", "Emily Kelly"),
    ("It drew a sharp reply from the union.", "reply", ""),
    ("She hired a firm called Acme Works.", "called", ""),
    ("He described his repeated attempts to win.", "repeated", ""),
    ("According to a report on Monday, it was late.", "According to", "a report"),
    ("42% say it was late.", "say", "42%"),
    ("The border wall Mr Poe promised was late.", "promised", "Mr Poe"),
    ("This week Acme said it was late.", "said", "Acme"),
    ("Acme said it lost money. It added that the plant would close.", "added", "Acme"),
    ("Poe won the endorsement of Mayor Ann Lee.", "endorsement of", "Mayor Ann Lee"),
    ("The plan drew criticism from Ann Lee.", "criticism from", "Ann Lee"),
    ("Ann Lee's views on the dam are known.", "views on", "Ann Lee"),
    ("Poe was accused of hiding the bill.", "accused", ""),
    ("The deal faces questions about its cost.", "questions about", ""),
    ("Mr. Poe sees the dam as a gift.", "sees", "Mr. Poe"),
    ("Ann Lee mocked the plan.", "mocked", "Ann Lee"),
    ("Poe learned that the dam leaked.", "learned that", "Poe"),
    ("Ann Lee had no doubts about the dam.", "doubts about", "Ann Lee"),
    ("Voters were far more likely to say it was late.", "say", "Voters"),
    # The spokeswoman to reporters at a briefing
    ("白宫发言人莎琪在例行简报会上对记者：“我们会继续等待结果，也会继续工作。”", "我们", "莎琪"),
    ("The Gap Foundation suggests that the plan failed.", "suggests that", "The Gap Foundation"),
    # A notice came to light on the web, and it shows that the plant will stop.
    ("网上曝光一条内部通知，通知显示工厂停产。", "通知", ""),
    # The outbreak began with eight cases reported in January.
    ("黑水镇最近一轮疫情是从1月通报8名病例开始的。", "通报", ""),
    # So I would say that it is a mistake. (I and "would" in one word)
    ("因此，我会说这是一个错误。", "说", ""),
    # The mining association counted.
    ("据东州矿业协会统计，去年产量增长。", "据", "东州矿业协会"),
    # The captain of the ship Haiheng 7 said; Li Ming said on the 7th.
    ("海衡7号船长林若庭说，船没有越界。", "说", "林若庭"),
    ("李明7号说，船没有越界。", "说", "李明"),
    # Halden Battery said.
    ("哈尔登电池表示，工厂将按期开工。", "表示", "哈尔登电池"),
    # Premier Tseng Kai-wen said; the premier has said twice.
    ("行政院长曾凯文表示，预算将增加。", "表示", "行政院长曾凯文"),
    ("行政院长曾两次表示，预算将增加。", "表示", "行政院长"),
    # The embassy called it groundless, and asked for more.
    ("东州大使馆称该裁定“毫无根据”，要求法院撤销判决。", "要求", "东州大使馆"),
    # The authorities reacted to a rumour, and repeated.
    ("东州当局对相关传闻反应强烈，重申反对任何协议。", "重申", "东州当局"),
    # The Northgate Courier reports.
    (
        "据《北门报》（Northgate Courier）报道，停产。",
        "据《北门报》（Northgate Courier）报道",
        "北门报",
    ),
    # The gap shows; their coup makes clear.
    ("差距显示，双方的分歧很大。", "显示", ""),
    ("他们的政变表明，军方不愿让步。", "表明", ""),
    # The director praises the workers, yet criticises the union.
    ("厂长称赞工人，却批评工会。", "批评", "厂长"),
    # Brown said the same day: plans have changed.
    ("布朗同日说，计划有变。", "说", "布朗"),
    # Li Ming said: the weather is fine. (cut as 李 明说)
    ("李明说，天气很好。", "明说", "李明"),
    # Haitong (a broker) said the market would recover. (cut as 海 通称)
    ("海通称，市场将回暖。", "通称", "海通"),
    # Researcher Liu Jian said: the sample is too small. (cut as 刘健称)
    ("研究员刘健称，样本不足。", "刘健称", "刘健"),
    # Reuters says A went bankrupt. Some sources revealed that B will, too.
    ("路透社称，甲公司破产。有消息人士透露，乙公司也会破产。", "透露", "消息人士"),
    # This provoked protests from women's groups.
    ("这引发了女权团体抗议，要求他道歉。", "要求", "女权团体"),
    # Members of parliament and officials of several countries had called for a boycott.
    ("多国议员、官员曾呼吁抵制大会。", "呼吁", "多国议员、官员"),
    # Many fear that the plan will fail. (no comma behind the verb)
    ("外界担心计划失败。", "担心", "外界"),
    # The election was denounced by all sides.
    ("选举被各界谴责为操纵。", "谴责", "各界"),
    # According to that report, the plant is closed.
    ("据该报道，工厂停产。", "据该报道", "该报道"),
    # The statement also said that it rained.
    ("声明还说，下雨了。", "还说", "声明"),
    # Hundreds of angry parents said the school was closed.
    ("数百名愤怒的家长说，学校关门了。", "说", "数百名愤怒的家长"),
    # An officer of the town police who works on the case said nothing was received.
    ("正在处理此案的市警察局的一名警官周二说，没有收到。", "说", "市警察局的一名警官"),
    # President-elect Brown says the plan stands.
    ("美国当选总统布朗表示，计划不变。", "表示", "布朗"),
    # The paper says the money moves, and adds that it will not return: the paper adds it, not the money.
    ("日报称，资金将被转出，但补充称不会退回。", "补充称", "日报"),
    # Li Ming said the plant would stop. He further claimed that workers would be paid. (cut as 他续 称)
    ("李明说，工厂将停产。他续称工人会得到补偿。", "称", "李明"),
    # "The plant has stopped." Li Ming said with a sigh.
    ("“工厂停产了。”李明叹气道。", "道", "李明"),
    # "The plant has stopped," said Li Ming, smiling.
    ("“工厂停产了，”李明笑着说。", "说", "李明"),
    # An official who does not want to be named said the plant would stop.
    ("一名不愿透露姓名的官员说，工厂将停产。", "说", "一名不愿透露姓名的官员"),
    # US president-elect Biden says the US has to consult.
    ("美国总统当选人拜登称，美国需要协商。", "称", "拜登"),
    # Li Ming, reporter of the agency, said the plant would stop.
    ("新华社记者李明说，工厂将停产。", "明说", "李明"),
    # This must arouse suspicion.
    ("此举必定引人怀疑。", "怀疑", ""),
    # Gong Shengli (his given name is also "victory") says the economy has a problem.
    ("巩胜利指，经济现在有一个麻烦。", "指", "巩胜利"),
    # Zeng Fusheng (his surname is also "once") said the government should wait.
    ("曾复生说，政府应该等待。", "说", "曾复生"),
    # After hearing the case the court held that the accused is guilty.
    ("东州市法院审理后认为，被告有罪。", "认为", "东州市法院"),
    # Miss Li said after arriving in Beijing that all is well.
    ("李女士抵达北京后表示，一切都好。", "表示", "李女士"),
    # Lin Zhiming, two years ago, had warned.
    ("林志明两年前曾警告说，关系正在恶化。", "说", "林志明"),
    # The Chinese side stressed; the report said at the same time; the file said.
    ("中方强调，今天已经不同。", "强调", "中方"),
    ("报道同时指出，村长留任。", "指出", "报道"),
    ("文件称，此事没有影响。", "文件称", "文件"),
    # The scholar Chris Bolding, who once taught in Shenzhen, holds
    ("曾经在深圳任教的学者克里斯·鲍尔丁认为，情况越来越严重。", "认为", "克里斯·鲍尔丁"),
    # Four economists who were interviewed by the paper pointed out
    ("不过，四位接受本报采访的经济学家指出，效益早就存在。", "指出", "四位接受本报采访的经济学家"),
    # There are also netizens who say
    ("还有网友称现在太贵了。", "称", "网友"),
    # In March the Chinese side expelled the reporters and demanded that two media hand in papers.
    ("3月份，中方将记者驱逐出境，并要求两家媒体提交材料。", "要求", "中方"),
    # The authorities fear that word gets out, and even demand
    ("当局怕消息外传，不仅要求他们签保密书，还给他们钱。", "要求", "当局"),
    # Because officials do not much believe in tests
    ("由于官员不太相信检查的准确性，很多地区都反复检测。", "相信", "官员"),
    # According to an estimate of the company Fireye; according to official data
    ("据火眼公司评估，两组人参与了活动。", "据", "火眼公司"),
    ("据東州官方統計，目前投資正在增加。", "据", "東州官方統計"),
    # The special representative for reconciliation
    ("东州和解特别代表李明敦促各方克制。", "敦促", "李明"),
    # As James Scott says
    ("诚如詹姆斯·斯科特所言：“无数的珊瑚虫形成了礁石。”", "无数", "詹姆斯·斯科特"),
    # He, who has lived abroad for 16 years: nobody is named before.
    ("居住在国外已经16年的他表示，媒体让他思考。", "表示", ""),
    # One survey of parliament shows
    ("东州国会的一项调查显示，公司与政府有关。", "调查显示", "东州国会的一项调查"),
    # Besides, according to the broadcaster; scholars who were interviewed; the Reply says; offices concerned
    ("另据东州电视台报导，该栏目记者曾走访。", "另据东州电视台报导", "东州电视台"),
    ("受访学者认为，这是机会。", "认为", "受访学者"),
    ("《答复》称，教育部高度重视。", "称", "答复"),
    ("有关部门表示，正在调查。", "表示", "有关部门"),
    # The authorities concerned
    ("有关当局表示，样品来自外地。", "表示", "有关当局"),
    # That made Britain announce; the pressure made the Danish government announce; heeded by the UN
    ("此举促使英国宣布撤离侨民。", "宣布", "英国"),
    ("压力迫使丹麦政府宣布，港口将关闭。", "宣布", "丹麦政府"),
    ("备受联合国关注，认为很重要。", "认为", ""),
    # Lin Zhiming: "no opinion, and none wanted"
    ("林志明：“没有看法，也不想有看法。”", "没有", "林志明"),
]


@pytest.mark.parametrize(("text", "surface", "name"), NAMED, ids=[case[0][:24] for case in NAMED])
def test_a_speaker_is_a_noun_phrase_or_nobody(text: str, surface: str, name: str) -> None:
    table = bitext.attributions(tokens_of([text]))
    assert table.loc[table["surface"] == surface, "source"].tolist()[:1] in (
        [name],
        [] if not name else [name],
    )


def test_a_name_between_commas_is_the_source_and_its_role_belongs_to_the_phrase() -> None:
    text = "“It works,” the company's chief, Solveig Aarnes, said on Monday."
    row = bitext.attributions(tokens_of([text])).iloc[0]
    assert row["source"] == "Solveig Aarnes"
    assert text[row["phrase_start"] : row["phrase_end"]].startswith("the company's chief, Solveig Aarnes")
    assert text[row["content_start"] : row["content_end"]].strip("“”,") == "It works"


@pytest.mark.parametrize(
    ("text", "said_by"),
    [
        ("布雷顿抵达北京。他表示，谈判很有益。", "布雷顿"),  # arrived in Beijing; he said
        ("市长王大明会见农民。他表示，河水很干净。", "王大明"),
        ("王建国说，很遗憾。他又说，工厂不会关闭。", "王建国"),  # a person whose name ends in 国
        ("Breton arrived in Beijing. He said talks were useful.", "Breton"),
        ("Beijing bought fish. He said talks were useful.", ""),
        ("市政府会见农民。他表示，河水很干净。", ""),  # a government is no he
        ("波士顿下了雪。他表示，河水很干净。", ""),  # nor is a town
    ],
)
def test_he_is_who_opens_a_sentence_before_it_where_no_person_spoke(text: str, said_by: str) -> None:
    assert bitext.attributions(tokens_of([text]))["source"].tolist()[-1] == said_by


@pytest.mark.parametrize(
    "text",
    [
        "Ann Brandt said it rained. A study published in Nature found that bees are dying.",
        "Ann Brandt said it rained. A paper written by students argued that bees sleep.",
        "Ann Brandt said it rained. To claim that the river is clean would be wrong.",
        "问：工厂为什么停产？\n陈刚答：因为河水。\n问：什么时候通车？",  # who asks is not who answered
    ],
)
def test_who_spoke_before_does_not_say_what_a_new_sentence_tells_of_another(text: str) -> None:
    table = bitext.attributions(tokens_of([text]))
    assert table["source"].tolist()[1:].count("Ann Brandt") == 0
    assert table["source"].tolist()[-1] not in ("Ann Brandt", "陈刚")


def test_a_participle_goes_on_with_who_spoke() -> None:
    text = "Ann Brandt said it rained, adding that it was cold."
    assert bitext.attributions(tokens_of([text]))["source"].tolist() == ["Ann Brandt", "Ann Brandt"]


def test_nobody_says_what_no_evidence_shows() -> None:
    assert bitext.attributions(
        tokens_of(["没有证据表明他有罪。"])
    ).empty  # there is no evidence that he is guilty


def test_lines_of_an_interview_belong_to_who_is_named_before_the_colon() -> None:
    text = "记者：为何辞职？\n林志明：太累。\n记者：真的？\n林志明：真的。"  # reporter and Lin, twice each
    table = bitext.attributions(tokens_of([text]))
    assert table["source"].tolist() == ["记者", "林志明", "记者", "林志明"]


def test_a_quotation_on_the_next_line_belongs_to_the_verb_before_the_colon() -> None:
    table = bitext.attributions(tokens_of(["王毅写道：\n“这是我们的未来，也是你们的。”"]))  # Wang Yi wrote
    assert table["source"].tolist()[0] == "王毅"
    assert table["content_start"].tolist()[0] == 6


#: Text, the phrase around the name of the source.
PHRASES = [
    ("“It works,” said Ann Lee, a nurse from Salem.", "Ann Lee, a nurse from Salem"),
    ("“It works,” said Ann Lee, adding that it was late.", "Ann Lee"),
    ("Ann Lee, the head of the town, said it works.", "Ann Lee, the head of the town"),
    (
        "Some teachers - including a few of the town - say it works.",
        "Some teachers - including a few of the town",
    ),
    ("According to Ann Lee, the town is late.", "Ann Lee"),
    ("Officials who say it works were asked.", "who"),
    ("A poll released on Friday showed that most agree.", "A poll released on Friday"),
]


@pytest.mark.parametrize(("text", "phrase"), PHRASES, ids=[case[0][:24] for case in PHRASES])
def test_the_phrase_of_a_source_holds_what_is_added_to_its_name(text: str, phrase: str) -> None:
    row = bitext.attributions(tokens_of([text])).iloc[0]
    assert text[row["phrase_start"] : row["phrase_end"]] == phrase


def test_what_somebody_wants_is_attributed_and_told_by_the_outlet() -> None:
    text = "The plant wants to cut costs and hopes for rain."
    table = bitext.attributions(tokens_of([text]))
    assert table["feature"].tolist()[0] == "attitude"
    assert table["source"].tolist()[0] == "The plant"
    assert set(bitext.evidence(tokens_of([text]))["voice"]) == {"outlet"}
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": [text], "outlet": ["A"]}))
    assert bitext.sources(bitext.tokenize(corpus)).empty


def test_a_quotation_on_both_sides_of_a_verb_is_one_event() -> None:
    text = "“这是谣言！”他补充道：“请不要相信。”"  # "A rumour!" he added: "Please do not believe it."
    table = bitext.attributions(tokens_of([text]))
    assert table[["content_start", "content_end"]].to_numpy().tolist() == [[0, len(text)]]


def test_who_wants_no_name_is_an_unnamed_source_with_all_that_is_said_of_it() -> None:
    texts = [
        "An official who asked not to be named said no.",
        "The end is near, said a man who asked not to be named.",
    ]
    table = bitext.attributions(tokens_of(texts))
    assert table["source_kind"].tolist() == ["anonymous", "anonymous"]
    phrases = zip(texts, table["phrase_start"], table["phrase_end"], strict=True)
    assert [text[a:b] for text, a, b in phrases] == [
        "An official who asked not to be named",
        "a man who asked not to be named",
    ]


#: Text, who says something; "" for nobody: a full name in one word with its verb, without a comma behind.
GLUED = [
    ("刘健称水坝安全。", "刘健"),  # Liu Jian says that the dam is safe
    ("昨天王芳称大桥安全。", "王芳"),
    ("张华说水坝很安全。", "张华"),
    ("陈小平称他没有去过。", "陈小平"),
    ("陈刚则说不安全。", "陈刚"),  # Chen Gang, though, says it is not safe
    ("刘健称为水坝的地方很大。", ""),  # what Liu Jian calls a dam
    ("他对工厂说不。", ""),  # he says no to the plant
    ("他说不清楚大坝在哪里。", ""),  # he cannot say where
]


@pytest.mark.parametrize(("text", "source"), GLUED, ids=[case[0][:8] for case in GLUED])
def test_a_name_in_one_word_with_its_verb_needs_no_comma(text: str, source: str) -> None:
    assert bitext.attributions(tokens_of([text]))["source"].tolist() == [source] * bool(source)


def test_marks_the_wrong_way_round_keep_their_speakers() -> None:
    text = "议会周一开会。”大桥不安全，我们明天关闭。“市长李晓红说。”没有人受伤，这很清楚。“她补充道。"
    table = bitext.attributions(tokens_of([text]))  # the mayor on a bridge, the marks turned
    said = [text[a:b] for a, b in zip(table["content_start"], table["content_end"], strict=True)]
    assert table["source"].tolist() == ["李晓红", "李晓红"]
    assert said == ["”大桥不安全，我们明天关闭。“", "”没有人受伤，这很清楚。“"]
    text = "“大坝很安全，”李晓红说，“我们不会关闭它。“陈刚表示：”我反对。”会议结束。"
    assert bitext.attributions(tokens_of([text]))["source"].tolist() == ["李晓红", "陈刚"]


#: A line that says whose speech is printed below it, and whose it is.
HEADS = [
    ("习近平在大会上的讲话全文：", "习近平"),
    ("国家主席习近平在大会上的讲话全文：", "习近平"),
    ("總統賴清德講話全文：", "賴清德"),
    ("总统何艾达讲话全文：", "何艾达"),
    ("市长安明致辞全文：", "安明"),
]


@pytest.mark.parametrize(("line", "source"), HEADS, ids=[source for _, source in HEADS])
def test_a_printed_speech_is_that_of_the_person_behind_the_title(line: str, source: str) -> None:
    body = "我们今天在这里开会，讨论水坝的安全。" * 15  # we discuss the dam today
    assert bitext.attributions(tokens_of([f"{line}\n{body}"]))["source"].tolist() == [source]


#: Text, the source in it: what stands in brackets behind a name, and ages, are no part of it.
GLOSSED = [
    ("陈刚（42岁）说，大桥不安全。", "陈刚"),
    ("市长陈刚（左）表示，大桥不安全。", "陈刚"),
    ("陈刚（Chen Gang）表示，大桥不安全。", "陈刚"),
    ("陈刚（左）和李明（右）表示，大桥不安全。", "陈刚和李明"),
    ("Tom Olsen, 45, and Lisa Reyes, 39, said it works.", "Tom Olsen, 45, and Lisa Reyes"),
]


@pytest.mark.parametrize(("text", "source"), GLOSSED, ids=[case[0][:9] for case in GLOSSED])
def test_what_is_told_of_a_person_in_brackets_is_no_part_of_the_name(text: str, source: str) -> None:
    assert bitext.attributions(tokens_of([text]))["source"].tolist() == [source]


def test_persons_named_together_with_their_ages_are_two_sources() -> None:
    texts = ["陈刚（左）和李明（右）表示，大桥不安全。", "Tom Olsen, 45, and Lisa Reyes, 39, said it works."]
    for text, names in zip(texts, (["李明", "陈刚"], ["Lisa Reyes", "Tom Olsen"]), strict=True):
        corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": [text], "outlet": ["A"]}))
        assert sorted(bitext.sources(bitext.tokenize(corpus))["source"]) == names


def test_who_did_something_first_is_who_says_something_then() -> None:
    texts = [
        "The central bank raised rates and said that inflation was high.",
        "The city closed roads and said that the bridge was unsafe.",
    ]
    table = bitext.attributions(tokens_of(texts))
    assert table["source"].tolist() == ["The central bank", "The city"]


def test_a_genitive_does_not_end_the_agent_of_a_passive() -> None:
    text = "The plan was criticised by the teachers' union."
    row = bitext.attributions(tokens_of([text])).iloc[0]
    assert row["source"] in ("", "the teachers' union")
    assert row["content_start"] == -1  # no words of the plan's critics: "' union"


@pytest.mark.parametrize("when", ["on Friday", "on Monday evening"])
def test_when_something_is_said_is_no_part_of_it(when: str) -> None:
    text = f"The minister said {when} the deal was close."
    row = bitext.attributions(tokens_of([text])).iloc[0]
    assert text[row["content_start"] : row["content_end"]] == "the deal was close"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Farmers in the north of Orland said the rain was late.", "role"),
        ("Analysts at Orland Bank said the price would fall.", "role"),
        ("On Friday analysts at Orland Bank said the price would fall.", "role"),
        ("Ann Lee, a farmer in Orland, said the rain was late.", "named"),
    ],
)
def test_where_a_role_is_makes_it_nobody_by_name(text: str, kind: str) -> None:
    assert bitext.attributions(tokens_of([text]))["source_kind"].tolist() == [kind]

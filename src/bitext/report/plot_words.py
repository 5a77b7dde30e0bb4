"""English texts of a figure → Chinese ones: titles, axes and legends, names of speakers and of concepts."""

import re
from functools import cache
from typing import Any

from bitext.concepts.table import ConceptTable

#: What stands in figures, whole, with {…} for what the data gives; in the order of the kinds of figures.
_TEXTS = {
    "Words of {a} beside {b} (word and times used)": "{a}与{b}的用词（词与次数）",
    "← more in {b}   more in {a} →\nlog ratio (1 = twice the rate)": "← {b}用得多   {a}用得多 →\n"
    "对数比（1＝两倍频率）",
    "← more in {b}   more in {a} →\n{unit}": "← {b}更多   {a}更多 →\n{unit}",
    "per 1,000 words in {a}": "{a}每千词",
    "per 1,000 words": "每千词",
    "per sentence": "每句",
    "Each word at its two rates (coloured: q < .05)": "每个词在两家的频率（着色：q < .05）",
    "polarity toward {a}": "对{a}的褒贬",
    "Occurrences per 1,000 words by period{rest}": "各时段每千词次数{rest}",
    "Articles by period{rest}": "各时段篇数{rest}",
    "Cosine similarity (1 = the same vocabulary)": "余弦相似度（1＝用词相同）",
    "The words that make {a} differ from {b}": "使{a}有别于{b}的词",
    "{b} ←  contribution  → {a}": "{b} ←  贡献  → {a}",
    "share of the mentions in the body (their number beside the group)": ""
    "占正文中提及次数的比例（次数在名称旁）",
    "share of the mentions in the title (their number beside the group)": ""
    "占标题中提及次数的比例（次数在名称旁）",
    "share of the mentions in the caption (their number beside the group)": ""
    "占图说中提及次数的比例（次数在名称旁）",
    "Names for {a}": "{a}的称呼",
    "Articles read, by {a}": "读入的文章（按{a}）",
    "DP (0 = even, 1 = in one article)": "DP（0＝均匀，1＝只在一篇）",
    "How words spread": "词的分布",
    "logDice (at most 14)": "logDice（最大14）",
    "Words that go together": "搭配的词",
    "weight of the burst": "突发的权重",
    "Words that came at once": "突然出现的词",
    "times printed side by side": "并列出现的次数",
    "One name in two languages": "同一名称的两种语言",
    "similarity of use": "用法相似度",
    "Words used alike in both languages": "两种语言中用法相同的词",
    "Concepts by frequency": "概念的频率",
    "SO-PMI (below 0: with negative words)": "SO-PMI（小于0：与贬义词同现）",
    "Words in loaded company": "与褒贬词同现的词",
    "share of articles": "占文章的比例",
    "Articles that credit an agency": "注明通讯社的文章",
    "Words that hold together": "固定词组",
    "log2 of the rates, Chinese over English": "频率之比（中文比英文）的log2",
    "What translation does to concepts": "翻译对概念频率的影响",
    "Names and terms that the dictionary lacks": "词典所无的名称与术语",
    "share of statements of its stories": "占所报道事件中各项内容的比例",
    "What others state and {a} leaves out": "别家写到而各{a}没有写的",
    "Articles most alike": "最相似的文章",
    "share of the shorter text": "占较短一篇的比例",
    "Texts printed twice": "刊出两次的文字",
    "share of the other text that stands in it": "另一篇文字见于此篇的比例",
    "Texts that share their words": "相同的文字",
    "share of the others' articles on it": "占别家相关文章的比例",
    "Words of a story left out": "事件中没有用到的词",
    "weight ({a})": "权重（{a}）",
    "How {a} differs from {b} in tone": "{a}与{b}的语气差别",
    "share of all reported words, with interval": "占所引字数的比例及区间",
    "Kinds of speakers, by group": "各家所引人物的类别",
    "rows": "行数",
    "{n} rows by {a}": "{n}行，按{a}",
    "Articles on each story (box: none; dash: none on anything in these days)": ""
    "各事件的文章（框：无；短横：这几天什么都没有刊出）",
    "Statements: carried (dot), left out (box), uncertain (ring), printed before (triangle)": ""
    "各项内容：写到（点）、没写（框）、不确定（圈）、此前已发稿（三角）",
    "Who carries which statement": "谁写到了哪些内容",
    "UTC; dot: the instant, bar: every hour that a bare date allows": ""
    "UTC；点：时刻，横条：只有日期时可能的时间",
    "outlet": "媒体",
    "source": "消息来源",
    "all": "合计",
    "government": "政府",
    "legislature": "议会",
    "party": "政党",
    "military": "军方",
    "justice": "警方与司法",
    "company": "企业",
    "expert": "专家",
    "media": "其他媒体",
    "international": "国际组织",
    "organisation": "团体",
    "citizen": "民众",
    "anonymous": "匿名来源",
    "undecided": "未定",
    "source voice": "消息来源的话",
    "outlet voice": "媒体自己的话",
    "either voice": "合计",
    "attribution": "消息归属",
    "no comment": "未予置评",
    "say conceding": "承认类动词",
    "say doubting": "存疑类动词",
    "deny": "否认类动词",
    "say assertive": "断言类动词",
    "directive": "指令类动词",
    "say neutral": "中性言说动词",
    "named evidential": "“据某某”",
    "anon source": "匿名来源",
    "hedge": "模糊限制语",
    "approx": "约数",
    "booster": "强调断定语",
    "deontic": "义务与应当",
    "future volition": "将来与意愿",
    "negation": "否定",
    "negation double": "双重否定",
    "negation contrastive": "对比否定",
    "concession contrast": "让步与转折",
    "conflict": "冲突",
    "cooperation": "合作",
    "control": "管制",
    "dependence autonomy": "依赖与自主",
    "ingroup": "我方词",
    "outgroup": "他方词",
    "intensity": "强烈词",
    "eval pos": "褒义词",
    "eval neg": "贬义词",
    "engagement": "面向读者",
    "degree up": "加强程度",
    "degree down": "减弱程度",
    "scare": "引号存疑",
    "quote share": "引语占比",
    "attributions per sentence": "每句归属数",
    "named share": "具名来源占比",
    "role share": "职务来源占比",
    "outlet share": "媒体来源占比",
    "anon share": "匿名来源占比",
    "relay share": "转述占比",
    "certainty index": "确定度",
    "evaluation balance": "褒贬差",
    "report verb valence": "言说动词倾向",
    "single outlet dependence": "单一来源依赖",
    "named source": "具名来源",
    "role source": "职务来源",
    "quote": "引语",
}


def in_chinese(text: str) -> str:
    """Return the text of a figure in Chinese; what is no text of ours, a word or a name of an outlet, stays.

    Examples:
        >>> in_chinese("Names for China"), in_chinese("per 1,000 words in Fabline Weekly")
        ('中国的称呼', 'Fabline Weekly每千词')
    """
    rest = re.fullmatch(r"(.*) (\(\d[\d,]* of \d[\d,]* rows\))", text, re.DOTALL)
    if rest:
        shown, all_ = re.findall(r"[\d,]+", rest[2])
        return f"{in_chinese(rest[1])}（{all_}行中的{shown}行）"
    for pattern, template in _patterns():
        found = pattern.fullmatch(text)
        if found:
            return template.format(**{name: in_chinese(part) for name, part in found.groupdict().items()})
    for between in (" · ", "  "):
        if between in text.strip():
            return between.join(in_chinese(part) for part in text.split(between))
    return _concepts().get(text.lower().replace(" ", "_"), text)


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    made = []
    for english, chinese in _TEXTS.items():
        parts = re.split(r"\{(\w+)\}", english)
        pattern = "".join(f"(?P<{part}>.*)" if i % 2 else re.escape(part) for i, part in enumerate(parts))
        made.append((re.compile(pattern), chinese))
    return made


@cache
def _concepts() -> dict[str, str]:
    rows: list[dict[str, Any]] = [dict(row) for row in ConceptTable.default().rows]
    return {row["concept"]: row["zh"].split("|")[0] for row in rows if row["zh"]}

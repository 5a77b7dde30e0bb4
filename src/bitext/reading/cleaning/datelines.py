"""The beginning of a story → where, when and by whom it was filed: 中新网北京3月5日电, PARIS (AP) —."""

import re
from dataclasses import dataclass
from functools import cache

from bitext.lexicons import loader
from bitext.reading.cleaning import people

#: A dateline is no longer than this.
_LONGEST = 160


def _any(*words: str) -> str:
    """Return a pattern for any of the words, the longest first."""
    found = sorted({word for group in words for word in group.split()}, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(found)})"


_OPEN, _CLOSE, _BRACKETS = "[（(〔［【]", "[）)〕］】]", "（）()〔〕【】"
_HOUSE_ENDS = _any("社 网 網 报 報 台 新闻 新聞 客户端 客戶端")
_HOUSE = rf"(?:[^\s，。、：:“”/／\d{_BRACKETS}]{{1,10}}?{_HOUSE_ENDS}|本[报報刊网網台])"
_RANK = rf"(?:{_any('特约 特約 见习 見習 实习 實習')}|驻\S{{1,6}}?)"
_REPORTER = rf"(?:(?:本[报報台网])?{_RANK}?{_any('记者 記者 特派員 特派员 通讯员 通訊員 编译 編譯')})"
_REPORT = _any("报导 報導 报道 報道")
_KIND = _any(
    "综合 綜合 外 即時 即时 專題 专题 特别 特別 独家 獨家 現場 现场 采访 採訪 深度 專 专 连线 連線 专访 專訪",
    "整理 / ／",
)
_END = _any(
    "报导 報導 报道 報道 專電 专电 电讯 電訊 电 電 讯 訊 特稿 专访 專訪 整理",
    "编译 編譯 連線 传真 傳真 攝影 摄影",
)
_DATE = r"(?:\d{1,2}月)?\d{1,2}日"
_DUTY = re.compile(rf"\s*{_REPORTER}\s*[:：]?\s*")
#: What is told of a house is no dateline: 据新华社北京3月5日电, 新华社3月5日电称.
_NOT_TOLD = "(?![据據该該援])"
_TOLD = rf"(?!\s*(?:[称稱说說指]|{_REPORT}))"

#: What may divide a dateline from the story: 法新社馬洛3日電：
_COLON = re.compile(r"\s*[:：]\s*")

_CHINESE = re.compile(
    rf"""
    # 1 （大纪元记者李言综合报导）, 〔記者林立／台北報導〕, （中央社記者張榮祥台南2日電）
    {_OPEN}\s*(?P<house1>[^\s，。{_BRACKETS}]{{2,10}}?)?{_REPORTER}\s*
      (?P<author1>[^，。！？\d/／{_BRACKETS}]{{2,40}}?)
      (?:\s*[/／]\s*[^，。\d{_BRACKETS}]{{1,12}}?)?\s*(?:{_DATE})?\s*{_KIND}*{_END}\s*{_CLOSE}
    # 2 （法新社巴黎15日电）, 【寰岳时报5月13日讯】
  | {_OPEN}\s*(?P<house2>{_HOUSE})[^，。{_BRACKETS}]{{0,16}}?{_DATE}\s*{_KIND}*{_END}{_REPORT}?\s*{_CLOSE}
    # 3 （本报讯）, 【本報訊】, （中新社电）, 【远声综合报导】
  | {_OPEN}(?:[^，。\d{_BRACKETS}]{{2,20}}?(?:[讯訊]|[综綜]合{_REPORT})
            |{_HOUSE}[^，。\d{_BRACKETS}]{{0,8}}[電电])\s*{_CLOSE}
    # 4 中新网北京3月5日电 (记者 林立)
  | {_NOT_TOLD}(?P<house4>{_HOUSE})[^\s，。：:、{_BRACKETS}]{{0,12}}?{_DATE}{_KIND}?[电電讯訊]\s*
      (?:[（(]{_REPORTER}[\s:：]*(?P<author4>[^（）()]{{2,40}}?){_REPORT}?[)）])?{_TOLD}
    # 5 央视网消息：, 本报讯（记者 李言）
  | {_NOT_TOLD}(?P<house5>{_HOUSE})(?:{_DATE})?(?:消息|[讯訊电電])\s*
      (?:[（(]{_REPORTER}[\s:：]*(?P<author5>[^（）()]{{2,40}}?){_REPORT}?[)）]\s*[:：]?|[:：]|[ \u3000])
    # 6 （记者 李言 通讯员 王明）
  | [（(〔]\s*{_REPORTER}[\s:：]*(?P<author6>[^，。！？;；:：\d{_BRACKETS}]{{2,30}}?)\s*[）)〕]
    # 7 記者林立／台北報導, 寰岳时报记者林立报道：
  | {_NOT_TOLD}(?P<house7>{_HOUSE})?{_REPORTER}[\s:：]*(?P<author7>[^，。！？：:\d/／{_BRACKETS}]{{2,16}}?)
      (?:\s*[/／]\s*[^，。\d{_BRACKETS}]{{1,8}}?)?{_KIND}*{_REPORT}(?:[:：]|\s+|\Z)
    # 8 华盛顿——周四晚些时候; but 中国——世界第二大经济体——在…
  | (?P<place8>{people.PLACE}[一-鿿·]{{0,6}})——(?![^。]{{0,60}}——)(?=\S)
    """,
    re.VERBOSE,
)

_UPPER = r"[A-Z][A-Z.’'\-]+(?:[ ][A-Z][A-Z.’'\-]+){0,3}(?:,?[ ][A-Z][A-Za-z.]+){0,3}"
_MIXED = r"[A-Z][\w.’'-]+(?:[ ][A-Z][\w.’'-]+){0,3}(?:,[ ][A-Z][\w.]+){0,2}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:,?[ ](?:{_MONTH}[ ]\d{{1,2}}|\d{{1,2}}[ ]{_MONTH})(?:,?[ ]\d{{4}})?)"
#: Houses beside the agencies that put their name where an agency's stands.
_ALSO = frozenset(("CNN", "UPI", "TNS", "CBS", "NBC"))


@cache
def _english() -> re.Pattern[str]:
    forms = {row["form"] for row in loader.rows("agencies") if row["form"].isascii()} | _ALSO
    agencies = "|".join(sorted(map(re.escape, forms), key=lambda form: (-len(form), form)))
    sentence = r'(?=\s+[A-Z“"])'
    return re.compile(
        rf"""
        # 1 WASHINGTON —, MCALLEN, Texas/WASHINGTON (Reuters) -, BEIJING, March 5 (Xinhua) --
        (?P<place1>{_UPPER}(?:\s*/\s*{_UPPER}){{0,3}}){_DAY}?
          (?: \s*/[A-Z][\w -]{{2,20}}/\s*(?:[-–—]{{1,2}}|\.)
            | ,?\s*\([A-Z][\w .&/]{{1,40}}\)\s*[-–—―]{{1,2}}
            | ,?\s*\((?:{agencies})\){sentence}
            | \s*[—―]{{1,2}} | \s*-- | \s+[-–]{sentence}
          )\s*
        # 2 Washington (CNN), San Francisco, March 5 (AP) -
      | (?P<place2>{_MIXED}){_DAY}?\s*\((?:{agencies})\)(?:\s*[-–—]{{1,2}})?{sentence}\s*
        # 3 Washington, D.C. (Bay Courier) —
      | (?P<place3>{_MIXED}){_DAY}?\s*\([A-Z][\w .&/]{{1,40}}\)\s*(?:--|[—―]){sentence}\s*
        # 4 March 5 (UPI) --, (Reuters) -
      | (?:{_MONTH}[ ]\d{{1,2}}(?:,[ ]\d{{4}})?[ ])?\((?:{agencies})(?:[ ][A-Z]\w+)?\)
          (?:\s*[-–—]{{1,2}}|{sentence})\s*
        """,
        re.VERBOSE,
    )


#: Strings of which a paragraph with a dateline holds one.
_CHINESE_CUES = "电 電 讯 訊 消息 报导 報導 报道 報道 综合 整理 专访 記者 记者 特稿"
_ENGLISH_CUES = "— ― -- / (AP) (CNN) (Reuters) (AFP)"
CUES = frozenset((*_CHINESE_CUES.split(), *_ENGLISH_CUES.split(), " - ", " – ", ") "))


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline: where it ends, its kind, and what it says: author, outlet, place."""

    end: int
    kind: str
    fields: dict[str, str]


def read(text: str, start: int = 0) -> Dateline | None:
    """Return the dateline that a paragraph begins with from *start*; None where there is none.

    Examples:
        >>> read("〔記者林立／台北報導〕工廠開工。").fields
        {'author': '林立'}
        >>> read("BEIJING, March 5 (Xinhua) -- The plant opened.").end
        29
        >>> story = "法新社馬洛3日電：工廠開工。"  # AFP, Marlow, the 3rd: the plant opens
        >>> story[read(story).end :]
        '工廠開工。'
        >>> read("中国新闻网络发达。") is None
        True
    """
    head = text[start : start + _LONGEST]
    # A bracket may open either.
    match = (None if head[:1].isalnum() and head.isascii() else _CHINESE.match(head)) or (
        _english().match(head) if head[:1].isascii() else None
    )
    if not match:
        return None
    fields: dict[str, str] = {}
    for name, value in match.groupdict().items():
        if value and value.strip():
            value = _DUTY.sub("、", value)
            fields["outlet" if name.startswith("house") else name.rstrip("0123456789")] = value.strip()
            if name in ("house4", "house5", "author7"):  # without a bracket, only where a story begins
                fields["place"] = ""
    kind = "byline" if "author" in fields or (text[start] in "（(" and match.re is _CHINESE) else "dateline"
    end = match.end()
    if match.re is _CHINESE and (colon := _COLON.match(head, end)):
        end = colon.end()
    return Dateline(start + end, kind, fields)

"""A line of credits → what it says, in whatever order: 2024-05-13 08:00 来源：寰岳时报 作者：李言."""

import re
from functools import cache

from bitext.lexicons import loader
from bitext.reading.cleaning import dates, outlets

#: Longer lines are prose that begins like a credit.
LONGEST = 200
#: So long is the name of a person, and of anybody else.
_PERSON, _HOUSE = 24, 40
_MARKS = ":：/／|｜︱丨∣"
_BLANKS = r"[ \t\u3000\xa0]"
_MARK = rf"{_BLANKS}*[{_MARKS}]{_BLANKS}*"
#: What stands between two credits, and around a whole line of them.
_GAP = re.compile(rf"[\s{_MARKS};；,，、·•◎●■]*")
_AROUND = re.compile(r"[（(【\[〔［]\s*([^（(【\[〔［]*)[）)】\]〕］]|[（(【\[〔［]([^）)】\]〕］]*)")
_OPENING = re.compile(r"[（(〔［]([^（()）]{2,60})[）)〕］]\s*(?=\S)")
_TAIL = re.compile(r"[\s#＃◇◆■□]+\Z|(?<=[）)】])\s*\d{6,8}\Z")
#: No line of credits ends so ("" is of none).
_ENDS = "。！？!?"
_SENTENCE = re.compile(r"[。！？?!=<>]|[，,][^，,]*[，,]")
#: Words that make a clause of what would be a name.
_CLAUSE = re.compile(
    r"[我你他她它们們吗嗎呢么麼什哪谁誰吧]|怎|不是|这[是个]|這[是個]|已经|已經|为了|為了|今年|认为|認為|的是"
)
#: 林立，某大学教授
_TITLED = re.compile(
    r"[一-鿿·]{2,8}[，,][^，。：:]{2,24}(?:研究[员員]|教授|[记記]者|作家|学者|學者|[编編][辑輯]|博士|律[师師]|主任|院[长長]|[评評][论論][员員])"
)
_HAN_NAME = re.compile(r"[一-鿿㐀-䶿]{2,4}|[一-鿿]{1,8}(?:[·•‧．][一-鿿A-Z]{1,8}){1,3}")
_NAME = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}", re.ASCII)
_CONTACT = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|https?://\S+|@?[A-Za-z][\w-]{3,30}|[\d()（） -]{7,20}", re.ASCII
)
_BETWEEN = re.compile(r"[、,，/／&\s\u3000]+|和")
#: How names of houses end.
_PRESS = (
    r"(?:报|報|网|網|社|台|新闻|新聞|电视|電視|在线|在線|传媒|傳媒|周刊|週刊|杂志|雜誌|客户端|客戶端"
    r"|频道|頻道|中心|工作室"
    r"|编辑部|編輯部|编译组|通讯员|公众号|微信|微博|头条|号|公司|集团|集團|团队|部|组|組)"
)
_ENGLISH_HOUSES = re.compile(
    r"(?:[A-Z][\w.&’'-]*[ ]|of[ ]|the[ ]|and[ ]){1,5}(?:News|Times|Post|Journal|Courier|Herald|Tribune"
    r"|Daily|Press|Mail|Standard|Gazette|Guardian|Telegraph|Observer|Globe|Review|Wire|Agency|Online|Ledger|Chronicle)"
)
_HOUSES = re.compile(rf"[《「“]?[\w·+\-]{{1,20}}{_PRESS}[》」”]?")
#: 自由亚洲电台记者肖一冰华盛顿报道。 as one of several credits.
_REPORTED = re.compile(
    r"[^\s，。：:]{0,10}?(?:特约|特約|见习|驻\S{1,4}?)?(?:记者|記者)[ ]?"
    r"(?P<names>[^\s，。：:责編编網网]{2,12}?)(?:报[道导導]|報導)?[。]?(?=\s|责编|编辑|责任编辑)"
)
#: 远声记者 林立, 文 李言: a line of a short name and nothing else.
_ALONE = re.compile(
    r"(?:[一-鿿]{0,8}(?:记者|記者)|文)[ \u3000](?P<names>[一-鿿]{2,4}(?:[、 \u3000][一-鿿]{2,4}){0,3})"
)
_BRACKETED = re.compile(r"【([\u4e00-\u9fff]{1,5})】\s*[:：]?\s*(?=[^\s【])")
_COUNT = re.compile(r"[\s\d,.万萬+kK次条條个()（）大中小默认標标准]*")
_BUTTON = re.compile(
    r"(?:打印|列印|收藏|分享|大|中|小|原创|原創|转载|轉載|阅读|閱讀|评论|評論|\d+|[（(]\d+[）)]|T|A[+-]?)(?=\s|\Z)"
)


@cache
def _fields() -> dict[str, str]:
    return {row["label"]: row["field"] for row in loader.rows("credit_labels")}


@cache
def cues() -> frozenset[str]:
    """Return strings of which a line of credits holds one: labels, those of one character with their mark."""
    short = (label + mark for label in _fields() if len(label) == 1 for mark in (*_MARKS, " "))
    return frozenset([label for label in _fields() if len(label) > 1]) | frozenset(short)


@cache
def _label() -> re.Pattern[str]:
    """A label and its mark, or a long label and a blank, at the beginning of a credit."""
    words = sorted(_fields(), key=len, reverse=True)
    long = "|".join(word for word in words if len(word) > 1)
    return re.compile(
        rf"""
        (?P<label>{"|".join(words)})(?:[/／、&](?:{long}))?{_MARK}    # 1 文/李言, 编辑：李言, 采访/文字：李言
      | (?P<plain>{long})(?:{_BLANKS}+(?=\S)|(?=[A-Za-z][\w.+-]*@))    # 2 编辑 李言, 责编邮箱a@b.example
        """,
        re.VERBOSE,
    )


@cache
def _next() -> re.Pattern[str]:
    """Where a value ends, because the next credit begins, or a date."""
    words = sorted(_fields(), key=len, reverse=True)
    every, long = "|".join(words), "|".join(word for word in words if len(word) > 1)
    return re.compile(
        rf"""
        (?<=[\s,，;；、/／|｜）)】\u3000])(?:{every}){_MARK}     # 1 behind a gap
      | (?:{long})[ \u3000]*[:：]                                # 2 glued to the name before it
      | (?<=[\s\u3000])(?:{long}){_BLANKS}+\S                    # 3 with a blank for its mark
      | (?<!\d)(?:19|20)\d\d[-/.年]                              # 4 a date
        """,
        re.VERBOSE,
    )


def read(text: str) -> dict[str, str] | None:
    """Return what a line of nothing but credits says, by field; None where it is anything else.

    A full sentence is none, and neither is a label before a clause: 记者：你怎么看 is a question.

    Examples:
        >>> read("2024-05-13 08:00 来源：寰岳时报 作者：李言")
        {'date': '2024-05-13 08:00', 'outlet': '寰岳时报', 'author': '李言'}
        >>> read("编辑 李言 校对 王明"), read("记者：你怎么看这个问题"), read("文化｜李言")
        ({'editor': '李言'}, None, None)
    """
    if len(text) > LONGEST or text[-1:] in _ENDS:
        return None
    text = _TAIL.sub("", _TAIL.sub("", text.strip()))
    if text[:1] == "【":  # 【作者】李言
        text = _BRACKETED.sub(lambda label: f"{label[1]}：" if label[1] in _fields() else label[0], text)
    if alone := _ALONE.fullmatch(text):
        return {"author": alone["names"]}
    around = _AROUND.fullmatch(text)
    if around:
        text = (around[1] or around[2] or "").strip()
    elif opening := _OPENING.match(text):  # （记者：林立；编辑：李言）网编：王明
        text = f"{opening[1]} {text[opening.end() :]}"
    if text[-1:] in _ENDS:
        return None
    found: dict[str, str] = {}
    position = labelled = 0
    plain = False
    while (position := _skip(text, position)) < len(text):
        rest = text[position:]
        match = _label().match(rest)
        if match:
            field = _fields()[match["label"] or match["plain"]]
            stop = _next().search(rest, match.end() + (len("2024") if field == "date" else 0))
            value = rest[match.end() : stop.start() if stop else len(rest)].strip(" \u3000,，;；、|｜/／：:")
            if not _is_value(field, value, strict=bool(match["plain"])):
                return None
            value, house = _without_house(value) if field in ("author", "editor") else (value, "")
            if house:
                found.setdefault("outlet", house)
            labelled += 1
            plain = plain or bool(match["plain"])
            position += stop.start() if stop else len(rest)
        elif rest[0].isdigit() and (moment := dates.find(rest[:40])) and moment.start == 0:
            field, value = "date", rest[: moment.end]
            position += moment.end
        elif reported := _REPORTED.match(rest):
            field, value = "author", reported["names"]
            position += reported.end()
        elif button := _BUTTON.match(rest):
            field = value = ""
            position += button.end()
        else:
            value = re.match(r"[^\s\u3000|｜]*", rest)[0]  # type: ignore[index]
            field = "outlet"
            if not is_house(value):
                return None
            position += len(value)
        if value and field and field != "count":
            found[field] = f"{found[field]}, {value}" if field in found and field != "date" else value
    if not labelled and not ("outlet" in found and "date" in found):
        return None
    if plain and labelled == 1 and not found:
        return None  # 图片 显示: a label that tells nothing, and no mark
    return found


def is_house(name: str) -> bool:
    """Say whether a name is that of a known outlet, or ends as those of newspapers and sites do.

    Examples:
        >>> is_house("寰岳时报"), is_house("Bay Courier"), is_house("李言")
        (True, True, False)
    """
    ends_so = len(name) > 2 and (_HOUSES.fullmatch(name) or _ENGLISH_HOUSES.fullmatch(name))
    return bool(name) and (bool(outlets.canonical(name)) or bool(ends_so))


def _without_house(names: str) -> tuple[str, str]:
    """Divide 李言 王明 寰岳时报 into the people and the house that they write for."""
    before, blank, last = names.rpartition(" ")
    return (before.strip(), last) if blank and is_house(last) else (names, "")


def _skip(text: str, position: int) -> int:
    gap = _GAP.match(text, position)
    return gap.end() if gap else position


def _is_value(field: str, value: str, *, strict: bool) -> bool:
    if field == "count":
        return bool(_COUNT.fullmatch(value))
    if field == "url":
        return bool(re.fullmatch(r"(?:https?://|www\.)\S+", value))
    if not value:
        return field == "editor"  # 责任编辑：, and nobody named
    if _SENTENCE.search(value) or _CLAUSE.search(value):
        return False
    if field == "date":
        return dates.whole(value) is not None
    if field == "outlet" and not strict:
        return len(value) <= _HOUSE and " " not in value.strip() and "，" not in value
    bare = re.sub(r"[（(][^（）()]*[)）]", "", value)  # 莫西（Moxi Tong）
    pieces = [piece for piece in _BETWEEN.split(bare) if piece]
    if all(_is_name(piece) for piece in pieces) or _NAME.fullmatch(value):
        return True
    if field == "author" and not strict and _TITLED.fullmatch(value):
        return True
    longest = _PERSON if field in ("author", "editor") else _HOUSE
    return not strict and len(value) <= longest and "，" not in value


def _is_name(piece: str) -> bool:
    return any(form.fullmatch(piece) for form in (_HAN_NAME, _NAME, _HOUSES, _CONTACT))

"""Parentheses that may hold the name of what stands before them in the other language."""

import re
from collections.abc import Iterator
from typing import NamedTuple

#: A parenthesis without another one inside, on one line.
PARENTHESIS = re.compile(r"[（(]([^（）()\n]{1,80})[)）]")
_HAN = r"\u3400-\u9fff"
#: How a gloss is announced: 英文：, 简称, 音译.
_ANNOUNCED = re.compile(
    r"^\s*(?:(?:英文|英语|外文|法文|法语|德文|德语|原文|又名|又称|又译|也称|亦称|即|简称|缩写为?|全称|全名|音译|意为|或)"
    r"(?:名(?:称|字)?)?(?:为|是)?)?[\s：:，,“\"「『《']*"
)
#: One name written in Latin letters.
_LATIN = re.compile(r"#?[A-Za-zÀ-ɏḀ-ỿ][A-Za-zÀ-ɏḀ-ỿ0-9'’.&+!\- ]*")
#: A school with its place: University of California, Berkeley.
_SCHOOL = re.compile(
    r"""
    (?:[A-Z][A-Za-z'’. ]*\ )?                    # 1. its name, where that comes first
    (?:University|College|Institute|School)
    [A-Za-z'’. ]*,\ [A-Z][A-Za-z .\-]+           # 2. of California, Berkeley
    """,
    re.VERBOSE,
)
_HONORIFIC = re.compile(
    r"^(?:(?:Sen|Rep|Gov|Dr|Prof|Mr|Mrs|Ms|Gen|Adm|Lt|Sir|Dame|"
    r"Archbishop|Bishop|Cardinal|Rev|Father)\.? +)+"
)
_CONSTITUENCY = re.compile(r"\s*,?\s*\b[DRI]-[A-Z][A-Za-z.]+$")
#: Quarters, half years, codes of products and files; measures and instructions.
_CODE = re.compile(r"(?:[QH][1-4]|FY ?\d*|[A-Za-z]{0,6}\d{2,}[A-Za-z0-9]*|[A-Z]\d[A-Z]\S*|[ap]\.?m\.?)$")
_NOT_NAMES = frozenset(
    word
    for words in (
        (
            "see",
            "above",
            "below",
            "left",
            "right",
            "pictured",
            "sic",
            "eds",
            "ed",
            "video",
            "photo",
            "chart",
            "map",
        ),
        (
            "usd",
            "rmb",
            "us",
            "hk",
            "nt",
            "km",
            "kg",
            "gmt",
            "est",
            "utc",
            "live",
            "update",
            "pips",
            "top",
            "file",
            "pdf",
            "ppt",
            "doc",
            "html",
            "url",
            "link",
        ),
    )
    for word in words
)
#: Two abbreviations that are one: 反介入/区域拒止（A2/AD）.
_DOUBLE = re.compile(r"[A-Z][A-Z0-9]{0,3}/[A-Z][A-Z0-9]{1,3}")
#: Latin letters as wide as Chinese characters, and the narrow ones.
_NARROW = {wide: wide - 0xFEE0 for wide in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))} | {0x3000: " "}
_CREDIT = re.compile(
    r"Getty|Images|Shutterstock|Pixabay|Reuters/|AFP/|AP Photo|Wikimedia|Unsplash|via |Photo|@"
)
#: Chinese that explains instead of naming.
_REMARK = re.compile(
    r"^(?:音译?|化名|左|右|中|上|下|前|后|图|下同|同上?|简称|以下|译注|注|草案|见|又|含|约|人民币|完|编辑|记者|"
    r"美国?|中共|中国|英|日|台|港|原名|如|例如|包括|指|按|截至|来源|摄影?|男|女|.*(?:年|月|日|元|岁|图|报道|社|电))$"
)
_BEFORE_LATIN = re.compile(
    r"(?:(?<=[^A-Za-zÀ-ɏḀ-ỿ0-9'’.\-_#@])|^)"
    r"([A-Za-zÀ-ɏḀ-ỿ][A-Za-zÀ-ɏḀ-ỿ0-9'’.&\-]*(?: (?:of|for|and|the|de|&|[A-Z][A-Za-zÀ-ɏḀ-ỿ0-9'’.&\-]*))*"
    r"(?: [a-z]+| \d{1,3})?)"
    r"[\s”\"」』》’']*$"
)
#: A Latin word right before a Latin name.
_LATIN_BEFORE = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ0-9'’]\s+$")
#: The end of the sentence before: "production. ", not "U.S. " or "St. ".
_SENTENCE_BEFORE = re.compile(r"^.*[a-z]{4}\. ")
#: Words of the sentence before a name with a capital; particles of names stay.
_LOWER_BEFORE = re.compile(
    r"""
    ^(?:(?!(?:(?:de[lnr]?|della|d[aiu]|l[ae]|[ae]l|v[ao]n|ter|bin|ibn)\ ))[a-z]+\ )+  # 1. "said ", "by "
    (?=(?:[a-z]+\ )*\S*[A-Z])                                                            # 2. van Haalden
    """,
    re.VERBOSE,
)
_ROLE_BEFORE = re.compile(
    r"""
    ^(?:(?:Vice|Deputy|Prime|Foreign|Defen[cs]e|Former|Acting|Chief|Executive)\ )*  # 1. Vice, Prime
    (?:Chair(?:wo)?man|President|Premier|Minister|Mayor|Governor|Secretary|          # 2. Minister
    Professor|Director|Officer|CEO|Spokes(?:wo)?man|Spokesperson|Senator|General|
    Analyst|Ambassador|Captain|Colonel|Judge|Justice|Dr|Mrs?|Ms)\.?[ ]
    (?=[A-Z]\S*\ [A-Z])                                                             # 3. Given Surname
    """,
    re.VERBOSE,
)
#: Longest stretch of text before a parenthesis that is looked at.
REACH = 40
MOST_WORDS = 8


class Gloss(NamedTuple):
    """A parenthesis that may be a gloss.

    Attributes:
        row: article.
        start, end: offsets of the parenthesis, brackets included.
        latin: the name in Latin letters.
        han: the Chinese name, where it is known without looking for its left edge: in the parenthesis.
    """

    row: int
    start: int
    end: int
    latin: str
    han: str


def glosses(row: int, text: str) -> Iterator[Gloss]:
    """Yield what may be a gloss in an article's text."""
    for match in PARENTHESIS.finditer(text):
        content = match[1]
        if re.search(rf"[{_HAN}]", text[max(0, match.start() - 12) : match.start()].strip()[-1:] or " ") or (
            match.start() and text[match.start() - 1] in "》」”』’\"'〉 "
        ):
            latin = _latin_name(content)
            if latin:
                yield Gloss(row, match.start(), match.end(), latin, "")
                continue
        han = _han_name(content)
        line = text[max(0, match.start() - 80) : match.start()].rpartition("\n")[2]
        before = _BEFORE_LATIN.search(line)
        name = _trimmed(before[1]) if han and before else ""
        # "Taiwan can help（台湾能帮忙）": the end of a sentence is no name.
        if before and name and not (name[0].islower() and _LATIN_BEFORE.search(line[: before.start(1)])):
            yield Gloss(row, match.start(), match.end(), name, han)


def _latin_name(content: str) -> str:
    """Return the first Latin name in a parenthesis, or "".

    Examples:
        >>> _latin_name("European Union Aviation Safety Agency，简称EASA"), _latin_name("英文：Breton")
        ('European Union Aviation Safety Agency', 'Breton')
        >>> _latin_name("Sen. Chuck Schumer, D-NY"), _latin_name("7月3日"), _latin_name("Q2")
        ('Chuck Schumer', '', '')
    """
    content = content.translate(_NARROW)
    if _CREDIT.search(content):
        return ""
    if _SCHOOL.fullmatch(content.strip()) or _DOUBLE.fullmatch(content.strip()):
        return content.strip()
    for place, piece in enumerate(re.split(r"[，,、;；/]|(?=简称|簡稱|缩写)", content)):
        head = _ANNOUNCED.match(piece)
        told = bool(head and head[0].strip())
        name = (piece[head.end() :] if head else piece).partition(":")[0]  # a title, not its subtitle
        if (
            name.lower().startswith(
                ("see ", "pictured", "left ", "right ", "a ", "an ", "is ", "or ", "and ")
            )
            and not name[:1].isupper()
        ):
            return ""
        name = _CONSTITUENCY.sub("", name).strip(" ”\"」』》'.!")
        if re.search(rf"[{_HAN}0-9]", name[:1] or "0"):
            if place == 0 and not re.search(rf"^[{_HAN}0-9]{{2,12}}$", piece.strip()) and not told:
                return ""
            continue
        match = _LATIN.fullmatch(name)
        if not match or len(name.split()) > MOST_WORDS:
            return ""
        name = _HONORIFIC.sub("", name).lstrip("#").strip()
        if len(name) < 2 or _CODE.fullmatch(name) or name.lower() in _NOT_NAMES:
            return ""
        return name
    return ""


def _han_name(content: str) -> str:
    """Return a parenthesis that is one Chinese name or term, else "".

    Examples:
        >>> _han_name("中芯国际"), _han_name("7月3日"), _han_name("左"), _han_name("他说，")
        ('中芯国际', '', '', '')
    """
    name = content.strip()
    head = re.match(r"^(?:即|又称|中文名?[：:为]?|简称)", name)
    name = name[head.end() :].strip("“”「」《》：: ") if head else name.strip("“”「」《》")
    # A ship or a product may have its number: 海衡7号.
    if not re.fullmatch(rf"[{_HAN}·\-]{{2,14}}|[{_HAN}]{{2,6}}\d{{1,3}}号", name) or _REMARK.match(name):
        return ""
    return name


def _trimmed(name: str) -> str:
    """Return a Latin name without what only stands before it in the sentence.

    Examples:
        >>> _trimmed("production. Lingtai Semiconductor"), _trimmed("supplier of Langu Technology")
        ('Lingtai Semiconductor', 'Langu Technology')
        >>> _trimmed("Chairman He Tingyuan"), _trimmed("said van Haalden"), _trimmed("eBay China")
        ('He Tingyuan', 'van Haalden', 'eBay China')
    """
    name = _SENTENCE_BEFORE.sub("", name)
    name = _LOWER_BEFORE.sub("", name)
    name = re.sub(r"^(?:The|the|Shares (?:of|in)|Officials (?:of|at)) ", "", name).strip(" .-&")
    return _ROLE_BEFORE.sub("", name)

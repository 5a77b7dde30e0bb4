"""Exports of WiseNews and WiseSearch as text: articles that close with 文章編號 (article number)."""

import re
from collections.abc import Iterator

from bitext.reading.formats.items import Item, closed, date_of, is_date, paragraphs

_END = re.compile(r"^[ \t]*文章[编編][号號][:：][ \t]*(?P<id>\d{9,24})[ \t]*(?:[©(（].*)?$", re.MULTILINE)
#: What is no line of an article: a rule, the service, its rights, a number that stands alone.
_RULE = re.compile(r"^\s*(?:[-—=_*]{3,}|©.*|本[内內]容之?版[权權].*|慧科.*|.*Wisers.*|\d+\s*[.、．]?)\s*$")
_NUMBER = re.compile(r"^\s*\d+\s*[.、．]\s*")
#: Kinds of media, as they stand alone or first in a line.
_KIND = re.compile(
    "報章|报章|雜誌|杂志|互聯網|互联网|網站|网站|網絡媒體|通訊社|通讯社|電視|電台|博客|論壇|社交媒體|期刊"
)
_BAR = re.compile(r"\s*[|｜]\s*")
_BY = re.compile(r"\b[Bb]y\s*[:：]?\s*|(?:作者|記者|记者)\s*[:：]?\s*")


def is_export(text: str) -> bool:
    """Say whether a text is an export of WiseNews."""
    return ("文章編號" in text or "文章编号" in text) and bool(_END.search(text))


def read(text: str) -> Iterator[Item]:
    """Yield the articles of an export, with their number there as column `document`.

    Examples:
        >>> text = "港灣報 | 2024-05-13\\nA12 | 要聞 | 記者 李言\\n新廠開工\\n\\n廠房周一開工。\\n\\n"
        >>> text += "文章編號: 202405130010012\\n"
        >>> item = next(read(text))
        >>> item.text, item.given["outlet"], item.given["title"], item.given["author"]
        ('廠房周一開工。', '港灣報', '新廠開工', '李言')
    """
    yield from closed(text, _END, _article)


def _article(part: str) -> Item:
    lines = [line.strip() for line in part.split("\n") if not _RULE.match(line)]
    given: dict[str, str] = {}
    place = 0
    for place, line in enumerate(lines):
        cells = [cell for cell in _BAR.split(_NUMBER.sub("", line)) if cell]
        if len(cells) < 2 and not (cells and is_date(cells[0])):
            if not line or (not given and len(cells) == 1 and place < 2):
                continue
            if not _KIND.fullmatch(line):
                break
        for cell in cells:
            if _KIND.fullmatch(cell):
                given.setdefault("medium", cell)
                continue
            if is_date(cell):
                given.setdefault("date", date_of(cell))
            elif _BY.match(cell):
                given.setdefault("author", _BY.sub("", cell).strip())
            elif "outlet" not in given:
                given["outlet"] = cell
            elif re.fullmatch(r"[A-Z]{1,2}\d{1,3}", cell):
                given.setdefault("page", cell)
            else:
                given.setdefault("section", cell)
    rest = lines[place:]
    if rest and len(rest) > 1:
        given["title"] = rest[0]
        rest = rest[1:]
    return Item(paragraphs([text for line in rest for text in (line, "")]), given)

"""Dumps of many articles in one text: `<doc>…</doc>`, Markdown with a numbered heading for each article."""

import html
import re
from collections.abc import Iterator

from bitext.reading.cleaning import dates
from bitext.reading.formats.items import Item, is_date, numbered

#: How an element opens that may hold an article.
_DOC = re.compile(
    r"<(?P<kind>doc|article|document|record|row|news|story|post)\b(?P<attributes>[^<>]*)>", re.IGNORECASE
)
#: What may stand before the first article of an XML dump: its declaration, and the element around all.
_BEFORE = re.compile(
    r"""
    \s*(?:<\?xml[^>]*>\s*)?                                                 # 1
    (?:<(?!html|body|head|div|p\b|!)[A-Za-z][\w.-]*(?:\s[^>]*)?>\s*)?       # 2
    """,
    re.VERBOSE,
)
_FIELD = re.compile(r"<(?P<kind>\w{1,40})(?P<attributes>)>")
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*["']([^"']*)["']""")
_SECTION = re.compile(r"^\#{1,3}[ \t]+(?:\d{1,5}[.、)）][ \t]*)?(?P<title>\S[^\n]*)$", re.MULTILINE)
_LABEL = re.compile(
    r"^[ \t]*[-*]?[ \t]*\**(?P<name>[^:：\n*]{2,20})\**[ \t]*[:：]\**[ \t]*(?P<value>[^\n]{1,300})$"
)

#: Element, attribute or label -> field.
_NAMES = {
    "title": "title", "contenttitle": "title", "headline": "title", "标题": "title", "標題": "title",
    "url": "url", "link": "url", "链接": "url", "連結": "url", "网址": "url",
    "date": "date", "time": "date", "published": "date", "日期": "date", "时间": "date", "時間": "date",
    "source": "outlet", "outlet": "outlet", "media": "outlet", "来源": "outlet", "來源": "outlet",
    "pubdate": "date", "published_at": "date", "byline": "author", "publisher": "outlet",
    "媒体": "outlet", "媒體": "outlet", "author": "author", "作者": "author",
}  # fmt: skip
#: A line of date and source has so many characters, and the source in it.
_LONGEST_SAID, _LONGEST_SOURCE = 80, 40
_BODIES = ("content", "text", "body", "正文", "fulltext", "full_text")


def is_dump(text: str) -> bool:
    """Say whether a text holds several articles in this way."""
    return is_docs(text) or ("\n#" in f"\n{text[:2000]}" and is_sections(text))


def is_sections(text: str) -> bool:
    """Say whether headings divide a text into articles, each of which says its source, date or address."""
    parts = [(given, body) for given, body in _parts(text) if body or len(given) > 1]
    return len(parts) > 1 and all({"url", "date", "outlet"} & set(given) for given, _ in parts)


def is_docs(text: str) -> bool:
    """Say whether a text is a sequence of elements that hold an article each: `<doc>`, records of XML."""
    before = _BEFORE.match(text)
    for start in (len(text) - len(text.lstrip()), before.end() if before else 0):
        first = _DOC.match(text, start)
        if first is None:
            continue
        if first["kind"].lower() == "doc":
            return f"</{first['kind']}>".lower() in text.lower()
        _, body = next(_elements(text, _DOC, start), (first, ""))
        if any(field["kind"].lower() in _BODIES for field, _ in _elements(body, _FIELD)):
            return True
    return False


def _elements(text: str, opening: re.Pattern[str], start: int = 0) -> Iterator[tuple[re.Match[str], str]]:
    """Yield how each element opens, and what is in it; one that is never closed is none."""
    lower = text.lower()
    unclosed: set[str] = set()
    while found := opening.search(text, start):
        kind = found["kind"].lower()
        end = -1 if kind in unclosed else lower.find(f"</{kind}>", found.end())
        if end < 0:
            unclosed.add(kind)
            start = found.end()
        else:
            yield found, text[found.end() : end]
            start = end


def read(text: str) -> Iterator[Item]:
    """Yield the articles of a dump.

    Examples:
        >>> text = "<doc><url>https://a.example/1</url><contenttitle>甲</contenttitle><content>厂房。</content></doc>"
        >>> item = next(read(text))
        >>> item.text, item.given
        ('厂房。', {'url': 'https://a.example/1', 'title': '甲'})
    """
    if is_docs(text):
        yield from numbered([_doc(opening, body) for opening, body in _elements(text, _DOC)])
    else:
        yield from numbered([Item(body, given) for given, body in _parts(text) if body or len(given) > 1])


def _doc(opening: re.Match[str], body: str) -> Item:
    given = {name.lower(): html.unescape(value) for name, value in _ATTRIBUTE.findall(opening["attributes"])}
    fields = {field["kind"].lower(): value.strip() for field, value in _elements(body, _FIELD)}
    text = next((fields.pop(name) for name in _BODIES if fields.get(name)), "")
    if not text and not fields:
        text = body.strip()
    given |= {name: html.unescape(value) for name, value in fields.items() if name not in _BODIES}
    text = re.sub(r"^\s*<!\[CDATA\[(.*)\]\]>\s*$", r"\1", text, flags=re.DOTALL)
    return Item(text, {_NAMES.get(name, name): value for name, value in given.items() if value})


def _parts(text: str) -> list[tuple[dict[str, str], str]]:
    heads = list(_SECTION.finditer(text))
    if not heads:
        return []
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return [
        _section(head["title"].strip(), text[head.end() : end]) for head, end in zip(heads, ends, strict=True)
    ]


def _section(title: str, body: str) -> tuple[dict[str, str], str]:
    given = {"title": title}
    lines = body.strip("\n").split("\n")
    labels = 0
    for line in lines:
        label = _LABEL.match(line)
        name = _NAMES.get(label["name"].strip().lower()) if label else None
        if label and name:
            given.setdefault(name, label["value"].strip(" *"))
        elif line.strip():
            if len(given) == 1 and (said := _said(line)):  # The Ledger, 2024-05-13
                given |= said
                labels += 1
            break
        labels += 1
    return given, "\n".join(lines[labels:]).strip()


def _said(line: str) -> dict[str, str]:
    """Return date and source of a line that says nothing else; {} where it is anything else.

    Examples:
        >>> _said("The Ledger, 2024-05-13"), _said("On 2024-05-13 the plant in the north opened its gates.")
        ({'date': '2024-05-13', 'outlet': 'The Ledger'}, {})
    """
    moment = dates.find(line) if len(line) <= _LONGEST_SAID else None
    if moment is None:
        return {}
    rest = (line[: moment.start] + line[moment.end :]).strip(" \t*_|｜·,，;；:：()（）—–-")
    if len(rest) > _LONGEST_SOURCE or rest[-1:] in (*".。！？!?",):
        return {}
    said = {"date": line[moment.start : moment.end], "outlet": "" if is_date(line) else rest}
    return {name: value for name, value in said.items() if value}

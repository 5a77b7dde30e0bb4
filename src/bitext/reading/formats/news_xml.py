"""NITF and NewsML, the formats in which agencies deliver → articles."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from bitext.reading.formats.items import Item, numbered
from bitext.reading.problems import RecordError

_OPENING = re.compile(
    r"""
    \s*
    (?: <\?[^>]*>\s*                       # 1. <?xml ...>, other instructions
      | <!--.*?-->\s*                      # 2. comments
      | <!DOCTYPE[^>\[]*>\s*               # 3. the type, without entities of its own
    )*
    <(?:\w+:)?(?:nitf|NewsML|newsItem|newsMessage)\b
    """,
    re.DOTALL | re.VERBOSE,
)
#: An article; where one holds another (NITF in NewsML), the outer one is it.
_ARTICLES = ("newsItem", "NewsItem", "nitf")
#: Field -> elements that say it, "name@attribute" where an attribute does; the first that does counts.
_FIELDS = {
    "title": ("headline", "hl1", "HeadLine", "title"),
    "author": ("by", "byline", "ByLine"),
    "outlet": ("pubdata@name", "creditline", "CreditLine", "provider@literal", "doc.copyright@holder"),
    "date": (
        "contentCreated", "firstCreated", "versionCreated", "FirstCreated", "DateAndTime", "date.issue@norm",
        "story.date@norm", "pubdata@date.publication", "DateId",
    ),
    "section": ("position.section", "tobject.property@tobject.property.type"),
}  # fmt: skip
#: What holds the text, and what a paragraph of it is.
_BODIES = ("body.content", "inlineXML", "DataContent", "inlineData", "block")
_PARAGRAPHS = ("p", "h2", "h3", "hl2", "li")
_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?")


def is_news_xml(text: str) -> bool:
    """Say whether a document is NITF or NewsML.

    Examples:
        >>> is_news_xml('<?xml version="1.0"?><nitf><head/></nitf>'), is_news_xml("<html><nitf></html>")
        (True, False)
    """
    return bool(_OPENING.match(text))


def read(text: str) -> Iterator[Item]:
    """Yield the articles of a document.

    Raises:
        RecordError: it is no XML, or declares entities of its own.
    """
    if "<!ENTITY" in text:
        raise RecordError("XML that declares entities of its own is not read")
    try:
        root = ElementTree.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except ElementTree.ParseError as error:
        raise RecordError(f"broken XML: {error}") from None
    for element in root.iter():
        element.tag = str(element.tag).rpartition("}")[2]
    found = [root] if root.tag in _ARTICLES else _outermost(root)
    yield from numbered([_article(element) for element in found])


def _outermost(element: ElementTree.Element) -> list[ElementTree.Element]:
    found = []
    for child in element:
        found += [child] if child.tag in _ARTICLES else _outermost(child)
    return found


def _article(element: ElementTree.Element) -> Item:
    said = {field: _first(element, names) for field, names in _FIELDS.items()}
    said["author"] = re.sub(r"^(?:By|BY)\s+", "", said["author"])
    said["date"] = (
        _BASIC.sub(_extended, said["date"], count=1) if said["date"][:8].isdigit() else said["date"]
    )
    body = next((one for name in _BODIES for one in element.iter(name)), None)
    lines = [] if body is None else [_spoken(one) for one in body.iter() if one.tag in _PARAGRAPHS]
    if body is not None and not any(lines):
        lines = [" ".join(line.split()) for line in "".join(body.itertext()).split("\n")]
    return Item("\n".join(filter(None, lines)), {field: text for field, text in said.items() if text})


def _first(element: ElementTree.Element, names: tuple[str, ...]) -> str:
    for name in names:
        tag, _, attribute = name.partition("@")
        for one in element.iter(tag):
            text = one.get(attribute, "").strip() if attribute else _spoken(one)
            if text:
                return text
    return ""


def _spoken(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _extended(match: re.Match[str]) -> str:
    """Write 20310304T081500Z as 2031-03-04T08:15:00Z."""
    year, month, day, hour, minute, second, zone = match.groups()
    clock = f"T{hour}:{minute}:{second or '00'}{zone or ''}" if hour else ""
    return f"{year}-{month}-{day}{clock}"

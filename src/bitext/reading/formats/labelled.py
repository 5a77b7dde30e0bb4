"""Articles with labelled parts, 【标题】 or Title:, one or several in a text → each with its metadata."""

import re
from collections.abc import Iterator

from bitext.reading.formats.items import Item, numbered

#: Label -> field; "text" is the body.
_NAMES = {
    word: name
    for name, words in {
        "title": "标题 標題 题目 題目 title headline",
        "outlet": "来源 來源 媒体 媒體 报纸 報章 source outlet publication",
        "date": "日期 时间 時間 发布时间 發布時間 发表日期 date published",
        "author": "作者 记者 記者 author byline",
        "url": "链接 連結 网址 網址 url link",
        "editor": "编辑 編輯 责编 責編 editor",
        "text": "正文 内容 內容 全文 text body content",
    }.items()
    for word in words.split()
}
_LABEL = re.compile(
    r"""
    ^[ \t]*(?:【(?P<zh>[^】\n]{2,6})】[ \t]*[:：]?                        # 1 【标题】
    |(?P<en>[A-Za-z]{3,12}|[\u4e00-\u9fff]{2,5})[ \t]*[:：])[ \t]*(?P<value>[^\n]*)$   # 2 Title: or 标题：
    """,
    re.VERBOSE | re.MULTILINE,
)


def _label(line: str) -> tuple[str, str, bool]:
    """Return the field that a line is labelled as, what follows, and whether the label is in brackets."""
    found = _LABEL.match(line)
    if found is None:
        return "", "", False
    return _NAMES.get((found["zh"] or found["en"]).lower(), ""), found["value"].strip(), bool(found["zh"])


def is_labelled(text: str) -> bool:
    """Say whether a text is one article with labels in brackets, or several that each begin with a label.

    Examples:
        >>> is_labelled("【标题】新厂\\n【日期】2024-05-13\\n【正文】\\n厂房开工。")  # title, date, text
        True
        >>> is_labelled("Title: A\\nDate: 2024-05-13\\n\\nIt opened."), is_labelled("The plant: it opened.")
        (False, False)
    """
    first = text.lstrip("\ufeff \t\n").split("\n", 1)[0]
    name, _, bracketed = _label(first)
    if not name or name == "text":
        return False
    parts = list(_parts(text, name))
    told = [given for given, _ in parts if len(given) > 1]
    return len(told) == len(parts) and (bracketed or len(parts) > 1)


def read(text: str) -> Iterator[Item]:
    """Yield the articles.

    Examples:
        >>> item = next(read("【标题】新厂\\n【来源】远声网\\n【正文】\\n厂房开工。"))  # title, source, text
        >>> item.text, item.given
        ('厂房开工。', {'title': '新厂', 'outlet': '远声网'})
    """
    first = text.lstrip("\ufeff \t\n").split("\n", 1)[0]
    yield from numbered([Item(body, given) for given, body in _parts(text, _label(first)[0])])


def _parts(text: str, first: str) -> Iterator[tuple[dict[str, str], str]]:
    """Yield fields and body of each article: it begins with the label *first*."""
    given: dict[str, str] = {}
    body: list[str] = []
    head = True
    for line in text.split("\n"):
        name, value, _ = _label(line)
        if name == first and (body or not head) and any(map(str.strip, body)):
            yield given, "\n".join(body).strip()
            given, body, head = {}, [], True
        if head and name == "text":
            head, body = False, [value]
        elif head and name and name not in given:
            given[name] = value
        elif line.strip() or not head:
            head = False
            body.append(line)
    if given or any(map(str.strip, body)):
        yield given, "\n".join(body).strip()

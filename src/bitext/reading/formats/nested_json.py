"""JSON of news services and scrapers → rows, whatever object or list the articles are wrapped in."""

import json
import re
from collections.abc import Iterator
from typing import Any

from bitext.reading.problems import Fault, RecordError

#: Keys under which services keep their list of articles, best first.
_LISTS = (
    "articles",
    "stories",
    "results",
    "items",
    "data",
    "statuses",
    "cards",
    "docs",
    "documents",
    "hits",
    "value",
)
#: Keys of an object that is an article's text, or a part of it.
_TEXTS = ("text", "content", "body", "maintext", "article", "full_text", "paragraphs", "正文", "内容", "內容")
_TITLES = ("title", "headline", "标题", "標題")
#: What an object in a cell is called by.
_NAMES = ("name", "title", "screen_name", "text", "value", "content")
#: Keys under which a row of a list holds the article itself: a hit of Elasticsearch, a card of a timeline.
_WRAPPED = ("_source", "mblog", "status", "article", "document", "doc", "item", "node", "record")
#: What only posts of Weibo have: their `source` is a telephone, no outlet.
_OF_POSTS = {"source": "device", "user": "screen_name"}
_WEIBO = {"bid", "mblogid", "mid", "attitudes_count", "reposts_count"}
#: How NewsAPI says that it gives no more of the body.
_CUT = re.compile(r"(?:…|\.\.\.)?(?P<mark>\s*\[\+\d+ chars\]\s*$)")


def loads(content: str | bytes) -> Any:
    """Return the value that JSON holds; a whole number of more digits than Python reads is text.

    Examples:
        >>> loads('{"a": 1, "b": 2}'), len(loads("9" * 5000))
        ({'a': 1, 'b': 2}, 5000)
    """
    try:
        return json.loads(content)
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise
    except ValueError:
        return json.loads(content, parse_int=str)


def rows(content: str, problems: list[Fault]) -> Iterator[dict[str, Any]]:
    """Yield the articles of a JSON document, or of JSON Lines under a wrong name.

    Raises:
        RecordError: it is not JSON, or holds no articles.

    Examples:
        >>> found = []
        >>> list(rows('{"title": "a", "paragraphs": [{"text": "One."}, {"text": "Two."}]}', found))
        [{'title': 'a', 'paragraphs': 'One.\\nTwo.'}]
        >>> list(rows('{"articles": [{"source": {"id": "l", "name": "Ledger"}, "content": "One."}]}', found))
        [{'source': 'Ledger', 'content': 'One.'}]
    """
    try:
        data = loads(content)
    except ValueError as error:
        data = _lines(content, error)
    found = _json_feed(data) or _articles(data)
    if found is None:
        raise RecordError(
            "JSON, but neither a list of objects nor an object that holds a text or such a list"
        )
    for number, row in enumerate(found, start=1):
        if isinstance(row, dict):
            yield flat(row)
        else:
            problems.append(("broken", f"item {number} is a {type(row).__name__}, not an object"))


def _json_feed(data: Any) -> list[Any] | None:
    """Return the items of a JSON Feed, each with the feed's name as its outlet."""
    if not isinstance(data, dict) or "jsonfeed.org" not in str(data.get("version", "")):
        return None
    name = data.get("title", "")
    return [
        {"outlet": name, **{key: value for key, value in item.items() if key != "id"}}
        for item in data.get("items", ())
        if isinstance(item, dict)
    ]


def _lines(content: str, error: ValueError) -> list[Any]:
    lines = [line for line in content.split("\n") if line.strip()]
    try:
        return [loads(line) for line in lines] if len(lines) > 1 else _no(error)
    except ValueError:
        return _no(error)


def _no(error: ValueError) -> list[Any]:
    raise RecordError(f"not JSON: {error}") from error


def _articles(data: Any, depth: int = 0) -> list[Any] | None:
    if isinstance(data, list):
        return data if any(isinstance(row, dict) for row in data) else None
    if not isinstance(data, dict) or depth > 4:
        return None
    if any(isinstance(data.get(name), str | list) and data[name] for name in _TEXTS) and (
        any(name in data for name in _TITLES) or "url" in data
    ):
        return [data]
    for name in (*(name for name in _LISTS if name in data), *data):
        value = data[name]
        if isinstance(value, list | dict) and name not in _TEXTS and (found := _articles(value, depth + 1)):
            return found
    values = list(data.values())
    if len(values) > 1 and all(
        isinstance(value, dict) and any(name in value for name in _TEXTS) for value in values
    ):
        return values
    return [data] if any(data.get(name) for name in _TEXTS) else None


def flat(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with a text for every cell that is an object or a list: paragraphs, names.

    Examples:
        >>> flat({"content": ["第一段。", "第二段。"], "authors": ["Ann", "Bob"], "source": {"name": "L"}})
        {'content': '第一段。\\n第二段。', 'authors': 'Ann, Bob', 'source': 'L'}
    """
    wrapped = set(row)
    for name in _WRAPPED:
        inside = row.get(name)
        if isinstance(inside, dict) and any(inside.get(text) for text in _TEXTS):
            outer = {key: value for key, value in row.items() if key != name and not key.startswith("_")}
            row = outer | inside
            break
    if _WEIBO & set(row) or "mblog" in wrapped:
        row = {_OF_POSTS.get(name, name): value for name, value in row.items()}
    return {name: _cell(value, "\n" if str(name).lower() in _TEXTS else ", ") for name, value in row.items()}


def _cell(value: Any, between: str) -> Any:
    if isinstance(value, dict):
        return next(
            (_cell(value[name], between) for name in _NAMES if value.get(name)),
            json.dumps(value, ensure_ascii=False),
        )
    if isinstance(value, list):
        return between.join(str(_cell(item, between)) for item in value if item not in (None, ""))
    return value


def uncut(text: str) -> str:
    """Return a text without what the service says in place of the rest.

    Examples:
        >>> uncut("The plant opened on… [+1234 chars]")
        'The plant opened on…'
    """
    found = _CUT.search(text, max(len(text) - 40, 0))
    return text[: found.start("mark")] if found else text


def is_cut(text: str) -> bool:
    """Say whether a service gave only the beginning of the text.

    Examples:
        >>> is_cut("The plant opened on… [+1234 chars]"), is_cut("The plant opened.")
        (True, False)
    """
    return bool(_CUT.search(text[-40:]))

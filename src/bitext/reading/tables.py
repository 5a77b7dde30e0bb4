"""Tables of articles: which column is what."""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bitext.errors import TableError
from bitext.reading.cleaning import dates
from bitext.reading.documents import FIELDS
from bitext.reading.encoding import decode
from bitext.reading.problems import whole
from bitext.reading.remote import File
from bitext.schema import ARTICLES, CLOCK

#: field -> names of columns that hold it, best first; in lower case, "_" for a space or a hyphen.
SYNONYMS: dict[str, tuple[str, ...]] = {
    field: tuple(names.split())
    for field, names in {
        "text": (
            "text body content article_text articlebody full_text fulltext maintext paragraphs "
            "article story_text body_text 正文 微博正文 新闻内容 新聞內容 正文内容 文章内容 文章內容 "
            "内容 內容 全文 文本 raw html markdown"
        ),
        "title": "title headline article_title 新闻标题 新聞標題 标题 標題 题目 題目",
        "outlet": (
            "outlet source source_name sourcename publisher media media_name newspaper paper "
            "publication publication_name site site_name source_domain domain 来源 來源 媒体 媒體 "
            "报纸 報紙 報章 报章 报刊 報刊 媒体名称 媒體名稱 文章来源"
        ),
        "date": (
            "date published pubdate published_at publish_date date_published publishedat publish_time "
            "publishtime date_publish pub_date pub_time created_at datepublished publication_date day "
            "time datetime timestamp 日期 时间 時間 发布时间 發布時間 发布日期 發布日期 發佈日期 "
            "發佈時間 发表时间 发表日期 刊登日期 出版日期"
        ),
        "url": (
            "url link article_url source_url permalink from href 原文链接 新闻链接 链接 連結 鏈接 网址 網址"
        ),
        "author": "author byline authors creator reporter 作者 记者 記者",
        "editor": "editor 责任编辑 責任編輯 编辑 編輯",
        "caption": "caption 图片说明 圖片說明",
    }.items()
}


#: Names of columns that reading fills itself.
_OURS = frozenset((*ARTICLES, *CLOCK))
#: A cell of so many characters is a text.
_LONG = 120
_ADDRESS = re.compile(r"(?:https?:)?//|www\.|[\w-]+(?:\.[\w-]+)+(?:/|$)")
#: How pandas shows what is missing.
_NOTHING = ("NaT", "<NA>")


def mapping(columns: Iterable[str], wanted: Mapping[str, str | None], source: str) -> dict[str, str]:
    """Return field -> column, by the names that the caller gives, else by the usual ones.

    Raises:
        TableError: a named column is missing, or no column looks like the text.

    Examples:
        >>> mapping(["headline", "body", "publisher"], {}, "a.csv")
        {'text': 'body', 'title': 'headline', 'outlet': 'publisher'}
    """
    present = [str(column) for column in columns]
    lower = {re.sub(r"[ -]", "_", column.strip().lower()): column for column in reversed(present)}
    found: dict[str, str] = {}
    for field, names in SYNONYMS.items():
        name = wanted.get(field)
        if name is not None and name in present:
            found[field] = name
        elif name is not None and field != "outlet":  # an outlet that is no column is a name
            raise TableError(f"{source} has no column {name!r}; its columns are {present}")
        elif name is None:
            column = next((lower[synonym] for synonym in names if synonym in lower), None)
            if column is not None and column not in found.values():
                found[field] = column
    if "text" not in found:
        raise TableError(
            f"{source}: no column looks like the text of the articles; its columns are {present}. "
            "Say which one it is with text='COLUMN'"
        )
    return found


def mapping_of(row: Mapping[str, Any], wanted: Mapping[str, str | None], source: str) -> dict[str, str]:
    """Return field -> column by the names of the columns, and by the cells of a row where names do not tell.

    The text is then the longest cell, the date a cell that is one, the address one that begins with http. A
    column called `from` that holds no address holds the outlet.

    Raises:
        TableError: a named column is missing, or no column looks like the text.

    Examples:
        >>> mapping_of({"H": "Chips", "T": "The plant opened. " * 9, "W": "2031-03-05"}, {}, "a.csv")
        {'text': 'T', 'date': 'W'}
        >>> mapping_of({"text": "厂房。", "FROM": "自由時報"}, {}, "a.csv")  # The plant. Liberty Times
        {'text': 'text', 'outlet': 'FROM'}
    """
    content = {str(name): as_text(cell).strip() for name, cell in row.items()}
    asked = dict(wanted)
    if asked.get("text") is None and (unknown := _by_content(content, asked)):
        asked["text"] = unknown
    found = mapping(content, asked, source)
    url = found.get("url")
    if url and not wanted.get("url") and content[url] and not _ADDRESS.match(content[url]):
        del found["url"]
        found.setdefault("outlet", url)
    free = [name for name in content if name not in found.values()]
    tests: tuple[tuple[str, Callable[[str], object]], ...] = (("url", _ADDRESS.match), ("date", _is_date))
    for field, fits in tests:
        if field not in found and not wanted.get(field):
            column = next((name for name in free if fits(content[name])), None)
            if column is not None:
                found[field] = column
    return found


def _by_content(content: Mapping[str, str], wanted: Mapping[str, str | None]) -> str | None:
    """Return the column of the longest cell, if it is long enough for a text and no name says which it is."""
    names = {re.sub(r"[ -]", "_", name.strip().lower()) for name in content}
    if names & set(SYNONYMS["text"]):
        return None
    free = [name for name in content if name not in wanted.values()]
    longest = max(free, key=lambda name: len(content[name]), default=None)
    return longest if longest is not None and len(content[longest]) >= _LONG else None


def _is_date(text: str) -> bool:
    return len(text) >= 8 and not text.isdecimal() and dates.whole(text) is not None


def cells(row: Mapping[str, Any], columns: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the text of a row, and its other fields as far as they are filled."""
    values = {field: as_text(row.get(column)) for field, column in columns.items()}
    if values.get("author", "")[:3].lower() == "by ":
        values["author"] = values["author"][3:].strip()
    return values.pop("text"), {field: value for field, value in values.items() if value and field in FIELDS}


def further(row: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, str]:
    """Return the cells that are no field of an article: they stay with it, under the names of their columns.

    Examples:
        >>> further({"body": "a", "frame": "threat", "lang": "en"}, {"text": "body"})
        {'frame': 'threat', 'lang_given': 'en'}
    """
    used = frozenset(columns.values())
    return {
        f"{name}_given" if name in _OURS else whole(str(name)): as_text(cell)
        for name, cell in row.items()
        if name not in used
    }


def as_text(value: object) -> str:
    """Return a cell as text: "" for what is missing, names joined for a list of them."""
    if isinstance(value, str):
        return "" if value in _NOTHING else whole(value)
    if isinstance(value, bytes | bytearray | memoryview):
        data = bytes(value)
        return decode(data).text if data.strip() else ""
    if isinstance(value, np.ndarray | pd.Series):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return ", ".join(as_text(item) for item in value)
    if value is None or (isinstance(value, Decimal) and value.is_nan()) or value != value:
        return ""
    if str(value) in _NOTHING:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return whole(str(value))


def suffix(path: File) -> str:
    """Return the ending that says what a file is, without .gz, in lower case.

    Examples:
        >>> suffix(Path("news.JSONL.gz")), suffix(Path("page"))
        ('.jsonl', '')
    """
    return Path(path.name.lower().removesuffix(".gz")).suffix

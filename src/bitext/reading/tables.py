"""Tables of articles: which column is what."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bitext.errors import TableError
from bitext.reading.documents import FIELDS
from bitext.reading.encoding import decode
from bitext.reading.problems import whole
from bitext.reading.remote import File

#: field -> names of columns that hold it, best first; compared in lower case.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "body", "content", "article_text", "full_text", "fulltext", "maintext", "article", "正文",
        "内容", "內容", "全文", "文本", "raw", "html", "markdown",
    ),
    "title": ("title", "headline", "标题", "標題", "题目", "題目"),
    "outlet": (
        "outlet", "source", "publisher", "media", "newspaper", "publication", "site", "来源",
        "來源", "媒体", "媒體",
    ),
    "date": (
        "date", "published", "pubdate", "published_at", "publish_date", "date_published", "time", "datetime",
        "日期", "时间", "時間", "发布时间", "發布時間",
    ),
    "url": ("url", "link", "from", "href", "链接", "連結", "鏈接", "网址", "網址"),
    "author": ("author", "byline", "authors", "作者", "记者", "記者"),
    "editor": ("editor", "责任编辑", "責任編輯", "编辑", "編輯"),
    "caption": ("caption", "图片说明", "圖片說明"),
}  # fmt: skip


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
    lower = {column.strip().lower(): column for column in reversed(present)}
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


def cells(row: Mapping[str, Any], columns: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return the text of a row, and its other fields as far as they are filled."""
    values = {field: as_text(row.get(column)) for field, column in columns.items()}
    if values.get("author", "")[:3].lower() == "by ":
        values["author"] = values["author"][3:].strip()
    return values.pop("text"), {field: value for field, value in values.items() if value and field in FIELDS}


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

"""Tables of articles: CSV, TSV, JSON Lines, Parquet; which column is what."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bitext.corpus.documents import FIELDS
from bitext.errors import CorpusError, TableError

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

#: A cell may hold a whole page.
csv.field_size_limit(2**31 - 1)


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
        elif name is not None and field == "text":
            raise TableError(f"{source} has no column {name!r}; its columns are {present}")
        elif name is None:
            column = next((lower[synonym] for synonym in names if synonym in lower), None)
            if column is not None and column not in found.values():
                found[field] = column
    if "text" not in found:
        raise TableError(
            f"{source}: no column looks like the text of the articles; its columns are {present}. "
            "Name it: read(..., text='COLUMN')"
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
    if value is None or value != value or str(value) in ("NaT", "<NA>"):
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return ", ".join(as_text(item) for item in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def suffix(path: Path) -> str:
    """Return the ending that says what a file is, without .gz, in lower case.

    Examples:
        >>> suffix(Path("news.JSONL.gz")), suffix(Path("page"))
        ('.jsonl', '')
    """
    return Path(path.name.lower().removesuffix(".gz")).suffix


def rows(content: str, kind: str, problems: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a delimited or JSON Lines table; what cannot be read goes to *problems*."""
    if kind in (".jsonl", ".ndjson"):
        yield from _json_lines(content, problems)
    elif kind == ".json":
        yield from _json(content)
    else:
        yield from _delimited(content, "\t" if kind == ".tsv" else None, problems)


def _json_lines(content: str, problems: list[str]) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(content.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            problems.append(f"line {number} is not JSON: {error}")
            continue
        if isinstance(row, dict):
            yield row
        else:
            problems.append(f"line {number} holds a {type(row).__name__}, not an object")


def _json(content: str) -> Iterator[dict[str, Any]]:
    try:
        data = json.loads(content)
    except ValueError as error:
        raise CorpusError(f"not JSON: {error}") from error
    if isinstance(data, dict):
        data = next((value for value in data.values() if isinstance(value, list)), [data])
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise CorpusError("JSON, but not a list of objects")
    yield from data


def _delimited(content: str, delimiter: str | None, problems: list[str]) -> Iterator[dict[str, Any]]:
    if delimiter is None:
        first = content.split("\n", 1)[0]
        delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader)]
    except StopIteration:
        raise CorpusError("the table is empty") from None
    except csv.Error as error:
        raise CorpusError(f"broken table: {error}") from error
    if len(set(header)) < len(header):
        raise CorpusError(f"broken table: a column name stands twice in {header}")
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problems.append(f"broken table near line {reader.line_num}: {error}; the rest was not read")
            return
        if len(row) > len(header):
            problems.append(
                f"line {reader.line_num}: {len(row)} cells, the header has {len(header)}; row left out"
            )
        elif row:
            yield dict(zip(header, row + [""] * (len(header) - len(row)), strict=True))


def parquet(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet file.

    Raises:
        CorpusError: pyarrow is not installed, or the file is broken.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise CorpusError("Parquet needs the extra: pip install 'bitext[arrow]'") from None
    try:
        table = pyarrow.parquet.ParquetFile(path)
        for batch in table.iter_batches():
            yield from batch.to_pylist()
    except (pyarrow.ArrowException, OSError) as error:
        raise CorpusError(f"broken Parquet file: {error}") from error

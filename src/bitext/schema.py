"""The columns of every table, declared once, and the checks that go with them."""

from collections.abc import Iterable, Sequence

import pandas as pd

from bitext.errors import TableError

#: One row per article. Text columns hold "" where the document holds nothing; `date` is NaT there.
ARTICLES = (
    "article",  # identifier, unique in the corpus: path, or path#row for a row of a table
    "outlet",  # who published it
    "lang",  # "zh", "en" or "undecided"
    "script",  # "Hans", "Hant" or ""
    "date",  # datetime64, the outlet's local day, with the time where the document gives one
    "title",
    "author",
    "editor",
    "caption",
    "url",
    "text",  # the body: paragraphs separated by one newline
    "source",  # file it was read from
)

#: What cleaning took out. `start` and `end` are offsets into the raw document (decoded), `kind` says why.
REMOVED = ("article", "kind", "start", "end", "text")

#: Every input that could not be read, or only in part.
PROBLEMS = ("source", "problem")

#: The group name of articles whose outlet (or other grouping value) is empty.
NO_GROUP = "(none)"


def require(frame: pd.DataFrame, columns: Iterable[str], what: str) -> None:
    """Raise TableError unless *frame* has all *columns*; *what* names the table in the message."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise TableError(f"{what} lacks the columns {missing}; it has {list(frame.columns)}")


def empty(columns: Sequence[str]) -> pd.DataFrame:
    """Return a table with these columns and no rows."""
    return pd.DataFrame({column: pd.Series(dtype=object) for column in columns})

"""The columns of every table, declared once, and the checks that go with them."""

import html
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.errors import LanguageError, TableError

#: One row per article. Text columns hold "" where the document holds nothing; `date` is NaT there.
ARTICLES = (
    "article",  # identifier, unique in the corpus: path, or path#row for a row of a table
    "outlet",  # who published it
    "lang",  # "zh", "en" or "undecided"
    "script",  # "Hans", "Hant" or ""
    "date",  # datetime64 on the outlet's own clock: its day, with the time where the document gives one
    "title",
    "author",
    "editor",
    "caption",
    "url",
    "text",  # the body: paragraphs separated by one newline
    "file",  # file it was read from
)

#: When an article was published, and who says so: columns that follow those of `ARTICLES` after reading.
#: A table made by hand may lack them. The last three keep what was said, as ISO 8601, "" where nothing was.
CLOCK = (
    "instant",  # datetime64, UTC: of `date`, of the start of its day with precision "day"; NaT: zone unknown
    "precision",  # "second", "minute", "day", or "" without a date
    "zone",  # of the clock that `date` shows: IANA name, hours or "+08:00", "UTC"; "" unknown
    "date_source",  # "given" by table or caller, "printed" in the article, "page" (<meta>), "feed", "address"
    "date_printed",
    "date_feed",  # the feed or the page's head
    "date_crawled",  # when a crawler fetched it
)

#: What cleaning took out. `start` and `end` are offsets into the raw document (decoded), `kind` says why.
REMOVED = ("article", "kind", "start", "end", "text")

#: Every input that could not be read, or only in part.
PROBLEMS = ("file", "kind", "problem")

#: Values of `lang` that name a language; an article whose language is undecided does not make a mix.
LANGUAGES = ("zh", "en")

#: The group name of articles whose outlet (or other grouping value) is empty.
NO_GROUP = "(none)"


def require(frame: pd.DataFrame, columns: Iterable[str], what: str) -> None:
    """Raise TableError unless *frame* has all *columns*; *what* names the table in the message."""
    if not isinstance(frame, pd.DataFrame):
        raise TableError(f"{what} must be a DataFrame, not {type(frame).__name__} {frame!r:.60}")
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise TableError(f"{what} lacks the columns {missing}; it has {list(frame.columns)}")


def chosen(articles: pd.DataFrame, rows: npt.ArrayLike | None, lang: str | None) -> npt.NDArray[np.bool_]:
    """Return which articles a `select` keeps: those where the boolean *rows* is true, of one language.

    Raises:
        TableError: *rows* has another length than there are articles, or is not boolean.
        LanguageError: *lang* is no language.
    """
    keep = np.ones(len(articles), dtype=bool)
    if rows is not None:
        given = np.asarray(rows)
        if given.shape != keep.shape or not set(np.unique(given)) <= {False, True}:
            raise TableError(
                f"rows must hold {len(articles)} booleans, one per article, not {given.dtype} {given.shape}"
            )
        keep &= given.astype(bool)
    if lang is not None:
        if lang not in LANGUAGES:
            raise LanguageError.unknown("language", lang, LANGUAGES)
        keep &= (articles["lang"] == lang).to_numpy()
    return keep


def describe(name: str, facts: Iterable[str]) -> str:
    """Return the one line by which an object shows itself: its name and what it holds.

    Examples:
        >>> describe("Corpus", ["2 articles", "", "zh 2"])
        '<Corpus: 2 articles, zh 2>'
    """
    return f"<{name}: {', '.join(fact for fact in facts if fact)}>"


def describe_articles(articles: pd.DataFrame) -> list[str]:
    """Return what a table of articles holds, for `describe`: number, outlets, languages, days.

    Examples:
        >>> describe_articles(pd.DataFrame({"outlet": ["A", "B"], "lang": ["zh", "zh"]}))
        ['2 articles', '2 outlets', 'zh 2']
    """
    facts = [f"{len(articles):,} articles"]
    if "outlet" in articles:
        facts.append(f"{articles['outlet'].nunique():,} outlets")
    if "lang" in articles:
        facts += [
            f"{lang} {number:,}" for lang, number in articles["lang"].value_counts().sort_index().items()
        ]
    dates = articles["date"].dropna() if "date" in articles else ()
    if len(dates):
        facts.append(f"{min(dates):%Y-%m-%d} to {max(dates):%Y-%m-%d}")
    return facts


def as_html(line: str, table: pd.DataFrame, rows: int = 10, columns: int = 10) -> str:
    """Return the line of `describe` and the first rows and columns of a table, for notebooks.

    Columns beyond the first *columns* are folded away beneath and open at a click; all text is escaped.

    Examples:
        >>> as_html("<Corpus: 1 article>", pd.DataFrame({"a": [1], "b": [2]}), columns=1).count("<details>")
        1
    """

    def drawn(part: pd.DataFrame) -> str:
        return part.head(rows).to_html(index=False, escape=True, border=0, max_cols=None)

    more = f"<p>... {len(table) - rows:,} more rows</p>" if len(table) > rows else ""
    rest = len(table.columns) - columns
    folded = f"<details><summary>{rest} more columns</summary>{drawn(table)}</details>" if rest > 0 else ""
    head = f"<p><strong>{html.escape(line.strip('<>'))}</strong></p>"
    return head + drawn(table.iloc[:, :columns]) + more + folded


def sentences_as_html(sentences: pd.DataFrame, others: Sequence[str] = ()) -> str:
    """Return findings for notebooks: a numbered list of their sentences, English first, with their strength.

    Args:
        sentences: columns ``en``, ``zh`` and ``strength``.
        others: names of all tables, for a line that says where more is.

    Examples:
        >>> row = pd.DataFrame({"en": ["A & B."], "zh": [""], "strength": ["counted"]})
        >>> sentences_as_html(row)
        '<ol><li>A &amp; B. <em>(counted)</em></li></ol>'
    """
    lines = ""
    for en, zh, strength in sentences[["en", "zh", "strength"]].astype(str).itertuples(index=False):
        chinese = f'<br><span lang="zh">{html.escape(zh)}</span>' if zh else ""
        lines += f"<li>{html.escape(en)} <em>({html.escape(strength)})</em>{chinese}</li>"
    more = f"<p>Tables: {html.escape(' · '.join(others))}</p>" if others else ""
    return f"<ol>{lines}</ol>{more}"


def empty(columns: Sequence[str]) -> pd.DataFrame:
    """Return a table with these columns and no rows."""
    return pd.DataFrame({column: pd.Series(dtype=object) for column in columns})

"""The Corpus: articles, what cleaning removed from them, and what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

import numpy.typing as npt
import pandas as pd

from bitext import schema
from bitext.checked import checked
from bitext.errors import TableError


@dataclass(frozen=True)
class Corpus:
    """Articles from several outlets, ready to be tokenised.

    Attributes:
        articles: one row per article, columns `schema.ARTICLES`.
        removed: one row per piece that cleaning took out, columns `schema.REMOVED`.
        problems: one row per input that could not be read (or only in part), columns `schema.PROBLEMS`.
        run: the run record.
        first: articles that stand before these, where these are one batch of many.
    """

    articles: pd.DataFrame
    removed: pd.DataFrame = field(default_factory=lambda: schema.empty(schema.REMOVED))
    problems: pd.DataFrame = field(default_factory=lambda: schema.empty(schema.PROBLEMS))
    run: Mapping[str, Any] = field(default_factory=dict)
    first: int = 0

    def __post_init__(self) -> None:
        what = "the table of articles (bitext.Corpus.from_frame makes one of any DataFrame)"
        schema.require(self.articles, schema.ARTICLES, what)
        duplicated = self.articles["article"].duplicated()
        if duplicated.any():
            first = self.articles.loc[duplicated, "article"].iloc[0]
            raise TableError(f"article identifiers must be unique; {first!r} stands twice")

    def __len__(self) -> int:
        return len(self.articles)

    def __repr__(self) -> str:
        facts = schema.describe_articles(self.articles)
        facts += [f"{len(self.removed):,} pieces removed", f"{len(self.problems):,} problems"]
        return schema.describe("Corpus", facts)

    def _repr_html_(self) -> str:
        # Ten that matter, and the rest at a click, but for the texts.
        wanted = [
            "article",
            "outlet",
            "lang",
            "script",
            "date",
            "precision",
            "title",
            "author",
            "editor",
            "url",
        ]
        first = [name for name in wanted if name in self.articles]
        rest = [name for name in self.articles if name not in (*first, "text")]
        return schema.as_html(repr(self), self.articles[first + rest], columns=len(first))

    @checked
    def select(self, rows: npt.ArrayLike | None = None, *, lang: str | None = None) -> Self:
        """Return the corpus of some articles.

        Args:
            rows: boolean, one value per article; all of them where it is left out.
            lang: keep only the articles of this language, "en" or "zh".
        """
        articles = self.articles.loc[schema.chosen(self.articles, rows, lang)].reset_index(drop=True)
        removed = self.removed[self.removed["article"].isin(articles["article"])].reset_index(drop=True)
        return replace(self, articles=articles, removed=removed)

    @checked
    def in_zone(self, zone: str) -> Self:
        """Return the corpus with dates on one clock, so that a "day" is the same day for all outlets.

        As read, `date` is what the outlet printed, and days are those of its city: right for one paper, and
        for several in one zone. Only articles whose `instant` is known to the hour are moved; one that has a
        day alone, or an outlet of unknown zone, keeps its day.

        Args:
            zone: a name of the IANA table such as "Asia/Shanghai", or hours ahead of UTC such as "+08:00".

        Raises:
            LexiconError: there is no such zone.
            TableError: the articles have no `instant` (a table made by hand).

        Examples:
            >>> frame = pd.DataFrame({"body": ["It opened.", "It shut."]})
            >>> frame["date"] = ["2031-03-03T18:30+00:00", "2031-03-03"]
            >>> corpus = Corpus.from_frame(frame).in_zone("Asia/Shanghai")
            >>> corpus.articles["date"].astype(str).tolist(), corpus.articles["zone"].tolist()
            (['2031-03-04 02:30:00', '2031-03-03 00:00:00'], ['Asia/Shanghai', ''])
        """
        from bitext.corpus.clock import in_zone

        return replace(self, articles=in_zone(self.articles, zone))

    @checked
    def join(self, *others: "Corpus") -> "Corpus":
        """Return one corpus of the articles of this and of others, in order: also ``Corpus.join(a, b)``.

        An identifier that is taken gets a suffix and a row in `problems`; columns that only one of them has
        are empty for the others; spellings of an outlet that are obviously one become one, as in reading.

        Args:
            *others: one or more.

        Raises:
            CorpusError: no other corpus is given, or one has no article that those before it have not.

        Examples:
            >>> a = Corpus.from_frame(pd.DataFrame({"body": ["One plant opened."], "frame": ["jobs"]}))
            >>> b = Corpus.from_frame(pd.DataFrame({"body": ["Two plants opened."], "coder": ["Ann"]}))
            >>> a.join(b).articles[["article", "frame", "coder"]].values.tolist()
            [['0', 'jobs', ''], ['0~2', '', 'Ann']]
        """
        from bitext.corpus.joined import joined

        return joined([self, *others])

    @classmethod
    @checked
    def from_frame(cls, frame: pd.DataFrame, **columns: str | bool | None) -> "Corpus":
        """Take the articles of a DataFrame: cleaned, with language and script, identified by the index.

        A column ``article`` of values that differ identifies them instead; columns that are no field stay.

        Args:
            frame: one row per article.
            **columns: ``text outlet title date url author editor caption`` name the columns; the usual names
                are found without. An *outlet* that is no column is the outlet of all. ``lang="zh"`` or
                ``"en"`` sets the language of all, ``day_first`` the order of dates (see `bitext.read`).

        Raises:
            TableError: no column looks like the text, or the named one is missing.

        Examples:
            >>> frame = pd.DataFrame({"headline": ["Chips"], "body": ["The plant opened."], "media": ["A"]})
            >>> Corpus.from_frame(frame).articles[["article", "outlet", "lang", "title"]].values.tolist()
            [['0', 'A', 'en', 'Chips']]
        """
        from bitext.corpus.read import from_frame

        return from_frame(frame, **columns)

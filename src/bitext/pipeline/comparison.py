"""The Comparison: all tables of `bitext.compare`, what they were made from, and the ways out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from bitext import schema
from bitext.checked import checked
from bitext.concepts.lookup import ConceptTable
from bitext.corpus.corpus import Corpus
from bitext.errors import TableError
from bitext.pipeline.first_pass import RemovedSample
from bitext.pipeline.page_terms import PageTerms
from bitext.tokens.tokens import Tokens


@dataclass(frozen=True)
class Comparison:
    """How groups of articles (outlets, mostly) cover their stories: tables, and what is behind them.

    Attributes:
        corpus: what was read; of a `Scan` the articles on the page, chosen so that its figures open into
            sentences. `tables["articles"]` lists all.
        tokens: the words of *corpus*.
        by: the column that makes the groups.
        tables: name -> table; see `bitext.compare`.
        run: the run record.
        units: what the page shows of words and concepts: sums over all articles.
        removed: what the page shows of what cleaning took out.
        concepts: the concept table of this run, with the names that the texts gave; None is bitext's own.
    """

    corpus: Corpus
    tokens: Tokens
    by: str
    tables: Mapping[str, pd.DataFrame]
    run: Mapping[str, Any] = field(default_factory=dict)
    units: Sequence[PageTerms] = ()
    removed: RemovedSample | None = None
    concepts: ConceptTable | None = None

    def __repr__(self) -> str:
        facts = [f"by {self.by}", *schema.describe_articles(self.tables["articles"])]
        return schema.describe("Comparison", [*facts, f"tables: {' '.join(self.tables)}"])

    def _repr_html_(self) -> str:
        groups = schema.as_html(repr(self), self.tables["groups"], rows=50)
        if "findings" not in self.tables:
            return groups
        return schema.sentences_as_html(self.tables["findings"], list(self.tables)) + groups

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return the table *name*, e.g. ``result["keyness"]``."""
        if name not in self.tables:
            raise TableError.unknown("table", name, self.tables)
        return self.tables[name]

    @property
    def findings(self) -> pd.DataFrame:
        """Plain sentences made of the tables by stated rules, a row each, in the order of telling.

        Columns: ``kind``, the question: covered, first, names, voices, left out, copies, words; ``group``, of
        which the sentence speaks (an outlet, where it is about events and copies), "" for all; ``en`` and
        ``zh``, the sentence; ``value``, its number, with ``low`` and ``high`` where there is an interval;
        ``strength``: "beyond chance" (q < .05, or intervals that do not meet), "counted" (not tested),
        "cannot tell", "may be chance", "too few to tell"; ``table`` and ``rows``, the table and the numbers
        of its rows that the sentence is made of; ``note``. Rules of the sentences: docs/methods/findings.md.

        Examples:
            >>> import bitext
            >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({
            ...     "text": ["Chips matter, chips sell.", "Trade talks go on."], "outlet": ["A", "B"]}))
            >>> list(bitext.compare(corpus).findings.columns)[:4]
            ['kind', 'group', 'en', 'zh']
        """
        return self.tables["findings"]

    @checked
    def behind(self, finding: int) -> pd.DataFrame:
        """Return the rows of the table that finding number *finding* is made of.

        Raises:
            TableError: there is no such finding.
        """
        if not 0 <= finding < len(self.findings):
            raise TableError(f"finding {finding}: there are {len(self.findings)}, numbered from 0")
        row = self.findings.iloc[finding]
        return self.tables[row["table"]].iloc[[int(number) for number in row["rows"].split()]]

    @checked
    def overview(self, top: int = 10) -> list[tuple[str, pd.DataFrame]]:
        """Return the tables worth a first look, each with a title, cut to *top* rows a group."""
        from bitext.pipeline.overview import overview

        return overview(self.tables, self.by, top, self.concepts)

    @checked
    def save(self, folder: str | Path, *, spreadsheet: bool = True) -> None:
        """Write every table as CSV with its run record, and the whole run as run.json, into *folder*.

        The folder is written as a whole: all of it or nothing, and what an earlier run left there goes.
        No folder of this machine is written: files are named from the folder that they have in common.
        *spreadsheet* guards cells that a spreadsheet would run as formulas by an apostrophe.
        """
        from bitext.report.whole import whole_folder
        from bitext.report.write import shareable, without_paths, write_json, write_table

        with whole_folder(folder) as draft:
            for name, table in self.tables.items():
                write_table(shareable(table), draft / f"{name}.csv", spreadsheet=spreadsheet)
            write_json(without_paths(self.run), draft / "run.json")

    @checked
    def to_html(self, path: str | Path | None = None, *, title: str | None = None) -> str:
        """Return the page: one HTML file that needs no network; with *path*, write it there, too.

        *title* heads the page; None: how many outlets, stories and articles there are.

        The page holds what fits into some 5 MB: the strongest rows of long tables, and of long texts single
        lines; where it leaves something out, it says so.
        """
        from bitext.report.page import to_html
        from bitext.report.whole import whole_file

        page = to_html(self, title)
        if path is not None:
            with whole_file(path) as draft:
                draft.write_text(page, encoding="utf-8", newline="\n")
        return page

"""Everything at once: from a corpus to the tables of a comparison, a folder of them, and the page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bitext import schema
from bitext.comparison.coverage import coverage, omissions
from bitext.comparison.keyness import keyness
from bitext.comparison.similarity import similarity
from bitext.comparison.stories import stories
from bitext.corpus.corpus import Corpus
from bitext.corpus.duplicates import duplicates
from bitext.errors import CorpusError, TableError
from bitext.features.glossary import glossary
from bitext.features.keywords import keywords
from bitext.features.naming import naming
from bitext.features.stance.evidence import evidence
from bitext.features.stance.stance import stance
from bitext.record import run_record
from bitext.report.write import whole_file, write_json, write_table
from bitext.tokens.concepts import ConceptTable
from bitext.tokens.count import count
from bitext.tokens.counts import Counts
from bitext.tokens.grouping import group_values
from bitext.tokens.tokenize import tokenize
from bitext.tokens.tokens import Tokens

#: Languages whose terms are compared, each within itself.
LANGUAGES = ("zh", "en")

#: Rows of a keyness table that a comparison keeps for each group, each way. `bitext.keyness` gives all.
KEPT = 500

#: Countries for which a comparison measures polarity.
TARGETS = 4


@dataclass(frozen=True)
class Comparison:
    """How groups of articles (outlets, mostly) cover their stories: tables, and what is behind them.

    Attributes:
        corpus: what was read.
        tokens: its words.
        by: the column that makes the groups.
        tables: name -> table; see `bitext.compare`.
        run: the run record.
    """

    corpus: Corpus
    tokens: Tokens
    by: str
    tables: Mapping[str, pd.DataFrame]
    run: Mapping[str, Any] = field(default_factory=dict)

    def __repr__(self) -> str:
        facts = [f"by {self.by}", *schema.describe_articles(self.corpus.articles)]
        return schema.describe("Comparison", [*facts, f"tables: {' '.join(self.tables)}"])

    def _repr_html_(self) -> str:
        return schema.as_html(repr(self), self.tables["groups"], rows=50)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Return the table *name*, e.g. ``result["keyness"]``."""
        if name not in self.tables:
            raise TableError.unknown("table", name, self.tables)
        return self.tables[name]

    def overview(self, top: int = 10) -> list[tuple[str, pd.DataFrame]]:
        """Return the tables worth a first look, each with a title, cut to *top* rows a group."""
        from bitext.report.overview import overview

        return overview(self.tables, self.by, top)

    def save(self, folder: str | Path, *, spreadsheet: bool = False) -> None:
        """Write every table as CSV with its run record, and the whole run as run.json, into *folder*."""
        folder = Path(folder)
        for name, table in self.tables.items():
            write_table(table, folder / f"{name}.csv", spreadsheet=spreadsheet)
        write_json(self.run, folder / "run.json")

    def to_html(self, path: str | Path | None = None) -> str:
        """Return the page: one HTML file that needs no network; with *path*, write it there, too.

        The page holds what fits into some 5 MB: the strongest rows of long tables, and of long texts single
        lines; where it leaves something out, it says so.
        """
        from bitext.report.page import to_html

        page = to_html(self)
        if path is not None:
            with whole_file(path) as draft:
                draft.write_text(page, encoding="utf-8", newline="\n")
        return page


def compare(
    corpus: Corpus,
    *,
    by: str = "outlet",
    min_articles: int = 2,
    find_stories: bool = True,
    workers: int = 1,
    seed: int = 0,
    progress: Callable[[int], None] | None = None,
) -> Comparison:
    """Compare how groups of articles cover their stories, in every way that bitext knows.

    Terms are compared within each language, concepts across both.

    Args:
        corpus: what `bitext.read` returned.
        by: the column that makes the groups.
        min_articles: terms that stand in fewer articles are left out of the tables of keyness.
        find_stories: look for stories across outlets; it takes the longest of all steps on large corpora.
        workers: processes for tokenising.
        seed: for everything that is drawn at random.
        progress: called after each table with 1.

    Returns:
        A `Comparison` with these tables:
        - ``groups``: one row per group: articles, words, languages, dates
        - ``keywords``: the terms that weigh most in each group (`bitext.keywords`), with their language
        - ``keyness``: each group against the rest of its language (`bitext.keyness`)
        - ``keyness_concepts``: each group against all others, over concepts
        - ``stance``: features of stance of each group with intervals (`bitext.stance`); ``evidence``: the
          spans behind them (`bitext.evidence`); ``stance_targets``: polarity toward the countries named most
        - ``similarity``: every pair of groups, over concepts (`bitext.similarity`)
        - ``naming``: by which name each group calls the same thing (`bitext.naming`)
        - ``glossary``: pairs of names that the texts give in parentheses (`bitext.glossary`)
        - ``duplicates``: copies (`bitext.duplicates`)
        - ``stories``, ``coverage``, ``omissions``: events across outlets, who covered them and what each left
          out (functions of the same names)
        - ``articles``, ``removed``, ``problems``: what was read, and what was not

    Raises:
        CorpusError: the corpus holds no article.
        TableError: *by* is not a column of the articles.

    Examples:
        >>> import bitext
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({
        ...     "text": ["Chips matter, chips sell.", "Trade talks go on."], "outlet": ["A", "B"]}))
        >>> bitext.compare(corpus)["groups"][["outlet", "articles", "words"]]
          outlet  articles  words
        0      A         1      4
        1      B         1      4
    """
    if not len(corpus):
        raise CorpusError("the corpus holds no article: there is nothing to compare")
    group_values(corpus.articles, by)
    # An outlet writes its own name often; torn in two it would head every table.
    outlets = sorted(
        name for name in set(corpus.articles["outlet"]) if name.isprintable() and not name.isascii()
    )
    tokens = tokenize(corpus, words=outlets, workers=workers)
    tables: dict[str, pd.DataFrame] = {}
    for name, table in _tables(corpus, tokens, by, min_articles, find_stories, seed):
        tables[name] = table
        if progress:
            progress(1)
    record = run_record("compare", by=by, min_articles=min_articles, find_stories=find_stories, seed=seed)
    steps = {name: table.attrs["run"] for name, table in tables.items() if "run" in table.attrs}
    return Comparison(corpus, tokens, by, tables, {**record, "read": corpus.run, "tables": steps})


def _tables(
    corpus: Corpus, tokens: Tokens, by: str, min_articles: int, find_stories: bool, seed: int
) -> Iterator[tuple[str, pd.DataFrame]]:
    terms = count(tokens)
    concepts = count(tokens, unit="concept", min_articles=min_articles)
    yield "groups", _groups(terms, by)
    yield "keywords", _by_language(terms, lambda part: keywords(part, by=by, top=50))
    yield (
        "keyness",
        _by_language(terms.supported(min_articles), lambda part: keyness(part, by=by, top=KEPT), groups=by),
    )
    if len(_names(concepts, by)) > 1:
        yield "keyness_concepts", keyness(concepts, by=by, top=KEPT)
        yield "similarity", similarity(concepts, by=by, seed=seed)
    yield "stance", stance(tokens, by=by, seed=seed)
    yield "stance_targets", _toward_countries(tokens, concepts, by, seed)
    yield "evidence", evidence(tokens)
    yield "naming", naming(tokens, by=by)
    yield "glossary", glossary(tokens)
    yield "duplicates", duplicates(corpus)
    if find_stories:
        found = stories(tokens)
        yield "stories", found
        yield "coverage", coverage(found, corpus)
        yield "omissions", omissions(found, concepts)
    yield "articles", corpus.articles.drop(columns="text")
    yield "removed", corpus.removed
    yield "problems", corpus.problems


def _toward_countries(tokens: Tokens, concepts: Counts, by: str, seed: int) -> pd.DataFrame:
    """Return the polarity of each group toward the countries that most articles name."""
    table = ConceptTable.default()
    rows = zip(table.labels, table.kinds, table.named, strict=True)
    countries = {label for label, kind, named in rows if named and kind == "country"}
    articles = np.bincount(concepts.matrix.indices, minlength=len(concepts.terms))
    order = np.argsort(-articles, kind="stable")
    named = [str(concepts.terms[column]) for column in order if concepts.terms[column] in countries]
    parts = [stance(tokens, by=by, target=country, seed=seed) for country in named[:TARGETS]]
    if not parts:
        return pd.DataFrame({by: pd.Series(dtype=object)})
    record = parts[0].attrs.get("run")
    for part in parts:
        part.attrs = {}
    stacked = pd.concat(parts, ignore_index=True)
    stacked.attrs["run"] = record
    return stacked


def _by_language(
    counts: Counts, make: Callable[[Counts], pd.DataFrame], *, groups: str | None = None
) -> pd.DataFrame:
    """Make a table for the terms of each language and put them under each other, with a column `lang`.

    Where *groups* is given, a language in which only one group writes is left out: it has no reference.
    """
    parts = []
    record: dict[str, Any] = {}
    for lang in LANGUAGES:
        part = counts.select(lang=lang).supported(1)
        if not len(part) or (groups and len(_names(part, groups)) < 2):
            continue
        table = make(part)
        record[lang] = table.attrs.pop("run", {})
        if "lang" not in table:  # by="lang" makes the column itself
            table.insert(0, "lang", lang)
        parts.append(table)
    if not parts:
        return pd.DataFrame({"lang": pd.Series(dtype=object)})
    stacked = pd.concat(parts, ignore_index=True)
    stacked.attrs["run"] = record
    return stacked


def _names(counts: Counts, by: str) -> list[str]:
    """Return the groups that have at least one counted word."""
    values = group_values(counts.articles, by)[by]
    return sorted(values[counts.lengths > 0].unique())


def _groups(counts: Counts, by: str) -> pd.DataFrame:
    articles = counts.articles.assign(
        group=group_values(counts.articles, by)[by].to_numpy(), words=counts.lengths
    )
    rows = []
    for name, part in articles.groupby("group", sort=True):
        dates = part["date"].dropna()
        langs = part["lang"].value_counts()
        rows.append(
            {
                by: name,
                "articles": len(part),
                "words": int(part["words"].sum()),
                "languages": ", ".join(f"{lang} {number}" for lang, number in langs.sort_index().items()),
                "scripts": ", ".join(sorted(set(part["script"]) - {""})),
                "first": dates.min() if len(dates) else pd.NaT,
                "last": dates.max() if len(dates) else pd.NaT,
            }
        )
    table = pd.DataFrame(rows)
    table.attrs["run"] = run_record("groups", by=by)
    return table

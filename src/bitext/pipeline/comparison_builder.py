"""The tables of a comparison, from what two passes over the articles gathered."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from operator import attrgetter
from typing import Any

import numpy as np
import pandas as pd

from bitext import schema
from bitext.comparison.keyness.keyness import keyness
from bitext.comparison.keywords import keywords
from bitext.comparison.similarity import similarity
from bitext.copies.repeats import repeats, same_texts
from bitext.counting.counts import Counts
from bitext.counting.grouped_counts import GroupedCounts, places
from bitext.cues.cues import cue_table
from bitext.engines.reduction import Reduction
from bitext.names import naming
from bitext.pipeline import dispersion_pass, first_pass, page_terms
from bitext.pipeline.article_source import ArticleSource
from bitext.pipeline.closely import MADE, noted
from bitext.pipeline.dispersion_pass import DispersionSums, Words
from bitext.pipeline.found_names import table_with
from bitext.pipeline.kept_parts import Parts
from bitext.pipeline.page_terms import PageTerms
from bitext.record import fingerprint, run_record
from bitext.speakers import actors, sources
from bitext.stances import stance
from bitext.stances.target import polarity as target
from bitext.statistics.clusters import cluster_codes
from bitext.tokens.grouping import group_values

#: Rows of a keyness table that a comparison keeps for each group, each way. `bitext.keyness` gives all.
KEPT = 500
#: Stories (or single articles) that groups of so many articles need for stories to be the units.
LEAST_STORIES = 10
#: Countries for which a comparison measures polarity.
TARGETS = 4


@dataclass
class Gathered:
    """What the first pass brought.

    Attributes:
        parts: name of a reduction -> brings what it gave, once; see `first_pass.reductions`.
        articles: all articles, with a column ``words``; no texts.
        words: language -> sums of its words by group.
        concepts: counts of all concepts; ``distinct`` without texts that an outlet printed again, and without
            concepts of too few articles.
    """

    parts: Parts
    articles: pd.DataFrame
    words: Mapping[str, GroupedCounts]
    concepts: Counts
    distinct: Counts

    @classmethod
    def of(
        cls,
        source: ArticleSource,
        by: str,
        min_articles: int,
        taken: Mapping[str, Reduction[Any, Any, Any]],
        repeats: frozenset[str],
    ) -> "Gathered":
        """Read all articles; *repeats* do not count."""
        key = f"first pass {by} {source.spans} {fingerprint(sorted(repeats))}"
        parts = source.gather(taken, first_pass.ROWS, key)
        articles = taken["articles"].finalize(parts.pop("articles")())
        langs = [lang for lang in schema.LANGUAGES if (articles["lang"] == lang).any()]
        sums = parts.pop("sums")()  # each part goes as soon as it has been used
        words = {lang: sums.of_language(lang, by=[by]) for lang in langs}
        del sums
        about = articles.drop(columns="words")
        concepts = first_pass.counted_concepts(parts.pop("concepts")(), about, table_with(source.pairs))
        distinct = first_pass.without(concepts, repeats).supported(min_articles)
        return cls(parts, articles, words, concepts, distinct)


class ComparisonBuilder:
    """Makes the tables; the second pass runs when the first of them needs it."""

    def __init__(
        self,
        source: ArticleSource,
        by: str,
        min_articles: int,
        seed: int,
        weighting: str = "contrast",
        copies: str = "collapse",
    ) -> None:
        self.weighting = weighting
        self.source, self.by, self.min_articles, self.seed = source, by, min_articles, seed
        # First, while nothing else is held: it needs the shingles of many articles at once.
        self._copies = source.duplicates()
        self.repeats = repeats(self._copies) if copies == "collapse" else frozenset()
        self._reductions = first_pass.reductions(by, spans=source.spans, seed=seed, repeats=self.repeats)
        if not source.divided:
            del self._reductions["naming"]  # made later, over stories
        self.found = Gathered.of(source, by, min_articles, self._reductions, self.repeats)
        self._clusters: pd.DataFrame | None = None
        self.page_terms: list[PageTerms] = []

    def take_stories(self, stories: pd.DataFrame) -> None:
        """Let stories be the units, where every group has enough; in batches not of words and names."""
        self._clusters = clusters(self.found.articles, self.by, stories)

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Yield name and table, one after the other."""
        by, concepts = self.by, self.found.distinct
        weights = partial(keywords, by=by, top=50, weighting=self.weighting)
        yield "groups", groups(self.found.articles, by)
        yield "keywords", self._by_language(weights, 1)
        yield "keyness", self._keyness()
        if len(self._writing(concepts)) > 1:
            yield "keyness_concepts", keyness(concepts, by=by, top=KEPT, cluster=self._clusters)
            yield "similarity", similarity(concepts, by=by, seed=self.seed, cluster=self._clusters)
        cues = cue_table().hash
        rates = stance.reduction(by=by, seed=self.seed, cluster=self._all_articles)
        rates_found = rates.finalize(self.found.parts.pop("stance")())
        yield "stance", _noted(rates_found, "stance", by=by, cues=cues, seed=self.seed, **self._units)
        yield "polarity", _noted(self._toward_countries(), "polarity", by=by, cues=cues, seed=self.seed)
        yield "evidence", _noted(self._made("evidence"), "evidence", by=by, cues=cues, top=self.source.spans)
        pairs = _noted(self._made("glossary"), "glossary")
        speech = replace(self.found.parts.pop("speech")(), pairs=pairs)
        speech = speech.over(self.found.articles, self._all_articles)
        for name, made in (("sources", sources.table_of), ("actors", actors.table_of)):
            yield name, _noted(made(speech, by=by), name, by=by, cues=cues, **self._units)
        over = {} if self._clusters is None or self.source.divided else {"cluster": "story"}
        yield "naming", _noted(self._naming(), "naming", by=by, **over)
        yield "glossary", pairs
        yield "duplicates", self._copies
        yield "articles", self.found.articles.drop(columns="words")
        yield "removed", first_pass.table_of_removed(self.removed)
        yield "problems", self._problems()

    def _made(self, name: str) -> pd.DataFrame:
        """Return the table of a feature, and let go what it was made from."""
        table: pd.DataFrame = self._reductions[name].finalize(self.found.parts.pop(name)())
        return table

    @cached_property
    def removed(self) -> first_pass.RemovedSample:
        """What cleaning took out, as far as it is kept."""
        found: first_pass.RemovedSample = self.found.parts.pop("removed")()
        return found

    @property
    def _units(self) -> dict[str, str]:
        """What a run record says of the units of p and intervals."""
        if self._clusters is not None:
            return {"cluster": "story"}
        return {} if self._all_articles is None else {"cluster": "text"}

    @cached_property
    def _all_articles(self) -> pd.DataFrame | None:
        """The units where repeats count: stories, or else the texts that one outlet printed several times."""
        if self._clusters is not None or not self.repeats:
            return self._clusters
        return same_texts(self._copies)

    def _naming(self) -> pd.DataFrame:
        if self.source.divided:
            return self._made("naming")
        made = naming.reduction(by=self.by, cluster=self._clusters)
        return self.source.reduce(made.of(attrgetter("annotations")), "naming over stories")

    def _by_language(
        self, make: Callable[[GroupedCounts], pd.DataFrame], least: int, *, several: bool = False
    ) -> pd.DataFrame:
        """Make a table for the words of each language and put them under each other, with a column `lang`.

        Where *several* groups are needed, a language in which only one writes is left out.
        """
        parts = []
        record: dict[str, Any] = {}
        for lang, sums in self.found.words.items():
            if several and np.count_nonzero(sums.tokens) < 2:
                continue
            table = make(sums.supported(least))
            record[lang] = table.attrs.pop("run", {})
            if "lang" not in table:  # by="lang" makes the column itself
                table.insert(0, "lang", lang)
            parts.append(table)
        if not parts:
            return pd.DataFrame({"lang": pd.Series(dtype=object)})
        stacked = pd.concat(parts, ignore_index=True)
        stacked.attrs["run"] = record
        return stacked

    def _keyness(self) -> pd.DataFrame:
        """Return the table of keyness, with the columns that need a second look at the articles."""
        table = self._by_language(self._keyness_of, self.min_articles, several=True)
        supported = {lang: sums.supported(self.min_articles) for lang, sums in self.found.words.items()}
        shown = page_terms.chosen(supported, self.found.distinct)
        words = []
        for lang, sums in supported.items():
            kept = table.loc[table["lang"] == lang, "term"].tolist() if "term" in table else []
            words.append(dispersion_pass.words_of(lang, sums, [*shown.get(lang, ()), *kept]))
        looked = self._look(words)
        even = {}
        for one, found in zip(words, looked, strict=True):
            least = dispersion_pass.shortest(self.found.articles, self.by, one.lang)
            even[one.lang] = dispersion_pass.dp(one, found, least)
            if "term" in table:
                dispersion_pass.fill(table, one, *even[one.lang])
        shown = page_terms.with_telling(shown, table)
        self._keep_units(shown, words, looked, {lang: norm for lang, (_, norm) in even.items()}, supported)
        return table

    def _keyness_of(self, sums: GroupedCounts) -> pd.DataFrame:
        """Return the table of keyness of one language: over stories, where articles are held."""
        terms = self.source.terms
        if self._clusters is None or terms is None:
            return keyness(sums, by=self.by, top=KEPT)
        (lang,) = sums.langs
        counts = first_pass.without(terms, self.repeats).select(lang=lang)
        kept = counts.only(places(counts.terms, sums.terms.tolist(), counts.unit))
        return keyness(kept, by=self.by, top=KEPT, cluster=self._clusters)

    def _look(self, words: list[Words]) -> list[DispersionSums]:
        """Go through the articles a second time."""
        plan = [repr((one.lang, one.sums.keys, one.sums.by, one.sums.terms.tolist())) for one in words]
        plan += [one.sums.sums.tobytes().hex() + one.sums.sizes.tobytes().hex() for one in words]
        taken = dispersion_pass.reduction(words, self.repeats)
        return self.source.reduce_counts(taken, f"dispersion {fingerprint(plan)}")

    def _keep_units(
        self,
        shown: Mapping[str, Any],
        words: list[Words],
        looked: list[DispersionSums],
        even: Mapping[str, Any],
        supported: Mapping[str, GroupedCounts],
    ) -> None:
        """Note what the page shows of words and concepts."""
        concepts = shown.get("concept", np.empty(0, object))
        forms = page_terms.ConceptWords(self.found.parts.pop("forms")(), table_with(self.source.pairs))
        for one, found in zip(words, looked, strict=True):
            if one.lang in shown:
                terms, of = shown[one.lang], len(supported[one.lang].terms)
                self.page_terms.append(
                    page_terms.of_words(one, found, even[one.lang], terms, of, forms, concepts)
                )
        if len(concepts):
            self.page_terms.append(page_terms.of_concepts(self.found.distinct, self.by, concepts, forms))

    def _toward_countries(self) -> pd.DataFrame:
        """Return the polarity of each group toward the countries that most articles name."""
        concepts, known = self.found.concepts, set(first_pass.countries())
        articles = np.bincount(concepts.matrix.indices, minlength=len(concepts.terms))
        order = np.argsort(-articles, kind="stable")
        names = [name for name in concepts.terms[order].tolist() if name in known]
        if not names:
            return pd.DataFrame({self.by: pd.Series(dtype=object)})
        chosen = names[:TARGETS]
        found = first_pass.mentions(self.found.parts.pop("toward")(), chosen)
        return target.reduction(targets=chosen, by=self.by, seed=self.seed).finalize(found)

    def _writing(self, counts: Counts) -> list[str]:
        """Return the groups that have at least one counted word."""
        values = group_values(counts.articles, self.by)[self.by]
        return sorted(values[counts.lengths > 0].unique())

    def _problems(self) -> pd.DataFrame:
        """Return what could not be read, and what of the removed pieces is only counted."""
        table, removed = self.source.problems, self.removed
        if removed.cut is not None:
            number, kept = sum(removed.counts.values()), sum(map(len, removed.pieces.values()))
            text = f"the table holds {kept:,} of {number:,} pieces; bitext read --removed lists all"
            table = noted(table, "removed", "counted", text)
        if self.source.closely is not None:
            number, whole = self.source.closely.drawn(self.found.articles).sum(), len(self.found.articles)
            text = f"{', '.join(MADE)} are made of {number:,} of {whole:,} articles, drawn by hash"
            table = noted(table, "articles", "sampled", text)
        return table.sort_values(list(table.columns), kind="stable", ignore_index=True)


def clusters(articles: pd.DataFrame, by: str, stories: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the stories, if every group that has enough articles has enough stories, too, to be the units.

    Groups of fewer articles are not asked: whatever their units are, they are few.
    """
    if stories is None or not len(articles):
        return None
    story = pd.Series(cluster_codes(articles, stories)).groupby(group_values(articles, by)[by].to_numpy())
    enough = story.nunique()[story.size() >= LEAST_STORIES]
    return stories if len(enough) and int(enough.min()) >= LEAST_STORIES else None


def _noted(table: pd.DataFrame, step: str, **parameters: object) -> pd.DataFrame:
    """Give a table its run record."""
    table.attrs["run"] = run_record(step, **parameters)
    return table


def groups(articles: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return one row per group: articles, words, languages, scripts, dates."""
    rows = []
    for name, part in articles.groupby(group_values(articles, by)[by].to_numpy(), sort=True):
        dates = part["date"].dropna()
        langs = part["lang"].value_counts()
        rows.append(
            {
                by: name,
                "articles": len(part),
                "words": int(part["words"].sum()),
                "languages": ", ".join(f"{lang} {number}" for lang, number in langs.sort_index().items()),
                "scripts": ", ".join(sorted(set(part["script"]) - {""})),
                "first_date": dates.min() if len(dates) else pd.NaT,
                "last_date": dates.max() if len(dates) else pd.NaT,
            }
        )
    return _noted(pd.DataFrame(rows), "groups", by=by)

"""What each source says in each article: the rows that the tables of sources and actors add up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.arrays import Ints
from bitext.attribution.annotations import Annotations
from bitext.attribution.sentence import Event
from bitext.corpus.scan import Progress, Scan
from bitext.cues.cues import ATTITUDE, REPORTING, Cues, cue_table
from bitext.engines.reduction import Reduction, together
from bitext.glossaries import glossary
from bitext.record import run_record
from bitext.speakers.actor_kinds import UNKNOWN
from bitext.speakers.mentions import mentions
from bitext.speakers.same_sources import certain, same_sources
from bitext.speakers.who import Mention, who_is
from bitext.statistics.clusters import Cluster, cluster_names, column_of
from bitext.tokenizing.over_batches import reduced
from bitext.tokens.grouping import group_names, group_values
from bitext.tokens.tokens import Tokens

#: Column with the name of each article's cluster.
CLUSTER = "(cluster)"
#: What is counted of each source in each article.
COUNTS = ("attributions", "words", "direct_words", *REPORTING)
_ABOUT = ("place", "key", "source", "variant", "concept", "title", "kind", "actor", "country")


@dataclass(frozen=True)
class Speech:
    """Sources in articles.

    Attributes:
        rows: one row per article and source: ``place key source variant concept title kind actor country``
            and `COUNTS`; *variant* is how the article calls it.
        articles: one row per article: ``place date`` and the columns of the groups; `CLUSTER` where clusters
            are asked for.
        run: the run record of the tokens.
        pairs: the table of `bitext.glossary` of the articles, by which names are one source; None for none.
    """

    rows: pd.DataFrame
    articles: pd.DataFrame
    run: Mapping[str, Any] = field(default_factory=dict)
    pairs: pd.DataFrame | None = None

    @classmethod
    def of(
        cls, tokens: Tokens | Annotations, by: str | Sequence[str], cues: Cues = None, cluster: Cluster = None
    ) -> "Speech":
        """Count what the sources say in a batch of articles."""
        reading = Annotations.of(tokens, cues)
        whole = reading.view.tokens
        names = group_names(by)
        articles = group_values(whole.articles, names).reset_index(drop=True)
        articles.insert(0, "place", np.asarray(whole.places(), dtype=np.int64))
        if "date" not in articles:
            articles.insert(1, "date", pd.to_datetime(whole.articles["date"]).to_numpy())
        if cluster is not None:
            articles[CLUSTER] = cluster_names(whole.articles, cluster)
        return cls(_rows(reading), articles, whole.run)

    @classmethod
    def joined(cls, parts: Iterable["Speech"]) -> "Speech":
        """Join batches; the order of the articles is that of their places."""
        held = list(parts)
        rows = pd.concat([part.rows for part in held], ignore_index=True)
        articles = pd.concat([part.articles for part in held], ignore_index=True)
        return cls(
            rows.sort_values(["place", "key", "source", "variant"], kind="stable", ignore_index=True),
            articles.sort_values("place", kind="stable", ignore_index=True),
            held[0].run,
        )

    def over(self, articles: pd.DataFrame, cluster: Cluster) -> "Speech":
        """Return the same with clusters for units; *articles* is the table of all, in the order of places."""
        if cluster is None:
            return self
        names = cluster_names(articles, cluster)[self.articles["place"].to_numpy()]
        return replace(self, articles=self.articles.assign(**{CLUSTER: names}))

    @property
    def unit(self) -> str:
        """The column of *articles* that tells the units of intervals apart."""
        return CLUSTER if CLUSTER in self.articles else "place"

    @cached_property
    def identified(self) -> pd.DataFrame:
        """The rows with the groups of their articles, and with what most mentions say of each."""
        rows = self.rows.merge(self.articles, on="place", how="left", validate="many_to_one")
        one = same_sources(self.rows, self.pairs)
        rows["key"] = [one.get(name, name) for name in rows["key"]]
        own = certain(rows)
        stated = rows[own]
        for column in ("source", "kind", "actor", "country", "concept"):
            said = stated[(stated[column] != "") & (stated["attributions"] + stated["words"] > 0)]
            votes = said.groupby(["key", column], sort=True)["attributions"].sum().reset_index()
            votes["long"] = -votes[column].str.len()
            best = votes.sort_values(
                ["key", "attributions", "long", column], ascending=[True, False, True, True]
            )
            chosen = best.drop_duplicates("key").set_index("key")[column]
            known = chosen.to_dict()
            rows.loc[own, column] = [known.get(name, "") for name in rows.loc[own, "key"]]
        rows.loc[rows["kind"].isin(("anonymous", "hearsay")), "actor"] = "anonymous"
        return rows


def reduction(
    *, by: str | Sequence[str], cues: Cues = None, cluster: Cluster = None
) -> Reduction[Tokens | Annotations, Speech, Speech]:
    """Return what the sources say in each article, over batches."""
    return Reduction(partial(Speech.of, by=by, cues=cues, cluster=cluster), Speech.joined)


def spoken(
    name: str,
    table_of: Callable[..., pd.DataFrame],
    tokens: Tokens | Scan,
    *,
    by: str | Sequence[str],
    cues: Cues,
    progress: Progress | None,
    cluster: Cluster = None,
) -> pd.DataFrame:
    """Return ``table_of(speech, by=by)`` of all articles, with the run record of *name*."""
    table = None if cues is None else cue_table(cues)
    said, pairs = reduction(by=by, cues=table, cluster=cluster), glossary.reduction()
    parts: dict[str, Reduction[Any, Any, Any]] = {"speech": said, "pairs": pairs}
    made = together(parts).ending(partial(_finished, table_of, by, pairs.finalize))
    result, before = reduced(tokens, made, progress)
    units = {} if cluster is None else {"cluster": column_of(cluster)}
    record = run_record(name, by=group_names(by), cues=cue_table(table).hash, **units)
    result.attrs["run"] = {**record, "before": before}
    return result


def _finished(
    table_of: Callable[..., pd.DataFrame],
    by: str | Sequence[str],
    pairs: Callable[[Any], pd.DataFrame],
    heard: Mapping[str, Any],
) -> pd.DataFrame:
    """Make a table of what the articles say, with sources that go by names which the articles pair as one."""
    return table_of(replace(heard["speech"], pairs=pairs(heard["pairs"])), by=by)


def _rows(reading: Annotations) -> pd.DataFrame:
    table = _events(reading)
    about = list(_ABOUT)
    table["place"] = np.asarray(reading.view.tokens.places(), dtype=np.int64)[table["row"].to_numpy()]
    summed = table.groupby(about, sort=True, as_index=False)[list(COUNTS)].sum()
    return summed.astype(dict.fromkeys(COUNTS, np.int64))


def _events(reading: Annotations) -> pd.DataFrame:
    """Return one row per event of attribution and source: where two are named together, words are halved."""
    events = reading.voices.events
    row = reading.voices.row
    words, direct = _words(reading)
    feature = np.array([event.feature for event in events], dtype=object)
    told, own = np.array([_names(event) for event in events], dtype=bool), _of_themselves(reading)
    number, named = mentions(reading)
    by_row: dict[int, list[Mention]] = {}
    for place, mention in zip(row[number].tolist(), named, strict=True):
        if mention[0]:
            by_row.setdefault(place, []).append(mention)
    known = {place: who_is(reading, place, said) for place, said in by_row.items()}
    nobody = ("", "", "", "", "", UNKNOWN)
    found = [
        known[place][name] if name else nobody
        for place, (name, *_) in zip(row[number].tolist(), named, strict=True)
    ]
    # Of k sources of one event each has a k-th of its words, the first ones what is left over.
    size = np.bincount(number, minlength=len(events))[number]
    order = np.arange(len(number)) - np.searchsorted(number, number)
    table = pd.DataFrame(
        {
            "row": row[number],
            "kind": [kind for _, kind, *_ in named],
            "attributions": (told & ~own)[number].astype(np.int64),
            "words": words[number] // size + (order < words[number] % size),
            "direct_words": direct[number] // size + (order < direct[number] % size),
            **{name: ((feature == name) & ~own)[number].astype(np.int64) for name in REPORTING},
        }
    )
    about = ("key", "source", "variant", "concept", "title")
    for column, said in enumerate(about):
        table[said] = [entry[column] for entry in found]
    unnamed = table["kind"].isin(("anonymous", "hearsay")).to_numpy()
    table["actor"] = np.where(unnamed, "anonymous", [entry[-1].kind for entry in found])
    table["country"] = [entry[-1].country for entry in found]
    kept: pd.DataFrame = table[(feature != ATTITUDE)[number]].copy()
    return kept


def _names(event: Event) -> bool:
    """Say whether an event has a cue of speech, or a speaker that stands beside it: “C” — X."""
    return event.feature not in ("quote", ATTITUDE) or (event.feature == "quote" and event.source is not None)


def _of_themselves(reading: Annotations) -> npt.NDArray[np.bool_]:
    """Say of each event whether its source tells of itself, in its own words: “I think …”."""
    first = reading.voices.first
    around = reading.voices.owner[first].tolist()
    names = [source.name for source in reading.sources]
    inside = (0 <= place != number for number, place in enumerate(around))
    same = (names[place] == names[number] for number, place in enumerate(around))
    return np.fromiter((a and b for a, b in zip(inside, same, strict=True)), bool, len(around))


def _words(reading: Annotations) -> tuple[Ints, Ints]:
    """Count the words of each event's content, each word with the innermost; and those in quotations."""
    view, heard = reading.view, reading.voices
    spoken = np.flatnonzero(view.words & (heard.owner >= 0))
    size = len(heard.events)
    quoted = np.zeros(len(view.tokens) + 1, dtype=np.int64)
    pairs = [
        (row, quote.inner_start, quote.inner_end)
        for (row, quote), speech in zip(heard.quotes, heard.speech.tolist(), strict=True)
        if speech
    ]
    rows, start, end = np.array(pairs, dtype=np.int64).reshape(-1, 3).T
    np.add.at(quoted, view.token_at(rows, start), 1)
    np.add.at(quoted, view.token_at(rows, end), -1)
    inside = np.cumsum(quoted)[:-1] > 0
    owner = heard.owner[spoken]
    return np.bincount(owner, minlength=size), np.bincount(owner[inside[spoken]], minlength=size)

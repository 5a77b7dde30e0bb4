"""Evaluation toward a target: the clauses about it, and what they hold for or against it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.arrays import Bools, Floats, Ints
from bitext.attribution.annotations import Annotations
from bitext.checked import checked
from bitext.concepts.table import ConceptTable
from bitext.corpus.scan import Progress, Scan
from bitext.cues.cues import Cues, cue_table
from bitext.engines.reduction import Reduction
from bitext.errors import TableError
from bitext.record import run_record
from bitext.stances.estimates import STABLE, estimate
from bitext.stances.measures import Measure
from bitext.stances.packed_counts import Articles
from bitext.stances.target.clauses import clauses_of_each, within_scale
from bitext.tokenizing.over_batches import reduced
from bitext.tokens.grouping import group_names, names_and_language
from bitext.tokens.tokens import Tokens

VOICES = ("outlet", "source", "all")
#: Fewer clauses say nothing about a target.
LEAST_CLAUSES = 3
POLARITY = (
    "toward",
    "lang",
    "voice",
    "value",
    "low",
    "high",
    "se",
    "clauses",
    "positive",
    "negative",
    "articles",
    "group_size",
    "stable",
    "note",
)
_ORDER = ["toward", "place", "voice"]


@checked
def polarity(
    tokens: Tokens | Scan,
    toward: str | Sequence[str],
    *,
    by: str | Sequence[str] = "outlet",
    cues: Cues = None,
    min_clauses: int = LEAST_CLAUSES,
    replicates: int = 1000,
    seed: int = 0,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Measure what the clauses about somebody or something hold for or against it, for each group and voice.

    Deeds (to accuse, rescue, deceive ...) count by the side on which the target stands, as the one who does
    them or to whom they are done (passives, 被, 对 and by are followed); words of praise and blame by their
    valence and their degree word. A negation, scare quotes, so-called and a rhetorical question turn praise
    over and weaken it; a negation and a denial take blame away; a question asks and does not praise; for what
    somebody is measured against (than Acme, 比甲公司) all is turned. A clause ends at a comma, a colon, the
    end of the sentence or a word of contrast; other clauses of the sentence count half in English, .3 in
    Chinese, and what stands behind another party's name, or a word of contrast, half. A sum near zero is
    nothing said: 0. Each sum s becomes s / √(s² + 4), between −1 and 1; the value is the mean over the
    clauses. Values of two languages are not on one scale. It describes a corpus: read no single sentence by
    it (docs/measurements.md says how often its sign is right).

    Args:
        tokens: what `bitext.tokenize` returned, or a `Scan`.
        toward: a concept id ("china"), or any name in either language; several give one block of rows each.
        by: columns that make the groups; "article" takes each article on its own.
        cues: as in `bitext.evidence`.
        min_clauses: with fewer clauses there is no value.
        replicates: bootstrap samples over articles.
        seed: for everything drawn at random.
        progress: for a `Scan`, called with the number of articles done since the last call.

    Returns:
        One row per name, group, language and voice ("outlet", "source", "all"): columns of *by*, then
        ``toward lang voice value low high se clauses positive negative articles group_size stable note``.
        *positive* and *negative* count clauses with a sum above and below zero, *articles* those that
        mention it, *group_size* all of the group. Where no clause judges, there is no interval, and *note*
        says so; of a name that no clause holds ``.attrs["note"]`` says it, with words that look like it.

    Raises:
        TableError: *toward* is empty, or *by* is no column.

    Examples:
        >>> import bitext, pandas as pd
        >>> text = "China made great progress. China won praise. Critics say China failed badly."
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": [text], "outlet": ["A"]}))
        >>> table = bitext.polarity(bitext.tokenize(corpus), toward="China")
        >>> table[["voice", "clauses", "positive", "negative"]].values.tolist()
        [['outlet', 2, 2, 0], ['source', 1, 0, 1], ['all', 3, 2, 1]]
    """
    wanted = [toward] if isinstance(toward, str) else list(toward)
    if not wanted or not all(wanted):
        raise TableError(f"toward={toward!r}; give a concept id or a name, e.g. toward='中国'")
    table = None if cues is None else cue_table(cues)
    task = reduction(
        targets=wanted, by=by, cues=table, min_clauses=min_clauses, replicates=replicates, seed=seed
    )
    result, before = reduced(tokens, task, progress)
    record = run_record(
        "polarity",
        toward=wanted,
        by=group_names(by),
        cues=cue_table(table).hash,
        min_clauses=min_clauses,
        seed=seed,
    )
    silent = sorted({*wanted} - {*result.loc[result["clauses"] > 0, "toward"]})
    if silent:
        result.attrs["note"] = _unnamed(tokens, silent)
    result.attrs["run"] = {**record, "before": before}
    return result


def _unnamed(tokens: Tokens | Scan, silent: Sequence[str]) -> str:
    """Say which targets no clause names, and what looks like them in the texts, or among the concepts."""
    known = list(tokens.types) if isinstance(tokens, Tokens) else list(ConceptTable.default().labels)
    near = [word for name in silent for word in get_close_matches(name.casefold(), known, n=3)]
    where = "words of the texts" if isinstance(tokens, Tokens) else "concepts"
    hint = f"; {where} like it: {', '.join(dict.fromkeys(near))}" if near else ""
    return f"no clause names {', '.join(map(repr, silent))}{hint}; give a concept id or a name"


@dataclass(frozen=True)
class Mentions:
    """What articles say of targets, article by article.

    Attributes:
        articles: all articles, whether they mention a target or not.
        found: one row per target, article and voice with a clause: ``toward place voice clauses total
            positive negative``, sorted; *place* as in `Tokens.places`, *voice* an index into `VOICES`.
        run: the run record of the tokens.
    """

    articles: Articles
    found: pd.DataFrame
    run: Mapping[str, Any]


def reduction(
    *,
    targets: Sequence[str],
    by: str | Sequence[str] = "outlet",
    cues: Cues = None,
    min_clauses: int = LEAST_CLAUSES,
    replicates: int = 1000,
    seed: int = 0,
) -> Reduction[Tokens | Annotations, Mentions, pd.DataFrame]:
    """Return `polarity` over batches; see there for the arguments."""
    return Reduction(
        partial(_chunk, targets=tuple(targets), by=by, cues=cues),
        _aggregate,
        partial(_finalize, targets=targets, by=by, min_clauses=min_clauses, replicates=replicates, seed=seed),
    )


def _chunk(
    tokens: Tokens | Annotations, *, targets: Sequence[str], by: str | Sequence[str], cues: Cues
) -> Mentions:
    """Sum up the clauses about each of *targets* in a batch of articles."""
    reading = Annotations.of(tokens, cues)
    whole = reading.view.tokens
    found = clauses_of_each(reading, targets)
    number = np.repeat(np.arange(len(found)), [len(about.row) for about in found])
    row, source, value = (
        np.concatenate([getattr(about, name) for about in found]) for name in ("row", "source", "score")
    )
    return Mentions(
        Articles.of(whole, names_and_language(by)),
        _by_article(whole.places(), targets, number, row, source, within_scale(value)).sort_values(_ORDER),
        whole.run,
    )


def _aggregate(parts: Iterable[Mentions]) -> Mentions:
    """Join the clauses of several batches."""
    held = list(parts)
    articles, _ = Articles.merge([part.articles for part in held])
    found = pd.concat([part.found for part in held], ignore_index=True).sort_values(_ORDER)
    return Mentions(articles, found, held[0].run)


def _finalize(
    mentions: Mentions,
    *,
    targets: Sequence[str],
    by: str | Sequence[str] = "outlet",
    min_clauses: int = LEAST_CLAUSES,
    replicates: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Return the table of `polarity` from all batches."""
    names, keys = group_names(by), names_and_language(by)
    groups = list(mentions.articles.members(keys))
    rows = []
    for target in targets:
        measures = _measures(mentions, target)
        for group, chosen in groups:
            about: dict[str, object] = {**dict(zip(keys, group, strict=True)), "toward": target}
            rows += _rows(measures, chosen, about, min_clauses, replicates=replicates, seed=seed)
    head = [name for name in names if name not in POLARITY]
    return pd.DataFrame(rows, columns=[*head, *POLARITY])


def _by_article(
    places: Ints, targets: Sequence[str], number: Ints, row: Ints, source: Bools, score: Floats
) -> pd.DataFrame:
    """Add up clauses by target, article and voice; what has none has no row."""
    voice = np.concatenate((source.astype(np.int64), np.full(len(row), VOICES.index("all"))))
    code = np.tile(number * len(places) + row, 2) * len(VOICES) + voice
    cells, cell = np.unique(code, return_inverse=True)
    value = np.tile(score, 2)
    positive, negative = (np.bincount(cell[sign], minlength=len(cells)) for sign in (value > 0, value < 0))
    about, which = np.divmod(cells, len(VOICES))
    target, article = np.divmod(about, max(len(places), 1))
    return pd.DataFrame(
        {
            "toward": pd.Series(list(targets)).array.take(target),
            "place": places[article],
            "voice": which,
            "clauses": np.bincount(cell, minlength=len(cells)),
            "total": np.bincount(cell, weights=value, minlength=len(cells)),
            "positive": positive,
            "negative": negative,
        }
    )


def _measures(mentions: Mentions, target: str) -> list[tuple[str, Measure, Floats]]:
    """Return number and sum of the clauses of each voice, per article, and how many are for and against."""
    about = mentions.found[mentions.found["toward"] == target]
    result = []
    for voice, name in enumerate(VOICES):
        mine = about[about["voice"] == voice]
        columns = np.zeros((4, len(mentions.articles)))
        rows = np.searchsorted(mentions.articles.places, mine["place"])
        columns[:, rows] = mine[["clauses", "total", "positive", "negative"]].to_numpy(dtype=float).T
        number, total, positive, negative = columns
        measure = Measure("polarity", name, "valence", total, number, number)
        result.append((name, measure, np.stack((positive, negative), axis=1)))
    return result


def _rows(
    measures: list[tuple[str, Measure, npt.NDArray[np.float64]]],
    chosen: Ints,
    about: dict[str, object],
    min_clauses: int,
    *,
    replicates: int,
    seed: int,
) -> list[dict[str, object]]:
    numbers = estimate([measure for _, measure, _ in measures], chosen, replicates=replicates, seed=seed)
    rows = []
    for place, (voice, _, signs) in enumerate(measures):
        count, articles = int(numbers["hits"][place]), int(numbers["articles"][place])
        told = count >= min_clauses
        note = "" if told else f"no value: {count} clauses, fewer than {min_clauses}"
        if told and len(chosen) == 1:
            note = "one article: no interval"
        positive, negative = signs[chosen].sum(axis=0)
        bounded = told and bool(positive or negative)
        if told and not bounded and not note:
            note = "no clause for or against: no interval"
        rows.append(
            {
                **about,
                "voice": voice,
                "value": float(numbers["value"][place]) if told else np.nan,
                **{key: float(numbers[key][place]) if bounded else np.nan for key in ("low", "high", "se")},
                "clauses": count,
                "positive": int(positive),
                "negative": int(negative),
                "articles": articles,
                "group_size": len(chosen),
                "stable": count >= STABLE and articles >= STABLE,
                "note": note,
            }
        )
    return rows

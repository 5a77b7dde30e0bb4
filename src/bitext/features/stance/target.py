"""Evaluation toward a target: the clauses about it, and what they hold for or against it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.errors import TableError
from bitext.features.stance.cues import Cues
from bitext.features.stance.estimates import STABLE, estimate
from bitext.features.stance.measures import Measure
from bitext.features.stance.negation import REACH, distance
from bitext.features.stance.reading import Reading
from bitext.features.stance.view import Bools, Ints
from bitext.record import run_record
from bitext.tokens.concepts import ConceptTable, find_concepts
from bitext.tokens.grouping import group_codes, group_names
from bitext.tokens.match import Phrases
from bitext.tokens.tokens import Tokens

#: A negation turns a word's valence over and weakens it (Hutto & Gilbert 2014 measured this factor).
NEGATION = -0.74
#: A degree word so many words before a polarity word weighs it.
DEGREE_REACH = 2
#: Fewer clauses say nothing about a target.
LEAST_CLAUSES = 3
TOWARD = (
    "target",
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
    "n",
    "stable",
    "note",
)


def toward(
    tokens: Tokens,
    target: str | Sequence[str],
    *,
    by: str | Sequence[str] | None = "outlet",
    cues: Cues = None,
    least: int = LEAST_CLAUSES,
    replicates: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure the evaluation in the clauses about a target, for each group, in each voice.

    A clause about the target weighs each polarity word by its valence (-3 to 3), turned over and weakened by
    a negation, strengthened or weakened by a degree word. A clause ends at a comma, a colon, the end of the
    sentence or a word of contrast; the clauses around it do not count (they made the agreement with readers
    worse). The value is the mean over the clauses.

    Args:
        tokens: what `bitext.tokenize` returned.
        target: a concept id ("china"), or any name in either language; several give one block of rows each.
        by: columns that make the groups; None takes each article on its own.
        cues: as in `bitext.evidence`.
        least: with fewer clauses there is no value.
        replicates: bootstrap samples over articles.
        seed: for everything drawn at random.

    Returns:
        One row per target, group, language and voice ("outlet", "source", "all"): columns of *by* (or
        ``article outlet``), then ``target lang voice value low high se clauses positive negative articles n
        stable note``. *positive* and *negative* count clauses with a sum above and below zero, *articles*
        those that mention the target, *n* all of the group.

    Raises:
        TableError: no target is given, or *by* is no column.

    Examples:
        >>> import bitext, pandas as pd
        >>> text = "China made great progress. China won praise. Critics say China failed badly."
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": [text], "outlet": ["A"]}))
        >>> table = toward(bitext.tokenize(corpus), "China", by="outlet")
        >>> table[["voice", "clauses", "positive", "negative"]].values.tolist()
        [['outlet', 2, 2, 0], ['source', 1, 0, 1], ['all', 3, 2, 1]]
    """
    wanted = [target] if isinstance(target, str) else list(target)
    if not wanted or not all(wanted):
        raise TableError(f"target={target!r}; give a concept id or a name, e.g. target='中国'")
    reading = Reading.of(tokens, cues)
    names = ["article", "outlet"] if by is None else group_names(by)
    keys = [*names, *(["lang"] if "lang" not in names else [])]
    groups, codes = group_codes(tokens.articles, keys)
    order = np.argsort(tokens.articles["article"].astype(str).to_numpy(dtype=object), kind="stable")
    rows = []
    for name in wanted:
        measures = _measures(reading, name)
        for number in range(len(groups)):
            chosen = order[codes[order] == number]
            about = dict(zip(keys, groups.iloc[number], strict=True))
            rows += _rows(
                measures, chosen, {**about, "target": name}, least, replicates=replicates, seed=seed
            )
    head = [name for name in names if name not in TOWARD]
    table = pd.DataFrame(rows, columns=[*head, *TOWARD])
    record = run_record("toward", target=wanted, by=names, cues=reading.table.hash, least=least, seed=seed)
    table.attrs["run"] = {**record, "before": dict(tokens.run)}
    return table


@dataclass(frozen=True)
class Clauses:
    """The clauses about a target.

    Attributes:
        token: first token of the (first) mention.
        row: row of the article.
        score: sum of valences.
        source: whether the mention stands in somebody else's words.
    """

    token: Ints
    row: Ints
    score: npt.NDArray[np.float64]
    source: Bools


def clauses(reading: Reading, target: str, *, concepts: bool = True) -> Clauses:
    """Return the clauses that mention *target*, with their sums of valences.

    Args:
        reading: what the rules saw.
        target: a concept id or a name.
        concepts: find a concept in all its names; False looks for the name alone.
    """
    view = reading.view
    first, _ = mentions(reading, target, concepts=concepts)
    _, once = np.unique(view.clause[first], return_index=True)
    first = first[once]
    value = valences(reading)
    size = int(view.clause.max(initial=-1)) + 1
    score = np.bincount(view.clause, weights=value, minlength=size).astype(float)
    return Clauses(first, view.article[first], score[view.clause[first]], reading.voices.depth[first] > 0)


def mentions(reading: Reading, target: str, *, concepts: bool = True) -> tuple[Ints, Ints]:
    """Return first and last token of every mention: of a concept in all its names, or of one name."""
    tokens = reading.view.tokens
    table = ConceptTable.default()
    known = _concepts(table, target) if concepts else []
    phrase = Phrases.compile([target], tokens.tokenizer).find(tokens)
    first, last = phrase.first, phrase.last
    if known:
        found = find_concepts(tokens, table)
        mine = np.isin(found.concept, known)
        first, last = found.first[mine], found.last[mine]
    order = np.lexsort((last, first))
    return first[order], last[order]


def _concepts(table: ConceptTable, target: str) -> list[int]:
    """Return the numbers of the concepts that *target* is an id or a name of."""
    if target in table.labels:
        return [table.labels.index(target)]
    plain = target.casefold()
    found = {number for form in table.forms if form.text.casefold() == plain for number in form.concepts}
    return sorted(found)


def valences(reading: Reading) -> npt.NDArray[np.float64]:
    """Return for each token the valence, weighted, of the polarity word that begins there."""
    view, found = reading.view, reading.found
    value = np.zeros(len(view.tokens))
    polarity = found.polarity
    weight = np.array([_number(cue.note) if cue.feature.startswith("eval_") else 0.0 for cue in found.cues])
    value[polarity.first] = weight[polarity.cue]
    degree = np.array([_number(cue.note.removeprefix("x"), 1.0) for cue in found.cues])
    for step in range(1, DEGREE_REACH + 1):
        behind = found.degrees.last + step
        inside = behind < len(value)
        inside[inside] = view.clause[behind[inside]] == view.clause[found.degrees.last[inside]]
        value[behind[inside]] *= degree[found.degrees.cue[inside]]
    turned = distance(view, found) <= REACH
    value[turned] *= NEGATION
    return value


def _number(text: str, otherwise: float = 0.0) -> float:
    try:
        return float(text)
    except ValueError:
        return otherwise


def targets_of(reading: Reading, target: str) -> npt.NDArray[np.object_]:
    """Return for each row of evidence the name of *target* that stands in its clause, "" for none."""
    view, hits = reading.view, reading.hits
    first, last = mentions(reading, target)
    surface = np.full(int(view.clause.max(initial=-1)) + 1, "", dtype=object)
    for begin, end in zip(first[::-1].tolist(), last[::-1].tolist(), strict=True):
        row = int(view.article[begin])
        surface[view.clause[begin]] = view.text(row, int(view.tokens.start[begin]), int(view.tokens.end[end]))
    return surface[view.clause[hits.first]]


def _measures(reading: Reading, target: str) -> list[tuple[str, Measure, npt.NDArray[np.float64]]]:
    found = clauses(reading, target)
    count = len(reading.view.tokens.articles)
    result = []
    for voice, mine in (("outlet", ~found.source), ("source", found.source), ("all", found.source >= 0)):
        rows, score = found.row[mine], found.score[mine]
        number = np.bincount(rows, minlength=count).astype(float)
        total = np.bincount(rows, weights=score, minlength=count).astype(float)
        measure = Measure("toward", voice, "valence", total, number, number)
        signs = [np.bincount(rows[sign], minlength=count) for sign in (score > 0, score < 0)]
        result.append((voice, measure, np.stack(signs, axis=1).astype(float)))
    return result


def _rows(
    measures: list[tuple[str, Measure, npt.NDArray[np.float64]]],
    chosen: Ints,
    about: dict[str, object],
    least: int,
    *,
    replicates: int,
    seed: int,
) -> list[dict[str, object]]:
    numbers = estimate([measure for _, measure, _ in measures], chosen, replicates=replicates, seed=seed)
    rows = []
    for place, (voice, _, signs) in enumerate(measures):
        count, articles = int(numbers["hits"][place]), int(numbers["articles"][place])
        told = count >= least
        note = "" if told else f"no value: {count} clauses, fewer than {least}"
        if told and len(chosen) == 1:
            note = "one article: no interval"
        positive, negative = signs[chosen].sum(axis=0)
        rows.append(
            {
                **about,
                "voice": voice,
                **{
                    key: float(numbers[key][place]) if told else np.nan
                    for key in ("value", "low", "high", "se")
                },
                "clauses": count,
                "positive": int(positive),
                "negative": int(negative),
                "articles": articles,
                "n": len(chosen),
                "stable": count >= STABLE and articles >= STABLE,
                "note": note,
            }
        )
    return rows

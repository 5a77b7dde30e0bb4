"""Naming: which name an outlet chooses, given that it names a thing at all."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import stdtrit

from bitext.errors import BitextError
from bitext.features.referents import Referents, find_names, referent_table
from bitext.features.stance.evidence import Reading
from bitext.record import run_record
from bitext.tokens.concepts import REGIONS, ConceptTable, find_concepts
from bitext.tokens.grouping import group_codes, group_names
from bitext.tokens.tokens import Tokens

#: Part of the article, by the column that holds it.
PLACES = {"title": "title", "text": "body", "caption": "caption"}
#: Fewer articles do not say how much articles differ.
FEWEST = 5
#: Referent under which the rate of regional words stands.
REGIONAL = "regional_forms"
COLUMNS = (
    "referent",
    "place",
    "voice",
    "label",
    "n",
    "of",
    "share",
    "low",
    "high",
    "articles",
    "surface",
    "note",
)

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


class _Mentions(NamedTuple):
    """Parallel arrays, one place per mention of something that has several names."""

    referent: npt.NDArray[np.object_]
    label: npt.NDArray[np.object_]
    counts: Bools  # False: the referent is mentioned, but not by this label (regional forms)
    row: Ints  # of the article
    source: Bools  # in a source's voice
    surface: npt.NDArray[np.object_]

    def where(self, mask: Bools) -> "_Mentions":
        return _Mentions(
            self.referent[mask],
            self.label[mask],
            self.counts[mask],
            self.row[mask],
            self.source[mask],
            self.surface[mask],
        )


def naming(
    tokens: Tokens,
    *,
    by: str | list[str] = "outlet",
    referents: Referents = None,
    voice: bool | Reading = True,
    parts: Sequence[str] = ("title", "text", "caption"),
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Show by which name each group calls the same thing: 中国 or 中共, decoupling or de-risking.

    The number is a share: of all times the group names the referent, how often by this label. It does not
    grow with how much a group writes about the thing, as a count or its keyness would.

    The longest name counts (中国政府 is the government, not the country), and no name inside the name of
    something else (中国移动, South China Morning Post). Names at the head of a body or an office count:
    中国外交部 might be 中共外交部. Adjectives (Chinese, 美 in 中美) make no choice and do not count.

    Referents: China and its rulers, Taiwan and its authorities, the United States, trade measures, the
    pandemic, the camps in Xinjiang, the war in Ukraine; and ``regional_forms``: of the words that have a form
    of their own in Taiwan (``tw``), Hong Kong (``hk``) or Singapore (``sg``), the share in that form (奈米
    for 纳米), which tells where a text was written.

    Args:
        tokens: what `bitext.tokenize` returned.
        by: column(s) of the articles to group by.
        referents: names to add: a TSV file or a DataFrame with ``referent label lang form``. A referent that
            bitext has too is replaced.
        voice: tell the outlet's own words from its sources' (in bodies); False saves the time it takes. A
            `Reading` that was made of the same tokens is used as it is.
        parts: which columns of the articles to look into, of "title", "text" and "caption".
        confidence: of the intervals.

    Returns:
        One row per group, referent, place, voice and label:
        - the grouping column(s); ``referent``; ``place``: title, body or caption
        - ``voice``: "all", and in bodies "outlet" and "source"
        - ``label``: the choice of name
        - ``n``: mentions by this label; ``of``: mentions of the referent by any; ``share`` = n / of, 0 to 1
        - ``low``, ``high``: interval for the share over articles: the linearised estimator of a ratio with
          Student's t; where all articles make the same choice, Wilson's with articles as trials
        - ``articles``: articles of the group that name the referent there; with fewer than 5 the interval
          is NaN and ``note`` says so
        - ``surface``: the three most frequent spellings, with their counts

    Raises:
        BitextError: an unknown part, or a confidence outside (0, 1).
        LexiconError: *referents* is malformed.

    Source:
        Cochran (1977), Sampling Techniques, 6.3 (variance of a ratio).

    Examples:
        >>> import bitext
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({
        ...     "text": ["中共宣布新政策。中国回应。", "中国宣布新政策。"], "outlet": ["A", "B"]}))
        >>> table = bitext.naming(bitext.tokenize(corpus), voice=False)
        >>> table.loc[table["referent"] == "china", ["outlet", "label", "n", "of", "share"]]
          outlet          label  n  of  share
        0      A  china/country  1   2    0.5
        1      A    china/party  1   2    0.5
        2      B  china/country  1   1    1.0
        3      B    china/party  0   1    0.0
    """
    if not 0 < confidence < 1:
        raise BitextError(f"confidence={confidence!r}; use a number between 0 and 1")
    unknown = [part for part in parts if part not in PLACES]
    if unknown:
        raise BitextError.unknown("part", unknown[0], PLACES)
    table = referent_table(referents)
    groups, codes = group_codes(tokens.articles, by)
    rows: list[dict[str, Any]] = []
    for part in parts:
        if part not in tokens.articles:
            continue
        seen = tokens if part == tokens.field else _tokens_of(tokens, part)
        if not len(seen):
            continue
        heard = _source_voice(seen, voice) if part == "text" else None
        mentions = _mentions(seen, table, heard)
        for name, mask in _voices(mentions, heard):
            found = _shares(mentions.where(mask), codes, len(groups), confidence)
            rows.extend({**row, "place": PLACES[part], "voice": name} for row in found)
    result = _arranged(rows, groups)
    result.attrs["run"] = {
        **run_record(
            "naming", by=group_names(by), referents=table.version, parts=list(parts), confidence=confidence
        ),
        "before": dict(tokens.run),
    }
    return result


def _tokens_of(tokens: Tokens, part: str) -> Tokens:
    """Tokenise another column of the same articles by the same tokenizer."""
    batch = tokens.tokenizer.batch(tokens.articles[part].fillna("").astype(str).tolist())
    types = np.array(batch.types, dtype=object)
    return replace(
        Tokens(tokens.articles, types, *batch[1:], run=tokens.run, tokenizer=tokens.tokenizer), field=part
    )


def _source_voice(tokens: Tokens, voice: bool | Reading) -> Bools | None:
    """Return for each token whether it stands in a source's words."""
    if voice is False:
        return None
    reading = Reading.of(tokens) if voice is True else voice
    if len(reading.voices.depth) != len(tokens):
        raise BitextError(
            f"voice is a reading of {len(reading.voices.depth)} tokens; there are {len(tokens)}"
        )
    heard: Bools = reading.voices.depth > 0
    return heard


def _voices(mentions: _Mentions, heard: Bools | None) -> Iterator[tuple[str, Bools]]:
    yield "all", np.ones(len(mentions.row), bool)
    if heard is not None:
        yield "outlet", ~mentions.source
        yield "source", mentions.source


def _mentions(tokens: Tokens, table: ConceptTable, heard: Bools | None) -> _Mentions:
    names = find_names(tokens, table)
    found = find_concepts(tokens)
    regional = _regional(found.form, found.first, found.last)
    labels = np.empty((len(names.labels), 2), object)
    labels[:] = names.labels
    first = np.concatenate((names.first, *(part[2] for part in regional)))
    last = np.concatenate((names.last, *(part[3] for part in regional)))
    chosen = [np.ones(len(names.first), bool), *(part[1] for part in regional)]
    region = [np.full(len(part[1]), part[0], object) for part in regional]
    return _Mentions(
        referent=np.concatenate(
            (labels[names.label, 0], *(np.full(len(r), REGIONAL, object) for r in region))
        ),
        label=np.concatenate((labels[names.label, 1], *region)),
        counts=np.concatenate(chosen),
        row=tokens.article()[first],
        source=np.zeros(len(first), bool) if heard is None else heard[first],
        surface=_spellings(tokens, first, last),
    )


def _regional(form: Ints, first: Ints, last: Ints) -> list[tuple[str, Bools, Ints, Ints]]:
    """For each region: whether a mention takes its form, over Chinese mentions of concepts that have one."""
    forms = ConceptTable.default().forms
    found = []
    for region in REGIONS:
        known = {one.concepts for one in forms if one.region == region}
        asked = np.array([one.lang == "zh" and one.concepts in known for one in forms], bool)[form]
        taken = np.array([one.region == region for one in forms], bool)[form]
        found.append((region, taken[asked], first[asked], last[asked]))
    return found


def _spellings(tokens: Tokens, first: Ints, last: Ints) -> npt.NDArray[np.object_]:
    texts = tokens.articles[tokens.field].tolist()
    rows, starts, ends = tokens.article()[first], tokens.start[first], tokens.end[last]
    spans = zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)
    spellings = np.empty(len(first), object)
    spellings[:] = [texts[row][start:end] for row, start, end in spans]
    return spellings


def _shares(mentions: _Mentions, codes: Ints, size: int, confidence: float) -> Iterator[dict[str, Any]]:
    """Yield a row per group, referent and label that anybody chose."""
    if not len(mentions.row):
        return
    keys = pd.DataFrame({"referent": mentions.referent, "label": mentions.label})
    grouped = keys.groupby(["referent", "label"], sort=True)
    label = grouped.ngroup().to_numpy()
    names: list[tuple[str, str]] = list(grouped.size().index)
    referent = pd.factorize(np.array([name for name, _ in names], object))[0]
    for number, (name, choice) in enumerate(names):
        mine = label == number
        # Regional forms are asked of each region apart; elsewhere the labels compete.
        asked = mine if name == REGIONAL else referent[label] == referent[number]
        chosen = mine & mentions.counts
        top = np.bincount(mentions.row[chosen], minlength=len(codes))
        bottom = np.bincount(mentions.row[asked], minlength=len(codes))
        group = codes[mentions.row]
        for at in range(size):
            rows = (codes == at) & (bottom > 0)
            if rows.any():
                yield {
                    "group": at,
                    "referent": name,
                    "label": choice,
                    **estimate(top[rows], bottom[rows], confidence),
                    "surface": _most(mentions.surface[chosen & (group == at)]),
                }


def estimate(top: Ints, bottom: Ints, confidence: float) -> dict[str, Any]:
    """Estimate the ratio of sums, one pair of numbers per article, with an interval.

    Examples:
        >>> found = estimate(np.array([1, 2, 0, 1, 1]), np.array([2, 2, 1, 1, 2]), 0.95)
        >>> found["n"], found["of"], found["share"], round(found["low"], 2), round(found["high"], 2)
        (5, 8, 0.625, 0.2, 1.0)
    """
    articles, n, of = len(top), int(top.sum()), int(bottom.sum())
    share = n / of
    row = {"n": n, "of": of, "share": share, "low": np.nan, "high": np.nan, "articles": articles, "note": ""}
    if articles < FEWEST:
        few = "1 article" if articles == 1 else f"{articles} articles"
        return {**row, "note": f"not estimable: {few}"}
    if n in (0, of):
        low, high = _wilson(n / of, articles, confidence)
    else:
        rest = top - share * bottom
        error = np.sqrt(articles / (articles - 1) * (rest**2).sum()) / of
        half = stdtrit(articles - 1, (1 + confidence) / 2) * error
        low, high = max(share - half, 0.0), min(share + half, 1.0)
    return {**row, "low": float(low), "high": float(high)}


def _wilson(share: float, trials: int, confidence: float) -> tuple[float, float]:
    """Wilson's interval with Student's quantile, because the trials are few."""
    square = float(stdtrit(trials - 1, (1 + confidence) / 2)) ** 2
    middle = (share + square / (2 * trials)) / (1 + square / trials)
    half = np.sqrt(share * (1 - share) * square / trials + square**2 / (4 * trials**2)) / (
        1 + square / trials
    )
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _most(surfaces: npt.NDArray[np.object_], top: int = 3) -> str:
    names, counts = np.unique(surfaces.astype(str), return_counts=True)
    order = np.lexsort((names, -counts))[:top]
    return " · ".join(f"{names[i]} {counts[i]}" for i in order)


def _arranged(rows: list[dict[str, Any]], groups: pd.DataFrame) -> pd.DataFrame:
    """Put the rows in order: group, referent, place, voice, label."""
    if not rows:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in (*groups.columns, *COLUMNS)})
    table = pd.DataFrame(rows)
    ranks = {"place": list(PLACES.values()), "voice": ["all", "outlet", "source"]}
    keys = table.assign(**{name: table[name].map(order.index) for name, order in ranks.items()})
    order = keys.sort_values(["group", "referent", "place", "voice", "label"], kind="stable").index
    table = table.loc[order].reset_index(drop=True)
    names = groups.iloc[table["group"].to_numpy()].reset_index(drop=True)
    return pd.concat([names, table[list(COLUMNS)]], axis=1)

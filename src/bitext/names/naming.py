"""Naming: which name an outlet chooses, given that it names a thing at all."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from bitext.attribution.annotations import Annotations
from bitext.checked import checked
from bitext.corpus.scan import Progress, Scan
from bitext.engines.reduction import Reduction
from bitext.errors import BitextError
from bitext.names.choices import (
    PLACES,
    REGIONAL,
    Cell,
    Choices,
    added_choices,
    articles_of,
    choices,
    over_clusters,
)
from bitext.names.referents import Referents, ReferentTable, referent_table
from bitext.record import run_record
from bitext.statistics.clusters import Cluster, column_of, number_of, units_of
from bitext.statistics.intervals import wilson
from bitext.statistics.units import finds_stories
from bitext.tokenizing.over_batches import reduced
from bitext.tokens.grouping import group_names
from bitext.tokens.tokens import Tokens

#: Fewer articles do not say how much articles differ.
FEWEST = 5
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
    "surfaces",
    "undecided",
    "note",
)


@checked
@finds_stories
def naming(
    tokens: Tokens | Scan,
    *,
    by: str | Sequence[str] = "outlet",
    referents: Referents = None,
    extend: bool = True,
    voice: bool | Annotations = True,
    parts: Sequence[str] = tuple(PLACES),
    cluster: Cluster = None,
    alpha: float = 0.05,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Show by which name each group calls the same thing: 中国 or 中共, decoupling or de-risking.

    The number is a share: of all times the group names the referent, how often by this label. It does not
    grow with how much a group writes about the thing, as a count or its keyness would.

    The longest name counts (中国政府 is the government, not the country), a word of several senses only where
    the words around it say that the referent is meant, and no name inside the name of
    something else (中国移动, South China Morning Post). Names at the head of a body or an office count:
    中国外交部 might be 中共外交部. Adjectives (Chinese, 美 in 中美) make no choice and do not count.

    Referents: China and its rulers, Xi Jinping, the army, Taiwan and its authorities, unification, the United
    States, trade measures, the pandemic, camps and acts in Xinjiang, Tibet, June Fourth, Hong Kong's
    protests, protesters and security law, Falun Gong, the Diaoyu or Senkaku islands, the South China Sea,
    North Korea, Myanmar, its army and its coup, the war in Ukraine; and ``regional_forms``: of the words that
    have a form of their own in Taiwan (``tw``), Hong Kong (``hk``) or Singapore (``sg``), the share in that
    form (奈米 for 纳米), which tells where a text was written.

    Args:
        tokens: what `bitext.tokenize` returned; or a `Scan`, of whose batches only the sums of each group are
            kept.
        by: column(s) of the articles to group by.
        referents: names to add: a TSV file or a DataFrame with ``referent label lang form`` and, if wanted,
            ``when`` (conditions on the words around the form, see docs/howto/own_names.md) and ``note``.
        extend: add them to bitext's own list; False: use them alone.
        voice: tell the outlet's own words from its sources' (in bodies); False saves the time it takes. A
            `Annotations` that was made of the same tokens is used as it is.
        parts: which columns of the articles to look into, of "title", "text" and "caption".
        cluster: what makes the units of the intervals, where articles on one event come in clusters: "day",
            "week", "story" (found on the way), a column of the articles, or the table of `bitext.stories` (an
            article in no story is its own unit). None takes articles.
        alpha: 1 - level of the intervals.
        progress: for a `Scan`, called with the number of articles done since the last call.

    Returns:
        One row per group, referent, place, voice and label:
        - the grouping column(s); ``referent``; ``place``: title, body or caption
        - ``voice``: "all", and in bodies "outlet" and "source"
        - ``label``: the choice of name
        - ``n``: mentions by this label; ``of``: mentions of the referent by any; ``share`` = n / of, 0 to 1
        - ``low``, ``high``: interval for the share over articles: the linearised estimator of a ratio with
          Student's t; where all articles make the same choice, Wilson's with articles as trials
        - ``articles``: articles of the group that name the referent there; with fewer than 5 of them (or of
          their clusters) the interval is NaN and ``note`` says so
        - ``surfaces``: the three most frequent spellings, with their counts
        - ``undecided``: mentions of the label's forms that have several senses (封锁, a blockade of trade or
          of a road) where nothing around them tells which; counted nowhere else

    Raises:
        BitextError: an unknown part, an alpha outside (0, 1), or a `Annotations` with a `Scan`.
        LexiconError: *referents* is malformed, or a form stands under two labels.

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
    if not 0 < alpha < 1:
        raise BitextError(f"alpha={alpha!r}; use a number between 0 and 1")
    unknown = [part for part in parts if part not in PLACES]
    if unknown:
        raise BitextError.unknown("part", unknown[0], PLACES)
    if isinstance(tokens, Scan) and isinstance(voice, Annotations):
        raise BitextError("voice is a Reading of tokens; with a Scan use True or False")
    table = referent_table(referents, extend=extend)
    task = reduction(by=by, referents=table, voice=voice, parts=parts, alpha=alpha, cluster=cluster)
    result, before = reduced(tokens, task, progress)
    result.attrs["run"] = {
        **run_record(
            "naming",
            by=group_names(by),
            referents=table.version,
            extend=extend,
            parts=list(parts),
            cluster=column_of(cluster),
            alpha=alpha,
        ),
        "before": before,
    }
    return result


def reduction(
    *,
    by: str | Sequence[str] = "outlet",
    referents: ReferentTable | None = None,
    voice: bool | Annotations = True,
    parts: Sequence[str] = tuple(PLACES),
    alpha: float = 0.05,
    cluster: Cluster = None,
) -> Reduction[Tokens | Annotations, Choices, pd.DataFrame]:
    """Return `naming` over batches; see there for the arguments."""
    chunk = partial(choices, by=by, referents=referents, voice=voice, parts=parts, cluster=cluster)
    return Reduction(chunk, added_choices, partial(_finalize, by=by, alpha=alpha, cluster=cluster))


def _finalize(
    found: Choices, *, by: str | Sequence[str], alpha: float, cluster: Cluster = None
) -> pd.DataFrame:
    """Return the table of `bitext.naming` from the sums of all batches, which were grouped by *by*."""
    if cluster is None:
        rows = list(_rows(found, alpha))
    else:
        number = articles_of(found)
        rows = list(_rows(over_clusters(found), alpha, units_of(cluster), number))
    names = group_names(by)
    if not rows:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in (*names, *COLUMNS)})
    places, voices = list(PLACES.values()), ["all", "outlet", "source"]
    rows.sort(
        key=lambda row: (
            row[0].group,
            row[0].referent,
            places.index(row[0].place),
            voices.index(row[0].voice),
            row[0].label,
        )
    )
    groups = pd.DataFrame([cell.group for cell, _ in rows], columns=names, dtype=object)
    table = pd.DataFrame([{**cell._asdict(), **numbers} for cell, numbers in rows])
    return pd.concat([groups, table[list(COLUMNS)]], axis=1)


def _rows(
    found: Choices, alpha: float, units: str = "articles", number: Mapping[Cell, int] | None = None
) -> Iterator[tuple[Cell, dict[str, Any]]]:
    """Yield a row per group, referent and label that any group chose there.

    Args:
        found: the sums over units.
        alpha: 1 - level of the intervals.
        units: what the units are called.
        number: of the articles, where the units are others.
    """
    labels: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for cell in (*found.chosen, *found.undecided):
        labels[cell.place, cell.voice, cell.referent].add(cell.label)
    spelled: dict[Cell, dict[str, int]] = defaultdict(dict)
    for (cell, surface), count in found.spelled.items():
        spelled[cell][surface] = count
    # Regional forms are asked of each region apart; elsewhere the labels compete.
    silent = {
        cell if cell.referent == REGIONAL else cell._replace(label=""): (0, 0, 0) for cell in found.undecided
    }
    for base, (of, of_squares, articles) in {**silent, **found.asked}.items():
        alone = base.referent == REGIONAL
        for label in [base.label] if alone else labels[base.place, base.voice, base.referent]:
            cell = base._replace(label=label)
            n, squares, products = found.chosen.get(cell, (0, 0, 0))
            ratio = Ratio(articles, n, of, squares, products, of_squares)
            undecided, surfaces = found.undecided.get(cell, 0), _most(spelled.get(cell, {}))
            row = {**estimate(ratio, alpha, units), "surfaces": surfaces, "undecided": undecided}
            yield cell, row if number is None else {**row, "articles": number.get(base, 0)}


class Ratio(NamedTuple):
    """Sums over articles (or clusters of them), from which a ratio and its interval are computed.

    Attributes:
        articles: how many.
        n, of: sums of the numerators and of the denominators.
        squares, products, of_squares: sums of numerator², numerator × denominator, denominator².
    """

    articles: int
    n: int
    of: int
    squares: int
    products: int
    of_squares: int


def estimate(sums: Ratio, alpha: float, units: str = "articles") -> dict[str, Any]:
    """Estimate the ratio of sums with an interval; *units* is what the note calls what was summed over.

    Examples:
        >>> found = estimate(Ratio(5, 5, 8, 7, 9, 14), 0.05)  # 1 of 2, 2 of 2, 0 of 1, 1 of 1, 1 of 2
        >>> found["n"], found["of"], found["share"], round(found["low"], 2), round(found["high"], 2)
        (5, 8, 0.625, 0.2, 1.0)
    """
    articles, n, of = sums[:3]
    share = n / of if of else np.nan
    row = {"n": n, "of": of, "share": share, "low": np.nan, "high": np.nan, "articles": articles, "note": ""}
    if not articles:
        return {**row, "note": "not estimable: no mention was decided"}
    if articles < FEWEST:
        return {**row, "note": f"not estimable: {number_of(articles, units)}"}
    if n in (0, of):
        # None of the articles, or all of them.
        low, high = map(float, wilson(articles * (n // of), articles, alpha, few=True))
    else:
        # Of whole numbers, so that nothing is lost in the difference: sum((of * top - n * bottom) ** 2).
        rest = of**2 * sums.squares - 2 * of * n * sums.products + n**2 * sums.of_squares
        error = math.sqrt(articles / (articles - 1) * rest) / of**2
        half = stdtrit(articles - 1, 1 - alpha / 2) * error
        low, high = max(share - half, 0.0), min(share + half, 1.0)
    return {**row, "low": float(low), "high": float(high)}


def _most(spellings: Mapping[str, int], top: int = 3) -> str:
    """Return the most frequent spellings with their counts."""
    order = sorted(spellings, key=lambda surface: (-spellings[surface], surface))
    return " · ".join(f"{surface} {spellings[surface]}" for surface in order[:top])

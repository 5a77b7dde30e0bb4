"""How alike groups are, and which articles of other groups an article is nearest to."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.comparison import groups
from bitext.comparison.profile import Profiles, Spread, jsd, shares, t_quantile
from bitext.errors import TableError
from bitext.record import run_record
from bitext.tokens.counts import Counts

Floats = npt.NDArray[np.float64]


def similarity(
    counts: Counts,
    *,
    by: str | Sequence[str] = "outlet",
    weighting: str = "idf",
    alpha: float = 0.05,
    min_articles: int = 5,
    replicates: int = 200,
    seed: int = 0,
) -> pd.DataFrame:
    """Compare the vocabularies of every pair of groups.

    Two groups never look quite equal, because each is a sample: `cosine_chance` and `jsd_chance` say what
    groups of these sizes would show if articles had been dealt to them at random.

    Args:
        counts: counts of one language, or of concepts.
        by: column(s) of the article table, or "day", "week", "month", "quarter", "year".
        weighting: of the cosine: "idf" multiplies the rates by ``ln((1 + n) / (1 + df)) + 1``, n and df in
            articles, so that function words do not decide; "none" takes the rates.
        alpha: 1 - level of the intervals.
        min_articles: a pair with fewer articles on a side has no interval.
        replicates, seed: of the bootstrap over articles and of the random dealing.

    Returns:
        One row per pair of groups, in order of their labels:
        - ``target``, ``reference`` (str): the pair
        - ``cosine``, ``cosine_low``, ``cosine_high`` (0 nothing shared, 1 the same)
        - ``cosine_chance``: mean with the labels exchanged between articles
        - ``jsd``, ``jsd_low``, ``jsd_high`` (bits, 0 the same, 1 nothing shared), ``jsd_chance``
        - ``articles_target``, ``articles_reference`` (int): articles of each
        - ``note`` (str): why there is no interval

    Raises:
        LanguageError: terms of more than one language.
        TableError: an unknown column or weighting, or fewer than two groups.

    Source:
        Lin (1991) for the divergence; the intervals are ``± t * bootstrap standard error``, of the cosine
        on the scale of artanh.

    Examples:
        >>> from scipy import sparse
        >>> articles = pd.DataFrame({"article": ["1", "2"], "outlet": ["A", "B"], "lang": ["en", "en"]})
        >>> terms = np.array(["ban", "chip", "deal"], dtype=object)
        >>> table = sparse.csr_array(np.array([[5, 5, 0], [0, 5, 5]]))
        >>> counts = Counts(table, articles, terms, np.array([10, 10]))
        >>> similarity(counts, weighting="none")[["target", "reference", "cosine", "jsd"]].round(3)
          target reference  cosine  jsd
        0      A         B     0.5  0.5
    """
    names = groups.columns(by)
    if weighting not in ("idf", "none"):
        raise TableError.unknown("weighting", weighting, ["idf", "none"])
    profiles = Profiles.of(counts, names)
    pairs = groups.pairs(profiles.keys, every=True, what=groups.JOINT.join(names))
    places = [(int(np.flatnonzero(p.in_target)[0]), int(np.flatnonzero(p.in_reference)[0])) for p in pairs]
    weight = idf(profiles) if weighting == "idf" else np.ones(len(profiles.terms))
    point = _both(profiles.totals(), places, weight)
    spread, chance = Spread(), Spread()
    for totals in profiles.bootstrap(replicates, seed):
        spread.add(_transformed(_both(totals, places, weight)))
    for totals in profiles.shuffled(max(replicates // 4, 2), seed):
        chance.add(_both(totals, places, weight))
    table = _table(profiles, pairs, places, point, spread.deviation, chance.mean, alpha, min_articles)
    table.attrs["run"] = run_record(
        "similarity",
        by=list(names),
        weighting=weighting,
        alpha=alpha,
        replicates=replicates,
        seed=seed,
        unit=counts.unit,
    )
    return table


def idf(profiles: Profiles) -> Floats:
    """Return ``ln((1 + n) / (1 + df)) + 1`` of each term over articles."""
    holders = np.bincount(profiles.matrix.indices, minlength=len(profiles.terms))
    return np.asarray(np.log((1 + profiles.matrix.shape[0]) / (1 + holders)) + 1)


def _both(totals: Floats, places: Sequence[tuple[int, int]], weight: Floats) -> Floats:
    """Return the cosine and the divergence of each pair: 2 × pairs."""
    rates = shares(totals)
    weighted = rates * weight
    with np.errstate(invalid="ignore"):
        unit = weighted / np.sqrt((weighted**2).sum(axis=1, keepdims=True))
    return np.array(
        [[float(unit[i] @ unit[j]) for i, j in places], [jsd(rates[i], rates[j]) for i, j in places]]
    )


def _transformed(both: Floats) -> Floats:
    """Put the cosine on the scale of artanh, where its spread is even."""
    return np.stack([np.arctanh(np.minimum(both[0], 1 - 1e-12)), both[1]])


def _table(
    profiles: Profiles,
    pairs: Sequence[groups.Pair],
    places: Sequence[tuple[int, int]],
    point: Floats,
    deviation: Floats,
    chance: Floats,
    alpha: float,
    min_articles: int,
) -> pd.DataFrame:
    sizes = np.array([[profiles.sizes[i], profiles.sizes[j]] for i, j in places])
    fewest = sizes.min(axis=1)
    enough = fewest >= max(min_articles, 2)
    t = np.array([t_quantile(int(n), alpha) if ok else np.nan for n, ok in zip(fewest, enough, strict=True)])
    middle, half = _transformed(point), deviation * t
    return pd.DataFrame(
        {
            "target": [pair.target for pair in pairs],
            "reference": [pair.reference for pair in pairs],
            "cosine": point[0],
            "cosine_low": np.maximum(np.tanh(middle[0] - half[0]), 0),
            "cosine_high": np.tanh(middle[0] + half[0]),
            "cosine_chance": chance[0],
            "jsd": point[1],
            "jsd_low": np.maximum(point[1] - half[1], 0),
            "jsd_high": np.minimum(point[1] + half[1], 1),
            "jsd_chance": chance[1],
            "articles_target": sizes[:, 0],
            "articles_reference": sizes[:, 1],
            "note": [
                "" if ok else f"no interval: {n} articles on one side, at least {max(min_articles, 2)} needed"
                for n, ok in zip(fewest, enough, strict=True)
            ],
        }
    )

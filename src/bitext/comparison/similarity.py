"""How alike groups are."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext.arrays import Floats
from bitext.checked import checked
from bitext.comparison.across_languages.correction import Calibration, for_profiles
from bitext.comparison.profile import Profiles, Summed, jsd_parts, shares, t_quantile
from bitext.corpus.scan import Scan
from bitext.counting.counts import Counts
from bitext.counting.grouped_counts import GroupedCounts
from bitext.errors import TableError
from bitext.record import generator, run_record
from bitext.statistics import groups
from bitext.statistics.clusters import Cluster, added, column_of
from bitext.statistics.effects import check_alpha
from bitext.statistics.multiple import false_discovery_rate

#: Units are left out in this many turns for the standard error.
_TURNS = 50
#: Exchanges of labels computed at a time, and those of which the divergence is taken.
_BLOCK = 50
_DIVERGENCES = 20


@checked
def similarity(
    counts: Counts | GroupedCounts | Scan,
    *,
    by: str | Sequence[str] = "outlet",
    weighting: str = "idf",
    cluster: Cluster = None,
    alpha: float = 0.05,
    min_group_size: int = 5,
    replicates: int = 199,
    seed: int = 0,
    calibration: Calibration = None,
) -> pd.DataFrame:
    """Compare the vocabularies of every pair of groups.

    Two samples of one outlet never look quite equal, small ones least. The cosine is corrected for that: the
    products of an article with itself, which make a small group's vector too long, are left out. So it
    estimates the cosine that the outlets would have with all their articles, whatever the size of the sample.
    The divergence cannot be corrected; read it beside `jsd_chance`, its value for groups of these sizes dealt
    at random.

    Args:
        counts: counts of one language, or of concepts; or their sums over batches (`GroupedCounts`), which
            give no interval, no p and no chance level.
        by: column(s) of the article table, or "day", "week", "month", "quarter", "year".
        weighting: of the cosine: "idf" multiplies the rates by ``ln((1 + n) / (1 + df)) + 1``, n and df in
            articles, so that function words do not decide; "none" takes the rates.
        cluster: what makes the units of correction, interval and p: "day", "week", a column of the articles,
            or the table of stories; None takes articles.
        alpha: 1 - level of the intervals.
        min_group_size: a pair with fewer articles on a side has no interval and no p.
        replicates, seed: exchanges of labels for p, and their seed; p is at least 1 / (replicates + 1).
        calibration: for concepts in both languages, as in `bitext.keyness`: their hits in Chinese articles
            are divided by 2 ** k, and unreliable concepts are left out.

    Returns:
        One row per pair of groups, in order of their labels:
        - ``target``, ``reference`` (str): the pair
        - ``cosine``, ``cosine_low``, ``cosine_high`` (0 nothing shared, 1 the same): corrected; the estimate
          may lie above 1 where groups are small and alike, and is then 1
        - ``cosine_chance``: mean with the labels exchanged between the units of the pair: about 1
        - ``p``, ``q``: how often labels so exchanged make the pair as unlike (by the cosine); adjusted for
          all pairs (Benjamini-Hochberg)
        - ``jsd`` (bits, 0 the same, 1 nothing shared): Jensen-Shannon divergence of the samples, no estimate
          of that of the outlets; ``jsd_chance``
        - ``group_size_target``, ``group_size_reference`` (int): articles of each
        - ``note`` (str): why there is no interval

    Raises:
        LanguageError: terms of more than one language.
        TableError: an unknown column or weighting, or fewer than two groups.

    Source:
        Lin (1991) for the divergence; products of different units as in U-statistics (Hoeffding 1948); the
        interval: Efron (1982), The jackknife, on the scale of artanh.

    Examples:
        >>> from scipy import sparse
        >>> articles = pd.DataFrame({"article": [*"123456"], "outlet": [*"AAABBB"], "lang": "en"})
        >>> terms = np.array(["ban", "chip", "deal"], dtype=object)
        >>> table = sparse.csr_array(np.array([[5, 5, 0]] * 3 + [[0, 5, 5]] * 3))
        >>> counts = Counts(table, articles, terms, np.full(6, 10))
        >>> similarity(counts, weighting="none")[["target", "reference", "cosine", "jsd"]].round(3)
          target reference  cosine  jsd
        0      A         B     0.5  0.5
    """
    names = groups.columns(by)
    check_alpha(alpha)
    if weighting not in ("idf", "none"):
        raise TableError.unknown("weighting", weighting, ["idf", "none"])
    if replicates < 1:
        raise TableError(f"replicates={replicates}; use 1 or more")
    counts, tier = for_profiles(counts, calibration, names, drop=True)
    profiles: Profiles | Summed
    if isinstance(counts, GroupedCounts):
        if cluster is not None:
            raise TableError("cluster= needs single articles and sums hold none; pass bitext.count(tokens)")
        profiles = Summed.of(counts, names)
    else:
        profiles = Profiles.of(counts, names, cluster)
    pairs = groups.pairs(profiles.keys, every=True, what=groups.JOINT.join(names))
    totals = profiles.totals()
    weight = _idf(profiles) if weighting == "idf" else np.ones(totals.shape[1])
    rates, used = shares(totals), totals > 0
    sides = [_Side.of_group(profiles, totals, group, weight) for group in range(len(profiles.keys))]
    rows = []
    for pair in pairs:
        i, j = (int(np.flatnonzero(chosen)[0]) for chosen in (pair.in_target, pair.in_reference))
        sizes = (int(profiles.sizes[i]), int(profiles.sizes[j]))
        both = (sides[i], sides[j])
        note = _why(profiles, used[[i, j]], sizes, max(min_group_size, 2))
        known = bool(used[i].any() and used[j].any())
        estimate = _cosine(*both) if known else float("nan")
        interval, chance = (np.nan, np.nan), (np.nan, np.nan, np.nan)
        if not note:
            interval = _interval(both, estimate, alpha, seed)
            chance = _exchanged(both, weight, replicates, seed)
        divergence = _jsd(rates, used, i, j)
        rows.append((pair.target, pair.reference, *sizes, divergence, estimate, *interval, *chance, note))
    columns = ["target", "reference", "group_size_target", "group_size_reference", "jsd", "cosine"]
    columns += ["cosine_low", "cosine_high", "cosine_chance", "p", "jsd_chance", "note"]
    table = pd.DataFrame(rows, columns=columns)
    for name in ("cosine", "cosine_low", "cosine_high"):
        table[name] = table[name].clip(0, 1)
    table["q"] = false_discovery_rate(table["p"].to_numpy(dtype=np.float64))
    table = table[list(COLUMNS)]
    table.attrs["run"] = run_record(
        "similarity",
        by=list(names),
        weighting=weighting,
        cluster=column_of(cluster),
        alpha=alpha,
        replicates=replicates,
        seed=seed,
        unit=counts.unit,
        calibrated=tier is not None,
    )
    return table


COLUMNS = (
    *("target", "reference", "cosine", "cosine_low", "cosine_high", "cosine_chance", "p", "q"),
    *("jsd", "jsd_chance", "group_size_target", "group_size_reference", "note"),
)


class _Side:
    """A group: weighted totals, and what its units' products with themselves add up to.

    Attributes:
        total: weighted hits of each term.
        self_products: sum over units of the squared length of their weighted hits.
        units: how many.
        matrix: units × terms, weighted; None where only sums are known.
    """

    def __init__(
        self, total: Floats, self_products: float, units: int, matrix: sparse.csr_array | None = None
    ) -> None:
        self.total, self.self_products, self.units, self.matrix = total, self_products, units, matrix

    @classmethod
    def of_group(cls, profiles: Profiles | Summed, totals: Floats, group: int, weight: Floats) -> "_Side":
        """Take the units of one group."""
        if isinstance(profiles, Summed):
            squares = float((profiles.squares[group] * weight**2).sum())
            return cls(totals[group] * weight, squares, int(profiles.sizes[group]))
        matrix = profiles.units_of(group)
        return cls.of_units(sparse.csr_array(matrix.multiply(weight[None, :])))

    @classmethod
    def of_units(cls, matrix: sparse.csr_array) -> "_Side":
        """Sum up units × terms."""
        total = np.asarray(matrix.sum(axis=0), dtype=np.float64).ravel()
        return cls(total, float((matrix.data**2).sum()), matrix.shape[0], matrix)

    @property
    def length2(self) -> float:
        """Squared length of the mean unit, without products of a unit with itself."""
        whole = float((self.total**2).sum())
        if self.units < 2:
            return whole
        return (whole - self.self_products) / (self.units * (self.units - 1))


def _cosine(one: _Side, other: _Side) -> float:
    """Return the corrected cosine; NaN where no two units of a group share a term."""
    product = float((one.total * other.total).sum())
    if one.units < 2 or other.units < 2:  # nothing to correct by
        length = float(np.sqrt((one.total**2).sum() * (other.total**2).sum()))
        return product / length if length else float("nan")
    length = one.length2 * other.length2
    if length <= 0:
        return float("nan") if product else 0.0
    return product / (one.units * other.units) / float(np.sqrt(length))


def _interval(sides: tuple[_Side, _Side], estimate: float, alpha: float, seed: int) -> tuple[float, float]:
    """Return the jackknife interval: units of both groups are left out in turns, on the scale of artanh."""
    values = []
    for left in _left_out(sides, seed):
        value = _cosine(*left)
        values.append(np.arctanh(np.clip(value, -_INSIDE, _INSIDE)))
    turns = len(values)
    known = np.array(values)[np.isfinite(values)]
    if len(known) < turns or not np.isfinite(estimate):
        return float("nan"), float("nan")
    error = float(np.sqrt((turns - 1) / turns * ((known - known.mean()) ** 2).sum()))
    middle = float(np.arctanh(np.clip(estimate, -_INSIDE, _INSIDE)))
    half = t_quantile(min(turns, *(side.units for side in sides)), alpha) * error
    return float(np.tanh(middle - half)), float(np.tanh(middle + half))


#: A cosine at or above this has no finite artanh worth speaking of.
_INSIDE = 0.995


def _left_out(sides: tuple[_Side, _Side], seed: int) -> Iterator[tuple[_Side, _Side]]:
    """Yield both sides without the units of each turn; every unit is left out once."""
    rng = generator(seed)
    turns = min(_TURNS, max(side.units for side in sides))
    turn = [rng.permutation(side.units) % turns for side in sides]
    parts = []
    for side, number in zip(sides, turn, strict=True):
        assert side.matrix is not None
        squares = np.asarray(side.matrix.multiply(side.matrix).sum(axis=1)).ravel()
        totals = (added(number, height=turns) @ side.matrix).toarray()
        own = np.bincount(number, squares, minlength=turns)
        parts.append((totals, own, np.bincount(number, minlength=turns)))
    for k in range(turns):
        yield tuple(  # type: ignore[misc]
            _Side(side.total - totals[k], side.self_products - own[k], side.units - int(size[k]))
            for side, (totals, own, size) in zip(sides, parts, strict=True)
        )


def _exchanged(
    sides: tuple[_Side, _Side], weight: Floats, replicates: int, seed: int
) -> tuple[float, float, float]:
    """Exchange the labels of the units of a pair: mean cosine, p of the cosine, and mean divergence."""
    one, other = sides
    assert one.matrix is not None
    assert other.matrix is not None
    units = sparse.csr_array(sparse.vstack([one.matrix, other.matrix]))
    used = np.flatnonzero(np.bincount(units.indices, minlength=units.shape[1]))
    columns = sparse.csr_array(units[:, used].T)  # terms × units
    squares = np.asarray(units.multiply(units).sum(axis=1)).ravel()
    total2 = float(squares.sum())
    n, m = one.units, other.units
    rng = generator(seed, 1)
    observed, found = _cosine(one, other), []
    divergences: list[float] = []
    plain = 1 / weight[used]
    for start in range(0, replicates, _BLOCK):
        width = min(_BLOCK, replicates - start)
        labels = np.zeros((n + m, width))
        for column in range(width):
            labels[rng.permutation(n + m)[:n], column] = 1
        first = np.asarray(columns @ labels)
        second = np.asarray(columns @ (1 - labels))
        own = squares @ labels
        product = np.einsum("ij,ij->j", first, second)
        length = (np.einsum("ij,ij->j", first, first) - own) / (n * (n - 1))
        length *= (np.einsum("ij,ij->j", second, second) - (total2 - own)) / (m * (m - 1))
        with np.errstate(divide="ignore", invalid="ignore"):
            found.append(np.where(length > 0, product / (n * m) / np.sqrt(length), np.nan))
        for column in range(min(width, _DIVERGENCES - len(divergences))):
            p, q = (shares(side[:, column] * plain) for side in (first, second))
            divergences.append(float(jsd_parts(p, q).sum()))
    values = np.concatenate(found)
    as_unlike = int((~(values > observed * (1 + 1e-9))).sum())
    return float(np.nanmean(values)), (1 + as_unlike) / (1 + replicates), float(np.mean(divergences))


def _idf(profiles: Profiles | Summed) -> Floats:
    """Return ``ln((1 + n) / (1 + df)) + 1`` of each term over articles."""
    return np.asarray(np.log((1 + profiles.sizes.sum()) / (1 + profiles.holders)) + 1)


def _jsd(rates: Floats, used: npt.NDArray[np.bool_], i: int, j: int) -> float:
    """Return the divergence; terms of one group alone (most are) add half their share, and no logarithm."""
    if not (used[i].any() and used[j].any()):
        return float("nan")
    both = np.flatnonzero(used[i] & used[j])
    p, q = rates[i, both], rates[j, both]
    return float(np.clip(jsd_parts(p, q).sum() + 1 - (p.sum() + q.sum()) / 2, 0, 1))


def _why(
    profiles: Profiles | Summed, used: npt.NDArray[np.bool_], sizes: tuple[int, int], needed: int
) -> str:
    """Return why there is no interval, "" where there is one."""
    if not used.any(axis=1).all():
        return "no counted term on one side"
    if isinstance(profiles, Summed):
        return "no interval: sums hold no articles"
    if min(sizes) < needed:
        return f"no interval: {min(sizes)} articles on one side, at least {needed} needed"
    return ""

"""Resampling articles: the bootstrap and the permutation of labels, for all terms at once.

Articles are put in the order of their identifiers first, so the same seed gives the same numbers whatever
the order in which they were read.
"""

from collections.abc import Iterator
from itertools import combinations, islice
from math import comb

import numpy as np
import numpy.typing as npt
from scipy import sparse

from bitext.arrays import Bools, Floats, Ints
from bitext.counting.counts import Counts
from bitext.record import generator

#: Replicates computed at a time: terms × BLOCK numbers are held in memory.
BLOCK = 32

DEFAULT_B = {"bootstrap": 1000, "permutation": 9999}


def canonical(counts: Counts) -> npt.NDArray[np.intp]:
    """Return the rows of *counts* in the order of their article identifiers."""
    if "article" not in counts.articles:
        return np.arange(len(counts.articles))
    return np.argsort(counts.articles["article"].astype(str).to_numpy(dtype=object), kind="stable")


def bootstrap_weights(size: int, replicates: int, rng: np.random.Generator) -> Ints:
    """Return how often each of *size* articles is drawn in each replicate: size × replicates."""
    drawn = rng.integers(0, size, size=(replicates, size))
    flat = (drawn + size * np.arange(replicates)[:, None]).ravel()
    return np.bincount(flat, minlength=size * replicates).reshape(replicates, size).T.astype(np.int64)


def log_ratio_variance(
    matrix: sparse.csr_array,
    lengths: Ints | Floats,
    target: Bools,
    reference: Bools,
    *,
    replicates: int,
    seed: int,
) -> Floats:
    """Return the variance of ln(r1 / r2) over bootstrap replicates, per term.

    Articles are drawn with replacement within each side; half a hit is added so that a replicate without
    the term stays finite.
    """
    rng = generator(seed)
    sides = [(sparse.csr_array(matrix[rows].T), lengths[rows]) for rows in (target, reference)]
    total = np.zeros(matrix.shape[1])
    squares = np.zeros(matrix.shape[1])
    first: Floats | None = None
    for start in range(0, replicates, BLOCK):
        width = min(BLOCK, replicates - start)
        value = np.zeros((matrix.shape[1], width))
        for direction, (columns, length) in zip((1, -1), sides, strict=True):
            weights = bootstrap_weights(len(length), width, rng)
            value += direction * (np.log(columns @ weights + 0.5) - np.log(length @ weights + 0.5))
        if first is None:
            first = value[:, 0].copy()
        value -= first[:, None]  # sums of squares about a value near the mean lose no digits
        total += value.sum(axis=1)
        squares += (value**2).sum(axis=1)
    return np.asarray((squares - total**2 / replicates) / (replicates - 1))


def clustered_log_ratio_variance(
    matrix: sparse.csr_array,
    lengths: Ints | Floats,
    target: Bools,
    cluster: Ints,
    *,
    replicates: int,
    seed: int,
) -> Floats:
    """Return the variance of ln(r1 / r2) where clusters are drawn, with their articles on both sides.

    Args:
        matrix, lengths: the articles of both sides (may be weighted).
        target: which of them are the target's; the others are the reference's.
        cluster: number of each article's cluster.
        replicates: draws.
        seed: seed of the draws.
    """
    rng = generator(seed)
    _, unit = np.unique(cluster, return_inverse=True)
    size = int(unit.max()) + 1
    sides = []
    for rows in (target, ~target):
        place = (unit[rows], np.arange(int(rows.sum())))
        belongs = sparse.csr_array((np.ones(len(place[0])), place), shape=(size, len(place[0])))
        sides.append((sparse.csr_array((belongs @ matrix[rows]).T), np.asarray(belongs @ lengths[rows])))
    values = []
    for start in range(0, replicates, BLOCK):
        weights = bootstrap_weights(size, min(BLOCK, replicates - start), rng)
        one, other = (np.log(x @ weights + 0.5) - np.log(length @ weights + 0.5) for x, length in sides)
        values.append(one - other)
    first = values[0][:, :1]
    total = np.add.reduce([(value - first).sum(axis=1) for value in values])
    squares = np.add.reduce([((value - first) ** 2).sum(axis=1) for value in values])
    return np.asarray((squares - total**2 / replicates) / (replicates - 1))


def permutation_p(
    matrix: sparse.csr_array,
    lengths: Ints | Floats,
    target: Bools,
    strata: Ints,
    *,
    replicates: int,
    seed: int,
) -> tuple[Floats, int]:
    """Return the two-sided p of each term when labels are exchanged between articles, and how many draws.

    The statistic is the target's surplus of hits over what the pooled rate of its stratum predicts. All
    arrangements are visited where there are no more than *replicates* of them (one stratum only); else p is
    ``(1 + hits) / (1 + draws)``.

    Args:
        matrix, lengths: the articles of both sides.
        target: which of them are the target's.
        strata: number of each article's stratum, from 0; labels are exchanged within strata.
        replicates: draws.
        seed: seed of the draws.
    """
    n_strata = int(strata.max()) + 1
    member = sparse.csr_array(
        (np.ones(len(strata), dtype=np.int64), (strata, np.arange(len(strata)))),
        shape=(n_strata, len(strata)),
    )
    tokens = member @ lengths
    scale = np.divide(1.0, tokens, out=np.zeros(n_strata), where=tokens > 0)
    rates = sparse.csr_array((member @ matrix).multiply(scale[:, None]).T)  # terms × strata
    columns = sparse.csr_array(matrix.T)

    def surplus(labels: Ints) -> Floats:
        return np.asarray(np.abs(columns @ labels - rates @ (member @ (lengths[:, None] * labels))))

    # Equal up to rounding counts as equal: a tie is no evidence.
    observed = surplus(target[:, None].astype(np.int64))[:, 0]
    bar = observed * (1 - 1e-9) - 1e-9
    extreme = np.zeros(matrix.shape[1], dtype=np.int64)
    exact = n_strata == 1 and comb(len(target), int(target.sum())) <= replicates
    draws = 0
    for labels in _all(target) if exact else _draws(target, strata, replicates, generator(seed)):
        extreme += (surplus(labels) >= bar[:, None]).sum(axis=1)
        draws += labels.shape[1]
    return (extreme / draws if exact else (1 + extreme) / (1 + draws)), draws


def smallest_p(target: Bools, strata: Ints) -> float:
    """Return the smallest p that exchanging labels within strata can give."""
    arrangements, mirrored = 1, True
    for stratum in np.unique(strata):
        inside = target[strata == stratum]
        arrangements *= comb(len(inside), int(inside.sum()))
        # With as many articles on either side, the opposite arrangement is as far from the middle.
        mirrored &= 2 * int(inside.sum()) == len(inside)
        if arrangements > 10**9:
            break
    return min(1.0, (2 if mirrored else 1) / arrangements)


def _all(target: Bools) -> Iterator[Ints]:
    """Yield every way to give the label to as many articles, in blocks: articles × block."""
    chosen = combinations(range(len(target)), int(target.sum()))
    while block := list(islice(chosen, BLOCK)):
        labels = np.zeros((len(target), len(block)), dtype=np.int64)
        for column, rows in enumerate(block):
            labels[list(rows), column] = 1
        yield labels


def _draws(target: Bools, strata: Ints, replicates: int, rng: np.random.Generator) -> Iterator[Ints]:
    """Yield random exchanges of the labels within strata, in blocks: articles × block."""
    pattern = target[np.argsort(strata, kind="stable")].astype(np.int64)
    for start in range(0, replicates, BLOCK):
        width = min(BLOCK, replicates - start)
        labels = np.empty((len(target), width), dtype=np.int64)
        for column in range(width):
            labels[np.lexsort((rng.random(len(target)), strata)), column] = pattern
        yield labels

"""Made-up counts for the tests of this folder."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext import Counts


def counts_of(
    table: npt.ArrayLike,
    outlets: Sequence[str],
    *,
    lengths: npt.ArrayLike | None = None,
    terms: Sequence[str] | None = None,
    lang: str = "en",
    dates: Sequence[str] | None = None,
    unit: str = "term",
) -> Counts:
    """Counts from a dense table, one row per article."""
    matrix = np.asarray(table, dtype=np.int32)
    names = terms if terms is not None else [f"t{i:05}" for i in range(matrix.shape[1])]
    articles = pd.DataFrame({"article": [f"a{i:05}" for i in range(len(matrix))], "outlet": list(outlets)})
    articles["lang"] = lang
    articles["date"] = pd.to_datetime(list(dates)) if dates is not None else pd.NaT
    size = np.full(len(matrix), 100) if lengths is None else np.asarray(lengths)
    return Counts(
        sparse.csr_array(matrix), articles, np.array(names, dtype=object), size.astype(np.int64), unit
    )


def bursty(
    rng: np.random.Generator,
    sizes: Sequence[int],
    rates: npt.NDArray[np.float64],
    *,
    shape: float = 0.3,
    ratio: float = 1,
) -> Counts:
    """Articles of log-normal length whose counts are negative binomial; the first outlet's rates × *ratio*.

    The smaller *shape*, the more a term clusters in few articles; 0.3 has a variance of 1 + mean / 0.3 times
    the Poisson one.
    """
    rows, labels, lengths = [], [], []
    for number, size in enumerate(sizes):
        length = rng.lognormal(6, 0.6, size).astype(np.int64) + 30
        own = rates * (ratio if number == 0 else 1)
        burst = rng.gamma(shape, 1 / shape, (size, len(rates)))
        rows.append(np.minimum(rng.poisson(burst * own * length[:, None]), length[:, None]))
        labels += [chr(ord("A") + number)] * size
        lengths.append(length)
    return counts_of(np.concatenate(rows), labels, lengths=np.concatenate(lengths))

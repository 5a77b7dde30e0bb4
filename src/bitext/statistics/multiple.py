"""Many tests at once: the false discovery rate."""

import numpy as np
import numpy.typing as npt

from bitext.arrays import Floats
from bitext.errors import TableError


def false_discovery_rate(p: npt.ArrayLike, *, family: int | None = None) -> Floats:
    """Return Benjamini-Hochberg q-values; a test that gave NaN stays NaN.

    Args:
        p: p-values.
        family: number of tests they belong to; None counts the p-values that are not NaN.

    Raises:
        TableError: the family is smaller than the number of p-values.

    Source:
        Benjamini & Hochberg (1995).

    Examples:
        >>> false_discovery_rate([0.01, 0.04, 0.03, float("nan")]).tolist()
        [0.03, 0.04, 0.04, nan]
    """
    values = np.asarray(p, dtype=np.float64)
    tested = np.flatnonzero(~np.isnan(values))
    size = len(tested) if family is None else family
    if size < len(tested):
        raise TableError(f"the family has {size} tests but {len(tested)} p-values were computed")
    order = tested[np.argsort(values[tested], kind="stable")]
    steps = values[order] * size / np.arange(1, len(order) + 1)
    result = np.full_like(values, np.nan)
    result[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1)
    return result

"""How likely an absence is: what an outlet leaves out, against what outlets like it leave out otherwise.

Whether an outlet covers a story, or uses a word in it, depends on how much the others make of it, on how much
the outlet writes, and on the outlet's ways. A logistic regression over all cells of the table (presences and
absences) learns these; the probability that it gives to an absence is the p of that absence. It is right on
average by construction, so that of the cells with p < .05 fewer than one in twenty is absent by chance.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.arrays import Floats

#: With fewer cells, or fewer absences or presences, there is nothing to learn from.
FEWEST = 40
FEWEST_OF_A_KIND = 10
#: Strength of the pull of outlets' effects towards 0, in cells.
_RIDGE = 1.0
#: Cells that are learned from at most; every k-th of them, in order.
_MOST = 30_000


def probability_of_absence(
    features: Floats, outlets: Sequence[str] | npt.NDArray[np.object_], absent: npt.NDArray[np.bool_]
) -> Floats:
    """Return the probability of absence of each cell; NaN where there is too little to learn from.

    Args:
        features: cells × numbers that bear on absence; a cell with a NaN gets NaN.
        outlets: whose cell it is.
        absent: whether it is an absence.

    Source:
        Cox (1958), The regression analysis of binary sequences.
    """
    from sklearn.linear_model import LogisticRegression

    found = np.full(len(absent), np.nan)
    known = np.flatnonzero(np.isfinite(features).all(axis=1))
    kinds = np.bincount(absent[known].astype(np.int64), minlength=2)
    if len(known) < FEWEST or kinds.min() < FEWEST_OF_A_KIND:
        return found
    columns = features[known]
    spread = columns.std(axis=0)
    columns = (columns - columns.mean(axis=0)) / np.where(spread > 0, spread, 1)
    dummies = pd.get_dummies(pd.Series(outlets)[known].reset_index(drop=True)).to_numpy(dtype=np.float64)
    table = np.concatenate((columns, columns**2, dummies), axis=1)
    some = np.arange(0, len(known), -(-len(known) // _MOST))
    model = LogisticRegression(C=1 / _RIDGE, max_iter=500)
    model.fit(table[some], absent[known][some])
    found[known] = model.predict_proba(table)[:, 1]
    return found

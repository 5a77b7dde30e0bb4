"""Matched pairs under random signs: how often sums of differences as large as these come by chance."""

import numpy as np

from bitext.arrays import Floats
from bitext.record import generator

#: Up to so many stories all patterns of signs are tried, beyond that random ones.
_ALL_SIGNS = 14


def sign_flip(differences: Floats, permutations: int, seed: int) -> Floats:
    """Return two-sided p-values of the sums of *differences* (stories × measures) under random signs."""
    count = len(differences)
    if count == 0:
        return np.full(differences.shape[1], np.nan)
    if count <= _ALL_SIGNS:
        signs = 1.0 - 2.0 * ((np.arange(2**count)[:, None] >> np.arange(count)) & 1)
        extra = 0
    else:
        signs = generator(seed).choice([-1.0, 1.0], size=(permutations, count))
        extra = 1  # the observed pattern is one of the possible ones
    observed = np.abs(differences.sum(axis=0))
    # Sums that are equal but for rounding count as equal.
    reached = (np.abs(signs @ differences) >= observed * (1 - 1e-12)).sum(axis=0)
    p: Floats = (reached + extra) / (len(signs) + extra)
    return p

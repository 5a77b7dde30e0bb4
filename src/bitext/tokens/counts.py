"""The Counts object: how often each article uses each term."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse


@dataclass(frozen=True)
class Counts:
    """A sparse table of counts, articles by terms (or concepts).

    Attributes:
        matrix: scipy CSR array of int32, one row per article, one column per term.
        articles: the row table: `Corpus.articles` without `text`.
        terms: object array of str, the column labels, sorted.
        lengths: int64, tokens counted in each article, rare terms included: the denominator of rates.
        unit: "term" or "concept".
        run: the run record.
    """

    matrix: sparse.csr_array
    articles: pd.DataFrame
    terms: npt.NDArray[np.object_]
    lengths: npt.NDArray[np.int64]
    unit: str = "term"
    run: Mapping[str, Any] = field(default_factory=dict)

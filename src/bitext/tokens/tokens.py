"""The Tokens object: columns of integers over one vocabulary."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd


@dataclass(frozen=True)
class Tokens:
    """All tokens of a corpus as parallel arrays, article after article.

    Attributes:
        articles: one row per article, the columns of `Corpus.articles` (text included).
        types: the vocabulary (object array of str): normalised forms, in order of first occurrence.
        term: int32, index into *types*, one per token.
        start, end: int32, offsets into the article's text; `text[start:end]` is the surface form.
        sentence: int32, number of the sentence within its article, from 0.
        kind: uint8, one of the constants in `bitext.text.tokenizer` (word, number, punctuation, ...).
        lang: uint8, the token's own language by script (see `bitext.text.tokenizer`).
        bounds: int64, length len(articles) + 1; tokens of article i are `bounds[i]:bounds[i + 1]`.
        run: the run record, with the tokenizer's settings.
    """

    articles: pd.DataFrame
    types: npt.NDArray[np.object_]
    term: npt.NDArray[np.int32]
    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]
    sentence: npt.NDArray[np.int32]
    kind: npt.NDArray[np.uint8]
    lang: npt.NDArray[np.uint8]
    bounds: npt.NDArray[np.int64]
    run: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.term)

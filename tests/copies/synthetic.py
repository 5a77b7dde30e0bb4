"""Texts made of invented syllables, for measuring growth and recall: no news, no copyright, any amount."""

import numpy as np
import numpy.typing as npt

_HAN = np.array([chr(code) for code in range(0x4E00, 0x4E00 + 3000)])
_WEIGHTS = 1.0 / (np.arange(3000) + 20.0)


def _characters(rng: np.random.Generator, n: int) -> str:
    return "".join(rng.choice(_HAN, size=n, p=_WEIGHTS / _WEIGHTS.sum()))


def mixed_pairs(shares: npt.NDArray[np.float64], length: int, seed: int = 0) -> list[str]:
    """Return pairs of texts, neighbours in the list, with a run of the given share of *length* in common."""
    rng = np.random.default_rng(seed)
    texts = []
    for share in shares:
        common = _characters(rng, int(share * length))
        texts += [common + _characters(rng, length - len(common)) for _ in range(2)]
    return texts


def news(n: int, copies: float, seed: int = 0, length: int = 600) -> list[str]:
    """Return *n* texts of about *length* characters, a share *copies* of them edited copies or excerpts."""
    rng = np.random.default_rng(seed)
    pool = _characters(rng, 200_000)
    texts: list[str] = []
    for i in range(n):
        kind = rng.random()
        if i == 0 or kind >= copies:
            texts.append(_sentences(rng, pool, length))
        elif kind < 0.5 * copies:
            texts.append(_edited(rng, texts[rng.integers(i)]))
        else:
            texts.append(_excerpt(rng, texts[rng.integers(i)]) + _characters(rng, 40))
    return texts


def _sentences(rng: np.random.Generator, pool: str, length: int) -> str:
    """Stock phrases of 12 characters that recur all over the corpus, between fresh text."""
    parts = []
    for _ in range(length // 60):
        at = int(rng.integers(0, 2000)) * 12
        parts.append(pool[at : at + 12] + _characters(rng, 48) + "。")
    return "".join(parts)


def _edited(rng: np.random.Generator, text: str) -> str:
    characters = np.array(list(text))
    places = rng.random(len(characters)) < 0.02
    characters[places] = rng.choice(_HAN, size=int(places.sum()))
    return "".join(characters)


def _excerpt(rng: np.random.Generator, text: str) -> str:
    cut = int(len(text) * rng.uniform(0.3, 0.8))
    return text[:cut]

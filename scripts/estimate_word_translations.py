"""Learn from translated sentences which English words Chinese words are translated by; writes two lexicons.

    python scripts/estimate_word_translations.py

Writes ``word_translations.tsv`` and ``meaning_frequency.tsv`` (how many of these sentences have a concept, or
a word) to ``src/bitext/lexicons``, from the half "built" of the shared parallel files, by the
first model of Brown et al. (1993), The mathematics of statistical machine translation, Comput. Linguist. 19,
in both directions; a pair is kept where both agree. Only words that no concept covers are looked up in it.
"""

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import bitext  # noqa: E402
from bitext.arrays import Floats, Ints  # noqa: E402
from bitext.events.statements.units.meanings import stem  # noqa: E402
from bitext.events.statements.units.sentences import Sentences  # noqa: E402
from bitext.lexicons import loader  # noqa: E402
from bitext.lexicons.stopwords import stopwords  # noqa: E402
from bitext.text.kinds import WORD  # noqa: E402
from measure.statements import documents  # noqa: E402

TARGET = ROOT / "src" / "bitext" / "lexicons" / "word_translations.tsv"
FREQUENCY = TARGET.with_name("meaning_frequency.tsv")
#: A concept or word of fewer sentences is rare.
FREQUENT = 5
ROUNDS = 6
#: Kept: geometric mean of both probabilities, sentences with both words, translations expected in them.
SURE, TOGETHER, EXPECTED = 0.2, 2, 1.4


class Side(NamedTuple):
    """The words of one language: distinct ones, and those of each sentence."""

    words: list[str]
    of: list[list[int]]


def side(texts: list[str], *, english: bool) -> Side:
    """Return the words of *texts* that are no stop words."""
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": texts})))
    stop = stopwords()
    numbers: dict[str, int] = {}
    of: list[list[int]] = [[] for _ in texts]
    for row, term, kind in zip(
        tokens.article().tolist(), tokens.term.tolist(), tokens.kind.tolist(), strict=True
    ):
        word = tokens.types[term]
        if kind == WORD and word not in stop:
            word = stem(word) if english else word
            of[row].append(numbers.setdefault(word, len(numbers)))
    return Side(list(numbers), [sorted(set(row)) for row in of])


def chances(cell: Ints, source: Ints, target: Ints, sentence: Ints, size: int) -> tuple[Floats, Floats]:
    """Return p(target | source) of each pair of words, and how many translations are expected.

    Args:
        cell: for each place where both stand in a sentence pair the number of the pair of words.
        source, target: words of each pair of words.
        sentence: sentence pair of each place.
        size: number of distinct target words.
    """
    group = np.unique(sentence * size + target[cell], return_inverse=True)[1]
    chance, expected = np.ones(len(source)), np.zeros(len(source))
    for _ in range(ROUNDS):
        share = chance[cell]
        share = share / np.bincount(group, share)[group]
        expected = np.bincount(cell, share, len(source))
        chance = expected / np.bincount(source, expected)[source]
    return chance, expected


def frequent(rows: list[tuple[str, str]]) -> None:
    """Count the sentences of each meaning, and write them."""
    loader.rows.cache_clear()
    table = pd.DataFrame({"text": [text or "." for row in rows for text in row]})
    sentences = Sentences.of(bitext.tokenize(bitext.Corpus.from_frame(table)))
    spread = np.bincount(sentences.meanings.indices, minlength=sentences.meanings.shape[1])
    found = [
        f"{label}\t{round(1000 * n / len(sentences), 2)}"
        for label, n in sorted(zip(sentences.labels.tolist(), spread.tolist(), strict=True))
        if n >= FREQUENT
    ]
    FREQUENCY.write_text("\n".join(["meaning\tper_thousand", *found]) + "\n", encoding="utf-8")


def main() -> None:
    """Learn and write."""
    rows = [row for _, document in documents("built") for row in document]
    zh, en = (
        side([row[0] or "。" for row in rows], english=False),
        side([row[1] or "." for row in rows], english=True),
    )
    places = [
        (a, b, number)
        for number, (left, right) in enumerate(zip(zh.of, en.of, strict=True))
        for a in left
        for b in right
    ]
    first, second, sentence = np.array(places, dtype=np.int64).T
    keys, cell = np.unique(first * len(en.words) + second, return_inverse=True)
    a, b = keys // len(en.words), keys % len(en.words)
    forward, likely = chances(cell, a, b, sentence, len(en.words))
    backward, too = chances(cell, b, a, sentence, len(zh.words))
    share = np.sqrt(forward * backward)
    kept = (share >= SURE) & (np.bincount(cell) >= TOGETHER) & (np.minimum(likely, too) >= EXPECTED)
    lines = sorted(
        (zh.words[a[row]], en.words[b[row]], f"{share[row]:.2f}") for row in np.flatnonzero(kept).tolist()
    )
    lines = [line for line in lines if not line[0].isascii() and not line[1].isdigit()]
    text = "\n".join("\t".join(line) for line in [("zh", "stem", "share"), *lines])
    TARGET.write_text(f"{text}\n", encoding="utf-8")
    frequent(rows)
    print(f"{len(lines)} pairs of words from {len(rows)} pairs of sentences")


if __name__ == "__main__":
    main()

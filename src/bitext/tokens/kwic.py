"""Keyword in context: the lines behind a number."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

import numpy as np
import pandas as pd

from bitext.arrays import Ints
from bitext.checked import checked
from bitext.errors import BitextError
from bitext.record import run_record
from bitext.tokens.compound_parts import find_in_parts
from bitext.tokens.phrases import Phrases
from bitext.tokens.tokens import Tokens

#: Words shown where a pattern has no occurrence; they differ in length by so much at most.
_NEAR = 3
COLUMNS = ("article", "outlet", "lang", "date", "sentence", "start", "end", "left", "keyword", "right")


@checked
def kwic(tokens: Tokens, pattern: str | Sequence[str], *, window: int = 8) -> pd.DataFrame:
    """Show every occurrence of a word or phrase with the words around it (a concordance).

    Args:
        tokens: what `bitext.tokenize` returned.
        pattern: alternatives separated by ``|`` or given as a list. Each is a word or a phrase; ``*`` stands
            for any characters within one word, ``?`` for one. Case, width and script do not matter:
            ``芯片`` finds 芯片 and 芯片 written in either script. A match begins and ends at word boundaries.
        window: words on each side, from 0.

    Returns:
        One row per occurrence, in order of the articles: ``article outlet lang date sentence start end left
        keyword right``; *start* and *end* are offsets into the article's text. Without an occurrence
        the table is empty and ``.attrs["note"]`` says so, with words that hold the pattern or look like it.
        Parts of compounds (China in US-China) and of names with dots (阿萨尔 in 克斯·阿萨尔) are found, too.

    Raises:
        BitextError: *pattern* is empty, or *window* is negative.

    Examples:
        >>> import bitext, pandas as pd
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["Old chips, new chip rules."]}))
        >>> bitext.kwic(bitext.tokenize(corpus), "chip*", window=1)[["left", "keyword", "right"]]
          left keyword  right
        0  Old   chips      ,
        1  new    chip  rules
    """
    alternatives = pattern.split("|") if isinstance(pattern, str) else list(pattern)
    alternatives = [alternative.strip() for alternative in alternatives if alternative.strip()]
    if not alternatives:
        raise BitextError(f"pattern={pattern!r} holds no word; use e.g. '芯片|chip*'")
    if window < 0:
        raise BitextError(f"window={window!r}; use a whole number from 0")
    first, last = _occurrences(tokens, alternatives)
    table = context(tokens, first, last, window)
    if table.empty:
        table.attrs["note"] = _nothing(tokens, alternatives)
    table.attrs["run"] = {**run_record("kwic", pattern=alternatives, window=window), "before": tokens.run}
    return table


def _nothing(tokens: Tokens, alternatives: list[str]) -> str:
    """Say that there is no occurrence, and which words of the texts look like what was looked for."""
    missing = " | ".join(alternatives)
    near = [place for text in alternatives for place in _near(tokens, text)]
    shown = [tokens.surface(place) for place in dict.fromkeys(near)]
    hint = f"; words like it: {', '.join(dict.fromkeys(shown))}" if shown else ""
    return f"no occurrence of {missing!r} in {len(tokens.articles):,} articles{hint}"


def _near(tokens: Tokens, text: str) -> list[int]:
    """Return where words first stand that hold *text*, or else are spelt like it, in any script and case."""
    plain = _plain(tokens, re.sub("[*?]", "", text))
    if not plain:
        return []
    types = tokens.types.tolist()
    number = np.bincount(tokens.term, minlength=len(types))
    holding = [row for row, word in enumerate(types) if plain in word and len(plain) > 1 and number[row]]
    rows = sorted(holding, key=lambda row: (-number[row], types[row]))[:_NEAR]
    if not rows:
        alike = [
            word
            for word in types
            if abs(len(word) - len(plain)) <= _NEAR and (word[:1] == plain[:1] or word[-1:] == plain[-1:])
        ]
        place = {word: row for row, word in enumerate(types)}
        rows = [place[word] for word in get_close_matches(plain, alike, n=_NEAR)]
    return [int(np.argmax(tokens.term == row)) for row in rows if number[row]]


def _occurrences(tokens: Tokens, alternatives: list[str]) -> tuple[Ints, Ints]:
    plain = [text for text in alternatives if "*" not in text and "?" not in text]
    wanted = Phrases.compile(plain, tokens.tokenizer)
    spans = {
        (first, last)
        for hits in (wanted.find(tokens), find_in_parts(wanted, tokens, names=True))  # China in US-China
        for first, last in zip(hits.first.tolist(), hits.last.tolist(), strict=True)
    }
    for text in alternatives:
        if "*" in text or "?" in text:
            spans |= _globbed(tokens, text.split())
    ordered = sorted(spans)
    return (
        np.fromiter((first for first, _ in ordered), np.int64, len(ordered)),
        np.fromiter((last for _, last in ordered), np.int64, len(ordered)),
    )


def _globbed(tokens: Tokens, words: list[str]) -> set[tuple[int, int]]:
    """Find a phrase whose words hold wild cards: one vocabulary look-up per word, then whole arrays."""
    article = tokens.article()
    first = np.arange(len(tokens) - len(words) + 1)
    for step, word in enumerate(words):
        parts = re.split(r"([*?])", word)
        expression = re.compile("".join(_WILD.get(part) or re.escape(_plain(tokens, part)) for part in parts))
        fits = np.fromiter((bool(expression.fullmatch(term)) for term in tokens.types), bool)
        first = first[fits[tokens.term[first + step]]]
    last = first + len(words) - 1
    same = (article[first] == article[last]) & (tokens.sentence[first] == tokens.sentence[last])
    return set(zip(first[same].tolist(), last[same].tolist(), strict=True))


_WILD = {"*": ".*", "?": "."}


def _plain(tokens: Tokens, text: str) -> str:
    """Normalise a piece of a word as the vocabulary is."""
    return "".join(tokens.tokenizer.batch([text]).types)


def context(tokens: Tokens, first: Ints, last: Ints, window: int) -> pd.DataFrame:
    """Return the concordance lines of the token runs *first* to *last* (inclusive)."""
    article = tokens.article()[first] if len(first) else np.zeros(0, np.int64)
    low = np.maximum(first - window, tokens.bounds[article])
    high = np.minimum(last + window, tokens.bounds[article + 1] - 1)
    texts = tokens.articles[tokens.field].to_numpy()
    left, keyword, right = [], [], []
    spans = zip(
        article, tokens.start[low], tokens.start[first], tokens.end[last], tokens.end[high], strict=True
    )
    for row, begin, start, end, stop in spans:
        text = texts[row]
        left.append(_line(text[begin:start]))
        keyword.append(_line(text[start:end]))
        right.append(_line(text[end:stop]))
    about = tokens.articles.iloc[article]
    return pd.DataFrame(
        {
            "article": about["article"].to_numpy(),
            "outlet": about["outlet"].to_numpy(),
            "lang": about["lang"].to_numpy(),
            "date": about["date"].to_numpy(),
            "sentence": tokens.sentence[first],
            "start": tokens.start[first],
            "end": tokens.end[last],
            "left": left,
            "keyword": keyword,
            "right": right,
        },
        columns=list(COLUMNS),
    )


def _line(text: str) -> str:
    return " ".join(text.split())

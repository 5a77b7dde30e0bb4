"""Phrases in the parts of hyphen compounds and dotted names: China in US-China, 阿萨尔 in 克斯·阿萨尔."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from bitext.arrays import Bools
from bitext.text.kinds import EN, WORD, ZH
from bitext.tokens.phrases import PhraseHits, Phrases
from bitext.tokens.tokens import Tokens

_DOT = "·"
#: What joins parts -> what divides them where they are cut anew.
_JOINTS = str.maketrans({**dict.fromkeys("-‐‑", " "), **dict.fromkeys("‧•・･⋅∙·", "，")})


def find_in_parts(
    phrases: Phrases,
    tokens: Tokens,
    keep: Callable[[Tokens, PhraseHits], PhraseHits] = lambda _, hits: hits,
    *,
    names: bool = False,
) -> PhraseHits:
    """Return the phrases that stand inside single tokens with a hyphen, in order of these tokens.

    *keep* chooses among the hits, given the compounds as texts of their own, their hyphens blanks. With
    *names* they are also looked for in Chinese names with dots: the same part may be another person's.

    Examples:
        >>> import bitext
        >>> table = pd.DataFrame({"text": ["A China-based, anti-China site."]})
        >>> tokens = bitext.tokenize(bitext.Corpus.from_frame(table))
        >>> hits = find_in_parts(Phrases.compile(["China"], tokens.tokenizer), tokens)
        >>> [tokens.surface(int(place)) for place in hits.first]
        ['China-based', 'anti-China']
    """
    nothing = np.zeros(0, dtype=np.int64)
    types = tokens.types.tolist()
    hyphen = _inside(types, "-")
    dotted = _inside(types, _DOT) if names else np.zeros(len(types), dtype=bool)
    if not (hyphen | dotted).any():
        return PhraseHits(nothing, nothing, nothing)
    joined = (hyphen[tokens.term] & (tokens.lang == EN)) | (dotted[tokens.term] & (tokens.lang == ZH))
    at = np.flatnonzero(joined & (tokens.kind == WORD))
    if not len(at):
        return PhraseHits(nothing, nothing, nothing)
    # As they are written, not by their type: COVID-19 and covid-19 differ in what a form with capitals finds.
    column = tokens.articles[tokens.field].tolist()
    spans = zip(
        tokens.article()[at].tolist(), tokens.start[at].tolist(), tokens.end[at].tolist(), strict=True
    )
    written = [column[row][start:end].translate(_JOINTS) for row, start, end in spans]
    place_of = {text: place for place, text in enumerate(dict.fromkeys(written))}
    texts, number = list(place_of), np.fromiter(map(place_of.__getitem__, written), np.int64, len(written))
    batch = tokens.tokenizer.batch(texts)
    apart = replace(
        tokens,
        articles=pd.DataFrame({"article": texts, tokens.field: texts}),
        **{**batch._asdict(), "types": np.array(batch.types, dtype=object)},
    )
    inside = keep(apart, phrases.find(apart))
    order = np.argsort(apart.article()[inside.first], kind="stable")
    row, phrase = apart.article()[inside.first][order], inside.phrase[order]
    low, high = np.searchsorted(row, number), np.searchsorted(row, number + 1)
    repeat = high - low
    step = np.arange(repeat.sum()) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    places = np.repeat(at, repeat)
    return PhraseHits(phrase[np.repeat(low, repeat) + step], places, places)


def _inside(types: list[str], joint: str) -> Bools:
    """Mark the types that have *joint* between two of their characters."""
    found = np.fromiter((joint in word for word in types), bool, len(types))
    for at in np.flatnonzero(found).tolist():
        found[at] = joint in types[at][1:-1]
    return found

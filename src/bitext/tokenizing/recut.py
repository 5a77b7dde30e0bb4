"""Tokens with more words in the dictionary: only the sentences that hold one of these words are cut again."""

from dataclasses import replace
from typing import Any

import numpy as np
from ahocorasick_rs import AhoCorasick

from bitext.arrays import Bools, Ints
from bitext.text.interner import by_first_use
from bitext.text.scripts import spacing
from bitext.text.scripts.detect import code_points
from bitext.text.scripts.normalise import plain_points
from bitext.text.tokenizer import Tokenizer
from bitext.tokens.tokens import Tokens

#: No token and no word reaches over these.
_ENDS = (0x0A, 0x3002)


def recut(tokens: Tokens, words: list[str], tokenizer: Tokenizer) -> Tokens:
    """Return *tokens* as *tokenizer* gives them, which knows *words* besides and is the same otherwise."""
    texts = tokens.articles[tokens.field].tolist()
    joined = "\n".join(texts)
    points = code_points(joined)
    sizes = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    offset = np.cumsum(sizes) - sizes
    ends = np.append(np.flatnonzero(np.isin(points, _ENDS)) + 1, len(points))
    begins = np.concatenate(([0], ends[:-1]))
    wanted = _holding(points, words, tokenizer, begins)
    if not wanted.any():
        return replace(tokens, tokenizer=tokenizer)
    low, high = begins[wanted], ends[wanted]
    batch = tokenizer.batch([joined[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True)])

    article = tokens.article()
    old_start = tokens.start + offset[article]
    kept = ~wanted[np.searchsorted(begins, old_start, side="right") - 1]
    shift = np.repeat(low, np.diff(batch.bounds))
    start = batch.start + shift
    place = np.searchsorted(offset, start, side="right") - 1
    # marks end sentences, not words: each new token is in the sentence of the old one where it begins
    sentence = tokens.sentence[np.searchsorted(old_start, start, side="right") - 1]
    order = np.argsort(np.concatenate((old_start[kept], start)), kind="stable")

    def both(old: Any, new: Any) -> Any:
        return np.concatenate((old[kept], np.asarray(new, dtype=old.dtype)))[order]

    types, term = _vocabulary(tokens, batch.types, both(tokens.term, batch.term + len(tokens.types)))
    rows = both(article, place)
    return replace(
        tokens,
        types=types,
        term=term,
        start=both(tokens.start, start - offset[place]),
        end=both(tokens.end, batch.end + shift - offset[place]),
        sentence=both(tokens.sentence, sentence),
        kind=both(tokens.kind, batch.kind),
        lang=both(tokens.lang, batch.lang),
        bounds=np.searchsorted(rows, np.arange(len(texts) + 1)).astype(tokens.bounds.dtype),
        tokenizer=tokenizer,
    )


def _holding(points: Any, words: list[str], tokenizer: Tokenizer, begins: Ints) -> Bools:
    """Say of each sentence whether its plain form holds one of *words*, in any case."""
    plain = plain_points(points, tokenizer.conversion)
    plain = np.where((plain >= ord("A")) & (plain <= ord("Z")), plain + 32, plain).astype(np.uint32)
    text = plain.tobytes().decode("utf-32-le", "surrogatepass")
    hits = AhoCorasick([word.lower() for word in words]).find_matches_as_indexes(text, overlapping=True)
    at = np.fromiter((start for _, start, _ in hits), np.int64, len(hits))
    at = np.append(at, spacing.inside_words(points))  # in 郭 家 麒 none is seen
    found = np.zeros(len(begins), bool)
    found[np.searchsorted(begins, at, side="right") - 1] = True
    return found


def _vocabulary(tokens: Tokens, more: list[str], term: Ints) -> tuple[Any, Any]:
    """Return the vocabulary in order of first occurrence, and the numbers in it."""
    types = [*tokens.types.tolist(), *more]
    number: dict[str, int] = {}
    same = np.fromiter((number.setdefault(word, len(number)) for word in types), np.int64, len(types))
    names = np.array(list(number), dtype=object)
    used, place = by_first_use(same[term], len(names))
    return names[used], place

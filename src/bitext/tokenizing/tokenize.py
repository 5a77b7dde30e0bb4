"""Corpus to Tokens: batches of articles through one tokenizer, merged in order."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any, overload

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.checked import checked
from bitext.copies.credits import pieces_of_credit
from bitext.corpus.corpus import Corpus
from bitext.corpus.drawn import drawn
from bitext.corpus.scan import Scan
from bitext.engines.pool import run
from bitext.errors import BitextError, TableError
from bitext.record import fingerprint, run_record
from bitext.text.chinese import cutter as chinese
from bitext.text.tokenizer import TokenBatch, Tokenizer, tokenize_batch
from bitext.tokenizing.dictionary import Dictionary, WithLearnt, entries_of, is_jiebas, resolve
from bitext.tokenizing.recut import recut
from bitext.tokens.tokens import Tokens

#: Characters in a batch: the unit of work of a process.
BATCH = 1_000_000
#: Articles that new words are learnt from at most: their evidence grows with the text, their number hardly.
LEARNT = 20_000
#: Rows of a table of articles looked at together.
_ROWS = 200


@overload
def tokenize(corpus: Corpus, **settings: Any) -> Tokens: ...


@overload
def tokenize(corpus: Scan, **settings: Any) -> Scan: ...


@checked  # type: ignore[misc]  # the overloads do not repeat the names of the settings
def tokenize(
    corpus: Corpus | Scan,
    *,
    field: str = "text",
    dictionary: Dictionary = "default",
    words: Dictionary = (),
    hmm: bool = True,
    segmenter: str | None = None,
    conversion: str | None = "t2s",
    contractions: str = "whole",
    learn: bool = False,
    workers: int | None = None,
) -> Tokens | Scan:
    """Divide every article into words, numbers and marks, with their places in the text.

    Args:
        corpus: the articles. For a `Scan` the settings are noted, and used when it is read.
        field: which text: "text" (the body), "title", or another column of text of `corpus.articles`.
        dictionary: "default" (jieba's dictionary and bitext's names; figures in characters are whole:
            三点六五), "jieba" (jieba's alone), or more words beside the default: a file in jieba's format, a
            list of words or (word, frequency) pairs, or a DataFrame with a column `word` and, if wanted,
            `frequency`. Bad lines are warned of and recorded under
            `run["parameters"]["dictionary_problems"]`.
        words: still more words, in any of these forms. Frequency 0 forbids a word, which is then cut into its
            parts: ("中国政府", 0) gives 中国 and 政府.
        hmm: let the segmenter guess words that are in no dictionary.
        segmenter: what cuts Chinese: "native" (jieba's algorithm in C), "rjieba" or "jieba"; by default the
            first that is installed. All give the same words, but for ties that rjieba rounds.
        conversion: "t2s", "tw2s" or "hk2s": how traditional characters are simplified in the vocabulary;
            None leaves them (and cuts traditional text badly). The text itself never changes.
        contractions: "whole" keeps don't and China's as one token, "split" makes two of each.
        learn: first look for words that these articles have and the dictionary lacks (`bitext.new_words`),
            and know them, too; the run record lists them. Of a `Scan` that is a pass over all articles, now.
            Of more than 20,000 articles a sample of so many is looked at. False by default, since with it the
            words of an article depend on the others beside it; `bitext.compare` and the commands learn.
        workers: processes, 1 where nothing is said; the result is the same, to the byte, for any number.
            For a `Scan`, those that read it.

    Returns:
        The tokens, see `bitext.Tokens`; for a `Scan`, the `Scan` with these settings.

    Raises:
        TableError: the corpus has no column *field*, or it holds something else than text.

    Examples:
        >>> import pandas as pd
        >>> from bitext.corpus.corpus import Corpus
        >>> columns = ["article", "outlet", "lang", "script", "date", "title", "author", "editor", "caption",
        ...            "url", "text", "file"]
        >>> articles = pd.DataFrame([[""] * 10 + ["歐盟批准Chips Act。", ""]], columns=columns)
        >>> tokenize(Corpus(articles)).to_frame()[["term", "surface", "start", "end"]]
            term surface  start  end
        0     欧盟      歐盟      0    2
        1     批准      批准      2    4
        2  chips   Chips      4    9
        3    act     Act     10   13
        4      。       。     13   14
    """
    if isinstance(corpus, Scan):
        # What cannot be read or is not accepted is the caller's business, now.
        entries, _ = resolve(dictionary, words)
        Tokenizer(entries, hmm=hmm, segmenter=segmenter, conversion=conversion, contractions=contractions)
        settings = {"dictionary": dictionary, "words": words, "hmm": hmm, "segmenter": segmenter}
        settings |= {"field": field, "conversion": conversion, "contractions": contractions}
        plain = replace(corpus.on(workers=workers), tokenizing=settings, counting=None)
        if not learn:
            return plain
        settings |= {"words": WithLearnt(words, _learnt(plain))}
        return replace(plain, tokenizing=settings)
    if learn:
        same: dict[str, Any] = {"dictionary": dictionary, "hmm": hmm, "segmenter": segmenter, "field": field}
        same |= {"conversion": conversion, "contractions": contractions, "workers": workers}
        share = LEARNT / max(len(corpus), 1)
        known: Tokens = tokenize(corpus, words=words, **same)
        found = _learnt(known if share >= 1 else known.select(drawn(corpus.articles["article"], share)))
        return knowing(known, found, dictionary, words)
    texts = _texts(corpus.articles, field)
    entries, problems = resolve(dictionary, words)
    # What is merged here costs by the types of each batch: two workers wait less for fewer, larger ones.
    size = BATCH * min(workers or 1, 2)
    tokenizer = Tokenizer(
        words=entries,
        hmm=hmm,
        segmenter=segmenter,
        conversion=conversion,
        contractions=contractions,
        figures=not is_jiebas(dictionary),
    )
    merged = merge(
        run(partial(tokenize_batch, tokenizer), divide(texts, size), 1 if workers is None else workers)
    )
    record = run_record(
        "tokenize",
        field=field,
        dictionary=dictionary if isinstance(dictionary, str) else type(dictionary).__name__,
        entries=len(entries),
        entries_hash=_hash(entries),
        dictionary_problems=list(problems),
        hmm=hmm,
        segmenter=segmenter or chinese.default_segmenter(),
        conversion=conversion,
        contractions=contractions,
        **({"learnt": words.learnt} if isinstance(words, WithLearnt) else {}),
    )
    types = np.array(merged.types, dtype=object)
    return Tokens(
        corpus.articles,
        types,
        *merged[1:],
        run=record,
        field=field,
        tokenizer=tokenizer,
        first=corpus.first,
        removed=pieces_of_credit(corpus.removed),
    )


def knowing(tokens: Tokens, found: list[chinese.Entry], dictionary: Dictionary, words: Dictionary) -> Tokens:
    """Return *tokens*, cut with *dictionary* and *words*, as they are if the words *found* are known, too."""
    learnt = [word for word, _ in found]
    if not found:
        return replace(
            tokens, run={**tokens.run, "parameters": {**tokens.run["parameters"], "learnt": learnt}}
        )
    entries, _ = resolve(dictionary, [*entries_of(words), *found])
    noted = {"entries": len(entries), "entries_hash": _hash(entries), "learnt": learnt}
    cut = recut(tokens, learnt, replace(tokens.tokenizer, words=entries))
    return replace(cut, run={**tokens.run, "parameters": {**tokens.run["parameters"], **noted}})


def tokenize_column(tokens: Tokens, column: str) -> Tokens:
    """Return the tokens of another *column* of the same articles, cut as *tokens* are: with their words."""
    merged = merge(run(partial(tokenize_batch, tokens.tokenizer), divide(_texts(tokens.articles, column)), 1))
    arrays: dict[str, Any] = merged._asdict() | {"types": np.array(merged.types, dtype=object)}
    record = {**tokens.run, "parameters": {**tokens.run.get("parameters", {}), "field": column}}
    return replace(tokens, **arrays, run=record, field=column)


def _learnt(source: Tokens | Scan) -> list[chinese.Entry]:
    """Return the words that the articles have and the dictionary lacks."""
    from bitext.words.new_words import entries, new_words

    return entries(new_words(source, max_articles=LEARNT))


@lru_cache(maxsize=8)
def _hash(entries: tuple[chinese.Entry, ...]) -> str:
    return fingerprint(f"{word} {count}" for word, count in entries)


def _texts(articles: pd.DataFrame, field: str) -> Iterator[str]:
    """Yield the texts, some at a time: pandas may hold them in another form, and a list would copy all."""
    if field not in articles.columns:
        raise TableError.unknown("field", field, articles.columns)
    for start in range(0, len(articles), _ROWS):
        for row, text in enumerate(articles[field].iloc[start : start + _ROWS].tolist(), start):
            if not isinstance(text, str):
                article = articles["article"].iloc[row]
                raise TableError(f"article {article!r}: {field} must be text (str), not {text!r}")
            yield text


def divide(texts: Iterable[str], size: int = BATCH) -> Iterator[list[str]]:
    """Divide *texts* into batches of about *size* characters, in order; no text is divided.

    Examples:
        >>> list(divide(["abc", "d", "ef", "g"], size=3))
        [['abc'], ['d', 'ef'], ['g']]
    """
    if size < 1:
        raise BitextError(f"size must be at least 1, not {size}")
    batch: list[str] = []
    held = 0
    for text in texts:
        batch.append(text)
        held += len(text)
        if held >= size:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def merge(batches: Iterable[TokenBatch]) -> TokenBatch:
    """Join batches in order; the vocabulary comes out the same wherever the articles were divided.

    Examples:
        >>> tokenizer = Tokenizer()
        >>> merge([tokenizer.batch(["a b"]), tokenizer.batch(["b c"])]).types
        ['a', 'b', 'c']
    """
    numbers: dict[str, int] = {}
    columns: list[_Column] = []
    total = 0
    for batch in batches:
        fresh = [word for word in batch.types if word not in numbers]
        numbers.update(zip(fresh, range(len(numbers), len(numbers) + len(fresh)), strict=True))
        renumber = np.fromiter(map(numbers.__getitem__, batch.types), np.int32, len(batch.types))
        bounds = batch.bounds[1:] if columns else batch.bounds
        batch = batch._replace(term=renumber[batch.term], bounds=bounds + total)
        columns = columns or [_Column(values.dtype) for values in batch[1:]]
        for column, values in zip(columns, batch[1:], strict=True):
            column.add(np.asarray(values))
        total += len(batch.term)
    if not columns:
        return Tokenizer().batch([])
    return TokenBatch(list(numbers), *(column.whole() for column in columns))


class _Column:
    """An array that grows in place: parts to be joined at the end would be held twice."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self._values = np.empty(0, dtype=dtype)
        self._used = 0

    def add(self, values: npt.NDArray[Any]) -> None:
        end = self._used + len(values)
        if end > len(self._values):
            self._values.resize(max(end, len(self._values) * 9 // 8), refcheck=False)
        self._values[self._used : end] = values
        self._used = end

    def whole(self) -> npt.NDArray[Any]:
        self._values.resize(self._used, refcheck=False)
        return self._values

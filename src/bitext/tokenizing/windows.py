"""Some articles at a time, in any order, from texts that lie in files → what is made of their tokens."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple, TypeVar

import pandas as pd

from bitext.arrays import Ints
from bitext.corpus.corpus import Corpus
from bitext.corpus.kept_texts import KeptTexts, Piece, texts
from bitext.engines.engine import Engine
from bitext.engines.memory import give_back
from bitext.tokenizing.over_batches import no_collection
from bitext.tokenizing.tokenize import tokenize
from bitext.tokens.tokens import Tokens

B = TypeVar("B")
D = TypeVar("D")


class _Window(NamedTuple):
    """Articles without their texts, where those stand, and what is asked of them."""

    articles: pd.DataFrame
    pieces: list[Piece]
    more: Any


def over_windows(
    engine: Engine,
    articles: pd.DataFrame,
    kept: KeptTexts,
    parts: Iterable[tuple[Ints, D]],
    function: Callable[[Tokens, D], B],
    settings: Mapping[str, Any],
) -> Iterator[B]:
    """Yield ``function(tokens, more)`` for each of *parts*, in order.

    Args:
        engine: where that is done: on this machine, as its workers read the texts.
        articles: the table of all articles, without texts.
        kept: their texts.
        parts: rows of *articles*, and what else the function is given.
        function: what is made of the tokens of these articles; picklable.
        settings: of `bitext.tokenize`.
    """
    windows = (
        _Window(articles.iloc[rows].reset_index(drop=True), kept.pieces(rows), more) for rows, more in parts
    )
    yield from engine.map(partial(_in_window, settings, function), windows)


def _in_window(settings: Mapping[str, Any], function: Callable[[Tokens, Any], B], window: _Window) -> B:
    articles = window.articles.assign(text=texts(window.pieces))
    with no_collection():
        result = function(tokenize(Corpus(articles), **settings), window.more)
    give_back()
    return result

"""The one runner of features: a `Reduction` over tokens, all at once or over the batches of a `Scan`.

What has rows per article carries `Tokens.places` and is sorted by it; sums are whole numbers.
"""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any, Protocol, TypeVar

from bitext.corpus.corpus import Corpus
from bitext.corpus.drawn import drawn
from bitext.corpus.scan import Progress, Scan
from bitext.engines.reduction import Reduction
from bitext.errors import ScanError
from bitext.tokenizing.tokenize import tokenize
from bitext.tokens.tokens import Tokens


class HasRun(Protocol):
    """A partial result that carries the run record of the tokens which it was taken from."""

    @property
    def run(self) -> Mapping[str, Any]:
        """The run record."""


B = TypeVar("B", bound=HasRun | dict[str, Any])
C = TypeVar("C")


def reduced(
    source: Tokens | Scan,
    reduction: Reduction[Tokens, B, C],
    progress: Progress | None = None,
    share: float = 1.0,
) -> tuple[C, dict[str, Any]]:
    """Return the result of *reduction* over all articles, and the run record of what came before it.

    With *share* below 1 it is taken over about so many of them, see `bitext.corpus.drawn`. Several that are
    taken `together` are of the same tokens: the record of the first is that of all.
    """
    both = reduction.ending(partial(_with_run, reduction.finalize))
    if not isinstance(source, Scan):
        if share < 1:
            source = source.select(drawn(source.articles["article"], share))
        with no_collection():
            part = both.chunk(source)
        result, run = both.finalize(part)
        return result, dict(run)
    if source.counting is not None:
        raise ScanError("this Scan is counted (bitext.count made it); this step takes bitext.tokenize(scan)")
    chunk = partial(_of_batch, dict(source.tokenizing), both.chunk, share)
    task = Reduction(chunk, both.aggregate, both.finalize)
    result, run = source.reduce(task, progress=progress)
    return result, {**run, "before": dict(source.run)}


def _with_run(finalize: Callable[[B], C], part: B) -> tuple[C, Mapping[str, Any]]:
    one: HasRun = next(iter(part.values())) if isinstance(part, dict) else part
    run = one.run
    return finalize(part), run


def _of_batch(tokenizing: Mapping[str, Any], chunk: Callable[[Tokens], B], share: float, corpus: Corpus) -> B:
    if share < 1:
        corpus = corpus.select(drawn(corpus.articles["article"], share))
    with no_collection():
        return chunk(tokenize(corpus, **tokenizing))


@contextmanager
def no_collection() -> Iterator[None]:
    """Pause the collector of cycles, where many small objects are made and dropped that hold no cycle.

    They make it run often, and are gone, most of them, when it runs again.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()

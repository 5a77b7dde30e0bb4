"""Features over the batches of a `Scan`.

A feature that accepts a `Scan` is three functions of its module, which the in-memory call uses, too:

- ``job(tokens, settings ...)`` → the partial result of one batch (or of everything): pure and picklable;
- ``merge(partials)`` → one partial result: associative, commutative and exact, so that no result depends on
  how the articles were divided and in which order the batches came;
- ``finish(partial, settings ...)`` → the table.

What has rows per article carries `Tokens.places` and is sorted by it; sums are whole numbers.
"""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from bitext.corpus.corpus import Corpus
from bitext.corpus.scan import Progress, Scan
from bitext.tokenizing.tokenize import tokenize
from bitext.tokens.tokens import Tokens

B = TypeVar("B")


def collected(
    source: Tokens | Scan,
    job: Callable[[Tokens], B],
    merge: Callable[[Sequence[B]], B],
    progress: Progress | None = None,
) -> B:
    """Return ``job(tokens)``: of the tokens given, or merged over the batches of a `Scan`."""
    if isinstance(source, Scan):
        return source.fold(partial(_of_batch, dict(source.tokenizing), job), merge, progress=progress)
    with no_collection():
        return job(source)


def origin(source: Tokens | Scan, run: Mapping[str, Any]) -> dict[str, Any]:
    """Return the run record before a step, *run* being that of the tokens which the step saw."""
    return {**run, "before": dict(source.run)} if isinstance(source, Scan) else dict(run)


def _of_batch(tokenizing: Mapping[str, Any], job: Callable[[Tokens], B], corpus: Corpus) -> B:
    with no_collection():
        return job(tokenize(corpus, **tokenizing))


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

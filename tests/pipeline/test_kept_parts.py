"""What has rows for every article waits in files, and adds up as it does in memory."""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

import pytest

from bitext.engines.reduction import Reduction, add_up, by_place, together
from bitext.pipeline.kept_parts import KeptParts, Parts, gathered


class _Tokens(NamedTuple):
    first: int


class _Batch(NamedTuple):
    tokens: _Tokens
    words: list[str]


def _placed(batch: _Batch) -> dict[int, list[str]]:
    return {batch.tokens.first: batch.words}


def _first(batch: _Batch) -> int:
    return batch.tokens.first


def _number(batch: _Batch) -> int:
    return len(batch.words)


BATCHES = [_Batch(_Tokens(3 * n), [f"a{n}", "甲", "\ud83d"]) for n in range(40)]
REDUCTIONS: dict[str, Reduction[_Batch, Any, Any]] = {
    "rows": Reduction(_placed, by_place),
    "number": Reduction(_number, sum),
}


def _through(batches: list[_Batch], reductions: Mapping[str, Reduction[_Batch, Any, Any]]) -> dict[str, Any]:
    both = together(reductions)
    return add_up(map(both.chunk, batches), both.aggregate) or {}


def _gathered(kept: KeptParts | None, batches: list[_Batch]) -> Parts:
    return gathered(kept, REDUCTIONS, frozenset({"rows"}), partial(_through, batches))


@pytest.mark.parametrize("order", [1, -1])
def test_rows_in_files_are_those_in_memory_in_whatever_order_batches_come(order: int) -> None:
    kept = KeptParts()
    parts, whole = _gathered(kept, BATCHES[::order]), _gathered(None, BATCHES)
    assert len(list(kept.folder.glob("rows-*"))) == len(BATCHES)
    assert parts["number"]() == whole["number"]() == 120
    assert parts["rows"]() == whole["rows"]()
    assert not list(kept.folder.glob("rows-*"))  # read once, they are gone


def test_a_batch_that_was_done_twice_counts_once() -> None:
    kept = KeptParts()
    kept.filed("rows", REDUCTIONS["rows"], _first).chunk(BATCHES[0])
    assert _gathered(kept, BATCHES)["rows"]() == _gathered(None, BATCHES)["rows"]()

"""Workers give the serial answer in the serial order, and leave nothing behind when they are killed."""

import multiprocessing
import os
import signal
from functools import partial
from pathlib import Path

import pytest

from bitext.engines.pool import WorkerError, run
from bitext.errors import BitextError


def total(batch: list[int]) -> int:
    return sum(batch)


def die_over_seven(batch: list[int]) -> int:
    if 7 in batch:
        os.kill(os.getpid(), signal.SIGKILL)
    return sum(batch)


def die_once(mark: Path, batch: list[int]) -> int:
    if 7 in batch and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return sum(batch)


def refuse(batch: list[int]) -> int:
    raise BitextError(f"cannot sum {batch}")


def stumble(batch: list[int]) -> int:
    return batch[99]


def numbers(size: int) -> list[list[int]]:
    return [[start, start + 1, start + 2] for start in range(0, size, 3)]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_answers_come_in_order(workers: int) -> None:
    assert list(run(total, numbers(60), workers)) == [sum(batch) for batch in numbers(60)]


def test_a_worker_killed_once_costs_nothing(tmp_path: Path) -> None:
    found = list(run(partial(die_once, tmp_path / "mark"), numbers(30), 2))
    assert found == [sum(batch) for batch in numbers(30)]


def test_the_item_that_kills_is_named() -> None:
    with pytest.raises(WorkerError, match=r"a worker died \(exit code -9\) over 7, twice"):
        list(run(die_over_seven, numbers(30), 2))


def test_errors_of_the_function_are_the_callers() -> None:
    with pytest.raises(BitextError, match=r"cannot sum \[0, 1, 2\]"):
        list(run(refuse, numbers(3), 2))
    with pytest.raises(WorkerError, match=r"a worker failed over 0: (?s:.*)IndexError"):
        list(run(stumble, numbers(3), 2))


def test_no_worker_is_left_when_the_caller_stops_early() -> None:
    found = run(total, numbers(3000), 2)
    next(found)
    found.close()
    assert not multiprocessing.active_children()


def echo(batch: list[bytes]) -> list[bytes]:
    return batch


def test_batches_and_answers_larger_than_a_pipe_do_not_block_each_other() -> None:
    batches = [[bytes(1_000_000)] for _ in range(12)]
    assert sum(len(answer[0]) for answer in run(echo, batches, 2)) == 12_000_000


def test_no_batches_no_answers() -> None:
    assert list(run(total, [], 2)) == []


def test_workers_below_one_are_refused() -> None:
    with pytest.raises(BitextError, match="workers must be at least 1, not 0"):
        list(run(total, [[1]], 0))

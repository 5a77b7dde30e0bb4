"""Workers give the serial answer in the serial order, and leave nothing behind when they are killed."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from bitext.engines import pool
from bitext.engines.pool import WorkerError, borrowed, release, run
from bitext.errors import BitextError
from tests.engines.processes import descendants, left, linux


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    release()
    yield
    release()


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


def who(batch: list[int]) -> int:
    return os.getpid()


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
        list(run(refuse, numbers(6), 2))
    with pytest.raises(WorkerError, match=r"a worker failed over 0: (?s:.*)IndexError"):
        list(run(stumble, numbers(6), 2))


def test_what_cannot_be_sent_back_is_an_error() -> None:
    with pytest.raises(WorkerError, match=r"a worker failed over 0: (?s:.*)lambda"):
        list(run(give_a_function, numbers(6), 2))


def give_a_function(batch: list[int]) -> object:
    return lambda: batch


@linux
def test_no_worker_is_left_when_the_caller_stops_early() -> None:
    found = run(total, numbers(3000), 2)
    next(found)
    workers = descendants()
    found.close()
    assert len(workers) == 2
    assert not left(workers)


def echo(batch: list[bytes]) -> list[bytes]:
    return batch


def test_batches_and_answers_larger_than_a_pipe_do_not_block_each_other() -> None:
    batches = [[bytes(1_000_000)] for _ in range(12)]
    assert sum(len(answer[0]) for answer in run(echo, batches, 2)) == 12_000_000


def double(batch: np.ndarray) -> np.ndarray:
    return batch * 2


def test_arrays_come_back_whole_and_can_be_written() -> None:
    batches = [np.arange(size, dtype=np.int64) for size in (0, 5, 3000, 1_000_000)]
    for batch, answer in zip(batches, run(double, batches, 2), strict=True):
        assert np.array_equal(answer, batch * 2)
        answer[:] = 0


def chatter(batch: list[int]) -> int:
    print("what a function prints goes to the messages", flush=True)
    return sum(batch)


def test_what_a_function_prints_is_no_answer(capfd: pytest.CaptureFixture[str]) -> None:
    assert list(run(chatter, numbers(6), 2)) == [3, 12]
    out, err = capfd.readouterr()
    assert (out, err.count("what a function prints")) == ("", 2)


def test_workers_stay_for_the_next_call_until_they_are_released() -> None:
    first = set(run(who, numbers(60), 2))
    assert set(run(total, numbers(60), 2)) == {sum(batch) for batch in numbers(60)}
    assert set(run(who, numbers(60), 2)) <= first
    release()
    assert not set(run(who, numbers(60), 2)) & first


def test_no_more_workers_than_asked_for() -> None:
    assert len(set(run(who, numbers(300), 3))) <= 3
    assert len(set(run(who, numbers(300), 2))) <= 2


def where(batch: list[int]) -> tuple[str, str]:
    return os.getcwd(), os.environ.get("BITEXT_TEST", "")  # noqa: PTH109


def test_workers_that_stayed_see_the_folder_and_the_environment_of_the_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(run(where, numbers(6), 2))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BITEXT_TEST", "here")
    assert set(run(where, numbers(6), 2)) == {(str(tmp_path.resolve()), "here")}


def test_a_worker_that_ended_while_it_had_nothing_to_do_is_replaced() -> None:
    with borrowed(2) as pool:
        assert list(pool.run(total, numbers(30))) == [sum(batch) for batch in numbers(30)]
        for pid in pool.pids:
            os.kill(pid, signal.SIGTERM)
        assert not left(pool.pids)
        assert list(pool.run(total, numbers(30))) == [sum(batch) for batch in numbers(30)]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork")
def test_a_forked_process_has_workers_of_its_own() -> None:
    ours = set(run(who, numbers(30), 2))
    child = os.fork()
    if child == 0:
        try:
            os._exit(len(set(run(who, numbers(30), 2)) & ours))
        finally:
            os._exit(99)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert set(run(who, numbers(30), 2)) <= ours


def test_one_batch_needs_no_worker() -> None:
    assert list(run(who, numbers(3), 2)) == [os.getpid()]


def test_no_batches_no_answers() -> None:
    assert list(run(total, [], 2)) == []


def test_workers_below_one_are_refused() -> None:
    with pytest.raises(BitextError, match="workers must be at least 1, not 0"):
        list(run(total, [[1]], 0))


def script(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    path = folder / "job.py"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return subprocess.run([sys.executable, str(path)], capture_output=True, text=True, check=False)


def test_a_script_is_not_run_again_by_its_workers(tmp_path: Path) -> None:
    done = script(
        tmp_path,
        """
        from bitext.engines.pool import run
        print("top")
        print(list(run(len, ["ab", "c", "def"], 2)))
        """,
    )
    assert done.stdout.split("\n", 1) == ["top", "[2, 1, 3]\n"], done.stderr


def test_functions_of_a_script_work_under_the_usual_guard(tmp_path: Path) -> None:
    text = """
        from bitext.engines.pool import run
        def twice(batch):
            return 2 * batch
        {}
            print(list(run(twice, [1, 2, 3], 2)))
        """
    guarded = script(tmp_path, text.format('if __name__ == "__main__":'))
    assert guarded.stdout == "[2, 4, 6]\n", guarded.stderr
    bare = script(tmp_path, text.format("if True:"))
    assert bare.returncode == 1
    assert "if __name__ == '__main__'" in bare.stderr


@linux
@pytest.mark.parametrize("busy", [False, True])
def test_workers_end_when_their_caller_is_killed(tmp_path: Path, busy: bool) -> None:
    path = tmp_path / "job.py"
    path.write_text(
        "import time\nfrom bitext.engines.pool import run\n"
        "found = run(time.sleep, [0, 0, 600, 600], 2)\nnext(found), next(found)\n"
        f"if not {busy}: found.close(); list(run(time.sleep, [0] * 4, 2))\n"
        "print('now', flush=True)\ntime.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, str(path)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "now\n"
        workers = descendants(process.pid)
        process.kill()
    assert len(workers) == 2
    assert not left(workers, seconds=10)


@linux
def test_a_worker_that_holds_much_makes_room_for_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with borrowed(2) as first:
        before = set(first.run(who, numbers(60)))
        assert set(first.run(who, numbers(60))) <= set(first.pids) == before | set(first.pids)
        monkeypatch.setattr(pool, "_HELD", 1_000_000)
        after = set(first.run(who, numbers(60)))
        assert not after & before
        assert not left(before)
    monkeypatch.setattr(pool, "HELD_IDLE", 1_000_000)
    with borrowed(2) as again:
        list(again.run(who, numbers(60)))
    assert not left(again.pids)
    assert not descendants()

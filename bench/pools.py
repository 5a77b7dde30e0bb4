"""Our pool of processes beside loky (joblib's): the five lines by which either would replace the other.

Run: python -m bench.pools. Each line is measured in a fresh process.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

WORKERS = 2


def total(batch: list[int]) -> int:
    """Add up, with the modules loaded that real work loads."""
    import pandas as pd

    return int(pd.Series(batch).sum())


def die_over_seven(mark: Path | None, batch: list[int]) -> int:
    """Die over a certain number; with a *mark*, once only."""
    if 7 in batch and not (mark and mark.exists()):
        if mark:
            mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return sum(batch)


def twice(array: np.ndarray) -> np.ndarray:
    """Return an array as large as the one given."""
    return array * 2


def rest(seconds: float) -> float:
    """Sleep."""
    time.sleep(seconds)
    return seconds


def mapped(pool: str, function: Any, batches: list[Any]) -> list[Any]:
    """Return the results of *function* by the pool of this name."""
    if pool == "ours":
        from bitext.engines.pool import run

        return list(run(function, batches, WORKERS))
    from joblib.externals.loky import get_reusable_executor

    return list(get_reusable_executor(max_workers=WORKERS, timeout=60).map(function, batches))


def start(pool: str) -> dict[str, float]:
    """Time the first call and the second."""
    found = {}
    for name in ("cold s", "warm s"):
        begin = time.perf_counter()
        assert mapped(pool, total, [[1, 2], [3], [4]]) == [3, 3, 4]
        found[name] = time.perf_counter() - begin
    return found


def killed(pool: str) -> dict[str, Any]:
    """Count the results of 20 batches where a worker is killed once; is a batch that always kills named?"""
    batches = [[i, i] for i in range(20)]
    with tempfile.TemporaryDirectory() as folder:
        try:
            came = len(mapped(pool, partial(die_over_seven, Path(folder, "mark")), batches))
        except Exception:
            came = 0
    try:
        mapped(pool, partial(die_over_seven, None), batches)
    except Exception as error:
        named = "over 7" in str(error)
    return {"killed once: results of 20": came, "killed always: the item is named": named}


def arrays(pool: str) -> dict[str, float]:
    """Time an array of 200 MB to a worker and back, in four batches, warm; and the memory of the caller."""
    import resource

    batches = [np.ones(50_000_000 // 8) for _ in range(4)]
    mapped(pool, twice, [batch[:10] for batch in batches])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin = time.perf_counter()
    found = mapped(pool, twice, batches)
    seconds = time.perf_counter() - begin
    assert all(array[0] == 2 for array in found)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e3
    return {"200 MB there and back, s": seconds, "memory beyond the 200 MB that came back, MB": grown - 200}


def interrupted(pool: str) -> dict[str, Any]:
    """Count the processes that are left two seconds after Ctrl-C."""
    from tests.engines.processes import descendants, left

    code = f"from bench import pools; pools.mapped({pool!r}, pools.rest, [30.0] * 4)"
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, start_new_session=True)
    time.sleep(4)
    pids = descendants(process.pid)
    begin = time.perf_counter()
    os.killpg(process.pid, signal.SIGINT)  # the terminal sends it to the whole group
    try:
        process.wait(timeout=40)
    except subprocess.TimeoutExpired:
        process.kill()
    seconds = time.perf_counter() - begin
    errors = process.stderr.read().decode() if process.stderr else ""
    return {
        "s until it ended": seconds,
        "processes left": len(left(pids, 2)),
        "tracebacks": errors.count("Traceback"),
    }


def main() -> None:
    """Measure both pools, each line three times but the kills; print a table."""
    lines = {"start": 3, "killed": 1, "interrupted": 1, "arrays": 3}
    print("| line | figure | ours | loky |\n| --- | --- | --- | --- |")
    for line, times in lines.items():
        found = {}
        for pool in ("ours", "loky"):
            code = f"import json; from bench import pools; print(json.dumps(pools.{line}({pool!r})))"
            runs = []
            for _ in range(times):
                done = subprocess.run(
                    [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True
                )
                runs.append(json.loads(done.stdout))
            found[pool] = sorted(runs, key=lambda run: str(next(iter(run.values()))))[times // 2]
        for figure in found["ours"]:
            cells = [
                f"{value:.2f}" if isinstance(value := found[pool][figure], float) else str(value)
                for pool in ("ours", "loky")
            ]
            print(f"| {line} | {figure} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()

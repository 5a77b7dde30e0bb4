"""Engines: whatever the engine, the same answer."""

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.engines import engine as engines
from bitext.engines.reduction import FAN_IN, Reduction, add_up
from bitext.errors import BitextError
from tests.reading.articles import articles, write


def double(batch: int) -> list[int]:
    return [2 * batch]


def join(parts: list[list[int]]) -> list[int]:
    return sorted(number for part in parts for number in part)


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 65, 200])
def test_add_up_merges_every_result_once(size: int) -> None:
    found = add_up(([i] for i in range(size)), join)
    assert (found or []) == list(range(size))


def test_results_are_merged_as_they_come_and_few_are_held() -> None:
    widths = []

    def merge(parts: list[list[int]]) -> list[int]:
        widths.append(len(parts))
        return join(parts)

    add_up(([i] for i in range(1000)), merge)
    assert max(widths) <= 4 * FAN_IN


@pytest.mark.parametrize(("engine", "workers"), [("serial", 1), ("processes", 2), (None, 2)])
def test_engines_agree(engine: str | None, workers: int) -> None:
    with engines.start(engine, workers) as running:
        told = []
        task = Reduction(double, join)
        found = running.reduce(task, range(20), lambda number, _: told.append(number))
        assert found == list(range(0, 40, 2))
        assert told == list(range(20))
        assert list(running.map(double, range(3))) == [[0], [2], [4]]


def test_unknown_engines_are_named() -> None:
    with pytest.raises(BitextError, match="unknown engine 'ray'"):
        engines.start("ray")
    with pytest.raises(BitextError, match="workers must be at least 1, not 0"):
        engines.start("serial", 0)
    pytest.importorskip("distributed")
    with pytest.raises(BitextError, match="not 3"):
        engines.start(3)


def test_dask_in_threads_gives_the_same(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    path = write(articles(30), tmp_path / "a.jsonl")
    options = {"n_workers": 1, "threads_per_worker": 2, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        scan = bitext.scan(path, size=2000, engine=client)
        found = bitext.count(scan).group()
        copies = bitext.duplicates(scan, exact=False)
    assert all(place.file for place in scan._places())  # on one machine, batches are parsed once
    pd.testing.assert_frame_equal(copies, bitext.duplicates(bitext.read(path), exact=False))
    assert found == bitext.count(bitext.scan(path)).group()


CLUSTER = """
import sys
from pathlib import Path
import bitext
from tests.reading.articles import articles, write

if __name__ == "__main__":
    from distributed import Client, LocalCluster

    rows = articles(80)
    for row in rows[::3]:
        row["text"] += "\\n行业巨头阿斯麦（ASML）表示。"
    path = write(rows + rows[:9], Path(sys.argv[1]) / "a.parquet")
    expected = bitext.count(bitext.scan(path)).group()
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        with Client(cluster) as client:
            assert bitext.count(bitext.scan(path, size=1000, engine=client)).group() == expected
            assert bitext.count(bitext.scan(path, size=3000, engine="dask")).group() == expected
            bitext.keywords(bitext.scan(path, engine=client).select(lang="zh"))
            scan = bitext.scan(f"file://{path}", size=1000, engine=client)
            corpus = bitext.read(path)
            assert bitext.duplicates(scan, exact=False).equals(bitext.duplicates(corpus, exact=False))
            assert bitext.glossary(scan).equals(bitext.glossary(bitext.tokenize(corpus)))
            weighted = bitext.count(bitext.scan(path), copies="weight").group()
            assert bitext.count(scan, copies="weight").group() == weighted
    assert bitext.count(bitext.scan(path, size=2000, engine="dask", workers=2)).group() == expected
    print("equal")
"""


@pytest.mark.slow
def test_a_local_cluster_gives_the_same(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    pytest.importorskip("pyarrow")
    script = tmp_path / "job.py"
    script.write_text(CLUSTER, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert done.stdout.strip().endswith("equal"), done.stderr[-3000:]

"""Files of the cache: plain data of bitext come back as they were; nothing else is read, and nothing runs."""

import os
import pickle
import random
import time
from collections import Counter
from datetime import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

import bitext
from bitext.arrays import Ints
from bitext.corpus import scan as scans
from bitext.engines import scratch, store
from bitext.engines.plain import StrangeError, ValueEncoder, decode
from bitext.names.choices import Cell
from bitext.reading.problems import Problem
from tests.reading.articles import articles, write

CELL = Cell(("A",), "text", "all", "china", "country")


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        -0.0,
        float("inf"),
        2**80,
        "half a character: \ud83d",
        b"\0\xff",
        [1, "a", None, 2.5],
        [],
        (),
        [(1, "a"), (2, "b")],
        [(1, (2, 3)), ()],
        [("a", 1), ("b", 2, 3)],
        [(), ()],
        {"a": {1: (2, 3)}, (1, "b"): [None]},
        Counter({("a", 1): 3}),
        frozenset({"b", "a"}),
        {1, 2},
        slice(1, None),
        range(3),
        datetime(2024, 5, 1, 10, 30),
        [datetime(2024, 5, 1), None],
        [Problem("a", "broken", "b"), Problem("c", "empty", "d")],
        {CELL: (1, 2, 3)},
    ],
)  # fmt: skip
def test_plain_values_come_back(value: object, tmp_path: Path) -> None:
    store.write(tmp_path / "a", value)
    found = store.read(tmp_path / "a")
    assert found == value
    assert type(found) is type(value)
    if isinstance(value, list) and value:
        assert [type(item) for item in found] == [type(item) for item in value]


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6, dtype=np.int32).reshape(2, 3),
        np.array([], np.float64),
        np.array(["2024-05-01", "NaT"], "datetime64[s]"),
        np.array([np.nan, 1.5]),
        np.array(["a", None, ("b", 1)], dtype=object),
        np.array([True, False]),
    ],
)
def test_arrays_come_back(array: Ints) -> None:
    encoder = ValueEncoder()
    found = decode(encoder.encode(array), encoder.arrays)
    assert found.dtype == array.dtype
    np.testing.assert_array_equal(found, array)


def test_tables_and_matrices_come_back(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "n": np.array([1, 2], np.int16),
            "name": ["a", None],
            "date": pd.to_datetime(["2024-05-01", None]).astype("datetime64[s]"),
            "mixed": pd.Series([1, "x"], dtype=object),
        },
        index=[5, 7],
    )
    matrix = sparse.csr_array(np.array([[0, 1], [2, 0]], np.int32))
    store.write(tmp_path / "a", {"frame": frame, "matrix": matrix})
    found = store.read(tmp_path / "a")
    pd.testing.assert_frame_equal(found["frame"], frame)
    assert (found["matrix"] != matrix).nnz == 0
    assert found["matrix"].dtype == np.int32


class Odd:
    pass


def test_what_is_no_plain_data_is_refused_in_writing_and_in_reading(tmp_path: Path) -> None:
    with pytest.raises(bitext.BitextError, match="Odd, which no file of bitext does"):
        store.write(tmp_path / "a", Odd())
    for name in ("os:system", "bitext.engines.pool:release", "bitext.engines.store:os", "bitext.x:Y"):
        with pytest.raises((StrangeError, ImportError)):
            decode({"t": name, "f": [], "v": []}, [])
    assert not list(tmp_path.iterdir())


def test_a_pickle_is_no_file_of_the_cache(tmp_path: Path) -> None:
    class Runs:
        def __reduce__(self) -> tuple[object, tuple[str, ...]]:
            return os.system, (f"touch {tmp_path}/ran",)

    try:
        data = pickle.dumps(Runs())
    except (AttributeError, pickle.PicklingError):
        data = b""
    (tmp_path / "a").write_bytes(data)
    with pytest.raises(store.DamagedError):
        store.read(tmp_path / "a")
    assert not (tmp_path / "ran").exists()


def test_a_file_in_another_ones_place_is_refused(tmp_path: Path) -> None:
    store.write(tmp_path / "a", 1)
    (tmp_path / "a").rename(tmp_path / "b")
    with pytest.raises(store.DamagedError, match="was written as 'a'"):
        store.read(tmp_path / "b")


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(articles(60), tmp_path_factory.mktemp("news") / "news.jsonl")


def flipped(path: Path, draw: random.Random) -> bytes:
    """Turn one bit of a file over; return what it held."""
    before = path.read_bytes()
    data = bytearray(before)
    data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    path.write_bytes(data)
    return before


@pytest.mark.skipif(os.name == "nt", reason="files in use cannot be removed there: they are read")
def test_a_mapped_file_gives_the_same_and_can_go_meanwhile(tmp_path: Path) -> None:
    path = tmp_path / "a"
    held = {
        "numbers": np.arange(1001),
        "frame": pd.DataFrame({"a": [1.5, np.nan], "b": ["工厂", None]}),
    }  # a plant
    store.write(path, [held, np.arange(6, dtype=np.int8).reshape(2, 3)])
    found, few = store.read(path, mapped=True)
    path.unlink()
    pd.testing.assert_frame_equal(found["frame"], held["frame"])
    assert np.array_equal(found["numbers"], held["numbers"])
    assert few.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert not found["numbers"].flags.owndata  # it is a part of the file
    assert found["numbers"].flags.aligned
    found["numbers"][0] = 7  # in memory alone


def test_a_mapped_file_that_is_damaged_or_empty_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a"
    store.write(path, np.arange(100))
    flipped(path, random.Random(3))
    for _ in range(2):
        with pytest.raises(store.DamagedError):
            store.read(path, mapped=True)
        path.write_bytes(b"")


@pytest.mark.parametrize("times", [60, pytest.param(1000, marks=pytest.mark.slow)])
def test_every_bit_flip_in_the_cache_is_detected(times: int, tmp_path: Path) -> None:
    draw = random.Random(1)
    path = tmp_path / "a"
    store.write(path, {"texts": ["The plant opened."] * 50, "numbers": np.arange(100)})
    for _ in range(times):
        before = flipped(path, draw)
        with pytest.raises(store.DamagedError):
            store.read(path)
        path.write_bytes(before)


@pytest.mark.parametrize("times", [30, pytest.param(1000, marks=pytest.mark.slow)])
def test_every_bit_flip_in_saved_tokens_is_detected(times: int, tmp_path: Path) -> None:
    draw = random.Random(2)
    frame = pd.DataFrame({"text": ["The plant opened.", "工厂开工。"]})  # A plant begins work.
    bitext.tokenize(bitext.Corpus.from_frame(frame)).save(tmp_path / "saved")
    files = sorted((tmp_path / "saved").iterdir())
    manifest = tmp_path / "saved" / "manifest.json"
    for number in range(times):
        path = manifest if number % 2 else draw.choice(files)
        before = flipped(path, draw)
        with pytest.raises(bitext.BitextError):
            bitext.Tokens.load(tmp_path / "saved")
        path.write_bytes(before)
    bitext.Tokens.load(tmp_path / "saved")


def test_saved_dates_keep_their_unit(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": ["The plant opened."], "date": ["2024-05-01"]})
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
    tokens.save(tmp_path / "saved")
    pd.testing.assert_frame_equal(bitext.Tokens.load(tmp_path / "saved").articles, tokens.articles)


def test_compare_from_a_cache_gives_the_same_tables(news: Path, tmp_path: Path) -> None:
    expected = bitext.compare(bitext.scan(news, size=20_000))
    for _ in range(2):
        found = bitext.compare(bitext.scan(news, cache=tmp_path / "cache", size=20_000))
        for name, table in expected.tables.items():
            pd.testing.assert_frame_equal(found[name], table)


def test_the_cache_keeps_what_was_used_last_and_no_drafts(news: Path, tmp_path: Path) -> None:
    draft = tmp_path / ".killed.part"
    draft.write_bytes(b"x" * 1000)
    os.utime(draft, (time.time() - 9999, time.time() - 9999))
    young = tmp_path / ".young.part"
    young.write_bytes(b"x")
    for number in range(5):
        store.write(tmp_path / f"{number}.bitext", np.zeros(1000))
        os.utime(tmp_path / f"{number}.bitext", (number, 50))
    store.used(tmp_path / "1.bitext")
    (tmp_path / "mine.txt").write_text("not a file of the cache")
    size = (tmp_path / "0.bitext").stat().st_size
    assert store.tidy(tmp_path, "*.bitext", 3 * size, time.time() - 60) == 2 * size + 1000
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".young.part", "1.bitext", "3.bitext", "4.bitext", "mine.txt",
    ]  # fmt: skip


def test_a_small_cache_gives_the_same_numbers(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scans, "CACHE", 1)
    expected = bitext.stance(bitext.scan(news, size=20_000))
    for _ in range(2):
        pd.testing.assert_frame_equal(bitext.stance(bitext.scan(news, cache=tmp_path, size=20_000)), expected)


def test_the_folder_of_a_killed_process_goes_with_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("fcntl")
    monkeypatch.setattr(scratch.tempfile, "tempdir", str(tmp_path))
    left = tmp_path / "bitext-left"
    left.mkdir()
    (left / "in-use").touch()
    (left / "00000001.bitext").write_bytes(b"x")
    mine = tmp_path / "bitext-of-somebody"
    mine.mkdir()

    class Owner:
        pass

    owner, other = Owner(), Owner()
    first, second = scratch.folder(owner), scratch.folder(other)
    assert first.exists()
    assert second.exists()
    assert not left.exists()
    del owner
    assert {path.name for path in tmp_path.iterdir()} == {second.name, mine.name}

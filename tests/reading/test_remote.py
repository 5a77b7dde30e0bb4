"""Addresses instead of paths: the same articles, whatever they are read from, and no credentials anywhere."""

import builtins
import functools
import http.server
import json
import pickle
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import bitext
from bitext.counting.grouped_counts import GroupedCounts
from bitext.engines.reduction import Reduction
from bitext.reading import remote
from tests import CHIPS
from tests.reading.articles import articles, write

fsspec = pytest.importorskip("fsspec")


@pytest.fixture
def memory() -> Iterator[Any]:
    """The file system of this process, empty before and after."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    """Everything is equal but where it was read from."""
    pd.testing.assert_frame_equal(found.drop(columns="file"), expected.drop(columns="file"))


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.jsonl.gz", "a.parquet", "pages"])
def test_every_format_is_read_from_an_address_as_from_a_path(name: str, memory: Any, tmp_path: Path) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    path = write(articles(40), tmp_path / name)
    memory.put(str(path), f"/news/{name}", recursive=True)
    expected = bitext.read(path)
    found = bitext.read(f"memory://news/{name}")
    same(found.articles, expected.articles)
    assert found.articles["file"].str.startswith(f"memory://news/{name}").all()
    sums = bitext.count(bitext.scan(f"memory://news/{name}", size=1000)).group(["lang", "outlet"])
    assert sums == GroupedCounts.of(bitext.count(bitext.tokenize(expected)), ["lang", "outlet"])


def test_folders_and_patterns_have_the_order_and_the_names_of_paths(memory: Any) -> None:
    memory.put(str(CHIPS), "/chips", recursive=True)
    memory.pipe("/chips/.hidden/a.txt", b"hidden")
    expected = bitext.read(CHIPS)
    found = bitext.read("memory://chips")
    same(found.articles, expected.articles)
    assert len(found.problems) == len(expected.problems)
    some = bitext.read("memory://chips/*/*.md")
    wanted = bitext.read(f"{CHIPS}/*/*.md")
    assert some.articles["article"].tolist() == wanted.articles["article"].tolist() != []
    with pytest.raises(bitext.CorpusError, match="no such file or folder: 'memory://chips/none'"):
        bitext.read("memory://chips/none")
    with pytest.raises(bitext.CorpusError, match="no file fits"):
        bitext.scan("memory://chips/*.xyz")


def test_files_of_an_address_are_read_by_workers(tmp_path: Path) -> None:
    path = write(articles(60), tmp_path / "a.jsonl")
    scan = bitext.scan(f"file://{path}", size=3000, workers=2)
    assert bitext.count(scan).group() == bitext.count(bitext.scan(path)).group()


@pytest.mark.parametrize("size", [37, 150, 1000, 10**7])
def test_rows_are_numbered_by_their_line_wherever_the_bytes_are_divided(size: int, memory: Any) -> None:
    lines = [json.dumps({"text": f"Text number {i}. " * (i % 7 + 1), "outlet": "A"}) for i in range(30)]
    lines[11] = "{broken"
    lines[20:20] = ["", ""]
    data = "\n".join(lines).encode()  # the last line has no end
    memory.pipe("/a.jsonl", data)
    expected = bitext.read("memory://a.jsonl")
    scan = bitext.scan("memory://a.jsonl", size=size)
    assert scan.reduce(Reduction(identifiers, in_order)) == expected.articles["article"].tolist()
    assert scan.problems.values.tolist() == expected.problems.values.tolist()
    assert "line 12 is not JSON" in scan.problems["problem"][0]


def identifiers(corpus: bitext.Corpus) -> list[str]:
    return corpus.articles["article"].tolist()


def in_order(parts: list[list[str]]) -> list[str]:
    names = [name for part in parts for name in part]
    return sorted(names, key=lambda name: int(name.rpartition("#")[2]))


def test_archives_are_read_by_workers(tmp_path: Path) -> None:
    path = write(articles(40), tmp_path / "a.jsonl")
    with zipfile.ZipFile(tmp_path / "news.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(path, "in/a.jsonl")
        archive.write(path, "in/b.jsonl")
    url = f"zip://in/*.jsonl::file://{tmp_path}/news.zip"
    corpus = bitext.read(url)
    assert corpus.articles["file"].unique().tolist()[1] == url.replace("*", "b")
    assert corpus.articles["article"].tolist()[0] == "a.jsonl#1"
    scan = bitext.scan(url, size=4000, workers=2)
    assert bitext.count(scan).group() == GroupedCounts.of(bitext.count(bitext.tokenize(corpus)))


def test_a_cache_knows_files_by_their_version(memory: Any, tmp_path: Path) -> None:
    path = write(articles(40), tmp_path / "a.jsonl")
    memory.put(str(path), "/a.jsonl")
    for _ in range(2):
        found = bitext.count(bitext.scan("memory://a.jsonl", size=3000, cache=tmp_path / "cache")).group()
        assert found == bitext.count(bitext.scan(path)).group()
    kept = len(list((tmp_path / "cache").iterdir()))
    other = write(articles(40, 1), tmp_path / "b.jsonl")
    memory.put(str(other), "/a.jsonl")
    changed = bitext.count(bitext.scan("memory://a.jsonl", size=3000, cache=tmp_path / "cache")).group()
    assert changed == bitext.count(bitext.scan(other)).group()
    assert len(list((tmp_path / "cache").iterdir())) > kept


class Whole(http.server.SimpleHTTPRequestHandler):
    """Sends whole files only."""

    def log_message(self, *_: object) -> None:
        pass


class Parts(Whole):
    """Sends parts of files, too."""

    def do_GET(self) -> None:
        asked = self.headers.get("Range", "")
        data = Path(self.translate_path(self.path)).read_bytes()
        first, last = (int(number) for number in asked.removeprefix("bytes=").split("-"))
        part = data[first : last + 1]
        self.send_response(206)
        self.send_header("Content-Length", str(len(part)))
        self.send_header("Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(data)}")
        self.end_headers()
        self.wfile.write(part)


@pytest.fixture(params=[Whole, Parts])
def server(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A web server on this machine; for it, even these files are large."""
    pytest.importorskip("aiohttp")
    monkeypatch.setattr(remote, "_BLOCK", 100)
    made = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(request.param, directory=str(tmp_path))
    )
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.jsonl.gz", "a.parquet"])
def test_the_web_is_read_and_its_credentials_are_told_nobody(
    server: str, name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    path = write(articles(40), tmp_path / name)
    url = f"{server}/{name}?signature=s3cret&expires=1"
    ((file, _),), _ = remote.listed(url)
    assert file.parts == (request.node.callspec.params["server"] is Parts)
    assert file.length == path.stat().st_size
    corpus = bitext.read(url)
    same(corpus.articles, bitext.read(path).articles)
    assert set(corpus.articles["file"]) == {f"{server}/{name}"}
    scan = bitext.scan(url, size=2000, cache=tmp_path / "cache")
    sums = bitext.count(scan).group()
    assert sums == bitext.count(bitext.scan(path)).group()
    with pytest.raises(bitext.CorpusError) as error:
        bitext.read(f"{server}/none.csv?signature=s3cret")
    told = [str(error.value), repr(scan), str(corpus.run), str(sums.run), str(scan.problems.values)]
    told += [
        str(bitext.keywords(sums.of_language("zh") if "lang" in sums.by else scan.select(lang="zh")).attrs)
    ]
    assert not [text for text in told if "s3cret" in text]
    assert "none.csv" in told[0]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("sftp://ann:pa@ss@host/a/b.csv", "sftp://host/a/b.csv"),
        ("simplecache::https://token@host/a?x-sig=1", "simplecache::https://host/a"),
        ("wasb://box@account/a", "wasb://box@account/a"),
        ("s3://bucket/a?.csv", "s3://bucket/a?.csv"),
        ("403, message='Forbidden', url='https://h/a?sig=1'", "403, message='Forbidden', url='https://h/a'"),
    ],
)
def test_what_is_shown_has_no_credentials(text: str, shown: str) -> None:
    assert remote.redacted(text) == shown


def test_a_remote_file_travels_to_workers(tmp_path: Path) -> None:
    path = write(articles(3), tmp_path / "a.jsonl")
    ((file, stem),), alone = remote.listed(f"file://{path}")
    again = pickle.loads(pickle.dumps(file))
    assert (alone, stem, str(again), again.suffix) == (True, "a.jsonl", f"file://{path}", ".jsonl")
    assert again.read_bytes() == path.read_bytes()
    assert again.length == path.stat().st_size


def test_a_file_that_fails_half_way_is_named_and_no_other_is_lost(memory: Any, tmp_path: Path) -> None:
    good = write(articles(10), tmp_path / "a.csv")
    memory.put(str(good), "/n/a.csv")
    data = write(articles(300), tmp_path / "b.jsonl.gz").read_bytes()
    memory.pipe("/n/b.jsonl.gz", data[: len(data) // 2])
    scan = bitext.scan("memory://n", size=5000)
    corpus = bitext.read("memory://n")
    assert scan.reduce(Reduction(len, sum)) == len(corpus) > 10
    assert "memory://n/b.jsonl.gz: broken packed file" in ": ".join(scan.problems.values[0][[0, 2]])
    assert corpus.problems.values.tolist() == scan.problems.values.tolist()


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(bitext.BitextError, match="nosuch"):
        bitext.scan("nosuch://a/b.csv")
    load = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name.startswith("fsspec"):
            raise ImportError(name)
        return load(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(bitext.BitextError, match=r"'https://host/a' needs the extra 'remote'; .*\[remote\]"):
        bitext.read("https://ann:s3cret@host/a")

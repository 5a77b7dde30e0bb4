"""A scan gives the numbers of reading everything at once, however it is divided and whoever does the work."""

import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.counting.grouped_counts import GroupedCounts
from bitext.engines.reduction import Reduction
from tests.reading.articles import articles, write

FORMATS = ["a.jsonl", "a.csv", "a.jsonl.gz", "a.parquet", "pages"]


def at_once(*paths: Path, by: str | list[str] = "outlet") -> GroupedCounts:
    corpus = bitext.read(*paths)
    return GroupedCounts.of(bitext.count(bitext.tokenize(corpus)), by)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("size", [1000, 10_000_000])
def test_sums_are_those_of_reading_at_once(name: str, size: int, tmp_path: Path) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    path = write(articles(60), tmp_path / name)
    found = bitext.count(bitext.scan(path, size=size)).group(["lang", "outlet"])
    assert found == at_once(path, by=["lang", "outlet"])
    assert "订阅" not in found.terms  # the footer is furniture, which no single batch can know


@pytest.mark.parametrize("seed", range(5))
def test_random_division_and_order_change_nothing(seed: int, tmp_path: Path) -> None:
    rows = articles(50, seed)
    expected = at_once(write(rows, tmp_path / "all.jsonl"))
    draw = random.Random(seed)
    draw.shuffle(rows)
    cuts = sorted(draw.sample(range(1, 50), 3))
    parts = [rows[a:b] for a, b in zip([0, *cuts], [*cuts, 50], strict=True)]
    paths = [
        write(part, tmp_path / f"{i}{draw.choice(['.csv', '.jsonl', '.jsonl.gz'])}")
        for i, part in enumerate(parts)
    ]
    assert bitext.count(bitext.scan(*paths, size=draw.randint(100, 9000))).group() == expected


def test_tables_are_equal_for_every_engine(tmp_path: Path) -> None:
    path = write(articles(60), tmp_path / "a.jsonl")
    counts = bitext.count(bitext.tokenize(bitext.read(path))).select(lang="zh")
    keywords, keyness = (
        bitext.keywords(counts),
        bitext.keyness(counts, test=None, measures=["g2", "log_ratio"]),
    )
    sums = bitext.count(bitext.scan(path, engine="processes", workers=2, size=3000).select(lang="zh")).group()
    assert sums == GroupedCounts.of(counts)
    for found in (sums, bitext.scan(path).select(lang="zh")):
        pd.testing.assert_frame_equal(bitext.keywords(found), keywords, check_exact=True)
        table = bitext.keyness(found, test=None, measures=["g2", "log_ratio"])
        pd.testing.assert_frame_equal(table, keyness, check_exact=True)


def test_concepts_and_ngrams_are_counted_in_batches(tmp_path: Path) -> None:
    path = write(articles(40), tmp_path / "a.jsonl")
    tokens = bitext.tokenize(bitext.read(path))
    for settings in ({"unit": "concept"}, {"ngrams": (1, 2), "min_articles": 3}):
        expected = GroupedCounts.of(bitext.count(tokens, **settings))
        assert bitext.count(bitext.scan(path, size=4000), **settings).group() == expected


def test_settings_of_tokenize_hold_in_batches(tmp_path: Path) -> None:
    path = write(articles(20), tmp_path / "a.jsonl")
    expected = GroupedCounts.of(
        bitext.count(bitext.tokenize(bitext.read(path), dictionary="jieba", field="title"))
    )
    scan = bitext.tokenize(bitext.scan(path, size=1000), dictionary="jieba", field="title")
    assert bitext.count(scan).group() == expected


def test_one_language_of_sums(tmp_path: Path) -> None:
    path = write(articles(40), tmp_path / "a.jsonl")
    counts = bitext.count(bitext.tokenize(bitext.read(path)))
    sums = bitext.count(bitext.scan(path)).group(["lang", "outlet"])
    assert sums.of_language("zh") == GroupedCounts.of(counts.select(lang="zh"))
    with pytest.raises(bitext.LanguageError, match="zh"):
        bitext.keywords(bitext.scan(path))


def test_bad_lines_and_files_are_named(tmp_path: Path) -> None:
    path = write(articles(30), tmp_path / "a.jsonl")
    text = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*text[:7], "{broken\n", *text[7:]]), encoding="utf-8")
    (tmp_path / "b.jsonl.gz").write_bytes(b"\x1f\x8b\x08\0cut off in the middle" * 400)
    scan = bitext.scan(tmp_path, size=2000)
    assert bitext.count(scan).group() == at_once(path)
    problems = dict(scan.problems[["file", "problem"]].values)
    assert any("line 8 is not JSON" in text for text in problems.values())
    assert any("broken packed file" in text for text in problems.values())


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(bitext.CorpusError, match="the file is empty"):
        bitext.count(bitext.scan(tmp_path)).group()


def test_wrong_arguments_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Chips.")
    with pytest.raises(bitext.BitextError, match="engine 'proceses'"):
        bitext.scan(tmp_path, engine="proceses")
    with pytest.raises(bitext.BitextError, match="size is 0"):
        bitext.scan(tmp_path, size=0)


def test_a_cache_is_used_again_and_mended(tmp_path: Path) -> None:
    path = write(articles(40), tmp_path / "a.jsonl")
    cache = tmp_path / "cache"
    expected = bitext.count(bitext.scan(path, size=3000, cache=cache)).group()
    files = sorted(cache.iterdir())
    times = [file.stat().st_mtime_ns for file in files]
    assert len(files) > 3
    assert bitext.count(bitext.scan(path, size=3000, cache=cache)).group() == expected
    assert [file.stat().st_mtime_ns for file in files] == times
    data = bytearray(files[1].read_bytes())
    data[len(data) // 2] ^= 1
    files[1].write_bytes(data)
    files[2].write_bytes(files[2].read_bytes()[:99])
    scan = bitext.scan(path, size=3000, cache=cache)
    assert bitext.count(scan).group() == expected
    named = " ".join(scan.problems["problem"])
    assert files[1].name in named
    assert files[2].name in named


def places_and_names(corpus: bitext.Corpus) -> list[tuple[int, str]]:
    return [(corpus.first + row, name) for row, name in enumerate(corpus.articles["article"])]


def joined(parts: list[list[tuple[int, str]]]) -> list[tuple[int, str]]:
    return [pair for part in reversed(parts) for pair in part]


def test_batches_know_their_place_and_identifiers_are_those_of_reading_at_once(tmp_path: Path) -> None:
    paths = []
    for seed, name in enumerate(["one", "two", "three"]):
        (tmp_path / name).mkdir()
        paths.append(write(articles(20, seed), tmp_path / name / "a.jsonl"))
    corpus = bitext.read(*paths)
    assert corpus.articles["article"].iloc[20] == "a.jsonl~2#1"
    for size in (500, 4000):
        found = bitext.scan(*paths, size=size).reduce(Reduction(places_and_names, joined))
        assert sorted(found) == list(enumerate(corpus.articles["article"]))
        assert found != sorted(found)
    scan = bitext.scan(*paths)
    bitext.count(scan).group()
    assert scan.problems["problem"].tolist() == corpus.problems["problem"].tolist()


@pytest.mark.parametrize("name", ["a.jsonl", "pages"])
def test_batches_hold_what_was_removed_and_where(name: str, tmp_path: Path) -> None:
    path = write(articles(40), tmp_path / name)
    expected = bitext.read(path)
    scan = bitext.scan(path, size=3000)
    found = pd.concat(scan.reduce(Reduction(removed, flat)), ignore_index=True)
    assert {"recurring", "tail"} & set(expected.removed["kind"])
    keys = ["article", "start", "end"]
    pd.testing.assert_frame_equal(
        found.sort_values(keys, kind="stable", ignore_index=True), expected.removed, check_exact=True
    )
    chosen = np.arange(0, 40, 3)
    some = scan.articles(chosen[::-1]).articles
    pd.testing.assert_frame_equal(some, expected.articles.iloc[chosen].reset_index(drop=True))


def removed(corpus: bitext.Corpus) -> list[pd.DataFrame]:
    return [corpus.removed] if len(corpus.removed) else []


def flat(parts: list[list[pd.DataFrame]]) -> list[pd.DataFrame]:
    return [frame for part in parts for frame in part]


def test_results_of_batches_are_kept_used_again_and_mended(tmp_path: Path) -> None:
    path = write(articles(40), tmp_path / "a.jsonl")
    cache = tmp_path / "cache"
    job = Counted(tmp_path / "calls")

    def run(key: str = "same") -> int:
        scan = bitext.scan(path, size=3000, cache=cache)
        total: int = scan.reduce(Reduction(job, sum), key=key)
        named.append(" ".join(scan.problems["problem"]))
        return total

    named: list[str] = []
    assert run() == 40
    calls = job.calls()
    assert run() == 40
    assert job.calls() == calls > 3
    assert run("other settings") == 40
    assert job.calls() == 2 * calls
    files = sorted(cache.glob("part-*"))
    data = bytearray(files[1].read_bytes())
    data[-1] ^= 1
    files[1].write_bytes(data)
    files[2].write_bytes(files[2].read_bytes()[:60])
    assert run() == run("other settings") == 40
    assert job.calls() == 2 * calls + 2
    assert all(any(file.name in text for text in named) for file in files[1:3])


class Counted:
    """Counts articles, and its own calls."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __call__(self, corpus: bitext.Corpus) -> int:
        with self.file.open("a") as file:
            file.write("x")
        return len(corpus)

    def calls(self) -> int:
        return len(self.file.read_text())


@pytest.mark.parametrize(
    "name", ["kwic", "collocations", "similar_articles", "polarity_candidates", "concept_forms"]
)
def test_what_needs_all_articles_says_so(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Chips.")
    settings = {"kwic": ["chips"]}.get(name, [])
    with pytest.raises(bitext.TableError, match="a Scan reads them in batches"):
        getattr(bitext, name)(bitext.scan(tmp_path), *settings)

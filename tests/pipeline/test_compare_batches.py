"""A comparison of a scan is that of the corpus in memory, however it is divided and whoever does the work."""

import json
import random
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest

import bitext
from bitext.events import windows
from bitext.pipeline import closely, event_tables
from bitext.pipeline import first_pass as gather
from bitext.pipeline import page_articles as shown
from bitext.pipeline.first_pass import RemovedSample, add_removed
from tests import CHIPS


@pytest.fixture(scope="module")
def at_once() -> bitext.Comparison:
    return bitext.compare(bitext.read(CHIPS), find_stories=False)


def assert_equal(found: bitext.Comparison, expected: bitext.Comparison) -> None:
    assert list(found.tables) == list(expected.tables)
    for name, table in expected.tables.items():
        pd.testing.assert_frame_equal(found[name], table, check_exact=True, obj=name)
    one, other = data(found), data(expected)
    del one["run"], other["run"]
    assert one == other


def data(result: bitext.Comparison) -> dict:
    found = re.search(
        r'<script type="application/json" id="data">(.*?)</script>', result.to_html(), re.DOTALL
    )
    assert found
    return json.loads(found[1])


def test_tables_and_page_are_those_of_memory(at_once: bitext.Comparison) -> None:
    size = random.Random(3).randint(1500, 20_000)
    assert_equal(bitext.compare(bitext.scan(CHIPS, size=size, workers=2)), at_once)


EVENTS = (
    "stories",
    "coverage",
    "statements",
    "statement_summary",
    "omissions",
    "omission_rates",
    "omitted_words",
)


def test_stories_and_what_is_stated_in_them_are_those_of_memory() -> None:
    whole = bitext.compare(bitext.read(CHIPS), find_stories=True)
    found = bitext.compare(bitext.scan(CHIPS, size=5000, workers=2), find_stories=True)
    for name in EVENTS:
        pd.testing.assert_frame_equal(found[name], whole[name], obj=name)
        assert found[name].attrs["run"]["step"] == name


def test_stories_are_the_units_of_what_is_held_of_single_articles_in_batches_too() -> None:
    # Three outlets with ten stories each, of two articles of one outlet: those of a story are alike.
    things = ("ferry", "school", "bridge", "market", "tower", "museum", "quarry", "clinic", "garden", "mill")
    frame = pd.DataFrame(
        [
            (f"Outlet {outlet}", f"2031-03-{1 + number:02}", f"The {thing} of {name} {what}", text)
            for number, thing in enumerate(things)
            for outlet, name in zip("ABC", ("Marlow", "Penrith", "Dunmore"), strict=True)
            for what, text in (
                ("opens", f"The {thing} of {name} opens with {number + 3}41 guests, the mayor said."),
                ("is open", f"Police said {number + 3}41 guests may see the {thing} of {name} open."),
            )
        ],
        columns=["outlet", "date", "title", "text"],
    )
    corpus = bitext.Corpus.from_frame(frame)
    whole = bitext.compare(corpus, find_stories=True)
    assert whole["stance"].attrs["run"]["parameters"]["cluster"] == "story"
    with TemporaryDirectory() as folder:
        frame.to_json(Path(folder, "a.jsonl"), orient="records", lines=True, date_format="iso")
        found = bitext.compare(bitext.scan(folder, size=3000), find_stories=True)
    for name in ("stance", "actors", "sources"):
        pd.testing.assert_frame_equal(found[name], whole[name], obj=name)
        assert found[name].attrs["run"]["parameters"]["cluster"] == "story"
    assert "cluster" not in found["naming"].attrs["run"]["parameters"]


def test_stories_in_windows_and_bins_leave_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = bitext.compare(bitext.scan(CHIPS), find_stories=True)
    monkeypatch.setattr(windows, "MOST", 32)
    monkeypatch.setattr(event_tables, "OF_BIN", 4)
    found = bitext.compare(bitext.scan(CHIPS), find_stories=True)
    assert len(found["stories"]) > 0.8 * len(whole["stories"])
    statements = found["statements"]
    assert statements["statement"].is_monotonic_increasing
    assert (statements.groupby("statement")["story"].nunique() == 1).all()
    assert set(statements["story"]) <= set(found["stories"]["story"])
    assert set(found["omissions"]["statement"]) <= set(statements["statement"])


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["serial", "processes", "dask"])
@pytest.mark.parametrize("seed", range(3))
def test_every_engine_and_division_give_the_same(engine: str, seed: int, at_once: bitext.Comparison) -> None:
    size = random.Random(seed).randint(500, 40_000)
    assert_equal(bitext.compare(bitext.scan(CHIPS, size=size, engine=engine, workers=2)), at_once)


@pytest.mark.parametrize("by", ["lang", "month"])
def test_other_groups(by: str) -> None:
    corpus = bitext.read(CHIPS / "fabline")
    found = bitext.compare(bitext.scan(CHIPS / "fabline", size=4000), by=by)
    assert_equal(found, bitext.compare(corpus, by=by, find_stories=False))


def test_a_second_run_takes_everything_from_the_cache_and_mends_it(
    at_once: bitext.Comparison, tmp_path: Path
) -> None:
    folder = tmp_path / "cache"
    assert_equal(bitext.compare(bitext.scan(CHIPS, cache=folder)), at_once)
    made = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert sum(name.startswith("part-") for name in made) == 2
    assert_equal(bitext.compare(bitext.scan(CHIPS, cache=folder)), at_once)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == made
    broken = max(folder.glob("part-*"), key=lambda path: path.stat().st_size)
    whole = broken.read_bytes()
    broken.write_bytes(whole[: len(whole) // 2])
    found = bitext.compare(bitext.scan(CHIPS, cache=folder))
    assert broken.name in " ".join(found["problems"]["problem"])
    assert broken.read_bytes() == whole
    pd.testing.assert_frame_equal(found["keyness"], at_once["keyness"])
    assert bitext.compare(bitext.scan(CHIPS, cache=folder), by="lang")["groups"]["lang"].tolist() == [
        "en",
        "zh",
    ]


def test_the_page_of_a_large_scan_opens_every_figure_in_few_articles(
    monkeypatch: pytest.MonkeyPatch, at_once: bitext.Comparison
) -> None:
    monkeypatch.setattr(shown, "ARTICLES", 34)
    monkeypatch.setattr(shown, "OF_COPIES", 4)
    monkeypatch.setattr(shown, "OF_SPANS", 6)
    found = bitext.compare(bitext.scan(CHIPS, size=5000))
    assert len(found.corpus) == len(found.tokens.articles) == 34
    pd.testing.assert_frame_equal(found["articles"], at_once["articles"])
    page, whole = data(found), data(at_once)
    assert page["articles"]["all"] == whole["articles"]["all"] == {"en": 13, "zh": 27}
    for unit, other in zip(page["units"], whole["units"], strict=True):
        assert unit["terms"] == other["terms"]
        assert unit["cells"] == other["cells"]
        opened = [bool(lines) for lines in unit["lines"]]
        assert sum(opened) > 0.95 * len(opened)
    texts = page["articles"]["text"]
    held = [place >= 0 for place in page["passages"]["article"]]
    assert held == found["duplicates"]["article"].isin(page["articles"]["id"]).tolist()
    unit = page["units"][0]
    opened = [(term, flat) for term, flat in zip(unit["terms"], unit["lines"], strict=True) if flat]
    for term, flat in opened[::20]:
        article, start, size = flat[:3]
        surface = texts[article][start : start + size]
        assert "".join(found.tokens.tokenizer.batch([surface]).types) == term


def test_the_page_opens_where_stories_hold_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "ARTICLES", 20)
    monkeypatch.setattr(shown, "OF_COPIES", 2)
    monkeypatch.setattr(shown, "OF_SPANS", 3)
    found = bitext.compare(bitext.scan(CHIPS, size=5000), find_stories=True)
    assert len(found.corpus) < len(found["stories"])
    assert len(data(found)["articles"]["id"]) == len(found.corpus)


def test_what_cannot_be_is_said_before_the_work(tmp_path: Path) -> None:
    scan = bitext.scan(CHIPS)
    with pytest.raises(bitext.TableError, match="nocolumn"):
        bitext.compare(scan, by="nocolumn")
    assert "articles" not in repr(scan)
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(bitext.CorpusError, match="the file is empty"):
        bitext.compare(bitext.scan(tmp_path))


@pytest.mark.parametrize("seed", range(4))
def test_removed_pieces_are_cut_at_the_same_place_in_any_order(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gather, "REMOVED_CHARACTERS", 100)
    draw = random.Random(seed)
    sizes = [draw.randint(0, 40) for _ in range(12)]
    parts = [
        RemovedSample(
            {i: [("a", "header", 0, size, "x" * size)]}, {i: size}, None, {("h", "A"): 1}, {("h", "A"): size}
        )
        for i, size in enumerate(sizes)
    ]
    expected = add_removed(parts)
    assert sum(sizes[: expected.cut]) <= 100 < sum(sizes[: expected.cut + 1])
    draw.shuffle(parts)
    while len(parts) > 1:
        a, b = parts.pop(draw.randrange(len(parts))), parts.pop(draw.randrange(len(parts)))
        parts.append(add_removed([a, b]))
    assert parts[0] == expected
    assert expected.counts == {("h", "A"): 12}


def test_of_a_large_scan_a_sample_is_read_for_who_says_what(
    monkeypatch: pytest.MonkeyPatch, at_once: bitext.Comparison
) -> None:
    monkeypatch.setattr(closely, "CLOSELY", 24)
    found = bitext.compare(bitext.scan(CHIPS, size=5000, workers=2))
    again = bitext.compare(bitext.scan(CHIPS, size=100_000))
    for name, table in again.tables.items():
        pd.testing.assert_frame_equal(found[name], table, check_exact=True, check_dtype=False, obj=name)
    for name in set(at_once.tables) - {*closely.MADE, "findings", "problems"}:
        pd.testing.assert_frame_equal(found[name], at_once[name], check_exact=True, obj=name)
    sizes = found["stance"].groupby("outlet")["group_size"].max()
    assert sizes.sum() < 36 < len(at_once["articles"])
    assert len(sizes) == 6
    assert sizes.min() > 1  # every outlet has its share
    (told,) = found["problems"].loc[found["problems"]["kind"] == "sampled", "problem"]
    assert f"of {len(at_once['articles'])} articles" in told


def test_of_a_large_scan_the_statements_of_the_most_shared_stories_are_compared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(event_tables, "IN_ALL", 20)
    found = bitext.compare(bitext.scan(CHIPS), find_stories=True)
    outlets = found["stories"].groupby("story")["outlet"].nunique()
    read = outlets.index.isin(found["statements"]["story"].unique())
    assert 0 < read.sum() < len(outlets)
    assert outlets[read].min() >= outlets[~read].max()
    assert f"of the {read.sum()} stories" in " ".join(found["problems"]["problem"])

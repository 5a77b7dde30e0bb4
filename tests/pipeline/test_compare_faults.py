"""What bites elsewhere does not bite through `compare`, in memory and batch by batch."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.cli import main
from tests.reading.articles import articles, write

BATCHES = pytest.mark.parametrize(
    "way",
    [
        pytest.param(["--no-batches"], id="memory", marks=pytest.mark.slow),
        pytest.param(["--batches"], id="batches"),
    ],
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of good articles, with names and cells that are none of the best."""
    folder = tmp_path / "in"
    folder.mkdir()
    write(articles(30), folder / "news.jsonl")
    rows = [{"title": "=1+1", "text": "The plant opened on Monday.", "outlet": "＝cmd", "date": "2031-03-02"}]
    write(rows, folder / "formula.jsonl")
    return folder


@BATCHES
def test_escape_sequences_in_names_do_not_reach_the_terminal(
    folder: Path, way: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "a\x1b[31mred\x07.txt").write_text("")
    written = folder.parent / "out\x1b[2J"
    assert main(["compare", str(folder), *way, "--no-stories", "-o", str(written)]) == 0
    out, errors = capfd.readouterr()
    assert "red" in errors
    assert "out\\x1b[2J" in errors
    assert not {"\x1b", "\x07"} & set(out + errors)


@BATCHES
def test_cells_that_a_spreadsheet_would_run_are_guarded(folder: Path, tmp_path: Path, way: list[str]) -> None:
    assert main(["compare", str(folder), *way, "--no-stories", "-o", str(tmp_path / "out")]) == 0
    cells = 0
    for path in (tmp_path / "out").glob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        found = table.map(lambda cell: cell.lstrip()[:1] in ("=", "＝", "@", "＠"))
        assert not found.to_numpy().any(), path.name
        cells += int(table.map(lambda cell: cell.startswith(("'=", "'＝"))).to_numpy().sum())
    assert cells > 1


@BATCHES
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_in_the_folder_is_a_problem_and_holds_nothing_up(folder: Path, way: list[str]) -> None:
    os.mkfifo(folder / "pipe.txt")
    command = [sys.executable, "-m", "bitext", "compare", str(folder), *way, "--no-stories"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0
    assert "pipe.txt" in done.stderr
    assert "Traceback" not in done.stderr


@BATCHES
def test_a_terminal_that_knows_ascii_alone_does_not_end_the_run(folder: Path, way: list[str]) -> None:
    command = [sys.executable, "-m", "bitext", "compare", str(folder), *way, "--no-stories"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize(
    "call",
    [
        lambda corpus: bitext.compare(corpus, by=None),
        lambda corpus: bitext.count(bitext.tokenize(corpus)).group(None),
        lambda corpus: bitext.keywords(bitext.count(bitext.tokenize(corpus)), by=None),
        lambda corpus: bitext.sources(bitext.tokenize(corpus), by=None),
        lambda corpus: bitext.stance(bitext.tokenize(corpus), by=None),
    ],
    ids=["compare", "group", "keywords", "sources", "stance"],
)
def test_no_column_to_compare_by_is_answered_with_what_is_taken(
    call: Callable[[bitext.Corpus], object],
) -> None:
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["The plant opened."], "outlet": ["A"]}))
    with pytest.raises(bitext.BitextError, match=r"by takes .*not (a )?None"):
        call(corpus)

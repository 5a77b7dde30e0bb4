"""One folder with a workbook, an export in RTF, a feed, a ZIP of pages and a folder per outlet, compared."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext import cli
from tests import CHIPS
from tests.reading.test_importers import FILES, PAGE, RSS, zipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    mixed = tmp_path / "mixed"
    for outlet in ("yuansheng", "fabline"):
        shutil.copytree(CHIPS / outlet, mixed / outlet)
    (mixed / "table.xlsx").write_bytes(FILES["table.xlsx"][0])
    (mixed / "nexis.rtf").write_bytes(FILES["nexis.rtf"][0])
    (mixed / "feed.xml").write_bytes(RSS.encode())
    (mixed / "pages.zip").write_bytes(zipped({"1.html": PAGE, "2.html": PAGE.replace(b"plant", b"mine")}))
    return mixed


def test_compare_reads_all_of_it_at_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = folder.parent / "out"
    assert cli.main(["compare", str(folder), "--outlet", "folder", "-o", str(out)]) == 0
    assert "Traceback" not in capsys.readouterr().err
    corpus = bitext.read(folder, outlet="folder")
    counted = corpus.articles["outlet"].value_counts().to_dict()
    assert counted == {
        "yuansheng": 7,
        "fabline": 6,
        "Example Wire": 2,
        "The Meridian Ledger (London)": 2,
        "mixed": 2,  # pages that say no outlet lie in the folder that was given
        "寰岳时报": 1,
    }
    assert corpus.articles.loc[corpus.articles["outlet"] != "fabline", "date"].notna().all()
    assert not len(corpus.problems)
    assert len(pd.read_csv(out / "articles.csv")) == len(corpus)
    assert set(pd.read_csv(out / "groups.csv")["outlet"]) == set(counted)
    assert (out / "report.html").exists()


def test_explain_says_what_each_of_them_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", "--explain", str(folder), "--outlet", "folder", "--format", "csv"]) == 0
    said = capsys.readouterr().out
    for what in (
        "spreadsheet",
        "RTF with a Nexis export",
        "RSS or Atom feed",
        "ZIP archive",
        "Markdown page",
    ):
        assert what in said


def test_without_any_outlet_the_command_line_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("The plant opened on Monday.", encoding="utf-8")
    assert cli.main(["read", str(tmp_path)]) == 0
    assert "no article names its outlet" in capsys.readouterr().err


def test_a_table_beside_folders_of_outlets_knows_which_of_its_rows_name_none(tmp_path: Path) -> None:
    (tmp_path / "Courier").mkdir()
    (tmp_path / "Courier" / "1.txt").write_text("The plant opened on Monday.")
    (tmp_path / "clips.csv").write_text("text,outlet\nIt closed.,The Ledger\nIt burned.,\n")
    corpus = bitext.read(tmp_path, outlet="folder")
    assert corpus.articles["outlet"].tolist() == ["Courier", "The Ledger", ""]
    assert "1 of 3 articles name no outlet" in corpus.problems["problem"].iloc[0]

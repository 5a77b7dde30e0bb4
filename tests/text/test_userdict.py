"""User dictionaries: every form, and what is said of bad lines."""

from pathlib import Path

import pandas as pd
import pytest

from bitext.errors import LexiconError, TableError
from bitext.text.chinese import userdict
from bitext.tokenizing.dictionary import resolve


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_in_jiebas_format(tmp_path: Path) -> None:
    path = write(
        tmp_path / "d.txt",
        "芯片法案 20 n\n出口管制\n晶圓代工 3\nMate 60\t7\nChips Act\nMate 70 5 nz\n\nT恤\n",
    )
    assert userdict.read(path) == (
        (
            ("芯片法案", 20),
            ("出口管制", None),
            ("晶圓代工", 3),
            ("Mate 60", 7),
            ("Chips Act", None),
            ("Mate 70", 5),
            ("T恤", None),
        ),
        (),
    )


def test_bad_lines_are_named_and_lose_nothing_else(tmp_path: Path) -> None:
    path = write(tmp_path / "d.txt", "好词 1\n坏词 0.5\n，，\n坏词 -3 n\n坏词\tmany\n又一 2\n")
    entries, problems = userdict.read(path)
    assert entries == (("好词", 1), ("又一", 2))
    assert [problem.partition(": ")[0] for problem in problems] == [f"{path}:{n}" for n in (2, 3, 4, 5)]


def test_a_missing_file_and_another_encoding_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no such dictionary"):
        userdict.read(tmp_path / "none.txt")
    (tmp_path / "gb.txt").write_bytes("芯片法案出口管制".encode("gb18030"))
    with pytest.raises(LexiconError, match="must be UTF-8"):
        userdict.read(tmp_path / "gb.txt")


def test_lists_and_tables() -> None:
    table = pd.DataFrame({"word": ["芯片法案", "出口管制"], "frequency": [5, None]})
    expected = (("芯片法案", 5), ("出口管制", None))
    assert resolve("jieba", table) == (expected, ())
    assert resolve("jieba", [("芯片法案", 5), "出口管制"]) == (expected, ())
    assert resolve("jieba") == ((), ())
    assert len(resolve("default")[0]) > 100


def test_what_is_no_dictionary_is_refused() -> None:
    with pytest.raises(TableError, match="lacks the columns"):
        resolve("jieba", pd.DataFrame({"token": ["a"]}))
    with pytest.raises(LexiconError, match="not 7"):
        resolve("jieba", 7)
    with pytest.warns(UserWarning, match="list:1: 7 is not a word"):
        assert resolve("jieba", [7, "好词"])[0] == (("好词", None),)


@pytest.mark.parametrize("frequency", [2**70, 10**400, 10**12 + 1], ids=["2**70", "10**400", "one more"])
def test_a_frequency_that_no_sum_can_hold_is_named_and_the_others_are_taken(frequency: float) -> None:
    found = userdict.check([("list:1", "法案", frequency), ("list:2", "芯片", 10**12)])  # bill, chip
    assert [entry[0] for entry in found.entries] == ["芯片"]
    assert "is more than 1,000,000,000,000" in found.problems[0]

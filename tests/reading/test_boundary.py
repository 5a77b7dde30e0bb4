"""One bad record is one row in `problems`, with its kind; every other record of the same call is read."""

import gzip
import json
import os
import random
import sys
import time
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.reading import budget
from bitext.reading.problems import KINDS, printable

GOOD = {"title": "Plant opens", "text": "The plant opened on Monday, officials said.", "outlet": "The Post"}
PAGE = "<html><head>{head}</head><body><article><p>The plant opened on Monday.</p></article></body></html>"


def both_roads(folder: Path) -> list[tuple[list[str], dict[str, str]]]:
    """Return the articles that were read, and the kind of each problem, at once and in batches."""
    corpus, scan = bitext.read(folder), bitext.scan(folder, size=3000)
    found = [corpus.articles["article"].tolist()]
    found.append(scan.articles(np.arange(scan.number())).articles["article"].tolist())
    kinds = [dict(zip(one.problems["file"], one.problems["kind"], strict=True)) for one in (corpus, scan)]
    assert kinds[0] == kinds[1]
    assert set(kinds[0].values()) <= set(KINDS)
    return list(zip(found, kinds, strict=True))


def test_half_a_character_at_the_end_of_a_headline_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "Breaking \\ud83d", "text": "The plant opened."}\n')
    corpus = bitext.read(tmp_path)
    assert corpus.articles["title"].tolist() == ["Breaking \ufffd"]
    pytest.importorskip("pyarrow")
    assert bitext.compare(corpus)["articles"]["title"].tolist() == ["Breaking \ufffd"]


@pytest.mark.parametrize(
    "head", ['{"@graph": null}', "[" * 3000, '{"@graph": {"@type": "Article"}}', "[null]"]
)
def test_linked_data_that_says_nothing_leaves_the_article(tmp_path: Path, head: str) -> None:
    page = PAGE.format(head=f'<script type="application/ld+json">{head}</script>')
    (tmp_path / "a.html").write_text(page)
    assert bitext.read(tmp_path).articles["text"].tolist() == ["The plant opened on Monday."]


def test_half_a_character_in_a_list_within_a_cell_is_replaced(tmp_path: Path) -> None:
    lines = json.dumps(["The plant \ud83d opened on Monday.", "It had closed."])
    pd.DataFrame({"title": ["Plant"], "text": [lines]}).to_csv(tmp_path / "a.csv", index=False)
    text = bitext.read(tmp_path).articles["text"].iloc[0]
    assert text == "The plant \ufffd opened on Monday.\nIt had closed."


def test_half_a_character_in_what_a_page_says_of_itself_is_replaced(tmp_path: Path) -> None:
    data = '{"@type": "NewsArticle", "author": "Jane \\ud83d", "headline": "Plant \\ud83d"}'
    page = PAGE.format(head=f'<script type="application/ld+json">{data}</script>')
    (tmp_path / "a.html").write_text(page)
    row = bitext.read(tmp_path).articles.iloc[0]
    assert (row["author"], row["title"]) == ("Jane \ufffd", "Plant \ufffd")


@pytest.mark.parametrize("name", ["deep.json", "deep.jsonl"])
def test_deep_json_is_one_problem(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("[" * 100_000 + "\n" + json.dumps(GOOD) + "\n")
    (tmp_path / "good.jsonl").write_text(json.dumps(GOOD))
    for found, kinds in both_roads(tmp_path):
        assert "good.jsonl#1" in found
        assert kinds == {str(tmp_path / name): "too deep"}


def test_what_parquet_holds_and_python_does_not_costs_a_cell(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    table = pa.table(
        {
            "text": ["The plant opened.", "It closed."],
            "date": pa.array([2**62, 0], pa.timestamp("us")),
            "author": pa.array([b"Jane Roe", "王芳".encode("gb18030")], pa.binary()),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    corpus = bitext.read(tmp_path)
    assert corpus.articles["text"].tolist() == ["The plant opened.", "It closed."]
    assert corpus.articles["author"].tolist() == ["Jane Roe", "王芳"]  # a name, in another encoding
    assert corpus.problems["problem"].str.contains("row 1: 'date' left out").any()


def test_odd_cells_of_a_frame(tmp_path: Path) -> None:
    cells = [
        np.array(["The plant", "opened."]),
        pd.Series(["It closed."]),
        Decimal("sNaN"),
        float("nan"),
        b"On Monday.",
    ]
    frame = pd.DataFrame({"text": pd.Series(cells, dtype=object)})
    corpus = bitext.Corpus.from_frame(frame)
    assert corpus.articles["text"].tolist() == ["The plant, opened.", "It closed.", "On Monday."]
    assert corpus.problems["kind"].tolist() == ["empty", "empty"]


class Odd:
    def __str__(self) -> str:
        raise ZeroDivisionError("no text of me")


def test_an_error_that_nobody_expected_is_named_and_the_others_are_read() -> None:
    frame = pd.DataFrame({"text": ["The plant opened.", Odd()]})
    corpus = bitext.Corpus.from_frame(frame)
    assert len(corpus) == 1
    assert corpus.problems.values.tolist() == [
        ["DataFrame", "failed", "row 1: ZeroDivisionError: no text of me"]
    ]


def test_numbers_that_python_does_not_read_cost_a_cell_or_a_row(tmp_path: Path) -> None:
    digits = "9" * 6000
    (tmp_path / "a.json").write_text(f'[{{"text": "It opened.", "date": {digits}}}, {json.dumps(GOOD)}]')
    (tmp_path / "b.jsonl").write_text(f'{{"text": "It closed.", "title": {digits}}}\n')
    data = f'{{"@type": "NewsArticle", "headline": "Plant", "n": {digits}}}'
    page = PAGE.format(head=f'<script type="application/ld+json">{data}</script>')
    (tmp_path / "c.html").write_text(page)
    for found, kinds in both_roads(tmp_path):
        assert len(found) == 4
        assert "broken" not in kinds.values()
    assert bitext.read(tmp_path / "c.html").articles["title"].tolist() == ["Plant"]
    frame = pd.DataFrame(
        {"text": pd.Series(["It opened.", 10**5000, pd.DataFrame({"a": [1]})], dtype=object)}
    )
    assert bitext.Corpus.from_frame(frame).problems["kind"].tolist()[:2] == ["too large", "broken"]


def test_a_stray_quotation_mark_costs_one_row(tmp_path: Path) -> None:
    rows = [f'Title {n},"Plant {n} opened, they said."' for n in range(500)]
    rows[5] = 'Title 5,"Plant 5 "opened'
    rows[300] = 'Title 300,"Plant 300 opened'
    (tmp_path / "a.csv").write_text("title,text\n" + "\n".join(rows) + "\n")
    corpus = bitext.read(tmp_path)
    assert corpus.problems["kind"].tolist() == ["broken", "broken"]
    assert corpus.problems["problem"].str.contains("near line (?:7|302)").all()
    assert len(corpus) == 498


def test_one_zero_byte_does_not_make_a_table_binary(tmp_path: Path) -> None:
    rows = "".join(f"Title {n},Plant {n} opened on Monday morning.\n" for n in range(100))
    (tmp_path / "a.csv").write_text("title,text\n" + rows.replace("Plant 7 ", "Plant\0 7 "))
    assert len(bitext.read(tmp_path)) == 100


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("told", [True, False])
def test_json_lines_of_two_bytes_a_character(tmp_path: Path, encoding: str, told: bool) -> None:
    if encoding == "utf-32" and not told:
        pytest.skip("told from its mark as UTF-32 only where Python writes one")
    lines = "".join(json.dumps(GOOD | {"title": f"标题 {n}"}, ensure_ascii=False) + "\n" for n in range(40))
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines.encode(encoding))
    corpus = bitext.read(path, encoding=encoding if told else None)
    assert corpus.articles["title"].tolist() == [f"标题 {n}" for n in range(40)]  # titles, numbered
    assert bitext.scan(path, encoding=encoding if told else None, size=300).number() == 40


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nested.html", "<html><body>" + "<div>" * 100_000 + "text"),
        ("article.html", "<html><body>" + "<article><p>" * 50_000 + "text"),
        ("links.md", "# t\n\n" + "![" * 50_000),
        ("front.md", "---\na" + " " * 100_000 + "\n---\n\nText."),
        ("quotes.txt", '"a," he said, ' * 3000),
        ("open.txt", "“The plant opened. " * 3000),
    ],
)
def test_no_page_takes_longer_than_its_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str
) -> None:
    monkeypatch.setattr(budget, "SECONDS", 1.0)
    (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "good.jsonl").write_text(json.dumps(GOOD))
    began = time.process_time()
    corpus = bitext.read(tmp_path)
    assert time.process_time() - began < 10
    assert "good.jsonl#1" in corpus.articles["article"].tolist()
    assert len(corpus) + len(corpus.problems) >= 2


def test_all_rows_are_listed_and_the_message_counts_them_by_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from bitext.cli import main

    lines = [json.dumps(GOOD) if n % 2 else "{oops" for n in range(400)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    (tmp_path / "b.txt").write_text("")
    assert len(bitext.read(tmp_path).problems) == len(bitext.scan(tmp_path, size=900).problems) + 201 == 201
    scan = bitext.scan(tmp_path, size=900)
    assert scan.number() == 200
    assert scan.problems["kind"].value_counts().to_dict() == {"broken": 200, "empty": 1}
    main(["read", str(tmp_path)])
    said = capsys.readouterr().err
    assert "200 broken: " in said
    assert "line 1 is not JSON" in said
    assert "; and 199 more" in said
    assert "1 empty: " in said


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "LARGEST_JSON", 2_000_000)
    monkeypatch.setattr(budget, "LARGEST", 100_000)
    monkeypatch.setattr(budget, "LARGEST_LINE", 400_000)
    with gzip.open(tmp_path / "a.json.gz", "wb") as file:
        file.write(b"[" + b" " * 5_000_000 + b"]")
    with gzip.open(tmp_path / "b.csv.gz", "wb") as file:
        file.write(b'title,text\nA,"' + b"x" * 5_000_000)
    with gzip.open(tmp_path / "c.jsonl.gz", "wb") as file:
        file.write(b'{"text": "' + b"x" * 5_000_000 + b'"}\n' + json.dumps(GOOD).encode())
    for found, kinds in both_roads(tmp_path):
        assert found == ["c.jsonl.gz#2"]
        assert set(kinds.values()) == {"too large"}
        assert len(kinds) == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_pipes_and_devices_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "good.jsonl").write_text(json.dumps(GOOD))
    for found, kinds in both_roads(tmp_path):
        assert found == ["good.jsonl#1"]
        assert kinds == {str(tmp_path / "pipe.txt"): "not read"}
    with pytest.raises(bitext.CorpusError, match="no regular file"):
        bitext.read("/dev/zero")


def test_encodings_that_make_no_text_and_homes_of_nobody_are_named(tmp_path: Path) -> None:
    with pytest.raises(bitext.CorpusError, match="unknown encoding 'rot13'"):
        bitext.read(tmp_path, encoding="rot13")
    with pytest.raises(bitext.CorpusError, match="~nobodyhere"):
        bitext.read("~nobodyhere/news")


def test_a_files_name_does_not_act_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from bitext.cli import main

    (tmp_path / "\x1b[31mred\x07.txt").write_text("")
    (tmp_path / "good.jsonl").write_text(json.dumps(GOOD))
    main(["read", str(tmp_path)])
    said = capsys.readouterr()
    assert "\x1b[31m" not in said.err + said.out
    assert "\\x1b[31mred\\x07.txt" in said.err
    assert printable("a\u202eb") == "a\\u202eb"


def test_a_file_whose_name_is_no_text_is_read(tmp_path: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("file names are any bytes on Linux only")
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xd0\xc2.txt"))).write_text("The plant opened.")
    corpus = bitext.read(tmp_path)
    corpus.articles["article"][0].encode()
    corpus.articles["file"][0].encode()
    assert len(corpus) == 1


def test_a_thousand_hostile_files_lose_nothing(tmp_path: Path) -> None:
    """Every file is an article or a row in `problems`, in one process and in two."""
    draw = random.Random(7)
    base = [
        json.dumps([GOOD, GOOD]).encode(),
        (json.dumps(GOOD) + "\n").encode() * 3,
        b"title,text\nA,The plant opened.\nB,It closed.\n",
        PAGE.format(head="<title>Plant</title>").encode(),
        "# 工厂开工\n\n2024-05-01 10:00\n\n工厂周一开工。\n".encode(),  # A plant begins work.
        b"---\ntitle: Plant\ndate: 2024-05-01\n---\n\nThe plant opened.\n",
    ]
    endings = [".json", ".jsonl", ".csv", ".html", ".md", ".txt"]
    for number in range(1000):
        data = bytearray(draw.choice(base))
        for _ in range(draw.choice([0, 1, 3, 30])):
            place = draw.randrange(len(data) + 1)
            odd = [b"\0", b'"', b"<", b"[" * 50, b"\xff\xfe", b"\\ud83d", draw.randbytes(1)]
            piece = draw.choice(odd)
            data[place : place + draw.randint(0, 3)] = piece
        name = f"{number}{draw.choice(endings)}"
        if draw.random() < 0.1:
            name, data = name + ".gz", bytearray(gzip.compress(bytes(data))[: draw.randint(5, 300)])
        (tmp_path / name).write_bytes(data)
    corpus = bitext.read(tmp_path)
    seen = {Path(source).name for source in [*corpus.articles["file"], *corpus.problems["file"]]}
    seen |= {article.split("#")[0] for article in corpus.problems["file"]}
    assert {path.name for path in tmp_path.iterdir()} <= seen
    assert "failed" not in set(corpus.problems["kind"]), corpus.problems[corpus.problems["kind"] == "failed"]
    scan = bitext.scan(tmp_path, workers=2)
    assert scan.number() == len(corpus)
    assert sorted(scan.problems.values.tolist()) == sorted(corpus.problems.values.tolist())

"""Which column is what, in which order dates stand; further columns stay; every unreadable cell is said."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import pandas as pd
import pytest

import bitext
from bitext.engines.reduction import Reduction

T = TypeVar("T")
TEXT = (
    "The plant opened on Monday after three years of work, officials said, and it is the first of its kind. "
)


def read(tmp_path: Path, content: str, **options: object) -> bitext.Corpus:
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    return bitext.read(path, **options)  # type: ignore[arg-type]


def days(corpus: bitext.Corpus) -> list[str]:
    return ["" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in corpus.articles["date"]]


@pytest.mark.parametrize(
    ("column", "field", "cell"),
    [
        ("publishedAt", "date", "2031-03-05"),
        ("publish_time", "date", "2031-03-05"),
        ("date_publish", "date", "2031-03-05"),
        ("created_at", "date", "2031-03-05"),
        ("day", "date", "2031-03-05"),
        ("发布日期", "date", "2031-03-05"),  # day of publication
        ("見報日期", "date", "2031-03-05"),  # day in print
        ("source_name", "outlet", "The Ledger"),
        ("Publication Title", "outlet", "The Ledger"),
        ("media_name", "outlet", "The Ledger"),
        ("paper", "outlet", "The Ledger"),
        ("报纸", "outlet", "港湾报"),  # newspaper: Harbour Daily
        ("報章", "outlet", "港灣報"),
        ("FROM", "outlet", "自由時報"),  # a column FROM without addresses
        ("from", "url", "https://wire.example/1"),
        ("新闻链接", "url", "https://wire.example/1"),  # link of the news
        ("新聞標題", "title", "新廠開工"),  # headline: plant opens
        ("Zeitung", "outlet", "The Ledger"),
        ("Verfasser", "author", "Ann Lee"),
        ("Datum", "date", "2031-03-05"),
        ("Überschrift", "title", "Plant opens"),
        ("Titre de presse", "outlet", "The Ledger"),
        ("Auteur", "author", "Ann Lee"),
        ("Date de parution", "date", "2031-03-05"),
        ("Periódico", "outlet", "The Ledger"),
        ("Fecha", "date", "2031-03-05"),
        ("Título", "title", "Plant opens"),
    ],
)
def test_names_of_columns_in_five_languages(tmp_path: Path, column: str, field: str, cell: str) -> None:
    corpus = read(tmp_path, f"正文,{column}\n厂房周一开工。,{cell}\n")
    assert str(corpus.articles[field][0]).removesuffix(" 00:00:00") == cell


def test_short_cells_that_are_sentences_are_the_text_under_any_name(tmp_path: Path) -> None:
    table = (
        "Titel;Datum;Inhalt\n"
        "Port opens;13.05.2031;The port opened on Monday, officials said.\n"
        "Strike ends;14.05.2031;The strike ended after talks.\n"
    )
    corpus = read(tmp_path, table)
    assert corpus.articles["text"][1] == "The strike ended after talks."
    assert days(corpus) == ["2031-05-13", "2031-05-14"]  # and days with dots are no addresses


def test_the_line_in_which_excel_names_the_delimiter_is_no_header(tmp_path: Path) -> None:
    corpus = read(tmp_path, "sep=;\r\ntitle;body\r\nPort;The port opened, officials said.\r\n")
    assert corpus.articles[["title", "text"]].values.tolist() == [
        ["Port", "The port opened, officials said."]
    ]


def test_identifiers_of_a_frame_stay_and_one_that_comes_twice_is_said() -> None:
    frame = pd.DataFrame({"article": ["x", "x", None, "y"], "body": [f"Plant {n} opened." for n in range(4)]})
    corpus = bitext.Corpus.from_frame(frame)
    assert corpus.articles["article"].tolist() == ["x", "x~2", "2", "y"]
    assert corpus.problems["kind"].tolist() == ["renamed"]


def test_explain_says_why_nothing_could_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a;b\nx;y\nz;w\n", encoding="utf-8")
    told = bitext.explain(path)
    assert told[["aspect", "found"]].values.tolist() == [["problem", "broken"]]
    assert "its columns are ['a', 'b']" in told["reason"][0]


def test_columns_are_told_by_their_cells_where_no_name_tells(tmp_path: Path) -> None:
    rows = [
        f'Plant number {n} opens in valley {n},"{TEXT * 2}{n}",2031-03-0{n},https://wire.example/{n},{n}'
        for n in range(1, 6)
    ]
    corpus = read(tmp_path, "A,B,C,D,E\n" + "\n".join(rows) + "\n")
    row = corpus.articles.iloc[0]
    assert row["title"] == "Plant number 1 opens in valley 1"
    assert row["text"].startswith("The plant opened")
    assert (f"{row['date']:%Y-%m-%d}", row["url"], row["E"]) == ("2031-03-01", "https://wire.example/1", "1")
    said = corpus.problems.set_index("kind")["problem"]["assumed"]
    assert "'B' is the text" in said
    assert "say text='COLUMN'" in said


def test_a_name_that_the_cells_contradict_is_not_believed(tmp_path: Path) -> None:
    head = "id,article,source,time,day,stuk\n"
    rows = "".join(
        f'{n},a-{n},https://wire.example/{n},08:0{n},2031-03-0{n},"{TEXT * 2}"\n' for n in range(1, 4)
    )
    row = read(tmp_path, head + rows).articles.iloc[0]
    assert row["text"].startswith("The plant opened")
    assert (row["url"], row["time"], f"{row['date']:%Y-%m-%d}") == (
        "https://wire.example/1",
        "08:01",
        "2031-03-01",
    )
    assert (row["id"], row["article_given"]) == ("1", "a-1")


def test_one_order_of_dates_for_the_whole_column(tmp_path: Path) -> None:
    american = read(tmp_path, "text,date\nOne.,05/04/2024\nTwo.,05/13/2024\n")
    assert days(american) == ["2024-05-04", "2024-05-13"]
    assert not len(american.problems)
    assert days(read(tmp_path, "text,date\nOne.,05/04/2024\nTwo.,13.05.2024\n")) == [
        "2024-04-05",
        "2024-05-13",
    ]


def test_the_cell_that_decides_may_stand_far_down(tmp_path: Path) -> None:
    rows = "".join(f"Plant {n} opened.,0{n % 9 + 1}/04/2024\n" for n in range(700))
    corpus = read(tmp_path, f"text,date\n{rows}The last one.,05/13/2024\n")
    assert days(corpus)[:2] == ["2024-01-04", "2024-02-04"]


def test_an_order_that_nothing_tells_is_said_with_the_way_out(tmp_path: Path) -> None:
    content = "text,date\nOne.,03/04/2025\n"
    corpus = read(tmp_path, content)
    assert days(corpus) == ["2025-04-03"]
    assert corpus.problems["kind"].tolist() == ["assumed"]
    assert "say day_first=False" in corpus.problems["problem"][0]
    told = read(tmp_path, content, day_first=False)
    assert days(told) == ["2025-03-04"]
    assert not len(told.problems)


def test_addresses_beside_the_dates_tell_their_order(tmp_path: Path) -> None:
    corpus = read(tmp_path, "text,date,url\nOne.,03/04/2025,https://wire.example/2025/03/04/plant\n")
    assert days(corpus) == ["2025-03-04"]


def test_outlets_that_write_dates_each_in_their_way(tmp_path: Path) -> None:
    rows = (
        "One.,A,13/05/2024\nTwo.,A,03/04/2024\nThree.,B,05/13/2024\nFour.,B,03/04/2024\nFive.,C,03/04/2024\n"
    )
    corpus = read(tmp_path, "text,outlet,date\n" + rows)
    assert days(corpus) == ["2024-05-13", "2024-04-03", "2024-05-13", "2024-03-04", ""]
    assert corpus.problems["kind"].tolist() == ["assumed", "undated"]


def test_every_cell_that_is_no_date_is_a_row_with_its_reason(tmp_path: Path) -> None:
    cells = ["2024-13-45", "May 13", "soon", "2031-03-05", "99"] * 40
    rows = "".join(f"Plant {n} opened.,{cell}\n" for n, cell in enumerate(cells))
    corpus = read(tmp_path, "text,date\n" + rows)
    assert corpus.problems["kind"].value_counts().to_dict() == {"undated": 160}
    said = corpus.problems.set_index("file")["problem"]
    assert "it names no year; write 2024-05-13" in said["a.csv#2"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("Published: March 5, 2031", "2031-03-05"),
        ("15:45, 5-Mar-2031", "2031-03-05"),
        ("05.03.2031", "2031-03-05"),
        ("45425", "2024-05-13"),
        ("1715587200000", "2024-05-13"),
        ("1715587200000000", "2024-05-13"),
        ("1715587200000000000", "2024-05-13"),
        ("1715587200.25", "2024-05-13"),
        ("1895-03-05", "1895-03-05"),
        ("Mon May 13 08:00:00 +0800 2024", "2024-05-13"),
        ("2024-05-13 08:00 (GMT+8)", "2024-05-13"),
        ("2024/05/13 上午8:00", "2024-05-13"),  # a.m.
        ("2024年5月13日 08时30分", "2024-05-13"),
        ("二〇二四年五月十三日", "2024-05-13"),
        ("13. Mai 2024", "2024-05-13"),
        ("1er août 2024", "2024-08-01"),
        ("13 de mayo de 2024", "2024-05-13"),
    ],
)
def test_dates_as_tables_write_them(tmp_path: Path, cell: str, day: str) -> None:
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["One."], "date": [cell]}), day_first=True)
    assert days(corpus) == [day]
    assert not len(corpus.problems)


def test_further_columns_stay_and_are_filled_across_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("text,frame,id\nOne plant.,threat,17\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("text,coder\nTwo plants.,Ann\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("A plant opens\n\nThree plants opened.\n", encoding="utf-8")
    articles = bitext.read(tmp_path).articles
    assert articles["frame"].tolist() == ["threat", "", ""]
    assert articles["coder"].tolist() == ["", "Ann", ""]
    assert articles["id"].tolist() == ["17", "", ""]


def test_further_columns_group_over_the_batches_of_a_scan(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        "".join(f'{{"text": "Plant {n} opened on Monday.", "frame": "threat"}}\n' for n in range(60)), "utf-8"
    )
    (tmp_path / "b.txt").write_text("Another plant opened on Monday.", "utf-8")
    scan = bitext.scan(tmp_path, size=500)
    columns: set[tuple[str, ...]] = scan.reduce(Reduction(column_names, distinct))
    assert columns == {tuple(bitext.read(tmp_path).articles.columns)}
    groups = bitext.count(bitext.tokenize(scan)).group("frame")
    assert sorted(key[0] for key in groups.keys) == ["(none)", "threat"]


def column_names(corpus: bitext.Corpus) -> set[tuple[str, ...]]:
    return {tuple(corpus.articles.columns)}


def distinct(parts: Sequence[set[T]]) -> set[T]:
    return {item for part in parts for item in part}


def test_a_scan_reads_dates_in_the_order_of_the_whole_column(tmp_path: Path) -> None:
    lines = [f'{{"text": "Plant {n} opened.", "date": "05/04/2024"}}\n' for n in range(300)]
    (tmp_path / "a.jsonl").write_text("".join(lines) + '{"text": "Last.", "date": "05/13/2024"}\n', "utf-8")
    scan = bitext.scan(tmp_path, size=1000)
    assert scan.reduce(Reduction(months, distinct)) == {5}


def months(corpus: bitext.Corpus) -> set[int]:
    return set(corpus.articles["date"].dt.month)


def test_a_frame_keeps_its_own_identifiers() -> None:
    frame = pd.DataFrame(
        {"article": ["x-1", "x-2"], "body": ["One plant.", "Two plants."], "frame": ["a", "b"]}
    )
    corpus = bitext.Corpus.from_frame(frame)
    assert corpus.articles["article"].tolist() == ["x-1", "x-2"]
    assert corpus.articles["frame"].tolist() == ["a", "b"]


def test_lists_that_a_program_wrote_into_cells_are_lists(tmp_path: Path) -> None:
    corpus = read(tmp_path, "text,authors\n\"['One.', 'Two.']\",\"['Ann Marlow', 'Bo Li']\"\n")
    assert corpus.articles["author"].tolist() == ["Ann Marlow, Bo Li"]
    assert corpus.articles["text"].tolist() == ["One.\nTwo."]


def test_explain_says_that_some_articles_name_no_outlet(tmp_path: Path) -> None:
    Path(tmp_path, "a.csv").write_text(
        "text,outlet,url\nOne opened.,The Ledger,\nTwo opened.,,\nThree opened.,,https://x.example/1\n"
    )
    table = bitext.explain(tmp_path)
    said = table[table["found"] == "unnamed"].set_index("file")["reason"].to_dict()
    assert said[""].startswith("1 of 3 articles name no outlet: they are the group '(none)'")
    assert said["x.example"].startswith("the outlet is called by its domain")

"""Tables, raw pages in cells, batches: the same articles whatever they come in."""

import csv
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.corpus.assemble import paragraphs
from bitext.engines.reduction import Reduction
from tests import CHIPS

ROWS = [
    {"headline": "One", "body": "The first plant opened.", "media": "A", "pubdate": "2024-05-13", "link": "https://a.example/1"},
    {"headline": "Two", "body": "The second plant opened.", "media": "B", "pubdate": "2024-05-14", "link": "https://b.example/2"},
]  # fmt: skip


def expected() -> list[list[object]]:
    return [
        [row["headline"], row["body"], row["media"], pd.Timestamp(row["pubdate"]), row["link"]]
        for row in ROWS
    ]


def values(corpus: bitext.Corpus) -> list[list[object]]:
    return corpus.articles[["title", "text", "outlet", "date", "url"]].to_numpy().tolist()


@pytest.mark.parametrize(
    "name", ["a.csv", "a.tsv", "a.jsonl", "a.ndjson", "a.json", "a.parquet", "a.csv.gz", "a.jsonl.gz"]
)
def test_every_kind_of_table_is_read_by_its_usual_columns(tmp_path: Path, name: str) -> None:
    frame, path = pd.DataFrame(ROWS), tmp_path / name
    if "json" in name:
        frame.to_json(path, orient="records", lines=name != "a.json", force_ascii=False)
    elif "parquet" in name:
        pytest.importorskip("pyarrow")
        frame.to_parquet(path)
    else:
        frame.to_csv(path, index=False, sep="\t" if "tsv" in name else ",")
    corpus = bitext.read(path)
    assert values(corpus) == expected()
    assert corpus.articles["article"].tolist() == [f"{name}#1", f"{name}#2"]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_tables_in_other_encodings(tmp_path: Path, encoding: str) -> None:
    text = "标题,正文,来源,日期\n芯片,工厂星期一开工。,甲报,2024年5月13日\n"
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    row = bitext.read(tmp_path).articles.iloc[0]
    assert (row["title"], row["text"], row["outlet"]) == ("芯片", "工厂星期一开工。", "甲报")
    assert row["date"] == pd.Timestamp("2024-05-13")


def test_columns_can_be_named_and_the_outlet_can_be_a_name() -> None:
    frame = pd.DataFrame(
        {"kop": ["One"], "artikel": ["The plant opened."], "dag": ["20240513"], "krant": ["A"]}
    )
    named = bitext.Corpus.from_frame(frame, text="artikel", title="kop", date="dag", outlet="krant")
    assert named.articles[["title", "outlet"]].to_numpy().tolist() == [["One", "A"]]
    same = bitext.Corpus.from_frame(frame, text="artikel", title="kop", outlet="The Daily")
    assert same.articles["outlet"].tolist() == ["The Daily"]


def test_a_slip_in_the_column_of_the_outlet_is_no_outlet(tmp_path: Path) -> None:
    frame = pd.DataFrame({"Zeitung": ["A"], "text": ["The plant opened on Monday."]})
    with pytest.raises(bitext.BitextError, match=r"no column 'Zeitungen' \(did you mean 'Zeitung'\?\)"):
        bitext.Corpus.from_frame(frame, outlet="Zeitungen")
    frame.to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(bitext.CorpusError, match="did you mean 'Zeitung'"):
        bitext.read(tmp_path, outlet="Zeitungen")


def test_a_table_in_no_folder_of_an_outlet_keeps_the_outlets_of_its_rows(tmp_path: Path) -> None:
    texts = ["The plant opened on Monday, the ministry said.", "The bridge was shut after a storm."]
    pd.DataFrame({"outlet": ["The Ledger", "Harbour"], "text": texts}).to_csv(tmp_path / "a.csv", index=False)
    pd.DataFrame({"title": ["Opening"], "text": texts[:1]}).to_csv(tmp_path / "b.csv", index=False)
    outlets = ["The Ledger", "Harbour", tmp_path.name]
    assert bitext.read(tmp_path, outlet="folder").articles["outlet"].tolist() == outlets
    assert set(bitext.scan(tmp_path, outlet="folder").outlets()) == set(outlets)


def test_articles_without_an_outlet_among_others_are_said_once(tmp_path: Path) -> None:
    text = "The plant opened on Monday, the ministry said."
    frame = pd.DataFrame({"outlet": ["A", "", "", "B"], "text": [text] * 4})
    frame.to_csv(tmp_path / "a.csv", index=False)
    scan = bitext.scan(tmp_path)
    assert scan.number() == 4
    for read in (bitext.Corpus.from_frame(frame), bitext.read(tmp_path), scan):
        rows = read.problems[read.problems["kind"] == "unnamed"]
        assert rows["problem"].str.startswith("2 of 4 articles name no outlet").tolist() == [True]


def test_a_table_with_unusual_columns_is_read_by_naming_them() -> None:
    path = Path(__file__).parents[1] / "cases" / "chips_mapping.csv"
    corpus = bitext.read(path, text="artikel", title="kop", outlet="krant", date="dag")
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert corpus.articles["title"].tolist() == [row["kop"] for row in rows]
    assert corpus.articles["outlet"].tolist() == [row["krant"] for row in rows]


def test_a_raw_page_in_a_cell_is_read_like_the_file() -> None:
    paths = sorted((CHIPS / "yuansheng").glob("*.md"))
    pages = [path.read_text(encoding="utf-8") for path in paths]
    hosts = bitext.read(CHIPS / "yuansheng").articles
    cells = bitext.Corpus.from_frame(pd.DataFrame({"raw": pages}), text="raw").articles
    for name in ("title", "text", "author", "editor", "url", "caption"):
        assert cells[name].tolist() == hosts[name].tolist()


def test_batches_together_are_what_read_returns() -> None:
    whole = bitext.read(CHIPS)
    parts = bitext.scan(CHIPS, size=5_000).reduce(Reduction(numbered, joined))
    assert len(parts) > 5
    together = pd.concat([part for _, part in parts], ignore_index=True)
    pd.testing.assert_frame_equal(together, whole.articles)


def numbered(corpus: bitext.Corpus) -> list[tuple[int, pd.DataFrame]]:
    return [(corpus.first, corpus.articles)]


def joined(parts: Sequence[list[tuple[int, pd.DataFrame]]]) -> list[tuple[int, pd.DataFrame]]:
    return sorted((pair for part in parts for pair in part), key=lambda pair: pair[0])


def test_paragraphs_have_their_own_language() -> None:
    text = "欧盟与日本将深化芯片合作。\nThe EU and Japan will cooperate on chips.\n歐盟與日本將深化合作。"
    table = paragraphs(bitext.Corpus.from_frame(pd.DataFrame({"text": [text]})))
    assert table["lang"].tolist() == ["zh", "en", "zh"]
    assert table["script"].tolist() == ["Hans", "", "Hant"]
    assert [text[start:end] for start, end in zip(table["start"], table["end"], strict=True)] == text.split(
        "\n"
    )


def test_both_html_extractors_read_the_pages_of_the_sample_corpus() -> None:
    pytest.importorskip("trafilatura")
    own, other = bitext.read(CHIPS), bitext.read(CHIPS, html="trafilatura")
    pages = own.articles["article"].str.endswith(".html")
    for mine, theirs in zip(own.articles["text"][pages], other.articles["text"][pages], strict=True):
        assert set(theirs.split("\n")) <= set(mine.split("\n"))
        assert len(theirs) > 0.7 * len(mine)

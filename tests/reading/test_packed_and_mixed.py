# ruff: noqa: E501 (exports keep the lines that they have)
"""Packed files, tables beside tables of articles, saved pages, and clocks: what strangers' folders hold."""

import bz2
import gzip
import io
import json
import lzma
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext import cli
from tests.reading.test_importers import zipped

TEXT = (
    "The plant opened on Monday after three years of work, officials said, and it is the first of its kind."
)
TABLE = f'headline,story,paper\nPlant opens,"{TEXT}",The Ledger\n'.encode()
NOTES = b"who,when\nTom,Monday\n"
PAGE = """<html><head><title>新厂开工</title><meta property="article:published_time" content="{}"></head><body>
<article><h1>新厂开工</h1><p>{}</p><p>厂房周一正式开工，官员说工程三年前开始，这是当地的第一座。</p></article></body></html>"""
# the plant went into operation on Monday; officials say work began three years ago, it is the first here
RELATED = 'Content-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html; charset=utf-8\n\n'


def read(tmp_path: Path, name: str, data: bytes) -> bitext.Corpus:
    path = tmp_path / name
    path.write_bytes(data)
    return bitext.read(path)


@pytest.mark.parametrize(
    ("ending", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)]
)
def test_whatever_is_packed_is_unpacked_alone_and_in_an_archive(ending: str, pack, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    data = pack(TABLE)
    (tmp_path / f"a.csv.{ending}").write_bytes(data)
    assert bitext.read(tmp_path).articles["outlet"].tolist() == ["The Ledger"]
    assert bitext.scan(tmp_path).number() == 1
    inside = read(tmp_path, "z.zip", zipped({f"b.csv.{ending}": data}))
    assert inside.articles["text"].tolist() == [TEXT]
    lines = b"".join(json.dumps({"text": f"{TEXT} {n}"}).encode() + b"\n" for n in range(3))
    (tmp_path / f"l.jsonl.{ending}").write_bytes(pack(lines))
    assert bitext.scan(tmp_path / f"l.jsonl.{ending}").number() == 3
    with pytest.raises(bitext.CorpusError, match=r"broken packed file|Invalid data stream"):
        read(tmp_path, f"cut.txt.{ending}", pack(TABLE * 50)[:70])


def test_parquet_in_an_archive_is_read_and_a_broken_one_is_named(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow")
    path = tmp_path / "week.parquet"
    pd.DataFrame({"title": ["Plant opens"], "text": [TEXT], "outlet": ["The Ledger"]}).to_parquet(path)
    data = path.read_bytes()
    path.unlink()
    corpus = read(tmp_path, "w.zip", zipped({"a.parquet": data, "b.parquet": data[:200]}))
    assert corpus.articles[["article", "outlet"]].values.tolist() == [["w.zip/a.parquet#1", "The Ledger"]]
    assert "b.parquet: broken Parquet file" in corpus.problems["problem"].iloc[0]


def test_a_table_beside_the_articles_is_left_out_and_the_next_one_read(tmp_path: Path) -> None:
    corpus = read(tmp_path, "m.zip", zipped({"a_notes.csv": NOTES, "b.csv": TABLE}))
    assert corpus.articles["title"].tolist() == ["Plant opens"]
    assert corpus.problems[["kind"]].values.tolist() == [["left out"]]
    with closing(sqlite3.connect(tmp_path / "n.db")) as base:
        base.execute("create table news (headline text, fulltext text)")
        base.execute("insert into news values ('Plant opens', ?)", (TEXT,))
        base.execute("create table log (id int, message text)")
        base.execute("insert into log values (1, 'hello')")
        base.commit()
    corpus = bitext.read(tmp_path / "n.db")
    assert (len(corpus.articles), corpus.problems["kind"].tolist()) == (1, ["left out"])
    assert corpus.problems["problem"][0].startswith("log: ")


def test_a_file_whose_only_table_holds_no_articles_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(bitext.CorpusError, match="text='COLUMN'"):
        read(tmp_path, "m.zip", zipped({"notes.csv": NOTES}))


@pytest.mark.parametrize(
    "head", ["From: <Saved by Blink>\nMIME-Version: 1.0\n", "Subject: x\nMIME-Version: 1.0\n"]
)
def test_a_page_that_a_browser_saved_is_no_mail(head: str, tmp_path: Path) -> None:
    head += "Snapshot-Content-Location: https://a.example/1\n" if "Blink" in head else ""
    page = PAGE.format("2031-03-05T08:30:00+08:00", "2031-03-05 08:30")
    corpus = read(tmp_path, "p.mhtml", (head + RELATED + page + "\n--x--\n").encode())
    row = corpus.articles.iloc[0]
    assert (row["title"], row["outlet"]) == ("新厂开工", "a.example" if "Blink" in head else "")


def test_a_mail_with_pictures_is_no_saved_page(tmp_path: Path) -> None:
    head = "From: The Ledger <news@a.example>\nMessage-ID: <1@a.example>\nSubject: Plant\nMIME-Version: 1.0\n"
    corpus = read(tmp_path, "m.eml", (head + RELATED + f"<p>{TEXT}</p>\n--x--\n").encode())
    assert corpus.articles[["outlet", "title"]].values.tolist() == [["The Ledger", "Plant"]]


@pytest.mark.parametrize(
    ("said", "printed", "instant", "zone"),
    [
        ("2031-03-05T08:30:00+08:00", "2031-03-05 08:30", "2031-03-05 00:30", "+08:00"),  # one clock
        ("2031-03-05T00:30:41Z", "2031-03-05 08:30", "2031-03-05 00:30", "+08:00"),  # full hours apart
        ("2031-03-05T08:30:00Z", "2031-03-05 08:30", "NaT", ""),  # the site takes its clock for UTC
        ("2031-03-05T09:10:00+08:00", "2031-03-05 08:30", "NaT", ""),  # another moment: changed later
        ("2031-03-05T08:30:00+08:00", "2031-03-05 08:30 UTC+8", "2031-03-05 00:30", "+08:00"),
    ],
)
def test_a_page_that_says_its_zone_once_has_an_instant(
    said: str, printed: str, instant: str, zone: str, tmp_path: Path
) -> None:
    row = read(tmp_path, "p.html", PAGE.format(said, printed).encode()).articles.iloc[0]
    assert (str(row["date"])[:16], str(row["instant"])[:16], row["zone"]) == (
        "2031-03-05 08:30",
        instant,
        zone,
    )


def test_answers_of_a_crawl_that_are_no_pages_are_said_and_texts_of_one_are_read(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")

    def record(kind: str, number: int, content: str, body: bytes) -> bytes:
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/{number}\r\n"
        head += f"WARC-Record-ID: <urn:{number}>\r\nWARC-Date: 2031-07-01T00:00:00Z\r\n"
        return (
            f"{head}Content-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
            + b"\r\n\r\n"
        )

    moved = b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n<html><body>Moved</body></html>"
    data = record("response", 1, "application/http; msgtype=response", moved)
    data += record("conversion", 2, "text/plain", f"Plant opens\n\n{TEXT}".encode())
    data += record("resource", 3, "text/html", PAGE.format("2031-03-05", "").encode())
    corpus = read(tmp_path, "c.warc", data)
    assert corpus.articles["title"].tolist() == ["Plant opens", "新厂开工"]
    assert "answered 301" in corpus.problems["problem"][0]


def test_the_account_of_a_post_is_its_outlet_unless_a_column_names_one(tmp_path: Path) -> None:
    post = {"mblog": {"text": "厂房周一正式开工。", "created_at": "Wed Mar 05 08:30:00 +0800 2031",
                      "source": "iPhone", "user": {"screen_name": "港湾报"}}}  # fmt: skip
    row = read(tmp_path, "w.json", json.dumps({"data": {"cards": [post]}}).encode()).articles.iloc[0]
    assert (row["outlet"], row["author"], str(row["instant"])) == ("港湾报", "港湾报", "2031-03-05 00:30:00")
    table = "screen_name,text,source\n小李,厂房周一正式开工。,港湾报\n小王,官员说工程三年前开始。,港湾报\n"
    assert set(read(tmp_path, "t.csv", table.encode()).articles["outlet"]) == {"港湾报"}


def test_exports_keep_the_time_and_lose_the_numbers_of_pages(tmp_path: Path) -> None:
    nexis = (
        "Page 1 of 2\n\nPlant opens\n\nThe Ledger\n\nMarch 5, 2031 Wednesday 10:15 PM GMT\n\nLength: 20 words\n\n"
        f"Body\n\n{TEXT}\n\nPage 2 of 2\n\nIt is large.\n\nLoad-Date: March 6, 2031\n\nEnd of Document\n"
    )
    row = read(tmp_path, "n.txt", nexis.encode()).articles.iloc[0]
    assert (row["title"], str(row["instant"])) == ("Plant opens", "2031-03-05 22:15:00")
    assert row["text"] == f"{TEXT}\nIt is large."
    factiva = (
        f"HD Plant opens\nWC 20 words\nPD 5 March 2031\nET 22:15\nSN The Ledger\nLA English\nLP {TEXT}\n"
        "AN Document LEDG000020310305ea5d0001a\n"
    )
    row = read(tmp_path, "f.txt", factiva.encode()).articles.iloc[0]
    assert (row["outlet"], str(row["date"])) == ("The Ledger", "2031-03-05 22:15:00")
    wise = (
        "慧科搜索\n\n1.\n港灣報 | 2031-03-05\n報章 | A12 | 要聞\n\n新廠開工\n\n廠房周一正式開工。\n\n"
        "文章編號: 203103050010012 © 2031 慧科訊業有限公司\n\n2.\n明灣報 | 2031-03-06\n報章 | B2 | 財經 | By 陳大文\n\n"
        "礦場關閉\n\n礦場周二關閉。\n\n文章編號: 203103060010013\n"
    )  # the plant starts; the mine closes
    table = read(tmp_path, "w.txt", wise.encode()).articles
    assert table[["outlet", "title", "author", "text"]].values.tolist() == [
        ["港灣報", "新廠開工", "", "廠房周一正式開工。"],
        ["明灣報", "礦場關閉", "陳大文", "礦場周二關閉。"],
    ]


@pytest.mark.parametrize(
    ("line", "author", "editor", "outlet"),
    [
        ("（记者：王洪；编辑：赵明）网编：李丁", "王洪", "赵明, 李丁", ""),
        ("稿源：远声网 编辑：李明 发布于：2024年5月13日", "", "李明", "远声网"),
        ("2024/05/13 08:30 記者陳大文／綜合報導", "陳大文", "", ""),
        ("（中央社記者陳大文台北13日電）", "陳大文", "", "中央社"),
        ("港湾报记者 李明 发自上海", "李明", "", ""),
        ("By Jo Hall | Bay Courier", "Jo Hall", "", ""),
        ("By JO HALL and ANN LEE, Associated Press", "JO HALL, ANN LEE", "", ""),
        ("By Jo Hall, Political Correspondent", "Jo Hall", "", ""),
        ("Bay Courier staff writer", "", "", ""),
        ("Story by Jo Hall and Ann Lee", "Jo Hall, Ann Lee", "", ""),
        ("May 13, 2031 / 10:15 AM EDT / Bay Courier", "", "", "Bay Courier"),
    ],
)
def test_a_line_of_credits_of_its_own_goes_and_says_who(
    line: str, author: str, editor: str, outlet: str, tmp_path: Path
) -> None:
    zh = "港务局周三宣布，第三码头将于六月投入使用，预计每年可处理两百万标准箱，居民代表对此表示不满。"
    body = TEXT if line.isascii() else zh  # the port authority said the third pier would be in use in June
    row = read(tmp_path, "a.txt", f"The pier\n\n{line}\n\n{body}\n".encode()).articles.iloc[0]
    assert (row["author"], row["editor"], row["outlet"], row["text"]) == (author, editor, outlet, body)


def test_a_dateline_of_any_house_in_mixed_case_goes_and_a_sentence_with_brackets_stays(
    tmp_path: Path,
) -> None:
    text = f"The pier\n\nWashington, D.C. (Bay Courier) — {TEXT}\n"
    assert read(tmp_path, "a.txt", text.encode()).articles["text"][0] == TEXT
    kept = "Ann Roe (the mayor) – a lawyer – said so. " + TEXT
    assert read(tmp_path, "b.txt", f"The pier\n\n{kept}\n".encode()).articles["text"][0] == kept


def test_a_first_line_that_is_a_sentence_is_no_title_and_the_file_is_named_after_one(tmp_path: Path) -> None:
    row = read(tmp_path, "2031-03-05 Plant opens.txt", f"{TEXT}\n\nIt is large.\n".encode()).articles.iloc[0]
    assert (row["title"], row["text"]) == ("Plant opens", f"{TEXT}\nIt is large.")


@pytest.mark.parametrize(
    "name", ["The Ledger 2031.csv", "2031-03 The Ledger.csv", "The Ledger_2030-2031.csv"]
)
def test_a_file_is_an_outlet_without_the_years_in_its_name(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(f'story\n"{TEXT}"\n')
    assert bitext.read(tmp_path, outlet="file").articles["outlet"].tolist() == ["The Ledger"]


def test_lines_of_scrapy_and_full_width_dates_are_read(tmp_path: Path) -> None:
    row = json.dumps({"text": TEXT, "date": "２０３１／５／１３"})
    assert str(read(tmp_path, "a.jl", row.encode()).articles["date"][0])[:10] == "2031-05-13"


def test_explain_says_what_a_member_is_which_sheet_and_how_exact_dates_are(tmp_path: Path) -> None:
    page = PAGE.format("2031-03-05T08:30:00+08:00", "2031-03-05 08:30").encode()
    (tmp_path / "z.zip").write_bytes(zipped({"a.html": page, "b.csv": TABLE}))
    told = bitext.explain(tmp_path)
    said = {(aspect, found) for aspect, found in told[["aspect", "found"]].to_numpy()}
    assert {("format", "HTML page in a ZIP archive"), ("format", "table (.csv) in a ZIP archive")} <= said
    assert {("precision", "minute 1"), ("zone", "+08:00 1")} <= said
    assert told["file"].str.endswith("z.zip/b.csv").any()


def test_a_page_whose_lines_were_lost_loses_caption_dateline_and_headlines_of_others(tmp_path: Path) -> None:
    """As a spider leaves it that strips tags: caption, credit, dateline, story, and further headlines in one."""
    story = (
        "港務局今天宣布，第三碼頭六月啟用。居民代表說，噪音問題還沒有解決。"  # the third pier opens in June
    )
    head = "第三碼頭3日完工，港務局長到場（前中）。（圖取自facebook.com/port）（中央社記者何宏台北3日電）"
    for before in (
        head.replace("（前中）", ""),
        "第三碼頭3日完工。中央社記者何宏攝 109年11月3日（中央社記者何宏台北3日專電）",
        "03/11/2020 - 13:50 （法新社台北3日電） ",
        "2031年3月5日，第三码头。REUTERS/Ann Roe",
    ):
        for behind in ("延伸閱讀碼頭噪音 居民抗議港務局：六月啟用", "\n延伸閱讀碼頭噪音 居民抗議", ""):
            corpus = read(tmp_path, "a.csv", f'title,text\n碼頭,"{before}{story}{behind}"\n'.encode())
            assert corpus.articles["text"][0] == story, (before, behind)
            assert corpus.removed["text"].str.len().sum() > len(before) - 3
    kept = "他說，延伸閱讀的材料很多，照片由讀者提供（圖由港務局提供）。法新社3日電稱，碼頭完工。"
    assert read(tmp_path, "b.txt", f"碼頭\n\n{kept}".encode()).articles["text"][0] == kept


def test_times_are_grouped_by_day_and_groups_of_one_article_say_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = f'house,date,text\nLedger,2031-03-05 08:30,"{TEXT}"\nMole,2031-03-05 09:30,"{TEXT}"\nMole,2031-03-05 10:30,x\n'
    path = tmp_path / "a.csv"
    path.write_text(table)
    counts = bitext.count(bitext.tokenize(bitext.read(path)))
    assert counts.group("date").keys == (("2031-03-05",),)
    assert cli.main(["keywords", str(path), "--by", "article"]) == 0
    said = capsys.readouterr().err
    assert "of one article nothing can be beyond chance" in said
    assert "--outlet house, which holds Ledger, Mole" in said


def test_a_name_in_which_characters_are_lost_is_nobody_who_speaks() -> None:
    text = "京口\ufffd\ufffd人团队的一名成员说，他没有症状。李明表示，比赛取消。"  # a member of …'s team; Li Ming
    frame = pd.DataFrame({"text": [text], "outlet": ["A"]})
    found = bitext.attributions(bitext.tokenize(bitext.Corpus.from_frame(frame)))["source"]
    assert found[found != ""].tolist() == ["李明"]


def test_a_member_without_a_name_and_more_members_than_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        with archive.open(zipfile.ZipInfo(""), "w") as nameless:
            nameless.write(TABLE)
        archive.writestr("b.csv", TABLE)
    corpus = read(tmp_path, "z.zip", packed.getvalue())
    assert not (corpus.problems["kind"] == "failed").any()
    assert len(corpus.articles) == 2
    monkeypatch.setattr("bitext.reading.formats.archive.MOST_MEMBERS", 1)
    told = read(tmp_path, "z.zip", packed.getvalue()).problems.set_index("kind")["problem"]
    assert told["too large"] == "2 members, of which the first 1 are read; unpack it"

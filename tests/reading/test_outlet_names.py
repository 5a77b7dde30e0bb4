"""The outlet from folder, file or address, each said once; spellings that are one; names of files."""

import zipfile
from pathlib import Path

import pandas as pd
import pytest

import bitext

BODY = "The plant opened on Monday after three years of work, officials said in the town.\n"


def write(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"A plant opens\n\n{BODY}", encoding="utf-8")
    return folder


def test_each_folder_is_an_outlet(tmp_path: Path) -> None:
    write(tmp_path, "Ledger/2031/1.txt", "Ledger/2.txt", "港湾报/1.txt")  # Harbour Daily
    assert bitext.read(tmp_path, outlet="folder").articles["outlet"].tolist() == [
        "Ledger",
        "Ledger",
        "港湾报",
    ]
    assert list(bitext.scan(tmp_path, outlet="folder").outlets()) == ["Ledger", "港湾报"]


def test_folders_that_are_given_themselves_are_outlets(tmp_path: Path) -> None:
    write(tmp_path, "A/1.txt", "B/1.txt")
    corpus = bitext.read(tmp_path / "A", tmp_path / "B", outlet="folder")
    assert corpus.articles["outlet"].tolist() == ["A", "B"]


def test_files_beside_the_folders_say_their_outlet_themselves(tmp_path: Path) -> None:
    write(tmp_path, "Ledger/1.txt", "loose.txt")
    (tmp_path / "t.csv").write_text(f'text,media\n"{BODY.strip()}",Harbour\n', encoding="utf-8")
    found = bitext.read(tmp_path, outlet="folder").articles.set_index("article")["outlet"]
    assert found.to_dict() == {"Ledger/1.txt": "Ledger", "loose.txt": tmp_path.name, "t.csv#1": "Harbour"}


def test_folders_in_an_archive_are_outlets(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("export/Ledger/1.txt", BODY)
        archive.writestr("export/Harbour/1.txt", BODY)
    assert bitext.read(tmp_path, outlet="folder").articles["outlet"].tolist() == ["Harbour", "Ledger"]


def test_each_file_is_an_outlet(tmp_path: Path) -> None:
    for name in ("The Ledger.csv", "2031-03-05 Harbour.csv"):
        (tmp_path / name).write_text(f'text,source\n"{BODY.strip()}",x\n', encoding="utf-8")
    corpus = bitext.read(tmp_path, outlet="file")
    assert sorted(corpus.articles["outlet"]) == ["Harbour", "The Ledger"]


def test_a_known_outlet_in_the_name_of_the_file_is_taken_and_said_once(tmp_path: Path) -> None:
    write(tmp_path, "2031-03-05_德國之聲_1.txt", "2031-03-05_德國之聲_2.txt")  # Deutsche Welle
    corpus = bitext.read(tmp_path)
    assert set(corpus.articles["outlet"]) == {"德国之声"}
    assert corpus.problems[["file", "kind"]].to_numpy().tolist() == [["德国之声", "unnamed"]]


def test_the_registered_domain_is_the_last_resort_and_said_once(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"text": ["One.", "Two."], "url": [f"https://news.ledger.co.uk/{n}" for n in (1, 2)]}
    )
    corpus = bitext.Corpus.from_frame(frame)
    assert set(corpus.articles["outlet"]) == {"ledger.co.uk"}
    assert corpus.problems["kind"].tolist() == ["unnamed"]


def test_spellings_that_are_obviously_one_outlet_are_one_and_said(tmp_path: Path) -> None:
    names = [
        "BBC News",
        "BBC News",
        "BBC NEWS",
        " Ｄａｉｌｙ ",
        "Daily",
        "daily",
        "Daily",
        "新华网",
        "新華網",
        "新华网",
    ]
    frame = pd.DataFrame({"text": [f"Plant {n} opened." for n in range(10)], "outlet": names})
    corpus = bitext.Corpus.from_frame(frame)
    assert set(corpus.articles["outlet"]) == {"BBC News", "Daily", "新华网"}  # Xinhuanet
    merged = corpus.problems[corpus.problems["kind"] == "merged"]
    assert merged["file"].tolist() == ["BBC NEWS", "daily", "新華網"]
    frame.to_json(tmp_path / "a.jsonl", orient="records", lines=True, force_ascii=False)
    scan = bitext.scan(tmp_path, size=200)
    assert list(scan.outlets()) == ["BBC News", "Daily", "新华网"]
    assert sorted(scan.problems["file"]) == sorted(merged["file"])
    counted = bitext.count(bitext.tokenize(scan)).group("outlet")
    assert sorted(key[0] for key in counted.keys) == ["BBC News", "Daily", "新华网"]


def test_www_is_no_part_of_a_name() -> None:
    frame = pd.DataFrame(
        {
            "text": ["One.", "Two.", "Three."],
            "outlet": ["www.ledger.example", "ledger.example", "https://ledger.example/x"],
        }
    )
    assert set(bitext.Corpus.from_frame(frame).articles["outlet"]) == {"ledger.example"}


def test_names_that_only_look_alike_stay_apart() -> None:
    frame = pd.DataFrame(
        {"text": ["One.", "Two.", "Three."], "outlet": ["The Ledger", "Ledger", "Ledger Asia"]}
    )
    assert bitext.Corpus.from_frame(frame).articles["outlet"].nunique() == 3


@pytest.mark.parametrize(
    ("name", "title", "date"),
    [
        ("2024-05-13 Plant opens.txt", "Plant opens", "2024-05-13 00:00:00"),
        ("2024-05-13T080000Z Plant opens.txt", "Plant opens", "2024-05-13 08:00:00"),
        ("2024年5月13日 新厂开工.txt", "新厂开工", "2024-05-13 00:00:00"),  # new plant starts
        ("20240513_Ledger_plant_opens.txt", "Ledger plant opens", "2024-05-13 00:00:00"),
        ("article-0017.txt", "", "NaT"),
        ("20249999_1.txt", "", "NaT"),
    ],
)
def test_day_and_title_of_a_file_name(tmp_path: Path, name: str, title: str, date: str) -> None:
    (tmp_path / name).write_text(BODY, encoding="utf-8")
    row = bitext.read(tmp_path).articles.iloc[0]
    assert (row["title"], str(row["date"])) == (title, date)
    assert row["date_source"] == ("address" if date != "NaT" else "")


def test_a_domain_of_which_the_other_articles_name_an_outlet_is_that_outlet(tmp_path: Path) -> None:
    rows = [("Ledger", n) for n in range(5)] + [("", n) for n in range(5, 8)]
    frame = pd.DataFrame({
        "text": [f"Plant {n} opened." for _, n in rows], "outlet": [name for name, _ in rows],
        "url": [f"https://www.ledger.example/{n}" for _, n in rows]})  # fmt: skip
    corpus = bitext.Corpus.from_frame(frame)
    assert set(corpus.articles["outlet"]) == {"Ledger"}
    assert corpus.problems[["file", "kind"]].to_numpy().tolist() == [["ledger.example", "merged"]]
    frame.to_json(tmp_path / "a.jsonl", orient="records", lines=True)
    scan = bitext.scan(tmp_path, size=150)
    assert list(scan.outlets()) == ["Ledger"]
    assert scan.problems["kind"].tolist() == ["merged"]


def test_a_domain_with_several_outlets_stays_a_domain() -> None:
    frame = pd.DataFrame({
        "text": [f"Plant {n} opened." for n in range(5)], "outlet": ["A", "A", "B", "B", ""],
        "url": [f"https://host.example/{n}" for n in range(5)]})  # fmt: skip
    corpus = bitext.Corpus.from_frame(frame)
    assert corpus.articles["outlet"].tolist() == ["A", "A", "B", "B", "host.example"]
    assert corpus.problems["kind"].tolist() == ["unnamed"]

"""The page as a file: what is in it, and that no text of the data can become anything else."""

import json
import re
from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.report.page.html import as_json


@pytest.fixture(scope="module")
def page(chips: bitext.Comparison) -> str:
    return str(chips.to_html())


def data(page: str) -> dict:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_page_is_written_whole_and_returned(chips: bitext.Comparison, page: str, tmp_path: Path) -> None:
    assert chips.to_html(tmp_path / "new" / "report.html") == page
    assert (tmp_path / "new" / "report.html").read_text(encoding="utf-8") == page
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["report.html"]


def test_page_asks_for_nothing(page: str) -> None:
    outside = page.replace(re.search(r'id="data">(.*?)</script>', page, re.DOTALL)[1], "")
    outside = outside.replace("http://www.w3.org/2000/svg", "")  # the name of a format, no address
    assert "http://" not in outside
    assert "https://" not in outside
    assert "default-src 'none'" in outside
    assert "unsafe-inline" not in outside
    assert not re.search(r"<(link|img|iframe|object|embed)\b|@import|url\(", outside)


def test_lines_lead_to_their_words_in_the_texts(chips: bitext.Comparison, page: str) -> None:
    found = data(page)
    texts = found["articles"]["text"]
    assert texts == chips.corpus.articles["text"].tolist()
    fold = bitext.tokenize(chips.corpus).tokenizer
    units = {unit["unit"]: unit for unit in found["units"]}
    assert list(units) == ["zh", "en", "concept"]
    for name in ("zh", "en"):
        for term, flat in list(zip(units[name]["terms"], units[name]["lines"], strict=True))[::10]:
            surfaces = {
                texts[a][start : start + size] for a, start, size in zip(*[iter(flat)] * 3, strict=True)
            }
            assert {"".join(fold.batch([surface]).types) for surface in surfaces} == {term}


def test_sums_are_those_of_the_counts(chips: bitext.Comparison, page: str) -> None:
    found = data(page)
    names = found["groups"]["name"]
    counts = bitext.count(chips.tokens).select(lang="zh")
    unit = next(unit for unit in found["units"] if unit["unit"] == "zh")
    column = counts.terms.tolist().index("芯片")
    here = unit["cells"][unit["terms"].index("芯片")]
    for group, n, articles in zip(*[iter(here)] * 3, strict=True):
        rows = (counts.articles["outlet"] == names[group]).to_numpy()
        hits = counts.matrix[rows][:, [column]].toarray().ravel()
        assert (n, articles) == (hits.sum(), (hits > 0).sum())


def test_texts_beyond_the_budget_are_there_as_sentences(
    chips: bitext.Comparison, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bitext.report.page import payload
    from bitext.report.page.texts import Texts

    usual = Texts.of
    monkeypatch.setattr(Texts, "of", lambda tokens: usual(tokens, 20_000, 5_000))
    found = payload.payload(chips)
    texts, limit = found["articles"]["text"], found["articles"]["limit"]
    full = chips.corpus.articles["text"]
    assert [text is not None for text in texts] == [len(text) <= limit for text in full]
    assert sum(len(text.encode()) for text in texts if text) <= 20_000
    parts = found["articles"]["parts"]
    assert 0 < sum(len(str(part).encode()) for flat in parts.values() for part in flat[1::2]) <= 5_000
    for row, flat in parts.items():
        assert texts[int(row)] is None
        for start, part in zip(*[iter(flat)] * 2, strict=True):
            assert full[int(row)][start : start + len(part)] == part


def test_json_stands_still_in_html() -> None:
    hostile = "</script><!--<script>&amp;\u2028\u2029\x00\ud800'\""
    text = as_json({"t": hostile})
    assert not re.search("[<>&\u2028\u2029\x00\ud800]", text)
    assert json.loads(text)["t"] == hostile.replace("\ud800", "\ufffd")


def test_one_outlet_and_one_article_still_make_a_page() -> None:
    frame = pd.DataFrame({"text": ["Chips matter."], "outlet": ["A"]})
    found = data(bitext.compare(bitext.Corpus.from_frame(frame)).to_html())
    assert found["groups"]["name"] == ["A"]
    assert "stories" not in found


def test_every_cell_on_the_page_is_that_of_its_table(chips: bitext.Comparison, page: str) -> None:
    for name, cells in data(page)["tables"].items():
        table = chips[name].reset_index(drop=True)
        for column in set(cells) & {"n", "of", "articles", "n_target", "n_reference", "carriers", "peers"}:
            assert cells[column] == table[column].iloc[cells["row"]].tolist(), (name, column)
    told = data(page)["findings"]
    for name, rows in zip(told["table"], told["rows"], strict=True):
        assert set(rows) <= set(data(page)["tables"][name]["row"]), name


def test_no_folder_of_the_machine_is_in_what_is_shared(tmp_path: Path) -> None:
    folder = tmp_path / "secret_desk" / "A"
    folder.mkdir(parents=True)
    (folder / "one.txt").write_text("Chips matter.\n", encoding="utf-8")
    result = bitext.compare(bitext.read(tmp_path / "secret_desk"))
    assert str(tmp_path) not in result.to_html()
    result.save(tmp_path / "out")
    for path in (tmp_path / "out").iterdir():
        assert str(tmp_path) not in path.read_text(encoding="utf-8"), path.name


def test_a_title_of_ones_own_heads_the_page(chips: bitext.Comparison) -> None:
    assert data(chips.to_html(title="A week of <chips>"))["title"] == "A week of <chips>"

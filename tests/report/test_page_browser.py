"""The page in a real browser: what people do with it, and what hostile texts must not do."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.report.page.texts import Texts
from bitext.text.scripts.convert import to_simplified
from tests.report.browser import Watched
from tests.report.page_run import STOPS, findings_of, opened

OPEN = "document.querySelectorAll('.behind').length"


@pytest.fixture
def watched(browser: Any, file: Path) -> Iterator[Watched]:
    found = Watched(browser, file, viewport={"width": 1280, "height": 900})
    yield found
    found.assert_quiet()
    found.close()


def go(page: Any, address: str) -> None:
    page.evaluate("(there) => { location.hash = there; }", address)
    page.evaluate("() => new Promise((done) => setTimeout(done))")


def test_seven_questions_have_their_answers_on_the_first_screen(
    watched: Watched, chips: bitext.Comparison
) -> None:
    page = watched.page
    first = chips.findings.drop_duplicates("kind").set_index("kind")["en"]
    for kind in ("covered", "first", "names", "voices", "left out", "copies", "words"):
        sentence = page.locator(f"#c-{kind.replace(' ', '-')} .find").first
        assert sentence.inner_text() == first[kind]
        assert sentence.bounding_box()["y"] < 900, kind


def test_each_finding_opens_its_rows_and_places_and_back_and_escape_return(
    watched: Watched, chips: bitext.Comparison
) -> None:
    page, table = watched.page, chips.findings
    for number, row in table.iterrows():
        go(page, f"f={number}")
        assert page.evaluate(OPEN) == 1
        assert row["en"] in page.locator(f"[data-finding='{number}']").inner_text()
        rows = page.locator(".behind tbody tr").count()
        assert rows == min(len(row["rows"].split()), 24)
        places = page.locator(".behind .ev").count()
        assert places > 0 or "No gap" in row["en"], row["en"]
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN) == 0
    assert page.evaluate("document.activeElement.dataset.finding") == str(len(table) - 1)
    page.go_back()
    assert page.evaluate(OPEN) == 1
    page.go_back()
    assert page.url.endswith(f"f={len(table) - 2}")


def test_a_name_opens_as_many_places_as_its_finding_counts(
    watched: Watched, chips: bitext.Comparison
) -> None:
    table = chips.findings
    number = table[table["en"].str.contains("中共 in 21 of 27")].index[0]  # the Communist Party
    page = watched.page
    page.locator(f"[data-finding='{number}']").click()
    assert f"f={number}" in page.url
    page.locator(".behind .more button").click()
    marks = page.locator(".behind .evs mark").all_inner_texts()
    assert len(marks) == 21
    assert {mark[:2] for mark in marks} == {"中共"}


def test_each_cell_of_a_figure_opens_in_place_for_its_own_outlet(
    watched: Watched, chips: bitext.Comparison
) -> None:
    page = watched.page
    keys = page.evaluate(
        """[...document.querySelectorAll('.hit')].map(
             (one) => [one.closest('.card, .sec').id, one.dataset.open])"""
    )
    assert len(keys) > 200
    for where, key in keys[::8]:
        go(page, f"open={where}/{key}")
        name, number = key.split(".")
        row = chips[name].iloc[int(number)]
        assert page.evaluate(OPEN) == 1, key
        assert page.evaluate("document.querySelector('.behind').closest('.card, .sec').id") == where
        cells = page.locator(".behind tbody").inner_text()
        owner = row.get("target", row.get("outlet", ""))
        assert str(owner) in cells, (key, cells)
        lists = page.locator(".behind .evs").first.locator(".who .group").all_inner_texts()
        if name in ("naming", "sources", "actors", "stories", "keyness"):
            assert set(lists) == {owner}, key
        if name == "naming":
            more = page.locator(".behind .more button")
            if more.count():
                more.click()
            assert page.locator(".behind .ev").count() == row["n"], key
        if name == "keyness":
            more = page.locator(".behind .more button")
            if more.count():
                more.click()
            places = page.locator(".behind .ev").count()
            assert places >= row["n_target"], key
            said_so = "printed again counts once" in page.locator(".behind").inner_text()
            assert said_so == (places > row["n_target"]), key
        if name == "coverage" and row["n"]:
            assert page.locator(".behind .ev").count() == row["n"]
        if name == "omissions":
            others = page.locator(".behind .evs").first.locator(".who .group").all_inner_texts()
            assert owner not in others
            assert len(others) > 0


def test_an_empty_cell_says_that_there_is_no_article(watched: Watched, chips: bitext.Comparison) -> None:
    table = chips["coverage"]
    number = table.index[table["n"] == 0][0]
    watched.page.locator(f"#stories [data-open='coverage.{number}']").click()
    assert "No article of this outlet is on this story" in watched.page.locator(".behind").inner_text()


def test_a_click_opens_a_second_closes_and_keys_move_through_a_figure(watched: Watched) -> None:
    page = watched.page
    figure = page.locator("#c-covered svg.fig")
    first = figure.locator(".hit").first
    first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    here = page.evaluate("document.activeElement.dataset.open")
    assert here != first.get_attribute("data-open")
    page.keyboard.press("Enter")
    assert page.evaluate(OPEN) == 1
    assert here in page.url
    page.keyboard.press("Escape")
    assert page.evaluate(OPEN) == 0
    assert page.evaluate("document.activeElement.dataset.open") == here
    assert figure.locator(".hit[tabindex='0']").count() == 1


def test_numbers_of_a_word_are_those_of_keyness(watched: Watched, chips: bitext.Comparison) -> None:
    """No number is computed in the page: each is the table's."""
    page, table = watched.page, chips["keyness_concepts"]
    names = page.evaluate("JSON.parse(document.getElementById('data').textContent).groups.name")
    sure = table[(table["reference"] == "(rest)") & table["log_ratio_low"].notna() & (table["g2"] > 0)]
    sure = sure[sure["n_reference"] > 0].head(6)
    assert len(sure) > 3
    for row in sure.itertuples():
        go(page, f"unit=concept&term={row.term}&of={names.index(row.target)}")
        line = page.locator("#words table").first.locator("tr", has_text=row.target).first.inner_text()
        shown = [times(2**row.log_ratio), times(2**row.log_ratio_low), times(2**row.log_ratio_high)]
        assert [part for part in re.split(r"\s+", line) if part.endswith("×")] == shown, (row.term, line)
        assert f"\t{row.n_target}\t{row.articles_target}\t" in line
    for row in table[table["target"] == names[0]].head(5).itertuples():
        go(page, f"unit=concept&of=0&open=words/keyness_concepts.{row.Index}")
        cells = page.locator(".behind tbody").inner_text()
        assert str(row.n_target) in cells
        assert page.locator(".behind .ev").count() == min(row.n_target, 12), row.term


def test_concepts_across_languages_carry_their_tier_and_no_unreliable_one_a_q(
    watched: Watched, chips: bitext.Comparison
) -> None:
    page, table = watched.page, chips["keyness_concepts"]
    poor = table[table["tier"] == "unreliable"]
    assert len(poor)
    assert poor["q"].isna().all()
    groups = page.evaluate("JSON.parse(document.getElementById('data').textContent).groups")
    langs = [text[:2] for text in groups["languages"]]
    zh, other, en = langs.index("zh"), langs.index("zh", langs.index("zh") + 1), langs.index("en")
    go(page, f"unit=concept&of={zh}")
    assert "Across languages" in page.locator("#words thead").first.inner_text()
    lines = page.locator("#words table").first.locator("tbody tr").all_inner_texts()
    assert any("\tcomparable\t" in line or "\tcorrected\t" in line for line in lines)
    # Of a word that cannot be compared there is no q, and a note says why.
    row = poor[poor["target"] == groups["name"][zh]].iloc[0]
    go(page, f"unit=concept&of={zh}&open=words/keyness_concepts.{row.name}")
    assert "not comparable" in page.locator(".behind tbody").inner_text()
    for against, said in ((en, True), (other, False)):
        go(page, f"unit=concept&of={zh}&pair={zh},{against}")
        assert ("two languages" in page.locator("#words .rows").first.inner_text()) is said


def times(value: float) -> str:
    if np.isinf(value):
        return "∞×"
    return (f"{round(value):,}" if value >= 9.95 else f"{value:.1f}") + "×"


def test_two_outlets_side_by_side_are_counted_and_so_is_said(
    watched: Watched, chips: bitext.Comparison
) -> None:
    page = watched.page
    page.locator("#words summary").first.click()
    page.locator("#side-a").select_option("2")
    page.locator("#side-b").select_option("3")
    assert "pair=2,3" in page.url
    assert "not tested" in page.locator("#words .notice").last.inner_text()
    names = page.evaluate("JSON.parse(document.getElementById('data').textContent).groups.name")
    counts = bitext.count(chips.tokens)
    for line in page.locator("#words tbody tr").all()[:5]:
        word, a, b, *_ = line.inner_text().split("\t")
        for name, shown in ((names[2], a), (names[3], b)):
            rows = (counts.articles["outlet"] == name).to_numpy()
            column = counts.terms.tolist().index(to_simplified(word).lower())  # words stand as printed
            assert int(shown) == counts.matrix[rows][:, [column]].sum()
    page.locator("#words tbody .plain").first.click()
    assert page.locator("#words .behind .ev").count() > 0
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    assert page.locator("#words .behind .ev").count() > 0


def test_an_address_restores_language_theme_filter_and_what_is_open(browser: Any, file: Path) -> None:
    found = Watched(browser, file, viewport={"width": 1280, "height": 900})
    page = found.page
    page.goto("about:blank")
    page.goto(file.as_uri() + "#lang=zh&theme=dark&hide=2&from=2024-05-14&to=2024-05-17&f=0")
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.locator(".key[data-key='2']").get_attribute("aria-pressed") == "false"
    assert page.evaluate(OPEN) == 1
    dates = page.locator(".behind .who time").all_inner_texts()
    assert dates
    assert all(14 <= int(re.search(r"月(\d+)日", text)[1]) <= 17 for text in dates)
    assert "筛选已开启" in page.locator("#filter-note").inner_text()
    assert page.locator(".st b").first.inner_text() == "已筛选：仅计数"
    page.locator("#filter-note button").click()
    assert page.locator("#filter-note").inner_text() == ""
    assert "f=0" in page.url
    found.assert_quiet()
    found.close()


def test_filter_by_story_dims_the_others_and_changes_no_number(watched: Watched) -> None:
    page = watched.page
    before = page.locator("#c-names svg").inner_html()
    page.locator(".filter summary").click()
    page.locator(".filter select").select_option(index=2)
    assert "story=" in page.url
    assert page.locator("#stories .hit.dim").count() > 5
    assert page.locator("#c-names svg").inner_html() == before


def rows_of(download: Any) -> list[list[str]]:
    text = Path(download.path()).read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_every_section_is_saved_as_csv_svg_and_png(watched: Watched, chips: bitext.Comparison) -> None:
    page = watched.page
    tables = {
        "findings": "findings",
        "stories": "coverage",
        "names": "naming",
        "voices": "sources",
        "left": "omissions",
        "words": "keyness",
        "tone": "stance",
        "copies": "duplicates",
    }
    for section, name in tables.items():
        page.reload()  # Chromium stops a page after ten downloads in a row
        for ending in ("csv", "svg", "png"):
            with page.expect_download() as waiting:
                page.locator(f"#{section} .sectools .{ending}").click()
            path = Path(waiting.value.path())
            if ending == "csv":
                head, *rows = rows_of(waiting.value)
                assert waiting.value.suggested_filename == f"{name}.csv"
                assert {len(row) for row in rows} == {len(head)}
                assert 0 < len(rows) <= len(chips[name])
            elif ending == "svg":
                from xml.etree import ElementTree

                drawing = ElementTree.fromstring(path.read_text(encoding="utf-8"))
                assert len(list(drawing.iter("{http://www.w3.org/2000/svg}text"))) > 3
                assert "var(" not in path.read_text(encoding="utf-8")
            else:
                assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
                assert path.stat().st_size > 3000
    page.reload()
    for name in ("glossary", "actors", "omission_rates", "keyness_concepts", "keywords"):
        with page.expect_download() as waiting:
            page.locator(f".sectools [data-table={name}]").click()
        assert waiting.value.suggested_filename == f"{name}.csv"
        head, *rows = rows_of(waiting.value)
        assert {len(row) for row in rows} == {len(head)}
        assert 0 < len(rows) <= len(chips[name])
    page.reload()
    with page.expect_download() as waiting:
        page.locator("[data-finding='0']").click()
        page.locator(".behind .csv").click()
    assert rows_of(waiting.value)[0][:3] == ["group", "referent", "label"]
    watched.requests[:] = [url for url in watched.requests if not url.startswith(("blob:", "data:"))]


def test_how_we_know_stands_beside_each_section(watched: Watched) -> None:
    page = watched.page
    for section in ("findings", "stories", "names", "voices", "left", "words", "tone", "copies"):
        page.locator(f"#{section} .howto").click()
        assert len(page.locator(f"#{section}-how").inner_text()) > 60


def test_chinese_page_has_no_word_of_the_english_interface(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("button", name="中文").click()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.evaluate("document.getElementById('know-run').remove()")  # names of parameters, as the code has them
    for key in ("f=0", "f=7", "open=left/omissions.0", "open=tone/stance.9"):
        go(page, "lang=zh&" + key)
        text = page.locator("main").inner_text()
        for word in ("Show", "outlet", "articles", "Beyond", "shuffling", "too few", "fewer than", "matched"):
            assert word not in re.sub(r"\S+\.csv", "", text), (key, word)
    labels = page.evaluate("[...document.querySelectorAll('[aria-label]')].map((one) => one.ariaLabel)")
    assert not [label for label in labels if re.search(r"\b(Who|Show|articles|outlet)\b", label)]


def test_reader_marks_the_place_and_never_ends_in_null(watched: Watched) -> None:
    page = watched.page
    page.locator("[data-finding='0']").click()
    page.locator(".behind .from button").first.click()
    reader = page.locator("#reader[open]")
    assert len(reader.locator(".article").inner_text()) > 400
    assert not reader.inner_text().rstrip().endswith("null")
    page.keyboard.press("Escape")
    assert page.locator("#reader[open]").count() == 0
    assert page.evaluate(OPEN) == 1  # Escape closed the reader alone
    go(page, "open=left/omissions.0")
    page.locator(".behind .evs").last.locator(".from button").first.click()
    assert page.locator("#reader mark").count() >= 1


@pytest.mark.parametrize("width", [390, 820, 1280])
def test_page_is_as_wide_as_the_window_and_no_section_is_far_by_key(
    browser: Any, file: Path, width: int
) -> None:
    found = Watched(browser, file, viewport={"width": width, "height": 800})
    assert found.page.evaluate("document.documentElement.scrollWidth") <= width
    assert found.page.evaluate(STOPS) <= 60
    assert found.page.evaluate("document.querySelectorAll('th:not([scope])').length") == 0
    found.assert_quiet()
    found.close()


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of twelve outlets on one flood; of four facts each outlet leaves one out."""
    facts = (
        "The flood in Norvale on Sunday killed 17 people and closed the harbour.",
        "Mayor Dana Whitlock said on Monday that 400 houses had lost electricity.",
        "The governor promised 30 million dollars for new dikes along the river Tarn.",
        "Trains between Norvale and Estham will stand still until next Friday.",
    )
    rows = [
        (f"Paper {name}", f"2031-03-0{3 + n % 2}T0{n % 9}:15:00+02:00", f"Flood in Norvale, {name}", n)
        for n, name in enumerate("ABCDEFGHIJKL")
    ]
    frame = pd.DataFrame(rows, columns=["outlet", "date", "title", "n"])
    # In the facts and between them each has words of its own, or all would print parts of one wire text.
    rng = np.random.default_rng(0)
    words = ["anglers", "bakers", "children", "dogs", "elders", "farmers", "guests", "horses", "knew", "met"]
    frame["text"] = [
        " ".join(
            f"{fact[:-1]}, {' '.join(rng.permutation(words)[:4])} noted. "
            f"Locally {' '.join(rng.permutation(words))}."
            for k, fact in enumerate(facts)
            if k != n % 4
        )
        for n in frame["n"]
    ]
    path = tmp_path_factory.mktemp("twelve") / "report.html"
    bitext.compare(bitext.Corpus.from_frame(frame.drop(columns="n"))).to_html(path)
    return path


@pytest.mark.parametrize("width", [1024, 1280])
def test_no_card_of_twelve_outlets_is_cut_at_its_edge(browser: Any, twelve: Path, width: int) -> None:
    found = Watched(browser, twelve, viewport={"width": width, "height": 900})
    wide = found.page.evaluate(
        "[...document.querySelectorAll('.card .across')].map((one) => [one.closest('.card').id, "
        "one.scrollWidth - one.clientWidth])"
    )
    assert "c-left-out" in dict(wide)
    assert {name: beyond for name, beyond in wide if beyond > 0} == {}
    found.assert_quiet()
    found.close()


def test_places_of_several_stories_say_on_which_and_a_bare_day_has_no_hour(
    browser: Any, tmp_path: Path
) -> None:
    """The crawler's hour stands in `date` of an article whose page gives a day alone."""
    events = {
        "Flood": "The flood in Norvale killed 17 people on the river Tarn and closed the harbour.",
        "Plant": "The lithium plant of Estham will be sold to Quorra Mining for 30 million dollars.",
    }
    rows = [
        (outlet, f"2031-0{month}-02T{hour}:15:00+08:00", f"{title} {'x' * 20} {'y' * 200} {outlet}", text)
        for outlet, hour in (("A", "06"), ("B", "15"))
        for month, (title, text) in enumerate(events.items(), 3)
    ]
    corpus = bitext.Corpus.from_frame(pd.DataFrame(rows, columns=["outlet", "date", "title", "text"]))
    articles, late = corpus.articles, corpus.articles["outlet"] == "B"
    of_day = articles["instant"].dt.normalize() - pd.Timedelta(hours=8)
    articles = articles.assign(
        precision=articles["precision"].mask(late, "day"), instant=articles["instant"].mask(late, of_day)
    )
    corpus = replace(corpus, articles=articles)
    result = bitext.compare(corpus)
    path = tmp_path / "report.html"
    result.to_html(path)
    found = Watched(browser, path, viewport={"width": 1280, "height": 900})
    told = result.findings
    (number, *_) = told.index[(told["table"] == "stories") & told["rows"].str.contains(" ")]
    found.page.evaluate(f"location.hash = 'f={number}'")
    text = found.page.locator(".behind").inner_text()
    times = found.page.locator(".behind time").all_inner_texts()
    assert sorted(times) == ["2 Apr (day only)", "2 Apr 06:15 UTC+8", "2 Mar (day only)", "2 Mar 06:15 UTC+8"]
    names = result["stories"]["name"].unique()
    assert len(names) == 2
    heads = found.page.locator(".behind h3.sub").all_inner_texts()
    assert sorted(heads) == sorted(names)
    wide = "(one) => one.scrollWidth - one.clientWidth"
    assert found.page.locator(".behind .across").evaluate(wide) <= 0
    assert "15:15" not in text
    assert all(f"y {outlet}" in text for outlet in "AB")  # titles to their end
    found.assert_quiet()
    found.close()


def test_where_nobody_knows_who_printed_first_nobody_is_called_first(browser: Any, tmp_path: Path) -> None:
    text = (
        "The flood in Norvale killed 17 people on the river Tarn, closed the harbour and stopped all trains. "
    )
    frame = pd.DataFrame({"outlet": ["A", "B"], "date": "2031-03-02", "title": "Flood",
                          "text": [text, text + "Nobody in Estham was hurt."]})  # fmt: skip
    result = bitext.compare(bitext.Corpus.from_frame(frame))
    assert not result["duplicates"]["sure"].any()
    path = tmp_path / "report.html"
    result.to_html(path)
    found = Watched(browser, path, viewport={"width": 1280, "height": 900})
    (number, *_) = result.findings.index[result.findings["kind"] == "copies"]
    found.page.evaluate(f"location.hash = 'f={number}'")
    shown = found.page.locator(".behind").inner_text()
    assert "shared, order unknown" in shown
    assert "first printed" not in shown
    assert "↔" in (found.page.locator("#copies svg.fig").first.text_content() or "")
    found.close()


HOSTILE = [
    "<script>alert('ran')</script>",
    "</script><script>alert('ran')</script>",
    "<img src=x onerror=alert('ran')>",
    "\u202egnp.exe\u202c and \u2066isolated\u2069",
    "a\x00b\x07c",
    "W" * 10_000,
    "\"quotes' `and` {{data}} ${1} &lt;b&gt; <!-- ]]>",
    "]]>\u2028\u2029<svg onload=alert('ran')>",
]


def test_hostile_texts_are_only_text(browser: Any, tmp_path: Path) -> None:
    rows = [
        {
            "text": f"{evil} The chip ministry said <b>{evil}</b> and chips may fail.\nMore chips, {evil}.",
            "title": f"{evil} title {number}",
            "outlet": f"{evil} {number % 4}"[:10_000],
            "author": evil,
            "url": ["javascript:alert('ran')", "data:text/html,<script>alert('ran')</script>", evil][
                number % 3
            ],
            "date": "2031-03-02",
        }
        for number, evil in enumerate(HOSTILE * 4)
    ]
    corpus = bitext.Corpus.from_frame(
        pd.DataFrame(rows, index=[f"{e}{i}" for i, e in enumerate(HOSTILE * 4)])
    )
    problems = pd.DataFrame({"file": HOSTILE, "kind": "unread", "problem": HOSTILE})
    corpus = bitext.Corpus(corpus.articles, corpus.removed, problems, corpus.run)
    path = tmp_path / "hostile.html"
    bitext.compare(corpus).to_html(path, title=HOSTILE[1])
    found = Watched(browser, path, viewport={"width": 390, "height": 800})
    page = found.page
    assert page.locator("h1").inner_text() == HOSTILE[1]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    inside = "document.querySelectorAll('img, iframe, main script, main bdi b, main image').length"
    assert page.evaluate(inside) == 0
    links = page.evaluate("[...document.querySelectorAll('a')].map((a) => a.getAttribute('href'))")
    assert all(link.startswith("#") for link in links)
    page.locator("#words summary").first.click()
    page.locator("#words tbody .plain").first.click()
    page.locator(".behind .from button").first.click()
    assert page.locator("#reader[open] a").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.querySelector('#reader').scrollWidth") <= 390
    assert page.evaluate("document.body.innerText").count("U+202E") > 0
    page.keyboard.press("Escape")
    page.get_by_role("button", name="中文").click()
    found.assert_quiet()
    found.close()


def test_where_no_text_has_room_every_finding_opens_the_articles_and_their_addresses(
    browser: Any, chips: bitext.Comparison, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoRoom(Texts):
        @classmethod
        def of(cls, tokens: Any) -> Texts:  # type: ignore[override]
            return Texts.of(tokens, 0, 0)

    monkeypatch.setattr("bitext.report.page.payload.Texts", NoRoom)
    path = tmp_path / "addresses.html"
    chips.to_html(path)
    found = Watched(browser, path, viewport={"width": 1280, "height": 900})
    told = opened(found.page, findings_of(found.page))
    assert [address for address, place, _ in told if not place] == []
    assert not all(sentence for *_, sentence in told)
    found.page.evaluate("location.hash = 'f=0'")
    away = found.page.locator(".behind .away").first
    assert away.is_visible()
    assert away.locator("a").count() == 1
    found.assert_quiet()
    found.close()

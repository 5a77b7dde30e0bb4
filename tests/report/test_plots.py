"""Figures show what the table says, in glyphs that exist, in both formats."""

import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.errors import BitextError, TableError
from bitext.events.coverage import INACTIVE
from bitext.report import fonts
from bitext.report.marks import CHINESE
from tests import CHIPS
from tests.tables import public_tables

pytest.importorskip("matplotlib", reason="needs the extra plot")


needs_font = pytest.mark.skipif(
    not fonts.has_chinese_font(), reason="no font with Chinese characters (fonts-noto-cjk)"
)


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    tokens = bitext.tokenize(bitext.read(CHIPS))
    chinese = bitext.count(tokens).select(lang="zh")
    return {
        "keyness": bitext.keyness(chinese, target="远声网", reference="寰岳时报"),
        "stance": bitext.stance(tokens, by="outlet"),
        "polarity": bitext.polarity(tokens, toward="china"),
        "timeline": bitext.timeline(chinese),
        "similarity": bitext.similarity(bitext.count(tokens, unit="concept")),
        "shift": bitext.shift(chinese, target="远声网", reference="寰岳时报"),
    }


@pytest.fixture(scope="module")
def all_tables() -> dict[str, pd.DataFrame]:
    return public_tables()


@needs_font
@pytest.mark.parametrize("name", ["keyness", "stance", "polarity", "timeline", "similarity", "shift"])
def test_every_kind_of_table_is_drawn_without_a_missing_glyph(
    tables: dict[str, pd.DataFrame], name: str, tmp_path: Path
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # matplotlib warns once per glyph that it cannot draw
        figure = bitext.plot(tables[name])
        figure.savefig(tmp_path / "a.svg")
        figure.savefig(tmp_path / "a.png")
    assert (tmp_path / "a.png").stat().st_size > 5_000


def drawn_lines(axes: Any) -> dict[str, dict[str, Any]]:
    """Read a figure of ranked lines back: label -> its mark, the ends of its interval, its arrows."""
    labels = {
        round(float(y), 6): text.get_text()
        for y, text in zip(axes.get_yticks(), axes.get_yticklabels(), strict=True)
    }
    found: dict[str, dict[str, Any]] = {name: {"arrows": set()} for name in labels.values()}
    for line in axes.lines:
        x, y = (np.asarray(part, dtype=float) for part in line.get_data())
        if line.get_linestyle() == "-" and len(x) == 2 and y[0] == y[1]:
            found[labels[round(y[0], 6)]]["interval"] = (x[0], x[1])
        elif line.get_marker() in ("<", ">"):
            found[labels[round(y[0], 6)]]["arrows"].add(line.get_marker())
        elif line.get_marker() == "o":
            for at, height in zip(x, y, strict=True):
                hollow = line.get_markerfacecolor() == "white"
                found[labels[round(height, 6)]].update(value=at, hollow=hollow)
    return found


@needs_font
def test_values_and_intervals_stand_where_the_table_has_them(tables: dict[str, pd.DataFrame]) -> None:
    table = tables["keyness"].set_index("term")
    axes = bitext.plot(tables["keyness"], top=30).axes[0]
    drawn = drawn_lines(axes)
    assert len(drawn) == 30
    left, right = axes.get_xlim()
    open_sides = 0
    for name, line in drawn.items():
        term, n = name.rsplit(maxsplit=1)
        row: Any = table.loc[term]
        assert int(n) == row["n_target"] + row["n_reference"]
        assert line["value"] == pytest.approx(row["log_ratio"])
        low, high = float(row["log_ratio_low"]), float(row["log_ratio_high"])
        known = np.isfinite(low) or np.isfinite(high)
        assert line["hollow"] == (not known)
        if known:
            want = (low if np.isfinite(low) else left, high if np.isfinite(high) else right)
            assert line["interval"] == pytest.approx(want)
            assert ("<" in line["arrows"], ">" in line["arrows"]) == (
                not np.isfinite(low),
                not np.isfinite(high),
            )
            assert want[0] <= line["value"] <= want[1], term
            open_sides += not (np.isfinite(low) and np.isfinite(high))
    assert open_sides, "the sample has intervals without a bound"


def test_new_words_and_findings_have_figures() -> None:
    words = pd.DataFrame({"word": ["a", "b"], "n": [3, 2]})
    assert drawn_lines(bitext.plot(words, "new_words").axes[0])["a"]["value"] == 3
    found = pd.DataFrame({"kind": ["names", "first"], "strength": ["counted", "cannot tell"]})
    assert len(bitext.plot(found, "findings").axes[0].patches) == 2


def test_an_interval_open_below_ends_in_an_arrow_and_does_not_cross_zero() -> None:
    table = pd.DataFrame(
        {
            "target": "A", "reference": "B", "term": ["ours", "theirs"], "n_target": [9, 0],
            "n_reference": [1, 9], "g2": [8.0, -8.0], "log_ratio": [2.0, -6.37],
            "log_ratio_low": [0.5, -np.inf], "log_ratio_high": [3.5, -3.98],
        }
    )  # fmt: skip
    axes = bitext.plot(table, "keyness").axes[0]
    theirs = drawn_lines(axes)["theirs  9"]
    assert theirs["interval"] == pytest.approx((axes.get_xlim()[0], -3.98))
    assert theirs["arrows"] == {"<"}
    assert theirs["interval"][0] < theirs["value"] < theirs["interval"][1]


@needs_font
def test_names_are_drawn_from_the_text_whose_mentions_the_axis_counts(
    all_tables: dict[str, pd.DataFrame],
) -> None:
    table = all_tables["naming"]
    body = table[(table["referent"] == "china") & (table["place"] == "body") & (table["voice"] == "all")]
    axes: Any = bitext.plot(table, target="china").axes[0]
    assert "body" in axes.get_xlabel()
    groups = [text.get_text() for text in axes.get_yticklabels()]
    for group, part in body.groupby("outlet"):
        n = int(part["of"].max())
        assert f"{group}  {n:,}" in groups
        place = groups.index(f"{group}  {n:,}")
        widths = [
            patch.get_width()
            for patch in axes.patches
            if abs(patch.get_y() + patch.get_height() / 2 - place) < 0.01
        ]
        assert sorted(w for w in widths if w) == pytest.approx(sorted(part["share"][part["share"] > 0]))


@needs_font
def test_every_public_table_has_a_figure_with_a_title(all_tables: dict[str, pd.DataFrame]) -> None:
    for name, table in all_tables.items():
        if table.empty:
            continue
        kind = None if table.attrs.get("run") else name
        figure = bitext.plot(table, kind)
        assert figure.get_suptitle() or figure.axes[0].get_title(loc="left"), name


@needs_font
def test_coverage_shows_the_number_of_articles_and_an_empty_box_for_none(
    all_tables: dict[str, pd.DataFrame],
) -> None:
    table = all_tables["coverage"].assign(note="")
    axes: Any = bitext.plot(table, "coverage").axes[0]
    numbers = {tuple(text.get_position()): int(text.get_text()) for text in axes.texts}
    boxes = {(line.get_xdata()[0], line.get_ydata()[0]) for line in axes.lines}
    outlets = [text.get_text() for text in axes.get_xticklabels()]
    stories = list(table["story"].unique())
    for story, outlet, n in zip(table["story"], table["outlet"], table["n"], strict=True):
        where = (outlets.index(outlet), stories.index(story))
        assert numbers.get(where, 0) == n
        assert (where in boxes) == (n == 0)


@needs_font
def test_an_outlet_that_printed_nothing_in_those_days_has_a_dash_and_no_box(
    all_tables: dict[str, pd.DataFrame],
) -> None:
    table = all_tables["coverage"].copy()
    first, *_ = table.index[table["n"] == 0]
    table["note"] = np.where(table.index == first, INACTIVE, "")
    axes: Any = bitext.plot(table, "coverage").axes[0]
    dashes = [text.get_position() for text in axes.texts if text.get_text() == "–"]
    boxes = {(line.get_xdata()[0], line.get_ydata()[0]) for line in axes.lines}
    outlets = [text.get_text() for text in axes.get_xticklabels()]
    stories = list(table["story"].unique())
    where = (outlets.index(table.at[first, "outlet"]), stories.index(table.at[first, "story"]))
    assert dashes == [where]
    assert where not in boxes
    assert len(boxes) == int((table["n"] == 0).sum()) - 1


@needs_font
def test_what_was_printed_before_anybody_knew_it_is_drawn_apart(
    all_tables: dict[str, pd.DataFrame],
) -> None:
    table = all_tables["omissions"].head(3).assign(verdict=["omitted", "unclear", "printed before"])
    axes: Any = bitext.plot(table, "omissions").axes[0]
    markers = [line.get_marker() for line in axes.lines if line.get_markerfacecolor() == "white"]
    assert sorted(markers) == ["<", "o", "s"]


@needs_font
def test_the_matrix_of_omissions_has_a_column_for_who_carries_everything(
    all_tables: dict[str, pd.DataFrame],
) -> None:
    table = all_tables["omissions"].head(1).assign(outlet="C", carried_by="A · B")
    axes: Any = bitext.plot(table, "omissions").axes[0]
    assert [text.get_text() for text in axes.get_xticklabels()] == ["A", "B", "C"]


@needs_font
def test_names_on_the_map_lie_on_no_other(tables: dict[str, pd.DataFrame]) -> None:
    axes = bitext.plot(tables["keyness"], "map", top=40).axes[0]
    boxes = [text.get_window_extent() for text in axes.texts]
    assert len(boxes) > 5
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_english_figures_need_no_chinese_font(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "CANDIDATES", ("No Such Font",))
    fonts.chinese_font.cache_clear()
    english = pd.DataFrame({"term": ["chip", "export"], "n": [3, 2], "dp": [0.1, 0.4]})
    bitext.plot(english, "dispersion").savefig(tmp_path / "a.png")
    with pytest.raises(BitextError, match="fonts-noto-cjk"):
        bitext.plot(english.assign(term=["芯片 (chip)", "b"]), "dispersion")
    fonts.chinese_font.cache_clear()


@needs_font
def test_letters_can_be_written_as_outlines(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    bitext.plot(tables["shift"], paths=True).savefig(tmp_path / "a.svg")
    assert "<text" not in (tmp_path / "a.svg").read_text(encoding="utf-8")


@needs_font
def test_the_same_table_gives_the_same_svg(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        bitext.plot(tables["shift"]).savefig(tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert "中共" in (tmp_path / "a.svg").read_text(encoding="utf-8")  # text stays text


def test_unknown_kinds_and_empty_tables_are_refused(tables: dict[str, pd.DataFrame]) -> None:
    with pytest.raises(BitextError, match="unknown kind of plot 'bars'; use one of"):
        bitext.plot(tables["shift"], "bars")
    with pytest.raises(BitextError, match="no run record"):
        bitext.plot(pd.DataFrame({"a": [1]}))
    with pytest.raises(TableError, match="the table is empty"):
        bitext.plot(tables["shift"].head(0), "shift")


def test_without_a_chinese_font_one_sentence_names_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "CANDIDATES", ("No Such Font",))
    fonts.chinese_font.cache_clear()
    with pytest.raises(BitextError, match="fonts-noto-cjk"):
        fonts.chinese_font()
    fonts.chinese_font.cache_clear()


def test_in_chinese_titles_axes_and_names_of_concepts_are_chinese(chips: bitext.Comparison) -> None:
    pytest.importorskip("matplotlib")
    if not fonts.has_chinese_font():
        pytest.skip("no Chinese font")
    for name in ("naming", "coverage", "actors", "keyness", "omission_rates", "similarity", "stance"):
        figure = bitext.plot(chips[name], lang="zh")
        texts = [text.get_text() for axes in figure.axes for text in (axes.xaxis.label, axes.yaxis.label)]
        texts.append(figure.get_suptitle())
        assert [text for text in texts if re.search("[a-z]{4}", text) and not CHINESE.search(text)] == [], (
            name
        )
    with pytest.raises(bitext.BitextError, match="lang"):
        bitext.plot(chips["naming"], lang="fr")


@needs_font
def test_tables_of_a_comparison_are_known_without_a_record_and_words_are_drawn_as_printed(
    chips: bitext.Comparison,
) -> None:
    for name in ("findings", "articles", "removed"):
        assert bitext.plot(chips[name]).axes, name
    table = chips["keyness"]
    part = table[table["target"] == "嶼光社"].head(10)  # an outlet that writes traditional characters
    part.attrs = table.attrs
    labels = {text.get_text() for text in bitext.plot(part).axes[0].get_yticklabels()}
    assert any("台灣" in label for label in labels)  # "Taiwan", which is counted as 台湾

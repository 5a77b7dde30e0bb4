"""Figures show what the table says, in glyphs that exist, in both formats."""

import warnings
from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.errors import BitextError, TableError
from bitext.report import fonts

pytest.importorskip("matplotlib", reason="needs the extra plot")


def has_font() -> bool:
    try:
        fonts.chinese_font()
    except BitextError:
        return False
    return True


needs_font = pytest.mark.skipif(not has_font(), reason="no font with Chinese characters (fonts-noto-cjk)")
CHIPS = Path(__file__).parents[2] / "corpora" / "chips"


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


@needs_font
def test_bars_stand_at_the_values_of_the_table(tables: dict[str, pd.DataFrame]) -> None:
    figure = bitext.plot(tables["keyness"], top=6)
    axes = figure.axes[0]
    drawn = dict(zip((text.get_text() for text in axes.get_yticklabels()), axes.get_yticks(), strict=True))
    points = {(float(x), float(y)) for line in axes.lines for x, y in zip(*line.get_data(), strict=True)}
    table = tables["keyness"].set_index("term")
    for label, height in drawn.items():
        term, n = label.rsplit(maxsplit=1)
        row = table.loc[term]
        assert int(n) == row["n_target"] + row["n_reference"]
        assert (float(row["log_ratio"]), float(height)) in points, term


@needs_font
def test_the_same_table_gives_the_same_svg(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    for name in ("a.svg", "b.svg"):
        bitext.plot(tables["shift"]).savefig(tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    assert "中共" in (tmp_path / "a.svg").read_text(encoding="utf-8")  # text stays text


def test_unknown_kinds_and_empty_tables_are_refused(tables: dict[str, pd.DataFrame]) -> None:
    with pytest.raises(BitextError, match="unknown kind of plot 'bars'; use one of"):
        bitext.plot(tables["shift"], "bars")
    with pytest.raises(BitextError, match="unknown kind of plot 'of a table without a run record'"):
        bitext.plot(pd.DataFrame({"a": [1]}))
    with pytest.raises(TableError, match="the table is empty"):
        bitext.plot(tables["shift"].head(0), "shift")


def test_without_a_chinese_font_one_sentence_names_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "CANDIDATES", ("No Such Font",))
    fonts.chinese_font.cache_clear()
    with pytest.raises(BitextError, match="fonts-noto-cjk"):
        fonts.chinese_font()
    fonts.chinese_font.cache_clear()

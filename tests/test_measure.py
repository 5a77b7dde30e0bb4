"""The figures of `make measure`: what counts as worse, and that the pages quote what was measured."""

import math
from pathlib import Path

import pytest

from measure import pages
from measure.figure import Figure, half


def figure(**changes: object) -> Figure:
    return Figure(
        **{"what": "F1", "data": "x", "half": "reported", "n": 9, "value": 0.8, "margin": 0.02} | changes
    )  # type: ignore[arg-type]


def test_a_key_is_always_in_the_same_half_and_halves_are_halves() -> None:
    keys = [f"articles/{number}.md" for number in range(2000)]
    assert [half(key) for key in keys] == [half(key) for key in keys]
    assert 900 < sum(half(key) == "reported" for key in keys) < 1100


@pytest.mark.parametrize(
    ("value", "better", "before", "fell"),
    [
        (0.80, "higher", 0.82, False),
        (0.80, "higher", 0.83, True),
        (0.80, "higher", 0.50, False),
        (0.05, "lower", 0.03, False),
        (0.06, "lower", 0.03, True),
        (math.nan, "higher", 0.5, True),
    ],
)
def test_worse_by_more_than_the_margin_is_a_fall(
    value: float, better: str, before: float, fell: bool
) -> None:
    assert figure(value=value, better=better).fallen(before) is fell


def test_an_aim_is_reached_from_its_own_side() -> None:
    assert figure(aim=0.8).reached() is True
    assert figure(aim=0.81).reached() is False
    assert figure(aim=0.81, better="lower").reached() is True
    assert figure().reached() is None


def test_figures_come_back_from_the_table_as_they_were_kept(tmp_path: Path) -> None:
    figures = [
        figure(label="torn names", aim=0.9, note="tried X"),
        figure(what="P", peer="jieba", peer_value=0.1),
    ]
    pages.keep("words", figures, tmp_path)
    assert pages.read(tmp_path) == {"words": figures}


def test_the_readme_quotes_what_has_a_label_and_the_page_marks_what_is_not_reached() -> None:
    areas = {"words": [figure(label="torn names", aim=0.9), figure(what="unquoted")]}
    text = pages.quoted(f"before\n{pages.BEGIN}\nold\n{pages.END}\nafter\n", areas)
    assert "| torn names | 0.800 | 0.900 |" in text
    assert "old" not in text
    assert "unquoted" not in text
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "≥ 0.900 ✗" in pages.page(areas)


def test_page_and_readme_quote_what_was_measured() -> None:
    areas = pages.read()
    readme = pages.README.read_text(encoding="utf-8")
    assert pages.quoted(readme, areas) == readme, "write the pages again: python -m measure --pages"
    assert pages.PAGE.read_text(encoding="utf-8") == pages.page(areas)

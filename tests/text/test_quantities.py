"""Numbers and dates that both languages share."""

import pytest

from bitext.text.quantities import figures


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("63亿美元", "$6.3bn"),
        ("1.9万亿美元", "1.9 trillion dollars"),
        ("1.9兆美元", "1.9tn"),
        ("4000万剂", "40 million doses"),
        ("22.5万英镑", "£225,000"),
        ("9億歐元", "900 million euro"),
        ("12月3日", "December 3rd"),
        ("12 月 3 日", "3 Dec"),
        ("212個模組", "212 modules"),
        ("5.5%", "5.5 per cent"),
    ],
)
def test_one_value_in_both_languages(chinese: str, english: str) -> None:
    assert len(figures(chinese)) == 1
    assert figures(chinese) == figures(english)


@pytest.mark.parametrize("text", ["", "12人", "2021年", "in 2021", "3 men", "第三", "三月", "May I", "v1"])
def test_what_every_article_has_is_no_figure(text: str) -> None:
    assert figures(text) == []


def test_a_number_is_not_cut_in_two() -> None:
    assert figures("3,436.83点") == ["3.44e+03"]
    assert figures("1234567") == ["1.23e+06"]

"""Numbers and dates that both languages share."""

import pytest

from bitext.text.quantities import agree, figures, quantities


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


@pytest.mark.parametrize(
    ("text", "value", "place", "unit"),
    [
        ("92万6793人", 926793, 1, "person"),  # 926,793 people
        ("926793人", 926793, 1, "person"),
        ("92萬6793人", 926793, 1, "person"),
        ("15万8000辆", 158000, 1, "vehicle"),  # 158,000 cars
        ("15.8万辆", 158000, 1000, "vehicle"),
        ("1亿2000万元", 120000000, 10000, "cny"),  # 120 million yuan
        ("三千五百万剂", 35000000, 1000000, "dose"),  # thirty-five million doses
        ("三点六五万亿", 3.65e12, 1e10, ""),  # 3.65 trillion
        ("百分之二十七", 27, 1, "percent"),
        ("百分之3.5", 3.5, 0.1, "percent"),
        ("27%", 27, 1, "percent"),
        ("27 per cent", 27, 1, "percent"),
        ("两百多人", 200, 100, "person"),  # two hundred and more people
        ("约1.5万人", 15000, 1000, "person"),  # about 15,000
        ("two million doses", 2000000, 1000000, "dose"),
        ("half a million people", 500000, 100000, "person"),
        ("two hundred and six people", 206, 1, "person"),
        ("twenty-five cases", 25, 1, "case"),
        ("40 confirmed cases", 40, 1, "case"),
        ("US$6.3bn", 6.3e9, 1e8, "usd"),
        ("63亿美元", 6.3e9, 1e8, "usd"),
        ("about 4,500 people", 4500, 100, "person"),
        ("4600多万人", 46000000, 1000000, "person"),  # more than 46 million
        ("4,500 people", 4500, 1, "person"),
    ],
)
def test_a_figure_is_read_with_its_unit_and_its_last_printed_digit(
    text: str, value: float, place: float, unit: str
) -> None:
    assert [tuple(quantity[:3]) for quantity in quantities(text)] == [(value, place, unit)]


@pytest.mark.parametrize("text", ["万一", "十分重要", "千万不要", "三三两两", "一一说明", "some of a kind"])
def test_words_made_of_numerals_are_no_figures(
    text: str,
) -> None:  # in case, very, by no means, by twos and threes
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("104.2元", "104.19元", True),
        ("104.2元", "104.3元", False),
        ("4465例", "4474例", False),
        ("15万8000辆", "15.8万辆", True),
        ("92万人", "926,793 people", True),
        ("27%", "百分之二十七", True),
        ("27%", "27人", False),
        ("two million doses", "210万剂", True),
        ("two million doses", "310万剂", False),
    ],
)
def test_figures_agree_as_far_as_the_coarser_one_is_printed(one: str, other: str, same: bool) -> None:
    assert agree(quantities(one)[0], quantities(other)[0]) is same


def test_reading_figures_takes_time_in_proportion_to_the_text() -> None:
    import time

    def seconds(text: str) -> float:
        def once() -> float:
            start = time.process_time()
            quantities(text)
            return time.process_time() - start

        return min(once(), once())  # the first one may load a list, or meet the collector of the process

    for unit in ("one ", "一", "12,", "$", "百分之", "1万"):
        assert seconds(unit * 40_000) < 8 * max(seconds(unit * 10_000), 0.01)


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("十分之一的居民", 10.0),
        ("三分之二的議員", 66.6666666667),
        ("one in ten residents", 10.0),
        ("One in 20 pumps", 5.0),
        ("the second one in two weeks", None),
        ("三点十分之后", None),  # after ten past three
    ],
)
def test_fractions_are_per_cent(text: str, percent: float | None) -> None:
    assert [q.value for q in quantities(text) if q.unit == "percent"] == ([percent] if percent else [])


def test_fractions_agree_as_precisely_as_few_parts_tell() -> None:
    third, quarter, percent, tenths = quantities("三分之一, 四分之一, 33%, 三成")
    assert [agree(third, other) for other in (quarter, percent, tenths)] == [False, True, True]

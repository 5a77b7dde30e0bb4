"""Stories: invented examples, the project's own corpus exactly, and a hand-labelled week of real news."""

import csv
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

import bitext
from bitext.events.credited import credits_another
from bitext.events.linkage import Links
from bitext.events.story_table import story_table
from tests import CHIPS
from tests.shared import needs_shared
from tests.week import week

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases"


def labels(name: str) -> dict[str, str]:
    """Return path -> story of a file of cases; an article that stands alone gets a name of its own."""
    return {
        row["path"]: f"alone: {row['path']}" if row["story"] in ("", "-") else row["story"]
        for row in case_rows(name)
    }


def case_rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def b_cubed(found: npt.NDArray[np.object_], wanted: npt.NDArray[np.object_]) -> tuple[float, float, float]:
    """Return precision, recall and F1 (Bagga & Baldwin 1998)."""
    same_found = found[:, None] == found[None, :]
    same_wanted = wanted[:, None] == wanted[None, :]
    both = (same_found & same_wanted).sum(axis=1)
    precision = float(np.mean(both / same_found.sum(axis=1)))
    recall = float(np.mean(both / same_wanted.sum(axis=1)))
    return precision, recall, 2 * precision * recall / (precision + recall)


def test_b_cubed_of_a_case_worked_by_hand() -> None:
    found = np.array(["x", "x", "y"], dtype=object)
    wanted = np.array(["a", "b", "b"], dtype=object)
    precision, recall, _ = b_cubed(found, wanted)
    assert precision == pytest.approx((1 / 2 + 1 / 2 + 1) / 3)
    assert recall == pytest.approx((1 + 1 / 2 + 1 / 2) / 3)


def corpus(rows: list[tuple[str, str, str, str]]) -> bitext.Corpus:
    return bitext.Corpus.from_frame(pd.DataFrame(rows, columns=["outlet", "date", "title", "text"]))


#: An invented bridge closes; an invented bank cuts its rate. Each in Chinese (both scripts) and English.
BRIDGE = [
    (
        "甲",
        "2031-03-01",
        "青川大桥因裂缝封闭",
        "青川大桥周一封闭，工程师在桥墩上发现三条裂缝，修复需要45天，耗资2.3亿元。",
    ),
    (
        "乙",
        "2031-03-01",
        "青川大橋封閉 發現裂縫",
        "工程師在橋墩發現裂縫後，青川大橋週一封閉，估計修復45天，費用2.3億元。",
    ),
    (
        "Post",
        "2031-03-02",
        "Qingchuan Bridge shut over cracks",
        "Engineers found cracks, and the bridge was shut on "
        "Monday. Repairs take 45 days and cost 230 million yuan.",
    ),
]
BANK = [
    (
        "甲",
        "2031-03-01",
        "央行下调利率",
        "央行宣布下调基准利率25个基点，以支持出口企业，分析师此前并未预期。",
    ),
    ("乙", "2031-03-02", "央行減息", "央行宣布下調基準利率25個基點，分析師感到意外，出口企業表示歡迎。"),
    (
        "Post",
        "2031-03-03",
        "Central bank cuts its key rate",
        "The central bank cut its key interest rate by 25 basis "
        "points to help exporters, which analysts had not expected.",
    ),
]


def test_two_events_in_three_outlets_and_two_languages() -> None:
    table = bitext.stories(bitext.tokenize(corpus(BRIDGE + BANK)))
    assert table.groupby("story")["title"].apply(set).tolist() == [
        {row[2] for row in BRIDGE},
        {row[2] for row in BANK},
    ]
    # Whole days, of outlets whose clocks nobody knows: the first of March may have been the second elsewhere.
    assert not table["first"].any()
    assert table["hours"].isna().tolist() == [False, True, True, False, True, True]
    assert table["precision"].eq("day").all()
    assert table["instant"].isna().all()
    assert table["similarity"].between(0, 1).all()


def of_bridge(dates: list[str], outlets: list[str]) -> pd.DataFrame:
    """The bridge alone, with other dates and outlets."""
    rows = [(outlet, date, *row[2:]) for row, date, outlet in zip(BRIDGE, dates, outlets, strict=True)]
    table = bitext.stories(bitext.tokenize(corpus(rows + BANK)))
    titles = [row[2] for row in BRIDGE]
    return table.set_index("title").loc[titles]


def test_an_outlet_is_first_only_where_its_time_lies_before_all_others_on_one_clock() -> None:
    taipei_paris = ["中央社", "法广", "法广"]
    table = of_bridge(["2031-03-01 11:00", "2031-03-01 04:30", "2031-03-02 07:00"], taipei_paris)
    # 11:00 in Taipei is 03:00 UTC, half an hour before 04:30 in Paris.
    assert table["first"].tolist() == [True, False, False]
    assert table["hours"].round(2).tolist() == [0.0, 0.5, 27.0]
    table = of_bridge(["2031-03-01", "2031-03-01 16:00", "2031-03-02 07:00"], taipei_paris)
    assert not table["first"].any()  # a day without a time overlaps with the evening of Paris
    table = of_bridge(["2031-03-01 11:00", "2031-03-01 11:00", "2031-03-02 07:00"], ["甲", "乙", "丙"])
    assert not table["first"].any()  # clocks that nobody knows


def test_a_story_is_called_by_the_headline_of_its_most_central_article_in_each_language() -> None:
    table = bitext.stories(bitext.tokenize(corpus(BRIDGE + BANK))).drop_duplicates("story")
    headlines = [row[2] for row in BRIDGE + BANK]
    assert set(table["name_zh"]) <= set(headlines)
    assert table["name_en"].tolist() == [BRIDGE[2][2], BANK[2][2]]
    assert table["name"].tolist() == table["name_zh"].tolist()


def firsts(
    outlets: str, near: list[float], apart: str = "8h", crediting: tuple[int, ...] = (), others: float = 0.98
) -> pd.DataFrame:
    """A story of Paris (F) and Taipei (T), articles *apart*; the third names it, *near* is how near each is.

    Other pairs report one event with *others*.
    """
    n = len(outlets)
    articles = pd.DataFrame(
        {
            "article": [f"a{row}" for row in range(n)],
            "outlet": [{"F": "法广", "T": "中央社"}[one] for one in outlets],
            "lang": "zh",
            "date": pd.date_range("2031-03-01 09:00", periods=n, freq=apart),
            "title": [f"标题{row}" for row in range(n)],  # headline
        }
    )
    first, second = np.triu_indices(n, 1)
    pairs = Links(first, second, np.full(len(first), others))
    for row, value in enumerate(near):
        pairs.similarity[(first == min(row, 2)) & (second == max(row, 2))] = value
    mean = np.where(np.arange(n) == 2, 0.9, 0.8)
    credits = np.isin(np.arange(n), crediting)
    return story_table(articles, np.zeros(n, int), np.zeros(n, int), mean, pairs, credits, 2)


@pytest.mark.parametrize(
    ("outlets", "near", "who"),
    [
        ("TFF", [0.99, 0.5, 1], ["a0"]),
        ("TFF", [0.9, 0.5, 1], []),  # the earliest may be on other news
        ("TFF", [0.1, 0.99, 1], []),  # nobody but Paris reports the headline
        ("TFFT", [0.1, 0.99, 1, 0.99], ["a1"]),  # Taipei's first article is on other news: Paris was first
        ("TFFT", [0.5, 0.99, 1, 0.99], []),  # it may be on this: nobody can tell
        ("TFFT", [0.5, 0.99, 1, 0.5], []),  # another outlet's surely must be
        ("FFTT", [0.5, 0.99, 1, 0.5], ["a1"]),  # an outlet's own earlier article changes nothing
        ("FFFF", [0.99, 0.99, 1, 0.99], []),  # who is alone is before nobody
    ],
)
def test_first_is_who_reports_what_the_headline_does(outlets: str, near: list[float], who: list[str]) -> None:
    table = firsts(outlets, near)
    assert table["name"].eq("标题2").all()
    assert table["central"].tolist() == near
    assert table.loc[table["first"], "article"].tolist() == who


def test_nobody_is_first_on_a_headline_of_days_later() -> None:
    near = [0.99, 0.99, 1.0, 0.99]
    assert firsts("TFTF", near, "12h")["first"].tolist() == [True, False, False, False]
    # What another outlet has more than a day later may be of another stage of the affair, or of the next day.
    assert not firsts("TFF", [0.99, 0.1, 1.0], "18h")["first"].any()
    assert firsts("TFF", [0.99, 0.1, 1.0], "8h")["first"].any()
    # So it may where the first outlet has reported again in between.
    assert firsts("FFTT", [0.99, 0.1, 1.0, 0.99], "12h")["first"].tolist() == [True, False, False, False]
    assert not firsts("FFTT", [0.99, 0.99, 1.0, 0.99], "12h")["first"].any()
    # Two days before the article that names the story, the first may be on what came before; nobody is first.
    assert not firsts("TFTF", near, "24h")["first"].any()


def test_nobody_is_first_if_the_next_outlet_may_report_something_else() -> None:
    near = [0.99, 0.99, 1.0, 0.99]  # of the headline, on which both are
    assert firsts("TFTF", near)["first"].tolist() == [True, False, False, False]
    assert not firsts("TFTF", near, others=0.96)["first"].any()


def test_who_names_another_outlet_as_the_source_is_not_first() -> None:
    near = [0.99, 0.99, 1.0, 0.99]
    assert firsts("TFTF", near, crediting=(2,))["first"].tolist() == [True, False, False, False]
    assert not firsts("TFTF", near, crediting=(0,))["first"].any()


@pytest.mark.parametrize(
    ("title", "text", "credits"),
    [
        ("路透：大桥封闭", "大桥周一封闭。", True),  # Reuters: bridge closed
        ("大桥封闭", "大桥周一封闭。据路透社报道，修理要一年。", True),  # according to a report of Reuters
        ("大桥封闭", "大桥周一封闭。《联合早报》率先披露此事。", True),  # Zaobao disclosed it first
        ("大桥封闭", "路透的股价周一下跌。", False),  # the shares of Reuters fell
        ("大桥封闭", "大桥周一封闭。法广记者在场。", False),  # a reporter of its own
    ],
)
def test_an_outlet_named_at_the_head_is_a_source(title: str, text: str, credits: bool) -> None:
    rows = [("法广", title, text), ("路透", "大桥", "大桥封闭。"), ("联合早报", "大桥", "大桥封闭。")]
    table = pd.DataFrame(rows, columns=["outlet", "title", "text"])
    assert credits_another(table).tolist() == [credits, False, False]


def test_without_any_title_the_article_most_like_the_others_is_the_centre() -> None:
    corpus_of = corpus([(outlet, date, "", text) for outlet, date, _, text in BRIDGE[:2]])
    table = bitext.stories(bitext.tokenize(corpus_of), threshold=0.01)
    assert table["name"].eq("").all()
    assert table["central"].max() == 1


def test_the_same_words_weeks_apart_are_another_story() -> None:
    later = [(outlet, date.replace("-03-", "-04-"), title, text) for outlet, date, title, text in BRIDGE[:2]]
    table = bitext.stories(bitext.tokenize(corpus(BRIDGE[:2] + later + BANK)))
    bridge = table[table["title"].str.startswith("青川")]
    assert bridge.groupby("story").size().tolist() == [2, 2]


def test_one_article_is_no_story() -> None:
    tokens = bitext.tokenize(corpus([*BRIDGE[:2], BANK[0]]))
    assert len(bitext.stories(tokens)) == 2
    with pytest.raises(bitext.BitextError, match="a story has at least 2 articles"):
        bitext.stories(tokens, min_group_size=1)


def found_groups(articles: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """Return the group of each article; one in no story is a group of its own."""
    story = dict(zip(table["article"], table["story"].astype(str), strict=True))
    names = articles["article"]
    return pd.Series([story.get(name, f"alone: {name}") for name in names], index=names)


def test_without_dates_time_plays_no_part() -> None:
    undated = [(outlet, "", title, text) for outlet, _, title, text in BRIDGE + BANK]
    table = bitext.stories(bitext.tokenize(corpus(undated)))
    assert table["story"].nunique() == 2
    assert table.loc[table["story"].duplicated(), "hours"].isna().all()
    assert not table["first"].any()


def of_lanterns(named: str, bank: str) -> float:
    """How likely an article without a date, which names a day, is on what another reported on 5 March."""
    rows = [
        (
            "甲",
            "2031-03-05",
            "青川灯会开幕",
            "青川灯会3月5日晚在河边开幕，市长点亮第一盏灯，两万名游客到场观看。",
        ),
        ("乙", "", "青川灯会开幕", f"青川灯会{named}在河边开幕，市长点灯，两万名游客到场。"),
    ]  # lanterns are lit at the river, the mayor lights the first
    later = [(outlet, bank, title, text) for outlet, _, title, text in BANK]
    table = bitext.stories(bitext.tokenize(corpus(rows + BRIDGE + later)))
    return float(table.loc[table["title"].str.startswith("青川灯会"), "similarity"].iloc[0])


def test_an_article_without_a_date_is_less_likely_on_an_event_in_a_longer_time_unless_it_names_the_day() -> (
    None
):
    week, half_a_year = "2031-03-07", "2031-09-22"
    assert of_lanterns("", half_a_year) < of_lanterns("", week)
    assert (
        of_lanterns("9月20日", half_a_year)
        < of_lanterns("", half_a_year)
        < of_lanterns("3月5日", half_a_year)
    )


@pytest.mark.parametrize("rows", [[], BRIDGE[:1], [("甲", "2031-03-01", "", "")] * 3])
def test_nothing_to_join_gives_an_empty_table_with_all_columns(rows: list[tuple[str, str, str, str]]) -> None:
    table = bitext.stories(bitext.tokenize(corpus(rows)))
    assert table.empty
    assert "similarity" in table.columns
    made = corpus(rows)
    assert bitext.coverage(table, made).empty


@pytest.mark.parametrize(
    ("option", "value"), [("days", 0.0), ("threshold", 0.0), ("threshold", 1.0), ("min_group_size", 0)]
)
def test_options_out_of_range_are_refused(option: str, value: float) -> None:
    tokens = bitext.tokenize(corpus(BRIDGE))
    with pytest.raises(bitext.BitextError, match=option):
        bitext.stories(tokens, **{option: value})  # type: ignore[arg-type]


def test_counts_of_terms_or_of_other_articles_are_no_concepts() -> None:
    tokens = bitext.tokenize(corpus(BRIDGE))
    with pytest.raises(bitext.TableError, match="unit 'concept'"):
        bitext.stories(tokens, concept_counts=bitext.count(tokens))
    other = bitext.count(bitext.tokenize(corpus(BANK[:2])), unit="concept")
    with pytest.raises(bitext.TableError, match="same articles"):
        bitext.stories(tokens, concept_counts=other)


def test_counts_of_concepts_are_taken() -> None:
    tokens = bitext.tokenize(corpus(BRIDGE + BANK))
    table = bitext.stories(tokens, concept_counts=bitext.count(tokens, unit="concept"))
    assert table["story"].nunique() == 2


def test_the_sample_corpus_exactly() -> None:
    wanted = labels("chips.tsv")
    tokens = bitext.tokenize(bitext.read(CHIPS))
    group = found_groups(tokens.articles, bitext.stories(tokens))
    found = group.index.to_series().groupby(group).apply(frozenset)
    expected = pd.Series(wanted).groupby(wanted).groups
    assert set(found) == {frozenset(members) for members in expected.values()}


def test_the_order_of_the_articles_does_not_matter() -> None:
    made = bitext.read(CHIPS)
    shuffled = made.articles.sample(frac=1, random_state=np.random.RandomState(2)).reset_index(drop=True)
    groups = [
        bitext.stories(bitext.tokenize(bitext.Corpus(articles))).groupby("story")["article"].apply(frozenset)
        for articles in (made.articles, shuffled)
    ]
    assert set(groups[0]) == set(groups[1])


@needs_shared
def test_the_labelled_week() -> None:
    wanted = labels("stories_week.tsv")
    tokens = bitext.tokenize(week())
    group = found_groups(tokens.articles, bitext.stories(tokens))
    table = tokens.articles[["article", "outlet"]].assign(story=group.to_numpy())
    table = table[table["article"].isin(wanted)]
    story = table["article"].map(wanted)
    halves = table["article"].map({row["path"]: row["half"] for row in case_rows("stories_week.tsv")})
    assert len(table) == len(wanted)
    assert story[~story.str.startswith("alone")].nunique() >= 60
    assert table.loc[~story.str.startswith("alone"), "outlet"].nunique() >= 5
    everything = pd.Series(True, index=table.index)
    for half in (halves == "0", halves == "1", everything):  # half 0 served to set thresholds, half 1 did not
        part = half.to_numpy()
        *_, f1 = b_cubed(table["story"].to_numpy(dtype=object)[part], story.to_numpy(dtype=object)[part])
        assert f1 >= 0.85


def test_an_event_is_one_story_when_an_outlet_comes_to_it_days_later() -> None:
    days = zip((1, 5), BRIDGE, strict=False)
    late = [(outlet, f"2031-03-{day}", *rest) for day, (outlet, _, *rest) in days]
    table = bitext.stories(bitext.tokenize(corpus([*late, *BANK])))
    titles = {late[0][2], late[1][2]}
    assert titles <= set(table.loc[table["story"] == 0, "title"])


#: Ten reports of one day that share a place, a weekday and "officials said", and no event.
UNRELATED = [
    ("A", "Volcano near Mexico City", "A volcano sent ash over Mexico City on Monday, Mexico said."),
    ("B", "Mexico sends troops", "Mexico's president sends troops to the border on Monday, officials said."),
    ("C", "Bank of Mexico holds rates", "The Bank of Mexico kept its key rate on Monday, officials said."),
    ("A", "Choir from Mexico wins", "A choir from Mexico won a prize in Vienna on Monday, officials said."),
    ("B", "Rain floods Chile", "Rain flooded streets in the south of Chile on Monday, officials said."),
    ("C", "Parliament in Lima", "The parliament in Lima passed the budget on Monday, officials said."),
    ("A", "Museum in Bogota", "A museum of modern art opened in Bogota on Monday with forty painters."),
    ("B", "Striker leaves Boca", "The striker leaves Boca for a club in Madrid, the club said on Monday."),
    ("C", "Bees die in Uruguay", "Bees die in Uruguay after fields were sprayed, beekeepers said on Monday."),
    ("A", "Train hits truck", "A train hit a truck near Cordoba on Monday; nobody was hurt, officials said."),
]  # fmt: skip


@pytest.mark.parametrize("size", [4, 10])
def test_places_and_weekdays_alone_make_no_story(size: int) -> None:
    rows = [(outlet, "2031-03-03", title, text) for outlet, title, text in UNRELATED[:size]]
    assert bitext.stories(bitext.tokenize(corpus(rows))).empty

"""Who printed the same text: kinds, relations, clusters and weights; brute force on the shared week."""

import itertools
import re
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext import Corpus, schema
from bitext.copies.duplicates import weights
from tests.copies.synthetic import news
from tests.shared import needs_shared
from tests.week import week

#: An invented agency report: "The ministry said on Tuesday that the new line would carry its first
#: passengers in June. Unions had asked ... The mayor called the date realistic."
WIRE = (
    "交通部周二表示，横贯南北的新线路将于六月运送首批乘客，票价与现有线路相同。"
    "工会此前要求推迟通车，理由是司机尚未完成培训。"
    "市长称这一日期切合实际，并说沿线十二个车站已有九个完工。"
)
#: The same in traditional script, edited: "Wednesday" for "Tuesday", the last sentence cut.
EDITED = (
    "交通部週三表示，橫貫南北的新線路將於六月運送首批乘客，票價與現有線路相同。"
    "工會此前要求推遲通車，理由是司機尚未完成培訓。"
    "市長稱這一日期切合實際。"
)


def corpus(rows: list[tuple[str, str, str, str]]) -> Corpus:
    frame = pd.DataFrame(rows, columns=["article", "outlet", "date", "text"])
    frame["date"] = pd.to_datetime(frame["date"], format="mixed")
    return Corpus(frame.reindex(columns=list(schema.ARTICLES), fill_value=""))


def test_a_copy_in_the_other_script_is_found_and_says_what_it_kept() -> None:
    table = bitext.duplicates(corpus([("b", "乙", "2031-03-04", EDITED), ("a", "甲", "2031-03-01", WIRE)]))
    assert table["article"].tolist() == ["a", "b"]
    assert table["origin"].tolist() == ["a", "a"]
    assert table["nearest"].tolist() == ["", "a"]
    assert table["relation"].tolist() == ["origin", "copy"]
    assert table["hours"].tolist()[1] == 72.0
    assert 0.5 < table["kept"][1] < 0.8
    assert table["new"][1] < table["kept"][1]


def test_two_sentences_that_share_a_name_are_no_copies_and_an_edited_copy_is() -> None:
    # "ASML shares rose on Friday after results" / "Students in Delft visited ASML's clean room last week"
    unrelated = ["财报公布之后， ASML 股价周五上扬。", "代尔夫特的学生上周参观了 ASML 的无尘室。"]
    edited = ["新线路将于六月运送首批乘客，票价不变。", "新线路将于六月运送首批乘客，票价未变。"]
    pair = bitext.duplicate_pairs(corpus([(str(i), "甲", "2031-03-01", t) for i, t in enumerate(unrelated)]))
    assert pair.empty
    pair = bitext.duplicate_pairs(corpus([(str(i), "甲", "2031-03-01", t) for i, t in enumerate(edited)]))
    assert pair["containment"].item() > 0.6


@pytest.mark.parametrize(
    ("outlet", "date", "text", "kind", "relation"),
    [
        ("甲", "2031-03-01 09:00", WIRE, "exact", "repeat"),
        ("甲", "2031-03-01 15:00", EDITED, "near", "update"),
        ("甲", "2031-03-03 15:00", EDITED, "near", "update"),
        ("甲", "2031-05-03 15:00", EDITED, "near", "reuse"),
        ("乙", "2031-03-04 09:00", WIRE.replace("，", " "), "exact", "copy"),
        ("乙", "2031-03-04 09:00", WIRE[:36], "partial", "copy"),
        ("乙", "2031-03-01 09:00", WIRE, "exact", "unknown"),  # clocks that nobody knows
        ("乙", "2031-03-04 09:00", "（法新社巴黎4日电）" + WIRE, "near", "wire"),  # AFP, Paris
        ("甲", "2031-03-01 09:00", WIRE[:36], "partial", "update"),
    ],
)
def test_kind_and_relation(outlet: str, date: str, text: str, kind: str, relation: str) -> None:
    table = bitext.duplicates(corpus([("a", "甲", "2031-03-01 08:00", WIRE), ("b", outlet, date, text)]))
    assert (table["kind"][1], table["relation"][1]) == (kind, relation)


def test_tomorrows_market_note_is_a_series() -> None:
    note = (
        "港口周{}测算的运价指数为{}点，较上日变动{}点，成交{}箱。"
        "指数自二零二零年起按新办法编制，每日上午公布一次，遇节假日顺延至下一个工作日，历史数据可在港口网站查询。"
    )
    rows = [("a", "甲", "2031-03-03", note.format("一", 1041, 12, 880))]
    rows.append(("b", "甲", "2031-03-04", note.format("二", 1067, 26, 913)))
    table = bitext.duplicates(corpus(rows), threshold=0.3)
    assert table["relation"].tolist() == ["origin", "series"]


def test_a_round_up_does_not_merge_the_stories_that_it_quotes() -> None:
    other = (
        "图书馆将于周日延长开放时间，读者可借阅至晚间十点。馆长说，这是应学生的要求而作的安排，试行三个月。"
    )
    rows = [("a", "甲", "2031-03-01", WIRE), ("b", "甲", "2031-03-01", other)]
    rows += [("digest", "乙", "2031-03-02", WIRE[:60] + other[:30]), ("c", "丙", "2031-03-03", other)]
    table = bitext.duplicates(corpus(rows)).set_index("article")
    assert table.loc["digest", "origin"] == "a"
    assert table.loc["c", "origin"] == "b"


def test_dates_that_are_missing_come_last_and_give_no_hours() -> None:
    frame = corpus([("a", "甲", "2031-03-02", WIRE), ("b", "乙", "2031-03-01", WIRE)]).articles
    frame["date"] = [pd.NaT, pd.Timestamp("2031-03-01")]
    table = bitext.duplicates(Corpus(frame))
    assert table["article"].tolist() == ["b", "a"]
    assert table["hours"].isna().all()


@pytest.mark.parametrize("exact", [True, False, None])
@pytest.mark.parametrize(
    "texts", [[], ["单篇"], ["", ""], ["短", "短"], ["one text of some length", "另一篇"]]
)
def test_nothing_to_find_gives_an_empty_table_with_all_columns(texts: list[str], exact: bool | None) -> None:
    small = corpus([(str(i), "甲", "2031-03-01", text) for i, text in enumerate(texts)])
    table = bitext.duplicates(small, exact=exact)
    assert table.empty
    assert {"cluster", "origin", "kind", "relation", "kept"} <= set(table.columns)
    assert bitext.duplicate_pairs(small, exact=exact).empty
    assert weights(table, small.articles["article"], "collapse").tolist() == [1.0] * len(texts)


@pytest.mark.parametrize("threshold", [0, -1, 1.1])
def test_a_threshold_out_of_range_is_refused(threshold: float) -> None:
    with pytest.raises(bitext.BitextError, match="threshold must be above 0"):
        bitext.duplicates(corpus([("a", "甲", "2031-03-01", WIRE)]), threshold=threshold)


def test_weights_count_a_text_once_in_the_corpus_or_once_per_outlet() -> None:
    rows = [
        ("a", "甲", "2031-03-01", WIRE),
        ("b", "乙", "2031-03-02", WIRE),
        ("c", "乙", "2031-03-03", EDITED),
    ]
    rows += [
        (
            "d",
            "丙",
            "2031-03-04",
            WIRE[:36] + "记者到场时，站台上只有几名工人，他们说灯光要到下周才会接通，请乘客耐心等待。",
        )
    ]
    table = bitext.duplicates(corpus(rows), threshold=0.3)
    assert table.set_index("article")["kind"]["d"] == "partial"
    names = ["d", "c", "b", "a", "elsewhere"]
    expected = {
        ("keep", "corpus"): [1, 1, 1, 1, 1],
        ("collapse", "corpus"): [1, 0, 0, 1, 1],
        ("collapse", "outlet"): [1, 0, 1, 1, 1],
        ("weight", "corpus"): [1, 1 / 3, 1 / 3, 1 / 3, 1],
        ("weight", "outlet"): [1, 1 / 2, 1 / 2, 1, 1],
    }
    for (mode, within), values in expected.items():
        assert weights(table, names, mode, within=within).tolist() == pytest.approx(values), (mode, within)


def test_unknown_words_for_weights_are_refused() -> None:
    table = bitext.duplicates(corpus([("a", "甲", "2031-03-01", WIRE)]))
    with pytest.raises(bitext.BitextError, match="unknown treatment of copies 'drop'"):
        weights(table, ["a"], "drop")
    with pytest.raises(bitext.BitextError, match="unknown scope of copies 'month'"):
        weights(table, ["a"], "collapse", within="month")


def brute_force(articles: pd.DataFrame) -> set[frozenset[str]]:
    """All pairs where the larger text has over half of the smaller one's shingles, in Python sets."""
    from opencc import OpenCC

    convert = OpenCC("t2s").convert
    sets = {}
    for name, text in zip(articles["article"], articles["text"], strict=True):
        flat = re.sub(r"[\W_]", "", convert(text)).lower()
        sets[name] = {flat[i : i + 8] for i in range(len(flat) - 7)}
    return {
        frozenset((a, b))
        for a, b in itertools.combinations(sets, 2)
        if len(sets[a] & sets[b]) > 0.5 * min(len(sets[a]), len(sets[b]))
    }


def against_brute_force(part: Corpus, exact: bool) -> tuple[float, float, int]:
    """Return recall, precision and the number of true pairs."""
    wanted = brute_force(part.articles)
    table = bitext.duplicate_pairs(part, exact=exact)
    found = {frozenset(pair) for pair in zip(table["article_a"], table["article_b"], strict=True)}
    return len(wanted & found) / len(wanted), len(wanted & found) / len(found), len(wanted)


@needs_shared
def test_one_day_of_shared_news_against_brute_force() -> None:
    made = week()
    recall, precision, n = against_brute_force(made.select(made.articles["date"].dt.day == 9), exact=True)
    assert n >= 10
    assert recall >= 0.97
    assert precision >= 0.97


@pytest.mark.slow
@needs_shared
@pytest.mark.parametrize("exact", [True, False])
def test_the_shared_week_against_brute_force(exact: bool) -> None:
    recall, precision, n = against_brute_force(week(), exact)
    assert n >= 80
    assert recall >= 0.97
    assert precision >= 0.97


@pytest.mark.slow
def test_time_grows_in_line_with_the_number_of_articles() -> None:
    seconds = []
    for n in (2_000, 4_000, 40_000):  # the first is a warm-up
        texts = news(n, copies=0.1)
        rows = [(str(i), f"outlet {i % 5}", "2031-03-01", text) for i, text in enumerate(texts)]
        made = corpus(rows)
        start = time.process_time()
        bitext.duplicates(made, exact=False)
        seconds.append(time.process_time() - start)
    assert seconds[2] <= 10 * np.log(40_000) / np.log(4_000) * seconds[1]  # hashes are sorted: n log n


@needs_shared
def test_the_same_news_gives_the_same_table_in_any_order() -> None:
    articles = week().articles.drop_duplicates(["date"]).reset_index(drop=True)
    articles = articles.drop(columns=["instant", "precision"])  # days tie, and ties keep the given order
    shuffled = articles.sample(frac=1, random_state=np.random.RandomState(3)).reset_index(drop=True)
    pd.testing.assert_frame_equal(bitext.duplicates(Corpus(articles)), bitext.duplicates(Corpus(shuffled)))


def test_a_text_that_credits_an_agency_is_a_wire_whoever_printed_it_first() -> None:
    story = (
        "MARLOW (Reuters) - The council said on Monday that the plant will open in May, a month later than "
        "planned, after unions asked for more time to train drivers."
    )
    rows = [
        ("a", "Alpha Post", "2031-03-01 09:00", story),
        ("r", "Reuters", "2031-03-03 11:30", story.removeprefix("MARLOW (Reuters) - ")),
    ]
    table = bitext.duplicates(corpus(rows))
    assert table["relation"].tolist() == ["origin", "wire"]
    assert table["agency"].tolist() == ["Reuters", "Reuters"]
    pairs = bitext.duplicate_pairs(corpus(rows))
    assert (pairs["relation"].item(), pairs["agency"].item()) == ("wire", "Reuters")


def test_outlets_are_ordered_on_one_clock() -> None:
    # 10:56 in Taipei is 02:56 UTC, 04:32 in Paris is 03:32 UTC
    rows = [("p", "法广", "2031-03-01 04:32", WIRE), ("t", "中央社", "2031-03-01 10:56", WIRE)]
    table = bitext.duplicates(corpus(rows))
    assert table["article"].tolist() == ["t", "p"]
    assert table["relation"].tolist() == ["origin", "copy"]
    assert table["sure"].tolist() == [False, True]
    assert table["hours"].tolist()[1] == pytest.approx(0.6)


def test_equal_texts_are_linked_and_grow_in_line_with_their_number() -> None:
    rows = [(f"{i:04}", f"o{i % 3}", "2031-03-01", WIRE) for i in range(600)]
    rows += [("x", "o9", "2031-03-05", EDITED)]
    table = bitext.duplicates(corpus(rows))
    assert table["cluster"].nunique() == 1
    assert (table["nearest"][1:] == "0000").all()
    assert len(bitext.duplicate_pairs(corpus(rows))) < 20 * 600


def test_passages_do_not_count_variants_of_script_as_changes() -> None:
    # plans, by means of, with: 規畫/规划, 藉/借, 著/着
    pair = [("a", "甲", "2031-03-01", "市府規畫藉新線路帶動商圈，沿著河岸設站，九月動工並對外招商。")]
    pair += [("b", "乙", "2031-03-02", "市府规划借新线路带动商圈，沿着河岸设站，九月动工并对外招商。")]
    assert bitext.passages(corpus(pair), "a", "b")["kind"].tolist() == ["kept"]


def test_tokens_know_the_credits_that_cleaning_took_out(tmp_path: Path) -> None:
    # 中央社 credits AFP (法新社) in its dateline, which is no part of the text.
    pieces = [("b", "dateline", 0, 12, "（法新社巴黎4日电）"), ("b", "ad", 90, 99, "（路透社）")]
    read = corpus([("a", "甲", "2031-03-01 08:00", WIRE), ("b", "乙", "2031-03-04 09:00", WIRE)])
    wire = replace(read, removed=pd.DataFrame(pieces, columns=list(schema.REMOVED)))
    tokens = bitext.tokenize(wire)
    tokens.save(tmp_path / "saved")
    for source in (tokens, bitext.Tokens.load(tmp_path / "saved"), tokens.select([True, True])):
        pd.testing.assert_frame_equal(bitext.duplicates(source), bitext.duplicates(wire))
        pd.testing.assert_frame_equal(bitext.wire_shares(source), bitext.wire_shares(wire))
    assert bitext.duplicates(tokens)[["relation", "agency"]].to_numpy().tolist()[1] == ["wire", "AFP"]
    assert tokens.removed["kind"].tolist() == ["dateline"]
    assert tokens.select([True, False]).removed.empty

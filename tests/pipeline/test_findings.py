"""Findings: every sentence is made of the rows it names, and nothing is said without a rule."""

import re

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.corpus.clock import Clock
from bitext.pipeline.findings.finding import FINDINGS, KINDS, STRENGTHS, cut
from bitext.pipeline.findings.findings import findings
from bitext.pipeline.findings.findings_of_coverage import covered
from bitext.pipeline.findings.findings_of_events import first
from bitext.pipeline.findings.findings_of_names import names
from bitext.pipeline.findings.findings_of_statements import disagreement
from bitext.pipeline.findings.findings_of_tone import tone


@pytest.fixture
def result(chips: bitext.Comparison) -> bitext.Comparison:
    return chips


def of(result: bitext.Comparison, kind: str, words: str) -> list[tuple[pd.Series, pd.DataFrame]]:
    """Return findings of a kind whose English sentence has these words, with the rows behind them."""
    table = result.findings
    chosen = table[(table["kind"] == kind) & table["en"].str.contains(words, regex=False)]
    assert len(chosen), f"no {kind} finding says {words!r}"
    return [(row, result.behind(int(str(number)))) for number, row in chosen.iterrows()]


def test_all_questions_are_answered_in_order_and_both_languages(result: bitext.Comparison) -> None:
    table = result.findings
    assert list(table.columns) == list(FINDINGS)
    asked = list(dict.fromkeys(table["kind"]))
    assert asked[1:] == [kind for kind in KINDS if kind not in ("disagreement", asked[0])]
    assert set(table["strength"]) <= set(STRENGTHS)
    assert table["en"].str.endswith(".").all()
    assert table["zh"].str.endswith("。").all()
    assert table["rows"].str.fullmatch(r"\d+( \d+)*").all()
    assert next(iter(result.tables)) == "findings"


def test_the_question_that_leads_has_an_answer_beyond_chance(result: bitext.Comparison) -> None:
    """What an editor prints: 中共, the Communist Party, said for the country by one outlet alone."""
    lead = result.findings.iloc[0]
    assert (lead["kind"], lead["strength"]) == ("names", "beyond chance")
    assert "中共" in lead["en"]
    silence = result.findings[result.findings["en"].str.contains("printed nothing")].iloc[0]
    assert silence["strength"] == "may be chance"  # so it does not lead


def test_a_word_that_is_told_as_a_name_is_not_told_again_as_a_word(result: bitext.Comparison) -> None:
    assert any("中共" in term for term in result["keyness"]["term"])  # the Communist Party
    told = result.findings
    assert not (told["en"].str.contains("中共") & (told["kind"] == "words")).any()


def coverage_of(rows: list[tuple[int, str, int, float]]) -> dict[str, pd.DataFrame]:
    """Return tables of coverage and stories from story, outlet, articles and what would be expected."""
    table = pd.DataFrame(rows, columns=["story", "outlet", "n", "expected"])
    table = table.assign(
        note="", p=np.where(table["n"] > 0, np.nan, 0.6), q=np.where(table["n"] > 0, np.nan, 1.0)
    )
    stories = table[table["n"] > 0].assign(name=lambda rows: "story " + rows["story"].astype(str))
    return {
        "coverage": table,
        "stories": stories.assign(
            name_en=stories["name"], name_zh=stories["name"], first=False, precision="day", instant=pd.NaT
        ),
    }


def test_of_many_stories_those_are_told_that_others_would_be_expected_to_have() -> None:
    rows = []
    for story in range(20):
        expected = 2.0 if story == 7 else 0.5
        rows += [(story, "A", 2, 1.0), *((story, outlet, 0, expected) for outlet in "BC")]
    told = list(covered(coverage_of(rows)))
    said = [one.en for one in told]
    assert said[0].startswith("Of 20 stories in three outlets, 20 are in one outlet only;")
    assert said[1:] == ["Only A covered “story 7”."]


def test_who_was_first_most_often_is_told_of_the_stories_it_had() -> None:
    instants = pd.to_datetime(["2031-03-02 08:00", "2031-03-02 11:00"] * 14)
    stories = pd.DataFrame(
        {
            "story": np.repeat(np.arange(14), 2),
            "outlet": ["A", "B"] * 10 + ["B", "C"] * 4,
            "instant": instants,
            "date": instants,
            "precision": "minute",
            "first": [True, False] * 14,
        }
    )
    stories = stories.assign(name="s", name_en="s", name_zh="s")
    most, *others = first({"stories": stories})
    assert most.en == (
        "A was first most often: on 10 of 10 stories it had, where it can be told (14 of 14 stories)."
    )
    assert len(others) == 12


def test_hours_are_told_as_the_least_that_is_sure() -> None:
    instants = pd.to_datetime(["2031-03-02 08:00", "2031-03-02 10:45"])
    stories = pd.DataFrame(
        {"story": 0, "outlet": ["A", "B"], "instant": instants, "date": instants, "precision": "minute"}
    ).assign(name="s", name_en="s", name_zh="s", first=[True, False])
    (one,) = first({"stories": stories})
    assert "at least 2 hours before B" in one.en


def test_of_two_dates_without_hours_days_are_told() -> None:
    days = pd.to_datetime(["2024-05-14", "2024-05-15"])
    table = pd.DataFrame(
        {
            "story": 0,
            "outlet": ["A", "B"],
            "instant": days,
            "date": days,
            "precision": "day",
            "first": [True, False],
            "title": ["Rain fell", "It rained"],
            "central": 1.0,
            "similarity": 0.99,
            "name": "Rain fell",
            "name_en": "Rain fell",
            "name_zh": "",
        }
    )
    (one, *_) = first({"stories": table})
    assert one.en.endswith("by its date a day before B.")
    assert one.zh.endswith("按日期比B早1天。")


def test_minutes_are_told_as_minutes_and_of_one_wire_text_nobody_is_called_first() -> None:
    instants = pd.to_datetime(["2031-03-02 08:00", "2031-03-02 08:13"])
    stories = pd.DataFrame(
        {"story": 0, "outlet": ["A", "B"], "instant": instants, "date": instants, "precision": "minute"}
    ).assign(name="s", name_en="s", name_zh="s", first=[True, False], article=["a", "b"])
    (one,) = first({"stories": stories})
    assert "at least 12 minutes before B" in one.en
    assert "比B至少早12分钟" in one.zh  # at least 12 minutes before B
    copies = pd.DataFrame({"article": ["a", "b"], "cluster": 0, "relation": ["origin", "wire"]})
    (one,) = first({"stories": stories, "duplicates": copies})
    assert "Nobody can be named first" in one.en
    assert "a wire sent both of them" in one.en
    (one,) = first({"stories": stories, "duplicates": copies.assign(relation=["origin", "copy"])})
    assert one.group == "A"


def test_who_covered_a_story_reports_what_its_headline_says() -> None:
    rows = pd.DataFrame({"story": 0, "outlet": list("ABCDE"), "n": [1, 1, 1, 1, 0]}).assign(
        reports=[1, 1, 1, 0, 0], note="", expected=0.5, p=0.2, q=0.4, volume=30
    )
    stories = pd.DataFrame({"story": [0], "name": "s", "name_en": "s", "name_zh": "s"})
    silent, *_ = covered({"coverage": rows, "stories": stories})
    assert silent.group == "E"
    assert "three of four others did" in silent.en
    assert not [one for one in covered({"coverage": rows.assign(reports=0), "stories": stories}) if one.group]


def test_of_a_handful_of_articles_beside_many_nothing_is_counted(result: bitext.Comparison) -> None:
    told = result.findings
    outlet = told.loc[(told["kind"] == "names") & (told["group"] != ""), "group"].iloc[0]
    groups = result["groups"]
    fewer = groups.assign(articles=groups["articles"].where(groups["outlet"] != outlet, 3))
    found = findings({**result.tables, "groups": fewer}, "outlet")
    of_it = found[found["group"] == outlet]
    assert not of_it["kind"].isin(("names", "voices", "words", "tone", "left out")).any()
    assert found["kind"].isin(("names", "voices")).any()


def naming_of(share: list[float]) -> pd.DataFrame:
    rows = pd.DataFrame(
        {"outlet": list("ABC"), "referent": "china", "label": "china/party", "place": "body", "voice": "all"}
    )
    n = [round(200 * one) for one in share]
    surfaces = [f"中共 {count} · 党中央 2" if count else "" for count in n]  # two names of the party
    return rows.assign(
        n=[count + 2 if count else 0 for count in n], of=200, share=share, articles=60,
        low=0.0, high=1.0, surfaces=surfaces,
    )  # fmt: skip


def test_a_name_is_told_with_the_count_of_the_form_that_is_printed() -> None:
    (one,) = names({"naming": naming_of([0.45, 0.1, 0.05])}, "outlet")
    assert one.en == "A calls China 中共 in 90 of 200 mentions (45%); no other in more than 10%."
    assert one.strength == "beyond chance"
    assert not list(names({"naming": naming_of([0.45, 0.3, 0.05])}, "outlet"))  # not three times as often


def test_no_other_counts_outlets_that_name_the_thing_seldom() -> None:
    table = naming_of([1.0, 0.0, 0.0])
    assert len(list(names({"naming": table}, "outlet"))) == 1
    few = table.assign(outlet=list("ABD")).iloc[2:].assign(n=1, of=3, share=1 / 3, surfaces="中共 1")
    (one,) = names({"naming": pd.concat([table, few], ignore_index=True)}, "outlet")
    assert "no other in more than 33%" in one.en


def test_silence_names_an_outlet_without_an_article_and_the_others_have_one(
    result: bitext.Comparison,
) -> None:
    for finding, rows in of(result, "covered", "printed nothing on"):
        silent = rows[rows["outlet"] == finding["group"]]
        assert silent["n"].tolist() == [0]
        assert (rows.drop(silent.index)["n"] > 0).all()
        assert len(rows) == rows["outlets"].iloc[0] + 1
        assert (finding["strength"] == "beyond chance") == bool(silent["q"].iloc[0] < 0.05)


def test_nobody_is_called_first_where_clocks_overlap(result: bitext.Comparison) -> None:
    for _, rows in of(result, "first", "Nobody can be named first"):
        assert not rows["first"].any()


def test_an_outlet_surely_first_is_named_with_the_least_hours(result: bitext.Comparison) -> None:
    instants = pd.to_datetime(["2031-03-02 08:00", "2031-03-02 11:00", "2031-03-02 12:00"])
    stories = (
        result["stories"]
        .head(3)
        .assign(
            story=0,
            outlet=["A", "B", "C"],
            instant=instants,
            date=instants,
            precision="minute",
            first=[True, False, False],
            central=1.0,
        )
    )
    table = findings({"stories": stories}, "outlet")
    assert table["group"].tolist() == ["A"]
    assert table["value"].round(1).tolist() == [3.0]  # 2 h 59 min: a minute is not an instant
    assert "at least 3 hours before B" in table["en"].iloc[0]


def test_names_give_the_counts_of_their_rows(result: bitext.Comparison) -> None:
    # 中共: the Communist Party, said for the country
    for finding, rows in of(result, "names", "中共 in"):
        own, others = rows.iloc[0], rows.iloc[1:]
        assert f"in {own['n']} of {own['of']} mentions" in finding["en"]
        assert f"once in {others['of'].sum()}" in finding["en"]
        assert others["n"].sum() == 0
        assert finding["low"] > others["high"].max()
        assert "提到中国" in finding["zh"]


def test_a_source_of_one_outlet_is_named_by_no_other(result: bitext.Comparison) -> None:
    sources = result["sources"]
    for finding, rows in of(result, "voices", "quotes"):
        if not finding["en"].startswith("Only"):
            continue
        row = rows.iloc[0]
        assert row["articles"] >= 3
        assert f"in at least {row['articles']} of its {row['group_size']} articles" in finding["en"]
        others = sources[sources["outlet"] != row["outlet"]]
        assert not others["source"].str.contains(row["source"], regex=False).any()


def test_what_is_left_out_is_carried_by_most_others_independently(result: bitext.Comparison) -> None:
    for finding, rows in of(result, "left out", "does not"):
        row = rows.iloc[0]
        assert row["verdict"] == "omitted"
        assert not row["background"]
        assert row["carriers"] >= 3
        assert row["peers"] >= 2 / 3 * row["peers_total"]
        assert finding["group"] not in row["carried_by"]


def test_text_that_two_outlets_credit_to_one_wire_is_no_copy(result: bitext.Comparison) -> None:
    """Both print where they have it from: ROTTERDAM (Corvane) -, 衡讯社北京5月16日电 (an invented agency)."""
    (finding, rows), *more = of(result, "copies", "with a wire credited")
    assert not more
    assert "(Corvane and 衡讯社)" in finding["en"]
    assert set(rows["outlet"]) == {"The Meridian Ledger", "Fabline Weekly", "寰岳时报", "嶼光社"}
    shares = 1 - rows.loc[rows["relation"] == "copy", "new"]
    assert [f"{share:.0%}" in finding["en"] for share in shares] == [True, True]


def test_shared_text_without_a_credit_gives_the_share_that_is_not_new(result: bitext.Comparison) -> None:
    tables = {name: table for name, table in result.tables.items() if name != "removed"}
    found = findings(tables, "outlet")
    said = found[(found["kind"] == "copies") & found["en"].str.contains("stands in")]
    assert len(said) == 2
    for _, row in said.iterrows():
        rows = result["duplicates"].iloc[[int(number) for number in row["rows"].split()]]
        later = rows[rows["outlet"] == row["group"]].iloc[0]
        assert np.isclose(row["value"], 1 - later["new"])
        assert "No agency was recognised" in row["en"]


def test_an_outlet_is_later_only_where_its_earliest_is_after_the_latest_of_the_other(
    result: bitext.Comparison,
) -> None:
    for finding, rows in of(result, "first", "came after"):
        later, other = finding["group"], (set(rows["outlet"]) - {finding["group"]}).pop()
        clock = Clock.of(rows.reset_index(drop=True))
        stories = (
            rows.assign(low=clock.low, high=clock.high).groupby(["story", "outlet"])[["low", "high"]].min()
        )
        for story in rows["story"].unique():
            assert stories.loc[(story, later), "low"] >= stories.loc[(story, other), "high"]
        assert f"{int(finding['value'])}" in {"3", "4"}
        assert other in finding["en"]


def test_several_renderings_of_a_name_leave_its_surname_out(
    result: bitext.Comparison,
) -> None:
    (finding, rows), *_ = of(result, "names", "Marit Oldenkamp")
    assert finding["en"] == (
        "Marit Oldenkamp has three names in Chinese: "
        "马里特·奥尔登坎普 (远声网), 奧登坎 (嶼光社) and 奧登甘普 (港灣論壇報)."
    )
    assert set(rows["en"]) == {"Marit Oldenkamp"}
    assert "Helena Brandt" not in " ".join(result.findings["en"])  # 布兰特 stands in 海伦娜·布兰特


def test_numbers_that_differ_and_tone_are_said_from_their_tables() -> None:
    said = pd.DataFrame({"statement": [1, 1], "outlet": ["A", "B"], "relation": "says",
                         "text": ["17 people died.", "19 people died."]})  # fmt: skip
    summary = pd.DataFrame({"statement": [1], "disagree": [True], "background": [False],
                            "disagreement": ["17 / 19"]})  # fmt: skip
    (one,) = disagreement({"statements": said, "statement_summary": summary})
    assert one.en == "The numbers differ: A has “17 people died.”, B has “19 people died.”."
    for texts in (
        ["On Monday 17 people died.", "On Tuesday 19 people died."],
        ["17 people died.", "900 people died."],
    ):
        assert not list(disagreement({"statements": said.assign(text=texts), "statement_summary": summary}))
    stance = pd.DataFrame({"outlet": ["A", "B", "C"], "lang": "en", "feature": "hedge", "voice": "outlet",
                           "value": [12.0, 4.0, 4.1], "se": 0.5, "stable": True, "hit_precision": 0.95,
                           "group_size": 80})  # fmt: skip
    found = list(tone({"stance": stance}, "outlet"))
    assert [(row.group, row.strength) for row in found] == [("A", "beyond chance")]
    assert found[0].en == "A hedges (may, reportedly) 3.0 times as often as B, in its own words."
    (nothing,) = tone({"stance": stance.assign(value=4.0)}, "outlet")
    assert nothing.strength == "may be chance"
    (few,) = tone({"stance": stance.assign(stable=False)}, "outlet")
    assert few.strength == "too few to tell"


def test_words_are_beyond_chance_and_of_five_articles(result: bitext.Comparison) -> None:
    for finding, rows in of(result, "words", "Only"):
        row = rows.iloc[0]
        assert row["q"] < 0.05
        assert row["n_reference"] == 0
        assert row["articles_target"] >= 5
        assert re.search(rf"{row['n_target']} times in {row['articles_target']} articles", finding["en"])


def test_that_nothing_was_found_is_said_with_the_smallest_q(result: bitext.Comparison) -> None:
    (finding, rows), *_ = of(result, "words", "none is beyond chance")
    assert np.isclose(finding["value"], rows["q"].min())
    assert finding["value"] >= 0.05


def test_one_group_alone_has_nothing_to_be_compared_with() -> None:
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["Chips matter."], "outlet": ["A"]}))
    table = bitext.compare(corpus).findings
    assert table["en"].tolist() == ["There is one outlet only: nothing to compare it with."]
    assert table["zh"].tolist() == ["只有一家媒体，没有可以比较的对象。"]
    assert table[["kind", "group", "strength", "table"]].to_numpy().tolist() == [
        ["covered", "A", "cannot tell", "groups"]
    ]
    assert list(table.columns) == list(FINDINGS)
    weekly = findings({"groups": pd.DataFrame({"week": ["2031-03-03"], "first_date": pd.NaT})}, "week")
    assert weekly["en"].tolist() == ["There is one week only: nothing to compare it with."]
    nameless = findings({"groups": pd.DataFrame({"outlet": ["(none)"], "first_date": pd.NaT})}, "outlet")
    assert nameless["en"].tolist() == ["No article names its outlet: nothing to compare it with."]


def test_a_comparison_by_another_column_has_findings(result: bitext.Comparison) -> None:
    table = bitext.compare(result.corpus, by="lang", find_stories=False).findings
    about_groups = table[table["kind"].isin(("names", "voices", "words"))]
    assert set(about_groups["group"]) <= {"zh", "en", ""}


def test_groups_with_their_own_stretch_of_time_are_counted_and_not_called_beyond_chance() -> None:
    """One outlet by weeks, with a subject a week: not its ways differ, its news do."""
    subjects = ["洪水淹没了村庄", "球队赢得了冠军"]  # a flood took villages; a team won the cup
    rows = [
        {
            "body": f"{subjects[week]}，第{week * 20 + n}号报告。"
            + ("警方表示，调查仍在进行。" if week else "") * 2,
            "date": f"2031-03-{3 + 7 * week + n % 5:02}",
            "outlet": "晨报",
        }
        for week in (0, 1)
        for n in range(20)
    ]
    corpus = bitext.Corpus.from_frame(pd.DataFrame(rows))
    told = bitext.compare(corpus, by="week", find_stories=True).findings
    assert "beyond chance" not in set(told["strength"])
    assert not told["en"].str.startswith("All one").any()


def test_behind_refuses_a_number_that_no_finding_has(result: bitext.Comparison) -> None:
    with pytest.raises(bitext.BitextError, match="numbered from 0"):
        result.behind(999)


def test_a_long_statement_is_cut_at_a_word_with_an_ellipsis() -> None:
    assert cut("one two three four", 12) == "one two…"
    assert cut("一二三四五六", 4) == "一二三…"  # one to six

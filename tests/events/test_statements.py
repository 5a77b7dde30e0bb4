"""Statements: invented reports of a bridge in both languages, that a reader can check by hand."""

import csv
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.events.statements import over_scan
from bitext.events.statements.none_of_them import counted_or_none
from bitext.events.statements.pairing.features import FEATURES
from bitext.events.statements.pairing.pairs import find_pairs
from bitext.events.statements.units.sentences import Sentences
from bitext.lexicons.loader import rows
from tests import CHIPS

CASES = Path(__file__).parents[1] / "cases"
#: The same three things, told by four outlets; C leaves one out, D another. Invented.
REPORTS = {
    "A": (
        "Engineers found three cracks in a pillar of the Qingchuan bridge on Monday. "
        "The mayor said the bridge would stay closed for 45 days. "
        "Repairs will cost 230 million yuan, the city council estimates."
    ),
    "B": (
        "The Qingchuan bridge will stay closed for 45 days, the mayor said. "
        "Three cracks were found by engineers in a pillar of the Qingchuan bridge on Monday. "
        "The city council estimates that repairs will cost 230 million yuan."
    ),
    "C": (
        "On Monday engineers found three cracks in a pillar of the Qingchuan bridge. "
        "The mayor said that the bridge would stay closed for 45 days."
    ),
    "D": (
        "Engineers found four cracks in a pillar of the Qingchuan bridge on Monday. "
        "Repairs will cost 230 million yuan, the city council estimates."
    ),
}


def tokens_of(reports: dict[str, str], dates: list[str] | None = None) -> tuple[bitext.Tokens, pd.DataFrame]:
    frame = pd.DataFrame({"outlet": list(reports), "text": list(reports.values())})
    frame["date"] = dates or ["2031-03-03 08:00"] * len(frame)
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
    return tokens, pd.DataFrame({"story": 0, "article": tokens.articles["article"]})


@pytest.fixture(scope="module")
def bridge() -> pd.DataFrame:
    return bitext.statements(*tokens_of(REPORTS))


def carriers(table: pd.DataFrame, words: str) -> set[str]:
    """Return who says the statement that a sentence with *words* belongs to."""
    number = table.loc[(table["relation"] == "says") & table["text"].str.contains(words), "statement"].iloc[0]
    return set(table.loc[(table["statement"] == number) & (table["relation"] == "says"), "outlet"])


def test_what_is_told_in_other_order_and_words_is_one_statement(bridge: pd.DataFrame) -> None:
    assert carriers(bridge, "45 days") == {"A", "B", "C"}
    assert carriers(bridge, "230 million") == {"A", "B", "D"}


def test_who_said_what_stands_before_is_no_statement_of_its_own() -> None:
    """The bridge must stay closed. / The mayor of Qingchuan said so in a statement."""
    tokens, _ = tokens_of(
        {"甲报": "“大桥必须继续封闭四十五天。”清川市市长刘岩在声明中说。市长说：“大桥必须封闭。”"}
    )
    sentences = Sentences.of(tokens)
    text = tokens.articles["text"].iloc[0]
    assert [text[a:b] for a, b in zip(sentences.start, sentences.end, strict=True)] == [
        "“大桥必须继续封闭四十五天。”",
        "市长说：“大桥必须封闭。”",
    ]


def test_headings_state_nothing_unless_all_lines_are_written_without_marks() -> None:
    body = "Engineers found three cracks in the bridge on Monday.\n"
    told = {
        "A": f"Mayor under fire over bridge repairs\n{body}These steps were agreed with the council:\n{body}",
        "甲": "大桥修复费用引发争议\n市长说，大桥将封闭四十五天。",  # dispute about costs; the bridge is shut
        "乙": "大桥修复费用引发争议\n市长说大桥将封闭四十五天\n居民担心轮渡票价上涨",  # all without marks
    }
    tokens, _ = tokens_of(told)
    sentences = Sentences.of(tokens)
    sentences = sentences.take(np.flatnonzero(sentences.states))
    texts = tokens.articles["text"].tolist()
    places = zip(sentences.article.tolist(), sentences.start.tolist(), sentences.end.tolist(), strict=True)
    found = [texts[row][start:end] for row, start, end in places]
    assert found == [body.strip()] * 2 + ["市长说，大桥将封闭四十五天。", *told["乙"].split("\n")]


def test_a_question_states_nothing_unless_somebody_is_said_to_ask_it() -> None:
    told = {
        "A": "Who will pay for the repairs of the bridge? Residents asked who would pay for the ferries?",
        "甲": "谁来支付大桥的修复费用？居民问道：“谁来支付轮渡的费用？”",  # who pays for both?
    }
    tokens, _ = tokens_of(told)
    sentences = Sentences.of(tokens)
    sentences = sentences.take(np.flatnonzero(sentences.states))
    texts = tokens.articles["text"].tolist()
    places = zip(sentences.article.tolist(), sentences.start.tolist(), strict=True)
    assert [texts[row][start:][:2] for row, start in places] == ["Re", "居民"]


def test_offsets_point_to_the_sentence(bridge: pd.DataFrame) -> None:
    for row in bridge[bridge["relation"] == "says"].itertuples():
        assert REPORTS[row.outlet][row.start : row.end] == row.text


def test_other_figures_of_one_unit_are_never_one_statement_in_silence(bridge: pd.DataFrame) -> None:
    summary = bitext.statement_summary(bridge)
    number = bridge.loc[bridge["text"].str.contains("four cracks"), "statement"].iloc[0]
    row = summary[summary["statement"] == number].iloc[0]
    assert row["outlets"] == 1 or row["disagree"]


def test_what_an_outlet_lacks_is_listed_with_its_nearest_sentence(bridge: pd.DataFrame) -> None:
    table = bitext.omissions(bridge)
    lacking = set(zip(table["outlet"], table["en"].str.extract("(45 days|230 million)")[0], strict=True))
    assert lacking == {("C", "230 million"), ("D", "45 days")}
    assert table["nearest_score"].between(0, 1).all()


@pytest.fixture(scope="module")
def named() -> pd.Series:
    """The names of each sentence, by its first words."""
    english = (
        "Halden Batteries (哈尔登电池) said on Monday that Chief Executive Inge van Thorsen would leave. "
        "Shares of Halden Batteries fell in Amsterdam, while analysts of the Bank of Qingchuan saw no risk. "
        "Ask Inge van Thorsen what Wendel's lawyers will do."
    )
    # the chairman Liu Yan said that the company and the Dutch would talk / Liu Yan praised Helge Thorsen
    chinese = (
        "董事长刘岩表示，该公司将与荷兰谈判。随后刘岩赞扬了大厂哈尔登电池的黑尔格·托尔森（Helge Thorsen）。"
    )
    rows = bitext.statements(*tokens_of({"A": english, "甲": chinese}))
    rows = rows[rows["relation"] == "says"].drop_duplicates("text")
    return rows.set_index(rows["text"].str.slice(0, 6))["names"]


def test_names_stand_with_what_the_other_language_calls_them(named: pd.Series) -> None:
    assert named["Halden"] == "Halden Batteries (哈尔登电池) · Inge van Thorsen"
    assert named["董事长刘岩表"] == "刘岩 · 荷兰 (Netherlands)"
    assert named["随后刘岩赞扬"] == "刘岩 · 哈尔登电池 (Halden Batteries) · 黑尔格·托尔森 (Helge Thorsen)"


def test_the_capital_of_a_sentence_makes_no_name(named: pd.Series) -> None:
    assert named["Shares"] == "Halden Batteries (哈尔登电池) · Amsterdam · Bank of Qingchuan"
    assert named["Ask In"] == "Inge van Thorsen · Wendel"


def test_names_of_a_statement_are_those_of_its_clearest_sentence(bridge: pd.DataFrame) -> None:
    summary = bitext.statement_summary(bridge)
    assert summary.loc[summary["en"].str.contains("45 days"), "names"].tolist() == [""]
    assert "Qingchuan" in summary.loc[summary["en"].str.contains("three cracks"), "names"].iloc[0]


def test_articles_that_print_one_text_are_one_carrier() -> None:
    wire = dict.fromkeys("XYZ", REPORTS["A"])
    summary = bitext.statement_summary(bitext.statements(*tokens_of(wire)))
    assert summary["outlets"].tolist() == [3, 3, 3]
    assert summary["carriers"].tolist() == [1, 1, 1]
    with_one_more = bitext.omissions(
        bitext.statements(*tokens_of(wire | {"W": "Ferries run all day on the river."}))
    )
    assert with_one_more.empty, "what one wire alone says is no statement of several peers"


def test_who_prints_a_part_of_a_text_is_no_carrier_of_its_own_for_that_part() -> None:
    own = (
        "Ferries run all day on the river, and children look for shells on its banks. "
        "The rowing club asked for a pontoon near the old lock. "
        "Bakers in the harbour sell twice as much bread as before. "
        "The school bus now takes the road through the hills. "
    )
    other = (
        "Farmers fear for their plums, which ripen in a week. "
        "The hospital has hired a second boat for urgent cases. "
        "A poet read from her new book on the quay. "
        "Two cranes were ordered from a shipyard in the south. "
    )
    cracks, closed, cost = (f"{sentence.strip('.')}." for sentence in REPORTS["A"].split(". "))
    reports = {
        "A": f"{cracks} {closed} {own}",
        "B": f"{other} {cracks} {closed}",
        "C": f"The city council estimates that repairs will cost 230 million yuan. {other}",
        "D": f"{cost} {own.replace('Ferries', 'All ferries')}",
    }
    summary = bitext.statement_summary(bitext.statements(*tokens_of(reports)))
    told = {
        words: summary.loc[summary["en"].str.contains(words), ["outlets", "carriers"]].iloc[0].tolist()
        for words in ("three cracks", "45 days", "230 million")
    }
    assert told == {"three cracks": [2, 1], "45 days": [2, 1], "230 million": [2, 2]}


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["2031-03-03", "2031-03-07"], "A"),
        (["2031-03-03", "2031-03-03"], ""),
    ],
)
def test_who_was_first_is_told_only_where_it_can_be(dates: list[str], first: str) -> None:
    table = bitext.statements(*tokens_of({"A": REPORTS["A"], "B": REPORTS["A"]}, dates))
    assert set(bitext.statement_summary(table)["first_outlet"]) == {first}


def _on_another_event(outlet: str) -> tuple[bitext.Tokens, pd.DataFrame]:
    """Return the reports of the bridge where those of one outlet are on another event of the story."""
    tokens, stories = tokens_of(REPORTS)
    return tokens, stories.assign(central=np.where(tokens.articles["outlet"] == outlet, 0.1, 0.9))


def test_who_does_not_report_the_event_leaves_nothing_of_it_out() -> None:
    table = bitext.omissions(bitext.statements(*_on_another_event("C")))
    assert set(table["outlet"]) == {"D"}, "C does not report the event; D lacks what A and B state"


def test_who_does_not_report_the_event_is_no_peer() -> None:
    rows = bitext.statements(*_on_another_event("B"))
    table = bitext.omissions(rows)
    cost = table[table["en"].str.contains("230 million")]
    assert cost[["outlet", "peers", "peers_total", "carried_by"]].to_numpy().tolist() == [
        ["C", 2, 2, "A · D"]
    ]
    assert bitext.omissions(rows, min_peers=3).empty


def test_a_scan_gives_the_same_statements_some_stories_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = bitext.tokenize(bitext.read(CHIPS))
    stories = bitext.stories(tokens)
    monkeypatch.setattr(over_scan, "AT_ONCE", 9)
    scan = bitext.tokenize(bitext.scan(CHIPS))
    assert len(list(over_scan.some_stories(scan, stories))) > 2
    found, expected = bitext.statements(scan, stories), bitext.statements(tokens, stories)
    pd.testing.assert_frame_equal(found, expected)
    with pytest.raises(bitext.TableError, match="lack 1 articles"):
        bitext.statements(scan, pd.concat([stories, stories.iloc[:1].assign(article="none")]))


def test_who_holds_only_a_part_is_no_carrier_for_the_limit() -> None:
    tokens = bitext.tokenize(bitext.read(CHIPS))
    rows = bitext.statements(tokens, bitext.stories(tokens), min_carriers=2)
    assert len(rows)
    assert bitext.statement_summary(rows)["carriers"].min() == 2


def test_rates_count_what_the_table_of_omissions_lists() -> None:
    for tokens, stories in (tokens_of(REPORTS), _on_another_event("B")):
        rows = bitext.statements(tokens, stories)
        rates = bitext.omission_rates(rows, permutations=19)
        listed = bitext.omissions(rows).groupby("outlet").size().reindex(rates["outlet"], fill_value=0)
        assert (rates["omitted"] + rates["unclear"]).tolist() == listed.tolist()
        assert np.allclose(rates["rate"] * rates["statements"], listed)


def test_an_outlet_that_states_nothing_of_what_others_state_is_asked_too() -> None:
    silent = REPORTS | {"E": "Ferries run all day on the river, and children look for shells on its banks."}
    rates = bitext.omission_rates(bitext.statements(*tokens_of(silent)), permutations=19).set_index("outlet")
    assert rates.loc["E", "statements"] > 0
    assert rates.loc["E", "rate"] == 1.0


def test_a_translation_is_the_same_statement() -> None:
    chinese = (
        "工程师周一在青川大桥桥墩上发现三条裂缝。市长说，大桥将关闭45天。修复费用估计为2.3亿元。"  # the same
    )
    table = bitext.statements(*tokens_of({"A": REPORTS["A"], "甲": chinese}))
    assert carriers(table, "230 million") == {"A", "甲"} or carriers(table, "45 days") == {"A", "甲"}


def test_names_are_matched_by_their_sound_and_figures_by_their_size() -> None:
    english = "The mayor said that about 970,000 doses of the vaccine were thrown away in Curitiba."
    chinese = "市长说，库里蒂巴共有一亿剂疫苗被扔掉。"  # a hundred million doses
    tokens, _ = tokens_of({"A": english, "甲": chinese})
    pairs = find_pairs(Sentences.of(tokens))
    features = pd.DataFrame(pairs.features, columns=list(FEATURES)).assign(
        first=pairs.first, second=pairs.second
    )
    by_pair = features.set_index(["first", "second"])
    assert by_pair.loc[(0, 1), "spelt"] > 0
    assert by_pair.loc[(0, 1), "telling"] == 0


def test_a_figure_of_the_statement_in_other_words_makes_an_omission_unclear() -> None:
    makers = "Chinese makers supply about 62% of the crucibles in the world, the association says."
    told = "Where does the stuff come from? Mostly one place has 62% of it, and prices follow."
    others = {"A": makers, "B": makers.replace("supply", "deliver"), "C": told}
    table = bitext.omissions(bitext.statements(*tokens_of(others)), outlet="C", min_peers=1)
    assert set(table["verdict"]) == {"unclear"}


def test_a_longer_sentence_holds_a_statement_and_is_not_merged() -> None:
    longer = (
        "Engineers found three cracks in a pillar of the Qingchuan bridge on Monday, and the mayor, who had "
        "been warned by inspectors and had postponed an inspection twice for lack of money, resigned."
    )
    table = bitext.statements(*tokens_of({"A": REPORTS["A"], "E": longer}))
    row = table[(table["outlet"] == "E") & (table["relation"].isin(["carries", "in part"]))]
    assert len(row) == 1
    assert "three cracks" in row["text"].iloc[0]


#: A firm's deeds, told by one outlet and denied in a clause of another's sentence. Invented.
SPILL = "The Orvane smelter poured acid into the Telm river for two years."


@pytest.mark.parametrize(
    ("other", "disagreement"),
    [
        (
            "The owner denied that the Orvane smelter poured acid into the Telm river for two years, and the "
            "governor of the province promised an inquiry by the end of the month.",
            "denied",
        ),
        (
            "Anglers claimed that the Orvane smelter poured acid into the Telm river for two years, and the "
            "governor of the province promised an inquiry by the end of the month.",
            "doubted",
        ),
        (
            "The Orvane smelter poured acid into the Telm river for two years, and the owner denied that the "
            "governor of the province had ever been told of it by his engineers.",
            "",
        ),
        (
            "The Orvane smelter poured acid into the Telm river for two years, and the governor of the "
            "province did not promise an inquiry by the end of the month.",
            "",
        ),
        ("The Orvane smelter never poured acid into the Telm river for two years.", "negated"),
    ],
)
def test_a_clause_that_denies_a_statement_disagrees_and_another_clause_does_not(
    other: str, disagreement: str
) -> None:
    table = bitext.statements(*tokens_of({"A": SPILL, "B": other}))
    summary = bitext.statement_summary(table)
    row = summary[summary["en"].str.startswith("The Orvane smelter") & (summary["outlets"] == 2)].iloc[0]
    assert row["disagreement"] == disagreement
    assert row["disagree"] == bool(disagreement)


@pytest.mark.parametrize(
    ("one", "other", "disagreement"),
    [
        (
            "Shares in Halden Batteries rose 9% in Ardlin on Tuesday.",
            "Shares in Halden Batteries fell 9% in Ardlin on Tuesday.",
            "rose / fell",
        ),
        (
            "Shares in Halden Batteries did not rise in Ardlin on Tuesday after the report.",
            "Shares in Halden Batteries fell in Ardlin on Tuesday after the report.",
            "",
        ),
        (
            "清川市议会周一通过大桥修复方案。",  # the council passed the plan
            "清川市议会周一否决大桥修复方案。",
            "通过 / 否决",
        ),
        (
            "清川警方周一逮捕桥梁工程师刘岩。",  # the police arrested an engineer
            "清川警方周一释放桥梁工程师刘岩。",
            "逮捕 / 释放",
        ),
        ("清川水泥股价周一先上涨后下跌。", "清川水泥股价周一上涨后回落。", ""),  # both rose, then fell
        ("清川三月份失业率升至7.4%。", "清川三月份失业率降至7.4%。", "升至 / 降至"),
        ("清川划船比赛周日如期举行。", "清川划船比赛周日被取消。", "举行 / 取消"),  # held, called off
        ("清川划船比赛推迟到周一举行。", "清川划船比赛推迟，改在周一举行。", ""),
        (
            "The Orvik boat fair opened on Sunday.",
            "The Orvik boat fair was cancelled on Sunday.",
            "opened / cancelled",
        ),
    ],
)
def test_opposite_acts_are_no_plain_agreement(one: str, other: str, disagreement: str) -> None:
    summary = bitext.statement_summary(bitext.statements(*tokens_of({"A": one, "B": other})))
    told = summary[summary["outlets"] == 2]
    assert len(told) == 1, "the sentences are alike but for the act"
    assert told["disagreement"].iloc[0] == disagreement


@pytest.mark.parametrize(
    ("one", "other", "disagreement"),
    [
        (
            "Nobody was injured when the crane fell on the harbour office.",
            "Two people were injured when the crane fell on the harbour office.",
            "Nobody / Two people",
        ),
        (
            "All passengers survived when the ferry sank off Orvik.",
            "None of the passengers survived when the ferry sank off Orvik.",
            "All / None of",
        ),
        (
            "The blast at the Orvik mill killed no one.",
            "The blast at the Orvik mill killed 4 people.",
            "no one / 4 people",
        ),
        (
            "No workers were hurt in the fire at the Orvik mill.",
            "Five workers were hurt late on Monday in the fire at the Orvik mill.",
            "No / Five workers",
        ),
        (
            "The Orvik plant made no steel in March.",
            "The Orvik plant made 400 tonnes of steel in March.",
            "negated",
        ),
        ("清川港务局被起重机砸中，没有人受伤。", "清川港务局被起重机砸中，两人受伤。", "没有人 / 两人"),
        ("周一晚间无人在清川码头事故中受伤。", "周一晚间清川码头事故中有三人受伤。", "无人 / 三人"),
        ("清川钢厂三月份没有生产钢材。", "清川钢厂三月份生产了400吨钢材。", "negated"),
        ("清川十分之一的居民失业。", "清川五分之一的居民失业。", "十分之一 / 五分之一"),
        # Others are those of whom none was hurt.
        (
            "Two workers were hurt in the Orvik mill fire, but no firefighters were hurt.",
            "Two workers were hurt in the Orvik mill fire on Monday.",
            "",
        ),
        ("清川工厂火灾造成两名工人受伤，没有消防员受伤。", "清川工厂火灾造成两名工人受伤。", ""),
        (
            "No one was injured when the crane fell on the harbour office.",
            "Nobody was injured when the crane fell on the harbour office.",
            "",
        ),
    ],
)
def test_other_counts_and_nobody_are_no_plain_agreement(one: str, other: str, disagreement: str) -> None:
    summary = bitext.statement_summary(bitext.statements(*tokens_of({"A": one, "B": other})))
    told = summary[summary["outlets"] == 2].iloc[0]
    assert told["disagreement"] == disagreement


def test_every_act_has_an_opposite_in_both_languages() -> None:
    table = pd.DataFrame(rows("opposites"))
    acts = table.groupby(["pair", "lang"])["act"].nunique()
    assert (acts == 2).all()
    assert acts.unstack().notna().all(axis=None)
    forms = table.assign(form=table["forms"].str.split("|")).explode("form")
    both = forms.groupby(["lang", "pair", "form"])["act"].nunique()
    assert (both == 1).all(), "no form is one of two opposite acts"


def test_offsets_point_to_the_clause_that_carries_a_statement() -> None:
    other = (
        "The smelter in Orvane poured acid into the Telm river for two years, and the governor of the "
        "province, who lives upstream, promised an inquiry by the end of the month."
    )
    table = bitext.statements(*tokens_of({"A": SPILL, "B": other}))
    row = table[table["relation"] == "carries"].iloc[0]
    assert row["text"] == other
    assert other[row["part_start"] : row["part_end"]] == other.split(" and the governor")[0]


def test_who_has_a_clause_in_common_holds_the_statement_in_part() -> None:
    closed = "a third of the Brenholm tram lines were closed for repairs"
    reports = {
        "A": f"The mayor of Brenholm apologised to all passengers on Friday, while {closed}.",
        "B": f"The mayor of Brenholm apologised to passengers on Friday, while {closed}.",
        "C": f"Storms tore down hundreds of oaks in the northern forests last night, while {closed}.",
    }
    table = bitext.statements(*tokens_of(reports))
    assert bitext.omissions(table, outlet="C", min_peers=1)["verdict"].tolist() == ["carried in part"]
    row = table[(table["outlet"] == "C") & (table["relation"] == "in part")].iloc[0]
    assert "tram lines" in reports["C"][row["part_start"] : row["part_end"]]
    assert "Storms" not in reports["C"][row["part_start"] : row["part_end"]]


#: A short fact and a longer one that holds it, each told by two outlets; E has neither. Invented.
ALERT = {
    "A": "The port of Brenholm was closed on Friday because of the storm.",
    "B": "Because of the storm the port of Brenholm was closed on Friday.",
    "C": (
        "The port of Brenholm was closed on Friday because of the storm, and hundreds of seasonal fishermen "
        "sheltered in the gymnasium of the primary school near the lighthouse."
    ),
    "D": (
        "The port of Brenholm was closed on Friday because of the storm, and hundreds of seasonal fishermen "
        "sheltered for hours in the gymnasium of the primary school near the lighthouse."
    ),
    "E": "Potato prices doubled in Ardlin after a poor harvest, merchants complained.",
}


def test_a_statement_that_is_part_of_another_one_is_told_so() -> None:
    rows = bitext.statements(*tokens_of(ALERT))
    summary = bitext.statement_summary(rows).set_index("statement")
    short, long = (summary.index[summary["en"].str.contains(words)][0] for words in ("storm.", "fishermen"))
    assert summary.loc[[short, long], "outlets"].tolist() == [4, 2]
    assert summary.loc[[short, long], "within"].tolist() == [long, -1]
    lacking = bitext.omissions(rows, outlet="E").set_index("statement")
    assert lacking["within"].to_dict() == {short: long, long: -1}


def test_dealt_names_are_not_more_silent_than_chance() -> None:
    rng = np.random.default_rng(5)
    facts = [
        f"The {noun} of the district {verb} on {day}."
        for noun, verb, day in zip(
            ("reservoir", "railway", "hospital", "library", "stadium", "harbour"),
            ("was drained", "was electrified", "was enlarged", "was flooded", "was auctioned", "was dredged"),
            ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
            strict=True,
        )
    ]
    rows, stories = [], []
    for story in range(12):
        for outlet in "PQRS":
            told = [facts[i] for i in np.flatnonzero(rng.random(6) < 0.6)] or facts[:1]
            rows.append((outlet, f"Report {story} {outlet}. " + " ".join(told)))
            stories.append(story)
    frame = pd.DataFrame(rows, columns=["outlet", "text"]).assign(date="2031-03-03")
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
    found = pd.DataFrame({"story": stories, "article": tokens.articles["article"]})
    rates = bitext.omission_rates(bitext.statements(tokens, found), permutations=99)
    assert set(rates["outlet"]) == set("PQRS")
    assert (rates["q"] > 0.05).all()
    assert rates["rate"].between(rates["low"] - 0.2, rates["high"] + 0.2).all()


def test_wrong_input_is_answered_by_what_is_right(bridge: pd.DataFrame) -> None:
    tokens, stories = tokens_of(REPORTS)
    with pytest.raises(bitext.TableError, match="lack 1 articles"):
        bitext.statements(tokens, pd.concat([stories, pd.DataFrame({"story": [0], "article": ["nowhere"]})]))
    with pytest.raises(bitext.TableError, match="'Z'"):
        bitext.omissions(bridge, outlet="Z")
    with pytest.raises(bitext.BitextError, match="min_peers"):
        bitext.omissions(bridge, min_peers=0)


def test_omissions_of_the_sample_corpus_are_those_that_a_reader_finds() -> None:
    # Each row was looked up in all articles of the outlet on the story: none of them states it.
    with (CASES / "chips_omissions.tsv").open(encoding="utf-8", newline="") as lines:
        read = {(row["outlet"], row["statement"]) for row in csv.DictReader(lines, delimiter="\t")}
    tokens = bitext.tokenize(bitext.read(CHIPS))
    table = bitext.omissions(bitext.statements(tokens, bitext.stories(tokens)))
    table = table[table["verdict"] == "omitted"]
    assert set(zip(table["outlet"], table["zh"].where(table["zh"] != "", table["en"]), strict=True)) == read


@pytest.mark.parametrize(
    ("last", "verdict"),
    [("2031-03-03 23:00", "printed before"), ("2031-03-04", "omitted"), ("", "omitted")],
)
def test_nobody_omits_what_happened_after_its_last_article(last: str, verdict: str) -> None:
    fell = "Shares in Halden Batteries fell 9% on Tuesday after the mine was shut."
    reports = {
        "A": fell,
        "B": fell.replace("fell 9%", "were down by 9%"),
        "C": "The mine in Ardlin was shut on Sunday after a wall gave way.",
    }
    table = bitext.statements(*tokens_of(reports, ["2031-03-04 10:00", "2031-03-04 12:00", last]))
    assert bitext.omissions(table, outlet="C")["verdict"].tolist() == [verdict]


@pytest.mark.parametrize(
    ("brief", "verdict"),
    [
        ("Brandt said that nobody was hurt.", "unclear"),
        ("Divers saw it.", "omitted"),
        ("无人受伤。", "unclear"),  # nobody was hurt
        ("大桥关闭。", "omitted"),  # the bridge is shut
    ],
)
def test_what_a_short_sentence_may_tell_is_not_omitted(brief: str, verdict: str) -> None:
    texts = {
        "A": f"{brief} The lake was lowered at noon by engineers of the dam authority.",
        "B": "Mayor Ann Brandt said nobody had been hurt in Orvik after the crack. Schools stay shut.",
        "C": "Mayor Ann Brandt said nobody had been hurt in Orvik when it opened. No ferry runs to Ardlin.",
    }
    if not brief.isascii():
        texts = {
            "A": f"{brief}工程师周日中午降低了湖水水位。",
            "B": "清川大坝的裂缝没有造成人员受伤。山谷里的学校停课到周五。",
            "C": "大坝裂缝没有造成任何人员受伤，市政府说。渡轮航线停运两天。",
        }
    row = bitext.omissions(bitext.statements(*tokens_of(texts)), outlet="A").iloc[0]
    assert row["verdict"] == verdict
    if verdict == "unclear":
        assert row["nearest"] == brief
        assert texts["A"][row["nearest_start"] : row["nearest_end"]] == brief


def test_what_only_the_other_language_carries_is_never_surely_omitted() -> None:
    shut = "The bridge was shut on Monday after engineers found three cracks in a pillar."
    chinese = "轮渡将运行到修理结束，票价不变。"  # ferries run until the repairs are done
    reports = {"A": shut, "B": shut.replace("was shut", "closed"), "丙": chinese}
    table = bitext.statements(*tokens_of(reports))
    assert set(bitext.omissions(table, outlet="丙", min_peers=2)["verdict"]) == {"unclear"}


def test_an_english_act_in_a_chinese_sentence_ends_no_comparison() -> None:
    # Nobody was hurt in the plant; two people were, each with an English word behind them.
    assert counted_or_none("没有人受伤，plant opened。", "两人受伤，plant opened。") == ["没有人 / 两人"]
    assert counted_or_none("没有人 opened 受伤。", "两人 opened 受伤。") == ["没有人 / 两人"]

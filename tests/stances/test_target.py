"""Evaluation toward a target."""

import math

import pandas as pd
import pytest

import bitext
from bitext.attribution.annotations import Annotations
from bitext.stances.from_texts import tokens_of
from bitext.stances.target.classifier import scores
from bitext.stances.target.clauses import clauses
from bitext.stances.target.judging_words import judging_words, valences
from bitext.stances.target.polarity import LEAST_CLAUSES, polarity
from tests import shared


def score(text: str, target: str) -> float:
    found = clauses(Annotations.of(tokens_of([text])), target)
    return float(found.score.sum())


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("中国取得成功。", "中国遭到失败。"),
        ("China won praise.", "China met with failure."),
    ],
)
def test_sign(good: str, bad: str) -> None:
    target = "中国" if "中国" in good else "China"
    assert score(good, target) > 0 > score(bad, target)


def test_negation_turns_and_weakens() -> None:
    plain, denied = score("The plan is a success.", "plan"), score("The plan is not a success.", "plan")
    assert denied == pytest.approx(-0.74 * plain)
    plain, denied = score("计划成功。", "计划"), score("计划没有成功。", "计划")
    assert denied == pytest.approx(-0.74 * plain)


def test_blame_that_is_denied_is_no_praise() -> None:
    assert score("There is no evidence that Acme was corrupt.", "Acme") == 0
    assert score("没有证据表明甲公司腐败。", "甲公司") == 0  # no evidence that company A is corrupt


@pytest.mark.parametrize(
    ("text", "good", "bad"),
    [
        ("Acme rescued Bolt.", "Bolt", ""),
        ("Acme deceived the city of Bolt.", "", "Acme"),
        ("Prosecutors accused Acme.", "", "Acme"),
        ("Acme was accused by Bolt.", "", "Acme"),
        ("甲公司欺骗客户。", "", "甲公司"),  # company A deceives its customers
        ("市长批评甲公司。", "市长", "甲公司"),  # the mayor criticises company A
        ("甲公司被市长批评。", "", "甲公司"),  # company A is criticised by the mayor
        ("市长对工会表示谴责。", "", "工会"),  # the mayor expressed condemnation of the union
    ],
)
def test_a_deed_tells_who_does_it_from_whom_it_is_done_to(text: str, good: str, bad: str) -> None:
    assert not good or score(text, good) > 0
    assert not bad or score(text, bad) < 0


def test_the_agent_behind_by_is_not_the_patient() -> None:
    reading = Annotations.of(tokens_of(["Acme was criticised by Bolt."]))
    found = {name: clauses(reading, name).score.sum() for name in ("Acme", "Bolt")}
    assert found["Acme"] < found["Bolt"]


def test_what_is_denied_is_not_held_against_anybody() -> None:
    assert score("Acme stole the plans.", "Acme") < 0
    assert score("Acme denied that it stole the plans.", "Acme") == 0
    assert score("甲公司否认窃取机密。", "甲公司") == 0  # company A denies stealing secrets


def test_praise_in_scare_quotes_or_in_a_rhetorical_question_is_none() -> None:
    assert score("甲公司取得成功。", "甲公司") > 0  # company A had success
    # Has the union, of all, made a contribution and won merits?
    assert score("工会难道作出贡献、取得成就了吗？", "工会") < 0
    assert score("Did Acme win praise?", "Acme") == 0
    assert score("甲公司所谓的“成功”。", "甲公司") < 0  # the so-called "success" of company A


def test_irony_marks_turn_praise_over() -> None:
    plain, quoted = (
        score("工会伟大。", "工会"),
        score("工会“伟大”。", "工会"),
    )  # the "great" union
    assert plain > 0 > quoted
    assert score("甲公司谈不上优秀、先进。", "甲公司") < 0  # company A is nothing like excellent or advanced
    assert score("谁会说甲公司优秀、先进？", "甲公司") < 0  # who would call company A excellent?
    assert score("How can Acme be brilliant, capable and brave?", "Acme") < 0


def test_who_is_not_as_good_as_another_is_not_praised() -> None:
    better, worse = score("对手不如工会优秀、先进。", "工会"), score("工会不如对手优秀、先进。", "工会")
    assert better > 0 >= worse  # the rival is not as good as the union; the union is not as good as the rival


def test_what_is_blamed_is_hardly_held_against_who_blames_it() -> None:
    plain, brutal = (
        score("Acme condemned the attack.", "Acme"),
        score("Acme condemned the brutal attack.", "Acme"),
    )
    assert brutal > plain + score("Acme is brutal.", "Acme")


def test_a_comparison_is_in_favour_of_the_other_side() -> None:
    assert score("Bolt did a better job than Acme.", "Acme") < 0


def test_where_nothing_judges_there_is_no_judgement() -> None:
    assert score("Acme is in Ohio.", "Acme") == 0
    assert score("甲公司位于上海。", "甲公司") == 0  # company A is located in Shanghai


def test_degree_strengthens() -> None:
    assert score("The plan is extremely harmful.", "plan") < score("The plan is harmful.", "plan") < 0


def test_a_contrast_word_ends_the_clause() -> None:
    assert score("The plan was praised but the mayor failed.", "mayor") < 0
    assert score("The plan was praised but the mayor failed.", "plan") > 0


def test_a_concept_is_found_in_all_its_names() -> None:
    tokens = tokens_of(["中国成功。", "China succeeded.", "美中国旗"])
    reading = Annotations.of(tokens)
    by_name = [int(row) for row in clauses(reading, "中国").row]
    by_id = [int(row) for row in clauses(reading, "china").row]
    assert by_name == by_id
    assert {0, 1} <= set(by_id)


def test_few_clauses_give_no_value() -> None:
    table = polarity(tokens_of(["中国成功。"]), "中国", by="lang")
    row = table[table["voice"] == "all"].iloc[0]
    assert row["clauses"] == 1 < LEAST_CLAUSES
    assert math.isnan(row["value"])
    assert "1 clauses" in row["note"]


def test_voices_are_apart() -> None:
    text = "China made progress. China won praise. China succeeded. Critics say China failed badly."
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": [text] * 3, "outlet": "A"})))
    table = bitext.polarity(tokens, toward="China").set_index("voice")
    assert table.loc["outlet", "value"] > 0
    assert table.loc["source", "value"] < 0
    assert table.loc["all", "clauses"] == table.loc["outlet", "clauses"] + table.loc["source", "clauses"]
    assert list(table["group_size"]) == [3, 3, 3]


def test_evidence_names_the_target_of_its_clause() -> None:
    tokens = tokens_of(["中国必须回应，美国可能失败。"])
    table = bitext.evidence(tokens, toward="中国").set_index("surface")
    assert table.loc["必须", "toward"] == "中国"
    assert table.loc["可能", "toward"] == ""


def test_no_target_is_an_error() -> None:
    with pytest.raises(bitext.TableError, match="concept id or a name"):
        polarity(tokens_of(["x"]), "")


def test_valences_are_zero_without_words() -> None:
    assert valences(Annotations.of(tokens_of([""]))).tolist() == []


@shared.needs_shared
def test_rules_on_annotated_passages() -> None:
    """Sign of the sum over the clauses that mention the target; nothing is learned."""
    rows = list(shared.tsv("stance_target_zh_news.tsv.gz"))
    texts = list(dict.fromkeys(row["text"] for row in rows))
    reading = Annotations.of(tokens_of(texts, lang="zh"))
    words = judging_words(reading)
    # By name, not by concept: the annotators judged the name that stands in the passage.
    sums: dict[tuple[str, str], float] = {}
    for target in {row["target"] for row in rows}:
        about = clauses(reading, target, concepts=False, words=words)
        for place, value in zip(about.row.tolist(), about.score.tolist(), strict=True):
            sums[texts[place], target] = sums.get((texts[place], target), 0.0) + value
    gold = [row["polarity"] for row in rows]
    ours = [sums.get((row["text"], row["target"]), 0.0) for row in rows]
    signs = ["1" if value > 0 else "-1" if value < 0 else "0" for value in ours]
    reached = scores(gold, signs)
    majority = scores(gold, ["0"] * len(gold))
    print(f"\ntargeted polarity by rules: macro-F1 {reached:.3f} (majority {majority:.3f})")
    assert reached >= 0.45


def test_what_no_clause_judges_has_no_interval() -> None:
    text = "China is in Asia. China has rivers. China borders Russia."
    frame = pd.DataFrame({"text": [text, text, text], "outlet": "A"})
    table = bitext.polarity(bitext.tokenize(bitext.Corpus.from_frame(frame)), toward="China")
    row = table[table["voice"] == "outlet"].iloc[0]
    assert (row["value"], row["positive"], row["negative"]) == (0.0, 0, 0)
    assert pd.isna(row["low"])
    assert "no clause for or against" in row["note"]

"""The stance lists hold what their cards promise; the challenge cases are whole."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from bitext.lexicons.inflection import plural, verb_forms
from bitext.lexicons.loader import rows
from bitext.stances.article_counts import RATES
from bitext.text.chinese.cutter import cutter
from bitext.text.scripts.convert import to_simplified
from bitext.text.scripts.detect import code_points

CASES = Path(__file__).parents[1] / "cases" / "stance.tsv"
HITS = CASES.with_name("stance_hits.tsv")
CUES = rows("cues")
POLARITY = rows("polarity")
TYPES = {"literal", "case", "verb", "regex", "block"}
#: Features with cues in one language only would be compared with nothing.
FEATURES = {row["feature"] for row in CUES if row["type"] != "block"}


def english_forms(form: str) -> list[str]:
    word, _, mark = form.partition("@")
    if mark == "v":
        return [word, *verb_forms(word)]
    return [word] if mark == "x" else [word, *plural(word)]


def cue_forms(row: dict[str, str]) -> set[str]:
    if row["type"] == "verb":
        return {row["cue"], *verb_forms(row["cue"])}
    return {row["cue"] if row["type"] in ("case", "regex") else row["cue"].lower()}


def test_cues_are_sorted_and_of_known_types() -> None:
    keys = [(row["lang"], row["feature"], row["type"], row["cue"]) for row in CUES]
    assert keys == sorted(keys)
    assert {row["type"] for row in CUES} == TYPES
    assert {row["lang"] for row in CUES} == {"zh", "en"}


def test_a_form_is_a_cue_of_one_feature_only() -> None:
    found = Counter((row["lang"], form) for row in CUES for form in cue_forms(row))
    assert [form for form, n in found.items() if n > 1] == []


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_every_feature_has_cues_in_both_languages(feature: str) -> None:
    languages = {row["lang"] for row in CUES if row["feature"] == feature and row["type"] != "block"}
    assert languages == {"zh", "en"}


@pytest.mark.parametrize("row", [row for row in CUES if row["type"] == "regex"], ids=lambda row: row["cue"])
def test_patterns_compile_match_something_and_have_no_open_repetition(row: dict[str, str]) -> None:
    pattern = re.compile(row["cue"])
    assert pattern.search("") is None
    assert "*" not in row["cue"]
    assert ")+" not in row["cue"]


def test_blocks_protect_a_feature() -> None:
    protected = {row["feature"] for row in CUES if row["type"] == "block"}
    assert protected <= FEATURES | {"polarity"}


def test_chinese_forms_are_simplified() -> None:
    forms = [row["cue"] for row in CUES if row["lang"] == "zh" and row["type"] != "regex"]
    forms += [form for row in POLARITY for form in row["zh"].split("|")]
    assert [form for form in forms if to_simplified(form) != form] == []


def test_chinese_forms_are_whole_words_of_the_segmenter() -> None:
    """A form the segmenter joins to its neighbours could never be found between two particles."""
    cut = cutter(hmm=False)
    forms = [row["cue"] for row in CUES if row["lang"] == "zh" and row["type"] in ("literal", "block")]
    forms += [form for row in POLARITY for form in row["zh"].split("|")]
    forms = [form for form in forms if re.fullmatch(r"[\u4e00-\u9fff]+", form)]
    assert [form for form in forms if cut(code_points(form)).tolist()[-1:] != [len(form)]] == []


def test_polarity_is_sorted_graded_and_has_a_form() -> None:
    pairs = [row["pair"] for row in POLARITY]
    assert pairs == sorted(set(pairs))
    for row in POLARITY:
        valence = float(row["valence"])
        assert valence != 0, row
        assert abs(valence) <= 3, row
        assert (2 * valence).is_integer(), row
        assert row["zh"] or row["en"], row


def test_polarity_has_a_thousand_words_per_language_each_once() -> None:
    chinese = Counter(form for row in POLARITY for form in row["zh"].split("|") if form)
    english = Counter(
        form
        for row in POLARITY
        for each in filter(None, row["en"].split("|"))
        for form in set(english_forms(each))
    )
    assert [form for form, n in (chinese + english).items() if n > 1] == []
    assert len(chinese) >= 1000
    assert sum(len(row["en"].split("|")) for row in POLARITY if row["en"]) >= 1000


def test_challenge_cases_are_pairs_whose_spans_stand_in_their_text() -> None:
    with CASES.open(encoding="utf-8", newline="") as lines:
        cases = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    assert Counter(row["id"] for row in cases).most_common()[-1][1] == 2
    assert len({(row["id"], row["lang"]) for row in cases}) == len(cases) >= 160
    for row in cases:
        assert row["feature"] in FEATURES | {"quote", "role_source", "outlet_source", "named_source"}, row
        for surface in [*row["expected"].split("|"), row["source"]]:
            assert surface in row["text"], row


def test_deeds_are_sorted_a_form_has_one_kind_and_values_are_within_scale() -> None:
    deeds = rows("deeds")
    keys = [(row["kind"], row["lang"]) for row in deeds]
    assert keys == sorted(keys)
    assert set(Counter(row["kind"] for row in deeds).values()) == {2}
    assert all(-3 <= float(row[side]) <= 3 for row in deeds for side in ("agent", "patient"))
    for lang in ("zh", "en"):
        lists = [row["forms"].split("|") for row in deeds if row["lang"] == lang and row["forms"]]
        assert all(forms == sorted(forms) for forms in lists)
        forms = [form.partition("@")[0] for entry in lists for form in entry]
        assert not [form for form, count in Counter(forms).items() if count > 1]
        assert lang == "en" or all(form == to_simplified(form) for form in forms)


def test_the_share_of_right_hits_is_counted_from_the_hits_that_were_read() -> None:
    with HITS.open(encoding="utf-8", newline="") as lines:
        read = [row for row in csv.DictReader(lines, delimiter="\t") if row["counts"] == "yes"]
    counted = Counter((row["feature"], row["lang"]) for row in read)
    right = Counter((row["feature"], row["lang"]) for row in read if row["verdict"] == "right")
    listed = {
        (row["feature"], row["lang"]): (int(row["right"]), int(row["read"])) for row in rows("precision")
    }
    assert listed == {key: (right[key], counted[key]) for key in counted}
    assert {row["verdict"] for row in read} == {"right", "wrong"}
    rare = {("negation_contrastive", "en"), ("negation_double", "en"), ("negation_double", "zh")}
    assert {key for key, count in counted.items() if count < 60} == rare


def test_every_rate_was_read_in_both_languages() -> None:
    assert {(row["feature"], row["lang"]) for row in rows("precision")} == {
        (feature, lang) for feature in RATES for lang in ("zh", "en")
    }

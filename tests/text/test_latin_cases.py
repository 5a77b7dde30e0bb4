"""Latin words and numbers as they stand in news: how they are cut, and what is found inside."""

import pandas as pd
import pytest

import bitext
from bitext.concepts.lookup import find_concepts


def tokens(text: str) -> bitext.Tokens:
    return bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": [text]})))


@pytest.mark.parametrize(
    ("text", "whole", "kind"),
    [
        ("See tmsnrt.rs/2Abc for more", "tmsnrt.rs/2Abc", "url"),
        ("at bit.ly/x, or so", "bit.ly/x", "url"),
        ("join t.me/a now", "t.me/a", "url"),
        ("since 9/11, he said", "9/11", "number"),
        ("open 24/7 here", "24/7", "number"),
        ("in the 80's it was", "80's", "number"),
        ("with v2.0.1.", "v2.0.1", "word"),
        ("on iOS9.3.2 only", "iOS9.3.2", "word"),
        ("a 2.5D chip", "2.5D", "word"),
        ("in Node.js code", "Node.js", "word"),
        ("买入00700.HK股票", "00700.HK", "word"),  # bought the share
        ("a 3,000-strong crowd", "3,000-strong", "word"),
        ("a 2.5-mile run", "2.5-mile", "word"),
        ("ok 👨‍👩‍👧 ok", "👨‍👩‍👧", "symbol"),
        ("in 🇨🇳 now", "🇨🇳", "symbol"),
        ("good 👍🏽 job", "👍🏽", "symbol"),
    ],
)
def test_it_is_one_token(text: str, whole: str, kind: str) -> None:
    frame = tokens(text).to_frame()
    assert frame.loc[frame["surface"] == whole, "kind"].tolist() == [kind]


def test_two_numbers_with_a_comma_between_stay_two() -> None:
    assert tokens("in 1999,-and 2000").surfaces()[:3] == ["in", "1999", ","]


@pytest.mark.parametrize("compound", ["China-based", "anti-China", "US-China", "China‑linked"])
def test_a_compound_is_found_by_its_part(compound: str) -> None:
    table = bitext.kwic(tokens(f"A {compound} firm."), "China")
    assert table["keyword"].tolist() == [compound]


def test_parts_of_a_compound_are_concepts_unless_it_is_one() -> None:
    found = tokens("US-China trade, a UK-EU deal and COVID-19.")
    hits = find_concepts(found)
    labels = [hits.labels[number] for number in hits.concept]
    assert {"united_states", "china", "united_kingdom", "european_union"} <= set(labels)
    assert labels.count("covid_19") == 1
    assert (hits.first[1:] >= hits.first[:-1]).all()


def test_a_mark_too_many_turns_none_of_the_quotation_marks_behind_it() -> None:
    text = '6" pipe broke. "I see." She said "no." Then he left.'
    assert tokens(text).sentences()["text"].tolist() == [
        '6" pipe broke. ',
        '"I see." ',
        'She said "no." ',
        "Then he left.",
    ]


def test_a_closing_mark_behind_a_blank_belongs_to_the_sentence_it_closes() -> None:
    # "The two differ." This measure takes effect.
    assert tokens("「兩者不同。 」這項措施生效。").sentences()["text"].tolist() == [
        "「兩者不同。 」",
        "這項措施生效。",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "In Roe v. Wade the court ruled otherwise.",
        "Then-Sen. Ann Lee and Sens. Bo Dahl, of Maine, and Carl Moss voted no.",
        "One [Rep.] Dana Fox spoke.",
        "St. Paul, Minn. — Police closed a bridge.",
        "The argument was certainly . . . curious.",
        "See Vol. 3 and Fig. 2 for that.",
    ],
)
def test_a_short_form_ends_no_sentence(text: str) -> None:
    assert _sentences(text) == [text]


def test_a_state_may_end_a_sentence_before_a_word_that_opens_one() -> None:
    assert _sentences("He lives in Reno, Nev. The next day he left.") == [
        "He lives in Reno, Nev.",
        "The next day he left.",
    ]


def _sentences(text: str) -> list[str]:
    return [str(sentence).strip() for sentence in tokens(text).sentences()["text"]]

"""Conditions on concepts, on the language and on the country of the story; in a table of one's own, too."""

from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.concepts.lookup import find_concepts
from bitext.concepts.table import ConceptTable
from bitext.errors import LexiconError

OWN = pd.DataFrame(
    [
        {"concept": "token", "zh": "", "en": "chip", "when": "sentence: {gamble}|casino"},
        {"concept": "american_football", "zh": "足球", "en": "football", "when": "country: united_states"},
        {"concept": "special_zone", "zh": "专区", "en": "", "when": "before: {kind:country}"},
        {"concept": "state_tv", "zh": "", "en": "broadcaster", "when": "after: {said}|{party}; lang: en"},
        {"concept": "said", "zh": "", "en": "blorped@x", "when": ""},
    ]
)


def labels(texts: list[str], table: ConceptTable | None = None) -> list[list[str]]:
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": texts})))
    hits = find_concepts(tokens, table)
    found: list[list[str]] = [[] for _ in texts]
    for row, number in zip(tokens.article()[hits.first].tolist(), hits.concept.tolist(), strict=True):
        found[row].append(str(hits.labels[number]))
    return found


@pytest.mark.parametrize(
    ("text", "concept", "other"),
    [
        # The Treasury of the country beside it, else of the country in which the story is set.
        ("美国的财政部公布数据。", "us_treasury", "finance_ministry"),
        ("耶伦说，美国经济稳定。财政部将发债。美国国会反对。", "us_treasury", "finance_ministry"),
        ("中国经济稳定。财政部将发债。美国关注。", "finance_ministry", "us_treasury"),
        ("Britain cut taxes. The Treasury in Britain objected.", "finance_ministry", "us_treasury"),
        ("America cut taxes. The Treasury objected.", "us_treasury", "finance_ministry"),
        # Hong Kong's, Switzerland's, Peru's: parties and chambers that the table has no concept for
        ("香港的议员辞职。民主党主席批评政府。", "", "democratic_party"),
        ("美国选举结束。民主党胜出。", "democratic_party", ""),
        ("瑞士举行公投，人民党支持。", "", "bharatiya_janata_party"),
        ("印度举行选举，人民党胜出。", "bharatiya_janata_party", ""),
        ("Peru votes. Congress in Peru is split.", "", "congress"),
    ],
)
def test_the_country_of_the_story_chooses_a_sense(text: str, concept: str, other: str) -> None:
    found = set(labels([text])[0])
    assert not concept or concept in found
    assert other not in found


def test_the_country_named_most_often_is_that_of_the_story_and_of_equals_the_first() -> None:
    table = ConceptTable.from_frame(OWN)
    texts = [
        "France and America. America again. They play football.",
        "America and France. France again. They play football.",
        "America and France. They play football.",
        "They play football.",
    ]
    kinds = [{"american_football", "football"} & set(found) for found in labels(texts, table)]
    assert kinds == [{"american_football"}, {"football"}, {"american_football"}, {"football"}]


def test_articles_are_decided_alike_alone_and_together() -> None:
    texts = [
        "美国的选举。财政部回应。",
        "中国的选举。财政部回应。",
        "香港的选举。民主党回应。",
        "民主党回应。",
    ] * 3
    assert labels(texts) == [labels([text])[0] for text in texts]


def test_a_row_of_ones_own_counts_where_its_condition_holds_and_else_as_before() -> None:
    table = ConceptTable.from_frame(OWN)
    assert table.added == {"forms": 0, "concepts": 5, "moved": 0, "left_out": 0}
    found = labels(
        [
            "He lost a chip at the casino.",
            "They gamble for every chip.",
            "The maker sold a chip.",
            "日本专区开放。",  # the Japanese zone opens
            "专区开放。",
            "The broadcaster blorped fraud.",
            "The broadcaster fell.",
        ],
        table,
    )
    assert "token" in found[0]
    assert "chip" not in found[0]
    assert "token" in found[1]
    assert "chip" in found[2]
    assert "token" not in found[2]
    assert ["special_zone" in one for one in found[3:5]] == [True, False]
    assert ["state_tv" in one for one in found[5:]] == [True, False]
    assert labels(["He lost a chip at the casino."]) == [[]]  # bitext has no concept for it


def test_a_mention_that_nothing_decides_is_left_out_and_counted() -> None:
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["专区开放。专区。"]}))
    hits = find_concepts(bitext.tokenize(corpus), ConceptTable.from_frame(OWN))
    assert hits.undecided == 2


def test_own_conditions_survive_a_file_pairs_and_a_table_alone(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text(
        "concept\tkind\tzh\ten\twhen\tnote\nspecial_zone\tcity\t专区\t\tbefore: 新|{special_zone}\t\n",
        encoding="utf-8",
    )
    pairs = pd.DataFrame({"zh": ["某某公司"], "en": ["Foobar Inc"]})
    for table in (ConceptTable.read(file), ConceptTable.read(file, extend=False)):
        assert ["special_zone" in one for one in labels(["新专区。", "旧专区。"], table)] == [True, False]
        assert "special_zone" not in labels(["旧专区。"], table.extended(pairs))[0]
    plain = ConceptTable.from_frame(pd.DataFrame({"concept": ["special_zone"], "zh": ["专区"], "en": [""]}))
    assert plain.version != ConceptTable.from_frame(OWN.iloc[[2]]).version


@pytest.mark.parametrize(
    ("when", "message"),
    [
        ("before: {untied_states}", "'mine'.*no concept 'untied_states'; near it: .*united_states"),
        ("country: brasil", "no concept 'brasil'; near it: .*brazil"),
        ("sentence: {kind:countries}", "no concept 'kind:countries'"),
        ("lang: de", r"lang is 'de'; use one of \['en', 'zh'\]"),
        ("form: {china}", "asks for a concept; write it with one of"),
        ("land: japan", "'land: japan' is no condition"),
    ],
)
def test_a_wrong_condition_is_named_when_the_table_is_made(when: str, message: str) -> None:
    with pytest.raises(LexiconError, match=message):
        ConceptTable.from_frame(pd.DataFrame([{"concept": "mine", "zh": "专区", "en": "", "when": when}]))


def test_names_for_a_referent_ask_for_concepts_and_countries_too() -> None:
    """我国 (our country) in a story of Taiwan is not China; 政变 (coup) where the story is set in Myanmar."""
    own = pd.DataFrame(
        [
            {"referent": "games", "label": "games/bubble", "lang": "en", "form": "bubble", "when": when}
            for when in ["country: japan; not sentence: {economy}"]
        ]
    )
    texts = [
        "Japan opened its bubble. Japan waits.",
        "The bubble in the economy of Japan.",
        "France opened its bubble.",
    ]
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": list("ABC")}))
    table = bitext.naming(bitext.tokenize(corpus), referents=own, voice=False).query("referent == 'games'")
    assert table[["outlet", "n", "undecided"]].to_numpy().tolist() == [["A", 1, 0], ["C", 0, 1]]
    corpus = bitext.Corpus.from_frame(
        pd.DataFrame(
            {
                "text": ["缅甸局势紧张。反政变的人上街。", "泰国局势紧张。反政变的人上街。"],
                "outlet": ["A", "B"],
            }
        )
    )
    table = bitext.naming(bitext.tokenize(corpus), voice=False).query("referent == 'myanmar_takeover'")
    assert table[["outlet", "n", "undecided"]].to_numpy().tolist() == [["A", 1, 0], ["B", 0, 1]]

"""Concepts: what counts where, rule by rule, in both languages."""

from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext import Tokens
from bitext.concepts.lookup import ConceptTable, find_concepts
from bitext.errors import LexiconError


def tokens_of(*texts: str) -> Tokens:
    frame = pd.DataFrame({"text": texts, "outlet": "A"})
    return bitext.tokenize(bitext.Corpus.from_frame(frame))


def found(text: str, table: ConceptTable | None = None) -> list[tuple[str, str]]:
    """Return (surface, concept) of everything found in a text."""
    tokens = tokens_of(text)
    hits = find_concepts(tokens, table)
    spans = zip(hits.concept.tolist(), hits.first.tolist(), hits.last.tolist(), strict=True)
    return [(text[tokens.start[first] : tokens.end[last]], hits.labels[k]) for k, first, last in spans]


def concepts(text: str) -> list[str]:
    return [concept for _, concept in found(text)]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        # both languages, both scripts, inflection, regional words
        ("半導體", ("半導體", "semiconductor")),
        ("Semiconductors", ("Semiconductors", "semiconductor")),
        ("奈米", ("奈米", "nanometre")),
        # a possessive inside a name and behind it
        ("The People's Daily wrote", ("People's Daily", "peoples_daily")),
        ("the National People’s Congress", ("National People’s Congress", "national_peoples_congress")),
        ("China's plan", ("China's", "china")),
        ("the US's plan", ("US's", "united_states")),
        # Latin letters in Chinese text
        ("他说ASML会继续", ("ASML", "asml")),
        ("WHO表示", ("WHO", "world_health_organization")),
        # all dots of a name, and none
        ("杰克·多西", ("杰克·多西", "jack_dorsey")),
        ("杰克‧多西", ("杰克‧多西", "jack_dorsey")),
        ("杰克•多西", ("杰克•多西", "jack_dorsey")),
        ("杰克多西", ("杰克多西", "jack_dorsey")),
        # capitals decide between two words of the same letters
        ("The House voted.", ("House", "house_of_representatives")),
        ("The house burned.", ("house", "house")),
        # stop words are part of phrases
        ("the rule of law", ("rule of law", "rule_of_law")),
    ],
)
def test_found(text: str, pair: tuple[str, str]) -> None:
    assert pair in found(text)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("他访问印度尼西亚", "india"),
        ("欧盟国家", "ally"),
        ("between us and them", "united_states"),
        ("who is it", "world_health_organization"),
        ("美中不足", "china"),
        ("中间", "china"),
        ("深刻反省", "province"),  # to reflect: no compound of 反 and 省
        ("传统美德", "germany"),  # virtue
        ("乌镇峰会", "ukraine"),  # the town of Wuzhen
        ("Lara Trump spoke", "donald_trump"),
        ("劳拉·特朗普", "donald_trump"),
        ("Deputy leader Warren Truss spoke", "elizabeth_warren"),
        ("Deputy leader Warren Truss spoke", "liz_truss"),
        ("THE WAR BETWEEN US AND THEIR RIVALS", "united_states"),
        ("WHO WILL LEAD THE CHIP RACE", "world_health_organization"),
    ],
)
def test_not_found(text: str, concept: str) -> None:
    assert concept not in concepts(text)


@pytest.mark.parametrize("text", ["President Trump spoke", "Mr. Trump", "On Monday Trump spoke", "特朗普"])
def test_a_surname_behind_other_words_is_the_person(text: str) -> None:
    assert "donald_trump" in concepts(text)


@pytest.mark.parametrize(
    "text", ["中美磋商", "美中磋商", "US-China talks", "Sino-American talks", "U.S.-China"]
)
def test_a_compound_yields_both_countries(text: str) -> None:
    assert {"china", "united_states"} <= set(concepts(text))


@pytest.mark.parametrize("text", ["访华", "对华", "EU-China talks", "中欧磋商"])
def test_short_forms_count_in_compounds(text: str) -> None:
    assert "china" in concepts(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("国际事务", ["affairs", "international"]),  # international affairs: two words, one token
        ("进口关税", ["import", "tariff"]),
        ("今年夏天", ["summer"]),  # a stop word may be a part: this year's summer
        ("中国队", ["china"]),  # the Chinese team
        ("中国移动", ["china_mobile"]),  # listed as a whole
        ("美中不足", []),  # a blemish: 美中, the United States and China, is no part of words
    ],
)
def test_a_chinese_word_counts_for_the_listed_ones_it_consists_of(text: str, expected: list[str]) -> None:
    assert sorted(set(concepts(text)) & {*expected, "china", "united_states", "mobile"}) == expected


def test_a_word_of_the_users_own_stays_whole() -> None:
    frame = pd.DataFrame({"text": ["国际事务"], "outlet": "A"})  # international affairs
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame), words=["国际事务"])
    assert not len(find_concepts(tokens).concept)


def test_offsets_are_those_of_the_text() -> None:
    assert found("在北京的WHO，和Lockheed Martin的F-35。")[0] == ("北京", "beijing")


def test_both_languages_share_columns() -> None:
    counts = bitext.count(tokens_of("半导体与出口管制", "Semiconductors and export controls"), unit="concept")
    assert counts.terms.tolist() == ["export_control", "semiconductor"]
    assert counts.matrix.toarray().tolist() == [[1, 1], [1, 1]]


def test_coverage_counts_content_words() -> None:
    counts = bitext.count(tokens_of("The semiconductor glimmered in 2023."), unit="concept")
    assert counts.coverage is not None
    assert counts.coverage.to_numpy().tolist() == [[2, 1]]


def test_own_table_wins_and_extends(tmp_path: Path) -> None:
    file = tmp_path / "mine.tsv"
    file.write_text("concept\tkind\tzh\ten\tnote\nmy_chip\tindustry\t芯片\tchip\t\n", encoding="utf-8")
    assert found("芯片与欧盟", ConceptTable.read(file)) == [("芯片", "my_chip"), ("欧盟", "european_union")]
    assert found("芯片与欧盟", ConceptTable.read(file, extend=False)) == [("芯片", "my_chip")]


def test_cedict_is_a_table(tmp_path: Path) -> None:
    file = tmp_path / "cedict.u8"
    file.write_text(
        "# CC-CEDICT\n光刻機 光刻机 [guang1 ke4 ji1] /lithography machine/\n跑 跑 [pao3] /to run/\n",
        encoding="utf-8",
    )
    table = ConceptTable.read(file, extend=False)
    assert found("光刻機", table) == [("光刻機", "cedict:光刻机")]
    assert found("two lithography machine", table) == [("lithography machine", "cedict:光刻机")]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"zh": "芯片@q"}, "'芯片@q'"),
        ({"en": "chip@tw"}, "'chip@tw'"),
        ({"kind": "pair", "concept": "a+b"}, "no concept 'a'"),
    ],
)
def test_a_malformed_row_is_named(row: dict[str, str], message: str) -> None:
    base = {"concept": "chip", "kind": "industry", "zh": "芯片", "en": "chip", "note": ""}
    with pytest.raises(LexiconError, match=message):
        ConceptTable.of([{**base, **row}])


@pytest.mark.parametrize(
    ("text", "concept", "other"),
    [
        # the epidemic is in the sentence; so is the trade in chips; a mountain road says nothing
        ("疫情扩散，医院爆满，当局决定封锁全城。", "lockdown", "blockade"),
        ("美国以出口管制封锁中国的芯片产业。", "blockade", "lockdown"),
        ("山路封锁了两天。", "", ""),
        ("中国国务院总理李克强在北京说，国务院将减税。", "state_council", "state_department"),
        ("蓬佩奥在华盛顿说，国务院将宣布制裁。", "state_department", "state_council"),
        ("日本海上保安厅的船在钓鱼台附近海域巡逻，渔民撤离。", "senkaku", "diaoyutai_state_guesthouse"),
        # smart traffic, the wisdom of the old; a state president, a chairman
        ("车站改用智慧交通系统。", "smart", "wisdom"),
        ("老人的智慧令人敬佩。", "wisdom", "smart"),
        ("习近平主席周一到访。", "president", "chairman"),
        ("董事会选出新主席。", "chairman", "president"),
        ("大众汽车在沃尔夫斯堡减产。", "volkswagen", "public"),
        ("Workers at the chemical plant walked out.", "factory", "planting"),
        ("Villages moved away from the lake.", "lake", "river"),
    ],
)
def test_a_word_with_two_senses_has_the_one_that_its_surroundings_speak_for(
    text: str, concept: str, other: str
) -> None:
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": [text]})))
    hits = find_concepts(tokens)
    found = set(hits.labels[hits.concept])
    assert not concept or concept in found
    assert not {"lockdown", "blockade"} & found if not concept else other not in found
    assert bool(hits.undecided) is not bool(concept)


def test_a_common_word_in_a_name_is_no_hit() -> None:
    """A boat in Wabu Lake, Senator Cotton: Chinese has a name there, and no lake and no cotton."""
    text = "The boat lay in Wabu Lake in Changfeng County. Senator Tom Cotton objected."
    hits = find_concepts(bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": [text]}))))
    assert not {"lake", "county", "cotton"} & set(hits.labels[hits.concept])


@pytest.mark.parametrize(
    ("text", "concept", "there"),
    [
        ("Of course the plan failed.", "course", False),
        ("Students take a course at the university.", "course", True),
        ("It used to be easy.", "use", False),
        ("The device is used to make chips.", "use", True),
        ("Susan Rice spoke.", "rice", False),
        ("Rice paddies and rice exports.", "rice", True),
        ("The far left won seats.", "leave", False),
        ("A trial of the vaccine began in May.", "trial", False),
        ("A trial of the vaccine began in May.", "test", True),
        ("那个地方很远。", "local", False),  # that place is far
        ("地方经济增长。", "local", True),  # the local economy
        ("他肯定会来。", "surely", False),  # he is sure to come: adverb
        ("这让人联想到过去。", "lenovo", False),  # it recalls the past
        ("联想发布新电脑。", "lenovo", True),  # the company
        ("他接受本報訪問時批評政府。", "interview", True),  # gave our paper an interview: Hong Kong
        ("他接受邀请访问北京。", "visit", True),  # accepted an invitation to visit
        ("若罪名成立，可判六年。", "establish", False),  # if found guilty
        ("公司在北京成立。", "establish", True),  # founded
        ("My clients sell used machinery.", "use", False),
        ("It is fairly good.", "fair", False),
        ("They compete fairly.", "fair", True),
        ("约翰逊周一在美国德州说，共和党支持。", "boris_johnson", False),  # Johnson, in Texas
        ("约翰逊在英国议会说。", "boris_johnson", True),  # Johnson, in the British parliament
        ("暹粒省理事会开会。", "province", True),  # of Siem Reap, which is not listed
        ("能省下不少钱。", "province", False),  # to save money
        ("The war in Gaza goes on.", "gaza_war", True),  # a form that holds a name and begins without one
    ],
)
def test_conditions_decide_what_stands_around_a_form(text: str, concept: str, there: bool) -> None:
    assert (concept in concepts(text)) is there


def test_capitals_in_a_compound_are_those_of_its_own_article() -> None:
    texts = ["WHO-led talks began.", "The woman who-led, so to say, left.", "WHO-led talks ended."]
    tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": texts})))
    counts = bitext.count(tokens, unit="concept")
    found = counts.matrix[:, counts.terms.tolist().index("world_health_organization")].toarray().ravel()
    assert found.tolist() == [1, 0, 1]

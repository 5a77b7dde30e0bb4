"""Findings of other groups than outlets speak of weeks and languages; words are told as they are printed."""

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.events.nearest import with_nearest
from bitext.pipeline.findings.findings_of_coverage import covered
from bitext.pipeline.findings.findings_of_names import names
from bitext.pipeline.findings.findings_of_statements import left_out
from bitext.pipeline.findings.findings_of_tone import tone
from bitext.pipeline.findings.findings_of_voices import kinds_of_actors, own_sources
from bitext.pipeline.findings.findings_of_words import words
from bitext.pipeline.printed import _torn, with_printed

CHIPS = Path(__file__).parents[2] / "corpora" / "chips"
WEEKS = ("2031-03-03", "2031-03-10", "2031-03-17")


def keyness_of(groups: tuple[str, ...], reference: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "lang": "en", "target": groups, "reference": "(rest)", "term": "chips", "q": [0.01, 0.5, 0.5],
            "g2": 9.0, "articles_target": 8, "n_target": 24, "n_reference": reference, "log_ratio": 2.0,
            "log_ratio_low": 1.0, "log_ratio_high": 3.0, "note": "", "own_name": "",
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("by", "groups", "reference", "en", "zh"),
    [
        (
            "outlet",
            ("A", "B", "C"),
            4,
            "A writes chips 4.0 times as often as the others in English",
            "其余英文媒体",
        ),
        ("outlet", ("A", "B", "C"), 0, "Only A writes chips, of those in English:", "英文媒体中只有A写"),
        (
            "week",
            WEEKS,
            4,
            "In the week of 3 March 2031 chips stands 4.0 times as often",
            "其余英文周的4.0倍",
        ),
        (
            "week",
            WEEKS,
            0,
            "Of the weeks in English, only the week of 3 March 2031 has chips:",
            "各周的英文文章中",
        ),
        (
            "region",
            ("north", "south", "east"),
            0,
            "Of the regions in English, only north has chips:",
            "各组的英文",
        ),
        ("title", ("A a", "B b", "C c"), 4, "In “A a” chips stands 4.0 times as often", "“A a”用“chips”"),
    ],
)
def test_words_stand_in_weeks_and_are_written_by_outlets(
    by: str, groups: tuple[str, ...], reference: int, en: str, zh: str
) -> None:
    (one,) = words({"keyness": keyness_of(groups, reference)}, by)
    assert one.en.startswith(en), one.en
    assert zh in one.zh, one.zh
    assert by == "outlet" or not {"outlet", "媒体", "家"} & {*one.en.split(), *one.zh}
    (none,) = words({"keyness": keyness_of(groups, reference).assign(q=0.5)}, by)
    assert f"one {by}" in none.en


def test_names_voices_and_tone_of_weeks_do_not_speak_of_outlets() -> None:
    naming = pd.DataFrame(
        {
            "week": WEEKS, "referent": "china", "label": "china/party", "place": "body", "voice": "all",
            "n": [90, 1, 1], "of": 100, "share": [0.9, 0.01, 0.01], "low": 0.8, "high": 0.95, "articles": 40,
            "surfaces": ["中共 90", "中共 1", "中共 1"],
        }
    )  # fmt: skip
    (name,) = names({"naming": naming}, "week")
    assert name.en.startswith("In the week of 3 March 2031 China is called 中共 in 90 of 100 mentions (90%);")
    assert name.en.endswith("no other week in more than 1%.")
    assert "其他周最多占1%" in name.zh
    actors = pd.DataFrame(
        {"week": WEEKS, "actor": "expert", "share": [0.4, 0.1, 0.1], "others": [0.1, 0.2, 0.2], "low": 0.3,
         "high": 0.5, "q": [0.01, 0.5, 0.5]}
    )  # fmt: skip
    (kind,) = kinds_of_actors({"actors": actors}, "week")
    assert kind.en.startswith("40% of the words quoted in the week of 3 March 2031 come from experts")
    stance = pd.DataFrame(
        {"week": WEEKS, "lang": "en", "feature": "hedge", "voice": "outlet", "value": [12.0, 4.0, 4.1],
         "se": 0.5, "stable": True, "hit_precision": 0.95, "group_size": 80}
    )  # fmt: skip
    (found,) = tone({"stance": stance}, "week")
    assert "there is 3.0 times as much hedging (may, reportedly) as in the week of 10 March 2031" in found.en


def test_a_source_of_one_author_is_quoted_by_him_and_of_one_week_in_it() -> None:
    for by, groups, en in (
        ("author", ("Ann", "Bob"), "Only Ann quotes Eva Li, in at least 5 of its 9 articles."),
        (
            "week",
            WEEKS[:2],
            "Only in the week of 3 March 2031 is Eva Li quoted, in at least 5 of its 9 articles.",
        ),
    ):
        sources = pd.DataFrame(
            {by: groups, "source": ["Eva Li", "Max Wu"], "variants": "", "kind": "named", "articles": [5, 1],
             "group_size": 9, "clusters": [5, 1], "group_clusters": 9}
        )  # fmt: skip
        sources["printed"] = sources["source"]
        table = pd.DataFrame({by: groups, "articles": 9, "languages": "en 9"})
        (one,) = own_sources({"sources": sources, "groups": table}, by)
        assert one.en == en


def test_words_are_told_as_their_outlet_prints_them() -> None:
    """台灣 (Taiwan) in an outlet that writes traditional characters; USA in capitals."""
    corpus = bitext.Corpus.from_frame(
        pd.DataFrame(
            {
                "text": [
                    "台灣與USA的晶片。台灣有usa。",
                    "台湾的芯片，在USA。",
                    "The USA sells chips. Chips sell.",
                ],
                "outlet": ["港", "京", "Post"],
            }
        )
    )
    tables = {
        "keyness": pd.DataFrame(
            {
                "target": ["港", "京", "Post", "Post"],
                "term": ["台湾", "台湾", "chips", "usa"],
                "q": 0.01,
                "g2": 1.0,
            }
        )
    }
    found = with_printed(tables, bitext.tokenize(corpus), "outlet")["keyness"]
    assert found["printed"].tolist() == ["台灣", "台湾", "chips", "USA"]


def test_a_word_that_stands_in_the_same_line_again_and_again_is_a_formula() -> None:
    """In brief, rain fell on Ulm."""
    texts = [f"In brief, rain fell on {town}." for town in ("Ulm", "Bonn", "Kiel", "Jena")]
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": "A"}))
    tables = {"keyness": pd.DataFrame({"target": "A", "term": ["brief", "fell"], "q": 0.01, "g2": 1.0})}
    tables["keyness"].loc[1, "q"] = 0.2
    found = with_printed(tables, bitext.tokenize(corpus), "outlet")["keyness"]
    assert found["formula"].iloc[0] == 1.0
    assert np.isnan(found["formula"].iloc[1])  # not beyond chance: not looked at
    keyness = keyness_of(("A", "B", "C"), 0).assign(formula=[1.0, 0.0, 0.0])
    (none,) = words({"keyness": keyness}, "outlet")
    assert "none is beyond chance" in none.en


def test_an_outlet_with_an_article_near_to_a_story_is_not_called_silent() -> None:
    days = ["2031-03-02"] * 6
    texts = [*["The European Union and China sign a trade treaty on semiconductors."] * 3,
             *["China and the European Union sign a trade treaty on semiconductors; Brazil waits."],
             *["The football season begins in Brazil."], *["A storm hits Japan and Korea."]]  # fmt: skip
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": list("ABCDEF"), "date": days}))
    concepts = bitext.count(bitext.tokenize(corpus), unit="concept")
    ids = corpus.articles["article"].tolist()
    stories = pd.DataFrame({"story": 0, "article": ids[:3], "outlet": list("ABC")})
    coverage = pd.DataFrame({"story": 0, "outlet": list("ABCDEF"), "n": [1, 1, 1, 0, 0, 0]})
    found = with_nearest(coverage, stories, concepts).set_index("outlet")
    assert found.loc["D", "nearest"] == ids[3]
    assert found.loc["D", "nearest_score"] > 0.35 > found.loc["E", "nearest_score"]
    table = found.reset_index().assign(note="", p=0.2, q=0.6, expected=1.0, volume=1)
    named = stories.assign(name="s", name_en="s", name_zh="s")
    told = [one.group for one in covered({"coverage": table[table["outlet"] != "F"], "stories": named})]
    assert "E" in told
    assert "D" not in told


def test_a_statement_that_leans_on_the_sentence_before_is_told_in_another_wording_or_not() -> None:
    outlets = ["A", "B", "C", "D"]
    texts = [
        "他说，税率将在六月降低两个百分点。",
        "央行行长说，税率将在六月降低两个百分点。",
        "这将在六月降低。",
    ]
    said = pd.DataFrame({"statement": 1, "outlet": outlets[:3], "lang": "zh", "relation": "says",
                         "text": texts, "score": [0.9, 0.8, 0.7]})  # fmt: skip
    omitted = pd.DataFrame({"statement": [1], "story": 0, "outlet": "D", "verdict": "omitted",
                            "background": False, "carriers": 3, "peers": 3, "peers_total": 3,
                            "zh": texts[0], "en": ""})  # fmt: skip
    stories = pd.DataFrame({"story": 0, "outlet": outlets})
    tables = {"omissions": omitted, "statements": said, "stories": stories}
    (one,) = left_out(tables)
    assert "“央行行长说" in one.zh
    assert not list(left_out({**tables, "statements": said.assign(text=texts[0])}))
    # An outlet of which nothing is sure may state it, too.
    unsure = pd.concat([omitted, omitted.assign(outlet="E", verdict="unclear")]).assign(peers_total=4)
    (one,) = left_out({**tables, "omissions": unsure.reset_index(drop=True)})
    assert one.en.startswith("At least three of the four other outlets report")
    assert "至少有3家" in one.zh
    both = unsure.assign(verdict="omitted").reset_index(drop=True)
    (one,) = left_out({**tables, "omissions": both})
    assert one.en.startswith("Three of the five outlets on the story report")
    # Of an outlet whose article is on something else within the story nothing is said.
    apart = stories.assign(similarity=[0.4, 0.4, 0.4, 0.16])
    assert not list(left_out({**tables, "stories": apart}))


def test_a_word_that_others_have_within_longer_ones_is_no_surplus() -> None:
    """美元 (dollar): A cuts it from 亿美元 by a blank, B does not; 冠病 in 新冠病毒 is another word."""
    # Six articles a word, each with another character before it: a word behind the same ones is a formula.
    words = {"A": ("美元", "冠病"), "B": ("亿美元", "新冠病毒")}
    rows = [
        (name, f"{before} {word} 上升") for name in words for word in words[name] for before in "东南西北上下"
    ]
    corpus = bitext.Corpus.from_frame(pd.DataFrame(rows, columns=["outlet", "text"]))
    tokens = bitext.tokenize(corpus, words=["亿美元", "冠病", "新冠病毒"])
    table = pd.DataFrame({"target": "A", "term": ["美元", "冠病"], "q": 0.01, "g2": 9.0, "n_target": 6,
                          "n_reference": 1, "log_ratio": 2.0, "log_ratio_low": 1.0})  # fmt: skip
    found = with_printed({"keyness": table}, tokens, "outlet")["keyness"]
    assert found["formula"].tolist()[0] == 1.0
    assert not found["formula"].tolist()[1] >= 0.5


def test_a_word_cut_out_of_a_longer_one_is_told_as_a_formula() -> None:
    """病疫情, cut out of 冠病疫情 (the Covid epidemic)."""
    assert _torn(Counter("冠" * 9 + "新"))
    assert not _torn(Counter("冠新肺，的。在本与"))


def test_of_single_articles_is_told_what_can_be_counted() -> None:
    """A handful of articles has no test: who is quoted most, what is written most, what has no date."""
    corpus = bitext.read(CHIPS)
    few = corpus.articles.groupby("outlet").head(1).index
    corpus = corpus.select(corpus.articles.index.isin(few))
    told = bitext.compare(corpus).findings
    assert {"voices", "words"} <= set(told["kind"])
    assert (told["strength"] != "beyond chance").all()
    assert told["en"].str.contains("attributions.", regex=False).any()


def test_a_word_that_others_have_within_longer_ones_is_not_theirs_alone() -> None:
    """财政 (finance) in 财政部长 (minister of finance)."""
    frame = pd.DataFrame({"text": ["财政赤字增加。", "财政部长辞职。"], "outlet": ["京", "港"]})
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame), words=["财政", "财政部长"])
    table = pd.DataFrame({"target": ["京"], "term": "财政", "q": 0.01, "g2": 1.0, "n_reference": 0})
    found = with_printed({"keyness": table}, tokens, "outlet")["keyness"]
    assert found["formula"].iloc[0] == 1.0


def test_a_romanised_name_is_the_same_person_as_the_chinese_one() -> None:
    """Gu Wangshu (顾望舒) of an English outlet is not its own where a Chinese one quotes her, too."""
    groups = ["A"] * 2 + ["B"]
    sources = pd.DataFrame(
        {"outlet": groups, "source": ["Gu Wangshu", "Eva Li", "顧望舒"], "variants": "", "kind": "named",
         "articles": 5, "group_size": 9, "clusters": 5, "group_clusters": 9}
    )  # fmt: skip
    sources["printed"] = sources["source"]
    table = pd.DataFrame({"outlet": ["A", "B"], "articles": 9, "languages": ["en 9", "en 9"]})
    told = [one.about for one in own_sources({"sources": sources, "groups": table}, "outlet")]
    assert told == ["Eva Li"]

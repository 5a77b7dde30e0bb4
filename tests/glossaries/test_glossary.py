"""The glossary: pairs that texts give in parentheses, measured on parentheses that a reader has judged."""

import csv
import hashlib
import random
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.concepts.lookup import ConceptTable
from bitext.errors import BitextError
from bitext.glossaries.edge import DOTS
from bitext.glossaries.glossary import known_words
from bitext.glossaries.parentheses import PARENTHESIS
from bitext.text.scripts.convert import to_simplified
from tests.shared import DATA, needs_shared

CASES = Path(__file__).parents[1] / "cases" / "glossary.tsv"


def mined(*texts: str, **options: object) -> pd.DataFrame:
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": "A"}))
    return bitext.glossary(bitext.tokenize(corpus), **options)


def pairs(*texts: str) -> list[tuple[str, str]]:
    table = mined(*texts)
    return sorted(zip(table["zh"], table["en"], strict=True))


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("行业巨头阿斯麦（ASML）表示", ("阿斯麦", "ASML")),
        ("内部市场专员蒂埃里‧布雷顿（Thierry Breton）说", ("蒂埃里·布雷顿", "Thierry Breton")),
        ("数码事务大臣田中一郎（Ichiro Tanaka）出席", ("田中一郎", "Ichiro Tanaka")),
        ("峰会由七大工业国集团（G7）召开", ("七大工业国集团", "G7")),
        ("他在《芯片周刊》（Chip Weekly）撰文", ("芯片周刊", "Chip Weekly")),
        ("參議員莫倫貝克（Sen. Anna Morenbeck, D-NY）", ("莫伦贝克", "Anna Morenbeck")),
        ("总部位于柯克兰的图书馆协会（英文：Library Association）", ("图书馆协会", "Library Association")),
        ("Shares of Semiconductor Manufacturing International (中芯国际) fell", None),
        ("外商直接投资增加，FDI（外商直接投资）回升", ("外商直接投资", "FDI")),
    ],
)
def test_pairs_are_found(text: str, pair: tuple[str, str] | None) -> None:
    wanted = pair or ("中芯国际", "Semiconductor Manufacturing International")
    assert pairs(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "会议周三（7月3日）举行",
        "以九千亿日元（63亿美元）收购",
        "工厂外景（Getty Images）",
        "第二季（Q2）业绩",
        "张三（化名）说",
        "见左图（左）",
        "growth slowed (see chart)",
        "他说（这是真的）没有问题",
        "疫苗（AZD1222）获批",
    ],
)
def test_other_parentheses_are_not(text: str) -> None:
    assert pairs(text) == []


def test_the_more_frequent_edge_wins() -> None:
    """One text alone may mislead; where others show the name without its neighbour, they decide."""
    table = mined(
        "某日，索拉里斯（Zorblat）到。", "今天，索拉里斯（Zorblat）说。", "新秀索拉里斯（Zorblat）说。"
    )
    assert "索拉里斯" in table["zh"].tolist()


def test_counts_articles_and_outlets() -> None:
    texts = ["阿斯麦（ASML）。阿斯麦（ASML）。", "阿斯麦（ASML）。"]
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": ["A", "B"]}))
    row = bitext.glossary(bitext.tokenize(corpus)).iloc[0]
    assert (row["n"], row["articles"], row["outlets"], row["concept"]) == (3, 2, 2, "asml")


def test_evidence_gives_the_place_of_each_name() -> None:
    text = "大臣蒂埃里‧布雷顿（Thierry Breton）说"
    row = mined(text, evidence=True).iloc[0]
    assert text[row["start"] : row["end"]] == row["surface"] == "蒂埃里‧布雷顿"


def test_mined_names_are_words_and_concepts_of_the_run() -> None:
    text = "芯片商索拉里斯（Solaris Chips）与索拉里斯。Solaris Chips fell."
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": [text], "outlet": "A"}))
    found = pd.DataFrame({"zh": ["索拉里斯"], "en": ["Solaris Chips"]})
    tokens = bitext.tokenize(corpus, words=known_words(found))
    assert "索拉里斯" in tokens.types
    counts = bitext.count(tokens, unit="concept", concepts=ConceptTable.default().extended(found))
    column = counts.terms.tolist().index("mined:solaris_chips")
    assert counts.matrix.toarray()[0, column] == 4


def test_wrong_confidence_is_named() -> None:
    with pytest.raises(BitextError, match="min_confidence=7"):
        mined("阿斯麦（ASML）", min_confidence=7)


def _plain(name: str) -> str:
    return to_simplified(name.translate(DOTS).replace("－", "-"), "t2s").strip(" #.").casefold()


@needs_shared
@pytest.mark.slow
def test_judged_parentheses_of_the_shared_news() -> None:
    """620 parentheses drawn by seed and read one by one; `half` says which were used to build the rules.

    A key is the hash of the 24 characters before a parenthesis and the parenthesis itself: no text is kept.
    """
    with CASES.open(encoding="utf-8", newline="") as lines:
        cases = {row["key"]: row for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    corpus = bitext.read(DATA / "news_multi_outlet.jsonl.gz", text="raw")
    rows = bitext.glossary(bitext.tokenize(corpus), evidence=True)
    answers = {(row.article, row.parenthesis): (row.zh, row.en) for row in rows.itertuples()}
    seen: dict[str, tuple[str, str] | None] = {}
    for article, text in zip(corpus.articles["article"], corpus.articles["text"], strict=True):
        for match in PARENTHESIS.finditer(text):
            key = f"{text[max(0, match.start() - 24) : match.start()]}\0{match[0]}"
            digest = hashlib.sha256(key.encode()).hexdigest()[:16]
            if digest in cases:
                seen[digest] = answers.get((article, match.start()))
    assert len(seen) >= 0.95 * len(cases), "the reader now finds other bodies: judge anew"
    for half in ("build", "test"):
        mine = {key: row for key, row in cases.items() if row["half"] == half and key in seen}
        given = [key for key in mine if seen[key]]
        wanted = [key for key, row in mine.items() if row["zh"] != "none"]
        right = [key for key in given if key in wanted and _right(seen[key], mine[key])]
        precision, recall = len(right) / len(given), len(right) / len(wanted)
        low = np.percentile([_share(right, given, seed) for seed in range(500)], 2.5)
        print(f"{half}: precision {precision:.3f} (95 % from {low:.3f}), recall {recall:.3f}, n {len(mine)}")
        assert precision >= 0.95
        assert recall >= 0.85


def _right(answer: tuple[str, str] | None, case: dict[str, str]) -> bool:
    names = {_plain(name) for name in case["zh"].split("|")}
    return answer is not None and _plain(answer[0]) in names and _plain(answer[1]) == _plain(case["en"])


def _share(right: list[str], given: list[str], seed: int) -> float:
    drawn = random.Random(seed).choices(given, k=len(given))
    return sum(key in set(right) for key in drawn) / len(given)


@pytest.mark.parametrize("latin", ["AL", "Den", "the", "of the"])
def test_a_parenthesis_of_joining_words_alone_is_looked_at_as_any_other(latin: str) -> None:
    texts = [f"行业巨头晶圆厂（{latin}）称，周三来访。"]
    table = bitext.glossary(bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": texts}))))
    assert set(table["en"]) <= {latin}

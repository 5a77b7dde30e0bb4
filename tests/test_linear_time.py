"""No stage takes more than its length explains, whatever is repeated: time at two lengths is compared."""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

import pandas as pd
import pytest

import bitext
from bitext.copies import fingerprints
from bitext.reading.documents import Document, Options
from bitext.reading.parse import attempted

#: What stands in hostile text again and again; with glosses of the Chinese: he says, it is said that, says,
#: reports say, reporter, not, perhaps, in the year, edited by.
SOME = [
    '"a," he said, ',
    "U.S. ",
    "“",
    "「",
    "他说，",
    "据",
    "表示",
    "据报道，",
    "（A）",
    "![",
    "<i>",
    "1,",
    "A. ",
]
MORE = [
    "“a” ", '"', "'", "「甲」", "《", "（", "(", "(a) ", "甲（A）", "a (甲) ", "他说：", "记者", "称",
    " said", "said that ", "he said ", "not ", "不", "没有", "never ", "may ", "可能", "a, ", "，",
    "。", ".", ". ", "!", "……", "—", "-", "a-", "1", "1.", "1.1.", "１", "一", "万", "百分之", "%",
    "$", "$1 ", "美元", "A", "A ", "Mr. ", "A B ", "'s ", "http://", "www.", "a@", "#", "&",
    "&amp;", "<", "<a", "<p>", "<!--", "<script>", "[", "](", "[a](", "*", "_", "`", "```\n", "\n",
    "\n\n", " \n", "\t", " ", "\u3000", "\xa0", "\u200b", "\ufeff", "\ufffd", "é", "e\u0301", "中国",
    "中国大陆", "China ", "the ", "2024-", "2024年", "5月", "10:00 ", "编辑：", "（完）", "By A ",
    "| a ", "- a\n", "# a\n", "> a\n", "---\n", "title: a\n", "（记者 ", '{"a":', "\\", "甲\n", "甲·",
    "甲、", "according to ",
]  # fmt: skip
#: Seconds below which nothing is said, and by how much more than its length a stage may take.
NOTHING, MARGIN = 0.3, 2.0


def corpus(text: str) -> bitext.Corpus:
    """Return a corpus of one article, as it is: nothing is cleaned."""
    plain = bitext.Corpus.from_frame(pd.DataFrame({"text": ["x"]}))
    lang = "zh" if any("\u4e00" <= character <= "\u9fff" for character in text[:20]) else "en"
    return replace(plain, articles=plain.articles.assign(text=[f"x {text}"], lang=[lang]))


def stages(text: str) -> dict[str, Callable[[], object]]:
    """Return name and call of every stage that reads *text*."""
    whole = corpus(text)
    tokens = bitext.tokenize(whole)
    page = f"<html><body><p>x</p>{text}"
    return {
        "parse a text": lambda: attempted(Document("a", "a", text), Options()),
        "parse Markdown": lambda: attempted(Document("a", "a", f"# x\n\n{text}"), Options()),
        "parse a head": lambda: attempted(Document("a", "a", f"---\na{text}\n---\nx"), Options()),
        "parse a page": lambda: attempted(Document("a", "a", page), Options()),
        "tokenize": lambda: bitext.tokenize(whole),
        "count": lambda: bitext.count(tokens),
        "concepts": lambda: bitext.count(tokens, unit="concept"),
        "evidence": lambda: bitext.evidence(tokens),
        "polarity": lambda: bitext.polarity(tokens, "china"),
        "naming": lambda: bitext.naming(tokens, voice=False),
        "glossary": lambda: bitext.glossary(tokens),
        "copies": lambda: fingerprints.detail(None, whole),
    }


def further(text: str) -> dict[str, Callable[[], object]]:
    """Return the stages that take longer: they are tried where there is time."""
    whole = corpus(text)
    tokens = bitext.tokenize(whole)
    both = pd.concat([whole.articles, whole.articles], ignore_index=True)
    day = pd.to_datetime(["2031-03-02", "2031-03-03"])
    both = both.assign(
        article=["a", "b"], outlet=["A", "B"], text=[f"x {text}", f"x {text[:-5]} z"], date=day
    )
    pair = bitext.tokenize(replace(whole, articles=both))
    story = both[["article", "outlet", "date"]].assign(story=0, name="x", first="a", hours=[0.0, 24.0])
    lines = pd.DataFrame({"zh": [f"x {text}", f"y {text}"], "en": [f"x {text}", f"z {text}"]})
    counts = bitext.count(pair)
    return {
        "sources": lambda: bitext.sources(tokens),
        "stance": lambda: bitext.stance_by_article(tokens),
        "new words": lambda: bitext.new_words(tokens),
        "phrases": lambda: bitext.count(tokens, unit="phrase"),
        "lines of a word": lambda: bitext.kwic(tokens, "x"),
        "copies": lambda: bitext.duplicates(replace(whole, articles=both)),
        "stories": lambda: bitext.stories(pair),
        "statements": lambda: bitext.statements(pair, story),
        "omissions": lambda: bitext.omissions(bitext.statements(pair, story), min_peers=1),
        "omitted words": lambda: bitext.omitted_words(story, counts, min_peers=1),
        "coverage": lambda: bitext.coverage(story, pair),
        "passages": lambda: bitext.passages(pair, "a", "b"),
        "differences": lambda: (bitext.keyness(counts), bitext.keywords(counts), bitext.collocations(pair)),
        "align": lambda: bitext.align(lines),
        "who speaks": lambda: (bitext.attributions(pair), bitext.actors(pair)),
        "compare and its page": lambda: bitext.compare(replace(whole, articles=both)).to_html(),
    }


def seconds(call: Callable[[], object]) -> float:
    began = time.process_time()
    with suppress(bitext.BitextError):  # to refuse is an answer, too
        call()
    return time.process_time() - began


def times(
    unit: str, short: int, long: int, of: Callable[[str], dict[str, Callable[[], object]]]
) -> Iterator[tuple[str, float, float]]:
    """Yield each stage with its seconds at both lengths; 0 where too little to say anything."""
    few, many = (of(unit * (size // len(unit))) for size in (short, long))
    for name, call in many.items():
        took = seconds(call)
        if took < NOTHING:
            yield name, 0.0, took
            continue
        before = min(seconds(few[name]) for _ in range(2))
        if took >= MARGIN * long / short * before:
            took = min(took, seconds(call))
        yield name, before, took


def check(
    unit: str, short: int, long: int, of: Callable[[str], dict[str, Callable[[], object]]] = stages
) -> None:
    for name, before, took in times(unit, short, long, of):
        assert took < max(MARGIN * long / short * before, NOTHING), (
            f"{name} over {unit!r}: {before:.2f} s, then {took:.2f} s"
        )


@pytest.fixture(scope="module", autouse=True)
def _warm() -> None:
    for call in stages("He said “a”. 他说。").values():  # He says.
        call()


@pytest.mark.parametrize("unit", SOME)
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    check(unit, 5_000, 20_000)


@pytest.mark.slow
@pytest.mark.parametrize("unit", [*SOME, *MORE])
def test_it_does_so_at_twenty_and_eighty_thousand_characters(unit: str) -> None:
    check(unit, 20_000, 80_000)


@pytest.mark.slow
@pytest.mark.parametrize("unit", [*SOME, *MORE])
def test_so_do_the_stages_that_take_longer(unit: str) -> None:
    check(unit, 20_000, 80_000, further)

"""Real scraped news, measured: each test prints its shares (run pytest with -s to see them)."""

import html
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.reading.cleaning import mojibake, outlets
from tests.reading import furniture
from tests.shared import DATA, jsonl, needs_shared

pytestmark = needs_shared

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_HAN = re.compile(r"[㐀-䶿一-鿿]")
_PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)(?=</p>|<p\b|</div>|\Z)", re.DOTALL)
_NOT_PROSE = re.compile(
    r"<(figure|figcaption|footer|aside|video|ul|blockquote)\b[^>]*>.*?</\1>|<script.*?</script>", re.DOTALL
)
_SAMPLE = 5  # every fifth article, in the default run


@cache
def news(step: int) -> tuple[list[dict[str, str]], bitext.Corpus]:
    """Return what the front matter says, and the corpus as read from the pages without it."""
    heads, pages = [], []
    for number, record in enumerate(jsonl("news_multi_outlet.jsonl.gz")):
        if number % step:
            continue
        front = _FRONT.match(record["raw"])
        assert front
        head = dict(line.split(": ", 1) for line in front[1].split("\n") if ": " in line)
        heads.append(
            {**head, "title": json.loads(head["title"]).strip(), "body": record["raw"][front.end() :]}
        )
        pages.append(record["raw"][front.end() :])
    return heads, bitext.Corpus.from_frame(pd.DataFrame({"raw": pages}), text="raw")


def share(name: str, bad: int, all_: int) -> float:
    value = bad / all_
    print(f"{name}: {bad} of {all_} ({value:.3%})")
    return value


STEPS = [pytest.param(_SAMPLE, id="sample"), pytest.param(1, id="all", marks=pytest.mark.slow)]


@pytest.mark.parametrize("step", STEPS)
def test_metadata_is_found_without_the_front_matter(step: int) -> None:
    heads, corpus = news(step)
    wrong: Counter[str] = Counter()
    affixes = corpus.removed[corpus.removed["kind"].isin(["section", "site"])].groupby("article")["text"]
    taken = {article: "".join("".join(texts).split()) for article, texts in affixes}
    for head, row in zip(heads, corpus.articles.to_dict("records"), strict=True):
        # Nothing but a section in brackets or the name of the site may be missing from the title.
        letters = Counter("".join(head["title"].split())) - Counter("".join(row["title"].split()))
        wrong["title"] += (
            letters != Counter(taken.get(row["article"], "")) or row["title"] not in head["title"]
        )
        wrong["title and affix"] += row["title"] != head["title"]
        wrong["url"] += row["url"] != head["from"]
        moment = pd.Timestamp(head["date"]).tz_localize(None)
        wrong["date"] += pd.isna(row["date"]) or abs(row["date"] - moment) > pd.Timedelta(days=1)
        wrong["outlet"] += row["outlet"] != outlets.canonical(head["author"])
    shares = {name: share(f"{name} differs", wrong[name], len(heads)) for name in wrong}
    assert shares["title"] <= 0.005
    assert shares["url"] <= 0.005
    assert shares["date"] <= 0.01
    assert shares["outlet"] <= 0.01


@pytest.mark.parametrize("step", STEPS)
def test_reading_with_the_front_matter_gives_the_same_articles(step: int) -> None:
    heads, cut = news(step)
    records = [
        record for number, record in enumerate(jsonl("news_multi_outlet.jsonl.gz")) if not number % step
    ]
    whole = bitext.Corpus.from_frame(pd.DataFrame(records), text="raw")
    for name, most in {"title": 0.005, "outlet": 0.0, "url": 0.005, "text": 0.001}.items():
        differ = int((whole.articles[name] != cut.articles[name]).sum())
        assert share(f"{name} differs", differ, len(heads)) <= most


@pytest.mark.parametrize("step", STEPS)
def test_few_bodies_keep_a_line_of_furniture(step: int) -> None:
    heads, corpus = news(step)
    left = [furniture.found(text) for text in corpus.articles["text"]]
    print(Counter(kind for found in left for kind, _ in found))
    assert share("bodies with furniture", sum(map(bool, left)), len(heads)) <= 0.005


@pytest.mark.parametrize("step", STEPS)
def test_few_characters_of_paragraphs_are_lost(step: int) -> None:
    heads, corpus = news(step)
    gone = corpus.removed.groupby("article")["text"].agg(" ".join)
    total = lost = vanished = 0
    for head, row in zip(heads, corpus.articles.to_dict("records"), strict=True):
        body = han(row["text"])
        kept = body + han(gone.get(row["article"], ""))
        for paragraph in _PARAGRAPH.finditer(_NOT_PROSE.sub("", head["body"])):
            for sentence in re.split(r"[。！？；\n]|<br\s*/?>", html.unescape(paragraph[1])):
                text = re.sub(r"<[^>]+>", "", sentence).strip()
                characters = han(text)
                total += len(characters)
                if characters and characters not in body:
                    vanished += len(characters) if not pieces_in(characters, kept) else 0
                    lost += len(characters) if is_prose(text) and not tail_in(characters, body) else 0
    assert share("Han characters neither kept nor removed", vanished, total) <= 0.001
    assert share("Han characters of prose lost", lost, total) <= 0.005


def han(text: str) -> str:
    return "".join(_HAN.findall(text))


def pieces_in(characters: str, kept: str) -> bool:
    """All of the sentence is there, if cut into three by a dateline and a credit."""
    missing = sum(characters[i : i + 4] not in kept for i in range(len(characters) - 3))
    return missing <= 6


def tail_in(characters: str, body: str) -> bool:
    """All but a dateline before it or a credit after it is there."""
    middle = len(characters) // 3
    return characters[-middle:] in body or characters[: middle + 1] in body


def is_prose(text: str) -> bool:
    """A sentence of twenty characters that shows no sign of furniture."""
    signs = r"关注|关注|订阅|訂閱|时报|版权|責|责编|编辑|翻译|译者|贡献|信任|代表|記者|记者|图|圖|摄"
    return len(han(text)) >= 20 and not re.search(signs, text) and not furniture.found(text)


def test_a_pool_gives_the_same_tables(tmp_path: Path) -> None:
    file = tmp_path / "pages.jsonl"
    records = [
        json.dumps(record) for record, _ in zip(jsonl("epoch_mirror.jsonl.gz"), range(80), strict=False)
    ]
    file.write_text("\n".join(records), encoding="utf-8")
    here, pool = bitext.read(file, text="raw"), bitext.read(file, text="raw", workers=2)
    pd.testing.assert_frame_equal(here.articles, pool.articles)
    pd.testing.assert_frame_equal(here.removed, pool.removed)


def test_mirror_pages_give_title_date_author_editor_and_address() -> None:
    corpus = bitext.read(DATA / "epoch_mirror.jsonl.gz", text="raw")
    raws = [record["raw"] for record in jsonl("epoch_mirror.jsonl.gz")]
    gone = corpus.removed.groupby("article")["text"].agg("\n".join)
    wrong: Counter[str] = Counter()
    for raw, row in zip(raws, corpus.articles.to_dict("records"), strict=True):
        title = re.match(r"### (.*)", raw)
        address = re.search(r"原文链接（需翻墙）：(\S+)", raw)
        day = re.search(r"【大纪元(\d+)年(\d+)月(\d+)日", raw)
        editor = re.search(r"责任编辑：\s*([^\s#＃<◇）]+)", raw)
        assert title
        wrong["title"] += row["title"] != title[1].strip()
        wrong["url"] += bool(address) and row["url"] != (address[1] if address else "")
        wrong["outlet"] += row["outlet"] != "大纪元"
        wrong["date"] += bool(day) and row["date"].date().isoformat() != "-".join(day.groups() if day else ())
        wrong["editor"] += bool(editor) and (editor[1] if editor else "") not in row["editor"]
        wrong["furniture"] += bool(furniture.found(row["text"]))
        # No white space inside a sentence where a tag stood around a word.
        words = re.findall(r"([一-鿿])\s*<ok\b[^>]*>\s*([一-鿿]+)\s*</ok>\s*([一-鿿])", raw)
        text = row["text"] + gone.get(row["article"], "")  # some stand in the byline
        wrong["torn words"] += any("".join(word) not in text for word in words)
    for name in wrong:
        assert share(f"mirror: {name}", wrong[name], len(raws)) <= 0.01


def test_english_bodies_keep_their_sentences_and_lose_their_furniture() -> None:
    corpus = bitext.read(DATA / "news_english.jsonl.gz")
    records = list(jsonl("news_english.jsonl.gz"))
    around = corpus.removed[corpus.removed["kind"] == "site"].groupby("article")["text"].agg(" ".join)
    titles = [
        f"{title} {around.get(article, '')}".strip()
        for article, title in zip(corpus.articles["article"], corpus.articles["title"], strict=True)
    ]
    assert titles == [re.sub(r"[\n\r\t\xa0]", " ", mojibake.mend(r["title"])[0]).strip() for r in records]
    assert (corpus.problems["kind"] == "mended").sum() == 4  # titles with Ã¢â‚¬â„¢ for an apostrophe
    assert corpus.articles["outlet"].tolist() == [record["outlet"] for record in records]
    left = [furniture.found(text) for text in corpus.articles["text"]]
    print(Counter(kind for found in left for kind, _ in found))
    assert share("English bodies with furniture", sum(map(bool, left)), len(records)) <= 0.02
    before = sum(len("".join(record["text"].split())) for record in records)
    after = sum(len("".join(text.split())) for text in corpus.articles["text"])
    # Captions, one outlet's player, and titles of other articles are nearly all of this.
    assert share("characters removed from English bodies", before - after, before) <= 0.041


def test_the_seeds_are_read_exactly() -> None:
    paths = sorted(Path(DATA / "seeds").glob("*.txt"))
    corpus = bitext.read(DATA / "seeds")
    rows = corpus.articles.to_dict("records")
    raws = [path.read_text(encoding="utf-8") for path in paths]
    assert [row["outlet"] for row in rows] == ["大纪元", "美国之音", ""]
    assert [row["lang"] + row["script"] for row in rows] == ["zhHans", "zhHans", "en"]
    assert [str(row["date"]) for row in rows] == ["2023-07-03 00:00:00", "2024-03-07 14:30:33", "NaT"]
    assert [row["author"] for row in rows] == ["李言", "", ""]
    assert [row["editor"] for row in rows] == ["林妍", "", ""]
    titles = [re.search(r"### (.*)", raws[0]), re.search(r"\[(.*)\]\(", raws[1]), re.match(r"(.*)", raws[2])]
    assert [row["title"] for row in rows] == [title[1] for title in titles if title]
    links = [re.search(r"翻墙）：(\S+)", raws[0]), re.search(r"\]\((\S+)\)", raws[1])]
    assert [row["url"] for row in rows] == [*(link[1] for link in links if link), ""]
    for row in rows:
        assert not furniture.found(row["text"])
    assert [row["text"].count("\n") + 1 for row in rows] == [20, 16, 13]


def test_not_one_sentence_of_the_seeds_is_lost() -> None:
    corpus = bitext.read(DATA / "seeds")
    for row in corpus.articles.to_dict("records"):
        raw = Path(row["file"]).read_text(encoding="utf-8")
        pieces = corpus.removed[corpus.removed["article"] == row["article"]].sort_values("start")
        rest, position = [], 0
        for piece in pieces.itertuples():
            rest.append(raw[position : piece.start])
            position = max(position, piece.end)
        rest.append(raw[position:])
        # What was not removed, without tags and white space, is the body: to the character.
        marks = r"<[^>]*>|^#+|^---+$|\[|\]\([^)]*\)"
        left = html.unescape(re.sub(marks, "", "\n".join(rest), flags=re.MULTILINE))
        assert "".join(left.split()) == "".join(row["text"].split())

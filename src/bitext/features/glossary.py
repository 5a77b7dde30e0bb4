"""The glossary: names in the other language that the texts themselves give in parentheses: 阿斯麦（ASML）."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from bitext.errors import BitextError
from bitext.features.glossary_edge import DOTS, find_edge
from bitext.features.glossary_scan import Gloss, glosses
from bitext.features.transliteration import gain, plain
from bitext.record import run_record
from bitext.text.convert import to_simplified
from bitext.tokens.concepts import ConceptTable
from bitext.tokens.tokens import Tokens

COLUMNS = ("zh", "en", "kind", "n", "articles", "outlets", "confidence", "concept", "variants")
EVIDENCE = (
    "article",
    "outlet",
    "start",
    "end",
    "parenthesis",
    "zh",
    "en",
    "surface",
    "kind",
    "confidence",
    "rule",
)
#: Below this an edge is a guess.
LEAST = 0.55


def glossary(
    tokens: Tokens, *, evidence: bool = False, min_articles: int = 1, confidence: float = LEAST
) -> pd.DataFrame:
    """Collect the pairs of Chinese and English names that the texts give themselves.

    Found are 阿斯麦（ASML）, 蒂埃里‧布雷顿（Thierry Breton）, 七大工业国集团（G7） and the other direction,
    Semiconductor Manufacturing International（中芯国际）. The right edge of a name is the parenthesis; the
    left one is found by evidence, in this order: quotation marks; the concept table knows both names; a
    dotted name, whose first part has to sound like the first Latin word; the run of characters that sounds
    most like the Latin name; words that translate each other; and last the words behind the last role,
    action or function word (巨头 大臣 总理 部长). Dates, money, captions, codes and remarks are no names.
    Where one of two Chinese names for the same Latin one ends in the other, the more frequent wins.

    Args:
        tokens: what `bitext.tokenize` returned.
        evidence: return one row per parenthesis instead.
        min_articles: leave out pairs that fewer articles give.
        confidence: leave out pairs below it, 0 to 1.

    Returns:
        One row per pair, most articles first:
        - ``zh``: the Chinese name, simplified; ``en``: the Latin one
        - ``kind``: "transliteration", "abbreviation" or "translation"
        - ``n``, ``articles``, ``outlets``: parentheses, articles and outlets that give it
        - ``confidence``: 0 to 1, of the best parenthesis
        - ``concept``: the concept of bitext's table that has one of the names, else ""
        - ``variants``: other Chinese names for the same Latin one, with their counts

        With *evidence*: ``article outlet start end parenthesis zh en surface kind confidence rule``, where
        start and end are the offsets of the Chinese name (of the parenthesis, where that holds it),
        *parenthesis* is where that begins, and *rule* says what
        decided its left edge.

    Raises:
        BitextError: *confidence* is not between 0 and 1.

    Source:
        Classes after Lin et al. (2008), Mining parenthetical translations from the web, ACL.

    Examples:
        >>> import bitext
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({
        ...     "text": ["芯片行业巨头阿斯麦（ASML）称，布雷顿（Thierry Breton）周三（7月3日）来访。"]}))
        >>> bitext.glossary(bitext.tokenize(corpus))[["zh", "en", "kind"]]
            zh              en             kind
        0  布雷顿  Thierry Breton  transliteration
        1  阿斯麦            ASML  transliteration
    """
    if not 0 <= confidence <= 1:
        raise BitextError(f"confidence={confidence!r}; use a number from 0 to 1")
    found = _settled(_rows(tokens))
    found = found[found["confidence"] >= confidence].reset_index(drop=True)
    result = found[list(EVIDENCE)] if evidence else _pairs(found, min_articles)
    result.attrs["run"] = {
        **run_record("glossary", min_articles=min_articles, confidence=confidence),
        "before": dict(tokens.run),
    }
    return result


def known_words(pairs: pd.DataFrame) -> list[str]:
    """Return the Chinese names of a glossary as words for the segmenter (``bitext.tokenize(words=...)``).

    Examples:
        >>> known_words(pd.DataFrame({"zh": ["阿斯麦", "蒂埃里·布雷顿"], "en": ["ASML", "Thierry Breton"]}))
        ['蒂埃里·布雷顿', '阿斯麦']
    """
    return sorted({str(name) for name in pairs["zh"] if len(str(name)) > 1})


def _rows(tokens: Tokens) -> pd.DataFrame:
    texts: list[str] = tokens.articles[tokens.field].tolist()
    rows: list[dict[str, Any]] = []
    for row, text in enumerate(texts):
        for gloss in glosses(row, text):
            found = _found(tokens, texts, gloss)
            if found:
                rows.append({"row": row, "parenthesis": gloss.start, "en": gloss.latin, **found})
    table = pd.DataFrame(
        rows, columns=["row", "parenthesis", "en", "start", "end", "zh", "surface", "confidence", "rule"]
    )
    at = table["row"].to_numpy(dtype=np.int64)
    table["article"] = tokens.articles["article"].to_numpy()[at]
    table["outlet"] = tokens.articles["outlet"].to_numpy()[at]
    table["kind"] = [_kind(zh, en) for zh, en in zip(table["zh"], table["en"], strict=True)]
    return table


def _found(tokens: Tokens, texts: list[str], gloss: Gloss) -> dict[str, Any] | None:
    if gloss.han:
        return {
            "start": gloss.start,
            "end": gloss.end,
            "zh": to_simplified(gloss.han.translate(DOTS), "t2s"),
            "surface": gloss.han,
            "confidence": 0.75,
            "rule": "inside",
        }
    edge = find_edge(tokens, texts, gloss.row, gloss.start, gloss.latin)
    if edge is None:
        return None
    return {
        "start": edge.start,
        "end": edge.end,
        "zh": edge.han,
        "surface": texts[gloss.row][edge.start : edge.end],
        "confidence": round(edge.confidence, 2),
        "rule": edge.how,
    }


def _kind(zh: str, en: str) -> str:
    """Say how the names are related.

    Examples:
        >>> _kind("布雷顿", "Thierry Breton"), _kind("北约", "NATO"), _kind("芯片法案", "Chips Act")
        ('transliteration', 'abbreviation', 'translation')
    """
    words = [plain(word) for word in en.split(" ") if plain(word)]
    part = zh.replace("-", "").split("·")[-1]
    sound = max((gain(part, word) for word in {*words[-1:], "".join(words)} if word), default=-1.0)
    if "·" in zh or sound > 0.9 * len(part):
        return "transliteration"
    return "abbreviation" if en.isupper() and " " not in en else "translation"


def _settled(rows: pd.DataFrame) -> pd.DataFrame:
    """Let the more frequent edge decide where one Chinese name ends in the other: 巨头阿斯麦, 阿斯麦."""
    rows = rows.copy()
    counts = rows.groupby(["en", "zh"])["article"].nunique()
    by_latin: dict[str, dict[str, int]] = {}
    for en, zh, articles in counts.reset_index(name="articles").itertuples(index=False):
        by_latin.setdefault(str(en), {})[str(zh)] = int(articles)
    best: dict[tuple[str, str], str] = {}
    for en, names in by_latin.items():
        for name, articles in names.items():
            # 布雷顿 is a name of its own beside 蒂埃里·布雷顿: only what no dot divides is an error.
            rivals = [
                other
                for other, more in names.items()
                if more > articles
                and (other.endswith(name) or name.endswith(other))
                and "·" not in other + name
            ]
            if rivals:
                best[en, name] = max(rivals, key=lambda other: (names[other], other))
    if best:
        keys = zip(rows["en"], rows["zh"], strict=True)
        rows["zh"] = [best.get(key, key[1]) for key in keys]
    return rows


def _pairs(rows: pd.DataFrame, min_articles: int) -> pd.DataFrame:
    if not len(rows):
        return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    grouped = rows.groupby(["zh", "en"], sort=True)
    table = grouped.agg(
        kind=("kind", "first"),
        n=("article", "size"),
        articles=("article", "nunique"),
        outlets=("outlet", "nunique"),
        confidence=("confidence", "max"),
    ).reset_index()
    table["concept"] = _concepts(table["zh"], table["en"])
    names = table.groupby("en")[["zh", "n"]].apply(lambda part: dict(zip(part["zh"], part["n"], strict=True)))
    table["variants"] = [
        " · ".join(
            f"{name} {n}" for name, n in sorted(names[en].items(), key=lambda x: (-x[1], x[0])) if name != zh
        )
        for zh, en in zip(table["zh"], table["en"], strict=True)
    ]
    table = table[table["articles"] >= min_articles]
    order = ["articles", "n", "confidence", "zh", "en"]
    table = table.sort_values(order, ascending=[False, False, False, True, True], kind="stable")
    return table[list(COLUMNS)].reset_index(drop=True)


def _concepts(zh: Iterable[str], en: Iterable[str]) -> list[str]:
    table = ConceptTable.default()
    homes: dict[str, str] = {}
    for form in table.forms:
        if len(form.concepts) == 1:
            homes.setdefault(form.text.casefold(), table.labels[form.concepts[0]])
    return [homes.get(left) or homes.get(right.casefold()) or "" for left, right in zip(zh, en, strict=True)]

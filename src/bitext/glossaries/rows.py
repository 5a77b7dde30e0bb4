"""Parentheses that name what stands before them, with the place of both names: one row each."""

from typing import Any

import numpy as np
import pandas as pd

from bitext.glossaries.counts import INSIDE
from bitext.glossaries.edge import DOTS, find_edge
from bitext.glossaries.parentheses import Gloss, glosses
from bitext.glossaries.transliteration import gain, plain
from bitext.text.scripts.convert import to_simplified
from bitext.tokens.tokens import Tokens

COLUMNS = (
    "row",
    "parenthesis",
    "en",
    "start",
    "end",
    "zh",
    "surface",
    "confidence",
    "rule",
    "article",
    "outlet",
)


def parentheses(tokens: Tokens) -> pd.DataFrame:
    """Return what each parenthesis gives: `COLUMNS`, in order; ``row`` is an article's place in all."""
    texts: list[str] = tokens.articles[tokens.field].tolist()
    rows: list[dict[str, Any]] = []
    for row, text in enumerate(texts):
        for gloss in glosses(row, text):
            found = _found(tokens, texts, gloss)
            if found:
                rows.append({"row": row, "parenthesis": gloss.start, "en": gloss.latin, **found})
    table = pd.DataFrame(rows, columns=list(COLUMNS[:-2]))
    at = table["row"].to_numpy(dtype=np.int64)
    table["row"] = at + tokens.first
    table["article"] = tokens.articles["article"].to_numpy()[at]
    table["outlet"] = tokens.articles["outlet"].to_numpy()[at]
    return table


def _found(tokens: Tokens, texts: list[str], gloss: Gloss) -> dict[str, Any] | None:
    if gloss.han:
        return {
            "start": gloss.start,
            "end": gloss.end,
            "zh": to_simplified(gloss.han.translate(DOTS), "t2s"),
            "surface": gloss.han,
            "confidence": 0.75,
            "rule": INSIDE,
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


def kind(zh: str, en: str) -> str:
    """Say how the names are related.

    Examples:
        >>> kind("布雷顿", "Thierry Breton"), kind("北约", "NATO"), kind("芯片法案", "Chips Act")
        ('transliteration', 'abbreviation', 'translation')
    """
    words = [plain(word) for word in en.split(" ") if plain(word)]
    part = zh.replace("-", "").split("·")[-1]
    sound = max((gain(part, word) for word in {*words[-1:], "".join(words)} if word), default=-1.0)
    if "·" in zh or sound > 0.9 * len(part):
        return "transliteration"
    return "abbreviation" if en.isupper() and " " not in en else "translation"

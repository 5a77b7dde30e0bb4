"""Regular expressions are tried where they can begin, and find what they find everywhere."""

import re

import numpy as np
import pytest

import bitext
from bitext.cues.cues import CueTable, cue_table
from bitext.cues.patterns import find, openings
from bitext.stances.from_texts import tokens_of
from bitext.tokens.clauses import View
from tests import CHIPS

TEXTS = [
    "People familiar with the matter said about 30 were not idle, but busy. Sources say some $5 is due.",
    "The mayor pressed Mr Lee to resign; officials with knowledge of the talks asked around a dozen firms.",
    "三名不愿透露姓名的官员说，这并不是不想，而是没有立即回应记者的请求。熟悉内情的消息人士拒绝就此置评。",
    "難道這不是機會嗎？公司尚未就此事作出回應，非得如此不可。與其說是勝利，不如說是退讓。",
    "",
]


def everywhere(view: View, table: CueTable) -> set[tuple[int, int, int]]:
    """Look for every expression in every text of its language; keep what is whole tokens."""
    found = set()
    tokens = view.tokens
    for number, cue in enumerate(table.cues):
        if cue.type != "regex":
            continue
        texts = view.simplified if cue.lang == "zh" else view.texts
        for row in np.flatnonzero(view.lang == cue.lang).tolist():
            low, high = int(tokens.bounds[row]), int(tokens.bounds[row + 1])
            starts, ends = tokens.start[low:high].tolist(), tokens.end[low:high].tolist()
            for match in re.finditer(cue.form, texts[row]):
                if match.start() in starts and match.end() in ends:
                    found.add((number, low + starts.index(match.start()), low + ends.index(match.end())))
    return found


@pytest.mark.parametrize(
    "cues",
    [
        None,
        [
            {"lang": "en", "feature": "own", "type": "regex", "cue": r"\w+ly\b", "note": ""},
            {"lang": "zh", "feature": "own", "type": "regex", "cue": "工厂|公司", "note": ""},
        ],
    ],
)
def test_matches_are_those_of_looking_everywhere(cues: list[dict[str, str]] | None) -> None:
    table = cue_table(cues)
    for tokens in (tokens_of(TEXTS), bitext.tokenize(bitext.read(CHIPS))):
        view = View.of(tokens)
        found = set(zip(*(column.tolist() for column in find(view, table)), strict=True))
        assert found == everywhere(view, table)
        assert len(found) > 5


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"(?i)\babout(?=\s)", ("about",)),
        (r"\bcolou?r", ("colo",)),
        ("(?:一名|多名)?不愿", ("一名", "不愿", "多名")),
        ("工厂|公司", None),
        (r"(?:a(?:b|c))d", None),
        (r"[abc]d", None),
        (r"x?", None),
    ],
)
def test_openings(pattern: str, expected: tuple[str, ...] | None) -> None:
    assert openings(pattern) == expected


def test_every_expression_of_the_lists_has_openings() -> None:
    assert all(openings(cue.form) for cue in cue_table().cues if cue.type == "regex")

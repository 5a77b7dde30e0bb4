"""Where the Chinese name before a parenthesis begins: the right edge is free, the left one is not."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

import numpy as np

from bitext.concepts.lookup import ConceptTable
from bitext.glossaries.transliteration import gain, plain
from bitext.glossaries.words import BEFORE, HEADS, JOINING
from bitext.lexicons.stopwords import stopwords
from bitext.text.scripts.convert import to_simplified
from bitext.tokens.tokens import Tokens

_HAN = r"\u3400-\u9fff"
DOTS = str.maketrans(dict.fromkeys("‧•・･⋅∙．", "·"))
_RUN = re.compile(rf"[{_HAN}0-9A-Za-z·.'’\-－]*$")
_QUOTED = re.compile(r"([《「“『〈‘\"'])([^《》「」“”『』〈〉‘’\"'，。；！？\n]{1,24})[》」”』〉’\"']$")
_ROLES = tuple(word for word in BEFORE if len(word) > 1)
_OPENING = ("《", "「", "“", "『", "〈", "‘")
_LONGEST = 16


class Edge(NamedTuple):
    """The Chinese name found before a parenthesis.

    Attributes:
        start: offset where it begins; *end*: where it ends.
        han: the name, simplified, with one kind of dot.
        confidence: 0 to 1.
        how: what decided: quoted, known, dotted, sound, meaning, words.
    """

    start: int
    end: int
    han: str
    confidence: float
    how: str


class Before(NamedTuple):
    """What stands before a parenthesis: a run of text without marks, and the words in it.

    Attributes:
        text: the run, simplified; *start*: its offset.
        words: (begin, end, type) of its tokens, offsets into *text*.
    """

    text: str
    start: int
    words: list[tuple[int, int, str]]


def find_edge(tokens: Tokens, texts: list[str], row: int, at: int, latin: str) -> Edge | None:
    """Return the Chinese name that ends at offset *at* of article *row* and stands for *latin*."""
    text = texts[row]
    end = at
    while end and text[end - 1] in " \u3000":
        end -= 1
    line = text[max(0, end - 48) : end].rpartition("\n")[2].translate(DOTS)
    quoted = _QUOTED.search(line)
    if quoted and re.search(rf"[{_HAN}]", quoted[2]):
        name = quoted[2].strip("#")
        start = end - len(quoted[0]) + 1 + quoted[2].index(name)
        return Edge(start, start + len(name), to_simplified(name, "t2s"), 0.95, "quoted")
    if line[-1:] in "》」”』〉’\"'":
        return None
    run = _RUN.search(line)
    opened = run and 1 < len(run[0]) <= _LONGEST and line[: len(line) - len(run[0])].endswith(_OPENING)
    if run and opened and re.fullmatch(rf"[{_HAN}·]+", run[0]):
        return Edge(end - len(run[0]), end, to_simplified(run[0], "t2s"), 0.9, "quoted")
    if not run or not re.search(rf"[{_HAN}]$", run[0]):
        return None
    before = Before(
        to_simplified(run[0], "t2s").replace("－", "-"),
        end - len(run[0]),
        _words(tokens, row, end - len(run[0]), end),
    )
    for rule in (_known, _all_translated, _dotted, _sound, _meaning, _by_words):
        found = rule(before, latin)
        if found is not None:
            size, confidence, how = found
            start = end - size
            return Edge(start, end, before.text[len(before.text) - size :], confidence, how)
    return None


Found = tuple[int, float, str] | None
Rule = Callable[[Before, str], Found]


def _words(tokens: Tokens, row: int, start: int, end: int) -> list[tuple[int, int, str]]:
    low, high = int(tokens.bounds[row]), int(tokens.bounds[row + 1])
    first = low + int(np.searchsorted(tokens.end[low:high], start, side="right"))
    last = low + int(np.searchsorted(tokens.start[low:high], end, side="left"))
    return [
        (max(int(tokens.start[i]) - start, 0), int(tokens.end[i]) - start, str(tokens.types[tokens.term[i]]))
        for i in range(first, last)
    ]


# --- what the concept table knows ---------------------------------------------------------------------------


@cache
def _by_form() -> dict[str, tuple[int, ...]]:
    """Concepts by form, in lower case."""
    found: dict[str, tuple[int, ...]] = {}
    for form in ConceptTable.default().forms:
        found.setdefault(form.text.lower(), form.concepts)
    return found


def _known(before: Before, latin: str) -> Found:
    """Both names are forms of one concept."""
    table = _by_form()
    wanted = set(table.get(latin.lower(), ()))
    if not wanted:
        return None
    for size in range(min(len(before.text), _LONGEST), 1, -1):
        if wanted & set(table.get(before.text[-size:], ())):
            if before.text[: len(before.text) - size].endswith(("·", "-")):
                return None
            return _with_qualifiers(before, size, latin), 0.98, "known"
    return None


def _with_qualifiers(before: Before, size: int, latin: str) -> int:
    """Let 2019 belong to 2019冠状病毒疾病 and 休斯顿 to 休斯顿火箭队 (Houston Rockets)."""
    rest = before.text[: len(before.text) - size]
    year = re.search(r"(?:20\d\d年?)$", rest)
    if year and "19" in latin:
        return size + len(year[0])
    table, others = _by_form(), _concepts_in(latin)
    for begin, end, word in before.words:
        if end == len(rest) and " " in latin and others & set(table.get(word, ())):
            return size + end - begin
        if (
            begin < len(rest) < end
            and " " in latin
            and others & set(table.get(before.text[begin : len(rest)], ()))
        ):
            return size + len(rest) - begin
    return size


# --- sound --------------------------------------------------------------------------------------------------


def _dotted(before: Before, latin: str) -> Found:
    """A name with dots: its parts are sure, only the first part needs an edge."""
    text = before.text if "-" in latin else before.text.replace("-", "·")
    if "·" not in text:
        return None
    parts = text.split("·")
    words = [word for word in re.split(r"[ \-]", latin) if plain(word)]
    tail = parts[-1]
    if len(tail) > 10 or len(words) < 2:
        return None
    # Parts that belong to another name further left cannot be part of this one.
    most = min(len(parts), len(words) + 1)
    parts = parts[-most:]
    for first in range(len(parts) - 1):
        head = parts[first]
        if first and len(head) > 7:
            continue
        size = _head_size(head, words, before, sum(len(part) + 1 for part in parts[first + 1 :]))
        if size:
            total = size + sum(len(part) + 1 for part in parts[first + 1 :])
            if re.search(r"\bJr\b|\bSr\b", latin) and text[: len(text) - total].endswith("小"):
                total += 1
            return total, 0.93, "dotted"
    return None


def _head_size(head: str, words: list[str], before: Before, behind: int) -> int:
    """Return how many characters at the end of *head* spell the first word of the Latin name."""
    if re.fullmatch(r"[A-Z.]+", head):
        return len(head)
    match = re.search(rf"[{_HAN}\-]+$|[A-Z.]+$", head)
    head = match[0] if match else ""
    if not head:
        return 0
    place = len(before.text) - behind
    edges = {begin for begin, _, _ in before.words} | {
        stop for _, stop, word in before.words if word in BEFORE or word in stopwords()
    }
    best, best_size = -1e9, 0
    wall = _wall(before, place)
    for size in range(1, min(len(head), 7, place - wall) + 1):
        piece = head[-size:]
        value = gain(piece, plain(words[0]))
        if len(plain(words[0])) < 4:
            value = max(value, gain(piece, plain(words[0] + words[1])) - 1.0)
        if place - size in edges or size == len(head):
            value += 1.0
        if value > best:
            best, best_size = value, size
    return best_size


def _sound(before: Before, latin: str) -> Found:
    """A name without dot that spells the Latin one, or its last word."""
    if latin.isupper() and len(latin) < 6:
        return None
    if any(word.islower() for word in latin.split(" ") if word not in JOINING):
        return None
    words = [plain(word) for word in latin.split(" ") if plain(word)]
    run = re.search(rf"[{_HAN}\-]+$", before.text)
    if not words or not run or len(words) > 5:
        return None
    targets = {words[-1], words[0], *("".join(words[-n:]) for n in range(2, 5))}
    size_of_run = len(before.text)
    edges = {begin for begin, _, _ in before.words} | {0}
    ends = {stop for _, stop, word in before.words if word in BEFORE or word in stopwords()} | {0}
    best, best_size = 0.0, 0
    for size in range(2, min(len(run[0]), 9, size_of_run - _wall(before, size_of_run)) + 1):
        piece = before.text[-size:].replace("-", "")
        value = max(
            gain(piece, target) - (2.0 if target == words[0] != words[-1] else 0) for target in targets
        )
        place = size_of_run - size
        value += 0.8 * (place in edges) + 1.2 * (place in ends) - 0.6 * (place not in edges)
        if value > best:
            best, best_size = value, size
    if best_size and best / best_size > 0.9:
        return best_size, min(0.6 + 0.1 * best, 0.95), "sound"
    return None


def _wall(before: Before, place: int) -> int:
    """Return the end of the last word before *place* that is a role, an action or the like."""
    ends = [
        end
        for begin, end, word in before.words
        if end < place and end - begin > 1 and (_stops_name(word) or word.endswith(_ROLES))
    ]
    return max(ends, default=0)


@cache
def _stops_name(word: str) -> bool:
    """Say whether a Chinese name cannot reach across this word."""
    if word in BEFORE or word in stopwords():
        return True
    table = ConceptTable.default()
    kinds = {table.kinds[number] for number in _by_form().get(word, ())}
    return bool(kinds & {"role", "action"}) or (len(word) > 2 and word[-1] in "家员长官师")


# --- meaning ------------------------------------------------------------------------------------------------


def _all_translated(before: Before, latin: str) -> Found:
    """Every word of the Latin name has its translation in the Chinese one."""
    found = _meaning(before, latin)
    return found if found and found[1] >= 0.95 else None


def _meaning(before: Before, latin: str) -> Found:
    """A translation: words of the Chinese name are words of the Latin one by the concept table."""
    words = [word for word in re.split(r"[ \-]", latin.lower()) if word and word not in JOINING]
    if len(words) < 2 or latin.isupper():
        return None
    table = _by_form()
    wanted = _concepts_in(latin)
    if not wanted:
        return None
    far = 0
    matched: set[int] = set()
    stops = stopwords()
    starts = sorted({begin for begin, _, _ in before.words})
    limit = len(before.text)
    for begin, _, word in reversed(before.words):
        if (word in stops and word not in ("的", "和", "与", "及")) or re.fullmatch(r"[A-Za-z0-9.]+", word):
            limit = begin
            break
    for begin in reversed(starts):
        if len(before.text) - begin > _LONGEST:
            break
        if limit < len(before.text) and begin <= limit:
            break
        for stop in range(begin + 1, min(begin + 8, len(before.text)) + 1):
            hit = wanted & set(table.get(before.text[begin:stop], ()))
            if hit - matched:
                matched |= hit
                far = len(before.text) - begin
    if not far or (far < 4 and len(words) > 2):
        return None
    share = len(matched) / len(words)
    first = _concepts_in(words[0]) & matched
    far = _as_long(before, far, len(words) if first else len(words) + 1)
    return (far, min(0.6 + 0.36 * share, 0.95), "meaning") if share >= 0.34 else None


def _as_long(before: Before, size: int, wanted: int) -> int:
    """Take further words on the left in while there are fewer than the Latin name has."""
    inside = [begin for begin, _, _ in before.words if begin >= len(before.text) - size]
    for begin, end, word in reversed(before.words):
        if _is_country(word):
            break
        if (
            end == len(before.text) - size
            and len(inside) < wanted
            and not _stops_name(word)
            and len(word) > 1
        ):
            size, inside = len(before.text) - begin, [begin, *inside]
    return size


def _concepts_in(latin: str) -> set[int]:
    table = _by_form()
    words = latin.lower().replace("’", "'").split(" ")
    found: set[int] = set()
    for first in range(len(words)):
        for last in range(first + 1, min(first + 4, len(words)) + 1):
            phrase = " ".join(words[first:last])
            for form in (phrase, phrase.removesuffix("'s"), phrase.replace("'s", "")):
                found |= set(table.get(form, ()))
    return found


# --- words --------------------------------------------------------------------------------------------------


def _by_words(before: Before, latin: str) -> Found:
    """No other evidence: the words behind the last one that no name begins with."""
    body = before.text.endswith(HEADS)
    wanted = _concepts_in(latin)
    kept: list[tuple[int, int, str]] = []
    stopped = False
    for begin, end, word in reversed(before.words):
        inner = body and kept and (word in "和与及暨" or _is_country(word))
        ours = bool(wanted & set(_by_form().get(word, ())))
        inner = inner or (body and not kept)
        inner = inner or (body and not _stops_body(word))
        if re.fullmatch(r"[A-Za-z0-9.·]+", word) or (_stops_name(word) and not inner and not ours):
            stopped = True
            break
        kept.insert(0, (begin, end, word))
    while kept and kept[0][2] in "和与及暨":
        kept.pop(0)
    if not kept:
        return None
    if (
        _is_country(kept[0][2])
        and len(kept) > 1
        and not latin.isupper()
        and not wanted & _concepts_of(kept[0][2])
    ):
        kept.pop(0)
    size = len(before.text) - kept[0][0]
    found = _judged(before, kept, size, latin, stopped or kept[0][0] == 0, body)
    if found and "19" in latin:
        return _with_qualifiers(before, found[0], latin), found[1], found[2]
    return found


def _judged(
    before: Before, kept: list[tuple[int, int, str]], size: int, latin: str, sure: bool, body: bool
) -> Found:
    """Believe the words if there are about as many as the Latin name needs."""
    words = [word for word in latin.split(" ") if word.lower() not in JOINING] or latin.split(" ")
    given = words[0].lower() in ConceptTable.default().given_names
    capitals = all(word[:1].isupper() for word in words)
    if latin.isupper() and len(words) == 1:
        if 3 <= size <= 4 * len(latin) + 2:
            return size, 0.75 if sure else 0.6, "words"
        last = len(before.text) - kept[-1][0]
        return (last, 0.55, "words") if last >= max(3, len(latin)) else None
    if body and size <= _LONGEST:
        return size, 0.7 if sure else 0.55, "words"
    if capitals and 2 <= len(words) <= 4 and (given or 2 <= size <= 4):
        if 2 <= size <= 4:
            return size, 0.8 if sure or given else 0.65, "words"
        last = len(before.text) - kept[-1][0]
        if len(kept) > 1 and kept[-2][1] - kept[-2][0] == 1 and last == 2:
            last += 1  # a surname that the segmenter has cut off
        return (last, 0.6, "words") if 2 <= last <= 4 else None
    if size <= max(4, 3 * len(words) + 2):
        return size, 0.65 if sure else 0.5, "words"
    tail, count = 0, 0
    for begin, _, _ in reversed(kept):
        tail, count = len(before.text) - begin, count + 1
        if count >= len(words):
            break
    return tail, 0.5, "words"


def _stops_body(word: str) -> bool:
    """Say whether the name of a body cannot reach across this word; 传播 and 管理 may be part of it."""
    return word in BEFORE or word in stopwords() or _is_role(word)


def _concepts_of(word: str) -> set[int]:
    return set(_by_form().get(word, ()))


@cache
def _is_role(word: str) -> bool:
    table = ConceptTable.default()
    return any(table.kinds[number] == "role" for number in _concepts_of(word))


@cache
def _is_country(word: str) -> bool:
    table = ConceptTable.default()
    return any(table.kinds[number] == "country" for number in _concepts_of(word))

"""The edge of a name that translates the Latin one: words of both are forms of one concept."""

import re

from bitext.glossaries.before import (
    LONGEST,
    Before,
    Found,
    by_form,
    concepts_in,
    is_country,
    is_role,
    no_beginning,
    stops_name,
)
from bitext.glossaries.words import BEFORE, JOINING, SHORT, VERBS
from bitext.lexicons.stopwords import stop_words


def all_translated(before: Before, latin: str) -> Found:
    """Every word of the Latin name has its translation in the Chinese one."""
    found = meaning(before, latin)
    return found if found and found[1] >= 0.95 else None


def headed(before: Before, latin: str) -> Found:
    """A company: both names end in one word (科技, Tech); it, and as many before it as the Latin name has."""
    words = [word for word in re.split(r"[ \-]", latin.strip(" .")) if word]
    if len(words) < 2 or len(before.words) < 2 or latin.isupper():
        return None
    begin, end, last = before.words[-1]
    head = words[-1].lower()
    meant = head in SHORT and concepts_in(SHORT[head]) & concepts_in(last)
    if end != len(before.text) or end - begin < 2 or not meant:
        return None
    taken = 1
    for start, _, word in reversed(before.words[:-1]):
        if taken == len(words) or stops_name(word) or is_country(word) or end - start > LONGEST:
            break
        begin, taken = start, taken + 1
    return (len(before.text) - begin, 0.8, "meaning") if taken > 1 else None


def meaning(before: Before, latin: str) -> Found:
    """A translation: words of the Chinese name are words of the Latin one by the concept table."""
    words = [word for word in re.split(r"[ \-]", latin.lower()) if word and word not in JOINING]
    if len(words) < 2 or latin.isupper():
        return None
    table = by_form()
    wanted = concepts_in(latin)
    if not wanted:
        return None
    far = 0
    matched: set[int] = set()
    stops = stop_words()
    starts = sorted({begin for begin, _, _ in before.words})
    limit = len(before.text)
    for begin, _, word in reversed(before.words):
        if (word in stops and word not in ("的", "和", "与", "及")) or re.fullmatch(r"[A-Za-z0-9.]+", word):
            limit = begin
            break
    for begin in reversed(starts):
        if len(before.text) - begin > LONGEST:
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
    first = concepts_in(words[0]) & matched
    far = _as_long(before, far, len(words) if first else len(words) + 1)
    return (far, min(0.6 + 0.36 * share, 0.95), "meaning") if share >= 0.34 else None


def _as_long(before: Before, size: int, wanted: int) -> int:
    """Take further words on the left in while there are fewer than the Latin name has."""
    inside = [begin for begin, _, _ in before.words if begin >= len(before.text) - size]
    for begin, end, word in reversed(before.words):
        if is_country(word):
            break
        if end == len(before.text) - size and len(inside) < wanted and not _stops(word) and len(word) > 1:
            size, inside = len(before.text) - begin, [begin, *inside]
    return size


def _stops(word: str) -> bool:
    """Say whether a translated name cannot reach across this word; 复兴 and 管理 may be part of it."""
    return word in BEFORE or word in VERBS or word in stop_words() or is_role(word) or no_beginning(word)

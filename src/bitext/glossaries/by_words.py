"""The edge of a name without other evidence: behind the last word that no name begins with."""

import re

from bitext.concepts.lookup import ConceptTable
from bitext.glossaries.before import (
    LONGEST,
    Before,
    Found,
    by_form,
    concepts_in,
    concepts_of,
    is_country,
    is_place,
    is_role,
    no_beginning,
    stops_name,
)
from bitext.glossaries.by_table import with_qualifiers
from bitext.glossaries.words import BEFORE, HEADS, JOINING, KINDS, NEVER_INSIDE, SENTENCE, VERBS
from bitext.lexicons.stopwords import stop_words

#: From this confidence on a guess is believed.
_BELIEVED = 0.55


def by_words(before: Before, latin: str) -> Found:
    """No other evidence: the words behind the last one that no name begins with."""
    if SENTENCE & set(latin.lower().split(" ")):
        return None
    found = _behind_the_last(before, latin)
    return _by_letters(before, latin) if found is None or found[1] < _BELIEVED else found


def _by_letters(before: Before, latin: str) -> Found:
    """A term of as many words as the abbreviation has letters: 紧急|使用|授权（EUA）."""
    last = before.words[-len(latin) :]
    if not (latin.isupper() and latin.isalpha() and 3 <= len(latin) <= 5 and len(last) == len(latin)):
        return None
    if any(end - begin != 2 or word in stop_words() or is_role(word) for begin, end, word in last):
        return None
    first = last[0][2]
    return None if first in BEFORE or no_beginning(first) else (len(before.text) - last[0][0], 0.65, "words")


def _behind_the_last(before: Before, latin: str) -> Found:
    # An abbreviation stands for a body, or for a term that is made like the name of one.
    body = before.text.endswith(HEADS) or (latin.isupper() and " " not in latin)
    wanted = concepts_in(latin)
    kept: list[tuple[int, int, str]] = []
    stopped = False
    for begin, end, word in reversed(before.words):
        inner = body and kept and (word in "和与及暨" or is_country(word))
        ours = bool(wanted & set(by_form().get(word, ())))
        inner = inner or (body and not kept)
        inner = inner or (body and not _stops_body(word))
        stops = stops_name(word) and not inner and not ours
        if re.fullmatch(r"[A-Za-z0-9.·]+", word) or stops or word in NEVER_INSIDE:
            stopped = True
            break
        kept.insert(0, (begin, end, word))
    while kept and (kept[0][2] in "和与及暨" or (len(kept) > 1 and kept[0][2] in VERBS | KINDS)):
        kept.pop(0)
    if not kept:
        return None
    if (
        is_place(kept[0][2])
        and len(kept) > 1
        and not latin.isupper()
        and not wanted & concepts_of(kept[0][2])
    ):
        kept.pop(0)
    size = len(before.text) - kept[0][0]
    found = _judged(before, kept, size, latin, stopped or kept[0][0] == 0, body)
    if found and "19" in latin:
        return with_qualifiers(before, found[0], latin), found[1], found[2]
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
    if body and size <= LONGEST:
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
    return word in BEFORE or word in stop_words() or word in VERBS or is_role(word) or no_beginning(word)

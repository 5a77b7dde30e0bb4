"""The edge of a name that spells the Latin one: with dots (蒂埃里·布雷顿), or without."""

import re

from bitext.concepts.lookup import ConceptTable
from bitext.glossaries.before import HAN, LONGEST_PART, Before, Found, concepts_in, concepts_of, is_role, wall
from bitext.glossaries.transliteration import gain, plain
from bitext.glossaries.words import BEFORE, JOINING, LEFT_OVER, SHIPS, UNSPOKEN
from bitext.lexicons.stopwords import stop_words

#: A dash that stands for a dot: between characters, not in Q-9.
_DASH = re.compile(rf"(?<=[{HAN}A-Z])-(?=[{HAN}])")
#: What each character must add where a part of a name is to sound like the Latin one.
_SOUNDS = 0.9


def dotted(before: Before, latin: str) -> Found:
    """A name with dots: its parts are sure, only the first part needs an edge."""
    text = before.text if "-" in latin else _DASH.sub("·", before.text)
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
        if any(len(part) > LONGEST_PART for part in parts[first + 1 : -1]):
            continue
        behind = sum(len(part) + 1 for part in parts[first + 1 :])
        size = _head_size(head, words, before, behind)
        if size and before.text[len(text) - behind] == "-" and "-" not in latin:
            # A dash also stands between a role and a name: 专家-贾里德·伯恩斯坦.
            size = size if gain(head[-size:], plain(words[0])) > _SOUNDS * size else 0
        if size:
            total = size + behind
            if re.search(r"\bJr\b|\bSr\b", latin) and text[: len(text) - total].endswith("小"):
                total += 1
            return total, 0.93, "dotted"
    return None


def _head_size(head: str, words: list[str], before: Before, behind: int) -> int:
    """Return how many characters at the end of *head* spell the first word of the Latin name."""
    if re.fullmatch(r"[A-Z.]+", head):
        return len(head)
    match = re.search(rf"[{HAN}\-]+$|[A-Z.]+$", head)
    head = match[0] if match else ""
    if not head:
        return 0
    place = len(before.text) - behind
    edges = {begin for begin, _, _ in before.words} | {
        stop for _, stop, word in before.words if word in BEFORE or word in stop_words()
    }
    best, best_size = -1e9, 0
    nearest = wall(before, place)
    # A word of the run may hold the role, too: 州务卿凯西·博克瓦尔.
    for size in range(len(head) - 1, 1, -1):
        if head[:size] in BEFORE or is_role(head[:size]):
            nearest = max(nearest, place - len(head) + size)
            break
    for size in range(1, min(len(head), 7, place - nearest) + 1):
        piece = head[-size:]
        value = gain(piece, plain(words[0]))
        if len(plain(words[0])) < 4:
            value = max(value, gain(piece, plain(words[0] + words[1])) - 1.0)
        if place - size in edges or size == len(head):
            value += 1.0
        if value > best:
            best, best_size = value, size
    return best_size


def ship(before: Before, latin: str) -> Found:
    """A ship: what spells its name, with 号 and its class behind it: 马斯廷号驱逐舰（USS Mustin）."""
    if not latin.startswith(SHIPS):
        return None
    match = re.search(rf"号[{HAN}]{{0,6}}$", before.text)
    if match is None:
        return None
    behind = len(match[0])
    stem = Before(before.text[: match.start()], before.start, before.words)
    found = sound(stem, latin.partition(" ")[2])
    return (found[0] + behind, 0.85, "sound") if found else None


def sound(before: Before, latin: str) -> Found:
    """A name without dot that spells the Latin one, or its last word; 集团 or 镇 may stand behind it."""
    if before.words and (translated := concepts_of(before.words[-1][2]) & concepts_in(latin)):
        table = ConceptTable.default()
        if not any(table.named[number] for number in translated):
            return _with_translated(before, latin)
    for head in UNSPOKEN:
        stem = before.text.removesuffix(head)
        if stem != before.text and len(stem) > 1 and not concepts_in(head) & concepts_in(latin):
            found = _spelt(Before(stem, before.start, before.words), latin)
            if found and found[1] >= _SURE:
                return found[0] + len(head), found[1], found[2]
            break
    return _spelt(before, latin)


def _with_translated(before: Before, latin: str) -> Found:
    """The last word is translated, not spelt: 西恩那大学 (University of Siena) by what stands before it."""
    begin, end, _ = before.words[-1]
    stem = Before(before.text[: len(before.text) - (end - begin)], before.start, before.words[:-1])
    found = _spelt(stem, latin) if len(stem.text) > 1 else None
    return (found[0] + end - begin, found[1], found[2]) if found and found[1] >= _SURE else None


#: What the stem of a name without 集团 or 镇 must reach: such words are often part of the sound.
_SURE = 0.85


def _spelt(before: Before, latin: str) -> Found:
    if latin.isupper() and len(latin) < 6:
        return None
    if any(word.islower() for word in latin.split(" ") if word not in JOINING):
        return None
    words = [plain(word) for word in latin.split(" ") if plain(word)]
    run = re.search(rf"[{HAN}\-]+$", before.text)
    if not words or not run or len(words) > 5:
        return None
    targets = {words[-1], words[0], *("".join(words[-n:]) for n in range(2, 5))}
    size_of_run = len(before.text)
    edges = {begin for begin, _, _ in before.words} | {0}
    ends = {stop for _, stop, word in before.words if word in BEFORE or word in stop_words()} | {0}
    best, best_size = 0.0, 0
    for size in range(2, min(len(run[0]), 9, size_of_run - wall(before, size_of_run)) + 1):
        piece = before.text[-size:].replace("-", "")
        value = max(
            gain(piece, target) - (2.0 if target == words[0] != words[-1] else 0) for target in targets
        )
        place = size_of_run - size
        value += 0.8 * (place in edges) + 1.2 * (place in ends) - 0.6 * (place not in edges)
        if piece[0] in LEFT_OVER and place and size > 2:
            value -= 1.5
        if value > best:
            best, best_size = value, size
    if best_size and best / best_size > 0.9:
        return best_size, min(0.6 + 0.1 * best, 0.95), "sound"
    return None

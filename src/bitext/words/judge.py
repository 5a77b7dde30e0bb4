"""Which of the runs that were counted are words."""

import math
from collections import defaultdict
from typing import Any

from bitext.text.scripts.convert import to_simplified
from bitext.words.evidence import WordEvidence
from bitext.words.judge_names import judged_names
from bitext.words.lists import concept_words, known_words, word_list
from bitext.words.word import Word

#: Of a piece of several characters so many occurrences must stand in the run; of the rarest single character.
_BOUND, _RARE = 0.5, 0.2
#: Least entropy on either side, in nats: ln 2 is two characters alike.
_VARIED = 0.69
#: Least occurrences of a name with evidence around it.
_LEAST = 2
#: Characters of no term: 交了钱, 黄姓士官长.
_INSIDE = frozenset("的了过姓")
#: Kinds of words that neither explain others nor are explained by them.
_SURE = ("foreign", "glossary", "byline", "outlet")
#: Of these, too, one that only ever begins a longer name is none.
_BEGUN = ("name", "foreign")
#: A word goes when a longer one, or one that it holds, has so many of its occurrences.
_SAME = 0.8


def judged(found: WordEvidence, min_count: int) -> list[tuple[Any, ...]]:
    """Return the rows of the table of new words, in no order."""
    spellings: dict[str, list[str]] = defaultdict(list)
    totals: dict[str, int] = defaultdict(int)
    for pieces, n in found.runs.items():
        word = pieces.replace("|", "")
        spellings[word].append(pieces)
        totals[word] += n
    # One occurrence makes no word, and most runs have one.
    spellings = {word: keys for word, keys in spellings.items() if totals[word] >= min(min_count, _LEAST)}
    known = known_words()
    sides = (_entropies(found.left, spellings), _entropies(found.right, spellings))
    words: dict[str, Word] = {}
    for word, keys in sorted(spellings.items()):
        if word in known:
            continue
        row = _row(found, word, keys, sides)
        kind = _kind(found, row, keys, min_count)
        if kind:
            words[word] = row._replace(kind=kind)
    words = _beside_concepts(words)
    for row in judged_names(found, {word: totals[word] for word in spellings}):
        words.setdefault(row.word, row)
    return list(_unsubsumed(words))


def _row(
    found: WordEvidence, word: str, keys: list[str], sides: tuple[dict[str, float], dict[str, float]]
) -> Word:
    n = sum(found.runs[key] for key in keys)
    torn = sum(found.runs[key] for key in keys if "|" in key)
    best = max(keys, key=lambda key: ("|" in key, found.runs[key], key))
    rarest = min(found.single.get(piece, 1) for piece in best.split("|"))
    _, _, article, example = min(found.first[key] for key in keys)
    cohesion = min(1.0, found.runs[best] / max(rarest, 1))
    return Word(
        word,
        "",
        n,
        torn,
        found.articles[word],
        cohesion,
        sides[0][word],
        sides[1][word],
        best,
        article,
        example,
    )


def _kind(found: WordEvidence, row: Word, keys: list[str], min_count: int) -> str:
    """Say what kind of word it is; "" is none."""
    if not row.torn or row.word.endswith(tuple(word_list("glued"))):
        return ""
    named = sum(found.named.get(key, 0) for key in keys)
    if _is_name(row.word) and named >= max(1, row.n // 4) and row.n >= _LEAST and _cohesive(found, row):
        return "name"
    if row.n < min_count or row.left < _VARIED or row.right < _VARIED:
        return ""
    pieces = row.pieces.split("|")
    ragged = _ragged(row.word) and row.word not in concept_words()  # 那斯达克
    if ragged or not _INSIDE.isdisjoint(row.word) or len(set(row.word)) == 1:
        return ""
    # 穿|高跟鞋 (wear high heels): a verb and its object.
    object_of = len(pieces[0]) == 1 and pieces[1] in known_words()
    if object_of and found.runs[row.pieces] < _RARE * found.single.get(pieces[0], 1):
        return ""
    for piece in pieces:
        if len(piece) > 1 and found.runs[row.pieces] < _BOUND * found.single.get(piece, 1):
            return ""
    return "term" if row.cohesion >= _RARE else ""


def _beside_concepts(words: dict[str, Word]) -> dict[str, Word]:
    """Take forms of concepts off either end: 冠病 of 冠病疫情; what holds one otherwise goes.

    A learnt 拜登上 (of 拜登上任) would hide 拜登 (Biden) from all that looks for concepts.
    """
    forms, known, kept = concept_words(), known_words(), dict[str, Word]()
    for word, row in words.items():
        parts = {word[a:b] for a in range(len(word)) for b in range(a + 2, len(word) + 1)}
        inner = set() if word in forms else parts & forms
        rest = word
        for form in sorted(inner, key=lambda form: (-len(form), form)):
            rest = rest.removesuffix(form).removeprefix(form)
        fresh = len(rest) > 1 and rest not in known and rest not in words and not _ragged(rest)
        if not inner or fresh:
            kept[rest] = row._replace(word=rest)
    return kept


def _ragged(word: str) -> bool:
    """Say whether a word begins or ends with what belongs to others: 司副 of 副司长."""
    return word[-1] in word_list("ends_nothing") or word[0] in word_list("begins_nothing")


def _cohesive(found: WordEvidence, row: Word) -> bool:
    """Say whether the pieces of a name belong together: 蔡|通话 (Cai, call) does not, 翟|东升 does."""
    given = row.pieces.split("|")[-1]
    if len(given) > 1 and given in known_words():
        return found.runs[row.pieces] >= _BOUND * found.single.get(given, 1)
    return row.cohesion >= _RARE / 2


def _is_name(word: str) -> bool:
    """Say whether a word has the form of a Chinese person's name: surname and one or two characters."""
    surnames = word_list("surname")
    if word[-1] in word_list("ends_nothing"):
        return False
    if word[:2] in surnames:
        return 3 <= len(word) <= 4
    return word[:1] in surnames and 2 <= len(word) <= 3


def _entropies(pairs: Any, spellings: dict[str, list[str]]) -> dict[str, float]:
    """Return the entropy of what stands on one side of each word; the edge of a run is new each time."""
    beside: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    wanted = {key for keys in spellings.values() for key in keys}
    for (key, character), n in pairs.items():
        if key in wanted:
            beside[key.replace("|", "")][character] += n
    found = {}
    for word in spellings:
        counts = beside[word]
        total = sum(counts.values())
        value = math.log(total) if total else 0.0
        value -= sum(n * math.log(n) for c, n in sorted(counts.items()) if c) / max(total, 1)
        found[word] = value
    return found


def _begins(part: Word, row: Word) -> bool:
    """Say whether a name is only the beginning of another one: 马拉希 of 马拉希尼亚努."""
    return "·" not in row.word and row.n >= _SAME * part.n and row.word in to_simplified(part.example)


def _unsubsumed(words: dict[str, Word]) -> list[Word]:
    """Drop parts of a longer word that has nearly all their occurrences, and longer words that are chance."""
    gone = set()
    for word, row in words.items():
        for size in range(2, len(word)):
            for start in range(len(word) - size + 1):
                part = words.get(word[start : start + size])
                if part is None:
                    continue
                if row.kind in _SURE or part.kind in _SURE:
                    if start == 0 and part.kind in _BEGUN and _begins(part, row):
                        gone.add(part.word)
                    continue
                gone.add(part.word if row.n >= _SAME * part.n else word)
    return [row for word, row in words.items() if word not in gone]

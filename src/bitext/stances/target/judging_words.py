"""Words that judge: those of the polarity list, and deeds, with what they say of agent and of patient."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from bitext.arrays import Bools, Floats, Ints
from bitext.attribution.annotations import Annotations
from bitext.cues.negation import REACH, distance
from bitext.lexicons.inflection import verb_forms
from bitext.lexicons.loader import rows
from bitext.text.tokenizer import Tokenizer
from bitext.tokens.clauses import View
from bitext.tokens.phrases import Phrases, without_overlap

#: A negation turns praise over and weakens it (Hutto & Gilbert 2014 measured this factor). Blame that is
#: negated counts nothing: "no evidence that Acme broke the rules" is no praise of Acme.
NEGATION = -0.74
#: A degree word so many words before a polarity word weighs it.
DEGREE_REACH = 2
#: Words before a deed that make its subject the patient, and how many words before it they stand.
_PASSIVE = {
    "zh": (2, frozenset(["被", "遭", "遭到", "遭受", "受", "受到", "获", "获得"])),
    "en": (
        3,
        frozenset(
            [
                "is",
                "are",
                "was",
                "were",
                "be",
                "been",
                "being",
                "am",
                "get",
                "gets",
                "got",
                "getting",
                "gotten",
            ]
        ),
    ),
}
_QUESTION = frozenset("?？")
_RHETORICAL = frozenset(
    [
        "难道",
        "岂",
        "岂能",
        "岂是",
        "岂有",
        "何尝",
        "何曾",
        "哪有",
        "何来",
        "何必",
        "怎能",
        "怎会",
        "怎么能",
        "怎么会",
    ]
)
#: The same in two words: one of the first, then one of the second.
_RHETORICAL_PAIRS = (
    (frozenset(["how"]), frozenset(["can", "could", "dare"])),
    (frozenset(["who"]), frozenset(["would", "could", "can"])),
    (frozenset(["since"]), frozenset(["when"])),
    (frozenset(["谁"]), frozenset(["会", "还会", "能", "还能", "敢"])),
)
#: Quotation marks around no more than this, which hold a word of praise, mark it as somebody else's.
_QUOTED = 4
#: Words that a so-called reaches, its marks included: 所谓的“成功.
_CALLED = 3
_LANGS = ("zh", "en")


@dataclass(frozen=True)
class JudgingWords:
    """Words that judge, as parallel arrays in order of place.

    Attributes:
        first, last: tokens (inclusive).
        kind: number of its kind in `kinds()`.
        agent: what it says of the one who does it, or of whom it is said.
        patient: what it says of the one to whom it is done.
        passive: whether its subject is the patient.
    """

    first: Ints
    last: Ints
    kind: Ints
    agent: Floats
    patient: Floats
    passive: Bools


@dataclass(frozen=True)
class _Deeds:
    phrases: Phrases
    kind: Ints
    participle: Bools


def judging_words(reading: Annotations, said: tuple[Floats, Floats] | None = None) -> JudgingWords:
    """Return the words that judge in *reading*; a deed that is also a polarity word counts as a deed.

    Args:
        reading: what the rules saw.
        said: other values than `values`, as those who estimate them need.
    """
    view = reading.view
    deeds = _deeds(view.tokens.tokenizer)
    phrase, first, last = without_overlap(deeds.phrases.find(view.tokens))
    taken = _covered(len(view.tokens), first, last)
    value = polarities(reading)
    value[taken] = 0.0
    word = np.flatnonzero(value)
    taken |= value != 0
    cue, cue_first, cue_last = _cues(reading, taken)
    good = np.where(value[word] > 0, kinds()["good"], kinds()["bad"])
    kind = np.concatenate((deeds.kind[phrase], good, cue))
    weight = np.concatenate((np.ones(len(phrase)), np.abs(value[word]), np.ones(len(cue))))
    at = np.concatenate((first, word, cue_first))
    numbers = [_LANGS.index(name) if name in _LANGS else 1 for name in view.lang]
    lang = np.array(numbers, dtype=np.int64)[view.article[at]]
    denied = _denied(view, last[deeds.kind[phrase] == kinds()["deny"]])
    tables = [table[kind, lang] * weight for table in said or values()]
    agent, patient = _softened(reading, at, denied, tables)
    passive = np.zeros(len(at), dtype=bool)
    passive[: len(first)] = _passive(view, first, deeds.participle[phrase])
    order = np.argsort(at, kind="stable")
    last = np.concatenate((last, word, cue_last))[order]
    return JudgingWords(at[order], last, kind[order], agent[order], patient[order], passive[order])


def _covered(size: int, first: Ints, last: Ints) -> Bools:
    change = np.zeros(size + 1, dtype=np.int64)
    np.add.at(change, first, 1)
    np.add.at(change, last + 1, -1)
    return np.asarray(np.cumsum(change[:-1]) > 0)


def _cues(reading: Annotations, taken: Bools) -> tuple[Ints, Ints, Ints]:
    """Return kind, first and last token of the hits of those features that are kinds, on tokens not *taken*.

    A negation counts where it has nothing to negate: no word that judges stands in its reach.
    """
    view, hits = reading.view, reading.hits
    number = np.array([kinds().get(name, -1) for name in hits.names], dtype=np.int64)[hits.feature]
    held = np.concatenate(([0], np.cumsum(taken)))
    stop = np.minimum(
        hits.last + 1 + REACH, np.searchsorted(view.clause, view.clause[hits.last], side="right")
    )
    free = held[hits.last + 1] == held[hits.first]
    empty = held[stop] == held[hits.last + 1]
    kept = (number >= 0) & free & (empty | (number != kinds().get("negation", -1)))
    return number[kept], hits.first[kept], hits.last[kept]


def polarities(reading: Annotations) -> Floats:
    """Return for each token the valence of the polarity word that begins there, with its degree word."""
    view, found = reading.view, reading.found
    value = np.zeros(len(view.tokens))
    polarity = found.polarity
    value[polarity.first] = found.facts.valence[polarity.cue]
    for step in range(1, DEGREE_REACH + 1):
        behind = found.degrees.last + step
        inside = behind < len(value)
        inside[inside] = view.clause[behind[inside]] == view.clause[found.degrees.last[inside]]
        value[behind[inside]] *= found.facts.degree[found.degrees.cue[inside]]
    return value


def valences(reading: Annotations) -> Floats:
    """Return `polarities` with praise turned over, and blame taken away, under a negation."""
    value = polarities(reading)
    turned = distance(reading.view, reading.found) <= REACH
    value[turned] = np.maximum(value[turned], 0) * NEGATION
    return value


@cache
def kinds() -> dict[str, int]:
    """Return the kinds of judging words and their numbers: polarity words are "good" or "bad"."""
    return {name: number for number, name in enumerate(sorted({row["kind"] for row in rows("deeds")}))}


@cache
def values() -> tuple[Floats, Floats]:
    """Return what each kind says of agent and of patient, by kind and language."""
    agent, patient = np.zeros((2, len(kinds()), len(_LANGS)))
    for row in rows("deeds"):
        sign = -1.0 if row["kind"] == "bad" else 1.0  # of polarity words a factor on their valence
        place = kinds()[row["kind"]], _LANGS.index(row["lang"])
        agent[place], patient[place] = sign * float(row["agent"]), sign * float(row["patient"])
    return agent, patient


@lru_cache(maxsize=4)
def _deeds(tokenizer: Tokenizer) -> _Deeds:
    forms: dict[str, tuple[int, bool]] = {}
    for row in rows("deeds"):
        kind, english = kinds()[row["kind"]], row["lang"] == "en"
        for entry in filter(None, row["forms"].split("|")):
            form, _, fixed = entry.partition("@")
            forms[form] = (kind, False)
            for verb in verb_forms(form) if english and not fixed else ():
                head = verb.partition(" ")[0]
                forms.setdefault(verb, (kind, not head.endswith(("ing", "s"))))
    numbers = np.array(list(forms.values()), dtype=np.int64)
    phrases = Phrases.compile(list(forms), tokenizer)
    return _Deeds(phrases, numbers[:, 0], numbers[:, 1] > 0)


def _passive(view: View, first: Ints, participle: Bools) -> Bools:
    """Say of each deed, by its first token, whether a passive marker stands before it in its clause."""
    found = np.zeros(len(first), dtype=bool)
    chinese = (view.lang == "zh")[view.article[first]]
    for name, fits in (("zh", chinese), ("en", ~chinese & participle)):
        reach, markers = _PASSIVE[name]
        marks = tokens_among(view, markers)
        for step in range(1, reach + 1):
            before = np.maximum(first - step, 0)
            found |= fits & marks[before] & (view.clause[before] == view.clause[first])
    return found


def tokens_among(view: View, words: frozenset[str]) -> Bools:
    """Say of each token whether it is one of *words*."""
    listed = np.fromiter((word in words for word in view.types), bool, len(view.types))
    return np.asarray(listed[view.tokens.term])


def _softened(reading: Annotations, at: Ints, denied: Bools, said: Sequence[Floats]) -> list[Floats]:
    """Return the values of words at tokens *at* after negation, denial, irony marks and questions."""
    view = reading.view
    negated = (distance(view, reading.found) <= REACH)[at]
    asked = _in_sentences(view, tokens_among(view, _QUESTION))[at]
    doubted = _in_sentences(view, _rhetorical(view))[at]
    turned = negated | _ironic(reading)[at] | (asked & doubted)
    found = []
    for value in said:
        praise = np.maximum(value, 0)
        praise = np.where(turned, praise * NEGATION, np.where(asked, 0.0, praise))
        found.append(praise + np.where(negated | denied[at], 0.0, np.minimum(value, 0)))
    return found


def _in_sentences(view: View, marked: Bools) -> Bools:
    """Say of each token whether one that is *marked* stands in its sentence."""
    held = np.zeros(len(view.first), dtype=bool)
    held[view.sentence[marked]] = True
    return np.asarray(held[view.sentence])


def _rhetorical(view: View) -> Bools:
    """Say of each token whether it makes of a question one that asks nothing: 难道, how can."""
    found = tokens_among(view, _RHETORICAL)
    for first, second in _RHETORICAL_PAIRS:
        found[:-1] |= tokens_among(view, first)[:-1] & tokens_among(view, second)[1:]
    return found


def _ironic(reading: Annotations) -> Bools:
    """Say of each token whether it stands in scare quotes, alone in any, or behind so-called and the like."""
    hits, view, heard = reading.hits, reading.view, reading.voices
    size = len(view.tokens)
    mine = hits.feature == (hits.names.index("scare") if "scare" in hits.names else -1)
    short = [
        (row, quote.inner_start, quote.inner_end)
        for (row, quote), speech in zip(heard.quotes, heard.speech.tolist(), strict=True)
        if not speech and _is_word(view.texts[row][quote.inner_start : quote.inner_end])
    ]
    row, start, end = np.array(short, dtype=np.int64).reshape(-1, 3).T
    first, last = view.token_at(row, start), view.token_ending(row, end)
    first, last = first[first <= last], last[first <= last]
    return _covered(
        size,
        np.concatenate((hits.first[mine], first)),
        np.concatenate((np.minimum(hits.last[mine] + _CALLED, size - 1), last)),
    )


def _is_word(quoted: str) -> bool:
    """Say whether what is *quoted* is one word, in lower case where it has any."""
    return 0 < len(quoted) <= _QUOTED if not quoted.isascii() else quoted.isalpha() and quoted.islower()


def _denied(view: View, last: Ints) -> Bools:
    """Say of each token whether a denial, which ends at one of *last*, stands earlier in its clause."""
    denials = np.zeros(len(view.tokens), dtype=np.int64)
    denials[last] = 1
    before = np.cumsum(denials) - denials
    return before > before[np.searchsorted(view.clause, view.clause)]

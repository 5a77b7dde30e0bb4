"""Two sentences that are otherwise alike → where one counts nobody and the other some: 无人受伤, two hurt."""

import re
from typing import NamedTuple

from bitext.events.statements.opposites import acts_of
from bitext.events.statements.units.meanings import stem
from bitext.lexicons.stopwords import stop_words
from bitext.text.numerals import EN_WORDS, MAGNITUDES
from bitext.text.quantities import quantities
from bitext.text.scripts.convert import to_simplified

#: Units of what can be hurt, saved or lost; of others a negation of nearly the same words tells.
_COUNTED = ("person", "death", "")
_NONE = re.compile(
    r"\b(?:nobody|no[ -]one|none(?: of)?|no|zero|neither(?: of)?)\b"
    r"(?! (?:longer|less|fewer|more|doubt|matter)\b)"
    r"|(?:没有?|未|并?无)(?:造成|导致|引发)?(?:任何)?人(?:员)?(?![机驾权])|无一(?:人|名)?|零(?=[死伤感确])",
    re.IGNORECASE,
)
_SOME = re.compile(
    r"\b(?:all|every|everyone|everybody|several|dozens|some|many|both|most)\b|所有|全部|全体|悉数|[数多][人名]",
    re.IGNORECASE,
)
#: Where what is said of those who are counted ends.
_ENDS = re.compile(
    r"[,.;:，。；：、!?！？]|\b(?:when|after|before|as|while|in|at|on|by|near|during|from|because|and|but)\b"
)
#: Where and how it happened may stand between who and what: 无人在事故中受伤.
_CIRCUMSTANCE = re.compile(r"[在因于于从].*|[被已均都也员名有的]")
#: Words for anybody, and how many.
_PLAIN = frozenset(("people", "person", "persons", "dozens", *EN_WORDS, *MAGNITUDES))
_HAN = re.compile("[\u3400-\u9fff]+")


class _Told(NamedTuple):
    """What is told of nobody or of some.

    Attributes:
        who: the word for them, as it stands.
        deeds: acts (`opposites`) or words of what they did or what befell them.
        kind: what they are, as far as a noun says so: workers.
    """

    who: str
    deeds: frozenset[object]
    kind: frozenset[str]


def counted_or_none(one: str, other: str) -> list[str]:
    """Return who is counted by one of two sentences of either language, and by the other as none.

    Examples:
        >>> counted_or_none("Nobody was injured when the crane fell.", "Two people were injured on Monday.")
        ['Nobody / Two people']
        >>> counted_or_none("起重机倒塌，两人受伤。", "起重机倒塌，没有人受伤。")
        ['两人 / 没有人']
        >>> counted_or_none("Two workers were hurt, but no firefighters were hurt.", "Two workers were hurt.")
        []
    """
    found = []
    sides = [(_told(text, _nobody(text)), _told(text, _somebody(text))) for text in (one, other)]
    for mine, theirs, turned in ((0, 1, False), (1, 0, True)):
        (nobody, known), (denied, some) = sides[mine], sides[theirs]
        for none in nobody:
            for they in some:
                if not _same(none, they) or any(_same(none, who) for who in (*known, *denied)):
                    continue
                found.append(f"{they.who} / {none.who}" if turned else f"{none.who} / {they.who}")
    return found[:1]


def _same(one: _Told, other: _Told) -> bool:
    """Say whether the same is told of both, as far as their nouns do not tell them apart."""
    apart = one.kind and other.kind and not one.kind & other.kind
    return bool(one.deeds & other.deeds) and not apart


def _nobody(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in _NONE.finditer(to_simplified(text))]


def _somebody(text: str) -> list[tuple[int, int]]:
    counts = [(one.start, one.end) for one in quantities(text) if one.value > 0 and one.unit in _COUNTED]
    return counts + [found.span() for found in _SOME.finditer(to_simplified(text))]


def _told(text: str, spans: list[tuple[int, int]]) -> list[_Told]:
    """Return what is told of those whose words stand at *spans*."""
    plain = to_simplified(text).lower()
    made = []
    for start, end in spans:
        stop = _ENDS.search(plain, end)
        after = plain[end : stop.start() if stop else len(plain)]
        before = plain[max((mark.end() for mark in _ENDS.finditer(plain, 0, start)), default=0) : start]
        han = _HAN.search(plain)
        told = _chinese(after) if han else _english(plain[start:end], before, after)
        made.append(_Told(text[start:end], *told))
    return made


def _english(who: str, before: str, after: str) -> tuple[frozenset[object], frozenset[str]]:
    """The deed is the last word behind them (no workers were hurt), or the one before (killed no one)."""
    ahead, named, behind = (_words(part) for part in (before, who, after))
    deed = behind[-1:] or ahead[-1:]
    return frozenset([*acts_of(after if behind else before), *deed]), frozenset(named + behind[:-1])


def _words(part: str) -> list[str]:
    """Return the stems of the words of English text that are neither stop words nor count."""
    words = re.findall(r"[a-z][a-z'’]*", part)
    return [stem(word) for word in words if word not in stop_words("en") and word not in _PLAIN]


def _chinese(after: str) -> tuple[frozenset[object], frozenset[str]]:
    """The deed is an act behind them, else the last two characters: 没有乘客获救."""
    bare = "".join(_HAN.findall(after))
    acts = {act: word for act, word in acts_of(after).items() if word in bare}  # not opened in: 工厂 opened
    if not acts:
        return frozenset([bare[-2:]] if len(bare) > 1 else []), frozenset()
    noun = _CIRCUMSTANCE.sub("", bare[: bare.index(min(acts.values(), key=bare.index))])
    return frozenset(acts), frozenset(noun)

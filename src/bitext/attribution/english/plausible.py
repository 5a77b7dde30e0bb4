"""Whether English words can name a source: a person, a body, a place, a role; no number, no abstract noun."""

from functools import lru_cache

from bitext.lexicons.wordlists import words

_PREPOSITIONS = words("en", "prepositions")
_ABSTRACT = words("en", "no_sources")
#: Determiners that stand for somebody: many say.
_ALONE = frozenset().union(
    *(words("en", kind + "_pronouns") for kind in ("group", "source", "subject", "person")),
    words("en", "first_person"),
)
_DETERMINERS = words("en", "determiners") - _ALONE - frozenset(("two", "three"))
_FUNCTION = words("en", "breaks") | frozenset(("and", "or", "not", "never", "maybe", "perhaps", "nothing"))
#: What no name begins with.
_NO_START = _FUNCTION - _ALONE - frozenset(("so", "as", "how", "what", "whatever")) | {"there", "let"}
#: Verbs that no name begins with, where they are not capital: see President Trump.
_BARE = frozenset(
    ("see", "give", "get", "recognize", "recognise", "make", "take", "let", "keep", "put", "bring", "find")
) | frozenset(("want", "become", "be", "have", "do", "expose"))
#: Behind than, what counts people: more than half of them.
_COUNTS = frozenset(("half", "a", "an", "one", "two", "three", "four", "five", "ten", "twenty", "every"))
#: What no name ends with.
_NO_END = (_FUNCTION | (_PREPOSITIONS - frozenset(("inside", "outside")))) - _ALONE


@lru_cache(maxsize=10_000)  # many names come again and again: he, the police
def can_speak(name: str) -> bool:
    """Say whether *name* can be a source, by its first and last word and its head.

    Examples:
        >>> [can_speak(name) for name in ("Ann Lee", "many", "the Ministry of War", "9 percent", "his")]
        [True, True, True, True, True]
        >>> [can_speak(name) for name in ("42%", "the 42 percent")]
        [True, True]
        >>> [can_speak(name) for name in ("2014", "than", "the", "Or maybe not", "the gap between towns")]
        [False, False, False, False, False]
        >>> can_speak("less than Cotton"), can_speak("more than half of them")
        (False, True)
    """
    parts = [word.strip(".,;:()“”\"'’‘") for word in name.split()]
    parts = [word for word in parts if word]
    lowered = [word.lower() for word in parts]
    if "\N{REPLACEMENT CHARACTER}" in name:  # in place of a letter that is lost
        return False
    if not any(character.isalpha() or character == "%" for character in name) or not parts:
        return False
    if lowered[0] in _NO_START or lowered[-1] in _NO_END or (len(parts) == 1 and lowered[0] in _DETERMINERS):
        return False
    if parts[0] in _BARE:
        return False
    if lowered[1:2] == ["than"] and not (lowered[2:3] and (parts[2][0].isdigit() or lowered[2] in _COUNTS)):
        return False  # less than Cotton
    if len(parts) == 1 and name.islower() and name.endswith("ing"):
        return False  # taking slams at
    ends = (place for place, word in enumerate(lowered) if place and word in _PREPOSITIONS)
    head = next(ends, len(parts)) - 1
    own = parts[head][0].isupper() and head > 0  # The Gap: a name
    return own or lowered[head] not in _ABSTRACT

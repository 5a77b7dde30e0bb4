"""English inflection, forwards only: from the form in a lexicon to the forms that stand in news.

Generating is safer than stemming: nothing that is not a form of a listed word is ever matched.
"""

from functools import cache

from bitext.lexicons.loader import rows

_VOWELS = "aeiou"
_NO_MEN = frozenset({"human", "german", "roman", "ottoman", "shaman", "talisman"})


def plural(noun: str) -> tuple[str, ...]:
    """Return the plural form(s) of *noun*; of a phrase, that of its last word.

    Examples:
        >>> plural("policy"), plural("supply chain"), plural("crisis"), plural("tax")
        (('policies',), ('supply chains',), ('crises',), ('taxes',))
    """
    head, space, word = noun.rpartition(" ")
    irregular = _irregular("noun").get(word)
    if not irregular and word.endswith("man") and word not in _NO_MEN:
        irregular = (f"{word[:-3]}men",)
    forms = irregular if irregular else (_with_s(word),)
    return tuple(f"{head}{space}{form}" for form in forms)


def verb_forms(verb: str) -> tuple[str, ...]:
    """Return the third person, past, participle and -ing forms of *verb*; of a phrase, of its first word.

    British and American spellings both come out where they differ in doubling (signalled, signaled).

    Examples:
        >>> verb_forms("ban")
        ('bans', 'banned', 'banning')
        >>> verb_forms("crack down"), verb_forms("say")
        (('cracks down', 'cracked down', 'cracking down'), ('says', 'said', 'saying'))
        >>> verb_forms("signal")
        ('signals', 'signaled', 'signaling', 'signalled', 'signalling')
    """
    word, space, rest = verb.partition(" ")
    return tuple(f"{form}{space}{rest}" for form in _verb(word))


@cache
def _verb(word: str) -> tuple[str, ...]:
    irregular = _irregular("verb").get(word)
    forms: list[str] = [_with_s(word)]
    if irregular:
        forms += irregular
        if not any(form.endswith("ing") for form in irregular):
            forms += [f"{stem}ing" for stem in _stems(word)]
    else:
        for stem in _stems(word):
            forms += [f"{stem}ed" if not stem.endswith("e") else f"{stem}d", f"{stem.removesuffix('e')}ing"]
        if word.endswith("e"):
            forms = [_with_s(word), f"{word}d", _ing_of_e(word)]
        elif word.endswith("y") and word[-2:-1] not in _VOWELS:
            forms = [_with_s(word), f"{word[:-1]}ied", f"{word}ing"]
    return tuple(dict.fromkeys(forms))


def _ing_of_e(word: str) -> str:
    if word.endswith("ie"):
        return f"{word[:-2]}ying"
    if word.endswith(("ee", "oe", "ye")):
        return f"{word}ing"
    return f"{word[:-1]}ing"


def _stems(word: str) -> tuple[str, ...]:
    """Return what -ing (and -ed) is added to: the word, with its last consonant doubled where it is."""
    if word.endswith("e") and word not in ("be",):
        return (_ing_of_e(word).removesuffix("ing"),)
    doubled = word + word[-1]
    single = sum(letter in _VOWELS for letter in word) == 1
    if len(word) < 3 or word[-1] in _VOWELS + "wxy" or word[-2] not in _VOWELS:
        return (word,)
    if word[-3] in _VOWELS and word[-4:-1] != "qui":
        return (word,)
    if single or word in _irregular("doubling") or word[-4:-1] == "qui":
        return (doubled,)
    if word.endswith(("el", "al", "ol", "il")):
        return (word, doubled)
    return (word,)


def _with_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return f"{word}es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return f"{word[:-1]}ies"
    if word in ("go", "do", "veto", "echo", "hero", "embargo", "potato", "tomato", "torpedo", "undergo"):
        return f"{word}es"
    return f"{word}s"


@cache
def _irregular(kind: str) -> dict[str, tuple[str, ...]]:
    return {row["base"]: tuple(row["forms"].split("|")) for row in rows("irregular") if row["kind"] == kind}

"""English and everything written in Latin letters: one pattern, and how its tokens are normalised."""

import re
import unicodedata
from functools import lru_cache

from bitext.text.kinds import EN, HANDLE, NONE, NUMBER, OTHER, PUNCTUATION, SYMBOL, URL, WORD, ZH
from bitext.text.latin.short_forms import SHORT, TITLES
from bitext.text.scripts.detect import HAN_RANGES, HANGUL_RANGES, KANA_RANGES, LATIN_RANGES, character_class

#: Stands for a stretch of Chinese that the Chinese engine has cut; the pattern passes over it.
PLACEHOLDER = "\0"
#: What may follow a token within its piece, to halve the number of pieces.
TRAILING = " \0"

_L = character_class(LATIN_RANGES)
#: Combining accents and the soft hyphen stand inside a word.
_M = "\u0300-\u036f\u00ad"
_APOSTROPHE = "['\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}]"
_HYPHEN = "[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}]"
_NUMBER = r"[0-9]++(?:,[0-9]{3}(?![0-9]))*+(?:\.[0-9]++)*+"
_CURRENCY = r"(?:(?:US|HK|NT|A|C|S|NZ)?\$|[€£¥₩₹₽₿]|(?:RMB|USD|EUR|CNY|TWD|HKD|GBP|JPY)(?=[ ]?[0-9]))"
_SCALE = r"(?:thousand|million|billion|trillion|[mb]n|tn|[mbk])"
#: Units, longest first where one begins another.
_UNIT = (
    r"(?:nanomet(?:er|re)s?|kilomet(?:er|re)s?|centimet(?:er|re)s?|millimet(?:er|re)s?|met(?:er|re)s?|"
    r"kilograms?|gigawatts?|megawatts?|kilowatts?|percent|bps|nm|km|cm|mm|kg|mg|GHz|MHz|kWh|kW|MW|GW|GWh|"
    r"TB|GB|MB|KB|mph|°[CF])"
)
_DOMAIN = r"(?:com|org|net|edu|gov|int|info|io|ai|cn|tw|hk|uk|eu|us|jp|de|fr|co)"
_PATH = r"(?:/[A-Za-z0-9./_%~?=&+-]{0,2000}(?<![.?]))?"
_EMOJI = "[\U0001f300-\U0001f3fa\U0001f400-\U0001faff\u2600-\u27bf]"
_OTHER_LETTERS = "\u0370-\u10ff\u1200-\u1dff\u1f00-\u1fff\ua980-\uabff\ufb13-\ufdff\ufe70-\ufefc"

#: The pattern. Its alternatives are tried in order and divide any text completely: the pieces that `findall`
#: returns, joined, are the text; a piece is a token with the blank that follows, or a gap. Every repetition
#: is possessive or bounded, so that time is linear.
PATTERN = re.compile(
    rf"""
    (?:
    # 0. Most words of most texts, by a short way: letters, then a blank or a comma
    [A-Z]?[a-z]++(?=[ ,])
    # 1. What lies between tokens: white space, and the place of Chinese words
    | [\s\0]++
    # 2. Web and e-mail addresses, without the punctuation that ends a sentence
    | (?:https?|ftp)://[^\s<>"'“”‘’「」（）【】《》，。；：！？、\0]{{1,2000}}
        (?<![.,;:!?)\]])
    | (?<![{_L}0-9@])[{_L}0-9._%+-]{{1,64}}+@(?:[{_L}0-9-]{{1,63}}+\.){{1,8}}+[A-Za-z]{{2,24}}+
    | (?:www\.)(?:[A-Za-z0-9-]{{1,63}}+\.){{1,8}}[A-Za-z]{{2,24}}{_PATH}
    | (?:[A-Za-z0-9-]{{1,63}}+\.){{1,4}}{_DOMAIN}(?![{_L}0-9'-]){_PATH}
    | (?<![{_L}0-9.@-])(?:[A-Za-z0-9-]{{1,63}}+\.){{1,3}}[a-z]{{2,6}}
        /(?=[A-Za-z0-9])[A-Za-z0-9/_%~?=&+-]{{1,200}}
    # 3. Handles and tags
    | (?<![{_L}0-9])[@\#](?=[0-9_]*+[{_L}])[{_L}0-9_]++
    # 4. Dates and times in digits
    | (?:19|20)[0-9]{{2}}(?:-[01]?[0-9]-[0-3]?[0-9]|/[01]?[0-9]/[0-3]?[0-9]|\.[01]?[0-9]\.[0-3]?[0-9])
        (?![0-9{_L}])
    | [0-3]?[0-9]/[0-3]?[0-9]/(?:19|20)[0-9]{{2}}(?![0-9{_L}])
    | (?<![{_L}0-9./])[0-9]{{1,2}}/[0-9]{{1,2}}(?![{_L}0-9/])
    | [0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:[ ]?[ap]\.?m\b\.?)?(?![0-9{_L}])
    # 5. Numbers: 3,000-strong and 2.5-mile-long are words, 2.5D and 00700.HK names; then currency, digits,
    #    scale or unit, per cent
    | (?<![{_L}0-9.])[0-9]{{1,12}}+(?:[,.][0-9]{{1,12}}+){{1,5}}+(?:{_HYPHEN}[{_L}]{{1,30}}+){{1,5}}+
    | (?<![{_L}0-9.])[0-9]++\.[0-9]++[A-Z]{{1,2}}(?![{_L}0-9{_M}])
    | (?<![{_L}0-9.])[0-9]{{4,6}}\.(?:HK|SZ|SH|SS|TWO?|T|KS)(?![{_L}0-9])
    | (?<![{_L}0-9]){_CURRENCY}[ ]?{_NUMBER}(?:[ -]?{_SCALE}(?![{_L}0-9{_M}]))?
    | (?<![{_L}0-9.]){_NUMBER}[ ]?%
    | (?<![{_L}0-9.]){_NUMBER}(?:[ -]?(?:{_SCALE}|{_UNIT}))(?![{_L}0-9{_M}]|{_HYPHEN}[{_L}])
    | {_NUMBER}(?:st|nd|rd|th|{_APOSTROPHE}?s)?(?![{_L}0-9{_M}]|{_HYPHEN}[{_L}])
    # 6. Abbreviations with points: U.S., e.g., a.m., Ph.D.; titles and other short forms; initials
    | (?<![{_L}0-9])(?:[{_L}]\.){{2,8}}(?![{_L}])
    | (?<![{_L}0-9])(?:Ph\.D|M\.Sc|B\.Sc)\.
    | (?<![{_L}0-9])(?:(?:[Tt]hen-)?(?:{TITLES})|{SHORT})\.(?!\.)(?=[ ,;:)\]\n\0]|$)
    | (?<![{_L}0-9.'’])v\.(?=[ ][A-Z])
    | (?<![{_L}0-9])[Nn]os?\.(?=[ ]?[0-9])
    | (?<![{_L}0-9.'’])[A-Z]\.(?=[ ](?:[A-Z][{_L}.'’-])|[ ]?[A-Z]\.)
    # 7. Names with signs: AT&T, R&D, PM2.5, C++, C#
    | (?<![{_L}0-9])[A-Z]{{1,8}}+(?:&[A-Z]{{1,8}}+)++(?![{_L}])
    | (?<![{_L}0-9])[A-Za-z][A-Za-z0-9-]{{0,20}}(?<=[0-9])(?:\.[0-9]{{1,3}}){{1,3}}(?![{_L}0-9]|\.[0-9])
    | (?<![{_L}0-9])[A-Za-z][A-Za-z0-9]{{1,20}}\.(?:js|ts|py|NET)(?![{_L}0-9])
    | (?<![{_L}0-9])[CF](?:\+\+|\#)(?![{_L}0-9])
    # 8. Words: letters and digits, inner apostrophes, hyphens and underscores
    | [{_L}0-9][{_L}0-9{_M}]*+(?:(?:{_APOSTROPHE}|{_HYPHEN}|_++)[{_L}0-9][{_L}0-9{_M}]*+)*+
    # 9. Other scripts, each run whole: kana, hangul, and letters of any other language
    | [{character_class(KANA_RANGES)}]++
    | [{character_class(HANGUL_RANGES)}]++
    | [{_OTHER_LETTERS}{_M}]++
    # 10. Emoji with what joins them: flags, skin, families
    | [\U0001F1E6-\U0001F1FF]{{2}}
    | {_EMOJI}(?:[\uFE0F\U0001F3FB-\U0001F3FF]|\u200D{_EMOJI})*+
    # 11. Punctuation: repeated marks are one token, anything else stands alone
    | [….⋯]++ | [—―─]++ | [-]++ | [!?！？]++ | [~～]++ | =++ | \*++ | _++ | [/]++
    | [\s\S]
    )[ \0]?
    """,
    re.VERBOSE,
)

#: A number with what belongs to it; dates and times too.
_NUMERIC = re.compile(
    rf"{_CURRENCY}?[ ]?{_NUMBER}(?:[ ]?%|[ -]?(?:{_SCALE}|{_UNIT})|st|nd|rd|th|{_APOSTROPHE}?s)?"
    r"|[0-9]{1,2}/[0-9]{1,2}|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|[0-9:]++(?:[ ]?[ap]\.?m\b\.?)?"
)
_ADDRESS = re.compile(
    rf"(?:https?|ftp)://.*|www\..*|[^@]+@.*|(?:[A-Za-z0-9-]+\.)+(?:{_DOMAIN}(?:/.*)?|[a-z]{{2,6}}/.+)"
)
_WORDLIKE = re.compile(rf"[{_L}0-9]")

_CONTRACTION = re.compile(
    rf"(?P<head>[{_L}]+?)(?P<tail>n{_APOSTROPHE}t|{_APOSTROPHE}(?:s|re|ve|ll|d|m))", re.IGNORECASE
)

#: Spellings whose case carries the meaning; everything else is folded to lower case. US/us, WHO/who, IT/it,
#: AIDS/aids: the capitals stay. May/may, March/march, Polish/polish, Turkey/turkey: so does the capital.
#: At the head of a sentence "May" and "March" are taken for the month, which in news they mostly are.
CASED = frozenset({"US", "WHO", "IT", "AIDS", "May", "March", "Polish", "Turkey"})

_DOTTED = re.compile(rf"(?:[{_L}]\.){{2,}}")
_STRAIGHT = str.maketrans(
    {
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{MODIFIER LETTER APOSTROPHE}": "'",
        "\N{HYPHEN}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\u00ad": None,
    }
)


#: Behind these, 's is short for is, has or us; behind all others it marks a possessive.
_IS = frozenset(
    {"he", "here", "how", "it", "let", "she", "somebody", "someone", "something"}
    | {"that", "there", "this", "what", "when", "where", "who", "why"}
)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """Return the form under which a word of Latin letters is counted.

    Compatibility forms (ligatures, full width) and composed accents by NFKC, straight apostrophes and
    hyphens, no soft hyphens, U.S. as US, lower case except for `CASED`. A possessive counts as its noun: who
    asks for China must not miss China's.

    Examples:
        >>> [fold(word) for word in ("Chips", "US", "Us", "U.S.", "May", "may", "don’t", "e.g.")]
        ['chips', 'US', 'us', 'US', 'May', 'may', "don't", 'e.g.']
        >>> [fold(word) for word in ("China’s", "US's", "it's", "let's")]
        ['china', 'US', "it's", "let's"]
    """
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word).translate(_STRAIGHT)
    if _DOTTED.fullmatch(word) and word.isupper():
        word = word.replace(".", "")
    stem, apostrophe, tail = word.partition("'")
    if stem and tail in ("s", "S") and stem.lower() not in _IS:
        word, apostrophe, tail = stem, "", ""
    if stem in CASED:
        return stem + apostrophe + tail.lower()
    return word.lower()


def split_contraction(word: str) -> tuple[str, ...]:
    """Divide a contraction or possessive in two; any other word is returned alone.

    Examples:
        >>> split_contraction("don't"), split_contraction("China’s"), split_contraction("o'clock")
        (('do', "n't"), ('China', '’s'), ("o'clock",))
    """
    match = _CONTRACTION.fullmatch(word)
    return (match["head"], match["tail"]) if match else (word,)


def classify(surface: str) -> tuple[int, int]:
    """Return kind and language of one piece of `PATTERN` that is not a gap.

    Examples:
        >>> classify("Chips") == (WORD, EN), classify("€133 million") == (NUMBER, NONE)
        (True, True)
    """
    if surface.isascii() and surface.isalpha():  # most of them, and quickly told
        return WORD, EN
    if surface[0] in "@#" and len(surface) > 1:
        return HANDLE, NONE
    if _NUMERIC.fullmatch(surface):
        return NUMBER, NONE
    if _ADDRESS.fullmatch(surface):
        return URL, NONE
    if _WORDLIKE.search(surface):
        return WORD, EN
    category = unicodedata.category(surface[0])
    if category[0] == "L" and _is_ideograph(surface[0]):
        return WORD, ZH
    if category[0] in "LMN":
        return OTHER, NONE
    return (PUNCTUATION if category[0] == "P" else SYMBOL), NONE


def is_gap(surface: str) -> bool:
    """Say whether a piece of `PATTERN` lies between tokens: white space, control and format characters."""
    return surface.isspace() or all(
        character.isspace() or unicodedata.category(character) in ("Cc", "Cf") for character in surface
    )


def _is_ideograph(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in HAN_RANGES)

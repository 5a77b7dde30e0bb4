"""A text that is neither Chinese nor English → the language that it seems to be in, by common words."""

import re
from collections import Counter
from functools import cache

#: Commonest words of languages in Latin letters, without those that English has as well.
_WORDS = {
    "Danish or Norwegian": "og det er en et på af til som med har ikke den de jeg vi var blev fra også",
    "Dutch": "de het een en van dat op te zijn met voor niet aan er ook bij naar uit wordt deze heeft",
    "French": "le la les des du de et est une un pour dans qui que sur pas plus par au aux avec ce il elle",
    "German": "der die und das den von zu mit sich des auf für ist dem nicht ein eine als auch nach bei",
    "Indonesian or Malay": "yang dan di untuk dengan ini itu dari tidak dalam pada akan oleh adalah telah",
    "Italian": "il di che la le per una un del della dei delle con non sono è nel nella gli alla anche da",
    "Polish": "w i na z się do nie że jest o po jak za przez ale od jego był są dla oraz",
    "Portuguese": "o a que de e do da em um uma para com não os as no na por mais dos das ao foi são",
    "Spanish": "el la los las del que de en una un por con para se su es como más pero y al lo fue",
    "Swedish": "och att det som en på är av för ett den inte med har de till om från var också",
    "Turkish": "ve bir bu için de da ile olarak daha çok en olan gibi sonra kadar ancak değil",
    "Vietnamese": "và của là không có được trong cho một các những người đã với này từ khi",
}
#: English words of the same kind, also those that others share with it.
_ENGLISH_WORDS = """
the of and to is are was for that with by from this have has it which not a in on at as be will said he they
their its an or but were after who over about into than would could new says no his her i do if what you we my
me so like she him when can all there had been
"""
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
#: Of the words of a text, so many and such a share are of the language: Rio de la Plata has fewer.
_FEWEST, _SHARE = 3, 0.2
#: The share where it is clear already that the text is no English.
_SHARE_OF_OTHERS = 0.08
_LATIN_WORD = re.compile(r"[^\W\d_]+")
#: Other scripts, by the letters of which most of a text is made.
_SCRIPTS = (
    ("Japanese", re.compile(r"[ぁ-ヺ]")),
    ("Korean", re.compile(r"[가-힣ᄀ-ᇿ㄰-㆏]")),
    ("a language in Cyrillic letters", re.compile(r"[Ѐ-ӿ]")),
    ("a language in Arabic letters", re.compile(r"[؀-ۿ]")),
    ("Greek", re.compile(r"[Ͱ-Ͽ]")),
    ("Hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("Thai", re.compile(r"[\u0e00-\u0e7f]")),
    ("Hindi or a language in its letters", re.compile(r"[\u0900-\u097f]")),
    ("Tibetan", re.compile(r"[\u0f00-\u0fff]")),
)
#: So much of a text is looked at.
_LOOKED_AT = 4000


@cache
def _owners() -> dict[str, tuple[str, ...]]:
    """Return word -> the languages that it is common in."""
    found: dict[str, tuple[str, ...]] = {}
    for name, words in _WORDS.items():
        for word in words.split():
            found[word] = (*found.get(word, ()), name)
    return found


def foreign(text: str, share: float = _SHARE) -> str:
    """Return the language in Latin letters that a text is in, other than English; "" for English or unknown.

    It takes three different ones of its commonest words, or four, a *share* of all words, and fewer English
    ones.

    Examples:
        >>> foreign("El gobierno anuncia la reforma de la ley"), foreign("Le Monde interviews Robert De Niro")
        ('Spanish', '')
    """
    words = _LATIN_WORD.findall(text[:_LOOKED_AT].lower())
    counts: Counter[str] = Counter()
    english = 0
    owners = _owners()
    for word in words:
        counts.update(owners.get(word, ()))
        english += word in _ENGLISH
    name, number = max(counts.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
    different = len({word for word in words if name in owners.get(word, ())})
    enough = number >= max(_FEWEST, share * len(words)) and (different >= _FEWEST or number > _FEWEST)
    return name if enough and number > english else ""


def guess(text: str) -> str:
    """Return the language that a text seems to be in, if that is no Chinese or English; "" unknown.

    Examples:
        >>> guess("政府は昨日、税金を引き下げると発表した。"), guess("정부는 세금을 인하한다고 발표했다.")
        ('Japanese', 'Korean')
        >>> guess("Die Regierung senkt die Steuern und hilft der Industrie mit Geld."), guess("2031-03-05")
        ('German', '')
    """
    piece = text[:_LOOKED_AT]
    letters = sum(map(str.isalpha, piece))
    for name, pattern in _SCRIPTS:
        if len(pattern.findall(piece)) * 4 > letters > 0:
            return name
    return foreign(piece, _SHARE_OF_OTHERS)

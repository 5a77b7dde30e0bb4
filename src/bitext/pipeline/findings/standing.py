"""Wordings of a statement → one that can be quoted alone: no "he", no "this", no half of a quotation."""

import re
from collections.abc import Iterable

from bitext.text.scripts.convert import to_simplified

#: What leans on the sentence before, at the head of a Chinese one, in simplified characters.
_LEANS_ZH = re.compile(
    r"""^[“”‘’「」『』'"【《（(\s]*(?:
      他|她|它|我|咱|你|您|双方|两人|二人|两国|两家|前者|后者            # 1. pronouns
    | 这|那|该|此|其|上述|有关|类似|相关                               # 2. what points
    | 对此|为此|因此|因而|所以|于是|随后|之后|同时|与此|另|而|但|并|也|亦|还|更|又|至于|不过|然而|接着|事实上
    )""",
    re.VERBOSE,
)
_LEANS_EN = re.compile(
    r"""^[“”‘’'"(\s]*(?:
      he|she|they|it|we|i|you|his|her|their|its|our|both|another|others?|such   # 1. pronouns
    | this|that|these|those|the\s(?:two|move|company|group|report|latter|former)  # 2. points
    | but|and|also|however|meanwhile|later|then|so|yet|still|instead|in\saddition|as\sa\sresult
    )\b""",
    re.VERBOSE | re.IGNORECASE,
)
_ENDS = re.compile(r"[.。!！?？][”’」』'\"）)]*\s*$")
_PAIRS = ("“”", "「」", "『』", "（）", "()", "《》")
#: Fewest characters of a sentence, by script.
_LEAST_ZH, _LEAST_EN = 12, 30


def stands_alone(sentence: str) -> bool:
    """Say whether a sentence can be read without the one before it.

    Examples:
        >>> texts = "他说，北京将回应这一制裁措施。", "北京商务部周五说将回应制裁措施。"
        >>> [stands_alone(text) for text in texts]
        [False, True]
        >>> stands_alone("It will cut its rates by half a point in June.")
        False
    """
    text = sentence.strip()
    chinese = bool(re.search(r"[\u4e00-\u9fff]", text))
    if len(text) < (_LEAST_ZH if chinese else _LEAST_EN) or not _ENDS.search(text):
        return False
    if any(text.count(one[0]) != text.count(one[1]) for one in _PAIRS) or text.count('"') % 2:
        return False
    if chinese:
        return _LEANS_ZH.match(to_simplified(text)) is None and text.count("‘") == text.count("’")
    return _LEANS_EN.match(text) is None


def wording(texts: Iterable[str], size: int) -> str:
    """Return the first of *texts* that stands alone, those of at most *size* characters before longer ones.

    Examples:
        >>> wording(["他说要回应。", "北京商务部周五说将回应制裁措施。"], 80)
        '北京商务部周五说将回应制裁措施。'
    """
    standing = [text for text in texts if stands_alone(text)]
    return next((text for text in standing if len(text) <= size), standing[0] if standing else "")

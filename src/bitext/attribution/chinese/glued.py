"""Names that the segmenter left in one word with the verb behind them: 刘健称, 弘达称, 明答."""

import re
from functools import cache

import numpy as np

from bitext.arrays import Bools, Ints
from bitext.attribution.sentence import DOTS, Candidate, Sentence
from bitext.lexicons.stopwords import stopwords
from bitext.lexicons.wordlists import words
from bitext.text.chinese.jieba_files import tagged
from bitext.tokens.clauses import COLON, COMMA, NOTHING, QUOTE, View

#: Verbs of saying that end such words; what else ends in them is known.
_GLUED = re.compile(r"[\u4e00-\u9fff]{1,4}?(表示|指出|说|称|答|问)")
_KNOWN = words("zh", "glued_known")
_SURNAMES = words("zh", "surnames")
#: Parts of speech of fixed phrases: 也就是说, 毫无疑问.
_PHRASES = frozenset(("c", "d", "i", "l"))
#: Parts of speech of what leads to others, and is no surname then: 向其, 曾公开.
_LEADING = frozenset(("c", "d", "p"))
_COMMON = 60
#: Words that may be a given name and a verb of saying.
_GIVEN = frozenset(("明说", "直说", "明答", "通称", "明称"))
#: Verbs that stand as words of their own in speech and nothing else, before a colon: 问：, 答：.
_BARE = frozenset(("问", "答", "反问", "追问"))
#: Characters of a given name; what stands behind a verb that names something or is told of: 刘健称为, 说的.
_LONGEST_GIVEN = 2
_NO_REPORT = frozenset(("为", "作", "做", "之", "之为", "的", "得", "过", "了", "起", "到", "话"))


def glued(view: View, taken: Ints) -> tuple[Ints, Ints]:
    """Return the tokens that end in a verb of saying, and the length of that verb.

    A comma, a colon or a quotation follows, or else the word is a full name with its verb: 刘健称|大坝.
    Tokens that are *taken*, hits of the cue lists, are left out.
    """
    nothing = np.zeros(0, dtype=np.int64)
    if not len(view.tokens):
        return nothing, nothing
    lengths = np.zeros(len(view.types), dtype=np.int64)
    fixed = _KNOWN | tagged(_PHRASES)
    for number, word in enumerate(view.types):
        if word in _BARE:
            lengths[number] = -1
        elif word[-1:] in "示出说称答问" and len(word) > 1 and word not in fixed:
            match = _GLUED.fullmatch(word)
            lengths[number] = len(match.group(1)) if match else 0
    found = lengths[view.tokens.term]
    following = np.append(view.mark[1:], 0)
    speaks = np.isin(following, (COMMA, COLON, QUOTE)) | _reports(view, lengths, following)
    speaks &= (found > 0) | (following == COLON)
    speaks &= (view.lang == "zh")[view.article]
    speaks[taken] = False
    places = np.flatnonzero((found != 0) & speaks)
    return places, np.maximum(found[places], 0)


def _reports(view: View, lengths: Ints, following: Ints) -> Bools:
    """Say of each token whether it is a full name with its verb, and what is said follows at once."""
    full = np.zeros(len(lengths), dtype=bool)
    for number in np.flatnonzero(lengths > 0).tolist():
        full[number] = _is_full_name(view.types[number][: -int(lengths[number])])
    places = np.flatnonzero(full[view.tokens.term] & (following == NOTHING))
    places = places[places + 1 < len(view.tokens)]
    told = np.array([view.word(place + 1) not in _NO_REPORT for place in places.tolist()], dtype=bool)
    found = np.zeros(len(view.tokens), dtype=bool)
    found[places[told]] = True
    return found


def _is_full_name(word: str) -> bool:
    """Say whether a word is a surname with a given name: 刘健, 欧阳明, but not 向其."""
    size = next((size for size in (2, 1) if word[:size] in _SURNAMES), 0)
    return 0 < size < len(word) <= size + _LONGEST_GIVEN and word[:size] not in _leading()


@cache
def _leading() -> frozenset[str]:
    return tagged(_LEADING, least=_COMMON)


def begins_before(s: Sentence, cue: Candidate, clause: int) -> bool:
    """Say whether the end of a name is left in one word with the verb: 李 明说, 谢尔盖·库兹 明说, 海 通称."""
    place, word = cue.first - 1, s.words[cue.first]
    if cue.first != cue.last or place < clause or word not in _GIVEN:
        return False
    before = s.words[place]
    if before in _SURNAMES or (place > clause and s.words[place - 1] in DOTS):
        return True
    return place == clause and len(before) == 1 and before not in stopwords()

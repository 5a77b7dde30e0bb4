"""Names that the segmenter left in one word with the verb behind them: 刘健称, 弘达称, 明答."""

import re

import numpy as np

from bitext.arrays import Ints
from bitext.attribution.sentence import DOTS, Candidate, Sentence
from bitext.lexicons.stopwords import stopwords
from bitext.lexicons.wordlists import words
from bitext.text.chinese.jieba_files import tagged
from bitext.tokens.clauses import COLON, COMMA, QUOTE, View

#: Verbs of saying that end such words; what else ends in them is known.
_GLUED = re.compile(r"[\u4e00-\u9fff]{1,4}?(表示|指出|说|称|答|问)")
_KNOWN = words("zh", "glued_known")
_SURNAMES = words("zh", "surnames")
#: Parts of speech of fixed phrases: 也就是说, 毫无疑问.
_PHRASES = frozenset(("c", "d", "i", "l"))
#: Words that may be a given name and a verb of saying.
_GIVEN = frozenset(("明说", "直说", "明答", "通称", "明称"))
#: Verbs that stand as words of their own in speech and nothing else, before a colon: 问：, 答：.
_BARE = frozenset(("问", "答", "反问", "追问"))


def glued(view: View, taken: Ints) -> tuple[Ints, Ints]:
    """Return the tokens that end in a verb of saying before a comma, a colon or a quotation, and its length.

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
    speaks = np.isin(following, (COMMA, COLON, QUOTE))
    speaks &= (found > 0) | (following == COLON)
    speaks &= (view.lang == "zh")[view.article]
    speaks[taken] = False
    places = np.flatnonzero((found != 0) & speaks)
    return places, np.maximum(found[places], 0)


def begins_before(s: Sentence, cue: Candidate, clause: int) -> bool:
    """Say whether the end of a name is left in one word with the verb: 李 明说, 谢尔盖·库兹 明说, 海 通称."""
    place, word = cue.first - 1, s.words[cue.first]
    if cue.first != cue.last or place < clause or word not in _GIVEN:
        return False
    before = s.words[place]
    if before in _SURNAMES or (place > clause and s.words[place - 1] in DOTS):
        return True
    return place == clause and len(before) == 1 and before not in stopwords()

"""Tokens → which types of their vocabulary are not counted: stop words, and function words glued together."""

import re
from collections.abc import Iterable
from functools import cache

import numpy as np

from bitext.arrays import Bools
from bitext.concepts.lookup import ConceptTable
from bitext.lexicons.stopwords import stop_words
from bitext.text.chinese import jieba_files
from bitext.text.latin import english
from bitext.text.scripts.detect import code_points, string
from bitext.text.scripts.normalise import plain_points
from bitext.tokens.tokens import Tokens

#: Words of function characters that jieba lacks: off the shelf, come to Taiwan, come home, work, our station.
_WORDS = frozenset(["下架", "来台", "到家", "之作", "本台"])
#: Characters that are no stop words and glued to these all the same: 他续称 (he went on to say) is 他续|称.
_GLUED = "续"
#: An initial: J. of J. K. Rowling. X alone is a company, too.
_INITIAL = re.compile(r"[a-z]\.|[a-wyz]")
#: Its characters, at most: nearly all types are told by their length.
_INITIALS = 2


def all_stopwords(extra: Iterable[str]) -> set[str]:
    """Return the stop words of both languages and *extra*."""
    return {*stop_words(), *extra}


def stop_types(tokens: Tokens, stopwords: Iterable[str] | None) -> Bools:
    """Say of each type whether it is a stop word, one of *stopwords*, or glued; None counts all."""
    if stopwords is None:
        return np.zeros(len(tokens.types), bool)
    stop = all_stopwords(stopwords)
    # As the vocabulary writes them: 協議 leaves out 协议, "The" the.
    plain = plain_points(code_points("\n".join(stop)), tokens.tokenizer.conversion)
    stop |= {english.fold(word) for word in string(plain).split("\n")}
    found = np.fromiter((word in stop for word in tokens.types), bool, len(tokens.types))
    return found | glued(tokens)


def glued(tokens: Tokens) -> Bools:
    """Say of each type whether it is function words that a guess of the segmenter glued, or an initial.

    在声明中说 (said in the statement) is cut 在|声明|中说, and 这座 (this) stands in no dictionary either.
    """
    given = {word for word, _ in tokens.tokenizer.words}
    one, known = _function_characters()
    return np.fromiter(
        (
            (len(word) > 1 and one.issuperset(word) and word not in known and word not in given)
            or (len(word) <= _INITIALS and _INITIAL.fullmatch(word) is not None)
            for word in tokens.types
        ),
        bool,
        len(tokens.types),
    )


@cache
def _function_characters() -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that are stop words or `_GLUED`, and the known words that consist of these."""
    one = frozenset(word for word in stop_words("zh") if len(word) == 1).union(_GLUED)
    lines = jieba_files.dictionary().decode("utf-8")
    known = re.findall(rf"^([{re.escape(''.join(sorted(one)))}]{{2,}}) ", lines, re.MULTILINE)
    forms = (form.text for form in ConceptTable.default().forms if one.issuperset(form.text))
    return one, _WORDS.union(known, forms)

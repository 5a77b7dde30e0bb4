"""What the stance rules need to know of the tokens, as arrays made once."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from bitext.arrays import Bools, Ints
from bitext.lexicons.wordlists import words
from bitext.text.kinds import NUMBER, WORD
from bitext.text.scripts.convert import to_simplified
from bitext.tokens.tokens import Tokens

#: Classes of tokens that divide sentences.
NOTHING, COMMA, PAUSE, SEMICOLON, COLON, DASH, STOP, QUOTE, BRACKET, CONTRAST = range(10)
_CLASSES = {
    COMMA: "，,",
    PAUSE: "、",
    SEMICOLON: "；;",
    COLON: "：:",
    STOP: "。.!?！？…｡",
    QUOTE: "“”„「」『』〝〞〟﹁﹂﹃﹄«»\"＂‘’'",
    BRACKET: "()（）[]［］【】《》〈〉",
}
#: Words that open a clause of their own; what stands before them is out of reach.
CONTRAST_WORDS = words("en", "contrast") | words("zh", "contrast")


@dataclass(frozen=True)
class View:
    """Tokens with their sentences and clauses numbered.

    Attributes:
        tokens: the tokens.
        article: row of each token's article.
        sentence: number of each token's sentence, through all articles.
        first: first token of each sentence, and at its end the number of tokens.
        mark: class of each token, one of the constants above.
        clause: number of each token's clause (comma to comma, and at a contrast word), through all articles.
        lang: language of each article, "zh", "en" or "".
    """

    tokens: Tokens
    article: Ints
    sentence: Ints
    first: Ints
    mark: npt.NDArray[np.uint8]
    clause: Ints
    lang: npt.NDArray[np.object_]

    @classmethod
    def of(cls, tokens: Tokens) -> "View":
        """Number the sentences and clauses of *tokens*."""
        article = tokens.article()
        opens = np.ones(len(tokens), dtype=bool)
        opens[1:] = (tokens.sentence[1:] != tokens.sentence[:-1]) | (article[1:] != article[:-1])
        first = np.append(np.flatnonzero(opens), len(tokens))
        classes = np.zeros(len(tokens.types), np.uint8)
        for number, term in enumerate(tokens.types.tolist()):
            if not term[0].isalnum() or term in CONTRAST_WORDS:
                classes[number] = _class(term)
        mark = classes[tokens.term]
        breaks = opens.copy()
        breaks[1:] |= _DIVIDES[mark[:-1]] | (mark[1:] == CONTRAST)
        sentence, clause = _numbered(opens), _numbered(breaks)
        lang = tokens.articles["lang"].to_numpy(dtype=object, copy=True)
        return cls(tokens, article, sentence, first, mark, clause, lang)

    @cached_property
    def texts(self) -> list[str]:
        """The articles' texts, as they are."""
        return list(self.tokens.articles[self.tokens.field])

    @cached_property
    def simplified(self) -> list[str]:
        """The articles' texts in simplified characters; offsets are the same."""
        hant = self.tokens.articles["script"].to_numpy() == "Hant"
        return [to_simplified(text) if flag else text for text, flag in zip(self.texts, hant, strict=True)]

    @cached_property
    def types(self) -> list[str]:
        """The vocabulary as a list, which is faster to look into than an array."""
        found: list[str] = self.tokens.types.tolist()
        return found

    @cached_property
    def _term(self) -> memoryview:
        return np.ascontiguousarray(self.tokens.term).data

    @cached_property
    def starts(self) -> memoryview:
        """Where each token starts: single numbers come faster from here than from the array."""
        return np.ascontiguousarray(self.tokens.start).data

    @cached_property
    def ends(self) -> memoryview:
        """Where each token ends."""
        return np.ascontiguousarray(self.tokens.end).data

    @cached_property
    def words(self) -> Bools:
        """The tokens that count as words: the denominator of all rates."""
        found: Bools = (self.tokens.kind == WORD) | (self.tokens.kind == NUMBER)
        return found

    @cached_property
    def key(self) -> Ints:
        """Article and start of each token in one increasing number, to find tokens by offset."""
        key = self.article << 32
        key |= self.tokens.start
        return key

    def token_at(self, article: Ints, offset: Ints) -> Ints:
        """Return the first token of *article* that starts at *offset* or behind it."""
        return np.searchsorted(self.key, (article << 32) | offset).astype(np.int64)

    def token_ending(self, article: Ints, offset: Ints) -> Ints:
        """Return the last token of *article* that starts before *offset*."""
        return self.token_at(article, offset) - 1

    def place_at(self, row: int, offset: int) -> int:
        """Do what `token_at` does for one offset."""
        return int(self.key.searchsorted(row << 32 | offset))

    def word(self, place: int) -> str:
        """Return the word of one token."""
        return self.types[self._term[place]]

    def words_at(self, places: Ints | slice) -> list[str]:
        """Return the words of several tokens."""
        found: list[str] = self.tokens.types[self.tokens.term[places]].tolist()
        return found

    def text(self, row: int, start: int, end: int) -> str:
        """Return a piece of the text of article *row*."""
        return self.texts[row][start:end]


#: Whether a class of tokens ends a clause.
_DIVIDES = np.isin(np.arange(CONTRAST + 1), (COMMA, SEMICOLON, COLON, DASH, STOP))


def _numbered(opens: Bools) -> Ints:
    """Number the pieces of which each begins where *opens* is true, from 0."""
    number = np.cumsum(opens, dtype=np.int64)
    number -= 1
    return number


def _class(term: str) -> int:
    if term in CONTRAST_WORDS:
        return CONTRAST
    head = term[0]
    if head.isalnum():
        return NOTHING
    if head in "—―─–" or term.startswith("--"):
        return DASH
    for number, marks in _CLASSES.items():
        if head in marks and (len(term) == 1 or not term[-1].isalnum()):
            return number
    return NOTHING

"""A row of the table of new words."""

from typing import NamedTuple


class Word(NamedTuple):
    """The columns of `bitext.new_words`, see there."""

    word: str
    kind: str
    n: int
    torn: int
    articles: int
    cohesion: float
    left: float
    right: float
    pieces: str
    article: str
    example: str

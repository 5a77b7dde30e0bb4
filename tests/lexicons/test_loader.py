import pytest

from bitext.errors import LexiconError
from bitext.lexicons import loader


@pytest.mark.parametrize("name", loader.names())
def test_every_lexicon_has_a_card_a_header_and_whole_rows(name: str) -> None:
    assert loader.rows(name)
    card = loader.card(name)
    assert card["name"] == name
    assert card["licence"]


def test_an_unknown_lexicon_is_named_with_the_known_ones() -> None:
    with pytest.raises(LexiconError, match=r"unknown lexicon .outlet.; use one of \[.*did you mean"):
        loader.rows("outlet")


def test_a_short_row_is_named_with_its_line() -> None:
    with pytest.raises(LexiconError, match=r"mine.tsv, line 4: 1 cells; the header has 2"):
        loader.parse("a\tb\n# note\n1\t2\n3\n", "mine.tsv", ["a", "b"])


def test_a_wrong_header_is_shown_beside_the_right_one() -> None:
    with pytest.raises(LexiconError, match=r"line 1: the header is \['x'\]; it has to be \['a', 'b'\]"):
        loader.parse("x\n", "mine.tsv", ["a", "b"])


def test_an_empty_file_says_what_its_first_line_has_to_be() -> None:
    with pytest.raises(LexiconError, match=r"mine.tsv is empty"):
        loader.parse("", "mine.tsv", ["a"])

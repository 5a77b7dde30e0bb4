"""Listed words are found as by a plain search: leftmost, the longest there, on edges of words."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.text.matcher import Matcher
from bitext.text.scripts.detect import code_points

PIECES = st.lists(
    st.sampled_from(["a", "B", "c d", "股", "·", "5", " ", "é", "彼得", "🙂", "\ud800"]), max_size=4
)


def plainly(words: list[str], text: str) -> list[tuple[int, int]]:
    """Return start and end of what stands in *text*, by trying every word in every place."""
    found, at = [], 0
    while at < len(text):
        ends = [
            at + len(word)
            for word in words
            if text[at:].lower().startswith(word.lower())
            and not _inside(text, at)
            and not _inside(text, at + len(word))
        ]
        if ends:
            found.append((at, max(ends)))
        at = max(ends, default=at + 1)
    return found


def _inside(text: str, at: int) -> bool:
    """Say whether a Latin letter or digit stands on both sides of the place."""
    return 0 < at < len(text) and all(c.isalnum() and ord(c) < 0x250 for c in text[at - 1 : at + 1])


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES.map("".join).filter(lambda word: "\ud800" not in word), max_size=6), st.lists(PIECES))
def test_words_are_found_as_by_a_plain_search(words: list[str], pieces: list[list[str]]) -> None:
    words = list({word.lower(): word for word in words if word}.values())
    text = "".join("".join(piece) for piece in pieces)
    hits = Matcher(words).find(code_points(text))
    assert list(zip(hits.start.tolist(), hits.end.tolist(), strict=True)) == plainly(words, text)
    assert [words[i].lower() for i in hits.word.tolist()] == [
        text[a:b].lower() for a, b in zip(hits.start.tolist(), hits.end.tolist(), strict=True)
    ]


def test_a_word_at_the_end_that_begins_a_longer_one_is_found() -> None:
    hits = Matcher(["X光", "X光线", "X光线管"]).find(code_points("照X光"))  # X-ray, X-rays, X-ray tube
    assert hits.start.tolist() == [1]
    assert hits.end.tolist() == [3]

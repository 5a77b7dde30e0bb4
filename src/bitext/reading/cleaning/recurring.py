"""Lines that recur across an outlet's articles and in no other outlet's: furniture that needs no rule.

What is furniture depends on all articles, so it is learnt before any is cut: `sample` notes the lines of a
batch of records, `merge` joins such notes, and `furniture` names the lines. Of each outlet only `SAMPLE`
articles count, those whose titles have the lowest hashes. So the notes stay small however large the corpus
is, and they come out the same wherever it was divided and whatever was read first.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from bitext.reading.documents import Record, Removed

#: Articles of an outlet from which its furniture is learnt.
SAMPLE = 2000
#: Furniture stands in at least so many sampled articles of its outlet …
FEWEST = 4
#: … and in at least this share of them: 1% caught every footer of the measured outlets.
SHARE = 0.01
#: Longer lines (bytes: 60 Han characters, 180 letters) are background that an outlet reuses: its reporting.
LONGEST = 180
#: Furniture stands at the edge of the article: among its first or last so many paragraphs.
EDGE = 3


#: Bytes of a hash: twice a hash, plus one, fits into 64 bits.
_BYTES = 7

#: The key of each paragraph of an article, see `line_key`.
Keys = Sequence[int]
#: outlet -> hash of an article's title -> the codes of its short lines, sorted (see `_codes`).
Notes = dict[str, dict[int, tuple[int, ...]]]


def sample(records: Iterable[Record], lines: Iterable[Keys] | None = None) -> Notes:
    """Note the short lines of each outlet's articles, once per article.

    Articles of one title (of one text, where there is no title) count once: an update of a story repeats
    its lines without making them furniture.

    Args:
        records: the articles.
        lines: the `keys` of each article, if they are known.
    """
    found = list(records)
    notes: Notes = {}
    for record, line in zip(found, map(keys, found) if lines is None else lines, strict=True):
        name = record.title or "\n".join(paragraph.text for paragraph in record.paragraphs)
        _note(notes, record.outlet, _hash(name), _codes(line))
    return {outlet: _lowest(articles) for outlet, articles in notes.items()}


def merge(parts: Iterable[Notes]) -> Notes:
    """Join notes; the order of the parts does not matter."""
    total: Notes = {}
    for part in parts:
        for outlet, articles in part.items():
            for title, lines in articles.items():
                _note(total, outlet, title, lines)
    return {outlet: _lowest(articles) for outlet, articles in total.items()}


def renamed(notes: Notes, spellings: Mapping[str, str]) -> Notes:
    """Return notes with the outlets as they are usually spelled."""
    if not spellings:
        return notes
    return merge({spellings.get(outlet, outlet): articles} for outlet, articles in notes.items())


def _note(notes: Notes, outlet: str, title: int, lines: tuple[int, ...]) -> None:
    articles = notes.setdefault(outlet, {})
    known = articles.get(title)
    # Of two articles with one title the same one counts, whichever comes first.
    articles[title] = lines if known is None else min(known, lines)


def _lowest(articles: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    return {title: articles[title] for title in sorted(articles)[:SAMPLE]}


def keys(record: Record) -> Keys:
    """Return the key of each paragraph, see `line_key`."""
    return [line_key(paragraph.text) for paragraph in record.paragraphs]


def _codes(line: Keys) -> tuple[int, ...]:
    """Return twice the key of each short line, plus one where the line stands at an edge."""
    last = len(line) - EDGE
    codes: dict[int, int] = {}
    for index, key in enumerate(line):
        if key:
            codes.setdefault(key, 2 * key + (index < EDGE or index >= last))
    return tuple(sorted(codes.values()))


def line_key(text: str) -> int:
    """Return a hash of a line to count; 0: too long, or without letters (a row of a table of numbers)."""
    if len(text) > LONGEST:
        return 0
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > LONGEST or not (text[:1].isalpha() or any(map(str.isalpha, text))):
        return 0
    return int.from_bytes(blake2b(data, digest_size=_BYTES).digest(), "big")


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
    return int.from_bytes(digest, "big")


def furniture(notes: Notes) -> dict[str, frozenset[int]]:
    """Return, per outlet, the keys of the lines that are furniture (see `line_key`).

    A line is furniture where it stands in at least `FEWEST` and in `SHARE` of the outlet's sampled articles,
    four times in five at an edge, and in no article of another outlet. Articles without an outlet have none.
    """
    counted = {outlet: _counted(articles.values()) for outlet, articles in notes.items()}
    owners: dict[int, int] = {}
    for seen in counted.values():
        for line in seen:
            owners[line] = owners.get(line, 0) + 1
    found = {}
    for outlet, seen in counted.items():
        fewest = max(FEWEST, SHARE * len(notes[outlet]))
        lines = frozenset(
            line
            for line, (articles, edge) in seen.items()
            if articles >= fewest and edge >= 0.8 * articles and owners[line] == 1
        )
        if outlet and lines:
            found[outlet] = lines
    return found


def _counted(articles: Iterable[tuple[int, ...]]) -> dict[int, tuple[int, int]]:
    """Return for each line in how many articles it stands, and in how many of them at an edge."""
    seen: dict[int, tuple[int, int]] = {}
    for codes in articles:
        for code in codes:
            number, edge = seen.get(code >> 1, (0, 0))
            seen[code >> 1] = (number + 1, edge + (code & 1))
    return seen


def strip(record: Record, known: Mapping[str, frozenset[int]]) -> None:
    """Move the furniture among a record's paragraphs to what was removed."""
    lines = known.get(record.outlet)
    if not lines:
        return
    kept = []
    for paragraph in record.paragraphs:
        if line_key(paragraph.text) in lines:
            record.removed.append(Removed("recurring", paragraph.start, paragraph.end, paragraph.text))
        else:
            kept.append(paragraph)
    record.paragraphs = kept


def places(lines: npt.NDArray[np.int64], known: Mapping[str, frozenset[int]]) -> npt.NDArray[np.int64]:
    """Return the positions in *lines*, keys of many lines, of those that are furniture of some outlet."""
    wanted = frozenset[int]().union(*known.values())
    return np.flatnonzero(np.isin(lines, np.fromiter(wanted, np.int64, len(wanted))))


def divided(text: str, lines: frozenset[int]) -> tuple[str, list[tuple[int, str]]]:
    """Return a text, one paragraph per line, without the furniture; and the number and text of what went.

    Examples:
        >>> divided("Subscribe now\\nThe plant opened.", frozenset({line_key("Subscribe now")}))
        ('The plant opened.', [(0, 'Subscribe now')])
    """
    kept, cut = [], []
    for number, line in enumerate(text.split("\n")):
        if line_key(line) in lines:
            cut.append((number, line))
        else:
            kept.append(line)
    return "\n".join(kept), cut

"""What recurs across an outlet's articles: furniture that needs no rule, and columns around its titles.

Furniture are lines that recur in one outlet's articles and in no other's.

What is furniture depends on all articles, so it is learnt before any is cut: `sample` notes the lines of a
batch of records, `merge` joins such notes, and `furniture` names the lines. Of each outlet only `SAMPLE`
articles count, those whose titles have the lowest hashes. So the notes stay small however large the corpus
is, and they come out the same wherever it was divided and whatever was read first.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from bitext.reading.cleaning import titles
from bitext.reading.documents import Record, Removed

#: Articles of an outlet from which its furniture is learnt.
SAMPLE = 2000
#: Furniture stands in at least so many sampled articles of its outlet …
FEWEST = 4
#: … and in at least this share of them: 1% caught every footer of the measured outlets.
SHARE = 0.01
#: Longer lines (bytes: 60 Han characters, 180 letters) are background that an outlet reuses: its reporting.
LONGEST = 180
#: … unless they speak to the reader: a form that says what becomes of an address, a notice of rights.
LONGEST_NOTICE = 1200
_NOTICES = (
    "ewsletter",
    "ubscribe",
    "Subscription",
    "rights reserved",
    "Privacy Policy",
    " your inbox",
    "Terms of",
    "公众号",
    "公眾號",
    "订阅",
    "訂閱",
    "扫描二维码",
    "掃描",
    "版权所有",
    "版權所有",
    "转载请",
    "轉載請",
)
#: A column before or behind a title recurs in so many of the outlet's titles, and in this share of them; in
#: a higher one where a dash divides the two: 消息人士 behind the headlines of an agency is part of them.
FEWEST_TITLES, SHARE_OF_TITLES, SHARE_BY_DASH = 3, 0.02, 0.2
#: Furniture stands at the edge of the article: among its first or last so many paragraphs.
EDGE = 3


#: Bytes of a hash: twice a hash, plus one, fits into 64 bits.
_BYTES = 7

#: Set in the key of what stands around a title, the second one where a dash divides it from the rest.
_AROUND_TITLE, _BY_DASH = 1 << 57, 1 << 58

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
        _note(notes, record.outlet, _hash(name), _codes(line, record.title))
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


def _codes(line: Keys, title: str) -> tuple[int, ...]:
    """Return twice the key of each short line, plus one where the line stands at an edge; and of affixes."""
    last = len(line) - EDGE
    codes: dict[int, int] = {}
    for index, key in enumerate(line):
        if key:
            codes.setdefault(key, 2 * key + (index < EDGE or index >= last))
    around = {2 * _affix_key(affix) for affix in titles.affixes(title)}
    return tuple(sorted((*codes.values(), *around)))


def _affix_key(affix: titles.Affix) -> int:
    mark = _AROUND_TITLE | (_BY_DASH if affix.dashed else 0)
    return mark | _hash(("behind\0" if affix.behind else "before\0") + affix.piece)


def line_key(text: str) -> int:
    """Return a hash of a line to count; 0: too long, or without letters (a row of a table of numbers)."""
    if len(text) > LONGEST and not is_notice(text):
        return 0
    data = text.encode("utf-8", "surrogatepass")
    if (len(data) > LONGEST and not is_notice(text)) or not (
        text[:1].isalpha() or any(map(str.isalpha, text))
    ):
        return 0
    return int.from_bytes(blake2b(data, digest_size=_BYTES).digest(), "big")


def is_notice(text: str) -> bool:
    """Say whether a line holds what furniture says to its readers, if it recurs: no outlet's background does.

    Examples:
        >>> is_notice("You can unsubscribe from all our letters"), is_notice("The strait is 130 km wide")
        (True, False)
    """
    if len(text) <= LONGEST_NOTICE:
        for notice in _NOTICES:  # asked of every line: a generator would take as long as the search
            if notice in text:
                return True
    return False


def _hash(text: str) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
    return int.from_bytes(digest, "big")


def furniture(notes: Notes) -> dict[str, frozenset[int]]:
    """Return, per outlet, the keys of the lines that are furniture (see `line_key`).

    A line is furniture where it stands in at least `FEWEST` and in `SHARE` of the outlet's sampled articles,
    four times in five at an edge, and in no article of another outlet. Articles without an outlet have none.
    Keys of what recurs around titles (`titled`) are among them.
    """
    counted = {outlet: _counted(articles.values()) for outlet, articles in notes.items()}
    owners: dict[int, int] = {}
    for seen in counted.values():
        for line in seen:
            owners[line] = owners.get(line, 0) + 1
    found = {}
    for outlet, seen in counted.items():
        fewest = max(FEWEST, SHARE * len(notes[outlet]))
        around, dashed = (
            max(FEWEST_TITLES, share * len(notes[outlet])) for share in (SHARE_OF_TITLES, SHARE_BY_DASH)
        )
        lines = frozenset(
            line
            for line, (articles, edge) in seen.items()
            if (
                articles >= (dashed if line & _BY_DASH else around)
                if line & _AROUND_TITLE
                else articles >= fewest and edge >= 0.8 * articles and owners[line] == 1
            )
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
    """Move a record's furniture, paragraphs and what recurs around its title, to what was removed."""
    lines = known.get(record.outlet)
    if not lines:
        return
    record.title, record.title_start, pieces = titled(record.title, record.title_start, lines)
    if pieces:
        record.removed += pieces
        lines |= {line_key(record.title)}
    kept = []
    for paragraph in record.paragraphs:
        if line_key(paragraph.text) in lines:
            record.removed.append(
                Removed(kind_of(paragraph.text, record.title), paragraph.start, paragraph.end, paragraph.text)
            )
        else:
            kept.append(paragraph)
    record.paragraphs = kept


def kind_of(line: str, title: str) -> str:
    """Return why a recurring line goes: it is the title, or it recurs."""
    return "title" if line == title else "recurring"


def titled(title: str, start: int, known: frozenset[int]) -> tuple[str, int, list[Removed]]:
    """Return a title without the columns around it, where it stands now, and what went (`titles.headline`).

    Args:
        title: the title.
        start: where it stands in the document; -1 for nowhere.
        known: what `furniture` names for the outlet.
    """
    return titles.headline(title, lambda affix: "section" if _affix_key(affix) in known else "", start)


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

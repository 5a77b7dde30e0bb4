"""What a pair of sentences, or of a clause and a sentence, is judged by, and how their figures compare."""

from collections.abc import Iterable, Mapping

import numpy as np

from bitext.arrays import Floats
from bitext.text.quantities import Quantity, agree

#: Features of a pair, in the order of the columns of their tables.
FEATURES = (
    # Mean cosine of words and of character pairs; across languages of meanings (concepts, words with a
    # translation, names), times the share of words that have one.
    "overlap",
    "contained",  # larger share of one sentence's weight that stands in the other (across: likewise)
    "covered",  # smaller one
    "letters",  # share of the characters of the sentence with fewer that stand in the other
    "concepts",  # within a language: cosine of concepts, which words of one meaning share
    "figures",  # share of the figures of both that agree; 0 without figures
    "conflict",  # 1 where both have figures of one unit and the largest of each agrees with none of the other
    "alone",  # share of the figures that only one of them has
    "length",  # |log| of the ratio of lengths
    "breadth",  # across languages: weight of shared meanings, of that of four rare ones
    "held",  # across languages: breadth times contained, for one shared meaning makes no statement
    "spelt",  # across languages: names that are spelt by sound and stand in both, of two
    "telling",  # across languages: how rare the rarest figure is that agrees; years stand in many sentences
    "told",  # across languages: telling times breadth
    "encoder",  # cosine of the encoder's vectors; 0 without an encoder
)


def table_of(columns: Mapping[str, Floats], size: int) -> Floats:
    """Return a table of *size* rows and a column for each feature; those that are not given are 0."""
    nothing = np.zeros(size)
    return np.column_stack([columns.get(name, nothing) for name in FEATURES])


def figures_of(pairs: Iterable[tuple[list[Quantity], list[Quantity]]]) -> dict[str, Floats]:
    """Return the features of figures of each pair."""
    rows = np.array([_compare(one, other) for one, other in pairs], dtype=np.float64).reshape(-1, 3)
    return dict(zip(("figures", "conflict", "alone"), rows.T, strict=True))


def _compare(one: list[Quantity], other: list[Quantity]) -> tuple[float, float, float]:
    """Return share of figures that agree, whether figures of one unit conflict, and share that stand alone.

    Examples:
        >>> from bitext.text.quantities import quantities
        >>> _compare(quantities("5人死亡"), quantities("5 dead"))
        (1.0, 0.0, 0.0)
        >>> _compare(quantities("新增17例"), quantities("新增19例"))
        (0.0, 1.0, 1.0)
    """
    if not one or not other:
        return 0.0, 0.0, 1.0 if one or other else 0.0
    mine = [any(agree(a, b) for b in other) for a in one]
    theirs = [any(agree(a, b) for a in one) for b in other]
    found = sum(mine) + sum(theirs)
    share = found / (len(mine) + len(theirs))
    return share, float(bool(conflicts(one, other))), 1.0 - share


def conflicts(one: list[Quantity], other: list[Quantity]) -> list[tuple[Quantity, Quantity]]:
    """Return figures of one unit on which two sentences differ: the largest of both sides.

    They differ where neither of the two agrees with any figure of the other side: 22 new cases, 3 of them in
    Shanghai, and 15 new cases, 3 of them in Shanghai, are two counts, whatever else is alike.

    Examples:
        >>> from bitext.text.quantities import quantities
        >>> found = conflicts(quantities("17例，5人"), quantities("19 cases, 5 people"))
        >>> [(one.value, other.value) for one, other in found]
        [(17.0, 19.0)]
        >>> found = conflicts(quantities("新增22例，上海3例"), quantities("新增15例，上海3例"))
        >>> [(one.value, other.value) for one, other in found]
        [(22.0, 15.0)]
    """
    found = []
    for unit in {figure.unit for figure in one} & {figure.unit for figure in other} - {""}:
        mine, theirs = ([figure for figure in side if figure.unit == unit] for side in (one, other))
        most, more = (max(side, key=lambda figure: figure.value) for side in (mine, theirs))
        if not (any(agree(most, b) for b in theirs) or any(agree(a, more) for a in mine)):
            found.append((most, more))
    return sorted(found)

"""Which articles are compared with which: groups from columns of the article table, and pairs of groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bitext.errors import TableError
from bitext.tokens.grouping import Key as Key
from bitext.tokens.grouping import codes as codes
from bitext.tokens.grouping import columns as columns

#: Between the parts of a label when articles are grouped by several columns.
JOINT = " · "

#: Between the groups of a side that pools several.
POOLED = " + "

#: The label of "everything that is not the target".
REST = "(rest)"


@dataclass(frozen=True)
class Pair:
    """One comparison: labels of both sides and, per side, which groups belong to it (boolean)."""

    target: str
    reference: str
    in_target: npt.NDArray[np.bool_]
    in_reference: npt.NDArray[np.bool_]


def label(key: Key) -> str:
    """Return how a group is written in tables.

    Examples:
        >>> label(("A", "2021-03"))
        'A · 2021-03'
    """
    return JOINT.join(key)


#: One group by its label (or the parts of it), or several that make one side together.
Chosen = str | Sequence[str] | Sequence[Sequence[str]]


def pairs(
    keys: Sequence[Key],
    *,
    target: Chosen | None = None,
    reference: Chosen | None = None,
    every: bool = False,
    empty: Sequence[Key] = (),
    what: str = "group",
) -> list[Pair]:
    """List the comparisons that are asked for.

    Args:
        keys: the groups that exist.
        target: a group, or several that are pooled; None is each group in turn (except the reference).
        reference: a group, or several; None is all groups that are not the target, pooled.
        every: every pair of groups, each once, in order of label.
        empty: groups without a counted token; they are no side of a comparison.
        what: how the groups are called in messages.

    Raises:
        TableError: a group does not exist or is empty, both sides share one, or there is only one group.

    Examples:
        >>> (pair,) = pairs([("A",), ("B",), ("C",), ("D",)], target=("A", "B"), reference="D")
        >>> pair.target, pair.in_target.tolist()
        ('A + B', [True, True, False, False])
    """
    number = {label(key): i for i, key in enumerate(keys)}
    names = [label(key) for key in keys if key not in set(empty)]
    if len(names) < 2:
        raise TableError(f"a comparison needs two groups or more; by {what} there is {names or 'none'}")
    if every and (target is not None or reference is not None):
        raise TableError("pairs='all' compares every pair; leave target and reference out")
    base = None if reference is None else _members(reference, number, names, what)
    if every:
        chosen = [([a], [b]) for i, a in enumerate(names) for b in names[i + 1 :]]
    elif target is not None:
        one = _members(target, number, names, what)
        chosen = [(one, base or [name for name in number if name not in one])]
    else:
        chosen = [
            ([name], base or [other for other in number if other != name])
            for name in names
            if name not in (base or ())
        ]
    found = []
    for one, other in chosen:
        if common := sorted(set(one) & set(other)):
            raise TableError(f"target and reference are both {', '.join(common)!r}; use two of {names}")
        if not other:
            raise TableError(f"the target holds all groups {names}; leave one out to compare with")
        sides = [np.isin(np.arange(len(keys)), [number[name] for name in side]) for side in (one, other)]
        text = POOLED.join(other) if every or base is not None else REST
        found.append(Pair(POOLED.join(one), text, *sides))
    return found


def _members(chosen: Chosen, number: Mapping[str, int], names: list[str], what: str) -> list[str]:
    """Return the labels of the groups that make a side: one by its label or parts, or several, pooled."""
    if isinstance(chosen, str):
        wanted = [chosen]
    elif all(isinstance(part, str) for part in chosen) and label(tuple(map(str, chosen))) in number:
        wanted = [label(tuple(map(str, chosen)))]
    else:
        wanted = [part if isinstance(part, str) else label(tuple(part)) for part in chosen]
    for name in wanted:
        if name not in number:
            raise TableError.unknown(what, name, names)
        if name not in names:
            raise TableError(f"{name!r} has no counted token; compare some of {names}")
    if not wanted:
        raise TableError(f"no group is named; use some of {names} (several are pooled)")
    return sorted(set(wanted))

"""Which articles are compared with which: groups from columns of the article table, and pairs of groups."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bitext.errors import TableError
from bitext.tokens.grouping import Key as Key
from bitext.tokens.grouping import codes as codes
from bitext.tokens.grouping import columns as columns

#: Between the parts of a label when articles are grouped by several columns (as in `group_labels`).
JOINT = " · "

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


def pairs(
    keys: Sequence[Key],
    *,
    target: str | Sequence[str] | None = None,
    reference: str | Sequence[str] | None = None,
    every: bool = False,
    empty: Sequence[Key] = (),
    what: str = "group",
) -> list[Pair]:
    """List the comparisons that are asked for.

    Args:
        keys: the groups that exist.
        target: a group; None is each group in turn (except the reference).
        reference: a group; None is all groups that are not the target, pooled.
        every: every pair of groups, each once, in order of label.
        empty: groups without a counted token; they are no side of a comparison.
        what: how the groups are called in messages.

    Raises:
        TableError: a group does not exist or is empty, both sides are the same, or there is only one group.
    """
    number = {label(key): i for i, key in enumerate(keys)}
    names = [label(key) for key in keys if key not in set(empty)]
    for name in (target, reference):
        if name is not None and _text(name) in number and _text(name) not in names:
            raise TableError(f"{_text(name)!r} has no counted token; compare some of {names}")
    if len(names) < 2:
        raise TableError(f"a comparison needs two groups or more; by {what} there is {names or 'none'}")
    if every:
        if target is not None or reference is not None:
            raise TableError("pairs='all' compares every pair; leave target and reference out")
        chosen = [(a, b) for i, a in enumerate(names) for b in names[i + 1 :]]
    else:
        base = None if reference is None else _known(reference, names, what)
        targets = (
            [name for name in names if name != base] if target is None else [_known(target, names, what)]
        )
        chosen = [(name, base or REST) for name in targets]
    found_pairs = []
    for one, other in chosen:
        if one == other:
            raise TableError(f"target and reference are both {one!r}; use two of {names}")
        inside = np.arange(len(keys)) == number[one]
        outside = ~inside if other == REST else np.arange(len(keys)) == number[other]
        found_pairs.append(Pair(one, other, inside, outside))
    return found_pairs


def _known(name: str | Sequence[str], names: list[str], what: str) -> str:
    """Return the label of a group given as label or as a sequence of parts."""
    text = _text(name)
    if text not in names:
        raise TableError.unknown(what, text, names)
    return text


def _text(name: str | Sequence[str]) -> str:
    return name if isinstance(name, str) else label(tuple(name))

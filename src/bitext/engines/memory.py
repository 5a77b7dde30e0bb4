"""Memory that is free goes back to the system: glibc keeps it, in holes between what stays."""

import ctypes
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TypeVar

from bitext.engines.reduction import Reduction

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")


def lean(reduction: Reduction[A, B, C]) -> Reduction[A, B, C]:
    """Return the reduction that gives free memory back after each aggregation."""
    return replace(reduction, aggregate=partial(_aggregate, reduction.aggregate))


def _aggregate(aggregate: Callable[[Sequence[B]], B], parts: Sequence[B]) -> B:
    result = aggregate(parts)
    give_back()
    return result


def give_back() -> None:
    """Give free memory back now."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)

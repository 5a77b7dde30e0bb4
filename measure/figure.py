"""A measured figure, and which half of the data a record belongs to."""

import hashlib
import math
from dataclasses import dataclass

HALVES = ("reported", "built", "whole")
DIRECTIONS = ("higher", "lower")


def half(key: str) -> str:
    """Return "built" or "reported" for the record that *key* names, by the SHA-1 of the key.

    Rules and coefficients are made while looking at "built" only; figures are measured on "reported". The
    key is what should not be torn: an article's path, a sentence's document, and for reading the outlet.

    Examples:
        >>> half("a/1.md"), half("a/3.md")
        ('built', 'reported')
    """
    return "reported" if hashlib.sha1(key.encode("utf-8", "surrogatepass")).digest()[0] % 2 else "built"


@dataclass(frozen=True)
class Figure:
    """One number, with all that a reader needs to believe it.

    Attributes:
        what: what is measured, in words that stay the same from run to run: they are the figure's name.
        data: the file it was measured on.
        half: "reported" (not looked at while building), "built", or "whole" (nothing was built on it).
        n: how many cases it was measured on.
        value: the figure.
        margin: by how much it may get worse from one run to the next; more fails the run.
        better: whether "higher" or "lower" is better.
        aim: what it should be, or None.
        peer: another program, measured on the same cases.
        peer_value: its figure.
        digits: decimals to print.
        label: the row's words in the README, "" where it is not quoted there.
        note: what it does not say, or what was tried.
    """

    what: str
    data: str
    half: str
    n: int
    value: float
    margin: float
    better: str = "higher"
    aim: float | None = None
    peer: str = ""
    peer_value: float | None = None
    digits: int = 3
    label: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.half not in HALVES or self.better not in DIRECTIONS or self.margin < 0:
            raise ValueError(f"half is one of {HALVES}, better one of {DIRECTIONS}, margin from 0: {self}")
        if any("|" in text or "\t" in text or "\n" in text for text in (self.what, self.data, self.note)):
            raise ValueError(f"no |, tab or line break in the words of a figure: {self.what!r}")

    def reached(self) -> bool | None:
        """Return whether the aim is reached; None where there is none."""
        return None if self.aim is None else self._worse(self.aim) <= 1e-9

    def fallen(self, before: float) -> bool:
        """Return whether the figure is worse than *before* by more than its margin."""
        return math.isnan(self.value) > math.isnan(before) or self._worse(before) > self.margin + 1e-9

    def _worse(self, other: float) -> float:
        return other - self.value if self.better == "higher" else self.value - other

"""Exports of news databases: text, or what RTF, Word and HTML exports hold as text."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from bitext.reading.formats.exports import factiva, nexis, proquest, ris, wisenews
from bitext.reading.formats.items import Item


class Export(NamedTuple):
    """A database: how its exports are told, how they are read, what they are called."""

    fits: Callable[[str], bool]
    read: Callable[[str], Iterator[Item]]
    what: str


EXPORTS = (
    Export(nexis.is_export, nexis.read, "Nexis export"),
    Export(factiva.is_export, factiva.read, "Factiva export"),
    Export(wisenews.is_export, wisenews.read, "WiseNews export"),
    Export(proquest.is_export, proquest.read, "ProQuest export"),
    Export(ris.is_export, ris.read, "RIS export"),
)

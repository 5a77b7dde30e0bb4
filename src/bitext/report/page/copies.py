"""Copied texts, passage by passage: what each outlet kept, cut, changed and added."""

from typing import TYPE_CHECKING, Any

import pandas as pd

from bitext.copies.passages import passages

if TYPE_CHECKING:
    from bitext.corpus.corpus import Corpus

#: Copies that are shown passage by passage, and bytes for them.
PAIRS = 60
PAIR_BYTES = 150_000

_FEW = 1500


def copies(corpus: "Corpus", table: pd.DataFrame) -> dict[str, Any]:
    """Return articles as row numbers, with the passages of the closest pairs, by row of the table of copies.

    ``passages`` holds for each row None or, flat: kind, text before, text after; ...
    """
    place = {name: i for i, name in enumerate(corpus.articles["article"])}
    table = table.reset_index(drop=True).head(_FEW)
    return {
        "article": [place.get(name, -1) for name in table["article"]],
        "nearest": [place.get(name, -1) for name in table["nearest"]],
        "passages": _passages(corpus, table),
    }


def _passages(corpus: "Corpus", table: pd.DataFrame) -> list[list[str] | None]:
    """Copies across outlets come first: who prints whose words is what people ask."""
    shown: list[list[str] | None] = [None] * len(table)
    left = PAIR_BYTES
    here = set(corpus.articles["article"])
    pairs = (table["nearest"].isin(here) & table["article"].isin(here)).to_numpy().nonzero()[0]
    across = table["relation"].isin(("copy", "wire", "unknown")).to_numpy()
    order = sorted(pairs.tolist(), key=lambda row: (not across[row], row))
    for row in order[:PAIRS]:
        one = table.iloc[row]
        found = passages(corpus, str(one["nearest"]), str(one["article"]))
        flat = [str(cell) for cell in found[["kind", "text_a", "text_b"]].to_numpy().ravel()]
        size = sum(len(cell.encode("utf-8", "replace")) for cell in flat)
        if size <= left:
            left -= size
            shown[row] = flat
    return shown

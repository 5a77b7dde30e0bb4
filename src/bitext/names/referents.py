"""Referents and their competing names: the table behind `bitext.naming`, and where the names stand."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext import schema
from bitext.concepts.lookup import ConceptHits, ConceptTable, find_concepts
from bitext.errors import LexiconError
from bitext.lexicons.loader import parse, rows
from bitext.tokens.tokens import Tokens

COLUMNS = ["referent", "label", "lang", "form", "note"]
#: Label of forms that only look like a name of the referent: 北京时间 (Beijing time).
BLOCK = "-"
#: Inside a longer name of one of these kinds a word names nothing else: 中国移动, China Daily.
CLOSED = frozenset({"company", "organisation", "media", "event", "product", "person", "city"})
#: Inside a name of one of these kinds the name at its head is a choice: 中国外交部, 中共外交部. The segmenter
#: knows many of them as one word.
OPEN = frozenset({"government", "party", "role", "diplomacy", "politics"})

#: What *referents* may be.
Referents = str | Path | pd.DataFrame | None

Ints = npt.NDArray[np.int64]


class Names(NamedTuple):
    """Where referents are named, as parallel arrays in order of the tokens.

    Attributes:
        labels: all pairs (referent, label).
        label: number of the label, an index into *labels*.
        first, last: first and last token (inclusive).
    """

    labels: list[tuple[str, str]]
    label: Ints
    first: Ints
    last: Ints


def referent_table(referents: Referents = None) -> ConceptTable:
    """Compile the names of bitext's list and of one's own, which replace bitext's for the same referent.

    Each label is one concept of the table, its kind the referent.

    Raises:
        LexiconError: there is no such file, a column is missing, a language is neither zh nor en, or a form
            is malformed.
    """
    if referents is None:
        return _default()
    if isinstance(referents, pd.DataFrame):
        schema.require(referents, COLUMNS[:4], "the referents")
        own = [
            dict(zip(COLUMNS, map(str, row), strict=True))
            for row in referents.assign(note="")[COLUMNS].itertuples(index=False)
        ]
        source = "the referents"
    else:
        path = Path(referents)
        if not path.is_file():
            raise LexiconError(
                f"referents={str(referents)!r}: there is no such file; it has to be a TSV file {COLUMNS}"
            )
        own, source = parse(path.read_text(encoding="utf-8-sig"), path.name, COLUMNS), path.name
    replaced = {row["referent"] for row in own}
    kept = [row for row in rows("referents") if row["referent"] not in replaced]
    return _compile([*own, *kept], source)


@cache
def _default() -> ConceptTable:
    return _compile(rows("referents"), "referents.tsv")


def _compile(table: Iterable[dict[str, str]], source: str) -> ConceptTable:
    labels: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in table:
        if row["lang"] not in ("zh", "en"):
            raise LexiconError(f"{source}, form {row['form']!r}: lang is {row['lang']!r}; use 'zh' or 'en'")
        forms = labels.setdefault((row["referent"], row["label"]), {"zh": [], "en": []})
        forms[row["lang"]].append(row["form"])
    _add_bodies([forms["zh"] for (_, label), forms in labels.items() if label != BLOCK], labels)
    return ConceptTable.of(
        [
            {
                "concept": f"{referent}\t{label}",
                "kind": referent,
                "zh": "|".join(forms["zh"]),
                "en": "|".join(forms["en"]),
            }
            for (referent, label), forms in labels.items()
        ],
        source,
    )


def _add_bodies(own: Iterable[list[str]], labels: dict[tuple[str, str], dict[str, list[str]]]) -> None:
    """Add to each label the names of bodies and offices that begin with one of its names."""
    listed = {form.partition("@")[0] for forms in labels.values() for form in forms["zh"]}
    home = {form: forms for forms in own for form in forms}
    table = ConceptTable.default()
    for form in table.forms:
        if form.lang == "zh" and table.kinds[form.concepts[0]] in OPEN and form.text not in listed:
            heads = (form.text[:length] for length in range(len(form.text) - 1, 1, -1))
            head = next((head for head in heads if head in home), None)
            if head:
                home[head].append(form.text)


def find_names(tokens: Tokens, table: ConceptTable, known: ConceptHits) -> Names:
    """Find where referents are named; longest match, and not inside a longer name of something else.

    *known* are the concepts of bitext's own table in *tokens*.
    """
    hits = find_concepts(tokens, table)
    labels = [(str(label).split("\t")[0], str(label).split("\t")[1]) for label in hits.labels]
    real = np.array([label != BLOCK for _, label in labels], bool)
    keep = real[hits.concept] & ~_inside(hits.first, hits.last, *_closed_names(known))
    return Names(labels, hits.concept[keep], hits.first[keep], hits.last[keep])


def _closed_names(known: ConceptHits) -> tuple[Ints, Ints]:
    closed = np.array([kind in CLOSED for kind in ConceptTable.default().kinds], bool)[known.concept]
    return known.first[closed], known.last[closed]


def _inside(first: Ints, last: Ints, outer_first: Ints, outer_last: Ints) -> npt.NDArray[np.bool_]:
    """Mark the spans that lie in a longer one of the outer spans, which do not overlap."""
    if not len(outer_first):
        return np.zeros(len(first), bool)
    at = np.searchsorted(outer_first, first, side="right") - 1
    begin, end = outer_first[at], outer_last[at]
    inside: npt.NDArray[np.bool_] = (at >= 0) & (last <= end) & (last - first < end - begin)
    return inside

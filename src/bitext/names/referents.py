"""Referents and their competing names: the table behind `bitext.naming`, and where the names stand."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext import schema
from bitext.arrays import Bools, Ints
from bitext.concepts.conditions import OTHER, UNDECIDED, Condition, condition, decide
from bitext.concepts.lookup import ConceptHits, ConceptTable, find_concepts
from bitext.concepts.row_forms import PAIR, cells_of, forms_of
from bitext.concepts.surroundings import Surroundings
from bitext.errors import LexiconError
from bitext.lexicons.loader import parse, rows
from bitext.record import fingerprint
from bitext.tokens.tokens import Tokens

COLUMNS = ["referent", "label", "lang", "form", "when", "note"]
#: Those that a list of one's own has to have.
_NEEDED = COLUMNS[:4]
#: Label of forms that only look like a name of the referent: 北京时间 (Beijing time).
BLOCK = "-"
#: Inside a longer name of one of these kinds a word names nothing else: 中国移动, China Daily.
CLOSED = frozenset({"company", "organisation", "media", "event", "product", "person", "city"})
#: Inside a name of one of these kinds the name at its head is a choice: 中国外交部, 中共外交部. The segmenter
#: knows many of them as one word.
OPEN = frozenset({"government", "party", "role", "diplomacy", "politics"})

#: What *referents* may be.
Referents = str | Path | pd.DataFrame | None

#: Referent and label -> language -> forms.
_Labels = dict[tuple[str, str], dict[str, list[str]]]


class Names(NamedTuple):
    """Where referents are named, as parallel arrays in order of the tokens.

    Attributes:
        labels: all pairs (referent, label).
        label: number of the label, an index into *labels*.
        first, last: first and last token (inclusive).
        decided: False where the form has several senses and no condition of its own decides between them.
    """

    labels: list[tuple[str, str]]
    label: Ints
    first: Ints
    last: Ints
    decided: Bools


@dataclass(frozen=True)
class ReferentTable:
    """Referents, compiled.

    Attributes:
        concepts: each label is one concept, its kind the referent.
        conditions: what each form of *concepts* asks of the words around it.
        version: hash of forms and conditions, for run records.
    """

    concepts: ConceptTable
    conditions: tuple[Condition, ...]
    version: str


def referent_table(referents: Referents = None, *, extend: bool = True) -> ReferentTable:
    """Compile the names of bitext's list and of one's own, which are added; *extend* False: one's own alone.

    Raises:
        LexiconError: there is no such file, a column is missing, a language is neither zh nor en, a form or
            a condition is malformed, or a form stands under two labels.
    """
    if referents is None:
        return _default()
    own, source = _own_rows(referents)
    return _compile([*(rows("referents") if extend else ()), *own], source)


def _own_rows(referents: str | Path | pd.DataFrame) -> tuple[list[dict[str, str]], str]:
    """Read a list of one's own; the columns ``when`` and ``note`` may be missing."""
    if isinstance(referents, pd.DataFrame):
        schema.require(referents, _NEEDED, "the referents")
        full = referents.reindex(columns=COLUMNS, fill_value="").astype(object).fillna("").astype(str)
        return [dict(zip(COLUMNS, row, strict=True)) for row in full.itertuples(index=False)], "the referents"
    path = Path(referents)
    if not path.is_file():
        raise LexiconError(
            f"referents={str(referents)!r}: there is no such file; it has to be a TSV file {COLUMNS}"
        )
    content = path.read_text(encoding="utf-8-sig")
    header = content.partition("\n")[0].rstrip("\r").split("\t")
    fits = set(_NEEDED) <= set(header) <= set(COLUMNS)
    own = parse(content, path.name, header if fits else COLUMNS)
    return [{**dict.fromkeys(COLUMNS, ""), **row} for row in own], path.name


@cache
def _default() -> ReferentTable:
    return _compile(rows("referents"), "referents.tsv")


def _compile(table: Iterable[dict[str, str]], source: str) -> ReferentTable:
    labels: _Labels = {}
    homes: dict[tuple[str, str], str] = {}
    asked: dict[tuple[str, str], str] = {}
    for row in table:
        where = f"{source}, form {row['form']!r}"
        if row["lang"] not in ("zh", "en"):
            raise LexiconError(f"{where}: lang is {row['lang']!r}; use 'zh' or 'en'")
        label = row["label"] if row["label"] != BLOCK else f"{row['referent']}/{BLOCK}"
        home = homes.setdefault((row["lang"], row["form"]), label)
        if home != label:
            raise LexiconError(
                f"{where}: it stands under two labels, {home!r} and {label!r}, and would be counted for one; "
                f"give it one, or use your list alone (extend=False)"
            )
        forms = labels.setdefault((row["referent"], row["label"]), {"zh": [], "en": []})
        if row["form"] not in forms[row["lang"]]:
            forms[row["lang"]].append(row["form"])
        for variant in _variants(row, source) if row["when"] else ():
            asked[row["lang"], variant] = row["when"]
            condition(row["when"], where)
    asking = {form for _, form in asked}
    # Of a head that has to stand as its condition asks nothing follows for the longer name: 白宫新闻秘书.
    names = [forms["zh"] for (_, label), forms in labels.items() if label != BLOCK]
    _add_bodies(names, labels, asking)
    shared = list(_shared(labels, asking))  # first, because it takes them out of the labels
    concepts = ConceptTable.of([*_concepts(labels), *shared], source)
    cells = [asked.get((form.lang, form.text), "") for form in concepts.forms]
    return ReferentTable(
        concepts, tuple(condition(cell, source) for cell in cells), fingerprint([concepts.version, *cells])
    )


def _concepts(labels: _Labels) -> Iterator[dict[str, str]]:
    """Yield a row of the concept table for each label."""
    for (referent, label), forms in labels.items():
        cells = {lang: "|".join(forms[lang]) for lang in ("zh", "en")}
        yield {"concept": f"{referent}\t{label}", "kind": referent, **cells}


def _shared(labels: _Labels, asking: Set[str]) -> Iterator[dict[str, str]]:
    """Take out of *labels*, and yield, the forms that hold a name of another referent (中国军队, China).

    Forms that have a condition (*asking*) are left as they are.
    """
    homes = {form: key for key, forms in labels.items() for form in forms["zh"] + forms["en"]}
    for (referent, label), forms in labels.items():
        for lang, form in [(key, form) for key in ("zh", "en") for form in forms[key]]:
            # The name of a state is one name: the People's Republic of China is no Republic of China.
            if label == BLOCK or form in asking or "Republic of " in form:
                continue
            inner = (homes.get(part, (referent, BLOCK)) for part in _parts(form, lang) if part not in asking)
            other = next((key for key in inner if key[0] != referent and key[1] != BLOCK), None)
            if other:
                forms[lang].remove(form)
                ids = f"{referent}\t{label}+{other[0]}\t{other[1]}"
                yield {"concept": ids, "kind": PAIR, "zh": "", "en": "", lang: form}


def _parts(form: str, lang: str) -> Iterator[str]:
    """Yield the beginnings and the ends of a form, the longest first."""
    units, joint = (form.split(), " ") if lang == "en" else (list(form), "")
    for length in range(len(units) - 1, 0 if lang == "en" else 1, -1):
        yield joint.join(units[:length])
        yield joint.join(units[-length:])


def _variants(row: dict[str, str], source: str) -> Iterable[str]:
    """Return the form of a row and those that rules make of it."""
    cell = {"concept": row["label"], row["lang"]: row["form"]}
    for text, marks in cells_of(cell, row["lang"], source):
        yield from (form.text for form in forms_of(text, marks, row["lang"], ()))


def _add_bodies(own: Iterable[list[str]], labels: _Labels, asking: Set[str]) -> None:
    """Add to each label the names of bodies and offices that begin with one of its names."""
    listed = {form.partition("@")[0] for forms in labels.values() for form in forms["zh"]}
    home = {form: forms for forms in own for form in forms if form not in asking}
    table = ConceptTable.default()
    for form in table.forms:
        if form.lang == "zh" and table.kinds[form.concepts[0]] in OPEN and form.text not in listed:
            heads = (form.text[:length] for length in range(len(form.text) - 1, 1, -1))
            head = next((head for head in heads if head in home), None)
            if head:
                home[head].append(form.text)


def find_names(tokens: Tokens, table: ReferentTable, known: ConceptHits) -> Names:
    """Find where referents are named: the longest match, not inside another name, in the sense asked.

    *known* are the concepts of bitext's own table in *tokens*.
    """
    hits = find_concepts(tokens, table.concepts)
    labels = [(str(label).split("\t")[0], str(label).split("\t")[1]) for label in hits.labels]
    real = np.array([label != BLOCK for _, label in labels], bool)
    at = np.flatnonzero(real[hits.concept] & ~_inside(hits.first, hits.last, *_closed_names(known)))
    asked: Sequence[Condition] = [table.conditions[form] for form in hits.form[at].tolist()]
    texts = tokens.articles[tokens.field].tolist()

    def around() -> Surroundings:
        own = ConceptTable.default()
        return Surroundings(tokens, (own.labels, own.kinds), known.concept, known.first, known.last)

    decided = decide(tokens, texts, asked, hits.first[at], hits.last[at], around)
    at, decided = at[decided != OTHER], decided[decided != OTHER]
    return Names(labels, hits.concept[at], hits.first[at], hits.last[at], decided != UNDECIDED)


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

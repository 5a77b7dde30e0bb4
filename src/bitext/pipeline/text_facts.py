"""Tables and texts → columns that keep sentences true: who else prints a name, a word, whom a copy names.

A table counts what its rules find; a reader looks into the text. What a sentence says of all articles is held
against the texts here, where they are at hand (of a `Scan`, those on the page).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import partial

import numpy as np
import pandas as pd
from ahocorasick_rs import AhoCorasick

from bitext.copies.credits import agency_forms, outlets_of_agencies
from bitext.pipeline.findings.finding import ALPHA
from bitext.pipeline.findings.findings_of_names import PAIRED, last_part
from bitext.statistics.groups import REST
from bitext.text.scripts.convert import to_simplified
from bitext.tokens.grouping import group_values
from bitext.tokens.tokens import Tokens

#: So many times as often as a word its characters stand in texts before it is told as a word of its own.
_WITHIN = 3


def with_text_facts(tables: Mapping[str, pd.DataFrame], tokens: Tokens, by: str) -> dict[str, pd.DataFrame]:
    """Return the *tables*, three of them with further columns.

    ``duplicates``: ``names``, news agencies and outlets of the table that stand in the article's text, joined
    by " · ". ``glossary``: ``printed_by``, of names that a person has several of: how often each outlet
    prints the last part ("路透 12 · 法广 3"), whoever bears it. ``keyness``: ``inside``, of a Chinese word
    beyond chance that the others lack: whether its characters stand in a text of theirs all the same (冠病 in
    新冠病毒); ``printed_more``: whether the group's own texts have its characters more often than the word
    was counted.
    """
    found = dict(tables)
    texts = _Texts(tokens)
    for name, needed, made in (
        ("duplicates", "article", _named_in_copies),
        ("glossary", "zh", _printed_by),
        ("keyness", "n_reference", partial(_in_characters, by=by)),
    ):
        table = found.get(name)
        if table is not None and len(table) and needed in table:
            found[name] = table.assign(**made(table, texts))
            found[name].attrs = table.attrs
    return found


class _Texts:
    """The texts of articles in simplified characters, converted when they are first asked for."""

    def __init__(self, tokens: Tokens) -> None:
        self.articles = tokens.articles
        self.outlets = tokens.articles["outlet"].astype(str).to_numpy()
        self._texts = tokens.articles[tokens.field].astype(str).tolist()
        self._traditional = (tokens.articles["script"] == "Hant").tolist()
        self._held: dict[int, str] = {}
        #: Rows of the Chinese articles.
        self.chinese = np.flatnonzero((tokens.articles["lang"] == "zh").to_numpy()).tolist()

    def __getitem__(self, row: int) -> str:
        if row not in self._held:
            text = self._texts[row].encode("utf-8", "ignore").decode("utf-8")
            self._held[row] = to_simplified(text) if self._traditional[row] else text
        return self._held[row]

    def holding(self, words: Iterable[str], rows: Iterable[int]) -> Iterable[tuple[int, str]]:
        """Yield row and word for each place of *words*; a word in Latin letters within none is not one."""
        wanted = sorted({word for word in words if word})
        if not wanted:
            return
        automaton, latin = AhoCorasick(wanted), list(map(str.isascii, wanted))
        for row in rows:
            text = self[row]
            for number, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
                if not (latin[number] and _is_within(text, start, end)):
                    yield row, wanted[number]


def _is_within(text: str, start: int, end: int) -> bool:
    """Say whether a place stands within a word in Latin letters."""
    around = text[max(start - 1, 0) : start] + text[end : end + 1]
    return any(sign.isascii() and sign.isalnum() for sign in around)


def _named_in_copies(table: pd.DataFrame, texts: _Texts) -> dict[str, list[str]]:
    agencies = {to_simplified(form): name for form, name in agency_forms().items()}
    outlets = {to_simplified(name): name for name in map(str, table["outlet"].unique()) if len(name) > 1}
    own = outlets_of_agencies()
    # An agency that is one of the outlets goes by the outlet's name.
    is_outlet = {own[name]: name for name in map(str, table["outlet"].unique()) if name in own}
    agencies = {form: is_outlet.get(name, name) for form, name in agencies.items()}
    row_of = {name: row for row, name in enumerate(texts.articles["article"])}
    rows = [row_of[name] for name in table["article"] if name in row_of]
    found: dict[int, set[str]] = {}
    for row, form in texts.holding({*agencies, *outlets}, rows):
        outlet = texts.outlets[row]
        called = outlets.get(form) or agencies[form]
        if outlet not in (called, form):
            found.setdefault(row, set()).add(called)
    return {"names": [" · ".join(sorted(found.get(row_of.get(name, -1), ()))) for name in table["article"]]}


def _printed_by(table: pd.DataFrame, texts: _Texts) -> dict[str, list[str]]:
    sure = (table["kind"] == "transliteration") & (table["confidence"] >= PAIRED)
    several = sure & table["en"].isin(table.loc[sure, "en"].value_counts()[lambda n: n > 1].index)
    parts = [last_part(str(zh)) if one else "" for zh, one in zip(table["zh"], several, strict=True)]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row, part in texts.holding({part for part in parts if len(part) > 1}, texts.chinese):
        counts[part][texts.outlets[row]] += 1
    printed = [
        " · ".join(f"{outlet} {n}" for outlet, n in sorted(counts.get(part, Counter()).items()))
        for part in parts
    ]
    return {"printed_by": printed}


def _in_characters(table: pd.DataFrame, texts: _Texts, by: str) -> dict[str, list[bool]]:
    groups = group_values(texts.articles, by)[by].to_numpy(dtype=str).tolist()
    terms = table["term"].astype(str)
    asked = (table["q"] < ALPHA) & (table["g2"] > 0) & (table["reference"] == REST)
    asked &= ~terms.map(str.isascii)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row, term in texts.holding(terms[asked], texts.chinese):
        found[term][groups[row]] += 1
    made: dict[str, list[bool]] = {"inside": [], "printed_more": []}
    columns = (asked, terms, table["target"].astype(str), table["n_target"], table["n_reference"])
    for one, term, target, own, words in zip(*columns, strict=True):
        counts = found.get(term, Counter()) if one else Counter[str]()
        made["inside"].append(counts.total() - counts[target] > _WITHIN * words)
        made["printed_more"].append(counts[target] > own)
    return made

"""Ids of concepts → what a reader calls them, in Chinese and in English."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from bitext.concepts.table import NAMED, ConceptTable


def concept_names(
    ids: Iterable[str],
    table: ConceptTable | None = None,
    used: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, tuple[str, str]]:
    """Return the Chinese and the English name of each concept; "" where the table has no form.

    The form that is the concept's id (china: China), or else the one that *used* has first (forms of a
    concept in these texts, the most frequent first), or the table. 中加 names two countries and neither.

    Examples:
        >>> concept_names(["artificial_intelligence"])
        {'artificial_intelligence': ('人工智能', 'artificial intelligence')}
        >>> concept_names(["china"])
        {'china': ('中国', 'China')}
    """
    table = table or ConceptTable.default()
    wanted = dict.fromkeys(ids)
    known: dict[tuple[str, bool], list[str]] = {}
    for form in table.forms:
        for number in form.concepts if len(form.concepts) == 1 else ():
            if table.labels[number] in wanted:
                known.setdefault((table.labels[number], form.text.isascii()), []).append(form.text)
    found = {}
    for name in wanted:
        plain = name.split(":")[-1].replace("_", " ")
        pair = []
        for english in (False, True):
            possible = known.get((name, english), [])
            same = [text for text in possible if text.lower() == plain]
            own = [text for text in (used or {}).get(name, ()) if text.isascii() == english]
            pair.append(next(iter([*same, *own, *possible]), ""))
        found[name] = (pair[0], pair[1])
    return found


@cache
def certain() -> frozenset[str]:
    """Return the concepts that are one certain body or person: the White House, and not any government.

    Examples:
        >>> sorted({"white_house", "government", "netherlands"} & certain())
        ['netherlands', 'white_house']
    """
    table = ConceptTable.default()
    plain = {
        table.labels[number]
        for form in table.forms
        if form.case == "any" and form.text.isascii()
        for number in form.concepts
    }
    named = {label for label, kind in zip(table.labels, table.kinds, strict=True) if kind in NAMED}
    return frozenset(named - plain)

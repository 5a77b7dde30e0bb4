"""Rows of a user's own table that have a condition → senses of their forms.

Where the condition holds, a form counts for the row's concept. Where it does not, the form has the sense that
it had before: the concept of another row, bitext's own senses. A form without another sense is undecided.
"""

from collections.abc import Iterator, Sequence

from bitext.concepts.conditions import condition
from bitext.concepts.row_forms import Form, Row, cells_of, forms_of

#: Ids and kinds.
_Concepts = tuple[Sequence[str], Sequence[str]]


def own_senses(own: Sequence[Row], base: Sequence[Form], concepts: _Concepts, source: str) -> tuple[Row, ...]:
    """Return rows of the shape of the lexicon ``concept_senses`` for the forms that have a condition.

    Args:
        own: rows of the table; the column ``when`` may be missing.
        base: forms of the table that they are added to.
        concepts: ids and kinds of its concepts.
        source: what the table is called in errors.

    Raises:
        LexiconError: a condition is malformed, or asks for a concept that neither table has.
    """
    asking = [row for row in own if row.get("when", "").strip()]
    if not asking:
        return ()
    labels, kinds = concepts
    ids = frozenset(name for row in own for name in (row["concept"], f"kind:{row['kind']}"))
    ids = ids.union(labels, (f"kind:{kind}" for kind in kinds))
    for row in asking:
        condition(row["when"], f"{source}, {row['concept']!r}", ids)
    plain = [row for row in reversed(own) if row not in asking]
    others = {form.text.casefold(): row["concept"] for row in plain for form in _forms(row, source)}
    for form in base:
        if len(form.concepts) == 1:
            others.setdefault(form.text.casefold(), labels[form.concepts[0]])
    senses = [
        _sense(form.text, row["concept"], row["when"]) for row in asking for form in _forms(row, source)
    ]
    mine = {(sense["form"], sense["concept"]) for sense in senses}
    rest = dict.fromkeys(
        sense["form"]
        for sense in senses
        if sense["form"] in others and (sense["form"], others[sense["form"]]) not in mine
    )
    return (*senses, *(_sense(form, others[form], "", default="yes") for form in rest))


def _sense(form: str, concept: str, when: str, default: str = "") -> dict[str, str]:
    return {"form": form.casefold(), "concept": concept, "when": when, "cues": "", "default": default}


def _forms(row: Row, source: str) -> Iterator[Form]:
    for lang in ("zh", "en"):
        for text, marks in cells_of(row, lang, source):
            yield from forms_of(text, marks, lang, (0,))

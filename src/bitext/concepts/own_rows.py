"""Rows of a user's own table or dictionary → rows of the concept table, to which they add and of which they
take nothing.

A table with ids of one's own is a decision: rows of a known id add their forms to it, new ids are new
concepts, and a form that stands elsewhere in bitext's table moves to where its user has it.

A dictionary (CC-CEDICT) is evidence: it lists senses that news hardly uses, and its glosses would take words
from the concepts that they are aligned in. Each of its entries, a Chinese word and its glosses, is taken so:

1. The word stands in the table: glosses that the table lacks are added to its concept if another gloss agrees
   with it. Only names and glosses of several words are: single ones mean too much.
2. The word is new, and its glosses, two or the only one, are known and of one concept: it is a form of that.
3. The word is new, and no gloss is known: a new concept, if all glosses are names or of several words.
4. Else the entry is left out, and so is every new form that holds one of the table: the longer one is found,
   and what stood there is lost.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bitext.concepts.row_forms import PAIR, Row


class Added(NamedTuple):
    """What became of the rows of one's own.

    Attributes:
        rows: all rows, bitext's own among them.
        forms: forms added to concepts that were there.
        concepts: new concepts.
        moved: forms that stand where their user has them, and stood elsewhere.
        left_out: entries of a dictionary that agree with no concept.
    """

    rows: list[Row]
    forms: int
    concepts: int
    moved: int
    left_out: int


def _bare(cell: str) -> str:
    return cell.partition("@")[0].casefold()


def _cells(row: Row, lang: str) -> list[str]:
    return [cell for cell in row[lang].split("|") if cell]


def add_table(own: Sequence[Row], base: Iterable[Row]) -> Added:
    """Add a table with ids of one's own; its rows come first, so that their forms win."""
    known = {row["concept"]: row for row in base}
    homes = _homes(known.values())
    found: list[Row] = []
    forms = moved = new = 0
    for row in own:
        old = known.pop(row["concept"], None)
        fresh = {lang: _cells(row, lang) for lang in ("zh", "en")}
        for lang, cells in fresh.items():
            elsewhere = [homes.get((lang, _bare(cell))) not in (None, row["concept"]) for cell in cells]
            # A form with a condition keeps its other sense where it was.
            moved += 0 if row.get("when") else sum(elsewhere)
            if old is not None:
                forms += sum((lang, _bare(cell)) not in homes for cell in cells)
        if old is None:
            new += row["kind"] != PAIR
            found.append(row)
            continue
        joined = {lang: "|".join(dict.fromkeys([*fresh[lang], *_cells(old, lang)])) for lang in fresh}
        found.append({**old, **{name: row[name] for name in ("kind", "note") if row[name]}, **joined})
    return Added([*found, *known.values()], forms, new, moved, 0)


def add_dictionary(entries: Sequence[Row], base: Iterable[Row]) -> Added:
    """Add the entries of a dictionary where they agree with the table; see above."""
    rows = {row["concept"]: dict(row) for row in base}
    homes = _homes(rows.values())
    forms = concepts = left_out = 0
    for entry in entries:
        (word,) = _cells(entry, "zh")
        glosses = _cells(entry, "en")
        known = Counter(home for gloss in glosses if (home := homes.get(("en", _bare(gloss)))))
        unknown = [
            gloss
            for gloss in glosses
            if ("en", _bare(gloss)) not in homes and _telling(gloss) and not _holds(gloss, "en", homes)
        ]
        home = homes.get(("zh", _bare(word)))
        if home is None and _holds(word, "zh", homes):  # it would be found in their place
            left_out += 1
            continue
        if home is None and not known and unknown and len(unknown) == len(glosses):
            rows[entry["concept"]] = {**entry, "en": "|".join(unknown)}
            concepts += 1
            _settle(homes, entry["concept"], [word], unknown)
        elif home is None and len(known) == 1 and (sum(known.values()) > 1 or len(glosses) == 1):
            (home,) = known
            rows[home]["zh"] = "|".join([*_cells(rows[home], "zh"), word])
            _settle(homes, home, [word], [])
            forms += 1
        elif home is not None and home in known and len(known) == 1 and unknown:
            rows[home]["en"] = "|".join([*_cells(rows[home], "en"), *unknown])
            _settle(homes, home, [], unknown)
            forms += len(unknown)
        else:
            left_out += 1
    return Added([*rows.values()], forms, concepts, 0, left_out)


def _telling(gloss: str) -> bool:
    """Say whether a gloss is a name or of several words: single ones mean too much ("cover", "to hold")."""
    text = gloss.partition("@")[0]
    return text != text.lower() or " " in text or "-" in text


def _holds(cell: str, lang: str, homes: Mapping[tuple[str, str], str]) -> bool:
    """Say whether a form holds one that the table knows: the longer one is found, and the other is lost."""
    units = _bare(cell).split() if lang == "en" else list(_bare(cell))
    joint, least = (" ", 1) if lang == "en" else ("", 2)
    return any(
        (lang, joint.join(units[start : start + size])) in homes
        for size in range(least, len(units))
        for start in range(len(units) - size + 1)
    )


def _homes(rows: Iterable[Row]) -> dict[tuple[str, str], str]:
    """Return the concept of each listed form; short forms and pairs are none by themselves."""
    found: dict[tuple[str, str], str] = {}
    for row in rows:
        if row["kind"] != PAIR:
            for lang in ("zh", "en"):
                for cell in _cells(row, lang):
                    found.setdefault((lang, _bare(cell)), row["concept"])
    return found


def _settle(homes: dict[tuple[str, str], str], concept: str, zh: Iterable[str], en: Iterable[str]) -> None:
    for lang, cells in (("zh", zh), ("en", en)):
        for cell in cells:
            homes[lang, _bare(cell)] = concept


def add_pairs(
    pairs: Iterable[tuple[str, str]],
    rows: Sequence[Row],
    labels: Sequence[str],
    homes: Mapping[str, tuple[int, ...]],
) -> list[dict[str, str]]:
    """Add pairs of names that texts gave; see `ConceptTable.extended`.

    Args:
        pairs: Chinese and Latin names.
        rows: rows of the table.
        labels: its concepts.
        homes: form, case folded -> numbers of its concepts.
    """
    index = {row["concept"]: number for number, row in enumerate(rows)}
    content = [dict(row) for row in rows]
    for zh, en in pairs:
        if set("|@\t") & set(zh + en):
            continue
        left, right = homes.get(zh.casefold()), homes.get(en.casefold())
        if left is not None and right is not None:
            continue
        known = left if left is not None else right
        if known is None:
            label = f"mined:{'_'.join(en.casefold().split())}"
            if label not in index:
                index[label] = len(content)
                content.append({"concept": label, "kind": "mined", "zh": "", "en": "", "note": ""})
            row = content[index[label]]
        elif len(known) == 1:
            row = content[index[labels[known[0]]]]
        else:
            continue
        for lang, form, home in (("zh", zh, left), ("en", en, right)):
            if home is None and form not in row[lang].split("|"):
                row[lang] = "|".join(filter(None, (row[lang], form)))
    return content

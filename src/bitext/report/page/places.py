"""Where in the articles the rows of the tables stand: names, sources, statements, spans of stance."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from ahocorasick_rs import AhoCorasick, MatchKind

from bitext.arrays import Bools, Ints
from bitext.concepts.lookup import find_concepts
from bitext.names.referents import find_names, referent_table
from bitext.report.page.tables import statements
from bitext.report.page.texts import Texts
from bitext.tokens.tokens import Tokens

#: Places of each kind on the page; those of different articles come first.
PLACES = 12_000
#: Places of one name, source or sign in one group, from texts that are not in the page in full.
EACH = 2

Tables = Mapping[str, pd.DataFrame]


def of_statements(found: Tables, articles: pd.DataFrame, texts: Texts) -> dict[str, Any]:
    """Return where each statement on the page stands, and the sentence nearest to it where it is left out.

    ``said``: statement -> article, start, length, ...; ``nearest``: row of `omissions` -> the same. Where a
    sentence has no room, its place stays as an address.
    """
    place = {name: i for i, name in enumerate(articles["article"])}
    if "statements" not in found or not len(found["statements"]):
        return {}
    wanted = set(statements(found))
    said: dict[str, list[int]] = {}
    table = found["statements"]
    row: Any
    for row in table[table["statement"].isin(wanted)].itertuples():
        if row.article in place:
            flat = [place[row.article], int(row.start), int(row.end) - int(row.start)]
            texts.hold(flat[0], flat[1], int(row.end))
            said.setdefault(str(row.statement), []).extend(flat)
    nearest: dict[str, list[int]] = {}
    gaps = found["omissions"].reset_index(drop=True)
    for row in gaps[gaps["statement"].isin(wanted)].itertuples():
        if row.nearest_article in place and row.nearest_start >= 0:
            a, start, end = place[row.nearest_article], int(row.nearest_start), int(row.nearest_end)
            texts.hold(a, start, end)
            nearest[str(row.Index)] = [a, start, end - start]
    return {"said": said, "nearest": nearest}


def of_names(tokens: Tokens, group: Ints, texts: Texts) -> dict[str, list[int]]:
    """Return where each name of a referent stands: ``label`` -> article, start, length, ..."""
    names = find_names(tokens, referent_table(), find_concepts(tokens))
    article = tokens.article()[names.first].astype(np.int64)
    start = tokens.start[names.first].astype(np.int64)
    end = tokens.end[names.last].astype(np.int64)
    sentence = tokens.sentence[names.first].astype(np.int64)
    frame = pd.DataFrame({"label": names.label, "group": group[article], "article": article})
    order, first = few_of_each(frame[names.decided], ("label", "group"), texts)
    there = texts.take(texts.place(article[order], sentence[order]))
    found: dict[str, list[int]] = {}
    for i in order[there | first][:PLACES].tolist():
        key = " ".join(names.labels[int(names.label[i])])
        found.setdefault(key, []).extend((int(article[i]), int(start[i]), int(end[i] - start[i])))
    return found


def few_of_each(table: pd.DataFrame, keys: Sequence[str], texts: Texts) -> tuple[Ints, Bools]:
    """Return the rows of *table* whose sentences are asked for: all in texts that are there, of others a few.

    Of each group of *keys* the first `EACH`, each in another article as far as there are so many; the first
    of every group comes first, so that what is left of the budget opens as many rows as it can. Also which
    are the first of their group: they stay, as an address, where their sentence has no room.
    """
    again = table.groupby([*keys, "article"]).cumcount()
    order = table.iloc[np.argsort(again.to_numpy(), kind="stable")]
    rank = order.groupby(list(keys)).cumcount().to_numpy()
    wanted = texts.whole[order["article"].to_numpy(dtype=np.int64)] | (rank < EACH)
    order, rank = order[wanted], rank[wanted]
    turn = np.argsort(rank, kind="stable")
    rows: Ints = order.index.to_numpy(dtype=np.int64)[turn]
    return rows, rank[turn] == 0


def of_pairs(table: dict[str, list[Any]], tokens: Tokens, texts: Texts) -> dict[str, list[int]]:
    """Return where names of both languages stand, by row of the glossary: article, start, length, ...

    The first two articles that print the Chinese form, those with the English one beside it before others.
    """
    forms = [str(form) for form in table.get("zh", ())]
    if not forms:
        return {}
    automaton = AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest)
    places: dict[int, list[tuple[bool, int, int, int]]] = {}
    for article, text in enumerate(map(str, tokens.articles[tokens.field])):
        here: dict[int, tuple[bool, int, int, int]] = {}
        for number, start, end in automaton.find_matches_as_indexes(text):
            beside = str(table["en"][number]) in text[end : end + 60]
            here[number] = min(
                here.get(number, (True, article, start, end)), (not beside, article, start, end)
            )
        for number, place in here.items():
            places.setdefault(number, []).append(place)
    found: dict[str, list[int]] = {}
    for number in sorted(places):
        for i, (_, article, start, end) in enumerate(sorted(places[number])[:EACH]):
            if texts.hold(article, start, end) or not i:
                found.setdefault(str(table["row"][number]), []).extend((article, start, end - start))
    return found

"""Rows of statements → one row per statement: clearest sentence, carriers, who was first, what differs."""

import re
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from bitext import schema
from bitext.checked import checked
from bitext.events.statements.none_of_them import counted_or_none
from bitext.events.statements.opposites import opposite_acts
from bitext.events.statements.pairing.features import conflicts
from bitext.events.statements.places import DENIES
from bitext.events.statements.rows import CARRYING
from bitext.events.statements.statements import STATEMENTS
from bitext.events.statements.within import within
from bitext.record import run_record, without_record
from bitext.text.quantities import Quantity, quantities
from bitext.text.scripts.convert import to_simplified

#: Columns of `statement_summary`.
SUMMARY = (
    "statement",
    "story",
    "zh",
    "en",
    "outlets",
    "articles",
    "carriers",
    "carried_by",
    "first_outlet",
    "instant",
    "precision",
    "voice",
    "speakers",
    "figures",
    "names",
    "disagree",
    "disagreement",
    "background",
    "within",
)
#: Units of figures that tell when, not how much: two dates in one statement are no disagreement.
_WHEN = ("date", "calendar_year", "day_of_month", "month_of_year", "hour_of_day", "year", "")
#: Share of the characters of two sentences that are alike, from which on a negation is all they differ in.
_ALIKE = 0.9
#: ... and from which on opposite acts are of one thing: somebody was appointed, somebody else dismissed.
_OTHERWISE_ALIKE = 0.4
#: What negates an act, or says that it is done: 没有生产, 生产了.
_RULING = re.compile(r"并?没有?|[并尚]?未|了|\b(?:not?|did not|have not|has not) ")
#: Differences that are shown.
_MOST = 4
#: What stands between names and figures in a cell.
_BETWEEN = " · "


@checked
def statement_summary(statements: pd.DataFrame) -> pd.DataFrame:
    """Describe each statement: who carries it, who was first, in whose voice, and on what carriers differ.

    Args:
        statements: the table of `bitext.statements`.

    Returns:
        One row per statement, in the order of *statements*:

        - ``statement``, ``story``
        - ``zh``, ``en``: the clearest sentence in each language, as it stands: the one most like the others,
          of equals the shortest; "" where no article of that language says it
        - ``outlets``, ``articles``: how many say or carry it; ``carriers``: how many independent ones
          (articles that print one text count once)
        - ``carried_by``: the outlets, by name
        - ``first_outlet``: the one that had it first; "" where it cannot be told, because two outlets' times
          may overlap; ``instant``, ``precision``: of the earliest article
        - ``voice``: "outlet", "source", or "both"; ``speakers``: who is said to say it
        - ``figures``: the figures of the clearest sentence (the Chinese one, if there is one), as they stand
        - ``names``: the names in it, in parentheses what the other language calls them, where that is known
        - ``disagree`` (bool): carriers give other figures of one unit (at the precision that the coarser is
          printed with), or some negate, deny or doubt what others state, or tell the opposite act (rose,
          fell), or count nobody where others count some; ``disagreement``: these figures, acts and counts, or
          "negated", "denied", "doubted"
        - ``background`` (bool): an outlet prints it in story after story
        - ``within``: the statement that this one is part of: half or more of the articles that say that one
          carry this one by the same sentence; -1 where there is none

    Raises:
        TableError: *statements* lacks a column.

    Examples:
        >>> import pandas as pd, bitext
        >>> frame = pd.DataFrame({
        ...     "outlet": ["甲", "乙"], "date": ["2031-03-02 08:00", "2031-03-02 09:00"],
        ...     "text": ["哈尔滨地震周日造成17人死亡。", "周日哈尔滨地震造成19人死亡。"]})
        >>> tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
        >>> found = pd.DataFrame({"story": 0, "article": tokens.articles["article"]})
        >>> table = statement_summary(bitext.statements(tokens, found))
        >>> table[["outlets", "first_outlet", "disagree", "disagreement"]]
           outlets first_outlet  disagree disagreement
        0        2                  True  17人死亡 / 19人死亡
    """
    schema.require(statements, STATEMENTS, "the table of statements")
    before, statements = statements.attrs.get("run"), without_record(statements)
    carried = statements[statements["relation"].isin(CARRYING)]
    says = carried[carried["relation"] == "says"]
    groups = carried.groupby("statement", sort=True)
    table = groups[["story"]].first()
    clearest = _clearest(says)
    for lang in ("zh", "en"):
        of = clearest[clearest["lang"] == lang].set_index("statement").reindex(table.index).fillna("")
        table[lang], table[f"names_{lang}"] = of["text"], of["names"]
    for column, counted in (("outlets", "outlet"), ("articles", "article"), ("carriers", "carrier")):
        table[column] = groups[counted].nunique()
    table["carried_by"] = _joined(carried, "outlet").reindex(table.index)
    earliest = (
        carried.sort_values("instant", kind="stable").drop_duplicates("statement").set_index("statement")
    )
    table["instant"], table["precision"] = earliest["instant"], earliest["precision"]
    table["first_outlet"] = _first(carried).reindex(table.index).fillna("")
    voices = says.groupby("statement")["voice"]
    table["voice"] = voices.first().where(voices.nunique() == 1, "both").reindex(table.index)
    table["speakers"] = _joined(says[says["source"] != ""], "source").reindex(table.index).fillna("")
    chinese = table["zh"] != ""
    shown = table["zh"].where(chinese, table["en"])
    table["figures"] = [_BETWEEN.join(text[q.start : q.end] for q in quantities(text)) for text in shown]
    table["names"] = table["names_zh"].where(chinese, table["names_en"])
    several = carried[carried["statement"].isin(table.index[table["outlets"] > 1])]
    table["disagreement"] = pd.Series(_differences(several), dtype=object).reindex(table.index).fillna("")
    table["disagree"] = table["disagreement"] != ""
    table["background"] = groups["background"].any()
    table["within"] = within(carried).reindex(table.index).fillna(-1).astype(int)
    result = table.reset_index()[list(SUMMARY)] if len(table) else schema.empty(SUMMARY)
    result.attrs["run"] = {**run_record("statement_summary"), "before": before}
    return result


def _joined(rows: pd.DataFrame, column: str) -> pd.Series:
    """Return for each statement the different values of *column*, sorted, in one cell."""
    once = rows[["statement", column]].drop_duplicates().sort_values(["statement", column], kind="stable")
    return once.groupby("statement")[column].agg(_BETWEEN.join)


def _clearest(says: pd.DataFrame) -> pd.DataFrame:
    """Return for each statement and language the sentence most like the others, of equals the shortest."""
    order = says.assign(length=says["text"].astype(str).str.len(), near=says["score"].round(2))
    order = order.sort_values(["near", "length", "text"], ascending=[False, True, True], kind="stable")
    return order.drop_duplicates(["statement", "lang"])[["statement", "lang", "text", "names"]]


def _first(carried: pd.DataFrame) -> pd.Series:
    """Return the outlet whose first article surely stands before all others'; no row where none does."""
    own = carried.groupby(["statement", "outlet"])[["instant", "latest"]].min().reset_index()
    own = own.sort_values(["statement", "latest"], kind="stable")
    rank = own.groupby("statement").cumcount()
    first = own[rank == 0].set_index("statement")
    others = own[rank > 0].groupby("statement")["instant"].min().reindex(first.index)
    undated = carried["instant"].isna().groupby(carried["statement"]).any().reindex(first.index)
    alone = ~first.index.isin(own.loc[rank > 0, "statement"])
    return first["outlet"][(alone | (first["latest"] <= others)) & ~undated]


class _Said(NamedTuple):
    """What an article says of a statement; *says* tells whether it is all that the sentence says."""

    outlet: str
    lang: str
    text: str
    figures: list[Quantity]
    polarity: str
    says: bool


def _differences(carried: pd.DataFrame) -> dict[int, str]:
    """Return on what the articles that say or carry a statement differ, for each statement."""
    rows = carried.drop_duplicates(["statement", "article"])
    names = ("statement", "outlet", "lang", "text", "start", "part_start", "part_end", "polarity", "relation")
    parts: dict[int, list[_Said]] = {}
    for number, outlet, lang, text, start, low, high, polarity, relation in zip(
        *(rows[name].tolist() for name in names), strict=True
    ):
        own = text[low - start : high - start]
        figures = [figure for figure in quantities(own) if figure.unit not in _WHEN]
        parts.setdefault(number, []).append(_Said(outlet, lang, own, figures, polarity, relation == "says"))
    return {number: _difference(part) for number, part in parts.items()}


def _difference(read: list[_Said]) -> str:
    """Return the figures on which sentences of different outlets differ, or how some of them are ruled."""
    found: list[str] = []
    for one, other in combinations(read, 2):
        if one.outlet == other.outlet:
            continue
        found += [
            f"{one.text[a.start : a.end]} / {other.text[b.start : b.end]}"
            for a, b in conflicts(one.figures, other.figures)
            if one.says and other.says
        ]
        found += _counted(one, other) or _ruled(one, other)
        found += _opposite(one, other)
    return _BETWEEN.join(list(dict.fromkeys(found))[:_MOST])


def _ruled(one: _Said, other: _Said) -> list[str]:
    """Return how one of two that say the same is ruled and the other is not."""
    ruled = {one.polarity, other.polarity} if one.polarity != other.polarity else set()
    if "denied" in ruled and all(DENIES.search(said.text) for said in (one, other)):
        ruled -= {"denied"}  # both tell of the denial
    # A negation may stand anywhere; in words that are alike it denies what they state.
    return sorted(ruled - ({""} if ruled == {"", "negated"} and _same_words(one, other) else {"", "negated"}))


def _same_words(one: _Said, other: _Said) -> bool:
    """Say whether a negation is all that two sentences differ in: not where "not rise" meets "fall"."""
    alike = one.lang == other.lang and _likeness(one, other) >= _ALIKE
    return alike and not opposite_acts(one.text, other.text)


def _opposite(one: _Said, other: _Said) -> list[str]:
    """Return the opposite acts of two that say the same: a "not" on one side makes them one."""
    if (one.polarity == "negated") != (other.polarity == "negated"):
        return []
    acts = opposite_acts(one.text, other.text)
    return acts if acts and (one.lang != other.lang or _likeness(one, other) >= _OTHERWISE_ALIKE) else []


def _counted(one: _Said, other: _Said) -> list[str]:
    """Return whom one of two that say the same counts, and the other counts as none."""
    alike = one.lang != other.lang or _likeness(one, other) >= _OTHERWISE_ALIKE
    return counted_or_none(one.text, other.text) if alike else []


def _likeness(one: _Said, other: _Said) -> float:
    """Return how alike two sentences are but for what they count and negate, 0 to 1."""
    first, second = (
        _RULING.sub("", to_simplified(_without_figures(said)).casefold()) for said in (one, other)
    )
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _without_figures(said: _Said) -> str:
    """Return the text of a sentence without what it counts: who made no steel made not 400 tonnes of it."""
    text = said.text
    for figure in reversed(said.figures):
        text = text[: figure.start] + text[figure.end :]
    return text

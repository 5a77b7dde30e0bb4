"""Rows of statements → one row per statement: clearest sentence, carriers, who was first, what differs."""

from itertools import combinations

import pandas as pd

from bitext import schema
from bitext.checked import checked
from bitext.events.statements.pairs import conflicts
from bitext.events.statements.rows import CARRYING
from bitext.events.statements.statements import STATEMENTS
from bitext.record import run_record, without_record
from bitext.text.quantities import Quantity, quantities

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
)
#: Units of figures that tell when, not how much: two dates in one statement are no disagreement.
_WHEN = ("date", "calendar_year", "day_of_month", "month_of_year", "hour_of_day", "year", "")
#: Two sentences so likely the same differ in a negation only if one of them states the contrary.
_ALIKE = 0.95
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
          printed with), or some negate, deny or doubt what others state; ``disagreement``: these figures,
          or "negated", "denied", "doubted"
        - ``background`` (bool): an outlet prints it in story after story

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
    several = says[says["statement"].isin(table.index[table["outlets"] > 1])]
    table["disagreement"] = pd.Series(_differences(several), dtype=object).reindex(table.index).fillna("")
    table["disagree"] = table["disagreement"] != ""
    table["background"] = groups["background"].any()
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


#: Outlet, sentence, its figures, how it is ruled, its score.
_Said = tuple[str, str, list[Quantity], str, float]


def _differences(says: pd.DataFrame) -> dict[int, str]:
    """Return on what the articles that say a statement differ, for each statement."""
    rows = says.drop_duplicates(["statement", "article"])
    columns = (rows[name].tolist() for name in ("statement", "outlet", "text", "polarity", "score"))
    parts: dict[int, list[_Said]] = {}
    for number, outlet, text, polarity, score in zip(*columns, strict=True):
        figures = [figure for figure in quantities(text) if figure.unit not in _WHEN]
        parts.setdefault(number, []).append((outlet, text, figures, polarity, score))
    return {number: _difference(part) for number, part in parts.items()}


def _difference(read: list[_Said]) -> str:
    """Return the figures on which sentences of different outlets differ, or how some of them are ruled."""
    found: list[str] = []
    for (outlet, left, mine, ruled, near), (other, right, theirs, also, close) in combinations(read, 2):
        if outlet == other:
            continue
        found += [f"{left[a.start : a.end]} / {right[b.start : b.end]}" for a, b in conflicts(mine, theirs)]
        # A negation counts where both sentences are almost the same words: else it may stand anywhere.
        alike = min(near, close) >= _ALIKE
        found += sorted({ruled, also} - ({""} if alike else {"", "negated"})) if ruled != also else []
    return _BETWEEN.join(list(dict.fromkeys(found))[:_MOST])

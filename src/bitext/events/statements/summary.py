"""Rows of statements → one row per statement: clearest sentence, carriers, who was first, what differs."""

from itertools import combinations

import numpy as np
import pandas as pd

from bitext import schema
from bitext.events.statements.pairs import conflicts
from bitext.events.statements.statements import STATEMENTS
from bitext.record import run_record
from bitext.text.quantities import quantities

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
    "first",
    "instant",
    "precision",
    "voice",
    "sources",
    "figures",
    "disagree",
    "difference",
    "background",
)
#: Relations that make an outlet a carrier.
CARRYING = ("says", "carries")
#: How far an instant of each precision may lie from the truth, in hours.
_HOURS = {"second": 0.0, "minute": 1 / 60, "hour": 1.0, "day": 24.0}
#: Units of figures that tell when, not how much: two dates in one statement are no disagreement.
_WHEN = ("date", "calendar_year", "day_of_month", "month_of_year", "hour_of_day", "year", "")
#: What stands between names and figures in a cell.
_BETWEEN = " · "


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
        - ``first``: the outlet that had it first; "" where it cannot be told, because two outlets' instants
          lie closer than their precision; ``instant``, ``precision``: of the earliest article
        - ``voice``: "outlet", "source", or "both"; ``sources``: who is said to say it
        - ``figures``: the figures of the clearest sentence, as they stand
        - ``disagree`` (bool): carriers give other figures of one unit (at the precision that the coarser is
          printed with), or some negate, deny or doubt what others state; ``difference``: these figures, or
          "negated", "denied", "doubted"
        - ``background`` (bool): an outlet prints it in story after story

    Raises:
        TableError: *statements* lacks a column.

    Examples:
        >>> import pandas as pd, bitext
        >>> frame = pd.DataFrame({
        ...     "outlet": ["甲", "乙"], "date": ["2031-03-02", "2031-03-04"],
        ...     "text": ["哈尔滨地震周日造成17人死亡。", "周日哈尔滨地震造成19人死亡。"]})
        >>> tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
        >>> found = pd.DataFrame({"story": 0, "article": tokens.articles["article"]})
        >>> table = statement_summary(bitext.statements(tokens, found))
        >>> table[["outlets", "first", "disagree", "difference"]]
           outlets first  disagree   difference
        0        2     甲      True  17人死亡 / 19人死亡
    """
    schema.require(statements, STATEMENTS, "the table of statements")
    carried = statements[statements["relation"].isin(CARRYING)]
    rows = [_one(part) for _, part in carried.groupby("statement", sort=True)]
    table = pd.DataFrame(rows, columns=list(SUMMARY)) if rows else schema.empty(SUMMARY)
    table.attrs["run"] = {**run_record("statement_summary"), "before": statements.attrs.get("run")}
    return table


def _one(part: pd.DataFrame) -> dict[str, object]:
    says = part[part["relation"] == "says"]
    clearest = {lang: _clearest(says[says["lang"] == lang]) for lang in ("zh", "en")}
    earliest = part.sort_values("instant", kind="stable").iloc[0]
    voices = sorted(set(says["voice"]))
    shown = clearest["zh"] or clearest["en"]
    difference = _difference(says)
    return {
        "statement": part["statement"].iloc[0],
        "story": part["story"].iloc[0],
        **clearest,
        "outlets": part["outlet"].nunique(),
        "articles": part["article"].nunique(),
        "carriers": part["carrier"].nunique(),
        "carried_by": _BETWEEN.join(sorted(set(part["outlet"]))),
        "first": _first(part),
        "instant": earliest["instant"],
        "precision": earliest["precision"],
        "voice": voices[0] if len(voices) == 1 else "both",
        "sources": _BETWEEN.join(sorted(set(says["source"]) - {""})),
        "figures": _BETWEEN.join(shown[q.start : q.end] for q in quantities(shown)),
        "disagree": bool(difference),
        "difference": difference,
        "background": bool(part["background"].any()),
    }


def _clearest(rows: pd.DataFrame) -> str:
    """Return the sentence most like the others, of equals the shortest; "" of none."""
    if not len(rows):
        return ""
    order = rows.assign(length=rows["text"].str.len(), near=rows["score"].round(2))
    text: str = order.sort_values(["near", "length", "text"], ascending=[False, True, True])["text"].iloc[0]
    return text


def _first(part: pd.DataFrame) -> str:
    """Return the outlet whose earliest article surely stands before all others' articles; "" of none."""
    dated = part.dropna(subset=["instant"])
    if len(dated) < len(part):
        return ""
    own = dated.sort_values("instant", kind="stable").drop_duplicates("outlet")
    if len(own) == 1:
        return str(own["outlet"].iloc[0])
    reach = pd.to_timedelta(own["precision"].map(_HOURS).fillna(24.0), unit="h")
    start, end = own["instant"].to_numpy(), (own["instant"] + reach).to_numpy()
    surely = end[0] <= start[1:].min()
    return str(own["outlet"].iloc[0]) if surely else ""


def _difference(says: pd.DataFrame) -> str:
    """Return the figures on which sentences of different articles differ, or how some of them are ruled."""
    texts = says.drop_duplicates("article")["text"].tolist()
    read = [[figure for figure in quantities(text) if figure.unit not in _WHEN] for text in texts]
    found: list[str] = []
    for (left, mine), (right, theirs) in combinations(zip(texts, read, strict=True), 2):
        for a, b in conflicts(mine, theirs):
            pair = f"{left[a.start : a.end]} / {right[b.start : b.end]}"
            if pair not in found:
                found.append(pair)
    polarity = says["polarity"].to_numpy(dtype=str)
    if len(np.unique(polarity)) > 1:
        found += sorted(set(polarity) - {""})
    return _BETWEEN.join(found[:4])

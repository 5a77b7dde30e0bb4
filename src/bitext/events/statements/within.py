"""Rows of statements → which statement is part of which: one fact that a table has twice."""

import pandas as pd

#: Share of the articles that say a statement from which on what all of them carry, too, is part of it.
_HALF = 0.5
_PLACE = ["article", "start"]


def within(carried: pd.DataFrame) -> pd.Series:
    """Return for each statement that is part of another one the number of that one.

    "The town is on alert" is part of "The town is on alert, and ferries stay in the harbour" where at least
    half of the articles that say the latter carry the former by it. Of several that which most articles say.

    Args:
        carried: the rows of `bitext.statements` that say or carry a statement.
    """
    says, holds = (carried[carried["relation"] == name] for name in ("says", "carries"))
    size = says.groupby("statement")["article"].nunique()
    both = says[["statement", *_PLACE]].merge(
        holds[["statement", *_PLACE]], on=_PLACE, suffixes=("", "_part")
    )
    shared = both.groupby(["statement", "statement_part"])["article"].nunique().reset_index()
    shared["articles"] = shared["statement"].map(size)
    shared = shared[shared["article"] >= _HALF * shared["articles"]]
    shared = shared.sort_values(["articles", "statement"], ascending=[False, True], kind="stable")
    return shared.drop_duplicates("statement_part").set_index("statement_part")["statement"]

"""Which news agencies each outlet lives on: the share of its words that are an agency's text."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import special

from bitext import schema
from bitext.arrays import Floats
from bitext.checked import checked
from bitext.copies.credits import credits
from bitext.copies.fingerprints import HasArticles
from bitext.copies.shingles import fold
from bitext.record import run_record
from bitext.statistics.clusters import Cluster, added, cluster_codes, column_of
from bitext.statistics.effects import check_alpha
from bitext.statistics.units import finds_stories
from bitext.tokens.grouping import group_codes, group_names

#: Columns of `wire_shares`, after those of the groups.
COLUMNS = ("agency", "articles", "based_on", "share", "low", "high", "group_size", "note")

#: The row of all agencies together.
ANY = "(any)"
#: With fewer articles (or clusters) in a group there is no interval.
FEWEST = 5


@checked
@finds_stories
def wire_shares(
    corpus: HasArticles, *, by: str | Sequence[str] = "outlet", cluster: Cluster = None, alpha: float = 0.05
) -> pd.DataFrame:
    """Tell which agencies each group of articles credits, and how much of its text is theirs.

    A text is an agency's if a dateline, byline or copyright line says so: （法新社华盛顿31日电）, MARLOW
    (Reuters) -, © 2031 AFP. Texts that are based on an agency (本文依据了路透社的报道) are counted beside. An
    outlet that is an agency itself credits nobody. What an outlet prints without a credit is not seen: the
    share is a lower bound.

    Args:
        corpus: a Corpus, as `bitext.read` returns it, or Tokens: credits mostly stand in what cleaning took
            out (`Corpus.removed`), of which Tokens keep bylines and datelines.
        by: column(s) that make the groups.
        cluster: what makes the units of the interval: "day", "week", "story" (found on the way), a column or
            the table of stories; None takes articles.
        alpha: 1 - level of the interval.

    Returns:
        One row per group and agency, the largest share first, and one for "(any)":

        - the columns *by*; ``agency``
        - ``articles`` (int): articles that are the agency's text; ``based_on``: that are based on it
        - ``share`` (0 to 1): part of the group's text (letters, digits and Han) that is the agency's
        - ``low``, ``high``: its interval: a ratio of sums over the units, linearised, with Student's t
        - ``group_size`` (int): articles of the group
        - ``note``: why there is no interval

    Raises:
        TableError: *by* or *cluster* is no column, or *alpha* out of range.

    Source:
        Cochran (1977), Sampling techniques, 6.3, for the variance of a ratio.

    Examples:
        >>> import bitext
        >>> texts = ["MARLOW (Reuters) - Rain fell.", "Rain fell in the north, we saw."]
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": ["A", "A"]}))
        >>> wire_shares(corpus)[["outlet", "agency", "articles", "share", "group_size"]].round(2)
          outlet   agency  articles  share  group_size
        0      A    (any)         1   0.26           2
        1      A  Reuters         1   0.26           2
    """
    check_alpha(alpha)
    articles = corpus.articles.reset_index(drop=True)
    schema.require(articles, ("article", "outlet", "text"), "the table of articles")
    names = group_names(by)
    groups, number = group_codes(articles, names)
    found = credits(articles, corpus.removed)
    agency = np.array([one.agency for one in found], dtype=object)
    printed = np.array([one.printed for one in found], dtype=bool)
    size = np.diff(fold(articles["text"].tolist()).bounds).astype(np.float64)
    code = cluster_codes(articles, cluster)
    rows = []
    for group, key in enumerate(groups.itertuples(index=False)):
        inside = number == group
        credited = sorted(set(agency[inside]) - {""})
        for name in [ANY, *credited] if credited else [ANY]:
            named = inside & (agency == name if name != ANY else agency != "")
            share, low, high, note = _share(
                np.where(named & printed, size, 0.0)[inside], size[inside], code[inside], alpha
            )
            counts = int((named & printed).sum()), int((named & ~printed).sum())
            rows.append((*key, name, *counts, share, low, high, int(inside.sum()), note))
    table = pd.DataFrame(rows, columns=[*names, *COLUMNS])
    table["last"] = table["agency"] != ANY
    order = [*names, "last", "share", "articles", "based_on", "agency"]
    rising = [True] * (len(names) + 1) + [False, False, False, True]
    table = table.sort_values(order, ascending=rising, kind="stable", ignore_index=True).drop(columns="last")
    table.attrs["run"] = run_record("wire_shares", by=names, cluster=column_of(cluster), alpha=alpha)
    return table


def _share(
    hits: Floats, size: Floats, code: npt.NDArray[np.int64], alpha: float
) -> tuple[float, float, float, str]:
    """Return a ratio of sums over clusters, its interval, and why there is none."""
    _, unit = np.unique(code, return_inverse=True)
    belongs = added(unit)
    x, length = belongs @ hits, belongs @ size
    total = float(length.sum())
    if not total:
        return np.nan, np.nan, np.nan, "no text"
    share = float(x.sum()) / total
    units = len(x)
    if units < FEWEST:
        return share, np.nan, np.nan, f"not estimable: {units} units, at least {FEWEST} needed"
    quantile = float(special.stdtrit(units - 1, 1 - alpha / 2))
    if not x.any() or np.array_equal(x, length):
        # Every unit says the same: Wilson's interval with units as trials.
        square = quantile**2
        far = square / (units + square)
        return share, max(share - far, 0.0), min(share + far, 1.0), ""
    error = float(np.sqrt(units / (units - 1) * ((x - share * length) ** 2).sum())) / total
    return share, max(share - quantile * error, 0.0), min(share + quantile * error, 1.0), ""

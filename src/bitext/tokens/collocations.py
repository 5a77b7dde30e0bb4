"""Words that stand together more often than chance would have it."""

import numpy as np
import pandas as pd
from scipy.special import chdtrc, xlogy

from bitext.arrays import Floats, Ints
from bitext.checked import checked
from bitext.errors import BitextError
from bitext.lexicons.stopwords import stopwords
from bitext.record import run_record
from bitext.text.kinds import WORD
from bitext.tokens.tokens import Tokens

#: Measures by which the rows can be ordered.
MEASURES = ("g2", "log_dice", "npmi")
COLUMNS = (
    "left",
    "right",
    "n",
    "n_left",
    "n_right",
    "articles",
    "expected",
    "g2",
    "p",
    "q",
    "log_dice",
    "npmi",
)


@checked
def collocations(
    tokens: Tokens,
    *,
    window: int = 1,
    measure: str = "g2",
    min_count: int = 5,
    min_articles: int = 1,
    keep_stopwords: bool = False,
) -> pd.DataFrame:
    """Find pairs of words that stand together more often than their frequencies explain.

    Counted are ordered pairs of words in one sentence, the second at most *window* tokens behind the first
    (marks count as tokens, so that window=1 never reaches over a comma). With ``n`` pairs (left, right),
    ``n_left`` pairs that begin with left, ``n_right`` that end with right and N pairs in all,
    ``expected = n_left * n_right / N``. The test is Dunning's log-likelihood ratio over the two-by-two table
    of pairs; it treats pairs as independent, which words of one article are not: look at ``articles`` too.

    Args:
        tokens: what `bitext.tokenize` returned.
        window: greatest distance, in tokens; 1 for neighbours.
        measure: what the rows are ordered by: "g2", "log_dice" or "npmi".
        min_count: leave out rarer pairs.
        min_articles: leave out pairs that stand in fewer articles.
        keep_stopwords: keep pairs with a stop word; without, they still count in N.

    Returns:
        One row per pair, highest *measure* first, ties in order of the words:
        - ``left right`` (str): the terms;
        - ``n n_left n_right articles`` (int): as above;
        - ``expected`` (float, > 0);
        - ``g2`` (float): positive where the pair is more frequent than expected, negative where less;
        - ``p`` (0 to 1): of |g2| under a chi-squared distribution with one degree of freedom;
        - ``q`` (0 to 1): p adjusted for all pairs in the table (Benjamini and Hochberg);
        - ``log_dice`` (float, at most 14): 14 + log2(2 n / (n_left + n_right));
        - ``npmi`` (-1 to 1): pointwise mutual information divided by -log(n / N).

    Raises:
        BitextError: *measure* is not one of the three, or *window* or *min_count* is below 1.

    Source:
        Dunning (1993), Accurate methods for the statistics of surprise and coincidence. Rychlý (2008), A
        lexicographer-friendly association score. Bouma (2009), Normalized (pointwise) mutual information.

    Examples:
        >>> import bitext, pandas as pd
        >>> texts = ["export controls hit chips", "new export controls", "chips hit new lows"]
        >>> tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": texts})))
        >>> bitext.collocations(tokens, min_count=2)[["left", "right", "n", "articles", "log_dice"]]
             left     right  n  articles  log_dice
        0  export  controls  2         2      14.0
    """
    if measure not in MEASURES:
        raise BitextError.unknown("measure", measure, MEASURES)
    for name, value in (("window", window), ("min_count", min_count)):
        if value < 1:
            raise BitextError(f"{name}={value!r}; use a whole number from 1")
    left, right = _pairs(tokens, window)
    table = _count(tokens, left, right)
    if not keep_stopwords:
        stop = stopwords()
        table = table[~table["left"].isin(stop) & ~table["right"].isin(stop)]
    table = table[(table["n"] >= min_count) & (table["articles"] >= min_articles)]
    table = _measure(table, len(left))
    table = table.sort_values([measure, "left", "right"], ascending=[False, True, True], ignore_index=True)
    parameters = {"window": window, "measure": measure, "min_count": min_count, "min_articles": min_articles}
    record = run_record("collocations", **parameters, keep_stopwords=keep_stopwords)
    table.attrs["run"] = {**record, "before": tokens.run}
    return table[list(COLUMNS)]


def _pairs(tokens: Tokens, window: int) -> tuple[Ints, Ints]:
    """Return the positions of the two words of every pair."""
    word = tokens.kind == WORD
    sentence = tokens.sentence_keys()
    lefts, rights = [], []
    for distance in range(1, min(window, max(len(tokens) - 1, 0)) + 1):
        together = word[:-distance] & word[distance:] & (sentence[:-distance] == sentence[distance:])
        lefts.append(np.flatnonzero(together))
        rights.append(lefts[-1] + distance)
    nothing = [np.zeros(0, dtype=np.int64)]
    return np.concatenate(lefts or nothing), np.concatenate(rights or nothing)


def _count(tokens: Tokens, left: Ints, right: Ints) -> pd.DataFrame:
    size = max(len(tokens.types), 1)
    key = tokens.term[left].astype(np.int64) * size + tokens.term[right]
    pairs, number, n = np.unique(key, return_inverse=True, return_counts=True)
    rows = max(len(tokens.articles), 1)
    places = np.unique(number.astype(np.int64) * rows + tokens.article()[left])
    a, b = pairs // size, pairs % size
    return pd.DataFrame(
        {
            "left": tokens.types[a],
            "right": tokens.types[b],
            "n": n,
            "n_left": np.bincount(tokens.term[left], minlength=size)[a],
            "n_right": np.bincount(tokens.term[right], minlength=size)[b],
            "articles": np.bincount(places // rows, minlength=len(pairs)),
        }
    )


def _measure(table: pd.DataFrame, total: int) -> pd.DataFrame:
    n, a, b = (table[name].to_numpy(dtype=float) for name in ("n", "n_left", "n_right"))
    expected = a * b / max(total, 1)
    g2 = signed_g2(n, a, b, total)
    p = chdtrc(1, np.abs(g2))
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.where(n == total, 1.0, np.log(n / expected) / -np.log(n / total))
        log_dice = 14 + np.log2(2 * n / (a + b))
    from scipy.stats import false_discovery_control  # takes a second, which other tables need not wait

    q = false_discovery_control(p) if len(p) else p
    return table.assign(expected=expected, g2=g2, p=p, q=q, log_dice=log_dice, npmi=npmi)


def signed_g2(n: Floats, a: Floats, b: Floats, total: float) -> Floats:
    """Return Dunning's ratio over [[n, a-n], [b-n, total-a-b+n]], negative where n is below expectation.

    Examples:
        >>> float(signed_g2(np.array([10.0]), np.array([20.0]), np.array([20.0]), 100).round(4)[0])
        12.0714
    """
    observed = np.array([n, a - n, b - n, total - a - b + n])
    expected = np.array([a * b, a * (total - b), (total - a) * b, (total - a) * (total - b)]) / max(total, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = xlogy(observed, observed) - xlogy(observed, expected)
    g2: Floats = 2 * terms.sum(axis=0) * np.where(n < expected[0], -1.0, 1.0)
    return g2

"""Rows of statements → of each outlet, what share of its peers' statements it lacks, and if beyond chance."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.arrays import Bools, Floats
from bitext.checked import checked
from bitext.errors import BitextError
from bitext.events.statements.omissions import VERDICTS, cells, reporting
from bitext.events.statements.rows import CARRYING
from bitext.record import generator, run_record, without_record
from bitext.statistics.multiple import false_discovery_rate

#: Columns of `omission_rates`.
RATES = ("outlet", "statements", "omitted", "unclear", "rate", "expected", "low", "high", "p", "q", "note")
#: Stories in which an outlet can be silent, below which no rate is tested.
_FEWEST = 5
#: Deals that are counted at once.
_DEALS = 100


@checked
def omission_rates(
    statements: pd.DataFrame, *, min_peers: int = 2, permutations: int = 999, seed: int = 0
) -> pd.DataFrame:
    """Say of each outlet which share of its peers' statements it leaves out, and if that is beyond chance.

    Chance: within each story the outlets' names are dealt anew to the articles (an outlet keeps its number
    of articles), and the rates are counted again. Who has short articles or few of them is silent by chance;
    only what is beyond that counts.

    Args:
        statements: the table of `bitext.statements`, made with ``min_carriers=1``.
        min_peers: as in `omissions`.
        permutations: how often the names are dealt.
        seed: for dealing.

    Returns:
        One row per outlet, the most silent first:

        - ``outlet``; ``statements``: those that enough peers carry in stories that the outlet covers;
          ``omitted``, ``unclear``: how many of them it leaves out, or may leave out (told in other words, in
          another language, in part, or after its last article)
        - ``rate`` (0 to 1): share of statements that it is not found to carry, (omitted + unclear) /
          statements; what it surely leaves out is omitted / statements
        - ``expected``, ``low``, ``high`` (0 to 1): mean, and 2.5 and 97.5 per cent, of the rate that chance
          gives; no interval of ``rate`` itself
        - ``p`` (0 to 1): how often chance gives a rate as high (one-sided, the deal itself counted);
          ``q``: adjusted for all outlets of the table (Benjamini-Hochberg)
        - ``note``: "too few stories" where p is NaN

    Raises:
        BitextError: *permutations* is below 19.

    Examples:
        >>> import pandas as pd, bitext
        >>> frame = pd.DataFrame({"outlet": ["甲", "乙", "丙"], "date": ["2031-03-02"] * 3, "text": [
        ...     "哈尔滨地震周日造成17人死亡。市政府开放了三座体育馆。",
        ...     "周日哈尔滨地震造成17人死亡。市政府开放三座体育馆。", "哈尔滨周日发生地震。"]})
        >>> tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
        >>> found = pd.DataFrame({"story": 0, "article": tokens.articles["article"]})
        >>> rates = omission_rates(bitext.statements(tokens, found, min_carriers=1))
        >>> rates[["outlet", "statements", "omitted", "rate", "note"]].head(1)
          outlet  statements  omitted  rate             note
        0      丙           2        1   0.5  too few stories

    Source:
        Permutation within blocks: Pitman (1937); Phipson & Smyth (2010) for the count that includes the data.
    """
    if permutations < 19:
        raise BitextError(f"permutations must be at least 19, not {permutations!r}: no p could be below .05")
    before, statements = statements.attrs.get("run"), without_record(statements)
    asked = cells(statements, min_peers)
    outlets = sorted(set(asked["outlet"]))
    rows = statements[statements["article"] != ""]
    # As in the table of omissions: what one wire text alone says is no statement of several peers.
    peering = reporting(rows[rows["relation"].isin(CARRYING)])
    carriers = peering.groupby("statement")["carrier"].nunique()
    shared = set(carriers.index[carriers >= min_peers])
    stories = [
        _Story.of(part, shared, outlets, min_peers)
        for _, part in rows.groupby("story")
        if not shared.isdisjoint(part["statement"])
    ]
    rng = generator(seed)
    observed, dealt = np.zeros((2, len(outlets))), np.zeros((2, permutations, len(outlets)))
    for story in stories:
        observed += story.missed(story.outlet[None, :])[:, 0]
        deals = rng.permuted(np.tile(story.outlet, (permutations, 1)), axis=1)
        for start in range(0, permutations, _DEALS):
            dealt[:, start : start + _DEALS] += story.missed(deals[start : start + _DEALS])
    deals = dealt[0] / np.maximum(dealt[1], 1)
    rate = observed[0] / np.maximum(observed[1], 1)
    counted = pd.crosstab(asked["outlet"], asked["verdict"]).reindex(outlets, columns=VERDICTS, fill_value=0)
    covered = asked.groupby("outlet")["story"].nunique().reindex(outlets, fill_value=0).to_numpy()
    p = (1 + (deals >= rate - 1e-12).sum(axis=0)) / (permutations + 1)
    table = pd.DataFrame(
        {
            "outlet": outlets,
            "statements": observed[1].astype(np.int64),
            "omitted": counted["omitted"].to_numpy(),
            "unclear": counted[list(VERDICTS[1:])].sum(axis=1).to_numpy(),
            "rate": rate,
            "expected": deals.mean(axis=0),
            "low": np.quantile(deals, 0.025, axis=0),
            "high": np.quantile(deals, 0.975, axis=0),
            "p": np.where(covered >= _FEWEST, p, np.nan),
            "note": np.where(covered >= _FEWEST, "", "too few stories"),
        }
    )
    table["q"] = false_discovery_rate(table["p"])
    table = table.sort_values(["p", "outlet"], kind="stable", ignore_index=True)[list(RATES)]
    record = run_record("omission_rates", min_peers=min_peers, permutations=permutations, seed=seed)
    table.attrs["run"] = {**record, "before": before}
    return table


class _Story:
    """Which article of a story carries which statement, so that outlets can be dealt anew."""

    def __init__(
        self,
        carries: npt.NDArray[np.float32],
        outlet: npt.NDArray[np.int64],
        reports: Bools,
        outlets: int,
        peers: int,
    ) -> None:
        self.carries, self.outlet, self.reports = carries, outlet, reports
        self._outlets, self._peers = outlets, peers

    @classmethod
    def of(cls, part: pd.DataFrame, shared: set[int], outlets: list[str], peers: int) -> "_Story":
        """Make the table of one story's rows: its articles, and which of *shared* they carry."""
        articles = part.drop_duplicates("article").sort_values("article")
        carried = part[part["relation"].isin(CARRYING) & part["statement"].isin(shared)]
        rows = carried["article"].map({name: row for row, name in enumerate(articles["article"])})
        columns, names = pd.factorize(carried["statement"])
        carries = np.zeros((len(articles), len(names)), dtype=np.float32)
        carries[rows, columns] = 1.0
        numbers = {name: number for number, name in enumerate(outlets)}
        outlet = articles["outlet"].map(lambda name: numbers.get(name, -1)).to_numpy(dtype=np.int64)
        return cls(carries, outlet, articles.index.isin(reporting(articles).index), len(outlets), peers)

    def missed(self, outlet: npt.NDArray[np.int64]) -> Floats:
        """Return how many statements of enough peers each outlet lacks, and how many there are.

        Peers, and outlets that are asked, have an article that reports the event; what any article carries
        is not lacking.

        Args:
            outlet: deals × articles, the number of the outlet that each article is dealt to.

        Returns:
            2 × deals × outlets.
        """
        known = np.unique(outlet[outlet >= 0])
        of = outlet[:, None, :] == known[:, None]  # deals × outlets of the story × articles
        on_event = of & self.reports
        has = of.astype(np.float32) @ self.carries > 0  # ... × statements
        tells = has if self.reports.all() else on_event.astype(np.float32) @ self.carries > 0
        peers = tells.sum(axis=1, keepdims=True) - tells
        asked = (peers >= self._peers) & on_event.any(axis=2)[:, :, None]
        found = np.zeros((2, len(outlet), self._outlets))
        found[:, :, known] = (asked & ~has).sum(axis=2), asked.sum(axis=2)
        return found

"""Rows of statements → what peers carry and an outlet does not, and whether that is beyond chance."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext import schema
from bitext.arrays import Floats
from bitext.checked import checked
from bitext.errors import BitextError, TableError
from bitext.events.statements.statements import STATEMENTS
from bitext.events.statements.summary import CARRYING, statement_summary
from bitext.record import generator, run_record, without_record
from bitext.statistics.multiple import false_discovery_rate

#: Columns of `omissions`.
OMISSIONS = (
    "story",
    "statement",
    "outlet",
    "verdict",
    "zh",
    "en",
    "peers",
    "peers_total",
    "carriers",
    "carried_by",
    "nearest",
    "nearest_article",
    "nearest_start",
    "nearest_end",
    "nearest_score",
    "containment",
    "background",
)
#: Columns of `omission_rates`.
RATES = ("outlet", "statements", "omitted", "unclear", "rate", "expected", "low", "high", "p", "q", "note")
#: An outlet's nearest sentence is another statement below this probability; from it on nobody can say. The
#: scorers of the languages differ in how low a sentence scores that retells the statement.
SURELY_OTHER = {"zh": 0.2, "en": 0.02}
#: Where so much of a statement stands scattered over an outlet's articles, it may be there in other words.
MAYBE_HELD = 0.25
#: Between them an article can have appeared.
_TIMES = ["instant", "latest"]
VERDICTS = ("omitted", "unclear", "printed before", "carried in part")
#: Stories in which an outlet can be silent, below which no rate is tested.
_FEWEST = 5
#: Deals that are counted at once.
_DEALS = 100


@checked
def omissions(statements: pd.DataFrame, *, outlet: str | None = None, min_peers: int = 2) -> pd.DataFrame:
    """List the statements of a story that other outlets carry and this one does not.

    Only outlets that covered the story are asked, and only statements that at least *min_peers* other outlets
    carry with at least as many independent carriers: outlets that print one wire text count once. There is no
    p for a single omission: with a handful of outlets a story none could be small. Whether an outlet leaves
    out more than chance would have it is a question to all its stories: `omission_rates`.

    Args:
        statements: the table of `bitext.statements`.
        outlet: only this outlet; None lists all.
        min_peers: other outlets, and independent carriers among them, that must carry the statement.

    Returns:
        One row per statement and outlet, the surest first within a story:

        - ``story``, ``statement``, ``outlet``
        - ``verdict``: "omitted" where even the outlet's nearest sentence is surely another statement;
          "unclear" where it may be the same, or where only articles in another language carry it; "printed
          before" where the outlet's last article on the story is older than the first that carries it;
          "carried in part" where it holds some of it
        - ``zh``, ``en``: the statement, its clearest sentence in each language
        - ``peers``: other outlets that carry it; ``peers_total``: other outlets that cover the story;
          ``carriers``: independent ones; ``carried_by``: the outlets
        - ``nearest``, ``nearest_article``, ``nearest_start``, ``nearest_end``, ``nearest_score`` (0 to 1):
          the outlet's nearest sentence, where it stands, and how likely it is the same statement; "" and 0
          where nothing is near
        - ``containment`` (0 to 1): share of the statement's words that stand in the outlet's articles
        - ``background`` (bool): a peer prints the sentence in story after story: not news that was left out

    Raises:
        TableError: *outlet* is not in *statements*, or a column is missing.
        BitextError: *min_peers* is below 1.

    Examples:
        >>> import pandas as pd, bitext
        >>> shut = "The bridge was shut on Monday after engineers found three cracks in a pillar."
        >>> frame = pd.DataFrame({"outlet": ["A", "B", "C"], "date": ["2031-03-02"] * 3, "text": [
        ...     shut, shut.replace("was shut", "closed"), "Ferries run until the repairs are done."]})
        >>> tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
        >>> found = pd.DataFrame({"story": 0, "article": tokens.articles["article"]})
        >>> table = omissions(bitext.statements(tokens, found), outlet="C", min_peers=1)
        >>> table[["outlet", "verdict", "peers"]]
          outlet  verdict  peers
        0      C  omitted      2
    """
    if min_peers < 1:
        raise BitextError(f"min_peers must be a whole number from 1, not {min_peers!r}")
    table = _cells(statements, min_peers)
    known = sorted(set(statements["outlet"]))
    if outlet is not None and outlet not in known:
        raise TableError.unknown("outlet", outlet, known)
    table = table[table["verdict"] != ""]
    if outlet is not None:
        table = table[table["outlet"] == outlet]
    listed = statements[statements["statement"].isin(set(table["statement"]))]
    summary = statement_summary(listed).set_index("statement")
    table = table.join(summary[["zh", "en", "carriers", "carried_by", "background"]], on="statement")
    table = table.assign(order=table["verdict"].map(VERDICTS.index))
    keys = ["story", "order", "peers", "nearest_score", "statement", "outlet"]
    table = table.sort_values(keys, ascending=[True, True, False, True, True, True], kind="stable")
    table = table[list(OMISSIONS)].reset_index(drop=True)
    record = run_record(
        "omissions", outlet=outlet, min_peers=min_peers, surely_other=SURELY_OTHER, maybe_held=MAYBE_HELD
    )
    table.attrs["run"] = {**record, "before": statements.attrs.get("run")}
    return table


def _cells(statements: pd.DataFrame, min_peers: int) -> pd.DataFrame:
    """Return a row per statement of peers enough and outlet of its story; verdict "" where it carries it."""
    schema.require(statements, STATEMENTS, "the table of statements")
    statements = without_record(statements)
    carried = statements[statements["relation"].isin(CARRYING)]
    outlets = statements[statements["article"] != ""].groupby("story")["outlet"].agg(lambda x: sorted(set(x)))
    story = carried.groupby("statement")["story"].first()
    by_outlet = carried.groupby("statement")["outlet"].agg(set)
    sources = carried.groupby("statement")["carrier"].nunique()
    rows = []
    for one in by_outlet.index[sources.reindex(by_outlet.index) >= min_peers]:
        here = outlets[story[one]]
        for name in here:
            peers = len(by_outlet[one] - {name})
            rows.append((story[one], one, name, peers, len(here) - 1, name in by_outlet[one]))
    table = pd.DataFrame(rows, columns=["story", "statement", "outlet", "peers", "peers_total", "carries"])
    table = table[table["peers"] >= min_peers]
    rest = statements[statements["relation"].isin(("in part", "nearest"))]
    rest = rest.sort_values("score", ascending=False, kind="stable").drop_duplicates(["statement", "outlet"])
    nearest = {name: f"nearest_{name}" for name in ("article", "start", "end", "score")} | {"text": "nearest"}
    rest = rest.rename(columns=nearest)
    columns = ["relation", "lang", *nearest.values(), "containment"]
    table = table.merge(rest[["statement", "outlet", *columns]], on=["statement", "outlet"], how="left")
    part = table["relation"] == "in part"
    surely, score, containment = (
        column.fillna(0.0).to_numpy(dtype=np.float64)
        for column in (table["lang"].map(SURELY_OTHER), table["nearest_score"], table["containment"])
    )
    other = (score <= surely) & (containment < MAYBE_HELD)
    # Across languages most of what is told in other words is not found: only a reader can say.
    writes = statements[statements["article"] != ""].groupby(["story", "outlet"])["lang"].agg(set)
    told = carried.groupby("statement")["lang"].agg(set)
    cells = zip(table["story"], table["outlet"], table["statement"], strict=True)
    other &= np.array([bool(writes[story, name] & told[one]) for story, name, one in cells], dtype=bool)
    verdict = np.where(
        other, np.where(_before(table, statements, carried), "printed before", "omitted"), "unclear"
    )
    verdict = np.where(part, "carried in part", verdict)
    return table.assign(
        verdict=np.where(table["carries"], "", verdict),
        nearest=table["nearest"].fillna(""),
        nearest_article=table["nearest_article"].fillna(""),
        nearest_start=table["nearest_start"].fillna(-1).astype(np.int64),
        nearest_end=table["nearest_end"].fillna(-1).astype(np.int64),
        nearest_score=table["nearest_score"].fillna(0.0),
    )


def _before(table: pd.DataFrame, statements: pd.DataFrame, carried: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return where the outlet printed all it has on the story before anybody stated the statement.

    Both ends of the time in which an article can have appeared must be earlier; False where one has no date.
    """
    articles = statements[statements["article"] != ""]
    last = _times(articles, undated=np.iinfo(np.int64).max).groupby([articles["story"], articles["outlet"]])
    first = _times(carried, undated=np.iinfo(np.int64).min).groupby(carried["statement"])
    printed = last.max().reindex(pd.MultiIndex.from_frame(table[["story", "outlet"]])).to_numpy()
    return np.asarray((printed < first.min().reindex(table["statement"]).to_numpy()).all(axis=1))


def _times(rows: pd.DataFrame, undated: int) -> pd.DataFrame:
    """Return the ends of the time of each row in microseconds."""
    times = rows[_TIMES].to_numpy(dtype="datetime64[us]")
    return pd.DataFrame(np.where(np.isnat(times), undated, times.astype(np.int64)), index=rows.index)


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
    cells = _cells(statements, min_peers)
    outlets = sorted(set(cells["outlet"]))
    carried = without_record(statements[statements["relation"].isin(CARRYING)])
    # As in the table of omissions: what one wire text alone says is no statement of several peers.
    carried = carried[carried.groupby("statement")["carrier"].transform("nunique") >= min_peers]
    stories = [_Story.of(part, outlets, min_peers) for _, part in carried.groupby("story")]
    rng = generator(seed)
    observed, dealt = np.zeros((2, len(outlets))), np.zeros((2, permutations, len(outlets)))
    for story in stories:
        observed += story.missed(story.outlet[None, :])[:, 0]
        deals = rng.permuted(np.tile(story.outlet, (permutations, 1)), axis=1)
        for start in range(0, permutations, _DEALS):
            dealt[:, start : start + _DEALS] += story.missed(deals[start : start + _DEALS])
    deals = dealt[0] / np.maximum(dealt[1], 1)
    rate = observed[0] / np.maximum(observed[1], 1)
    counted = pd.crosstab(cells["outlet"], cells["verdict"]).reindex(outlets, columns=VERDICTS, fill_value=0)
    covered = cells.groupby("outlet")["story"].nunique().reindex(outlets, fill_value=0).to_numpy()
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
    table.attrs["run"] = {**record, "before": statements.attrs.get("run")}
    return table


class _Story:
    """Which article of a story carries which statement, so that outlets can be dealt anew."""

    def __init__(
        self, carries: npt.NDArray[np.float32], outlet: npt.NDArray[np.int64], outlets: int, peers: int
    ) -> None:
        self.carries, self.outlet, self._outlets, self._peers = carries, outlet, outlets, peers

    @classmethod
    def of(cls, part: pd.DataFrame, outlets: list[str], peers: int) -> "_Story":
        """Make the table of one story's rows."""
        articles = part.drop_duplicates("article").sort_values("article")
        rows = part["article"].map({name: row for row, name in enumerate(articles["article"])})
        columns, names = pd.factorize(part["statement"])
        carries = np.zeros((len(articles), len(names)), dtype=np.float32)
        carries[rows, columns] = 1.0
        numbers = {name: number for number, name in enumerate(outlets)}
        outlet = articles["outlet"].map(lambda name: numbers.get(name, -1)).to_numpy(dtype=np.int64)
        return cls(carries, outlet, len(outlets), peers)

    def missed(self, outlet: npt.NDArray[np.int64]) -> Floats:
        """Return how many statements of enough peers each outlet lacks, and how many there are.

        Args:
            outlet: deals × articles, the number of the outlet that each article is dealt to.

        Returns:
            2 × deals × outlets.
        """
        known = np.unique(outlet[outlet >= 0])
        of = outlet[:, None, :] == known[:, None]  # deals × outlets of the story × articles
        has = of.astype(np.float32) @ self.carries > 0  # ... × statements
        peers = has.sum(axis=1, keepdims=True) - has
        asked = (peers >= self._peers) & of.any(axis=2)[:, :, None]
        found = np.zeros((2, len(outlet), self._outlets))
        found[:, :, known] = (asked & ~has).sum(axis=2), asked.sum(axis=2)
        return found

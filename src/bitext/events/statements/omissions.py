"""Rows of statements → what peers carry and an outlet does not, with the nearest sentence it has."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext import schema
from bitext.checked import checked
from bitext.errors import BitextError, TableError
from bitext.events.coverage import REPORTS
from bitext.events.statements.rows import CARRYING
from bitext.events.statements.statements import STATEMENTS
from bitext.events.statements.summary import statement_summary
from bitext.record import run_record, without_record

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
    "within",
)
#: An outlet's nearest sentence is another statement below this probability; from it on nobody can say. The
#: scorers of the languages differ in how low a sentence scores that retells the statement.
SURELY_OTHER = {"zh": 0.2, "en": 0.02}
#: Where so much of a statement stands scattered over an outlet's articles, it may be there in other words.
MAYBE_HELD = 0.25
#: Between them an article can have appeared.
_TIMES = ["instant", "latest"]
VERDICTS = ("omitted", "unclear", "printed before", "carried in part")


@checked
def omissions(statements: pd.DataFrame, *, outlet: str | None = None, min_peers: int = 2) -> pd.DataFrame:
    """List the statements of a story that other outlets carry and this one does not.

    Only outlets that covered the story are asked, and only statements that at least *min_peers* other outlets
    carry with at least as many independent carriers: outlets that print one wire text count once. A story has
    articles on what came before or beside it: an outlet is asked, and a peer counted, only by articles that
    report what the headline of the story says (`central` .5 or more), but what any article of the outlet
    states is not left out. There is no p for a single omission: with a handful of outlets a story none could
    be small. Whether an outlet leaves out more than chance would have it is a question to all its stories:
    `omission_rates`.

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
        - ``peers``: other outlets that carry it in an article that reports the event; ``peers_total``: other
          outlets with such an article; ``carriers``: independent carriers among the peers; ``carried_by``:
          the peers by name
        - ``nearest``, ``nearest_article``, ``nearest_start``, ``nearest_end``, ``nearest_score`` (0 to 1):
          the outlet's nearest sentence, where it stands, and how likely it is the same statement; "" and 0
          where nothing is near
        - ``containment`` (0 to 1): share of the statement's words that stand in the outlet's articles
        - ``background`` (bool): a peer prints the sentence in story after story: not news that was left out
        - ``within``: the statement that this one is part of, as in `statement_summary`; -1 where none

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
    before, statements = statements.attrs.get("run"), without_record(statements)
    table = cells(statements, min_peers)
    known = sorted(set(statements["outlet"]))
    if outlet is not None and outlet not in known:
        raise TableError.unknown("outlet", outlet, known)
    table = table[table["verdict"] != ""]
    if outlet is not None:
        table = table[table["outlet"] == outlet]
    listed = statements[statements["statement"].isin(set(table["statement"]))]
    summary = statement_summary(listed).set_index("statement")
    table = table.join(summary[["zh", "en", "background", "within"]], on="statement")
    # Who lacks a statement is none of its peers: they are the same for every outlet that lacks it.
    peers = statement_summary(reporting(listed)).set_index("statement")
    table = table.join(peers[["carriers", "carried_by"]], on="statement")
    table = table.assign(order=table["verdict"].map(VERDICTS.index))
    keys = ["story", "order", "peers", "nearest_score", "statement", "outlet"]
    table = table.sort_values(keys, ascending=[True, True, False, True, True, True], kind="stable")
    table = table[list(OMISSIONS)].reset_index(drop=True)
    record = run_record(
        "omissions", outlet=outlet, min_peers=min_peers, surely_other=SURELY_OTHER, maybe_held=MAYBE_HELD
    )
    table.attrs["run"] = {**record, "before": before}
    return table


def reporting(statements: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of articles that report what the headline of their story says, or may."""
    return statements[~(statements["central"] < REPORTS)]


def cells(statements: pd.DataFrame, min_peers: int) -> pd.DataFrame:
    """Return a row per statement of peers enough and outlet of its story; verdict "" where it carries it."""
    schema.require(statements, STATEMENTS, "the table of statements")
    carried = statements[statements["relation"].isin(CARRYING)]
    on_event = reporting(statements)
    outlets = on_event[on_event["article"] != ""].groupby("story")["outlet"].agg(lambda x: sorted(set(x)))
    peering = reporting(carried)
    story = peering.groupby("statement")["story"].first()
    by_peer = peering.groupby("statement")["outlet"].agg(set)
    by_outlet = carried.groupby("statement")["outlet"].agg(set)
    sources = peering.groupby("statement")["carrier"].nunique()
    rows = []
    for one in by_peer.index[sources.reindex(by_peer.index) >= min_peers]:
        here = outlets[story[one]]
        for name in here:
            peers = len(by_peer[one] - {name})
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
    asked = zip(table["story"], table["outlet"], table["statement"], strict=True)
    other &= np.array([bool(writes[where, name] & told[one]) for where, name, one in asked], dtype=bool)
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

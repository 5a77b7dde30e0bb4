"""The tables of a comparison → findings: plain sentences in both languages, each with the rows behind it.

Every sentence has a stated rule (docs/methods/findings.md); what no rule supports is not said. Nothing is
computed anew: a number of a sentence stands in a row of the table that the finding names.
"""

from collections.abc import Callable, Iterator, Mapping

import pandas as pd

from bitext.pipeline.findings import findings_of_copies as copies
from bitext.pipeline.findings import findings_of_events as events
from bitext.pipeline.findings import findings_of_names as names
from bitext.pipeline.findings import findings_of_pairs as pairs
from bitext.pipeline.findings import findings_of_words as words
from bitext.pipeline.findings.finding import FINDINGS, Finding

Tables = Mapping[str, pd.DataFrame]

_RULES: tuple[Callable[[Tables], Iterator[Finding]], ...] = (
    events.covered,
    events.first,
    pairs.later,
    pairs.renderings,
    events.left_out,
    pairs.disagreement,
    copies.same_text,
    words.words,
)
#: Rules about tables whose groups stand in the column that the comparison is made by.
_RULES_BY: tuple[Callable[[Tables, str], Iterator[Finding]], ...] = (
    names.names,
    words.own_sources,
    words.kinds_of_actors,
    pairs.tone,
)


def findings(tables: Tables, by: str) -> pd.DataFrame:
    """Return the findings of the tables of a comparison, a row each, in the order in which they are told.

    Args:
        tables: the tables of `bitext.compare`; a rule whose table is absent says nothing.
        by: the column of the articles that made the groups.

    Returns:
        Columns of `FINDINGS`, described at `bitext.Comparison.findings`. Within a kind what is beyond chance
        comes first, then counts, then what may be chance; that an outlet printed nothing on a story counts
        among the counts, whatever its p.
    """
    found = [finding for rule in _RULES for finding in rule(tables)]
    found += [finding for rule in _RULES_BY for finding in rule(tables, by)]
    found.sort(key=lambda finding: finding.order)
    table = pd.DataFrame([finding.record() for finding in found], columns=list(FINDINGS))
    text = [name for name in FINDINGS if name not in ("value", "low", "high")]
    return table.astype({**dict.fromkeys(text, "str"), "value": float, "low": float, "high": float})

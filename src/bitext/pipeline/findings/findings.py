"""The tables of a comparison → findings: plain sentences in both languages, each with the rows behind it.

Every sentence has a stated rule (docs/methods/findings.md); what no rule supports is not said. Nothing is
computed anew: a number of a sentence stands in a row of the table that the finding names.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import pandas as pd

from bitext.pipeline.findings import findings_of_copies as copies
from bitext.pipeline.findings import findings_of_coverage as coverage
from bitext.pipeline.findings import findings_of_events as events
from bitext.pipeline.findings import findings_of_few as few
from bitext.pipeline.findings import findings_of_names as names
from bitext.pipeline.findings import findings_of_statements as statements
from bitext.pipeline.findings import findings_of_tone as tone
from bitext.pipeline.findings import findings_of_voices as voices
from bitext.pipeline.findings import findings_of_words as words
from bitext.pipeline.findings.finding import FINDINGS, Finding
from bitext.record import without_record
from bitext.text.scripts.convert import to_simplified

Tables = Mapping[str, pd.DataFrame]

_RULES: tuple[Callable[[Tables], Iterator[Finding]], ...] = (
    coverage.covered,
    events.first,
    events.later,
    names.renderings,
    statements.left_out,
    statements.disagreement,
    copies.same_text,
)
#: Rules about tables whose groups stand in the column that the comparison is made by.
_RULES_BY: tuple[Callable[[Tables, str], Iterator[Finding]], ...] = (
    coverage.one_group,
    few.few,
    names.names,
    voices.kinds_of_actors,
    voices.own_sources,
    words.words,
    tone.tone,
)


#: Questions in the order in which their first answers may lead.
_LEADS = ("covered", "names", "left out", "voices", "tone", "words", "disagreement", "first", "copies")


def findings(tables: Tables, by: str) -> pd.DataFrame:
    """Return the findings of the tables of a comparison, a row each, in the order in which they are told.

    Args:
        tables: the tables of `bitext.compare`; a rule whose table is absent says nothing.
        by: the column of the articles that made the groups.

    Returns:
        Columns of `FINDINGS`, described at `bitext.Comparison.findings`. The question with the finding that
        leads comes first, the others in the order of `KINDS`. Within a kind what is beyond chance comes
        first, then counts, then what may be chance; that an outlet printed nothing on a story counts among
        the counts, whatever its p.
    """
    tables = {name: without_record(table) for name, table in tables.items()}
    found = [finding for rule in _RULES for finding in rule(tables)]
    found += [finding for rule in _RULES_BY for finding in rule(tables, by)]
    small = _handfuls(tables, by)
    found = [one for one in found if one.kind not in _OF_GROUPS or one.group not in small]
    alone = _in_own_time(tables, by)
    found = [_only_counted(finding) if finding.group in alone else finding for finding in found]
    named = _names_told(found)
    found = [one for one in found if one.kind != "words" or (one.group, one.about) not in named]
    found.sort(key=lambda finding: finding.order)
    lead = _lead(found)
    found.sort(key=lambda finding: finding.kind != lead)
    table = pd.DataFrame([finding.record() for finding in found], columns=list(FINDINGS))
    text = [name for name in FINDINGS if name not in ("value", "low", "high")]
    return table.astype({**dict.fromkeys(text, "str"), "value": float, "low": float, "high": float})


def _names_told(found: list[Finding]) -> set[tuple[str, str]]:
    """Return names and sources that are told of a group, and their words: none is told again as a word."""
    told = set()
    for one in found:
        if one.kind in ("names", "voices") and one.about:
            whole = to_simplified(one.about).lower()
            told |= {(one.group, word) for word in (whole, *whole.split())}
    return told


#: Fewer articles are a handful, of which a count says nothing beside groups of more.
_HANDFUL = 5
#: Kinds of findings that tell how a group writes.
_OF_GROUPS = ("names", "voices", "left out", "words", "tone")


def _handfuls(tables: Tables, by: str) -> frozenset[str]:
    """Return the groups of fewer than five articles, where others have more."""
    table = tables.get("groups")
    if table is None or not {by, "articles"} <= set(table) or table["articles"].max() < _HANDFUL:
        return frozenset()
    return frozenset(table.loc[table["articles"] < _HANDFUL, by].astype(str))


#: What is said of a group that has its own stretch of time. Of its words, `bitext.keyness` says it.
_OWN_TIME = "counted, not tested: the group has its own stretch of time, and other news"
#: Kinds of findings whose test takes articles, or stories, of all groups for alike.
_TESTED = ("names", "voices", "words", "tone")


def _in_own_time(tables: Tables, by: str) -> frozenset[str]:
    """Return the groups (weeks, say) without a day in common with any other: a test would find the news."""
    table = tables.get("groups")
    if table is None or by not in table or table["first_date"].isna().any():
        return frozenset()
    first, last = (pd.to_datetime(table[name]).dt.normalize() for name in ("first_date", "last_date"))
    meeting = [int(((first <= high) & (last >= low)).sum()) for low, high in zip(first, last, strict=True)]
    return frozenset(table[by][[number == 1 for number in meeting]]) if len(table) > 1 else frozenset()


def _only_counted(finding: Finding) -> Finding:
    if finding.kind not in _TESTED or finding.strength != "beyond chance":
        return finding
    return replace(finding, strength="counted", note=_OWN_TIME)


def _lead(found: list[Finding]) -> str:
    """Return the question whose first answer leads: chance is ruled out, or else it was counted.

    Of several the one that says most by itself: a name for the same thing needs no context, a word does.
    """
    heads = {finding.kind: finding for finding in reversed(found)}
    for strength in ("beyond chance", "counted"):
        for kind in _LEADS:
            if (
                kind in heads
                and heads[kind].strength == strength
                and (heads[kind].group or strength == "counted")
            ):
                return kind
    return found[0].kind if found else ""

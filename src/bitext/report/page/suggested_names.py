"""The articles on the page → names that may be of one thing: a suggestion to read, no result."""

from typing import TYPE_CHECKING, Any

from bitext.names.candidates import naming_candidates
from bitext.pipeline.printed import as_printed
from bitext.report.page.columns import columns

if TYPE_CHECKING:
    from bitext.pipeline.comparison import Comparison

#: Kinds of evidence of which most rows are names of one thing, and rows that are shown.
_SURE, _ROWS = ("translation", "concept"), 60
_SHOWN = "lang name_a name_b evidence n_a n_b group_a group_b difference shared"


def suggested_names(result: "Comparison") -> dict[str, dict[str, list[Any]]]:
    """Return the table of suggestions as the page holds tables, under its name; nothing where it is empty."""
    if "glossary" not in result.tables:
        return {}
    table = naming_candidates(result.tokens, by=result.by, translations=result.tables["glossary"])
    table = table[table["evidence"].isin(_SURE)].head(_ROWS)
    if not len(table):
        return {}
    for name, group in (("name_a", "group_a"), ("name_b", "group_b")):
        table = table.assign(
            **{name: as_printed(result.tokens, result.by, table[group].tolist(), table[name].tolist())}
        )
    cells = columns(table, _SHOWN.split())
    return {"naming_candidates": {**cells, "row": list(range(len(table)))}}

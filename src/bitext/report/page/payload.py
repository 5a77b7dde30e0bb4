"""Everything that the page shows, as plain lists and numbers."""

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from bitext import __version__
from bitext.report.page.columns import columns, day, values
from bitext.report.page.concordance import units
from bitext.report.page.copies import copies
from bitext.report.page.findings import findings
from bitext.report.page.stance import stance
from bitext.report.page.texts import Texts
from bitext.tokens.grouping import group_values

if TYPE_CHECKING:
    from bitext.pipeline.comparison import Comparison
    from bitext.pipeline.first_pass import Removed

#: Rows of the keyness tables on the page: of each comparison the strongest, and the strongest the other way.
OVER, UNDER = 100, 40
#: Rows of other long tables.
ROWS = 4000
GLOSSARY_ROWS = 800

KEYNESS = [
    *("lang", "target", "reference", "term", "n_target", "n_reference"),
    *("articles_target", "articles_reference", "rate_target", "rate_reference"),
    *("g2", "log_ratio", "log_ratio_low", "log_ratio_high", "dispersion", "q", "note"),
]
#: Tables that are shown as they are, and the columns that the page takes of them.
PLAIN = {
    "similarity": "target reference cosine cosine_low cosine_high cosine_chance p q jsd jsd_chance "
    "group_size_target group_size_reference note",
    "stories": "story name article outlet lang first hours similarity",
    "omitted_words": "story outlet term peers peers_total articles_peers q",
    "glossary": "",
}
_NAMING = [
    *("group", "referent", "place", "voice", "label", "n", "of", "share", "low", "high", "articles"),
    *("surfaces", "undecided", "note"),
]


def payload(result: "Comparison") -> dict[str, Any]:
    """Return what the page shows of *result*; parts whose table is absent are absent."""
    tables, articles = result.tables, result.tokens.articles
    names = _names(tables["articles"], result.by)
    texts = Texts.of(result.tokens)
    found: dict[str, Any] = {
        "version": __version__,
        "by": result.by,
        "groups": columns(tables["groups"].rename(columns={result.by: "name"}), _GROUPS),
        "units": units(result.units, result.tokens, result.by, names, texts),
        "removed": _removed(result.removed, names),
        "problems": columns(tables["problems"], ["file", "problem"]),
        "run": json.loads(json.dumps(result.run, default=str)),
        "tables": {name: len(table) for name, table in tables.items()},
    }
    for name in ("keyness", "keyness_concepts"):
        if name in tables and len(tables[name]):
            found[name] = columns(_strongest(tables[name]), KEYNESS)
    found["keywords"] = columns(
        tables["keywords"].rename(columns={result.by: "group"}),
        ["lang", "group", "term", "rank", "n", "articles", "tfidf"],
    )
    for name, wanted in PLAIN.items():
        if name in tables and len(tables[name]):
            table = tables[name].head(GLOSSARY_ROWS if name == "glossary" else ROWS)
            found[name] = columns(table, wanted.split() or list(table.columns))
    if "naming" in tables and len(tables["naming"]):
        table = tables["naming"].rename(columns={result.by: "group"})
        # Names that nobody uses are not on the page, only in the table.
        found["naming"] = columns(table[table["n"] > 0].head(ROWS), _NAMING, digits=3)
    if "stories" in found:
        _numbers_for_articles(found["stories"], articles)
    if "stance" in tables and "evidence" in tables and result.by in tables["stance"]:
        if "polarity" in tables and "toward" in tables["polarity"]:
            toward = tables["polarity"].rename(columns={result.by: "group"})
            found["targets"] = columns(toward, _TARGETS)
        found["stance"] = stance(tables["stance"], tables["evidence"], result, names, texts)
    if len(tables["duplicates"]):
        found["copies"] = copies(result.corpus, tables["duplicates"])
    if len(tables.get("findings", ())):
        found["findings"] = findings(tables, articles, result.by, texts)
    # Last, because the steps before say which sentences they need.
    found["articles"] = _articles(articles, result.by, names, texts)
    found["articles"]["all"] = _langs(tables["articles"])
    return found


_TARGETS = [
    *("group", "toward", "lang", "voice", "value", "low", "high", "clauses", "positive", "negative"),
    *("articles", "group_size", "stable", "note"),
]
_GROUPS = ["name", "articles", "words", "languages", "scripts", "first_date", "last_date"]


def _names(articles: pd.DataFrame, by: str) -> list[str]:
    return sorted(group_values(articles, by)[by].unique())


def _langs(articles: pd.DataFrame) -> dict[str, int]:
    """Return the number of articles in each language: all, not only those on the page."""
    return {str(lang): int(n) for lang, n in articles["lang"].value_counts().sort_index().items()}


def _articles(articles: pd.DataFrame, by: str, names: list[str], texts: Texts) -> dict[str, Any]:
    place = {name: i for i, name in enumerate(names)}
    shown = columns(articles, ["lang", "title", "author", "url"])
    return {
        "id": values(articles["article"]),
        "group": [place[value] for value in group_values(articles, by)[by]],
        **shown,
        "date": [day(value) for value in articles["date"]],
        "text": texts.full(),
        "parts": texts.parts(),
        "limit": texts.limit,
    }


def _removed(removed: "Removed | None", names: list[str]) -> dict[str, Any]:
    """Return how many pieces and characters cleaning took out, by kind and group."""
    counts = removed.counts if removed else {}
    sizes = removed.characters if removed else {}
    pieces: dict[str, int] = {}
    characters: dict[str, int] = {}
    for (kind, group), n in counts.items():
        pieces[kind] = pieces.get(kind, 0) + n
        characters[kind] = characters.get(kind, 0) + sizes[kind, group]
    kinds = sorted(pieces, key=lambda kind: (-pieces[kind], kind))
    return {
        "kind": kinds,
        "n": [pieces[kind] for kind in kinds],
        "characters": [characters[kind] for kind in kinds],
        "groups": [[counts.get((kind, name), 0) for name in names] for kind in kinds],
    }


def _strongest(table: pd.DataFrame) -> pd.DataFrame:
    keys = [key for key in ("lang", "target", "reference") if key in table]
    groups = table.groupby(keys, sort=False)["g2"]
    place, size = groups.cumcount(), groups.transform("size")
    return table[((place < OVER) & (table["g2"] > 0)) | ((place >= size - UNDER) & (table["g2"] < 0))]


def _numbers_for_articles(table: dict[str, list[Any]], articles: pd.DataFrame) -> None:
    """Replace article identifiers by row numbers."""
    place = {name: i for i, name in enumerate(articles["article"])}
    table["article"] = [place[name] for name in table["article"]]

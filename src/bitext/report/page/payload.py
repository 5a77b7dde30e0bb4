"""Everything that the page shows, as plain lists and numbers."""

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bitext import __version__
from bitext.concepts.lookup import find_concepts
from bitext.corpus.clock import Clock
from bitext.pipeline.findings.group_names import GroupNames
from bitext.report.page.columns import columns, dates, packed, split_addresses, values
from bitext.report.page.concordance import reserve, units
from bitext.report.page.copies import copies
from bitext.report.page.people import people
from bitext.report.page.places import of_names, of_pairs, of_statements
from bitext.report.page.spans import Heard
from bitext.report.page.suggested_names import suggested_names
from bitext.report.page.tables import findings, labels, tables, titles
from bitext.report.page.texts import Texts
from bitext.report.write import without_paths
from bitext.tokens.grouping import group_values

if TYPE_CHECKING:
    from bitext.pipeline.comparison import Comparison
    from bitext.pipeline.first_pass import RemovedSample

_GROUPS = ["name", "articles", "words", "languages", "scripts", "first_date", "last_date"]
_FINDINGS = "kind group en zh value low high strength table rows note"
#: Rows of the list of problems.
_PROBLEMS = 2000
#: Words of each group and table whose sentences are taken before those of other rows.
_FIRST = 12
#: Characters of a list of the run record from which the page does without it.
_LONG = 4000
_MINUTE = 60_000_000


def payload(result: "Comparison", title: str | None = None) -> dict[str, Any]:
    """Return what the page shows of *result*; parts whose table is absent are absent."""
    found, articles = result.tables, result.tokens.articles
    names = _names(found["articles"], result.by)
    texts = Texts.of(result.tokens)
    hits = find_concepts(result.tokens, result.concepts)
    number = {name: i for i, name in enumerate(names)}
    group = np.array([number[value] for value in group_values(articles, result.by)[result.by]], np.int64)
    groups = found["groups"].rename(columns={result.by: "name"}).set_index("name").loc[names].reset_index()
    rows = {**tables(found, result.by, articles), **suggested_names(result)}
    numbers, elsewhere = people(found, rows.get("sources", {}).get("row", []), result.by)
    made: dict[str, Any] = {
        "version": __version__,
        "title": title or "",
        "by": result.by,
        "noun": [GroupNames(result.by).one, GroupNames(result.by).noun, GroupNames(result.by).measure],
        "groups": columns(groups, _GROUPS),
        "titles": titles(found),
        "labels": labels(found),
        "tables": rows,
        "people": numbers,
        "elsewhere": elsewhere,
        "removed": _removed(result.removed, names),
        "problems": columns(found["problems"].head(_PROBLEMS), ["file", "kind", "problem"]),
        "run": _short(json.loads(json.dumps(without_paths(result.run), default=str))),
        "sizes": {name: len(table) for name, table in found.items()},
    }
    if len(found.get("findings", ())):
        told = findings(found)
        made["findings"] = columns(told, _FINDINGS.split())
        made["findings"]["rows"] = [[int(row) for row in text.split()] for text in told["rows"]]
    # In the order of what a reader opens first: the budget of bytes is spent from the top.
    made["statements"] = of_statements(found, articles, texts)
    looked = (result.units, result.tokens, hits, group)
    reserve(*looked, texts, _words(rows, number, _FIRST))
    heard = None
    if "evidence" in found and len(found["evidence"]):
        heard = Heard.of(
            found["evidence"], result.tokens, group, {**rows.get("sources", {}), "groups": names}
        )
        heard.reserve(texts)
    made["pairs"] = of_pairs(rows.get("glossary", {}), result.tokens, texts)
    made["names"] = of_names(result.tokens, group, texts)
    if heard is not None:
        made["evidence"] = heard.spans(texts)
    if len(found["duplicates"]):
        made["passages"] = copies(result.corpus, found["duplicates"])
    made["units"] = units(
        *looked, result.concepts, names, texts, _words(rows, number, len(found["articles"]))
    )
    # Last, because the steps before say which sentences they need.
    made["articles"] = _articles(articles, found, result.by, names, texts)
    made["tables"] = {name: packed(cells) for name, cells in rows.items()}
    return made


def _short(record: Any) -> Any:
    """Return the run record without its long lists (pairs of names of every table): run.json has them.

    Examples:
        >>> _short({"seed": 0, "pairs": ["x" * 10] * 999})
        {'seed': 0, 'pairs': '(999 entries: see run.json)'}
    """
    if isinstance(record, dict):
        record = {key: _short(value) for key, value in record.items()}
    if isinstance(record, dict | list) and len(json.dumps(record)) > _LONG and not _nested(record):
        return f"({len(record)} entries: see run.json)"
    return record


def _nested(record: Any) -> bool:
    return isinstance(record, dict) and any(isinstance(value, dict) for value in record.values())


def _words(rows: dict[str, Any], number: dict[str, int], first: int) -> set[tuple[str, str, int]]:
    """Return the words with a row on the page: (unit, word, group), of each group the *first*."""
    found = set()
    for name, group in (("keyness", "target"), ("keyness_concepts", "target"), ("keywords", "group")):
        if name not in rows:
            continue
        table = pd.DataFrame({key: rows[name].get(key, "concept") for key in ("lang", "term", group)})
        table = table[table[group].isin(number)]
        table = table[table.groupby(["lang", group]).cumcount() < first]
        found |= {(str(lang), str(term), number[one]) for lang, term, one in table.itertuples(index=False)}
    return found


def _names(articles: pd.DataFrame, by: str) -> list[str]:
    """Return the groups: those of one language together, each in alphabetical order."""
    values_ = group_values(articles, by)[by]
    lang = articles["lang"].groupby(values_.to_numpy()).agg(lambda part: part.value_counts().index[0])
    return sorted(lang.index, key=lambda name: (lang[name], name))


def _articles(articles: pd.DataFrame, found: Any, by: str, names: list[str], texts: Texts) -> dict[str, Any]:
    place = {name: i for i, name in enumerate(names)}
    clock = Clock.of(articles.reset_index(drop=True))
    story: dict[str, int] = {}
    if "stories" in found and len(found["stories"]):
        story = dict(zip(found["stories"]["article"], found["stories"]["story"], strict=True))
    sharp = np.where(~clock.known, 3, np.where(clock.precision == "day", 1, 0))
    zoneless = np.ones(len(articles), bool)
    if "instant" in articles:
        zoneless = articles["instant"].isna().to_numpy()
    langs = found["articles"]["lang"].value_counts().sort_index()
    return {
        "id": values(articles["article"]),
        "group": [place[value] for value in group_values(articles, by)[by]],
        "title": values(articles["title"]),
        **packed({**columns(articles, ["lang", "author"]), **dates(articles, clock)}),
        "url": split_addresses(values(articles["url"])) if "url" in articles else [""] * len(articles),
        # Minutes since 1970 in UTC between which it appeared; clock 0 to 3: instant, day, no zone, no date.
        "low": np.where(clock.known, clock.low // _MINUTE, -1).tolist(),
        "high": np.where(clock.known, clock.high // _MINUTE, -1).tolist(),
        "clock": np.where(clock.known & zoneless, 2, sharp).tolist(),
        "story": [int(story.get(name, -1)) for name in articles["article"]],
        "text": texts.full(),
        "parts": texts.parts(),
        "limit": texts.limit,
        "all": {str(lang): int(n) for lang, n in langs.items()},
    }


def _removed(removed: "RemovedSample | None", names: list[str]) -> dict[str, Any]:
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

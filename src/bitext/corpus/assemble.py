"""Records → Corpus."""

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import pandas as pd

from bitext import schema
from bitext.corpus.corpus import Corpus
from bitext.reading.documents import Record
from bitext.reading.parse import body
from bitext.reading.problems import Problem
from bitext.text.scripts import detect as scripts
from bitext.text.scripts.languages import guess

#: What a record holds beside identifier and text.
FIELDS = ("outlet", "title", "author", "editor", "caption", "url", "file")


def assemble(
    records: Iterable[Record],
    problems: Iterable[Problem],
    run: Mapping[str, Any],
    lang: str = "",
) -> Corpus:
    """Build the three tables; identifiers that come twice get a suffix and a row in `problems`.

    Args:
        records: the parsed documents, in order.
        problems: what could not be read.
        run: the run record.
        lang: language of all articles; "" to tell it from each.
    """
    found = list(records)
    faults = list(problems)
    names = identifiers(found, faults)
    removed = removed_table(removals(names, found))
    for article, record in zip(names, found, strict=True):
        faults += [Problem(article, *problem) for problem in record.problems]
    faults += unnamed(found)
    faults += nameless(sum(not record.outlet for record in found), len(found))
    if not lang:
        faults += in_other_languages([foreign(names, found)])
    columns = {"article": names, "text": [body(record.paragraphs) for record in found], **fields(found)}
    return Corpus(table(columns, lang), removed, pd.DataFrame(faults, columns=list(schema.PROBLEMS)), run)


#: What says the outlet of an article -> why that is worth a row.
_UNNAMED = {
    "domain": "the outlet is called by its domain, since nothing else names it; outlets.tsv can",
    "file": "the outlet is known by the name of its files only; say outlet='NAME' if it is another",
}


def unnamed(records: Iterable[Record]) -> list[Problem]:
    """Return one problem for each outlet named only by the domain of its addresses, or by its files."""
    found = sorted({(record.outlet, record.named_by) for record in records if record.named_by in _UNNAMED})
    return [Problem(outlet, "unnamed", _UNNAMED[source]) for outlet, source in found]


def nameless(number: int, articles: int) -> list[Problem]:
    """Return one problem where *number* of the articles, but not all, are of no outlet."""
    if not 0 < number < articles:
        return []
    said = (
        f"{number:,} of {articles:,} articles name no outlet: they are the group '{schema.NO_GROUP}'; say "
        "outlet='COLUMN', 'NAME', 'folder' or 'file', or name their hosts in outlets.tsv"
    )
    return [Problem("", "unnamed", said)]


#: language -> how many articles seem to be in it, and the first of them.
Foreign = Mapping[str, tuple[int, str]]


def foreign(names: Sequence[str], records: Sequence[Record]) -> Foreign:
    """Return which articles are in neither language, by the one that they seem to be in ("" unknown)."""
    texts = [body(record.paragraphs) for record in records]
    found: dict[str, tuple[int, str]] = {}
    for name, text, lang in zip(names, texts, scripts.judge(texts)[0], strict=True):
        if lang == "undecided" and any(map(str.isalpha, text)):
            seems = guess(text)
            number, first = found.get(seems, (0, name))
            found[seems] = number + 1, first
    return found


def in_other_languages(parts: Iterable[Foreign]) -> list[Problem]:
    """Return one problem for each language that articles seem to be in and that is not counted."""
    total: dict[str, tuple[int, str]] = {}
    for part in parts:
        for name, (number, first) in part.items():
            before, earliest = total.get(name, (0, first))
            total[name] = before + number, earliest
    return [
        Problem(
            first,
            "language",
            f"{_seem(number, name)}; lang is 'undecided', and what is told of English or Chinese leaves them "
            "out; corpus.select(lang='en') takes them out of all; if that is wrong, read with lang='en'",
        )
        for name, (number, first) in sorted(total.items())
    ]


def _seem(number: int, name: str) -> str:
    some = f"{number:,} articles, of which this is the first, seem" if number > 1 else "this article seems"
    return f"{some} to be in {name}" if name else f"{some} to be in neither Chinese nor English"


def merged(numbers: Mapping[str, int], spellings: Mapping[str, str]) -> list[Problem]:
    """Return one problem for each spelling of an outlet that is now another.

    Args:
        numbers: outlet -> its articles.
        spellings: spelling -> what it is now.
    """
    return [
        Problem(name, "merged", f"{numbers[name]:,} articles; now {now!r}, like {numbers[now]:,} others")
        for name, now in spellings.items()
    ]


def removals(names: Sequence[str], records: Sequence[Record]) -> list[tuple[str, str, int, int, str]]:
    """Return (article, kind, start, end, text) of every piece that cleaning took out."""
    return [
        (article, piece.kind, piece.start, piece.end, piece.text)
        for article, record in zip(names, records, strict=True)
        for piece in record.removed
    ]


def removed_table(pieces: Sequence[tuple[str, str, int, int, str]]) -> pd.DataFrame:
    """Return the table of the pieces that cleaning took out, by article and place."""
    ordered = sorted(pieces, key=itemgetter(0, 2, 3))
    columns = zip(*ordered, strict=True) if ordered else [()] * len(schema.REMOVED)
    table = pd.DataFrame(dict(zip(schema.REMOVED, map(list, columns), strict=True)))
    return table.astype({"start": "int64", "end": "int64"})


def fields(records: Sequence[Record]) -> dict[str, list[Any]]:
    """Return the columns of the table of articles that the records give as they are."""
    said = {name: [getattr(record, name) for record in records] for name in FIELDS}
    said["more"] = [record.more for record in records]
    return said | {
        name: [getattr(record.dated, name) for record in records] for name in ("date", *schema.CLOCK)
    }


def table(columns: Mapping[str, list[Any]], lang: str = "", further: Iterable[str] = ()) -> pd.DataFrame:
    """Return the table of articles, with the language (*lang* where it is given) and the script of each.

    Columns that only some of the articles have are filled with "" for the others, also those of *further*,
    which articles elsewhere have.
    """
    basis = [text or title for text, title in zip(columns["text"], columns["title"], strict=True)]
    told, written = scripts.judge(basis)
    langs = [lang] * len(basis) if lang else told
    written = [script if name == "zh" else "" for script, name in zip(written, langs, strict=True)]
    held = {name: values for name, values in columns.items() if name != "more"}
    articles = pd.DataFrame(
        {**held, "lang": langs, "script": written}, columns=[*schema.ARTICLES, *schema.CLOCK]
    )
    for name in ("date", "instant"):
        articles[name] = pd.to_datetime(articles[name]).astype("datetime64[s]")
    more = columns.get("more", ())
    for name in dict.fromkeys((*further, *(name for cells in more for name in cells))):
        articles[name] = [cells.get(name, "") for cells in more]
    return articles


def identifiers(records: Iterable[Record], faults: list[Problem]) -> list[str]:
    """Return the identifier of each record, with a suffix where it comes again, which goes to *faults*."""
    taken: set[str] = set()
    return [_unique(record, taken, faults) for record in records]


def _unique(record: Record, taken: set[str], faults: list[Problem]) -> str:
    article, number = record.article, 1
    while article in taken:
        number += 1
        article = f"{record.article}~{number}"
    if number > 1:
        text = f"{record.article!r} was read before; this one is {article!r}"
        faults.append(Problem(record.file, "renamed", text))
    taken.add(article)
    return article


def paragraphs(corpus: Corpus) -> pd.DataFrame:
    """Return the paragraphs of a corpus with the language and the script of each.

    Returns:
        One row per paragraph, in order: ``article``, ``paragraph`` (from 0), ``start`` and ``end`` (offsets
        into the article's ``text``), ``lang`` ("zh", "en", "undecided"), ``script`` ("Hans", "Hant", ""),
        ``text``.

    Examples:
        >>> from bitext import Corpus
        >>> corpus = Corpus.from_frame(pd.DataFrame({"text": ["晶片補貼計畫。\\nChips are back."]}))
        >>> paragraphs(corpus)[["start", "end", "lang", "script"]].values.tolist()
        [[0, 7, 'zh', 'Hant'], [8, 23, 'en', '']]
    """
    rows = []
    for article, text in zip(corpus.articles["article"], corpus.articles["text"], strict=True):
        start = 0
        for number, line in enumerate(text.split("\n") if text else ()):
            lang = scripts.language(line)
            script = scripts.script(line) if lang == "zh" else ""
            rows.append((article, number, start, start + len(line), lang, script, line))
            start += len(line) + 1
    return pd.DataFrame(rows, columns=["article", "paragraph", "start", "end", "lang", "script", "text"])

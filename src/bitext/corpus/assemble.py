"""Records → Corpus."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from bitext import schema
from bitext.corpus.corpus import Corpus
from bitext.corpus.documents import Record
from bitext.corpus.parse import body
from bitext.text import scripts


def assemble(
    records: Iterable[Record],
    problems: Iterable[tuple[str, str]],
    run: Mapping[str, Any],
    lang: str = "",
    taken: set[str] | None = None,
) -> Corpus:
    """Build the three tables; identifiers that come twice get a suffix and a row in `problems`.

    Args:
        records: the parsed documents, in order.
        problems: (source, problem) of what could not be read.
        run: the run record.
        lang: language of all articles; "" to tell it from each.
        taken: identifiers of earlier batches; those of this one are added.
    """
    rows: list[tuple[Any, ...]] = []
    removed: list[tuple[Any, ...]] = []
    faults = list(problems)
    taken = set() if taken is None else taken
    for record in records:
        article = _unique(record, taken, faults)
        text = body(record.paragraphs)
        language = lang or scripts.language(text or record.title)
        script = scripts.script(text or record.title) if language == "zh" else ""
        rows.append(
            (
                article,
                record.outlet,
                language,
                script,
                record.date,
                record.title,
                record.author,
                record.editor,
                record.caption,
                record.url,
                text,
                record.source,
            )
        )
        removed += [(article, piece.kind, piece.start, piece.end, piece.text) for piece in record.removed]
        faults += [(article, problem) for problem in record.problems]
    articles = pd.DataFrame(rows, columns=list(schema.ARTICLES))
    articles["date"] = pd.to_datetime(articles["date"]).astype("datetime64[s]")
    removals = pd.DataFrame(removed, columns=list(schema.REMOVED)).astype({"start": "int64", "end": "int64"})
    removals = removals.sort_values(["article", "start", "end"], kind="stable", ignore_index=True)
    return Corpus(articles, removals, pd.DataFrame(faults, columns=list(schema.PROBLEMS)), run)


def _unique(record: Record, taken: set[str], faults: list[tuple[str, str]]) -> str:
    article, number = record.article, 1
    while article in taken:
        number += 1
        article = f"{record.article}~{number}"
    if number > 1:
        faults.append((record.source, f"{record.article!r} was read before; this one is {article!r}"))
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

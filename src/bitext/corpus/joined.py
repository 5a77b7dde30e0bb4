"""Several corpora → one: identifiers kept apart, columns united, outlets spelled alike."""

from collections import Counter
from collections.abc import Sequence

import pandas as pd
from pandas.api.types import is_datetime64_any_dtype, is_numeric_dtype

from bitext import schema
from bitext.corpus.assemble import merged
from bitext.corpus.corpus import Corpus
from bitext.errors import CorpusError
from bitext.reading.cleaning import outlets
from bitext.reading.problems import Problem
from bitext.record import run_record


def joined(corpora: Sequence[Corpus]) -> Corpus:
    """Return the articles of all corpora, in order; see `Corpus.join`."""
    if len(corpora) < 2:
        raise CorpusError("nothing to join: give another corpus, as in first.join(second)")
    taken: set[str] = set()
    known: set[tuple[str, str]] = set()
    faults: list[Problem] = []
    articles, removed = [], []
    for number, corpus in enumerate(corpora, start=1):
        texts = set(zip(corpus.articles["article"], corpus.articles["text"], strict=True))
        if texts and texts <= known:
            raise CorpusError(
                f"corpus {number} of {len(corpora)} has no article that those before it have not (the same "
                "identifiers and texts): joined, each would count twice; leave it out"
            )
        known |= texts
        names = _names(corpus, taken, faults)
        articles.append(corpus.articles.assign(article=corpus.articles["article"].map(names)))
        removed.append(corpus.removed.assign(article=corpus.removed["article"].map(names)))
    table = _united(articles)
    numbers = Counter(str(name) for name in table["outlet"] if name)
    named = outlets.hosts(zip(table["outlet"], table["url"], strict=True))
    spellings = outlets.spellings(numbers, named)
    table["outlet"] = table["outlet"].replace(spellings)
    new = pd.DataFrame(faults + merged(numbers, spellings), columns=list(schema.PROBLEMS))
    return Corpus(
        table,
        pd.concat(removed, ignore_index=True),
        pd.concat([*(corpus.problems for corpus in corpora), new], ignore_index=True),
        run_record("join", corpora=[dict(corpus.run) for corpus in corpora]),
    )


def _names(corpus: Corpus, taken: set[str], faults: list[Problem]) -> dict[str, str]:
    """Return identifier -> the one that it has in the joined corpus."""
    found = {}
    own = set(corpus.articles["article"])
    for article, file in zip(corpus.articles["article"], corpus.articles["file"], strict=True):
        name, number = article, 1
        while name in taken or (number > 1 and name in own):
            number += 1
            name = f"{article}~{number}"
        if number > 1:
            text = f"{article!r} is an article of another corpus, too; this one is {name!r}"
            faults.append(Problem(str(file), "renamed", text))
        found[article] = name
    taken |= set(found.values())
    return found


def _united(tables: list[pd.DataFrame]) -> pd.DataFrame:
    """Put tables under each other; where one has no column, text is "", a date NaT, a number NaN."""
    columns = list(dict.fromkeys(name for table in tables for name in table))
    whole = pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)
    whole = whole.reindex(columns=columns)
    for name in columns:
        if not (is_numeric_dtype(whole[name]) or is_datetime64_any_dtype(whole[name])):
            whole[name] = whole[name].where(whole[name].notna(), "")
    return whole

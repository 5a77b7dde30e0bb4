"""Articles as vectors for finding stories: words within a language, concepts, names and figures across."""

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext.arrays import Floats, Ints, Labels
from bitext.concepts.lookup import ConceptTable
from bitext.corpus.clock import Clock
from bitext.counting.count import count
from bitext.counting.counts import Counts
from bitext.errors import TableError
from bitext.lexicons.stopwords import stopwords
from bitext.text.encoder import Encoder, article_vectors
from bitext.text.kinds import NUMBER, WORD
from bitext.text.quantities import figures
from bitext.tokenizing.tokenize import tokenize_column
from bitext.tokens.tokens import Tokens

#: Tokens at the beginning of a text that say what happened; they and the title count more than the rest.
LEAD = 150
LEAD_WEIGHT = 2.0
TITLE_WEIGHT = 3.0
#: Characters at the beginning of a text in which figures are read.
FIGURES_IN = 1000
#: Days of the year that are looked for there, and the days before each month of a leap year.
_NAMED_DAYS = 3
_BEFORE_MONTH = (0, 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335)
#: Columns that more articles have than this share (and this number) say nothing about events: left out.
_COMMON = 0.15
_COMMON_LEAST = 100
#: Kinds of concepts that say where.
PLACES = ("country", "region", "city")

#: Microseconds of a day.
_DAY = 86_400_000_000


class Vectors(NamedTuple):
    """What articles are compared by; rows have length 1 (or 0).

    Attributes:
        terms: TF-IDF of words; articles of different languages have no column in common.
        shared: TF-IDF of what languages share: concepts, Latin names, figures.
        lang: number of each article's language.
        days: publication in days (float); NaN where unknown.
        said: days of the year when an article may have been published: its own, or, where that is unknown, up
            to three that its head names; NaN for those that it does not name.
        length: tokens in each article.
        events: `terms` without the names of places.
        outlet: number of each article's outlet; -1 where it has no name.
        figures: which figures each article gives (0 and 1).
        things: of each column of `shared` the number of the thing that it names, with others or alone.
        meaning: vectors of an encoder, rows of length 1; None without one.
    """

    terms: sparse.csr_array
    shared: sparse.csr_array
    lang: Ints
    days: Floats
    said: Floats
    length: Ints
    events: sparse.csr_array
    outlet: Ints
    figures: sparse.csr_array
    things: Ints
    meaning: npt.NDArray[np.float64] | None = None


def vectors(
    tokens: Tokens,
    concepts: Counts | None,
    bodies: Counts | None = None,
    encoder: Encoder | None = None,
    table: ConceptTable | None = None,
) -> Vectors:
    """Return the vectors of all articles.

    Args:
        tokens: of the articles.
        concepts: counts that the user made; None counts bitext's own, in text and title.
        bodies: the counts of concepts in the texts, where they are known.
        encoder: compares articles of two languages, too.
        table: the concepts that *bodies* count; None is bitext's own.
    """
    articles = tokens.articles
    titles = tokenize_column(tokens, "title")
    lang = pd.factorize(articles["lang"], sort=True)[0].astype(np.int64)
    words, labels = _words(tokens, titles)
    terms, column = _by_language(words, lang)
    elsewhere = np.array([label not in places() for label in labels[column]], dtype=np.float64)
    events = sparse.csr_array(terms @ sparse.diags_array(elsewhere))
    events.eliminate_zeros()
    numbers, named_days = _figures(articles)
    named, names = _names(words, labels, articles["lang"])
    meant, concept_names = _concepts(tokens, titles, concepts, bodies, table)
    shared = _tfidf(sparse.csr_array(sparse.hstack([meant, named, _log(numbers)])))
    clock = Clock.of(articles)
    days = np.where(clock.known, clock.middle / _DAY, np.nan)
    outlets = articles["outlet"].astype(str).to_numpy(dtype=object)
    outlet = np.where(outlets == "", -1, pd.factorize(outlets, sort=True)[0]).astype(np.int64)
    given = sparse.csr_array((np.ones(numbers.nnz), numbers.indices, numbers.indptr), shape=numbers.shape)
    meaning = None
    if encoder is not None and len(np.unique(lang)) > 1:
        meaning = article_vectors(encoder, articles["title"].tolist(), articles["text"].tolist())
    things = _things(concept_names, names, shared)
    said = np.where(clock.known[:, None], np.nan, named_days)
    said[clock.known, 0] = _day_of_year(clock.middle[clock.known])
    return Vectors(
        terms, shared, lang, days, said, np.diff(tokens.bounds), events, outlet, given, things, meaning
    )


@cache
def places() -> frozenset[str]:
    """Return the words that name countries, regions and cities: where something is, is no event."""
    table = ConceptTable.default()
    where = {number for number, kind in enumerate(table.kinds) if kind in PLACES}
    return frozenset(form.text.lower() for form in table.forms if where & set(form.concepts))


def _things(concepts: list[str], names: list[str], shared: sparse.csr_array) -> Ints:
    """Return the number of the thing that each column of *shared* names: concepts, names, figures.

    A name that is a word of a concept's identifier (Bezos, of jeff_bezos) is no second thing; of several such
    concepts the rarest is taken.
    """
    spread = np.bincount(shared.indices, minlength=shared.shape[1])
    holds: dict[str, int] = {}
    for column in sorted(range(len(concepts)), key=lambda column: (spread[column], concepts[column])):
        for word in concepts[column].split("_"):
            holds.setdefault(word, column)
    things = np.arange(shared.shape[1])
    for column, name in enumerate(names, start=len(concepts)):
        things[column] = holds.get(name.lower(), column)
    return things


def _words(tokens: Tokens, titles: Tokens) -> tuple[sparse.csr_array, Labels]:
    """Return weighted counts of content words, and their labels (sorted)."""
    labels = np.array(sorted({*tokens.types, *titles.types}), dtype=object)
    number = {label: i for i, label in enumerate(labels)}
    stop = stopwords()
    content = np.array([len(label) > 1 and label not in stop for label in labels], dtype=bool)
    body = _content(tokens, number, content)
    head = _content(titles, number, content)
    place = np.arange(len(tokens)) - tokens.bounds[tokens.article()]
    shape = (len(tokens.articles), len(labels))
    everything = _counted(*body, np.ones(len(tokens), dtype=bool), shape)
    lead = _counted(*body, place < LEAD, shape)
    title = _counted(*head, np.ones(len(titles), dtype=bool), shape)
    return _log(everything) + LEAD_WEIGHT * _log(lead) + TITLE_WEIGHT * _log(title), labels


def _content(
    tokens: Tokens, number: dict[str, int], content: npt.NDArray[np.bool_]
) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """Return row, column and use of every token."""
    renumber = np.array([number[label] for label in tokens.types], dtype=np.int64)
    column = renumber[tokens.term] if len(tokens) else np.zeros(0, dtype=np.int64)
    use = np.isin(tokens.kind, (WORD, NUMBER)) & content[column]
    return tokens.article(), column, use


def _counted(
    row: Ints, column: Ints, use: npt.NDArray[np.bool_], where: npt.NDArray[np.bool_], shape: tuple[int, int]
) -> sparse.csr_array:
    keep = use & where
    matrix = sparse.csr_array((np.ones(int(keep.sum())), (row[keep], column[keep])), shape=shape)
    matrix.sum_duplicates()
    return matrix


def _by_language(words: sparse.csr_array, lang: Ints) -> tuple[sparse.csr_array, Ints]:
    """Weigh words within each language, each in columns of its own; say of which word each column is."""
    parts, columns = [], [np.zeros(0, dtype=np.int64)]
    for code in np.unique(lang):
        rows = np.flatnonzero(lang == code)
        used = np.flatnonzero(np.bincount(words[rows].indices, minlength=words.shape[1]))
        picked = sparse.csr_array((np.ones(len(rows)), (rows, np.arange(len(rows)))), (len(lang), len(rows)))
        parts.append(picked @ _tfidf(words[rows][:, used]))
        columns.append(used)
    if not parts:
        return words, np.arange(words.shape[1])
    return sparse.csr_array(sparse.hstack(parts)), np.concatenate(columns)


def _concepts(
    tokens: Tokens, titles: Tokens, given: Counts | None, bodies: Counts | None, table: ConceptTable | None
) -> tuple[sparse.csr_array, list[str]]:
    """Count concepts in text and title, and name them; counts that the user made hold no titles."""
    if given is None:
        body, head = (
            count(tokens, unit="concept", concepts=table) if bodies is None else bodies,
            count(titles, unit="concept", concepts=table),
        )
        labels = {label: i for i, label in enumerate(sorted({*body.terms, *head.terms}))}
        return _aligned(body, labels) + TITLE_WEIGHT * _aligned(head, labels), list(labels)
    if given.unit != "concept":
        raise TableError(f"concept_counts must be counts in unit 'concept', not {given.unit!r}")
    if given.articles["article"].tolist() != tokens.articles["article"].tolist():
        raise TableError("concept_counts and tokens must hold the same articles in the same order")
    return _log(sparse.csr_array(given.matrix, dtype=np.float64)), [str(term) for term in given.terms]


def _aligned(counts: Counts, labels: dict[str, int]) -> sparse.csr_array:
    table = counts.matrix.tocoo()
    column = np.array([labels[label] for label in counts.terms], dtype=np.int64)
    shape = (table.shape[0], len(labels))
    return _log(sparse.csr_array((table.data.astype(np.float64), (table.row, column[table.col])), shape))


def _names(words: sparse.csr_array, labels: Labels, lang: pd.Series) -> tuple[sparse.csr_array, list[str]]:
    """Keep the Latin words that Chinese articles use: nearly all are names, as in 阿斯麦（ASML）."""
    latin = np.array([label.isascii() and label[:1].isalpha() for label in labels], dtype=bool)
    chinese = np.flatnonzero(lang == "zh")
    used = np.bincount(words[chinese].indices, minlength=words.shape[1]) > 0
    chosen = np.flatnonzero(latin & used)
    return words[:, chosen], [str(label) for label in labels[chosen]]


def _figures(articles: pd.DataFrame) -> tuple[sparse.csr_array, Floats]:
    """Count figures in the title and the beginning of the text; return the first days of the year, too."""
    numbers: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    days = np.full((len(articles), _NAMED_DAYS), np.nan)
    for row, (title, text) in enumerate(zip(articles["title"], articles["text"], strict=True)):
        place = 0
        for figure in figures(f"{title}\n{text[:FIGURES_IN]}"):
            rows.append(row)
            columns.append(numbers.setdefault(figure, len(numbers)))
            if place < _NAMED_DAYS and figure[2:3] == "-":
                days[row, place] = _BEFORE_MONTH[int(figure[:2])] + int(figure[3:])
                place += 1
    shape = (len(articles), max(len(numbers), 1))
    matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    return matrix, days


def _day_of_year(microseconds: Ints) -> Floats:
    """Return the day of the year of instants, as in a leap year."""
    dates = microseconds.astype("datetime64[us]").astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    before = np.array(_BEFORE_MONTH, dtype=np.float64)[months.astype(np.int64) % 12 + 1]
    return np.asarray(before + (dates - months).astype(np.int64) + 1, dtype=np.float64)


def _log(matrix: sparse.csr_array) -> sparse.csr_array:
    return sparse.csr_array((np.log1p(matrix.data), matrix.indices, matrix.indptr), shape=matrix.shape)


def _tfidf(weights: sparse.csr_array) -> sparse.csr_array:
    """Multiply by log((n + 1) / articles with the column) and make rows length 1.

    What one article alone has is counted in its length, and then left out: it makes the article less like any
    other. (Left out before, a few articles that share a country would look equal.) What very many articles
    have is left out in the same way.
    """
    n = weights.shape[0]
    spread = np.bincount(weights.indices, minlength=weights.shape[1])
    idf = np.log((n + 1) / np.maximum(spread, 1))
    weighted = sparse.csr_array(weights @ sparse.diags_array(idf))
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    found = sparse.csr_array(sparse.diags_array(1.0 / np.maximum(length, 1e-12)) @ weighted)
    common = spread > max(_COMMON * n, _COMMON_LEAST)
    found.data[(spread < 2)[found.indices] | common[found.indices]] = 0
    found.eliminate_zeros()
    return found

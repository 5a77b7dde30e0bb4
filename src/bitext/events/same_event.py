"""Two articles → how likely they report one event: two logistic regressions, for one language and for two."""

import numpy as np
from scipy import sparse

from bitext.arrays import Bools, Floats, Ints
from bitext.copies.frames import FRAME, HEAD, other_event
from bitext.events.vectors import Vectors
from bitext.lexicons import loader
from bitext.text.kinds import NUMBER, WORD
from bitext.tokens.tokens import Tokens

#: Features of a pair, in the order of the columns of `features`.
FEATURES = (
    # In one language, log of the cosine of words, times the number of words beside places that make it up, of
    # the number that is enough: a country, a weekday and a common verb are no event.
    "words",
    # Log of the cosine of what languages share: concepts, Latin names, figures. In two languages times the
    # number of things that make it up, of the number that is enough: one rare word in common is no event.
    "shared",
    "time",  # in one language, root of the days between the two
    "outlet",  # 1 where both are of one outlet: it says so once, and uses the same words for the next event
    "figures",  # 1 where both give figures and hardly one is the same: two days' markets
    # In one language, tenfolds of a thousand articles within the window: in a crowd the best of the wrong is
    # nearer.
    "crowd",
)
_WORDS, _SHARED, _TIME, _OUTLET, _DIFFER, _CROWD = range(len(FEATURES))
#: Cosines below this count as this.
_LEAST = 0.01
#: Things that are enough, and words.
_ENOUGH = 4.0
_ENOUGH_WORDS = 3.0
#: Days to reckon with between two articles of which one has no date: so many, and more where the dated ones
#: are of a longer time than `_NEAR` days, for it may be of any of these; at most `_FARTHEST`.
_UNDATED, _FARTHEST, _NEAR = 1.0, 6.0, 12.0
#: Where that is so and it names days, the nearest counts, but for no less than `_NAMED`; from `_OFF` days
#: off on it is far.
_NAMED, _OFF = 0.3, 15.0
#: The coefficient of the root of days, for turning odds into days.
_PER_ROOT = 1.5
#: Articles within a window that count as a crowd; fewer than the last count as so many.
_MANY, _FEWEST = 1000.0, 30.0
#: Log odds by which a pair of two languages must be surer for every tenfold of so many articles: of 25 pairs
#: that were joined without this among some 500 articles 9 were false.
_SURER, _FEW = 0.5, 200.0
#: Articles with so many figures of which they share less than this part differ in them.
_FIGURES = 4
_SHARED_FIGURES = 0.1
#: Different words that the beginnings of two articles must have in common to be looked at for a frame: less
#: than a frame has, since here titles are left out, and what comes twice.
_COMMON = 0.8 * FRAME
#: Weight of an encoder's cosine in that of two languages; .1 to .2 were best on half of the labelled week.
MEANING = 0.15


def probability(
    vectors: Vectors, a: Ints, b: Ints, words: Floats, shared: Floats, crowd: float, least: float
) -> Floats:
    """Return how likely articles *a* and *b* report one event, 0 where that is surely below *least*.

    Args:
        vectors: of all articles.
        a: numbers of articles.
        b: numbers of the articles beside them.
        words: cosines of their words.
        shared: cosines of what languages share.
        crowd: how many articles lie within the window of an article, on average.
        least: what is less likely need not be known closely.
    """
    one = vectors.lang[a] == vectors.lang[b]
    found = np.zeros(len(a))
    for kind, rows in (("one", np.flatnonzero(one)), ("two", np.flatnonzero(~one))):
        bias, weights = loader.regression("story_scorer", kind, FEATURES)
        if kind == "two":
            bias -= _SURER * np.log10(max(crowd, _FEWEST) / _FEW)
        # What costs time, whether few things are shared and figures differ, only makes a pair less likely.
        table = _cheap(vectors, a[rows], b[rows], words[rows], shared[rows], crowd)
        near = table @ weights + bias >= np.log(least / (1 - least))
        rows, table = rows[near], table[near]
        _fill(table, vectors, a[rows], b[rows])
        found[rows] = 1.0 / (1.0 + np.exp(-(table @ weights + bias)))
    return found


def features(vectors: Vectors, a: Ints, b: Ints, words: Floats, shared: Floats, crowd: float) -> Floats:
    """Return pairs × `FEATURES`; arguments as in `probability`."""
    table = _cheap(vectors, a, b, words, shared, crowd)
    _fill(table, vectors, a, b)
    return table


def _cheap(vectors: Vectors, a: Ints, b: Ints, words: Floats, shared: Floats, crowd: float) -> Floats:
    """Return the features that need no row of a sparse table; the others are 0."""
    two = vectors.lang[a] != vectors.lang[b]
    if vectors.meaning is not None:
        alike = np.maximum(np.einsum("ij,ij->i", vectors.meaning[a], vectors.meaning[b]), 0.0)
        shared = np.where(two, (1 - MEANING) * shared + MEANING * alike, shared)
    table = np.zeros((len(a), len(FEATURES)))
    table[:, _WORDS] = np.where(two, 0.0, np.log(np.maximum(words, _LEAST)))
    table[:, _SHARED] = np.log(np.maximum(shared, _LEAST))
    table[:, _TIME] = np.where(two, 0.0, np.sqrt(_days_between(vectors, a, b)))
    table[:, _OUTLET] = (vectors.outlet[a] == vectors.outlet[b]) & (vectors.outlet[a] >= 0) & ~two
    table[:, _CROWD] = np.where(two, 0.0, np.log10(max(crowd, _FEWEST) / _MANY))
    return table


def _days_between(vectors: Vectors, a: Ints, b: Ints) -> Floats:
    """Return the days between two articles, or how many to reckon with where one has no date."""
    reckoned = _undated(vectors.days)
    apart = np.abs(vectors.days[a] - vectors.days[b])
    unknown = np.flatnonzero(np.isnan(apart))
    apart[unknown] = reckoned
    if reckoned == _UNDATED or not len(unknown):
        return apart
    one, other = vectors.said[a[unknown], :, None], vectors.said[b[unknown], None, :]
    named = np.abs(one - other).reshape(len(unknown), -1)
    named = np.fmin.reduce(np.minimum(named, 366.0 - named), axis=1)
    apart[unknown[named > _OFF]] = _FARTHEST
    near = named <= _FARTHEST
    apart[unknown[near]] = np.clip(named[near], _NAMED, reckoned)
    return apart


def _undated(days: Floats) -> float:
    """Return the days to reckon with where one article has no date, and names no day.

    Examples:
        >>> _undated(np.array([np.nan, 0.0, 9.0])), round(_undated(np.array([0.0, 30.0])), 1)
        (1.0, 2.6)
    """
    dated = days[~np.isnan(days)]
    span = float(dated.max() - dated.min()) if len(dated) else 0.0
    root = np.sqrt(_UNDATED) + np.log(max(span / _NEAR, 1.0)) / _PER_ROOT
    return float(min(root**2, _FARTHEST))


def _fill(table: Floats, vectors: Vectors, a: Ints, b: Ints) -> None:
    """Fill in the other features."""
    two = vectors.lang[a] != vectors.lang[b]
    columns = np.arange(len(vectors.things))
    merged = sparse.csr_array((np.ones(len(columns)), (columns, vectors.things)))
    each = sparse.csr_array(vectors.shared[a[two]].multiply(vectors.shared[b[two]])) @ merged
    table[two, _SHARED] += _breadth(each, _ENOUGH)
    each = sparse.csr_array(vectors.events[a[~two]].multiply(vectors.events[b[~two]]))
    table[~two, _WORDS] += _breadth(each, _ENOUGH_WORDS)
    table[~two, _DIFFER] = _differ(vectors, a[~two], b[~two])


def _breadth(each: sparse.csr_array, enough: float) -> Floats:
    """Return the log of each row's effective number of things, of the number that is *enough*; 0 or less.

    With the contributions c of all shared things to a cosine, ``sum(c)**2 / sum(c**2)`` is their effective
    number (inverse Simpson index). Jeff, Bezos and the concept of the man are one thing.
    """
    first, second = np.asarray(each.sum(axis=1)), np.asarray(each.power(2).sum(axis=1))
    number = first.ravel() ** 2 / np.maximum(second.ravel(), 1e-300)
    return np.asarray(np.log(np.clip(number / enough, _LEAST, 1.0)), dtype=np.float64)


def _differ(vectors: Vectors, a: Ints, b: Ints) -> Bools:
    """Say of which pairs both articles give figures, and hardly any is the same."""
    number = np.diff(vectors.figures.indptr)
    fewer = np.minimum(number[a], number[b])
    if not len(a):
        return np.zeros(0, dtype=bool)
    same = np.asarray(vectors.figures[a].multiply(vectors.figures[b]).sum(axis=1)).ravel()
    return np.asarray((fewer >= _FIGURES) & (same < _SHARED_FIGURES * fewer))


def told_apart(tokens: Tokens, a: Ints, b: Ints) -> Bools:
    """Say of which pairs one frame of words holds other names, so that they report two events.

    Args:
        tokens: of all articles.
        a: numbers of articles.
        b: numbers of the articles beside them.
    """
    use = (tokens.start < HEAD) & np.isin(tokens.kind, (WORD, NUMBER))
    rows, terms = tokens.article()[use], tokens.term[use]
    shape = (len(tokens.articles), len(tokens.types))
    heads = sparse.csr_array((np.ones(len(rows)), (rows, terms)), shape=shape)
    heads.data[:] = 1.0
    size = np.diff(heads.indptr)
    common = np.asarray(heads[a].multiply(heads[b]).sum(axis=1)).ravel()
    found = common >= _COMMON * np.maximum(size[a], size[b])
    titles, texts = (tokens.articles[name].fillna("").astype(str).tolist() for name in ("title", "text"))
    found[found] = other_event(titles, texts, a[found], b[found])
    return np.asarray(found)

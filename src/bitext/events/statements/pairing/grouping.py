"""Scored pairs of one story → statements: groups of sentences that say the same, without chains."""

import numpy as np

from bitext.arrays import Bools, Floats, Ints
from bitext.events.linkage import Links, agglomerate
from bitext.events.statements.pairing.pairs import SentencePairs
from bitext.events.statements.pairing.score import Scored
from bitext.events.statements.units.sentences import Sentences

#: Mean probability over all pairs of two groups from which on they are one (what is no candidate counts 0).
CUT = 0.5


def statements_of(sentences: Sentences, pairs: SentencePairs, scored: Scored) -> Ints:
    """Return the statement of each sentence: the smallest number of a sentence in its group.

    Within a language by average linkage: a sentence joins a group only if it resembles all of it on average,
    so that chains of half-alike sentences do not grow. Then a group is joined with the group of the other
    language that holds its most likely translation, if each is the other's best.
    """
    kept = scored.same & ~pairs.across
    links = Links(pairs.first[kept], pairs.second[kept], scored.probability[kept])
    group = agglomerate(len(sentences), links, threshold=CUT, caution=0.0)
    kept = scored.same & pairs.across & mutual_best(sentences, pairs, scored)
    a, b = group[pairs.first[kept]], group[pairs.second[kept]]
    joined = _best_partners(np.minimum(a, b), np.maximum(a, b), scored.probability[kept], len(group))
    return np.asarray(joined[group])


def _best_partners(low: Ints, high: Ints, probability: Floats, n: int) -> Ints:
    """Return for each group the group that it becomes: the lower of two that are each other's best."""
    becomes = np.arange(n)
    order = np.lexsort((high, low, -probability))
    best = np.full(n, -1)
    for a, b in zip(low[order].tolist(), high[order].tolist(), strict=True):
        first_of_a, first_of_b = best[a] < 0, best[b] < 0
        if first_of_a and first_of_b:
            becomes[b] = a
        best[a] = b if first_of_a else best[a]
        best[b] = a if first_of_b else best[b]
    return becomes


def mutual_best(sentences: Sentences, pairs: SentencePairs, scored: Scored) -> Bools:
    """Mark the pairs of which each sentence is the other's best in the other's article."""
    n = len(sentences)
    best = np.zeros(len(pairs.first), dtype=bool)
    if not len(best):
        return best
    keys = (
        pairs.first * n + sentences.article[pairs.second],
        pairs.second * n + sentences.article[pairs.first],
    )
    marks = []
    for key in keys:
        labels, where = np.unique(key, return_inverse=True)
        top = np.zeros(len(labels))
        np.maximum.at(top, where, scored.probability)
        marks.append(scored.probability >= top[where])
    return np.asarray(marks[0] & marks[1])


def printed_once(sentences: Sentences, pairs: SentencePairs) -> Ints:
    """Return the source of each sentence: the article that it counts for.

    Two articles have one source where sentences almost alike make up half of the shorter one: a wire text
    that three outlets print is one carrier, not three. Where they are less, but more than one, two outlets
    print a part of one text: those sentences have one source.
    """
    articles, size = np.unique(sentences.article, return_counts=True)
    number = np.full(int(articles.max(initial=0)) + 1, -1, dtype=np.int64)
    number[articles] = np.arange(len(articles))
    nearly = np.flatnonzero((pairs.features[:, 0] >= _NEARLY) & ~pairs.across)
    first, second = pairs.first[nearly], pairs.second[nearly]
    a, b = number[sentences.article[first]], number[sentences.article[second]]
    cells, of, alike = np.unique(
        np.minimum(a, b) * len(articles) + np.maximum(a, b), return_inverse=True, return_counts=True
    )
    low, high = cells // len(articles), cells % len(articles)
    one = alike >= _HALF * np.minimum(size[low], size[high])
    source = _joined(low[one], high[one], len(articles))[number[sentences.article]]
    part = (alike >= _PART)[of]
    text = _joined(first[part], second[part], len(sentences))
    # Of the sources of one sentence that several print the first counts.
    least = np.full(len(sentences), len(articles))
    np.minimum.at(least, text, source)
    return np.asarray(articles[least[text]])


def _joined(first: Ints, second: Ints, size: int) -> Ints:
    """Return for each of *size* things the first that it is joined with."""
    links = Links(first, second, np.ones(len(first)))
    return np.asarray(agglomerate(size, links, threshold=_HALF, caution=0.0))


#: Mean cosine of words and characters of two sentences that are one text but for a word.
_NEARLY = 0.9
_HALF = 0.5
#: Sentences almost alike that make a part of one text: one may be what somebody said to all.
_PART = 2

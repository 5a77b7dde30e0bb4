"""Tokens → the runs of two to four words that hold together, with the evidence for each."""

from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import chdtrc

from bitext.arrays import Bools, Floats, Ints
from bitext.checked import checked
from bitext.counting.stop_types import stop_types
from bitext.errors import BitextError
from bitext.lexicons.loader import rows
from bitext.record import run_record
from bitext.text.chinese.jieba_files import tagged
from bitext.text.matcher import has_han
from bitext.text.tokenizer import WORD
from bitext.tokens.collocations import signed_g2
from bitext.tokens.phrases import join
from bitext.tokens.tokens import Tokens

COLUMNS = ("phrase", "words", "n", "articles", "npmi", "g2", "p", "q")
#: Words of a phrase at most.
LONGEST = 4
#: Parts of speech (jieba's letters) that a phrase does not begin or end with: adverb, pronoun, preposition,
#: conjunction, particle; before, numeral; behind, place (上) and measure words.
_OPENS_NOTHING, _CLOSES_NOTHING = frozenset("drpcum"), frozenset("drpcufqy")
#: Stop words that a phrase may hold inside: Bank of China, Department for Work.
_INSIDE = frozenset({"of", "and", "for", "the", "in", "on"})
#: English words that a phrase does not begin or end with: numbers, times, amounts, titles.
_TIMES_AND_TITLES = """
    one two three four five six seven eight nine ten hundred hundreds thousand thousands million millions
    billion billions dozen dozens percent lot lots number numbers last next ago time year
    years month months week weeks day days hour hours minute minutes today yesterday tomorrow monday tuesday
    wednesday thursday friday saturday sunday recent mr. mrs. ms. dr. rep. sen. gov. gen.
"""
_NO_ENDS = frozenset(_TIMES_AND_TITLES.split())
#: Least npmi of the weakest joint; .4 found most of the tags that people had chosen (built half of the tags).
_HOLDS = 0.4
#: The same where a phrase begins or ends with a single Han character: 健康码, 核废水; not 疫情下.
_HOLDS_SINGLE = 0.6
#: A phrase, or a word, goes when so many of its occurrences stand in one longer phrase.
SUBSUMED = 0.8


class _Runs(NamedTuple):
    """Runs of one length: for each token the number of the run that begins there (-1: none), and sums."""

    number: Ints
    n: Ints
    first: Ints  # an occurrence of each


@checked
def phrases(tokens: Tokens, *, min_count: int = 3, min_articles: int = 1) -> pd.DataFrame:
    """Find runs of two to four words that stand together more often than chance would have it.

    A run lies in one sentence, is broken by punctuation and figures, and neither begins nor ends with a stop
    word, nor begins with a Chinese adverb, pronoun or numeral; inside it may have of, and, for, the, in, on.
    It holds together where its weakest joint does: of the ways to divide it into first word and rest, or
    into last word and rest, the one with the lowest npmi decides. What stands in one longer phrase four
    times out of five is left out: York Times, where it is always New York Times.

    Args:
        tokens: what `bitext.tokenize` returned.
        min_count: least number of occurrences.
        min_articles: least number of articles.

    Returns:
        One row per phrase, most frequent first, ties in order of the phrase:
        - ``phrase`` (str): as the vocabulary writes it; ``words`` (int, 2 to 4)
        - ``n`` (int): occurrences; ``articles`` (int): articles with it
        - ``npmi`` (0.4 to 1): normalised pointwise mutual information of the weakest joint
        - ``g2`` (float, > 0): Dunning's log-likelihood ratio of that joint; ``p`` (0 to 1) under a
          chi-squared distribution with one degree of freedom; ``q``: p adjusted for all runs that were
          looked at (Benjamini and Hochberg); all are below .05

    Raises:
        BitextError: *min_count* or *min_articles* is below 1.

    Source:
        Bouma (2009), Normalized (pointwise) mutual information; Dunning (1993).

    Examples:
        >>> import bitext, pandas as pd
        >>> texts = ["The White House spoke.", "A White House aide said no.", "In the White House, talks."]
        >>> tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": texts})))
        >>> bitext.phrases(tokens)[["phrase", "words", "n", "articles"]]
                phrase  words  n  articles
        0  white house      2  3         3
    """
    for name, value in (("min_count", min_count), ("min_articles", min_articles)):
        if value < 1:
            raise BitextError(f"{name}={value!r}; use a whole number from 1")
    table = held(tokens, min_count)
    table = table.loc[table["articles"] >= min_articles, list(COLUMNS)]
    table = table.sort_values(["n", "phrase"], ascending=[False, True], ignore_index=True)
    record = run_record("phrases", min_count=min_count, min_articles=min_articles)
    table.attrs["run"] = {**record, "before": tokens.run}
    return table


def held(tokens: Tokens, min_count: int) -> pd.DataFrame:
    """Return the runs of two and more words that hold together and are no part of a longer one.

    A column more than `phrases` shows: ``span``, its words one by one.
    """
    runs = _runs(tokens)
    total = max(int(runs[0].n.sum()), 1)
    opens, closes, inside, single = _allowed(tokens)
    article, height = tokens.article(), max(len(tokens.articles), 1)
    lengths: list[pd.DataFrame] = []
    for size in range(2, LONGEST + 1):
        whole = runs[size - 1]
        chosen = np.flatnonzero(whole.n >= min_count)
        first = whole.first[chosen]
        good = opens[tokens.term[first]] & closes[tokens.term[first + size - 1]]
        for step in range(1, size - 1):
            good &= inside[tokens.term[first + step]]
        chosen, first = chosen[good], first[good]
        joints = [_joint(runs, first, size, 1), _joint(runs, first, size, size - 1)][
            : size if size < 3 else 2
        ]
        npmi, g2 = _weakest(whole.n[chosen], joints, total)
        places = np.flatnonzero(whole.number >= 0)
        pairs = np.unique(whole.number[places] * height + article[places])
        articles = np.bincount(pairs // height, minlength=len(whole.n))[chosen]
        bare = single[tokens.term[first]] | single[tokens.term[first + size - 1]]
        least = np.where(bare, _HOLDS_SINGLE, _HOLDS)
        table = pd.DataFrame({"run": chosen, "first": first, "n": whole.n[chosen], "articles": articles})
        table = table.assign(least=least)
        lengths.append(table.assign(words=size, npmi=npmi, g2=g2))
    table = pd.concat(lengths, ignore_index=True)
    from scipy.stats import false_discovery_control  # takes a second, which counts of words need not wait

    p = chdtrc(1, np.abs(table["g2"].to_numpy()))
    table = table.assign(p=p, q=false_discovery_control(p) if len(p) else p)
    holds = (table["npmi"] >= table["least"]) & (table["g2"] > 0) & (table["q"] < 0.05)
    table = _longest(table[holds].reset_index(drop=True), runs)
    words = [tokens.types[tokens.term[start : start + size]] for start, size in _spans(table)]
    names = [join(span) for span in words]
    table = table.assign(
        phrase=pd.Series(names, index=table.index, dtype=object),
        span=pd.Series([tuple(span) for span in words], index=table.index, dtype=object),
    )
    return table.drop_duplicates("phrase", ignore_index=True)


def _runs(tokens: Tokens) -> list[_Runs]:
    """Number the runs of one word, of two, and so on."""
    counted = tokens.kind == WORD
    key = tokens.sentence_keys()
    near = np.zeros(len(tokens), bool)
    near[:-1] = (key[1:] == key[:-1]) & counted[1:] & counted[:-1]
    found: list[_Runs] = []
    number = np.where(counted, tokens.term, -1).astype(np.int64)
    for size in range(1, LONGEST + 1):
        if size > 1:
            longer = np.full(len(tokens), -1, dtype=np.int64)
            begins = np.flatnonzero((number[:-1] >= 0) & near[:-1] & (number[1:] >= 0))
            # a run of this length is two runs, each one word shorter, that overlap
            longer[begins] = number[begins] * (len(found[-1].n) + 1) + number[begins + 1]
            number = longer
        places = np.flatnonzero(number >= 0)
        _, first, ids, n = np.unique(
            number[places], return_index=True, return_inverse=True, return_counts=True
        )
        number = np.full(len(tokens), -1, dtype=np.int64)
        number[places] = ids
        found.append(_Runs(number, n, places[first]))
    return found


def _spans(table: pd.DataFrame) -> list[tuple[int, int]]:
    return list(zip(table["first"].tolist(), table["words"].tolist(), strict=True))


def _allowed(tokens: Tokens) -> tuple[Bools, Bools, Bools, Bools]:
    """Say of each type whether a phrase may begin with it, end with it, hold it; and if it is one Han."""
    types = tokens.types.tolist()
    single = np.array([len(word) == 1 and has_han(word) for word in types], bool)
    content = ~stop_types(tokens, ())
    opens, closes = tagged(_OPENS_NOTHING) | _NO_ENDS, tagged(_CLOSES_NOTHING) | said() | _NO_ENDS
    begins = content & np.array([word not in opens for word in types], bool)
    ends = content & np.array([word not in closes for word in types], bool)
    return begins, ends, content | np.array([word in _INSIDE for word in types], bool), single


@cache
def said() -> frozenset[str]:
    """Return verbs of saying and what else stands behind a name: the lexicon's list `after`."""
    return frozenset(row["word"] for row in rows("word_learning") if row["list"] == "after")


def _joint(runs: list[_Runs], first: Ints, size: int, cut: int) -> tuple[Ints, Ints]:
    """Return how often the two parts of runs occur that are divided behind the word *cut*."""
    left, right = runs[cut - 1], runs[size - cut - 1]
    return left.n[left.number[first]], right.n[right.number[first + cut]]


def _weakest(n: Ints, joints: list[tuple[Ints, Ints]], total: int) -> tuple[Floats, Floats]:
    """Return npmi and signed G² of the joint with the lowest npmi."""
    whole = n.astype(np.float64)
    npmi, g2 = np.full(len(n), np.inf), np.zeros(len(n))
    for left, right in joints:
        a, b = left.astype(np.float64), right.astype(np.float64)
        with np.errstate(divide="ignore", invalid="ignore"):
            value = np.where(whole >= total, 1.0, np.log(whole * total / (a * b)) / -np.log(whole / total))
        weaker = value < npmi
        npmi = np.where(weaker, value, npmi)
        g2 = np.where(weaker, signed_g2(whole, a, b, float(total)), g2)
    return npmi, g2


def _longest(table: pd.DataFrame, runs: list[_Runs]) -> pd.DataFrame:
    """Leave out the phrases that mostly stand in one longer phrase."""
    gone = np.zeros(len(table), bool)
    place = {size: _placed(table, size, runs) for size in range(2, LONGEST + 1)}
    n = table["n"].to_numpy()
    for size in range(3, LONGEST + 1):
        rows = np.flatnonzero(table["words"].to_numpy() == size)
        first = table["first"].to_numpy()[rows]
        for shorter in range(2, size):
            for step in range(size - shorter + 1):
                inner = place[shorter][runs[shorter - 1].number[first + step]]
                inside = inner >= 0
                gone[inner[inside]] |= n[rows[inside]] >= SUBSUMED * n[inner[inside]]
    return table[~gone].reset_index(drop=True)


def _placed(table: pd.DataFrame, size: int, runs: list[_Runs]) -> Ints:
    """Return for each run of *size* words its row of the table, or -1."""
    rows = np.flatnonzero(table["words"].to_numpy() == size)
    place = np.full(len(runs[size - 1].n), -1, dtype=np.int64)
    place[table["run"].to_numpy()[rows]] = rows
    return place

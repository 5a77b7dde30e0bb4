"""Corpus → words that it has and the dictionary lacks, with the evidence for each."""

from functools import partial

import pandas as pd

from bitext.checked import checked
from bitext.corpus.corpus import Corpus
from bitext.corpus.drawn import drawn
from bitext.corpus.scan import Progress, Scan
from bitext.engines.reduction import Reduction
from bitext.errors import BitextError
from bitext.record import run_record
from bitext.text.chinese.cutter import Entry
from bitext.tokenizing.over_batches import reduced
from bitext.tokenizing.tokenize import tokenize
from bitext.tokens.tokens import Tokens
from bitext.words.evidence import WordEvidence, of_tokens
from bitext.words.judge import judged

COLUMNS = (
    "word",
    "kind",
    "n",
    "torn",
    "articles",
    "cohesion",
    "entropy_left",
    "entropy_right",
    "pieces",
    "article",
    "example",
)

#: Frequency of a term, where 60 million are all: four in five of jieba's words of two characters have less.
_TERM = 100


@checked
def new_words(
    corpus: Corpus | Scan | Tokens,
    *,
    min_count: int = 3,
    min_articles: int = 1,
    max_articles: int | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Find Chinese names and terms of a corpus that the segmenter tears or does not know: 郭家|麒, 冠|病疫情.

    Terms: looked at are runs of two or three neighbouring pieces, up to six characters, of which at least one
    is a single character or a guess. They make a word where the pieces of several characters seldom stand
    without each other (``cohesion``) and what stands before and behind the run varies (branching entropy).

    Names need one occurrence with something around it: surname and given name between a role and a verb of
    saying, or between one of them and a mark or a word such as 在 (研究员刘健称); characters that spell
    foreign names in such a place; names with dots (德里克·肖万) and their parts; a name before its Latin
    spelling in a parenthesis; authors and outlets of the articles. Of a term and a longer one around it,
    that one stays which explains the occurrences of both. Words of the concept table are never covered.

    All evidence is whole numbers that add up, so that the table is the same however articles are divided.

    Args:
        corpus: what `bitext.read` or `bitext.scan` returned; or tokens.
        min_count: least number of occurrences, torn or whole, of terms; names need 1.
        min_articles: least number of articles.
        max_articles: look at about so many articles, drawn by a hash of their identifiers; None is all.
        progress: for a `Scan`, called with the number of articles done since the last call.

    Returns:
        One row per word, most frequent first, ties in order of the word:
        - ``word`` (str): simplified; ``kind`` (str): "term", "name", "foreign", "glossary" (with its Latin
          spelling behind), "byline" or "outlet"
        - ``n`` (int): occurrences as a run or as a guessed whole; ``torn`` (int): those found torn;
          ``articles`` (int): articles with it
        - ``cohesion`` (0 to 1): n over the occurrences of its rarest piece; NaN where a frame decided
        - ``entropy_left``, ``entropy_right`` (>= 0, nats): of the characters before and behind it, or NaN
        - ``pieces`` (str): how it was torn most often, divided by "|"
        - ``article`` (str), ``example`` (str): the first article, and the text around the word there

    Raises:
        BitextError: *min_count*, *min_articles* or *max_articles* is below 1.

    Source:
        Jin & Tanaka-Ishii (2006), Unsupervised segmentation of Chinese text by use of branching entropy; the
        thresholds are ours.

    Examples:
        >>> import bitext, pandas as pd
        >>> texts = ["议员郭家麒表示不满。", "郭家麒说，会议改期。", "他认识郭家麒。"]
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts}))
        >>> bitext.new_words(corpus)[["word", "kind", "n", "articles", "pieces"]]
          word  kind  n  articles pieces
        0  郭家麒  name  3         3   郭家|麒
    """
    least = {"min_count": min_count, "min_articles": min_articles, "max_articles": max_articles}
    for name, value in least.items():
        if value is not None and value < 1:
            raise BitextError(f"{name}={value!r}; use a whole number from 1")
    share = 1.0 if max_articles is None else max_articles / max(_number(corpus, progress), 1)
    if isinstance(corpus, Corpus):
        corpus = tokenize(corpus.select(drawn(corpus.articles["article"], share)) if share < 1 else corpus)
        share = 1.0
    task = reduction(min_count, min_articles, whole=not isinstance(corpus, Scan))
    table, before = reduced(corpus, task, progress, share)
    record = run_record("new_words", **least)
    table.attrs["run"] = {**record, "before": before}
    return table


def entries(table: pd.DataFrame) -> list[Entry]:
    """Return the words of the table as entries of a dictionary.

    A term gets the frequency of a usual word of jieba's dictionary, so that it holds against rare ones over
    its end: 冠病|疫情 and not 冠|病疫情. A name gets what it needs to win where it stands alone.
    """
    words = zip(table["word"].tolist(), table["kind"].tolist(), strict=True)
    return [(word, _TERM if kind == "term" else None) for word, kind in words]


def reduction(
    min_count: int = 3, min_articles: int = 1, *, whole: bool = False
) -> Reduction[Tokens, WordEvidence, pd.DataFrame]:
    """Return `new_words` over batches of tokens; see there for the arguments. *whole*: there is one batch."""
    count = partial(of_tokens, least=min(min_count, 2)) if whole else of_tokens
    return Reduction(count, WordEvidence.merge, partial(_table, min_count, min_articles))


def _number(corpus: Corpus | Scan | Tokens, progress: Progress | None) -> int:
    if isinstance(corpus, Scan):
        return corpus.number(progress)
    return len(corpus.articles)


def _table(min_count: int, min_articles: int, found: WordEvidence) -> pd.DataFrame:
    rows = judged(found, min_count)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table = table[table["articles"] >= min_articles]
    return table.sort_values(["n", "word"], ascending=[False, True], ignore_index=True)

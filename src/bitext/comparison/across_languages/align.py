"""Translated documents → pairs of their sentences: what `calibrate` and `translation_candidates` need."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

from bitext.arrays import Ints
from bitext.checked import checked
from bitext.comparison.across_languages.best_path import best_path
from bitext.comparison.across_languages.calibration import parallel_table
from bitext.concepts.lookup import ConceptTable, find_concepts
from bitext.corpus.corpus import Corpus
from bitext.errors import TableError
from bitext.record import run_record
from bitext.text.encoder import encoder_name, resolve, unit_vectors
from bitext.text.tokenizer import EN, NUMBER, WORD
from bitext.tokenizing.tokenize import tokenize
from bitext.tokens.tokens import Tokens

COLUMNS = (
    *("document", "zh", "en", "start_zh", "end_zh", "start_en", "end_en"),
    *("sentences_zh", "sentences_en", "similarity"),
)


class _Sentences(NamedTuple):
    """Sentences of one language, document after document.

    Attributes:
        document: number of each one's document.
        start, end: where it stands in the text; *text*: what stands there.
    """

    document: Ints
    start: Ints
    end: Ints
    text: list[str]

    def of(self, document: int) -> slice:
        """Return the sentences of a document."""
        low, high = np.searchsorted(self.document, (document, document + 1))
        return slice(int(low), int(high))


@checked
def align(parallel: pd.DataFrame | str | Path, *, encoder: Any = None) -> pd.DataFrame:
    """Pair the sentences of documents with those of their translations.

    Sentences are compared by their concepts, Latin names and numbers (TF-IDF cosine), or by an encoder, and
    by their lengths. Order is kept: of all ways to pair one sentence with one to three, and to leave
    sentences alone, the best is taken (dynamic programming over each document; in those of more than 200
    sentences a pair may lie 200 sentences off the diagonal).

    Args:
        parallel: documents and their translations: a DataFrame, or a TSV file (.gz allowed), with the columns
            ``zh`` and ``en`` and, if wanted, ``document``, a name.
        encoder: an object with ``encode(list of str) -> array``, one row for each sentence (the interface of
            sentence-transformers), or "default", the packaged multilingual one (extra ``embed``).

    Returns:
        One row per pair, in order of the documents; sentences without a partner are left out:
        - ``document`` (str); ``zh``, ``en`` (str): the sentences
        - ``start_zh``, ``end_zh``, ``start_en``, ``end_en`` (int): where they stand in their texts
        - ``sentences_zh``, ``sentences_en`` (int): how many sentences were joined
        - ``similarity`` (0 to 1): cosine of both sides; pairs near 0 rest on their place alone

        Its run record says which encoder compared them. The table can be given to `bitext.calibrate`.

    Raises:
        TableError: a column is missing.
        BitextError: *encoder* cannot encode, or the packaged one is not installed.

    Source:
        Gale & Church (1993), A program for aligning sentences in bilingual corpora; lengths as there, with
        likeness of content beside them.

    Examples:
        >>> texts = pd.DataFrame({"zh": ["欧盟批准芯片法案。天气很好。美国表示欢迎。"],
        ...                       "en": ["The EU approved the Chips Act. The United States welcomed it."]})
        >>> align(texts)[["zh", "en", "sentences_zh"]]
                  zh                               en  sentences_zh
        0  欧盟批准芯片法案。   The EU approved the Chips Act.             1
        1    美国表示欢迎。  The United States welcomed it.             1
    """
    parallel = parallel_table(parallel)
    chosen = resolve(encoder)
    names = (
        parallel["document"].astype(str).tolist()
        if "document" in parallel
        else [str(number) for number in range(len(parallel))]
    )
    sides, features = [], []
    for lang in ("zh", "en"):
        texts = parallel[lang].astype(str).tolist()
        whole = [text or "。" for text in texts]
        articles = Corpus.from_frame(pd.DataFrame({"text": whole})).articles
        if len(articles) != len(texts):
            raise TableError("a document of the table has no text in one language; leave its row out")
        # As they stand: without a dateline or a credit line the places would be those of other texts.
        tokens = tokenize(Corpus(articles.assign(text=whole)))
        sides.append(_sentences(tokens))
        features.append(_features(tokens, sides[-1]))
    if chosen is None:
        vectors = _weighted(features)
    else:
        vectors = [sparse.csr_array(unit_vectors(chosen, side.text)) for side in sides]
    lengths = [np.array([len(text) for text in side.text], np.float64) for side in sides]
    ratio = float(lengths[1].sum() / max(lengths[0].sum(), 1.0))
    rows: list[tuple[Any, ...]] = []
    for number, name in enumerate(names):
        zh, en = (side.of(number) for side in sides)
        for (a, b), (c, d), cosine in best_path(
            vectors[0][zh], vectors[1][en], lengths[0][zh] * ratio, lengths[1][en]
        ):
            places = [
                (int(side.start[whole.start + low]), int(side.end[whole.start + high - 1]))
                for side, whole, low, high in zip(sides, (zh, en), (a, c), (b, d), strict=True)
            ]
            cells = [
                str(parallel[lang].iloc[number])[low:high]
                for lang, (low, high) in zip(("zh", "en"), places, strict=True)
            ]
            rows.append((name, *cells, *places[0], *places[1], b - a, d - c, cosine))
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table.attrs["run"] = run_record("align", documents=len(names), encoder=encoder_name(encoder))
    return table


def _sentences(tokens: Tokens) -> _Sentences:
    begins = np.flatnonzero(np.diff(tokens.sentence_keys(), prepend=-1))
    ends = np.append(begins[1:], len(tokens)) - 1
    document = tokens.article()[begins]
    start, end = tokens.start[begins].astype(np.int64), tokens.end[ends].astype(np.int64)
    texts = tokens.articles[tokens.field].tolist()
    spans = zip(document.tolist(), start.tolist(), end.tolist(), strict=True)
    return _Sentences(document, start, end, [texts[row][low:high] for row, low, high in spans])


def _features(tokens: Tokens, sentences: _Sentences) -> tuple[sparse.csr_array, list[str]]:
    """Return sentences × concepts, Latin words and numbers, and the names of the columns."""
    hits = find_concepts(tokens)
    sentence = np.cumsum(np.diff(tokens.sentence_keys(), prepend=-1) != 0) - 1
    marks = ((tokens.kind == WORD) & (tokens.lang == EN)) | (tokens.kind == NUMBER)
    marks &= ~hits.covered(tokens)
    labels = ConceptTable.default().labels
    columns = np.concatenate((hits.concept, len(labels) + tokens.term[marks]))
    place = np.concatenate((sentence[hits.first], sentence[marks]))
    shape = (len(sentences.text), len(labels) + len(tokens.types))
    table = sparse.csr_array((np.ones(len(place)), (place, columns)), shape)
    table.sum_duplicates()
    return table, [*labels, *(f"={word}" for word in tokens.types)]


def _weighted(features: list[tuple[sparse.csr_array, list[str]]]) -> list[sparse.csr_array]:
    """Return the rows of both tables, weighted over both, of length 1."""
    columns = {name: at for at, name in enumerate(sorted({name for _, names in features for name in names}))}
    wide = []
    for table, names in features:
        cells = table.tocoo()
        at = np.array([columns[name] for name in names], np.int64)[cells.col]
        wide.append(sparse.csr_array((cells.data, (cells.row, at)), (table.shape[0], len(columns))))
    both = TfidfTransformer(sublinear_tf=True).fit_transform(sparse.vstack(wide))
    cut = wide[0].shape[0]
    return [sparse.csr_array(both[:cut]), sparse.csr_array(both[cut:])]

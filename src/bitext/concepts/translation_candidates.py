"""Pairs of words that the concept table lacks, proposed from Chinese and English news on the same things."""

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext.arrays import Ints
from bitext.checked import checked
from bitext.concepts.lookup import ConceptTable, find_concepts
from bitext.errors import BitextError
from bitext.lexicons.stopwords import stopwords
from bitext.record import run_record
from bitext.text.tokenizer import EN, NUMBER, WORD, ZH
from bitext.tokens.tokens import Tokens

COLUMNS = (
    "zh",
    "en",
    "similarity",
    "margin",
    "mutual",
    "n_zh",
    "n_en",
    "articles_zh",
    "articles_en",
    "shared",
)
#: Words of each language that are compared, most articles first.
_MOST = 4000
#: Rows of the similarity matrix at a time.
_BLOCK = 500


@checked
def translation_candidates(
    tokens: Tokens, *, top: int = 1, min_articles: int = 5, concepts: ConceptTable | None = None
) -> pd.DataFrame:
    """Propose pairs of a Chinese and an English word that may be one concept; for review only.

    Two words are alike if they keep the same company: the concepts, figures, Latin names and days of the
    articles that they stand in, each weighted by positive pointwise mutual information. News in the two
    languages has to be about the same things; with unrelated corpora the best pair is still a wrong one.
    Add what you accept to a table of your own (`ConceptTable.read`).

    Args:
        tokens: Chinese and English articles together.
        top: English candidates for each Chinese word.
        min_articles: words in fewer articles have too little company to be compared.
        concepts: the concept table, whose words are not proposed again; None is bitext's own.

    Returns:
        One row per candidate, the most similar first:
        - ``zh``, ``en``: the words, normalised
        - ``similarity``: cosine of the two companies, 0 to 1
        - ``margin``: by how much it exceeds the next best English word
        - ``mutual``: each is the other's best
        - ``n_zh``, ``n_en``, ``articles_zh``, ``articles_en``: occurrences and articles
        - ``shared``: the five strongest of what both keep company with

    Raises:
        BitextError: *top* or *min_articles* is below 1.

    Examples:
        >>> import pandas as pd, bitext
        >>> frame = pd.DataFrame({"text": [
        ...     "渔栅在俄罗斯。", "渔栅高45米。", "中国有堤堰。", "堤堰长70米。",
        ...     "The fishweir is in Russia.", "The fishweir is 45 metres high.",
        ...     "China has a levee.", "The levee is 70 metres long."]})
        >>> tokens = bitext.tokenize(bitext.Corpus.from_frame(frame), words=["渔栅", "堤堰"])
        >>> translation_candidates(tokens, min_articles=2)[["zh", "en", "similarity", "mutual", "shared"]]
           zh        en  similarity  mutual  shared
        0  渔栅  fishweir         0.5    True  russia
        1  堤堰     levee         0.5    True   china

    Source:
        Rapp (1995), Identifying word translations in non-parallel texts, ACL.
    """
    for name, value in (("top", top), ("min_articles", min_articles)):
        if value < 1:
            raise BitextError(f"{name}={value!r}; use a whole number from 1")
    table = concepts or ConceptTable.default()
    hits = find_concepts(tokens, table)
    free = ~hits.covered(tokens) & (tokens.kind == WORD) & ~_stop(tokens)
    company, names = _company(tokens, hits.concept, hits.first, table)
    sides = [
        _profiles(tokens, free & (tokens.lang == lang), own, company, min_articles)
        for lang, own in ((ZH, "zh"), (EN, "en"))
    ]
    (terms_zh, counts_zh, articles_zh, left), (terms_en, counts_en, articles_en, right) = sides
    rows = []
    if len(terms_zh) and len(terms_en):
        best_zh = np.full(len(terms_en), -1.0)
        owner = np.full(len(terms_en), -1)
        for low in range(0, len(terms_zh), _BLOCK):
            alike = (left[low : low + _BLOCK] @ right.T).toarray()
            strongest = alike.argmax(axis=0)
            better = alike[strongest, np.arange(alike.shape[1])] > best_zh
            best_zh[better] = alike[strongest, np.arange(alike.shape[1])][better]
            owner[better] = low + strongest[better]
            order = np.argsort(-alike, axis=1, kind="stable")[:, : top + 1]
            for place in range(alike.shape[0]):
                values = alike[place, order[place]]
                for rank, other in enumerate(order[place, :top]):
                    if values[rank] > 0:
                        following = values[rank + 1] if rank + 1 < len(values) else 0.0
                        rows.append(
                            (low + place, int(other), float(values[rank]), float(values[rank] - following))
                        )
    result = pd.DataFrame(
        [
            {
                "zh": tokens.types[terms_zh[i]],
                "en": tokens.types[terms_en[j]],
                "similarity": value,
                "margin": margin,
                "mutual": bool(owner[j] == i),
                "n_zh": int(counts_zh[i]),
                "n_en": int(counts_en[j]),
                "articles_zh": int(articles_zh[i]),
                "articles_en": int(articles_en[j]),
                "shared": _shared(left[[i]], right[[j]], names),
            }
            for i, j, value, margin in sorted(rows, key=lambda row: (-row[2], row[0], row[1]))
        ],
        columns=list(COLUMNS),
    )
    result.attrs["run"] = {
        **run_record("translation_candidates", top=top, min_articles=min_articles, concepts=table.version),
        "before": dict(tokens.run),
    }
    return result


def _stop(tokens: Tokens) -> npt.NDArray[np.bool_]:
    stop = stopwords()
    known: npt.NDArray[np.bool_] = np.fromiter(
        (word in stop for word in tokens.types), bool, len(tokens.types)
    )
    return known[tokens.term]


def _company(
    tokens: Tokens, concept: Ints, first: Ints, table: ConceptTable
) -> tuple[sparse.csr_array, list[str]]:
    """Return articles × what both languages share: concepts, figures, Latin names in Chinese text, days."""
    article = tokens.article()
    latin_types = np.unique(
        tokens.term[(tokens.lang == EN) & (tokens.articles["lang"].to_numpy() == "zh")[article]]
    )
    marks = (tokens.kind == NUMBER) | ((tokens.kind == WORD) & np.isin(tokens.term, latin_types))
    days = pd.factorize(tokens.articles["date"].dt.strftime("%Y-%m-%d"), sort=True)
    dated = np.flatnonzero(days[0] >= 0)
    offset = len(table.labels)
    column = np.concatenate(
        (concept, offset + tokens.term[marks], offset + len(tokens.types) + days[0][dated])
    )
    row = np.concatenate((article[first], article[marks], dated))
    names = [*table.labels, *map(str, tokens.types), *map(str, days[1])]
    shape = (len(tokens.articles), len(names))
    matrix = sparse.csr_array((np.ones(len(row)), (row, column)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix, names


def _profiles(
    tokens: Tokens, mask: npt.NDArray[np.bool_], lang: str, company: sparse.csr_array, min_articles: int
) -> tuple[Ints, Ints, Ints, sparse.csr_array]:
    """Return the words of one language with their counts, articles, and normalised companies."""
    mine = mask & (tokens.articles["lang"].to_numpy() == lang)[tokens.article()]
    shape = (len(tokens.types), len(tokens.articles))
    counts = sparse.csr_array(
        (np.ones(int(mine.sum())), (tokens.term[mine], tokens.article()[mine])), shape=shape
    )
    counts.sum_duplicates()
    spread = np.diff(counts.indptr)
    terms = np.flatnonzero(spread >= min_articles)
    terms = terms[np.argsort(-spread[terms], kind="stable")][:_MOST]
    present = counts[terms].copy()
    present.data[:] = 1
    rows = tokens.articles["lang"].to_numpy() == lang
    joint = sparse.coo_array(present @ company)
    base = np.asarray(company[np.flatnonzero(rows)].sum(axis=0)).ravel() / max(int(rows.sum()), 1)
    own = spread[terms].astype(float)
    with np.errstate(divide="ignore"):
        weight = np.log(joint.data / (own[joint.row] * base[joint.col]))
    keep = weight > 0
    matrix = sparse.csr_array((weight[keep], (joint.row[keep], joint.col[keep])), shape=joint.shape)
    norm = np.sqrt(np.asarray((matrix * matrix).sum(axis=1)).ravel())
    scale = sparse.diags_array(np.divide(1, norm, out=np.zeros_like(norm), where=norm > 0))
    total = np.asarray(counts.sum(axis=1)).ravel()[terms].astype(np.int64)
    return terms, total, spread[terms].astype(np.int64), sparse.csr_array(scale @ matrix)


def _shared(left: sparse.csr_array, right: sparse.csr_array, names: list[str]) -> str:
    both = sparse.coo_array(left * right)
    order = np.argsort(-both.data, kind="stable")[:5]
    return " · ".join(names[both.col[place]] for place in order)

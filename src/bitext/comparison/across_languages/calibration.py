"""Sentence pairs → how much more often each concept is found in Chinese than in English of the same content.

A concept table is never even: 人 is counted where English says "resident" or nothing, "may" where Chinese
says 可能 or nothing. Translated text shows by how much. For each concept the factor is

    k = log2(rate in Chinese / rate in English), rates per word of each side of the same documents.

Documents are the units of its standard error. Counts are few, so k is drawn toward the mean of its kind
(proper names, other words) as far as it is uncertain (empirical Bayes, normal and normal); a concept that no
pair holds has that mean, and the whole spread of its kind as its uncertainty. Comparisons across languages
take k out and add its uncertainty to theirs (`bitext.comparison.across_languages`).
"""

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext import schema
from bitext.arrays import Floats
from bitext.checked import checked
from bitext.concepts.lookup import ConceptTable, find_concepts
from bitext.corpus.corpus import Corpus
from bitext.errors import TableError
from bitext.lexicons.loader import card, rows
from bitext.record import run_record
from bitext.text.tokenizer import WORD
from bitext.tokenizing.tokenize import tokenize

COLUMNS = (
    *("concept", "kind", "n_zh", "n_en", "k", "k_low", "k_high", "error"),
    *("partner_zh", "partner_en", "tier"),
)
#: How far a concept can be compared across languages, from the surest.
TIERS = ("reliable", "corrected", "unreliable", "unknown")
#: Pairs that make a document where the table does not say.
SIZE = 20
#: With fewer hits on both sides together nothing is known of a concept itself.
FEWEST = 20
#: A reliable concept has at least this share with a partner, each way, and a factor below 2 ** this.
SURE_PARTNER, SURE_K = 0.6, 0.5
#: An unreliable one has a smaller share either way, or a larger factor.
POOR_PARTNER, POOR_K = 0.4, 1.0
_Z = 1.959964


@checked
def calibrate(parallel: pd.DataFrame | str | Path, *, concepts: ConceptTable | None = None) -> pd.DataFrame:
    """Measure on translated sentences how unevenly a concept table finds each concept in the two languages.

    Pass the result as ``calibration=`` to `bitext.keyness`, `bitext.shift`, `bitext.similarity` or
    `bitext.omitted_words` to use it in the place of bitext's own, which was made of translated news.

    Args:
        parallel: pairs of sentences: a DataFrame, or a TSV file (.gz allowed), with the columns ``zh`` and
            ``en`` and, if wanted, ``document``; without it 20 pairs in a row are a document. A few thousand
            pairs are needed to say something of the more frequent concepts.
        concepts: the concept table; None is bitext's own.

    Returns:
        One row per concept of the table, in its order:
        - ``concept``, ``kind``
        - ``n_zh``, ``n_en``: hits on either side
        - ``k``: log2 of the ratio of both rates, Chinese over English, drawn toward the mean of its kind;
          ``k_low``, ``k_high``: its 95 % interval; ``error``: its standard deviation
        - ``partner_zh``: share of the Chinese sentences with the concept whose English sentence has it;
          ``partner_en``: the other way, both 0 to 1; NaN where there is none
        - ``tier``: "reliable" (partners of at least .6 both ways, |k| at most .5), "corrected" (k can be
          taken out), "unreliable" (partners of less than .4 one way, or |k| of 1 and more), "unknown" (fewer
          than 20 hits)

    Raises:
        TableError: a column is missing, or there are fewer than two documents.

    Source:
        Cochran (1977), Sampling Techniques, 6 (ratio estimator); Morris (1983), Parametric empirical Bayes.

    Examples:
        >>> pairs = pd.DataFrame({"zh": ["芯片。", "芯片短缺。"], "en": ["Chips.", "A shortage of chips."],
        ...                       "document": ["a", "b"]})
        >>> table = calibrate(pairs)
        >>> chip = table[table["concept"] == "chip"]
        >>> chip[["n_zh", "n_en", "partner_zh", "tier"]].to_numpy().tolist()
        [[2, 2, 1.0, 'unknown']]
    """
    pairs = _pairs(parallel)
    table = concepts or ConceptTable.default()
    document, names = pd.factorize(pairs["document"], sort=True)
    if len(names) < 2:
        raise TableError(f"calibrate needs pairs of at least 2 documents; there are {len(names)}")
    sides = [_side(pairs[lang].astype(str).tolist(), table) for lang in ("zh", "en")]
    belongs = sparse.csr_array(
        (np.ones(len(document)), (document, np.arange(len(document)))), shape=(len(names), len(document))
    )
    hits = [np.asarray((belongs @ found).toarray()) for found, _ in sides]
    words = [belongs @ length for _, length in sides]
    k, variance = _log_ratio(hits, words)
    n_zh, n_en = (one.sum(axis=0).astype(np.int64) for one in hits)
    k, error = _shrunk(k, variance, n_zh + n_en, np.array(table.named, bool))
    there = [(found > 0).astype(np.int64) for found, _ in sides]
    both = np.asarray(there[0].multiply(there[1]).sum(axis=0)).ravel()
    with np.errstate(invalid="ignore"):
        partner_zh, partner_en = (both / np.asarray(one.sum(axis=0)).ravel() for one in there)
    result = pd.DataFrame(
        {
            "concept": table.labels,
            "kind": table.kinds,
            "n_zh": n_zh,
            "n_en": n_en,
            "k": k,
            "k_low": k - _Z * error,
            "k_high": k + _Z * error,
            "error": error,
            "partner_zh": partner_zh,
            "partner_en": partner_en,
            "tier": tiers(n_zh + n_en, k, np.fmin(np.nan_to_num(partner_zh), np.nan_to_num(partner_en))),
        },
        columns=list(COLUMNS),
    )
    shared = float(both.sum())
    partners = {
        lang: shared / max(float(one.sum()), 1.0) for lang, one in zip(("zh", "en"), there, strict=True)
    }
    result.attrs["run"] = run_record(
        "calibrate", concepts=table.version, pairs=len(pairs), documents=len(names), partners=partners
    )
    return result


def tiers(n: npt.NDArray[np.int64], k: Floats, partner: Floats) -> npt.NDArray[np.object_]:
    """Return the tier of each concept from its hits, its factor, and its smaller share with a partner."""
    size = np.abs(k)
    chosen = [n < FEWEST, (partner < POOR_PARTNER) | (size >= POOR_K)]
    chosen.append((partner >= SURE_PARTNER) & (size <= SURE_K))
    return np.select(chosen, ["unknown", "unreliable", "reliable"], "corrected").astype(object)


@cache
def default_calibration() -> pd.DataFrame:
    """Return bitext's own calibration, in order of its concept table; see `calibrate` for the columns.

    Concepts that no pair held have the mean and the spread of their kind, which the card keeps.
    """
    table = ConceptTable.default()
    found = pd.DataFrame(rows("concepts_calibration")).set_index("concept")
    numbers = found.drop(columns="tier").replace("", "nan").astype(float)
    numbers = numbers.reindex(table.labels)
    prior = card("concepts_calibration")["prior"]
    of_kind = np.array([prior["name" if named else "word"] for named in table.named])
    missing = numbers["k"].isna().to_numpy()
    k = np.where(missing, of_kind[:, 0], numbers["k"])
    error = np.where(missing, of_kind[:, 1], numbers["error"])
    return pd.DataFrame(
        {
            "concept": table.labels,
            "kind": table.kinds,
            "n_zh": numbers["n_zh"].fillna(0).to_numpy(np.int64),
            "n_en": numbers["n_en"].fillna(0).to_numpy(np.int64),
            "k": k,
            "k_low": k - _Z * error,
            "k_high": k + _Z * error,
            "error": error,
            "partner_zh": numbers["partner_zh"].to_numpy(),
            "partner_en": numbers["partner_en"].to_numpy(),
            "tier": found["tier"].reindex(table.labels).fillna("unknown").to_numpy(object),
        },
        columns=list(COLUMNS),
    )


def _pairs(parallel: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Return the columns zh, en and document."""
    parallel = parallel_table(parallel)
    if "document" in parallel:
        return parallel[["zh", "en", "document"]].astype(str)
    return parallel[["zh", "en"]].assign(document=[f"{at // SIZE:06}" for at in range(len(parallel))])


def parallel_table(parallel: pd.DataFrame | str | Path) -> pd.DataFrame:
    """Read texts and their translations, and require the columns zh and en.

    Raises:
        TableError: there is no such file, or a column is missing.
    """
    if not isinstance(parallel, pd.DataFrame):
        path = Path(parallel)
        if not path.is_file():
            raise TableError(
                f"parallel={str(path)!r}: there is no such file; it has to be TSV with zh and en"
            )
        parallel = pd.read_csv(path, sep="\t", quoting=3, dtype=str, keep_default_na=False)
    schema.require(parallel, ("zh", "en"), "the parallel texts")
    return parallel


def _side(texts: list[str], table: ConceptTable) -> tuple[sparse.csr_array, Floats]:
    """Return sentences × concepts of one language, and the words of each sentence."""
    clean = pd.DataFrame({"text": [" ".join(text.split()) or "。" for text in texts]})
    tokens = tokenize(Corpus.from_frame(clean))
    found = find_concepts(tokens, table)
    article = tokens.article()
    shape = (len(texts), len(table.labels))
    matrix = sparse.csr_array((np.ones(len(found.first)), (article[found.first], found.concept)), shape=shape)
    matrix.sum_duplicates()
    return matrix, np.bincount(article[tokens.kind == WORD], minlength=len(texts)).astype(np.float64)


def _log_ratio(hits: list[Floats], words: list[Floats]) -> tuple[Floats, Floats]:
    """Return log2 of the ratio of rates and its variance; documents are the units, their sides paired."""
    size = len(words[0])
    rates, residual = [], np.zeros_like(hits[0])
    for sign, found, length in zip((1, -1), hits, words, strict=True):
        total = found.sum(axis=0) + 0.5
        rates.append(total / length.sum())
        residual += sign * (found / total - (length / length.sum())[:, None])
    with np.errstate(divide="ignore"):
        k = np.log2(rates[0] / rates[1])
    # The least that counts alone leave open, where few documents have the concept.
    poisson = sum(1 / (found.sum(axis=0) + 0.5) for found in hits) / 4
    variance = np.maximum(size / (size - 1) * (residual**2).sum(axis=0), poisson)
    return k, variance / np.log(2) ** 2


def _shrunk(
    k: Floats, variance: Floats, n: npt.NDArray[np.int64], named: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Draw each factor toward the mean of its kind; return it and its standard deviation."""
    mean, error = k.copy(), np.sqrt(variance)
    for kind in (named, ~named):
        level, spread = _prior(k[kind & (n >= FEWEST)], variance[kind & (n >= FEWEST)])
        weight = np.where(n[kind] > 0, spread**2 / (spread**2 + variance[kind]), 0.0)
        mean[kind] = level + weight * (k[kind] - level)
        error[kind] = spread * np.sqrt(1 - weight)
    return mean, error


def _prior(k: Floats, variance: Floats) -> tuple[float, float]:
    """Return mean and spread of the true factors of a kind: moments, weighted by how surely each is known.

    The spread is at least .2, and 1 with fewer than ten concepts to learn it from.
    """
    if len(k) < 10:
        return float(np.median(k)) if len(k) else 0.0, 1.0
    spread = float(np.var(k))
    level = 0.0
    for _ in range(50):
        weight = 1 / (spread + variance)
        level = float((weight * k).sum() / weight.sum())
        spread = max(float((weight**2 * ((k - level) ** 2 - variance)).sum() / (weight**2).sum()), 0.04)
    return level, spread**0.5

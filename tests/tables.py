"""All public tables, made of the sample corpus."""

import warnings
from functools import cache

import pandas as pd

import bitext
from tests import CHIPS


@cache
def public_tables() -> dict[str, pd.DataFrame]:
    """Return one table of every kind by name; those of `compare` and those it does not make."""
    result = bitext.compare(bitext.read(CHIPS))
    tokens = result.tokens
    counts = bitext.count(tokens, unit="concept")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        candidates = bitext.polarity_candidates(tokens, lang="en", min_count=3)
    return {
        **result.tables,
        "attributions": bitext.attributions(tokens),
        "calibration": bitext.calibrate(
            pd.DataFrame({"zh": ["芯片", "禁令"], "en": ["chips", "ban"], "document": [1, 2]})
        ),
        "align": bitext.align(pd.DataFrame({"zh": ["芯片短缺。"], "en": ["A chip shortage."]})),
        "bursts": bitext.bursts(counts, min_articles=2),
        "collocations": bitext.collocations(tokens, min_count=2),
        "concept_forms": bitext.concept_forms(tokens),
        "dispersion": bitext.dispersion(counts),
        "duplicate_pairs": bitext.duplicate_pairs(result.corpus),
        "explain": bitext.explain(CHIPS),
        "kwic": bitext.kwic(tokens, "芯片"),
        "naming_candidates": bitext.naming_candidates(tokens, min_articles=2),
        "new_words": bitext.new_words(tokens, min_count=2),
        "phrases": bitext.phrases(tokens, min_count=2),
        "passages": bitext.passages(result.corpus, *result.corpus.articles["article"][:2]),
        "polarity_candidates": candidates,
        "sentences": tokens.sentences(),
        "shift": bitext.shift(counts, target="远声网", replicates=2),
        "similar_articles": bitext.similar_articles(counts),
        "stance_by_article": bitext.stance_by_article(tokens).iloc[:, :6],
        "stance_differences": bitext.stance_differences(tokens, replicates=2),
        "timeline": bitext.timeline(counts),
        "timeline of a term": bitext.timeline(counts, terms=[str(counts.terms[0])]),
        "tokens": tokens.to_frame(),
        "translation_candidates": bitext.translation_candidates(tokens, min_articles=2),
        "wire_shares": bitext.wire_shares(result.corpus),
    }

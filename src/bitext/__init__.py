"""Compare how Chinese and English news outlets cover a story.

Names are loaded on first use: pandas, scikit-learn and jieba take a second to import, and
`bitext --help` needs none of them.
"""

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

#: Public name -> module that holds it. This table is the API.
_HOMES = {
    "BitextError": "bitext.errors",
    "Comparison": "bitext.report.compare",
    "ConceptTable": "bitext.tokens.concepts",
    "Corpus": "bitext.corpus.corpus",
    "CorpusError": "bitext.errors",
    "Counts": "bitext.tokens.counts",
    "LanguageError": "bitext.errors",
    "LexiconError": "bitext.errors",
    "Moments": "bitext.tokens.moments",
    "TableError": "bitext.errors",
    "Tokens": "bitext.tokens.tokens",
    "align": "bitext.features.alignment",
    "attributions": "bitext.features.stance.evidence",
    "bursts": "bitext.comparison.bursts",
    "collocations": "bitext.tokens.collocations",
    "compare": "bitext.report.compare",
    "WorkerError": "bitext.engines.pool",
    "count": "bitext.tokens.count",
    "dispersion": "bitext.comparison.dispersion",
    "duplicate_pairs": "bitext.corpus.pairs",
    "duplicates": "bitext.corpus.duplicates",
    "evidence": "bitext.features.stance.evidence",
    "glossary": "bitext.features.glossary",
    "keyness": "bitext.comparison.keyness",
    "keywords": "bitext.features.keywords",
    "kwic": "bitext.tokens.kwic",
    "load": "bitext.tokens.store",
    "naming": "bitext.features.naming",
    "nearest": "bitext.comparison.nearest",
    "plot": "bitext.report.plots",
    "passages": "bitext.corpus.passages",
    "stories": "bitext.comparison.stories",
    "coverage": "bitext.comparison.coverage",
    "omissions": "bitext.comparison.coverage",
    "ranking": "bitext.features.stance.calibration",
    "read": "bitext.corpus.read",
    "Scan": "bitext.corpus.scan",
    "scan": "bitext.corpus.scan",
    "shift": "bitext.comparison.shift",
    "similarity": "bitext.comparison.similarity",
    "stance": "bitext.features.stance.stance",
    "stopwords": "bitext.lexicons.stopwords",
    "surfaces": "bitext.tokens.surfaces",
    "timeline": "bitext.comparison.timeline",
    "stance_differences": "bitext.comparison.stance_differences",
    "expand_polarity": "bitext.features.stance.expansion",
    "tokenize": "bitext.tokens.tokenize",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bitext' has no attribute {name!r}; public names: {__all__}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]

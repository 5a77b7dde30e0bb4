"""Compare how Chinese and English news outlets cover a story.

Names are loaded on first use: pandas, scikit-learn and jieba take a second to import, and
`bitext --help` needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
    "attributions": "bitext.features.stance.attributions",
    "bursts": "bitext.comparison.bursts",
    "collocations": "bitext.tokens.collocations",
    "compare": "bitext.report.compare",
    "WorkerError": "bitext.errors",
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

if TYPE_CHECKING:  # what type checkers and editors see of the names in _HOMES
    from bitext.comparison.bursts import bursts as bursts
    from bitext.comparison.coverage import coverage as coverage
    from bitext.comparison.coverage import omissions as omissions
    from bitext.comparison.dispersion import dispersion as dispersion
    from bitext.comparison.keyness import keyness as keyness
    from bitext.comparison.nearest import nearest as nearest
    from bitext.comparison.shift import shift as shift
    from bitext.comparison.similarity import similarity as similarity
    from bitext.comparison.stance_differences import stance_differences as stance_differences
    from bitext.comparison.stories import stories as stories
    from bitext.comparison.timeline import timeline as timeline
    from bitext.corpus.corpus import Corpus as Corpus
    from bitext.corpus.duplicates import duplicates as duplicates
    from bitext.corpus.pairs import duplicate_pairs as duplicate_pairs
    from bitext.corpus.passages import passages as passages
    from bitext.corpus.read import read as read
    from bitext.corpus.scan import Scan as Scan
    from bitext.corpus.scan import scan as scan
    from bitext.errors import BitextError as BitextError
    from bitext.errors import CorpusError as CorpusError
    from bitext.errors import LanguageError as LanguageError
    from bitext.errors import LexiconError as LexiconError
    from bitext.errors import TableError as TableError
    from bitext.errors import WorkerError as WorkerError
    from bitext.features.alignment import align as align
    from bitext.features.glossary import glossary as glossary
    from bitext.features.keywords import keywords as keywords
    from bitext.features.naming import naming as naming
    from bitext.features.stance.attributions import attributions as attributions
    from bitext.features.stance.calibration import ranking as ranking
    from bitext.features.stance.evidence import evidence as evidence
    from bitext.features.stance.expansion import expand_polarity as expand_polarity
    from bitext.features.stance.stance import stance as stance
    from bitext.lexicons.stopwords import stopwords as stopwords
    from bitext.report.compare import Comparison as Comparison
    from bitext.report.compare import compare as compare
    from bitext.report.plots import plot as plot
    from bitext.tokens.collocations import collocations as collocations
    from bitext.tokens.concepts import ConceptTable as ConceptTable
    from bitext.tokens.count import count as count
    from bitext.tokens.counts import Counts as Counts
    from bitext.tokens.kwic import kwic as kwic
    from bitext.tokens.moments import Moments as Moments
    from bitext.tokens.store import load as load
    from bitext.tokens.surfaces import surfaces as surfaces
    from bitext.tokens.tokenize import tokenize as tokenize
    from bitext.tokens.tokens import Tokens as Tokens


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bitext' has no attribute {name!r}; public names: {__all__}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]

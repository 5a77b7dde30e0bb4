"""Compare how Chinese and English news outlets cover a story.

Names are loaded on first use: pandas, scikit-learn and jieba take a second to import, and
`bitext --help` needs none of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

#: Public name -> module that holds it. This table is the API.
_HOMES = {
    "ArgumentError": "bitext.errors",
    "BitextError": "bitext.errors",
    "ScanError": "bitext.errors",
    "Comparison": "bitext.pipeline.comparison",
    "ConceptTable": "bitext.concepts.lookup",
    "Corpus": "bitext.corpus.corpus",
    "CorpusError": "bitext.errors",
    "Counts": "bitext.counting.counts",
    "LanguageError": "bitext.errors",
    "LexiconError": "bitext.errors",
    "GroupedCounts": "bitext.counting.grouped_counts",
    "TableError": "bitext.errors",
    "Tokens": "bitext.tokens.tokens",
    "translation_candidates": "bitext.concepts.translation_candidates",
    "attributions": "bitext.attribution.attributions",
    "sources": "bitext.speakers.sources",
    "actors": "bitext.speakers.actors",
    "bursts": "bitext.comparison.time.bursts",
    "collocations": "bitext.tokens.collocations",
    "compare": "bitext.pipeline.compare",
    "WorkerError": "bitext.errors",
    "count": "bitext.counting.count",
    "dispersion": "bitext.comparison.keyness.dispersion",
    "duplicate_pairs": "bitext.copies.pairs",
    "duplicates": "bitext.copies.duplicates",
    "evidence": "bitext.stances.evidence",
    "glossary": "bitext.glossaries.glossary",
    "keyness": "bitext.comparison.keyness.keyness",
    "keywords": "bitext.comparison.keywords",
    "kwic": "bitext.tokens.kwic",
    "naming": "bitext.names.naming",
    "similar_articles": "bitext.events.similar_articles",
    "plot": "bitext.report.plots",
    "passages": "bitext.copies.passages",
    "stories": "bitext.events.stories",
    "coverage": "bitext.events.coverage",
    "omitted_words": "bitext.events.coverage",
    "wire_shares": "bitext.events.wire_shares",
    "statements": "bitext.events.statements.statements",
    "statement_summary": "bitext.events.statements.summary",
    "omissions": "bitext.events.statements.omissions",
    "omission_rates": "bitext.events.statements.omissions",
    "rank_groups": "bitext.stances.calibration",
    "read": "bitext.corpus.read",
    "Scan": "bitext.corpus.scan",
    "scan": "bitext.corpus.scan_files",
    "shift": "bitext.comparison.shift",
    "similarity": "bitext.comparison.similarity",
    "stance": "bitext.stances.stance",
    "stance_by_article": "bitext.stances.stance",
    "polarity": "bitext.stances.target.polarity",
    "stopwords": "bitext.lexicons.stopwords",
    "concept_forms": "bitext.concepts.forms",
    "timeline": "bitext.comparison.time.timeline",
    "stance_differences": "bitext.stances.differences",
    "polarity_candidates": "bitext.stances.target.polarity_candidates",
    "tokenize": "bitext.tokenizing.tokenize",
}

__all__ = sorted(_HOMES)

if TYPE_CHECKING:  # what type checkers and editors see of the names in _HOMES
    from bitext.attribution.attributions import attributions as attributions
    from bitext.comparison.keyness.dispersion import dispersion as dispersion
    from bitext.comparison.keyness.keyness import keyness as keyness
    from bitext.comparison.keywords import keywords as keywords
    from bitext.comparison.shift import shift as shift
    from bitext.comparison.similarity import similarity as similarity
    from bitext.comparison.time.bursts import bursts as bursts
    from bitext.comparison.time.timeline import timeline as timeline
    from bitext.concepts.forms import concept_forms as concept_forms
    from bitext.concepts.lookup import ConceptTable as ConceptTable
    from bitext.concepts.translation_candidates import translation_candidates as translation_candidates
    from bitext.copies.duplicates import duplicates as duplicates
    from bitext.copies.pairs import duplicate_pairs as duplicate_pairs
    from bitext.copies.passages import passages as passages
    from bitext.corpus.corpus import Corpus as Corpus
    from bitext.corpus.read import read as read
    from bitext.corpus.scan import Scan as Scan
    from bitext.corpus.scan_files import scan as scan
    from bitext.counting.count import count as count
    from bitext.counting.counts import Counts as Counts
    from bitext.counting.grouped_counts import GroupedCounts as GroupedCounts
    from bitext.errors import ArgumentError as ArgumentError
    from bitext.errors import BitextError as BitextError
    from bitext.errors import CorpusError as CorpusError
    from bitext.errors import LanguageError as LanguageError
    from bitext.errors import LexiconError as LexiconError
    from bitext.errors import ScanError as ScanError
    from bitext.errors import TableError as TableError
    from bitext.errors import WorkerError as WorkerError
    from bitext.events.coverage import coverage as coverage
    from bitext.events.coverage import omitted_words as omitted_words
    from bitext.events.similar_articles import similar_articles as similar_articles
    from bitext.events.statements.omissions import omission_rates as omission_rates
    from bitext.events.statements.omissions import omissions as omissions
    from bitext.events.statements.statements import statements as statements
    from bitext.events.statements.summary import statement_summary as statement_summary
    from bitext.events.stories import stories as stories
    from bitext.events.wire_shares import wire_shares as wire_shares
    from bitext.glossaries.glossary import glossary as glossary
    from bitext.lexicons.stopwords import stopwords as stopwords
    from bitext.names.naming import naming as naming
    from bitext.pipeline.compare import compare as compare
    from bitext.pipeline.comparison import Comparison as Comparison
    from bitext.report.plots import plot as plot
    from bitext.speakers.actors import actors as actors
    from bitext.speakers.sources import sources as sources
    from bitext.stances.calibration import rank_groups as rank_groups
    from bitext.stances.differences import stance_differences as stance_differences
    from bitext.stances.evidence import evidence as evidence
    from bitext.stances.stance import stance as stance
    from bitext.stances.stance import stance_by_article as stance_by_article
    from bitext.stances.target.polarity import polarity as polarity
    from bitext.stances.target.polarity_candidates import polarity_candidates as polarity_candidates
    from bitext.tokenizing.tokenize import tokenize as tokenize
    from bitext.tokens.collocations import collocations as collocations
    from bitext.tokens.kwic import kwic as kwic
    from bitext.tokens.tokens import Tokens as Tokens


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bitext' has no attribute {name!r}; public names: {__all__}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]

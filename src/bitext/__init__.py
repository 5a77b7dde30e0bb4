"""Compare how Chinese and English news outlets cover a story.

One road: files → `read` → Corpus → `tokenize` → Tokens → `count` → Counts → a table (`keyness`, ...).
`scan` is `read` for more than fits into memory: a Scan is a lazy Corpus, and goes the same road. `compare`
goes all of it at once. ``bitext.__all__`` lists the names by what is asked: reading, words, differences,
time, voices, names, copies and stories, output, errors; `bitext.sklearn` has the same steps for scikit-learn.

Names are loaded on first use: pandas, scikit-learn and jieba take a second to import, and
`bitext --help` needs none of them.
"""

from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

#: The API by what is asked: group -> public name -> module that holds it.
_GROUPS = {
    # files and tables → articles → tokens → counts
    "read": {
        "read": "bitext.corpus.read",
        "explain": "bitext.corpus.explain",
        "scan": "bitext.corpus.scan_files",
        "tokenize": "bitext.tokenizing.tokenize",
        "count": "bitext.counting.count",
        "Corpus": "bitext.corpus.corpus",
        "Scan": "bitext.corpus.scan",
        "Tokens": "bitext.tokens.tokens",
        "Counts": "bitext.counting.counts",
        "GroupedCounts": "bitext.counting.grouped_counts",
        "stopwords": "bitext.lexicons.stopwords",
    },
    # which words, where, and in which company
    "words": {
        "keywords": "bitext.comparison.keywords",
        "new_words": "bitext.words.new_words",
        "phrases": "bitext.counting.phrases",
        "kwic": "bitext.tokens.kwic",
        "collocations": "bitext.tokens.collocations",
        "dispersion": "bitext.comparison.keyness.dispersion",
    },
    # what sets groups apart, and whether that is chance
    "differences": {
        "align": "bitext.comparison.across_languages.align",
        "calibrate": "bitext.comparison.across_languages.calibration",
        "compare": "bitext.pipeline.compare",
        "keyness": "bitext.comparison.keyness.keyness",
        "shift": "bitext.comparison.shift",
        "similarity": "bitext.comparison.similarity",
        "Comparison": "bitext.pipeline.comparison",
    },
    # when
    "time": {
        "timeline": "bitext.comparison.time.timeline",
        "bursts": "bitext.comparison.time.bursts",
    },
    # who says it, how sure, toward whom
    "voices": {
        "attributions": "bitext.attribution.attributions",
        "sources": "bitext.speakers.sources",
        "actors": "bitext.speakers.actors",
        "evidence": "bitext.stances.evidence",
        "stance": "bitext.stances.stance",
        "stance_by_article": "bitext.stances.stance",
        "stance_differences": "bitext.stances.differences",
        "rank_groups": "bitext.stances.calibration",
        "polarity": "bitext.stances.target.polarity",
        "polarity_candidates": "bitext.stances.target.polarity_candidates",
    },
    # which name, in both languages
    "names": {
        "naming": "bitext.names.naming",
        "naming_candidates": "bitext.names.candidates",
        "glossary": "bitext.glossaries.glossary",
        "concept_forms": "bitext.concepts.forms",
        "translation_candidates": "bitext.concepts.translation_candidates",
        "ConceptTable": "bitext.concepts.lookup",
    },
    # which articles are one text, or tell of one event
    "copies and stories": {
        "duplicates": "bitext.copies.duplicates",
        "duplicate_pairs": "bitext.copies.pairs",
        "passages": "bitext.copies.passages",
        "stories": "bitext.events.stories",
        "coverage": "bitext.events.coverage",
        "wire_shares": "bitext.events.wire_shares",
        "similar_articles": "bitext.events.similar_articles",
        "omitted_words": "bitext.events.omitted_words",
        "statements": "bitext.events.statements.statements",
        "statement_summary": "bitext.events.statements.summary",
        "omissions": "bitext.events.statements.omissions",
        "omission_rates": "bitext.events.statements.omission_rates",
    },
    # figures; tables and pages are written by `Comparison.save` and `Comparison.to_html`
    "output": {
        "plot": "bitext.report.plots",
    },
    # one family; each message says what to write
    "errors": {
        "BitextError": "bitext.errors",
        "ArgumentError": "bitext.errors",
        "CorpusError": "bitext.errors",
        "LanguageError": "bitext.errors",
        "LexiconError": "bitext.errors",
        "ScanError": "bitext.errors",
        "TableError": "bitext.errors",
        "WorkerError": "bitext.errors",
    },
}
#: Public name -> module that holds it.
_HOMES = {name: home for group in _GROUPS.values() for name, home in group.items()}

__all__ = list(_HOMES)

if TYPE_CHECKING:  # what type checkers and editors see of the names in _HOMES
    from bitext.attribution.attributions import attributions as attributions
    from bitext.comparison.across_languages.align import align as align
    from bitext.comparison.across_languages.calibration import calibrate as calibrate
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
    from bitext.corpus.explain import explain as explain
    from bitext.corpus.read import read as read
    from bitext.corpus.scan import Scan as Scan
    from bitext.corpus.scan_files import scan as scan
    from bitext.counting.count import count as count
    from bitext.counting.counts import Counts as Counts
    from bitext.counting.grouped_counts import GroupedCounts as GroupedCounts
    from bitext.counting.phrases import phrases as phrases
    from bitext.errors import ArgumentError as ArgumentError
    from bitext.errors import BitextError as BitextError
    from bitext.errors import CorpusError as CorpusError
    from bitext.errors import LanguageError as LanguageError
    from bitext.errors import LexiconError as LexiconError
    from bitext.errors import ScanError as ScanError
    from bitext.errors import TableError as TableError
    from bitext.errors import WorkerError as WorkerError
    from bitext.events.coverage import coverage as coverage
    from bitext.events.omitted_words import omitted_words as omitted_words
    from bitext.events.similar_articles import similar_articles as similar_articles
    from bitext.events.statements.omission_rates import omission_rates as omission_rates
    from bitext.events.statements.omissions import omissions as omissions
    from bitext.events.statements.statements import statements as statements
    from bitext.events.statements.summary import statement_summary as statement_summary
    from bitext.events.stories import stories as stories
    from bitext.events.wire_shares import wire_shares as wire_shares
    from bitext.glossaries.glossary import glossary as glossary
    from bitext.lexicons.stopwords import stopwords as stopwords
    from bitext.names.candidates import naming_candidates as naming_candidates
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
    from bitext.words.new_words import new_words as new_words


#: Modules that are part of the API and loaded when asked for.
_MODULES = ("sklearn",)


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"bitext.{name}")
    if name not in _HOMES:
        near = get_close_matches(name, __all__, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise AttributeError(f"module 'bitext' has no attribute {name!r}{hint}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, *_MODULES, "__version__"]

# What type checkers and editors see of the names that `__init__.py` loads on first use.
# tests/test_public_api.py holds the two against each other.

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
from bitext.engines.pool import WorkerError as WorkerError
from bitext.errors import BitextError as BitextError
from bitext.errors import CorpusError as CorpusError
from bitext.errors import LanguageError as LanguageError
from bitext.errors import LexiconError as LexiconError
from bitext.errors import TableError as TableError
from bitext.features.glossary import glossary as glossary
from bitext.features.keywords import keywords as keywords
from bitext.features.naming import naming as naming
from bitext.features.stance.calibration import ranking as ranking
from bitext.features.stance.evidence import attributions as attributions
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
from bitext.tokens.tokenize import tokenize as tokenize
from bitext.tokens.tokens import Tokens as Tokens

__version__: str
__all__: list[str]

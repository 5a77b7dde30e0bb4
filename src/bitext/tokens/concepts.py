"""Concepts: one id over 半导体, 半導體 and semiconductor(s), found in tokens of either language.

A concept is a row of a table: an id, a kind, its Chinese and its English forms. Forms are looked up by
`match`, longest first, on token boundaries. What a form may be is decided when the table is compiled:

1. Chinese forms are simplified; regional variants (奈米 beside 纳米) are forms like others, marked ``@tw``.
2. English nouns get their plural, ``@v`` verbs their inflected forms, ``@x`` forms stay as they are.
3. A form with capitals is a name and must begin with a capital in the text, ``@c`` must stand exactly so
   (US, WHO, May).
4. A short form (中@s) counts only in a compound with another (中美) or behind 对 访 驻 赴 反 亲 在 (对华).
   Such compounds are compiled as phrases of their own, and 中美 yields both concepts.
5. Of two concepts with the same form the first in the table has it, a listed form before an inflected one.
   Of overlapping finds the one that starts first counts, and of those the longest.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.errors import LexiconError
from bitext.lexicons.inflection import plural, verb_forms
from bitext.lexicons.loader import parse, rows
from bitext.lexicons.stopwords import stopwords
from bitext.record import fingerprint
from bitext.text.tokenizer import WORD, Tokenizer
from bitext.tokens.match import Hits, Phrases, without_overlap
from bitext.tokens.tokens import Tokens

COLUMNS = ["concept", "kind", "zh", "en", "note"]
#: Kinds whose forms are names.
NAMED = frozenset(
    {"country", "city", "region", "person", "government", "party", "organisation", "company", "media"}
)
REGIONS = ("tw", "hk", "sg")
_MARKS = {"zh": {*REGIONS, "s"}, "en": {"v", "x", "c"}}
_CASES = ("any", "name", "exact")
_BEFORE_SHORT = "对访驻赴反亲在"

Ints = npt.NDArray[np.int64]


class Form(NamedTuple):
    """One way to write one or more concepts."""

    text: str
    concepts: tuple[int, ...]  # numbers into ConceptTable.labels
    case: str  # "any", "name" (begins with a capital) or "exact"
    region: str  # "tw", "hk", "sg" or ""


@dataclass(frozen=True)
class ConceptTable:
    """Concepts and their forms.

    Attributes:
        labels: concept ids, in order of the table.
        kinds: what each concept is (country, person, economy, action, ...).
        forms: all ways to write them.
    """

    labels: tuple[str, ...]
    kinds: tuple[str, ...]
    forms: tuple[Form, ...]

    @classmethod
    def of(cls, table: Iterable[Mapping[str, str]], source: str = "the concept table") -> "ConceptTable":
        """Compile rows of ``concept kind zh en note``; errors name the *source* and the concept."""
        labels: list[str] = []
        kinds: list[str] = []
        forms: dict[tuple[str, str], Form] = {}
        inflected: list[Form] = []
        shorts: list[tuple[str, int]] = []
        for number, row in enumerate(table):
            labels.append(row["concept"])
            kinds.append(row["kind"])
            for lang in ("zh", "en"):
                for cell in filter(None, row[lang].split("|")):
                    text, *marks = cell.split("@")
                    wrong = set(marks) - _MARKS[lang]
                    if wrong or not text.strip():
                        accepted = sorted(_MARKS[lang])
                        raise LexiconError(
                            f"{source}, {row['concept']!r}: form {cell!r}; {lang} marks are {accepted}"
                        )
                    if "s" in marks:
                        shorts.append((text, number))
                        continue
                    listed, *more = _forms(text, marks, lang, number)
                    forms.setdefault((listed.text, listed.case), listed)
                    inflected += more
        if len(set(labels)) < len(labels):
            twice = next(label for label in labels if labels.count(label) > 1)
            raise LexiconError(f"{source}: concept {twice!r} stands twice")
        # What somebody listed beats what a rule made of another word: "talks" is not the plural of "talk".
        for form in (*inflected, *_compounds(shorts)):
            forms.setdefault((form.text, form.case), form)
        return cls(tuple(labels), tuple(kinds), tuple(forms.values()))

    @classmethod
    def default(cls) -> "ConceptTable":
        """Return bitext's own table."""
        return _default()

    @classmethod
    def read(cls, path: str | Path, *, extend: bool = True) -> "ConceptTable":
        """Read a table of one's own: TSV with the columns ``concept kind zh en note``, or a CC-CEDICT file.

        Args:
            path: the file; CC-CEDICT is recognised by its lines ``繁 简 [pinyin] /sense/sense/``.
            extend: put it before bitext's own table, so that one's own forms win; False: use it alone.

        Raises:
            LexiconError: the file is neither, or a row is malformed; file and line are named.
        """
        path = Path(path)
        content = path.read_text(encoding="utf-8-sig")
        own = _cedict(content) if _CEDICT_LINE.search(content) else parse(content, path.name, COLUMNS)
        ids = {row["concept"] for row in own}
        rest = [row for row in _own_rows() if row["concept"] not in ids] if extend else []
        return cls.of([*own, *rest], path.name)

    @classmethod
    def from_frame(cls, table: pd.DataFrame, *, extend: bool = True) -> "ConceptTable":
        """Make a table of a DataFrame: columns ``concept zh en``, if wanted ``kind`` and ``note``."""
        missing = {"concept", "zh", "en"} - set(table.columns)
        if missing:
            raise LexiconError(f"the concept table lacks {sorted(missing)}; it has {list(table.columns)}")
        full = table.reindex(columns=COLUMNS, fill_value="").astype(object).fillna("").astype(str)
        own = [dict(zip(COLUMNS, row, strict=True)) for row in full.itertuples(index=False)]
        ids = {row["concept"] for row in own}
        rest = [row for row in _own_rows() if row["concept"] not in ids] if extend else []
        return cls.of([*own, *rest])

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Chinese names (of countries, people, bodies, ...) that the segmenter should know as words.

        Terms are not among them: 半导体产业 stays two words, as jieba's dictionary has it.
        """
        named = [kind in NAMED for kind in self.kinds]
        return tuple(
            form.text
            for form in self.forms
            if len(form.concepts) == 1
            and named[form.concepts[0]]
            and len(form.text) > 1
            and not form.text.isascii()
        )

    @cached_property
    def version(self) -> str:
        """Return a hash of the table, for run records."""
        return fingerprint(f"{form.text}{form.concepts}{form.case}" for form in self.forms)

    def phrases(self, tokenizer: Tokenizer) -> Phrases:
        """Compile the forms for tokens made by *tokenizer* (cached)."""
        return _compiled(self, tokenizer)

    def __hash__(self) -> int:
        return hash(self.version)


class ConceptHits(NamedTuple):
    """Where concepts were found; parallel arrays in order of the tokens.

    Attributes:
        labels: concept ids (object array).
        concept: number of the concept, an index into *labels*.
        form: number of the form in the table.
        first, last: first and last token (inclusive).
    """

    labels: npt.NDArray[np.object_]
    concept: Ints
    form: Ints
    first: Ints
    last: Ints

    def covered(self, tokens: Tokens) -> npt.NDArray[np.bool_]:
        """Return for each token whether it is part of a concept."""
        change = np.zeros(len(tokens) + 1, np.int64)
        np.add.at(change, self.first, 1)
        np.add.at(change, self.last + 1, -1)
        return np.cumsum(change)[:-1] > 0

    def coverage(self, tokens: Tokens) -> pd.DataFrame:
        """Return for each article its content words and how many of them are in a concept.

        Content words are words (not figures, not punctuation) that are no stop words.
        """
        stop = stopwords()
        content_type = np.fromiter((word not in stop for word in tokens.types), bool, len(tokens.types))
        content = content_type[tokens.term] & (tokens.kind == WORD)
        article = tokens.article()
        size = len(tokens.articles)
        words = np.bincount(article[content], minlength=size)
        mapped = np.bincount(article[content & self.covered(tokens)], minlength=size)
        return pd.DataFrame({"content_words": words, "mapped_words": mapped})


def find_concepts(tokens: Tokens, table: ConceptTable | None = None) -> ConceptHits:
    """Find the concepts of *table* (bitext's own where it is None) in *tokens*."""
    table = table or ConceptTable.default()
    hits = table.phrases(tokens.tokenizer).find(tokens)
    fits = _case_fits(tokens, table, hits)
    hits = without_overlap(Hits(hits.phrase[fits], hits.first[fits], hits.last[fits]))
    sizes = np.fromiter((len(form.concepts) for form in table.forms), np.int64, len(table.forms))
    members = np.fromiter((number for form in table.forms for number in form.concepts), np.int64)
    starts = np.cumsum(sizes) - sizes
    repeat = sizes[hits.phrase]
    within = np.arange(repeat.sum()) - np.repeat(np.cumsum(repeat) - repeat, repeat)
    return ConceptHits(
        labels=np.array(table.labels, dtype=object),
        concept=members[np.repeat(starts[hits.phrase], repeat) + within] if len(members) else repeat,
        form=np.repeat(hits.phrase, repeat),
        first=np.repeat(hits.first, repeat),
        last=np.repeat(hits.last, repeat),
    )


def _case_fits(tokens: Tokens, table: ConceptTable, hits: Hits) -> npt.NDArray[np.bool_]:
    """Mark the hits whose surface has the capitals that their form asks for (case 3 above)."""
    wanted = np.array([_CASES.index(form.case) for form in table.forms], np.int8)[hits.phrase]
    fits = np.ones(len(hits.phrase), bool)
    asking = np.flatnonzero(wanted)
    first, last = hits.first[asking], hits.last[asking]
    texts = tokens.articles[tokens.field].to_numpy()
    article = tokens.article()[first]
    spans = zip(asking, article, tokens.start[first], tokens.end[last], strict=True)
    for hit, row, start, end in spans:
        if wanted[hit] == 1:
            fits[hit] = not texts[row][start].islower()
        else:
            fits[hit] = texts[row][start:end] == table.forms[hits.phrase[hit]].text
    return fits


def _forms(text: str, marks: Sequence[str], lang: str, number: int) -> list[Form]:
    region = next((mark for mark in marks if mark in REGIONS), "")
    if lang == "zh":
        return [Form(text, (number,), "any", region)]
    if "c" in marks:
        return [Form(text, (number,), "exact", "")]
    if text != text.lower():
        return [Form(text, (number,), "name", "")]
    if "x" in marks:
        variants: tuple[str, ...] = ()
    else:
        variants = verb_forms(text) if "v" in marks else plural(text)
    return [Form(variant, (number,), "any", "") for variant in dict.fromkeys((text, *variants))]


def _compounds(shorts: list[tuple[str, int]]) -> Iterable[Form]:
    """Write the compounds in which short forms count: 中美 (both), 对华 (one)."""
    for (left, first), (right, second) in permutations(shorts, 2):
        if first != second:
            yield Form(left + right, (first, second), "any", "")
    for text, number in shorts:
        for before in _BEFORE_SHORT:
            yield Form(before + text, (number,), "any", "")


_CEDICT_LINE = re.compile(r"^(?P<hant>\S+) (?P<hans>\S+) \[[^\]]*\] /(?P<senses>.+)/\s*$", re.MULTILINE)
_CEDICT_NOISE = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def _cedict(content: str) -> list[dict[str, str]]:
    """Read CC-CEDICT: one concept per Chinese word, its senses as English forms.

    Senses that explain rather than translate (classifiers, variants, surnames, references, long glosses) are
    left out; one-character words are, too.
    """
    found: dict[str, dict[str, str]] = {}
    for match in _CEDICT_LINE.finditer(content):
        word = match["hans"]
        if len(word) < 2:
            continue
        forms = []
        for sense in re.split(r"[/;]", match["senses"]):
            plain = " ".join(_CEDICT_NOISE.sub(" ", sense).split())
            verb = plain.startswith("to ")
            plain = plain.removeprefix("to ")
            explains = re.match(
                r"(CL:|variant of|old variant|surname|see |abbr\. for|also written|used in)", plain
            )
            if plain and not explains and len(plain.split()) <= 4 and not set(plain) & set("@|\t,"):
                forms.append(f"{plain}@v" if verb else f"{plain}@x" if plain.count(" ") else plain)
        if forms:
            row = {
                "concept": f"cedict:{word}",
                "kind": "cedict",
                "zh": word,
                "en": "|".join(forms),
                "note": "",
            }
            found.setdefault(word, row)
    return list(found.values())


def _own_rows() -> list[dict[str, str]]:
    merged: dict[str, dict[str, str]] = {}
    for row in (*rows("concepts_names"), *rows("concepts_terms")):
        known = merged.setdefault(row["concept"], {**row, "zh": "", "en": ""})
        for lang in ("zh", "en"):
            known[lang] = "|".join(filter(None, (known[lang], row[lang])))
    return list(merged.values())


@cache
def _default() -> ConceptTable:
    return ConceptTable.of(_own_rows())


@cache
def _compiled(table: ConceptTable, tokenizer: Tokenizer) -> Phrases:
    return Phrases.compile([form.text for form in table.forms], tokenizer)

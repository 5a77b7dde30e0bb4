"""The concept table: one id over 半导体, 半導體 and semiconductor(s), and every form it may take.

A concept is a row of a table: an id, a kind, its Chinese and its English forms. What a form may be is decided
when the table is compiled:

1. Chinese forms are simplified; regional variants (奈米 beside 纳米) are forms like others, marked ``@tw``,
   or with each region that has it (资讯@tw@hk).
   A foreign name is also known without its dot (杰克多西 beside 杰克·多西).
2. English nouns get their plural, ``@v`` verbs their inflected forms, ``@x`` forms stay as they are.
3. A form with capitals is a name and must begin with a capital in the text, ``@c`` must stand exactly so
   (US, WHO, May).
4. A short form (中@s) counts only in a compound with another (中美) or behind 对 访 驻 赴 反 亲 在 (对华).
   Such compounds are compiled as phrases of their own, and 中美 yields both concepts, as do US-China and
   Sino-American. Further pairs are rows of the kind ``pair``, their id the two ids joined by ``+``.
5. Cities are also known with their rank: 宝鸡市, Baoji City.
6. Of two concepts with the same form the first in the table has it, a listed form before an inflected one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path

import pandas as pd

from bitext.checked import checked
from bitext.concepts import cedict
from bitext.concepts.form_columns import FormColumns
from bitext.concepts.given_names import given_names
from bitext.concepts.own_rows import add_dictionary, add_pairs, add_table
from bitext.concepts.own_senses import own_senses
from bitext.concepts.row_forms import (
    CASES,
    CITY,
    PAIR,
    REGIONS,
    Form,
    Row,
    cells_of,
    compounds_of,
    forms_of,
    members_of,
    pairs_of,
    with_rank,
)
from bitext.errors import LexiconError
from bitext.lexicons.loader import parse, rows
from bitext.record import fingerprint
from bitext.text.tokenizer import Tokenizer
from bitext.tokens.phrases import Phrases

__all__ = ["CASES", "COLUMNS", "NAMED", "REGIONS", "ConceptTable", "Form", "FormColumns"]

COLUMNS = ["concept", "kind", "zh", "en", "note"]
#: What a table of one's own may have beside them: a condition on the surroundings of its forms.
WHEN = "when"
#: Kinds whose forms are names.
NAMED = frozenset(
    {"country", "city", "region", "person", "government", "party", "organisation", "company", "media"}
)
#: Kinds whose names begin other names, and kinds of bodies that are so named.
_CHOSEN = frozenset({"country", "party"})
_BODIES = frozenset({"government", "party"})


@dataclass(frozen=True)
class ConceptTable:
    """Concepts and their forms.

    Attributes:
        labels: concept ids, in order of the table.
        kinds: what each concept is (country, person, economy, action, ...).
        forms: all ways to write them, those that ask for exact capitals first.
        rows: what the table was compiled from.
        added: what became of a table or dictionary of one's own: ``forms`` added to concepts, new
            ``concepts``, forms ``moved`` from other concepts, entries ``left_out``; empty for bitext's own.
        senses: of forms of one's own that have a condition, in the shape of the lexicon ``concept_senses``.
    """

    labels: tuple[str, ...]
    kinds: tuple[str, ...]
    forms: tuple[Form, ...]
    rows: tuple[Row, ...] = field(default=(), repr=False, compare=False)
    added: Mapping[str, int] = field(default_factory=dict, repr=False, compare=False)
    senses: tuple[Row, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, table: Iterable[Row], source: str = "the concept table") -> "ConceptTable":
        """Compile rows of ``concept kind zh en note``; errors name the *source* and the concept."""
        content = tuple(table)
        single = [row for row in content if row["kind"] != PAIR]
        labels = tuple(row["concept"] for row in single)
        numbers = {label: number for number, label in enumerate(labels)}
        if len(numbers) < len(labels):
            twice = next(label for label in labels if labels.count(label) > 1)
            raise LexiconError(f"{source}: concept {twice!r} stands twice")
        forms: dict[tuple[str, str], Form] = {}
        made: list[Form] = []
        shorts: list[Form] = []
        for row in content:
            concepts = members_of(row, numbers, source)
            for lang in ("zh", "en"):
                for text, marks in cells_of(row, lang, source):
                    if "s" in marks:
                        shorts.append(Form(text, concepts, lang))
                        continue
                    listed, *more = forms_of(text, marks, lang, concepts)
                    forms.setdefault((listed.text, listed.case), listed)
                    made += more
                    if row["kind"] == "city":
                        made += with_rank(listed)
        # What somebody listed beats what a rule made of another word: "talks" is not the plural of "talk".
        for form in (*made, *compounds_of(shorts), *pairs_of(shorts, [*forms.values()], single)):
            forms.setdefault((form.text, form.case), form)
        strictest = sorted(forms.values(), key=lambda form: CASES.index(form.case))
        return cls(labels, tuple(row["kind"] for row in single), tuple(strictest), content)

    @classmethod
    def default(cls) -> "ConceptTable":
        """Return bitext's own table."""
        return _default()

    @classmethod
    @checked
    def read(cls, path: str | Path, *, extend: bool = True) -> "ConceptTable":
        """Read a table of one's own: TSV with the columns ``concept kind zh en note``, or a CC-CEDICT file.

        A column ``when`` may stand among them: what has to stand around the forms of a row that have other
        senses (docs/howto/own_dictionary.md).

        Args:
            path: the file; CC-CEDICT is recognised by its lines ``繁 简 [pinyin] /sense/sense/``.
            extend: add it to bitext's own table; False: use it alone. Rows of a known id add forms to it
                and a form that stands elsewhere moves to where one's own table has it. Entries of CC-CEDICT
                are added only where they agree with the table or touch nothing in it (`own_rows`): what
                holds across languages before must hold afterwards. `added` says what became of them;
                ``bitext.calibrate(pairs, concepts=table).attrs["run"]["parameters"]["partners"]`` how
                well the table holds on translated sentences.

        Raises:
            LexiconError: the file is neither, or a row is malformed; file and line are named.
        """
        path = Path(path)
        content = path.read_text(encoding="utf-8-sig")
        dictionary = cedict.matches(content)
        header = content.partition("\n")[0].rstrip("\r").split("\t")
        columns = header if sorted(header) == sorted([*COLUMNS, WHEN]) else COLUMNS
        own = cedict.parse(content) if dictionary else parse(content, path.name, columns)
        return cls._with_own(own, extend, path.name, dictionary=dictionary)

    @classmethod
    @checked
    def from_frame(cls, table: pd.DataFrame, *, extend: bool = True) -> "ConceptTable":
        """Make a table of a DataFrame: columns ``concept zh en``, if wanted ``kind note when`` (`read`)."""
        missing = {"concept", "zh", "en"} - set(table.columns)
        if missing:
            raise LexiconError(f"the concept table lacks {sorted(missing)}; it has {list(table.columns)}")
        columns = [*COLUMNS, WHEN]
        full = table.reindex(columns=columns, fill_value="").astype(object).fillna("").astype(str)
        own = [dict(zip(columns, row, strict=True)) for row in full.itertuples(index=False)]
        return cls._with_own(own, extend)

    @classmethod
    def _with_own(
        cls, own: Sequence[Row], extend: bool, source: str = "the concept table", *, dictionary: bool = False
    ) -> "ConceptTable":
        alone = cls.of(own, source)  # what is malformed in it is said of it
        base = cls.default() if extend else cls((), (), ())
        senses = own_senses(own, base.forms, (base.labels, base.kinds), source)
        if not extend:
            return replace(alone, senses=senses)
        found = (add_dictionary if dictionary else add_table)(own, rows("concepts"))
        counts = {name: getattr(found, name) for name in ("forms", "concepts", "moved", "left_out")}
        return replace(cls.of(found.rows, source), added=counts, senses=senses)

    @checked
    def extended(self, pairs: pd.DataFrame) -> "ConceptTable":
        """Return the table with the pairs of a glossary added, for the run at hand.

        A pair of which one name is known becomes a form of that concept, unless its other name stands in
        another concept already; a pair of two unknown names becomes a concept of the kind "mined".

        Args:
            pairs: columns ``zh en``, e.g. what `bitext.glossary` returned, perhaps filtered by confidence.

        Examples:
            >>> pairs = pd.DataFrame({"zh": ["某某公司"], "en": ["Foobar Inc"]})
            >>> table = ConceptTable.default().extended(pairs)
            >>> table.labels[-1], table.kinds[-1]
            ('mined:foobar_inc', 'mined')
        """
        homes = {form.text.casefold(): form.concepts for form in reversed(self.forms)}
        names = zip(pairs["zh"].astype(str), pairs["en"].astype(str), strict=True)
        return replace(ConceptTable.of(add_pairs(names, self.rows, self.labels, homes)), senses=self.senses)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Chinese forms that the segmenter should know as words: names, and short regional words (奈米).

        Terms are not among them: 半导体产业 stays two words, as jieba's dictionary has it. So do bodies that
        begin with the name of a country or party (中国外交部, 中共中央), where that name is a choice.
        """
        named = self.named
        chosen = {form.text for form in self.forms if self._kind(form) in _CHOSEN}

        def choice(form: Form) -> bool:
            starts = (form.text[:size] for size in range(2, len(form.text)))
            return self._kind(form) in _BODIES and not chosen.isdisjoint(starts)

        listed = {cell.partition("@")[0] for row in self.rows for cell in row["zh"].split("|")}
        return tuple(
            form.text
            for form in self.forms
            if len(form.concepts) == 1
            and len(form.text) > 1
            and form.lang == "zh"
            and (form.text[-1] != CITY or form.text in listed)  # 宝鸡|市长, not 宝鸡市|长
            and ((form.regions and len(form.text) < 4) or (named[form.concepts[0]] and not choice(form)))
        )

    def _kind(self, form: Form) -> str:
        return self.kinds[form.concepts[0]]

    @cached_property
    def named(self) -> tuple[bool, ...]:
        """Tell of each concept whether it is a proper name: France is, "developed country" is not."""
        capitals = {number for form in self.forms if form.case != "any" for number in form.concepts}
        return tuple(kind in NAMED and number in capitals for number, kind in enumerate(self.kinds))

    @cached_property
    def given_names(self) -> frozenset[str]:
        """Given names in lower case: those of the people in the table, and a list of common ones."""
        return given_names(self.rows)

    @cached_property
    def columns(self) -> "FormColumns":
        """The forms as arrays, for look-up."""
        return FormColumns.of(self.forms, self.kinds)

    @cached_property
    def version(self) -> str:
        """Return a hash of the table, for run records."""
        forms = (f"{form.text}{form.concepts}{form.case}" for form in self.forms)
        return fingerprint([*forms, *("\t".join(row.values()) for row in self.senses)])

    def phrases(self, tokenizer: Tokenizer) -> Phrases:
        """Compile the forms for tokens made by *tokenizer* (cached)."""
        return _compiled(self, tokenizer)

    def __hash__(self) -> int:
        return hash(self.version)

    def __repr__(self) -> str:
        return f"ConceptTable({len(self.labels):,} concepts, {len(self.forms):,} forms)"


@cache
def _default() -> ConceptTable:
    return ConceptTable.of(rows("concepts"))


@lru_cache(maxsize=4)  # of so many dictionaries; one holds 20 MB
def _compiled(table: ConceptTable, tokenizer: Tokenizer) -> Phrases:
    return Phrases.compile([form.text for form in table.forms], tokenizer)

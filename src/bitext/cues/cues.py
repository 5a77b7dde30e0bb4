"""The cue lists: bitext's own, and what users add to them, take from them or put in their place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple, Union

import pandas as pd

from bitext.errors import LexiconError
from bitext.lexicons import loader
from bitext.lexicons.inflection import plural, verb_forms
from bitext.record import fingerprint

COLUMNS = ("lang", "feature", "type", "cue", "note")
TYPES = ("literal", "case", "verb", "regex", "block", "drop")
LANGS = ("zh", "en")

#: What users may pass as cues: a table, the path of a TSV file, or rows.
Cues = Union[pd.DataFrame, str, Path, Iterable[Mapping[str, str]], "CueTable", None]

#: Reporting features: what an event of attribution can be. Where one event holds several, the first wins.
REPORTING = (
    "no_comment",
    "say_conceding",
    "say_doubting",
    "deny",
    "say_assertive",
    "directive",
    "say_neutral",
)
#: Lists that say what a source is.
SOURCES = ("role", "outlet_source")
#: Lists that weigh polarity words.
DEGREES = ("degree_up", "degree_down")
#: Features of the graded polarity list; the note of such a cue is its valence.
POLARITY = ("eval_pos", "eval_neg")


#: Words of the polarity list that name what an article is about: they weigh toward a target, and are no hits.
TOPIC = "topic"

#: Verbs of what somebody wants, hopes or thinks: they attribute, and are no stance of their own.
ATTITUDE = "attitude"
#: Notes of attitudes that take no span from other features.
BESIDE = ("act", "noun", "state")


class Cue(NamedTuple):
    """One row of the list, expanded: a verb gives one cue for each of its forms."""

    lang: str
    feature: str
    type: str
    form: str
    note: str
    rule: str


@dataclass(frozen=True)
class CueTable:
    """All cues, ready to be looked for.

    Attributes:
        cues: expanded rows.
        hash: fingerprint of the rows, for the run record.
    """

    cues: tuple[Cue, ...]
    hash: str

    def __hash__(self) -> int:
        return hash(self.hash)

    @property
    def features(self) -> list[str]:
        """Names of the features, sorted."""
        return sorted({cue.feature for cue in self.cues if cue.type != "block" and cue.feature})


def cue_table(cues: Cues = None) -> CueTable:
    """Return bitext's cues and polarity words, changed by *cues*.

    Args:
        cues: rows ``lang feature type cue note`` as a DataFrame, a TSV file or a list of dicts. A row adds a
            cue; a cue that bitext lists under another feature moves to the new one. A row of type "drop"
            takes a cue away, with the cue ``*`` all cues of its language and feature, so that a list can be
            replaced. Polarity words have the features eval_pos and eval_neg and their valence, from -3 to 3,
            as note. Types: literal (whole words, any case), case (exact case), verb (English, all forms),
            regex, block (a trap: such a span is no hit of the feature), drop. A table that this function
            made is returned as it is.

    Raises:
        LexiconError: a column is missing, a language or type is unknown, or a regex does not compile.

    Examples:
        >>> mine = [{"lang": "en", "feature": "hedge", "type": "literal", "cue": "kind of", "note": ""}]
        >>> any(cue.form == "kind of" for cue in cue_table(mine).cues)
        True
        >>> none = [{"lang": "zh", "feature": "hedge", "type": "drop", "cue": "*", "note": ""}]
        >>> any(cue.lang == "zh" and cue.feature == "hedge" for cue in cue_table(none).cues)
        False
    """
    if cues is None:
        return _default()
    if isinstance(cues, CueTable):
        return cues
    rows = [*loader.rows("cues"), *_polarity_rows()]
    for row in _user_rows(cues):
        _check(row)
        key = (row["lang"], row["cue"])
        if row["type"] == "drop":
            rows = [r for r in rows if not _dropped(r, row)]
        elif row["type"] != "block":
            rows = [r for r in rows if (r["lang"], r["cue"]) != key or r["type"] == "block"]
            rows.append(row)
        else:
            rows.append(row)
    return _compile(rows)


@cache
def _default() -> CueTable:
    return _compile([*loader.rows("cues"), *_polarity_rows()])


@cache
def _polarity_rows() -> tuple[dict[str, str], ...]:
    """Return the polarity list in the form of cues: one row per form, plurals written out."""
    rows: list[dict[str, str]] = []
    for entry in loader.rows("polarity"):
        feature = POLARITY[entry["valence"].startswith("-")]
        if entry["note"].split(";")[0] == TOPIC:
            feature = TOPIC
        for lang in LANGS:
            for form in filter(None, entry[lang].split("|")):
                word, _, mark = form.partition("@")
                kind = "verb" if mark == "v" else "literal"
                forms = (word, *plural(word)) if lang == "en" and not mark else (word,)
                rows.extend(
                    {"lang": lang, "feature": feature, "type": kind, "cue": item, "note": entry["valence"]}
                    for item in dict.fromkeys(forms)
                )
    return tuple(rows)


def _compile(rows: Iterable[Mapping[str, str]]) -> CueTable:
    rows = list(rows)
    expanded: list[Cue] = []
    for row in rows:
        lang, feature, kind, cue, note = (row[column] for column in COLUMNS)
        rule = f"{kind}:{cue}"
        if kind == "verb":
            forms = (cue, *verb_forms(cue))
            expanded.extend(Cue(lang, feature, kind, form, note, rule) for form in forms)
        else:
            expanded.append(Cue(lang, feature, kind, cue, note, rule))
    marked = ("\t".join(row[column] for column in COLUMNS) for row in rows)
    return CueTable(tuple(expanded), fingerprint(marked))


def _user_rows(cues: pd.DataFrame | str | Path | Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    if isinstance(cues, str | Path):
        path = Path(cues)
        if not path.is_file():
            raise LexiconError(
                f"cues={str(cues)!r}: there is no such file; it has to be a TSV file {COLUMNS}"
            )
        return loader.parse(path.read_text(encoding="utf-8"), path.name, list(COLUMNS))
    frame = cues if isinstance(cues, pd.DataFrame) else pd.DataFrame(list(cues))
    missing = [column for column in COLUMNS[:4] if column not in frame.columns]
    if missing:
        raise LexiconError(f"cues lacks the columns {missing}; it has {list(frame.columns)}")
    frame = frame.reindex(columns=list(COLUMNS)).astype(object)
    frame = frame.where(frame.notna(), "").astype(str)
    return [dict(zip(COLUMNS, row, strict=True)) for row in frame.itertuples(index=False)]


def _check(row: Mapping[str, str]) -> None:
    if row["lang"] not in LANGS:
        raise LexiconError.unknown(f"language of the cue {row['cue']!r}", row["lang"], LANGS)
    if row["type"] not in TYPES:
        raise LexiconError.unknown(f"type of the cue {row['cue']!r}", row["type"], TYPES)
    if not row["cue"] or not row["feature"]:
        raise LexiconError(f"a cue needs a feature and a form: {dict(row)}")
    if row["feature"] in POLARITY and row["type"] not in ("drop", "block"):
        try:
            float(row.get("note", ""))
        except ValueError as error:
            raise LexiconError(f"the note of a polarity word is its valence, -3 to 3: {dict(row)}") from error
    if row["type"] == "regex":
        try:
            re.compile(row["cue"])
        except re.error as error:
            raise LexiconError(f"the regex {row['cue']!r} does not compile: {error}") from error


def _dropped(row: Mapping[str, str], drop: Mapping[str, str]) -> bool:
    same = row["lang"] == drop["lang"] and row["feature"] == drop["feature"]
    return same and drop["cue"] in ("*", row["cue"])

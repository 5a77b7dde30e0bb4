"""What the rules ask of the cues, as arrays over all of them: made once for a list, not for every batch."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bitext.arrays import Bools, Ints
from bitext.cues.cues import ATTITUDE, POLARITY, REPORTING, TOPIC, Cue

#: Lists that only serve to find something else, and the reporting verbs, of which only events count.
_SILENT = ("polarity", TOPIC, ATTITUDE, *REPORTING)
_NEGATING = ("negation", "negation_contrastive")


@dataclass(frozen=True)
class Facts:
    """One value per cue.

    Attributes:
        cues: the cues, endings of words included.
        names: the features that make rows of evidence.
        feature: number of the feature among them; 0 where *silent*.
        silent: makes no row.
        rule: the name of the rule.
        candidate: feature, form, note and rule.
        reports: can make an event of attribution.
        unnamed: says that a source has no name.
        hearsay: says that nobody is the source.
        negates: turns the valence of what stands behind it.
        forbids: a modal that says what must not be.
        valence: of a word of praise or blame, -3 to 3; 0 of others.
        degree: by how much the word behind it counts more or less.
    """

    cues: tuple[Cue, ...]
    names: tuple[str, ...]
    feature: Ints
    silent: Bools
    rule: npt.NDArray[np.object_]
    candidate: list[tuple[str, str, str, str]]
    reports: Bools
    unnamed: Bools
    hearsay: Bools
    negates: Bools
    forbids: Bools
    valence: npt.NDArray[np.float64]
    degree: npt.NDArray[np.float64]

    @classmethod
    def of(cls, cues: Sequence[Cue]) -> "Facts":
        """Look at every cue once."""
        names: dict[str, int] = {}
        silent = [cue.feature in _SILENT or cue.note == "role" for cue in cues]
        feature = [
            0 if quiet else names.setdefault(cue.feature, len(names))
            for cue, quiet in zip(cues, silent, strict=True)
        ]
        unnamed = [cue.feature == "anon_source" for cue in cues]
        return cls(
            tuple(cues),
            tuple(names),
            np.array(feature, dtype=np.int64),
            np.array(silent, dtype=bool),
            np.array([cue.rule for cue in cues], dtype=object),
            [(cue.feature, cue.form, cue.note, cue.rule) for cue in cues],
            np.array([_reports(cue) for cue in cues], dtype=bool),
            np.array(unnamed, dtype=bool),
            np.array([cue.feature == "anon_source" and cue.note == "hearsay" for cue in cues], dtype=bool),
            np.array([cue.feature in _NEGATING or cue.note == "negated" for cue in cues], dtype=bool),
            np.array([cue.feature == "deontic" and cue.note == "negated" for cue in cues], dtype=bool),
            np.array([_number(cue.note) if cue.feature in (*POLARITY, TOPIC) else 0.0 for cue in cues]),
            np.array([_number(cue.note.removeprefix("x"), 1.0) for cue in cues]),
        )


def _reports(cue: Cue) -> bool:
    """Say whether a cue can make an event: reporting verbs, frames, and what a list marks as attributing."""
    if cue.feature in (*REPORTING, ATTITUDE) or cue.note == "attributes":
        return True
    return (cue.feature == "named_evidential" and cue.note in ("frame", "document")) or (
        cue.feature == "anon_source" and cue.note == "hearsay"
    )


def _number(text: str, otherwise: float = 0.0) -> float:
    try:
        return float(text)
    except ValueError:
        return otherwise

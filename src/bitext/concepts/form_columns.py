"""The forms of a concept table as arrays: what look-up asks of each of them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.concepts.row_forms import CASES, DOT, Form


class FormColumns(NamedTuple):
    """What look-up needs to know of each form, as parallel arrays.

    Attributes:
        case: index into `CASES`.
        next_best: the next form with the same letters, that asks for less; -1 if none. House is the chamber,
            house the building: `Phrases` finds the form with more conditions, and where they are not met the
            other one stands.
        surname: the form is one name of a person, and so perhaps somebody else's surname.
        size: how many concepts the form counts for; *member*: these concepts, form after form; *start*: where
            those of each form begin.
    """

    case: npt.NDArray[np.int8]
    next_best: npt.NDArray[np.int64]
    surname: npt.NDArray[np.bool_]
    size: npt.NDArray[np.int64]
    member: npt.NDArray[np.int64]
    start: npt.NDArray[np.int64]

    @classmethod
    def of(cls, forms: Sequence[Form], kinds: Sequence[str]) -> "FormColumns":
        """Lay out the forms of a table; *kinds* are those of its concepts."""
        ranks = {case: rank for rank, case in enumerate(CASES)}
        following: dict[str, int] = {}
        best = np.full(len(forms), -1)
        for number in range(len(forms) - 1, -1, -1):
            key = forms[number].text.casefold()
            best[number] = following.get(key, -1)
            following[key] = number
        size = np.fromiter((len(form.concepts) for form in forms), np.int64, len(forms))
        return cls(
            case=np.fromiter((ranks[form.case] for form in forms), np.int8, len(forms)),
            next_best=best,
            surname=np.fromiter((_is_one_name(form, kinds) for form in forms), bool, len(forms)),
            size=size,
            member=np.fromiter((number for form in forms for number in form.concepts), np.int64),
            start=np.cumsum(size) - size,
        )


def _is_one_name(form: Form, kinds: Sequence[str]) -> bool:
    return kinds[form.concepts[0]] == "person" and " " not in form.text and DOT not in form.text

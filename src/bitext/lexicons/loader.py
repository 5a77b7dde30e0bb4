"""The one loader of all word lists: a TSV file, and beside it a TOML card that says what it is."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import numpy.typing as npt

from bitext.errors import LexiconError

#: What every card says.
_CARD_KEYS = ("name", "version", "source", "licence", "columns")


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the lexicon *name*, one dict per row, in the order of the file.

    Lines that start with ``#`` and empty lines are comments. Quotes are ordinary characters: a cell cannot
    hold a tab or a line break. The rows are cached and shared; do not change them.

    Args:
        name: file name without ``.tsv``, for example ``"outlets"``.

    Raises:
        LexiconError: there is no such lexicon, its header is not the one its card promises, or a row has
            the wrong number of cells. The message names the file and the line.

    Examples:
        >>> rows("outlets")[0].keys() >= {"host", "outlet"}
        True
    """
    columns = list(card(name)["columns"])
    return tuple(parse(_file(name, ".tsv").read_text(encoding="utf-8"), f"{name}.tsv", columns))


@cache
def card(name: str) -> dict[str, Any]:
    """Return the card of the lexicon *name*: ``name version source licence columns`` and what else it holds.

    Raises:
        LexiconError: there is no such lexicon, or its card is not TOML or lacks one of these keys.
    """
    try:
        content = tomllib.loads(_file(name, ".toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}.toml is not TOML: {error}") from error
    missing = [key for key in _CARD_KEYS if key not in content]
    if missing:
        raise LexiconError(f"{name}.toml lacks {missing}; a card says {list(_CARD_KEYS)}")
    return content


@cache
def regression(name: str, kind: str, features: tuple[str, ...]) -> tuple[float, npt.NDArray[np.float64]]:
    """Return bias and weights, in the order of *features*, of one regression of the lexicon *name*.

    Its first column says which regression a row belongs to; a feature without a row weighs nothing.
    """
    column = next(iter(card(name)["columns"]))
    found = {row["feature"]: float(row["coefficient"]) for row in rows(name) if row[column] == kind}
    return found["bias"], np.array([found.get(feature, 0.0) for feature in features])


def names() -> list[str]:
    """Return the names of all lexicons, sorted."""
    found = (item.name for item in files("bitext.lexicons").iterdir())
    return sorted(name.removesuffix(".tsv") for name in found if name.endswith(".tsv"))


def parse(content: str, file: str, columns: list[str]) -> list[dict[str, str]]:
    """Split the *content* of a TSV *file* whose header must be *columns*; for lists that users bring, too.

    Examples:
        >>> parse("term\\tscore\\n# English\\nfail\\t-1\\n", "mine.tsv", ["term", "score"])
        [{'term': 'fail', 'score': '-1'}]
    """
    found = []
    header: list[str] | None = None
    # csv would count quotes; split on line feeds only, because a cell may hold other line separators.
    for number, line in enumerate(content.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").split("\n"), start=1):
        line = line.removesuffix("\r")
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            if cells != columns:
                raise LexiconError(f"{file}, line {number}: the header is {cells}; it has to be {columns}")
            header = cells
        elif len(cells) != len(columns):
            raise LexiconError(f"{file}, line {number}: {len(cells)} cells; the header has {len(columns)}")
        else:
            found.append(dict(zip(columns, cells, strict=True)))
    if header is None:
        raise LexiconError(f"{file} is empty; its first line has to be the header {columns}")
    return found


def _file(name: str, suffix: str) -> Traversable:
    found = files("bitext.lexicons") / f"{name}{suffix}"
    if not found.is_file():
        raise LexiconError.unknown("lexicon", name, names())
    return found

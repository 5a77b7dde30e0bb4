"""Rows of a table → which column is what, and in which order its dates stand, with the reasons."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bitext.errors import TableError
from bitext.reading.cleaning import dates, outlets
from bitext.reading.cleaning.date_order import Order, decide
from bitext.reading.documents import FILE, FOLDER, Asked
from bitext.reading.problems import Fault
from bitext.reading.tables.cells import as_text, is_address
from bitext.reading.tables.names import ACCOUNTS, squeezed, usual

#: Rows by whose cells columns are told.
SAMPLE = 200
#: Characters of a cell that are looked at.
_LOOKED_AT = 2000
#: A cell of so many characters is a text.
_LONG = 120
#: A title has so many characters; one of Han counts twice.
_TITLE = range(8, 200)
#: How a raw page begins, and what a path has that a title has not.
_PAGE = re.compile(r"\s*(?:<|---|#|\[)")
_PATH = re.compile(r"\w/\w|\.[a-z]{2,5}$")
#: A sentence: three words or eight Han, and a stop at the end. Titles have none.
_SENTENCE = re.compile(r"(?s)(?:.*?\w\s+\w.*?\s\w|.*?[\u4e00-\u9fff].{7}).*[.!?。！？][\"'”’」』）)]*\s*\Z")
#: Of the filled cells of a column, so many are what it is taken for.
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column of a table is what.

    Attributes:
        names: field -> column.
        reasons: field -> "the caller says so", "its name", "its cells", or why an account is the outlet.
        order: how its dates are read.
        further: columns that are no field.
        faults: what was assumed.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    order: Order = field(default_factory=Order)
    further: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


ASKED, NAME, CELLS = "the caller says so", "its name", "its cells"
ACCOUNT = "the account that posted it; no column names an outlet"


def recognise(
    sample: Sequence[Mapping[str, Any]],
    asked: Asked,
    what: str = "the table",
    everything: Callable[[], Iterable[Mapping[str, Any]]] | None = None,
) -> Columns:
    """Tell the columns of a table by what the caller says, by their names, and by their first cells.

    A name that cells contradict is not believed: a column `source` of addresses is no outlet, one called
    `time` that holds clock times is no date. Where no name tells, the text is the column of long cells, the
    date that of dates, the address that of addresses, the title that of short texts that differ.

    Args:
        sample: the first rows.
        asked: what the caller says.
        what: what the table is called in messages.
        everything: gives all rows, where the order of dates has to be decided. None: the sample is all.

    Raises:
        TableError: a named column is missing, or no column looks like the text.

    Examples:
        >>> found = recognise([{"headline": "Chips", "body": "It opened.", "publisher": "A"}], Asked())
        >>> dict(found.names)
        {'text': 'body', 'title': 'headline', 'outlet': 'publisher'}
        >>> row = {"H": "Chips", "T": "The plant opened. " * 9, "W": "2031-03-05"}
        >>> dict(recognise([row], Asked()).names), recognise([row], Asked()).faults[0][0]
        ({'text': 'T', 'date': 'W'}, 'assumed')
    """
    cells = _cells(sample)
    names: dict[str, str] = {}
    reasons: dict[str, str] = {}
    for name, column in asked.columns.items():
        if column is not None and column in cells:
            names[name], reasons[name] = column, ASKED
        elif column is not None:
            near = _near(column, cells)
            if name == "outlet" and (not near or column in (FOLDER, FILE)):
                continue  # an outlet that is no column is a name
            hint = f" (did you mean {near!r}?)" if near else ""
            raise TableError(f"{what} has no column {column!r}{hint}; its columns are {list(cells)}")
    for name, column in _named(cells, names, asked):
        names[name], reasons[name] = column, NAME
    for name, column in _by_cells(cells, names, asked):
        names[name], reasons[name] = column, CELLS
    if "outlet" not in names and not asked.outlet and squeezed(names.get("author", "")) in ACCOUNTS:
        names["outlet"], reasons["outlet"] = names["author"], ACCOUNT
    if "text" not in names and (named := [column for column in cells if squeezed(column) in usual()["text"]]):
        names["text"], reasons["text"] = named[0], NAME
    if "text" not in names:
        raise TableError(
            f"{what}: no column looks like the text of the articles; its columns are {list(cells)}. "
            "Say which one it is with text='COLUMN'"
        )
    order = _order(sample, names, asked, everything)
    taken = frozenset(names.values())
    further = tuple(column for column in cells if column not in taken)
    return Columns(names, reasons, order, further, (*_assumed(names, reasons), *order.faults))


def _near(name: str, cells: Iterable[str]) -> str:
    """Return the column that *name* is a slip of; "" for none: an outlet may be a name, not a column.

    Examples:
        >>> _near("Zeitungen", ["Zeitung", "Text"]), _near("The Ledger", ["title", "text"])
        ('Zeitung', '')
    """
    columns = {column.lower(): column for column in cells}
    return next((columns[found] for found in difflib.get_close_matches(name.lower(), columns, 1, 0.75)), "")


def _cells(sample: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the filled cells of each column, in the order of the columns."""
    found: dict[str, list[str]] = {}
    for row in sample:
        for name, cell in row.items():
            held = found.setdefault(str(name), [])
            if text := _text_of(cell)[:_LOOKED_AT].strip():
                held.append(text)
    return found


def _text_of(cell: Any) -> str:
    """Return a cell as text; "" for one that is none, which whoever reads its row says."""
    try:
        return as_text(cell)
    except Exception:
        return ""


def _named(
    cells: Mapping[str, list[str]], known: Mapping[str, str], asked: Asked
) -> Iterator[tuple[str, str]]:
    """Yield field and column for the columns whose names, and cells, say what they are."""
    taken = set(known.values())
    for name, words in usual().items():
        if name in known or (name != "outlet" and asked.columns.get(name)):
            continue
        fitting = [column for column in cells if squeezed(column) in words and column not in taken]
        fitting.sort(key=lambda column: words[squeezed(column)])
        believed = [column for column in fitting if _believed(name, cells[column])]
        if not believed and name == "date":
            believed = fitting  # cells that cannot be read are said, one by one
        if name == "url" and "outlet" not in known and not believed and fitting:
            # a column `from` or 链接 without an address in it says who published
            if not any(squeezed(column) in usual()["outlet"] for column in cells):
                yield "outlet", fitting[0]
                taken.add(fitting[0])
        elif believed:
            yield name, believed[0]
            taken.add(believed[0])


def _believed(name: str, cells: list[str]) -> bool:
    """Say whether cells may be what the name of their column says."""
    if not cells:
        return name != "text"
    if name == "url":
        return _share(cells, is_address) >= _MOST
    if name == "outlet":
        return _share(cells, lambda cell: "//" in cell or len(cell) > 100) < _MOST
    if name == "date":
        return _share(cells, _may_be_date) >= _MOST
    if name == "text":
        return _share(cells, lambda cell: is_address(cell) or (len(cell) < 40 and _is_id(cell))) < _MOST
    return True


def _is_id(cell: str) -> bool:
    return cell.isascii() and " " not in cell and any(map(str.isdigit, cell))


def _may_be_date(cell: str) -> bool:
    return dates.whole(Order("day first").read(cell) or Order("month first").read(cell) or cell) is not None


def _share(cells: list[str], fits: Callable[[str], object]) -> float:
    return sum(bool(fits(cell)) for cell in cells) / len(cells) if cells else 0.0


def _by_cells(
    cells: Mapping[str, list[str]], known: Mapping[str, str], asked: Asked
) -> Iterator[tuple[str, str]]:
    """Yield field and column for the columns whose cells alone say what they are."""
    free = [column for column, held in cells.items() if held and column not in known.values()]
    missing = [name for name in ("text", "url", "date", "outlet", "title") if name not in known]
    texts = cells.get(known.get("text", ""), [])
    pages = _share(texts, _PAGE.match) > _MOST
    for name in missing:
        if asked.columns.get(name) or (name == "outlet" and asked.outlet):
            continue
        if pages and name in ("title", "outlet", "date"):
            continue  # raw pages say that themselves
        if column := _TOLD[name](free, cells):
            free.remove(column)
            yield name, column


def _text(free: list[str], cells: Mapping[str, list[str]]) -> str | None:
    """Return the column of the longest cells, where they are long or are whole sentences."""
    longest = max(free, key=lambda column: _middle(list(map(len, cells[column]))), default=None)
    if longest is None or _middle(list(map(len, cells[longest]))) >= _LONG:
        return longest
    return longest if _share(cells[longest], _SENTENCE.match) > _MOST else None


def _middle(sizes: list[int]) -> int:
    return sorted(sizes)[len(sizes) // 2]


def _url(free: list[str], cells: Mapping[str, list[str]]) -> str | None:
    return next((column for column in free if _share(cells[column], is_address) > _MOST), None)


def _date(free: list[str], cells: Mapping[str, list[str]]) -> str | None:
    return next((column for column in free if _share(cells[column], _is_date) > _MOST), None)


def _is_date(cell: str) -> bool:
    if cell.isdecimal():
        return len(cell) in (8, 13, 14) and dates.whole(cell) is not None
    return len(cell) >= 6 and _may_be_date(cell)


def _outlet(free: list[str], cells: Mapping[str, list[str]]) -> str | None:
    return next((column for column in free if _share(cells[column], outlets.canonical) > _MOST), None)


def _title(free: list[str], cells: Mapping[str, list[str]]) -> str | None:
    """Return the one column of short texts that differ from row to row; two such columns tell nothing."""
    fitting = [column for column in free if len(cells[column]) > 2 and _are_titles(cells[column])]
    return fitting[0] if len(fitting) == 1 else None


def _are_titles(cells: list[str]) -> bool:
    sizes = [len(cell) + sum(cell_sign > "\u2e7f" for cell_sign in cell) for cell in cells]
    worded = _share(cells, lambda cell: cell.count(" ") > 1 or sum(sign > "\u2e7f" for sign in cell) > 5)
    if _share(cells, _PATH.search) > 0.2:
        return False
    return _middle(sizes) in _TITLE and worded > 0.8 and len(set(cells)) > 0.8 * len(cells)


_TOLD: dict[str, Callable[[list[str], Mapping[str, list[str]]], str | None]] = {
    "text": _text,
    "url": _url,
    "date": _date,
    "outlet": _outlet,
    "title": _title,
}


def _order(
    sample: Sequence[Mapping[str, Any]],
    names: Mapping[str, str],
    asked: Asked,
    everything: Callable[[], Iterable[Mapping[str, Any]]] | None,
) -> Order:
    """Decide how the dates are read; all rows are asked where the first ones hold a date that needs it."""
    column = names.get("date")
    if column is None:
        return Order()

    def dated(rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
        places = (column, names.get("outlet"), names.get("url"))
        for row in rows:
            date, outlet, url = (_text_of(row.get(place)) if place else "" for place in places)
            yield date, outlet.strip(), url

    found = decide(dated(sample), column, asked.day_first)
    if not found.reason or everything is None:
        return found
    return decide(dated(_to_the_break(everything())), column, asked.day_first)


def _to_the_break(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield rows up to where they cannot be read; whoever reads them again says why."""
    try:
        yield from rows
    except Exception:
        return


def _assumed(names: Mapping[str, str], reasons: Mapping[str, str]) -> Iterator[Fault]:
    told = {name: column for name, column in names.items() if reasons[name] == CELLS}
    if told:
        parts = ", ".join(f"{column!r} is the {name}" for name, column in told.items())
        example = next(iter(told.items()))
        said = f"no name tells, but the cells do: {parts}; if one is not, say {example[0]}='COLUMN'"
        yield ("assumed", said)

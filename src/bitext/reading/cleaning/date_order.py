"""Cells of a column of dates → in which order day, month and year stand: one order for all cells."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bitext.reading.cleaning import dates
from bitext.reading.problems import Fault

#: A cell that begins with three numbers, none of which says by itself whether it is the month.
_NUMBERS = re.compile(
    r"""
    \s*(?:[A-Za-z]{3,9},?\s+)?                                  # 1 the name of the day
    (?P<a>\d{1,2})\s*(?P<sign>[/.\-])\s*(?P<b>\d{1,2})\s*(?P=sign)\s*
    (?P<c>\d{4}|\d{2})(?!\d)(?![/.\-]\d)                        # 2 the year has four digits, or two
    """,
    re.VERBOSE,
)
#: How each order is called, and which of the numbers is year, month and day.
ORDERS = {
    "day first": ("c", "b", "a"),
    "month first": ("c", "a", "b"),
    "year first": ("a", "b", "c"),
}
#: Years of two digits from here on are those of the last century.
_CENTURY = 70
#: What is read where no cell tells: most countries write the day first.
_USUAL = "day first"


@dataclass(frozen=True, slots=True)
class Order:
    """In which order the dates of a column are read.

    Attributes:
        order: one of `ORDERS` for all cells; "" where no cell needs one, or where each outlet has its own.
        outlets: outlet -> its own order, where the column as a whole has none.
        reason: why, in words; "" where no cell needs an order.
        faults: what the caller should know of it.
    """

    order: str = ""
    outlets: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    faults: tuple[Fault, ...] = ()

    def read(self, cell: str, outlet: str = "") -> str | None:
        """Return a cell with its date as 2024-05-13; None where it can be read in two ways and nothing tells.

        Examples:
            >>> order = Order("month first")
            >>> order.read("05/13/2024 08:00"), order.read("13 May 2024"), Order().read("03/04/2024")
            ('2024-05-13 08:00', '13 May 2024', None)
        """
        found = _NUMBERS.match(dates.unlabelled(cell))
        if found is None:
            return cell
        days = _days(found)
        order = self.outlets.get(outlet, self.order)
        if order not in days:
            if len(set(days.values())) != 1 or order:
                return cell if not days else None
            order = next(iter(days))
        return f"{days[order].isoformat()}{dates.unlabelled(cell)[found.end() :]}"


@dataclass(slots=True)
class _Tally:
    """Of some cells: how many can be read in which orders, an example of each, and what addresses say."""

    numbers: Counter[frozenset[str]] = field(default_factory=Counter)
    examples: dict[frozenset[str], str] = field(default_factory=dict)
    addresses: Counter[str] = field(default_factory=Counter)
    years: dict[str, set[int]] = field(default_factory=lambda: {order: set() for order in ORDERS})

    def add(self, cell: str, days: Mapping[str, date], address: str) -> None:
        """Count one cell."""
        orders = frozenset(days)
        self.numbers[orders] += 1
        self.examples.setdefault(orders, cell)
        for order, day in days.items():
            self.years[order].add(day.year)
        if len(set(days.values())) > 1 and (found := dates.in_address(address)):
            self.addresses.update(order for order, day in days.items() if day == found.when.date())

    def possible(self) -> list[str]:
        """Return the orders in which all cells can be read."""
        return [order for order in ORDERS if all(order in orders for orders in self.numbers)]

    def deciding(self, order: str) -> str:
        """Return a cell that can only be read in this order, or ""."""
        return self.examples.get(frozenset({order}), "")

    def number(self, order: str) -> int:
        """Return how many cells can only be read in this order."""
        return self.numbers[frozenset({order})]


def decide(rows: Iterable[tuple[str, str, str]], column: str, day_first: bool | None = None) -> Order:
    """Decide in which order the cells of a column are read: all of them are asked.

    Args:
        rows: date, outlet and address of each row.
        column: what the column is called, for messages.
        day_first: what the caller says; None to ask the cells.

    Examples:
        >>> decide([("05/04/2024", "", ""), ("05/13/2024", "", "")], "day").order
        'month first'
        >>> decide([("05/04/2024", "", "")], "day").faults[0][0]
        'assumed'
    """
    outlets: dict[str, _Tally] = {}
    for cell, outlet, address in rows:
        found = _NUMBERS.match(dates.unlabelled(cell))
        if found and (days := _days(found)) and (len(days) == 1 or len(set(days.values())) > 1):
            outlets.setdefault(outlet, _Tally()).add(cell.strip(), days, address)
    total = _joined(outlets.values())
    if not total.numbers:
        return Order()
    if day_first is not None:
        return Order(_USUAL if day_first else "month first", {}, "the caller says so")
    possible = total.possible()
    if not possible:
        return _by_outlet(outlets, total, column)
    order, reason = _decided(total, possible)
    if order:
        return Order(order, {}, reason)
    example = next(iter(total.examples.values()))
    number = f"{sum(total.numbers.values()):,} cells"
    said = (
        f"column {column!r}: dates such as {example!r} ({number}) can be read in more than one order and no "
        f"cell tells which; read as {_USUAL}: if that is wrong, say day_first=False"
    )
    return Order(_USUAL, {}, "no cell tells; an assumption", (("assumed", said),))


def _decided(tally: _Tally, possible: list[str]) -> tuple[str, str]:
    """Return the one order that the cells, or the addresses beside them, leave; ("", "") for none."""
    if len(possible) == 1:
        order = possible[0]
        if example := tally.deciding(order):
            number = f"{tally.number(order):,} of {sum(tally.numbers.values()):,} cells"
            return order, f"{number} can be read in no other order, such as {example!r}"
        return order, "all cells together leave no other order"
    votes = [order for order in possible if tally.addresses[order]]
    if len(votes) == 1:
        return votes[0], f"addresses name the same day, those of {tally.addresses[votes[0]]:,} cells"
    fewest = min(possible, key=lambda order: len(tally.years[order]), default="")
    if fewest and all(
        len(tally.years[order]) > 3 * len(tally.years[fewest]) for order in {*possible} - {fewest}
    ):
        return fewest, f"in this order all cells are of {len(tally.years[fewest])} year(s), in others of many"
    return "", ""


def _by_outlet(outlets: Mapping[str, _Tally], total: _Tally, column: str) -> Order:
    """The column has dates in several orders: each outlet may have one of its own."""
    found: dict[str, str] = {}
    for outlet, tally in outlets.items():
        order, _ = _decided(tally, tally.possible())
        if order and outlet:
            found[outlet] = order
    both = " and ".join(repr(total.deciding(order)) for order in ORDERS if total.deciding(order))
    said = f"column {column!r} has dates in more than one order ({both})"
    if found:
        parts = "; ".join(f"{outlet}: {order}" for outlet, order in sorted(found.items()))
        said += f"; each outlet is read by its own cells ({parts})"
    said += (
        "; cells that can be read in two ways, and nothing tells, have no date: say day_first=True or False"
    )
    return Order("", found, "the cells contradict each other", (("assumed", said),))


def _joined(parts: Iterable[_Tally]) -> _Tally:
    total = _Tally()
    for part in parts:
        total.numbers.update(part.numbers)
        total.addresses.update(part.addresses)
        for orders, cell in part.examples.items():
            total.examples.setdefault(orders, cell)
        for order, years in part.years.items():
            total.years[order] |= years
    return total


def _days(found: re.Match[str]) -> dict[str, date]:
    """Return the day that three numbers are in each order that makes one."""
    days = {}
    for order, (year, month, day) in ORDERS.items():
        written = found[year]
        if len(written) == 1 or (order == "year first" and len(found["c"]) == 4):
            continue
        number = int(written)
        if len(written) == 2:
            number += 1900 if number >= _CENTURY else 2000
        try:
            days[order] = date(number, int(found[month]), int(found[day]))
        except ValueError:
            continue
    return days

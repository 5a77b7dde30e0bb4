"""Excel (.xlsx, .xls, .xlsb) and OpenDocument spreadsheets → rows, sheet after sheet."""

import io
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from bitext.reading.formats.items import needed
from bitext.reading.problems import Fault, RecordError

#: How the older Excel files begin.
OLE = b"\xd0\xcf\x11\xe0"


def sheets(data: bytes, problems: list[Fault]) -> Iterator[tuple[str, Iterator[tuple[int, dict[str, Any]]]]]:
    """Yield place and rows of each sheet; the first row that holds two cells is the header.

    The place is "" for the one sheet that holds rows, and "/name" where several do. Rows are numbered as the
    spreadsheet numbers them.

    Raises:
        RecordError: the file is broken.
    """
    try:
        import python_calamine as calamine
    except ImportError:
        raise needed("python-calamine", "reading spreadsheets") from None
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = book.sheet_names
    except Exception as error:
        raise RecordError(f"broken spreadsheet: {error}") from None
    found = []
    for name in names:
        try:
            sheet = book.get_sheet_by_name(name)
        except Exception as error:
            problems.append(("broken", f"sheet {name!r} cannot be read: {error}"))
            continue
        if sheet.height > 1:
            found.append((name, sheet))
    for name, sheet in found:
        yield f"/{name}" if len(found) > 1 else "", _rows(sheet)


def _rows(sheet: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    header: list[str] = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        filled = [cell for cell in cells if cell not in ("", None)]
        if not header:
            header = _header(cells) if len(filled) > 1 or len(cells) == 1 else []
        elif filled:
            yield number, {key: _cell(cell) for key, cell in zip(header, cells, strict=False) if key}


def _header(cells: list[Any]) -> list[str]:
    names = [str(cell).strip() for cell in cells]
    return [name if name not in names[:place] else f"{name}.{place}" for place, name in enumerate(names)]


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else value

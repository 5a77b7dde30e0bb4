"""SQLite databases → rows, table after table."""

import sqlite3
from collections.abc import Iterator
from typing import Any

from bitext.reading.problems import Fault, RecordError

#: How a database begins.
SQLITE = b"SQLite format 3\0"


def tables(data: bytes, problems: list[Fault]) -> Iterator[tuple[str, Iterator[tuple[int, dict[str, Any]]]]]:
    """Yield place and rows of each table; views and tables of SQLite's own are left alone.

    The place is "" for the one table that holds rows, and "/name" where several do.

    Raises:
        RecordError: the file is broken.
    """
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(data)
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA query_only = ON")
        names = [
            name
            for (name,) in connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
                "ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
            )
        ]
        found = [name for name in names if next(_rows(connection, name, []), None)]
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise RecordError(f"broken SQLite database: {error}") from None
    for name in found:
        yield f"/{name}" if len(found) > 1 else "", _rows(connection, name, problems)


def _rows(
    connection: sqlite3.Connection, name: str, problems: list[Fault]
) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        cursor = connection.execute(f"""SELECT * FROM "{name.replace('"', '""')}" """)
        columns = [column[0] for column in cursor.description]
        for number, cells in enumerate(cursor, start=1):
            # What is no text (a picture, a vector) is no cell of an article.
            yield (
                number,
                {
                    key: cell
                    for key, cell in zip(columns, cells, strict=True)
                    if cell is not None and not isinstance(cell, bytes)
                },
            )
    except (sqlite3.Error, UnicodeDecodeError) as error:
        problems.append(("broken", f"table {name!r} cannot be read to its end: {error}"))

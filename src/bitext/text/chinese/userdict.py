"""User dictionaries: jieba's file format and plain lists, checked line by line."""

import math
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from bitext.errors import LexiconError
from bitext.text.chinese.cutter import Entry

#: The highest frequency of a word; jieba's own most frequent one has some 900,000.
_MOST = 10**12


class UserDictionary(NamedTuple):
    """Entries in order, and what was wrong with the lines that are not among them."""

    entries: tuple[Entry, ...]
    problems: tuple[str, ...]


def read(path: str | Path) -> UserDictionary:
    """Read a dictionary in jieba's format: one word a line, with frequency and tag if wanted.

    A word may contain spaces ("Mate 60 100 n" is the word "Mate 60"); so that a number that belongs to the
    word is not taken for a frequency, divide the fields by tabs ("Mate 60<TAB>100"), or leave it to this
    rule: a number after a blank is a frequency when the word before it is Han or when another number or a tag
    follows the word. A bad line is reported with file, line number and reason; no other line is lost.

    Raises:
        LexiconError: there is no such file, or it is not UTF-8.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise LexiconError(f"no such dictionary: {file}") from None
    except OSError as error:
        raise LexiconError(f"the dictionary {file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise LexiconError(f"{file}: a dictionary must be UTF-8; {error}") from None
    lines = text.split("\n")
    return check(((f"{file}:{n}", *parse(line)) for n, line in enumerate(lines, 1) if line.strip()))


def parse(line: str) -> tuple[str, str | None]:
    """Divide a line into word and frequency (as written).

    Examples:
        >>> parse("芯片法案 20 n"), parse("Mate 60"), parse("Chips Act"), parse("Mate 60 5 n"), parse("T恤 3")
        (('芯片法案', '20'), ('Mate 60', None), ('Chips Act', None), ('Mate 60', '5'), ('T恤', '3'))
    """
    line = line.strip()
    if "\t" in line:
        word, frequency, *_ = [*line.split("\t"), ""]
        return word.strip(), frequency.strip() or None
    fields = line.split(" ")
    tagged = (
        len(fields) > 2 and re.fullmatch(r"[a-z]{1,4}", fields[-1]) and re.fullmatch(r"-?[0-9.]+", fields[-2])
    )
    if tagged:
        return " ".join(fields[:-2]), fields[-2]
    if len(fields) == 2 and not fields[0].isascii():
        return (fields[0], fields[1]) if not re.fullmatch(r"[a-z]{1,4}", fields[1]) else (fields[0], None)
    return line, None


def check(rows: Iterable[tuple[str, str, str | int | float | None]]) -> UserDictionary:
    """Check (place, word, frequency) rows; *place* names the row in what is reported.

    Frequency 0 forbids a word: it is cut into its parts.

    Examples:
        >>> check([("list:1", "芯片法案", None), ("list:2", "法案", "many")]).problems
        ("list:2: frequency 'many' is not a whole number of at least 1, nor 0 (no word)",)
    """
    entries: list[Entry] = []
    problems: list[str] = []
    for place, word, frequency in rows:
        reason = _fault(word, frequency)
        if reason:
            problems.append(f"{place}: {reason}")
        else:
            entries.append((word, None if frequency is None else int(frequency)))
    return UserDictionary(tuple(entries), tuple(problems))


def _fault(word: object, frequency: str | int | float | None) -> str:
    if not isinstance(word, str):
        return f"{word!r} is not a word (str)"
    if not word.strip():
        return "the word is empty"
    if any(character in word for character in "\n\r\t\0\1"):
        return f"{word!r} contains a line break, a tab or a control character"
    if not any(character.isalnum() for character in word):
        return f"{word!r} holds no letter, digit or Chinese character"
    if frequency is None:
        return ""
    try:
        whole = float(frequency)
    except OverflowError:  # a whole number beyond all floats
        return _too_high("")
    except (TypeError, ValueError):
        whole = -1.0
    if not math.isfinite(whole) or whole < 0 or whole != int(whole):
        return f"frequency {frequency!r} is not a whole number of at least 1, nor 0 (no word)"
    if whole > _MOST:
        return _too_high(f"{whole:.3g} ")
    return ""


def _too_high(said: str) -> str:
    return f"frequency {said}is more than {_MOST:,}, the most that sums of all words can hold"

"""Cells of text → lines of a table that fit a terminal: columns chosen, their widths, words wrapped at words.

A Chinese character takes two places. A line breaks at a blank, beside a Chinese character (never before a
closing mark or behind an opening one), and behind / _ - of a path or an address; within a word only where the
word is wider than its column. Of a concordance the far ends are cut, with an ellipsis.
"""

import re
from collections.abc import Sequence

from rich.cells import cell_len

#: Columns that go first where a terminal is too narrow, the least wanted first; then those at the right.
LEAST_WANTED = tuple(
    re.findall(
        r"\w+",
        """url source_start source_end phrase_start phrase_end name_zh name_en saga editor script instant
    latest precision indirect_words direct_words sentence_share se z jaccard p idf tf variants author
    agency kept new central similarity effective_sources direct_share cohesion entropy_left
    entropy_right pieces end start stable group_size toward background carrier score sure column rank g2
    articles_reference tfidf concept lang country words article articles""",
    )
)
#: Columns that are cut to their width and not wrapped, and which end of them is far from the middle.
_CUT = {"left": "left", "right": "right"}
#: A text column is at least so wide, or as wide as its longest cell; one of long texts a little wider.
_NARROWEST, _LONG = 12, 22
#: Words up to this width are not broken.
_WORD = 20
#: Blanks between two columns.
_GAP = 2
#: Rows that are mostly higher than this are set apart by an empty line.
_HIGH = 2
_ELLIPSIS = {True: "…", False: "..."}

_OPENING, _CLOSING = "“‘「『（《〈【［｛([{", "”’」』）》〉】］｝)]},.;:!?，。、；：！？％%…·"
_WIDE = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_OPEN, _CLOSE = f"[{re.escape(_OPENING)}]*", f"[{re.escape(_CLOSING)}]*"
#: What is not broken: opening marks belong to what follows them, closing marks to what they follow.
_UNIT = re.compile(
    rf"""
    \s+                                                                # 1 blanks
    | {_OPEN} (?! [{re.escape(_OPENING)}] ) [{_WIDE}] {_CLOSE}          # 2 a wide character
    | {_OPEN} \d+ (?: [-/.:,] \d+ )+ (?! [^\W\d{_WIDE}] ) {_CLOSE}      # 3 a date, a number
    | {_OPEN} (?: (?![{_WIDE}]) [^\s/_-] )* [/_-]+ (?= [^\s{_WIDE}] )   # 4 a part of a path, up to / _ -
    | {_OPEN} (?: (?![{_WIDE}]) \S )+?                                  # 5 a word
      (?= [/_-] \S | [{_WIDE}] | \s | $ ) {_CLOSE}
    | .                                                                 # 6 whatever is left
    """,
    re.VERBOSE,
)


def units(text: str) -> list[str]:
    """Return the pieces of *text* between which a line may break; blanks are pieces of their own.

    Examples:
        >>> units("他说：“好。” 420部 news/0516-a.txt")
        ['他', '说：', '“好。”', ' ', '420', '部', ' ', 'news/', '0516-', 'a.txt']
    """
    return _UNIT.findall(text)


def wrap(text: str, width: int, *, whole_words: bool = False) -> list[str]:
    """Return *text* in lines of at most *width* places; with *whole_words* a longer word or path stays whole.

    Examples:
        >>> wrap("Nobody can be named first.", 12)
        ['Nobody can', 'be named', 'first.']
        >>> wrap("他说：“好的。”", 6)
        ['他说：', '“好', '的。”']
    """
    lines, line, used = [], "", 0
    for unit in re.findall(r"\s+|\S+", text) if whole_words else units(text):
        blank, size = unit.isspace(), cell_len(unit)
        if used + size > width and line:
            lines.append(line.rstrip())
            line, used = "", 0
        if blank and not line:
            continue
        while size > width and not whole_words:
            head = _within(unit, width)
            lines.append(head)
            unit = unit[len(head) :]
            size = cell_len(unit)
        line, used = line + unit, used + size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _within(text: str, width: int) -> str:
    """Return as much of the start of *text* as *width* places hold, one character at least."""
    used = 0
    for i, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return text[: max(i, 1)]
    return text


def cut(text: str, width: int, end: str, ellipsis: str = "…") -> str:
    """Return *text* cut at its "left" or "right" end to *width* places, with an ellipsis.

    Examples:
        >>> cut("the plant opened", 10, "left"), cut("芯片厂开工", 7, "right")
        ('…nt opened', '芯片厂…')
    """
    if cell_len(text) <= width:
        return text
    room = width - cell_len(ellipsis)
    if end == "right":
        return _within(text, room).rstrip() + ellipsis if room > 0 else ellipsis[:width]
    tail = _within(text[::-1], room)[::-1]
    return ellipsis + tail.lstrip() if room > 0 else ellipsis[:width]


def fitting(names: Sequence[str], least: Sequence[int], width: int) -> tuple[list[int], list[str]]:
    """Return the places of the columns that fit, and the names of those that do not.

    Examples:
        >>> fitting(["outlet", "url", "n"], [10, 40, 3], 30)
        ([0, 2], ['url'])
    """
    kept = list(range(len(names)))
    while len(kept) > 1 and sum(least[i] + _GAP for i in kept) - _GAP > width:
        unwanted = [i for i in kept[1:] if names[i] in LEAST_WANTED]
        kept.remove(min(unwanted, key=lambda i: LEAST_WANTED.index(names[i])) if unwanted else kept[-1])
    return kept, [name for i, name in enumerate(names) if i not in kept]


def lines_of(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Sequence[bool],
    width: int,
    *,
    rule: str = "─",
    unicode: bool = True,
) -> tuple[list[str], list[str]]:
    """Return the lines of a table, and the names of the columns that the width has no room for.

    A column without a value is left out, and named neither: it holds nothing. Cells at the left that repeat
    those of the row above are blank, as an index of pandas shows them.

    Args:
        names: of the columns.
        rows: cells of each row, without line ends.
        numbers: which columns are numbers, set to the right.
        width: places of the terminal.
        rule: what the line beneath the head is made of.
        unicode: whether the terminal shows an ellipsis.

    Examples:
        >>> rows = [["嶼光社", "12"], ["嶼光社", "7"]]
        >>> print("\\n".join(lines_of(["outlet", "n"], rows, [False, True], 20)[0]))
        outlet   n
        ──────────
        嶼光社  12
                 7
    """
    filled = [i for i in range(len(names)) if not rows or i == 0 or any(row[i] for row in rows)]
    longest = [max([*(cell_len(row[i]) for row in rows), 1]) for i in filled]
    least = [
        max(_head(names[i]), size if numbers[i] else _least(names[i], [row[i] for row in rows], size))
        for i, size in zip(filled, longest, strict=True)
    ]
    kept, left = fitting([names[i] for i in filled], least, width)
    shown = [filled[i] for i in kept]
    wanted = [max(longest[i], _head(names[filled[i]])) for i in kept]
    sizes = _shared([least[i] for i in kept], wanted, width - _GAP * (len(kept) - 1))
    head = _block([names[i] for i in shown], shown, names, numbers, sizes, unicode)
    body = []
    above: Sequence[str] = ()
    # Of a concordance every line is shown whole.
    most = next((at for at, i in enumerate(shown) if names[i] in _CUT), len(shown) - 1)
    for row in rows:
        cells = [row[i] for i in shown]
        body.append(_block(_sparse(cells, above, most), shown, names, numbers, sizes, unicode))
        above = cells
    apart = bool(body) and sorted(map(len, body))[len(body) // 2] > _HIGH
    lines = [*head, rule * min(width, sum(sizes) + _GAP * (len(sizes) - 1))]
    for number, block in enumerate(body):
        lines += ["", *block] if apart and number else block
    return lines, left


def _head(name: str) -> int:
    return max(map(cell_len, re.findall(r"[^\s_]+_?", name)), default=1)


def _least(name: str, cells: Sequence[str], longest: int) -> int:
    """Return the narrowest that a column of text may be."""
    if name in _CUT:
        return min(longest, _LONG)
    narrow = _LONG if longest > 4 * _NARROWEST else _NARROWEST
    word = max((cell_len(unit) for cell in cells for unit in units(cell)), default=1)
    return min(longest, max(narrow, min(word, _WORD)))


def _shared(least: Sequence[int], wanted: Sequence[int], room: int) -> list[int]:
    """Return the widths of columns: what is left of the room goes where the most is wrapped."""
    sizes = [min(one, room) for one in least]
    for level in range(1, max([*wanted, 1]) + 1):
        more = [max(size, min(want, level)) for size, want in zip(sizes, wanted, strict=True)]
        if sum(more) > room:
            break
        sizes = more
    return sizes


def _sparse(cells: Sequence[str], above: Sequence[str], most: int) -> list[str]:
    """Return the cells, those at the left that repeat the row above as blanks; at most so many."""
    same = 0
    while above and same < most and cells[same] == above[same]:
        same += 1
    return ["" if i < same else cell for i, cell in enumerate(cells)]


def _block(
    cells: Sequence[str],
    shown: Sequence[int],
    names: Sequence[str],
    numbers: Sequence[bool],
    sizes: Sequence[int],
    unicode: bool,
) -> list[str]:
    """Return the lines of one row."""
    parts = []
    for cell, place, size in zip(cells, shown, sizes, strict=True):
        end = _CUT.get(names[place])
        parts.append([cut(cell, size, end, _ELLIPSIS[unicode])] if end else wrap(cell, size))
    lines = []
    for level in range(max(map(len, parts))):
        line = []
        for part, place, size in zip(parts, shown, sizes, strict=True):
            piece = part[level] if level < len(part) else ""
            blanks = " " * (size - cell_len(piece))
            line.append(blanks + piece if numbers[place] or names[place] == "left" else piece + blanks)
        lines.append((" " * _GAP).join(line).rstrip())
    return lines

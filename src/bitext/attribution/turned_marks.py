"""Which “ and ” of a text were typed the wrong way round: ”C。“X说, “C。“X说, X说：”C。”"""

import re

_MARK = re.compile(r"[“”]")
_COLON = frozenset("：:")
#: What ends the words in a quotation, before its closing mark; what stands behind that mark.
_ENDS = frozenset("。！？…，,.!?")
_BEHIND = frozenset(".,;:!?)]}…—–-，。；：！？、）］】》〉」』")


def turned_marks(text: str) -> frozenset[int]:
    """Return the offsets of marks that close although they look as if they open, or the reverse.

    A line is read as one quotation behind the other where its marks do not pair as they stand, and each
    that is to be turned can be what it is taken for; so is one with a mark behind a colon that closes.

    Examples:
        >>> sorted(turned_marks("陈刚说：”不安全。“会议结束。")), turned_marks("他说：“这是“好”的。”")
        ([4, 9], frozenset())
    """
    if "”" not in text and text.count("“") < 2:
        return frozenset()
    found: set[int] = set()
    start, whole = 0, True
    for line in text.split("\n"):
        places = [match.start() for match in _MARK.finditer(line)]
        even = len(places) % 2 == 0
        if places and even and whole and "„" not in line:
            found.update(start + place for place in _turned(line, places))
        whole = even if places else whole  # a quotation that the line before left open may close in this one
        start += len(line) + 1
    return frozenset(found)


def _turned(line: str, places: list[int]) -> list[int]:
    opens = [place for place in places[::2] if line[place] == "”"]
    closes = [place for place in places[1::2] if line[place] == "“"]
    after_colon = any(line[place - 1 : place] in _COLON for place in opens)
    if not (after_colon or not _pairs(line, places)):
        return []
    able = all(_can_open(line, place) for place in opens) and all(_can_close(line, place) for place in closes)
    return [*opens, *closes] if able else []


def _pairs(line: str, places: list[int]) -> bool:
    """Say whether every mark has its partner as they stand, one quotation inside another or behind it."""
    depth = 0
    for place in places:
        depth += 1 if line[place] == "“" else -1
        if depth < 0:
            return False
    return depth == 0


def _can_open(line: str, place: int) -> bool:
    before, after = line[place - 1 : place], line[place + 1 : place + 2]
    return bool(after) and not after.isspace() and after not in _BEHIND and not before.isdigit()


def _can_close(line: str, place: int) -> bool:
    before, after = line[place - 1 : place], line[place + 1 : place + 2]
    if not before or before.isspace() or before in _COLON:
        return False
    return before in _ENDS or not after or after.isspace() or after in _BEHIND

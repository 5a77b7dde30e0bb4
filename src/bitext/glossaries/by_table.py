"""The edge of a name where the concept table knows both names: 阿斯麦（ASML）."""

import re

from bitext.glossaries.before import LONGEST, Before, Found, by_form, concepts_in


def known(before: Before, latin: str) -> Found:
    """Both names are forms of one concept."""
    table = by_form()
    wanted = set(table.get(latin.lower(), ()))
    if not wanted:
        return None
    for size in range(min(len(before.text), LONGEST), 1, -1):
        if wanted & set(table.get(before.text[-size:], ())):
            if before.text[: len(before.text) - size].endswith(("·", "-")):
                return None
            return with_qualifiers(before, size, latin), 0.98, "known"
    return None


def with_qualifiers(before: Before, size: int, latin: str) -> int:
    """Let 2019 belong to 2019冠状病毒疾病 and 休斯顿 to 休斯顿火箭队 (Houston Rockets)."""
    rest = before.text[: len(before.text) - size]
    year = re.search(r"(?:20\d\d年?)$", rest)
    if year and "19" in latin:
        return size + len(year[0])
    table, others = by_form(), concepts_in(latin)
    for begin, end, word in before.words:
        if end == len(rest) and " " in latin and others & set(table.get(word, ())):
            return size + end - begin
        if (
            begin < len(rest) < end
            and " " in latin
            and others & set(table.get(before.text[begin : len(rest)], ()))
        ):
            return size + len(rest) - begin
    return size

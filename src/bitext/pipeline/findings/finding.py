"""One finding: a sentence in both languages, its number, how sure it is, and where it comes from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

#: Columns of the table of findings.
FINDINGS = ("kind", "group", "en", "zh", "value", "low", "high", "strength", "table", "rows", "note")
#: Questions, in the order in which they are answered.
KINDS = ("covered", "first", "names", "voices", "left out", "disagreement", "copies", "words", "tone")
#: Names of the languages.
LANGUAGES = {"zh": ("Chinese", "中文"), "en": ("English", "英文")}
#: How sure a finding is, in the order in which findings of a kind are told.
STRENGTHS = ("beyond chance", "counted", "cannot tell", "may be chance", "too few to tell")
#: q below which a difference is called beyond chance.
ALPHA = 0.05

#: Share of the other outlets that must have a story, or carry a statement, for a gap to be worth saying.
MOST = 2 / 3
#: Characters of a headline within a sentence.
TITLE = 90

#: What a story is called whose articles have no headlines.
UNNAMED = ("a story without a headline", "一个没有标题的事件")

NAN = float("nan")


@dataclass(frozen=True)
class Finding:
    """A row of the table of findings; `rows` are row numbers of the table *table*."""

    kind: str
    group: str
    en: str
    zh: str
    strength: str
    table: str
    rows: Sequence[Any]
    value: float = NAN
    low: float = NAN
    high: float = NAN
    note: str = ""
    #: The strength in whose place it is told: that an outlet printed nothing is a count, whatever its p.
    told_as: str = ""
    #: The word or name that it is about: what a name says is not said again of the word.
    about: str = ""

    @property
    def order(self) -> tuple[int, int, bool, bool]:
        """The place in the order of telling: question, how sure, what was moved there; nothing found last."""
        strength = self.told_as or self.strength
        nothing = self.strength == "may be chance" and not self.group
        return KINDS.index(self.kind), STRENGTHS.index(strength), not self.told_as, nothing

    def record(self) -> dict[str, Any]:
        """Return the row, with the row numbers as one text."""
        cells = {name: getattr(self, name) for name in FINDINGS}
        return {**cells, "rows": " ".join(str(int(row)) for row in self.rows)}


def listed(names: Iterable[str], lang: str) -> str:
    """Return names as a sentence has them.

    Examples:
        >>> listed(["A", "B", "C"], "en"), listed(["甲", "乙"], "zh")
        ('A, B and C', '甲和乙')
    """
    names = list(names)
    comma, last = (", ", " and ") if lang == "en" else ("、", "和")
    return last.join([comma.join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def number(count: int) -> str:
    """Return a whole number as English sentences have it, in words up to ten.

    Examples:
        >>> number(5), number(12)
        ('five', '12')
    """
    words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return words[count] if 0 <= count < len(words) else str(count)


def percent(share: float) -> str:
    """Return a share as people write it.

    Examples:
        >>> percent(0.896), percent(0.004), percent(0.9996)
        ('90%', '0.4%', '99.9%')
    """
    if 0 < share < 0.01:
        return f"{100 * share:.1g}%"
    if 0.995 <= share < 1:
        return "99.9%"
    return f"{100 * share:.0f}%"


def times(ratio: float) -> str:
    """Return how many times, with one decimal below ten."""
    return f"{ratio:.1f}" if ratio < 9.95 else f"{ratio:.0f}"


def cut(text: str, size: int) -> str:
    """Return *text* in one line, at most *size* characters, with an ellipsis where it is cut."""
    text = " ".join(text.split())
    if len(text) <= size:
        return text
    kept = text[: size - 1]
    # A word is not cut; Chinese has no spaces to cut at.
    return (kept.rsplit(" ", 1)[0] if " " in kept[size // 2 :] else kept).rstrip(" ,，、") + "…"


_MARKS = str.maketrans("“”", "‘’")


def quoted(text: str, size: int) -> str:
    """Return *text* as `cut` does, in quotation marks; its own become single ones.

    Examples:
        >>> quoted('He called it "a promise broken", she “a joke”.', 60)
        '“He called it ‘a promise broken’, she ‘a joke’.”'
    """
    parts = cut(text, size).split('"')
    marks = ["‘" if place % 2 == 0 else "’" for place in range(len(parts) - 1)]
    whole = "".join(a + b for a, b in zip(parts, [*marks, ""], strict=True))
    return f"“{whole.translate(_MARKS)}”"


def story_names(stories: pd.DataFrame) -> dict[Any, tuple[str, str]]:
    """Return what each story is called in English and in Chinese; a headline stands in quotation marks."""
    rows = stories.drop_duplicates("story").sort_values("story")
    columns = (rows[name].tolist() for name in ("story", "name", "name_en", "name_zh"))
    return {
        story: (quoted(en or name, TITLE), quoted(zh or name, TITLE))
        if str(en or zh or name).strip()
        else UNNAMED
        for story, name, en, zh in zip(*columns, strict=True)
    }

"""What sentences call the groups of a comparison: outlets write, while in a week something is written."""

from calendar import month_name
from dataclasses import dataclass

import pandas as pd

from bitext.pipeline.findings.finding import LANGUAGES, quoted
from bitext.schema import NO_GROUP

#: Columns whose groups write: of all others something is written *in* them.
_WRITERS = {"outlet": ("媒体", "家"), "author": ("作者", "位"), "editor": ("编辑", "位")}
#: Nouns and measure words of the other groups in Chinese.
_NOUNS = {
    "day": ("日", "天"),
    "week": ("周", "周"),
    "month": ("月", "个月"),
    "quarter": ("季度", "个季度"),
    "year": ("年", "年"),
    "lang": ("语言", "种语言"),
    "script": ("字体", "种字体"),
    "title": ("标题", "个标题"),
}
_ENGLISH = {"lang": "language"}
_TITLE = 60


@dataclass(frozen=True)
class GroupNames:
    """The words for the groups that column *by* makes.

    Examples:
        >>> week = GroupNames("week")
        >>> week.one, week.each, week.en("2024-05-13"), week.zh("2024-05-13")
        ('week', '每周', 'the week of 13 May 2024', '2024年5月13日起的一周')
        >>> GroupNames("lang").en("zh"), GroupNames("outlet").en("Fabline"), GroupNames("region").noun
        ('Chinese', 'Fabline', '组')
    """

    by: str

    @property
    def writes(self) -> bool:
        """Whether a group is somebody who writes."""
        return self.by in _WRITERS

    @property
    def one(self) -> str:
        """What a group is called in English."""
        return _ENGLISH.get(self.by, self.by.replace("_", " "))

    @property
    def noun(self) -> str:
        """What groups are called in Chinese."""
        return {**_NOUNS, **_WRITERS}.get(self.by, ("组", "组"))[0]

    @property
    def measure(self) -> str:
        """The measure word of groups, which stands for the noun behind 各, 每 and 其他."""
        return {**_NOUNS, **_WRITERS}.get(self.by, ("组", "组"))[1]

    @property
    def each(self) -> str:
        """In Chinese: each of them."""
        return "每" + self.measure.removeprefix("个")

    @property
    def every(self) -> str:
        """In Chinese: all of them, one by one."""
        return "各" + self.measure.removeprefix("个")

    @property
    def others(self) -> str:
        """In Chinese: the other ones."""
        return "别家" if self.by == "outlet" else "其他" + self.noun

    def words_of_one(self, language: str) -> str:
        """Return what one group does with words of a language."""
        if self.writes:
            return f"one {self.one} in {language} writes more often"
        return f"stand more often in one {self.one} than in others, in {language}"

    def among(self, language: str) -> str:
        """In Chinese: of the groups in a language."""
        return f"{language}{self.noun}中" if self.writes else f"{self.every}的{language}文章中"

    def between(self, language: str) -> str:
        """In Chinese: of the differences between groups in a language."""
        return f"{language}{self.noun}之间" if self.writes else f"{self.every}的{language}文章之间"

    def en(self, group: str) -> str:
        """Return what a sentence calls a group in English."""
        return self._called(group)[0]

    def zh(self, group: str) -> str:
        """Return what a sentence calls a group in Chinese."""
        return self._called(group)[1]

    def _called(self, group: str) -> tuple[str, str]:
        if group == NO_GROUP:
            return (
                f"articles without {'an' if self.one[:1] in 'aeiou' else 'a'} {self.one}",
                f"没有{self.noun}的文章",
            )
        if self.by == "lang":
            return LANGUAGES.get(group, (group, group))
        if self.by == "title":
            return quoted(group, _TITLE), quoted(group, _TITLE)
        if (
            self.by in ("day", "week", "month")
            and (date := pd.to_datetime(group, errors="coerce")) is not pd.NaT
        ):
            month = f"{month_name[int(date.month)]} {date.year}"
            day, zh = f"{date.day} {month}", f"{date.year}年{date.month}月"
            if self.by == "month":
                return month, zh
            zh = f"{zh}{date.day}日"
            return (day, zh) if self.by == "day" else (f"the week of {day}", f"{zh}起的一周")
        return group, group

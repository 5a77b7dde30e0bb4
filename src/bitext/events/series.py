"""The table of stories → those that are one outlet's series: titles that differ by a date or number."""

import re

import pandas as pd

#: Dates and numbers of a title, without which those of a series are one.
_MOVING = re.compile(
    r"""(?ix)
    # 1. days of the week and months, in words
    \b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b | (?:周|週|星期|礼拜|禮拜)[一二三四五六日天]
    | \b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b
    | \b(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?
    # 2. figures, in digits or Chinese characters, with an ordinal's ending and what a date counts
    | [\d０-９]+(?:[.,:/\-–][\d０-９]+)* (?: (?:st|nd|rd|th)\b | [年月日号號期集] )?
    | 第?[〇零一二三四五六七八九十百千]+[年月日号號期集回]
    # 3. spaces and marks, which a date brings with it
    | [\s,，、/|·()（）\[\]\-–—:：]+
    """
)
#: The date in a title: of a day, not a figure of the news.
_DATE = re.compile(
    r"""(?ix)
    \d{1,2}月\d{1,2}[日号號] | \b(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2} | [(（]\d{1,2}[./]\d{1,2}[)）]
    | \b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\ \d{1,2}\b
    """
)
#: The name of a column that opens a title.
_COLUMN = re.compile(r"\s*(?:[\d\-/.年月日\s]*)([【\[〔《][^】\]〕》]{2,20}[】\]〕》])")


def template(title: str) -> str:
    """Return what a title shares with the others of its series: the title without dates and numbers.

    Of a title that carries a date and opens with the name of a column in brackets, that name.

    Examples:
        >>> template("2031-08-24 新闻简报 文字版") == template("2031-08-25 新闻简报 文字版")  # News in brief
        True
        >>> template("【墙】今天下雨（8月5日）")  # [The Wall] It rains today (5 August)
        '【墙】今天下雨'
        >>> template("【城墙】今天下雨（8月5日）"), template("【城墙】鸟都飞了（8月6日）")
        ('【城墙】', '【城墙】')
    """
    column = _COLUMN.match(title)
    if column and _DATE.search(title):
        return column[1]
    return _MOVING.sub("", title).casefold()


def series(stories: pd.DataFrame) -> list[int]:
    """Return the numbers of the stories whose articles are all of one outlet and one series.

    Args:
        stories: the table of `bitext.stories`.

    Examples:
        >>> series(pd.DataFrame({"story": [0, 0, 1, 1], "outlet": ["A", "A", "A", "B"],
        ...                      "title": ["Markets on 3 May", "Markets on 4 May"] * 2}))
        [0]
    """
    if stories.empty or "title" not in stories:
        return []
    titles = stories["title"].fillna("").astype(str)
    made = stories[["story", "outlet"]].assign(template=titles.map(template), titled=titles.str.strip() != "")
    by_story = made.groupby("story", sort=True)
    one = (by_story[["outlet", "template"]].nunique() == 1).all(axis=1) & by_story["titled"].all()
    return [int(story) for story in one.index[one]]

"""Findings about words: which of them set each group apart."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from bitext.pipeline.findings.finding import ALPHA, LANGUAGES, Finding, times
from bitext.pipeline.findings.group_names import GroupNames
from bitext.pipeline.printed import telling
from bitext.statistics.time_overlap import ONE_RUN

Tables = Mapping[str, pd.DataFrame]

#: Articles of a group in which a word must stand.
_WORD_ARTICLES = 5
#: An interval whose ends are so many times apart is told by its lower end alone.
_WIDE = 50
#: Words of each group that are told.
_WORDS = 3
_LETTERS = re.compile(r"[^\W\d_]")
_NO_WORD = re.compile(r"[\W_]+")


def words(tables: Tables, by: str) -> Iterator[Finding]:
    """Say which words a group writes more often than the others of its language, its own names left out."""
    table = tables.get("keyness")
    if table is None or table.empty:
        return
    called = GroupNames(by)
    lone = table["reference"] == "(rest)"
    copies = tables.get("duplicates")
    again: set[str] = set()
    if copies is not None and len(copies):
        again = set(copies.loc[copies["relation"].isin(("update", "repeat", "series")), "outlet"])
    for lang, rows in table[lone].groupby("lang", sort=False):
        said = rows[(rows["q"] < ALPHA) & (rows["g2"] > 0) & (rows["articles_target"] >= _WORD_ARTICLES)]
        said = telling(said)
        said = said[np.array([_is_word(term) for term in said["term"]], dtype=bool)]
        own = [
            term in _NO_WORD.split(str(group).lower())
            for group, term in zip(said["target"], said["term"], strict=True)
        ]
        said = said[~np.array(own, dtype=bool)]  # USA of USA TODAY
        language_en, language_zh = LANGUAGES.get(str(lang), (str(lang), str(lang)))
        # The first word of each group, the surest before the others, then the second of each.
        turn = said.groupby("target", sort=False).cumcount()
        more = said["printed_more"].astype(bool) if "printed_more" in said else False
        said = said.assign(turn=turn, least=said["target"].isin(again) | more)[turn < _WORDS]
        said = said.sort_values(["turn", "least", "g2"], ascending=[True, True, False], kind="stable")
        for index, row in said.iterrows():
            yield _word(index, row, called, (language_en, language_zh), least=row["least"])
        tested = rows["q"].notna()
        if said.empty and tested.any():
            yield Finding(
                "words",
                "",
                f"Of words that {called.words_of_one(language_en)}, none is beyond chance.",
                f"{called.between(language_zh)}，没有哪个词的多用超出偶然。",
                "may be chance",
                "keyness",
                list(rows[tested].sort_values("q", kind="stable").index[:10]),
                value=float(rows.loc[tested, "q"].min()),
                note="the value is the smallest q; the rows are the ten with the smallest",
            )
        apart = rows["note"] == ONE_RUN
        if apart.any() and not tested.any():
            yield Finding(
                "words",
                "",
                f"Whether words in {language_en} differ beyond the news of the day cannot be told: "
                "each side has its own stretch of time.",
                f"{language_zh}用词的差别是否超出当时新闻的不同，无法判断：各方的文章不在同一段时间。",
                "cannot tell",
                "keyness",
                list(rows[apart].index[:10]),
            )


def _word(index: Any, row: Any, called: GroupNames, language: tuple[str, str], *, least: bool) -> Finding:
    """Tell of one word; *least*: the reader finds more, in a text that was printed again or cut otherwise."""
    group, n, articles = row["target"], int(row["n_target"]), row["articles_target"]
    word, (language_en, language_zh) = row.get("printed") or row["term"], language
    value = low = high = float("nan")
    # 冠病 stands in 新冠病毒, too, where it is no word.
    alone_en, alone_zh = (" as a word of its own", "作为单独的词，") if row.get("inside") else ("", "")
    if row["n_reference"] == 0:
        least_en, least_zh = ("at least ", "至少") if least else ("", "")
        who = f"Only {called.en(group)} writes {word}{alone_en}, of those in {language_en}"
        if not called.writes:
            who = f"Of the {called.one}s in {language_en}, only {called.en(group)} has {word}{alone_en}"
        en = f"{who}: {least_en}{n} times in {articles} articles."
        who_zh = called.among(language_zh) + f"只有{called.zh(group)}"
        zh = f"{alone_zh}{who_zh}写“{word}”：{articles}篇中{least_zh}{n}次。"
    else:
        value, low, high = (
            float(2.0 ** row[name]) for name in ("log_ratio", "log_ratio_low", "log_ratio_high")
        )
        many_en, span_en, span_zh = f"{times(value)} times", "", ""
        many_zh = f"{times(value)}倍"
        if low == low and high > _WIDE * low:
            # So wide an interval has one end that says something.
            many_en, many_zh = f"at least {times(low)} times", f"至少{times(low)}倍"
        elif low == low:
            span_en = f" (from {times(low)} to {times(high)} times)"
            span_zh = f"（{times(low)}至{times(high)}倍）"
        who = f"{called.en(group)} writes {word}{alone_en} {many_en}"
        en = f"{who} as often as the others in {language_en}{span_en}."
        if not called.writes:
            where = f"In {called.en(group)} {word} stands {many_en} as often"
            en = f"{where} as elsewhere in {language_en}{span_en}."
        others = f"其余{language_zh}{called.noun}"
        zh = f"{alone_zh}{called.zh(group)}用“{word}”的频率是{others}的{many_zh}{span_zh}。"
    return Finding(
        "words", group, en, zh, "beyond chance", "keyness", [index],
        value=value, low=low, high=high, about=str(row["term"]),
    )  # fmt: skip


def _is_word(term: str) -> bool:
    """Return whether a term means something alone: not a letter, not a character cut out of a longer word.

    Examples:
        >>> [_is_word(term) for term in ("芯片", "冠", "EU", "j.", "2024")]
        [True, False, True, False, False]
    """
    letters = _LETTERS.findall(term)
    return term.isprintable() and len(letters) > 1

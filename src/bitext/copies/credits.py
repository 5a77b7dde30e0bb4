"""Articles → the news agency that each credits: whose text it is, or whose it is based on."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import pandas as pd
from ahocorasick_rs import AhoCorasick

from bitext.lexicons import loader

#: Pieces that cleaning took out in which a credit may stand; captions credit pictures, not texts.
KINDS = ("byline", "dateline", "credit", "copyright", "disclaimer")
#: A longer piece is about something else.
_SHORT = 80
#: Characters at the beginning and the end of a text in which a credit may stand.
_HEAD, _TAIL = 120, 60


class Credit(NamedTuple):
    """Which agency an article credits ("" if none), and whether the text is the agency's own."""

    agency: str
    printed: bool


NONE = Credit("", False)


@cache
def agency_forms() -> Mapping[str, str]:
    """Return the agency that each form of a name means: 路透社 -> Reuters."""
    return {row["form"]: row["agency"] for row in loader.rows("agencies")}


@cache
def outlets_of_agencies() -> Mapping[str, str]:
    """Return the agency that an outlet is, by the outlet's name."""
    found = {row["outlet"]: row["agency"] for row in loader.rows("agencies") if row["outlet"]}
    return found | {row["agency"]: row["agency"] for row in loader.rows("agencies")}


def forms_of(outlet: str) -> tuple[str, ...]:
    """Return what the agency that *outlet* is goes by; nothing where it is none.

    Examples:
        >>> forms_of("路透")[:3], forms_of("Harbor Post")
        (('路透社', '路透', 'Reuters'), ())
    """
    agency = outlets_of_agencies().get(outlet)
    return tuple(form for form, name in agency_forms().items() if name == agency)


@cache
def _pattern() -> re.Pattern[str]:
    longest = sorted(agency_forms(), key=len, reverse=True)
    names = "|".join(rf"(?<![A-Za-z]){re.escape(form)}(?![A-Za-z])" for form in longest)
    other, end = r"[^（()）【】。\n]", r"(?: [）)】] | [-–—] )"
    return re.compile(
        rf"""
        # 1 based on it: 本文依据了路透社的报道, based on reports by AP, Source: Reuters, 来源：新华社
        (?P<based> (?: [依根][据據] | [参參]考 | [综綜]合 | based[ ]on | [Ss]ource s? : | [来來]源 [:：] )
          [^。\n]{{0,16}}? (?P<a1>{names}) )
        # 2 the text is the agency's: （法新社华盛顿31日电）, 新华社北京3月9日电
      | (?P<dateline> (?: ^ | [（(【] ) {other}{{0,12}}? (?P<a2>{names})
          (?: {other}{{0,20}} \d日 [电電讯訊] | {other}{{0,24}}? [电電讯訊] \s* {end} ) )
        # 3 路透北京3月9日 -, (AFP, 31 Oct), （中央社日內瓦15日綜合外電報導）
      | (?P<dated> (?: ^ | [（(【] ) {other}{{0,12}}? (?P<a3>{names})
          {other}{{0,20}} \d日? [^（()）【】。\n\d]{{0,8}} (?: 報導 | 报道 | \b ) \s* {end} )
        # 4 the same in English: MARLOW, May 3 (Reuters) -
      | (?P<english> ^ [A-Z][^\n(]{{1,40}} \( (?P<a4>{names}) \) \s* [-–—] )
        # 5 © 2020 AFP
      | (?P<copyright> © \s* (?:\d{{4}} \s*)? (?P<a5>{names}) )
        # 6 reported by it: 据路透社11月4日报道, 法新社说, Reuters reported, according to Reuters
      | (?P<said> (?: ^ | [据據] ) \s* (?P<a7>{names}) [^。，,；\n]{{0,14}}?
          (?: 报道 | 報道 | 报导 | 報導 | 消息 | 引述 | 援引 | [说說称稱] )
          | [Aa]ccording[ ]to[ ](?:the[ ])? (?P<a8>{names}) (?![\w’']) | (?P<a9>{names})[ ]report(?:s|ed)\b )
        # 7 in parentheses at the end: （路透社、法新社）, (AFP, dpa)
      | (?P<tail> [（(] (?P<a6>{names}) (?: \s*[,，、/;；和及]\s* [^（()）\n]{{1,16}} )* [）)] \s* $ )
        """,
        re.VERBOSE | re.MULTILINE,
    )


def credit(piece: str) -> Credit:
    """Return the agency that a byline, or the beginning or end of a text, credits.

    Examples:
        >>> credit("（法新社华盛顿31日电）"), credit("MARLOW, May 3 (Reuters) - Rain fell.")
        (Credit(agency='AFP', printed=True), Credit(agency='Reuters', printed=True))
        >>> credit("（本文依据了美联社的报道）"), credit("The AP was asked.")
        (Credit(agency='AP', printed=False), Credit(agency='', printed=False))
        >>> credit("央行周五降息。\\n据路透社报道，这是今年第三次。")
        Credit(agency='Reuters', printed=False)
    """
    found = _pattern().search(piece) if _names_one(piece) else None
    if found is None:
        return NONE
    name = next(found[f"a{i}"] for i in range(1, 10) if found[f"a{i}"])
    own = found["based"] is None and found["said"] is None and found["tail"] is None
    return Credit(agency_forms()[name], own)


@cache
def _automaton() -> AhoCorasick:
    return AhoCorasick(list(agency_forms()))


def _names_one(piece: str) -> bool:
    """Say whether an agency is named at all: mostly none is, and the pattern takes ten times as long."""
    # Half of a surrogate pair, which the automaton cannot take, is in no name.
    plain = piece if piece.isascii() else piece.encode("utf-8", "ignore").decode("utf-8")
    return bool(_automaton().find_matches_as_indexes(plain))


def pieces_of_credit(removed: pd.DataFrame) -> pd.DataFrame:
    """Return those rows of `Corpus.removed` in which a credit may stand: what tokens keep of them.

    Examples:
        >>> rows = [("a", "byline", 0, 7, "Reuters"), ("a", "caption", 9, 12, "AFP")]
        >>> pieces_of_credit(pd.DataFrame(rows, columns=["article", "kind", "start", "end", "text"])).values
        array([['a', 'byline', 0, 7, 'Reuters']], dtype=object)
    """
    use = removed["kind"].isin(KINDS) & (removed["text"].astype(str).str.len() <= _SHORT)
    return removed[use].reset_index(drop=True)


def credits(articles: pd.DataFrame, removed: pd.DataFrame | None = None) -> list[Credit]:
    """Return the credit of each article: from what cleaning took out of it, else from its two ends.

    An outlet that is the agency itself credits nobody.
    """
    pieces: dict[str, list[str]] = {}
    if removed is not None and len(removed):
        use = pieces_of_credit(removed)
        for article, text in zip(use["article"], use["text"], strict=True):
            pieces.setdefault(article, []).append(text)
    own = outlets_of_agencies()
    names = zip(articles["article"], articles["outlet"].astype(str), articles["text"], strict=True)
    found = []
    for article, outlet, text in names:
        ends = (text[:_HEAD], text[-_TAIL:])
        best = _best(credit(piece) for piece in (*pieces.get(article, ()), *ends))
        found.append(NONE if best.agency and own.get(outlet) == best.agency else best)
    return found


def _best(found: Iterable[Credit]) -> Credit:
    """Return the first credit for a text that is printed as it came, else the first at all."""
    based = NONE
    for one in found:
        if one.printed:
            return one
        if one.agency and not based.agency:
            based = one
    return based

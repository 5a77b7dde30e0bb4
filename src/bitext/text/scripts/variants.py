"""What the reference converter leaves wrong in simplified text, mended in place: code points to code points.

Card: written for bitext (MIT), 2026-11; facts of the two scripts. One row per character or pair that
opencc-python-reimplemented's t2s leaves as it is in news of Taiwan and Hong Kong (a test holds the reference
to that: what it has learnt goes), slips of the keyboard among them (巿 for 市, 仼 for 任). Not for: names of
people; texts of the 1930s.
"""

from functools import cache

import numpy as np

from bitext.arrays import Bools, Points

#: Glyphs of a region, and what simplified text has in their place.
_GLYPHS = dict(
    zip(
        "妳衞靑愼畧谘玆锺栢濶閙毎囘囬敍鄕淸擧粧煑尅槪牠祇蔴痲砲韮馀隄籐"
        "吿幷囯聼劵繙擡舖鳯遶陜枱櫈仼岀巿尓暱簷懮搧汚礡牴榖犂廸姸勗",
        "你卫青慎略咨兹钟柏阔闹每回回叙乡清举妆煮克概它只麻麻炮韭余堤藤"
        "告并国听券翻抬铺凤绕陕台凳任出市尔昵檐忧扇污礴抵谷犁迪妍勖",
        strict=True,
    )
)
#: Two characters that a region spells otherwise.
_PAIRS = {
    "甚么": "什么",
    "计画": "计划",
    "策画": "策划",
    "规画": "规划",
    "企画": "企划",
    "筹画": "筹划",
    "身分": "身份",
    "份子": "分子",
    "部份": "部分",
    "成份": "成分",
    "连络": "联络",
    "布署": "部署",
    "沈重": "沉重",
    "暸解": "了解",
    "徬徨": "彷徨",
    "蹓跶": "溜达",
}
#: 著 (a book, to write) stays before and behind these; elsewhere behind Han it is the particle 着.
_BOOK_BEFORE = "作名述者称书有录"
_BOOK_BEHIND = "原显卓名巨专论土编合所译拙遗昭彰新旧"
#: At the head of a clause, too, it is the particle before these: 着眼, 着手, 着重, 着急.
_PARTICLE_BEHIND = "眼手重急火陆力装迷落想"
#: What conversions of a region change where t2s does not.
_SPOILT = "著么"


@cache
def _table() -> Points:
    table = np.arange(0x110000, dtype=np.uint32)
    for glyph, plain in _GLYPHS.items():
        table[ord(glyph)] = ord(plain)
    table.setflags(write=False)
    return table


@cache
def _begins_pair() -> Bools:
    table = np.zeros(0x110000, bool)
    table[[ord(pair[0]) for pair in _PAIRS]] = True
    table.setflags(write=False)
    return table


def restored(converted: Points, points: Points) -> Points:
    """Return a *converted* text with the 著 and 么 of *points*, which tw2s makes 着 (原着) and 幺 (什幺)."""
    kept = np.isin(points, _codes(_SPOILT))
    return np.where(kept, points, converted) if kept.any() else converted


def mend(points: Points) -> Points:
    """Return a simplified text with regional glyphs, 甚么 and the particle 著 as the mainland writes them.

    Examples:
        >>> from bitext.text.scripts.detect import code_points, string
        >>> string(mend(code_points("随著妳们，甚么原著、著名；衞生")))
        '随着你们，什么原著、著名；卫生'
    """
    mended = _table()[points]  # a copy
    some = np.flatnonzero(_begins_pair()[mended[:-1]])
    first, second = mended[some], mended[some + 1]
    for pair, plain in _PAIRS.items():
        at = some[(first == ord(pair[0])) & (second == ord(pair[1]))]
        mended[at], mended[at + 1] = ord(plain[0]), ord(plain[1])
    at = np.flatnonzero(mended == ord("著"))
    before = np.where(at > 0, mended[at - 1], 0)
    behind = mended[np.minimum(at + 1, len(mended) - 1)]
    inside = (before >= 0x4E00) & (before <= 0x9FFF)
    particle = np.where(
        inside, ~np.isin(behind, _codes(_BOOK_BEFORE)), np.isin(behind, _codes(_PARTICLE_BEHIND))
    )
    particle &= ~np.isin(before, _codes(_BOOK_BEHIND))
    mended[at[particle]] = ord("着")
    return mended


@cache
def _codes(characters: str) -> Points:
    return np.array([ord(character) for character in characters], dtype=np.uint32)

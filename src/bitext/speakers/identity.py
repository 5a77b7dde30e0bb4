"""Which names in an article stand for the same source: 布林肯 and 国务卿布林肯, Mr Lee and John Lee."""

import re
from collections.abc import Sequence
from functools import cache

from bitext.lexicons import loader
from bitext.lexicons.wordlists import words

#: The dot of foreign names in Chinese, in the forms that it has in print.
_DOTS = re.compile(r"[·‧•・]")
#: What stands in brackets behind a name: （Thierry Breton）, （化名）.
GLOSS = re.compile(r"\s*[（(][^（）()]*[）)]\s*$")
#: What follows a foreign name: Patrick Moss先生.
_HONOUR = re.compile(r"(?<=[A-Za-z])(?:先生|女士|小姐|博士|教授)$")
#: A person's name behind what persons are called by: 评论人|顾望舒.
_NAMED_LAST = re.compile(
    r"(?:[人员師师家長长官士授者席卿臣裁的]|代表|领袖|主任|总监|秘书|助理|老师|同学)([一-鿿]{2,3})$"
)
#: Words of the form of a name that are none.
_NO_PERSONS = frozenset(
    ("方面", "高层", "高管", "高官", "官员", "双方", "同学", "同事", "家属", "家长", "党员", "群众")
)
_SHORTEST = 2
#: Small words within a name are no longer: van, der, bin.
_PARTICLE = 3
_PREPOSITIONS = frozenset("由在对对從从向为為被把与與")
_COUNT_ZH = re.compile(
    r"""^(?: 另外 | 另 | 还 | 也 )? 有?                         # 1. there are also
    (?: 其中 | 这 | 那 | 该 | 此 | 上述 | 某 | 每 | 各 )?             # 2. what points
    (?: [一两三四五六七八九十几数多两]{1,3} | 部分 | 许多 | 很多 | 不少 | 众多 | 大批            # 3. how many
      | (?: 约 | 近 | 逾 | 超过 | 至少 )? \d+ (?: \.\d+ )? (?: \s? [%％] 的? )? )?
    (?: 位 | 名 | 个 | 些 | 家 | 批 | 群 | 项 | 份 | 篇 | 条 )?    # 4. what counts
    """,
    re.VERBOSE,
)
_AMONG = re.compile(r"(?<=[人士者员民家们])中的?有?[一两三几][人位名个].*$")
_COUNT_EN = re.compile(
    r"""^(?: (?: the | an? | some | several | many | most | all | other | another | one | two | three | four
    | five | few | these | those | this | that | at | least | more | than | both | of | \d+ ) \s+ )+""",
    re.VERBOSE | re.IGNORECASE,
)
#: What is told of a role behind it: officials who asked not to be named.
_WHO_EN = re.compile(r",? who(?:se)? .*$")
_BODIES = words("en", "bodies")
_TITLE_EN = re.compile(r"^(?:mr|mrs|ms|miss|dr|sir|dame|lord|lady|prof|professor)\.?\s+", re.IGNORECASE)


def bare_name(name: str) -> str:
    """Return an English name without what precedes and follows it: its title, an apposition.

    Examples:
        >>> bare_name("Foreign Minister Wang Yi"), bare_name("Mr Lee"), bare_name("John Lee, a professor")
        ('Wang Yi', 'Lee', 'John Lee')
        >>> bare_name("the State Department"), bare_name("the Ministry of Trade")
        ('the State Department', 'the Ministry of Trade')
    """
    head = name.split(",")[0].strip()
    if name.isascii() and not head.isascii():
        return name
    short = _TITLE_EN.sub("", head)
    parts = short.split()
    for place in range(len(parts) - 1, 0, -1):
        before = parts[place - 1].lower().strip(".")
        tail = parts[place:]
        if before in _titles() and len(tail) <= 4 and all(word[:1].isupper() for word in tail):
            if not any(word.lower().strip(".") in _titles() | _BODIES for word in tail):
                return " ".join(tail)
            break
    return short


def bare_chinese(name: str, simplified: str, title_end: int) -> str:
    """Return a Chinese name without its title, if a person's name is left, and without a gloss behind it.

    Args:
        name: the name as it stands.
        simplified: the same in simplified characters.
        title_end: where its title ends, 0 where none is known.

    Examples:
        >>> names = ("行政院长苏贞昌", 4), ("外交部发言人", 3), ("独立评论人顾望舒", 0), ("雷顿（Ton）", 0)
        >>> [bare_chinese(name, name, title) for name, title in names]
        ['苏贞昌', '外交部发言人', '顾望舒', '雷顿']
    """
    if gloss := GLOSS.search(name):
        name, simplified = name[: gloss.start()], simplified[: gloss.start()]
    if honour := _HONOUR.search(simplified):
        name, simplified = name[: honour.start()], simplified[: honour.start()]
    rest = simplified[title_end:]
    if title_end and (_is_person(rest) or _DOTS.search(rest)):
        return name[title_end:]
    found = _NAMED_LAST.search(simplified)
    return name[found.start(1) :] if found and _is_person(found.group(1)) else name


def _is_person(name: str) -> bool:
    """Say whether a word has the form of a Chinese person's name."""
    return 2 <= len(name) <= 3 and name[0] in words("zh", "surnames") and name not in _NO_PERSONS


def role_key(name: str, lang: str) -> str:
    """Return a role without what counts or points: one official, officials and this official are one source.

    Examples:
        >>> [role_key(name, "zh") for name in ("一位消息人士", "知情人士中有一人", "两名美国官员")]
        ['消息人士', '知情人士', '美国官员']
        >>> [role_key(name, "zh") for name in ("32.6%的民众", "一项稍早的民调", "直播中的一位评论人士")]
        ['民众', '稍早的民调', '直播中的一位评论人士']
        >>> [role_key(name, "en") for name in ("Two other senior officials", "the government", "one")]
        ['senior officials', 'government', 'one']
        >>> role_key("an official who asked not to be named", "en")
        'official'
    """
    if lang == "zh":
        short = _AMONG.sub("", _COUNT_ZH.sub("", name))
        clause = len(short) < _SHORTEST or short[0] in _PREPOSITIONS  # 一个由政府支持的基金
        return name if clause else short.removesuffix("们")
    return _WHO_EN.sub("", _COUNT_EN.sub("", name)) or name


def full_names(names: Sequence[str]) -> dict[str, str]:
    """Return for each name the longest name of the article that it is short for; itself where there is none.

    A short name is the last word of an English name or what follows the last dot of a Chinese one. Where two
    longer names end in it, it stays alone.

    Examples:
        >>> full_names(["John Lee", "Lee", "安东尼·布林肯", "布林肯", "Ann Fox", "Bob Fox", "Fox"])["Fox"]
        'Fox'
        >>> full_names(["The answer Lee", "Lee"])["Lee"]
        'Lee'
        >>> full_names(["安东尼·布林肯", "布林肯"])
        {'安东尼·布林肯': '安东尼·布林肯', '布林肯': '安东尼·布林肯'}
    """
    ends: dict[str, set[str]] = {}
    for name in names:
        parts = name.split() if name.isascii() else _DOTS.split(name)
        if len(parts) > 1 and (not name.isascii() or _is_full(parts)):
            ends.setdefault(parts[-1].lower(), set()).add(name)
    found = {}
    for name in names:
        longer = ends.get(name.lower(), set()) - {name}
        found[name] = longer.pop() if len(longer) == 1 else name
    return found


def _is_full(parts: Sequence[str]) -> bool:
    """Say whether words are a name and no more: Ann van der Lee, not the answer Lee (gave)."""
    named = all(word[:1].isupper() or len(word) <= _PARTICLE for word in parts)
    return named and parts[0][:1].isupper() and parts[0] != "The" and parts[-1][:1].isupper()


def key(name: str) -> str:
    """Return what equal names have in common: not their case, dots, "the ", or a space in coast guard.

    Examples:
        >>> key("The Ardlin Coast Guard") == key("Ardlin Coastguard")
        True
    """
    return _DOTS.sub("·", name).lower().removeprefix("the ").replace("coast guard", "coastguard").strip()


@cache
def _titles() -> frozenset[str]:
    """Return the last words of English titles: minister, spokesman."""
    rows = (row for row in loader.rows("cues") if (row["lang"], row["feature"]) == ("en", "role"))
    roles = [row["cue"].lower().split() for row in rows if row["type"] != "block"]
    last = frozenset(role[-1].strip(".") for role in roles)
    return (last | words("en", "titles")) - words("en", "prepositions")  # no name begins behind Ministry of

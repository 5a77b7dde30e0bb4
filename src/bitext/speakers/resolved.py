"""Sources that stand for one named before → its name: 该公司, the company, the minister, 这位官员."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bitext.speakers.introduced import Introduced, is_office

#: Characters before a mention in which what it stands for has to be named.
_REACH = 1500
#: Before a name, and behind it, its office is looked for in so many characters.
_BEFORE, _BEHIND = 30, 60
_POINTED_ZH = re.compile(
    r"^(?:该|该家|这家|这个|这所|这一|此|上述|本|这位|这名|那位|那名)(?P<head>[一-鿿]{1,6})$"
)
_POINTED_EN = re.compile(r"^(?:the|this|that) (?P<head>[a-z]+(?: [a-z]+)?)$", re.IGNORECASE)
#: Which kinds of concepts a body may be that is pointed to by this word.
_KINDS = {
    "company": ("公司", "企业", "集团", "平台", "company", "firm", "maker", "carmaker", "chipmaker", "giant"),
    "media": ("报", "媒体", "报纸", "电视台", "paper", "newspaper", "network", "broadcaster", "magazine"),
    "party": ("党", "政党", "party"),
    "country": ("国", "country"),
    "organisation": ("组织", "机构", "协会", "智库", "group", "organisation", "organization", "body"),
    "government": ("部", "部门", "机构", "局", "ministry", "department", "agency", "government"),
}
#: Who is called by an office for the first time, and by name in the sentences that follow.
_OFFICE_ZH = re.compile(r"(?:主管|部长|总裁|首席执行官|主席|局长|专员|大臣|司令|行长)$")
_FULL_ZH = re.compile(r"[一-鿿]+[·‧•・][一-鿿·‧•・]+\s*[（(][A-Za-z .-]+[）)]")
_NEAR = 300


class Said(NamedTuple):
    """A source where it is named: its name, its kind, where it stands (-1: nowhere)."""

    name: str
    kind: str
    start: int


class Body(NamedTuple):
    """A concept where it stands in the text."""

    name: str
    kind: str
    start: int


def points(name: str, lang: str, *, first: bool) -> bool:
    """Say whether a source may stand for another one of its article; *first*: it is the first one there."""
    if lang != "zh":
        return _POINTED_EN.match(name) is not None
    return bool(_head(name, lang)) or (first and bool(_OFFICE_ZH.search(name)))


def _head(name: str, lang: str) -> str:
    """Return the word by which a source points to one named before, "" where it does not: company, 市长."""
    match = (_POINTED_ZH if lang == "zh" else _POINTED_EN).match(name)
    if match is not None:
        return match["head"].lower()
    return name if lang == "zh" and is_office(name) else ""


def resolved(
    text: str, lang: str, said: Sequence[Said], bodies: Sequence[Body], introduced: Introduced | None = None
) -> list[str]:
    """Return for each source of an article, in order, the name it stands for, or its own.

    Args:
        text: the article, in simplified characters.
        lang: its language.
        said: its sources.
        bodies: named concepts in it, in order.
        introduced: who else it names.

    Examples:
        >>> text = "Acme Corp closed. The company said it was sorry."
        >>> resolved(text, "en", [Said("The company", "role", 18)], [Body("Acme Corp", "company", 0)])
        ['Acme Corp']
    """
    names = [source.name for source in said]
    for number, source in enumerate(said):
        head = _head(source.name, lang) if source.start >= 0 else ""
        if not head:
            continue
        before = [Said(names[i], one.kind, one.start) for i, one in enumerate(said[:number])]
        found = _body(source, head, before, bodies)
        if introduced is not None:
            found = found or introduced.holder(head, source.start)
        found = found or _holder(text, lang, source, head, before)
        if introduced is not None and not found:
            found = introduced.body(head, source.start)
            if not found and source.name != head:
                found = introduced.person(head, source.start)
        names[number] = found or source.name
    if lang == "zh" and len(said) > 1:
        names[0] = _named_next(text, said[0], said[1]) or names[0]
    return names


def _body(source: Said, head: str, before: Sequence[Said], bodies: Sequence[Body]) -> str:
    """Return the body named last before *source* that *head* may stand for, "" for none."""
    kinds = {kind for kind, heads in _KINDS.items() if head in heads}
    near = [
        (one.start, one.name)
        for one in before
        if one.start >= source.start - _REACH and one.kind != "role" and _ends_in(one.name, head)
    ]
    near += [
        (body.start, body.name)
        for body in bodies
        if source.start - _REACH <= body.start < source.start
        and (body.kind in kinds and (body.kind != "government" or _ends_in(body.name, head)))
    ]
    return max(near, default=(0, ""))[1]


def _ends_in(name: str, head: str) -> bool:
    """Say whether a name holds the word that points to it: 健保署 and 署, Ministry of Trade and ministry."""
    lowered = name.lower()
    if head.isascii():
        return name != lowered and re.search(rf"\b{head}\b", lowered) is not None
    return name.endswith(head) and len(name) > len(head) + 1


def _holder(text: str, lang: str, source: Said, head: str, before: Sequence[Said]) -> str:
    """Return the person named last before *source* whose office *head* is, "" for none."""
    for one in reversed(before):
        if one.kind == "named" and one.start >= source.start - _REACH and _holds(text, lang, one.name, head):
            return one.name
    return ""


def _holds(text: str, lang: str, name: str, head: str) -> bool:
    """Say whether *head* is the title of a person where they are named first: Mayor John Lee, 部长王某."""
    at = text.find(name)
    if at < 0:
        return False
    before = text[max(0, at - _BEFORE) : at].rstrip()
    if lang == "zh":
        return name.startswith(head) or before.endswith(head)
    behind = re.split(r"[.;\n]", text[at + len(name) : at + len(name) + _BEHIND])[0]
    title = re.search(rf"\b{head}$", before.lower()) or re.search(rf"\b{head}\b", name.lower())
    return bool(
        title or (behind.startswith(",") and re.search(rf"^, (?:[\w'’.-]+ ){{0,3}}{head}\b", behind.lower()))
    )


def _named_next(text: str, first: Said, second: Said) -> str:
    """Return who an office stands for that opens a text, if the next source is introduced without one."""
    office = _OFFICE_ZH.search(first.name) and first.start >= 0
    if not office or not _FULL_ZH.match(text, second.start) or not 0 < second.start - first.start < _NEAR:
        return ""
    opens = text[: second.start].rstrip(" \u3000")[-1:] in ("", "\n", "。", "”")
    return second.name if opens else ""

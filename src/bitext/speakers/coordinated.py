"""A phrase that names several sources → each of them: 东京和海牙, the White House and the Pentagon."""

import re
from functools import cache, lru_cache

from bitext.concepts.table import NAMED, ConceptTable
from bitext.lexicons.wordlists import words
from bitext.speakers.actor_kinds import actor_of, title_end, title_ends
from bitext.text.scripts.convert import to_simplified

_JOINS_ZH = re.compile(
    r"、|以及|(?<![共总調调温平])和(?![平解谐睦约])|(?<![参參])[与與](?![会會])|(?<![以涉普埃])及(?![其时])"
)
_JOINS_EN = re.compile(r",\s+and\s+|,\s+|\s+and\s+|\s+&\s+")
_DOTS = re.compile(r"[·‧•・]")
_SURNAMES = words("zh", "surnames")
_BODIES = tuple(sorted(words("zh", "no_persons") | {"府", "方", "院", "省", "署", "厅", "处", "办", "校"}))
#: What names of parts of a country end in.
_PARTS = tuple("市省县州区")
_NAMES = 8192
Part = tuple[int, int]


@lru_cache(maxsize=_NAMES)
def parts(name: str, lang: str) -> tuple[Part, ...]:
    """Return where each source stands in *name*; the whole of it where it names one, or in doubt.

    A name is cut at a joint only if every piece names a person, a body or a role by itself: 司法部和检察院,
    but not 工业和信息化部 (of which 工业, industry, is none).

    Examples:
        >>> [name[a:b] for name in ("东京和海牙", "工业和信息化部") for a, b in parts(name, "zh")]
        ['东京', '海牙', '工业和信息化部']
        >>> parts("Ann Lee and Bob Fox", "en"), parts("Trade and Industry", "en")
        (((0, 7), (12, 19)), ((0, 18),))
    """
    pattern = _JOINS_ZH if lang == "zh" else _JOINS_EN
    cuts = [match.span() for match in pattern.finditer(name)]
    if not cuts:
        return ((0, len(name)),)
    begins, ends = [0, *(stop for _, stop in cuts)], [*(start for start, _ in cuts), len(name)]
    pieces = [
        (a, b) for a, b in zip(begins, ends, strict=True) if not name[a:b].isdigit()
    ]  # Ann Lee, 45, and
    text = to_simplified(name) if lang == "zh" else name
    named = all(_is_source(text[begin:end], lang) for begin, end in pieces)
    return tuple(pieces) if named else ((0, len(name)),)


def is_joined(name: str, lang: str) -> bool:
    """Say whether a name holds a joint, of several sources or within one.

    Examples:
        >>> is_joined("工业和信息化部", "zh"), is_joined("Ann Lee", "en")
        (True, False)
    """
    return (_JOINS_ZH if lang == "zh" else _JOINS_EN).search(name) is not None


def _is_source(piece: str, lang: str) -> bool:
    """Say whether a piece names a source without its neighbours."""
    if _kind(piece, lang) in NAMED or title_ends(piece, lang):
        return True
    if lang == "zh":
        person = 2 <= len(piece) <= 4 and piece[0] in _SURNAMES
        titled = title_end(piece)
        if titled and concept_of(piece[titled:]):
            return True  # 候选人拜登
        return person or bool(_DOTS.search(piece)) or (len(piece) > 2 and piece.endswith(_BODIES))
    said = piece.split()
    return 2 <= len(said) <= 3 and all(
        word[:1].isupper() and word.replace(".", "").isalpha() for word in said
    )


def _kind(piece: str, lang: str) -> str:
    """Return the kind of the concept that a piece is a form of, "" for none."""
    return _forms().get(piece.removeprefix("the ") if lang != "zh" else piece, ("", ""))[1]


def concept_of(piece: str) -> str:
    """Return the id of the body or person whose form a piece is, "" for none."""
    label, kind = _forms().get(to_simplified(piece).removeprefix("the "), ("", ""))
    return label if kind in NAMED else ""


def is_of_part(place: str, body: str) -> bool:
    """Say whether a Chinese body stands behind a town or province, whose own one it is, not the country's.

    Examples:
        >>> is_of_part("福建省", "卫健委"), is_of_part("中国", "卫健委"), is_of_part("台湾", "陆委会")
        (True, False, False)
    """
    simple = to_simplified(place).strip()
    if simple.endswith(_PARTS):
        return True
    label, kind = _forms().get(simple, ("", ""))
    if kind == "city":
        return not actor_of(simple, "zh").kind  # 海牙 stands for its country
    return kind == "region" and label != actor_of(to_simplified(body), "zh").country


@cache
def _forms() -> dict[str, tuple[str, str]]:
    """Return concept and kind of each form that has one sense."""
    table = ConceptTable.default()
    single = (form for form in table.forms if len(form.concepts) == 1)
    return {form.text: (table.labels[form.concepts[0]], table.kinds[form.concepts[0]]) for form in single}

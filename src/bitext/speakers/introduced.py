"""Who an article names with the word for an office or a body, speaking or not: Mayor Ann Lee met farmers."""

import re
from functools import lru_cache

from bitext.attribution.chinese.heads import is_proper
from bitext.attribution.chinese.persons import name_behind, opening_sentence
from bitext.lexicons.wordlists import words
from bitext.speakers.actor_kinds import is_title, last_title
from bitext.tokens.clauses import View

#: Characters before an office in which who holds it is named.
_REACH = 1500
#: Who was, or will be, in an office, or stands in for its holder: 副|市长, former mayor.
_NOT_IT_ZH = frozenset("副前原代候")
_NOT_IT_EN = re.compile(
    r"\b(?:former|ex|late|deputy|vice|assistant|acting|then|elect|under|would-be)[ -]$", re.IGNORECASE
)
#: Offices of one holder, which stand for a person where nothing points: 市长说; but not 议员说.
_OFFICE_ZH = re.compile(r"(?:(?<!家)长|统|理|相|席|使|臣|卿|总裁|司令|书记|发言人|教授)$")
#: Whom "this …" points to stands near, in so many characters, and is called by such a word.
_NEAR = 250
_OFFICE_OR_POST = re.compile(r"(?:长|统|理|相|席|使|臣|卿|裁|司令|书记|人|教授|员|官|家|师|者|领袖|顾问)$")
_NAME_EN = r"[A-Z][\w’'-]+(?: [A-Z]\.)?(?: [A-Z][\w’'-]*[\w-]){1,2}"
_NO_NAMES = words("en", "no_persons") | words("en", "times")
#: What the names of companies end in, without saying company: Orland Steel.
_COMPANY_EN = re.compile(
    r"\b(?:[A-Z][\w&’'-]+ ){1,3}(?:"
    + "|".join(word.capitalize() for word in sorted(words("en", "company_ends")))
    + r")\b(?! [A-Z])"
)
_COMPANIES_EN = frozenset(("company", "firm", "maker", "giant"))
_BODY_ZH = "(?:^|(?<=[，。；：！？、“”\\s]))[一-鿿A-Za-z]{2,12}?"


def is_office(name: str) -> bool:
    """Say whether a Chinese source is the bare word for an office that one person holds."""
    return bool(_OFFICE_ZH.search(name)) and is_title(name)


class Introduced:
    """The persons and bodies that one article names with the word that points back to them later."""

    def __init__(self, view: View, row: int) -> None:
        self._view, self._row = view, row
        self._chinese = view.lang[row] == "zh"
        self._text = view.simplified[row] if self._chinese else view.texts[row]

    def holder(self, head: str, place: int) -> str:
        """Return the person named last before offset *place* with the office *head*, "" for none."""
        low = max(0, place - _REACH)
        if not last_title(head, "zh" if self._chinese else "en"):
            return ""
        return self._behind(head, low, place) if self._chinese else _holder_en(head, self._text[low:place])

    def person(self, head: str, place: int) -> str:
        """Return who opens a sentence shortly before offset *place*, whom 这位 with *head* points to."""
        if not self._chinese or not _OFFICE_OR_POST.search(head):
            return ""
        span = opening_sentence(self._view, self._row, max(0, place - _NEAR), place)
        if span is None or _counted(head).search(self._text, span[1], place):
            return ""  # 布雷顿见到一名官员。这名官员说
        return self._view.text(self._row, *span)

    def body(self, head: str, place: int) -> str:
        """Return the body whose name ends in *head*, or that of a company, named last before *place*."""
        low = max(0, place - _REACH)
        if not self._chinese:
            found = _COMPANY_EN.findall(self._text[low:place]) if head in _COMPANIES_EN else []
            return str(found[-1]).removeprefix("The ") if found else ""
        if len(head) < 2 or (is_title(head) and _OFFICE_ZH.search(head)):
            return ""
        names = [match.span() for match in _body_zh(head).finditer(self._text, low, place)]
        return next((self._text[a:b] for a, b in reversed(names) if self._is_proper(a)), "")

    def _is_proper(self, start: int) -> bool:
        """Say whether the word that begins a body's name is no common one: 奥兰|钢铁公司, not 国内|公司."""
        place = self._view.place_at(self._row, start)
        word = self._view.word(place) if place < len(self._view.tokens) else ""
        return is_proper(word)

    def _behind(self, head: str, low: int, place: int) -> str:
        at = self._text.rfind(head, low, place)
        while at >= 0:
            span = name_behind(self._view, self._row, at + len(head))
            if span is not None and span[1] <= place and self._text[at - 1 : at] not in _NOT_IT_ZH:
                other = _counted(head).search(self._text, span[1], place)
                return "" if other else self._view.text(self._row, *span)
            at = self._text.rfind(head, low, at)
        return ""


def _holder_en(head: str, before: str) -> str:
    """Return who is named last with an office in English: Mayor Ann Lee; Ann Lee, the mayor."""
    found = ""
    for match in _office_en(head).finditer(before):
        name = match["behind"] or match["ahead"]
        if _NO_NAMES.isdisjoint(name.lower().split()) and not _NOT_IT_EN.search(before[: match.start()]):
            other = re.search(rf"\b(?:an?|another) (?:\w+ )?{head}\b", before[match.end() :])
            found = "" if other else name
    return found


@lru_cache(maxsize=1000)
def _office_en(head: str) -> re.Pattern[str]:
    word = rf"(?i:{re.escape(head)})"
    adjective = r"(?!(?:of|at|for|from|to|who|whose|with|and|former|ex|deputy|vice|late)\b)[\w’'.-]+ "
    return re.compile(
        rf"\b{word},? (?P<behind>{_NAME_EN})|(?P<ahead>{_NAME_EN}), (?:{adjective}){{0,3}}{word}\b(?![’'])"
    )


@lru_cache(maxsize=1000)
def _body_zh(head: str) -> re.Pattern[str]:
    return re.compile(_BODY_ZH + re.escape(head))


@lru_cache(maxsize=1000)
def _counted(head: str) -> re.Pattern[str]:
    """Return what introduces somebody else of an office: 一名官员."""
    return re.compile(rf"[一另某][名位个][一-鿿]{{0,6}}?{re.escape(head)}")

"""Exports of Factiva as text: articles that close with "Document XXXX000020240513…"."""

import re
from collections.abc import Iterator

from bitext.reading.formats.items import Item, closed, date_of, is_date, paragraphs

_END = re.compile(
    r"^[ \t]*(?:AN[ \t]+)?(?:Document|文件|文章)[ \t]+(?P<id>[A-Za-z]{2,12}\w{6,40})[ \t]*$", re.MULTILINE
)
_CODE = re.compile(
    r"""
    ^(?P<code>HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY                 # 1 of the head
       |LP|TD                                                     # 2 of the body: lead, rest
       |CT|RF|CO|IN|NS|RE|IPD|IPC|PUB|AN)\b[ \t]*(?P<rest>.*)$    # 3 of the foot
    """,
    re.VERBOSE,
)
_WORDS = re.compile(r"^\s*[\d,]+\s*(?:words|字|個字|个字)\s*$")
_TIME = re.compile(r"\d{1,2}:\d\d\b")
_LANGUAGE = re.compile(r"^\s*(?:English|Chinese.*|中文.*|英文)\s*$")
_COPYRIGHT = re.compile(r"^\s*(?:\(c\)|©|Copyright|版权|版權)", re.IGNORECASE)


def is_export(text: str) -> bool:
    """Say whether a text is an export of Factiva: it counts words, and ends articles with their number."""
    named = "Document " in text or "文件 " in text or "文章 " in text
    return (
        named
        and bool(_END.search(text))
        and any(_WORDS.match(line) or _CODE.match(line) for line in text[:20_000].split("\n"))
    )


def read(text: str) -> Iterator[Item]:
    """Yield the articles of an export, with their number at Factiva as column `document`."""
    yield from closed(text, _END, _article)


def _article(part: str) -> Item:
    lines = part.strip("\n").split("\n")
    return _coded(lines) if sum(bool(_CODE.match(line)) for line in lines) > 3 else _plain(lines)


def _coded(lines: list[str]) -> Item:
    fields: dict[str, list[str]] = {}
    held: list[str] = []
    for line in lines:
        if code := _CODE.match(line):
            held = fields.setdefault(code["code"], [])
            held.append(code["rest"])
        else:
            held.append(line)
    said = {name: " ".join(" ".join(text).split()) for name, text in fields.items()}
    given = {"title": said.get("HD", ""), "author": _names(said.get("BY", "")), "outlet": said.get("SN", "")}
    date = (
        f"{date_of(said.get('PD', ''))} {said['ET']}"
        if _TIME.match(said.get("ET", ""))
        else said.get("PD", "")
    )
    given |= {"date": date_of(date), "section": said.get("SE", "")}
    body = paragraphs([*fields.get("LP", []), "", *fields.get("TD", [])])
    return Item(body, {name: text for name, text in given.items() if text})


def _plain(lines: list[str]) -> Item:
    """Title, byline, words, date, time, outlet, code, page, language, copyright; then the body."""
    words = next((place for place, line in enumerate(lines) if _WORDS.match(line)), 0)
    above = [line.strip() for line in lines[:words] if line.strip()]
    byline = above.pop() if len(above) > 1 and re.match(r"(?:By|BY)\s|記者|记者|撰文", above[-1]) else ""
    if len(above) > 1 and not byline and len(above[-1]) < 30 and not re.search(r"[.。!?！？]$", above[-1]):
        byline = above.pop()
    given = {"title": " ".join(above), "author": _names(byline)}
    body = words + 1
    filled = [place for place in range(words + 1, len(lines)) if lines[place].strip()]
    for place in filled[:11]:
        text = lines[place].strip()
        if not given.get("date") and is_date(text):
            given["date"] = date_of(text)
        elif _TIME.match(text) and given.get("date") and not given.get("outlet"):
            given["date"] += f" {text}"
        elif given.get("date") and not given.get("outlet") and text:
            given["outlet"] = text
        if _COPYRIGHT.match(text) or (_LANGUAGE.match(text) and body == words + 1):
            body = place + 1
    return Item(paragraphs(lines[body:]), {name: text for name, text in given.items() if text})


def _names(text: str) -> str:
    return re.sub(r"^(?:By|BY|記者|记者)[\s:：]*", "", text).strip()

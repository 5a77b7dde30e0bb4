"""A page → the element that holds its prose, by where the sentences stand, whatever elements are called."""

import re
from dataclasses import dataclass

from bitext.reading.formats.html.elements import BLOCK, VOID
from bitext.reading.formats.html.markup import TAGS

#: A run of text that holds a sentence: so long, with a mark inside or at its end.
_SHORTEST = 20
_MARKS = re.compile(r"[,，。、；;！!？?：:.]")
#: Of the page's prose, the smallest element that holds so much is where to begin.
_HALF = 0.5
#: How elements are called that hold an article and nothing else. One is taken where it holds such a share of
#: the prose of the element that density alone would take.
_CALLED = re.compile(
    r"""
    \bitemprop\s*=\s*["']?articleBody                                                # 1 schema.org
  | \b(?:class|id)\s*=\s*["']?(?:[^"'>]*[\s_-])?(?:
      (?:entry|post|article|story|news|blog|single|page)[-_]*(?:content|body|text|copy)   # 2 entry-content
    | (?:content|body|text)[-_]+(?:article|post|entry|story)                              # 3 content-article
    )(?=["'\s>]|[-_]+(?:wrap\w*|inner|main|area|text|content|body)\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENOUGH = 0.5
#: Of several the smallest that holds nearly all that any of them does.
_NEARLY = 0.9
#: The element around it is taken instead where it adds so much prose, and little else.
_MORE, _DENSE = 0.05, 0.6


@dataclass(slots=True)
class Node:
    """An element: its content's place, its characters, those that are prose; is it called an article's?"""

    tag: str
    start: int
    parent: int
    end: int = 0
    size: int = 0
    prose: int = 0
    called: bool = False


def nodes(raw: str, start: int = 0) -> list[Node]:
    """Return the block elements of a page, the page itself first; a parent stands before its children."""
    found = [Node("", start, -1, len(raw))]
    stack = [0]
    links = linked = size = 0
    run = 0  # characters of the paragraph so far
    marks = False
    position = start

    def close_run() -> None:
        nonlocal run, marks, linked
        node = found[stack[-1]]
        node.size += run
        if run >= _SHORTEST and marks and linked < run / 2:
            node.prose += run - linked
        run, marks, linked = 0, False, 0

    for token in TAGS.finditer(raw, start):
        if token.start() > position:
            text = raw[position : token.start()]
            size = len(text) - text.count(" ") - text.count("\n") - text.count("\t")
            if size:
                run += size
                linked += size if links else 0
                marks = marks or bool(_MARKS.search(text))
        position = token.end()
        if token.lastgroup != "attrs":
            continue
        tag, closing = token["tag"].lower(), bool(token["close"])
        if tag == "a":
            links = 0 if closing else 1
        if tag not in BLOCK or tag in VOID:
            continue
        close_run()
        if not closing:
            if tag != "p":
                found.append(Node(tag, token.end(), stack[-1], called=bool(_CALLED.search(token["attrs"]))))
                stack.append(len(found) - 1)
        elif tag != "p":
            for depth in range(len(stack) - 1, 0, -1):
                if found[stack[depth]].tag == tag:
                    for index in stack[depth:]:
                        found[index].end = token.start()
                    del stack[depth:]
                    break
    close_run()
    for index in stack:
        found[index].end = found[index].end or len(raw)
    for node in reversed(found[1:]):
        found[node.parent].size += node.size
        found[node.parent].prose += node.prose
    return found


def home(raw: str, start: int = 0) -> tuple[int, int]:
    """Return from where to where the element goes that holds the article.

    Examples:
        >>> page = "<ul><li><a>News, sport, more</a></ul><div><p>The plant opened, officials said.</div>"
        >>> page[slice(*home(page))]
        '<p>The plant opened, officials said.'
    """
    found = nodes(raw, start)
    if not found[0].prose:
        return start, len(raw)
    chosen = found[0]
    for node in found:
        if node.prose >= _HALF * found[0].prose and node.end - node.start <= chosen.end - chosen.start:
            chosen = node
    while chosen.parent >= 0:
        around = found[chosen.parent]
        more, size = around.prose - chosen.prose, around.size - chosen.size
        if (
            around.tag in ("html", "")
            or (more < _MORE * chosen.prose and more)
            or (more and more < _DENSE * size)
        ):
            break
        if not more:
            if size > 0:
                break
            chosen = around
            continue
        chosen = around
    return _called(found, chosen)


def _called(found: list[Node], chosen: Node) -> tuple[int, int]:
    """Return where the element goes that is called an article's and holds it, or else *chosen*.

    Of tags <article> only one that is alone says so: teasers of others are written in it, too.
    """
    articles = [node for node in found if node.tag == "article"]
    called = [node for node in found if node.called] + (articles if len(articles) == 1 else [])
    some = [node for node in called if node.prose >= _ENOUGH * chosen.prose]
    most = max((node.prose for node in some), default=0)
    whole = [node for node in some if node.prose >= _NEARLY * most]
    home = min(whole, key=lambda node: node.end - node.start, default=chosen)
    return home.start, home.end

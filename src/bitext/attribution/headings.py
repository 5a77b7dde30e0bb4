"""Lines that say whose words follow → those words: Johnson: no deal is near; the full text of X's speech."""

import re
from collections.abc import Sequence

from bitext.attribution.lines import labelled
from bitext.attribution.sentence import Event
from bitext.lexicons.wordlists import words
from bitext.text.scripts.convert import to_simplified
from bitext.tokens.clauses import View

#: A line, its label and what stands behind the colon.
_HEADED = re.compile(
    r"""^ [ \t\u3000]* (?: EXCLUSIVE \W{1,4} )?
    (?P<label> [^\W\d_] [^\n：:，,。；;“”"「」？?!]{0,40} )  # 1. the label
    [：:] [ \t\u3000]* (?! // )                        # 2. the colon, of no address
    (?P<said> [^\n]{4,300} ) $                         # 3. what is said
    """,
    re.MULTILINE | re.VERBOSE,
)

#: A line that says that a whole text follows, which is printed without quotation marks.
_PRINTED = re.compile(
    r"""^ (?= [^\n]{4,120} $ ) [^\n]*?
    (?: (?: 全文 | 实录 | 實錄 ) (?:如下)? [：:。）)]?            # 1. X的讲话全文
      | (?: [讲講]话 | 講話 | [致]辞 | 致辭 | 演讲 | 演講 | 声明 | 聲明 ) 如下 [：:]  # 2. X的声明如下：
      | \b full \s (?:text|transcript) \s of \b [^\n]* :       # 3. full text of X's speech:
    ) [ \t\u3000]* $
    """,
    re.MULTILINE | re.VERBOSE | re.IGNORECASE,
)
#: One of these stands in every such line; it is looked for first, which is quick.
_WHOLE = re.compile(r"全文|实录|實錄|如下|f(?i:ull)\s|F(?i:ull)\s")
_NAME = re.compile(
    r"[A-Z][\w.-]+(?: (?:[A-Z]['’])?[A-Z][\w.-]+){1,3}|[\u4e00-\u9fff]{1,6}(?:[·‧•・][\u4e00-\u9fff]{1,8})+"
)
_SURNAMES = words("zh", "surnames")
#: A Chinese name that opens such a line, behind its title or not: 市长|王芳|在会上的讲话全文.
_OPENING_NAME = re.compile(
    r"""\s* ([\u4e00-\u9fff]{2,16}?)                                # 1. the title and the name
    (?= [在的于就] | 致[辞辭] | [讲講][话話] | 演[讲講] | [发發]表 | [声聲]明 )  # 2. the speech follows
    """,
    re.VERBOSE,
)
#: What titles end in; a surname that begins too many other words to be one elsewhere.
_TITLE_ENDS = tuple("长席员理统相官人卿臣使任授记")
_RARE_SURNAMES = frozenset("安")
#: A text that is printed has at least so many characters.
_SHORTEST_TEXT = 200


def printed(view: View, events: Sequence[Event]) -> list[Event]:
    """Return an event for each text that is printed whole behind a line that names whose it is.

    王芳的讲话全文：, The full text of Ann Lee's speech: — whose it is tells a source of the article that
    the line names, or else a full name in it. It ends with the article.
    """
    lines = [
        (row, match)
        for row, text in enumerate(view.texts)
        if _WHOLE.search(text)
        for match in _PRINTED.finditer(text)
    ]
    found = []
    for row, match in lines:
        text, (low, high) = view.texts[row], match.span()
        said_by = {view.text(row, *event.source) for event in events if event.row == row and event.source}
        names = said_by | {
            name[-size:] for name in said_by for size in (2, 3) if name[-size : -size + 1] in _SURNAMES
        }
        places = [(line, line + len(name)) for name in names if (line := text.find(name, low, high)) >= 0]
        places += [name.span() for name in _NAME.finditer(text, low, high)]
        opening = _OPENING_NAME.match(text, low, high)
        if opening and (size := _name_size(to_simplified(opening[1]))):
            places.append((opening.end(1) - size, opening.end(1)))
        begin = high + len(text[high:]) - len(text[high:].lstrip())
        if not places or len(text) - begin < _SHORTEST_TEXT:
            continue
        place = view.place_at(row, begin)
        source = min(places, key=lambda span: (span[0], -span[1]))
        found.append(
            Event(row, place, place, "quote", source, ((begin, len(text.rstrip())),), "printed text")
        )
    return found


def _name_size(opening: str) -> int:
    """Return how many characters at the end of *opening* name a person, behind a title; 0 for none."""
    for size in (3, 2):
        title, name = opening[:-size], opening[-size:]
        surname = name[0] in _SURNAMES or name[0] in _RARE_SURNAMES
        if len(name) == size and surname and (not title or title.endswith(_TITLE_ENDS)):
            return size
    return 0


def headed(view: View, events: Sequence[Event]) -> list[Event]:
    """Return an event for each line that opens with a name to which its article attributes words elsewhere.

    So "Blinken: talks go on" is Blinken's where the article reports what he said, and "Sudan: what next" is
    nobody's.
    """
    lines = [(row, match) for row, text in enumerate(view.texts) for match in labelled(_HEADED, text)]
    if not lines:
        return []
    named: dict[int, set[str]] = {row: set() for row, _ in lines}
    taken = set()
    for event in events:
        if event.source and event.row in named:
            taken.add((event.row, event.source[0]))
            named[event.row].add(view.text(event.row, *event.source).lower())
    found = []
    for row, match in lines:
        label, span = match["label"].strip().lower(), match.span("label")
        if (row, span[0]) in taken or not _is_named(label, named[row]):
            continue
        place = view.place_at(row, match.start("said"))
        if place < len(view.tokens):
            found.append(Event(row, place, place, "quote", span, (match.span("said"),), "heading"))
    return found


def _is_named(label: str, names: set[str]) -> bool:
    """Say whether a label is one of the *names* of an article, or begins or ends one."""
    if label.isascii():
        last = label.split()[-1]
        return len(last) > 2 and any(last == name.split()[-1] for name in names if name)
    return len(label) > 1 and any(
        name.endswith(label) or label.endswith(name) for name in names if len(name) > 1
    )

"""Blocks → paragraphs of the body, pieces removed (each with its reason), and metadata lifted on the way."""

import re
from dataclasses import dataclass, field

from bitext.reading.cleaning import dates, people
from bitext.reading.cleaning.credits import is_house
from bitext.reading.cleaning.dates import Moment
from bitext.reading.cleaning.rules import Candidates, Hit, candidates, uncued
from bitext.reading.documents import Paragraph, Removed
from bitext.reading.formats.html.locate import locate
from bitext.reading.formats.html.markup import Block
from bitext.reading.formats.html.spacing import tidy

_SENTENCE_END = re.compile(r"[.。!！?？…][”’」』\")）]*$")
#: What BBC says before a caption.
_LABEL = re.compile(r"^(?:图像加注文字|圖像加註文字|Image caption)\s*[,，:：]?\s*")
#: A paragraph this long is prose, whatever stands around it.
_PROSE = 40
_LONGEST_LINK = 80
#: What a page calls such a line, a line of credits says more of itself.
_MAY_BE_CREDITS = ("", "stamp", "byline", "tail")
#: Of a list of links, so much at least stands inside links; of a link that is a paragraph, as good as all.
_LINKS, _ALL = 0.8, 0.97
#: 档案｜李文亮: a label, a bar, and a link.
_SECTION, _HALF_LINK = re.compile(r"[^。！？!?，,|｜]{1,12}\s*[|｜]\s*[^。！？!?，,|｜\d]{1,12}"), 0.5

#: What stands over the comments of readers, and over a part of an article where whole sentences follow.
_OF_ITS_OWN = frozenset(("评论", "評論"))


@dataclass(slots=True)
class Cleaned:
    """What cleaning found.

    Attributes:
        paragraphs: the body.
        removed: what is not the body.
        fields: title, outlet, author, editor, caption, url: the first that a rule lifted.
        captions: captions, in order.
        moments: dates lifted by rules, in order.
        stamps: dates in time elements, in order.
        roc: day in the ROC calendar at the end of the story, "" where there is none.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    captions: list[str] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    stamps: list[Moment] = field(default_factory=list)
    roc: str = ""


def clean(raw: str, blocks: list[Block], title: str) -> Cleaned:
    """Tell the body from everything else in *blocks*."""
    job = _Job(raw, _squeeze(title))
    first = job.title[:1]
    common = uncued()
    usual = False
    kept = job.done.paragraphs
    texts = [block.text for block in blocks]
    for block, rules, after in zip(blocks, candidates(texts), [*texts, ""][1:], strict=True):
        text = block.text
        # Nearly all blocks are prose after prose, and no rule has anything to say of them.
        if (
            usual
            and rules is common
            and not block.role
            and block.linked <= _HALF_LINK
            and text[0] != first
            and not common.whole(text)
        ):
            kept.append(block)
        else:
            job.take(block, rules, after)
            usual = job.prose and not job.rest and not job.listing
    return job.done


def _squeeze(text: str) -> str:
    return "".join(text.split())


class _Job:
    def __init__(self, raw: str, title: str) -> None:
        self.raw, self.title = raw, title
        self.done = Cleaned()
        self.prose = False  # a paragraph of the body has been seen
        self.rest = ""  # why everything from here on goes
        self.listing = ""  # why headlines go, below the heading of a list of links

    def take(self, block: Block, rules: Candidates, after: str) -> None:
        kind = self._kind(block, rules)
        if kind:
            self._remove(kind, block)
            return
        hit = next((hit for hit in rules.wholes(block.text) if self._fits(hit, block.text)), None)
        if hit and not (block.text in _OF_ITS_OWN and len(after) >= _PROSE and _SENTENCE_END.search(after)):
            if hit.rule.where == "rest" and self.prose:
                self.rest = hit.rule.kind
            elif hit.rule.where == "list" and not block.tag:
                self.listing = hit.rule.kind  # plain text; in a page the links themselves tell
            self._lift(hit)
            self._remove(hit.rule.kind, block)
            return
        self._keep(block, rules)

    def _kind(self, block: Block, rules: Candidates) -> str:
        """Return why a block is not prose, as far as its place in the page tells; "" where it may be."""
        text, role = block.text, block.role
        if self.rest:
            return self.rest
        if self.listing:
            if len(text) < _PROSE and not _SENTENCE_END.search(text) and not rules.whole(text):
                return self.listing
            self.listing = ""
        if role in _MAY_BE_CREDITS and rules.labelled and rules.whole(text):
            return ""
        if not role and self.title[:1] == text[:1] and _squeeze(text) == self.title:
            return "title"
        if role in ("stamp", "byline") or (not self.prose and self._opens_with_date(text)):
            return self._stamp(text)
        if role == "caption" and (caption := _LABEL.sub("", text)):
            self.done.captions.append(caption)
        if role == "tail" and rules.whole(text):
            return ""
        if role:
            return role
        if block.linked > _HALF_LINK and _SECTION.fullmatch(text):
            return "navigation"
        if block.linked > _LINKS:
            if text.count("|") + text.count("｜") > 1:
                return "navigation"
            alone = self.prose and block.linked > _ALL and not _SENTENCE_END.search(text)
            if len(text) < _LONGEST_LINK and (block.tag == "li" or alone):
                return "related"
        return ""

    def _opens_with_date(self, text: str) -> bool:
        """Above the story: a line that is a date and nothing else, or a name and a date with the time."""
        if len(text) > 2 * _PROSE or _SENTENCE_END.search(text) or text[-1] in ",，、":
            return False
        if dates.whole(text) is not None:
            return True
        found = dates.find(text)
        return found is not None and found.timed and len(text) - (found.end - found.start) < _PROSE

    def _stamp(self, text: str) -> str:
        """A time element, or the line of author and time that stands first."""
        moment = dates.whole(text) or (dates.find(text) if len(text) < 2 * _PROSE else None)
        if moment:
            self.done.stamps.append(moment)
            rest = text[: moment.start] + " " + text[moment.end :] if moment.end else ""
            name = people.byline(rest.strip(" ,，|｜·-–—"))
            if (
                name
                and len(name) < _PROSE
                and not re.search(r"[:：【】\d]|更新|发布|發布|来源|Updated|Posted", rest)
            ):
                self.done.fields.setdefault("outlet" if is_house(name) else "author", name)
            return "stamp"
        if re.fullmatch(r"(?:最近更新\s*[:：]\s*)?\d+\s*\S{1,3}前|.*\bago", text):
            return "stamp"
        if not self.prose and len(text) < 2 * _PROSE and not _SENTENCE_END.search(text):
            self.done.fields.setdefault("author", people.byline(text))
            return "byline"
        return ""

    def _fits(self, hit: Hit, text: str) -> bool:
        """A rule that lifts a date fits only where that is one; what opens a story, only before the story.

        In the middle of an English article "Source: …" or "HOUSTON — …" can be a sentence.
        """
        opens = "place" in hit.fields or (hit.rule.kind == "header" and text.isascii())
        if opens and self.prose:
            return False
        return "date" not in hit.fields or dates.find(hit.fields["date"]) is not None

    def _lift(self, hit: Hit) -> None:
        for name, value in hit.fields.items():
            if name == "date":
                moment = dates.find(value)
                if moment:
                    self.done.moments.append(moment)
            elif name == "roc":
                self.done.roc = self.done.roc or value
            elif name == "caption":
                self.done.captions.append(value)
            elif name in ("author", "editor"):
                self.done.fields.setdefault(name, people.authors(value))
            elif name == "outlet" and (self.prose or hit.rule.kind in ("byline", "dateline")):
                self.done.fields.setdefault("byline", value)  # who wrote it, not who published it
            elif name != "place":
                self.done.fields.setdefault(name, value)

    def _remove(self, kind: str, block: Block) -> None:
        self.done.removed.append(Removed(kind, block.start, block.end, block.text))

    def _keep(self, block: Block, rules: Candidates) -> None:
        text = block.text
        cuts: list[tuple[int, int]] = []
        for hit in rules.parts(text) if rules.starts or rules.ends or rules.insides or rules.filed else ():
            if not self._fits(hit, text):
                continue
            self._lift(hit)
            cuts.append((hit.start, hit.end))
            start, end = locate(self.raw, block.start, block.end, text, hit.start, hit.end)
            self.done.removed.append(Removed(hit.rule.kind, start, end, text[hit.start : hit.end].strip()))
        if cuts:
            text = tidy(_without(text, cuts))
            rest = candidates([text])[0].whole(text) if text else None
            if rest and self._fits(rest, text):  # 翻译：X点击查看本文英文版。 is two credits in one line
                self._lift(rest)
                self._remove(rest.rule.kind, Block(text, block.start, block.end))
                text = ""
            if not text:
                return
        self.prose = self.prose or len(text) >= _PROSE
        self.done.paragraphs.append(Paragraph(text, block.start, block.end) if cuts else block)


def _without(text: str, cuts: list[tuple[int, int]]) -> str:
    kept, position = [], 0
    for start, end in sorted(cuts):
        if start >= position:
            kept.append(text[position:start])
            position = end
    kept.append(text[position:])
    return "".join(kept)

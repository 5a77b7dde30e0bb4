"""What goes into the parser and what comes out: plain data that a process pool can carry."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bitext.reading.cleaning.clocks import Dated
from bitext.reading.problems import Fault

#: Metadata that a document, a table or the caller can give.
FIELDS = ("title", "outlet", "date", "author", "editor", "caption", "url")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the caller says of the input.

    Attributes:
        columns: field -> column of tables.
        encoding: encoding of all files; None to tell it from each.
        outlet: the outlet of all, or `FOLDER` or `FILE`; "" to find it.
        day_first: the order of dates in tables; None to tell it from each column.
        flat: no file lies below a folder that was given: then these folders themselves are outlets.
    """

    columns: Mapping[str, str | None] = field(default_factory=dict)
    encoding: str | None = None
    outlet: str = ""
    day_first: bool | None = None
    flat: bool = False


#: Values of `outlet` that name a place: the folder, or the file, is called like the outlet.
FOLDER, FILE = "folder", "file"


@dataclass(slots=True)
class Document:
    """One raw document.

    Attributes:
        article: identifier.
        file: file that it stands in.
        raw: its text, decoded.
        name: name of its file, which may hold a date; "" for rows of a table.
        given: metadata known from outside, from the caller or the columns of a table; they win.
        damaged: number of U+FFFD that decoding found.
        row: it is a row of a table: its first line is no title.
        feed: the date in `given` is that of a feed.
        more: further columns of the table, by name.
        otherwise: its outlet, if nothing else says one.
        format: what its file is, where that was told before parsing.
        within: the archive that its file lies in, such as "ZIP archive".
        encoding: of its file; "" where the format says it.
        table: file and place of the table that it is a row of.
        faults: what is known to be wrong with it.
    """

    article: str
    file: str
    raw: str
    name: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    damaged: int = 0
    row: bool = False
    feed: bool = False
    more: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""
    format: str = ""
    within: str = ""
    encoding: str = ""
    table: str = ""
    faults: tuple[Fault, ...] = ()


@dataclass(slots=True)
class Options:
    """Settings of a run that change how a document is parsed.

    Attributes:
        hosts: outlets and zones of hosts, from the outlets.tsv files of the folders that are read.
        lang: language of all articles, or "" to tell it from each text.
        html: "own" or "trafilatura".
        lines: furniture lines known beforehand, per outlet (see `recurring`).
    """

    hosts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    lang: str = ""
    html: str = "own"


@dataclass(slots=True)
class Removed:
    """A piece of the document that is not the article: why it went, where it stood, its text."""

    kind: str
    start: int
    end: int
    text: str


@dataclass(slots=True)
class Paragraph:
    """A paragraph of the body and where it stands in the document."""

    text: str
    start: int
    end: int


@dataclass(slots=True)
class Record:
    """A parsed document: one row of the corpus to be, its body still in paragraphs."""

    article: str
    file: str
    title: str = ""
    title_start: int = -1  # where it stands in the document; -1: nowhere, as that of a table
    outlet: str = ""
    author: str = ""
    editor: str = ""
    caption: str = ""
    url: str = ""
    named_by: str = ""  # what says the outlet: given, host, said, byline, file, folder, domain
    format: str = ""
    encoding: str = ""
    table: str = ""
    dated: Dated = field(default_factory=Dated)
    more: Mapping[str, str] = field(default_factory=dict)
    paragraphs: list[Paragraph] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    problems: list[Fault] = field(default_factory=list)

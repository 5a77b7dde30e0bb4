"""RTF, Word (.docx) and OpenDocument texts (.odt) → their text, a paragraph per line."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from bitext.reading import budget
from bitext.reading.formats.items import needed
from bitext.reading.problems import RecordError

RTF = b"{\\rtf"
#: What the member "mimetype" of an OpenDocument text says.
ODT = b"application/vnd.oasis.opendocument.text"
_ODT_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def rtf(data: bytes) -> str:
    """Return the text of an RTF document.

    Raises:
        RecordError: it is broken.
    """
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        raise needed("striprtf", "reading RTF") from None
    try:
        text = rtf_to_text(data.decode("latin-1"), encoding="cp1252", errors="replace")  # type: ignore[no-untyped-call]
    except Exception as error:
        raise RecordError(f"broken RTF document: {error}") from None
    return str(text)


def docx(data: bytes) -> str:
    """Return the text of a Word document, tables row by row.

    Raises:
        RecordError: it is broken, or larger after unpacking than a record may be.
    """
    try:
        import docx as library
    except ImportError:
        raise needed("python-docx", "reading Word documents") from None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check_size(archive, "word/document.xml")
    try:
        document = library.Document(io.BytesIO(data))
        lines = []
        for block in document.iter_inner_content():
            if hasattr(block, "rows"):
                lines += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
            else:
                lines.append(block.text)
    except Exception as error:
        raise RecordError(f"broken Word document: {error}") from None
    return "\n".join(lines)


def odt(data: bytes) -> str:
    """Return the text of an OpenDocument text: its headings and paragraphs, also those in lists and tables.

    Raises:
        RecordError: it is broken, or larger after unpacking than a record may be.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check_size(archive, "content.xml")
        try:
            content = archive.read("content.xml")
        except Exception as error:  # a broken package has many faces
            raise RecordError(f"broken OpenDocument text: {error}") from None
    if b"<!ENTITY" in content:
        raise RecordError("broken OpenDocument text: it declares entities of its own")
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise RecordError(f"broken OpenDocument text: {error}") from None
    lines = (_ODT_TEXT + "h", _ODT_TEXT + "p")
    return "\n".join("".join(_spoken(element)) for element in root.iter() if element.tag in lines)


def _spoken(element: ElementTree.Element) -> Iterator[str]:
    """Yield the text of a paragraph; blanks, tabs and line breaks are elements, notes stand elsewhere."""
    if element.tag.removeprefix(_ODT_TEXT) in ("s", "tab", "line-break"):
        yield " "
    yield element.text or ""
    for child in element:
        if child.tag not in (_ODT_TEXT + "note", _ODT_TEXT + "p"):
            yield from _spoken(child)
        yield child.tail or ""


def _check_size(archive: zipfile.ZipFile, member: str) -> None:
    """Raise RecordError if a member of a package is larger after unpacking than a record may be."""
    size = archive.getinfo(member).file_size
    if size > 4 * budget.LARGEST:
        raise budget.too_large(size, 4 * budget.LARGEST)

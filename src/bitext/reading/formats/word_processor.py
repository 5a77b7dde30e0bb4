"""RTF and Word documents (.docx) → their text, a paragraph per line."""

import io
import zipfile

from bitext.reading import budget
from bitext.reading.formats.items import needed
from bitext.reading.problems import RecordError

RTF = b"{\\rtf"


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
        size = archive.getinfo("word/document.xml").file_size
        if size > 4 * budget.LARGEST:
            raise budget.too_large(size, 4 * budget.LARGEST)
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

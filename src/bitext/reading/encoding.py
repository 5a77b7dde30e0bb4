"""Bytes → text: which encoding a document is in."""

import codecs
import re
from dataclasses import dataclass
from typing import IO

from bitext.errors import CorpusError

_BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
#: Files that people put beside their articles, and what to do with them.
_PICTURE = "a picture: recognise its text first"
_MAGIC = [
    (b"%PDF-", "a PDF file: turn it into text first, with pdftotext for instance"),
    (b"PK\x03\x04", "a ZIP archive or an Office document: give its name the usual ending"),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
]
#: A document cut off in the middle may end in half a character.
_CUT = 3
_SAMPLE = 200_000
#: Text with fewer zero bytes than this share was hurt; with more it is binary, or UTF-16.
_FEW_ZEROS = 0.001

#: The commonest characters of written Chinese in both scripts: few wrong decodings hit them.
#: Punctuation helps in short texts.
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "這個們來為國說時會對於著過發後裡種經麼學現當沒動還進樣開從實與關機電報導訊業長問題黨軍華臺灣"
    "日月新美民政府公司市场際总全市場總。，、；：？！“”「」《》（）"
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "cp936": "gb18030",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
}
#: Of a Chinese text, so many of the characters that are not ASCII are among the commonest; chance hits fewer.
_CHINESE = 0.1


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded document.

    Attributes:
        text: its text, without byte order mark, with ``\\n`` at the end of every line.
        encoding: the encoding that was used.
        damaged: number of U+FFFD in the text: characters that were lost here or before.
    """

    text: str
    encoding: str
    damaged: int


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode *data*: by *encoding*, else by byte order mark, UTF-8, ``<meta charset>``, GB18030 or Big5.

    Between GB18030 and Big5 (with the Hong Kong supplement) the decoding wins that has more of the commonest
    Chinese characters. Bytes that do not fit become U+FFFD and are counted.

    Raises:
        CorpusError: *encoding* is not one that Python knows, or the data is binary.

    Examples:
        >>> decode("芯片出口管制，美国的限制".encode("gb18030")).encoding
        'gb18030'
        >>> decode("晶片出口管制，美國的限制".encode("big5")).text
        '晶片出口管制，美國的限制'
    """
    if encoding is not None:
        check(encoding)
        return _decoded(data, encoding)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise CorpusError(f"binary, not text ({kind})")
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _decoded(data, name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - _CUT and len(data) > _CUT:  # the end is missing
            return _decoded(data, "utf-8")
        return _guess(data)
    if zeros := text.count("\0", 0, _SAMPLE):
        if zeros > _FEW_ZEROS * min(len(text), _SAMPLE):
            return _guess(data)
        text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    return _finish(text, "utf-8")


def check(encoding: str) -> None:
    """Raise CorpusError unless *encoding* is one that Python knows."""
    try:
        known = codecs.lookup(encoding)._is_text_encoding  # rot13 and the like make no text of bytes
    except (LookupError, ValueError):
        known = False
    if not known:
        raise CorpusError(
            f"unknown encoding {encoding!r}; use one Python knows: 'utf-8', 'gb18030', 'big5hkscs', …"
        ) from None


def wide(stream: IO[bytes], encoding: str | None) -> str | None:
    """Return the encoding of a stream if it is one of two or four bytes a character, else None."""
    if encoding is not None:
        name = codecs.lookup(encoding).name
        return name if name.startswith(("utf-16", "utf-32")) else None
    head = stream.read(4)
    stream.seek(0)
    for mark, name in _BOMS[1:]:
        if head.startswith(mark):
            return name
    return {b"{\0": "utf-16-le", b"\0{": "utf-16-be"}.get(head[:2])


def _guess(data: bytes) -> Decoded:
    sample = data[:_SAMPLE]
    zeros = sample.count(0)
    if zeros:
        # Latin text in UTF-16 has a zero in every second byte; Chinese text at its line feeds and digits.
        for name, low in (("utf-16-le", 1), ("utf-16-be", 0)):
            if sample[low::2].count(0) > 0.9 * zeros and _plausible(sample.decode(name, "replace")):
                return _decoded(data, name)
        raise CorpusError("binary, not text (it holds zero bytes)")
    names = ["gb18030", "big5hkscs"]
    declared = _declared(data)
    if declared in names:
        names.sort(key=lambda name: name != declared)
    scores = {name: _score(sample.decode(name, "replace")) for name in ("utf-8", *names, "cp1252")}
    if declared:
        chinese = max(scores[name] for name in names)
        fits = scores[declared] > 0 if declared in names else chinese < _CHINESE
        if fits and "\ufffd" not in data.decode(declared, "replace"):
            return _decoded(data, declared)
    best = max(scores, key=lambda name: scores[name])
    if not _readable(sample.decode(best, "replace")):
        raise CorpusError("binary, not text (no encoding gives readable characters)")
    return _decoded(data, best)


def _declared(data: bytes) -> str:
    """Return the encoding that a page says it has, as browsers understand it; "" for none and for UTF-8."""
    found = _META.search(data[:4096])
    name = found[1].decode("ascii").lower() if found else ""
    try:
        check(_WIDER.get(name, name))
    except CorpusError:
        return ""
    known = codecs.lookup(_WIDER.get(name, name)).name
    return "" if known.startswith("utf") else known


def _score(text: str) -> float:
    """Return the share of common Chinese characters among all that are not ASCII, less the damage."""
    wide = [character for character in text if character > "\x7f"]
    if not wide:
        return 0.0
    common = sum(character in _COMMON for character in wide)
    damaged = text.count("\ufffd") + sum("\ue000" <= character <= "\uf8ff" for character in wide)
    western = sum(character in "éèêàáâäöüßñçôíóú’‘“”–—…£€©®°" for character in wide) / 4
    return (common + western - 3 * damaged) / len(wide)


def _plausible(text: str) -> bool:
    """Nearly all characters are Latin, general punctuation, or between 、 and the last Han character."""
    known = sum(
        " " <= character < "\u0250"
        or "\u2000" <= character <= "\u206f"
        or "\u3000" <= character <= "\u9fff"
        or "\uff00" <= character <= "\uffef"
        or character in "\n\r\t\ufeff"
        for character in text
    )
    return known > 0.95 * len(text)


def _readable(text: str) -> bool:
    bad = text.count("\ufffd") + sum(character < " " and character not in "\n\r\t\f\v" for character in text)
    return bad <= 0.05 * len(text)


def _decoded(data: bytes, encoding: str) -> Decoded:
    return _finish(data.decode(encoding, "replace"), encoding)


def _finish(text: str, encoding: str) -> Decoded:
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(text, encoding, text.count("\ufffd"))

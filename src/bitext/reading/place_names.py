"""Names of files and folders → outlet, day and title of the articles in them."""

import re
from pathlib import PurePosixPath

from bitext.reading.cleaning import dates, outlets
from bitext.reading.cleaning.dates import Moment
from bitext.reading.documents import FILE, FOLDER, Asked

_ENDING = re.compile(r"(?:\.[A-Za-z][A-Za-z0-9]{1,7}){1,2}(?:#\d+|~\d+)?$|#\d+$")
_DAY = re.compile(
    r"""
    # 1 20240513, 2024-05-13, 2024_05_13
    (?<!\d)(?P<y>(?:19|20)\d\d)(?P<sign>[-_./]?)(?P<m>0[1-9]|1[0-2])(?P=sign)(?P<d>0[1-9]|[12]\d|3[01])
    # 2 T080000Z
    (?:[T _-]?(?P<h>[01]\d|2[0-3])[:.h-]?(?P<mi>[0-5]\d)(?:[:.-]?(?P<s>[0-5]\d))?(?P<utc>Z)?)?(?!\d)
    # 3 2024年5月13日
    | (?<!\d)(?P<y1>(?:19|20)\d\d)年(?P<m1>\d{1,2})月(?P<d1>\d{1,2})[日号號]
    """,
    re.VERBOSE,
)
#: A year, a month or a span of them at an end of a name: The Ledger 2031, 2031-03 Harbour, 港灣報_2031年5月.
_YEAR = r"(?:19|20)\d\d(?:[-_.]?(?:0[1-9]|1[0-2])|年(?:\d{1,2}月)?)?"
_SPAN = re.compile(rf"^{_YEAR}(?:[-–—_~至到]+{_YEAR})?[\s_–—-]+|[\s_–—-]+{_YEAR}(?:[-–—_~至到]+{_YEAR})?$")
_EDGES = " \t-_–—·.,，、:：|｜()（）[]【】"
_BETWEEN = re.compile(r"[_【】\[\]（）()]+|\s[-–—|]\s")
#: Words of names that programs give.
_MACHINE = re.compile(
    r"(?:article|artikel|doc|document|page|file|news|story|text|index|item|export|output|untitled"
    r"|文章|新闻|新聞|文档)[\W_\d]*",
    re.IGNORECASE,
)


def outlet(stem: str, place: str, file: str, asked: Asked) -> tuple[dict[str, str], str]:
    """Return the outlet that the caller gives to an article, as a field, and one for want of a better.

    With "folder" that is the folder below the one that was given; a file that lies in this one itself says
    its outlet, or else is called after it. With "file" it is the file's own name, without a day.

    Args:
        stem: path of the file below the folder that was given.
        place: where in the file the article or the table stands, such as "/BBC/1.html" in an archive.
        file: where the file lies.
        asked: what the caller says.

    Examples:
        >>> outlet("BBC/2024/1.txt", "", "/news/BBC/2024/1.txt", Asked(outlet="folder"))
        ({'outlet': 'BBC'}, '')
        >>> outlet("pages.zip", "/BBC/1.html", "/news/pages.zip", Asked(outlet="folder"))
        ({'outlet': 'BBC'}, '')
        >>> outlet("feed.xml", "#2", "/news/feed.xml", Asked(outlet="folder"))
        ({}, 'news')
        >>> outlet("2024-05-13 The Ledger.csv", "", "x/2024-05-13 The Ledger.csv", Asked(outlet="file"))
        ({'outlet': 'The Ledger'}, '')
    """
    if asked.outlet not in (FOLDER, FILE):
        return ({"outlet": asked.outlet} if asked.outlet else {}), ""
    if asked.outlet == FILE:
        table = place.rpartition("/")[2]
        name = bare(
            table if table.lower().endswith((".csv", ".tsv", ".xlsx", ".ods", ".jsonl", ".jl")) else stem
        )[0]
        name = _SPAN.sub("", name) or name
        return ({"outlet": name} if name else {}), ""
    for path in (stem, place.lstrip("/")):
        if "/" in path:
            return {"outlet": path.partition("/")[0]}, ""
    given = PurePosixPath(file.replace("\\", "/")).parent.name
    return ({"outlet": given}, "") if asked.flat and given else ({}, given)


def bare(name: str) -> tuple[str, Moment | None]:
    """Return the name of a file without its ending and the day in it, and that day.

    Examples:
        >>> bare("2024-05-13T080000Z Plant opens.txt")[0], bare("2024年5月13日 新厂.html")[0]  # new plant
        ('Plant opens', '新厂')
        >>> bare("20240513_plant.txt")[1].when.isoformat()
        '2024-05-13T00:00:00'
    """
    stem = _ENDING.sub("", name.rpartition("/")[2])
    found = _DAY.search(stem)
    moment = _moment(found) if found else None
    if found is None or moment is None:
        return stem.strip(_EDGES), None
    return f"{stem[: found.start()].strip(_EDGES)} {stem[found.end() :].strip(_EDGES)}".strip(_EDGES), moment


def _moment(found: re.Match[str]) -> Moment | None:
    day = "-".join((found["y"] or found["y1"], found["m"] or found["m1"], found["d"] or found["d1"]))
    clock = f" {found['h']}:{found['mi']}:{found['s'] or '00'}{found['utc'] or ''}" if found["h"] else ""
    return dates.find(day + clock)


def known_outlet(article: str) -> str:
    """Return the known outlet that a file or one of its folders is named after; "" where none is.

    Examples:
        >>> known_outlet("news/VOA/1.txt"), known_outlet("2024-05-13_德國之聲_晶片.html")  # DW, chips
        ('美国之音', '德国之声')
    """
    for part in reversed(article.split("/")):
        name = bare(part)[0]
        for piece in (name, *_BETWEEN.split(name)):
            if found := outlets.canonical(piece.strip(_EDGES)):
                return found
    return ""


def title(name: str) -> str:
    """Return the headline that a file is named after; "" for names that a program gave.

    Examples:
        >>> title("2024-05-13 Plant opens.txt"), title("2024年5月13日 新厂开工.txt")  # a plant opens
        ('Plant opens', '新厂开工')
        >>> title("article-0017.txt"), title("3f9a77.html"), title("index.html")
        ('', '', '')
    """
    words, moment = bare(name)
    pieces = [piece.strip(_EDGES) for piece in _BETWEEN.split(words)]
    kept = [piece for piece in pieces if piece and not outlets.canonical(piece)]
    words = max(kept, key=len, default="")
    if "_" in name and " " not in words:
        words = " ".join(kept)
    if " " not in words:
        words = words.replace("-", " ")
    han = sum("\u4e00" <= sign <= "\u9fff" for sign in words)
    spoken = [word for word in words.split() if word.isalpha()]
    if _MACHINE.fullmatch(words) or (han < 4 and len(spoken) < (2 if moment else 3)):
        return ""
    return words

"""Which outlet publishes under which host, and under which other names it goes."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from urllib.parse import urlsplit

from bitext.errors import LexiconError
from bitext.lexicons import loader
from bitext.reading.cleaning.clocks import check_zone
from bitext.text.scripts.convert import to_simplified

#: host -> (outlet, its time zone)
Hosts = Mapping[str, tuple[str, str]]

#: Nearly all addresses; whatever stands in the others is `urlsplit`'s business.
_PLAIN = re.compile(r"https?://([a-z0-9.-]+)/+([\w.-]+)(?=[/?#]|\Z)", re.ASCII)

#: A domain is called as so many of its articles name their outlet, and such a share of those that name one.
_FEWEST, _MOST = 2, 0.8

#: What stands before a country's own domain, where names are registered below that.
_SECOND_LEVEL = frozenset(("ac", "co", "com", "edu", "gob", "gov", "idv", "mil", "ne", "net", "or", "org"))

#: A name that is the address of a site.
_HOST = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
#: Letters, digits and spaces of full width -> the usual ones.
_NARROW: dict[int, str | int] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()},
    0x3000: " ",
}

_COLUMNS = ["host", "outlet", "zone", "aliases", "zone_source"]
_FORMER = "offset"  # what the column `zone` was called when it held hours only


@cache
def known() -> Hosts:
    """Return the hosts of the lexicon `outlets`."""
    return MappingProxyType({row["host"]: (row["outlet"], row["zone"]) for row in loader.rows("outlets")})


@cache
def _aliases() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for row in loader.rows("outlets"):
        for name in (row["outlet"], *row["aliases"].split("|")):
            if name:
                names.setdefault(name.casefold(), row["outlet"])
    return names


@cache
def _zones() -> Mapping[str, str]:
    return dict(known().values())


def canonical(name: str) -> str:
    """Return the outlet that *name* is another name of; "" where no outlet is known by it.

    Examples:
        >>> canonical("(臺)中央社CNA"), canonical("德國之聲"), canonical("林妍")
        ('中央社', '德国之声', '')
    """
    return _aliases().get(name.strip().casefold(), "")


def aliases_of(outlet: str) -> list[str]:
    """Return the other names of a known outlet, without "" and in the order of the table.

    Examples:
        >>> aliases_of("德国之声")[:2], aliases_of("Unheard Of")
        (['德國之聲', '德国之声中文网'], [])
    """
    rows = (row["aliases"] for row in loader.rows("outlets") if row["outlet"] == outlet)
    return [name for cell in rows for name in cell.split("|") if name]


def spelled(name: str) -> str:
    """Return the name of an outlet without what is no part of it: spaces, "www.", the rest of a URL.

    Examples:
        >>> spelled(" Ｄａｉｌｙ  News "), spelled("www.ledger.example"), spelled("https://ledger.example/news")
        ('Daily News', 'ledger.example', 'ledger.example')
        >>> spelled("voachinese.com")
        '美国之音'
    """
    name = " ".join(name.translate(_NARROW).split())
    if "." not in name or " " in name or not _HOST.fullmatch(name):
        return name
    return of_address(name)[0] or (_host(name)[0] if "/" in name or name.startswith("www.") else name)


def hosts(rows: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """Return registered domain -> outlet -> articles, of rows of outlet and address.

    Examples:
        >>> hosts([("Ledger", "https://www.ledger.example/1"), ("Ledger", "")])
        {'ledger.example': {'Ledger': 1}}
    """
    found: dict[str, dict[str, int]] = {}
    for outlet, address in rows:
        if address and outlet and (name := domain(address)):
            of = found.setdefault(name, {})
            of[outlet] = of.get(outlet, 0) + 1
    return found


def spellings(
    numbers: Mapping[str, int], domains: Mapping[str, Mapping[str, int]] | None = None
) -> dict[str, str]:
    """Return spelling -> the most frequent one, for spellings that are obviously of one outlet.

    They differ in capitals, spaces, punctuation, or in traditional and simplified characters; or one is the
    domain of which nearly all other articles name one and the same outlet.

    Args:
        numbers: outlet -> number of its articles.
        domains: what `hosts` returns for these articles.

    Examples:
        >>> spellings({"BBC News": 3, "BBC NEWS": 1, "新华网": 1, "新華網": 2, "Ledger": 1})
        {'BBC NEWS': 'BBC News', '新华网': '新華網'}
        >>> spellings({"a.example": 2, "Ledger": 3}, {"a.example": {"a.example": 2, "Ledger": 3}})
        {'a.example': 'Ledger'}
    """
    alike: dict[str, list[str]] = {}
    for name in sorted(numbers):
        key = re.sub(r"[\W_]", "", to_simplified(name)).casefold() or name
        alike.setdefault(key, []).append(name)
    found = {}
    for names in alike.values():
        best = max(names, key=lambda name: (numbers[name], not name.isupper(), name))
        found.update({name: best for name in names if name != best})
    for name, of in (domains or {}).items():
        named = {outlet: number for outlet, number in of.items() if outlet != name}
        outlet = max(sorted(named), key=lambda one: named[one], default="")
        if name in numbers and outlet and named[outlet] >= max(_FEWEST, _MOST * sum(named.values())):
            found[name] = found.get(outlet, outlet)
    return {name: found[name] for name in sorted(found)}


def zone(outlet: str) -> str:
    """Return the time zone of a known *outlet*; "" where that is not known."""
    return _zones().get(outlet, "")


def of_address(address: str, more: Hosts | None = None) -> tuple[str, str]:
    """Return the outlet of a URL and its time zone; ("", "") for a host that is not in the table.

    The longest host that fits wins, with or without a path: ``rfa.org/mandarin`` before ``rfa.org``.

    Examples:
        >>> of_address("https://www.voachinese.com/a/7517492.html")[0]
        '美国之音'
        >>> of_address("https://cn.nytimes.com/x")[0], of_address("https://www.nytimes.com/x")[0]
        ('纽约时报', 'The New York Times')
        >>> of_address("https://news.example/x", {"news.example": ("Example News", "UTC")})[0]
        'Example News'
    """
    host, first = _host(address)
    while host:
        for key in (f"{host}/{first}", host):
            for table in (more, known()):
                if table and key in table:
                    return table[key]
        host = host.partition(".")[2]
    return "", ""


def domain(address: str) -> str:
    """Return the registered domain of a URL: what an outlet is called by when nothing else is known.

    Examples:
        >>> domain("https://news.bbc.co.uk/1"), domain("http://www.a.example/x?y=1"), domain("no address")
        ('bbc.co.uk', 'a.example', '')
    """
    host = _host(address)[0]
    labels = host.split(".")
    if len(labels) < 2 or labels[-1].isdigit() or " " in host:
        return ""
    wide = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if wide else -2 :])


def _host(address: str) -> tuple[str, str]:
    """Return the host of a URL without "www.", and the first part of its path."""
    if plain := _PLAIN.match(address):
        return plain[1].removeprefix("www."), plain[2]
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:  # such as "Invalid IPv6 URL" for a stray bracket: no address
        return "", ""
    return (parts.hostname or "").removeprefix("www."), next(filter(None, parts.path.split("/")), "")


def parse(content: str, file: str) -> dict[str, tuple[str, str]]:
    """Read an outlets.tsv that stands in a folder of articles: ``host outlet [zone [aliases …]]``.

    Raises:
        LexiconError: its header is another, a row has another number of cells, or a zone is none.
    """
    header = content.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}").split("\n", 1)[0].rstrip("\r").split("\t")
    usual = [_COLUMNS[2] if name == _FORMER else name for name in header]
    if len(usual) < 2 or usual != _COLUMNS[: len(usual)]:
        raise LexiconError(
            f"{file}: the header is {header}; it has to be {_COLUMNS} (all but the first two may be missing)"
        )
    found = {}
    for row in loader.parse(content, file, header):
        place = row.get("zone", row.get(_FORMER, "")).strip()
        check_zone(place)
        found[row["host"].strip().removeprefix("www.")] = (row["outlet"].strip(), place)
    return found

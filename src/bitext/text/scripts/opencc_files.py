"""The dictionary files of opencc-python-reimplemented, found by distribution and read once.

Two distributions install a package called `opencc`; the files are therefore looked up through the
distribution's name, never through `import opencc`.
"""

import json
from functools import cache
from importlib import metadata
from pathlib import Path

from bitext.errors import LexiconError

DISTRIBUTION = "opencc-python-reimplemented"


def _path(*parts: str) -> Path:
    distribution = metadata.distribution(DISTRIBUTION)
    path = Path(str(distribution.locate_file("/".join(("opencc", *parts)))))
    if not path.is_file():
        raise LexiconError(
            f"{DISTRIBUTION} {distribution.version} lacks {'/'.join(parts)}; another distribution that "
            f"also installs the package `opencc` may have overwritten it: reinstall {DISTRIBUTION}"
        )
    return path


@cache
def entries(name: str) -> dict[str, tuple[str, ...]]:
    """Return the entries of one dictionary file: key -> its values, best first.

    Examples:
        >>> entries("TSCharacters")["發"]
        ('发',)
    """
    lines = _path("dictionary", f"{name}.txt").read_text(encoding="utf-8").splitlines()
    pairs = (line.strip().split("\t") for line in lines if line.strip())
    return {key: tuple(value.split(" ")) for key, value in pairs}


@cache
def chain(config: str) -> tuple[tuple[str, ...], ...]:
    """Return the steps of a conversion: for each, the names of its dictionaries in order of precedence.

    Examples:
        >>> chain("tw2s")
        (('TWVariantsRevPhrases', 'TWVariantsRev'), ('TSPhrases', 'TSCharacters'))
    """
    settings = json.loads(_path("config", f"{config}.json").read_text(encoding="utf-8"))
    steps = []
    for step in settings["conversion_chain"]:
        group = step["dict"]
        members = group["dicts"] if group["type"] == "group" else [group]
        steps.append(tuple(member["file"].removesuffix(".txt") for member in members))
    return tuple(steps)

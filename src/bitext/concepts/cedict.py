"""CC-CEDICT as a concept table: one concept per Chinese word, its senses as English forms."""

import re

_LINE = re.compile(r"^(?P<hant>\S+) (?P<hans>\S+) \[[^\]]*\] /(?P<senses>.+)/\s*$", re.MULTILINE)
_NOISE = re.compile(r"\([^)]*\)|\[[^\]]*\]")


def matches(content: str) -> bool:
    """Say whether *content* has a line in the format of CC-CEDICT."""
    return bool(_LINE.search(content))


def parse(content: str) -> list[dict[str, str]]:
    """Read CC-CEDICT: one concept per Chinese word, its senses as English forms.

    Senses that explain rather than translate (classifiers, variants, surnames, references, long glosses) are
    left out; one-character words are, too.
    """
    found: dict[str, dict[str, str]] = {}
    for match in _LINE.finditer(content):
        word = match["hans"]
        if len(word) < 2:
            continue
        forms = []
        for sense in re.split(r"[/;]", match["senses"]):
            plain = " ".join(_NOISE.sub(" ", sense).split())
            verb = plain.startswith("to ")
            plain = plain.removeprefix("to ")
            explains = re.match(
                r"(CL:|variant of|old variant|surname|see |abbr\. for|also written|used in)", plain
            )
            if plain and not explains and len(plain.split()) <= 4 and not set(plain) & set("@|\t,"):
                forms.append(f"{plain}@v" if verb else f"{plain}@x" if plain.count(" ") else plain)
        if forms:
            row = {
                "concept": f"cedict:{word}",
                "kind": "cedict",
                "zh": word,
                "en": "|".join(forms),
                "note": "",
            }
            found.setdefault(word, row)
    return list(found.values())

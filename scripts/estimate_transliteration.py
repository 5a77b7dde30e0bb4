"""Learn from the names of the concept table how Chinese characters spell foreign sounds.

Writes ``src/bitext/lexicons/transliteration.tsv``: for each character the letters with which the syllables
begin that it stands for, and how often. Run from the project's root after the table has changed:
``python scripts/estimate_transliteration.py``.

Method: each Chinese part of a name (蒂埃里) is divided against its Latin part (thierry) into as many chunks
as it has characters, 1 to 5 letters each, by the most probable division under the counts so far (hard
expectation maximisation, 8 rounds from even divisions).
"""

from collections import Counter, defaultdict
from math import log
from pathlib import Path

from bitext.glossaries.transliteration import plain
from bitext.lexicons.loader import rows

TARGET = Path(__file__).parents[1] / "src" / "bitext" / "lexicons" / "transliteration.tsv"
KINDS = ("person", "city", "country", "region", "company")
ROUNDS = 8
LONGEST = 5
Letters = dict[str, Counter[str]]


def pairs() -> list[tuple[str, str]]:
    """Return Chinese and Latin parts of names that stand for each other."""
    found = []
    for row in rows("concepts"):
        if row["kind"] not in KINDS:
            continue
        chinese = [form.partition("@")[0].split("·") for form in row["zh"].split("|")]
        latin = [form.partition("@")[0].replace("-", " ").split(" ") for form in row["en"].split("|")]
        for left in chinese:
            for right in latin:
                if len(left) == len(right):
                    found += [(a, plain(b)) for a, b in zip(left, right, strict=True)]
    fits = {(a, b) for a, b in found if 2 <= len(a) <= len(b) <= 4 * len(a) and min(a) >= "一"}
    return sorted(fits)


def divide(characters: str, letters: str, counts: Letters, sizes: Counter[int]) -> list[int]:
    """Return where each character's letters begin in the most probable division."""
    n, m = len(characters), len(letters)
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for k, character in enumerate(characters):
        own, total = counts[character], sum(counts[character].values())
        row: dict[int, tuple[float, int]] = {}
        for at, (score, _) in best[k].items():
            if at >= m:
                continue
            chance = log((own[letters[at]] + 0.3) / (total + 7.8))
            for size in range(1, min(LONGEST, m - at - (n - k - 1)) + 1):
                value = score + chance + log((sizes[size] + 1) / (sum(sizes.values()) + LONGEST))
                if at + size not in row or value > row[at + size][0]:
                    row[at + size] = (value, at)
        best.append(row)
    if m not in best[n]:
        return []
    starts, at = [], m
    for k in range(n, 0, -1):
        at = best[k][at][1]
        starts.append(at)
    return starts[::-1]


def learn(examples: list[tuple[str, str]]) -> Letters:
    """Return for each character how often each letter began its chunk."""
    starts = [[round(k * len(b) / len(a)) for k in range(len(a))] for a, b in examples]
    counts: Letters = {}
    for _ in range(ROUNDS):
        counts, sizes = defaultdict(Counter), Counter()
        for (a, b), begins in zip(examples, starts, strict=True):
            for character, begin, end in zip(a, begins, [*begins[1:], len(b)], strict=False):
                counts[character][b[begin]] += 1
                sizes[end - begin] += 1
        starts = [divide(a, b, counts, sizes) for a, b in examples]
    return counts


def main() -> None:
    """Learn and write; characters seen in one name only are left out."""
    counts = learn(pairs())
    lines = ["char\tletters"]
    for character in sorted(counts):
        seen = counts[character]
        if sum(seen.values()) > 1:
            letters = " ".join(
                f"{letter}{n}" for letter, n in sorted(seen.items(), key=lambda x: (-x[1], x[0]))
            )
            lines.append(f"{character}\t{letters}")
    TARGET.write_text("\n".join([*lines, ""]), encoding="utf-8")
    print(f"{len(lines) - 1} characters in {TARGET}")


if __name__ == "__main__":
    main()

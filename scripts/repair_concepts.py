"""List which concepts do not survive translation, and which words stand opposite where one side lacks them.

    python scripts/repair_concepts.py [TABLE ...] [--half built] [--most 300] [-o worklist.tsv]

TABLE is a TSV file (.gz allowed) with the columns `zh` and `en`, and optionally `set`; by default the two
parallel files of ../shared/data. A pair of sentences belongs to the half of its document (20 pairs). Columns:

concept
zh, en, both    pairs where only the Chinese, only the English, or both sentences have it
partner_zh      share of Chinese sentences with it whose English sentence has it; partner_en the other way
opposite_zh     Chinese words that stand, more than elsewhere, where only the English side has it;
                opposite_en English words where only the Chinese side has it: what the table may lack
decision        what was decided on the row, and why (lexicons/concepts_decisions.tsv); empty: open

Rows in order of the sentences lost. Decisions are kept by concept: the next reader goes on from there.
"""

import argparse
import csv
import gzip
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import bitext  # noqa: E402
from bitext.concepts.lookup import ConceptTable, find_concepts  # noqa: E402
from bitext.lexicons.stopwords import stopwords  # noqa: E402
from measure.figure import half  # noqa: E402
from tests.shared import DATA  # noqa: E402

#: Pairs that make a document.
SIZE = 20
DECISIONS = ROOT / "src" / "bitext" / "lexicons" / "concepts_decisions.tsv"


def pairs(paths: list[Path], part: str) -> list[tuple[str, str]]:
    """Return the pairs of one half ("both" gives all)."""
    csv.field_size_limit(10**9)
    found = []
    for path in paths:
        text = gzip.open if path.suffix == ".gz" else open
        with text(path, "rt", encoding="utf-8", newline="") as lines:
            number: Counter[str] = Counter()
            for row in csv.DictReader(lines, delimiter="\t"):
                name = row.get("set") or path.name
                document = f"{name}:{number[name] // SIZE * SIZE}"
                number[name] += 1
                if part == "both" or half(document) == part:
                    found.append((row["zh"], row["en"]))
    return found


def sides(rows: list[tuple[str, str]], table: ConceptTable | None = None) -> tuple[list[set[str]], ...]:
    """Return the concepts of each Chinese and of each English sentence, and their words."""
    found: list[list[set[str]]] = []
    for side in (0, 1):
        texts = [row[side].replace("\n", " ") for row in rows]
        tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": texts})))
        hits = find_concepts(tokens, table)
        article = tokens.article()
        place = {name: number for number, name in enumerate(tokens.articles["article"])}
        assert len(place) == len(texts)
        concepts: list[set[str]] = [set() for _ in texts]
        for row, number in zip(article[hits.first].tolist(), hits.concept.tolist(), strict=True):
            concepts[row].add(str(hits.labels[number]))
        words: list[set[str]] = [set() for _ in texts]
        for row, number in zip(article.tolist(), tokens.term.tolist(), strict=True):
            words[row].add(str(tokens.types[number]))
        found += [concepts, words]
    return tuple(found)


def opposite(where: list[int], words: list[set[str]], spread: Counter[str], total: int) -> str:
    """Return the words that stand in these sentences more often than elsewhere, with how often."""
    stop = stopwords()
    here = Counter(word for number in where for word in words[number] if word not in stop and word.isalpha())
    score = {
        word: n * np.log2(n / len(where) * total / spread[word])
        for word, n in here.items()
        if n >= max(3, len(where) // 25)
    }
    best = sorted(score, key=lambda word: (-score[word], word))[:8]
    return " ".join(f"{word}:{here[word]}" for word in best)


def main() -> None:
    """Write the list."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    default = [DATA / "parallel_zh_en.tsv.gz", DATA / "parallel_zh_en_more.tsv.gz"]
    parser.add_argument("tables", nargs="*", type=Path, default=default)
    parser.add_argument("--half", default="built", choices=("built", "reported", "both"))
    parser.add_argument("--most", type=int, default=300)
    parser.add_argument("-o", type=Path)
    options = parser.parse_args()
    rows = pairs(options.tables, options.half)
    zh, zh_words, en, en_words = sides(rows)
    spread = [Counter(word for words in side for word in words) for side in (zh_words, en_words)]
    decided = {}
    if DECISIONS.exists():
        with DECISIONS.open(encoding="utf-8", newline="") as lines:
            decided = {row["concept"]: row["decision"] for row in csv.DictReader(lines, delimiter="\t")}
    only: dict[str, tuple[list[int], list[int], list[int]]] = {}
    for number, (left, right) in enumerate(zip(zh, en, strict=True)):
        for concept in left | right:
            lists = only.setdefault(concept, ([], [], []))
            lists[2 if concept in left and concept in right else 0 if concept in left else 1].append(number)
    order = sorted(only, key=lambda concept: (-len(only[concept][0]) - len(only[concept][1]), concept))
    lines = []
    for concept in order[: options.most]:
        alone_zh, alone_en, both = only[concept]
        lines.append(
            {
                "concept": concept,
                "zh": len(alone_zh),
                "en": len(alone_en),
                "both": len(both),
                "partner_zh": round(len(both) / max(len(both) + len(alone_zh), 1), 2),
                "partner_en": round(len(both) / max(len(both) + len(alone_en), 1), 2),
                "opposite_zh": opposite(alone_en, zh_words, spread[0], len(rows)),
                "opposite_en": opposite(alone_zh, en_words, spread[1], len(rows)),
                "decision": decided.get(concept, ""),
            }
        )
    table = pd.DataFrame(lines)
    hits = [sum(map(len, side)) for side in (zh, en)]
    shared = sum(len(left & right) for left, right in zip(zh, en, strict=True))
    of_zh, of_en = (shared / count for count in hits)
    print(f"{len(rows)} pairs; partner of a Chinese hit {of_zh:.3f}, of an English one {of_en:.3f}")
    if options.o:
        table.to_csv(options.o, sep="\t", index=False)
    else:
        print(table.to_csv(sep="\t", index=False))


if __name__ == "__main__":
    main()

"""Estimate the coefficients that say how likely two articles report one event; writes the lexicon.

    python scripts/estimate_story_scorer.py [-o src/bitext/lexicons/story_scorer.tsv]

For two articles of one language from pairs of a month of news that were read (the half "built" of
tests/cases/story_pairs_november.tsv) and from half 0 of the labelled week (stories_week.tsv), which weighs
less: it is another month, and has many pairs of few stories. For articles of two languages from pairs that
were read (story_pairs_across.tsv), from the events of statement_events.tsv, and from pairs that share so
little that they are taken for different events unread. Needs ../shared/data.
"""

import argparse
import csv
import json
import random
import sys
import tempfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import bitext  # noqa: E402
from bitext.events.grouped import DAYS  # noqa: E402
from bitext.events.linkage import crowd  # noqa: E402
from bitext.events.same_event import FEATURES, features  # noqa: E402
from bitext.events.vectors import Vectors, vectors  # noqa: E402
from measure.events import PAIRS, november, tokens  # noqa: E402
from measure.figure import half  # noqa: E402
from tests.shared import article_key, jsonl  # noqa: E402
from tests.week import week  # noqa: E402

CASES = ROOT / "tests" / "cases"
WITHIN = ("words", "shared", "time", "outlet", "figures", "crowd")
ACROSS = ("shared",)
#: Pairs of the week: how much one weighs, and what its articles must share.
WEIGHT, SHARED = 0.1, 0.05
LIGHT = 0.01
#: Small corpora that are drawn from the week, and their sizes.
SAMPLES, SIZES = 24, (25, 50, 100, 200)
#: Pairs of two languages with a cosine between these that nobody read are taken for different events.
UNREAD = (0.02, 0.12)
STRENGTH = 0.3

Pairs = list[tuple[int, int, bool, float]]


def rows(file: Path) -> list[dict[str, str]]:
    """Return the rows of a file of cases."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def table(of: Vectors, pairs: Pairs) -> np.ndarray:
    """Return the features of *pairs*."""
    a, b = (np.array([pair[end] for pair in pairs]) for end in (0, 1))
    words, shared = (
        np.asarray(side[a].multiply(side[b]).sum(axis=1)).ravel() for side in (of.terms, of.shared)
    )
    return features(of, a, b, words, shared, crowd(of.days, DAYS))


def of_the_month() -> tuple[Vectors, Pairs]:
    """Return the pairs of November of the half built."""
    place = {key: row for row, key in enumerate(november()[1])}
    read = [row for row in rows(PAIRS) if row["event"] != "?" and half(row["a"] + row["b"]) == "built"]
    return vectors(tokens(), None), [(place[r["a"]], place[r["b"]], r["event"] == "1", 1.0) for r in read]


def of_the_week() -> Iterator[tuple[Vectors, Pairs]]:
    """Yield pairs of articles of half 0 of the labelled week: all, and as small corpora would have them."""
    corpus = week()
    story = {
        row["path"]: row["story"] if row["story"] != "-" else f"alone: {row['path']}"
        for row in rows(CASES / "stories_week.tsv")
        if row["half"] == "0"
    }
    cut = bitext.tokenize(corpus)
    yield of_articles(cut, story, WEIGHT, SHARED)
    names = corpus.articles["article"]
    for sample in range(SAMPLES):
        rng = random.Random(sample)
        events = sorted(set(story.values()))
        rng.shuffle(events)
        taken: set[str] = set()
        for event in events:
            taken |= {name for name, of in story.items() if of == event}
            if len(taken) >= SIZES[sample % len(SIZES)]:
                break
        yield of_articles(cut.select(names.isin(taken).to_numpy()), story, LIGHT, 0.0)


def of_articles(
    cut: bitext.Tokens, story: dict[str, str], weight: float, least: float
) -> tuple[Vectors, Pairs]:
    """Return all pairs of labelled articles of one language whose words have a cosine above *least*."""
    of = vectors(cut, None)
    known = [(row, story[name]) for row, name in enumerate(cut.articles["article"]) if name in story]
    cosine = (of.terms @ of.terms.T).toarray()
    return of, [
        (a, b, one == other, weight)
        for (a, one), (b, other) in combinations(known, 2)
        if of.lang[a] == of.lang[b] and cosine[a, b] > least
    ]


def of_two_languages() -> Iterator[tuple[Vectors, Pairs]]:
    """Yield pairs of a Chinese and an English article of the half built: all, and as small corpora would."""
    records = list(jsonl("news_multi_outlet.jsonl.gz"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "all.jsonl"
        file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in records), encoding="utf-8")
        corpus = bitext.read(file, text="raw")
    number = corpus.articles["article"].str.rsplit("#", n=1).str[1].astype(int) - 1
    place = {article_key(records[n]["path"]): row for row, n in enumerate(number)}
    cut = bitext.tokenize(corpus)
    of = vectors(cut, None)
    found = {
        frozenset((place[row["a"]], place[row["b"]])): row["event"] == "1"
        for row in rows(CASES / "story_pairs_across.tsv")
        if row["event"] != "?"
    }
    events: dict[str, list[int]] = {}
    for row in rows(CASES / "statement_events.tsv"):
        if row["half"] == "built" and row["data"] == "news_multi_outlet":
            events.setdefault(row["event"], []).append(place[row["article"]])
    for members in events.values():
        for a, b in combinations(sorted(members), 2):
            if of.lang[a] != of.lang[b]:
                found.setdefault(frozenset((a, b)), True)
    cosine = (of.shared @ of.shared.T).tocoo()
    apart = np.abs(of.days[cosine.row] - of.days[cosine.col]) > DAYS
    kept = (cosine.row < cosine.col) & (of.lang[cosine.row] != of.lang[cosine.col]) & ~apart
    kept &= (cosine.data >= UNREAD[0]) & (cosine.data < UNREAD[1])
    for a, b in zip(cosine.row[kept].tolist(), cosine.col[kept].tolist(), strict=True):
        found.setdefault(frozenset((a, b)), False)
    ordered = sorted((tuple(sorted(pair)), same) for pair, same in found.items())
    yield of, [(a, b, same, 1.0) for (a, b), same in ordered]
    both = {name: rows for name, rows in events.items() if len({of.lang[row] for row in rows}) > 1}
    event = {row: name for name, rows in both.items() for row in rows}
    known = {row for rows in events.values() for row in rows}
    others = [row for row in range(len(of.lang)) if row not in known]
    for sample in range(SAMPLES):
        rng = random.Random(sample)
        chosen = {row for name in rng.sample(sorted(both), 3) for row in both[name]}
        first, last = (edge(of.days[sorted(chosen)]) for edge in (np.nanmin, np.nanmax))
        near = [row for row in others if first - DAYS <= of.days[row] <= last + DAYS]
        chosen |= set(rng.sample(near, min(len(near), SIZES[sample % len(SIZES)])))
        taken = np.zeros(len(of.lang), dtype=bool)
        taken[sorted(chosen)] = True
        small, rows_of = vectors(cut.select(taken), None), np.flatnonzero(taken).tolist()
        pairs = combinations(range(len(rows_of)), 2)
        yield (
            small,
            [
                (a, b, event.get(rows_of[a], "a") == event.get(rows_of[b], "b"), LIGHT)
                for a, b in pairs
                if small.lang[a] != small.lang[b] and not abs(small.days[a] - small.days[b]) > DAYS
            ],
        )


def fitted(kind: str, names: tuple[str, ...], parts: list[tuple[Vectors, Pairs]]) -> list[str]:
    """Return the lines of one regression."""
    columns = [FEATURES.index(name) for name in names]
    values = np.concatenate([table(of, pairs)[:, columns] for of, pairs in parts])
    label = np.array([pair[2] for _, pairs in parts for pair in pairs])
    weight = np.array([pair[3] for _, pairs in parts for pair in pairs])
    scale = StandardScaler().fit(values[: len(parts[0][1])])
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit(
        scale.transform(values), label, sample_weight=weight
    )
    slope = model.coef_[0] / scale.scale_
    bias = model.intercept_[0] - slope @ scale.mean_
    print(f"{kind}: {len(label)} pairs, {label.sum()} of one event", file=sys.stderr)
    return [
        f"{kind}\t{name}\t{value:.3f}" for name, value in (("bias", bias), *zip(names, slope, strict=True))
    ]


def main() -> None:
    """Fit both and write the lexicon."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-o", default=ROOT / "src" / "bitext" / "lexicons" / "story_scorer.tsv", type=Path)
    options = parser.parse_args()
    lines = fitted("one", WITHIN, [of_the_month(), *of_the_week()])
    lines += fitted("two", ACROSS, list(of_two_languages()))
    options.o.write_text("\n".join(["languages\tfeature\tcoefficient", *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

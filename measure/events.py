"""Events: order of copies and firsts, stories, and how often statistics reject what is not there."""

import csv
import json
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

import bitext
from bitext import Corpus, Counts
from bitext.arrays import Bools, Floats
from bitext.events.omitted_words import term_cells
from bitext.events.story_table import MAYBE
from bitext.statistics.clusters import periods
from measure.figure import Figure, half
from tests.shared import article_key, jsonl

NOVEMBER = "news_november.jsonl.gz"
PAIRS = Path(__file__).parents[1] / "tests" / "cases" / "story_pairs_november.tsv"
#: Outlets on which nothing was built; the rules were made on the other three.
REPORTED = ("大纪元", "联合早报", "美国之音")
SPLITS = 30

Groups = npt.NDArray[Any]


@cache
def november() -> tuple[Corpus, tuple[str, ...], pd.Series]:
    """Return the articles of the month, their keys, and the UTC stamps of the files."""
    records = list(jsonl(NOVEMBER))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "november.jsonl"
        file.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in records), encoding="utf-8")
        corpus = bitext.read(file, text="raw")
    rows = corpus.articles["article"].str.rsplit("#", n=1).str[1].astype(int) - 1
    stamps = [re.search(r"^date: (\S+)", records[row]["raw"], re.MULTILINE) for row in rows]
    instants = pd.to_datetime([stamp[1] if stamp else None for stamp in stamps], utc=True)
    return corpus, tuple(article_key(records[row]["path"]) for row in rows), pd.Series(instants)


@cache
def tokens() -> bitext.Tokens:
    """Return the tokens of the month."""
    return bitext.tokenize(november()[0])


@cache
def found_stories() -> pd.DataFrame:
    """Return the stories of the month."""
    return bitext.stories(tokens())


@cache
def counts() -> Counts:
    """Return the counts of the month."""
    return bitext.count(tokens(), min_articles=5)


def figures() -> Iterator[Figure]:
    """Measure everything."""
    yield from order()
    yield from story_pairs()
    yield from one_outlet_in_two()
    yield from small_sides()
    yield from power()
    yield stance_of_small_sides()
    yield from similarity_of_samples()
    yield from similarity_of_one_outlet()
    yield shuffled_bursts()
    yield omissions_by_chance()
    yield from planted_omissions()


def order() -> Iterator[Figure]:
    """Compare order with the stamps of the files."""
    corpus, _, stamps = november()
    stamp = dict(zip(corpus.articles["article"], stamps, strict=True))
    copies = bitext.duplicates(corpus)
    across = copies[copies["relation"].isin(("copy", "wire", "unknown"))]
    told = across[across["sure"]]
    wrong = sum(stamp[a] < stamp[b] for a, b in zip(told["article"], told["nearest"], strict=True))
    yield Figure(
        "copies across outlets: order that the files' UTC stamps contradict",
        *(NOVEMBER, "whole", len(told), wrong / len(told), 0.02),
        better="lower",
        aim=0.02,
        note="of pairs whose order is told; some outlets stamp the crawl, not the article: that counts "
        "against us",
    )
    yield Figure(
        "copies across outlets: order cannot be told",
        *(NOVEMBER, "whole", len(across), 1 - len(told) / len(across), 0.1),
        better="lower",
    )
    table = found_stories().assign(stamp=lambda rows: rows["article"].map(stamp))
    claims = contradicted = 0
    for _, part in table.groupby("story"):
        for row in part[part["first"]].itertuples():
            # Articles on other news than the headline play no part in who was first on it.
            others = part[(part["outlet"] != row.outlet) & (part["central"] >= MAYBE)]
            if len(others):
                claims += 1
                contradicted += bool((others["stamp"] < row.stamp).any())
    yield Figure(
        "first in a story, contradicted by the files' UTC stamps",
        *(NOVEMBER, "whole", claims, contradicted / claims, 0.02),
        better="lower",
        aim=0.02,
        note="of stories of several outlets",
    )


def story_pairs() -> Iterator[Figure]:
    """Compare stories with pairs of articles that were read: one event, or not."""
    corpus, keys, _ = november()
    place = {key: row for row, key in enumerate(keys)}
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        read = list(csv.DictReader(lines, delimiter="\t"))
    yield two_readers(read)
    rows = [row for row in read if row["event"] != "?"]
    a, b = (np.array([place[row[name]] for row in rows]) for name in ("a", "b"))
    one = np.array([row["event"] == "1" for row in rows])
    reported = np.array([half(row["a"] + row["b"]) == "reported" for row in rows])
    story = dict(zip(found_stories()["article"], found_stories()["story"], strict=True))
    group = np.array([story.get(name, -1 - row) for row, name in enumerate(corpus.articles["article"])])
    plain = _average_linkage(a, b, one, ~reported)
    yield Figure(
        "stories: F1 of pairs of articles, one event or not",
        *(NOVEMBER, "reported", int(reported.sum()), _f1(group[a] == group[b], one, reported), 0.03),
        aim=0.93,
        label="near pairs of articles, one event or not: F1",
        peer="TF-IDF, average linkage, its threshold tuned",
        peer_value=_f1(plain[a] == plain[b], one, reported),
        note="pairs drawn evenly over likeness, so that half are near misses; 116 of 568 are a matter of "
        "taste and left out. What was tried without gain stands in docs/methods/copies_and_stories.md",
    )


def two_readers(read: list[dict[str, str]]) -> Figure:
    """Compare two readings of the same pairs, the second made without sight of the first."""
    twice = [row for row in read if row["second"]]
    both = [row for row in twice if "?" not in (row["event"], row["second"])]
    return Figure(
        "pairs of articles, one event or not: two readers say the same, of those that both decide",
        *(NOVEMBER, "reported", len(both), sum(r["event"] == r["second"] for r in both) / len(both), 0.03),
        note=f"of {len(twice)} pairs; the others are a matter of taste to one reader or both",
    )


def _f1(same: Bools, one: Bools, part: Bools) -> float:
    right = (same & one & part).sum()
    return float(2 * right / max((same & part).sum() + (one & part).sum(), 1))


def _average_linkage(
    a: npt.NDArray[np.int64], b: npt.NDArray[np.int64], one: Bools, built: Bools
) -> npt.NDArray:
    """Return the groups of a plain method, its threshold tuned on the half "built"."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = np.array(tokens().types, dtype=object)[tokens().term]
    texts = [" ".join(part) for part in np.split(words, tokens().bounds[1:-1])]
    table = TfidfVectorizer(token_pattern=r"\S\S+", sublinear_tf=True, min_df=2).fit_transform(texts)
    distance = np.clip(1 - (table @ table.T).toarray(), 0, None)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform((distance + distance.T) / 2, checks=False), "average")
    cuts = [fcluster(tree, cut, "distance") for cut in np.arange(0.5, 0.98, 0.01)]
    return max(cuts, key=lambda found: _f1(found[a] == found[b], one, built))


def _by_group(names: Groups, rng: np.random.Generator) -> Floats:
    _, number = np.unique(names, return_inverse=True)
    return (rng.random(number.max() + 1) < 0.5)[number].astype(float)


def _designs(part: Counts) -> dict[str, Callable[[np.random.Generator], Floats]]:
    """Return ways to deal the articles of one outlet to two sides: 1 and 0, NaN for left out."""
    size, week = len(part.articles), periods(part.articles, "week")
    weeks = int(week.max()) + 1
    story = dict(zip(found_stories()["article"], found_stories()["story"], strict=True))
    names = np.array([str(story.get(name, name)) for name in part.articles["article"]])
    days = periods(part.articles, "day")

    def alternate(rng: np.random.Generator) -> Floats:
        return np.where(rng.random(size) < 0.9, (week % 2 == rng.integers(2)).astype(float), np.nan)

    def uneven(rng: np.random.Generator) -> Floats:
        share = np.where(rng.permutation(weeks) < weeks // 2, 0.8, 0.2)
        return (rng.random(size) < share[week]).astype(float)

    def blocks(rng: np.random.Generator) -> Floats:
        return (rng.permutation(weeks) < weeks // 2)[week].astype(float)

    def halves(rng: np.random.Generator) -> Floats:
        return (days < np.quantile(days, 0.35 + 0.3 * rng.random())).astype(float)

    return {
        "article": lambda rng: (rng.random(size) < 0.5).astype(float),
        "story": lambda rng: _by_group(names, rng),
        "day": lambda rng: _by_group(days, rng),
        "alternate weeks": alternate,
        "80 to 20 by week": uneven,
        "blocks of weeks": blocks,
        "halves of the month": halves,
    }


def _split(part: Counts, side: Floats) -> Counts:
    chosen = part.select(~np.isnan(side))
    labels = np.where(side[~np.isnan(side)] > 0, "A", "B")
    return replace(chosen, articles=chosen.articles.assign(outlet=labels)).supported(5)


def one_outlet_in_two() -> Iterator[Figure]:
    """Split one outlet in two: how many words differ?"""
    parts = [counts().select((counts().articles["outlet"] == name).to_numpy()) for name in REPORTED]
    for design in _designs(parts[0]):
        tested = low = false = with_p = 0
        for part in parts:
            deal = _designs(part)[design]
            for split in range(SPLITS):
                made = _split(part, deal(np.random.default_rng([split, len(design)])))
                table = bitext.keyness(
                    made, target="A", reference="B", measures=["g2"], cluster=found_stories()
                )
                p = table["p"].dropna()
                tested, low, with_p = tested + len(p), low + int((p < 0.05).sum()), with_p + bool(len(p))
                false += bool((table["q"] < 0.05).any())
        splits = SPLITS * len(parts)
        if design == "halves of the month":
            yield Figure(
                "one outlet split by halves of the month: splits with any p",
                *(NOVEMBER, "reported", splits, with_p / splits, 0.02),
                better="lower",
                aim=0.0,
            )
            continue
        yield Figure(
            f"one outlet split by {design}, stories as units: words with p < .05",
            *(NOVEMBER, "reported", tested, low / max(tested, 1), 0.005),
            better="lower",
            aim=0.06,
            label="one outlet split by day, tested over stories: words with p < .05"
            if design == "day"
            else "",
            note="4 to 6 in a hundred would be exact",
        )
        yield Figure(
            f"one outlet split by {design}, stories as units: splits with any q < .05",
            *(NOVEMBER, "reported", splits, false / splits, 0.02),
            better="lower",
            aim=0.05,
        )


def _dealt(sizes: tuple[int, int], deals: int) -> Iterator[Counts]:
    for deal in range(deals):
        rows = np.random.default_rng([deal, *sizes]).permutation(len(counts().articles))[: sum(sizes)]
        articles = counts().articles.iloc[rows].assign(outlet=["A"] * sizes[0] + ["B"] * sizes[1])
        yield replace(
            counts(),
            matrix=sparse.csr_array(counts().matrix[rows]),
            lengths=counts().lengths[rows],
            articles=articles.reset_index(drop=True),
        )


def small_sides() -> Iterator[Figure]:
    """Deal few articles against many."""
    for sizes in ((10, 500), (10, 1000), (5, 1000)):
        tested = low = tiny = false = 0
        for made in _dealt(sizes, 25):
            table = bitext.keyness(made, target="A", reference="B", measures=["g2"])
            p = table["p"].dropna()
            tested, low, tiny = tested + len(p), low + int((p < 0.05).sum()), tiny + int((p < 0.001).sum())
            false += bool((table["q"] < 0.05).any())
        name = f"{sizes[0]} articles against {sizes[1]:,}"
        yield Figure(
            f"{name}, dealt at random: words with p < .05",
            *(NOVEMBER, "whole", tested, low / tested, 0.005),
            better="lower",
            aim=0.065,
        )
        yield Figure(
            f"{name}, dealt at random: words with p < .001",
            *(NOVEMBER, "whole", tested, tiny / tested, 0.0003),
            better="lower",
            aim=0.001,
            digits=5,
        )
        yield Figure(
            f"{name}, dealt at random: deals with any q < .05",
            *(NOVEMBER, "whole", 25, false / 25, 0.04),
            better="lower",
            aim=0.05,
        )


def power() -> Iterator[Figure]:
    """Plant differences: words of 100 to 500 hits, of which one side loses three quarters."""
    found = {"articles": 0, "stories": 0}
    planted = 0
    for split, name in enumerate(REPORTED):
        part = counts().select((counts().articles["outlet"] == name).to_numpy())
        rng = np.random.default_rng(split)
        side = (rng.random(len(part.articles)) < 0.5).astype(float)
        hits = np.asarray(part.matrix.sum(axis=0)).ravel()
        chosen = rng.choice(np.flatnonzero((hits >= 100) & (hits <= 500)), 60, replace=False)
        matrix = part.matrix.tolil()
        for column in chosen:
            held = part.matrix[:, [column]].toarray().ravel()
            matrix[:, [column]] = np.where(side > 0, held, rng.binomial(held, 0.25))[:, None]
        made = _split(replace(part, matrix=sparse.csr_array(matrix)), side)
        planted += len(chosen)
        for units, cluster in (("articles", None), ("stories", found_stories())):
            table = bitext.keyness(made, target="A", reference="B", measures=["g2"], cluster=cluster)
            q = table.set_index("term")["q"].reindex(part.terms[chosen])
            found[units] += int((q < 0.05).sum())
    for units, number in found.items():
        yield Figure(
            f"planted differences with q < .05, {units} as units (ratio 4, 100 to 500 hits before, 330 a "
            "side)",
            *(NOVEMBER, "reported", planted, number / planted, 0.05),
        )


def stance_of_small_sides() -> Figure:
    """Deal ten articles against five hundred, and compare their stance."""
    corpus = november()[0]
    tested = low = 0
    articles = corpus.articles.iloc[::2].reset_index(drop=True)
    for deal in range(6):
        rows = np.random.default_rng(deal).permutation(len(articles))[:510]
        dealt = articles.iloc[rows].assign(outlet=["A"] * 10 + ["B"] * 500).reset_index(drop=True)
        table = bitext.stance_differences(bitext.tokenize(Corpus(dealt)), replicates=50, voice="all")
        p = table["p"].dropna()
        tested, low = tested + len(p), low + int((p < 0.05).sum())
    return Figure(
        "stance_differences of 10 articles against 500, dealt at random: p < .05",
        *(NOVEMBER, "whole", tested, low / tested, 0.02),
        better="lower",
        aim=0.065,
    )


def similarity_of_samples() -> Iterator[Figure]:
    """Draw samples of two outlets: does the interval hold the cosine of all their articles?"""
    outlet = counts().articles["outlet"].to_numpy()
    sides = [np.flatnonzero(outlet == name) for name in REPORTED]
    for size in (20, 50, 100):
        covered = drawn = 0
        for i, j in ((0, 1), (0, 2), (1, 2)):
            rows = np.concatenate([sides[i], sides[j]])
            truth = bitext.similarity(_taken(rows), replicates=1)["cosine"].iloc[0]
            for draw in range(30):
                rng = np.random.default_rng([draw, size])
                rows = np.concatenate([rng.choice(sides[k], size, replace=False) for k in (i, j)])
                row = bitext.similarity(_taken(rows), replicates=1).iloc[0]
                covered, drawn = covered + bool(row["cosine_low"] <= truth <= row["cosine_high"]), drawn + 1
        yield Figure(
            f"similarity of {size} articles a side: the interval holds the cosine of all",
            *(NOVEMBER, "reported", drawn, covered / drawn, 0.03),
            aim=0.92,
        )


def similarity_of_one_outlet() -> Iterator[Figure]:
    """Split one outlet by story: is it unlike itself, with articles and with stories as units?"""
    found: dict[str, list[float]] = {"articles": [], "stories": []}
    for name in REPORTED:
        part = counts().select((counts().articles["outlet"] == name).to_numpy())
        deal = _designs(part)["story"]
        for split in range(10):
            made = _split(part, deal(np.random.default_rng([split, 5])))
            for units, cluster in (("articles", None), ("stories", found_stories())):
                table = bitext.similarity(made, cluster=cluster, replicates=99)
                found[units].append(table["p"].iloc[0])
    for units, p in found.items():
        yield Figure(
            f"similarity of one outlet split by story, {units} as units: splits with p < .05",
            *(NOVEMBER, "reported", len(p), float((np.array(p) < 0.05).mean()), 0.05),
            better="lower",
            aim=0.06 if units == "stories" else None,
        )


def _taken(rows: npt.NDArray[np.int64]) -> Counts:
    articles = counts().articles.iloc[rows].reset_index(drop=True)
    return replace(
        counts(),
        matrix=sparse.csr_array(counts().matrix[rows]),
        lengths=counts().lengths[rows],
        articles=articles,
    )


def shuffled_bursts() -> Figure:
    """Shuffle the dates: which bursts are left?"""
    false = 0
    for seed in range(5):
        dates = np.random.default_rng(seed).permutation(counts().articles["date"].to_numpy())
        made = replace(counts(), articles=counts().articles.assign(date=dates))
        false += int((bitext.bursts(made)["q"] < 0.05).any())
    return Figure(
        "bursts with shuffled dates: tables with any q < .05",
        *(NOVEMBER, "whole", 5, false / 5, 0.2),
        better="lower",
        aim=0.05,
    )


def omissions_by_chance() -> Figure:
    """Exchange outlets within stories: of the terms with p < .05, how many are left out?"""
    rng = np.random.default_rng(1)
    table = found_stories()
    exchanged = table.assign(
        outlet=table.groupby("story")["outlet"].transform(lambda names: rng.permutation(names.to_numpy()))
    )
    cells = term_cells(exchanged, bitext.count(tokens(), unit="concept", min_articles=2))
    known = cells[cells["p"] < 0.1]
    return Figure(
        "omitted words with outlets exchanged within stories: left out, of terms with p < .1",
        *(NOVEMBER, "whole", len(known), float(known["absent"].mean()), 0.02),
        better="lower",
        aim=0.1,
        note="p < .05 is reached by few terms with six outlets; a single word left out is rarely surprising",
    )


#: Words that are taken out of the articles of one outlet on one story: few at once, since p is learned from
#: all that is absent; and how often.
PLANTED, TURNS = 40, 10


def planted_omissions() -> Iterator[Figure]:
    """Take words out of an outlet's articles on a story that all its peers use there: are they found?"""
    whole = bitext.count(tokens(), unit="concept", min_articles=2)
    cells = term_cells(found_stories(), whole)
    # What a reader would miss: every other outlet has it, in five articles or more.
    told = cells[~cells["absent"] & (cells["peers"] == cells["peers_total"]) & (cells["articles_peers"] >= 5)]
    order = np.random.default_rng(1).permutation(len(told))[: PLANTED * TURNS]
    found = pd.concat([_taken_out(whole, told.iloc[part]) for part in np.split(order, TURNS)])
    what = "words that all peers have, in five articles or more, taken out of an outlet's articles on a story"
    for told_of, right in (
        ("p < .05", found["p"] < 0.05),
        ("p < .1", found["p"] < 0.1),
        ("among the first five rows of its table", found["place"] < 5),
    ):
        yield Figure(f"{what}: {told_of}", *(NOVEMBER, "whole", len(found), float(right.mean()), 0.04))


def _taken_out(whole: Counts, chosen: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of `omitted_words` of *chosen* cells, when their words are gone; and their place."""
    article = {name: row for row, name in enumerate(whole.articles["article"])}
    column = {term: place for place, term in enumerate(whole.terms)}
    of = found_stories().groupby(["story", "outlet"])["article"].agg(list)
    keys = list(zip(chosen["story"], chosen["outlet"], chosen["term"], strict=True))
    gone = [(article[name], column[term]) for story, outlet, term in keys for name in of[story, outlet]]
    mask = sparse.csr_array((np.ones(len(gone), bool), tuple(zip(*gone, strict=True))), whole.matrix.shape)
    matrix = sparse.csr_array(whole.matrix - whole.matrix.multiply(mask))
    matrix.eliminate_zeros()
    table = bitext.omitted_words(found_stories(), replace(whole, matrix=matrix))
    place = table.groupby(["story", "outlet"]).cumcount()
    return table.assign(place=place).set_index(["story", "outlet", "term"]).reindex(keys)

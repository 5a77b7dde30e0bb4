"""Labels dealt at random to real news: what the tests call significant is chance."""

import json
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest
from scipy import stats

import bitext
from bitext import Counts
from tests.shared import jsonl, needs_shared


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Counts:
    """About a thousand Chinese articles of the shared news, drawn evenly from the file."""
    path = tmp_path_factory.mktemp("news") / "part.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for record in islice(jsonl("news_multi_outlet.jsonl.gz"), 0, None, 4):
            out.write(json.dumps(record) + "\n")
    counts = bitext.count(bitext.tokenize(bitext.read(path)))
    return counts.select(lang="zh")


def dealt(counts: Counts, target: int, size: int, seed: int) -> Counts:
    """*size* of the articles, *target* of them labelled A, the others B, at random."""
    rng = np.random.default_rng(seed)
    rows = np.sort(rng.choice(len(counts.articles), size, replace=False))
    part = counts.select(np.isin(np.arange(len(counts.articles)), rows))
    labels = rng.permutation(np.array(["A"] * target + ["B"] * (size - target)))
    return replace(part, articles=part.articles.assign(outlet=labels))


@needs_shared
@pytest.mark.parametrize(("target", "size"), [(70, 900), (300, 900), (450, 900), (100, 200)])
def test_share_of_small_p_under_shuffled_labels(chinese: Counts, target: int, size: int) -> None:
    p, tokens, discoveries = [], [], 0
    for seed in range(5):
        table = bitext.keyness(dealt(chinese, target, size, seed), target="A", measures=["g2"])
        tested = table["p"].notna()
        p.append(table["p"][tested] < 0.05)
        tokens.append(stats.chi2.sf(table["g2"][tested].abs(), 1) < 0.05)
        discoveries += int((table["q"] < 0.05).any())
    assert 0.03 <= np.concatenate(p).mean() <= 0.07
    # Tokens as units: never less than twice the level, and more the larger the smaller side.
    assert np.concatenate(tokens).mean() > (0.1 if target < 100 else 0.15)
    assert discoveries <= 2


@needs_shared
@pytest.mark.parametrize("test", ["bootstrap", "permutation"])
def test_the_other_tests_keep_their_level_too(chinese: Counts, test: str) -> None:
    p = [
        bitext.keyness(
            dealt(chinese, 200, 500, seed), target="A", measures=["g2"], test=test, replicates=400
        )["p"]
        for seed in range(3)
    ]
    found = np.concatenate(p)
    assert 0.03 <= (found[~np.isnan(found)] < 0.05).mean() <= 0.07

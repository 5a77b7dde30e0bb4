"""MinHash signatures and candidates, against exact similarities of texts made by a seeded generator."""

import numpy as np

from bitext.copies.minhash import PERMUTATIONS, Sketches, candidates, signatures, similarity
from bitext.copies.overlap import pairs_exact
from bitext.copies.shingles import shingle_sets
from tests.copies.synthetic import mixed_pairs, news


def test_similarity_is_within_two_standard_errors_of_exact_jaccard() -> None:
    texts = mixed_pairs(shares=np.linspace(0.05, 0.95, 60), length=1500)
    sets = shingle_sets(texts)
    estimates = signatures(sets)
    errors = []
    for i in range(0, len(texts), 2):
        a, b = (set(sets.values[sets.bounds[k] : sets.bounds[k + 1]].tolist()) for k in (i, i + 1))
        errors.append(similarity(estimates[i], estimates[i + 1]) - len(a & b) / len(a | b))
    bound = 2 / np.sqrt(PERMUTATIONS)
    assert np.mean(np.abs(errors) <= bound) >= 0.98
    assert abs(np.mean(errors)) < 0.02  # no bias


def test_short_texts_with_empty_bins_are_estimated_too() -> None:
    texts = mixed_pairs(shares=np.full(80, 0.5), length=120)
    sets = shingle_sets(texts)
    estimates = signatures(sets)
    errors = []
    for i in range(0, len(texts), 2):
        a, b = (set(sets.values[sets.bounds[k] : sets.bounds[k + 1]].tolist()) for k in (i, i + 1))
        errors.append(similarity(estimates[i], estimates[i + 1]) - len(a & b) / len(a | b))
    assert abs(np.mean(errors)) < 0.03
    assert np.mean(np.abs(errors) <= 2 / np.sqrt(PERMUTATIONS)) >= 0.9


def test_empty_texts_are_never_candidates_of_one_another() -> None:
    first, second = candidates(Sketches.of(["", "", "短", "x"]), 0.5)
    assert len(first) == len(second) == 0


def test_candidates_find_nearly_all_that_the_exact_search_finds() -> None:
    texts = news(1500, copies=0.2, seed=4)
    exact = pairs_exact(shingle_sets(texts), 0.5)
    wanted = set(zip(exact.first.tolist(), exact.second.tolist(), strict=True))
    found = {tuple(pair) for pair in np.transpose(candidates(Sketches.of(texts), 0.5)).tolist()}
    assert len(wanted) > 200
    assert len(wanted & found) >= 0.97 * len(wanted)
    assert len(found) < 3 * len(wanted)


def test_a_group_of_many_copies_is_linked_but_not_paired_out() -> None:
    text = news(1, copies=0, seed=1)[0]
    first, second = candidates(Sketches.of([text] * 500), 0.5)
    assert set(second.tolist()) == set(range(1, 500))
    assert len(first) < 500 * 8

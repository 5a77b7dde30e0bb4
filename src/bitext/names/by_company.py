"""Names → the company they keep: the concepts of their sentences, and which names keep the same."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy import sparse

from bitext.arrays import Ints
from bitext.concepts.lookup import ConceptTable
from bitext.names.choosable import same_word
from bitext.tokens.tokens import Tokens

#: Kinds whose concepts are things of their own: two of them are never names of one.
OWN = frozenset({"country", "city", "region", "person", "company", "media", "product", "time", "quantity"})
#: Two names stand in one sentence at most so much oftener than by chance.
_TOGETHER = 3.0
#: Names compared by company stand in so many sentences at least, and share so many concepts.
_ENOUGH, _COMMON = 10, 4


class Units(NamedTuple):
    """Names of one language: text, concept (-1: none), and the sentence and article of each occurrence."""

    texts: list[str]
    concept: Ints
    unit: Ints
    sentence: Ints
    article: Ints


def company_of(
    tokens: Tokens, units: Units, concept: Ints, first: Ints, concepts: int
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Return names × names (sentences they share), and names × concepts, weighted and of length 1."""
    sentence = tokens.sentence_keys()
    used, code = np.unique(np.concatenate((units.sentence, sentence[first])), return_inverse=True)
    own, other = code[: len(units.unit)], code[len(units.unit) :]
    stands = sparse.csr_array((np.ones(len(own)), (units.unit, own)), shape=(len(units.texts), len(used)))
    around = sparse.csr_array((np.ones(len(other)), (other, concept)), shape=(len(used), concepts))
    stands.data[:], around.data[:] = 1, 1
    together = sparse.csr_array(stands @ stands.T)
    joint = sparse.coo_array(stands @ around)
    alone = joint.col != units.concept[joint.row]  # a name is no company of its own
    rows, columns, counts = joint.row[alone], joint.col[alone], joint.data[alone]
    size = np.asarray(stands.sum(axis=1)).ravel()
    base = np.asarray(around.sum(axis=0)).ravel() / max(len(used), 1)
    weight = np.log(counts / (size[rows] * base[columns]))
    keep = (weight > 0) & (counts > 1)
    matrix = sparse.csr_array((weight[keep], (rows[keep], columns[keep])), shape=(len(units.texts), concepts))
    length = np.sqrt(np.asarray((matrix * matrix).sum(axis=1)).ravel())
    scale = sparse.diags_array(np.divide(1, length, out=np.zeros_like(length), where=length > 0))
    return together, sparse.csr_array(scale @ matrix)


def alike(
    units: Units,
    table: ConceptTable,
    together: sparse.csr_array,
    weighted: sparse.csr_array,
    least: float,
    seen: set[tuple[int, int]],
) -> Iterator[tuple[int, int]]:
    """Yield names that are each other's nearest by company, of those that can be names of one thing."""
    kinds = [table.kinds[concept] if concept >= 0 else "" for concept in units.concept.tolist()]
    size = np.asarray(together.diagonal())
    may = np.array([kind not in OWN for kind in kinds], bool) & (size >= _ENOUGH)
    near = sparse.coo_array(weighted @ weighted.T)
    shared = sparse.csr_array((weighted > 0).astype(np.int64))
    row, column, cosine = near.row, near.col, near.data
    use = (row != column) & may[row] & may[column] & (cosine >= least)
    use &= (units.concept[row] != units.concept[column]) | (units.concept[row] < 0)
    row, column, cosine = row[use], column[use], cosine[use]
    order = np.lexsort((column, -cosine, row))
    _, first = np.unique(row[order], return_index=True)
    nearest = dict(zip(row[order][first].tolist(), column[order][first].tolist(), strict=True))
    total = float(len(np.unique(units.sentence)))
    pairs = [
        (a, b)
        for a, b in sorted(nearest.items())
        if a < b
        and nearest.get(b) == a
        and (a, b) not in seen
        and not same_word(units.texts[a], units.texts[b])
    ]
    if not pairs:
        return
    one, other = np.array(pairs, np.int64).T
    common = np.asarray(shared[one].multiply(shared[other]).sum(axis=1)).ravel()
    meet = np.asarray(together[one, other]).ravel() * total
    may_be_one = (common >= _COMMON) & (meet <= _TOGETHER * size[one] * size[other])
    yield from (pair for pair, holds in zip(pairs, may_be_one.tolist(), strict=True) if holds)

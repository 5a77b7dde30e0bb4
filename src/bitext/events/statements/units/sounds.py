"""Names that one language writes in letters and the other in characters: Fachin and 法欣, by their sound."""

from typing import NamedTuple

import numpy as np
from scipy import sparse

from bitext.arrays import Bools, Ints
from bitext.concepts.lookup import ConceptHits
from bitext.glossaries.transliteration import gains, plain, spells_sounds
from bitext.text.kinds import EN, WORD, ZH
from bitext.tokens.tokens import Tokens

#: Letters of a name, and characters of what spells it.
_LETTERS, _CHARACTERS = (4, 14), (2, 6)
#: Nats by which spelling must explain a name better than chance, and per character.
_SURE, _EACH = 3.0, 1.1


class Spelt(NamedTuple):
    """The terms of all articles that may be names.

    Attributes:
        names: English ones as their letters; each begins with a capital somewhere.
        small: in which articles such a term stands without a capital: in a story of these it is no name.
        spells: Chinese ones as their characters.
    """

    names: dict[int, str]
    small: dict[int, frozenset[int]]
    spells: dict[int, str]


def possible_names(tokens: Tokens, hits: ConceptHits, content: Bools) -> Spelt:
    """Return the terms that may be names and are part of no concept."""
    free = np.flatnonzero(content & ~hits.covered(tokens) & (tokens.kind == WORD))
    texts = tokens.articles[tokens.field].tolist()
    chinese = {
        term: tokens.types[term]
        for term in np.unique(tokens.term[free[tokens.lang[free] == ZH]]).tolist()
        if _CHARACTERS[0] <= len(tokens.types[term]) <= _CHARACTERS[1] and spells_sounds(tokens.types[term])
    }
    if not chinese:
        return Spelt({}, {}, {})
    english = free[tokens.lang[free] == EN]
    rows = tokens.article()[english].tolist()
    places = zip(tokens.term[english].tolist(), rows, tokens.start[english].tolist(), strict=True)
    capital: set[int] = set()
    small: dict[int, set[int]] = {}
    for term, row, start in places:
        if texts[row][start].islower():
            small.setdefault(term, set()).add(row)
        else:
            capital.add(term)
    names = {
        term: plain(tokens.types[term].removesuffix("'s").removesuffix("’s")) for term in sorted(capital)
    }
    names = {term: name for term, name in names.items() if _LETTERS[0] <= len(name) <= _LETTERS[1]}
    return Spelt(names, {term: frozenset(small[term]) for term in names if term in small}, chinese)


def sounds(words: sparse.csr_array, articles: Ints, spelt: Spelt) -> sparse.csr_array:
    """Return sentences × names that are spelt by sound in the other language of the story, 0 or 1.

    Args:
        words: sentences of a story × terms.
        articles: the article of each sentence.
        spelt: see `possible_names`.
    """
    used = np.unique(words.indices).tolist()
    here = frozenset(np.unique(articles).tolist())
    names = [
        term for term in used if term in spelt.names and here.isdisjoint(spelt.small.get(term, frozenset()))
    ]
    spells = [term for term in used if term in spelt.spells]
    size = (words.shape[0], max(len(names), 1))
    if not names or not spells:
        return sparse.csr_array(size)
    characters = [spelt.spells[term] for term in spells]
    value = gains(characters, [spelt.names[term] for term in names])
    enough = np.maximum(_SURE, _EACH * np.array([len(one) for one in characters]))[:, None]
    # Each word spells the name that it spells best, if any.
    best = value.argmax(axis=1)
    sure = value[np.arange(len(spells)), best] >= enough[:, 0]
    heard = {name for name, found in zip(best.tolist(), sure.tolist(), strict=True) if found}
    table = sparse.lil_array((words.shape[1], size[1]))
    for row in np.flatnonzero(sure).tolist():
        table[spells[row], best[row]] = 1.0
    for name in heard:
        table[names[name], name] = 1.0
    found = sparse.csr_array(words @ table.tocsr())
    found.data[:] = 1.0
    return found

"""Names that one language writes in letters and the other in characters: Fachin and 法欣, by their sound."""

import numpy as np
from scipy import sparse

from bitext.arrays import Bools
from bitext.concepts.lookup import ConceptHits
from bitext.glossaries.transliteration import gains, plain, spells_sounds
from bitext.text.kinds import EN, WORD, ZH
from bitext.tokens.tokens import Tokens

#: Letters of a name, and characters of what spells it.
_LETTERS, _CHARACTERS = (4, 14), (2, 6)
#: Nats by which spelling must explain a name better than chance, and per character.
_SURE, _EACH = 3.0, 1.1


def possible_names(
    tokens: Tokens, hits: ConceptHits, content: Bools
) -> tuple[dict[int, str], dict[int, str]]:
    """Return the terms that may be names: English ones as their letters, Chinese ones as their characters.

    An English one begins with a capital wherever it stands; neither is part of a concept.
    """
    free = np.flatnonzero(content & ~hits.covered(tokens) & (tokens.kind == WORD))
    texts = tokens.articles[tokens.field].tolist()
    chinese = {
        term: tokens.types[term]
        for term in np.unique(tokens.term[free[tokens.lang[free] == ZH]]).tolist()
        if _CHARACTERS[0] <= len(tokens.types[term]) <= _CHARACTERS[1] and spells_sounds(tokens.types[term])
    }
    if not chinese:
        return {}, {}
    english = free[tokens.lang[free] == EN]
    rows = tokens.article()[english].tolist()
    places = zip(tokens.term[english].tolist(), rows, tokens.start[english].tolist(), strict=True)
    small = {term for term, row, start in places if texts[row][start].islower()}
    names = {
        term: plain(tokens.types[term].removesuffix("'s").removesuffix("’s"))
        for term in np.unique(tokens.term[english]).tolist()
        if term not in small
    }
    return {term: name for term, name in names.items() if _LETTERS[0] <= len(name) <= _LETTERS[1]}, chinese


def sounds(words: sparse.csr_array, named: dict[int, str], spelling: dict[int, str]) -> sparse.csr_array:
    """Return sentences × names that are spelt by sound in the other language of the story, 0 or 1.

    Args:
        words: sentences of a story × terms.
        named, spelling: see `possible_names`.
    """
    used = np.unique(words.indices).tolist()
    names = [term for term in used if term in named]
    spells = [term for term in used if term in spelling]
    size = (words.shape[0], max(len(names), 1))
    if not names or not spells:
        return sparse.csr_array(size)
    characters = [spelling[term] for term in spells]
    value = gains(characters, [named[term] for term in names])
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

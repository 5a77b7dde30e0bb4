"""Sentences too short to be a statement → whose statement an outlet may have told in such a one.

"Nobody was hurt." can be told from no other sentence of that kind, so it is no statement. But an outlet that
prints it has not left out that nobody was hurt in Orvik when the lake was lowered.
"""

import numpy as np
from scipy import sparse

from bitext.arrays import Floats, Ints
from bitext.events.statements.pairing.shares import rare, weighed
from bitext.events.statements.rows import RELATIONS, Statements
from bitext.events.statements.units.sentences import Sentences

#: Share of a short sentence's words and characters (English: runs of letters) in a statement it may tell.
_MOST = 0.5
#: A sentence that is the same statement with a smaller probability is not nearer than a short one.
_FAR = 0.2


def heed_brief(found: Statements, stated: Sentences, brief: Sentences, outlet: Ints) -> Statements:
    """Return the statements of a story with the short sentences that come near them.

    Args:
        found: the statements of the sentences *stated*.
        stated: the sentences of the story that state something.
        brief: those that are too short; they are numbered behind *stated*.
        outlet: for each of *brief* the number of its outlet.
    """
    rows = np.flatnonzero(found.relation == RELATIONS.index("nearest"))
    if not len(rows) or not len(brief):
        return found
    share = _shares(found, stated, brief)[:, found.statement[rows]]
    share[outlet[:, None] != found.outlet[rows][None, :]] = 0.0
    best = share.argmax(axis=0)
    most = share[best, np.arange(len(rows))]
    near = most >= _MOST
    at, best = rows[near], best[near]
    containment, sentence, score = found.containment.copy(), found.sentence.copy(), found.score.copy()
    containment[at] = np.maximum(containment[at], most[near])
    far = score[at] < _FAR
    sentence[at[far]], score[at[far]] = len(stated) + best[far], 0.0
    carrier = np.append(found.carrier, brief.article)
    return found._replace(carrier=carrier, sentence=sentence, score=score, containment=containment)


def _shares(found: Statements, stated: Sentences, brief: Sentences) -> Floats:
    """Return short sentences × statements: how much of each stands in what says the statement."""
    says = found.relation == RELATIONS.index("says")
    cells = (found.statement[says], found.sentence[says])
    size = (len(stated), len(stated))
    of = sparse.csr_array((np.ones(len(cells[0])), cells), shape=size)
    shares = []
    for name in ("words", "letters", "pairs"):
        table, all_of = getattr(brief, name), getattr(stated, name)
        weight = weighed(table, rare(all_of))
        has = sparse.csr_array(of @ all_of)
        has.data[:] = 1.0
        total = np.maximum(np.asarray(weight.sum(axis=1)).ravel(), 1e-12)
        shares.append(np.asarray((weight @ has.T).todense()) / total[:, None])
    words, letters, pairs = shares
    # 无人受伤 and 没有人员受伤 have no other characters, but other words.
    return np.asarray((words + np.where((brief.lang == "zh")[:, None], letters, pairs)) / 2)

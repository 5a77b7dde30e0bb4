"""Words that Taiwan, Hong Kong or Singapore write otherwise (软体, 的士, 德士) → by whose form a text goes.

Many are usual in two of them: 资讯 in Taiwan and Hong Kong. Such a word goes with the rest of its article: it
counts for that of its regions of which the article has most words that only one region has; where it has none
of any, or as many of both, the word is undecided.
"""

from functools import cache
from typing import NamedTuple

import numpy as np

from bitext.arrays import Bools, Ints
from bitext.concepts.lookup import REGIONS, ConceptHits, ConceptTable


class RegionalMentions(NamedTuple):
    """Chinese mentions of concepts that have a form of their own in one region; parallel arrays.

    Attributes:
        taken: the mention is in the region's form.
        decided: False: it may be, or in that of another region.
        first, last: its first and last token.
    """

    taken: Bools
    decided: Bools
    first: Ints
    last: Ints


class _Forms(NamedTuple):
    """Regions × forms of bitext's table.

    Attributes:
        asked: the form is Chinese, and its concept has a form of the region.
        own: it is one of the region.
        only: number of the one region that has the form, by form; -1 where there is none, or several.
    """

    asked: Bools
    own: Bools
    only: Ints


def evidence(hits: ConceptHits, article: Ints, articles: int) -> Ints:
    """Return articles × regions: how many words that only one region has.

    Args:
        hits: concepts found in one part of the articles.
        article: number of each hit's article.
        articles: how many there are.
    """
    only = _forms().only[hits.form]
    telling = only >= 0
    place = article[telling] * len(REGIONS) + only[telling]
    return np.bincount(place, minlength=articles * len(REGIONS)).reshape(articles, len(REGIONS))


def regional_mentions(hits: ConceptHits, article: Ints, told: Ints) -> list[RegionalMentions]:
    """Return the mentions of each region, given the *told* `evidence` of all parts of the articles."""
    forms = _forms()
    found = []
    for place in range(len(REGIONS)):
        mine = np.flatnonzero(forms.asked[place][hits.form])
        form = hits.form[mine]
        # Evidence for each region that has the form, of the mention's article.
        votes = np.where(forms.own[:, form].T, told[article[mine]], -1)
        most = votes.max(axis=1, initial=-1)
        sure = (most > 0) & ((votes == most[:, None]).sum(axis=1) == 1)
        alone = forms.own[:, form].sum(axis=0) == 1
        own = forms.own[place][form]
        taken = own & (alone | (sure & (votes[:, place] == most)))
        found.append(RegionalMentions(taken, ~own | alone | sure, hits.first[mine], hits.last[mine]))
    return found


@cache
def _forms() -> _Forms:
    forms = ConceptTable.default().forms
    own = np.array([[region in one.regions for one in forms] for region in REGIONS], bool)
    asked = []
    for place in range(len(REGIONS)):
        known = {forms[number].concepts for number in np.flatnonzero(own[place])}
        asked.append([one.lang == "zh" and one.concepts in known for one in forms])
    only = np.where(own.sum(axis=0) == 1, own.argmax(axis=0), -1)
    return _Forms(np.array(asked, bool), own, only)

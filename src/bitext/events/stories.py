"""Stories: the articles of several outlets, in either language, on one event."""

from typing import Any

import pandas as pd

from bitext.checked import checked
from bitext.corpus.scan import Progress, Scan
from bitext.counting.counts import Counts
from bitext.errors import BitextError
from bitext.events.grouped import DAYS, check, grouped, table_of
from bitext.events.windows import of_scan
from bitext.text.encoder import encoder_name, resolve
from bitext.tokens.tokens import Tokens


@checked
def stories(
    tokens: Tokens | Scan,
    *,
    concept_counts: Counts | None = None,
    days: float = DAYS,
    threshold: float | None = None,
    min_group_size: int = 2,
    encoder: Any = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Group articles on the same event, within and across languages.

    Articles of one language are compared by the TF-IDF cosine of their words (title and first 150 tokens
    weigh more) and of what languages share: concepts, Latin names, figures and days. Articles of two
    languages are compared by the shared things alone. Two logistic regressions, learned from pairs of
    articles that were read, say how likely a pair reports one event; time between them, one outlet and
    figures that differ (two days' markets) make it less likely, and a pair of two languages must be surer.
    Groups are then joined, most likely first, while the mean over their pairs is high enough for their size
    (`bitext.events.linkage.agglomerate`).

    Args:
        tokens: what `bitext.tokenize` returned. Of a `Scan` articles are compared in windows of time, 3,000
            at once, which overlap by *days* (half a window at most); what is held is one window and a row for
            each article.
        concept_counts: counts of the same articles in unit "concept", made with a table of your own; by
            default bitext's own concepts are counted in text and title.
        days: days between two articles from which on they are not compared. Articles without a date are
            compared with all; they hold no articles together that lie farther apart.
        threshold: mean probability of one event that a large group must have; small ones need more (a pair .2
            more, .42 where ten articles lie within the window). Higher values give narrower stories. By
            default .08 where 30 articles lie within the window of an article, and .14 more for every tenfold;
            the value used is in the run record. Set on half of the pairs that were read and on the project's
            own sample corpus; see the methods page.
        min_group_size: leave out smaller stories; at least 2.
        encoder: an object with ``encode(list of str) -> array``, one row for each sentence (the interface of
            sentence-transformers), or "default", the packaged multilingual one (extra ``embed``): articles of
            two languages are then compared by the meaning of their titles and first sentences, too (weight
            .15). The run record says which.
        progress: for a `Scan`, called with the number of articles done since the last call, in each pass.

    Returns:
        One row per article of a story. Stories are in the order of their first article, the articles of a
        story in order of date:

        - ``story`` (int): number of the story, from 0
        - ``saga`` (int): number of what the story is part of: a long affair has several stories, each with
          its own events; most stories are a saga of their own
        - ``name``: the headline of the article that is most like the others, in the language that most of its
          articles are in; ``name_zh``, ``name_en``: the same for each language, "" where it has no article
        - ``article``, ``outlet``, ``lang``, ``date`` (as printed), ``title``
        - ``instant`` (UTC): when it was published; NaT where the outlet's clock or the date is not known.
          ``precision``: "second", "minute", "hour", "day" (then the day begins at `instant`) or ""
        - ``first`` (bool): it surely reports what the article reports that gives the story its ``name``
          (``central`` .955 or more), another outlet has an article of which that holds, too, and no article
          of another outlet that may report it (``central`` .3 or more) can have been earlier. What appeared
          more than 36 hours before that article is never sure to report the same, nor is what the next outlet
          has a day later, or after the same outlet has reported anew (two days of one series), or where the
          two are less than .97 likely one event. Who says at
          the head of the article that the news is another outlet's is not first. A story has no
          first where that is not sure, or where two outlets' times overlap, because one gives a day only or
          its clock is not known
        - ``hours`` (float): since the story's earliest article; NaN where it cannot be told which was earlier
        - ``similarity`` (0 to 1): how likely it reports the same event as another article of the story, on
          average over them
        - ``central`` (0 to 1): how likely it reports what the article reports that gives the story its
          ``name``; 1 for that article

    Raises:
        BitextError: *days*, *threshold* or *min_group_size* is out of range, or *concept_counts* are given
            with a `Scan`.
        TableError: *concept_counts* are not counts of concepts, or of other articles.

    Source:
        Event threading by term vectors, cosine and time: Allan, Papka & Lavrenko (1998), On-line new event
        detection and tracking; matching across outlets by people's judgement: Mozer et al. (2020), Matching
        with text data.

    Examples:
        >>> import pandas as pd, bitext
        >>> frame = pd.DataFrame({
        ...     "title": ["Quake shakes Harbin", "哈尔滨地震", "Bank cuts rates"],
        ...     "text": ["A 5.6 quake shook Harbin.", "哈尔滨发生5.6级地震。", "The bank cut its rate."],
        ...     "outlet": ["A", "B", "B"], "date": ["2031-03-02", "2031-03-03", "2031-03-03"]})
        >>> tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
        >>> stories(tokens)[["story", "outlet", "lang", "title", "first"]]
           story outlet lang                title  first
        0      0      A   en  Quake shakes Harbin  False
        1      0      B   zh                哈尔滨地震  False
    """
    check(days, threshold, min_group_size)
    own = concept_counts is not None
    if isinstance(tokens, Scan):
        if own:
            raise BitextError("concept_counts= are of articles in memory; leave them out with a Scan")
        articles, found = of_scan(tokens, days, threshold, resolve(encoder), progress)
    else:
        articles = tokens.articles
        found = grouped(tokens, concept_counts, days, threshold, encoder=resolve(encoder))
    table = table_of(articles, found, days, min_group_size, own_concepts=own)
    if encoder is not None:
        table.attrs["run"]["parameters"]["encoder"] = encoder_name(encoder)
    return table

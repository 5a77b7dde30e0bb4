"""Candidates for the polarity list, from words that keep company with words of known valence.

Candidates are for people to read: nothing here scores a text. On 500 articles association finds about a third
of what a graded list of a thousand words finds; it helps to make such a list, not to replace it.
"""

import warnings

import numpy as np
import pandas as pd

from bitext.attribution.annotations import Annotations
from bitext.checked import checked
from bitext.corpus.scan import Scan
from bitext.cues.cues import POLARITY, TOPIC, Cues
from bitext.errors import LanguageError, ScanError, TableError
from bitext.lexicons.stopwords import stopwords
from bitext.record import run_record
from bitext.text.kinds import WORD
from bitext.tokens.tokens import Tokens

COLUMNS = ("term", "lang", "so_pmi", "sentences", "articles", "with_positive", "with_negative", "listed")
#: Fewer sentences make associations of chance.
ENOUGH_SENTENCES = 5_000


@checked
def polarity_candidates(
    tokens: Tokens, *, lang: str | None = None, cues: Cues = None, min_count: int = 10, top: int = 500
) -> pd.DataFrame:
    """List words that stand in sentences of good or of bad words more than chance would have it.

    Args:
        tokens: what `bitext.tokenize` returned.
        lang: "zh" or "en"; may be left out where all articles are in one language.
        cues: as in `bitext.evidence`; its polarity words are the seeds.
        min_count: leave out words in fewer sentences.
        top: rows at most, half of them for each sign.

    Returns:
        Candidates for review, strongest first: ``term lang so_pmi sentences articles with_positive
        with_negative listed``. *so_pmi* is log2 of the ratio of the word's sentences with more good and
        with more bad words to the same ratio of all sentences, half a sentence added to each; *sentences*
        those that hold it. *listed* says that it is a seed itself. The table is for reading: nothing
        in bitext uses it before somebody has put
        rows of it into a list.

    Raises:
        LanguageError: the articles are in two languages and *lang* is missing.
        TableError: no sentence holds a polarity word.

    Examples:
        >>> from bitext.stances.from_texts import tokens_of
        >>> import warnings; warnings.simplefilter("ignore")
        >>> tokens = tokens_of(["The turnip was a success.", "The gherkin was a failure."] * 10)
        >>> sorted(polarity_candidates(tokens, min_count=5).query("not listed")["term"])
        ['gherkin', 'turnip']
    """
    if isinstance(tokens, Scan):
        raise ScanError.missing("articles")
    langs = sorted(set(tokens.articles["lang"]) & {"zh", "en"})
    if lang is None:
        if len(langs) != 1:
            raise LanguageError(f"the articles are in {langs}; pass lang='zh' or lang='en'")
        lang = langs[0]
    elif lang not in ("zh", "en"):
        raise LanguageError.unknown("language", lang, ("zh", "en"))
    part = tokens.select(lang=lang)
    reading = Annotations.of(part, cues)
    view, found = reading.view, reading.found
    count = len(view.first) - 1
    if count < ENOUGH_SENTENCES:
        warnings.warn(
            f"{count} sentences; associations are mostly chance below {ENOUGH_SENTENCES}", stacklevel=2
        )
    weight = found.facts.valence
    score = np.bincount(
        view.sentence[found.polarity.first], weights=weight[found.polarity.cue], minlength=count
    )
    if not score.any():
        raise TableError("no sentence holds a polarity word; there is nothing to start from")
    table = _associations(reading, np.sign(score).astype(int), lang, min_count)
    half = table["so_pmi"].rank(method="first", ascending=False)
    table = table[(half <= top // 2) | (half > len(table) - top // 2)]
    table = table.loc[table["so_pmi"].abs().sort_values(ascending=False, kind="stable").index]
    table = table.reset_index(drop=True)
    record = run_record(
        "polarity_candidates", lang=lang, cues=reading.table.hash, min_count=min_count, top=top
    )
    table.attrs["run"] = {**record, "before": dict(tokens.run)}
    return table


def _associations(reading: Annotations, sign: np.ndarray, lang: str, min_count: int) -> pd.DataFrame:
    """Return one row for each word that is frequent enough, in order of the words."""
    view = reading.view
    types = view.tokens.types
    stop = stopwords()
    wanted = np.fromiter((word not in stop and len(word) > 1 for word in types), bool, len(types))
    places = np.flatnonzero((view.tokens.kind == WORD) & wanted[view.tokens.term])
    pairs = np.unique(np.stack((view.tokens.term[places], view.sentence[places])), axis=1)
    term, sentence = pairs
    size = len(types)
    n = np.bincount(term, minlength=size)
    good = np.bincount(term, weights=sign[sentence] > 0, minlength=size)
    bad = np.bincount(term, weights=sign[sentence] < 0, minlength=size)
    base = np.log2((sign > 0).sum() + 0.5) - np.log2((sign < 0).sum() + 0.5)
    value = np.log2(good + 0.5) - np.log2(bad + 0.5) - base
    articles = np.bincount(
        np.unique(np.stack((view.tokens.term[places], view.article[places])), axis=1)[0], minlength=size
    )
    seeds = {cue.form for cue in reading.table.cues if cue.feature in (*POLARITY, TOPIC) and cue.lang == lang}
    kept = np.flatnonzero(n >= min_count)
    kept = kept[np.argsort(types[kept].astype(str), kind="stable")]
    return pd.DataFrame(
        {
            "term": types[kept],
            "lang": lang,
            "so_pmi": value[kept],
            "sentences": n[kept],
            "articles": articles[kept],
            "with_positive": good[kept].astype(int),
            "with_negative": bad[kept].astype(int),
            "listed": [word in seeds for word in types[kept]],
        },
        columns=list(COLUMNS),
    )

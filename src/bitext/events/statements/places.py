"""Sentences and clauses → where they stand, who says them, what they name, and whether they are denied."""

import re

import numpy as np
import pandas as pd

from bitext.arrays import Ints
from bitext.attribution.annotations import Annotations
from bitext.corpus.clock import Clock
from bitext.cues.cues import Cue
from bitext.events.statements.names import names_in
from bitext.events.statements.units.compared import Compared
from bitext.events.statements.units.sentences import Sentences
from bitext.tokens.clauses import CONTRAST

#: Cues that say of their content that it is not so, or may not be. What stands behind a verb of answering
#: (反驳说, pushed back) is what the answer holds, and who spreads or fabricates something is told of an act.
DENIES = re.compile(r"否认|承认|\\bden|\bden(?:y|ie)|disavow|disclaim|disput|refut|rebut|debunk|disprov")
_DOUBTS = re.compile(
    r"[声宣佯妄讹诡诬谎谬辩]称|[扬妄]言|[狡诡]辩|叫[嚣嚷]|诬指|放话|^据[称说传]$"
    r"|claim|alleg|purport|suppos|ostensib|boast|profess|insinuat|without .*evidence"
    r"|^un(?:confirmed|founded|proven|substantiated|verified)$"
)
#: In order of what counts where both stand in a sentence.
_KINDS = ("doubted", "denied")


def sentence_places(reading: Annotations, sentences: Sentences, story: Ints) -> pd.DataFrame:
    """Return one row per sentence: its article, place, text, voice, source, polarity, names and instant.

    Args:
        reading: all articles.
        sentences: of these articles.
        story: of each article.
    """
    tokens = reading.view.tokens
    articles = tokens.articles.iloc[sentences.article].reset_index(drop=True)
    texts = tokens.articles[tokens.field].tolist()
    spans = zip(sentences.article.tolist(), sentences.start.tolist(), sentences.end.tolist(), strict=True)
    table = articles[["article", "outlet", "lang"]].copy()
    table["sentence"], table["start"], table["end"] = sentences.sentence, sentences.start, sentences.end
    table["text"] = [texts[row][start:end] for row, start, end in spans]
    clock = Clock.of(tokens.articles)
    for name, times in (("instant", clock.low), ("latest", clock.high)):
        dates = pd.Series(pd.to_datetime(times, unit="us")).where(clock.known)
        table[name] = dates.iloc[sentences.article].reset_index(drop=True)
    table["precision"] = clock.precision[sentences.article]
    table["voice"], table["source"] = _spoken(reading, sentences)
    table["polarity"] = _polarity(reading, sentences)
    table["names"] = names_in(reading, sentences, story)
    return table


def _spoken(reading: Annotations, sentences: Compared) -> tuple[list[str], list[str]]:
    """Return voice and source of each sentence: of the event that most of its words are in."""
    events = _events_around(reading, sentences)
    voice = ["outlet" if event < 0 else "source" for event in events]
    return voice, ["" if event < 0 else reading.sources[event].name for event in events]


def _events_around(reading: Annotations, stretches: Compared) -> list[int]:
    """Return for each stretch the event that most of its words are in; -1 where most are in none."""
    heard, words = reading.voices, reading.view.words
    after = stretches.last + 1
    counted = np.append(0, np.cumsum(words))
    reported = np.append(0, np.cumsum(words & (heard.depth > 0)))
    much = reported[after] - reported[stretches.first] > (counted[after] - counted[stretches.first]) / 2
    found = []
    for first, last, spoken in zip(
        stretches.first.tolist(), stretches.last.tolist(), much.tolist(), strict=True
    ):
        owners = heard.owner[first : last + 1] if spoken else heard.owner[:0]
        owners = owners[owners >= 0]
        found.append(int(np.bincount(owners).argmax()) if len(owners) else -1)
    return found


def _polarity(reading: Annotations, stretches: Compared) -> list[str]:
    """Return how each stretch is ruled.

    By a cue of denying in its first half, or of doubting; or one that stands before it in its sentence and
    reports most of it. Else by an odd number of negations.
    """
    cues, hits, sentence = reading.found.facts.cues, reading.found.main, reading.view.sentence
    ruling = np.array([_ruling(cue) for cue in cues], dtype=object)
    words = np.append(0, np.cumsum(reading.view.words))
    half = np.searchsorted(words, (words[stretches.first] + words[stretches.last + 1]) // 2)
    negations = np.append(0, np.cumsum(_negation_marks(reading)))
    odd = (negations[stretches.last + 1] - negations[stretches.first]) % 2 == 1
    found = np.where(odd, "negated", "").astype(object)
    at = {kind: np.sort(hits.first[ruling[hits.cue] == kind]) for kind in _KINDS}
    rules = np.full(len(reading.view.words), "", dtype=object)
    for kind, places in at.items():
        rules[places] = kind
    turns = np.append(0, np.cumsum(reading.view.mark == CONTRAST))
    for row, event in enumerate(_events_around(reading, stretches)):
        place, first = reading.voices.events[event].first if event >= 0 else -1, stretches.first[row]
        if place >= 0 and rules[place] and sentence[place] == sentence[first]:
            # 否认…，但…: what stands behind "but" is said in the outlet's own voice.
            found[row] = rules[place] if turns[first + 1] == turns[place] else found[row]
    for kind, stop in zip(_KINDS, (stretches.last + 1, half), strict=True):
        first, last = (np.searchsorted(at[kind], edge) for edge in (stretches.first, stop))
        found[last > first] = kind
    return [str(value) for value in found]


def _ruling(cue: Cue) -> str:
    """Return what a cue says of what it reports."""
    if cue.feature == "deny" and DENIES.search(cue.form):
        return "denied"
    doubts = cue.feature in ("say_doubting", "hedge", "anon_source") and _DOUBTS.search(cue.form)
    return "doubted" if doubts else ""


def clause_places(reading: Annotations, clauses: Compared) -> pd.DataFrame:
    """Return one row per clause: where it begins and ends in its article, and its polarity."""
    polarity = _polarity(reading, clauses)
    return pd.DataFrame({"part_start": clauses.start, "part_end": clauses.end, "polarity": polarity})


def _negation_marks(reading: Annotations) -> Ints:
    """Return how many negations begin at each token."""
    hits = reading.hits
    marks = np.zeros(len(reading.view.words), dtype=np.int64)
    if "negation" in hits.names:
        np.add.at(marks, hits.first[hits.feature == hits.names.index("negation")], 1)
    return marks

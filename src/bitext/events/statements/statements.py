"""Tokens and stories → one row per sentence and statement: who says what of an event, in whose voice."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from bitext import schema
from bitext.arrays import Ints
from bitext.attribution.annotations import Annotations
from bitext.checked import checked
from bitext.corpus.scan import Scan
from bitext.errors import TableError
from bitext.events.statements.brief import heed_brief
from bitext.events.statements.over_scan import some_stories
from bitext.events.statements.places import clause_places, sentence_places
from bitext.events.statements.rows import CARRYING, find_statements, joined, rows_of
from bitext.events.statements.units.sentences import Sentences
from bitext.record import run_record
from bitext.text.encoder import Encoder, encoder_name, resolve, unit_vectors
from bitext.tokens.tokens import Tokens

#: Columns of `statements`.
STATEMENTS = (
    "statement",
    "story",
    "outlet",
    "lang",
    "article",
    "sentence",
    "start",
    "end",
    "part_start",
    "part_end",
    "text",
    "voice",
    "source",
    "polarity",
    "names",
    "instant",
    "latest",
    "precision",
    "central",
    "relation",
    "score",
    "containment",
    "carrier",
    "background",
)
#: An outlet's sentence is background from so many of its articles in so many stories on.
_RECURS = 3


@checked
def statements(
    tokens: Tokens | Scan, stories: pd.DataFrame, *, min_carriers: int = 1, encoder: Any = None
) -> pd.DataFrame:
    """Find the sentences of a story's articles that state the same thing, in one language or in two.

    Sentences (divided at semicolons) of different articles of one story are compared: within a language by
    words, characters and figures, across languages by concepts, Latin names, figures and length. One logistic
    regression for each says how likely they say the same or one holds the other; those that say the same are
    grouped by average linkage, so that no chains grow; a longer sentence that holds a statement is linked to
    it and not merged. The coefficients were learned from labelled pairs of real stories and from translated
    news; see the methods page for how often they are right.

    Args:
        tokens: what `bitext.tokenize` returned; of a `Scan` some whole stories are read at a time.
        stories: the table of `bitext.stories` of the same articles.
        min_carriers: leave out statements that fewer independent carriers have; 1 keeps what one article
            alone says.
        encoder: an object with ``encode(list of str) -> array``, one row for each sentence (the interface of
            sentence-transformers), or "default" for the packaged multilingual one (extra `embed`); its cosine
            joins the comparison. None does without.

    Returns:
        One row per sentence and statement, statements in order of their story and first sentence:

        - ``statement`` (int): number of the statement; ``story`` (int)
        - ``outlet``, ``lang``, ``article``, ``sentence`` (int), ``start``, ``end``: where it stands
        - ``part_start``, ``part_end``: where the clause stands that carries the statement, or has a clause in
          common with it; the whole sentence where that cannot be told
        - ``text``: the sentence as it stands
        - ``voice``: "outlet" for the outlet's own words, "source" where most of it is quoted or reported;
          ``source``: who is said to say it, "" where nobody is
        - ``polarity``: "negated", "denied" or "doubted" where a negation or a verb of denying or doubting
          rules the sentence, or that clause of it; else ""
        - ``names``: who and what is named, as it stands, in parentheses what the other language calls it
          where the concept table or the articles of the story say so: "荷兰 (Netherlands) · 沈若谷"
        - ``instant``, ``latest``: the earliest and the latest time (UTC) at which the article can have been
          published; NaT without a date; ``precision`` of what is known, see `bitext.stories`
        - ``central`` (0 to 1): how likely its article reports what the headline of the story says, as the
          table of stories has it; NaN where that has no such column
        - ``relation``: "says"; "carries" for a longer sentence that holds all of the statement; "in part" for
          one that holds some of it, or has a clause in common with it; "nearest" for the nearest sentence of
          an outlet of the story that does not carry it (given for statements of two carriers and more;
          without text where nothing is near)
        - ``score`` (0 to 1): how likely the relation "says" or "carries" is, by the nearest sentence of the
          statement; 1 for a statement's only sentence
        - ``containment`` (0 to 1): of "nearest" rows, which share of the statement's words and pairs of
          characters, weighed by their rarity in the story, stands anywhere in the outlet's articles; .5 or
          more where one of its figures does; else NaN
        - ``carrier``: identifier of the article that the sentence counts for: articles that print one text
          share one carrier
        - ``background`` (bool): the outlet prints this very sentence in articles of three stories and more

    Raises:
        TableError: *stories* lacks columns, or holds articles that *tokens* lacks; *min_carriers* is below 1.
        ScanError: *tokens* is a Scan that `bitext.count` made.

    Source:
        Statements in several reports as units: Barzilay & McKeown (2005), Sentence fusion, Comput. Linguist.
        31; average linkage: Sokal & Michener (1958).

    Examples:
        >>> import pandas as pd, bitext
        >>> frame = pd.DataFrame({
        ...     "outlet": ["A", "B"], "date": ["2031-03-02"] * 2,
        ...     "text": ["The quake killed 17 people in Harbin on Sunday.", "哈尔滨地震周日造成17人死亡。"]})
        >>> tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
        >>> found = pd.DataFrame({"story": 0, "article": tokens.articles["article"]})
        >>> statements(tokens, found)[["statement", "outlet", "relation", "text"]]
           statement outlet relation                                             text
        0          0      A     says  The quake killed 17 people in Harbin on Sunday.
        1          0      B     says                                  哈尔滨地震周日造成17人死亡。
    """
    if min_carriers < 1:
        raise TableError(f"min_carriers must be a whole number from 1, not {min_carriers!r}")
    schema.require(stories, ("story", "article"), "the table of stories")
    story_of = dict(zip(stories["article"], stories["story"], strict=True))
    if isinstance(tokens, Scan):
        parts: Iterable[Tokens] = some_stories(tokens, stories)
    else:
        parts = (_of_few(tokens.select(tokens.articles["article"].isin(set(story_of)))),)
    table, found = _of_parts(parts, story_of, resolve(encoder))
    if strangers := set(story_of) - found:
        raise TableError(f"tokens lack {len(strangers)} articles of the stories, e.g. {min(strangers)!r}")
    if len(table):
        said = table["relation"].isin(CARRYING)
        carriers = table[said].groupby("statement")["carrier"].nunique()
        table = table[table["statement"].map(carriers) >= min_carriers]
        table["statement"] = pd.factorize(table["statement"])[0]
    central = stories["central"] if "central" in stories else pd.Series(np.nan, index=stories.index)
    table["central"] = table["article"].map(dict(zip(stories["article"], central, strict=True))).astype(float)
    table = table[list(STATEMENTS)].reset_index(drop=True)
    table.attrs["run"] = {
        **run_record("statements", min_carriers=min_carriers, encoder=encoder_name(encoder)),
        "before": dict(tokens.run),
    }
    return table


def _of_parts(
    parts: Iterable[Tokens], story_of: dict[str, int], encoder: Encoder | None
) -> tuple[pd.DataFrame, set[str]]:
    """Return the rows of all stories, which come in *parts* of whole stories, and the articles there were."""
    tables: list[pd.DataFrame] = []
    seen: set[str] = set()
    before = 0
    for tokens in parts:
        names = tokens.articles["article"].tolist()
        seen.update(names)
        if len(tokens):
            part = _table(tokens, np.array([story_of[name] for name in names], dtype=np.int64), encoder)
            tables.append(part.assign(statement=part["statement"] + before))
            before += len(tokens)
    if not tables:
        return schema.empty(STATEMENTS), seen
    table = pd.concat(tables, ignore_index=True)
    # The same words in several stories are an outlet's background, not news.
    recurs = table.groupby(["outlet", "text"])["story"].transform("nunique")
    table["background"] = (recurs >= _RECURS) & (table["article"] != "")
    return table, seen


def _of_few(tokens: Tokens) -> Tokens:
    """Return the tokens without the vocabulary of articles that were left out: it takes longer than they."""
    used, term = np.unique(tokens.term, return_inverse=True)
    return replace(tokens, types=tokens.types[used], term=term.astype(np.int32))


def _table(tokens: Tokens, story: Ints, encoder: Encoder | None) -> pd.DataFrame:
    """Return the rows of all stories, in order."""
    reading = Annotations.of(tokens)
    sentences = Sentences.of(reading, brief=True)
    sentences = sentences.take(np.flatnonzero(sentences.states | sentences.brief))
    places = sentence_places(reading, sentences, story)
    of = story[sentences.article]
    outlets, outlet = np.unique(places["outlet"].to_numpy(dtype=str), return_inverse=True)
    since = places["instant"] - pd.Timestamp(0)
    hours = np.asarray(since.dt.total_seconds(), dtype=np.float64) / 3600.0
    texts = places["text"].tolist()
    parts = []
    for number in np.unique(of[sentences.states]).tolist():
        rows, brief = (np.flatnonzero((of == number) & kind) for kind in (sentences.states, sentences.brief))
        vectors = None if encoder is None else unit_vectors(encoder, [texts[row] for row in rows.tolist()])
        stated = sentences.take(rows)
        found = find_statements(stated, hours[rows], outlet[rows], vectors)
        found = heed_brief(found, stated, sentences.take(brief), outlet[brief])
        own = np.flatnonzero(np.isin(sentences.clauses.sentence, rows))
        parts.append((found, np.append(rows, brief)[: len(found.carrier)], own))
    if not parts:
        return schema.empty(STATEMENTS)
    names = tokens.articles["article"].to_numpy(dtype=object)
    found = joined(parts, len(sentences))
    used, clause = np.unique(found.clause, return_inverse=True)
    clauses = clause_places(reading, sentences.clauses.take(used[used >= 0]))
    found = found._replace(clause=clause - int((used < 0).any()))
    return rows_of(found, places.assign(story=of), clauses, names, outlets.astype(object))

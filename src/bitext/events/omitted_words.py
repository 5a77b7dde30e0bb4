"""Which words one outlet leaves out of a story that its peers mention there."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from bitext import schema
from bitext.arrays import Floats, Ints
from bitext.checked import checked
from bitext.comparison.across_languages.correction import UNRELIABLE, Calibration, taken_out
from bitext.counting.counts import Counts
from bitext.errors import BitextError, TableError
from bitext.events.absence import probability_of_absence
from bitext.record import run_record
from bitext.statistics.clusters import added
from bitext.statistics.multiple import false_discovery_rate

#: Columns of `omitted_words`.
OMITTED_WORDS = (
    *("story", "name", "outlet", "term", "peers", "peers_total", "articles_peers", "spread"),
    *("expected", "p", "q", "tier", "note"),
)


#: As many cells of all terms are added to those of one, when it is told how often the term is absent.
_PULL = 10


@checked
def omitted_words(
    stories: pd.DataFrame,
    counts: Counts,
    *,
    outlet: str | None = None,
    min_peers: int = 2,
    min_share: float = 0.5,
    calibration: Calibration = None,
) -> pd.DataFrame:
    """Return what an outlet's reports on a story leave out although its peers mention it.

    For each story, outlet and term: the outlet covered the story and never uses the term there, while at
    least *min_peers* other outlets and *min_share* of them do. With ``rate = peers' articles with the term /
    words of all peers' articles``, the outlet's words would hold ``expected = rate * words`` such mentions.
    How surprising their lack is, is learned from all stories, outlets and terms of the table, present and
    absent (logistic regression): from `expected`, from how many peers mention the term, how widespread it is
    anyway, how often it is left out of other stories, how much the outlet and its peers wrote, and from the
    outlet.

    Args:
        stories: the table of `stories`.
        counts: counts of the same articles. Unit "concept" compares outlets of both languages; unit "term"
            compares each article with peers in its own language only.
        outlet: only this outlet; by default all.
        min_peers: other outlets that must mention the term, at least.
        min_share: share of the other outlets on the story that must mention it, 0 to 1.
        calibration: for concepts in both languages, as in `bitext.keyness`: what is expected of an outlet is
            brought into its own language by 2 ** k, and unreliable concepts get no p.

    Returns:
        One row per story, outlet and omitted term. Within an outlet's story the most telling stand first:
        by ``expected * -log(spread)``, what should be there and is not everywhere anyway:

        - ``story``, ``name``, ``outlet``, ``term`` (term or concept)
        - ``peers``: other outlets that mention it in this story; ``peers_total``: other outlets that cover it
        - ``articles_peers``: their articles that mention it
        - ``spread`` (0 to 1): share of all articles in *counts* that mention it; words like "report" are high
        - ``expected`` (float): mentions to be expected at the peers' rate, given the outlet's words
        - ``p`` (0 to 1): probability that an outlet like this one leaves such a term out; of all terms with
          p < .05 fewer than one in twenty is left out by chance. NaN with too little to learn from
        - ``q`` (0 to 1): p adjusted for the rows of this table (Benjamini-Hochberg). They were selected for
          being silent, so q ranks them and is no error rate over all terms
        - ``tier``: how far the concept can be compared with peers in another language (`bitext.calibrate`);
          "" where all write one
        - ``note``: why there is no p

    Raises:
        TableError: *outlet* is not in the stories, or an article of a story has no row in *counts*.
        BitextError: *min_share* is out of range.

    Examples:
        >>> import pandas as pd, bitext
        >>> frame = pd.DataFrame({"outlet": ["甲", "乙", "丙"], "date": ["2031-03-02"] * 3, "text": [
        ...     "地震造成17人死亡。", "哈尔滨地震造成17人死亡。", "哈尔滨发生地震。"]})
        >>> corpus = bitext.Corpus.from_frame(frame)
        >>> found = corpus.articles[["article", "outlet", "date"]].assign(
        ...     story=0, name="地震", first=False, hours=0.0)
        >>> omitted_words(found, bitext.count(bitext.tokenize(corpus)), outlet="丙")["term"].tolist()
        ['死亡', '造成']
    """
    if not 0 <= min_share <= 1:
        raise BitextError(f"min_share must lie between 0 and 1, got {min_share!r}")
    schema.require(stories, ("story", "name", "article", "outlet"), "the table of stories")
    outlets = sorted(stories["outlet"].unique())
    if outlet is not None and outlet not in outlets:
        raise TableError.unknown("outlet", outlet, outlets)
    table = term_cells(stories, counts, min_peers=min_peers, min_share=min_share, calibration=calibration)
    if len(table):
        absent = table["absent"].to_numpy(dtype=bool)
        table = table[absent & ((table["outlet"] == outlet) | (outlet is None)).to_numpy()]
        note = np.where(table["p"].isna(), "too few terms to learn from", "")
        poor = (table["tier"] == "unreliable").to_numpy()
        table = table.assign(note=np.where(poor, UNRELIABLE, note), p=table["p"].mask(poor))
        table["q"] = false_discovery_rate(table["p"].to_numpy(dtype=np.float64))
        table["telling"] = table["expected"] * np.log(
            table["spread"]
        )  # negative: the most telling is smallest
        keys = ["story", "outlet", "telling", "term"]
        table = table.sort_values(keys, kind="stable", ignore_index=True)
    table = table.reindex(columns=list(OMITTED_WORDS))
    table.attrs["run"] = run_record(
        "omitted_words", unit=counts.unit, outlet=outlet, min_peers=min_peers, min_share=min_share
    )
    return table


def term_cells(
    stories: pd.DataFrame,
    counts: Counts,
    *,
    min_peers: int = 2,
    min_share: float = 0.5,
    calibration: Calibration = None,
) -> pd.DataFrame:
    """Return story by outlet by term that enough peers mention, absent or not, with the p of absence.

    Columns as in `omitted_words`, and ``absent``.
    """
    row_of = {name: row for row, name in enumerate(counts.articles["article"])}
    strangers = set(stories["article"]) - set(row_of)
    if strangers:
        raise TableError(f"counts lack {len(strangers)} articles of the stories, e.g. {min(strangers)!r}")
    spread = np.bincount(counts.matrix.indices, minlength=len(counts.terms)) / max(counts.matrix.shape[0], 1)
    rows = np.array([row_of[name] for name in stories["article"]], dtype=np.int64)
    table = _StoryCells.of(stories, counts, rows).beside_peers(min_peers, min_share)
    if len(table):
        usual = _usual(table)
        table["spread"] = spread[table["term"].to_numpy(dtype=np.int64)]
        table["term"] = counts.terms[table["term"].to_numpy(dtype=np.int64)]
        table = taken_out(table, stories, counts, calibration)
        columns = ["expected", "spread", "words", "peers_words", "articles_peers"]
        features = np.log(table[columns].to_numpy(dtype=np.float64) + 1e-3)
        share = (table["peers"] / table["peers_total"]).to_numpy(dtype=np.float64)
        features = np.column_stack((features, share, table["peers"].to_numpy(dtype=np.float64), usual))
        absent = table["absent"].to_numpy(dtype=bool)
        table["p"] = probability_of_absence(features, table["outlet"].to_numpy(dtype=object), absent)
    return table


def _usual(table: pd.DataFrame) -> Floats:
    """Return the log odds that each cell's term is absent in other stories, pulled towards those of all."""
    absent = table["absent"].to_numpy(dtype=np.float64)
    term, story = (pd.factorize(table[name])[0].astype(np.int64) for name in ("term", "story"))
    _, here = np.unique(term * (story.max() + 1) + story, return_inverse=True)
    cells, gone = (
        np.bincount(term, weights)[term] - np.bincount(here, weights)[here]
        for weights in (np.ones_like(absent), absent)
    )
    share = (gone + _PULL * np.clip(absent.mean(), 0.01, 0.99)) / (cells + _PULL)
    return np.asarray(np.log(share / (1 - share)))


@dataclass(frozen=True)
class _StoryCells:
    """The articles of stories, and the cells that they fall into: a cell is an outlet in a story.

    Attributes:
        matrix: articles × terms, 1 where the article mentions the term.
        words: of each article; ``langs``: its language, as a bit.
        cell: of each article, from 0, in order of story and outlet.
        story, outlet: of each cell; ``label``, ``name``: number and name of each story.
        alike: only articles of one language are set beside each other.
    """

    matrix: sparse.csr_array
    words: Ints
    langs: Ints
    cell: Ints
    story: Ints
    outlet: npt.NDArray[np.object_]
    label: npt.NDArray[Any]
    name: npt.NDArray[np.object_]
    alike: bool

    @classmethod
    def of(cls, stories: pd.DataFrame, counts: Counts, rows: Ints) -> "_StoryCells":
        """Take the *rows* of *counts* that are the articles of *stories*."""
        label, opens, story = np.unique(stories["story"].to_numpy(), return_index=True, return_inverse=True)
        names, outlet = np.unique(stories["outlet"].to_numpy(dtype=object), return_inverse=True)
        cells, cell = np.unique(story * max(len(names), 1) + outlet, return_inverse=True)
        matrix = sparse.csr_array(counts.matrix[rows])
        matrix.data = np.ones(len(matrix.data))
        alike = counts.unit != "concept" and "lang" in stories
        langs = pd.factorize(stories["lang"])[0] if alike else np.zeros(len(rows), dtype=np.int64)
        of_story, of_outlet = np.divmod(cells, max(len(names), 1))
        return cls(
            matrix,
            counts.lengths[rows].astype(np.int64),
            1 << langs.astype(np.int64),
            cell,
            of_story,
            names[of_outlet],
            label,
            stories["name"].to_numpy(dtype=object)[opens],
            alike,
        )

    def beside_peers(self, min_peers: int, min_share: float) -> pd.DataFrame:
        """Set each outlet's articles of a story beside all others', for terms that enough of these mention.

        The column ``term`` holds numbers.
        """
        own = np.zeros(len(self.story), dtype=np.int64)
        np.bitwise_or.at(own, self.cell, self.langs)
        kinds = np.unique(own).tolist()
        parts = [self._of_kind(np.flatnonzero(own == kind), kind, min_peers, min_share) for kind in kinds]
        if not parts:
            return schema.empty(OMITTED_WORDS)
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        order = np.lexsort((columns[1], columns[0]))
        cell, term, peers, total, articles, absent, own_words, words = (column[order] for column in columns)
        return pd.DataFrame(
            {
                "story": self.label[self.story[cell]],
                "name": self.name[self.story[cell]],
                "outlet": self.outlet[cell],
                "term": term,
                "peers": peers,
                "peers_total": total,
                "articles_peers": articles,
                "expected": articles / words * own_words,
                "absent": absent,
                "words": own_words,
                "peers_words": words,
            }
        )

    def _of_kind(self, owns: Ints, kind: int, min_peers: int, min_share: float) -> tuple[Ints, ...]:
        """Do so for cells whose articles are in the languages *kind*; peers are articles in these."""
        used = np.flatnonzero(self.langs & kind)
        size, cell = len(self.story), self.cell[used]
        by_cell = added(cell, height=size) @ self.matrix[used]
        by_cell.sort_indices()
        by_story = added(self.story, height=len(self.label))
        articles_of = sparse.csr_array(by_story @ by_cell)
        once = by_cell.copy()
        once.data = np.ones_like(once.data)
        outlets_of = sparse.csr_array(by_story @ once)
        for table in (articles_of, outlets_of):
            table.sort_indices()
        words_of = np.bincount(cell, self.words[used], size).astype(np.int64)
        outlets = np.bincount(self.story[np.unique(cell)], minlength=len(self.label))
        story_words = np.bincount(self.story, words_of, len(self.label)).astype(np.int64)
        found = []
        for own in owns.tolist():
            story = int(self.story[own])
            names = int(outlets[story]) - 1
            if names < min_peers:
                continue
            row = slice(articles_of.indptr[story], articles_of.indptr[story + 1])
            terms = articles_of.indices[row]
            mine = slice(by_cell.indptr[own], by_cell.indptr[own + 1])
            at = np.searchsorted(terms, by_cell.indices[mine])
            articles, peers = articles_of.data[row].copy(), outlets_of.data[row].copy()
            articles[at] -= by_cell.data[mine]
            peers[at] -= 1
            absent = np.ones(len(terms), dtype=bool)
            absent[at] = False
            told = np.flatnonzero(peers >= max(min_peers, min_share * names))
            words = max(int(words_of[own]), 1), max(int(story_words[story] - words_of[own]), 1)
            same = (np.full(len(told), value, dtype=np.int64) for value in (own, names, *words))
            number, total, own_words, peers_words = same
            counted = [values[told].astype(np.int64) for values in (terms, peers, articles)]
            cells = (number, counted[0], counted[1], total, counted[2], absent[told])
            found.append((*cells, own_words, peers_words))
        if not found:
            none = np.zeros(0, dtype=np.int64)
            return (*(none,) * 5, none.astype(bool), none, none)
        return tuple(np.concatenate(column) for column in zip(*found, strict=True))

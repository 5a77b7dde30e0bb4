"""The rows behind every stance number: one per hit, with the span, the voice and the source."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext.arrays import Bools
from bitext.attribution.annotations import Annotations, feature_names
from bitext.attribution.spans import OUTLET, SOURCE, Spans, joined, limited, lot, rows
from bitext.checked import checked
from bitext.corpus.scan import Progress, Scan
from bitext.cues.cues import Cues, cue_table
from bitext.cues.negation import negated
from bitext.engines.reduction import Reduction
from bitext.errors import TableError
from bitext.record import run_record
from bitext.stances.target.clauses import targets_of
from bitext.tokenizing.over_batches import reduced
from bitext.tokens.grouping import group_codes, group_names
from bitext.tokens.tokens import Tokens

EVIDENCE = (
    "article",
    "sentence",
    "feature",
    "start",
    "end",
    "surface",
    "lang",
    "voice",
    "source",
    "negated",
    "toward",
    "rule",
)


@checked
def evidence(
    tokens: Tokens | Scan,
    *,
    cues: Cues = None,
    toward: str | None = None,
    feature: str | Sequence[str] | None = None,
    top: int | None = None,
    by: str | Sequence[str] | None = None,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Show every hit of every stance feature, with whose words it stands in.

    Args:
        tokens: what `bitext.tokenize` returned; or a `Scan`, of which the rows are kept, and no articles.
            An article has some ninety rows (15 kB): ask for few features of a large Scan, or for the *top*.
        cues: cues to add to bitext's lists, move or drop; see `bitext.cues.cues.cue_table`.
        toward: a name or concept id; the column ``toward`` then says which of its names stands in the hit's
            clause ("" for none).
        feature: only hits of this feature, or of these.
        top: of each feature and voice in each group at most so many hits: of different articles first, of
            these a sample (those whose identifiers have the lowest hashes). None shows all.
        by: column(s) of the articles that make the groups for *top*; "outlet" where nothing else is said.
        progress: for a `Scan`, called with the number of articles done since the last call.

    Returns:
        One row per hit, in order of the articles: ``article sentence feature start end surface lang voice
        source negated toward rule``. *start* and *end* are offsets into the article's text. *voice* is
        "outlet" for the outlet's own words and "source" for words that it quotes or reports; *source* names
        who is quoted (for a reporting verb: who is said to speak), "" where the text does not say. *negated*
        is True where a negation reaches the hit. *rule* says which cue or rule found it.

    Raises:
        TableError: an unknown *feature*, a *top* below 1, or *by* is no column.

    Examples:
        >>> import bitext, pandas as pd
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["Mr Lee said the plan may fail."]}))
        >>> bitext.evidence(bitext.tokenize(corpus))[["feature", "surface", "voice", "source"]].head(3)
                feature surface   voice  source
        0  named_source  Mr Lee  outlet  Mr Lee
        1   say_neutral    said  outlet  Mr Lee
        2         hedge     may  source  Mr Lee
    """
    table = None if cues is None else cue_table(cues)
    wanted = [feature] if isinstance(feature, str) else feature
    known = feature_names(cue_table(table))
    for name in wanted or ():
        if name not in known:
            raise TableError.unknown("feature", name, known)
    if top is None and by is not None:
        raise TableError(f"by={by!r} makes the groups of which *top* hits are shown; pass top, too")
    by = by or "outlet"
    if top is not None and top < 1:
        raise TableError(f"top={top!r}; use a whole number from 1, or None for all hits")
    task = reduction(cues=table, toward=toward, feature=wanted, top=top, by=by)
    result, before = reduced(tokens, task, progress)
    record = run_record(
        "evidence",
        cues=cue_table(table).hash,
        toward=toward,
        feature=wanted,
        top=top,
        by=None if top is None else group_names(by),
    )
    result.attrs["run"] = {**record, "before": before}
    return result


def reduction(
    *,
    cues: Cues = None,
    toward: str | None = None,
    feature: Sequence[str] | None = None,
    top: int | None = None,
    by: str | Sequence[str] = "outlet",
) -> Reduction[Tokens | Annotations, Spans, pd.DataFrame]:
    """Return `evidence` over batches; see there for the arguments."""
    chunk = partial(_chunk, cues=cues, toward=toward, feature=feature, top=top, by=by)
    return Reduction(chunk, partial(joined, top=top), rows)


def _chunk(
    tokens: Tokens | Annotations,
    *,
    cues: Cues,
    toward: str | None,
    feature: Sequence[str] | None,
    top: int | None,
    by: str | Sequence[str],
) -> Spans:
    """Return the rows of a batch of articles."""
    reading = Annotations.of(tokens, cues)
    hits, whole = reading.hits, reading.view.tokens
    kept = np.ones(len(hits.first), dtype=bool)
    if feature is not None:
        kept = np.isin(np.array(hits.names, dtype=object), list(feature))[hits.feature]
    table = _table(reading, kept, None if toward is None else targets_of(reading, toward)[kept])
    row = reading.view.article[hits.first[kept]]
    rank = pd.DataFrame(index=range(len(table)))
    if top is not None:
        groups, codes = group_codes(whole.articles, by)
        names = np.array(
            ["\0".join(map(str, group)) for group in groups.itertuples(index=False)], dtype=object
        )
        rank["group"] = names[codes[row]]
        rank["lot"] = np.array([lot(name) for name in whole.articles["article"]], dtype=np.uint64)[row]
        rank["again"] = table.groupby(["article", "feature", "voice"]).cumcount().to_numpy()
    return limited(Spans(table, whole.places()[row], rank, whole.run), top)


def _table(reading: Annotations, kept: Bools, targets: npt.NDArray[np.object_] | None) -> pd.DataFrame:
    """Make the table of evidence from the hits that are *kept*."""
    hits, view = reading.hits, reading.view
    first = hits.first[kept]
    rows = view.article[first]
    start, end = hits.start[kept], hits.end[kept]
    articles, texts = view.tokens.articles, view.texts
    sources = pd.Series([*(source.name for source in reading.sources), ""])
    spans = zip(rows.tolist(), start.tolist(), end.tolist(), strict=True)
    return pd.DataFrame(
        {
            "article": articles["article"].array.take(rows),
            "sentence": view.tokens.sentence[first],
            "feature": pd.Series(hits.names).array.take(hits.feature[kept]),
            "start": start,
            "end": end,
            "surface": [texts[row][low:high] for row, low, high in spans],
            "lang": articles["lang"].array.take(rows),
            "voice": pd.Series([OUTLET, SOURCE]).array.take((hits.depth[kept] > 0).astype(np.int64)),
            "source": sources.array.take(hits.event[kept]),  # the last one where there is none
            "negated": negated(view, reading.found, first),
            "toward": "" if targets is None else targets,
            "rule": hits.rule[kept],
        },
        columns=list(EVIDENCE),
    )

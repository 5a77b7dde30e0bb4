"""Which of its names a thing is called by, counted: sums per group that add up over batches of articles."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bitext.arrays import Bools, Ints
from bitext.attribution.annotations import Annotations
from bitext.concepts.lookup import REGIONS, ConceptHits, find_concepts
from bitext.errors import BitextError
from bitext.names.referents import ReferentTable, find_names, referent_table
from bitext.names.regional import evidence, regional_mentions
from bitext.statistics.clusters import Cluster, cluster_names
from bitext.tokens.grouping import Key, codes, columns
from bitext.tokens.tokens import Tokens

#: Part of the article, by the column that holds it.
PLACES = {"title": "title", "text": "body", "caption": "caption"}
#: Column of the articles in which the names of their clusters stand while counting.
CLUSTER = "(cluster)"
#: What stands before a name that is given, not said: 新冠又称武汉肺炎 (is also called); a mark follows it.
_CALLED = ("又称", "也称", "亦称", "又稱", "也稱", "亦稱")
_MARKS = "，。、；（）()」”』》的"
#: Referent under which the rate of regional words stands.
REGIONAL = "regional_forms"


class Cell(NamedTuple):
    """What a sum is of. *label* is "" where the labels of a referent compete for the same mentions."""

    group: Key
    place: str
    voice: str
    referent: str
    label: str


#: Of the mentions that are asked: their number, the squares of each article's number, and the articles.
Asked = tuple[int, int, int]
#: Of those by one label: their number, the squares, and the products with the article's mentions asked.
Chosen = tuple[int, int, int]


@dataclass(frozen=True)
class Choices:
    """Sums over articles. They need memory for groups, names and spellings, not for articles.

    Attributes:
        asked: mentions of each referent.
        chosen: mentions by each label.
        spelled: how often each label was spelled in which way.
        undecided: mentions of each label's forms that no condition decided; in none of the other sums.
        run: the run record of the tokens.
    """

    asked: Mapping[Cell, Asked]
    chosen: Mapping[Cell, Chosen]
    spelled: Mapping[tuple[Cell, str], int]
    undecided: Mapping[Cell, int]
    run: Mapping[str, Any] = field(default_factory=dict)


def choices(
    tokens: Tokens | Annotations,
    *,
    by: str | Sequence[str] = "outlet",
    referents: ReferentTable | None = None,
    voice: bool | Annotations = True,
    parts: Sequence[str] = tuple(PLACES),
    cluster: Cluster = None,
) -> Choices:
    """Count the choices of name in a batch of articles; see `bitext.naming` for the arguments.

    With *cluster* the groups are parted by cluster, whose name stands last in their keys.
    """
    if isinstance(tokens, Annotations):
        voice, tokens = tokens, tokens.view.tokens
    table = referents or referent_table()
    articles, names = tokens.articles, columns(by)
    if cluster is not None:
        articles = articles.assign(**{CLUSTER: cluster_names(articles, cluster)})
        names = (*names, CLUSTER)
    number, keys = codes(articles, names)
    found = Choices({}, {}, {}, {}, tokens.run)
    read: dict[str, tuple[Tokens, ConceptHits]] = {}
    told = np.zeros((len(articles), len(REGIONS)), np.int64)
    for part in parts:
        if part not in tokens.articles:
            continue
        seen = tokens if part == tokens.field else _tokens_of(tokens, part)
        if not len(seen):
            continue
        known = voice.concepts if part == "text" and isinstance(voice, Annotations) else find_concepts(seen)
        read[part] = seen, known
        told += evidence(known, seen.article()[known.first], len(articles))
    for part, (seen, known) in read.items():
        heard = _source_voice(seen, voice) if part == "text" else None
        mentions = _mentions(seen, table, known, heard, told)
        for name, mask in _voices(mentions, heard):
            found = added_choices([found, _sums(mentions.where(mask), number, keys, PLACES[part], name)])
    return found


def added_choices(parts: Iterable[Choices]) -> Choices:
    """Add up what several batches hold; the order makes no difference."""
    found = list(parts)
    spelled: Counter[tuple[Cell, str]] = Counter()
    undecided: Counter[Cell] = Counter()
    for part in found:
        spelled.update(part.spelled)
        undecided.update(part.undecided)
    asked, chosen = (_added(getattr(part, name) for part in found) for name in ("asked", "chosen"))
    return Choices(asked, chosen, spelled, undecided, found[0].run)


def over_clusters(found: Choices) -> Choices:
    """Return sums over clusters (squares are those of a cluster's sums) of choices counted by cluster.

    What stands in the place of the number of articles is that of clusters.
    """

    def whole(cell: Cell) -> Cell:
        return cell._replace(group=cell.group[:-1])

    asked = _added({whole(cell): (of, of**2, 1)} for cell, (of, _, _) in found.asked.items())
    chosen = _added(
        {whole(cell): (n, n**2, n * _of(found, cell))} for cell, (n, _, _) in found.chosen.items()
    )
    spelled: Counter[tuple[Cell, str]] = Counter()
    undecided: Counter[Cell] = Counter()
    for (cell, surface), count in found.spelled.items():
        spelled[whole(cell), surface] += count
    for cell, count in found.undecided.items():
        undecided[whole(cell)] += count
    return Choices(asked, chosen, spelled, undecided, found.run)


def articles_of(found: Choices) -> dict[Cell, int]:
    """Return how many articles were asked, of choices that were counted by cluster."""
    number: Counter[Cell] = Counter()
    for cell, (_, _, articles) in found.asked.items():
        number[cell._replace(group=cell.group[:-1])] += articles
    return dict(number)


def _of(found: Choices, cell: Cell) -> int:
    """Return how many mentions were asked where a label was chosen."""
    base = cell if cell.referent == REGIONAL else cell._replace(label="")
    return found.asked[base][0]


def _added(tables: Iterable[Mapping[Cell, Asked]]) -> dict[Cell, Asked]:
    total: dict[Cell, Asked] = {}
    for table in tables:
        for cell, (one, two, three) in table.items():
            a, b, c = total.get(cell, (0, 0, 0))
            total[cell] = (a + one, b + two, c + three)
    return total


class _Mentions(NamedTuple):
    """Parallel arrays, one place per mention of something that has several names.

    *labels* holds the pairs of referent and label, *base* the label whose mentions are asked for each label:
    the first of its referent, for labels that compete, or itself.
    """

    labels: Sequence[tuple[str, str]]
    base: Ints
    label: Ints
    taken: Bools  # False: the referent is mentioned, but not by this label (regional forms)
    decided: Bools  # False: the form has several senses and nothing decided for one
    row: Ints  # of the article
    source: Bools  # in a source's voice
    surface: npt.NDArray[np.object_]

    def where(self, mask: Bools) -> "_Mentions":
        names = ("label", "taken", "decided", "row", "source", "surface")
        return self._replace(**{name: getattr(self, name)[mask] for name in names})


def _tokens_of(tokens: Tokens, part: str) -> Tokens:
    """Tokenise another column of the same articles by the same tokenizer."""
    batch = tokens.tokenizer.batch(tokens.articles[part].fillna("").astype(str).tolist())
    types = np.array(batch.types, dtype=object)
    return replace(
        Tokens(tokens.articles, types, *batch[1:], run=tokens.run, tokenizer=tokens.tokenizer), field=part
    )


def _source_voice(tokens: Tokens, voice: bool | Annotations) -> Bools | None:
    """Return for each token whether it stands in a source's words."""
    if voice is False:
        return None
    reading = Annotations.of(tokens) if voice is True else voice
    if len(reading.voices.depth) != len(tokens):
        raise BitextError(
            f"voice is a reading of {len(reading.voices.depth)} tokens; there are {len(tokens)}"
        )
    heard: Bools = reading.voices.depth > 0
    return heard


def _voices(mentions: _Mentions, heard: Bools | None) -> Iterator[tuple[str, Bools]]:
    yield "all", np.ones(len(mentions.row), bool)
    if heard is not None:
        yield "outlet", ~mentions.source
        yield "source", mentions.source


def _mentions(
    tokens: Tokens, table: ReferentTable, known: ConceptHits, heard: Bools | None, told: Ints
) -> _Mentions:
    names = find_names(tokens, table, known)
    regional = regional_mentions(known, tokens.article()[known.first], told)
    labels = [*names.labels, *((REGIONAL, region) for region in REGIONS)]
    opens = {referent: place for place, (referent, _) in reversed(list(enumerate(names.labels)))}
    base = [*(opens[referent] for referent, _ in names.labels), *range(len(names.labels), len(labels))]
    first = np.concatenate((names.first, *(part.first for part in regional)))
    last = np.concatenate((names.last, *(part.last for part in regional)))
    numbers = (np.full(len(part.first), len(names.labels) + place) for place, part in enumerate(regional))
    return _Mentions(
        labels,
        np.array(base, dtype=np.int64),
        np.concatenate((names.label, *numbers)),
        np.concatenate((np.ones(len(names.first), bool), *(part.taken for part in regional))),
        np.concatenate((names.decided, *(part.decided for part in regional))),
        tokens.article()[first],
        np.zeros(len(first), bool) if heard is None else _said(tokens, heard, first, last),
        _spellings(tokens, first, last),
    )


def _said(tokens: Tokens, heard: Bools, first: Ints, last: Ints) -> Bools:
    """Return whether each mention stands in a source's words; a name that is only given as one does not."""
    said: Bools = heard[first].copy()
    texts = tokens.articles[tokens.field].tolist()
    row, start, end = tokens.article()[first], tokens.start[first], tokens.end[last]
    for at in np.flatnonzero(said).tolist():
        text = texts[row[at]]
        if text[max(start[at] - 2, 0) : start[at]] in _CALLED:
            said[at] = text[end[at] : end[at] + 1] not in _MARKS
    return said


def _spellings(tokens: Tokens, first: Ints, last: Ints) -> npt.NDArray[np.object_]:
    texts = tokens.articles[tokens.field].tolist()
    rows, starts, ends = tokens.article()[first], tokens.start[first], tokens.end[last]
    spans = zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True)
    spellings = np.empty(len(first), object)
    spellings[:] = [texts[row][start:end] for row, start, end in spans]
    return spellings


def _sums(mentions: _Mentions, number: Ints, keys: Sequence[Key], place: str, voice: str) -> Choices:
    """Add up the articles of each group."""
    rows, size = len(number), max(len(keys), 1)
    left_out = mentions.where(~mentions.decided)
    undecided = left_out.label * size + number[left_out.row]
    mentions = mentions.where(mentions.decided)
    taken = mentions.taken
    asked, of = np.unique(mentions.base[mentions.label] * rows + mentions.row, return_counts=True)
    chosen, n = np.unique(mentions.label[taken] * rows + mentions.row[taken], return_counts=True)
    label, row = np.divmod(chosen, max(rows, 1))
    each = of[np.searchsorted(asked, mentions.base[label] * rows + row)]
    about, article = np.divmod(asked, max(rows, 1))

    def cell(code: int) -> Cell:
        referent, name = mentions.labels[code // size]
        return Cell(keys[code % size], place, voice, referent, name)

    def base(code: int) -> Cell:
        found = cell(code)
        return found if found.referent == REGIONAL else found._replace(label="")

    spelled: Counter[tuple[Cell, str]] = Counter()
    written = mentions.label[taken] * size + number[mentions.row[taken]]
    for (code, surface), count in Counter(
        zip(written.tolist(), mentions.surface[taken].tolist(), strict=True)
    ).items():
        spelled[cell(code), surface] = count
    return Choices(
        {base(code): sums for code, sums in _by_code(about * size + number[article], of, of**2, of**0)},
        {cell(code): sums for code, sums in _by_code(label * size + number[row], n, n**2, n * each)},
        spelled,
        {cell(code): count for code, count in Counter(undecided.tolist()).items()},
    )


def _by_code(code: Ints, *values: Ints) -> Iterator[tuple[int, tuple[int, int, int]]]:
    """Yield each code, and the sums of the values that stand beside it."""
    names, place = np.unique(code, return_inverse=True)
    sums = np.zeros((len(names), 3), dtype=np.int64)
    np.add.at(sums, place, np.stack(values, axis=1))
    table = (names.tolist(), *sums.T.tolist())
    return ((name, (one, two, three)) for name, one, two, three in zip(*table, strict=True))

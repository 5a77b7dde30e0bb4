"""The glossary: names in the other language that the texts themselves give in parentheses: 阿斯麦（ASML）."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import pandas as pd

from bitext.checked import checked
from bitext.concepts.lookup import ConceptTable
from bitext.corpus.scan import Progress, Scan
from bitext.engines.reduction import Reduction
from bitext.errors import BitextError
from bitext.glossaries.counts import Mined, better, settled
from bitext.glossaries.rows import kind, parentheses
from bitext.record import run_record
from bitext.tokenizing.over_batches import reduced
from bitext.tokens.tokens import Tokens

COLUMNS = (
    *("zh", "en", "kind", "n", "articles", "outlets", "given_by", "printed"),
    *("confidence", "concept", "variants"),
)
EVIDENCE = (
    "article",
    "outlet",
    "start",
    "end",
    "parenthesis",
    "zh",
    "en",
    "surface",
    "kind",
    "confidence",
    "rule",
)
#: Below this an edge is a guess.
LEAST = 0.55


@checked
def glossary(
    tokens: Tokens | Scan,
    *,
    evidence: bool = False,
    min_articles: int = 1,
    min_confidence: float = LEAST,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """Collect the pairs of Chinese and English names that the texts give themselves.

    Found are 阿斯麦（ASML）, 蒂埃里‧布雷顿（Thierry Breton）, 七大工业国集团（G7） and the other direction,
    Semiconductor Manufacturing International（中芯国际）. The right edge of a name is the parenthesis; the
    left one is found by evidence, in this order: quotation marks; the concept table knows both names; a
    dotted name, whose first part has to sound like the first Latin word; the run of characters that sounds
    most like the Latin name; words that translate each other; and last the words behind the last role,
    action or function word (巨头 大臣 总理 部长). Dates, money, captions, codes and remarks are no names.
    Where one of two Chinese names for the same Latin one ends in the other, the more frequent wins.

    Args:
        tokens: what `bitext.tokenize` returned; or a `Scan`, of which one batch at a time is held, and
            what was counted.
        evidence: return one row per parenthesis instead (of a `Scan`, too: all of them are held).
        min_articles: leave out pairs that fewer articles give.
        min_confidence: leave out pairs below it, 0 to 1.
        progress: for a `Scan`, called with the number of articles done since the last call.

    Returns:
        One row per pair, most articles first:
        - ``zh``: the Chinese name, simplified; ``en``: the Latin one
        - ``kind``: "transliteration", "abbreviation" or "translation"
        - ``n``, ``articles``, ``outlets``: parentheses, articles and outlets that give it
        - ``given_by``: those outlets, joined by " · "; ``printed``: the Chinese name as each of them prints
          it most, in the same order (川普, 强生 or 強生)
        - ``confidence``: 0 to 1, of the best parenthesis
        - ``concept``: the concept of bitext's table that has one of the names, else ""
        - ``variants``: other Chinese names for the same Latin one, as printed, with their counts

        With *evidence*: ``article outlet start end parenthesis zh en surface kind confidence rule``, where
        start and end are the offsets of the Chinese name (of the parenthesis, where that holds it),
        *parenthesis* is where that begins, and *rule* says what
        decided its left edge.

    Raises:
        BitextError: *min_confidence* is not between 0 and 1.

    Source:
        Classes after Lin et al. (2008), Mining parenthetical translations from the web, ACL.

    Examples:
        >>> import bitext
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({
        ...     "text": ["芯片行业巨头阿斯麦（ASML）称，布雷顿（Thierry Breton）周三（7月3日）来访。"]}))
        >>> bitext.glossary(bitext.tokenize(corpus))[["zh", "en", "kind"]]
            zh              en             kind
        0  布雷顿  Thierry Breton  transliteration
        1  阿斯麦            ASML  transliteration
    """
    if not 0 <= min_confidence <= 1:
        raise BitextError(f"min_confidence={min_confidence!r}; use a number from 0 to 1")
    task = reduction(evidence=evidence, min_articles=min_articles, min_confidence=min_confidence)
    result, before = reduced(tokens, task, progress)
    result.attrs["run"] = {
        **run_record("glossary", min_articles=min_articles, min_confidence=min_confidence),
        "before": before,
    }
    return result


def known_words(pairs: pd.DataFrame) -> list[str]:
    """Return the Chinese names of a glossary as words for the segmenter (``bitext.tokenize(words=...)``).

    Examples:
        >>> known_words(pd.DataFrame({"zh": ["阿斯麦", "蒂埃里·布雷顿"], "en": ["ASML", "Thierry Breton"]}))
        ['蒂埃里·布雷顿', '阿斯麦']
    """
    return sorted({str(name) for name in pairs["zh"] if len(str(name)) > 1})


class _Found(NamedTuple):
    """What parentheses gave, as counts or (for evidence) as rows; and the run record of the tokens."""

    names: Mined | pd.DataFrame
    run: Mapping[str, Any]


def reduction(
    *, evidence: bool = False, min_articles: int = 1, min_confidence: float = LEAST
) -> Reduction[Tokens, _Found, pd.DataFrame]:
    """Return `glossary` over batches; see there for the arguments."""
    return Reduction(
        partial(_chunk, evidence, min_confidence),
        _aggregate,
        partial(_finalize, min_articles, min_confidence),
    )


def _chunk(evidence: bool, confidence: float, tokens: Tokens) -> _Found:
    rows = parentheses(tokens)
    return _Found(rows if evidence else Mined.of(rows, confidence), tokens.run)


def _aggregate(parts: Sequence[_Found]) -> _Found:
    tables = [part.names for part in parts if isinstance(part.names, pd.DataFrame)]
    if not tables:
        return _Found(
            Mined.merge(part.names for part in parts if isinstance(part.names, Mined)), parts[0].run
        )
    filled = [table for table in tables if len(table)] or tables[:1]
    return _Found(pd.concat(filled).sort_values("row", kind="stable", ignore_index=True), parts[0].run)


def _finalize(min_articles: int, confidence: float, found: _Found) -> pd.DataFrame:
    if isinstance(found.names, pd.DataFrame):
        return _places(found.names, confidence)
    pairs = settled(found.names)
    if not pairs:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in COLUMNS})
    rows = [(zh, en, kind(zh, en), *pair) for (zh, en), pair in sorted(pairs.items())]
    table = pd.DataFrame(rows, columns=list(COLUMNS[:-2]))
    table["concept"] = _concepts(table["zh"], table["en"])
    table["variants"] = _variants(table)
    table = table[table["articles"] >= min_articles]
    order = ["articles", "n", "confidence", "zh", "en"]
    table = table.sort_values(order, ascending=[False, False, False, True, True], kind="stable")
    return table[list(COLUMNS)].reset_index(drop=True)


def _places(rows: pd.DataFrame, confidence: float) -> pd.DataFrame:
    """Return the rows of evidence, with the names that the counts over all of them decide for."""
    rows = rows.copy()
    best = better(Mined.of(rows, confidence))
    pairs = list(zip(rows["en"], rows["zh"], strict=True))
    rows["zh"] = [best.get(pair, pair[1]) for pair in pairs]
    rows["kind"] = [kind(zh, en) for zh, en in zip(rows["zh"], rows["en"], strict=True)]
    return rows.loc[rows["confidence"] >= confidence, list(EVIDENCE)].reset_index(drop=True)


def _variants(table: pd.DataFrame) -> list[str]:
    """Return for each pair the other Chinese names of the Latin one, as printed, with their counts."""
    names: dict[str, list[tuple[int, str, str]]] = {}
    rows = list(
        zip(table["zh"], table["en"], table["n"], map(as_printed, table["zh"], table["printed"]), strict=True)
    )
    for zh, en, n, form in rows:
        names.setdefault(en, []).append((-n, zh, form))
    return [
        " · ".join(f"{form} {-n}" for n, name, form in sorted(names[en]) if name != zh) for zh, en, *_ in rows
    ]


def as_printed(zh: str, printed: str) -> str:
    """Return a name as the outlets print it, in both scripts where they use both.

    Examples:
        >>> as_printed("强生", "強生 · 强生"), as_printed("强生", "強生"), as_printed("强生", "")
        ('强生/強生', '強生', '强生')
    """
    forms = set(printed.split(" · ")) - {""} or {zh}
    return "/".join(sorted(forms, key=lambda form: (form != zh, form)))


def _concepts(zh: Iterable[str], en: Iterable[str]) -> list[str]:
    table = ConceptTable.default()
    homes: dict[str, str] = {}
    for form in table.forms:
        if len(form.concepts) == 1:
            homes.setdefault(form.text.casefold(), table.labels[form.concepts[0]])
    return [homes.get(left) or homes.get(right.casefold()) or "" for left, right in zip(zh, en, strict=True)]

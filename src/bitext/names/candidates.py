"""Which names of one thing compete in a corpus, found from the corpus itself; a table to review.

Three kinds of evidence, the surest first:

1. ``translation``: the texts give two Chinese names for one Latin one, or two Latin ones for one Chinese
   (辉达 and 英伟达, both "Nvidia"), in parentheses (`bitext.glossary`).
2. ``concept``: both are names of one concept in the table (Burma, Myanmar); adjectives and what rules made
   of another form are none (`choosable`).
3. ``company``: both keep the same company, the concepts of their sentences weighted by positive pointwise
   mutual information, are each other's nearest, and seldom stand in one sentence: who writes one does without
   the other. Two countries, people, cities or companies of the table are never one thing.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from scipy import sparse

from bitext.arrays import Ints
from bitext.checked import checked
from bitext.concepts.lookup import ConceptHits, ConceptTable, find_concepts
from bitext.concepts.row_forms import BEFORE_SHORT
from bitext.errors import BitextError
from bitext.glossaries.glossary import glossary
from bitext.lexicons.stopwords import stop_words
from bitext.names.by_company import OWN, Units, alike, company_of
from bitext.names.choosable import names_to_choose, same_word
from bitext.names.referents import Referents, referent_table
from bitext.record import run_record
from bitext.statistics import groups
from bitext.text.scripts.convert import to_simplified
from bitext.text.tokenizer import EN, WORD
from bitext.tokens.grouping import group_names
from bitext.tokens.tokens import Tokens

COLUMNS = (
    *("lang", "name_a", "name_b", "evidence", "similarity", "n_a", "n_b", "articles_a", "articles_b"),
    *("group_a", "group_b", "difference", "shared"),
)
EVIDENCE = ("translation", "concept", "company")
#: Kinds that are chosen between: of the words that the table knows only these compete by their company.
_CHOSEN = OWN | {
    *("government", "party", "organisation", "military", "politics", "role", "event", "law", "crime"),
    *("rights", "health", "diplomacy", "election"),
}
#: Ends of Chinese words, unknown to the table, that name somebody or something.
_ENDS = "军府局党派团会权国岛区案法队族教部院委厂司者员徒"
#: Names compared by their company, most articles first.
_MOST = 2500
#: Pairs of the glossary that are evidence.
_SURE = 0.7


@checked
def naming_candidates(
    tokens: Tokens,
    *,
    by: str | Sequence[str] = "outlet",
    min_articles: int = 5,
    min_cosine: float = 0.35,
    referents: Referents = None,
    translations: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Propose names of one thing between which the corpus chooses, for review; `naming` counts none yet.

    What `bitext.naming` counts already is left out. Read every row in its context before you use it
    (`bitext.kwic`): names that keep the same company may well be two things.

    Args:
        tokens: what `bitext.tokenize` returned.
        by: column(s) of the articles that make the groups whose choices are compared.
        min_articles: names in fewer articles are not proposed.
        min_cosine: names whose companies are less alike are not proposed, 0 to 1.
        referents: names of one's own that are counted already, as in `bitext.naming`.
        translations: what `bitext.glossary` returned for these articles; None looks for them.

    Returns:
        One row per pair; by kind of evidence, then by how much groups differ:
        - ``lang``, ``name_a``, ``name_b``: the names, a the more frequent one; Chinese simplified
        - ``evidence``: "translation", "concept" or "company"
        - ``similarity``: cosine of the companies of both, 0 to 1; NaN where there is too little
        - ``n_a``, ``n_b``, ``articles_a``, ``articles_b``: occurrences and articles
        - ``group_a``, ``group_b``: the groups that lean most to a, and to b (of those with 3 mentions)
        - ``difference``: share of a, of both, in group_a less that in group_b, 0 to 1; NaN with one group
        - ``shared``: the strongest of the company that both keep, or the name that both translate

    Raises:
        BitextError: *min_articles* is below 1, or *min_cosine* not between 0 and 1.

    Examples:
        >>> import bitext
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({
        ...     "text": ["辉达（Nvidia）发布芯片。"] * 3 + ["英伟达（Nvidia）发布芯片。"] * 3,
        ...     "outlet": ["A"] * 3 + ["B"] * 3}))
        >>> found = bitext.naming_candidates(bitext.tokenize(corpus), min_articles=3)
        >>> found[["name_a", "name_b", "evidence", "group_a", "group_b", "shared"]].to_numpy().tolist()
        [['辉达', '英伟达', 'translation', 'A', 'B', 'nvidia']]
    """
    if min_articles < 1:
        raise BitextError(f"min_articles={min_articles!r}; use a whole number from 1")
    if not 0 <= min_cosine <= 1:
        raise BitextError(f"min_cosine={min_cosine!r}; use a number between 0 and 1")
    table = ConceptTable.default()
    hits = find_concepts(tokens, table)
    names = groups.columns(by)
    number, keys = groups.codes(tokens.articles, names)
    known = _counted_already(referents)
    given = glossary(tokens, min_confidence=_SURE) if translations is None else translations
    translated = _translated(given[given["confidence"] >= _SURE])
    rows: list[dict[str, object]] = []
    for lang in ("zh", "en"):
        units = _units(tokens, table, hits, lang, min_articles)
        if len(units.texts) < 2:
            continue
        spread = _spread(units, len(tokens.articles))
        company, weighted = company_of(tokens, units, hits.concept, hits.first, len(table.labels))
        chosen = [
            (a, b, evidence, shared)
            for a, b, evidence, shared in _pairs(units, table, translated, company, weighted, min_cosine)
            if not (known & {units.texts[a]} and known & {units.texts[b]})
        ]
        rows += _rows(lang, units, chosen, spread, weighted, (number, keys), table)
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    order = found["evidence"].map({name: place for place, name in enumerate(EVIDENCE)})
    found = (
        found.assign(order=order, lean=-found["difference"].fillna(0).astype(float))
        .sort_values(["order", "lean", "name_a", "name_b"], kind="stable")
        .drop(columns=["order", "lean"])
        .reset_index(drop=True)
    )
    found.attrs["run"] = {
        **run_record(
            "naming_candidates", by=group_names(by), min_articles=min_articles, min_cosine=min_cosine
        ),
        "before": dict(tokens.run),
    }
    return found


def _counted_already(referents: Referents) -> set[str]:
    """Return the names that `bitext.naming` counts, as units write them."""
    return {form.text.casefold() for form in referent_table(referents).concepts.forms}


def _translated(table: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Return pairs of names of one language that translate the same name, and that name."""
    found: dict[tuple[str, str], str] = {}
    pairs = list(zip(table["zh"].tolist(), table["en"].tolist(), strict=True))
    for own, other in ((0, 1), (1, 0)):
        names: dict[str, set[str]] = {}
        for pair in pairs:
            names.setdefault(pair[other].casefold(), set()).add(to_simplified(pair[own]).casefold())
        for name, mine in sorted(names.items()):
            for a, b in combinations(sorted(mine), 2):
                if a not in b and b not in a:  # a longer form of the same name is no choice
                    found[a, b] = name
    return found


def _units(tokens: Tokens, table: ConceptTable, hits: ConceptHits, lang: str, min_articles: int) -> Units:
    """Return the names of one language that may compete: forms of the table, and words like names."""
    sentence, article = tokens.sentence_keys(), tokens.article()
    chosen = np.array([kind in _CHOSEN for kind in table.kinds], bool)
    of_lang = np.array([form.lang == lang for form in table.forms], bool)
    # 中美 is two names, 对华 (toward China) is how a short form stands.
    single = np.array([len(form.concepts) == 1 and form.text[0] not in BEFORE_SHORT for form in table.forms])
    use = np.flatnonzero(chosen[hits.concept] & (of_lang & single)[hits.form])
    forms = [table.forms[form].text.casefold() for form in hits.form[use].tolist()]
    free = ~hits.covered(tokens) & (tokens.kind == WORD) & (tokens.lang != EN) & (lang == "zh")
    like = np.array([_like_a_name(str(word)) for word in tokens.types], bool)
    words = np.flatnonzero(free & like[tokens.term])
    texts = [*forms, *(str(word) for word in tokens.types[tokens.term[words]])]
    first = np.concatenate((hits.first[use], words))
    code, names = pd.factorize(np.array(texts, dtype=object))
    concept = np.full(len(names), -1)
    concept[code[: len(use)]] = hits.concept[use]
    pairs = np.unique(np.stack((code, article[first]), axis=1), axis=0)
    wide = np.bincount(pairs[:, 0], minlength=len(names)) if len(pairs) else np.zeros(0, np.int64)
    keep = np.flatnonzero(wide >= min_articles)
    keep = np.sort(keep[np.argsort(-wide[keep], kind="stable")][:_MOST])
    place = np.full(len(names), -1)
    place[keep] = np.arange(len(keep))
    stay = place[code] >= 0
    return Units(
        [str(names[at]) for at in keep],
        concept[keep],
        place[code[stay]],
        sentence[first[stay]],
        article[first[stay]],
    )


def _like_a_name(word: str) -> bool:
    """Say whether a Chinese word that the table lacks may name somebody: by its last character."""
    return len(word) > 1 and word[-1] in _ENDS and word not in stop_words()


def _spread(units: Units, articles: int) -> Ints:
    pairs = np.unique(units.unit * max(articles, 1) + units.article)
    return np.bincount(pairs // max(articles, 1), minlength=len(units.texts))


def _pairs(
    units: Units,
    table: ConceptTable,
    translated: dict[tuple[str, str], str],
    together: sparse.csr_array,
    weighted: sparse.csr_array,
    least: float,
) -> Iterator[tuple[int, int, str, str]]:
    """Yield two names, the evidence for them, and the name that both translate."""
    place = {text: number for number, text in enumerate(units.texts)}
    seen: set[tuple[int, int]] = set()
    for (one, other), name in sorted(translated.items()):
        if one in place and other in place:
            seen.add(_sorted(place[one], place[other]))
            yield *_sorted(place[one], place[other]), "translation", name
    of_concept: dict[int, list[int]] = {}
    choosable = names_to_choose(table)
    for number, concept in enumerate(units.concept.tolist()):
        if concept >= 0 and table.named[concept] and units.texts[number] in choosable:
            of_concept.setdefault(concept, []).append(number)
    for members in of_concept.values():
        for a, b in combinations(members, 2):
            if (a, b) not in seen and not same_word(units.texts[a], units.texts[b]):
                seen.add((a, b))
                yield a, b, "concept", ""
    yield from ((a, b, "company", "") for a, b in alike(units, table, together, weighted, least, seen))


def _sorted(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def _rows(
    lang: str,
    units: Units,
    pairs: Sequence[tuple[int, int, str, str]],
    spread: Ints,
    weighted: sparse.csr_array,
    grouped: tuple[Ints, Sequence[groups.Key]],
    table: ConceptTable,
) -> list[dict[str, object]]:
    """Return what is known of the pairs; a is the more frequent name."""
    if not pairs:
        return []
    number, keys = grouped
    count = np.bincount(units.unit, minlength=len(units.texts))
    cells = (np.ones(len(units.unit), np.int64), (units.unit, number[units.article]))
    of_group = sparse.csr_array(cells, shape=(len(units.texts), len(keys)))
    one, other = np.array([pair[:2] for pair in pairs], np.int64).T
    one, other = np.where(count[other] > count[one], (other, one), (one, other))
    used = of_group[one].toarray(), of_group[other].toarray()
    product = sparse.csr_array(weighted[one].multiply(weighted[other]))
    rows: list[dict[str, object]] = []
    for row, (a, b) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        both = used[0][row] + used[1][row]
        heard = np.flatnonzero(both >= 3)
        lean = used[0][row][heard] / both[heard]
        ends = ("", "")
        if len(heard) > 1:
            ends = (groups.label(keys[heard[lean.argmax()]]), groups.label(keys[heard[lean.argmin()]]))
        cut = slice(product.indptr[row], product.indptr[row + 1])
        value, column = product.data[cut], product.indices[cut]
        best = np.argsort(-value, kind="stable")[:5]
        _, _, evidence, shared = pairs[row]
        rows.append(
            {
                "lang": lang,
                "evidence": evidence,
                "name_a": units.texts[a],
                "name_b": units.texts[b],
                "similarity": float(value.sum()) if len(value) else np.nan,
                "n_a": int(count[a]),
                "n_b": int(count[b]),
                "articles_a": int(spread[a]),
                "articles_b": int(spread[b]),
                "group_a": ends[0],
                "group_b": ends[1],
                "difference": float(lean.max() - lean.min()) if len(heard) > 1 else np.nan,
                "shared": shared or " · ".join(table.labels[column[at]] for at in best),
            }
        )
    return rows

"""The forms behind concepts: which words of which language a count of a concept is made of."""

import numpy as np
import pandas as pd

from bitext.arrays import Ints
from bitext.checked import checked
from bitext.concepts.lookup import ConceptTable, find_concepts
from bitext.record import run_record
from bitext.tokens.grouping import columns, group_codes
from bitext.tokens.tokens import Tokens

#: So many occurrences of a form decide how it is mostly spelt.
_SEEN = 9


@checked
def concept_forms(
    tokens: Tokens, *, by: str | list[str] | None = None, concepts: ConceptTable | None = None
) -> pd.DataFrame:
    """Show for each concept the Chinese and the English form that stands for it most often here.

    Args:
        tokens: what `bitext.tokenize` returned.
        by: column(s) of the articles: one row per group and concept; None: one row per concept.
        concepts: the concept table; None is bitext's own.

    Returns:
        One row per concept that occurs: the grouping column(s), ``concept kind n articles zh n_zh en n_en``.
        *zh* and *en* are spelt as in the text (晶片 stays 晶片), "" where the language does not occur;
        *n_zh* and *n_en* count all forms of the language.

    Examples:
        >>> import bitext
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({
        ...     "text": ["半導體，半導體，半导体。", "Semiconductors sell."], "outlet": "A"}))
        >>> bitext.concept_forms(bitext.tokenize(corpus))[["concept", "zh", "n_zh", "en", "n_en"]].head(1)
                 concept   zh  n_zh              en  n_en
        0  semiconductor  半導體     3  Semiconductors     1
    """
    table = concepts or ConceptTable.default()
    hits = find_concepts(tokens, table)
    article = tokens.article()[hits.first]
    names = columns(by)
    if names:
        groups, codes = group_codes(tokens.articles, list(names))
    else:
        groups, codes = pd.DataFrame(index=[0]), np.zeros(len(tokens.articles), np.int64)
    frame = pd.DataFrame(
        {
            "group": codes[article],
            "concept": hits.concept,
            "zh": np.array([form.lang == "zh" for form in table.forms], bool)[hits.form],
            "form": hits.form,
            "article": article,
            "hit": np.arange(len(hits.first)),
        }
    )
    keys = ["group", "concept"]
    result = frame.groupby(keys).agg(n=("hit", "size"), articles=("article", "nunique"), n_zh=("zh", "sum"))
    result["n_en"] = result["n"] - result["n_zh"]
    for lang, mask in (("zh", frame["zh"]), ("en", ~frame["zh"])):
        part = frame[mask]
        forms = part.groupby([*keys, "form"])["hit"].agg(["size", "min"]).reset_index()
        forms = forms.sort_values([*keys, "size", "min"], ascending=[True, True, False, True])
        best = forms.drop_duplicates(keys)
        result[lang] = pd.Series(
            _spelt(tokens, part, best, hits.first, hits.last), index=pd.MultiIndex.from_frame(best[keys])
        )
    result = result.fillna({"zh": "", "en": ""}).reset_index()
    number = result["concept"].to_numpy()
    result["kind"] = np.array(table.kinds, object)[number]
    result["concept"] = np.array(table.labels, object)[number]
    left = groups.iloc[result["group"].to_numpy()].reset_index(drop=True)
    shown = result[["concept", "kind", "n", "articles", "zh", "n_zh", "en", "n_en"]]
    found = pd.concat([left, shown], axis=1).sort_values(
        [*names, "n", "concept"], ascending=[True] * len(names) + [False, True]
    )
    found = found.reset_index(drop=True)
    found.attrs["run"] = {
        **run_record("concept_forms", by=list(names), concepts=table.version),
        "before": dict(tokens.run),
    }
    return found


def _spelt(tokens: Tokens, part: pd.DataFrame, best: pd.DataFrame, first: Ints, last: Ints) -> list[str]:
    """Return for each best form the spelling that most of its first occurrences have."""
    keys = ["group", "concept", "form"]
    seen = part.merge(best[keys], on=keys)
    seen = seen[seen.groupby(keys).cumcount() < _SEEN]
    texts = tokens.articles[tokens.field].tolist()
    at = seen["hit"].to_numpy()
    spans = zip(seen["article"], tokens.start[first[at]].tolist(), tokens.end[last[at]].tolist(), strict=True)
    seen = seen.assign(surface=[texts[row][start:end] for row, start, end in spans])
    counts = seen.groupby([*keys, "surface"], sort=False).size().reset_index(name="times")
    counts = counts.sort_values("times", ascending=False, kind="stable").drop_duplicates(keys)
    return best[keys].merge(counts, on=keys, how="left")["surface"].tolist()

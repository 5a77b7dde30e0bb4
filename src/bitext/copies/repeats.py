"""Articles that an outlet printed before: which they are, and what tables say of counts without them."""

import pandas as pd

from bitext.copies.duplicates import weights

#: Tables of a comparison that count words and concepts without repeats; those that count every article.
WITHOUT = ("keywords", "keyness", "keyness_concepts", "similarity")
WITH = ("naming", "stance", "polarity", "sources", "actors")


def repeats(copies: pd.DataFrame) -> frozenset[str]:
    """Return the articles that an outlet printed before: its words count once.

    Args:
        copies: the table of `bitext.duplicates`.
    """
    counted = weights(copies, copies["article"], "collapse", within="outlet")
    return frozenset(copies["article"][counted == 0])


def same_texts(copies: pd.DataFrame) -> pd.DataFrame:
    """Return the articles in which an outlet printed one text again, as clusters (``article story``).

    Args:
        copies: the table of `bitext.duplicates`.

    Examples:
        >>> copies = pd.DataFrame({"cluster": [0, 0, 0], "outlet": list("AAB"), "article": list("123")})
        >>> same_texts(copies).to_numpy().tolist()
        [['1', 0], ['2', 0]]
    """
    text = copies.groupby(["cluster", "outlet"], sort=False)
    again = text["article"].transform("size") > 1
    return pd.DataFrame({"article": copies["article"], "story": text.ngroup()})[again].reset_index(drop=True)


def say_repeats(tables: dict[str, pd.DataFrame], number: int) -> str:
    """Say in ``attrs["note"]`` of each table whether it counts repeats; return what a reader of all needs.

    Args:
        tables: of a comparison, by name.
        number: articles that repeat one of the same outlet and are left out of counts of words; 0 where there
            are none, or where all are counted: then nothing is said.

    Examples:
        >>> tables = {"keyness": pd.DataFrame(), "naming": pd.DataFrame()}
        >>> print(say_repeats(tables, 12))
        words and concepts are counted without 12 articles that repeat one of the same outlet; names, stance \
and sources in all articles; so counts of one word differ (--copies keep counts all)
        >>> tables["naming"].attrs["note"]
        'counts also 12 articles that repeat one of the same outlet'
    """
    if not number:
        return ""
    told = f"{number:,} article{'s' * (number > 1)} that repeat{'s' * (number == 1)} one of the same outlet"
    for names, what in ((WITHOUT, "counts words without"), (WITH, "counts also")):
        for name in names:
            if name in tables:
                before = tables[name].attrs.get("note")
                tables[name].attrs["note"] = "; ".join(filter(None, (before, f"{what} {told}")))
    return (
        f"words and concepts are counted without {told}; names, stance and sources in all articles; so "
        "counts of one word differ (--copies keep counts all)"
    )

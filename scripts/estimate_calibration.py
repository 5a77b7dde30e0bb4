"""Estimate how stance rates of Chinese and English go together, from a table of parallel sentences.

    python scripts/estimate_calibration.py TABLE [--block 10] [-o src/bitext/lexicons/calibration.tsv]

TABLE is a TSV file (.gz allowed) with the columns `zh` and `en`, in document order, and optionally `set`,
which names the test set or direction of translation. Sentences are read in blocks; each block is one article
in each language. For every feature in every voice:

k         rate in English / rate in Chinese, per 1,000 words; geometric mean over the sets
k_low, k_high   the smallest and the largest k of a set
r         Spearman correlation of the rates of the blocks, mean over the sets; r_low is that of the worst set
tier      A: r >= 0.63 and r_low >= 0.55 with 100 hits in both languages; B: r >= 0.40 with 60; C: the rest.
          What an earlier check over both directions of translation put in C stays there (`_STAY`).
"""

import argparse
import csv
import gzip
from pathlib import Path

import numpy as np
import pandas as pd

import bitext

COLUMNS = ["feature", "voice", "tier", "k", "k_low", "k_high", "r", "r_low", "ceiling", "hits_zh", "hits_en"]
#: Tier C in the check of both directions of translation (2026-10): too rare, or not going together.
_STAY = frozenset(
    [
        "say_doubting",
        "deny",
        "say_conceding",
        "anon_source",
        "no_comment",
        "directive",
        "dependence_autonomy",
        "intensity",
        "outgroup",
        "engagement",
        "scare",
        "negation_double",
        "negation_contrastive",
        "relay_share",
    ]
)
#: How far two human translations of one source agree (correlation of rates), from the same earlier check.
_CEILING = {
    "attribution": 0.86,
    "hedge": 0.67,
    "booster": 0.60,
    "deontic": 0.61,
    "future_volition": 0.61,
    "directive": 0.86,
    "say_neutral": 0.80,
    "say_assertive": 0.73,
    "say_doubting": 0.17,
    "say_conceding": 0.69,
    "deny": 0.73,
    "anon_source": 0.78,
    "named_evidential": 0.78,
    "negation": 0.75,
    "conflict": 0.78,
    "cooperation": 0.81,
    "control": 0.61,
    "dependence_autonomy": 0.64,
    "ingroup": 0.72,
    "outgroup": 0.54,
    "intensity": 0.35,
    "eval_pos": 0.63,
    "eval_neg": 0.53,
    "concession_contrast": 0.85,
    "engagement": 0.23,
}


def blocks(pairs: pd.DataFrame, size: int) -> pd.DataFrame:
    """Join *size* consecutive sentences of a set: columns `set zh en`, incomplete blocks left out."""
    rows = []
    for name, part in pairs.groupby("set", sort=True):
        for start in range(0, len(part) - size + 1, size):
            piece = part.iloc[start : start + size]
            rows.append({"set": name, "zh": "\n".join(piece["zh"]), "en": "\n".join(piece["en"])})
    return pd.DataFrame(rows)


def measured(table: pd.DataFrame, lang: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the features of every block, and the estimates of every set, of one language."""
    frame = pd.DataFrame({"text": table[lang], "outlet": table["set"]})
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame, lang=lang))
    estimates = bitext.stance(tokens, by="outlet", replicates=2)
    return bitext.stance_by_article(tokens), estimates


def estimate(table: pd.DataFrame) -> pd.DataFrame:
    """Return one row per feature and voice, columns `COLUMNS`."""
    block, total = zip(*(measured(table, lang) for lang in ("zh", "en")), strict=True)
    keyed = [part.set_index(["feature", "voice", "outlet"]).sort_index() for part in total]
    rows = []
    for feature, voice in dict.fromkeys(zip(total[0]["feature"], total[0]["voice"], strict=True)):
        column = f"{feature}_{voice}" if f"{feature}_{voice}" in block[0] else feature
        if column not in block[0] or feature.endswith(("_index", "_balance", "_valence")):
            continue
        k, r = [], []
        for name in sorted(set(table["set"])):
            here = (table["set"] == name).to_numpy()
            values = pd.DataFrame(
                {lang: part.loc[here, column] for lang, part in zip("ze", block, strict=True)}
            )
            r.append(values.corr("spearman").iloc[0, 1])
            zh, en = (part.loc[(feature, voice, name), "value"] for part in keyed)
            k.append(en / zh if zh and en else np.nan)
        hits = [int(part.loc[(feature, voice), "hits"].sum()) for part in keyed]
        rows.append(_row((feature, voice), np.array(k, float), np.array(r, float), hits))
    return pd.DataFrame(rows, columns=COLUMNS)


def _row(key: tuple[str, str], k: np.ndarray, r: np.ndarray, hits: list[int]) -> dict[str, object]:
    feature, voice = key
    known = k[np.isfinite(k)]
    worst = r.min() if np.isfinite(r).all() else np.nan
    mean = float(np.mean(r)) if np.isfinite(r).all() else np.nan
    tier = "C"
    if feature not in _STAY:
        if mean >= 0.63 and worst >= 0.55 and min(hits) >= 100:
            tier = "A"
        elif mean >= 0.40 and min(hits) >= 60:
            tier = "B"
    return {
        "feature": feature,
        "voice": voice,
        "tier": tier,
        "k": _text(np.exp(np.log(known).mean()) if len(known) else np.nan),
        "k_low": _text(known.min() if len(known) else np.nan),
        "k_high": _text(known.max() if len(known) else np.nan),
        "r": _text(mean),
        "r_low": _text(worst),
        "ceiling": _text(_CEILING.get(feature, np.nan) if voice == "all" else np.nan),
        "hits_zh": str(hits[0]),
        "hits_en": str(hits[1]),
    }


def _text(value: float) -> str:
    return f"{value:.2f}" if np.isfinite(value) else ""


def read(path: Path) -> pd.DataFrame:
    """Read the parallel sentences."""
    csv.field_size_limit(10**9)
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as lines:
        pairs = pd.DataFrame(list(csv.DictReader(lines, delimiter="\t")))
    return pairs if "set" in pairs else pairs.assign(set="all")


def main() -> None:
    """Read the command line, and write or print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("table", type=Path)
    parser.add_argument("--block", type=int, default=10, help="sentences in a block (default 10)")
    parser.add_argument("-o", "--output", type=Path, help="the TSV file; without it the table is printed")
    arguments = parser.parse_args()
    table = estimate(blocks(read(arguments.table), arguments.block))
    if arguments.output:
        table.to_csv(arguments.output, sep="\t", index=False, lineterminator="\n")
    else:
        print(table.to_string(index=False))


if __name__ == "__main__":
    main()

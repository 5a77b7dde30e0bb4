"""Concepts across languages: what of translated news survives, and what a hit means in its sentence."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import opencc
import pandas as pd
from scipy import sparse
from sklearn.feature_extraction.text import TfidfTransformer

import bitext
from bench import concepts as look_up
from bitext.comparison.across_languages.calibration import SIZE
from bitext.concepts.lookup import ConceptTable, find_concepts
from bitext.text.tokenizer import EN, NUMBER, WORD
from bitext.tokens.tokens import Tokens
from measure.figure import Figure, half
from scripts.repair_concepts import pairs
from tests.shared import DATA, jsonl

FILES = [DATA / "parallel_zh_en.tsv.gz", DATA / "parallel_zh_en_more.tsv.gz"]
NEWS = "parallel_zh_en, parallel_zh_en_more"
#: Hits by address: article, its text, offsets, concept, and what a reader said.
CASES = Path(__file__).parents[1] / "tests" / "cases" / "concept_hits.tsv"
FRESH = CASES.with_name("concept_hits_fresh.tsv")
NAMES = CASES.with_name("naming_hits.tsv")
#: All labels of naming that have hits in news, in each language; readings before and after they were mended.
LABELS = CASES.with_name("naming_labels.tsv")
#: Single sentences among which the translation is looked for, and hits that make a ratio worth a look.
AMONG, HITS = 1000, 20
#: Pairs that are put into documents and aligned again.
ALIGNED = 1000


def figures() -> Iterator[Figure]:
    """Yield what holds of the same content in two languages."""
    rows = pairs(FILES, "reported")
    yield from _of_difference()
    yield from _of_partners(rows)
    yield from _of_translations(rows)
    yield from _of_alignment(rows)
    yield from _of_hits()
    yield from _of_fresh_hits()
    yield from _of_names()
    ratio = look_up.measure(look_up.texts([]))["ratio"]
    yield Figure(
        "concepts: look-up with senses, beside tokenising",
        "corpora/chips, repeated",
        "whole",
        1,
        float(str(ratio)),
        0.15,
        "lower",
        0.25,
        digits=2,
        note="python -m bench.concepts: both by turns, median of five rounds",
    )


def same_content(calibration: bool | None = None) -> pd.DataFrame:
    """Compare the two languages of the reported documents as two outlets; see `bitext.keyness`."""
    rows = pairs(FILES, "reported")
    documents = [rows[at : at + SIZE] for at in range(0, len(rows), SIZE)]
    texts = ["\n".join(pair[side] for pair in one) for side in (0, 1) for one in documents]
    outlets = ["Chinese"] * len(documents) + ["English"] * len(documents)
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": outlets}))
    counts = bitext.count(bitext.tokenize(corpus), unit="concept")
    return bitext.keyness(counts, target="Chinese", calibration=calibration)


def _of_difference() -> Iterator[Figure]:
    for name, use in (("", None), (", without calibration", False)):
        table = same_content(use)
        frequent = table[table["n_target"] + table["n_reference"] >= HITS]
        far = frequent["log_ratio"].abs() >= 1
        note = f"pseudo-outlets of {SIZE} pairs an article; factors from the half built"
        aims = (0.01, 0.05) if use is None else (None, None)
        yield Figure(
            f"concepts of the same content that differ with q < .05{name}",
            NEWS,
            "reported",
            len(table),
            float((table["q"] < 0.05).mean()),
            0.002,
            "lower",
            aims[0],
            note=note,
            label=""
            if use is False
            else "concepts that differ between languages of the same content (q < .05)",
        )
        yield Figure(
            f"concepts with {HITS} hits whose rates differ twofold{name}",
            NEWS,
            "reported",
            len(frequent),
            float(far.mean()),
            0.01,
            "lower",
            aims[1],
            note=note,
        )
        if use is None:
            tested = frequent["tier"].isin(["reliable", "corrected"])
            yield Figure(
                f"concepts with {HITS} hits whose rates differ twofold, of tiers reliable and corrected",
                NEWS,
                "reported",
                int(tested.sum()),
                float(far[tested].mean()),
                0.01,
                "lower",
                0.05,
                note="those of 'unreliable' are not tested, those of 'unknown' with wide intervals",
            )
            bad = (table["q"] < 0.05) & (table["tier"] == "unreliable")
            yield Figure(
                "unreliable concepts with q < .05 across languages",
                NEWS,
                "reported",
                int((table["tier"] == "unreliable").sum()),
                float(bad.sum()),
                0,
                "lower",
                0,
                digits=0,
            )


def _of_partners(rows: list[tuple[str, str]]) -> Iterator[Figure]:
    frame = pd.DataFrame(rows, columns=["zh", "en"])
    share = bitext.calibrate(frame).attrs["run"]["parameters"]["partners"]
    for lang, name in (("zh", "Chinese"), ("en", "English")):
        yield Figure(
            f"hits of {name} sentences whose concept stands in the translation",
            NEWS,
            "reported",
            len(rows),
            share[lang],
            0.01,
            aim=0.75,
        )


def _of_translations(rows: list[tuple[str, str]]) -> Iterator[Figure]:
    """Yield how often the translation is ranked first, both ways and scripts."""
    simple: dict[int, float] = {}
    for script in ("simplified", "traditional"):
        for size, aim in ((20, None), (5, 0.99), (1, 0.85)):
            documents = [rows[at : at + size] for at in range(0, len(rows) - size + 1, size)][:AMONG]
            sides = [["\n".join(pair[side] for pair in one) for one in documents] for side in (0, 1)]
            if script == "traditional":
                sides[0] = [opencc.OpenCC("s2t").convert(text) for text in sides[0]]
            found = _first(sides[0], sides[1])
            simple.setdefault(size, found)
            what = "single sentences" if size == 1 else f"documents of {size} sentences"
            yield Figure(
                f"{what}, {script}: translation ranked first",
                NEWS,
                "reported",
                len(documents),
                found,
                0.01,
                aim=aim if script == "simplified" else simple[size] - 0.01,
                note="concepts, Latin names in Chinese and numbers; mean of both ways"
                + ("" if script == "simplified" else "; the aim is the figure of simplified less .01"),
            )
    yield from _with_encoder(rows)


def _of_alignment(rows: list[tuple[str, str]]) -> Iterator[Figure]:
    """Yield how well `bitext.align` finds the pairs of documents of which a tenth of each side is missing."""
    rng = np.random.default_rng(0)
    texts, places = [], []
    for at in range(0, min(len(rows), ALIGNED) - SIZE + 1, SIZE):
        sides, spans = [], []
        for side in (0, 1):
            kept = np.flatnonzero(rng.random(SIZE) >= 0.1)
            parts = [rows[at + number][side].replace("\n", " ").strip() for number in kept]
            ends = np.cumsum([len(part) + 1 for part in parts])
            spans.append((kept, ends - [len(part) + 1 for part in parts], ends - 1))
            sides.append("\n".join(parts))
        texts.append((*sides, str(len(texts))))
        places.append(spans)
    documents = pd.DataFrame(texts, columns=["zh", "en", "document"])
    wanted = sum(len(np.intersect1d(zh[0], en[0])) for zh, en in places)
    for name, encoder in (("", None), (", extra embed", "default")):
        try:
            table = bitext.align(documents, encoder=encoder)
        except bitext.BitextError:
            return
        given = right = 0
        found = set()
        for row in table.itertuples():
            zh, en = places[int(row.document)]
            left = set(zh[0][(zh[1] < row.end_zh) & (zh[2] > row.start_zh)].tolist())
            other = set(en[0][(en[1] < row.end_en) & (en[2] > row.start_en)].tolist())
            given, right = given + len(left | other), right + len(left & other)
            found |= {(row.document, number) for number in left & other}
        precision, recall = right / max(given, 1), len(found) / max(wanted, 1)
        yield Figure(
            f"aligned sentences of documents that lack a tenth of each side{name}: F1",
            NEWS,
            "reported",
            wanted,
            2 * precision * recall / max(precision + recall, 1e-9),
            0.01,
            note=f"documents of {SIZE} pairs; precision {precision:.2f}, recall {recall:.2f}",
        )


def _of_hits() -> Iterator[Figure]:
    """Yield the share of hits, drawn one an article, that are right in their sentence."""
    cases = pd.read_csv(CASES, sep="\t", dtype=str)
    for lang, sample, name, aim in (
        ("zh", "news_multi_outlet", "Chinese", 0.985),
        ("en", "news_english", "English", 0.98),
    ):
        mine = cases[cases["lang"] == lang]
        texts = {
            hashlib.sha1(text.encode()).hexdigest()[:8]: text
            for text in _articles(sample, set(mine["article"]))
        }
        given = _concepts_at([texts.get(key, "") for key in mine["text"]], mine)
        right = (mine["verdict"] == "right").to_numpy() & (given == mine["concept"].to_numpy())
        vanished = int((given != mine["concept"].to_numpy()).sum())
        first = float((mine["verdict"] == "right").mean())
        yield Figure(
            f"{name} hits that are right in their sentence",
            sample,
            "reported",
            len(mine),
            # What was mended on them since says nothing of other hits: never more than as first read.
            min(float(right.sum() / max(len(mine) - vanished, 1)), first),
            0.005,
            aim=aim,
            note="a hit drawn by seed from each of 300 articles no rule was made on, read by one reader; "
            f"the share as first read; {vanished} of them are given no more; forms added since are read in "
            "docs/methods/concepts.md",
        )


def _of_fresh_hits() -> Iterator[Figure]:
    """Yield the share of hits of another draw that were right as first read, on the table of that day."""
    cases = pd.read_csv(FRESH, sep="\t", dtype=str)
    for lang, name, aim in (("zh", "Chinese", 0.985), ("en", "English", 0.98)):
        mine = cases[cases["lang"] == lang]
        yield Figure(
            f"{name} hits of a second draw that are right in their sentence",
            str(mine["sample"].iloc[0]),
            "reported",
            len(mine),
            float((mine["verdict"] == "right").mean()),
            0.005,
            aim=aim,
            label=f"concepts in {name} news, right in their sentence",
            note="as first read by one reader (2026-11-28), a hit from each article, on the table that this "
            "session had made; what was wrong was mended after it",
        )


def _of_names() -> Iterator[Figure]:
    """Yield how many hits of labels of naming were right as read, and of the worst label."""
    read = pd.read_csv(NAMES, sep="\t", dtype=str)
    right = (read["verdict"] == "right").groupby(read["sample"] + " " + read["label"]).mean()
    what = "news_november, news_multi_outlet, news_english"
    yield from _of_labels(f"{what}, news_other_outlets")
    note = (
        f"{len(right)} labels of doubtful words, up to 30 hits each, as read when their conditions were made"
    )
    yield Figure(
        "labels of naming, doubtful words: hits that are right in their sentence",
        what,
        "reported",
        len(read),
        float((read["verdict"] == "right").mean()),
        0.01,
        aim=0.9,
        note=note,
    )
    yield Figure(
        "labels of naming, doubtful words: the worst label",
        what,
        "reported",
        len(right),
        float(right.min()),
        0.01,
        aim=0.9,
        note=f"{right.idxmin()}; {note}",
    )


def _of_labels(what: str) -> Iterator[Figure]:
    """Yield how many hits of all labels are right: at first sight, and in the last reading of each label."""
    read = pd.read_csv(LABELS, sep="\t")
    read["right"] = read["verdict"] == "right"
    names = ["label", "lang"]
    last = read[read["reading"] == read.groupby(names)["reading"].transform("max")]
    for when, hits in (("at first sight", read[read["reading"] == 1]), ("last reading of each", last)):
        share = hits.groupby(names)["right"].mean()
        note = (
            f"{len(share)} labels, each in a language it has hits in, up to 20 hits each; read on 2026-11-29"
        )
        yield Figure(
            f"labels of naming, all: hits that are right in their sentence, {when}",
            what,
            "reported",
            len(hits),
            float(hits["right"].mean()),
            0.01,
            aim=0.9,
            note=note,
        )
        yield Figure(
            f"labels of naming, all: those with .90 of their hits right, {when}",
            what,
            "reported",
            len(share),
            float((share >= 0.9).mean()),
            0.01,
            aim=1.0,
            note=f"{note}; six labels had one to three hits, mostly wrong, and have none any more",
        )


def _articles(sample: str, keys: set[str]) -> list[str]:
    """Return the texts of the articles with these keys, as the corpus has them."""
    records = list(jsonl(f"{sample}.jsonl.gz"))
    if "url" in records[0]:
        frame = pd.DataFrame([one for one in records if half(str(one["url"])) == "reported"])
        frame = frame[["outlet", "text"]].assign(title="")
        return bitext.Corpus.from_frame(frame).articles["text"].tolist()
    chosen = [one for one in records if hashlib.sha1(one["path"].encode()).hexdigest()[:12] in keys]
    with TemporaryDirectory() as folder:
        for number, record in enumerate(chosen):
            (Path(folder) / f"{number:05}.md").write_text(record["raw"], encoding="utf-8")
        return bitext.read(folder).articles["text"].tolist()


def _concepts_at(texts: list[str], places: pd.DataFrame) -> np.ndarray:
    """Return the concept that each place has now, "" for none."""
    frame = pd.DataFrame({"text": [text or "。" for text in texts]})
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
    hits = find_concepts(tokens)
    rows = tokens.article()[hits.first].tolist()
    found = {
        (row, start, end, str(hits.labels[number]))
        for row, start, end, number in zip(
            rows,
            tokens.start[hits.first].tolist(),
            tokens.end[hits.last].tolist(),
            hits.concept.tolist(),
            strict=True,
        )
    }
    return np.array(
        [
            case.concept if (row, int(case.start), int(case.end), case.concept) in found else ""
            for row, case in enumerate(places.itertuples())
        ],
        dtype=object,
    )


def _with_encoder(rows: list[tuple[str, str]]) -> Iterator[Figure]:
    try:
        from bitext.text.encoder import resolve, unit_vectors

        encoder = resolve("default")
    except bitext.BitextError:
        return
    assert encoder is not None
    left, right = (unit_vectors(encoder, [row[side] for row in rows[:AMONG]]) for side in (0, 1))
    yield Figure(
        "single sentences, extra embed: translation ranked first",
        NEWS,
        "reported",
        len(left),
        _ranked(left @ right.T),
        0.005,
        aim=0.97,
        note="packaged encoder; mean of both ways",
    )


def _first(zh: list[str], en: list[str]) -> float:
    left, right = _features(zh), _features(en)
    columns = {name: place for place, name in enumerate(sorted(set(left[1]) | set(right[1])))}
    both = []
    for matrix, names in (left, right):
        wide = sparse.coo_array(matrix)
        at = np.array([columns[name] for name in names], np.int64)
        both.append(sparse.csr_array((wide.data, (wide.row, at[wide.col])), (matrix.shape[0], len(columns))))
    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(sparse.vstack(both))
    return _ranked((weighted[: len(zh)] @ weighted[len(zh) :].T).toarray())


def _ranked(alike: np.ndarray) -> float:
    right = np.arange(len(alike))
    return float(np.mean([(alike.argmax(axis=axis) == right).mean() for axis in (0, 1)]))


def _features(texts: list[str]) -> tuple[sparse.csr_array, list[str]]:
    """Return texts × concepts, Latin words and numbers, and their names."""
    tokens = _tokens(tuple(texts))
    hits = find_concepts(tokens)
    rows = tokens.article()
    free = ~hits.covered(tokens)
    marks = free & (((tokens.kind == WORD) & (tokens.lang == EN)) | (tokens.kind == NUMBER))
    labels = ConceptTable.default().labels
    names = [*labels, *(f"={word}" for word in tokens.types)]
    columns = np.concatenate((hits.concept, len(labels) + tokens.term[marks]))
    place = np.concatenate((rows[hits.first], rows[marks]))
    table = sparse.csr_array((np.ones(len(place)), (place, columns)), (len(texts), len(names)))
    table.sum_duplicates()
    return table, names


@cache
def _tokens(texts: tuple[str, ...]) -> Tokens:
    frame = pd.DataFrame({"text": [text.strip() or "。" for text in texts]})
    return bitext.tokenize(bitext.Corpus.from_frame(frame))

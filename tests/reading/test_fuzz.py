"""Structured fuzzing of all formats: whatever a file holds, it is articles or rows in `problems`.

`make fuzz` runs it for as long as it is let; a seed that fails becomes a case of its own in `test_boundary`.
"""

import os
import re
import tempfile
import time
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import bitext
from tests.fuzz import hostile

#: Files of a run, and seconds; `make fuzz` sets them.
EXAMPLES = int(os.environ.get("BITEXT_FUZZ", "60"))
#: Seconds that one file may take at most.
SLOWEST = 20.0

RUN = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def read_all(folder: Path) -> bitext.Corpus | None:
    """Read a folder; None where nothing in it is an article."""
    try:
        return bitext.read(folder)
    except bitext.CorpusError as error:
        message = str(error)
    assert "nothing could be read" in message
    assert not re.search(r"\d failed: ", message), message  # as `problems.summary` counts kinds
    return None


@given(st.integers(0, 2**32))
@RUN
def test_no_file_ends_a_run_or_is_lost(seed: int) -> None:
    name, data = hostile(seed)
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / name).write_bytes(data)
        began = time.process_time()
        corpus = read_all(Path(place))
        assert time.process_time() - began < SLOWEST
        if corpus is None:
            return
        assert "failed" not in set(corpus.problems["kind"]), corpus.problems
        for column in ("title", "text", "author", "url"):
            "".join(corpus.articles[column]).encode()  # no half characters: every file can hold it
        if not seed % 3:
            scan = bitext.scan(place)
            assert scan.number() == len(corpus)
            assert sorted(scan.problems["kind"]) == sorted(corpus.problems["kind"])


CELLS = st.one_of(
    st.none(), st.text(), st.integers(), st.floats(), st.binary(), st.booleans(), st.dates(), st.datetimes(),
    st.decimals(allow_nan=True), st.lists(st.text(), max_size=3),
    st.dictionaries(st.text(), st.integers(), max_size=2),
)  # fmt: skip


ROWS = st.fixed_dictionaries({"text": CELLS, "title": CELLS, "date": CELLS, "outlet": CELLS})


@given(st.lists(ROWS, max_size=4))
@RUN
def test_no_cell_of_a_frame_ends_a_run(rows: list[dict[str, object]]) -> None:
    frame = pd.DataFrame(rows, columns=["text", "title", "date", "outlet"], dtype=object)
    corpus = bitext.Corpus.from_frame(frame)
    assert len(corpus) + len(corpus.problems) >= len(rows)
    assert "failed" not in set(corpus.problems["kind"]), corpus.problems


@given(st.lists(st.integers(0, 2**32), min_size=3, max_size=6, unique=True))
@settings(RUN, max_examples=max(EXAMPLES // 10, 5))
def test_the_whole_road_holds_for_what_was_read(seeds: list[int]) -> None:
    with tempfile.TemporaryDirectory() as place:
        for seed in seeds:
            name, data = hostile(seed)
            (Path(place) / name).write_bytes(data)
        corpus = read_all(Path(place))
        if corpus is None:
            return
        tokens = bitext.tokenize(corpus)
        bitext.evidence(tokens)
        bitext.attributions(tokens)
        bitext.glossary(tokens)
        bitext.naming(tokens)
        bitext.duplicates(corpus)
        bitext.compare(corpus).to_html()

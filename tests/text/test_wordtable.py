"""The hash table agrees with a dictionary, through growth and collisions."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from bitext.text.scripts import code_points
from bitext.text.wordtable import WordTable, pack


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=40), max_size=6))
def test_it_finds_what_was_inserted_and_nothing_else(portions: list[list[int]]) -> None:
    table, known = WordTable(), dict[int, int]()
    for portion in portions:
        fresh = [key for key in dict.fromkeys(portion) if key not in known]
        known.update({key: len(known) + i for i, key in enumerate(fresh)})
        numbers = np.array([known[key] for key in fresh], dtype=np.int64)
        table.insert(np.array(fresh, dtype=np.uint64), numbers)
        asked = [*known, *((key + 1) % 2**64 for key in known)]
        found = table.find(np.array(asked, dtype=np.uint64)).tolist()
        assert found == [known.get(key, -1) for key in asked]


def test_it_grows() -> None:
    keys = np.arange(1, 200_001, dtype=np.uint64) * np.uint64(0x10001)
    table = WordTable()
    for at in range(0, len(keys), 30_000):
        table.insert(keys[at : at + 30_000], np.arange(at, min(at + 30_000, len(keys))))
    assert (table.find(keys) == np.arange(len(keys))).all()


def test_words_pack_as_their_code_points() -> None:
    points = code_points("中国人民")
    keys = pack(points, np.array([0, 0, 1, 3]), np.array([4, 2, 1, 1]))
    assert [hex(key) for key in keys] == ["0x6c114eba56fd4e2d", "0x56fd4e2d", "0x56fd", "0x6c11"]

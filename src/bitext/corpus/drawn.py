"""Identifiers of articles → which of them are in a sample: the same ones wherever the articles are read."""

from collections.abc import Iterable, Mapping
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

#: Bits of the hash of an identifier.
BITS = 23


def hashed(names: Iterable[str]) -> npt.NDArray[np.int64]:
    """Return a number of `BITS` bits for each identifier: an order that is none of the input."""
    numbers = [
        int.from_bytes(blake2b(name.encode("utf-8", "surrogatepass"), digest_size=3).digest()) >> 1
        for name in names
    ]
    return np.array(numbers, dtype=np.int64)


def drawn(names: Iterable[str], share: float) -> npt.NDArray[np.bool_]:
    """Say of each identifier whether it is in a sample of about this *share* (0 to 1) of all.

    Examples:
        >>> drawn(["a.txt", "b.txt", "c.txt"], 0.5).tolist(), drawn(["a.txt"], 1.0).tolist()
        ([False, False, True], [True])
    """
    return np.asarray(hashed(names) < share * (1 << BITS))


def rooms(sizes: Mapping[str, int], room: int) -> dict[str, int]:
    """Deal *room* evenly to those of these *sizes*; what one does not need goes to the others.

    Examples:
        >>> rooms({"a": 2, "b": 50, "c": 100}, 42)
        {'a': 2, 'b': 20, 'c': 20}
    """
    found: dict[str, int] = {}
    for done, (name, size) in enumerate(sorted(sizes.items(), key=lambda item: item[1])):
        found[name] = min(size, (room - sum(found.values())) // (len(sizes) - done))
    return found

"""Types of the C extension; its sources are in `native/`."""

import numpy as np
import numpy.typing as npt

class Interner:
    def __init__(self) -> None: ...
    def __len__(self) -> int: ...
    def number(
        self,
        points: npt.NDArray[np.uint32],
        starts: npt.NDArray[np.int64],
        ends: npt.NDArray[np.int64],
        ids: npt.NDArray[np.int32],
    ) -> None: ...
    def slices(self, first: int) -> tuple[bytes, bytes]: ...

def plain_words(
    points: npt.NDArray[np.uint32],
    starts: npt.NDArray[np.int64],
    ends: npt.NDArray[np.int64],
    left: npt.NDArray[np.bool_],
) -> int: ...

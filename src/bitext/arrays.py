"""Names for the types of arrays: what stands in an annotation of a column of numbers."""

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Labels = npt.NDArray[np.object_]
#: Code points of a text.
Points = npt.NDArray[np.uint32]

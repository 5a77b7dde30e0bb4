"""Which articles of a large corpus are read for who says what: as many as there is time for, evenly by group.

Words, concepts and copies are counted in all articles. Who speaks, in which voice and for or against whom is
estimated, with intervals, and 20,000 articles estimate it as well as a quarter of a million would.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from bitext.arrays import Bools
from bitext.corpus.drawn import BITS, hashed, rooms

#: Articles that are read closely; where there are not many more, all are.
CLOSELY = 20_000
#: The tables that are made of them.
MADE = ("stance", "evidence", "polarity", "sources", "actors", "naming", "glossary")


@dataclass(frozen=True)
class Closely:
    """The share of each outlet's articles that is read closely.

    Attributes:
        shares: outlet -> share (0 to 1); an outlet that is not named has *rest*.
        rest: share of all others.
    """

    shares: Mapping[str, float] = field(default_factory=dict)
    rest: float = 1.0

    @classmethod
    def of(cls, number: int, outlets: Mapping[str, int], most: int) -> "Closely | None":
        """Deal *most* articles to *outlets*, of so many articles each; None where all *number* are read.

        Shares have two digits: a few articles more change neither them nor what a cache keeps.

        Examples:
            >>> Closely.of(1000, {"A": 900, "B": 60}, 200).shares
            {'A': 0.16, 'B': 1.0}
            >>> Closely.of(100, {"A": 100}, 200)
        """
        if number <= most:
            return None
        room = rooms(outlets, most)
        shares = {name: _rounded(room[name] / outlets[name]) for name in sorted(outlets)}
        return cls(shares, _rounded(most / number))

    def drawn(self, articles: pd.DataFrame) -> Bools:
        """Say of each article whether it is read closely: the same ones wherever they are read."""
        share = np.array([self.shares.get(name, self.rest) for name in articles["outlet"].tolist()])
        return np.asarray(hashed(articles["article"]) < share * (1 << BITS))


def _rounded(share: float) -> float:
    return float(f"{share:.2g}")


def noted(problems: pd.DataFrame, file: str, kind: str, problem: str) -> pd.DataFrame:
    """Return the table of problems with one row more."""
    row = pd.DataFrame([(file, kind, problem)], columns=list(problems.columns))
    return pd.concat([problems, row], ignore_index=True)

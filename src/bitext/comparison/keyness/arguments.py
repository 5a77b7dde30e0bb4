"""What a keyness table may be asked for: its measures and tests, and settings that contradict each other."""

from collections.abc import Sequence
from typing import Literal

from bitext.errors import TableError
from bitext.statistics.clusters import Cluster, column_of
from bitext.statistics.effects import check_alpha
from bitext.statistics.resample import DEFAULT_B

Test = Literal["linearised", "bootstrap", "permutation"]

TESTS = ("linearised", "bootstrap", "permutation")

#: Columns that are there by default, beside counts, rates, p, q and note.
MEASURES = (
    "g2",
    "log_ratio",
    "lrc",
    "pct_diff",
    "odds_ratio",
    "simple_maths",
    "log_odds_z",
    "dp",
    "dispersion",
    "juilland_d",
    "carroll_d2",
    "range",
)

#: Columns on request.
MORE = (
    "g2_yates",
    "g2_williams",
    "chi2",
    "chi2_yates",
    "chi2_williams",
    "poisson_interval",
    "lrc_positive",
    "difference_coefficient",
    "delta_p",
    "log_odds",
    "log_odds_z4",
    "rate_interval",
    "dispersion_reference",
)


def check(
    names: tuple[str, ...],
    within: tuple[str, ...],
    alpha: float,
    smoothing: float,
    prior: float | None,
    test: str | None,
    cluster: Cluster,
) -> None:
    """Refuse numbers out of range, and settings that contradict each other."""
    check_alpha(alpha)
    if not smoothing > 0:
        raise TableError(f"smoothing={smoothing!r}; use a rate per million above 0, such as 1 or 100")
    if prior is not None and not prior > 0:
        raise TableError(f"prior={prior!r}; use a number of pseudo-tokens above 0, or None")
    if common := sorted(set(names) & set(within)):
        raise TableError(
            f"strata={common!r} are columns of by, too: within one {common[0]!r} nothing is left to "
            "compare; leave strata out or use another column, such as 'month'"
        )
    if cluster is not None and within and test == "permutation":
        raise TableError(
            f"test='permutation' with strata={list(within)!r} and cluster={column_of(cluster)!r}: "
            "a cluster may lie in several strata; leave test out, or use test='bootstrap'"
        )


def measures_of(wanted: Sequence[str] | str) -> tuple[str, ...]:
    """Check the names of measures; "all" is every one."""
    known = (*MEASURES, *MORE)
    if wanted == "all":
        return known
    names = (wanted,) if isinstance(wanted, str) else tuple(dict.fromkeys(wanted))
    for name in names:
        if name not in known:
            raise TableError.unknown("measure", name, known)
    return names


def test_of(test: Test | None) -> Test | None:
    """Check the name of the test."""
    if test is not None and test not in TESTS:
        raise TableError.unknown("test", test, [*TESTS, None])
    return test


def replicates_of(given: int | None, test: str | None) -> int:
    """Return how many replicates are drawn."""
    if given is not None and given < 2:
        raise TableError(f"replicates={given}; use 2 or more")
    return given if given is not None else DEFAULT_B.get(test or "", 0)

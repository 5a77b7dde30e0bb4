import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bitext import TableError
from bitext.statistics.multiple import false_discovery_rate


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_equal_to_scipy(p: list[float]) -> None:
    assert false_discovery_rate(p) == pytest.approx(stats.false_discovery_control(p))


def test_untested_hypotheses_stay_nan_and_do_not_count() -> None:
    q = false_discovery_rate([np.nan, 0.02, np.nan, 0.5])
    assert q.tolist() == [pytest.approx(np.nan, nan_ok=True), 0.04, pytest.approx(np.nan, nan_ok=True), 0.5]


def test_a_larger_family_is_stricter() -> None:
    assert false_discovery_rate([0.01, 0.02], family=10).tolist() == [0.1, 0.1]
    with pytest.raises(TableError, match="family has 1 tests but 2 p-values"):
        false_discovery_rate([0.1, 0.2], family=1)


def test_nothing_to_adjust() -> None:
    assert len(false_discovery_rate([])) == 0
    assert np.isnan(false_discovery_rate([np.nan])).all()

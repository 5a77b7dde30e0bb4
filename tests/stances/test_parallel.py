"""The same news in both languages: rates of the features must go together. Prints its table with -s."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from bitext.lexicons import loader
from tests import shared

SCRIPT = Path(__file__).parents[2] / "scripts" / "estimate_calibration.py"
TIER_A = (
    "say_neutral",
    "negation",
    "concession_contrast",
    "cooperation",
    "conflict",
    "ingroup",
    "quote_share",
)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("estimate_calibration", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_script_on_made_up_pairs(script: ModuleType) -> None:
    """Equal content gives k near 1 in both directions, and a block has the size asked for."""
    rows = [{"set": "x", "zh": "他说计划可能失败。", "en": "He said the plan may fail."}] * 10
    rows += [{"set": "x", "zh": "天气很好。", "en": "The weather is fine today."}] * 10
    blocks = script.blocks(pd.DataFrame(rows), 5)
    assert len(blocks) == 4
    table = script.estimate(blocks)
    assert list(table.columns) == script.COLUMNS
    table = table[table["voice"] == "all"].set_index("feature")
    assert int(table.loc["hedge", "hits_zh"]) == int(table.loc["hedge", "hits_en"]) == 10
    assert float(table.loc["hedge", "r"]) > 0.9


@shared.needs_shared
def test_features_of_tier_a_go_together(script: ModuleType) -> None:
    pairs = script.read(shared.DATA / "parallel_zh_en.tsv.gz")
    blocks = script.blocks(pairs.assign(set="all"), 10)
    table = script.estimate(blocks)
    print("\n" + table.to_string(index=False))
    r = table[table["voice"] == "all"].set_index("feature")["r"].astype(float)
    assert r["attribution"] >= 0.75
    assert {name: r[name] for name in TIER_A if r[name] < 0.65} == {}


@shared.needs_shared
def test_shipped_factors_are_those_of_the_lists(script: ModuleType) -> None:
    """Whoever changes a list has to estimate again; a little drift is allowed."""
    blocks = script.blocks(script.read(shared.DATA / "parallel_zh_en.tsv.gz"), 10)
    now = script.estimate(blocks).set_index(["feature", "voice"])
    shipped = {(row["feature"], row["voice"]): row for row in loader.rows("calibration")}
    assert set(shipped) == set(now.index)
    assert {name for name, row in shipped.items() if row["tier"] != now.loc[name, "tier"]} == set()
    known = {name: float(row["k"]) for name, row in shipped.items() if row["tier"] in "AB"}
    drift = {name: k / float(now.loc[name, "k"]) for name, k in known.items()}
    assert {name: ratio for name, ratio in drift.items() if not 0.95 < ratio < 1.05} == {}

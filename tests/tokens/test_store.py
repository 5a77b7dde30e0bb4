"""Saved tokens come back the same, and a damaged file is named and never used."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.errors import TableError
from bitext.tokens.tokens import Tokens
from tests.tokenizing.test_tokenize import corpus


def tokens() -> Tokens:
    articles = corpus("歐盟批准Chips Act。", "", "下一句😀", outlet=["甲", "乙", ""])
    articles.articles["date"] = pd.to_datetime(["2031-01-02 03:04", None, "2031-01-03"], format="mixed")
    return bitext.tokenize(articles, words=[("芯片法案", 5)])


def test_saved_tokens_come_back_the_same(tmp_path: Path) -> None:
    before = tokens()
    before.save(tmp_path / "made")
    after = bitext.Tokens.load(tmp_path / "made")
    for name in ("term", "start", "end", "sentence", "kind", "lang", "bounds"):
        assert isinstance(getattr(after, name), np.memmap)
        assert getattr(after, name).tobytes() == getattr(before, name).tobytes()
    assert after.types.tolist() == before.types.tolist()
    assert after.surfaces() == before.surfaces()
    assert (after.tokenizer, after.field, dict(after.run)) == (
        before.tokenizer,
        before.field,
        dict(before.run),
    )
    pd.testing.assert_frame_equal(after.articles, before.articles, check_dtype=False)
    assert after.articles["date"].isna().tolist() == [False, True, False]


def test_saving_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        tokens().save(tmp_path / name)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="exists already"):
        tokens().save(tmp_path)


@pytest.mark.parametrize("name", ["term.npy", "bounds.npy", "types.json", "articles.json", "removed.json"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str) -> None:
    tokens().save(tmp_path / "made")
    path = tmp_path / "made" / name
    data = bytearray(path.read_bytes())
    data[-3] ^= 1
    path.write_bytes(data)
    with pytest.raises(TableError, match=rf"{name} is damaged"):
        bitext.Tokens.load(tmp_path / "made")
    path.unlink()
    with pytest.raises(TableError, match=rf"{name} is missing"):
        bitext.Tokens.load(tmp_path / "made", check=False)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": "bitext tokens", "version": 9, "bitext": "9"}'])
def test_a_wrong_manifest_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=r"manifest\.json|version 9"):
        bitext.Tokens.load(tmp_path)


def test_a_manifest_that_leaves_out_a_file_is_refused(tmp_path: Path) -> None:
    tokens().save(tmp_path / "made")
    path = tmp_path / "made" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    del manifest["sha256"]["term.npy"]
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(TableError, match="checksum does not fit"):
        bitext.Tokens.load(tmp_path / "made")


def test_a_folder_without_tokens_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="holds no saved tokens"):
        bitext.Tokens.load(tmp_path / "nothing")

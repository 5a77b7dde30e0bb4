"""Every number can be shown: spans, voices, sources, negation, and lists that users change."""

from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.attribution.attributions import ATTRIBUTIONS
from bitext.stances.article_counts import RATES
from bitext.stances.evidence import EVIDENCE
from bitext.stances.from_texts import tokens_of

MIXED = [
    "The mayor, who may resign, said on Monday that the plan “is not dead”. “We must act,” she added.",
    "據中央社報導，部長昨天表示，計畫可能延後。知情人士透露，「預算不夠」。",
    "路透社援引两名官员的话说，补贴要减半。工厂没有立即回应。",
    "",
]


@pytest.fixture(scope="module")
def made() -> bitext.Tokens:
    return tokens_of(MIXED)


def test_columns_and_offsets(made: bitext.Tokens) -> None:
    table = bitext.evidence(made)
    assert tuple(table.columns) == EVIDENCE
    texts = made.articles.set_index("article")["text"]
    for hit in table.itertuples():
        assert texts[hit.article][hit.start : hit.end] == hit.surface
    assert set(table["voice"]) == {"outlet", "source"}
    assert table["rule"].str.len().min() > 0


def test_feature_table_is_a_group_by_of_the_evidence(made: bitext.Tokens) -> None:
    evidence = bitext.evidence(made)
    table = bitext.stance(made, by="lang")
    for (lang, feature, voice), hits in evidence.groupby(["lang", "feature", "voice"]).size().items():
        if feature in RATES:
            rows = table[(table["lang"] == lang) & (table["feature"] == feature) & (table["voice"] == voice)]
            assert rows["hits"].tolist() == [hits], feature


def test_attributions(made: bitext.Tokens) -> None:
    table = bitext.attributions(made)
    assert tuple(table.columns) == ATTRIBUTIONS
    second = table[table["article"] == "1"]
    assert second["source"].tolist()[0] == "中央社"
    assert second["source_kind"].tolist()[0] == "outlet"
    assert "anonymous" in set(second["source_kind"])
    third = table[table["article"] == "2"]
    assert 2 in set(third["depth"]), "an outlet that quotes officials is one step from them"
    texts = made.articles.set_index("article")["text"]
    for event in table[table["content_start"] >= 0].itertuples():
        assert 0 <= event.content_start < event.content_end <= len(texts[event.article])


def test_spans_of_traditional_text_point_at_the_original(made: bitext.Tokens) -> None:
    table = bitext.evidence(made)
    assert "報導" in "".join(table[table["article"] == "1"]["surface"]) or "據" in set(table["surface"])


def test_pronouns_take_the_name_before_them() -> None:
    table = bitext.attributions(tokens_of(["Mr Lee said the plan failed. He added that it was late."]))
    assert table["source"].tolist() == ["Mr Lee", "Mr Lee"]


def test_negated() -> None:
    table = bitext.evidence(tokens_of(["It will not necessarily fail. It may fail."])).set_index("surface")
    assert not table.loc["may", "negated"]
    table = bitext.evidence(tokens_of(["没有证据表明合作成功，可能失败。"])).set_index("surface")
    assert table.loc["合作", "negated"]
    assert not table.loc["可能", "negated"]


def test_one_event_not_one_per_verb() -> None:
    table = bitext.evidence(tokens_of(["他在接受采访时表示说，工程顺利。"]))
    assert (table["feature"].str.startswith("say_")).sum() == 1


def test_users_extend_replace_and_drop_lists(tmp_path: Path) -> None:
    text = tokens_of(["The plan may fail, kind of."])
    mine = [{"lang": "en", "feature": "hedge", "type": "literal", "cue": "kind of", "note": ""}]
    assert "kind of" in set(bitext.evidence(text, cues=mine)["surface"])
    assert "may" in set(bitext.evidence(text, cues=mine)["surface"])
    only = [{"lang": "en", "feature": "hedge", "type": "drop", "cue": "*"}, *mine]
    hits = bitext.evidence(text, cues=only).query("feature == 'hedge'")["surface"].tolist()
    assert hits == ["kind of"]
    file = tmp_path / "cues.tsv"
    file.write_text("lang\tfeature\ttype\tcue\tnote\nen\tmood\tverb\tfail\t\n", encoding="utf-8")
    table = bitext.evidence(text, cues=file)
    assert "fail" in set(table.query("feature == 'mood'")["surface"])
    assert "mood" in set(bitext.stance(text, by="lang", cues=file)["feature"])
    polar = [{"lang": "en", "feature": "eval_pos", "type": "literal", "cue": "plan", "note": "2"}]
    assert "plan" in set(
        bitext.evidence(text, cues=pd.DataFrame(polar)).query("feature == 'eval_pos'")["surface"]
    )


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            {"lang": "de", "feature": "hedge", "type": "literal", "cue": "x"},
            "unknown language of the cue 'x' 'de'",
        ),
        (
            {"lang": "en", "feature": "hedge", "type": "glob", "cue": "x"},
            "unknown type of the cue 'x' 'glob'",
        ),
        ({"lang": "en", "feature": "hedge", "type": "regex", "cue": "("}, "does not compile"),
        ({"lang": "en", "feature": "", "type": "literal", "cue": "x"}, "needs a feature and a form"),
        ({"lang": "en", "feature": "eval_pos", "type": "literal", "cue": "x", "note": "good"}, "its valence"),
        ({"lang": "en", "feature": "hedge"}, r"lacks the columns \['type', 'cue'\]"),
    ],
)
def test_bad_rows_are_named(row: dict[str, str], message: str) -> None:
    with pytest.raises(bitext.LexiconError, match=message):
        bitext.evidence(tokens_of(["x"]), cues=[row])


def test_missing_file_is_named() -> None:
    with pytest.raises(bitext.LexiconError, match=r"nowhere\.tsv"):
        bitext.evidence(tokens_of(["x"]), cues="nowhere.tsv")


def test_candidates_warn_and_never_score() -> None:
    tokens = tokens_of(["The turnip was a success.", "The gherkin was a failure."] * 10)
    with pytest.warns(UserWarning, match="20 sentences"):
        table = bitext.polarity_candidates(tokens, min_count=5)
    signs = table.set_index("term")["so_pmi"]
    assert signs["turnip"] > 0 > signs["gherkin"]
    assert "turnip" not in set(bitext.evidence(tokens)["surface"])
    with pytest.raises(bitext.LanguageError, match="pass lang='zh' or lang='en'"):
        bitext.polarity_candidates(tokens_of(["A success.", "成功。"]))

"""Articles in other languages are told, once, and are not taken for English or Chinese."""

from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.text.scripts.detect import language
from bitext.text.scripts.languages import foreign, guess

SPANISH = "El gobierno anunció ayer que reducirá los impuestos a las empresas que inviertan en la región."
FRENCH = "Le gouvernement a annoncé hier une baisse des impôts pour les entreprises du pays."
GERMAN = "Die Regierung hat beschlossen, die Steuern für Unternehmen zu senken und den Haushalt zu kürzen."
JAPANESE = "首相は臨時国会で補正予算案を提出した。"
KOREAN = "정부는 기업의 세금을 인하한다고 발표했다."
ENGLISH = "The government said on Monday that it would cut taxes for companies in the region."
CHINESE = "政府昨天宣布降低企业税收。"  # the government cut taxes on firms


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (SPANISH, "Spanish"),
        (FRENCH, "French"),
        (GERMAN, "German"),
        (JAPANESE, "Japanese"),
        (KOREAN, "Korean"),
    ],
)
def test_short_texts_of_other_languages_are_neither(text: str, name: str) -> None:
    assert (language(text), guess(text)) == ("undecided", name)


@pytest.mark.parametrize(
    "text",
    [
        "Mayor of Rio de la Plata meets Robert De Niro",
        "Macron tells Le Monde he will stay",
        "Die Hard and La La Land top the list",
        "Van der Bellen wins in Austria",
        "“Yeah, I do. I do,” he said.",
        "Nikkei 225 up 3%",
    ],
)
def test_english_with_foreign_names_stays_english(text: str) -> None:
    assert (language(text), foreign(text)) == ("en", "")


@pytest.mark.parametrize(
    "text",
    [
        "优衣库の新店开业",
        "他引用了一句日语“ありがとう”，并向在场的两百名日本记者鞠躬致意，会场掌声不断，持续了三分钟之久，随后他离开了会场，回到酒店休息。",
    ],
)
def test_chinese_with_some_kana_stays_chinese(text: str) -> None:
    assert language(text) == "zh"  # の on a sign; one word quoted


def table() -> pd.DataFrame:
    """Return articles in four languages."""
    return pd.DataFrame(
        {"outlet": list("ABABA"), "text": [ENGLISH, SPANISH, CHINESE, SPANISH + " Hoy.", GERMAN]}
    )


def test_other_languages_are_said_once_and_stay_out_of_english() -> None:
    corpus = bitext.Corpus.from_frame(table())
    assert corpus.articles["lang"].tolist() == ["en", "undecided", "zh", "undecided", "undecided"]
    said = corpus.problems.query("kind == 'language'")
    assert said["file"].tolist() == ["4", "1"]
    assert said["problem"].iloc[1].startswith("2 articles, of which this is the first, seem to be in Spanish")
    assert len(corpus.select(lang="en")) == 1


def test_a_corpus_of_both_languages_says_nothing_of_others() -> None:
    assert bitext.Corpus.from_frame(pd.DataFrame({"text": [ENGLISH, CHINESE, "2031"]})).problems.empty
    assert bitext.Corpus.from_frame(table(), lang="en").problems.empty


def test_a_scan_says_the_same(tmp_path: Path) -> None:
    table().to_csv(tmp_path / "a.csv", index=False)
    whole = bitext.read(tmp_path).problems
    scan = bitext.scan(tmp_path, size=200)
    scan.number()
    assert scan.problems.equals(whole)
    assert (whole["kind"] == "language").sum() == 2

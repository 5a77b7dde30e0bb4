"""Languages and scripts are told by counting."""

import pytest

from bitext.text.scripts.detect import language, script

FRENCH = "Le président de la République a dit que les autorités ne céderont pas face aux pressions " * 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("欧盟批准芯片法案", "zh"),
        ("iPhone 15 Pro Max发布会在京举行，吸引大批用户", "zh"),
        ("The EU approves its Chips Act", "en"),
        ("The word 芯片 means chip, and the writer explains it at some length", "en"),
        ("日本語のテキストです。カタカナもあります", "undecided"),
        ("안녕하세요", "undecided"),
        ("Привет, мир", "undecided"),
        (FRENCH, "undecided"),
        ("優衣庫の新店", "zh"),  # one kana in a Chinese headline
        ("2023-07-03", "undecided"),
        ("", "undecided"),
        ("\ud800", "undecided"),
    ],
)
def test_language(text: str, expected: str) -> None:
    assert language(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("芯片补贴", "Hans"), ("晶片補貼", "Hant"), ("中文", ""), ("chips", ""), ("发發", ""), ("", "")],
)
def test_script(text: str, expected: str) -> None:
    assert script(text) == expected

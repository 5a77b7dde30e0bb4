"""The examples of README and docs run, and print what they say."""

import doctest
import re
import shlex
from pathlib import Path

import pytest

from bitext import cli

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    [*ROOT.glob("README*.md"), *(path for path in ROOT.glob("docs/**/*.md") if "_build" not in path.parts)]
)
BLOCK = re.compile(r"^```(?P<lang>\w+)\n(?P<code>.*?)^```", re.MULTILINE | re.DOTALL)
FLAGS = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS


def blocks(page: Path, lang: str) -> list[str]:
    return [
        match["code"] for match in BLOCK.finditer(page.read_text(encoding="utf-8")) if match["lang"] == lang
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_python_examples_run_and_print_what_the_page_shows(
    page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    code = "\n".join(block for block in blocks(page, "python") if ">>>" in block)
    if not code:
        pytest.skip("the page holds no Python examples")
    test = doctest.DocTestParser().get_doctest(code, {}, page.name, str(page), 0)
    report: list[str] = []
    failed, tried = doctest.DocTestRunner(optionflags=FLAGS).run(test, out=report.append)
    assert tried
    assert not failed, "".join(report)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_on_the_sample_corpus_run(
    page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = [
        line.removeprefix("$ ").split(" #")[0].strip()
        for block in blocks(page, "console")
        for line in block.splitlines()
        if line.startswith("$ bitext ") and "corpora/chips" in line and "|" not in line.split("'")[0]
    ]
    if not commands:
        pytest.skip("the page holds no commands on the sample corpus")
    for command in commands:
        words = [
            word.replace("corpora/chips", str(ROOT / "corpora" / "chips"))
            for word in shlex.split(command)[1:]
        ]
        with monkeypatch.context() as patch:
            patch.chdir(tmp_path)
            assert cli.main(words) == 0, f"{command}: {capsys.readouterr().err}"

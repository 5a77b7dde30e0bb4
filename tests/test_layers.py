"""Folders are layers: a file imports from its own and those earlier in the list, and in no circle."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "bitext"

#: In the order of the data's road; keep docs/architecture.md in step. "bitext" itself (the version, and the
#: names loaded on first use) may be read from anywhere.
LAYERS = [
    "arrays",
    "errors",
    "checked",
    "schema",
    "record",
    "engines",
    "text",
    "lexicons",
    "reading",
    "corpus",
    "copies",
    "tokens",
    "concepts",
    "tokenizing",
    "counting",
    "statistics",
    "glossaries",
    "words",
    "cues",
    "attribution",
    "speakers",
    "names",
    "stances",
    "comparison",
    "events",
    "pipeline",
    "report",
    "sklearn",
    "cli",
    "__main__",
]


#: Methods that are a convenience call, from inside, a function that is later in the list: file -> layers.
CONVENIENCES = {
    "tokenizing/tokenize.py": {"words"},  # tokenize(learn=True)
    "corpus/scan.py": {"counting"},  # Scan.group
    "statistics/units.py": {"events"},  # cluster="story"
    "pipeline/comparison.py": {"report"},  # Comparison.save and .to_html
}


def layer(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def module(path: Path) -> str:
    """Return the dotted name of a file."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def at_the_top(tree: ast.Module) -> Iterator[ast.stmt]:
    """Yield the statements outside functions, with those that only type checkers read."""
    for node in tree.body:
        yield node
        if isinstance(node, ast.If | ast.Try):
            yield from (inner for inner in ast.walk(node) if isinstance(inner, ast.stmt))


def imported(path: Path, *, inside: bool) -> set[str]:
    """Return the dotted names that a file imports at its top; with *inside*, in its functions, too."""
    names: set[str] = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree) if inside else at_the_top(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return {name for name in names if name.startswith("bitext.")} - {"bitext.__version__"}


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_file_imports_only_from_its_layer_and_those_before_it(path: Path) -> None:
    own = LAYERS.index(layer(path))
    layers = {name.split(".")[1] for name in imported(path, inside=True)} & set(LAYERS)
    later = {name for name in layers if LAYERS.index(name) > own}
    later -= CONVENIENCES.get(path.relative_to(PACKAGE).as_posix(), set())
    assert not later, f"{path.relative_to(PACKAGE)} imports from layers later in the list: {sorted(later)}"


def test_no_two_files_import_each_other_in_a_circle() -> None:
    known = {module(path): path for path in FILES}
    ahead = {name: imported(path, inside=False) & set(known) - {name} for name, path in known.items()}
    while free := {name for name, needed in ahead.items() if not needed & set(ahead)}:
        ahead = {name: needed for name, needed in ahead.items() if name not in free}
    # What is left stands in a circle, or needs a file that does.
    assert not ahead, {name: sorted(needed & set(ahead)) for name, needed in ahead.items()}


def test_every_part_of_the_package_is_in_the_list() -> None:
    assert {layer(path) for path in FILES} <= set(LAYERS)


def test_text_layer_knows_no_pandas_and_only_chinese_knows_jieba() -> None:
    for path in (PACKAGE / "text").rglob("*.py"):
        assert "import pandas" not in path.read_text(encoding="utf-8"), path
    for path in FILES:
        if path.name != "cutter.py":
            tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            modules = {alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names}
            assert not modules & {"jieba", "rjieba"}, path


def test_places_that_contributing_names_are_there() -> None:
    page = (PACKAGE.parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = page.split("## Where things are")[1].split("\n## ")[0]
    places = [place.rstrip("/") for place in re.findall(r"`([\w.]+/[\w/.*]*)`", table)]
    assert len(places) > 20
    roots = (PACKAGE, PACKAGE.parents[1])
    assert not [place for place in places if not any(list(root.glob(place)) for root in roots)]


#: A file is read in one sitting, a folder is seen at once, a pattern in one line is not a riddle.
LINES, FILES_OF_A_FOLDER, PATTERN = 320, 15, 100


def test_files_and_folders_stay_readable() -> None:
    long = {str(path): path.read_text(encoding="utf-8").count("\n") for path in FILES}
    assert not {path: lines for path, lines in long.items() if lines > LINES}
    folders = Counter(path.parent for path in FILES if path.name != "__init__.py")
    assert not {str(folder): files for folder, files in folders.items() if files > FILES_OF_A_FOLDER}


def test_long_regular_expressions_are_verbose() -> None:
    found = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.") and node.args:
                pattern = node.args[0]
                if not (isinstance(pattern, ast.Constant) and isinstance(pattern.value, str)):
                    continue
                one_line = pattern.lineno == pattern.end_lineno
                if one_line and len(pattern.value) > PATTERN and "VERBOSE" not in ast.unparse(node):
                    found.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert not found

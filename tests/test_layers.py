"""Folders are layers: a file imports only from its own layer and those above it in the list."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "bitext"

#: Top to bottom; keep docs/architecture.md in step. "bitext" itself (the version) may be read from anywhere.
LAYERS = [
    "errors",
    "schema",
    "record",
    "engines",
    "text",
    "lexicons",
    "corpus",
    "tokens",
    "features",
    "comparison",
    "report",
    "sklearn",
    "cli",
    "__main__",
]


def layer(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def imported_layers(path: Path) -> set[str]:
    """Layers that a file imports, at the top or inside functions."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            if node.module == "bitext":
                names.update(f"bitext.{alias.name}" for alias in node.names)
            else:
                names.add(node.module)
    parts = [name.split(".") for name in names if name.startswith("bitext.")]
    return {part[1] for part in parts} - {"__version__"}


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_file_imports_only_from_its_layer_and_above(path: Path) -> None:
    own = LAYERS.index(layer(path))
    below = {name for name in imported_layers(path) if name in LAYERS and LAYERS.index(name) > own}
    assert not below, f"{path.relative_to(PACKAGE)} imports from the layers below it: {sorted(below)}"


def test_every_part_of_the_package_is_in_the_list() -> None:
    assert {layer(path) for path in FILES} <= set(LAYERS)


def test_text_layer_knows_no_pandas_and_only_chinese_knows_jieba() -> None:
    for path in (PACKAGE / "text").rglob("*.py"):
        assert "import pandas" not in path.read_text(encoding="utf-8"), path
    for path in FILES:
        if path.name != "chinese.py":
            tree = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            modules = {alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names}
            assert not modules & {"jieba", "rjieba"}, path

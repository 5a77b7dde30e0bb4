"""docs/gallery.md → docs/images/gallery/*.png: runs the examples and saves each figure by its name."""

import doctest
from pathlib import Path

from matplotlib.figure import Figure

DOCS = Path(__file__).parent


def main() -> None:
    """Run the examples; stop at the first that prints something else than the page says."""
    page = (DOCS / "gallery.md").read_text(encoding="utf-8").replace("```", "")
    test = doctest.DocTestParser().get_doctest(page, {}, "gallery.md", None, 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.FAIL_FAST)
    if runner.run(test, clear_globs=False).failed:
        raise SystemExit(1)
    folder = DOCS / "images" / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in test.globs.items():
        if isinstance(value, Figure):
            value.savefig(folder / f"{name}.png", dpi=110)


if __name__ == "__main__":
    main()

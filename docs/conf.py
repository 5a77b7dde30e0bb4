"""Sphinx configuration: MyST pages, the furo theme, the API from docstrings."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

import bitext  # noqa: E402  (the path has to be set first)

project = "bitext"
author = "the bitext developers"
release = version = bitext.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.viewcode"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"bitext {release}"
html_show_sphinx = False

autodoc_member_order = "bysource"
autodoc_typehints = "none"
# What scikit-learn adds to every estimator is documented there.
autodoc_default_options = {
    "exclude-members": "set_fit_request,set_score_request,set_transform_request,set_predict_request"
}
napoleon_google_docstring = True
napoleon_use_rtype = False
napoleon_attr_annotations = False
napoleon_custom_sections = [("Source", "notes_style")]


def write_api(path: Path) -> None:
    """Write the API page from the table of public names, so that it cannot lag behind."""
    parts = ["# API\n\nEverything here is imported as `bitext.<name>`, and grouped by what is asked.\n"]
    for group, homes in bitext._GROUPS.items():
        parts.append(f"## {group.capitalize()}\n")
        for name, home in homes.items():
            kind = "exception" if name.endswith("Error") else "class" if name[0].isupper() else "function"
            members = "   :members:\n" if kind == "class" else ""
            parts.append(f"```{{eval-rst}}\n.. auto{kind}:: {home}.{name}\n{members}```\n")
    parts.append("## bitext.sklearn\n\n```{eval-rst}\n.. automodule:: bitext.sklearn\n   :members:\n```\n")
    if not (ROOT / "src" / "bitext" / "sklearn.py").exists():
        parts.pop()
    text = "\n".join(parts)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


write_api(Path(__file__).parent / "api.md")


def as_rst(app, what, name, obj, options, lines):  # noqa: ARG001  (Sphinx fixes the signature)
    """Read docstrings like Markdown: single backticks mean code, a list needs no empty line before it."""
    out = []
    for line in lines:
        starts_list = line.lstrip().startswith("- ")
        if starts_list and out and out[-1].strip() and not in_list(out):
            out.append("")
        line = re.sub(r"(?<![`:])`([^`\n]+)`(?!`)", r"``\1``", line)
        out.append(re.sub(r"(?<!`)\|(\w+)\|(?!`)", r"\\|\1\\|", line))
    lines[:] = out


def in_list(lines):
    """Tell whether the last line is an item of a list, or the rest of one."""
    for line in reversed(lines):
        if not line.strip():
            return False
        if line.lstrip().startswith("- "):
            return True
    return False


def setup(app):
    """Register the hook above."""
    app.connect("autodoc-process-docstring", as_rst, priority=1)

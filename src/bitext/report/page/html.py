"""From the payload to the HTML text: data as inert JSON, script and style allowed by their hash alone."""

import base64
import hashlib
import json
import re
from importlib import resources
from typing import TYPE_CHECKING, Any

from bitext.report.page.payload import payload

if TYPE_CHECKING:
    from bitext.pipeline.comparison import Comparison

#: The script, in the order of its parts: each uses names of those before it.
SCRIPTS = (
    "words_en.js",
    "words_zh.js",
    "base.js",
    "marks.js",
    "address.js",
    "article.js",
    "evidence.js",
    "table.js",
    "findings.js",
    "stories.js",
    "names.js",
    "voices.js",
    "left.js",
    "words.js",
    "tone.js",
    "copies.js",
    "know.js",
    "main.js",
)
STYLES = ("page.css", "parts.css")

#: In JSON these stand in strings only, where an escape means the same: no text can end the data block.
_ESCAPES = {character: f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029\u007f"}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def to_html(result: "Comparison", title: str | None = None) -> str:
    """Return the page of a comparison, headed by *title*."""
    style = "\n".join(_asset(name) for name in STYLES)
    script = '"use strict";\n(() => {\n' + "\n".join(_asset(name) for name in SCRIPTS) + "\n})();\n"
    parts = {
        "policy": _policy(script, style),
        "style": style,
        "data": as_json(payload(result, title)),
        "script": script,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: parts[found[1]], _asset("page.html"))


def as_json(data: Any) -> str:
    """Return *data* as JSON that can stand in a script element, whatever texts it holds.

    Examples:
        >>> as_json({"title": "</script><b>"})
        '{"title":"\\\\u003c/script\\\\u003e\\\\u003cb\\\\u003e"}'
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    # Half of a surrogate pair cannot be written as UTF-8.
    return _LONE_SURROGATE.sub("\ufffd", text)


def _policy(script: str, style: str) -> str:
    """Return the Content-Security-Policy: nothing is loaded, and only this script and style count.

    Pictures are those that the page draws of its own figures, to save them as PNG.
    """
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _asset(name: str) -> str:
    return (resources.files("bitext.report.page") / "assets" / name).read_text(encoding="utf-8")

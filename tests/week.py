"""The one-week part of the shared news (2021-03-08..14), read without the reader under test."""

import html
import re
from functools import cache

import pandas as pd

from bitext import Corpus, schema
from tests.shared import jsonl

_WEEK = re.compile(r"date: 2021-03-(?:0[89]|1[0-4])T")
_FIELD = re.compile(r'^(title|date|author|from): *"?(.*?)"?$', re.MULTILINE)
_NAMES = {"title": "title", "date": "date", "author": "outlet", "from": "url"}


@cache
def week() -> Corpus:
    """Return the articles of the week, tags stripped crudely; `article` is the field `path` of the data."""
    rows = []
    for record in jsonl("news_multi_outlet.jsonl.gz"):
        head, _, body = record["raw"].partition("\n------\n")
        if _WEEK.search(head):
            fields = {_NAMES[name]: html.unescape(value) for name, value in _FIELD.findall(head)}
            rows.append({"article": record["path"], "text": _strip(body), **fields})
    frame = pd.DataFrame(rows)
    frame["date"] = pd.to_datetime(frame["date"]).dt.tz_localize(None)
    return Corpus(frame.reindex(columns=list(schema.ARTICLES), fill_value=""))


def _strip(body: str) -> str:
    body = re.sub(r"<(script|style).*?</\1>", "", body, flags=re.DOTALL)
    body = re.sub(r"</?(?:p|div|br|li|h\d|tr)[^>]*>", "\n", body)
    return re.sub(r"\s*\n\s*", "\n", html.unescape(re.sub(r"<[^>]*>", "", body))).strip()

"""The one-week part of the shared news (2021-03-08..14), through the reader, under the keys of the data."""

import json
import re
import tempfile
from functools import cache
from pathlib import Path

import bitext
from bitext import Corpus
from tests.shared import article_key, jsonl

_WEEK = re.compile(r"^date: 2021-03-(?:0[89]|1[0-4])T", re.MULTILINE)


@cache
def week() -> Corpus:
    """Return the articles of the week; `article` is the key of the field `path` of the data."""
    records = [record for record in jsonl("news_multi_outlet.jsonl.gz") if _WEEK.search(record["raw"])]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "week.jsonl"
        lines = [json.dumps(record, ensure_ascii=False) for record in records]
        file.write_text("\n".join(lines), encoding="utf-8")
        corpus = bitext.read(file, text="raw")
    rows = corpus.articles["article"].str.rsplit("#", n=1).str[1].astype(int) - 1
    keys = [article_key(records[row]["path"]) for row in rows]
    return Corpus(corpus.articles.assign(article=keys), run=corpus.run)

"""Commands that read: articles, tokens."""

from __future__ import annotations

import argparse

from bitext.cli.inputs import explained, read_corpus, read_tokens
from bitext.cli.output import Titled


def read(args: argparse.Namespace) -> Titled:
    """Return the articles; with --removed what cleaning cut, with --explain what was recognised."""
    if args.explain:
        from bitext.record import shareable

        table = explained(args)
        return [("", table.assign(file=table["file"].map(shareable)))]
    corpus = read_corpus(args)
    columns = ["article", "outlet", "lang", "script", "date", "title", "author", "editor", "url"]
    if args.output:
        from bitext.record import shareable

        articles = corpus.articles.assign(file=corpus.articles["file"].map(shareable))
        return [("", corpus.removed if args.removed else articles)]
    if args.removed:
        return [("removed", corpus.removed)]
    return [("", corpus.articles[columns])]


def tokens(args: argparse.Namespace) -> Titled:
    """Return one row per token."""
    return [("", read_tokens(args).to_frame())]

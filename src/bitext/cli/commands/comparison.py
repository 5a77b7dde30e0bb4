"""The command that does everything at once."""

from __future__ import annotations

import argparse
from pathlib import Path

from bitext.cli.inputs import cutting, is_large, read_corpus, scanned, stop_words
from bitext.cli.output import Titled, progress


def compare(args: argparse.Namespace) -> Titled:
    """Return the overview of everything; with -o write the folder of tables and the page."""
    import bitext

    settings = {"by": args.by, "find_stories": args.stories, "seed": args.seed, **cutting(args)}
    settings |= {"ngrams": (1, args.ngrams), "extend": args.extend, "stopwords": stop_words(args)}
    settings |= {"weighting": args.weighting or "contrast", "unit": args.unit, "copies": args.copies}
    batches = args.batches if args.batches is not None else not args.stories or is_large(args)
    if not batches:
        corpus = read_corpus(args)
        with progress("comparing") as report:
            result = bitext.compare(corpus, workers=args.workers, progress=report, **settings)
    else:
        with scanned(args, "reading and comparing") as (scan, report):
            result = bitext.compare(scan, progress=report, **settings)
    if args.output:
        from bitext.report.whole import whole_folder

        page = Path(args.output).resolve() / "report.html"
        with whole_folder(args.output) as draft:
            result.save(draft, spreadsheet=args.spreadsheet is not False)
            result.to_html(draft / page.name)
        # Said at the end, below the tables, where it is still on the screen.
        args.closing = f"tables and run record in {page.parent}\nbitext: the page to look at: {page}"
        args.output = None
    if repeats := result.run["repeats"]:
        args.closing = "\nbitext: ".join(filter(None, (repeats, getattr(args, "closing", ""))))
    args.findings = result.findings
    overview: Titled = result.overview(top=args.top)
    return overview

"""The real road: raw pages in, keywords or a whole comparison out, as whole processes; time and memory.

Run: python -m bench.raw_pages [--pages 4000 20000] [--commands compare] [--workers 2]; needs the shared news
(see tests/shared.py). With several sizes, what each further page takes is told, too. The pages are those of
the news with salted vocabulary (`bench.salted`), everything around the text included. `compare` finds
stories, statements and sources, and writes its tables and the page.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import salted
from bench.measure import Run, markdown, markdown_row, run

#: The command, by the interpreter that runs this: no script needs to be installed.
BITEXT = [sys.executable, "-m", "bitext"]
#: What is measured, and with which options.
COMMANDS = {"keywords": [], "compare": ["--batches"]}
HEAD = (
    "pages", "command", "workers", "ms a page", "processor ms a page", "peak MB, all processes",
    "times one worker", "ms a further page", "processor ms a further page", "kB a further page",
)  # fmt: skip


def pages(folder: Path, number: int) -> Path:
    """Write so many raw pages to a file of JSON Lines."""
    tokens = salted.base()
    copies = -(-number // len(tokens.articles))
    whole = folder / "whole.jsonl"
    salted.write(tokens, copies, whole, salted.exponent(tokens), salted.pages(tokens))
    path = folder / f"{number}.jsonl"
    with whole.open(encoding="utf-8") as lines, path.open("w", encoding="utf-8") as file:
        file.writelines(line for _, line in zip(range(number), lines, strict=False))
    whole.unlink()
    return path


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", nargs="+", type=int, default=[4000], metavar="N", help="sizes, ascending")
    parser.add_argument("--commands", nargs="+", choices=COMMANDS, default=list(COMMANDS))
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 2], metavar="N")
    asked = parser.parse_args()
    before: dict[tuple[str, int], tuple[int, Run]] = {}
    print(markdown(HEAD, []))
    with tempfile.TemporaryDirectory() as folder:
        for number in asked.pages:
            path = pages(Path(folder), number)
            for command in asked.commands:
                first: Run | None = None
                for workers in asked.workers:
                    out = Path(folder) / ("out" if command == "compare" else "table.csv")
                    words = [*BITEXT, command, path, *COMMANDS[command], "--workers", str(workers), "-o", out]
                    took = run(words)
                    first = first or took
                    cells = [f"{number:,}", command, workers, *_each(number, took), f"{took.peak:.0f}"]
                    cells.append(f"{first.seconds / took.seconds:.2f}" if took is not first else "")
                    cells += _slope(before.get((command, workers)), number, took)
                    before[command, workers] = number, took
                    print(markdown_row(cells), flush=True)
            path.unlink()


def _each(number: int, took: Run) -> list[str]:
    return [f"{took.seconds / number * 1e3:.2f}", f"{took.processor / number * 1e3:.2f}"]


def _slope(before: tuple[int, Run] | None, number: int, took: Run) -> list[str]:
    """Return what each page beyond the size before took: nothing that is done once is in it."""
    if before is None:
        return ["", "", ""]
    fewer, less = before
    more = number - fewer
    rest = Run(took.seconds - less.seconds, took.processor - less.processor, took.peak - less.peak)
    return [*_each(more, rest), f"{rest.peak / more * 1e3:.0f}"]


if __name__ == "__main__":
    main()

"""The real road: raw pages in, keywords or a whole comparison out, as whole processes; time and memory.

Run: python -m bench.raw_pages [--pages 4000 20000]; needs the shared news (see tests/shared.py). The pages
are those of the news with salted vocabulary (`bench.salted`), everything around the text included. `compare`
finds stories, statements and sources, and writes its tables and the page.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import salted
from bench.measure import markdown, markdown_row, run

#: The command, by the interpreter that runs this: no script needs to be installed.
BITEXT = [sys.executable, "-m", "bitext"]
HEAD = (
    "pages", "command", "workers", "ms a page", "processor ms a page", "peak MB, all processes",
    "times one worker",
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
    parser.add_argument("--pages", nargs="+", type=int, default=[4000], metavar="N")
    asked = parser.parse_args()
    print(markdown(HEAD, []))
    with tempfile.TemporaryDirectory() as folder:
        for number in asked.pages:
            path = pages(Path(folder), number)
            for command in ("keywords", "compare"):
                more = ["--batches"] if command == "compare" else []
                one = 0.0
                for workers in (1, 2):
                    out = Path(folder) / ("out" if more else "table.csv")
                    took = run([*BITEXT, command, path, *more, "--workers", str(workers), "-o", out])
                    one = one or took.seconds
                    cells = (
                        f"{number:,}",
                        command,
                        workers,
                        f"{took.seconds / number * 1e3:.2f}",
                        f"{took.processor / number * 1e3:.2f}",
                        f"{took.peak:.0f}",
                        f"{one / took.seconds:.2f}",
                    )
                    print(markdown_row(cells), flush=True)
            path.unlink()


if __name__ == "__main__":
    main()

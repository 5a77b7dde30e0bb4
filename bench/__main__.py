"""All benchmarks in one run: python -m bench [--large] [--write FILE]. What they measure: bench/README.md."""

import argparse
import io
import os
import platform
import runpy
import sys
import time
from contextlib import redirect_stdout
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.measure import Grown

HERE = Path(__file__).parent

#: Modules that others import, or this one.
HELPERS = {"__main__", "curve", "measure", "salted", "road"}

HEAD = """# Performance

Written by `python -m bench{options} --write {file}`
({machine}, Python {python}, {cores} cores, {minutes:.0f} minutes). The ratios hold anywhere, the seconds do
not. What is measured and how: bench/README.md.

![Time per article and peak memory against the number of articles](images/growth.svg)
"""


class _Tee(io.StringIO):
    """Keeps what is printed, and prints it."""

    def write(self, text: str) -> int:
        sys.__stdout__.write(text)
        sys.__stdout__.flush()
        return super().write(text)


def main() -> None:
    """Run everything."""
    from tests.shared import DATA

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--large", action="store_true", help="the news 32 times, too: 125,000 articles")
    parser.add_argument("--write", metavar="FILE", help="write the tables to this page as well")
    options = parser.parse_args()
    if not DATA.is_dir():
        sys.exit(f"bench needs the shared news at {DATA} (set BITEXT_SHARED to the folder that holds data/)")
    from bench import curve

    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled modules are kept, as on any user's machine
    start = time.perf_counter()
    shown = _Tee()
    with redirect_stdout(shown):
        grown = sections(options.large)
    if options.write:
        curve.draw(grown, Path(options.write).parent / "images" / "growth.svg")
        head = HEAD.format(
            options=" --large" if options.large else "",
            file=options.write,
            machine=f"{platform.system()} {platform.machine()}",
            python=platform.python_version(),
            cores=os.cpu_count(),
            minutes=(time.perf_counter() - start) / 60,
        )
        Path(options.write).write_text(f"{head}\n{shown.getvalue()}", encoding="utf-8")


def sections(large: bool) -> list[Grown]:
    """Print all tables; a part that fails says so and the others go on. Return the runs of growing size."""
    from bench import road

    grown: list[Grown] = []
    print("## The main road\n")
    try:
        grown = road.main(large)
    except Exception as error:
        print(f"not measured: {type(error).__name__}: {error}")
    for path in sorted(HERE.glob("*.py")):
        if path.stem in HELPERS:
            continue
        print(f"\n## {path.stem}\n", flush=True)
        sys.argv = [str(path)]
        try:
            runpy.run_path(str(path), run_name="__main__")
        except Exception as error:
            print(f"not measured: {type(error).__name__}: {error}")
    return grown


if __name__ == "__main__":
    main()

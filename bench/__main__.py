"""All benchmarks in one run: python -m bench [--large]. What they measure: bench/README.md."""

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

#: Modules that others import, or this one.
HELPERS = {"__main__", "measure", "salted", "road"}


def main() -> None:
    from tests.shared import DATA

    if not DATA.is_dir():
        sys.exit(f"bench needs the shared news at {DATA} (set BITEXT_SHARED to the folder that holds data/)")
    large = "--large" in sys.argv[1:]
    from bench import road

    print("## The main road\n")
    road.main(large)
    for path in sorted(HERE.glob("*.py")):
        if path.stem not in HELPERS:
            print(f"\n## {path.stem}\n", flush=True)
            sys.argv = [str(path)]
            runpy.run_path(str(path), run_name="__main__")


if __name__ == "__main__":
    main()

"""Do two revisions write the same tables? Runs `bitext compare` with both and compares the files.

    python scripts/same_tables.py REVISION [--page]

REVISION is what the working tree is compared with, byte for byte. Inputs: corpora/chips and, where
../shared is (or the folder that BITEXT_SHARED names), 300 articles of its outlets, taken evenly.
report.html is compared with --page only: a renamed asset changes it and no table. Ends with 1 where a
file differs. For a change that should leave every result alone: a move, a rename, a faster road.
"""

import argparse
import gzip
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("BITEXT_SHARED", ROOT.parent / "shared")) / "data"
ARTICLES = 300


def inputs(folder: Path) -> dict[str, list[str]]:
    """Return name -> arguments of `bitext compare`; samples are written into *folder*."""
    found = {"chips": [str(ROOT / "corpora" / "chips")]}
    source = SHARED / "news_multi_outlet.jsonl.gz"
    if source.exists():
        with gzip.open(source, "rt", encoding="utf-8") as lines:
            rows = list(lines)
        sample = folder / "articles.jsonl"
        step = max(1, len(rows) // ARTICLES)
        sample.write_text("".join(itertools.islice(rows[::step], ARTICLES)), encoding="utf-8")
        found["shared"] = [str(sample), "--text", "raw"]
    return found


def run(source: Path, arguments: list[str], out: Path) -> None:
    """Write into *out* the comparison that the package in *source* makes, and what it prints."""
    out.mkdir(parents=True)
    command = [sys.executable, "-m", "bitext", "compare", *arguments, "-o", str(out)]
    environment = {**os.environ, "PYTHONPATH": str(source), "COLUMNS": "120"}
    done = subprocess.run(command, env=environment, cwd=out, check=True, capture_output=True, text=True)
    (out / "stdout.txt").write_text(done.stdout, encoding="utf-8")


def differing(left: Path, right: Path, *, page: bool) -> list[str]:
    """Return the names of the files that are not the same in both folders."""
    names = {path.name for folder in (left, right) for path in folder.iterdir()}
    names -= set() if page else {"report.html"}
    return [name for name in sorted(names) if _bytes(left / name) != _bytes(right / name)]


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def main() -> int:
    """Compare and say what differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("revision")
    parser.add_argument("--page", action="store_true", help="compare report.html, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        tree = place / "tree"
        subprocess.run(
            ["git", "worktree", "add", "-q", "--detach", tree, options.revision], cwd=ROOT, check=True
        )
        try:
            for built in (ROOT / "src" / "bitext" / "text").glob("_native*.so"):
                shutil.copy(built, tree / "src" / "bitext" / "text")
            wrong = 0
            for name, arguments in inputs(place).items():
                before, after = place / name / "before", place / name / "after"
                run(tree / "src", arguments, before)
                run(ROOT / "src", arguments, after)
                differ = differing(before, after, page=options.page)
                wrong += len(differ)
                print(f"{name}: {', '.join(differ) + ' differ' if differ else 'every table is the same'}")
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", tree], cwd=ROOT, check=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

"""Files that are made to be sent on: whole, harmless in a spreadsheet, silent about where others lie."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.cli import main
from bitext.report.whole import whole_folder
from bitext.report.write import without_formulas, write_table
from tests.engines.processes import descendants, left, linux
from tests.reading.articles import articles, write


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(articles(40), tmp_path_factory.mktemp("news") / "news.jsonl")


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@A1", "\t=1", "\n=1", " =1", "＝1+1", "＠A1", "\ufeff=1"]
)
def test_cells_and_names_that_a_spreadsheet_runs_are_guarded(cell: str) -> None:
    table = without_formulas(pd.DataFrame({cell: [cell, "x = 1"], "n": [-1, 2]}))
    assert table.columns.tolist() == [f"'{cell}", "n"]
    assert table.iloc[:, 0].tolist() == [f"'{cell}", "x = 1"]
    assert table["n"].tolist() == [-1, 2]


def test_csv_is_guarded_unless_told_otherwise(tmp_path: Path) -> None:
    table = pd.DataFrame({"a": ["=1"]})
    for name, guard, expected in (("a.csv", None, "'=1"), ("b.csv", False, "=1"), ("c.jsonl", None, '"=1"')):
        write_table(table, tmp_path / name, spreadsheet=guard)
        assert expected in (tmp_path / name).read_text(encoding="utf-8-sig")
        assert ("'=1" in (tmp_path / name).read_text(encoding="utf-8-sig")) == (expected == "'=1")


def test_a_folder_is_replaced_as_a_whole_and_what_the_user_changed_stays(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with whole_folder(out) as draft:
        for name in ("a.csv", "b.csv", "c.csv"):
            (draft / name).write_text(name)
    (out / "b.csv").write_text("changed by hand")
    (out / "mine.txt").write_text("mine")
    with whole_folder(out) as draft:
        (draft / "a.csv").write_text("new")
    assert sorted(path.name for path in out.iterdir()) == ["a.csv", "b.csv", "files.json", "mine.txt"]
    assert (out / "a.csv").read_text() == "new"
    assert list(json.loads((out / "files.json").read_text())["files"]) == ["a.csv"]
    with pytest.raises(IsADirectoryError), whole_folder(out) as draft:
        draft.write_text("a folder is no file: this fails")
    assert (out / "a.csv").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="folders cannot be exchanged")
def test_a_folder_that_an_earlier_run_wrote_is_exchanged_in_one_step(tmp_path: Path) -> None:
    out, seen = tmp_path / "out", []
    for number in range(2):
        with whole_folder(out) as draft:
            for name in "ab":
                (draft / name).write_text(str(number))
        seen.append(out.stat().st_ino)
    assert seen[0] != seen[1]
    assert {path.read_text() for path in (out / "a", out / "b")} == {"1"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_somebody_works_in_stays_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    with whole_folder(out) as draft:
        (draft / "a").write_text("1")
    before = out.stat().st_ino
    monkeypatch.chdir(out)
    with whole_folder(out) as draft:
        (draft / "a").write_text("2")
    assert out.stat().st_ino == before
    assert Path("a").read_text() == "2"


@linux
def test_what_a_killed_run_left_goes_and_what_another_run_writes_stays(tmp_path: Path) -> None:
    left, nested = tmp_path / ".out.abc.part", tmp_path / "..out.abc.part.def.part"
    for folder in (left, nested):
        folder.mkdir()
        (folder / "a.csv").write_text("half")
        os.utime(folder, (0, 0))
    with whole_folder(tmp_path / "out") as one:
        os.utime(one, (0, 0))
        with whole_folder(tmp_path / "out") as other:
            (other / "a").write_text("a")
        assert one.exists()
        (one / "b").write_text("b")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_compare_into_a_used_folder_leaves_no_table_of_the_earlier_run(news: Path, tmp_path: Path) -> None:
    out = str(tmp_path / "out")
    assert main(["compare", str(news), "-o", out]) == 0
    assert (tmp_path / "out" / "stories.csv").exists()
    assert main(["compare", str(news), "--no-stories", "-o", out]) == 0
    assert not (tmp_path / "out" / "stories.csv").exists()
    listed = json.loads((tmp_path / "out" / "files.json").read_text())["files"]
    assert sorted([*listed, "files.json"]) == sorted(path.name for path in (tmp_path / "out").iterdir())
    assert "report.html" in listed


def test_nothing_that_is_written_says_where_the_files_lie(news: Path, tmp_path: Path) -> None:
    (news.parent / "empty.txt").write_text("")
    assert main(["compare", str(news.parent), "-o", str(tmp_path / "out")]) == 0
    for path in (tmp_path / "out").iterdir():
        assert str(news.parent) not in path.read_text(encoding="utf-8"), path.name
    assert main(["read", str(news), "-o", str(tmp_path / "a.csv")]) == 0
    for path in tmp_path.glob("a.csv*"):
        assert str(news.parent) not in path.read_text(encoding="utf-8"), path.name


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gb18030"])
def test_a_terminal_that_cannot_show_a_character_does_not_end_the_run(news: Path, encoding: str) -> None:
    command = [sys.executable, "-m", "bitext", "read", str(news), "--format", "csv"]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


MOMENTS = int(os.environ.get("BITEXT_KILLS", "30"))


#: What the system is asked for while a folder is put in place, as the interpreter's audit events name it.
STEPS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.listdir", "os.scandir"}


def stopped_at_step(number: int, out: Path, told: signal.Signals, inside: Path | None) -> bool:
    """Write the folder anew in a process of its own that is stopped at a step; False where it has no more."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] != 0
    left = number

    def hook(event: str, _: object) -> None:
        nonlocal left
        if event in STEPS and (left := left - 1) == -1:
            if told == signal.SIGKILL:
                os.kill(os.getpid(), told)
            raise KeyboardInterrupt

    status = 0
    try:
        if inside:
            os.chdir(inside)
        with whole_folder(out) as draft:
            for name in "abd":
                (draft / name).write_text("new")
            sys.addaudithook(hook)
    except KeyboardInterrupt:
        status = 1
    finally:
        os._exit(status)


@linux
@pytest.mark.parametrize("told", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("situation", ["new", "used", "with a file of the user's", "worked in"])
def test_a_run_stopped_at_any_step_of_the_commit_leaves_a_folder_that_says_whether_it_is_whole(
    tmp_path: Path, situation: str, told: signal.Signals
) -> None:
    for number in range(1000):
        place = tmp_path / str(number)
        out = place / "out"
        place.mkdir()
        if situation != "new":
            with whole_folder(out) as draft:
                for name in "abc":
                    (draft / name).write_text("old")
        if situation == "with a file of the user's":
            (out / "mine").write_text("mine")
        more = stopped_at_step(number, out, told, out if situation == "worked in" else None)
        listed = out / "files.json"
        if listed.exists():
            names = json.loads(listed.read_text())["files"]
            written = {(out / name).read_text() for name in names}
            assert ("".join(names), written) in [("abc", {"old"}), ("abd", {"new"})]
            assert {path.name for path in out.iterdir()} - {*names, "files.json"} <= {"mine"}
        else:
            assert situation != "used"  # an exchange is one step
            assert more
        if situation == "with a file of the user's":
            assert (out / "mine").read_text() == "mine"
        if told == signal.SIGINT:
            assert [path.name for path in place.iterdir()] in ([], ["out"])
        for path in place.glob(".*"):
            os.utime(path, (0, 0))
        with whole_folder(out) as draft:  # the next run finds its way
            (draft / "a").write_text("next")
        assert {path.name for path in out.iterdir()} - {"mine"} <= {"a", "b", "c", "d", "files.json"}
        assert [path.name for path in place.iterdir()] == ["out"]
        if not more:
            break
    assert number > 5


def compared(news: Path, out: Path) -> list[str]:
    """Return the command that compares batch by batch, with two workers."""
    command = [sys.executable, "-m", "bitext", "compare", str(news), "--batches", "--workers", "2"]
    return [*command, "-o", str(out)]


def contents(out: Path) -> dict[str, bytes]:
    """Return what the tables of a whole folder hold; nothing where there is no folder."""
    if not out.exists():
        return {}
    listed = json.loads((out / "files.json").read_text())["files"]
    assert sorted([*listed, "files.json"]) == sorted(path.name for path in out.iterdir())
    return {name: (out / name).read_bytes() for name in listed if name.endswith(".csv")}


@pytest.fixture(scope="module")
def finished(news: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], float]:
    """Return what an uninterrupted run gives, and how many seconds it takes."""
    out = tmp_path_factory.mktemp("finished") / "out"
    began = time.perf_counter()
    subprocess.run(compared(news, out), check=True, capture_output=True)
    return contents(out), time.perf_counter() - began


@linux
@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
@pytest.mark.parametrize("moment", range(MOMENTS))
def test_compare_stopped_at_any_moment_is_complete_or_not_there_and_leaves_nothing(
    news: Path,
    tmp_path: Path,
    finished: tuple[dict[str, bytes], float],
    moment: int,
    number: signal.Signals,
) -> None:
    expected, seconds = finished
    out, temporary = tmp_path / "out", tmp_path / "tmp"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    command = compared(news, out)
    if (
        signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    ):  # so it is behind an & in a shell, and in its children
        signal.signal(signal.SIGINT, signal.default_int_handler)
    after = random.Random(moment).uniform(0.3, 1.1 * seconds)
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        time.sleep(after)
        workers = descendants(process.pid)
        process.send_signal(number)
        _, messages = process.communicate(timeout=300)
    assert not left(workers)
    assert contents(out) in ({}, expected)
    if process.returncode and number == signal.SIGINT:
        assert process.returncode in (130, -signal.SIGINT)
        assert {path.name for path in tmp_path.iterdir()} <= {"tmp", "out"}
        assert not list(temporary.iterdir()), messages
    # What cannot be cleared away by a process that was killed, the next one clears away.
    for path in tmp_path.glob(".*"):
        os.utime(path, (0, 0))
    if moment % 3 == 0:
        subprocess.run(command, check=True, capture_output=True, env=environment)
        assert contents(out) == expected
        assert {path.name for path in tmp_path.iterdir()} == {"tmp", "out"}
        assert not list(temporary.iterdir())


def test_a_dask_worker_names_the_file_over_which_it_fails(news: Path) -> None:
    distributed = pytest.importorskip("distributed")
    from bitext.engines.reduction import Reduction

    options = {"n_workers": 1, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with distributed.LocalCluster(**options) as cluster, distributed.Client(cluster) as client:
        scan = bitext.scan(news, engine=client)
        with pytest.raises(bitext.WorkerError, match=r"(?s)over .*news\.jsonl.*ZeroDivisionError"):
            scan.reduce(Reduction(_fail, sum))


def _fail(corpus: bitext.Corpus) -> int:
    return 1 // 0

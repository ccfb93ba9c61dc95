"""Ctrl-C ends the command at any moment with exit code 130, a whole output, and no word of Python.

The moments are told by counting: what a process does is the same each time, however busy the machine is. At the n-th
call or return of a function in it, it sends itself the signal.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from command import TEXT, is_gone, start, texts, wait_until

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system's own pipes and signals")

COUNTING = """if True:
    import atexit, os, signal, sys
    at, seen, process = int(sys.argv[1]), 0, os.getpid()
    del sys.argv[1]
    def count(frame, event, argument):
        global seen
        seen += 1
        if seen == at and os.getpid() == process:
            sys.setprofile(None)
            signal.raise_signal(signal.SIGINT)
    from extractor.__main__ import run
    from extractor.interrupt import end_at_once
    end_at_once()
    if not at:
        atexit.register(lambda: (sys.setprofile(None), print(seen, file=sys.stderr)))
    sys.setprofile(count)
    run()
"""
NEVER = 0
NEAR_END = 2000  # all may be done already: from run to run the number differs a little
FILES = 3


def interrupted(at: int, *args: str | Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command, with Ctrl-C at the ``at``-th call or return; at no one, their number is its last word."""
    command = [sys.executable, "-c", COUNTING, str(at), *map(str, args)]
    return subprocess.run(command, input=TEXT.encode(), capture_output=True, check=False, timeout=120, **options)  # type: ignore[call-overload,no-any-return]


def length(*args: str | Path) -> int:
    """How many calls and returns there are, when the cache has all that is kept."""
    interrupted(NEVER, *args)
    return int(interrupted(NEVER, *args).stderr)


def moments(last: int, count: int) -> list[int]:
    """So many moments from the first to the last, and some more right before the end."""
    return [1 + (last - 1) * n // count for n in range(count)] + [last - before for before in (5, 15, 30, 60, 250)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number}.txt").write_text(TEXT, "utf-8")
    os.mkfifo(folder / "pipe")
    return folder


# ------------------------------------------------------------------------------------------------------ at any moment


def test_between_start_and_end() -> None:
    last = length()
    for at in moments(last, 12):
        run = interrupted(at)
        assert run.stderr == b"", at
        assert run.returncode == 130 or (at > last - NEAR_END and run.returncode == 0), at
        assert run.stdout == b"" or len(json.loads(run.stdout)) in (0, 2), at


def test_while_the_rules_are_first_read(tmp_path: Path) -> None:
    env = os.environ | {"XDG_CACHE_HOME": str(tmp_path / "none" / "file")}
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "file").touch()  # no cache can be kept
    for at in (10_000, 500_000, 5_000_000):
        run = interrupted(at, env=env)
        assert (run.returncode, run.stdout, run.stderr) == (130, b"", b""), at


@pytest.mark.parametrize("form", ["json", "csv", "db"])
def test_a_file_is_whole_or_not_there(folder: Path, form: str) -> None:
    out = folder.parent / f"facts.{form}"
    part = folder.parent / f"facts.{form}.part"
    last = length(folder, "--jobs", "1", "--output", out)
    out.unlink()
    for at in moments(last, 4):
        run = interrupted(at, folder, "--jobs", "1", "--output", out)
        assert run.returncode == 130 or (at > last - NEAR_END and run.returncode == 0), at
        assert run.stderr in (b"", f"zhfacts: interrupted; what was extracted until then is in {part}\n".encode()), at
        assert not (out.exists() and part.exists())
        if form == "json":
            whole, kept = (len(json.loads(path.read_bytes())) if path.exists() else 0 for path in (out, part))
            assert whole in (0, 2 * FILES)
            assert kept % 2 == 0
        assert {path.name for path in folder.parent.iterdir()} <= {"reports", out.name, part.name}, at
        out.unlink(missing_ok=True)
        part.unlink(missing_ok=True)


def test_with_several_processes(folder: Path) -> None:
    args = (folder, "--jobs", "2", "--format", "jsonl")
    last = length(*args)
    for at in moments(last, 6):
        run = interrupted(at, *args)
        assert run.stderr == b"", at
        assert run.returncode == 130 or (at > last - NEAR_END and run.returncode == 0), at
        assert len([json.loads(line) for line in run.stdout.splitlines()]) in range(0, 2 * FILES + 1, 2), at


@pytest.mark.parametrize("args", [("explain",), ("report",), ("schema",), ("--help",)])
def test_in_other_commands(args: tuple[str, ...]) -> None:
    last = length(*args)
    for at in moments(last, 2):
        run = interrupted(at, *args)
        assert run.stderr == b"", at
        assert run.returncode in (130, 0), at


def test_pressed_again_and_again(folder: Path) -> None:
    process = start(folder / "0.txt", folder / "pipe", "--jobs", "1")
    with (folder / "pipe").open("w"):
        for _ in range(20):
            process.send_signal(signal.SIGINT)
        out, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (130, b"")
    assert texts(out) == ["88.2亿元", "6.3%"]


# -------------------------------------------------------------------------------------------------- in what is awaited


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_was_extracted_is_kept(folder: Path, jobs: str) -> None:
    process = start(folder / "0.txt", folder / "pipe", "--jobs", jobs)
    with (folder / "pipe").open("w"):  # which waits for its reader: 0.txt is done
        os.killpg(process.pid, signal.SIGINT)
        out, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (130, b"")
    assert texts(out) == ["88.2亿元", "6.3%"]
    wait_until(lambda: is_gone(process.pid))


@pytest.mark.skipif(sys.platform != "linux", reason="what is left in a pipe is asked of Linux")
def test_while_standard_input_is_awaited() -> None:
    import fcntl
    import termios

    process = start()
    assert process.stdin
    process.stdin.write(TEXT.encode())
    process.stdin.flush()
    wait_until(
        lambda: fcntl.ioctl(process.stdin, termios.FIONREAD, bytes(4)) == bytes(4)
    )  # it is read, and more awaited
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert (process.returncode, out, error) == (130, b"[]\n", b"")


def test_among_many_files(tmp_path: Path) -> None:
    for number in range(60):
        (tmp_path / f"{number:02}.txt").write_text((TEXT + "\n") * 200, "utf-8")
    process = start(tmp_path, "--jobs", "2", "--format", "jsonl")
    assert process.stdout
    first = os.read(process.stdout.fileno(), 1)
    os.killpg(process.pid, signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (130, b"")
    records = [json.loads(line) for line in (first + out).splitlines()]
    assert len(records) % 400 == 0
    assert len(records) < 60 * 400
    wait_until(lambda: is_gone(process.pid))

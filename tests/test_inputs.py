"""The command with files, folders and pipes, as a process: what cannot be read, what breaks off, several processes."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command import COMMAND, TEXT, one_line, start, texts, zhfacts

from extractor import extract

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system's own pipes and signals")


def sources(output: bytes) -> list[str]:
    """The sources of JSON Lines, in order."""
    return list(dict.fromkeys(json.loads(line)["source"] for line in output.splitlines()))


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def is_gone(group: int) -> bool:
    """No process of the group runs any more."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two texts, and of what is none."""
    folder = tmp_path / "reports"
    (folder / "2020").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name in ("b.txt", "2020/a.md", ".hidden.txt", ".git/c.txt"):
        (folder / name).write_text(TEXT, "utf-8")
    (folder / "picture").write_bytes(random.Random(1).randbytes(5000))
    (folder / "empty.txt").touch()
    os.mkfifo(folder / "pipe")
    return folder


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_stands_for_its_texts(folder: Path, jobs: str) -> None:
    run = zhfacts(folder, "--jobs", jobs, "--format", "jsonl")
    assert (run.returncode, run.stderr) == (0, b"")
    assert sources(run.stdout) == [f"{folder}/2020/a.md", f"{folder}/b.txt"]


def test_the_output_in_the_folder_is_not_read(folder: Path) -> None:
    for _ in range(2):
        zhfacts(folder, "--output", folder / "facts.jsonl")
        assert sources((folder / "facts.jsonl").read_bytes()) == [f"{folder}/2020/a.md", f"{folder}/b.txt"]


def test_a_folder_without_text_is_told(folder: Path) -> None:
    (folder / "b.txt").unlink()
    (folder / "2020/a.md").unlink()
    (folder / "empty.txt").unlink()
    run = zhfacts(folder)
    assert (run.returncode, run.stdout) == (1, b"[]\n")
    assert one_line(run.stderr) == f"{folder}: no text in this folder"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_cannot_be_read_is_told_and_the_rest_is_done(folder: Path, jobs: str) -> None:
    (folder / "gone.txt").symlink_to("nowhere")
    odd = folder.parent / "odd\nname"
    long = "x" * 5000
    run = zhfacts("--jobs", jobs, odd, folder / "picture", folder, "/proc/self/mem", long, "--format", "jsonl")
    assert run.returncode == 1
    assert sources(run.stdout) == [f"{folder}/2020/a.md", f"{folder}/b.txt"]
    lines = run.stderr.decode().splitlines()
    assert [line.split(": ", 2)[1] for line in lines] == [
        str(odd).replace("\n", "\ufffd"),
        f"{folder}/picture",
        f"{folder}/gone.txt",
        "/proc/self/mem",
        long,
    ]
    assert b"Traceback" not in run.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_what_may_not_be_read_is_told(folder: Path) -> None:
    (folder / "2020").chmod(0)
    (folder / "b.txt").chmod(0)
    run = zhfacts(folder)
    (folder / "2020").chmod(0o700)
    assert run.returncode == 1
    assert run.stderr.decode().splitlines() == [
        f"zhfacts: {folder}/2020: Permission denied",
        f"zhfacts: {folder}/b.txt: Permission denied",
    ]


def test_a_pipe_has_a_name_like_a_file(folder: Path) -> None:
    process = start(folder / "pipe", folder / "b.txt", "--jobs", "2", "--format", "jsonl")
    (folder / "pipe").write_text(TEXT, "utf-8")
    out, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (0, b"")
    assert sources(out) == [f"{folder}/pipe", f"{folder}/b.txt"]


def test_a_file_that_vanishes_or_changes_meanwhile(folder: Path) -> None:
    for name in ("x.txt", "y.txt"):
        (folder / name).write_text(TEXT, "utf-8")
    process = start(folder / "pipe", folder / "x.txt", folder / "y.txt", "--jobs", "1")
    with (folder / "pipe").open("w") as pipe:  # it has begun, and waits
        (folder / "x.txt").unlink()
        (folder / "y.txt").write_bytes(b"\xff" * 100)
        pipe.write(TEXT)
    out, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert texts(out) == ["88.2亿元", "6.3%"]
    assert [line.split(": ")[1] for line in error.decode().splitlines()] == [f"{folder}/x.txt", f"{folder}/y.txt"]


def test_standard_input_and_output_may_be_closed() -> None:
    run = subprocess.run(f"{' '.join(COMMAND)} <&-", shell=True, capture_output=True, check=False)
    assert (run.returncode, run.stdout) == (1, b"[]\n")
    assert one_line(run.stderr) == "standard input: it is closed"
    run = subprocess.run(f"echo 增长5% | {' '.join(COMMAND)} >&-", shell=True, capture_output=True, check=False)
    assert run.returncode == 3
    assert one_line(run.stderr) == "standard output: it is closed"


@pytest.mark.parametrize(
    "args", [("-",), ("--format", "csv"), ("--format", "xlsx"), ("--format", "table"), ("schema",)]
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_a_full_disk(args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        run = zhfacts(*args, stdin=TEXT.encode() * 200, stdout=full)
    assert run.returncode == 3
    assert one_line(run.stderr) == "standard output: No space left on device"


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_a_reader_that_stops_early(tmp_path: Path, form: str) -> None:
    path = tmp_path / "long.txt"
    path.write_text((TEXT + "\n") * 300, "utf-8")
    process = start(path, path, path, "--format", form, "--jobs", "2")
    assert process.stdout
    assert process.stderr
    process.stdout.read(1)
    process.stdout.close()
    assert (process.wait(60), process.stderr.read()) == (141, b"")


def test_processes_end_with_the_one_that_started_them(folder: Path) -> None:
    process = start(folder / "b.txt", folder / "pipe", "--jobs", "2")
    with (folder / "pipe").open("w"):
        process.kill()
        process.communicate()
        wait_until(lambda: is_gone(process.pid))


ODD = {
    "line ends": "2020年，石桥镇\r\nGDP达88.2亿元。\r同比增长6.3%。\r\n",
    "null": "石桥镇GDP\0达88.2亿元。" + "此后又增长。" * 20,
    "controls": "石桥镇GDP达\x01\x1b[31m88.2亿元\x7f\x9f。",
    "private use": "石桥镇\ue000GDP达88.2\uf8ff亿元\U000f0000。",
    "directions": "\u202e石桥镇GDP达\u206688.2亿元\u2069\u202c。",
    "joiners": "石桥镇G\u200dD\u200cP达8\u200d8.2\u2060亿元。",
    "emoji": "📈石桥镇GDP达88.2亿元👨‍👩‍👧‍👦，增长6️⃣%🇨🇳。",
    "half characters": "石桥镇\ud83dGDP达88.2\udc00亿元\ud800。",
    "combining": "石桥镇GDP达88.2亿元" + "\u0301" * 200,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_characters_break_nothing(text: str) -> None:
    for record in extract(text):
        assert record.evidence
        for part in (record.quantity, record.indicator, record.subject, record.period):
            if part is not None and part.start is not None:
                assert text[part.start : part.end] == part.text


def test_odd_characters_pass_through_every_text_format(tmp_path: Path) -> None:
    paths = []
    for name, text in ODD.items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(text.encode("utf-16", "surrogatepass") if "half" in name else text.encode())
    escaped = tmp_path / "escaped"
    escaped.write_bytes("石桥镇GDP达88.2亿元，\ud800。".encode("unicode_escape"))
    for form in ("json", "csv", "table"):
        run = zhfacts(*paths, "--format", form)
        assert run.returncode == 1  # UTF-16 has no half characters
        assert one_line(run.stderr).startswith(f"{tmp_path / 'half characters'}: not text")
    run = zhfacts("--encoding", "unicode_escape", escaped)
    assert json.loads(run.stdout)[0]["evidence"]["text"]
    assert run.returncode == 0


def test_a_process_that_dies_takes_no_other_document_with_it(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    code = """if True:
        import os, sys
        from extractor.pipeline import Pipeline
        run = Pipeline.run
        Pipeline.run = lambda self, text, *rest: os._exit(9) if "死" in text else run(self, text, *rest)
        from extractor.__main__ import run as command
        command()
    """
    (tmp_path / "b").write_text("死", "utf-8")
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), "--jobs", "2", "--format", "jsonl"],
        capture_output=True,
        check=False,
    )
    assert run.returncode == 1
    assert sources(run.stdout) == [f"{tmp_path}/{name}" for name in ("a", "c", "d")]
    assert "died" in one_line(run.stderr)


def test_a_mistake_of_zhfacts_is_told_in_a_line() -> None:
    code = """if True:
        from extractor.pipeline import Pipeline
        Pipeline.run = lambda *_: 1 / 0
        from extractor.__main__ import run as command
        command()
    """
    run = subprocess.run([sys.executable, "-c", code], input=b"1", capture_output=True, check=False)
    assert (run.returncode, run.stdout) == (1, b"[]\n")
    assert one_line(run.stderr) == "standard input: zhfacts fails on this text: ZeroDivisionError: division by zero"


def test_a_bar_shows_how_far_many_files_are(folder: Path) -> None:
    import pty

    terminal, end = pty.openpty()
    process = start(folder / "b.txt", folder / "b.txt", folder / "none", stdout=subprocess.DEVNULL, stderr=end)
    os.close(end)
    shown = b""
    try:
        while piece := os.read(terminal, 1 << 16):
            shown += piece
    except OSError:
        pass
    assert process.wait(60) == 1
    assert b"3/3" in shown
    assert f"zhfacts: {folder}/none: No such file or directory".encode() in shown.replace(b"\r\n", b"")

"""The command with files, folders and pipes, as a process: what cannot be read, what breaks off, several processes."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import COMMAND, TEXT, is_gone, one_line, start, texts, wait_until, zhfacts

from extractor import extract

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system's own pipes and signals")


UNPRIVILEGED = [] if os.geteuid() else ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
"""What takes from root the right to read everything."""


def sources(output: bytes) -> list[str]:
    """The sources of JSON Lines, in order."""
    return list(dict.fromkeys(json.loads(line)["source"] for line in output.splitlines()))


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


@pytest.mark.skipif(not os.geteuid() and not shutil.which("setpriv"), reason="root reads everything")
def test_what_may_not_be_read_is_told(folder: Path) -> None:
    (folder / "2020").chmod(0)
    (folder / "b.txt").chmod(0)
    run = subprocess.run([*UNPRIVILEGED, *COMMAND, str(folder)], capture_output=True, check=False)
    (folder / "2020").chmod(0o700)
    assert (run.returncode, run.stdout) == (1, b"[]\n")
    assert run.stderr.decode().splitlines() == [
        f"zhfacts: {folder}/2020: Permission denied",
        f"zhfacts: {folder}/b.txt: Permission denied",
    ]


def test_links_that_lead_nowhere_or_in_a_circle_are_told(folder: Path) -> None:
    (folder / "circle.txt").symlink_to("circle.txt")
    run = zhfacts(folder, folder / "circle.txt", "--format", "jsonl")
    assert run.returncode == 1
    assert sources(run.stdout) == [f"{folder}/2020/a.md", f"{folder}/b.txt"]
    assert run.stderr.decode().splitlines() == [f"zhfacts: {folder}/circle.txt: Too many levels of symbolic links"] * 2


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


def test_a_folder_that_vanishes_meanwhile(folder: Path) -> None:
    other = folder.parent / "other"
    other.mkdir()
    (other / "a.txt").write_text(TEXT, "utf-8")
    process = start(folder / "pipe", other, folder / "b.txt", "--jobs", "1", "--format", "jsonl")
    with (folder / "pipe").open("w") as pipe:  # it has begun, and waits
        shutil.rmtree(other)
        pipe.write(TEXT)
    out, error = process.communicate(timeout=60)
    assert process.returncode == 1
    assert sources(out) == [f"{folder}/pipe", f"{folder}/b.txt"]
    assert one_line(error) == f"{other}: No such file or directory"


def test_a_file_that_is_cut_short_while_it_is_read(tmp_path: Path) -> None:
    """What was there when it was read is told; characters that are cut through make it no text."""
    path = tmp_path / "shrinking.txt"
    path.write_text((TEXT + "\n") * 3000, "utf-8")
    code = """if True:
        import os, sys
        from extractor import sources
        sources._HEAD = int(sys.argv.pop())
        class File:
            def __init__(self, file): self.file = file
            def __enter__(self): return self
            def __exit__(self, *_): self.file.close()
            def read(self, size=-1):
                data = self.file.read(size)
                os.truncate(self.file.name, 0)
                return data
        opened = sources.Path.open
        def open_(path, *mode, **options):
            if path.name == "shrinking.txt":
                return File(opened(path, "rb", buffering=0))
            return opened(path, *mode, **options)
        sources.Path.open = open_
        from extractor.__main__ import run
        run()
    """
    line = len((TEXT + "\n").encode())
    for head, code_, count in ((line * 10, 0, 10), (line * 10 + 5, 1, 0)):
        path.write_text((TEXT + "\n") * 3000, "utf-8")
        run = subprocess.run(
            [sys.executable, "-c", code, "--format", "jsonl", str(path), str(head)], capture_output=True, check=False
        )
        assert (run.returncode, run.stdout.count(b"\n")) == (code_, 2 * count), run.stderr
        assert b"Traceback" not in run.stderr


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


@pytest.mark.parametrize("ending", ["json", "jsonl", "csv", "xlsx", "parquet", "txt", "db", "duckdb"])
def test_a_disk_that_fills_up_while_a_file_is_written(tmp_path: Path, ending: str) -> None:
    """A limit on the size of files stands for the disk: nothing is left but what was there."""
    out = tmp_path / "out"
    out.mkdir()
    code = """if True:
        import resource, sys
        from extractor.pipeline import default_pipeline
        default_pipeline()  # the cache is no part of this
        resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))
        from extractor.__main__ import run
        run()
    """
    run = subprocess.run(
        [sys.executable, "-c", code, "--output", str(out / f"facts.{ending}")],
        input=TEXT.encode() * 200,
        capture_output=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (3, b"")
    assert one_line(run.stderr).startswith(f"{out}/facts.{ending}: ")
    left = {path.name for path in out.iterdir() if path.stat().st_size}
    assert left <= (
        {f"facts.{ending}", f"facts.{ending}.wal", f"facts.{ending}-journal"} if "d" in ending[:2] else set()
    )


@pytest.mark.parametrize(
    "args", [("schema",), ("--help",), ("report",), ("explain",), ("rules", "list", "units"), ("--format", "xlsx")]
)
def test_a_reader_that_is_not_there(args: tuple[str, ...]) -> None:
    process = start(*args)
    assert process.stdout
    process.stdout.close()
    _, error = process.communicate(TEXT.encode(), timeout=60)
    assert (process.returncode, error) == (141, b"")


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


HUGE = {
    "digits": "9" * 100_000 + "亿元",
    "decimals": "0." + "1" * 100_000 + "亿元",
    "groups": "1" + ",234" * 25_000 + "元",
    "Chinese digits": "一" * 100_000 + "元",
    "multipliers": "3" + "万亿" * 50_000 + "元",
    "points": "3." * 50_000 + "元",
    "exponent": "1e999999亿元，1E5吨，Infinity元，NaN%",
    "fractions": "1/0、0/0、三分之零、百分之" + "九" * 1000,
    "other digits": "٣٫٥%、①亿元、Ⅷ吨、½元、৪৫人、𝟙𝟚亿元、〸吨",
    "signs": "-" * 50_000 + "3亿元",
    "one long sentence": "同比" * 20_000 + "增长5%",
    "opening brackets": "（" * 50_000 + "3亿元",
    "quotation marks": '"“' * 25_000 + "3亿元" + "《" * 25_000,
    "one line of spaces": "营收" + " " * 50_000 + "3" + " " * 50_000 + "亿元",
    "joiners": "3\u200d" * 30_000 + "亿元",
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_huge_and_odd_numerals(text: str) -> None:
    """They are no figures that anyone reports; what stands beside them is told as ever."""
    run = zhfacts(stdin=f"{text}\n\n全市粮食产量5吨。".encode(), timeout=60)
    assert (run.returncode, run.stderr) == (0, b"")
    told = json.loads(run.stdout, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert told[-1]["quantity"]["text"] == "5吨"


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

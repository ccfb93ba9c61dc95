"""The command, as a process: input, output, encodings, exit codes."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor import __version__, extract
from extractor.emit import Writer
from extractor.model import Record

TEXT = "2020年，石桥镇地区生产总值达88.2亿元，同比增长6.3%。"
COMMAND = [sys.executable, "-m", "extractor"]


def zhfacts(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *args], input=stdin, capture_output=True, check=False)


def texts(output: bytes) -> list[str]:
    return [record["quantity"]["text"] for record in json.loads(output)]


def test_standard_input_to_a_json_array() -> None:
    run = zhfacts(stdin=TEXT.encode())
    assert (run.returncode, run.stderr) == (0, b"")
    assert texts(run.stdout) == ["88.2亿元", "6.3%"]
    assert zhfacts("-", stdin=TEXT.encode()).stdout == run.stdout


def test_json_lines() -> None:
    run = zhfacts("--format", "jsonl", stdin=TEXT.encode())
    assert [json.loads(line)["quantity"]["text"] for line in run.stdout.splitlines()] == ["88.2亿元", "6.3%"]


def test_no_facts_and_empty_input() -> None:
    for stdin in (b"", "没有数字。".encode()):
        run = zhfacts(stdin=stdin)
        assert (run.returncode, json.loads(run.stdout), run.stderr) == (0, [], b"")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_encodings_are_detected(encoding: str) -> None:
    run = zhfacts(stdin=(TEXT * 3).encode(encoding))
    assert run.returncode == 0, run.stderr.decode()
    assert texts(run.stdout) == ["88.2亿元", "6.3%"] * 3


def test_the_named_encoding_decides() -> None:
    assert texts(zhfacts("--encoding", "gbk", stdin="增长5%。".encode("gbk")).stdout) == ["5%"]
    run = zhfacts("--encoding", "utf-8", stdin="增长5%。".encode("gbk"))
    assert run.returncode == 1
    assert run.stderr.decode().count("\n") == 1


def test_what_cannot_be_read_is_told_and_the_rest_is_done(tmp_path: Path) -> None:
    good, binary = tmp_path / "good.txt", tmp_path / "binary"
    good.write_text(TEXT, "utf-8")
    binary.write_bytes(bytes(range(256)) * 20)
    run = zhfacts(str(tmp_path / "missing.txt"), str(tmp_path), str(binary), str(good))
    assert run.returncode == 1
    assert texts(run.stdout) == ["88.2亿元", "6.3%"]
    lines = run.stderr.decode().splitlines()
    assert len(lines) == 3
    assert all(line.startswith("zhfacts: ") for line in lines)
    assert "Traceback" not in run.stderr.decode()


@pytest.mark.parametrize("args", [("--date", "2021"), ("--format", "xml"), ("--encoding", "nope"), ("--nope",)])
def test_wrong_use(args: tuple[str, ...]) -> None:
    run = zhfacts(*args, stdin=TEXT.encode())
    assert (run.returncode, run.stdout) == (2, b"")
    assert b"Traceback" not in run.stderr


def test_date_and_subject() -> None:
    run = zhfacts("--date", "2021-04-20", "--subject", "东莞市", stdin="去年税收收入5亿元。".encode())
    [record] = json.loads(run.stdout)
    assert record["period"]["label"] == "2020"
    assert (record["subject"]["text"], record["subject"]["origin"]) == ("东莞市", "document")


def test_help_version_schema() -> None:
    assert "cat article.txt | zhfacts" in zhfacts("--help").stdout.decode()
    assert __version__ in zhfacts("--version").stdout.decode()
    schema = json.loads(zhfacts("schema").stdout)
    assert set(schema["required"]) == set(Record.model_fields)


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="no pipes that break")
def test_a_broken_pipe_is_quiet(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(TEXT * 2000, "utf-8")
    run = subprocess.run(
        f"{sys.executable} -m extractor --format jsonl {path} {path} | head -n 1",
        shell=True,
        capture_output=True,
        check=False,
    )
    assert run.stderr == b""
    assert run.stdout.count(b"\n") == 1


def test_ctrl_c_is_quiet() -> None:
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(3)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out, err) == (130, b"[]\n", b"")


def test_pretty_on_a_terminal() -> None:
    out = io.StringIO()
    writer = Writer(out, lines=False, indent=True)
    writer.write(extract(TEXT))
    writer.close()
    assert out.getvalue().startswith('[\n  {\n    "id": ')
    assert json.loads(out.getvalue()) == [record.model_dump(mode="json") for record in extract(TEXT)]

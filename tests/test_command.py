"""The command, as a process: standard input and output, encodings, options, help."""

from __future__ import annotations

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest
from command import COMMAND, TEXT, one_line, texts, zhfacts

from extractor import __version__, extract
from extractor.model import Record


def test_standard_input_to_a_json_array() -> None:
    run = zhfacts(stdin=TEXT.encode())
    assert (run.returncode, run.stderr) == (0, b"")
    assert texts(run.stdout) == ["88.2亿元", "6.3%"]
    assert all(record["source"] is None for record in json.loads(run.stdout))
    assert zhfacts("-", stdin=TEXT.encode()).stdout == run.stdout


def test_json_lines() -> None:
    run = zhfacts("--format", "jsonl", stdin=TEXT.encode())
    assert [json.loads(line)["quantity"]["text"] for line in run.stdout.splitlines()] == ["88.2亿元", "6.3%"]


def test_no_facts_and_empty_input() -> None:
    for stdin in (b"", "没有数字。".encode()):
        run = zhfacts(stdin=stdin)
        assert (run.returncode, json.loads(run.stdout), run.stderr) == (0, [], b"")


def test_encodings_are_detected(tmp_path: Path) -> None:
    encodings = ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le")
    for encoding in encodings:
        (tmp_path / encoding).write_bytes((TEXT * 3).encode(encoding))
    run = zhfacts(*(tmp_path / encoding for encoding in encodings))
    assert run.returncode == 0, run.stderr.decode()
    assert texts(run.stdout) == ["88.2亿元", "6.3%"] * 3 * len(encodings)
    assert zhfacts(stdin=(TEXT * 3).encode("gb18030")).stdout.count(b'"rule"') == 6


def test_the_named_encoding_decides() -> None:
    assert texts(zhfacts("--encoding", "gbk", stdin="增长5%。".encode("gbk")).stdout) == ["5%"]
    run = zhfacts("--encoding", "utf-8", stdin="增长5%。".encode("gbk"))
    assert run.returncode == 1
    assert one_line(run.stderr) == "standard input: not utf-8 text (byte 0)"


@pytest.mark.parametrize(
    "args",
    [
        ("--date", "2021"),
        ("--format", "xml"),
        ("--encoding", "nope"),
        ("--encoding", "rot13"),
        ("--jobs", "0"),
        ("--output", "facts.doc"),
        ("--rules", "nowhere"),
        ("--nope",),
    ],
)
def test_wrong_use(args: tuple[str, ...]) -> None:
    run = zhfacts(*args, stdin=TEXT.encode())
    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr.decode().startswith("Usage: zhfacts [OPTIONS] [FILE|DIR]...\n")
    assert b"Traceback" not in run.stderr


def test_date_and_subject() -> None:
    run = zhfacts("--date", "2021-04-20", "--subject", "东莞市", stdin="去年税收收入5亿元。".encode())
    [record] = json.loads(run.stdout)
    assert record["period"]["label"] == "2020"
    assert (record["subject"]["text"], record["subject"]["origin"]) == ("东莞市", "document")


def test_help_version_schema() -> None:
    assert "cat article.txt | zhfacts" in zhfacts("--help").stdout.decode()
    assert zhfacts("article.txt", "--help").stdout == zhfacts("-h").stdout
    assert __version__ in zhfacts("--version").stdout.decode()
    schema = json.loads(zhfacts("schema").stdout)
    assert set(schema["required"]) == set(Record.model_fields)


@pytest.mark.parametrize("args", [(), ("--help",)])
def test_a_plain_pipe_imports_nothing_that_only_others_need(args: tuple[str, ...]) -> None:
    code = "import sys; from extractor.__main__ import run\ntry: run()\nexcept SystemExit: print(*sys.modules)"
    run = subprocess.run([COMMAND[0], "-c", code, *args], input="增长5%".encode(), capture_output=True, check=True)
    loaded = set(run.stdout.decode().split())
    assert not loaded & {"rich", "pyarrow", "duckdb", "openpyxl", "pandas", "polars", "charset_normalizer"}
    assert not args or not loaded & {"pydantic", "jieba", "yaml"}


def test_pretty_on_a_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    terminal, end = pty.openpty()
    process = subprocess.Popen([*COMMAND, str(path)], stdout=end)
    os.close(end)
    shown = b""
    with os.fdopen(terminal, "rb", buffering=0) as screen:
        try:
            while piece := screen.read(1 << 16):
                shown += piece
        except OSError:  # how the end of a terminal is told
            pass
    assert process.wait() == 0
    out = shown.decode().replace("\r\n", "\n")
    assert out.startswith('[\n  {\n    "id": ')
    records = extract(TEXT, source=str(path))
    assert json.loads(out) == [record.model_dump(mode="json") for record in records]


def test_figures_are_written_with_all_their_digits() -> None:
    run = zhfacts(stdin="甲公司收入88.2元。甲公司收入12345678901234567.89元。甲公司收入9007199254740993亿元。".encode())
    for written in (b'"value": 88.2,', b'"value": 12345678901234567.89,', b'"base_value": 900719925474099300000000,'):
        assert written in run.stdout


def test_rules_of_ones_own_are_checked_before_anything_is_read(tmp_path: Path) -> None:
    run = zhfacts("--rules", tmp_path, "missing.txt")
    assert run.returncode == 2
    assert one_line(run.stderr).startswith(f"{tmp_path}: no rules in this folder")

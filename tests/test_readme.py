"""What the README shows is so."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from extractor import extract
from extractor.cli import main

README = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", README, re.S)
COMMANDS = [line[2:] for line in re.findall(r"^\$ .*", README, re.M) if "zhfacts" in line and "echo" not in line]


def test_the_first_example() -> None:
    text = re.search(r'echo "([^"]+)"', README)
    assert text
    shown = [line.split("\t") for line in README.splitlines() if line.count("\t") == 5]
    told = [
        [
            r.subject and r.subject.text,
            r.indicator and r.indicator.name,
            r.measure,
            r.quantity.text,
            r.period and r.period.label,
            r.status,
        ]
        for r in extract(text[1])
    ]
    assert told == shown


@pytest.mark.parametrize("code", PYTHON)
def test_python(code: str) -> None:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()


@pytest.mark.parametrize("line", COMMANDS)
def test_commands(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("article.txt", "report.txt", "bulletin.txt", "old.txt"):
        Path(name).write_bytes("税收收入5亿元。".encode("gb18030" if name == "old.txt" else "utf-8"))
    Path("reports").mkdir()
    Path("reports/report.txt").write_text("税收收入5亿元。", "utf-8")
    if " own" in line and "new" not in line:
        CliRunner().invoke(main, ["rules", "new", "own"])
    command = line.split("|")[-1].split(">")[0]
    stdin = Path("article.txt").read_bytes() if "|" in line else None
    result = CliRunner().invoke(main, shlex.split(command)[1:], input=stdin)
    assert result.exit_code == 0, result.output
    assert result.output or Path("facts.xlsx").exists() or Path("report.html").exists()


@pytest.mark.parametrize("target", ["demo", "test", "lint", "bench", "score", "expected", "docs"])
def test_make_targets_exist(target: str) -> None:
    makefile = (Path(__file__).parent.parent / "Makefile").read_text("utf-8")
    assert re.search(rf"^{target}:", makefile, re.M)

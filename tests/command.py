"""The command as a process, for the tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-m", "extractor"]
TEXT = "2020年，石桥镇地区生产总值达88.2亿元，同比增长6.3%。"


def zhfacts(*args: str | Path, stdin: bytes = b"", **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end."""
    defaults = {"capture_output": True} if "stdout" not in options else {"stderr": subprocess.PIPE}
    return subprocess.run([*COMMAND, *map(str, args)], input=stdin, check=False, **defaults, **options)


def start(*args: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    """Start the command in a process group of its own, as a terminal does."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([*COMMAND, *map(str, args)], start_new_session=True, **(pipes | options))


def without(tmp_path: Path, *libraries: str) -> dict[str, str]:
    """An environment in which libraries are not installed."""
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.machinery as machinery\n"
        "find = machinery.PathFinder.find_spec\n"
        "machinery.PathFinder.find_spec = lambda name, *rest: "
        f"None if name.split('.')[0] in {libraries!r} else find(name, *rest)\n"
    )
    return os.environ | {"PYTHONPATH": str(tmp_path)}


def texts(output: bytes) -> list[str]:
    """The quantities of a JSON array."""
    return [record["quantity"]["text"] for record in json.loads(output)]


def one_line(error: bytes) -> str:
    """What standard error says, which is one line of zhfacts."""
    line = error.decode()
    assert line.startswith("zhfacts: "), line
    assert line.count("\n") == 1, line
    return line.removeprefix("zhfacts: ").rstrip("\n")


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait, at the most a minute, until something is so."""
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

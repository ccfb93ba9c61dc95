"""Cold start: a fresh process of the command on one line of text against a fresh process that makes jieba ready.

    python tests/bench/start.py [ROUNDS]

Both from their caches, in turn, in one run: time from start to exit, and the most memory the process had
(``ru_maxrss``). Absolute times are noise on a shared machine; the ratio of the least times is what to look at.
The goals: 0.6 of jieba's time, no more than jieba's memory.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

_ROUNDS = 15
_TEXT = "2020年,石桥镇地区生产总值达88.2亿元,同比增长3.5%。\n".encode()
_JIEBA = [sys.executable, "-c", "import jieba; jieba.initialize()"]
_ZHFACTS = [str(Path(sys.executable).with_name("zhfacts")), "--format", "jsonl"]
# Both run from compiled modules, as installed ones do; an installer compiles jieba's, the first run ours.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
_MEGABYTE = 1024  # kilobytes, in which Linux counts ru_maxrss


class Run(NamedTuple):
    """Seconds from start to exit, and megabytes at the most."""

    seconds: float
    megabytes: float


def run(command: list[str]) -> Run:
    """Run ``command`` on the text.

    Raises:
        subprocess.CalledProcessError: it ends with another exit code than 0.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_ENVIRONMENT
    )
    assert process.stdin
    process.stdin.write(_TEXT)
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Run(seconds, usage.ru_maxrss / _MEGABYTE)


def main(rounds: int) -> None:
    """Run both in turn, after one run of each that fills the caches, and print a table."""
    with tempfile.TemporaryDirectory() as folder:  # other checkouts on this machine would push ours out of the cache
        _ENVIRONMENT["XDG_CACHE_HOME"] = folder
        _compare(rounds, {"jieba": _JIEBA, "zhfacts": _ZHFACTS})


def _compare(rounds: int, commands: dict[str, list[str]]) -> None:
    for command in commands.values():
        run(command)
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(run(command))
    print(f"{'cold start':10s} {'least s':>8s} {'median s':>9s} {'memory MB':>10s}")
    least = {name: min(r.seconds for r in done) for name, done in runs.items()}
    median = {name: statistics.median(r.seconds for r in done) for name, done in runs.items()}
    memory = {name: max(r.megabytes for r in done) for name, done in runs.items()}
    for name in commands:
        print(f"{name:10s} {least[name]:8.3f} {median[name]:9.3f} {memory[name]:10.1f}")
    ratios = (part["zhfacts"] / part["jieba"] for part in (least, median, memory))
    print("{:10s} {:8.2f} {:9.2f} {:10.2f}".format("ratio", *ratios))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else _ROUNDS)

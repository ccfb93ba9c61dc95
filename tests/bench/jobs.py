"""Time of ``zhfacts DIR`` over many files with one process and with as many as there are cores, in one run.

    python tests/bench/jobs.py [FILES]      (default: 200)

Each file is the samples in a row, 12,000 characters. Both times are those of the whole command, start and output
included; the goal on two cores is a ratio of 1.8 or more.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from extractor.pool import cores

_SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
_LENGTH = 12_000
_ROUNDS = 2


def make(folder: Path, count: int) -> None:
    """Write ``count`` files, each beginning with another sample."""
    texts = [path.read_text("utf-8") for path in _SAMPLES]
    for number in range(count):
        text = ""
        while len(text) < _LENGTH:
            text += texts[(number + len(text)) % len(texts)] + "\n\n"
        (folder / f"{number:04}.txt").write_text(text[:_LENGTH], "utf-8")


def seconds(folder: Path, jobs: int) -> float:
    """The time of one run."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "extractor", str(folder), "--jobs", str(jobs), "--format", "jsonl"]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main(count: int) -> None:
    """Measure by turns, and print the least of each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, count)
        alone, together = zip(*[(seconds(folder, 1), seconds(folder, cores())) for _ in range(_ROUNDS)], strict=True)
    ratio = min(alone) / min(together)
    print(f"{count} files: 1 job {min(alone):.2f} s, {cores()} jobs {min(together):.2f} s, ratio {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)

"""Time of the pipeline against plain ``jieba.lcut`` of the same text, after start-up, in one run.

    python tests/bench/speed.py [FILE]...      (default: every sample)

Absolute times are noise on a shared machine; the ratio is what to look at. The goal is 1.5 or less.
"""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jieba

from extractor import Pipeline

_ROUNDS = 30
_TODAY = date(2021, 4, 20)


def fastest(task: Callable[[], object], rounds: int = _ROUNDS) -> float:
    """The least time in seconds of ``rounds`` runs."""
    best = float("inf")
    for _ in range(rounds):
        start = time.perf_counter()
        task()
        best = min(best, time.perf_counter() - start)
    return best


def main(names: list[str]) -> None:
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    pipeline = Pipeline()
    paths = [Path(name) for name in names] or sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
    print(f"{'text':32s} {'characters':>10s} {'facts':>6s} {'jieba ms':>9s} {'zhfacts ms':>10s} {'ratio':>6s}")
    for path in paths:
        text = path.read_text("utf-8")
        plain = fastest(lambda text=text: jieba.lcut(text))
        whole = fastest(lambda text=text: pipeline.run(text, _TODAY))
        facts = len(pipeline.run(text, _TODAY))
        print(f"{path.name:32s} {len(text):10d} {facts:6d} {plain * 1e3:9.2f} {whole * 1e3:10.2f} {whole / plain:6.2f}")


if __name__ == "__main__":
    main(sys.argv[1:])

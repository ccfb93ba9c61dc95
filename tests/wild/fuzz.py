"""Fuzzing: wild texts and bytes against what must hold for any of them.

    PYTHONPATH=tests python -m wild.fuzz --seconds 60 [--seed N]

In turn: texts through the library (``texts.py``), texts with others in front (``shift.py``), and bytes through the command
(``process.py``), each for a third of the time. Hypothesis makes what breaks as small as it goes: put the text into
``tests/wild/cases/``, which the tests run through all three.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

import click
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from extractor import extract

from .process import OPTIONS, check_command, inputs
from .shift import check_shift, fronts
from .texts import check, texts

BATCH = 50  # inputs between two looks at the clock
QUIET = settings(
    max_examples=BATCH,
    deadline=None,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)
CHECKS: dict[str, Callable[[], None]] = {
    "texts": QUIET(given(texts())(check)),
    "texts with others in front": QUIET(given(texts(), fronts())(check_shift)),
}
if hasattr(os, "fork"):
    CHECKS["inputs of the command"] = QUIET(given(inputs(texts()), st.sampled_from(OPTIONS))(check_command))


@click.command()
@click.option("--seconds", type=float, default=60, show_default=True)
@click.option("--seed", "first", type=int, default=None, help="Default: the time.")
def main(seconds: float, first: int | None) -> None:
    """Try inputs for so many seconds; what breaks is raised, as small as it goes."""
    first = int(time.time()) if first is None else first
    extract("热身1个。")
    for name, tried in CHECKS.items():
        count = _run(tried, seconds / len(CHECKS), first)
        click.echo(f"{count} {name} in {seconds / len(CHECKS):.0f} s, seed {first}: nothing broken")


def _run(tried: Callable[[], None], seconds: float, first: int) -> int:
    """How many inputs were tried."""
    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        seed(first + count)(tried)()
        count += BATCH
    return count


if __name__ == "__main__":
    main()

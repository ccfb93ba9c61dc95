"""Texts that once broke the program, and what must hold for any text: in the library, behind others, in the command."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wild.process import OPTIONS, UNREAD, check_command, inputs, zhfacts
from wild.shift import NEUTRAL, check_shift, fronts
from wild.texts import SAMPLES, check, texts

CASES = sorted((Path(__file__).parent / "wild" / "cases").glob("*.txt"))
FRONT = "".join(f"{paragraph}\n\n" for paragraph in NEUTRAL)
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(params=CASES, ids=[path.stem for path in CASES])
def case(request: pytest.FixtureRequest) -> str:
    path: Path = request.param
    return path.read_bytes().decode("utf-8", "surrogatepass")


def test_nothing_breaks(case: str) -> None:
    check(case)


def test_what_stands_in_front_shifts_a_case_and_no_more(case: str) -> None:
    check_shift(case, FRONT)


@FORKS
def test_the_command_reads_a_case(case: str) -> None:
    check_command(case.encode("utf-8", "surrogatepass"), ())


@pytest.mark.parametrize("text", SAMPLES)
def test_what_stands_in_front_shifts_a_sample_and_no_more(text: str) -> None:
    check_shift(text, FRONT)


@FEW
@given(texts(), fronts())
def test_what_stands_in_front_shifts_any_text_and_no_more(text: str, front: str) -> None:
    check_shift(text, front)


@FORKS
@FEW
@given(inputs(texts()), st.sampled_from(OPTIONS))
def test_the_command_reads_any_bytes(data: bytes, options: tuple[str, ...]) -> None:
    check_command(data, options)


@FORKS
def test_the_command_in_a_fork_ends_as_it_does_by_itself() -> None:
    from command import zhfacts as alone

    for data in ("全市产量5吨。".encode(), random.Random(3).randbytes(500)):
        run, real = zhfacts(data, ()), alone(stdin=data)
        assert tuple(run) == (real.returncode, real.stdout, real.stderr)
    assert run.code == UNREAD

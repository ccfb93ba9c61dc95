"""Ctrl-C: it ends the command at any moment, but never in the middle of writing.

It raises nothing: an exception out of nowhere is lost in a ``__del__``, and libraries make other errors of it (pydantic
does, while it builds a model). The process does what is left to be done, and ends where it is.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

INTERRUPTED = 130
"""The exit code."""


class _State:
    """Whether Ctrl-C was pressed in a block that waits for its end, and what is left to be done in which process."""

    waiting = 0
    pressed = False
    process = 0
    left: list[Callable[[], None]]


_state = _State()
_state.left = []


def end_at_once() -> None:
    """From here Ctrl-C ends the process, when what is left to be done is done. For the main thread."""
    _state.process = os.getpid()
    signal.signal(signal.SIGINT, _press)


def ended() -> None:
    """All is done: what remains is Python's own end, which Ctrl-C only disturbs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def before_end(action: Callable[[], None]) -> None:
    """Do ``action`` when Ctrl-C is pressed, and before what is to be done already. It may end the process itself."""
    _state.left.append(action)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C waits until the end of the block, so that nothing is done by halves. For the main thread."""
    _state.waiting += 1
    try:
        yield
    finally:
        _state.waiting -= 1
    if _state.pressed and not _state.waiting:
        _end()


def _press(_number: int, _frame: FrameType | None) -> None:
    if os.getpid() != _state.process:
        os._exit(INTERRUPTED)  # forked a moment ago: it is the first process that has something to do
    if _state.waiting:
        _state.pressed = True
    else:
        _end()


def _end() -> None:
    _state.waiting += 1  # pressed again, it waits for ever
    try:
        while _state.left:
            _state.left.pop()()
    finally:
        os._exit(INTERRUPTED)

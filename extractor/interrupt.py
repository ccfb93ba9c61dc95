"""Ctrl-C: it ends the command at any moment, but never in the middle of writing."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

INTERRUPTED = 130
"""The exit code."""
_SOON = 0.001
"""Seconds."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Ctrl-C waits until the end of the block, so that nothing is written by halves. For the main thread."""
    pressed: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        pressed.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


def end_at_once() -> None:
    """From here Ctrl-C ends the process.

    Nothing is there to be written, and some libraries, while they are imported, make other errors of an exception.
    """
    signal.signal(signal.SIGINT, lambda *_: os._exit(INTERRUPTED))


def end_well() -> None:
    """From here Ctrl-C raises KeyboardInterrupt, so that what is there is written.

    It does so again where Python drops it, which is in a ``__del__`` (compiling patterns calls many).
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    if not hasattr(signal, "setitimer"):
        return
    signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))

    def again(dropped: sys.UnraisableHookArgs) -> None:
        if dropped.exc_type is KeyboardInterrupt:
            signal.setitimer(signal.ITIMER_REAL, _SOON)
        else:
            sys.__unraisablehook__(dropped)

    sys.unraisablehook = again

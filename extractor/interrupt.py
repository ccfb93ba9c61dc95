"""Ctrl-C: it ends the command at any moment, but never in the middle of writing."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

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


def never_lose() -> None:
    """Deliver Ctrl-C again where Python drops it, which it does in a ``__del__`` (compiling patterns calls many)."""
    if not hasattr(signal, "setitimer"):
        return
    signal.signal(signal.SIGALRM, lambda *_: signal.raise_signal(signal.SIGINT))

    def again(dropped: sys.UnraisableHookArgs) -> None:
        if dropped.exc_type is KeyboardInterrupt:
            signal.setitimer(signal.ITIMER_REAL, _SOON)
        else:
            sys.__unraisablehook__(dropped)

    sys.unraisablehook = again

"""Collector: Python's garbage collector rests where a great many objects are made and none of them is garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """No search for garbage until the end of the block.

    It goes over all objects again and again while they grow in number: a fifth of the time of a long text, and more
    than twice as much for one of twice the length. What nothing refers to is freed all the same.
    """
    works = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if works:
            gc.enable()

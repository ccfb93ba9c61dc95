"""What a person at a terminal sees of the work: complaints, and a bar where there are many files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from .interrupt import undisturbed

if TYPE_CHECKING:
    from rich.progress import Progress


class Reporter:
    """Tells on standard error what happens. ``total`` counts the documents; it is asked only when a bar is shown."""

    def __init__(self, total: Callable[[], int], bar: bool) -> None:
        self._total, self._wanted = total, bar
        self._bar: Progress | None = None

    def complain(self, title: str, reason: str) -> None:
        """Say what is wrong with ``title``, in one line."""
        line = _one_line(f"zhfacts: {title}: {reason}")
        with undisturbed():
            if self._bar:
                self._bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
            else:
                click.echo(line, err=True)

    def advance(self) -> None:
        """A document is done. The bar begins here: its thread must not be there before the processes are."""
        with undisturbed():
            if self._wanted and self._bar is None:
                self._bar = self._start()
            if self._bar:
                self._bar.advance(self._bar.task_ids[0])

    def end(self) -> None:
        """Take the bar away."""
        with undisturbed():
            if self._bar:
                self._bar.stop()
                self._bar = None

    def _start(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        bar = Progress(
            BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True
        )
        bar.add_task("documents", total=self._total())
        bar.start()
        return bar


def _one_line(text: str) -> str:
    """``text`` without line ends and control characters, which a file's name can hold."""
    return "".join(character if character.isprintable() else "\ufffd" for character in text)

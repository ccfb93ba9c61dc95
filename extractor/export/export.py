"""One export: a format, an output, and what becomes of it when something fails."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Any, TypeVar

from ..interrupt import undisturbed
from .failures import OutputError
from .formats import PRETTY, Format
from .output import Output, open_output

_Place = TypeVar("_Place", None, str | None)


class Export:
    """Writes documents to ``file`` (``None``: standard output), as a context.

    At its end the output is put in place. On an error nothing is kept, and a file that was there stays as it is.

    Raises:
        OutputError: the output cannot be written.
        BrokenPipeError: nobody reads it.
    """

    def __init__(self, form: Format, file: str | None) -> None:
        self._file, self._title = file, file or "standard output"
        self.is_terminal = file is None and sys.stdout is not None and sys.stdout.isatty()
        self._form = PRETTY if form.name == "json" and self.is_terminal else form
        self.encode = self._form.encode
        self._output = Output()
        self._is_open = False

    def __enter__(self) -> Export:
        try:
            with undisturbed(), self._told():
                self._output = open_output(self._file, self._form.kind == "binary", self._form.kind == "database")
                self._writer = self._form.open(self._output)
                self._is_open = True
        except BaseException:
            self._output.discard()
            raise
        return self

    def write(self, portion: Sequence[Any]) -> None:
        """Write the encoded records of one document; Ctrl-C waits for the end."""
        with undisturbed(), self._told():
            self._writer.write(portion)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with undisturbed():
            self._is_open = False
            if error is not None:
                self._output.discard()
            else:
                self._close(self._output.finish)

    def break_off(self) -> str | None:
        """End well what was written until now, before the end, if it has begun.

        On standard output and in a database it stays, of a file it is kept beside it, in the file that is returned.

        Raises:
            OutputError, BrokenPipeError: as all the rest.
        """
        if not self._is_open:
            return None
        self._is_open = False
        return self._close(self._output.leave)

    def _close(self, finish: Callable[[], _Place]) -> _Place:
        try:
            with self._told():
                self._writer.close()
                return finish()
        except (OutputError, BrokenPipeError):
            self._output.discard()
            raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Any failure to write is told as an OutputError."""
        try:
            yield
        except (BrokenPipeError, OutputError):
            raise
        except OSError as error:
            raise OutputError(f"{self._title}: {error.strerror or error}") from error
        except Exception as error:  # of a library that writes a format
            raise OutputError(f"{self._title}: {type(error).__name__}: {' '.join(str(error).split())}") from error

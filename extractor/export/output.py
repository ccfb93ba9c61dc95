"""Where output goes: standard output, a device or pipe, or a file that takes its name only when it is whole."""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TextIO


class Output:
    """What a writer writes to: ``text()``, or the file ``path`` for formats that are no text.

    After the writer: :meth:`finish` puts the output in place, :meth:`leave` keeps what an interrupted run made,
    :meth:`discard` keeps nothing. By itself it is an output that has not been opened.
    """

    title: str
    path: Path

    def text(self) -> TextIO:
        """Opened for UTF-8; a lone surrogate is written as the escape that JSON has for it."""
        raise NotImplementedError

    def finish(self) -> None:
        """The output is whole."""

    def leave(self) -> str | None:
        """The output is not whole, but what is there is well-formed; the file where it is kept, if it is another."""
        self.finish()
        return None

    def discard(self) -> None:
        """The output is broken."""


class Passing(Output):
    """Standard output, a device or a pipe: what is written is gone. Files for it are made elsewhere and copied."""

    def __init__(self, file: str | None, binary: bool) -> None:
        self.title = file or "standard output"
        self._stream = _opened(file) if file else _standard_output()
        self._folder = tempfile.TemporaryDirectory() if binary else None
        if self._folder:
            self.path = Path(self._folder.name) / "output"

    def text(self) -> TextIO:
        """See Output."""
        return self._stream

    def finish(self) -> None:
        """See Output."""
        if self._folder:
            with self.path.open("rb") as made:
                shutil.copyfileobj(made, _binary(self._stream))
            self._folder.cleanup()
        self._stream.flush()

    def discard(self) -> None:
        """See Output."""
        if self._folder:
            self._folder.cleanup()


class Replacing(Output):
    """A file, made beside the one that it replaces when it is whole."""

    def __init__(self, file: str) -> None:
        self.title = file
        self._goal = Path(os.path.realpath(file))
        handle, name = tempfile.mkstemp(prefix=f".{self._goal.name}.", suffix=".part", dir=self._goal.parent)
        os.close(handle)
        self.path = Path(name)
        self.path.chmod(self._mode())
        self._stream: TextIO | None = None

    def text(self) -> TextIO:
        """See Output."""
        self._stream = _opened(str(self.path))
        return self._stream

    def finish(self) -> None:
        """See Output."""
        self._put(self._goal)

    def leave(self) -> str | None:
        """See Output; a file that is there stays as it is."""
        kept = self._goal.with_name(self._goal.name + ".part")
        self._put(kept)
        return str(kept)

    def discard(self) -> None:
        """See Output."""
        with suppress(OSError):
            if self._stream:
                self._stream.close()
        self.path.unlink(missing_ok=True)

    def _put(self, goal: Path) -> None:
        if self._stream:
            self._stream.close()
        with self.path.open("rb") as made:
            os.fsync(made.fileno())
        self.path.replace(goal)

    def _mode(self) -> int:
        """That of the file which is replaced, else that of a new file."""
        with suppress(OSError):
            return self._goal.stat().st_mode & 0o777
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


class InPlace(Output):
    """A database, which is added to and keeps itself whole."""

    def __init__(self, file: str) -> None:
        self.title = file
        self.path = Path(file)


def open_output(file: str | None, binary: bool, in_place: bool) -> Output:
    """The output for ``file`` (``None``: standard output).

    Raises:
        OSError: it cannot be written.
    """
    if file is None or (Path(file).exists() and not Path(file).is_file() and not Path(file).is_dir()):
        return Passing(file, binary)
    if Path(file).is_dir():
        raise IsADirectoryError(21, "Is a directory")
    return InPlace(file) if in_place else Replacing(file)


def _standard_output() -> TextIO:
    """Standard output with a buffer: without one (PYTHONUNBUFFERED) Python loses what a signal interrupts."""
    if sys.stdout is None:
        raise OSError("it is closed")
    try:
        return _opened(sys.stdout.fileno())
    except io.UnsupportedOperation:  # a test's
        return sys.stdout


def _opened(file: str | int) -> TextIO:
    return open(file, "w", encoding="utf-8", errors="backslashreplace", newline="", closefd=isinstance(file, str))


def _binary(stream: TextIO) -> BinaryIO:
    return stream.buffer

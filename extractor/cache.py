"""Cache: files that make the start fast. Without them everything is the same, only slower.

A file is written whole or not at all, is of use to its own user alone, and is never trusted to be whole: whoever reads
it checks what it reads. No failure of reading or writing is told.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from .folders import cache_folder

_KEPT = 8
"""So many files of a kind stay: those of other versions, other rules."""


class Kept:
    """A file of the cache, open for reading. It is not mapped into memory: cut short, it would end the process."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, start: int = 0, end: int | None = None) -> bytes:
        """The bytes from ``start`` to ``end`` (default: all that follow); fewer where the file is damaged."""
        try:
            size = os.fstat(self._file.fileno()).st_size
            length = max(0, (size if end is None else min(end, size)) - start)
            if hasattr(os, "pread"):  # processes that fork share the place at which a file is read
                return os.pread(self._file.fileno(), length, start)
            self._file.seek(start)
            return self._file.read(length)
        except OSError:
            return b""


def load(kind: str, stamp: str) -> Kept | None:
    """The file of this kind that was made of what ``stamp`` stands for; ``None`` if there is none to be trusted."""
    folder = cache_folder()
    if folder is None:
        return None
    try:
        file = (folder / f"{kind}-{stamp}").open("rb", buffering=0)
        if _is_own(os.fstat(file.fileno())):
            return Kept(file)
        file.close()
    except OSError:
        pass
    return None


def save(kind: str, stamp: str, data: bytes) -> None:
    """Keep ``data`` for the next start; a folder that cannot be written costs only time."""
    folder = cache_folder()
    if folder is None:
        return
    part = folder / f"{kind}-{stamp}.{os.getpid()}"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
            part.replace(folder / f"{kind}-{stamp}")
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        _forget(folder, kind)
    except OSError:
        pass


def _is_own(found: os.stat_result) -> bool:
    """A file that nobody else could have written: what is in it may be unpickled."""
    if not stat.S_ISREG(found.st_mode):
        return False
    return not hasattr(os, "geteuid") or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)


def _forget(folder: Path, kind: str) -> None:
    """Remove the oldest files of a kind. Whoever has one open keeps what it has."""
    files = sorted(folder.glob(f"{kind}-*"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in files[_KEPT:]:
        path.unlink(missing_ok=True)

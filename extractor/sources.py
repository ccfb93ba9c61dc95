"""Sources: the files, folders and standard input that a command names, and their text."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .reading import NotTextError, decode

_HEAD = 1 << 16
"""So many bytes of a file in a folder are looked at before it is read: enough to know a picture or a program."""


@dataclass(slots=True, frozen=True)
class Source:
    """A file as named, or standard input (``-``); ``folder`` is the one named, where it was found below one."""

    path: str
    folder: str | None = None

    @property
    def name(self) -> str | None:
        """What its records are told to be from."""
        return None if self.path == "-" else self.path

    @property
    def title(self) -> str:
        """What a person calls it."""
        return "standard input" if self.path == "-" else self.path

    @property
    def is_plain(self) -> bool:
        """It is a file that any process can open, not standard input or a pipe."""
        try:
            return self.path != "-" and Path(self.path).is_file()
        except OSError:  # a name that is too long; reading tells
            return True


@dataclass(slots=True, frozen=True)
class Unlisted:
    """A folder that cannot be listed, and why."""

    path: str
    folder: str
    reason: str

    @property
    def title(self) -> str:
        """What a person calls it."""
        return self.path


def find(names: Iterable[str], without: str | None = None) -> Iterator[Source | Unlisted]:
    """The sources that ``names`` name, in order; a folder stands for the files below it, sorted by path.

    Below a folder, what is hidden (``.git``) and what is no file is passed over, and links to folders are not
    followed; so is ``without``, the file that the output goes to.
    """
    own = _identity(without) if without else None
    for name in names:
        if is_folder(name):
            yield from _below(name, own)
        else:
            yield Source(name)


def is_folder(name: str) -> bool:
    """Whether ``name`` stands for the files below a folder."""
    try:
        return name != "-" and Path(name).is_dir()
    except OSError:  # a name that is too long; reading tells
        return False


def is_same(name: str, other: str) -> bool:
    """Whether two names are of one file, which is there."""
    found = _identity(name)
    return found is not None and found == _identity(other)


def read(source: Source, encoding: str | None) -> str | None:
    """The text of a source; ``None`` for a file below a folder that is no text.

    Raises:
        OSError: it cannot be read.
        NotTextError: a file that was named is no text.
    """
    try:
        return decode(_bytes(source, encoding), encoding)
    except NotTextError:
        if source.folder is None:
            raise
        return None


def _bytes(source: Source, encoding: str | None) -> bytes:
    if source.path == "-":
        if sys.stdin is None:
            raise OSError("it is closed")
        return sys.stdin.buffer.read()
    with Path(source.path).open("rb") as file:
        head = file.read(_HEAD)
        if source.folder is not None and encoding is None and b"\0" in head:
            decode(head)  # a film below a folder is not read to its end: it begins like no text
        return head + file.read()


def _below(named: str, own: tuple[int, int] | None) -> Iterator[Source | Unlisted]:
    open_folders: list[Iterator[os.DirEntry[str] | Unlisted]] = [_listed(named, named)]  # outermost first
    while open_folders:
        entry = next(open_folders[-1], None)
        if entry is None:
            open_folders.pop()
        elif isinstance(entry, Unlisted):
            yield entry
        elif entry.is_dir(follow_symlinks=False):
            open_folders.append(_listed(entry.path, named))
        elif _is_file(entry) and (own is None or _identity(entry.path) != own):
            yield Source(entry.path, named)


def _listed(folder: str, named: str) -> Iterator[os.DirEntry[str] | Unlisted]:
    """What is in a folder, sorted, without what is hidden."""
    try:
        with os.scandir(folder) as entries:
            yield from sorted((each for each in entries if not each.name.startswith(".")), key=lambda each: each.name)
    except OSError as error:
        yield Unlisted(folder, named, error.strerror or str(error))


def _is_file(entry: os.DirEntry[str]) -> bool:
    """A file, or a link that leads to one or nowhere (which is told when it is read)."""
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:
        return True


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino

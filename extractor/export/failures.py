"""What can go wrong with an export: it cannot be written, or a library that only some need is not there."""

from __future__ import annotations

import importlib
from types import ModuleType


class OutputError(Exception):
    """The output cannot be written; the message says which and why."""


class MissingLibraryError(ImportError):
    """A ``library`` is not installed; the message says which, and with which ``extra`` of zhfacts it comes."""

    def __init__(self, library: str, extra: str) -> None:
        super().__init__(f"this needs {library}: pip install 'zhfacts[{extra}]'")


def require(library: str, extra: str) -> ModuleType:
    """The module ``library``, which the ``extra`` of zhfacts brings.

    Raises:
        MissingLibraryError: it is not installed.
    """
    try:
        return importlib.import_module(library)
    except ImportError as error:
        raise MissingLibraryError(library, extra) from error

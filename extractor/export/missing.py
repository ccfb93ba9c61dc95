"""Libraries that only some need: without them, one line says what to install."""

from __future__ import annotations

import importlib
from types import ModuleType


class MissingLibraryError(ImportError):
    """A format needs a library that is not installed; the message says which, and how to get it."""


def require(library: str, extra: str) -> ModuleType:
    """The module ``library``, which the ``extra`` of zhfacts brings.

    Raises:
        MissingLibraryError: it is not installed.
    """
    try:
        return importlib.import_module(library)
    except ImportError as error:
        raise MissingLibraryError(f"this needs {library}: pip install 'zhfacts[{extra}]'") from error

"""Folders: where the rules are, and where what is made of them is kept."""

from __future__ import annotations

import os
from pathlib import Path


def rules_folder() -> Path:
    """Where the rules are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    packaged = package / "rules"
    return packaged if packaged.is_dir() else package.parent / "rules"


def cache_folder() -> Path | None:
    """Where what makes the start fast is kept (``XDG_CACHE_HOME``, else ``~/.cache``); ``None`` without a home."""
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(base) if base else Path.home() / ".cache") / "zhfacts"
    except RuntimeError:
        return None

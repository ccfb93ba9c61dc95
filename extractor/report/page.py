"""The page: template, style, script and data as one file that needs no network."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import PurePath
from string import Template
from typing import TextIO

from .. import __version__
from ..export.columns import COLUMNS
from ..export.formats import Format
from ..export.output import Output
from .document import script_safe

_NAMED_IN_TITLE = 3


class PageWriter:
    """Collects encoded documents (``document.encode``) and writes the page at the end."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._documents: list[str] = []
        self._names: list[str | None] = []

    def write(self, portion: Sequence[tuple[str | None, str]]) -> None:
        """Add documents: the name (``None``: standard input) and the JSON of each."""
        for name, document in portion:
            self._names.append(name)
            self._documents.append(document)

    def close(self) -> None:
        """Write the page."""
        self._out.write(page(self._names, self._documents))
        self._out.flush()


def page(names: Sequence[str | None], documents: Sequence[str]) -> str:
    """The page with ``documents``, as ``document.encode`` gives them; its title is made from their ``names``.

    The page's own policy forbids whatever is not its script, its style or a download it makes itself, so that no text
    could load or run anything even if it got among the markup.
    """
    script, style = _part("page.js"), _part("page.css")
    return Template(_part("page.html")).substitute(
        title=html.escape(_title(names)),
        policy=f"default-src 'none'; img-src data:; script-src {_hash(script)}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'",
        style=style,
        script=script,
        version=__version__,
        data=f'{{"columns":{_columns()},"documents":[{",".join(documents)}]}}',
    )


def _columns() -> str:
    return script_safe(json.dumps([[column.name, column.type] for column in COLUMNS]))


def _title(names: Sequence[str | None]) -> str:
    """The files' names without their folders; of many, the first few."""
    told = [PurePath(name).name if name else "standard input" for name in names[:_NAMED_IN_TITLE]]
    more = len(names) - len(told)
    return (", ".join(told) or "no documents") + (f" and {more} more" if more else "")


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


def _hash(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _writer(output: Output) -> PageWriter:
    return PageWriter(output.text())


PAGE = Format("html", (".html", ".htm"), list, _writer)
"""The format of the report. It needs more of a document than its records: see ``task.ReportTask``."""

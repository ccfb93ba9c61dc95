"""The task of the report: a document becomes its text with its facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..model import Record
from ..sources import Source
from ..work import Task
from .document import encode


@dataclass(slots=True, frozen=True)
class ReportTask(Task):
    """What is done to every document of a report."""

    def portion(self, source: Source, text: str, records: list[Record]) -> list[Any]:
        """The document's name, and its JSON for the page."""
        return [(source.name, encode(source.name, text, records))]

"""Work: documents become outcomes, one after the other (``pool.py``: several at once)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .reading import NotTextError
from .sources import Source, Unlisted, read

if TYPE_CHECKING:
    from .model import Record
    from .pipeline import Pipeline


@dataclass(slots=True, frozen=True)
class Outcome:
    """What became of a source: its ``portion`` of the output, or a ``complaint``, or neither (it is no text)."""

    source: Source | Unlisted
    portion: list[Any] | None = None
    complaint: str | None = None


@dataclass(slots=True, frozen=True)
class Task:
    """What is done to every document; ``encode`` makes of its records what the writer writes."""

    date: date | None
    subject: str | None
    encoding: str | None
    rules: tuple[Path, ...]
    encode: Callable[[list[Record]], list[Any]]

    def pipeline(self) -> Pipeline:
        """The pipeline, built at the first call.

        Raises:
            RuleError: a mistake in the rules.
        """
        from .userrules import pipeline

        return pipeline(self.rules)

    def portion(self, source: Source, text: str, records: list[Record]) -> list[Any]:  # noqa: ARG002 (for reports)
        """What the writer writes of a document."""
        return self.encode(records)

    def run(self, source: Source) -> Outcome:
        """Read a source and extract its facts; no document raises."""
        from .pipeline import named

        try:
            document = read(source, self.encoding)
            if document is None:
                return Outcome(source)
            records = self.pipeline().run(document, self.date, self.subject)
            return Outcome(source, self.portion(source, document, named(records, source.name)))
        except OSError as error:
            return Outcome(source, complaint=error.strerror or str(error))
        except NotTextError as error:
            return Outcome(source, complaint=str(error))
        except Exception as error:  # a mistake of zhfacts; the other documents are none the worse for it
            return Outcome(source, complaint=f"zhfacts fails on this text: {type(error).__name__}: {_line(error)}")


def run(task: Task, sources: Iterable[Source | Unlisted]) -> Iterator[Outcome]:
    """The outcomes of ``sources``, one after the other."""
    for source in sources:
        yield Outcome(source, complaint=source.reason) if isinstance(source, Unlisted) else task.run(source)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]

"""The pipeline: the stages in the order in which text flows through them.

text → tables → normalise → structure → mentions → facts → context → validate → records
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from . import compiled
from .alphabet import Alphabet
from .collector import at_rest
from .context import Context
from .facts import FactFinder
from .folders import rules_folder
from .homes import HomeFinder
from .mentions import MentionFinder
from .model import Document, Record
from .normalise import Normalised, normalise, table
from .structure import Structurer
from .tables import TableFinder
from .validate import validate

if TYPE_CHECKING:
    from .rulebook import Rulebook


class Pipeline:
    """All stages with their compiled rules. Building one is slow, running it is fast; it keeps nothing of a text.

    The stages stand in it by name, so that ``explain.py`` can run them one by one.
    """

    def __init__(self, rules: Rulebook | None = None, words: dict[str, str] | None = None) -> None:
        if rules is None:
            from .rulebook import load

            rules = load()
        alphabet = Alphabet(rules)
        self.forms = table(rules.traditional)
        self.homes = HomeFinder(rules.units, rules.traditional)
        self.tables = TableFinder(rules, self.forms)
        self.structurer = Structurer(rules)
        self.mentions = MentionFinder(rules, alphabet, words)
        self.facts = FactFinder(rules, alphabet)
        self.context = Context(rules, self.mentions, self.tables.cells)

    def lay_out(self, text: str, date: date | None, subject: str | None) -> tuple[Normalised, Document]:
        """``text`` in one form, with its tables, headings and sentences."""
        layout = self.tables.find(text)
        normalised = normalise(layout.text, self.forms, layout.spans)
        document = self.structurer.structure(normalised.text, date, subject, layout.place(normalised))
        document.currency = self.homes.currency(text, normalised.text)
        return normalised, document

    def run(self, text: str, date: date | None = None, subject: str | None = None) -> list[Record]:
        """The records of ``text``, in text order. ``date`` and ``subject`` are the document's, where they are known."""
        with at_rest():
            normalised, document = self.lay_out(text, date, subject)
            self.mentions.find(document)
            found = self.facts.find(document)
            return validate(text, normalised, self.context.complete(document, found))


@cache
def default_pipeline(rules: Path | None = None) -> Pipeline:
    """The pipeline with the rules that ship with zhfacts (or those of another folder), built once.

    It comes from the cache where that holds it, and goes there where it does not.

    Raises:
        RuleError: a mistake in the rules.
    """
    folder = rules or rules_folder()
    kept = compiled.load(folder)
    if kept is not None:
        return kept
    from .rulebook import read

    keeper = compiled.Keeper(folder)
    pipeline = Pipeline(read(folder))
    keeper.keep(pipeline)
    return pipeline


def extract(
    text: str, *, date: date | str | None = None, subject: str | None = None, source: str | None = None
) -> list[Record]:
    """Every numeric fact of ``text`` as a validated record.

    Args:
        text: Chinese text, as decoded; all offsets of the records count its code points.
        date: the document's date (or ``YYYY-MM-DD``), against which 今年, 去年, 上半年 … are read.
        subject: whose figures these are where the text does not tell (a region or an organisation).
        source: where the text is from (a file's name, an address); every record says it.

    Raises:
        ValueError: ``date`` is a string that is no ISO date.
    """
    return named(default_pipeline().run(text, _date(date), subject), source)


def named(records: list[Record], source: str | None) -> list[Record]:
    """``records`` with their ``source``."""
    return [record.model_copy(update={"source": source}) for record in records] if source is not None else records


def _date(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value

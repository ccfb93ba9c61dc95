"""Context: what a clause leaves out comes from the clause before, the sentence, the paragraph, the heading, the title,
and the document's date. Nothing is guessed: what none of these tells stays ``None``.
"""

from __future__ import annotations

from ..mentions import MentionFinder
from ..model import Document, Fact
from ..rulebook import Rulebook
from .indicators import IndicatorReader
from .periods import comparison, period
from .reading import Reading
from .status import StatusReader
from .subjects import SubjectReader

__all__ = ["Context"]


class Context:
    """Compiled context rules; :meth:`complete` is the stage's entry."""

    def __init__(self, rules: Rulebook, finder: MentionFinder) -> None:
        self._indicators = IndicatorReader(rules)
        self._subjects = SubjectReader(rules, finder)
        self._statuses = StatusReader(rules, finder)
        self._among = tuple(word for entry in rules.cues.cues["among"] for word in entry.words)

    def complete(self, document: Document, facts: list[Fact]) -> list[Fact]:
        """Fill indicator, subject, period, comparison and status of ``facts``, in text order; returns them."""
        sentences = document.sentences
        reading = Reading(
            document,
            sentences={sentence.start: sentence for sentence in sentences},
            positions={id(sentence): i for i, sentence in enumerate(sentences)},
            among=self._among,
        )
        for fact in facts:
            self._indicators.complete(fact, reading)
            fact.subject = self._subjects.subject(fact, reading)
            fact.period = period(fact, reading)
            fact.comparison = comparison(fact)
            fact.status = self._statuses.status(fact, reading)
            reading.facts.append(fact)
        return facts

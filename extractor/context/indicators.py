"""The indicator that a clause leaves out: from the sentence, the paragraph, or the classifier itself."""

from __future__ import annotations

from ..model import Fact, Found, Indicator
from ..rulebook import Rulebook
from .reading import Reading, carried, clause_between

# Measures that always speak of something: without an indicator of their own they take that of a fact before.
_LEANING = frozenset({"growth", "change", "rank", "share", "multiple", "contribution"})


class IndicatorReader:
    """Fills in indicators; :meth:`complete` is its entry."""

    def __init__(self, rules: Rulebook) -> None:
        self._noun_units = frozenset(rules.classifiers.noun) | frozenset(rules.classifiers.counted_directly)
        self._apart = tuple(rules.indicators.apart)
        self._anaphoric = frozenset(rules.indicators.anaphoric)

    def complete(self, fact: Fact, reading: Reading) -> None:
        """Set the indicator where the clause has none or only a word that points back (总量), and what a rank is of."""
        if fact.indicator is None or fact.indicator.text in self._anaphoric:
            fact.indicator = self._indicator(fact, reading) or fact.indicator
        self._rank_of_growth(fact, reading)

    def _indicator(self, fact: Fact, reading: Reading) -> Found | None:
        earlier = self._earlier(fact, reading)
        mentioned = self._mentioned_indicator(fact, earlier[-1].index if earlier else -1)
        if mentioned:
            return mentioned
        if fact.turns > 1 and fact.reads_back and len(earlier) >= fact.turns:
            fact.source = earlier[-fact.turns :][fact.turn]
            return carried(fact.source.indicator, "nearby") if fact.source.indicator else None
        unit = self._unit_noun(fact)
        if fact.measure == "level" and unit:
            return unit
        if earlier and earlier[-1].indicator:
            return carried(earlier[-1].indicator, "clause" if not clause_between(earlier[-1], fact) else "nearby")
        if fact.measure in _LEANING or fact.reads_back:
            return self._indicator_before(fact, reading)
        return None

    def _indicator_before(self, fact: Fact, reading: Reading) -> Found | None:
        """The indicator of the last fact of the paragraph; of the first, where the sentence takes that apart."""
        block = [
            earlier for earlier in reading.facts if earlier.sentence.block is fact.sentence.block and earlier.indicator
        ]
        if not block:
            return None
        apart = reading.document.text.startswith(self._apart, fact.sentence.start)
        source = block[0 if apart else -1].indicator
        return carried(source, "nearby") if source else None

    def _earlier(self, fact: Fact, reading: Reading) -> list[Fact]:
        """Facts of the same sentence before the rule's match that tell an indicator."""
        facts = []
        for earlier in reversed(reading.facts):
            if earlier.sentence is not fact.sentence:
                break
            if earlier.indicator and (earlier.index < fact.begins or fact.turns == 1):
                facts.append(earlier)
        return facts[::-1]

    def _mentioned_indicator(self, fact: Fact, after: int) -> Found | None:
        """An indicator named in the sentence between the last fact and this one."""
        mentions = fact.sentence.mentions or []
        for mention in reversed(mentions[after + 1 : fact.begins]):
            if (
                mention.kind == "indicator"
                and isinstance(mention.value, Indicator)
                and mention.text not in self._anaphoric
            ):
                return Found(mention.text, mention.start, mention.end, value=mention.value)
        return None

    def _unit_noun(self, fact: Fact) -> Found | None:
        """The classifier itself, where it names what is counted (人次, 户)."""
        amount = fact.quantity.amount
        if fact.quantity.kind != "count" or amount.unit_start < 0:
            return None
        unit = fact.quantity.text[amount.unit_start - fact.quantity.start : amount.unit_end - fact.quantity.start]
        if unit not in self._noun_units:
            return None
        return Found(unit, amount.unit_start, amount.unit_end, value=Indicator(None, unit))

    def _rank_of_growth(self, fact: Fact, reading: Reading) -> None:
        """A rank after a growth ranks that growth."""
        previous = reading.facts[-1] if reading.facts else None
        if (
            fact.measure != "rank"
            or fact.of
            or not fact.reads_back
            or not previous
            or previous.sentence is not fact.sentence
        ):
            return
        if previous.measure == "growth" or previous.of == "growth":
            fact.of = "growth"

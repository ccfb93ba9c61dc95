"""Facts: the rules tie the mentions of a sentence into records, at most one for each quantity."""

from __future__ import annotations

from collections.abc import Iterator

from .alphabet import Alphabet
from .engine import Engine, Spans
from .model import QUANTITY_KINDS, Amount, Cue, Document, Fact, Found, Indicator, Mention, Phrase, Sentence
from .rulebook import FactRule, Rulebook, Yield


class FactFinder:
    """The compiled fact rules; :meth:`find` is the stage's entry."""

    def __init__(self, rules: Rulebook, alphabet: Alphabet, known: dict[str, Indicator]) -> None:
        self._engine = Engine(rules.facts, alphabet)
        self._uncountable = frozenset(rules.words.aspects) | frozenset(rules.words.nominal_verbs)
        self._known = known
        self._events = frozenset(rules.classifiers.events)

    def find(self, document: Document) -> list[Fact]:
        """Facts of the segmented sentences, in text order, with what their own clause says about them."""
        return [
            fact
            for sentence in document.sentences
            if sentence.mentions
            for fact in self._of_sentence(sentence, document.text)
        ]

    def _of_sentence(self, sentence: Sentence, text: str) -> list[Fact]:
        mentions = sentence.mentions or []
        symbols = "".join(mention.symbol for mention in mentions)
        if not any(mention.kind in QUANTITY_KINDS for mention in mentions):
            return []
        made_of: dict[int, Fact | None] = {}
        for rule, spans in self._engine.matches(symbols, made_of):
            for made, index, turn in _quantities(rule, spans):
                if index not in made_of:
                    fact = self._fact(sentence, index, rule, made, spans, turn, text) if made.measure else None
                    made_of[index] = fact
        return [fact for _, fact in sorted(made_of.items()) if fact]

    def _fact(
        self, sentence: Sentence, index: int, rule: FactRule, made: Yield, spans: Spans, turn: int, text: str
    ) -> Fact:
        mentions = sentence.mentions or []
        assert made.measure is not None
        fact = Fact(
            sentence,
            mentions[index],
            index,
            rule.id,
            made.measure,
            of=made.of,
            turn=turn,
            turns=len(spans[made.quantity]),
        )
        fact.begins = min(start for found in spans.values() for start, _ in found)
        if made.indicator and (span := _at(spans, made.indicator, turn)):
            fact.indicator = self._indicator(
                mentions, span, text, index, self._shared(rule, spans, made, turn, mentions)
            )
        if (
            fact.indicator
            and isinstance(fact.indicator.value, Indicator)
            and len(fact.indicator.value.parts) == fact.turns
        ):
            fact.indicator.value = fact.indicator.value.parts[turn]
        if fact.indicator and made.owner and (span := _at(spans, made.owner, turn)):
            owned = self._known.get(mentions[span[0]].text + fact.indicator.text)
            fact.indicator.value = owned or fact.indicator.value
        if made.subject and (span := _at(spans, made.subject, turn)):
            fact.own_subject = mentions[span[0]]
        if made.scope and (span := _at(spans, made.scope, turn)) and span[0] < span[1]:
            fact.scope = _trimmed(mentions[span[0]].start, mentions[span[1] - 1].end, text)
            fact.other_times = [mention for mention in mentions[slice(*span)] if mention.kind == "time"]
        fact.is_base = made.period
        if rule.times_of_base and (span := _at(spans, rule.times_of_base, turn)):
            base = mentions[span[0]]
            if made.period:
                fact.own_time = base
            else:
                fact.other_times.append(base)
        if made.sign and (span := _at(spans, made.sign, turn)):
            cue = mentions[span[0]].value
            fact.sign = cue.sign if isinstance(cue, Cue) and cue.sign else 1
        if made.measure == "growth" and fact.quantity.kind == "fold":
            _fold_to_percent(fact.quantity.amount)
        fact.reads_back = fact.indicator is None
        return fact

    def _indicator(
        self, mentions: list[Mention], span: tuple[int, int], text: str, quantity: int, shared: Indicator | None
    ) -> Found:
        first, last = mentions[span[0]], mentions[span[1] - 1]
        start, end = first.start, last.end
        amount = mentions[quantity].amount
        if (
            mentions[quantity].kind == "count"
            and isinstance(last.value, Phrase)
            and amount.base_unit not in self._events
        ):
            end = self._of_things(last.value, text)
        if shared:
            value = shared
        elif isinstance(last.value, Indicator) and span[1] - span[0] == 1:
            value = last.value
        else:
            value = Indicator(None, text[start:end])
        return Found(text[start:end], start, end, value=value)

    def _shared(
        self, rule: FactRule, spans: Spans, made: Yield, turn: int, mentions: list[Mention]
    ) -> Indicator | None:
        """What an item of a list is, with the end of a name that the last lends it (粮食、油料产量 → 粮食产量)."""
        if not rule.distribute or made.indicator is None:
            return None
        items = spans[made.indicator]
        own, last = mentions[items[min(turn, len(items) - 1)][0]], mentions[items[-1][0]]
        if len(items) < 2 or turn == len(items) - 1 or last.kind != "indicator":
            return None
        for length in range(len(last.text) - 1, 1, -1):
            if known := self._known.get(own.text + last.text[-length:]):
                return known
        return Indicator(None, own.text + last.tag) if own.kind == "noun" else None

    def _of_things(self, phrase: Phrase, text: str) -> int:
        """End of the thing counted, without nouns for an aspect or a treatment of it (荔枝园|环境, 荔枝园|改造)."""
        words = list(phrase.words)
        while len(words) > 1 and text[slice(*words[-1])] in self._uncountable:
            words.pop()
        return words[-1][1]


def _quantities(rule: FactRule, spans: Spans) -> Iterator[tuple[Yield, int, int]]:
    """(what to make, index of the quantity, which of a list it is) for a match."""
    for made in rule.yields:
        found = spans[made.quantity]
        role = made.subject or (rule.times_of_base if made.period else made.indicator)
        if rule.distribute and role:
            if len(spans[role]) < len(found):
                continue
            # A list may begin with more than it lists (挖掘、铲土运输机械、集成电路): the last ones have the figures.
            spans[role] = spans[role][-len(found) :]
        for turn, (start, _) in enumerate(found):
            yield made, start, turn


def _at(spans: Spans, role: str, turn: int) -> tuple[int, int] | None:
    """The span of a role for the ``turn``-th quantity: its own where there are several, else the only one."""
    found = spans[role]
    if not found:
        return None
    return found[turn] if len(found) > turn else found[-1]


def _fold_to_percent(amount: Amount) -> None:
    """增长1.2倍 is a growth of 120%."""
    amount.base_value *= 100
    amount.base_upper = None if amount.base_upper is None else amount.base_upper * 100
    amount.base_unit = "%"


def _trimmed(start: int, end: int, text: str) -> Found | None:
    """What a stretch says without the marks and particles at its ends; ``None`` when nothing is left."""
    words = text[start:end].strip("的,、")
    if not words:
        return None
    start += text[start:end].index(words)
    return Found(words, start, start + len(words))

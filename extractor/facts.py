"""Facts: the rules tie the mentions of a sentence into records, at most one for each quantity."""

from __future__ import annotations

from collections.abc import Iterator

from .alphabet import Alphabet
from .engine import Engine, Spans
from .model import QUANTITY_KINDS, Cue, Document, Fact, Found, Indicator, Mention, Phrase, Sentence
from .rulebook import FactRule, Rulebook, Yield


class FactFinder:
    """The compiled fact rules; :meth:`find` is the stage's entry."""

    def __init__(self, rules: Rulebook, alphabet: Alphabet) -> None:
        self._engine = Engine(rules.facts, alphabet)
        self._uncountable = frozenset(rules.words.aspects) | frozenset(rules.words.nominal_verbs)
        self._events = frozenset(rules.classifiers.events)

    def find(self, document: Document) -> list[Fact]:
        """Facts of the segmented sentences, in text order, with what their own clause says about them."""
        return [fact for sentence in document.sentences if sentence.mentions for fact in self._of_sentence(sentence, document.text)]

    def _of_sentence(self, sentence: Sentence, text: str) -> list[Fact]:
        mentions = sentence.mentions or []
        symbols = "".join(mention.symbol for mention in mentions)
        if not any(mention.kind in QUANTITY_KINDS for mention in mentions):
            return []
        facts: dict[int, Fact] = {}
        refused: set[int] = set()
        for rule, spans in self._engine.matches(symbols):
            for made, index, turn in _quantities(rule, spans):
                if index in facts or index in refused:
                    continue
                if made.measure is None:
                    refused.add(index)
                else:
                    facts[index] = self._fact(sentence, mentions, index, rule, made, spans, turn, text)
        return [facts[index] for index in sorted(facts)]

    def _fact(
        self, sentence: Sentence, mentions: list[Mention], index: int, rule: FactRule, made: Yield, spans: Spans, turn: int, text: str
    ) -> Fact:
        assert made.measure is not None
        fact = Fact(sentence, mentions[index], index, rule.id, made.measure, of=made.of)
        if made.indicator and (span := _at(spans, made.indicator, turn)):
            fact.indicator = self._indicator(mentions, span, text, index, shared=_shared_head(rule, spans, made, turn, mentions))
        if made.scope and (span := _at(spans, made.scope, turn)):
            fact.scope = _scope(mentions[span[0]].start, mentions[span[1] - 1].end, text)
        if made.period and (span := _at(spans, made.period, turn)):
            fact.base_time = mentions[span[0]]
        if made.sign and (span := _at(spans, made.sign, turn)):
            cue = mentions[span[0]].value
            fact.sign = cue.sign if isinstance(cue, Cue) and cue.sign else 1
        fact.reads_back = made.indicator is None
        return fact

    def _indicator(self, mentions: list[Mention], span: tuple[int, int], text: str, quantity: int, shared: str) -> Found:
        first, last = mentions[span[0]], mentions[span[1] - 1]
        start, end = first.start, last.end
        amount = mentions[quantity].amount
        if span[0] > quantity and isinstance(last.value, Phrase) and amount.base_unit not in self._events:
            end = self._of_things(last.value, text)
        value = last.value if isinstance(last.value, Indicator) and span[1] - span[0] == 1 else Indicator(None, text[start:end] + shared)
        return Found(text[start:end], start, end, value=value)

    def _of_things(self, phrase: Phrase, text: str) -> int:
        """End of the thing counted, without the nouns behind it for an aspect or a treatment (荔枝园|环境, 荔枝园|改造)."""
        words = list(phrase.words)
        while len(words) > 1 and text[slice(*words[-1])] in self._uncountable:
            words.pop()
        return words[-1][1]


def _quantities(rule: FactRule, spans: Spans) -> Iterator[tuple[Yield, int, int]]:
    """(what to make, index of the quantity, which of a list it is) for a match."""
    for made in rule.yields:
        found = spans[made.quantity]
        if rule.distribute and made.indicator and len(spans[made.indicator]) != len(found):
            continue
        for turn, (start, _) in enumerate(found):
            yield made, start, turn


def _at(spans: Spans, role: str, turn: int) -> tuple[int, int] | None:
    """The span of a role for the ``turn``-th quantity: its own where there are several, else the only one."""
    found = spans[role]
    if not found:
        return None
    return found[turn] if len(found) > turn else found[-1]


def _shared_head(rule: FactRule, spans: Spans, made: Yield, turn: int, mentions: list[Mention]) -> str:
    """The head noun that the last item of a list lends the others (粮食、油料产量 → 粮食产量)."""
    if not rule.distribute or made.indicator is None:
        return ""
    items = spans[made.indicator]
    last = mentions[items[-1][0]]
    own = mentions[items[turn][0]]
    if turn == len(items) - 1 or own.kind != "noun" or not isinstance(last.value, Indicator):
        return ""
    return last.tag


def _scope(start: int, end: int, text: str) -> str:
    return text[start:end].strip("的,、")

"""Facts: the rules tell what each quantity of a sentence says (level, growth, share …), at most one fact for each.

What is measured, whose it is and when is the reader's work; a rule sees only what leads to the figure and what follows.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from .alphabet import Alphabet
from .engine import Engine, Spans
from .lists import items_of
from .model import QUANTITY_KINDS, Amount, Cue, Document, Fact, Found, Mention, Sentence

if TYPE_CHECKING:
    from .rulebook import FactRule, Rulebook, Yield

_EDGES = "的,、了到至"
_BETWEEN_TURNS = frozenset({"list", "comma", "adverb", "close", "particle", "compare"})

_MINUS = "-"


class FactFinder:
    """The compiled fact rules; :meth:`find` is the stage's entry."""

    def __init__(self, rules: Rulebook, alphabet: Alphabet) -> None:
        self._engine = Engine(rules.facts, alphabet)
        self._distributive = frozenset(alphabet.members("distributive"))
        self._moves = frozenset(alphabet.members("move"))
        self._from = frozenset(alphabet.members("from"))
        self._relations = {word: relation for relation, words in rules.relations.before.items() for word in words}
        self._ratios = tuple(rules.reading.named_shares)
        leads = [word for group in rules.relations.before.values() for word in group]
        self._shares = tuple(word for word in leads if word in alphabet.members("share"))
        self._ends_change = frozenset(alphabet.members("reach_to") | alphabet.members("to") | self._moves)

    def find(self, document: Document) -> dict[Sentence, list[Fact]]:
        """The facts of each sentence that has any, in text order, with what their own clause says about them."""
        found = {sentence: self._of_sentence(sentence, document.text) for sentence in document.running}
        return {sentence: facts for sentence, facts in found.items() if facts}

    def _of_sentence(self, sentence: Sentence, text: str) -> list[Fact]:
        mentions = sentence.mentions
        if not mentions or not any(mention.kind in QUANTITY_KINDS for mention in mentions):
            return []
        made_of: dict[int, list[Fact]] = {}
        for rule, spans in self.matches(mentions, made_of):
            for made in rule.yields:
                for turn, (index, _) in enumerate(spans[made.quantity]):
                    if index not in made_of:
                        made_of[index] = self._facts(sentence, index, rule, made, spans, turn, text)
        facts = [fact for _, found in sorted(made_of.items()) for fact in found]
        self._in_turn(facts, mentions)
        return facts

    def matches(self, mentions: list[Mention], taken: Container[int] = ()) -> Iterator[tuple[FactRule, Spans]]:
        """(rule, role → spans of indexes of ``mentions``) for every match but those whose figures are all ``taken``."""
        return self._engine.matches("".join([mention.symbol for mention in mentions]), taken)

    def _facts(
        self, sentence: Sentence, index: int, rule: FactRule, made: Yield, spans: Spans, turn: int, text: str
    ) -> list[Fact]:
        """A fact for each figure of the list at ``index``; none where the rule says that it is no fact."""
        if made.measure is None:
            return []
        mentions = sentence.mentions or []
        figures = list(items_of(mentions[index]))
        begins = min(start for found in spans.values() for start, _ in found if start <= index)
        begins = min(begins, spans["_match"][0][0])
        sign = self._sign(made, spans, turn, mentions)
        scope = self._scope(made, spans, turn, mentions, text)
        facts = []
        for number, figure in enumerate(figures):
            fact = Fact(
                sentence,
                figure,
                index,
                rule.id,
                made.measure,
                begins,
                spans["_match"][0][1],
                1 if figure.text[0] == _MINUS else sign,  # 下滑-76% says the same twice
                number,
                len(figures),
            )
            if made.measure == "level" and _is_signed_change(figure, mentions[index - 1] if index else None):
                fact.measure = "change"  # 金融业(+4.4万人), 环比-2.7元
            if made.measure == "level" and figure.kind == "percent" and figure.text.startswith(self._shares):
                fact.measure = "share"  # 水稻约占1/4
            if made.bound and figure.amount.relation == "=" and (span := _at(spans, made.bound, turn)):
                figure.amount.relation = self._relations.get(mentions[span[0]].text, "=")
            if made.after and (span := _at(spans, made.after, turn)):
                fact.after = mentions[span[0]]
            if scope:
                fact.scope, fact.scope_at = scope[min(number, len(scope) - 1)]
            if made.measure == "multiple":
                fact.scope = None  # the base of a ratio is no whole, and dates nothing either
            fact.of = made.of
            fact.is_base = made.base or self._begins_change(mentions, index)
            if rule.times_of_base and made.base and (span := _at(spans, rule.times_of_base, turn)):
                fact.own_time = mentions[span[0]]
            if made.measure == "growth" and figure.kind == "fold":
                fold_to_percent(figure.amount)
            facts.append(fact)
        return facts

    def _begins_change(self, mentions: list[Mention], index: int) -> bool:
        """由…提高到…: the figure behind 由 is where a change began."""
        if index + 1 >= len(mentions) or mentions[index + 1].symbol not in self._ends_change:
            return False
        for mention in mentions[max(0, index - 4) : index][::-1]:
            if mention.symbol in self._from:
                return True
            if mention.kind in QUANTITY_KINDS:
                return False
        return False

    def _sign(self, made: Yield, spans: Spans, turn: int, mentions: list[Mention]) -> int:
        if made.sign and (span := _at(spans, made.sign, turn)):
            cue = mentions[span[0]].value
            return cue.sign if isinstance(cue, Cue) and cue.sign else 1
        return 1

    def _in_turn(self, facts: list[Fact], mentions: list[Mention]) -> None:
        """Figures that one 分别 hands out in turn are one list, also where each has its own verb (增长3%、下降4%)."""
        index = 0
        for at, mention in enumerate(mentions):
            if mention.symbol not in self._distributive:
                continue
            while index < len(facts) and facts[index].index < at:
                index += 1
            group: list[Fact] = []
            while index < len(facts) and (not group or self._goes_on(group[-1], facts[index], mentions)):
                group.append(facts[index])
                index += 1
            for turn, fact in enumerate(group):
                fact.turn, fact.turns = turn, len(group)

    def _goes_on(self, last: Fact, fact: Fact, mentions: list[Mention]) -> bool:
        between = mentions[last.index + 1 : fact.index]
        if last.index == fact.index:
            return True
        if any(m.kind == "comma" for m in between) and (
            last.measure != fact.measure or last.quantity.kind != fact.quantity.kind
        ):
            return False
        return bool(between) and all(m.kind in _BETWEEN_TURNS or m.symbol in self._moves for m in between)

    def _scope(
        self, made: Yield, spans: Spans, turn: int, mentions: list[Mention], text: str
    ) -> list[tuple[Found | None, int]] | None:
        """The whole or field that a rule found; several, where it is a list (高于全国、全省2.7个和1.9个百分点)."""
        span = _at(spans, made.scope, turn) if made.scope else None
        if span is None or span[0] == span[1]:
            return None
        if span[1] - span[0] == 1 and mentions[span[0]].parts:
            return [(self._trimmed(part.start, part.end, text), span[0]) for part in mentions[span[0]].parts]
        return [(self._trimmed(mentions[span[0]].start, mentions[span[1] - 1].end, text), span[0])]

    def _trimmed(self, start: int, end: int, text: str) -> Found | None:
        """What a stretch says without the marks and particles at its ends and without a noun of share (占总资本|比率);
        ``None`` when nothing is left."""
        words = text[start:end].strip(_EDGES)
        ratio = next((noun for noun in self._ratios if words.endswith(noun)), "")
        words = words.removesuffix(ratio) if len(words) > len(ratio) + 1 else words
        if not words:
            return None
        start += text[start:end].index(words)
        return Found(words, start, start + len(words))


def _is_signed_change(figure: Mention, before: Mention | None) -> bool:
    """A figure with its own plus sign, or with a minus sign behind words of comparison; percentages are growths."""
    if figure.kind == "percent" or figure.text[0] not in "+-":
        return False
    return figure.text[0] == "+" or (before is not None and before.kind == "compare")


def _at(spans: Spans, role: str, turn: int) -> tuple[int, int] | None:
    """The span of a role for the ``turn``-th quantity: its own where there are several, else the only one."""
    found = spans[role]
    if not found:
        return None
    return found[turn] if len(found) > turn else found[-1]


def fold_to_percent(amount: Amount) -> None:
    """增长1.2倍 is a growth of 120%."""
    amount.base_value *= 100
    amount.base_upper = None if amount.base_upper is None else amount.base_upper * 100
    amount.base_unit = "%"

"""Marks: where facts stand in their text, as nested nodes.

Spans may lie in each other (a region in an indicator) or cross. Elements of a page can only nest, so a span that
crosses the end of another is cut there, and every span is cut at the ends of lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from typing import Any, Literal

from ..model import Record

Role = Literal["quantity", "indicator", "subject", "period", "scope"]
_OUTERMOST_FIRST: tuple[Role, ...] = ("scope", "indicator", "subject", "period", "quantity")
_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")

Node = Any
"""Text, or a list of the number of a span and the nodes within it."""


@dataclass(slots=True)
class Span:
    """A stretch of text (code points, half-open) and the facts, by number, for which it plays a role."""

    start: int
    end: int
    role: Role
    facts: list[int] = field(default_factory=list)


def spans(text: str, records: Sequence[Record]) -> list[Span]:
    """The spans of ``records`` in ``text``, each once, in text order."""
    found: dict[tuple[int, int, Role], Span] = {}
    for number, record in enumerate(records):
        for start, end, role in _places(text, record):
            span = found.setdefault((start, end, role), Span(start, end, role))
            if number not in span.facts[-1:]:
                span.facts.append(number)
    return sorted(found.values(), key=_outermost_first)


def marked_lines(text: str, marks: Sequence[Span]) -> list[list[Node]]:
    """The lines of ``text``, without their ends, as nodes with ``marks`` (sorted as ``spans`` gives them)."""
    lines = _lines(text)
    pieces: list[list[_Piece]] = [[] for _ in lines]
    first = 0
    for number, span in enumerate(marks):
        while lines[first][1] <= span.start and first < len(lines) - 1:
            first += 1
        for line in range(first, len(lines)):
            start, end = max(span.start, lines[line][0]), min(span.end, lines[line][1])
            if start < end:
                pieces[line].append((start, -end, number))
            if span.end <= lines[line][1]:
                break
    return [_nested(text, start, end, within) for (start, end), within in zip(lines, pieces, strict=True)]


_Piece = tuple[int, int, int]
"""Start, end (negative, so that the longer of two comes first), and the number of the span."""


def _nested(text: str, start: int, end: int, pieces: list[_Piece]) -> list[Node]:
    """The nodes of a line: its text, with its pieces in each other."""
    heapify(pieces)
    nodes: list[Node] = []
    inside: list[tuple[int, list[Node]]] = [(end, nodes)]  # the ends and nodes of what is open, outermost first
    at = start

    def go_to(goal: int) -> None:
        """Add the text up to ``goal``, and close what ends before."""
        nonlocal at
        while True:
            stop = min(goal, inside[-1][0])
            if stop > at:
                inside[-1][1].append(text[at:stop])
                at = stop
            if len(inside) == 1 or inside[-1][0] > goal:
                return
            inside.pop()

    while pieces:
        begins, ends, number = heappop(pieces)
        go_to(begins)
        around = inside[-1][0]
        if -ends > around:
            heappush(pieces, (around, ends, number))
        node: list[Node] = [number]
        inside[-1][1].append(node)
        inside.append((min(-ends, around), node))
    go_to(end)
    return nodes


def _places(text: str, record: Record) -> Iterator[tuple[int, int, Role]]:
    quantity = record.quantity
    for each in (quantity, *(quantity.also or ())):
        yield each.start, each.end, "quantity"
    parts: Iterable[tuple[Role, Any]] = (
        ("indicator", record.indicator),
        ("subject", record.subject),
        ("period", record.period),
    )
    for role, part in parts:
        if part is not None and part.start is not None and part.end is not None:
            yield part.start, part.end, role
    scope = _scope(text, record)
    if scope:
        yield *scope, "scope"


def _scope(text: str, record: Record) -> tuple[int, int] | None:
    """Where the scope stands, which a record tells as text only: in its sentence, nearest to the quantity."""
    if not record.scope:
        return None
    quantity, evidence = record.quantity, record.evidence
    before = text.rfind(record.scope, evidence.sentence_start, quantity.start)
    after = text.find(record.scope, quantity.end, evidence.sentence_end)
    nearest = min(
        (start for start in (before, after) if start >= 0),
        key=lambda start: max(quantity.start - start - len(record.scope or ""), start - quantity.end),
        default=None,
    )
    return None if nearest is None else (nearest, nearest + len(record.scope))


def _lines(text: str) -> list[tuple[int, int]]:
    lines = []
    start = 0
    for end in _LINE_END.finditer(text):
        lines.append((start, end.start()))
        start = end.end()
    return [*lines, (start, len(text))]


def _outermost_first(span: Span) -> tuple[int, int, int]:
    return span.start, -span.end, _OUTERMOST_FIRST.index(span.role)

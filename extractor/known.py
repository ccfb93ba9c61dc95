"""What the rules know: indicators, units and fact rules as plain rows, for ``zhfacts rules list``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from .rulebook import Rulebook

Row = dict[str, Any]


def indicators(rules: Rulebook) -> Iterator[Row]:
    """A row an indicator: ``id``, ``name``, ``english`` (or ``None``), ``dimension``, ``aliases``."""
    for entry in rules.indicators.indicators:
        yield {
            "id": entry.id,
            "name": entry.name,
            "english": entry.english,
            "dimension": entry.dimension,
            "aliases": entry.aliases,
        }


def units(rules: Rulebook) -> Iterator[Row]:
    """A row a unit: its usual name, how many of ``base`` it is (exact, as text), and how else it is ``written``."""
    for dimension, entries in rules.units.dimensions.items():
        for entry in entries:
            usual, *others = entry.written
            yield {
                "unit": usual,
                "factor": str(entry.factor),
                "base": entry.base,
                "dimension": dimension,
                "written": others,
            }


def fact_rules(rules: Rulebook) -> Iterator[Row]:
    """A row a fact rule, in the order in which they are tried; ``measures`` is empty for one that refuses."""
    for rule in sorted(rules.facts, key=lambda rule: -rule.priority):
        yield {
            "id": rule.id,
            "priority": rule.priority,
            "measures": sorted({made.measure for made in rule.yields if made.measure}),
            "pattern": rule.pattern,
            "example": rule.examples[0].text,
        }


KINDS: dict[str, Callable[[Rulebook], Iterator[Row]]] = {
    "indicators": indicators,
    "units": units,
    "rules": fact_rules,
}
"""What can be listed, by name."""

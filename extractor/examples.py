"""Examples: texts with the facts that they are to give, beside the rules or in a pack, and what comes out instead."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from .folders import rules_folder
from .layers import Location
from .marks import line_of
from .model import Record
from .packs import EXAMPLES
from .rulebook import Example, ExampleFact, FactRule, FactRules, parse, read_file
from .userrules import pipeline

TODAY = datetime.date(2021, 4, 20)
"""The date of every text that names none."""


class TextExample(Example):
    """A text, where it needs one the date of its document and whose figures it tells, and its facts in text order."""

    date: datetime.date = TODAY
    subject: str | None = None


class Examples(BaseModel):
    """``examples.yaml`` of a pack."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    examples: list[TextExample]


@dataclass(slots=True, frozen=True)
class Failure:
    """An example that does not come out: where it is written, its text, and what is wrong, a line each."""

    path: Path
    line: int
    entry: str
    text: str
    problems: list[str]


Reader = Callable[[str, datetime.date, str | None], list[Record]]


def check(pack: Path, below: tuple[Path, ...] = ()) -> tuple[int, list[Failure]]:
    """How many examples ``pack`` has, and those that do not come out, with the packs ``below`` laid under it.

    Raises:
        RuleError: a mistake in a pack, with its file, line and entry.
    """
    shipped = pack.samefile(rules_folder())
    run = pipeline(below if shipped else (*below, pack)).run
    outcomes = [*_of_rules(pack, run), *_of_tables(pack, run), *_of_texts(pack, run)]
    return len(outcomes), [outcome for outcome in outcomes if outcome is not None]


def problems_of_rule(rule: FactRule, example: Example, records: list[Record]) -> list[str]:
    """What is wrong with the ``records`` of a rule's own example."""
    problems = differences(records, example.facts)
    makes_facts = any(made.measure for made in rule.yields)
    if not problems and example.facts and makes_facts and rule.id not in (makers := {r.rule for r in records}):
        problems.append(f"made by {', '.join(sorted(makers))}, not by this rule")
    return problems


def differences(records: list[Record], wanted: list[ExampleFact]) -> list[str]:
    """Where ``records`` say something else than ``wanted``, a line each; what these leave out is not looked at."""
    quantities, told_of = [record.quantity.text for record in records], [fact.text for fact in wanted]
    if quantities != told_of:
        return [f"the facts are {_listed(quantities)}, not {_listed(told_of)}"]
    return [
        f"{fact.text}: {name} is {value!r}, not {said!r}"
        for record, fact in zip(records, wanted, strict=True)
        for name, value in told(record, fact).items()
        if value != (said := getattr(fact, name))
    ]


def told(record: Record, wanted: ExampleFact) -> dict[str, object]:
    """The fields of ``record`` that the example names."""
    quantity, indicator, period = record.quantity, record.indicator, record.period
    says: dict[str, object] = {
        "text": quantity.text,
        "indicator": indicator and indicator.text,
        "id": indicator and indicator.id,
        "measure": record.measure,
        "value": quantity.value,
        "upper": quantity.upper,
        "unit": quantity.unit,
        "base_value": quantity.base_value,
        "base_unit": quantity.base_unit,
        "relation": quantity.relation,
        "subject": record.subject and record.subject.text,
        "period": period and period.label,
        "comparison": record.comparison and record.comparison.kind,
        "status": record.status,
        "scope": record.scope,
        "of": record.of,
    }
    return {name: value for name, value in says.items() if name in wanted.model_fields_set}


def _of_rules(pack: Path, run: Reader) -> Iterator[Failure | None]:
    for path in sorted((pack / "facts").glob("*.yaml")):
        for at, rule in enumerate(read_file(path, FactRules).rules):
            for number, example in enumerate(rule.examples):
                problems = problems_of_rule(rule, example, run(example.text, TODAY, None))
                yield _failure(path, ("rules", at, "examples", number), rule.id, example.text, problems)
            for number, text in enumerate(rule.not_examples):
                made = [record for record in run(text, TODAY, None) if record.rule == rule.id]
                problems = [f"{record.quantity.text}: made by this rule" for record in made]
                yield _failure(path, ("rules", at, "not", number), rule.id, text, problems)


def _of_tables(pack: Path, run: Reader) -> Iterator[Failure | None]:
    path = pack / "tables.yaml"
    data = parse(path) if path.exists() else None
    for number, entry in enumerate(data.get("examples", ()) if isinstance(data, dict) else ()):
        example = Example.model_validate(entry)
        problems = differences(run(example.text, TODAY, None), example.facts)
        yield _failure(path, ("examples", number), f"examples[{number}]", example.text, problems)


def _of_texts(pack: Path, run: Reader) -> Iterator[Failure | None]:
    path = pack / EXAMPLES
    if not path.exists():
        return
    for number, example in enumerate(read_file(path, Examples).examples):
        problems = differences(run(example.text, example.date, example.subject), example.facts)
        yield _failure(path, ("examples", number), f"examples[{number}]", example.text, problems)


def _failure(path: Path, at: Location, entry: str, text: str, problems: list[str]) -> Failure | None:
    return Failure(path, line_of(path, at), entry, text, problems) if problems else None


def _listed(texts: list[str]) -> str:
    return "、".join(texts) or "none"

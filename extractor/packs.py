"""Packs: rules of one's own laid over those that ship, and what can be told of them before a text is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import regex

from . import backtracking
from .errors import RuleError
from .expressions import first_characters
from .folders import rules_folder
from .marks import line_of
from .mentions.scanning import expand
from .mentions.times import unknown_places
from .pipeline import Pipeline
from .rulebook import Rulebook, claims, parse, place_of_rule, read
from .rulebook import load as load_rules

EXAMPLES = "examples.yaml"
"""The file of a pack that has its texts with their facts; the shipped rules have none."""

_SEARCHED = {
    "names.yaml": ("names",),
    "times.yaml": ("comparisons", "times"),
    "indicators.yaml": ("series",),
    "indices.yaml": ("numbered_patterns",),
}
"""Files, and their lists of entries with a pattern that is looked for in the text."""
_OF_LINES = {"structure.yaml": ("bylines", "datelines", "ordinals")}
"""Files, and their lists of patterns that a line is held against."""
_SINGLE = {"times.yaml": "gate", "entities.yaml": "time"}
"""Files with a pattern of their own, and its key."""


def build(packs: tuple[Path, ...]) -> Pipeline:
    """The pipeline with ``packs`` laid over the rules that ship with zhfacts.

    Raises:
        RuleError: a mistake in a pack, with its file, line and entry.
    """
    rules = load(packs)
    try:
        return Pipeline(rules)
    except RuleError as error:
        if error.rule is None:
            raise
        raise RuleError(f"{_place_of_rule(packs, error.rule)}: {error}", error.rule) from error
    except (KeyError, ValueError, re.error, regex.error) as error:
        raise RuleError(f"{packs[-1]}: what it names is not there, or does not fit: {error}") from error


def load(packs: tuple[Path, ...]) -> Rulebook:
    """The rules that ship, with ``packs`` laid over them.

    Raises:
        RuleError: a mistake in a pack, with its file, line and entry.
    """
    for pack in packs:
        _check_files(pack)
    rules = read(rules_folder(), packs)  # as they are now
    for pack in packs:
        _check_patterns(pack, rules)
        _check_ids(pack, rules)
    return rules


def taken(pack: Path, below: tuple[Path, ...] = ()) -> list[str]:
    """The aliases that ``pack`` takes from indicators that ship or of the packs ``below``, a line each."""
    entries = load_rules(None, below).indicators.indicators
    owners = {alias: entry.id for entry in entries for alias in (entry.name, *entry.aliases)}
    return [
        f"{pack / 'indicators.yaml'}: {id} takes {alias!r} from {owners[alias]}"
        for alias, id in claims(pack).items()
        if owners.get(alias, id) != id
    ]


def _check_files(pack: Path) -> None:
    """A file that no stage reads is a mistake in its name, and a pack without any one in the folder's."""
    shipped = {path.name for path in rules_folder().iterdir() if path.is_file()} | {EXAMPLES}
    kinds = {".yaml", ".yml", ".csv"}
    files = [
        path for path in sorted(pack.iterdir()) if path.is_file() and (path.suffix in kinds or path.name in shipped)
    ]
    for path in files:
        if path.name not in shipped:
            raise RuleError(f"{path}: no rules have this name; they are {', '.join(sorted(shipped))}, facts/*.yaml")
    if not files and not any((pack / "facts").glob("*.yaml")):
        raise RuleError(f"{pack}: no rules in this folder (zhfacts rules new {pack} writes some to begin with)")


def _check_patterns(folder: Path, rules: Rulebook) -> None:
    """Patterns are else compiled when a text first needs them, and one that backtracks is found when a text stalls."""
    for pattern in patterns(folder, rules):
        try:
            regex.compile(pattern.source)
            backtracking.check(pattern.source)
            if pattern.searched:
                first_characters(pattern.source)
            if unknown := unknown_places(pattern.label):
                raise ValueError(f"nothing fills {unknown[0]!r} of its label")
        except (ValueError, re.error, regex.error) as error:
            raise RuleError(f"{pattern.place()}: {error}") from error


def _check_ids(pack: Path, rules: Rulebook) -> None:
    """A name for several indicators names known ones."""
    path = pack / "indicators.yaml"
    known = {entry.id for entry in rules.indicators.indicators}
    for index, pair in enumerate(_data(path).get("pairs", ())):
        if unknown := [id for id in pair["ids"] if id not in known]:
            line = line_of(path, ("pairs", index, "ids"))
            raise RuleError(f"{path}:{line}: pairs[{index}].ids: no indicator is {unknown[0]!r}")


class Pattern(NamedTuple):
    """A pattern that rules hold a text against, and where it is written."""

    path: Path
    location: tuple[str | int, ...]
    source: str
    label: str = ""
    searched: bool = False

    def place(self) -> str:
        """File, line and entry."""
        entry = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.location)
        return f"{self.path}:{line_of(self.path, self.location)}: {entry.removeprefix('.')}"


def patterns(folder: Path, rules: Rulebook) -> Iterator[Pattern]:
    """The regular expressions that are written in the files of ``folder``, with the macros of ``rules``."""
    for name, keys in _SEARCHED.items():
        macros = rules.times.macros if name == "times.yaml" else rules.names.macros
        for path, key, index, entry in _entries(folder / name, keys):
            source = expand(entry["pattern"], macros)
            yield Pattern(path, (key, index, "pattern"), source, entry.get("label") or "", searched=True)
    for name, keys in _OF_LINES.items():
        for path, key, index, source in _entries(folder / name, keys):
            yield Pattern(path, (key, index), source)
    for name, key in _SINGLE.items():
        data = _data(folder / name)
        if key in data:
            yield Pattern(folder / name, (key,), data[key])


def _entries(path: Path, keys: Iterable[str]) -> Iterator[tuple[Path, str, int, Any]]:
    """File, key, number and entry of each entry of the lists ``keys``."""
    data = _data(path)
    for key in keys:
        for index, entry in enumerate(data.get(key, ())):
            yield path, key, index, entry


def _data(path: Path) -> dict[str, Any]:
    data = parse(path) if path.exists() else None
    return data if isinstance(data, dict) else {}


def _place_of_rule(packs: tuple[Path, ...], rule: str) -> str:
    """File and line of the fact rule in the newest pack that has it."""
    for pack in reversed(packs):
        place = place_of_rule(pack, rule)
        if ":" in Path(place).name:
            return place
    return place_of_rule(rules_folder(), rule)

"""Marks: where in a YAML file an entry stands, for messages about mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import yaml


def line_of(path: Path, location: Sequence[int | str]) -> int:
    """The line (from 1) of the entry at ``location``, keys and indices from the root; as near to it as there is one."""
    node = _root(path)
    line = 1
    for step in location:
        found = _child(node, step)
        if found is None:
            break
        line, node = found
    return line


def lines_of_id(path: Path, name: str) -> list[int]:
    """The lines (from 1) of the entries whose ``id`` is ``name``."""
    return [line for line, found in _ids(_root(path)) if found == name]


def _root(path: Path) -> yaml.Node | None:
    root: yaml.Node | None = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    return root


def _child(node: yaml.Node | None, step: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item.start_mark.line + 1, item
    return None


def _ids(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id" and isinstance(value, yaml.ScalarNode):
                yield key.start_mark.line + 1, value.value
            yield from _ids(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _ids(item)

"""The pipeline with the rules that a user names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from . import compiled
from .folders import rules_folder
from .pipeline import Pipeline, default_pipeline


@cache
def pipeline(packs: tuple[Path, ...] = ()) -> Pipeline:
    """The pipeline with ``packs`` laid over the rules that ship with zhfacts, built once, or from the cache.

    Raises:
        RuleError: a mistake in the rules, with its file, line and entry.
    """
    if not packs:
        return default_pipeline()
    kept = compiled.load(rules_folder(), packs)
    if kept is not None:
        return kept
    from .packs import build  # the models of the rules, which a pipeline from the cache does without

    keeper = compiled.Keeper(rules_folder(), packs)
    built = build(packs)
    keeper.keep(built)
    return built

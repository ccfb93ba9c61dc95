"""The pipeline with the rules that a user names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from .pipeline import Pipeline, default_pipeline


@cache
def pipeline(packs: tuple[Path, ...] = ()) -> Pipeline:
    """The pipeline with ``packs`` laid over the rules that ship with zhfacts, built once.

    Raises:
        RuleError: a mistake in the rules, with its file, line and entry.
    """
    if not packs:
        return default_pipeline()
    from .packs import build  # the models of the rules, which the pipeline that ships does without

    return build(packs)

"""The pipeline with the rules that a user names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from .errors import RuleError
from .pipeline import Pipeline, default_pipeline


@cache
def pipeline(folders: tuple[Path, ...] = ()) -> Pipeline:
    """The pipeline with the rules of ``folders`` (default: those that ship with zhfacts), built once.

    Raises:
        RuleError: a mistake in the rules, with its file, line and entry.
    """
    if len(folders) > 1:
        raise RuleError(f"{folders[1]}: only one folder of rules can be named")
    try:
        return default_pipeline(*folders)
    except RuleError as error:
        if error.rule is None or not folders:
            raise
        from .rulebook import place_of_rule

        raise RuleError(f"{place_of_rule(folders[-1], error.rule)}: {error}", error.rule) from error

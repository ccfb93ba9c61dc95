"""The pipeline with the rules that a user names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from .pipeline import Pipeline, default_pipeline
from .rulebook import Rulebook, RuleError, place_of_rule
from .rulebook import load as load_folder


@cache
def pipeline(folders: tuple[Path, ...] = ()) -> Pipeline:
    """The pipeline with the rules of ``folders`` (default: those that ship with zhfacts), built once.

    Raises:
        RuleError: a mistake in the rules, with its file, line and entry.
    """
    if not folders:
        return default_pipeline()
    try:
        return Pipeline(load(folders))
    except RuleError as error:
        if error.rule is None:
            raise
        raise RuleError(f"{place_of_rule(folders[-1], error.rule)}: {error}", error.rule) from error


def load(folders: tuple[Path, ...]) -> Rulebook:
    """The rules of ``folders``. For now that is one folder with all the files that ship with zhfacts.

    Raises:
        RuleError: a mistake in the rules, or more than one folder.
    """
    if len(folders) > 1:
        raise RuleError(f"{folders[1]}: only one folder of rules can be named")
    return load_folder(folders[0])

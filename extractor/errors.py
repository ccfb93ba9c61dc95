"""Errors that more than one stage knows."""

from __future__ import annotations


class RuleError(ValueError):
    """A rules file is wrong; the message says which, in which line and entry, and why.

    ``rule`` is the id of a fact rule whose file is not known where the mistake is found.
    """

    def __init__(self, message: str, rule: str | None = None) -> None:
        super().__init__(message)
        self.rule = rule


class DictionaryError(RuntimeError):
    """The dictionary that jieba brings is missing, or is not of the form that is known; the message says which."""

"""Patterns: regular expressions that are compiled where rules are read, and from the cache come ready or when needed.

Compiling all that the rules hold takes longer than reading a page of text. A compiled pattern of :mod:`regex` can be
pickled (in a form that its own version reads back), one of :mod:`re` cannot: that is compiled again when first used.
"""

from __future__ import annotations

import pickle
import re
from typing import Any, cast

import regex

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn", "groupindex", "pattern")


class _Late:
    """Stands for a compiled pattern; from its first use on its methods are those of the compiled one."""

    def __init__(self, made_of: str | bytes) -> None:
        """``made_of``: the source of a pattern of ``re``, or the pickled pattern of ``regex``."""
        self._made_of = made_of

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        made_of = self._made_of
        pattern = re.compile(made_of) if isinstance(made_of, str) else pickle.loads(made_of)
        self.__dict__.update({method: getattr(pattern, method) for method in _METHODS})
        return getattr(pattern, name)

    def __reduce__(self) -> tuple[type[_Late], tuple[str | bytes]]:
        return _Late, (self._made_of,)


def compiled(source: str) -> re.Pattern[str]:
    """``source`` for :mod:`re`.

    Raises:
        re.error: it is no regular expression.
    """
    re.compile(source)
    return cast("re.Pattern[str]", _Late(source))


def compiled_regex(source: str) -> regex.Pattern[str]:
    """``source`` for :mod:`regex`, which tells all that a group has matched.

    Raises:
        regex.error: it is no regular expression.
    """
    return cast("regex.Pattern[str]", _Late(pickle.dumps(regex.compile(source))))

"""Patterns: regular expressions that are compiled at once where rules are read, and when needed where the cache is.

Python keeps no compiled pattern from one run to the next, and compiling all that the rules hold takes longer than
reading a page of text.
"""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import regex

_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn", "groupindex", "pattern")


class _Late:
    """Stands for the compiled pattern; from its first use on its methods are those of the compiled one."""

    def __init__(self, module: str, source: str) -> None:
        self._module, self._source = module, source

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        compiled = importlib.import_module(self._module).compile(self._source)
        self.__dict__.update({method: getattr(compiled, method) for method in _METHODS})
        return getattr(compiled, name)

    def __reduce__(self) -> tuple[type[_Late], tuple[str, str]]:
        return _Late, (self._module, self._source)


def compiled(source: str) -> re.Pattern[str]:
    """``source`` for :mod:`re`.

    Raises:
        re.error: it is no regular expression.
    """
    late = _Late("re", source)
    _ = late.match
    return cast("re.Pattern[str]", late)


def compiled_regex(source: str) -> regex.Pattern[str]:
    """``source`` for :mod:`regex`, which tells all that a group has matched.

    Raises:
        regex.error: it is no regular expression.
    """
    late = _Late("regex", source)
    _ = late.match
    return cast("regex.Pattern[str]", late)

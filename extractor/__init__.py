"""zhfacts: every numeric fact of a Chinese text as a validated record.

>>> from extractor import extract
>>> [fact] = extract("2020年，石桥镇地区生产总值达88.2亿元。")
>>> fact.indicator.id, fact.quantity.base_value, fact.period.label
('gdp', 8820000000, '2020')
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .export.frame import to_frame
    from .export.rows import to_rows
    from .model import Record
    from .pipeline import Pipeline, extract

__all__ = ["Pipeline", "Record", "__version__", "extract", "to_frame", "to_rows"]
__version__ = "0.2.0"

# Imported when first used: the pipeline takes longer to import than `zhfacts --help` to print.
_HOMES = {
    "Pipeline": "pipeline",
    "Record": "model",
    "extract": "pipeline",
    "to_frame": "export.frame",
    "to_rows": "export.rows",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

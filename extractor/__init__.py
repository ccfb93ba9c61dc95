"""zhfacts: every numeric fact of a Chinese text as a validated record.

>>> from extractor import extract
>>> [fact] = extract("2020年，石桥镇地区生产总值达88.2亿元。")
>>> fact.indicator.id, fact.quantity.base_value, fact.period.label
('gdp', 8820000000, '2020')
"""

from .model import Record
from .pipeline import Pipeline, extract

__all__ = ["Pipeline", "Record", "__version__", "extract"]
__version__ = "0.1.0"

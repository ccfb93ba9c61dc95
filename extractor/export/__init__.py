"""Export: records as rows of flat columns, in the formats of the tools that are open anyway."""

from .columns import COLUMNS, Column
from .frame import to_frame
from .rows import to_rows

__all__ = ["COLUMNS", "Column", "to_frame", "to_rows"]

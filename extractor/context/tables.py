"""Tables: every figure of a table becomes a fact, completed from the heads of its row and column and what is above it.

A table is read from the top: heads hold for the columns below them until others come, a row that only names something
for the rows below it. What heads do not tell is told by the frames that hold where the table stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ..facts import fold_to_percent
from ..mentions import MentionFinder
from ..mentions.quantities import KINDS_OF_DIMENSIONS
from ..mentions.times import TimeFrame, period_bounds
from ..mentions.units import plain
from ..model import (
    Amount,
    Cell,
    Compare,
    Document,
    Exact,
    Fact,
    Found,
    Indicator,
    Mention,
    Origin,
    Region,
    Row,
    Table,
    Time,
    Unit,
)
from ..tables.cells import CellReader
from .frames import Frames
from .heads import Head, HeadReader, merged
from .periods import PeriodReader
from .subjects import SubjectReader

if TYPE_CHECKING:
    from ..rulebook import HeadMeasure, Rulebook

_RULE = "table/cell"
_GROWTH, _CHANGE, _LEVEL, _RANK = "growth", "change", "level", "rank"
_PERCENT, _POINTS, _FOLD, _COUNT, _CURRENCY, _NUMBER = (
    "percent",
    "percentage_points",
    "fold",
    "count",
    "currency",
    "number",
)
_RELATIVE = frozenset({_PERCENT, _POINTS})
_SIZES = frozenset((_CURRENCY, _COUNT, "area", "length", "mass", "volume", "energy", "power"))
_OF_ITS_OWN = frozenset({_GROWTH, _CHANGE, "multiple"})
"""Measures that are compared with something."""
_NOTHING = Head()

Watch = Callable[[Fact, Frames], None]


class TableReader:
    """Completes the figures of tables; :meth:`read` is its one use."""

    def __init__(
        self,
        rules: Rulebook,
        finder: MentionFinder,
        cells: CellReader,
        subjects: SubjectReader,
        periods: PeriodReader,
    ) -> None:
        tables = rules.tables
        self.heads = HeadReader(rules, finder.known, cells)
        self.finder, self.cells, self.subjects, self.periods = finder, cells, subjects, periods
        self.calendar = finder.calendar
        self.ignored, self.unit_heads, self.times = frozenset(tables.ignored), frozenset(tables.units), tables.times
        self.subject_heads = {word: kind for kind, words in tables.subjects.items() for word in words}
        self.special = frozenset((*self.subject_heads, *self.unit_heads, *self.times))
        self.counting, self.notes = tuple(tables.counting), tables.notes
        self.tails = (*rules.indicators.heads, *rules.indicators.head_endings)
        self.moves: dict[str, int] = {
            word: entry.sign or 1 for entry in rules.cues.cues["move"] for word in entry.words
        }
        self.moves |= dict.fromkeys(tables.falls, -1) | dict.fromkeys(tables.rises, 1)
        self.losses = frozenset(rules.reading.losses)
        self.profit = finder.known[rules.reading.profit]

    def read(self, table: Table, document: Document, frames: Frames, caption: list[Mention]) -> list[Fact]:
        """The facts of ``table``, in text order; ``caption`` is what is found in its name.

        Fills the sentences of its rows with their mentions.
        """
        return list(_Reading(self, table, document, frames, caption).facts())


class _Reading:
    """The pass over one table."""

    def __init__(
        self, reader: TableReader, table: Table, document: Document, frames: Frames, caption: list[Mention]
    ) -> None:
        self._reader, self._heads, self._table, self._frames = reader, reader.heads, table, frames
        self._text = document.text
        self._columns: dict[int, Head] = {}
        self._titles: dict[int, str] = {}
        self._ranks_growth: set[int] = set()
        self._group = _NOTHING
        self._last_name: Found | None = None  # what the row before measured: 增长(%) below it speaks of the same
        self._units = self._told_units()
        self._caption = self._heads.named_by(caption)
        self._caption_tail = self._tail_of(self._caption) if self._caption else ""
        told = "".join(mention.text for mention in caption)
        self._caption_measure = self._heads.measure_of(told) if told else None
        self._subject, self._period = self._held_subject(), self._held_period()
        self._time_frame = reader.periods.time_frame(frames)
        self._telling = {cell.column for row in table.rows for cell in row.cells if cell.kind == "figure"}
        self._width = max(self._telling, default=0) + 1
        self._periods: dict[int, Found | None] = {}

    def facts(self) -> Iterator[Fact]:
        """The facts row by row."""
        above: list[Row] = []
        for number, row in enumerate(self._table.rows):
            if number < self._table.heads or self._begins_anew(row):
                above.append(row)
                continue
            if above:
                self._take_heads(above)
                above = []
            yield from self._row(row)

    # ----------------------------------------------------------------------------------------------------------- heads

    def _told_units(self) -> tuple[Unit, ...]:
        where = self._table.units
        return self._heads.units(self._text[where[0] : where[1]]) if where else ()

    def _tail_of(self, caption: Found) -> str:
        """What the names of parts take from the table's: a known indicator whole, of others the head noun."""
        if _is_known(caption):
            return caption.text
        heads = (tail for tail in self._reader.tails if len(tail) > 1 and caption.text.endswith(tail))
        return max(heads, key=len, default="")

    def _held_subject(self) -> Found | None:
        found = self._frames.subject()
        return _elsewhere(found) if found else None

    def _held_period(self) -> Found | None:
        found = self._reader.periods.in_force(self._frames)
        if found is None or not isinstance(found.value, Time) or found.value.label is None:
            return None
        return _elsewhere(found)

    def _begins_anew(self, row: Row) -> bool:
        """Heads in the middle of a table: texts alone, over at least half of its columns."""
        return (
            len(row.cells) > 1
            and not row.over
            and all(cell.kind == "text" and cell.sentence is None for cell in row.cells)
            and 2 * len(row.cells) > len(self._telling)
        )

    def _take_heads(self, rows: list[Row]) -> None:
        """Read the heads of all columns; those below add to those above them."""
        self._columns, self._titles, self._periods, self._group = {}, {}, {}, _NOTHING
        for row in rows:
            for cell in row.cells:
                head = self._heads.read(cell, self._text)
                for column in range(cell.column, cell.column + cell.columns):
                    outer = self._columns.get(column)
                    self._columns[column] = merged(outer, head, self._joined(outer.name, head.name)) if outer else head
                    self._titles[column] = self._text[cell.start : cell.end]
        if 0 not in self._telling and (corner := self._columns.get(0)) and corner.units:
            self._units = corner.units
        self._lend()

    def _lend(self) -> None:
        """A head that only says in what sense (增长, 排名) speaks of the column before it, and of its latest period."""
        source: Head | None = None
        after_measure = growth = False
        for column in sorted(self._telling & self._columns.keys()):
            head = self._columns[column]
            if head.measure is None:
                source = head if source is None or after_measure else self._later(source, head)
                after_measure = growth = False
                continue
            after_measure = True
            if head.measure.measure == _RANK and growth:
                self._ranks_growth.add(column)
            growth = head.measure.measure == _GROWTH
            if source is not None and head.name is None:
                self._columns[column] = replace(
                    head,
                    name=source.name,
                    subject=head.subject or source.subject,
                    times=head.times if self._label(head.times) else source.times,
                    status=head.status or source.status,
                )

    def _later(self, first: Head, second: Head) -> Head:
        """Of two columns of the same thing that of the later period; else the second."""
        same = first.name is None or second.name is None or first.name.text == second.name.text
        return first if same and self._ends(first) > self._ends(second) else second

    def _ends(self, head: Head) -> str:
        """When the period of a head is over, as text that can be compared."""
        label = self._label(head.times)
        bounds = period_bounds(label) if label else None
        return bounds[1].isoformat() if bounds and bounds[1] else ""

    def _label(self, times: tuple[Found, ...]) -> str | None:
        found = self._resolved(times, "nearby")
        return found.value.label if found and isinstance(found.value, Time) else None

    def _joined(self, outer: Found | None, inner: Found | None) -> Found | None:
        """What is measured by two heads together: 粮食 and 产量; the inner one is where it is written."""
        if outer is None or inner is None:
            return inner or outer
        indicator = self._of_both(outer, inner)
        if indicator is None and _is_known(inner):
            return inner
        return replace(inner, value=indicator or Indicator(None, _name(outer) + _name(inner)))

    # ------------------------------------------------------------------------------------------------------------ rows

    def _row(self, row: Row) -> Iterator[Fact]:
        figures = [cell for cell in row.cells if cell.kind == "figure"]
        sentence = row.sentence
        assert sentence is not None
        sentence.mentions = mentions = []
        if not figures:
            self._take_group(row)
            for cell in row.cells:
                mentions += cell.mentions
            return
        head = self._row_head(row, figures[0].column)
        earlier: Fact | None = None
        for cell in row.cells:
            if cell.kind == "text":
                mentions += cell.mentions
                continue
            fact = self._fact(row, cell, head, earlier)
            if fact is not None:
                earlier = fact
                fact.index = fact.begins = len(mentions)
                fact.ends = fact.index + 1
                mentions.append(fact.quantity)
                yield fact

    def _take_group(self, row: Row) -> None:
        """A row without figures names those below it: a sector, a region, a year."""
        if len(row.cells) == 1 and not row.over:
            self._group = self._row_head(row, self._width)
            self._periods = {}

    def _row_head(self, row: Row, first: int) -> Head:
        """What the texts of a row say: those before its first figure, or below a head that says what they are."""
        told = _NOTHING
        for cell in (*row.over, *row.cells):
            title = self._titles.get(cell.column, "")
            if cell.kind != "text" or cell.sentence is not None or title in self._reader.ignored:
                continue
            if cell.column > first and title not in self._reader.special:
                continue
            head = self._of_cell(cell, title)
            told = merged(told, head, self._joined(told.name, head.name))
        if told.name is not None and self._group.name is not None:
            told = replace(told, name=self._in_group(told.name))
        elif told.is_measure_only and self._last_name is not None:
            told = replace(told, name=self._last_name)
        self._last_name = told.name
        return told

    def _in_group(self, name: Found) -> Found:
        group = self._group.name
        indicator = self._heads.known(_name(group) + _name(name)) if group and not _is_known(name) else None
        return replace(name, value=indicator) if indicator else name

    def _of_cell(self, cell: Cell, title: str) -> Head:
        written = self._text[cell.start : cell.end]
        if title in self._reader.unit_heads:
            return Head(units=self._heads.units(written))
        if title in self._reader.times and (time := self._heads.bare_time(cell, self._text, self._reader.times[title])):
            return time
        head = self._heads.read(cell, self._text)
        kind = self._reader.subject_heads.get(title)
        name = head.name
        if kind is None or head.subject is not None or name is None or name.start is None or name.end is None:
            return head
        region = Region(name.text, None, kind)
        place = Mention("place", name.start, name.end, name.text, value=region)
        return replace(head, name=None, subject=place)

    # ----------------------------------------------------------------------------------------------------------- cells

    def _fact(self, row: Row, cell: Cell, head: Head, earlier: Fact | None) -> Fact | None:
        column = self._columns.get(cell.column, _NOTHING)
        entry = column.measure or head.measure
        name = self._named(head, column, () if entry else head.units or column.units or self._units)
        quantity = self._quantity(cell, self._unit(entry, name, head, column))
        if quantity is None or self._is_nameless(cell, quantity.amount, name):
            return None
        assert row.sentence is not None
        fact = Fact(row.sentence, quantity, 0, _RULE, _LEVEL, 0, 0, indicator=name)
        self._sense(fact, cell, entry, earlier)
        fact.subject = self._whose(head, column)
        fact.period = self._when(cell, head, column)
        fact.status = column.status or head.status or self._group.status or self._frames.status() or "actual"
        if entry is not None:
            fact.scope = column.scope or head.scope
            fact.of = entry.of or (_GROWTH if cell.column in self._ranks_growth and entry.measure == _RANK else None)
        if fact.measure in _OF_ITS_OWN:
            fact.comparison = column.comparison or head.comparison
            fact.base_label = self._base(fact)
        return fact

    def _sense(self, fact: Fact, cell: Cell, entry: HeadMeasure | None, earlier: Fact | None) -> None:
        """Set the measure and the sign of ``fact``: by its head, else by the cell's own words, else by its unit."""
        amount = fact.quantity.amount
        written = self._text[cell.start : cell.end]
        move = self._move(written) if self._reader.cells.plain(written) is None else 0
        fact.measure = self._measure(entry, amount, fact.indicator, earlier)
        if move and fact.measure == _LEVEL:
            fact.measure = _GROWTH if amount.dimension in (_PERCENT, _FOLD) else _CHANGE
        lost = fact.indicator is not None and fact.indicator.text in self._reader.losses and fact.measure == _LEVEL
        if move < 0 or (amount.value > 0 and (lost or (entry is not None and entry.sign < 0))):
            fact.sign = -1
        if fact.measure == _GROWTH and amount.dimension == _FOLD:
            fold_to_percent(amount)

    def _is_nameless(self, cell: Cell, amount: Amount, name: Found | None) -> bool:
        """A number below no head and in no unit tells nothing, unless its row names a known indicator."""
        headed = cell.column in self._columns
        return not headed and amount.dimension == _NUMBER and not (name and _is_known(name))

    def _named(self, head: Head, column: Head, units: tuple[Unit, ...]) -> Found | None:
        """What is measured: by the row's head, the column's, both together, or the table's name."""
        of_row, of_column = head.name, column.name
        if of_row is not None and _is_known(of_row) and _is_another(of_row, units):
            of_row = replace(of_row, value=Indicator(None, of_row.text))
        if of_row is None or of_column is None:
            found = of_row or of_column or self._group.name or self._caption
        elif _is_known(of_row) and self._of_both(of_row, of_column) is None:
            found = of_row
        else:
            indicator = self._of_both(of_row, of_column) or Indicator(None, _name(of_row) + _name(of_column))
            found = replace(of_row, value=indicator)
        if found is None:
            return None
        if found.text in self._reader.losses:
            return replace(found, value=self._reader.profit)
        return found if found is self._caption else replace(found, value=self._of_caption(found) or found.value)

    def _of_both(self, of_row: Found, of_column: Found) -> Indicator | None:
        first, second = _name(of_row), _name(of_column)
        return self._heads.known(first + second) or self._heads.known(second + first)

    def _of_caption(self, name: Found) -> Indicator | None:
        """粮食 in a table of 主要产品产量, 第一产业 in one of 固定资产投资: a part of what the table's name tells."""
        tail = self._caption_tail
        if not tail or _name(name).endswith(self._reader.tails) or self._is_in_product(name):
            return None
        if self._caption and name.text[-2:] in self._caption.text:
            return None  # 1年期LPR in a table of 贷款市场报价利率(LPR)
        return self._heads.known(_name(name) + tail) or Indicator(None, _name(name) + tail)

    def _is_in_product(self, name: Found) -> bool:
        """第一产业 in a table of the product is its value added."""
        return _is_known(name) and self._caption is not None and self._caption.value == self._heads.known("GDP")

    def _unit(self, entry: HeadMeasure | None, name: Found | None, head: Head, column: Head) -> Unit | None:
        """The unit of a figure that has none itself: of the head that says in what sense it is told, else of any."""
        if entry is not None and entry.measure == _RANK:
            return Unit("", "1", 1, _RANK)
        if entry is not None:
            own = column.units if column.measure else head.units
            told = own or next((units for units in (head.units, column.units) if _relative(units)), ())
            if told:
                return told[0]
            return self._reader.cells.unit(entry.unit) if entry.unit else self._level_unit(self._units, name)
        for units in (head.units, column.units, self._group.units):
            if units:
                return self._level_unit(units, name) or units[0]
        return self._level_unit(self._units, name)

    def _level_unit(self, units: tuple[Unit, ...], name: Found | None) -> Unit | None:
        """Of the units that are told for all figures, the one that fits what is measured."""
        indicator = name.value if name and isinstance(name.value, Indicator) else None
        dimension = indicator.dimension if indicator else None
        if dimension is not None:
            fitting = [unit for unit in units if unit.dimension == dimension]
            if fitting:
                return fitting[0]
            if dimension in (_PERCENT, "index") or not units or len(units) > 1 or units[0].dimension == _CURRENCY:
                return None
        if name is not None and name.text.endswith(self._reader.counting):
            return next((unit for unit in units if unit.dimension == _COUNT), None)
        absolute = [unit for unit in units if unit.dimension not in _RELATIVE]
        return next(iter(absolute or units), None)

    def _measure(self, entry: HeadMeasure | None, amount: Amount, name: Found | None, earlier: Fact | None) -> str:
        if entry is None:
            return self._measure_of_level(amount, name, earlier)
        if entry.measure == _GROWTH and amount.dimension not in (_PERCENT, _FOLD):
            return _CHANGE
        if entry.measure == _CHANGE and amount.dimension == _PERCENT:
            return _GROWTH
        return entry.measure

    def _measure_of_level(self, amount: Amount, name: Found | None, earlier: Fact | None) -> str:
        """A percentage of what is no rate, or behind its level, is its growth, or what the table's name speaks of."""
        if amount.dimension == _RANK:
            return _RANK
        if amount.dimension != _PERCENT:
            return _LEVEL
        if self._caption_measure is not None:
            return self._caption_measure.measure
        if earlier is not None and earlier.indicator == name and earlier.quantity.amount.dimension != _PERCENT:
            return _GROWTH
        indicator = name.value if name and isinstance(name.value, Indicator) else None
        of_size = indicator is not None and indicator.id is not None and indicator.dimension not in (None, _PERCENT)
        return _GROWTH if of_size else _LEVEL

    def _move(self, written: str) -> int:
        """Which way the word goes with which a cell begins (下降2.1)."""
        return next((sign for word, sign in self._reader.moves.items() if written.startswith(word)), 0)

    # -------------------------------------------------------------------------------------------------- whose and when

    def _whose(self, head: Head, column: Head) -> Found | None:
        places: list[tuple[Mention | None, Origin]] = [
            (head.subject, "clause"), (column.subject, "nearby"), (self._group.subject, "nearby"),
        ]  # fmt: skip
        for place, where in places:
            if place is not None:
                return self._reader.subjects.resolved(place, where)
        return self._subject

    def _when(self, cell: Cell, head: Head, column: Head) -> Found | None:
        if head.times:
            return self._resolved((*self._group.times, *column.times, *head.times), "clause")
        if cell.column not in self._periods:
            times = (*self._group.times, *column.times)
            self._periods[cell.column] = self._resolved(times, "nearby") if times else self._period
        return self._periods[cell.column]

    def _resolved(self, times: tuple[Found, ...], where: Origin) -> Found | None:
        """Several times together (2020年 over 1-5月): those that name their year first, each against the one before."""
        ordered = sorted(times, key=lambda found: not (isinstance(found.value, Time) and found.value.has_year))
        frame, label, last = self._time_frame, None, None
        for found in ordered:
            assert isinstance(found.value, Time)
            label = self._reader.calendar.resolve(found.value, frame)
            if label:
                frame = TimeFrame(frame.today, int(label.lstrip("./")[:4]), label, frame.term)
            last = replace(found, origin=where, value=found.value.resolved(label))
        return last

    def _base(self, fact: Fact) -> str | None:
        compare = fact.comparison.value if fact.comparison else None
        if not isinstance(compare, Compare) or compare.time is None:
            return None
        time = fact.period.value if fact.period else None
        label = time.label if isinstance(time, Time) else None
        frame = self._time_frame
        year = int(label.lstrip("./")[:4]) if label else frame.year
        return self._reader.calendar.resolve(compare.time, TimeFrame(frame.today, year, label, frame.term))

    # --------------------------------------------------------------------------------------------------------- figures

    def _quantity(self, cell: Cell, unit: Unit | None) -> Mention | None:
        """The figure of a cell, in its own unit or in ``unit``."""
        written = self._text[cell.start : cell.end]
        number = self._reader.cells.plain(written)
        if number is None:
            return self._worded(cell, written, unit)
        if number.percent:
            unit = self._reader.cells.unit("%")
        return _measured(cell, written[: number.end], number.value, unit)

    def _worded(self, cell: Cell, written: str, unit: Unit | None) -> Mention | None:
        """约3.5亿元, 第3位, 5-6: a figure with words, read as in running text; its unit may be that of its head."""
        found = self._reader.finder.figures(written)
        if not found and unit is not None:
            found = [m for m in self._reader.finder.figures(written + unit.written) if m.start < len(written)]
        if not found:
            return None
        mention = found[0]
        amount = mention.amount
        if amount.dimension == _NUMBER and unit is not None:
            _take_unit(amount, unit)
        amount.unit_start += cell.start
        amount.unit_end += cell.start
        said = written.rstrip(self._reader.notes)
        return replace(mention, start=cell.start, end=cell.start + len(said), text=said)


def _measured(cell: Cell, written: str, value: Exact, unit: Unit | None) -> Mention:
    unit = unit or Unit("", "1", 1, _NUMBER)
    amount = Amount(value, None, unit.written, "=", plain(value * unit.factor), None, unit.base, unit.dimension)
    kind = "number" if unit.dimension == _NUMBER else "ordinal" if unit.dimension == _RANK else ""
    kind = kind or KINDS_OF_DIMENSIONS.get(unit.dimension, "amount")
    return Mention(kind, cell.start, cell.start + len(written), written, value=amount)


def _take_unit(amount: Amount, unit: Unit) -> None:
    """A number with a multiplier (3.5万) in the unit of its head."""
    amount.unit = amount.multiplier + unit.written
    amount.base_unit, amount.dimension = unit.base, unit.dimension
    amount.base_value = plain(amount.base_value * unit.factor)
    amount.base_upper = None if amount.base_upper is None else plain(amount.base_upper * unit.factor)


def _relative(units: tuple[Unit, ...]) -> bool:
    return bool(units) and units[0].dimension in _RELATIVE


def _name(found: Found) -> str:
    """What an indicator is called in the table."""
    value = found.value
    return value.name if isinstance(value, Indicator) and value.id is None and value.dimension is None else found.text


def _is_known(found: Found) -> bool:
    value = found.value
    return isinstance(value, Indicator) and (value.id is not None or value.dimension is not None)


def _is_another(name: Found, units: tuple[Unit, ...]) -> bool:
    """第一产业 in persons is not its value added: the table's units all measure another thing."""
    dimension = name.value.dimension if isinstance(name.value, Indicator) else None
    return dimension in _SIZES and bool(units) and all(unit.dimension in _SIZES - {dimension} for unit in units)


def _elsewhere(found: Found) -> Found:
    return replace(found, origin="nearby") if found.origin == "clause" else found

"""The data types of the pipeline, in the order text meets them.

Inner types are plain dataclasses whose offsets count code points of the *normalised* text. The public record, at the
end of the module, is a set of pydantic models whose offsets count code points of the *original* text, half-open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

# ---------------------------------------------------------------------------------------------------- text and layout


@dataclass(slots=True)
class Block:
    """A paragraph, heading or byline: one line of the normalised text; or a table."""

    start: int
    end: int
    kind: Literal["title", "heading", "byline", "body", "table"]
    headings: tuple[Heading, ...] = ()
    """The headings above this block, outermost first."""
    table: Table | None = None


@dataclass(slots=True, eq=False)
class Heading:
    """A title or heading; ``level`` orders it among the others, 0 outermost."""

    start: int
    end: int
    level: int
    text: str


@dataclass(slots=True, eq=False)
class Sentence:
    """A sentence, and what the mentions stage found in it."""

    start: int
    end: int
    block: Block
    is_item: bool = False
    """An ordinal stands before it."""
    scanned: list[Mention] = field(default_factory=list)
    """Names, times, comparisons and quantities, found without segmenting."""
    mentions: list[Mention] | None = None
    """The sentence as a sequence of mentions and remaining words; ``None`` where it tells no figure and no name."""

    @property
    def opening(self) -> str:
        """The text of its first clause, as far as it is segmented."""
        return "".join(mention.text for mention in (self.mentions or [])[:4])


CellKind = Literal["figure", "text", "empty"]


@dataclass(slots=True, eq=False)
class Cell:
    """A cell of a table that says something: where that stands, and which columns it covers."""

    start: int
    end: int
    kind: Literal["figure", "text"]
    column: int
    columns: int = 1
    mentions: list[Mention] = field(default_factory=list)
    """What is found in a text."""
    sentence: Sentence | None = None
    """Set where it is running text with figures of its own, and no head."""


@dataclass(slots=True, eq=False)
class Row:
    """A row of a table: the cells that begin in it, from left to right (at least one), and texts that reach down."""

    start: int
    end: int
    cells: list[Cell]
    over: list[Cell] = field(default_factory=list)
    sentence: Sentence | None = None


@dataclass(slots=True, eq=False)
class Table:
    """A table of the text. Nothing between ``start`` and ``end`` is a sentence; ``heads`` rows at its top are heads.

    Its offsets count code points of the original text until it is placed in the normalised one. ``units`` is where the
    text around says in what all figures are told.
    """

    start: int
    end: int
    rows: list[Row]
    heads: int
    units: tuple[int, int] | None = None


@dataclass(slots=True)
class Document:
    """A text with its layout. ``date`` is given by the caller or read from a dateline, ``subject`` is given."""

    text: str
    title: Heading | None
    blocks: list[Block]
    sentences: list[Sentence]
    date: date | None
    subject: str | None
    seat: tuple[int, int] | None = None
    """Where a line under the title names the region before whose assembly the text was read."""
    is_norm: bool = False
    """Law, rule, grant or judgment: what it lays down holds at any time and is no plan."""
    currency: str | None = None
    """The currency (ISO 4217) of 元 alone, where it is not that of the rules."""
    by_level: dict[str, Region] = field(default_factory=dict)
    """The region of each level (省, 市, 县 …) that the document names most often in full."""
    names: dict[str, Region] = field(default_factory=dict)
    """Towns, villages, zones and companies that the document itself names, by full and by short name."""

    @property
    def tables(self) -> list[Table]:
        """The tables, in order."""
        return [block.table for block in self.blocks if block.table is not None]

    @property
    def running(self) -> Iterator[Sentence]:
        """The sentences of running text, those in cells of tables last."""
        yield from (sentence for sentence in self.sentences if sentence.block.table is None)
        cells = (cell for table in self.tables for row in table.rows for cell in row.cells)
        yield from (cell.sentence for cell in cells if cell.sentence is not None)


# ------------------------------------------------------------------------------------------------------------ mentions


Exact = int | Fraction
"""An exact number; whole ones are kept as integers, which are faster."""


@dataclass(slots=True, frozen=True)
class Unit:
    """A unit or classifier: ``written`` without multiplier; one of it is ``factor`` times ``base``."""

    written: str
    base: str
    factor: Exact
    dimension: str


class Number(NamedTuple):
    """A parsed number: ``upper`` is set for a range, ``loose`` for a bare round numeral (千名, 百米)."""

    value: Exact
    upper: Exact | None = None
    relation: str = "="
    loose: bool = False


@dataclass(slots=True)
class Amount:
    """What a quantity mention measures. ``value`` counts ``unit`` as written (with its multiplier)."""

    value: Exact
    upper: Exact | None
    unit: str
    relation: str
    base_value: Exact
    base_upper: Exact | None
    base_unit: str
    dimension: str
    bounded_after: bool = False
    """The relation stands behind the unit (5亿元以上): such a bound may be a condition."""
    unit_start: int = 0
    unit_end: int = 0
    multiplier: str = ""
    """The beginning of ``unit`` that multiplies it: 亿 of 亿元."""
    per: str = ""
    """What it is an amount of each of, where that stands right before it (每吨105元)."""
    also: list[Mention] = field(default_factory=list)


@dataclass(slots=True, frozen=True)
class Indicator:
    """A known indicator (``id`` set) or an open one."""

    id: str | None
    name: str
    dimension: str | None = None
    parts: tuple[Indicator, ...] = ()
    """The indicators that a name for several stands for, in the order of their figures (存贷款余额)."""


class Region(NamedTuple):
    """A place or organisation: ``name`` in full, GB/T 2260 ``code`` where it is certain.

    There are thousands in the gazetteer: tuples are read from the cache four times as fast as dataclasses.
    """

    name: str
    code: str | None
    type: Literal["region", "organization"]
    level: str = ""
    anaphor: bool = False
    first: int = -1
    """Where the document names it in full."""


TimeKind = Literal["period", "point", "until", "since", "deadline", "vague", "clock", "span"]
Grain = Literal["year", "half", "quarter", "month", "day", "range"]


@dataclass(slots=True, frozen=True)
class Time:
    """A time as it is written; ``label`` (as in records.md) is set once it is resolved against a frame.

    ``template`` and ``groups`` are what :class:`extractor.mentions.times.Calendar` fills the label from.
    """

    kind: TimeKind
    template: str | None = None
    year: Literal["frame", "today", "latest", "over"] = "frame"
    groups: tuple[tuple[str, str], ...] = ()
    refers: bool = False
    """It shifts or narrows the period in force (上年同期, 期末), and dates its own clause alone."""
    goal: bool = False
    """A goal's year (到2035年): it dates nothing beyond its sentence."""
    each: tuple[Time, ...] = ()
    """The years that a range hands out one by one (2021-2023年分别为…)."""
    label: str | None = None

    @property
    def has_year(self) -> bool:
        """The year is written."""
        return any(name in ("year", "cnyear", "short", "republic") for name, _ in self.groups)

    @property
    def grain(self) -> Grain | None:
        """How long the period of the label is."""
        label = (self.label or "").removeprefix("../")
        if not label:
            return None
        if "/" in label:
            return "range"
        return "quarter" if "Q" in label else "half" if "H" in label else _GRAINS[len(label)]

    def resolved(self, label: str | None) -> Time:
        """The same time with its label."""
        return replace(self, label=label)


_GRAINS: dict[int, Grain] = {4: "year", 7: "month", 10: "day"}


@dataclass(slots=True, frozen=True)
class Compare:
    """Words of comparison: their ``kind`` as in the record (环比 is ``sequential``), and the base where it is named."""

    kind: str
    time: Time | None


@dataclass(slots=True, frozen=True)
class Cue:
    """A cue word: its classes (``move``, ``reach`` …) and, for a change, which way it goes."""

    kinds: frozenset[str]
    sign: int = 0


@dataclass(slots=True, eq=False)
class Mention:
    """A stretch of the text that means something, or a remaining word.

    ``symbol`` is the one character that stands for it in the engine's patterns.
    """

    kind: str
    start: int
    end: int
    text: str
    symbol: str = ""
    value: Amount | Indicator | Region | Time | Compare | Cue | None = None
    tag: str = ""
    words: tuple[tuple[int, int], ...] = ()
    """The spans of the words of a noun phrase."""
    parts: tuple[Mention, ...] = ()
    """The items of a list (甲、乙和丙; 3%、4%和5%), where the mention stands for one."""

    @property
    def amount(self) -> Amount:
        """The measured amount of a quantity mention."""
        assert isinstance(self.value, Amount)
        return self.value


QUANTITY_KINDS = frozenset(
    {"amount", "count", "percent", "points", "fold", "doubling", "ordinal", "number", "scaled", "proportion"}
)


# --------------------------------------------------------------------------------------------------------------- facts


@dataclass(slots=True)
class Found:
    """A part of a fact: what it is called, where it stands, and whence it was taken (``origin``)."""

    text: str
    start: int | None
    end: int | None
    origin: Origin = "clause"
    value: Indicator | Region | Time | None = None


@dataclass(slots=True, eq=False)
class Fact:
    """A quantity with what the rules, and then the reader, found to say about it."""

    sentence: Sentence
    quantity: Mention
    index: int
    """Where the quantity (or the list that it is an item of) stands among the mentions of its sentence."""
    rule: str
    measure: str
    begins: int
    """Index of the first mention of the rule's match: what is measured stands before it."""
    ends: int
    """Index behind the last mention of the rule's match."""
    sign: int = 1
    turn: int = 0
    turns: int = 1
    """Which of a list of how many figures this is."""
    after: Mention | None = None
    """What stands behind the quantity and may name what is measured (15支|服务队)."""
    scope: Found | None = None
    scope_at: int | None = None
    """Index of the first mention of the scope."""
    of: str | None = None
    is_base: bool = False
    """Where a change began (由20家增至85家: the 20), which was so whatever its end is."""
    own_time: Mention | None = None
    """The time that dates this quantity alone (由2015年的20家增至…)."""
    indicator: Found | None = None
    subject: Found | None = None
    period: Found | None = None
    comparison: Mention | None = None
    base_label: str | None = None
    """The period of the base of the comparison, where it is told."""
    status: str = "actual"


# ---------------------------------------------------------------------------------------------------------- the record

Measure = Literal["level", "growth", "change", "share", "contribution", "rank", "multiple"]
Relation = Literal["=", "~", "<~", ">", ">=", "<", "<="]
Status = Literal["actual", "target", "forecast", "plan", "criterion"]
Origin = Literal["clause", "nearby", "heading", "title", "document"]
Offset = Annotated[int, Field(ge=0, description="Code points into the original text.")]
# A figure that no float names exactly is a Decimal. Pydantic's own JSON would make a string of it: there it becomes the
# nearest float, while `emit.to_json` (and so the command) writes all its digits.
Long = Annotated[
    Decimal, PlainSerializer(float, return_type=float, when_used="json"), WithJsonSchema({"type": "number"})
]
Num = Annotated[int | float | Long, Field(allow_inf_nan=False)]


class Part(BaseModel):
    """The base of all record parts: immutable, no unknown fields."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", defer_build=True, json_schema_serialization_defaults_required=True
    )


class QuantityPart(Part):
    """One quantity as written and in the base unit of its dimension. ``upper`` is set for a range."""

    text: str
    start: Offset
    end: Offset
    value: Num
    upper: Num | None
    unit: str = Field(description="As written, with its multiplier: 亿元, 万平方米, 个百分点.")
    relation: Relation
    base_value: Num
    base_upper: Num | None
    base_unit: str = Field(description="CNY, m2, kg, %, pp, 1, or the classifier of a count.")
    dimension: str
    also: list[QuantityPart] | None = Field(default=None, description="The same amount in other units (apposition).")


class IndicatorPart(Part):
    """What is measured. ``id`` and the official ``name`` when it is in the lexicon."""

    id: str | None
    name: str
    text: str
    start: Offset | None
    end: Offset | None


class SubjectPart(Part):
    """Whose figure it is: a region (with its GB/T 2260 code where certain) or an organisation."""

    text: str
    type: Literal["region", "organization"]
    code: str | None = Field(pattern=r"^(?:\d{6}|\d{6}\.(?:SH|SZ|BJ)|\d{5}\.HK)$")
    start: Offset | None
    end: Offset | None
    origin: Origin


class PeriodPart(Part):
    """When. ``label`` is null where the words cannot be resolved."""

    text: str
    start_date: date | None
    end_date: date | None
    label: str | None
    start: Offset | None
    end: Offset | None
    origin: Origin


class ComparisonPart(Part):
    """Compared with what; ``period`` is the label of the base where it is told."""

    kind: Literal["yoy", "mom", "qoq", "prior", "base"]
    text: str
    period: str | None


class EvidencePart(Part):
    """Where the text says so: the clause, its sentence, and the headings above, outermost first."""

    text: str
    sentence_start: Offset
    sentence_end: Offset
    section: list[str]


class Record(Part):
    """One observation, as described in records.md."""

    id: str
    indicator: IndicatorPart | None
    measure: Measure
    quantity: QuantityPart
    subject: SubjectPart | None
    period: PeriodPart | None
    comparison: ComparisonPart | None
    status: Status
    scope: str | None
    of: Literal["growth"] | None = Field(description="Of a rank or a change: that of the indicator's growth.")
    source: str | None = Field(default=None, description="The file as named; null for standard input.")
    evidence: EvidencePart
    rule: str

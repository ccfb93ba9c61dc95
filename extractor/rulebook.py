"""Load the rules: every file in ``rules/`` becomes a validated model; a mistake names file, entry and what is wrong."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from .errors import RuleError
from .folders import rules_folder
from .layers import Layered
from .marks import line_of, lines_of_id
from .model import Measure, Relation, Status, TimeKind


def _exact(value: object) -> Fraction:
    """A whole number, decimal or fraction (``2000/3``) as it is written.

    Raises:
        ValueError: it is no positive number.
    """
    numerator, _, denominator = str(value).partition("/")
    number = Fraction(numerator) / (Fraction(denominator or 1) or -1)
    if number <= 0:
        raise ValueError(f"{value} is no positive number")
    return number


Exact = Annotated[Fraction, BeforeValidator(_exact)]


class Rules(BaseModel):
    """The base of all models of rules: immutable, no unknown fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Numerals(Rules):
    """``numerals.yaml``: digits and multipliers."""

    digits: dict[str, int]
    tens: dict[str, int]
    scales: dict[str, int]
    contracted: dict[str, int]
    point: str
    half: str
    inside: list[str]
    indefinite: list[str]
    not_before: dict[str, list[str]]
    not_counted: list[str]
    formal: str
    not_half: str
    bare: dict[str, str]


class Relations(Rules):
    """``relations.yaml``: words that say how exactly a number holds."""

    before: dict[Relation, list[str]]
    after: dict[Relation, list[str]]
    plain: list[str]
    before_numeral: list[str]
    before_money: dict[str, Relation]
    moves: str
    of_rates: list[str]
    before_verbs: list[str]
    not_preceded: dict[str, str]
    not_followed: dict[str, str]
    negative: list[str]
    not_negative: str
    lists: list[str]
    apposition: list[str]
    again: list[str]
    joined: str
    labels: str
    label_ends: str


class Figures(Rules):
    """``figures.yaml``: forms of figures beside a number with its unit."""

    fraction: str
    halves: dict[str, Literal["=", ">"]]
    not_halves: str
    firsts: list[str]
    doubled_before: list[str]
    degree: str


class UnitEntry(Rules):
    """One unit: ``factor`` of it make one ``base``; all the ways it is ``written``."""

    base: str
    factor: Exact
    written: list[str] = Field(min_length=1)


class Units(Rules):
    """``units.yaml``: units of measure by dimension."""

    dimensions: dict[str, list[UnitEntry]]
    homes: dict[str, list[str]]
    latin_scales: dict[str, int]
    scaled_only: list[str]
    warm: list[str]
    only_near: dict[str, list[str]]
    only_before: dict[str, str]
    compound: list[str]
    measures: list[str]
    denominators: list[str]
    symbols: dict[str, str]
    per_verbs: list[str]
    signs: dict[str, str]
    parts: dict[str, dict[str, str]]
    steps: dict[str, int]
    classes: list[str]
    scale_classes: list[str]
    dating: list[str]
    not_dating: list[str]
    dated: list[str]


class Ranks(Rules):
    """Characters around ranks."""

    units: str
    size: str
    top_units: str
    not_top: str
    not_after: str


class Classifiers(Rules):
    """``classifiers.yaml``: what counts are counted in."""

    classifiers: list[str]
    noun: list[str]
    events: list[str]
    counted_directly: list[str]
    same_as: dict[str, str]
    digits_only: list[str]
    one_behind: list[str]
    ranks: Ranks
    not_followed: dict[str, str]


class IndicatorEntry(Rules):
    """A known indicator with its official name and its other names."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    english: str | None = None
    dimension: str
    aliases: list[str] = []


class PairEntry(Rules):
    """A name for several indicators at once."""

    words: list[str]
    ids: list[str] = Field(min_length=2)


class SeriesEntry(Rules):
    """A pattern of names for several indicators, and which characters of it stand for which."""

    pattern: str
    items: dict[str, str]


class Indicators(Rules):
    """``indicators.yaml``: known indicators, and the heads of others."""

    indicators: list[IndicatorEntry]
    heads: list[str]
    head_endings: list[str]
    transparent: list[str]
    anaphoric: list[str]
    apart: list[str]
    pairs: list[PairEntry]
    series: list[SeriesEntry]
    verb_qualified: list[str]
    dependent: list[str]


class CueEntry(Rules):
    """Cue words of one class, and which way a change goes."""

    words: list[str]
    sign: Literal[-1, 0, 1] = 0


class Cues(Rules):
    """``cues.yaml``: cue words by class."""

    cues: dict[str, list[CueEntry]]


class Kinds(Rules):
    """``kinds.yaml``: groups of mention kinds, and what ``...`` stops at."""

    groups: dict[str, list[str]]
    stops: list[str]


class TimeEntry(Rules):
    """A pattern of a time, its label, and what kind of time it is."""

    pattern: str
    label: str | None = None
    year: Literal["frame", "today", "latest", "over"] = "frame"
    kind: TimeKind = "period"
    refers: bool = False
    goal: bool = False
    each: bool = False


class ComparisonEntry(Rules):
    """A pattern of words of comparison."""

    kind: Literal["yoy", "mom", "qoq", "prior", "base", "sequential"]
    pattern: str
    label: str | None = None


class Times(Rules):
    """``times.yaml``: times and comparisons."""

    macros: dict[str, str]
    gate: str
    gated: str
    comparisons: list[ComparisonEntry]
    times: list[TimeEntry]
    plans: dict[str, str]


class NameEntry(Rules):
    """A pattern of a name that contains numbers."""

    pattern: str
    part: bool = False


class Names(Rules):
    """``names.yaml``: names that contain numbers."""

    macros: dict[str, str]
    words: list[str]
    industries: list[str]
    names: list[NameEntry]


class StatusRules(Rules):
    """``status.yaml``: words that say how a figure is meant."""

    cues: dict[Status, list[str]]
    demands: list[str]
    striving: list[str]
    valuations: list[str]
    forecasting: list[str]
    invested: list[str]
    unfinished: list[str]
    documents: list[str]
    says: list[str]
    doing: list[str]
    granted: list[str]
    object_marks: list[str]
    future_before: list[str]
    allowed: list[str]
    things: list[str]
    promises: list[str]
    results: list[str]
    asides: list[str]
    portion: str
    between: list[str]
    attributive: str
    headings: dict[Status, list[str]]
    criterion: dict[Literal["before", "after"], list[str]]
    continues: list[str]
    met: list[str]
    met_nouns: list[str]
    criterion_units: list[str]
    holders: list[str]
    granted_to: list[str]
    grants: list[str]
    held: list[str]
    noun_endings: dict[str, Status]
    selected: list[str]
    expectations: list[str]
    against: list[str]
    whose: list[str]
    present: list[str]
    in_fact: list[str]


class Regions(Rules):
    """``regions.yaml``: regions, words that point at them, and names from the document."""

    regions: list[str]
    anaphors: dict[str, list[str]]
    suffixes: list[str]
    strict_suffixes: list[str]
    not_in_names: list[str]
    not_places: list[str]
    not_subject_after: list[str]
    pursued_after: list[str]
    not_subject_before: list[str]
    source_before: list[str]
    source_bodies: list[str]
    according: list[str]
    cited_after: list[str]
    cited_before: list[str]
    wires: list[str]
    papers: list[str]
    levels: list[str]
    markets: list[str]
    of_market: list[str]
    home_markets: list[str]
    abroad: list[str]
    topic_after: list[str]
    directions: list[str]
    reports: list[str]
    trades: list[str]
    sectors: list[str]
    personal: list[str]
    own_reports: list[str]
    branches: list[str]
    nation: list[str]
    analyst_bodies: list[str]
    views: list[str]
    makers: list[str]
    best: str
    issues: list[str]
    that: str
    within: str
    happens: list[str]
    lies: list[str]
    many: list[str]
    suffix_not_before: dict[str, str]
    suffix_before: dict[str, list[str]]
    division_endings: list[str]
    division_levels: list[str]
    levels_of_codes: list[str]
    generic: list[str]
    everyday: list[str]


class Organisations(Rules):
    """``organisations.yaml``: suffixes of organisations."""

    strong: list[str]
    anaphors: list[str]
    classes: list[str]
    companies: list[str]
    legal: list[str]


class Words(Rules):
    """``words.yaml``: corrections to the segmenter's dictionary, and classes of words."""

    words: dict[str, list[str]]
    noun_tags: list[str]
    parties: list[str]
    origins: list[str]
    extremes: list[str]
    extreme_of: list[str]
    nominal_verbs: list[str]
    inner_verbs: list[str]
    actors: list[str]
    of_building: list[str]
    governing: list[str]
    works: list[str]
    pivots: list[str]
    units_of_bodies: list[str]
    units_of_people: list[str]
    units_of_persons: list[str]
    plain_verbs: list[str]
    builders: list[str]
    suffixes: list[str]
    function_words: list[str]
    aspects: list[str]
    locatives: list[str]
    noun_endings: list[str]


class Lists(Rules):
    """``lists.yaml``: what joins the items of a list."""

    joints: list[str]
    partners: list[str]
    figure_joints: list[str]
    lent: list[str]
    own_heads: list[str]
    classes: str
    joint_verbs: list[str]


class Reading(Rules):
    """``reading.yaml``: what the reader of a sentence knows of words."""

    unmeasured: list[str]
    status_nouns: list[str]
    adverbial: list[str]
    flows: list[str]
    realise: list[str]
    activities: list[str]
    pale_verbs: list[str]
    losses: list[str]
    profits: list[str]
    proportions: list[str]
    profit: str
    price: str
    named_shares: list[str]
    reporting: list[str]
    meetings: list[str]
    present: list[str]
    day_report: list[str]
    yearly: list[str]
    compound: list[str]
    events_at: list[str]
    events_ended_by: list[str]
    rate_endings: list[str]
    rooms: list[str]
    areas: list[str]
    percentages: list[str]
    totals: list[str]
    restrictions: list[str]
    tells: list[str]
    those: list[str]
    over_years: list[str]
    of_places: list[str]
    closing: list[str]
    growths: list[str]
    norms: list[str]
    norm_followed: list[str]
    ratios: list[str]
    exchange: list[str]
    currencies: dict[str, str]
    most: list[str]
    durations: list[str]
    duration_verbs: list[str]
    ages: list[str]
    people: list[str]
    rate_nouns: list[str]
    standing: list[str]
    governing: str
    records: list[str]
    stages: list[str]
    topics: list[str]
    sums: list[str]
    distance_from: list[str]
    per: list[str]
    heights: list[str]
    sizes: list[str]
    each: list[str]
    same_below: str
    own_changes: list[str]
    own_acts: list[str]
    price_moves: list[str]
    stakes: list[str]
    base_prices: list[str]
    not_rates: list[str]
    money: list[str]
    deeds: list[str]
    breakdowns: list[str]
    data: list[str]
    viewed: list[str]
    norm_openings: list[str]
    weeks: list[str]
    in_respect: str
    under: list[str]

    @property
    def home(self) -> tuple[str, str]:
        """The name and the code (ISO 4217) of the currency of a bare 元: the first of ``currencies``."""
        return next(iter(self.currencies.items()))


class Entities(Rules):
    """``entities.yaml``: names of companies, brands, facilities and projects."""

    company_suffixes: list[str]
    weak_suffixes: list[str]
    facility_suffixes: list[str]
    not_behind: str
    but_behind: list[str]
    materials: str
    label_ends: str
    bare_ends: str
    name_characters: str
    products: list[str]
    sold: list[str]
    natural: list[str]
    titles: list[str]
    called: list[str]
    quoted_before: list[str]
    brand_verbs: list[str]
    before_names: list[str]
    before_part: list[str]
    before_opening: list[str]
    before_acting: list[str]
    joins: str
    leading: list[str]
    common_stems: list[str]
    company_words: list[str]
    company_acts: list[str]
    facility_acts: list[str]
    never_in_names: str
    state_bodies: list[str]
    state_endings: list[str]
    code_labels: list[str]
    works: list[str]
    stretch: str
    stretch_before: list[str]
    natural_before: list[str]
    short_labels: list[str]
    kinds: list[str]
    time: str
    between: list[str]


class Structure(Rules):
    """``structure.yaml``: how a text is laid out."""

    terminals: str
    breaks: str
    sentence_end: str
    heading_most: int
    bylines: list[str]
    datelines: list[str]
    assemblies: list[str]
    ordinals: list[str]
    item: str


class IndexEntry(Rules):
    """An index, rate, currency pair or commodity that market reports are about."""

    name: str
    kind: Literal["equity", "volatility", "currency", "rate", "bond", "commodity", "crypto", "freight", "survey"]
    aliases: list[str]


class NumberedPattern(Rules):
    """The shape of names that hold a number (24国债05)."""

    pattern: str
    kind: Literal["bond", "rate", "future", "product", "index"]


class Indices(Rules):
    """``indices.yaml``: topics of market reports, and other names that hold numbers."""

    indices: list[IndexEntry]
    numbered_names: list[str]
    numbered_patterns: list[NumberedPattern]


class InstitutionEntry(Rules):
    """A body known by name: a ``source`` merely reports figures, an ``analyst`` mostly, a ``body`` has its own."""

    name: str
    role: Literal["source", "analyst", "body"]
    aliases: list[str] = []


class BrandEntry(Rules):
    """An unlisted or foreign company or brand; ``everyday``: the name is an ordinary word too."""

    name: str
    aliases: list[str] = []
    everyday: bool = False


class Institutions(Rules):
    """``institutions.yaml``: well-known bodies, companies and brands outside ``companies.csv``."""

    institutions: list[InstitutionEntry]
    companies: list[BrandEntry]


class ExampleFact(Rules):
    """What a record of an example says; fields left out are not looked at."""

    text: str = Field(description="The quantity's text.")
    indicator: str | None = None
    id: str | None = None
    measure: Measure | None = None
    value: float | None = None
    upper: float | None = None
    unit: str | None = None
    base_value: float | None = None
    base_unit: str | None = None
    relation: Relation | None = None
    subject: str | None = None
    period: str | None = None
    comparison: str | None = None
    status: Status | None = None
    scope: str | None = None
    of: str | None = None


class Example(Rules):
    """A sentence and the records that this rule makes of it, in text order."""

    text: str
    facts: list[ExampleFact]


class HeadMeasure(Rules):
    """What a head of a table with these words tells: see ``tables.yaml``."""

    pattern: str
    measure: Measure
    unit: str | None = None
    sign: Literal[1, -1] = 1
    of: Literal["growth"] | None = None
    examples: list[str] = Field(min_length=1)


class HeadPeriod(Rules):
    """A period in the words of tables; ``label`` as in ``times.yaml``."""

    pattern: str
    label: str
    examples: list[str] = Field(min_length=1)


class Tables(Rules):
    """``tables.yaml``: what heads and cells of tables say."""

    empty: list[str]
    notes: str
    falls: list[str]
    rises: list[str]
    unit_line: str
    caption_line: str
    leads: str
    subjects: dict[Literal["region", "organization"], list[str]]
    units: list[str]
    ignored: list[str]
    times: dict[str, Literal["year", "month", "quarter"]]
    year_marks: dict[str, Status]
    totals: list[str]
    plain: list[str]
    bases: str
    forms: list[str]
    counting: list[str]
    statuses: dict[Status, list[str]]
    status_endings: list[str]
    periods: list[HeadPeriod]
    measures: list[HeadMeasure]
    examples: list[Example]


class Yield(Rules):
    """One record that a rule's match makes: the roles its parts have in the pattern."""

    quantity: str
    measure: Measure | None = Field(description="null: such a number is no fact.")
    after: str | None = Field(default=None, description="Role of what stands behind and may name what is measured.")
    base: bool = Field(default=False, description="The quantity is where a change began.")
    scope: str | None = None
    sign: str | None = None
    bound: str | None = Field(default=None, description="Role of a word of relation that stands before the scope.")
    of: Literal["growth"] | None = None


class FactRule(Rules):
    """A rule over the sequence of mentions of a sentence; see ``engine.py`` for the pattern language."""

    id: str = Field(pattern=r"^[a-z]+/[a-z0-9-]+$")
    pattern: str
    priority: int
    yields: list[Yield] = Field(min_length=1)
    times_of_base: str | None = Field(
        default=None, alias="base", description="Role of a time that dates the base only."
    )
    examples: list[Example] = Field(min_length=1)
    not_examples: list[str] = Field(default=[], alias="not")


class FactRules(Rules):
    """A file of ``facts/``."""

    rules: list[FactRule]


class Division(Rules):
    """A row of ``divisions.csv``: an administrative division with its GB/T 2260 code."""

    code: str = Field(pattern=r"^\d{6}$")
    name: str


class Company(Rules):
    """A row of ``companies.csv``: a listed company's short name, and its stock code with the exchange.

    ``everyday``: the name is an ordinary word, place or phrase too, by ``companies_everyday.txt``.
    """

    code: str = Field(pattern=r"^(?:\d{6}\.(?:SH|SZ|BJ)|\d{5}\.HK)$")
    name: str = Field(min_length=2)
    everyday: bool = False


class WorldPlace(Rules):
    """A row of ``world.csv``: a name of a country, city, region or group of countries outside the divisions.

    ``full`` is the name that all its variants share (纽西兰: 新西兰).
    """

    name: str = Field(min_length=2)
    full: str = Field(min_length=2)
    kind: Literal["country", "region", "city", "group"]


class CountyShort(Rules):
    """A row of ``counties_short.csv``: a county's name without its suffix, where it is no other word (常熟).

    ``code`` and ``full`` are empty where several counties are called so.
    """

    short: str = Field(min_length=2)
    code: str = Field(pattern=r"^(?:\d{6})?$")
    full: str


class Rulebook(Rules):
    """All rules. Build it with :func:`load`."""

    numerals: Numerals
    relations: Relations
    figures: Figures
    units: Units
    classifiers: Classifiers
    indicators: Indicators
    cues: Cues
    kinds: Kinds
    times: Times
    names: Names
    status: StatusRules
    regions: Regions
    organisations: Organisations
    words: Words
    structure: Structure
    tables: Tables
    lists: Lists
    reading: Reading
    entities: Entities
    indices: Indices
    institutions: Institutions
    divisions: list[Division]
    counties_short: list[CountyShort]
    world: list[WorldPlace]
    companies: list[Company]
    traditional: dict[str, str] = Field(description="Traditional character to simplified character.")
    facts: list[FactRule]


Model = TypeVar("Model", bound=BaseModel)

# Every file but those of facts/ and divisions.csv: the field of the rulebook that it fills is its name.
_FILES: dict[str, type[Rules]] = {
    name: field.annotation
    for name, field in Rulebook.model_fields.items()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Rules)
}


@cache
def load(folder: Path | None = None, packs: tuple[Path, ...] = ()) -> Rulebook:
    """Load and validate the rules of ``folder`` (default: those that ship), ``packs`` laid over them, once.

    Raises:
        RuleError: a file is missing, is no YAML, or does not fit its model.
    """
    return read(folder or rules_folder(), packs)


def read(folder: Path, packs: tuple[Path, ...] = ()) -> Rulebook:
    """Load and validate the rules of ``folder`` as they are now, ``packs`` laid over them.

    A pack has the files of ``folder`` that it changes, and in them what it changes: see ``layers.py``. Rows of CSV
    files are added; a fact rule replaces the one that has its id.

    Raises:
        RuleError: a file is missing, is no YAML, or does not fit its model.
    """
    folders = (folder, *packs)
    single: dict[str, Rules] = {name: _read(_layers(folders, f"{name}.yaml"), model) for name, model in _FILES.items()}
    single["indicators"] = _settled(folders, single["indicators"])  # type: ignore[arg-type]
    rules = {
        "divisions": _rows(_layers(folders, "divisions.csv"), Division),
        "counties_short": _rows(_layers(folders, "counties_short.csv"), CountyShort),
        "world": _rows(_layers(folders, "world.csv"), WorldPlace),
        "companies": _companies(folders),
        "traditional": _pairs(_layers(folders, "traditional.txt")),
        "facts": _facts(folders),
        **single,
    }
    return Rulebook.model_validate(rules)


def parse(path: Path) -> object:
    """The data of a YAML file.

    Raises:
        RuleError: there is no such file, or it is no YAML.
    """
    try:
        return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise RuleError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}: not UTF-8 (byte {error.start})") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RuleError(f"{path}:{line}: not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise RuleError(f"{path}: not YAML: {' '.join(str(error).split())}") from error


def place_of_rule(folder: Path, rule: str) -> str:
    """File and line of the (last) fact rule of this id, or the folder of them all."""
    places = [
        f"{path}:{line}" for path in sorted((folder / "facts").glob("*.yaml")) for line in lines_of_id(path, rule)
    ]
    return places[-1] if places else str(folder / "facts")


def read_file(path: Path, model: type[Model]) -> Model:
    """One YAML file as its model.

    Raises:
        RuleError: there is no such file, it is no YAML, or does not fit the model.
    """
    return _read([path], model)


def _layers(folders: Sequence[Path], name: str) -> list[Path]:
    """The file ``name`` of the rules and of each pack that has it."""
    first, *packs = folders
    return [first / name, *(pack / name for pack in packs if (pack / name).exists())]


def _read(paths: Sequence[Path], model: type[Model]) -> Model:
    """A YAML file, with those of packs laid over it."""
    layered = Layered(parse(paths[0]), paths[0])
    for path in paths[1:]:
        layered.add(parse(path), path)
    try:
        return model.model_validate(layered.data)
    except ValidationError as error:
        first = error.errors()[0]
        path, location = layered.place(first["loc"])
        raise RuleError(f"{path}:{line_of(path, location)}: {_entry(location)}: {first['msg']}") from error


def _facts(folders: Sequence[Path]) -> list[FactRule]:
    """The fact rules, those of packs first: of rules with the same priority the engine tries the first first."""
    rules: dict[str, FactRule] = {}
    for folder in reversed(folders):
        seen: set[str] = set()
        for path in sorted((folder / "facts").glob("*.yaml")):
            for rule in read_file(path, FactRules).rules:
                if rule.id in seen:
                    raise RuleError(f"{place_of_rule(folder, rule.id)}: {rule.id}: two rules have this id")
                seen.add(rule.id)
                rules.setdefault(rule.id, rule)
    return list(rules.values())


def _entry(location: tuple[int | str, ...]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")


def _rows(paths: Sequence[Path], model: type[Model]) -> list[Model]:
    """The rows of a CSV file with a header, and those that packs add."""
    return list(dict.fromkeys(row for path in paths for row in _rows_of(path, model)))


def _rows_of(path: Path, model: type[Model]) -> list[Model]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, restkey="too many cells"))
            return TypeAdapter(list[model]).validate_python(rows)  # type: ignore[valid-type]
    except OSError as error:
        raise RuleError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}: not UTF-8 (byte {error.start})") from error
    except ValidationError as error:
        first = error.errors()[0]
        index, *field = first["loc"]
        raise RuleError(f"{path}:{int(index) + 2}: {_entry(tuple(field))}: {first['msg']}") from error


def _companies(folders: Sequence[Path]) -> list[Company]:
    companies = _rows(_layers(folders, "companies.csv"), Company)
    names = {company.name for company in companies}
    everyday: set[str] = set()
    for path in _layers(folders, "companies_everyday.txt"):
        listed = {name for _, name in _lines(path)}
        if unknown := listed - names:
            raise RuleError(f"{path}: {min(unknown)!r} is no company of companies.csv")
        everyday |= listed
    return [
        company.model_copy(update={"everyday": True}) if company.name in everyday else company for company in companies
    ]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The numbered lines of a text file but its comments."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise RuleError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise RuleError(f"{path}: not UTF-8 (byte {error.start})") from error
    return ((number, line) for number, line in enumerate(lines, start=1) if not line.startswith("#"))


def _pairs(paths: Sequence[Path]) -> dict[str, str]:
    """The lines ``traditional simplified`` of a text file, and of those of packs."""
    pairs: dict[str, str] = {}
    for path in paths:
        for number, line in _lines(path):
            old, _, new = line.partition(" ")
            if len(old) != 1 or len(new) != 1 or pairs.get(old, new) != new:
                raise RuleError(f"{path}:{number}: {line!r} is no new pair of two characters")
            pairs[old] = new
    return pairs


def claims(pack: Path) -> dict[str, str]:
    """Names and aliases of indicators that a pack gives → the indicator's id.

    Raises:
        RuleError: it gives one to two indicators.
    """
    path = pack / "indicators.yaml"
    data = parse(path) if path.exists() else None
    entries = data.get("indicators", ()) if isinstance(data, dict) else ()
    return _owners(path, ((entry["id"], [*_own_name(entry), *entry.get("aliases", ())]) for entry in entries))


def _own_name(entry: dict[str, str]) -> list[str]:
    return [entry["name"]] if "name" in entry else []


def _owners(path: Path, entries: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Alias → id of its indicator, each in one file."""
    owners: dict[str, str] = {}
    for id, aliases in entries:
        for alias in aliases:
            if (owner := owners.setdefault(alias, id)) != id:
                line = lines_of_id(path, id)[-1]
                raise RuleError(f"{path}:{line}: {id}: the alias {alias!r} belongs to {owner}")
    return owners


def _settled(folders: Sequence[Path], indicators: Indicators) -> Indicators:
    """Each alias with one indicator; what a pack gives is taken from whichever had it: packs outlive new entries."""
    shipped, *packs = folders
    if not packs:
        _owners(shipped / "indicators.yaml", ((e.id, (e.name, *e.aliases)) for e in indicators.indicators))
        return indicators
    owners = {alias: id for pack in packs for alias, id in claims(pack).items()}
    claimants = set(owners.values())
    kept = [
        entry.model_copy(
            update={"aliases": [alias for alias in entry.aliases if owners.get(alias, entry.id) == entry.id]}
        )
        for entry in indicators.indicators
    ]
    # Of two entries with one name the last has it.
    return indicators.model_copy(update={"indicators": sorted(kept, key=lambda entry: entry.id in claimants)})

"""Every format, as a file that the command writes, and as rows and frames of the library."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sqlite3
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import polars
import pyarrow.parquet
import pytest
from command import TEXT, one_line, start, without, zhfacts

from extractor import extract, to_frame, to_rows
from extractor.export.columns import COLUMNS, typed
from extractor.model import Record

FACTS = TEXT + "计划投资-1.5亿元，建设=1+1项目3个；荒地约100亩（6.7万平方米）。"
NAMES = [column.name for column in COLUMNS]


def rows_of(path: Path) -> list[dict[str, Any]]:
    """What a file holds, read by the library that its users have."""
    if path.suffix in (".csv", ".tsv"):
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, delimiter="," if path.suffix == ".csv" else "\t"))
    if path.suffix == ".parquet":
        return list(pyarrow.parquet.read_table(path).to_pylist())
    if path.suffix == ".xlsx":
        header, *lines = openpyxl.load_workbook(path)["facts"].iter_rows(values_only=True)
        return [dict(zip(header, line, strict=True)) for line in lines]
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path)) as connection:
            found = connection.execute("SELECT * FROM facts")
            names = [name for name, *_ in found.description]
            return [dict(zip(names, line, strict=True)) for line in found.fetchall()]
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(line) for line in connection.execute("SELECT * FROM facts")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two texts."""
    folder = tmp_path_factory.mktemp("texts")
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(FACTS, "utf-8")
    return folder


@pytest.fixture(scope="module")
def expected(folder: Path) -> list[dict[str, Any]]:
    """The rows of the two texts."""
    records = [fact for name in ("a.txt", "b.txt") for fact in extract(FACTS, source=str(folder / name))]
    return [dict(zip(NAMES, typed(tuple(row.values())), strict=True)) for row in to_rows(records)]


def plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with dates as text, however a format has them."""
    return [
        {name: value if not isinstance(value, date) else value.isoformat()[:10] for name, value in row.items()}
        for row in rows
    ]


@pytest.mark.parametrize("name", ["facts.parquet", "facts.xlsx", "facts.db", "facts.duckdb"])
def test_a_typed_file_has_the_columns(folder: Path, expected: list[dict[str, Any]], tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    run = zhfacts(folder, "--output", path)
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    assert plain(rows_of(path)) == plain(expected)
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ["facts.csv", "facts.tsv"])
def test_a_text_file_has_the_columns(folder: Path, expected: list[dict[str, Any]], tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert zhfacts(folder, "--output", path).returncode == 0
    told = rows_of(path)
    assert [list(row) for row in told] == [NAMES] * len(expected)
    for row, wanted in zip(told, plain(expected), strict=True):
        for column in COLUMNS:
            cell, value = row[column.name], wanted[column.name]
            if column.type == "number":
                assert (float(cell) if cell else None) == value
            elif isinstance(value, str) and len(value) > 1 and value[0] in "=+-@'":
                assert cell == f"'{value}"
            else:
                assert cell == ("" if value is None else str(value))
    assert path.stat().st_mode & 0o777 == 0o666 & ~os.umask(os.umask(0o022) or 0o022)


def test_json_by_ending(folder: Path, tmp_path: Path) -> None:
    zhfacts(folder / "a.txt", "--output", tmp_path / "facts.json")
    zhfacts(folder / "a.txt", "--output", tmp_path / "facts.jsonl")
    records = [record.model_dump(mode="json") for record in extract(FACTS, source=str(folder / "a.txt"))]
    assert json.loads((tmp_path / "facts.json").read_text("utf-8")) == records
    assert [json.loads(line) for line in (tmp_path / "facts.jsonl").read_text("utf-8").splitlines()] == records


def test_the_named_format_decides_and_binary_goes_through_a_pipe(folder: Path, tmp_path: Path) -> None:
    run = zhfacts(folder / "a.txt", "--format", "parquet")
    assert len(pyarrow.parquet.read_table(io.BytesIO(run.stdout))) == len(extract(FACTS))
    zhfacts(folder / "a.txt", "--format", "tsv", "--output", tmp_path / "facts.txt")
    assert (tmp_path / "facts.txt").read_text("utf-8").startswith("id\tindicator_id\t")


def test_no_spreadsheet_runs_what_a_text_says(tmp_path: Path) -> None:
    path = tmp_path / "=cmd.txt"
    path.write_text(FACTS, "utf-8")
    zhfacts("=cmd.txt", "--output", "facts.xlsx", cwd=tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "facts.xlsx")["facts"]
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n", "d"}
    assert "=cmd.txt" in {cell.value for line in sheet.iter_rows() for cell in line}
    table = zhfacts("=cmd.txt", "--format", "csv", cwd=tmp_path).stdout.decode()
    assert {line["source"] for line in csv.DictReader(io.StringIO(table))} == {"'=cmd.txt"}
    assert "=" in {line["quantity_relation"] for line in csv.DictReader(io.StringIO(table))}


@pytest.mark.parametrize("name", ["facts.db", "facts.duckdb"])
def test_a_database_is_added_to_without_doubles(folder: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    single = len(extract(FACTS))
    zhfacts(folder / "a.txt", "--output", path)
    connection: Any = sqlite3.connect(path) if name == "facts.db" else duckdb.connect(str(path))
    with connection:
        connection.execute("ALTER TABLE facts ADD COLUMN checked VARCHAR")
        connection.execute("ALTER TABLE facts DROP COLUMN rule")  # as an older version would have it
        connection.execute("UPDATE facts SET checked = 'yes', status = 'plan'")
    connection.close()
    zhfacts(folder / "a.txt", folder / "a.txt", folder / "b.txt", "--output", path)
    for _ in range(2):
        zhfacts("--output", path, stdin=FACTS.encode())
    rows = rows_of(path)
    assert len(rows) == 3 * single
    assert len({(row["id"], row["source"]) for row in rows}) == 3 * single
    assert [row["checked"] for row in rows].count("yes") == single
    assert all(row["rule"] for row in rows)
    assert {row["status"] for row in rows} == {record.status for record in extract(FACTS)}


@pytest.mark.parametrize("name", ["facts.db", "facts.duckdb"])
def test_a_file_that_is_no_database_is_told_and_stays(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("notes" * 1000)
    run = zhfacts("--output", path, stdin=TEXT.encode())
    assert run.returncode == 3
    assert one_line(run.stderr).startswith(f"{path}: ")
    assert path.read_text() == "notes" * 1000


def test_a_foreign_table_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE facts (name)")
    run = zhfacts("--output", path, stdin=TEXT.encode())
    assert run.returncode == 3
    assert one_line(run.stderr) == f"{path}: its table facts is not one of zhfacts"


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [("facts.parquet", "pyarrow", "parquet"), ("facts.xlsx", "openpyxl", "xlsx"), ("facts.duckdb", "duckdb", "duckdb")],
)
def test_a_missing_library_is_named(tmp_path: Path, name: str, library: str, extra: str) -> None:
    run = zhfacts("missing.txt", "--output", tmp_path / name, env=without(tmp_path, library))
    assert run.returncode == 2
    assert one_line(run.stderr) == f"this needs {library}: pip install 'zhfacts[{extra}]'"
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("place", ["nowhere/facts.csv", ".", "x" * 300])
def test_an_output_that_cannot_be_written(tmp_path: Path, place: str) -> None:
    run = zhfacts("--format", "csv", "--output", tmp_path / place, stdin=TEXT.encode())
    assert run.returncode == 3
    assert one_line(run.stderr).startswith(f"{tmp_path / place}: ")


def test_an_input_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, "utf-8")
    run = zhfacts(path, "--output", path)
    assert run.returncode == 2
    assert "read and written at once" in run.stderr.decode()
    assert path.read_text("utf-8") == TEXT


def test_what_breaks_off_replaces_nothing(tmp_path: Path) -> None:
    pipe, path = tmp_path / "pipe", tmp_path / "facts.csv"
    os.mkfifo(pipe)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    path.write_text("whole")
    path.chmod(0o640)
    process = start(tmp_path / "a.txt", pipe, "--output", path, "--jobs", "1")
    with pipe.open("w"):
        process.send_signal(signal.SIGINT)
        _, error = process.communicate(timeout=20)
    assert process.returncode == 130
    assert path.read_text() == "whole"
    assert one_line(error) == f"interrupted; what was extracted until then is in {path}.part"
    assert (tmp_path / "facts.csv.part").read_text("utf-8").count("\n") == 3
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", "facts.csv", "facts.csv.part", "pipe"]
    zhfacts(tmp_path / "a.txt", "--output", path)
    assert path.read_text("utf-8").startswith("id,")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_table_fits_the_width_and_steers_nothing() -> None:
    text = TEXT + "\n\n力争2021年\x1b[31m引进4宗重大\u202e项目[red]，投资5亿元。"
    for width in (70, 120):
        run = zhfacts("--format", "table", stdin=text.encode(), env=os.environ | {"COLUMNS": str(width)})
        shown = run.stdout.decode()
        assert "88.2亿元" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert all(_width(line) <= width for line in shown.splitlines())
    colour = os.environ | {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    assert "\x1b[36m" in zhfacts("--format", "table", stdin=text.encode(), env=colour).stdout.decode()


def test_rows_are_exact() -> None:
    [fact, *_] = to_rows(extract("甲公司收入12345678901234567.89元。", source="x"))
    assert list(fact) == NAMES
    assert fact["quantity_value"] == Decimal("12345678901234567.89")
    assert fact["source"] == "x"


def test_every_leaf_of_the_record_is_a_column() -> None:
    def leaves(value: Any, way: str = "") -> list[str]:
        if not isinstance(value, dict):
            return [way]
        return [leaf for name, part in value.items() for leaf in leaves(part, f"{way}_{name}".lstrip("_"))]

    text = "石桥镇2020年GDP同比增长6.3%，占全市的5%。"
    full: dict[str, Any] = {}
    for record in extract(text):
        full |= {name: part for name, part in record.model_dump().items() if part is not None}
    assert set(leaves(full)) <= set(NAMES)
    assert {name.split("_")[0] for name in NAMES} <= set(Record.model_fields)


@pytest.mark.parametrize("backend", ["pandas", "polars"])
@pytest.mark.parametrize("text", [FACTS + "\n\n增长5%。", ""])
def test_a_frame_has_the_columns_and_types(backend: str, text: str) -> None:
    records = extract(text)
    frame = to_frame(records, backend)
    assert list(frame.columns) == NAMES
    assert len(frame) == len(records)
    kinds: dict[str, Callable[[Any], bool]]
    if backend == "pandas":
        kinds = {
            "integer": pandas.api.types.is_integer_dtype,
            "number": pandas.api.types.is_float_dtype,
            "date": pandas.api.types.is_datetime64_dtype,
        }
        text_kind: Callable[[Any], bool] = pandas.api.types.is_string_dtype
    else:
        kinds = {"integer": polars.Int64.is_, "number": polars.Float64.is_, "date": polars.Date.is_}
        text_kind = polars.String.is_
    for column, dtype in zip(COLUMNS, list(frame.dtypes), strict=True):
        assert kinds.get(column.type, text_kind)(dtype), column.name
    if records:
        assert list(frame["quantity_base_value"])[:2] == [8820000000.0, 6.3]


def test_only_pandas_and_polars_make_frames() -> None:
    with pytest.raises(ValueError, match="pandas or polars"):
        to_frame([], "numpy")


def _width(line: str) -> int:
    from rich.cells import cell_len

    return cell_len(line)

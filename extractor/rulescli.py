"""The commands ``zhfacts rules``: what is known, a pack to begin with, and whether a pack is right."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import click

_DIFFERENT, _BROKEN = 1, 2
_PACK = Path(__file__).parent / "pack"

packs_option = click.option(
    "--rules",
    "packs",
    multiple=True,
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A pack of rules of one's own, laid over those that ship; several are laid one over the other.",
)


@click.group("rules")
def rules_group() -> None:
    """Rules of one's own: list what is known, begin a pack, check it."""


@rules_group.command("list")
@click.argument("what", required=False, type=click.Choice(["indicators", "units", "rules"]))
@packs_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def list_command(what: str | None, packs: tuple[Path, ...], form: str) -> None:
    """Show the indicators, units or fact rules that are known (all three where none is named)."""
    from . import known
    from .emit import to_json

    rules = _load(packs)
    rows = {name: list(of(rules)) for name, of in known.KINDS.items() if what in (None, name)}
    if form == "json":
        click.echo(to_json(rows[what] if what else rows, indent=2))
        return
    for name, group in rows.items():
        _show(name, group)


@rules_group.command("check")
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path))
@packs_option
def check_command(folder: Path, packs: tuple[Path, ...]) -> None:
    """Validate a pack and run its examples.

    \b
    Exit codes:
      0  everything comes out as the examples say
      1  some example does not; file, line, entry and what came out instead are printed
      2  a file is broken
    """
    from .errors import RuleError
    from .examples import check
    from .packs import taken

    try:
        count, failures = check(folder, packs)
        notes = taken(folder, packs)
    except RuleError as error:
        click.echo(f"zhfacts: {error}", err=True)
        sys.exit(_BROKEN)
    for note in notes:
        click.echo(f"note: {note}")
    for failure in failures:
        click.echo(f"{failure.path}:{failure.line}: {failure.entry}: {failure.text}")
        for problem in failure.problems:
            click.echo(f"    {problem}")
    wrong = f"; {len(failures)} of them come out otherwise" if failures else ", all as they say" if count else ""
    click.echo(f"{folder}: {count or 'no'} {'example' if count == 1 else 'examples'}{wrong}")
    sys.exit(_DIFFERENT if failures else 0)


@rules_group.command("new")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def new_command(folder: Path) -> None:
    """Write a small pack with one example of each kind of file, to be changed."""
    from .export.failures import OutputError

    if folder.is_dir() and any(folder.iterdir()):
        raise click.BadParameter(f"{folder} is not empty", param_hint="DIR")
    try:
        shutil.copytree(_PACK, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror or error}") from error
    for path in sorted(folder.rglob("*.yaml")):
        click.echo(path)
    click.echo("each is an example of its kind: change it, or delete it")
    click.echo(f"try: zhfacts rules check {folder}")


def _load(packs: tuple[Path, ...]) -> Any:
    from .errors import RuleError
    from .packs import load

    try:
        return load(packs)
    except RuleError as error:
        click.echo(f"zhfacts: {error}", err=True)
        sys.exit(_BROKEN)


def _show(title: str, rows: list[dict[str, Any]]) -> None:
    """A table on a terminal; else lines of cells with tabs between, for grep and cut."""
    if not sys.stdout.isatty():
        for row in rows:
            click.echo("\t".join(_cell(value) for value in row.values()))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"{title}: {len(rows)}", box=None, padding=(0, 2, 0, 0), title_justify="left")
    *columns, last = [name for name in rows[0] if any(row[name] for row in rows)]
    for name in columns:
        table.add_column(name, no_wrap=True)
    table.add_column(last)
    for row in rows:
        table.add_row(*(Text(_cell(row[name])) for name in (*columns, last)))
    Console(highlight=False, markup=False, emoji=False).print(table)


def _cell(value: Any) -> str:
    return "、".join(value) if isinstance(value, list) else "" if value is None else str(value)

"""The command ``zhfacts``: text in, facts out. The README lists its exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from . import __version__
from .errors import DictionaryError
from .explaincli import explain_command
from .export.failures import MissingLibraryError, OutputError
from .interrupt import before_end
from .reading import is_encoding
from .rulescli import packs_option, rules_group
from .sources import Source, Unlisted, find, is_folder, is_same

if TYPE_CHECKING:
    from .export.export import Export
    from .export.formats import Format
    from .work import Task

_EXAMPLES = """\b
Examples:
  cat article.txt | zhfacts --date 2021-04-20
  zhfacts reports/ --output facts.xlsx
  zhfacts report.txt bulletin.txt --format jsonl
  zhfacts old.txt --encoding gb18030 --subject 东莞市
  zhfacts report report.txt --output report.html
  zhfacts explain --text 全镇粮食产量20万吨，增长5%。
  zhfacts rules list indicators
  zhfacts schema > record.schema.json

\b
Exit codes:
  0    done, also when there are no facts ([])
  1    some input could not be read; the rest was done
  2    wrong use, a mistake in --rules, or a library that is missing
  3    the output could not be written
  130  interrupted (Ctrl-C)
  141  whoever read the output stopped, as head does
"""
_USAGE = (
    "[OPTIONS] [FILE|DIR]...",
    "report [OPTIONS] [FILE|DIR]...",
    "explain [OPTIONS] [FILE]",
    "rules list|check|new ...",
    "schema",
)
_UNREAD, _MISUSED, _UNWRITTEN, _UNWANTED = 1, 2, 3, 141


class _Failure(click.ClickException):
    """Wrong use that is told in one line."""

    exit_code = _MISUSED

    def show(self, file: Any = None) -> None:  # noqa: ARG002 (click's signature)
        _complain(self.message)


class _OwnPath(click.Context):
    """The context of a command that nobody names: its usage is that of ``zhfacts``."""

    @property
    def command_path(self) -> str:
        return self.parent.command_path if self.parent else super().command_path


class _Unnamed(click.Command):
    """The command that is meant when none is named."""

    context_class = _OwnPath

    def get_help(self, ctx: click.Context) -> str:
        return ctx.parent.get_help() if ctx.parent else super().get_help(ctx)


class _Zhfacts(click.Group):
    """A group whose command ``extract`` is meant when no command is named, and which ends as the README says."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in {*self.commands, "--help", "-h", "--version"}:
            args = ["extract", *args]
        return super().parse_args(ctx, args)

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with _exit_codes():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        with _exit_codes():
            return super().invoke(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage of each command on a line of its own; click would fill them like a paragraph."""
        for number, usage in enumerate(_USAGE):
            formatter.write(f"{'       ' if number else 'Usage: '}{ctx.command_path} {usage}\n")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.commands["extract"].format_options(click.Context(self.commands["extract"], parent=ctx), formatter)
        self.format_commands(ctx, formatter)


@contextmanager
def _exit_codes() -> Iterator[None]:
    """Whatever fails outside a document ends in one line, or none, and the exit code that stands for it."""
    try:
        yield
    except BrokenPipeError:
        _end(_UNWANTED)
    except DictionaryError as error:
        _complain(str(error))
        _end(_MISUSED)
    except OutputError as error:
        _complain(str(error))
        _end(_UNWRITTEN)
    except OSError as error:
        _complain(f"standard output: {error.strerror or error}")
        _end(_UNWRITTEN)


@click.group(cls=_Zhfacts, epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="zhfacts")
def main() -> None:
    """Every numeric fact of a Chinese text as a validated record.

    Reads each FILE, every text file below each DIR, or standard input where none is named (or for -).
    """


def _input_options(command: Callable[..., None]) -> Callable[..., None]:
    """The arguments that ``extract`` and ``report`` share: what is read, and how."""
    for decorate in reversed(_INPUT):
        command = decorate(command)
    return command


def _output_option(help: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option("-o", "--output", metavar="FILE", type=click.Path(allow_dash=True), help=help)


_INPUT = (
    click.argument("files", metavar="[FILE|DIR]...", nargs=-1, type=click.Path(allow_dash=True)),
    click.option(
        "--date",
        "day",
        type=click.DateTime(["%Y-%m-%d"]),
        metavar="YYYY-MM-DD",
        help="The documents' date, against which 今年, 上半年 … are read. Otherwise taken from the text.",
    ),
    click.option("--subject", metavar="NAME", help="Whose figures these are where the text does not tell."),
    click.option(
        "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes.  [default: the cores, for many files]"
    ),
    click.option(
        "--encoding", metavar="NAME", help="The input's encoding. Otherwise detected: UTF-8, GB18030, UTF-16."
    ),
    packs_option,
)


@main.command("extract", cls=_Unnamed, hidden=True)
@_input_options
@click.option(
    "--format",
    "form",
    metavar="NAME",
    help="json (one array), jsonl (a record a line), csv, tsv, parquet, xlsx, table (for a person).  [default: json]",
)
@_output_option("Where the records go; its ending tells the format. To .db, .sqlite and .duckdb they are added.")
def extract_command(
    files: tuple[str, ...],
    day: datetime | None,
    subject: str | None,
    jobs: int | None,
    encoding: str | None,
    packs: tuple[Path, ...],
    form: str | None,
    output: str | None,
) -> None:
    """Extract the facts of files, folders or standard input."""
    from .export.export import Export
    from .work import Task

    file = None if output == "-" else output
    _check_encoding(encoding)
    chosen = _format(form, file)
    export = Export(chosen, file)
    task = Task(day.date() if day else None, subject, encoding, packs, export.encode)
    _run(files, task, export, file, jobs)


@main.command()
@_input_options
@_output_option("Where the page goes.  [default: standard output]")
def report(
    files: tuple[str, ...],
    day: datetime | None,
    subject: str | None,
    jobs: int | None,
    encoding: str | None,
    packs: tuple[Path, ...],
    output: str | None,
) -> None:
    """Write a page that shows the texts with their facts.

    It is one HTML file that needs no network: every fact marked in its text, a table, filters, charts.
    """
    from .export.export import Export
    from .report.page import PAGE
    from .report.task import ReportTask

    file = None if output == "-" else output
    _check_encoding(encoding)
    if file is None and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError("a terminal cannot show the page; name a file with --output")
    export = Export(PAGE, file)
    task = ReportTask(day.date() if day else None, subject, encoding, packs, export.encode)
    _run(files, task, export, file, jobs)


def _run(files: tuple[str, ...], task: Task, export: Export, file: str | None, jobs: int | None) -> NoReturn:
    """Do ``task`` for all ``files``, write the outcome, and end with the exit code."""
    _check_terminal(files)
    _check_apart(files, file)
    before_end(lambda: _break_off(export))
    sys.exit(_Run(files or ("-",), task, export, file).run(jobs))


def _break_off(export: Export) -> None:
    """On Ctrl-C what is there is written; where it cannot be, that is how the process ends."""
    try:
        with _exit_codes():
            if kept := export.break_off():
                _complain(f"interrupted; what was extracted until then is in {kept}")
    except SystemExit as end:
        os._exit(int(end.code or 0))


@main.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    from .model import Record

    click.echo(json.dumps(Record.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2))


main.add_command(explain_command)
main.add_command(rules_group)


class _Run:
    """From the sources to the export."""

    def __init__(self, names: tuple[str, ...], task: Task, export: Export, file: str | None) -> None:
        self._names, self._task, self._export, self._file = names, task, export, file

    def run(self, jobs: int | None) -> int:
        """Extract everything; return the exit code."""
        from . import work

        self._prepare()
        if not self._many():
            return self._write(work.run(self._task, self._sources()), bar=False)
        from . import pool

        count = jobs or pool.cores()
        bar = sys.stderr is not None and sys.stderr.isatty() and not self._export.is_terminal
        if count == 1:
            return self._write(work.run(self._task, self._sources()), bar)
        with pool.workers(self._task, count) as workers:
            return self._write(workers.run(self._sources()), bar)

    def _prepare(self) -> None:
        """Mistakes in the rules come to light before anything is read."""
        from .errors import RuleError

        try:
            self._task.pipeline()
        except RuleError as error:
            raise _Failure(str(error)) from error

    def _sources(self) -> Iterator[Source | Unlisted]:
        return find(self._names, self._file)

    def _many(self) -> bool:
        return len(list(islice(self._sources(), 2))) > 1

    def _write(self, outcomes: Iterator[Any], bar: bool) -> int:
        from .progress import Reporter

        reporter = Reporter(lambda: sum(1 for _ in self._sources()), bar)
        before_end(reporter.end)
        failed = False
        empty = dict.fromkeys(name for name in self._names if is_folder(name))
        try:
            with self._export:
                for outcome in outcomes:
                    if outcome.complaint is not None:
                        failed = True
                        reporter.complain(outcome.source.title, outcome.complaint)
                    if outcome.complaint is not None or outcome.portion is not None:
                        empty.pop(outcome.source.folder or outcome.source.path, None)
                    if outcome.portion is not None:
                        self._export.write(outcome.portion)
                    reporter.advance()
        finally:
            reporter.end()
        for folder in empty:
            reporter.complain(folder, "no text in this folder")
        return _UNREAD if failed or empty else 0


def _format(name: str | None, file: str | None) -> Format:
    from .export.formats import FORMATS, NAMES, choose

    if name is not None and name not in NAMES:
        raise click.BadParameter(f"{name!r} is none of {', '.join(NAMES)}", param_hint="--format")
    chosen = choose(name, file)
    if chosen is None:
        endings = " ".join(ending for each in FORMATS for ending in each.endings)
        raise click.BadParameter(
            f"{file!r} does not tell the format ({endings}); name it with --format", param_hint="--output"
        )
    if chosen.kind == "binary" and file is None and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError(f"a terminal cannot show {chosen.name}; name a file with --output")
    try:
        chosen.check()
    except MissingLibraryError as error:
        raise _Failure(str(error)) from error
    return chosen


def _check_encoding(name: str | None) -> None:
    if name is not None and not is_encoding(name):
        raise click.BadParameter(f"{name!r} is no encoding", param_hint="--encoding")


def _check_apart(files: tuple[str, ...], output: str | None) -> None:
    """A text that is also the output would be gone."""
    if output is not None and any(is_same(name, output) and Path(output).is_file() for name in files if name != "-"):
        raise click.UsageError(f"{output} is read and written at once")


def _check_terminal(files: tuple[str, ...]) -> None:
    """A person who names no file at a terminal waits for nothing: say what is expected."""
    if not files and sys.stdin is not None and sys.stdin.isatty():
        click.echo("zhfacts: reading from the terminal; end with Ctrl-D (see zhfacts --help)", err=True)


def _complain(message: str) -> None:
    click.echo(f"zhfacts: {message}", err=True)


def _end(code: int) -> NoReturn:
    """End without a word from Python about output that it cannot write, and without waiting for other processes."""
    sys.unraisablehook = lambda _: None  # what a library leaves open fails once more when it is thrown away
    pool = sys.modules.get(f"{__package__}.pool")
    if pool is not None and pool.are_left():
        os._exit(code)
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)

"""The command ``zhfacts``: text in, JSON out.

Exit codes: 0 done (also when there are no facts), 1 some input could not be read (the rest is done), 2 wrong use.
"""

from __future__ import annotations

import codecs
import json
import signal
import sys
from datetime import datetime
from pathlib import Path

import click

from . import __version__
from .emit import Writer
from .model import Record
from .pipeline import Pipeline, default_pipeline
from .reading import NotTextError, decode
from .rulebook import RuleError

_EXAMPLES = """\b
Examples:
  cat article.txt | zhfacts --date 2021-04-20
  zhfacts report.txt bulletin.txt --format jsonl
  zhfacts old.txt --encoding gb18030 --subject 东莞市
  zhfacts schema > record.schema.json

\b
Exit codes:
  0  done, also when there are no facts ([])
  1  some input could not be read; the rest was done
  2  wrong use
"""


class _DefaultCommand(click.Group):
    """A group whose command ``extract`` is meant when no command is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or args[0] not in {*self.commands, "--help", "-h", "--version"}:
            args = ["extract", *args]
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[OPTIONS] [FILE]...\n       zhfacts schema")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.commands["extract"].format_options(click.Context(self.commands["extract"], parent=ctx), formatter)
        self.format_commands(ctx, formatter)


@click.group(cls=_DefaultCommand, epilog=_EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="zhfacts")
def main() -> None:
    """Every numeric fact of a Chinese text as a validated JSON record.

    Reads each FILE, or standard input where none is named (or for -), and prints to standard output.
    """
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


@main.command("extract", hidden=True)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--date",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The document's date, against which 今年, 上半年 … are read. Otherwise taken from the text.",
)
@click.option("--subject", metavar="NAME", help="Whose figures these are where the text does not tell.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl"]),
    default="json",
    show_default=True,
    help="One JSON array (pretty on a terminal), or a record a line as each document is done.",
)
@click.option("--encoding", metavar="NAME", help="The input's encoding. Otherwise detected: UTF-8, GB18030, UTF-16.")
def extract_command(
    files: tuple[Path, ...], day: datetime | None, subject: str | None, form: str, encoding: str | None
) -> None:
    """Extract the facts of files or of standard input."""
    _check_encoding(encoding)
    _check_terminal(files)
    pipeline = _pipeline()
    writer = Writer(sys.stdout, form == "jsonl", sys.stdout.isatty())
    failed = False
    try:
        for name in files or (Path("-"),):
            try:
                text = decode(_read(name), encoding)
            except (OSError, NotTextError) as error:
                failed = True
                _complain(f"{name}: {getattr(error, 'strerror', None) or error}")
                continue
            writer.write(pipeline.run(text, day.date() if day else None, subject))
    except KeyboardInterrupt:
        writer.close()
        sys.exit(130)
    writer.close()
    sys.exit(1 if failed else 0)


@main.command()
def schema() -> None:
    """Print the JSON Schema of a record."""
    click.echo(json.dumps(Record.model_json_schema(), ensure_ascii=False, indent=2))


def _pipeline() -> Pipeline:
    try:
        return default_pipeline()
    except RuleError as error:
        raise click.ClickException(str(error)) from error


def _read(name: Path) -> bytes:
    return sys.stdin.buffer.read() if str(name) == "-" else name.read_bytes()


def _check_encoding(name: str | None) -> None:
    try:
        codecs.lookup(name or "utf-8")
    except LookupError as error:
        raise click.BadParameter(f"{name!r} is no encoding", param_hint="--encoding") from error


def _check_terminal(files: tuple[Path, ...]) -> None:
    """A person who names no file at a terminal waits for nothing: say what is expected."""
    if not files and sys.stdin.isatty():
        click.echo("zhfacts: reading from the terminal; end with Ctrl-D (see zhfacts --help)", err=True)


def _complain(message: str) -> None:
    click.echo(f"zhfacts: {message}", err=True)

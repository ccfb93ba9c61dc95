"""The command ``zhfacts explain``: the way of each figure, as a tree for a person or as JSON for a program."""

from __future__ import annotations

import dataclasses
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from .rulescli import packs_option

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree

    from .explain import Explained, Figure, Origin, Piece

_UNREAD, _MISUSED = 1, 2
_WIDEST = 200
_SILENT = frozenset({"comma", "break", "open", "close", "list", "particle"})


@click.command("explain")
@click.argument("file", required=False, type=click.Path(allow_dash=True))
@click.option("--text", help="The text itself, instead of a file or standard input.")
@click.option(
    "--at", type=click.IntRange(min=0), metavar="OFFSET", help="Only the figure (or sentence) at a code point."
)
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD", help="The document's date.")
@click.option("--subject", metavar="NAME", help="Whose figures these are where the text does not tell.")
@click.option("--encoding", metavar="NAME", help="The file's encoding. Otherwise detected.")
@packs_option
@click.option("--format", "form", type=click.Choice(["tree", "json"]), default="tree", show_default=True)
def explain_command(
    file: str | None,
    text: str | None,
    at: int | None,
    day: datetime | None,
    subject: str | None,
    encoding: str | None,
    packs: tuple[Path, ...],
    form: str,
) -> None:
    """Show the way that each figure of a text took, and why other numerals are none.

    For each sentence: its words and mentions; for each figure the rules that matched, which one has it, whence its
    indicator, subject, period and status are, and what each scope held there.
    """
    from .emit import to_json
    from .errors import RuleError
    from .explain import explain
    from .userrules import pipeline

    if text is not None and file is not None:
        raise click.UsageError("name a file or give --text, not both")
    document = _read(file or "-", encoding) if text is None else text
    if at is not None and at >= len(document):
        raise click.BadParameter(f"the text has {len(document)} code points", param_hint="--at")
    try:
        stages = pipeline(packs)
    except RuleError as error:
        _fail(str(error), _MISUSED)
    date = day.date() if day else None
    explained = explain(document, date=date, subject=subject, at=at, pipeline=stages)
    if form == "json":
        click.echo(to_json([dataclasses.asdict(each) for each in explained], indent=2))
    else:
        _show(explained)


def _read(name: str, encoding: str | None) -> str:
    from .reading import NotTextError, is_encoding
    from .sources import Source, read

    if encoding is not None and not is_encoding(encoding):
        raise click.BadParameter(f"{encoding!r} is no encoding", param_hint="--encoding")
    source = Source(name)
    try:
        text = read(source, encoding)
    except OSError as error:
        _fail(f"{source.title}: {error.strerror or error}", _UNREAD)
    except NotTextError as error:
        _fail(f"{source.title}: {error}", _UNREAD)
    if text is None:
        _fail(f"{source.title}: no text", _UNREAD)
    return text


def _fail(message: str, code: int) -> NoReturn:
    click.echo(f"zhfacts: {message}", err=True)
    sys.exit(code)


def _show(explained: list[Explained]) -> None:
    from rich.console import Console

    class Passing(Console):
        """Rich would end the process by itself."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    if not explained:
        click.echo("no figure and no numeral")
        return
    console = Passing(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _WIDEST
    for each in explained:
        console.print(_tree(each))


def _tree(each: Explained) -> Tree:
    from rich.tree import Tree

    tree = Tree(_text(f"{each.text.strip()}  [{each.start}:{each.end}] {each.block}", "bold"))
    if each.normalised != each.text:
        tree.add(_text(f"normalised  {each.normalised}", "dim"))
    if each.words:
        tree.add(_text("words  " + " ".join(_word(word) for word in each.words), "dim"))
        tree.add(_text("mentions  " + " ".join(_mention(mention) for mention in each.mentions)))
    for figure in each.figures:
        _add_figure(tree, figure)
    for passed in each.passed_over:
        tree.add(_text(f"{passed.text}  [{passed.start}:{passed.end}] {passed.why}", "dim"))
    return tree


def _add_figure(tree: Tree, figure: Figure) -> None:
    told = figure.why or _told(figure)
    branch = tree.add(_text(f"{figure.text}  [{figure.start}:{figure.end}] {figure.says} → {told}", _style(figure)))
    for match in figure.matches:
        measure = match.measure or "no fact"
        lost = f", but {match.lost_to} came first" if match.lost_to else ""
        branch.add(_text(f"rule {match.rule} ({match.priority}) {measure}: {match.text}{lost}", "dim" if lost else ""))
    for origin in figure.origins:
        branch.add(_text(_origin(origin)))
    if figure.frames:
        held = branch.add(_text("held here", "dim"))
        for frame in figure.frames:
            parts = ((name, getattr(frame, name)) for name in ("subject", "period", "status"))
            held.add(_text(f"{frame.scope}: " + ", ".join(f"{name} {value}" for name, value in parts if value), "dim"))


def _told(figure: Figure) -> str:
    record = figure.record or {}
    indicator = record["indicator"]
    name = f"{indicator['name']} ({indicator['id'] or 'open'})" if indicator else "no indicator"
    return f"{record['measure']} of {name}, {record['status']}"


def _origin(origin: Origin) -> str:
    where = "" if origin.start is None else f" [{origin.start}:{origin.end}]"
    scope = f", held by the {origin.scope}" if origin.scope else ""
    return f"{origin.part}  {origin.text or '–'}{where} {origin.origin}{scope}"


def _word(word: Piece) -> str:
    return f"{word.text.strip()}/{word.tag or word.kind}"


def _mention(mention: Piece) -> str:
    if mention.kind in _SILENT:
        return mention.text
    items = f" = {' + '.join(mention.items)}" if mention.items else ""
    return f"<{mention.kind} {mention.text}{items}>"


def _style(figure: Figure) -> str:
    return "green" if figure.record else "red"


def _text(words: str, style: str = "") -> Text:
    """Text that steers no terminal, whatever the document holds."""
    from rich.text import Text

    return Text("".join(character if character.isprintable() else " " for character in words), style)

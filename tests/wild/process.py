"""The command as a whole: bytes on standard input, an exit code and JSON on standard output.

Each run is a process of its own, forked from one that has read the rules, so that a minute is enough for thousands.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from functools import cache
from importlib import import_module
from typing import IO, Any, NamedTuple

from hypothesis import strategies as st

from extractor import Record
from extractor.reading import NotTextError, decode
from extractor.userrules import pipeline

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "big5", "unicode_escape"]
OPTIONS: list[tuple[str, ...]] = [
    (),
    ("--format", "jsonl"),
    ("--date", "2021-04-20"),
    ("--subject", "\udce4云岭镇"),
    ("--encoding", "gb18030"),
    ("--encoding", "unicode_escape"),
    ("-",),
]
UNREAD = 1


class Run(NamedTuple):
    """How the command ended, and what it wrote."""

    code: int
    out: bytes
    error: bytes


def inputs(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    """Texts in some encoding, damaged ones, and any bytes."""
    encoded = st.builds(_encoded, texts, st.sampled_from(ENCODINGS))
    damages = st.lists(st.tuples(st.integers(0, 2000), st.binary(max_size=3), st.integers(0, 3)), max_size=6)
    return st.one_of(encoded, st.builds(_damaged, encoded, damages), st.binary(max_size=400))


def _encoded(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")


def _damaged(data: bytes, damages: list[tuple[int, bytes, int]]) -> bytes:
    for at, put, gone in damages:
        data = data[:at] + put + data[at + gone :]
    return data


def check_command(data: bytes, options: tuple[str, ...]) -> None:
    """What must hold for ``data`` on standard input.

    Raises:
        AssertionError: the command ends in another way than the README says, or its output is not right.
    """
    run = zhfacts(data, options)
    text = _text(data, options)
    if text is None:
        assert (run.code, _records(run, options)) == (UNREAD, []), run
        assert run.error.startswith(b"zhfacts: standard input: not "), run
        assert run.error.count(b"\n") == 1, run
        return
    assert (run.code, run.error) == (0, b""), run
    told = _records(run, options)
    assert [Record.model_validate(each).model_dump(mode="json") for each in told] == told, "not valid"
    if "--date" not in options and "--subject" not in options:
        records = pipeline().run(text)
        assert told == [record.model_dump(mode="json") for record in records], "not what the library says"


def _text(data: bytes, options: tuple[str, ...]) -> str | None:
    try:
        return decode(data, options[1] if "--encoding" in options else None)
    except NotTextError:
        return None


def _records(run: Run, options: tuple[str, ...]) -> list[dict[str, Any]]:
    if "jsonl" in options:
        return [json.loads(line) for line in run.out.splitlines()]
    records: list[dict[str, Any]] = json.loads(run.out)
    return records


@cache
def _make_ready() -> None:
    """Read and import before the fork, once, what all runs need."""
    pipeline()
    for module in ("cli", "work", "progress", "export.export"):
        import_module(f"extractor.{module}")


def zhfacts(data: bytes, options: tuple[str, ...]) -> Run:
    """Run the command with ``data`` on standard input."""
    _make_ready()
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
        source.write(data)
        source.seek(0)
        child = os.fork()
        if not child:
            _become(source, out, error, options)
        _, status = os.waitpid(child, 0)
        out.seek(0)
        error.seek(0)
        return Run(os.waitstatus_to_exitcode(status), out.read(), error.read())


def _become(source: IO[bytes], out: IO[bytes], error: IO[bytes], options: tuple[str, ...]) -> None:
    """From here this process is the command."""
    code: object = 99
    try:
        for number, file in enumerate((source, out, error)):
            os.dup2(file.fileno(), number)
        sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
        sys.argv = ["zhfacts", *options]
        from extractor.__main__ import run

        run()
    except SystemExit as end:
        code = end.code
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 0 if code is None else 98)

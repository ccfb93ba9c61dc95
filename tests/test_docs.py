"""What the docs show is so: their outputs are those of the commands, their examples run, their pages are all there."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

DOCS = Path(__file__).parent.parent / "docs"
PAGES = sorted(DOCS.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=[page.stem for page in PAGES])
def test_examples(page: Path) -> None:
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0


def test_the_outputs_are_current() -> None:
    run = subprocess.run([sys.executable, DOCS / "generate.py", "--check"], capture_output=True, check=False)
    assert (run.returncode, run.stdout.decode(), run.stderr) == (0, "", b"")


def test_every_field_of_the_record_is_described() -> None:
    from extractor.model import Record

    text = (DOCS / "record.md").read_text("utf-8")
    assert not {
        name
        for name in Record.model_fields
        if f"`{name}`" not in text and f"## {name}" not in text and f"and {name}" not in text
    }


def test_every_page_is_in_the_contents() -> None:
    contents = yaml.safe_load((DOCS.parent / "mkdocs.yml").read_text("utf-8"))["nav"]
    assert sorted(name for entry in contents for name in entry.values()) == [page.name for page in PAGES]


def test_every_command_is_shown() -> None:
    from extractor.cli import main

    text = (DOCS / "commands.md").read_text("utf-8")
    shown = set(re.findall(r"^## zhfacts (\w+)", text, re.M))
    assert {name for name, command in main.commands.items() if not command.hidden} <= shown

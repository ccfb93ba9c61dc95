"""Reports of texts, for the tests."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from extractor import extract
from extractor.report.document import encode
from extractor.report.page import page


def written(folder: Path, texts: Mapping[str, str]) -> Path:
    """The report of documents, each a name and a text, in a file."""
    file = folder / "report.html"
    file.write_text(page_of(texts), "utf-8", errors="backslashreplace", newline="")
    return file


def page_of(texts: Mapping[str, str]) -> str:
    """The report of documents, each a name and a text."""
    return page(list(texts), [encode(name, text, extract(text, source=name)) for name, text in texts.items()])


def data_of(html: str) -> Any:
    """The data in a report."""
    [block] = re.findall(r'<script type="application/json" id="data">(.*?)</script>', html, re.S)
    return json.loads(block)


def title_of(html: str) -> str:
    """The title of a report."""
    [title] = re.findall("<title>(.*?)</title>", html, re.S)
    return unescape(title)


def flat(nodes: list[Any]) -> str:
    """The text of nodes without their marks."""
    return "".join(node if isinstance(node, str) else flat(node[1:]) for node in nodes)


def marked(document: Any) -> Iterator[tuple[str, str]]:
    """The roles and texts of a document's marks, outer ones first."""

    def within(nodes: list[Any]) -> Iterator[tuple[str, str]]:
        for node in nodes:
            if not isinstance(node, str):
                yield document["spans"][node[0]][0], flat(node[1:])
                yield from within(node[1:])

    for line in document["lines"]:
        yield from within(line)

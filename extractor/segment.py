"""Segment: words of Chinese text with their dictionary tags, by a jieba tokenizer that belongs to zhfacts alone."""

from __future__ import annotations

import hashlib
import marshal
import os
import warnings
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from math import inf, log
from pathlib import Path
from typing import Any, NamedTuple

# Frequent enough that the most probable path keeps a word of the rules whole.
_KEPT_WHOLE = 20_000


class Token(NamedTuple):
    """A word, where it starts in the segmented text, and its dictionary tag (``""`` when unknown)."""

    word: str
    start: int
    tag: str


class Segmenter:
    """A private tokenizer that keeps ``words`` (word → tag) whole; jieba's global one and its log stay untouched."""

    def __init__(self, words: dict[str, str]) -> None:
        frequencies, tags, total = _dictionary()
        for word, tag in words.items():
            tags[word] = tag or tags.get(word, "n")
            if len(word) > 1:
                total += max(0, _KEPT_WHOLE - frequencies.get(word, 0))
                frequencies[word] = max(frequencies.get(word, 0), _KEPT_WHOLE)
            elif word not in frequencies:
                frequencies[word] = 1
            for length in range(1, len(word)):
                frequencies.setdefault(word[:length], 0)
        self._tokenizer = _tokenizer(frequencies, total)
        self.tags = tags
        self.frequencies = frequencies

    def words(self, text: str) -> Iterator[str]:
        """The words of ``text`` in order; they cover it whole."""
        words: Iterator[str] = self._tokenizer.cut(text, HMM=False)
        return words

    def tokens(self, text: str) -> Iterator[Token]:
        """The words of ``text`` with their places and tags."""
        position = 0
        tags = self.tags
        for word in self.words(text):
            yield Token(word, position, tags.get(word, ""))
            position += len(word)

    def is_word(self, text: str) -> bool:
        """True when the dictionary has ``text`` as a word, not only as the beginning of one."""
        return self.frequencies.get(text, 0) > 0


def _tokenizer(frequencies: dict[str, int], total: int) -> Any:
    """A jieba tokenizer with this dictionary that finds the same path in one pass, and takes each logarithm once."""
    with warnings.catch_warnings():  # jieba's own code warns on newer Pythons; that is nothing for a user's screen
        warnings.simplefilter("ignore")
        from jieba import Tokenizer  # imported late: it is slow to import, and the command's --help needs none

    lowest = -log(total)
    logs: dict[str, float] = {}

    class OnePass(Tokenizer):  # type: ignore[misc]
        def get_DAG(self, sentence: str) -> None:  # noqa: N802
            """Nothing: the words are looked up where their probability is needed, in ``calc``."""

        def calc(self, sentence: str, DAG: None, route: dict[int, tuple[float, int]]) -> None:  # noqa: ARG002, N803
            """The most probable path, as in jieba: of equally probable words the longer one."""
            length = len(sentence)
            route[length] = (0.0, 0)
            for start in range(length - 1, -1, -1):
                best, at = -inf, start
                end, word = start + 1, sentence[start]
                while word in frequencies:
                    if frequencies[word]:
                        value = logs.get(word)
                        if value is None:
                            value = logs[word] = log(frequencies[word]) + lowest
                        value += route[end][0]
                        if value >= best:
                            best, at = value, end - 1
                    if end == length:
                        break
                    end += 1
                    word = sentence[start:end]
                route[start] = (best, at) if best > -inf else (lowest + route[start + 1][0], start)

    tokenizer = OnePass()
    tokenizer.FREQ, tokenizer.total, tokenizer.initialized = frequencies, total, True
    return tokenizer


def _dictionary() -> tuple[dict[str, int], dict[str, str], int]:
    """jieba's own dictionary with its tags, from a cache in the user's cache folder where there is one."""
    source = Path(str(files("jieba"))) / "dict.txt"
    stamp = hashlib.sha256(f"{version('jieba')}:{source.stat().st_size}".encode()).hexdigest()[:16]
    cached = _cache_folder() / f"dictionary-{stamp}.marshal"
    try:
        loaded: tuple[dict[str, int], dict[str, str], int] = marshal.loads(cached.read_bytes())
        return loaded
    except (OSError, ValueError, EOFError, TypeError):
        built = _parse(source.read_text("utf-8").splitlines())
        _save(cached, marshal.dumps(built))
        return built


def _parse(lines: Iterable[str]) -> tuple[dict[str, int], dict[str, str], int]:
    frequencies: dict[str, int] = {}
    tags: dict[str, str] = {}
    total = 0
    for line in lines:
        word, count, tag = line.split(" ")
        frequency = int(count)
        frequencies[word] = frequency
        tags[word] = tag
        total += frequency
        for length in range(1, len(word)):
            frequencies.setdefault(word[:length], 0)
    return frequencies, tags, total


def _cache_folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "zhfacts"


def _save(path: Path, data: bytes) -> None:
    """Write whole or not at all; a folder that cannot be written costs only time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        pass

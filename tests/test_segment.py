"""What is relied on of jieba: its dictionary file and the path through it, which must stay those of ``jieba.lcut``."""

from __future__ import annotations

import ast
import os
import shutil
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

import pytest
from command import one_line, zhfacts
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractor.dictionary import Dictionary, dictionary_file
from extractor.errors import DictionaryError
from extractor.normalise import normalise
from extractor.segment import Segmenter

ROOT = Path(__file__).parents[1]
SAMPLES = [path.read_text("utf-8") for path in sorted((ROOT / "samples").glob("*.txt"))]
PLAIN = Segmenter({})  # no word of the rules interferes


@cache
def jieba():  # type: ignore[no-untyped-def]
    import jieba

    jieba.setLogLevel("ERROR")
    jieba.initialize()
    return jieba


# --------------------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize("text", SAMPLES)
def test_the_samples_are_cut_as_jieba_cuts_them(text: str) -> None:
    plain = normalise(text).text
    assert list(PLAIN.words(plain)) == jieba().lcut(plain, HMM=False)


MIXED = st.lists(
    st.one_of(
        st.sampled_from([text[at : at + 7] for text in SAMPLES for at in range(0, len(text), 7)]),
        st.sampled_from(list("GDPa5.%+#&_-— ，\n\t𠮷龥鿿")),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
    ),
    max_size=30,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(MIXED)
@example("GDP达3.5%A股5G+")
@example("a")
@example("")
def test_any_text_is_cut_as_jieba_cuts_it(text: str) -> None:
    assert list(PLAIN.words(text)) == jieba().lcut(text, HMM=False)


def test_words_cover_the_text() -> None:
    for text in SAMPLES:
        tokens = list(Segmenter({"石桥镇": "ns", "最高奖": "none"}).tokens(text))
        assert "".join(token.word for token in tokens) == text
        assert all(text.startswith(token.word, token.start) for token in tokens)


# ---------------------------------------------------------------------------------------------------------- dictionary


def test_the_dictionary_is_all_that_jieba_knows() -> None:
    dictionary, known = Dictionary(), jieba().dt
    assert dictionary.total == known.total
    mine: dict[str, int] = {}
    for first in {word[0] for word in known.FREQ}:
        mine |= dictionary.words(first)[0]
    assert mine == known.FREQ


def test_tags_are_those_of_jieba() -> None:
    from jieba import posseg

    tags = posseg.dt.word_tag_tab or posseg.dt.load_word_tag(jieba().dt.get_dict_file()) or posseg.dt.word_tag_tab
    words = ["经济", "增长", "分别", "东莞", "全国", "的", "一", "农业部", "同比"]
    assert [PLAIN.tag(word) for word in words] == [tags.get(word, "") for word in words]


def test_a_name_that_is_no_word_has_neither_tag_nor_frequency() -> None:
    assert (PLAIN.tag("鑫瓴镇"), PLAIN.is_word("鑫瓴镇"), PLAIN.is_rare("鑫瓴镇")) == ("", False, True)


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A jieba that can be broken, before the installed one; returns its dictionary."""
    (tmp_path / "jieba").mkdir()
    shutil.copy(dictionary_file(), tmp_path / "jieba" / "dict.txt")
    (tmp_path / "jieba" / "__init__.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "jieba" / "dict.txt"


def missing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"\n\xe7")


def of_another_form(path: Path) -> None:
    path.write_text("经济\t48718\tn\n", "utf-8")


def without_tags(path: Path) -> None:
    path.write_text("经济 48718 n\n增长 2000\n", "utf-8")


DAMAGES = {missing: "No such file", empty: "it is empty", cut_short: "not UTF-8", of_another_form: ":1: not", without_tags: ":2: not"}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_dictionary_that_cannot_be_read_is_told(broken: Path, monkeypatch: pytest.MonkeyPatch, damage) -> None:  # type: ignore[no-untyped-def]
    damage(broken)
    monkeypatch.setattr("extractor.dictionary.dictionary_file", lambda: broken)
    with pytest.raises(DictionaryError, match=f"^{broken}.*{DAMAGES[damage]}.*: pip install"):
        Dictionary()


@pytest.mark.parametrize("args", [(), ("--jobs", "2"), ("explain",), ("report",)])
def test_the_command_tells_it_in_a_line(broken: Path, args: tuple[str, ...]) -> None:
    of_another_form(broken)
    run = zhfacts(*args, stdin="全市产量5吨。".encode())
    assert (run.returncode, run.stdout) == (2, b"")
    assert one_line(run.stderr).startswith(f"{broken}:1: not a word")


def test_a_dictionary_that_breaks_behind_a_cache_is_told_too(broken: Path) -> None:
    assert zhfacts(stdin="全市产量5吨。".encode()).returncode == 0
    missing(broken)
    run = zhfacts(stdin="全市产量5吨。".encode())
    assert (run.returncode, run.stdout) == (2, b"")
    assert "dict.txt: No such file" in one_line(run.stderr)


def test_without_jieba(tmp_path: Path) -> None:
    from command import without

    run = zhfacts(stdin="全市产量5吨。".encode(), env=without(tmp_path, "jieba"))
    assert (run.returncode, run.stdout) == (2, b"")
    assert one_line(run.stderr) == "jieba is not installed: pip install jieba"


# --------------------------------------------------------------------------------------------------- what is private


def imports(path: Path) -> set[str]:
    """The modules that a file imports from elsewhere, with what it imports of them."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found - {"__future__.annotations"}


def test_nothing_private_is_imported() -> None:
    modules = {name for path in (ROOT / "extractor").rglob("*.py") for name in imports(path)}
    assert "re" in modules
    assert not [name for name in modules if any(part.startswith("_") for part in name.split("."))]


def test_jieba_is_used_for_its_file_alone() -> None:
    modules = {name for path in (ROOT / "extractor").rglob("*.py") for name in imports(path)}
    assert not [name for name in modules if name.startswith("jieba")]
    assert "jieba/dict.txt" in {os.fspath(file) for file in distribution("jieba").files or ()}

"""A cache that is missing, stale, damaged, foreign, unwritable or written twice at once costs time, and nothing else."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.dictionary import Lexicon
from extractor.model import Record
from extractor.pipeline import Pipeline, default_pipeline
from extractor.rulebook import RuleError, rules_folder
from extractor.userrules import pipeline as laid_over

TEXT = "2023年，白石镇粮食总产量达4.2万吨，同比增长3.1%；财政收入约1.5亿元。"
EXPECTED = Pipeline().run(TEXT)
DICTIONARY, RULES = "dictionary-*", "rules-*"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "zhfacts"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        start()
    return folder / "zhfacts"


@pytest.fixture
def filled(home: Path, made: Path) -> Path:
    shutil.copytree(made, home)
    return home


def start(rules: Path | None = None) -> list[Record]:
    """The records of the text after a start of its own."""
    return default_pipeline.__wrapped__(rules).run(TEXT)


def kept(folder: Path, kind: str) -> Path:
    [path] = folder.glob(kind)
    return path


def command(*, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "extractor", "--format", "jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "XDG_CACHE_HOME": str(folder)},
    )


def test_a_second_start_needs_neither_the_files_of_the_rules_nor_their_models(filled: Path) -> None:
    code = f"import sys, extractor; print(len(extractor.extract({TEXT!r})), *sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    count, *modules = done.stdout.split()
    assert int(count) == len(EXPECTED) == 3
    assert not {"yaml", "jieba", "extractor.rulebook"} & set(modules)
    assert len(list(filled.iterdir())) == 2


@pytest.mark.usefixtures("filled")
def test_what_was_kept_says_the_same_as_what_was_made() -> None:
    made, read = Pipeline(), default_pipeline.__wrapped__()
    for sample in sorted((Path(__file__).parents[1] / "samples").glob("*.txt")):
        text = sample.read_text("utf-8")
        assert read.run(text) == made.run(text)


@pytest.mark.usefixtures("filled")
def test_the_dictionary_is_read_as_far_as_it_is_needed() -> None:
    lexicon = Lexicon({}, 1)
    assert lexicon.tag("经济") == "n"
    assert lexicon.frequency("经济") == 48718
    assert lexicon.frequency("经济特") == 0  # the beginning of 经济特区
    assert lexicon.frequency("经济济") is None
    assert lexicon.known == {"经"}
    assert {word[0] for word in lexicon.frequencies} == {"经"}


def test_words_of_the_rules_lie_over_the_dictionary() -> None:
    plain, laid = Lexicon({}, 20_000), Lexicon({"经济济": "n", "经济": ""}, 20_000)
    assert (laid.tag("经济济"), laid.frequency("经济济")) == ("n", 20_000)
    assert (laid.tag("经济"), laid.frequency("经济")) == ("n", 48718)
    assert laid.total == plain.total + 20_000


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def half(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def few_bytes(path: Path) -> None:
    os.truncate(path, 7)


def last_byte_gone(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 1)


def zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def flipped_everywhere(path: Path) -> None:
    path.write_bytes(bytes(byte ^ 0x55 for byte in path.read_bytes()))


def flipped_behind(path: Path) -> None:
    """The index stays, what it points at is wrong."""
    data = path.read_bytes()
    middle = len(data) // 4
    path.write_bytes(data[:middle] + bytes(byte ^ 0x01 for byte in data[middle:]))


def text_instead(path: Path) -> None:
    path.write_text("no cache\n" * 1000)


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def dead_link_instead(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


DAMAGES = [
    nothing,
    half,
    few_bytes,
    last_byte_gone,
    zeros,
    flipped_everywhere,
    flipped_behind,
    text_instead,
    folder_instead,
    dead_link_instead,
]


@pytest.mark.parametrize("kind", [DICTIONARY, RULES])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_made_anew(filled: Path, kind: str, damage: Callable[[Path], None]) -> None:
    damage(kept(filled, kind))
    assert start() == EXPECTED


@pytest.mark.parametrize("damage", [nothing, half, zeros])
def test_a_dictionary_that_is_damaged_in_use_is_made_anew(filled: Path, damage: Callable[[Path], None]) -> None:
    pipeline = default_pipeline.__wrapped__()
    damage(kept(filled, DICTIONARY))
    assert pipeline.run(TEXT) == EXPECTED


@pytest.mark.parametrize("kind", [DICTIONARY, RULES])
def test_a_missing_file_is_made_anew(filled: Path, kind: str) -> None:
    path = kept(filled, kind)
    path.unlink()
    assert start() == EXPECTED
    assert path.is_file()


def test_files_are_for_their_user_alone(filled: Path) -> None:
    assert [stat.S_IMODE(path.stat().st_mode) for path in filled.iterdir()] == [0o600, 0o600]


def spy(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Whether anything is unpickled."""
    from extractor import compiled

    calls: list[object] = []
    original = compiled._unpickled

    def unpickled(data: memoryview) -> Pipeline:
        calls.append(data)
        return original(data)

    monkeypatch.setattr(compiled, "_unpickled", unpickled)
    return calls


@pytest.mark.usefixtures("filled")
def test_what_is_the_users_own_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = spy(monkeypatch)
    default_pipeline.__wrapped__()
    assert len(calls) == 1


@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_can_write_is_not_unpickled(filled: Path, monkeypatch: pytest.MonkeyPatch, mode: int) -> None:
    kept(filled, RULES).chmod(mode)
    calls = spy(monkeypatch)
    pipeline = default_pipeline.__wrapped__()
    assert not calls
    assert pipeline.run(TEXT) == EXPECTED


@pytest.mark.usefixtures("filled")
def test_what_another_user_owns_is_not_unpickled(monkeypatch: pytest.MonkeyPatch) -> None:
    other = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: other)
    calls = spy(monkeypatch)
    pipeline = default_pipeline.__wrapped__()
    assert not calls
    assert pipeline.run(TEXT) == EXPECTED


def test_changed_rules_hold_at_once(tmp_path: Path, home: Path) -> None:
    folder = Path(shutil.copytree(rules_folder(), tmp_path / "rules"))
    assert start(folder) == EXPECTED
    path = folder / "indicators.yaml"
    text = path.read_text("utf-8").replace("{id: grain_output,", "{id: grain_harvest,", 1)
    assert "grain_harvest" in text
    path.write_text(text, "utf-8")
    os.utime(path, ns=(0, 0))  # not even an old date hides the change
    [first, *_] = start(folder)
    assert first.indicator is not None
    assert first.indicator.id == "grain_harvest"
    assert len(list(home.glob(RULES))) == 2


# --------------------------------------------------------------------------------------------------------------- packs


def honey(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    text = f"indicators: [{{id: honey, name: {name}, dimension: mass, aliases: [产蜜量]}}]"
    (folder / "indicators.yaml").write_text(text, "utf-8")
    return folder


def named(*packs: Path) -> str | None:
    """The official name of what the text tells, after a start of its own."""
    [record] = laid_over.__wrapped__(packs).run("全县产蜜量300吨。")
    return record.indicator and record.indicator.name


def test_packs_are_kept_too(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = honey(tmp_path / "own", "蜂蜜产量")
    assert named(own) == "蜂蜜产量"
    calls = spy(monkeypatch)
    assert named(own) == "蜂蜜产量"
    assert len(calls) == 1
    assert start() == EXPECTED  # without it all is as it ships
    assert len(list(home.glob(RULES))) == 2


@pytest.mark.usefixtures("home")
def test_a_changed_pack_holds_at_once_and_so_does_the_order_of_packs(tmp_path: Path) -> None:
    own, other = honey(tmp_path / "own", "蜂蜜产量"), honey(tmp_path / "other", "土蜂蜜产量")
    assert (named(own, other), named(other, own)) == ("土蜂蜜产量", "蜂蜜产量")
    honey(own, "百花蜜产量")
    os.utime(own / "indicators.yaml", ns=(0, 0))
    assert (named(own, other), named(other, own), named(own)) == ("土蜂蜜产量", "百花蜜产量", "百花蜜产量")


@pytest.mark.usefixtures("home")
def test_a_mistake_in_a_pack_is_told_also_behind_a_cache(tmp_path: Path) -> None:
    own = honey(tmp_path / "own", "蜂蜜产量")
    named(own)
    (own / "indicatrs.yaml").write_text("indicators: []", "utf-8")
    with pytest.raises(RuleError, match=r"indicatrs\.yaml: no rules have this name"):
        named(own)


def test_a_second_start_with_a_pack_needs_no_models_of_rules(tmp_path: Path) -> None:
    own = honey(tmp_path / "own", "蜂蜜产量")
    named(own)
    code = f"""if True:
        import sys
        from pathlib import Path
        from extractor.userrules import pipeline
        print(len(pipeline((Path({str(own)!r}),)).run("全县产蜜量300吨。")), *sys.modules)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    count, *modules = done.stdout.split()
    assert count == "1"
    assert not {"yaml", "jieba", "extractor.rulebook", "extractor.packs"} & set(modules)


def test_a_mistake_in_the_rules_is_told_also_behind_a_cache(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(rules_folder(), tmp_path / "rules"))
    start(folder)
    (folder / "units.yaml").unlink()
    with pytest.raises(ValueError, match=r"units\.yaml: No such file"):
        start(folder)


def test_files_of_other_versions_are_removed_when_there_are_many(filled: Path) -> None:
    for number in range(20):
        old = filled / f"rules-{number}"
        old.write_bytes(b"old")
        os.utime(old, (number, number))
    kept(filled, "rules-????????????????????????????????").unlink()
    start()
    assert len(list(filled.glob(RULES))) == 8
    assert start() == EXPECTED


@pytest.mark.parametrize("where", ["file", "below a file", "read-only"])
def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    file = tmp_path / "file"
    file.write_text("")
    locked = tmp_path / "locked"
    locked.mkdir(0o500)
    folder = {"file": file, "below a file": file / "cache", "read-only": locked}[where]
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    assert start() == EXPECTED
    assert start() == EXPECTED


def test_a_disk_that_is_full(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fdopen", full)
    assert start() == EXPECTED
    assert not list(home.iterdir())


def test_a_pipeline_that_cannot_be_pickled_is_not_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.normalise._FORMS", {ord("（"): lambda: "("})
    default_pipeline.__wrapped__()
    assert not list(home.glob(RULES))


def test_without_a_home(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless(_: type[Path]) -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", classmethod(homeless))
    assert start() == EXPECTED


def test_written_by_several_processes_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    running = [command(folder=folder) for _ in range(4)]
    outputs = {process.communicate(TEXT.encode()) for process in running}
    [(out, err)] = outputs
    assert out.count(b"\n") == len(EXPECTED)
    assert not err
    assert all(process.returncode == 0 for process in running)
    assert len(list((folder / "zhfacts").iterdir())) == 2  # no part is left

"""Write the output of every command in the docs anew, as it really is.

    python docs/generate.py            write it into docs/*.md
    python docs/generate.py --check    write nothing; exit 1 and say which pages are not current

A page is run from top to bottom in a folder of its own, which begins with the files of ``samples/`` that it names. A
block with a ``title`` is a file, which is written there. In a ``console`` block each line after ``$`` is a command of
the shell; what follows it is its output, and is written anew. Other blocks are left alone.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parent
SAMPLES = DOCS.parent / "samples"
_BLOCK = re.compile(r'^```(?P<kind>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<body>.*?)^```$', re.M | re.S)


def current(page: Path) -> str:
    """The text of a page with the output of its commands."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(SAMPLES, folder / "samples")
        return _BLOCK.sub(lambda block: _block(block, folder), page.read_text("utf-8"))


def _block(block: re.Match[str], folder: Path) -> str:
    if block["title"]:
        path = folder / block["title"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block["body"], "utf-8")
    if block["kind"] != "console":
        return block[0]
    commands = [line for line in block["body"].splitlines() if line.startswith("$ ")]
    return "```console\n" + "".join(f"{line}\n{_output(line[2:], folder)}" for line in commands) + "```"


def _output(command: str, folder: Path) -> str:
    """What a command prints on either stream, without trailing spaces."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "COLUMNS": "100", "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}
    run = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    output = run.stdout.decode()
    if "Traceback (most recent call last)" in output:
        sys.exit(f"{command}: fails; nothing is written\n{output}")
    return "".join(f"{line.rstrip()}\n" for line in output.splitlines())


def main(check: bool) -> int:
    """Write or check all pages; return the exit code."""
    stale = []
    for page in sorted(DOCS.glob("*.md")):
        before, now = page.read_text("utf-8"), current(page)
        if now != before:
            stale.append(page.name)
            if not check:
                page.write_text(now, "utf-8")
    if stale:
        print(f"{'not current (run docs/generate.py)' if check else 'written'}: {', '.join(stale)}")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))

"""The browser of the tests: one for each process, with a new profile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from chromium import Page


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    pytest.importorskip("selenium", reason="selenium is not installed: the report is not tried in a browser")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("Debian's chromium and chromium-driver are not installed (tests/browser/install.sh)")
    from chromium import Page, start

    browser = start(tmp_path_factory.mktemp("profile"), chromium, driver)
    yield Page(browser)
    browser.quit()


@pytest.fixture
def write(tmp_path: Path) -> object:
    """Write the report of documents: a name and a text each."""
    from report import written

    return lambda **texts: written(tmp_path, texts)

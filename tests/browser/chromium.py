"""A headless Chromium with a page of facts, for the tests."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

FLAGS = (
    "--headless",
    "--no-sandbox",  # as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en",
)


def start(profile: Path, chromium: str, driver: str) -> webdriver.Chrome:
    """A browser with a new profile."""
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(driver))


class Page:
    """The report in the browser, as a reader sees it."""

    def __init__(self, browser: webdriver.Chrome) -> None:
        self.browser = browser

    def open(self, file: Path, width: int = 1400, height: int = 900, dark: bool = False) -> None:
        """Load a report in a window of this size and colour scheme."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.media("", dark)
        self.browser.get(file.resolve().as_uri())

    def media(self, kind: str, dark: bool = False) -> None:
        """Show the page as for ``kind`` (``print``, or nothing for the screen)."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": kind, "features": [scheme]})

    def all(self, selector: str) -> list[WebElement]:
        """The elements that match."""
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str) -> WebElement:
        """The first element that matches."""
        return self.browser.find_element(By.CSS_SELECTOR, selector)

    def run(self, script: str, *arguments: Any) -> Any:
        """What a script returns."""
        return self.browser.execute_script(script, *arguments)

    def mark(self, text: str, role: str = "quantity") -> WebElement:
        """The mark of this text."""
        return next(each for each in self.all(f"mark.{role}") if each.text == text)

    def rows(self) -> list[str]:
        """The rows of the table, their cells joined by spaces."""
        script = """return [...document.querySelectorAll('tbody tr')].map(
            row => [...row.cells].map(cell => cell.textContent).filter(Boolean).join(' '))"""
        rows: list[str] = self.run(script)
        return rows

    def row(self, text: str) -> WebElement:
        """The row that begins so."""
        return self.all("tbody tr")[next(at for at, row in enumerate(self.rows()) if row.startswith(text))]

    def selected(self) -> list[str]:
        """The selected rows."""
        script = """return [...document.querySelectorAll('tbody tr[aria-selected=true]')].map(
            row => [...row.cells].map(cell => cell.textContent).filter(Boolean).join(' '))"""
        rows: list[str] = self.run(script)
        return rows

    def on(self, role: str) -> list[str]:
        """The texts of the marks that are lit."""
        return [each.text for each in self.all(f"mark.on.{role}")]

    def choose(self, name: str, value: str) -> None:
        """Choose what begins with ``value`` in a filter."""
        select = Select(self.one(f"[data-filter={name}] select"))
        select.select_by_visible_text(next(each.text for each in select.options if each.text.startswith(value)))

    def options(self, name: str) -> list[str]:
        """What a filter offers."""
        return [each.text for each in Select(self.one(f"[data-filter={name}] select")).options]

    def press(self, *keys: str) -> None:
        """Press keys, wherever the focus is."""
        for key in keys:
            self.browser.switch_to.active_element.send_keys(key)

    def tab_to(self, selector: str, back: bool = False) -> None:
        """Press Tab until the focus is there."""
        for _ in range(40):
            self.press(Keys.SHIFT + Keys.TAB if back else Keys.TAB)
            if self.run("return document.activeElement.matches(arguments[0])", selector):
                return
        raise AssertionError(f"Tab never comes to {selector}")

    def color(self, selector: str, of: str = "background-color") -> str:
        """A computed colour."""
        color: str = self.one(selector).value_of_css_property(of)
        return color

    def errors(self) -> list[str]:
        """What the console complains of."""
        return [entry["message"] for entry in self.browser.get_log("browser")]


def eventually(found: Callable[[], Any], seconds: float = 10) -> Any:
    """What ``found`` gives as soon as it gives anything."""
    end = time.monotonic() + seconds
    while not (result := found()):
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
    return result

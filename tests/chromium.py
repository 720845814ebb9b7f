"""A real browser, and what a user does with it; tests of pages share it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

_CHROMIUM, _DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
NEEDS_CHROMIUM = pytest.mark.skipif(
    not (_CHROMIUM and _DRIVER), reason="needs Debian's packages chromium and chromium-driver"
)

_FLAGS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
)
_RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


class Chromium:
    """A browser with one page at a time."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def run(self, script: str, *values: object) -> Any:
        return self.driver.execute_script(script, *values)

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        texts: list[str] = self.run(
            "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)", selector
        )
        return texts

    def text(self, selector: str) -> str:
        return self.texts(selector)[0]

    @property
    def focused(self) -> str:
        identifier: str = self.run("return document.activeElement.id")
        return identifier

    def type(self, *keys: str) -> None:
        self.driver.switch_to.active_element.send_keys(*keys)

    def devtools(self, command: str, **values: object) -> Any:
        return self.driver.execute_cdp_cmd(command, values)

    def screen(self, width: int, height: int = 800) -> None:
        self.devtools(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600
        )

    def console(self) -> list[str]:
        """What the browser complained of since this was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]  # type: ignore[no-untyped-call]

    def violations(self, *rules: str) -> list[str]:
        """What axe finds against WCAG 2.2 AA, or against some rules only, in the page as it now is, of which some rows,
        areas and choices go."""
        # The rows of a table are all alike, and so are the areas of the map: some of each say as much as all.
        alike = "tbody tr:nth-child(n+7), path:nth-child(n+4), option:nth-child(n+4)"
        self.run("for (const one of document.querySelectorAll(arguments[0])) one.remove()", alike)
        if not self.run("return Boolean(window.axe)"):
            self.run((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
        results = self.driver.execute_async_script(
            "const [runOnly, rules, done] = arguments;"
            "axe.run({ runOnly, rules, preload: false, resultTypes: ['violations'] })"
            ".then((result) => done(result.violations))",
            {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(_RULES)},
            {} if rules else {"target-size": {"enabled": True}},
        )
        return [
            f"{violation['id']}: {node['target']} {node['failureSummary']}"
            for violation in results
            for node in violation["nodes"]
        ]


@contextmanager
def started_driver(profile: Path) -> Iterator[webdriver.Chrome]:
    """A browser with a profile of its own, ended at the end."""
    options = Options()
    options.binary_location = _CHROMIUM or ""
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(_DRIVER))
    try:
        yield driver
    finally:
        driver.quit()


def wait_for(holds: Any, seconds: float = 60) -> None:
    """Wait until something holds; it fails when that takes too long."""
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        # To ask a page takes three thousandths of a second of both processors, which it then works no faster with.
        time.sleep(0.05)

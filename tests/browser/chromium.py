"""
A real Chromium for tests of pages: no request to anywhere, everything it asks for is written down.

Where Chromium is missing a test is skipped with the reason; under ``CI=true`` it fails instead.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.support.ui import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
READY_S = 20
DESKTOP = (1440, 900)
PHONE = (390, 844)


def find_chromium() -> tuple[str, str]:
    """Paths of the browser and its driver; skips the test, or fails it in CI, where one is missing."""
    browser = next((path for name in NAMES if (path := shutil.which(name))), None)
    driver = shutil.which("chromedriver")
    if browser and driver:
        return browser, driver
    reason = "Chromium or chromedriver is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


class Page:
    """One open page of a browser."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, path: Path, *, size: tuple[int, int] = DESKTOP) -> None:
        """Opens a file and waits until its script says that it is ready."""
        width, height = size
        is_phone = width < 800
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if is_phone else 1,
            mobile=is_phone,
        )
        self.driver.get_log("performance")
        self.driver.get_log("browser")
        self.driver.get(path.as_uri())
        WebDriverWait(self.driver, READY_S).until(lambda _: self.root("ready"))

    def run(self, script: str, *values: Any) -> Any:
        return self.driver.execute_script(script, *values)

    def cdp(self, command: str, **parameters: Any) -> Any:
        return self.driver.execute_cdp_cmd(command, parameters)

    def root(self, name: str) -> str | None:
        """Data attribute of the document's root."""
        found = self.run("return document.documentElement.dataset[arguments[0]] ?? null", name)
        return None if found is None else str(found)

    def text(self, selector: str) -> str:
        """Text content of an element, exactly as it stands in the document."""
        return str(self.run("return document.querySelector(arguments[0]).textContent", selector))

    def click(self, selector: str) -> None:
        self.run("document.querySelector(arguments[0]).click()", selector)

    def errors(self) -> list[str]:
        """Messages of the console that are errors or warnings."""
        return [
            entry["message"]
            for entry in self.driver.get_log("browser")
            if entry["level"] in ("SEVERE", "WARNING")
        ]

    def requests(self) -> list[str]:
        """Addresses that were asked for since the page was opened, data: ones left out."""
        events = [
            json.loads(row["message"])["message"] for row in self.driver.get_log("performance")
        ]
        addresses = [
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        ]
        return [address for address in addresses if not address.startswith("data:")]


@contextmanager
def open_browser(profile: Path) -> Iterator[Page]:
    """Chromium with a fresh profile, whose network is off."""
    browser, driver = find_chromium()
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (*FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    started = webdriver.Chrome(options=options, service=Service(driver))
    try:
        page = Page(started)
        page.cdp("Network.enable")
        page.cdp("Network.setBlockedURLs", urls=["http://*", "https://*", "ws://*", "wss://*"])
        yield page
    finally:
        started.quit()

"""The Chromium that the trials drive: which one, how it is started, and that it stays at home."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "no Chromium found: `make test` installs Debian's where it may; else put one on the PATH, "
    "or name it in TABLEBANK_CHROMIUM"
)
STARTED_WITH = (
    "--no-sandbox",  # it shows our own pages only, and containers have no user namespaces
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def found() -> str | None:
    """The program's path: the one that is named, else the first on the PATH."""
    named = os.environ.get("TABLEBANK_CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else NAMES)), None)


@contextmanager
def running(path: str) -> Iterator[Browser]:
    """One browser without a window; no name but loopback's leads anywhere from it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(STARTED_WITH))
        try:
            yield browser
        finally:
            browser.close()

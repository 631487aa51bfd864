"""Finds a Chromium for the browser tests, or installs one: `python tests/browser.py`.

Looked for in this order: the environment variable CHROMIUM, the machine's own browsers, Playwright's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# As root Chromium runs without its sandbox only; the rest keeps it from talking to the outside by itself.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
# Package managers, the commands that need root first to last, and the package's name there.
MANAGERS = {
    "apt-get": (["apt-get", "update", "-q"], ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"]),
    "dnf": (["dnf", "install", "-y", "chromium"],),
    "apk": (["apk", "add", "--no-cache", "chromium"],),
}
ADVICE = """No Chromium was found and none could be installed, so the browser tests cannot run.
Install Chromium or Google Chrome (e.g. `sudo apt-get install chromium`), or give the path of one:
CHROMIUM=/path/to/chrome make test"""


def find() -> str | None:
    """Return the path of a Chromium, or None."""
    asked = os.environ.get("CHROMIUM")
    if asked:
        return asked if Path(asked).is_file() else shutil.which(asked)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    for place in PLACES:
        if Path(place).is_file():
            return place
    return _of_playwright()


def _of_playwright() -> str | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else None


def install() -> str | None:
    """Install a Chromium with the system's package manager when root, else with Playwright; return its path."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        for manager, commands in MANAGERS.items():
            if shutil.which(manager):
                quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
                done = all(subprocess.call(command, env=quiet, stdout=sys.stderr) == 0 for command in commands)
                if done and find():
                    return find()
    subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr)
    return find()


def main() -> int:
    """Print the path of a Chromium, installing one where there is none."""
    path = find() or install()
    if path is None:
        print(ADVICE, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())

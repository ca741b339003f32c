"""The browser that tests use, and what they ask about a page."""

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

TUTORIAL = Path(__file__).parents[1] / "docs/tutorial.ipynb"
LOCAL = {"localhost", "127.0.0.1"}


@contextmanager
def launched():
    """The Chromium on the path, which ends with the `with` block."""
    with sync_playwright() as playwright:
        # The sandbox needs rights that a container seldom gives; we open only our own pages.
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        yield chromium
        chromium.close()


def outside(addresses):
    """The addresses that lead away from this machine."""
    parts = (urlsplit(address) for address in addresses)
    return {part.geturl() for part in parts if part.hostname and part.hostname not in LOCAL}


def violations(page, selector):
    """What axe-core finds wrong inside the elements of a selector."""
    page.add_script_tag(path=os.environ["AXE"])
    found = page.evaluate("selector => axe.run({include: [[selector]]})", selector)
    assert found["passes"], "axe-core looked at nothing"
    return [
        (broken["id"], node["html"], node["failureSummary"])
        for broken in found["violations"]
        for node in broken["nodes"]
    ]

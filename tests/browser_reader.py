"""What the tests in a browser ask of a page."""

import os
from pathlib import Path
from urllib.parse import urlsplit

TUTORIAL = Path(__file__).parents[1] / "docs/tutorial.ipynb"
LOCAL = {"localhost", "127.0.0.1"}


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

"""Runs the examples of README.md and docs/ as tests; the names of a page flow down that page."""

from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

collect_ignore_glob = [
    "tests/typing/*",  # only type-checked
    "tests/browser_reader.py",  # needs the dependency group `browser`
    "docs/make_site.py",  # needs the dependency group `docs`
    "docs/reference_extension.py",  # likewise
]

# Its examples need the dependency group `frames`, so it runs when it is named: `.ci/run frames`.
WHEN_NAMED = Path(__file__).parent / "docs/how-to/frames.md"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the page that needs more than the tests do, unless it is asked for by name."""
    named = (Path(config.invocation_params.dir, argument) for argument in config.args)
    if collection_path == WHEN_NAMED and WHEN_NAMED not in named:
        return True
    return None  # the others decide


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    # Every page that testpaths in pyproject.toml lead to: README.md and docs/, however deep.
    patterns=["*.md"],
).pytest()

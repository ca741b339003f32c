"""Runs the examples of README.md and docs/ as tests; the names of a page flow down that page."""

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser

# These are only type-checked; running them proves nothing.
collect_ignore_glob = ["tests/typing/*"]

pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    # Every page that testpaths in pyproject.toml lead to: README.md and docs/, however deep.
    patterns=["*.md"],
).pytest()

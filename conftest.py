"""Runs the examples of README.md and docs/ as tests; the examples of a page share their names."""

import io
import shlex
from contextlib import chdir, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

from nhs_api_catalogue import catalogue, dump
from nhs_api_catalogue.__main__ import main

collect_ignore_glob = [
    "tests/typing/*",  # only type-checked
    "src/nhs_api_catalogue/_pyinstaller/hook-*.py",  # PyInstaller runs it
    "docs/elsewhere/*",  # real libraries of others: a gate of its own
    "tests/trust/*",  # a command of its own: see CONTRIBUTING.md
    "tests/browser_reader.py",  # needs the dependency group `browser`
    "docs/make_site.py",  # needs the dependency group `docs`
    "docs/reference_extension.py",  # likewise
]

# Its examples need the dependency group `frames`, so it runs only if named: `.ci/run frames`.
WHEN_NAMED = Path(__file__).parent / "docs/how-to/frames.md"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out the page that needs more than the tests do, unless it is named."""
    named = (Path(config.invocation_params.dir, argument) for argument in config.args)
    if collection_path == WHEN_NAMED and WHEN_NAMED not in named:
        return True
    return None  # the others decide


OURS = ["python", "-m", "nhs_api_catalogue"]
# Other people's commands on the pages: they are not run here. Any other line is a fault.
OF_OTHERS = (".venv/bin/", "pip install ", "python -m pytest", "python docs/", "python3 -m venv ")


def run_commands(example: Example) -> str | None:
    """Run the commands of this library in a block, in a folder with the files that pages name."""
    with TemporaryDirectory() as folder, chdir(folder):
        edited = catalogue.replace("eRS", technical="2-4 months", source="our project")
        for name, records in (("ours", edited), ("last-year", catalogue), ("this-year", edited)):
            dump(records, f"{name}.json")
        Path("our-overlay.json").write_text('{"format": 1, "compiled": "2026-11-22"}', "utf-8")
        for line in example.parsed.replace("\\\n", " ").splitlines():
            # A shell would read what follows the sign as the name of a file.
            words = shlex.split(line.partition(" > ")[0], comments=True)
            if words[:3] == OURS:
                status = status_of(words[3:])
                if status != (words[3] == "diff"):  # the files differ
                    return f"{line}: status {status}"
            elif not line.startswith(OF_OTHERS):
                return f"{line}: neither a command of ours nor one that is known to be of others"
    return None


def status_of(arguments: list[str]) -> int:
    """The status with which a command of this library ends."""
    with redirect_stdout(io.StringIO()):
        try:
            return main(arguments)
        except SystemExit as exit_:
            return int(exit_.code or 0)


pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(),
        CodeBlockParser("bash", run_commands),
        SkipParser(),
    ],
    # Every page in the testpaths of pyproject.toml: README.md and docs/, at any depth.
    patterns=["*.md"],
).pytest()

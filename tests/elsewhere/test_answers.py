"""Other tools still give the answers about durations in `docs/durations-in-other-tools.md`.

The README's command does not run this: it makes its own environments and asks every tool.
"""

import runpy
from pathlib import Path

import pytest

MADE = runpy.run_path(str(Path(__file__).parents[2] / "docs" / "make_durations_in_other_tools.py"))
STORED = MADE["stored"]()
#: Their point versions follow the machine's own packages.
OF_THE_MACHINE = {"MariaDB", "Ruby", "Rails", "Perl", "PHP", "JavaScript"}


def by_tool(answers):
    return {(one["table"], one["tool"]): one for one in answers}


@pytest.fixture(scope="module")
def found():
    return by_tool(MADE["gather"]())


def test_the_same_tools_answer(found):
    assert set(found) == set(by_tool(STORED))


@pytest.mark.parametrize(
    "tool", by_tool(STORED).values(), ids=lambda one: f"{one['tool']}: {one['table']}"
)
def test_the_version(tool, found):
    if tool["tool"].partition(" ")[0] not in OF_THE_MACHINE:
        assert found[tool["table"], tool["tool"]]["version"] == tool["version"]


@pytest.mark.parametrize(
    ("table", "tool", "question", "answer"),
    [(one["table"], one["tool"], *cell) for one in STORED for cell in one["answers"].items()],
)
def test_the_answer(table, tool, question, answer, found):
    assert found[table, tool]["answers"][question] == answer

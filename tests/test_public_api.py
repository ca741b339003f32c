"""What users may hold on to, name by name, as it was last looked at."""

import ast
from pathlib import Path
from typing import get_type_hints

import attrs
import pytest

from public_members import kind_of, members_of, public

LISTED = Path(__file__).parent / "data/public_api.txt"
TYPED = Path(__file__).parent / "typing"


def listing() -> str:
    """Each public name with its kind, and under a class its public members with theirs."""
    lines: list[str] = []
    for name, value in public().items():
        lines.append(f"{name}: {kind_of(value)}")
        if isinstance(value, type):
            members = sorted(members_of(value).items())
            lines += [f"    {member}: {kind_of(found)}" for member, found in members]
    return "".join(f"{line}\n" for line in lines)


def test_the_public_names_are_those_that_were_looked_at():
    """What is missing or new breaks or binds users: look at it, and write it to the changelog."""
    if listing() != LISTED.read_text(encoding="utf-8"):
        way = "PYTHONPATH=tests python tests/test_public_api.py"
        pytest.fail(f"{LISTED.name} says otherwise: renew it by {way}", pytrace=False)


def test_each_public_call_is_type_checked():
    """Each function, property and class is named by what type checkers judge."""
    paths = list(TYPED.glob("check_*.py"))
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    named = {
        getattr(node, "attr", getattr(node, "id", None)) for t in trees for node in ast.walk(t)
    }
    assert [f"{owner}.{name}" for owner, name in callables() if name not in named] == []


@pytest.mark.parametrize(
    "kind",
    # A plan is made by `plan`, never of its fields; one of what it keeps is annotated for checkers.
    [
        kind
        for name, kind in public().items()
        if isinstance(kind, type) and attrs.has(kind) and name != "Plan"
    ],
    ids=lambda kind: kind.__name__,
)
def test_the_annotations_of_values_resolve(kind):
    """Tools that build values of their fields, or take them apart, evaluate the annotations."""
    hints = get_type_hints(kind)
    assert {field.name for field in attrs.fields(kind)} <= hints.keys()


def callables() -> list[tuple[str, str]]:
    """Whatever is called or asked for, errors and plain fields apart, with the class it is of."""
    found = [
        ("", name.rpartition(".")[2])
        for name, value in public().items()
        if not (isinstance(value, type) and issubclass(value, Exception))
    ]
    for owner, value in public().items():
        if isinstance(value, type):
            members = members_of(value).items()
            found += [(owner, name) for name, member in members if is_asked(kind_of(member))]
    return found


def is_asked(kind: str) -> bool:
    return kind != "field" and not kind.startswith("member")


if __name__ == "__main__":
    LISTED.write_text(listing(), encoding="utf-8")

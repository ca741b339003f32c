"""What users may rely on, name by name, as last reviewed."""

import ast
import inspect
from pathlib import Path
from typing import get_type_hints

import attrs
import cattrs
import pytest

from nhs_api_catalogue import catalogue, england, plan
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
    """A name that is gone breaks code, a new one is a promise: review both, and log both."""
    if listing() != LISTED.read_text(encoding="utf-8"):
        way = "PYTHONPATH=tests python tests/test_public_api.py"
        pytest.fail(f"{LISTED.name} says otherwise: renew it by {way}", pytrace=False)


def test_each_public_call_is_type_checked():
    """tests/typing names each function, property and class."""
    paths = list(TYPED.glob("check_*.py"))
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    named = {
        getattr(node, "attr", getattr(node, "id", None)) for t in trees for node in ast.walk(t)
    }
    assert [f"{owner}.{name}" for owner, name in callables() if name not in named] == []


def test_the_text_of_every_value_can_be_aligned():
    """`f"{value:>60}"` in a report; Python refuses any format if a class has no `__format__`."""
    guilty = [
        name
        for name, value in public().items()
        if isinstance(value, type)
        and attrs.has(value)
        and value.__format__ is object.__format__
        and not issubclass(value, Exception)
    ]
    assert guilty == []


def test_every_annotation_resolves():
    """Whoever evaluates annotations finds each name in them: pydantic, beartype, cattrs, attrs."""
    guilty = {}
    for name, value in annotated():
        try:
            get_type_hints(value)
        except (NameError, TypeError, AttributeError) as error:
            guilty[name] = error
    assert guilty == {}


def test_every_value_has_its_types_resolved():
    """After this, attrs has a type for each field, not a text."""
    guilty = []
    for name, kind in public().items():
        if isinstance(kind, type) and attrs.has(kind):
            fields = attrs.fields(attrs.resolve_types(kind))
            guilty += [f"{name}.{one.name}" for one in fields if isinstance(one.type, str | None)]
    assert guilty == []


@pytest.mark.parametrize("calendar", [None, england()], ids=["calendar days", "working days"])
def test_cattrs_takes_a_plan_apart(calendar):
    p = plan(catalogue.select("eRS"), start="2026-01-05", calendar=calendar)
    taken = cattrs.unstructure(p)
    assert (taken["start"], taken["go_live"]["latest"]) == (p.start, p.go_live.latest)
    (planned,) = cattrs.unstructure(p.planned)
    assert (planned["api"]["id"], len(planned["stages"])) == ("e-rs", 2)


def test_cattrs_takes_a_catalogue_apart():
    taken = cattrs.unstructure(catalogue)
    assert [api["id"] for api in taken["apis"]] == [api.id for api in catalogue]


def annotated() -> list[tuple[str, object]]:
    """The public functions and classes, with their methods, properties and `__init__`."""
    found = list(public().items())
    for owner, value in public().items():
        if isinstance(value, type):
            own = {**members_of(value), "__init__": value.__init__}
            found += [(f"{owner}.{name}", function_of(member)) for name, member in own.items()]
    return [(name, one) for name, one in found if inspect.isfunction(one) or isinstance(one, type)]


def function_of(member: object) -> object:
    """The function of a method or a property; anything else unchanged."""
    for inner in ("__func__", "fget", "func"):
        member = getattr(member, inner, None) or member
    return member


def callables() -> list[tuple[str, str]]:
    """Functions, classes, methods and properties with their class; no errors, no plain fields."""
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

"""Every public name says what it is, and shows it by an example that runs."""

import ast
import enum
import importlib
import inspect
from functools import cache

import attrs
import pytest

from public_members import ROOT, kind_of, members_of, public

VALUES = public()
CLASSES = {name: value for name, value in VALUES.items() if inspect.isclass(value)}
FUNCTIONS = {name: value for name, value in VALUES.items() if inspect.isfunction(value)}
# A catalogue has its class's docstring, and an alias of a type none; both are on the pages.
VALUES_ALONE = {"Assumption", "catalogue", "queries.Test"}
MEMBERS = {
    f"{name}.{member}": (owner, member, value)
    for name, owner in CLASSES.items()
    for member, value in members_of(owner).items()
}


def takes_arguments(owner: type, member: str, value: object) -> bool:
    """Whether it is a method that is given something besides its own class or instance."""
    if kind_of(value) not in ("function", "class method", "static method"):
        return False
    # Asked of the class, a function still has its instance; a class method is bound.
    given = len(inspect.signature(getattr(owner, member)).parameters)
    return given > (kind_of(value) == "function")


METHODS_THAT_TAKE_ARGUMENTS = [name for name, one in MEMBERS.items() if takes_arguments(*one)]


@cache
def docstrings(module: str) -> dict[str, str | None]:
    """The docstrings of a module's classes and their functions, as the source has them.

    At run time a property of a slotted class that attrs caches has lost its own.
    """
    tree = ast.parse(inspect.getsource(importlib.import_module(module)))
    found: dict[str, str | None] = {}
    for owner in ast.walk(tree):
        if isinstance(owner, ast.ClassDef):
            found[owner.name] = ast.get_docstring(owner)
            found |= {
                f"{owner.name}.{one.name}": ast.get_docstring(one)
                for one in owner.body
                if isinstance(one, ast.FunctionDef)
            }
    return found


def docstring_of(owner: type, member: str) -> str:
    """The docstring of a method or a property, from the class of ours that defines it."""
    for base in owner.__mro__:
        if base.__module__.startswith(ROOT):
            text = docstrings(base.__module__).get(f"{base.__name__}.{member}")
            if text:
                return text
    return ""


def class_docstring(owner: type) -> str:
    return docstrings(owner.__module__)[owner.__name__] or ""


def test_every_public_name_is_a_class_or_a_function_or_known_to_be_neither():
    assert set(VALUES) == set(CLASSES) | set(FUNCTIONS) | VALUES_ALONE
    assert len(CLASSES) > 70
    assert len(FUNCTIONS) > 30


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_says_what_it_is_and_shows_it(name):
    text = class_docstring(CLASSES[name])
    assert ">>> " in text
    assert not text.startswith(">>> ")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_says_what_it_gives_and_shows_it(name):
    text = inspect.getdoc(FUNCTIONS[name]) or ""
    assert ">>> " in text
    assert not text.startswith(">>> ")


@pytest.mark.parametrize("name", METHODS_THAT_TAKE_ARGUMENTS)
def test_a_method_that_takes_arguments_shows_how(name):
    owner, member, _ = MEMBERS[name]
    assert ">>> " in docstring_of(owner, member)


@pytest.mark.parametrize("name", MEMBERS)
def test_a_member_says_what_it_is(name):
    """A method and a property in its own words; a field and a word in those of its class."""
    owner, member, value = MEMBERS[name]
    fields = {field.name for field in attrs.fields(owner)} if attrs.has(owner) else set()
    if isinstance(value, enum.Enum):
        assert getattr(value, "meaning", None) or f"{member}: " in class_docstring(owner)
    elif member in fields or hasattr(owner, "_fields") or kind_of(value) == "value":
        assert f"{member}: " in class_docstring(owner)
    else:
        assert docstring_of(owner, member)

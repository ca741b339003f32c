"""Every public name says what it is, and shows it by an example that runs."""

import ast
import enum
import importlib
import inspect
import re
from functools import cache

import attrs

import nhs_api_catalogue
from public_members import ROOT, kind_of, members_of, public

VALUES = public()
CLASSES = {name: value for name, value in VALUES.items() if inspect.isclass(value)}
FUNCTIONS = {name: value for name, value in VALUES.items() if inspect.isfunction(value)}
# A value has its class's docstring, and an alias of a type has none; the pages describe both.
VALUES_ALONE = {"Assumption", "catalogue", "products", "queries.Test"}
MEMBERS = {
    f"{name}.{member}": (owner, member, value)
    for name, owner in CLASSES.items()
    for member, value in members_of(owner).items()
}


def takes_arguments(owner: type, member: str, value: object) -> bool:
    """Whether it is a method that takes something besides its own class or instance."""
    if kind_of(value) not in ("function", "class method", "static method"):
        return False
    # On the class, a function still has its instance argument; a class method is bound.
    given = len(inspect.signature(getattr(owner, member)).parameters)
    return given > (kind_of(value) == "function")


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


def told(owner: type) -> set[str]:
    """What the docstring of a class lists under Attributes, a line for each."""
    text = class_docstring(owner).partition("Attributes:\n")[2]
    section = text.partition("\n\n")[0]
    return set(re.findall(r"^    (\w+): \S", section, re.MULTILINE))


def says_what_it_is(owner: type, member: str, value: object) -> bool:
    """The docstring of a method or property, or the line of a field or word in its class's."""
    if isinstance(value, enum.Enum):
        return bool(getattr(value, "meaning", None)) or member in told(owner)
    fields = {field.name for field in attrs.fields(owner)} if attrs.has(owner) else set()
    if member in fields or hasattr(owner, "_fields") or kind_of(value) == "value":
        return member in told(owner)
    return bool(docstring_of(owner, member))


def shows(text: str) -> bool:
    """Whether a docstring says something, and then shows it."""
    return ">>> " in text and not text.startswith(">>> ")


def test_every_public_name_is_a_class_or_a_function_or_known_to_be_neither():
    assert set(VALUES) == set(CLASSES) | set(FUNCTIONS) | VALUES_ALONE
    assert len(CLASSES) > 70
    assert len(FUNCTIONS) > 30


def test_a_class_says_what_it_is_and_shows_it():
    assert [name for name, one in CLASSES.items() if not shows(class_docstring(one))] == []


def test_a_function_says_what_it_gives_and_shows_it():
    texts = {name: inspect.getdoc(one) or "" for name, one in FUNCTIONS.items()}
    assert [name for name, text in texts.items() if not shows(text)] == []


def test_a_method_that_takes_arguments_shows_how():
    methods = {name: one[:2] for name, one in MEMBERS.items() if takes_arguments(*one)}
    assert len(methods) > 50
    assert [name for name, one in methods.items() if ">>> " not in docstring_of(*one)] == []


def test_a_member_says_what_it_is():
    assert [name for name, one in MEMBERS.items() if not says_what_it_is(*one)] == []


def test_nothing_is_told_of_that_is_not_there():
    unknown = {
        name: told(owner) - members_of(owner).keys() - set(vars(owner))
        for name, owner in CLASSES.items()
        # The `__init__` of an error sets its attributes, so the class does not have them.
        if not issubclass(owner, Exception)
    }
    assert {name: names for name, names in unknown.items() if names} == {}


class TestTold:
    """A member has its own line, not a word in the line of another."""

    def test_a_word_in_the_middle_of_a_line_is_not_a_line(self):
        assert "field" not in told(nhs_api_catalogue.Window)
        assert told(nhs_api_catalogue.Window) == {"earliest", "latest"}

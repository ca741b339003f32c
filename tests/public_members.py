"""What users may rely on: the public names, and the public members of public classes."""

import enum
import inspect
from types import ModuleType

import attrs

import nhs_api_catalogue
from nhs_api_catalogue import queries, strategies

ROOT = nhs_api_catalogue.__name__


def names_of(module: ModuleType) -> list[str]:
    """The names that a module lists, or else the public ones that it defines."""
    listed = getattr(module, "__all__", None)
    if listed is not None:
        return sorted(listed)
    own = (name for name, value in vars(module).items() if is_of(value, module.__name__))
    return sorted(name for name in own if not name.startswith("_"))


def is_of(value: object, module: str) -> bool:
    return getattr(value, "__module__", None) == module


def public() -> dict[str, object]:
    """Every public name, with its module unless that is the package itself."""
    values = {name: getattr(nhs_api_catalogue, name) for name in names_of(nhs_api_catalogue)}
    for module in (queries, strategies):
        room = module.__name__.rpartition(".")[2]
        values |= {f"{room}.{name}": getattr(module, name) for name in names_of(module)}
    return values


def members_of(owner: type) -> dict[str, object]:
    """The public members that a class of ours defines or inherits from one of ours."""
    found: dict[str, object] = {}
    for base in reversed(owner.__mro__):
        if base.__module__.startswith(ROOT):
            found |= {name: value for name, value in vars(base).items() if name[0] != "_"}
    if attrs.has(owner):
        # A class has an entry for a field only if it has slots.
        found |= {one.name: one for one in attrs.fields(owner) if not one.name.startswith("_")}
    if issubclass(owner, enum.Enum):
        # Before Python 3.13, a member's entry in its class does not say what it is.
        found |= owner.__members__
    return found


def kind_of(value: object) -> str:
    """What a name is, in one word; for a member of an enum, also its value."""
    kinds = {
        f"member {getattr(value, 'value', None)!r}": isinstance(value, enum.Enum),
        "static method": isinstance(value, staticmethod),
        "class method": isinstance(value, classmethod),
        "class": inspect.isclass(value),
        "function": inspect.isfunction(value),
        "property": isinstance(value, property),
        # Fields of attrs classes, other slots, and fields of named tuples.
        "field": isinstance(value, attrs.Attribute)
        or inspect.ismemberdescriptor(value)
        or type(value).__name__ == "_tuplegetter",
    }
    return next((kind for kind, is_so in kinds.items() if is_so), "value")

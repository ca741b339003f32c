"""The one converter between what JSON holds and records, made when it is first needed.

It takes each value as the format has it and coerces nothing: "false" is no truth, 5.9 no number of
weeks, null no text, "123" no list. It stops at the first fault; `faults` finds them all.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from functools import lru_cache, partial
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from nhs_api_catalogue._documents.files import has_single_keys, is_list
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.editions.formats import (
    UnreadableError,
    is_outside,
    read_age,
    read_day,
    read_range,
    write_age,
)
from nhs_api_catalogue.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Callable

REFUSALS: Final = (
    UnreadableError,
    CatalogueError,
    ForbiddenExtraKeysError,
    KeyError,  # a key is missing, or an enum has no such value
    TypeError,  # a value without a hash stands where a word is due
    ValueError,
)
"""What the converter raises for a value that the format does not have."""


@lru_cache(maxsize=1)
def converter() -> Converter:
    """The converter of this library; it is nobody else's, and no hook of others reaches it."""
    made = Converter(forbid_extra_keys=True, detailed_validation=False)
    for kind, read in (
        (str, _exactly(str)),
        (bool, _exactly(bool)),
        (date, read_day),
        (DurationRange, read_range),
        (timedelta, read_age),
    ):
        made.register_structure_hook(kind, _ignoring_type(read))
    made.register_structure_hook_factory(_is_enum, _read_member)
    for is_such, reader in (
        (_is_optional, _read_optional),
        (_is_collection, _read_list),
        (attrs.has, _read_object),
    ):
        made.register_structure_hook_factory(is_such, partial(reader, made))

    made.register_unstructure_hook(date, date.isoformat)
    made.register_unstructure_hook(DurationRange, str)
    made.register_unstructure_hook(timedelta, write_age)
    made.register_unstructure_hook_func(_is_set, _write_set)
    made.register_unstructure_hook_factory(attrs.has, partial(_write_object, made))
    return made


def _ignoring_type(read: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """A hook of cattrs, which is told the type that it is registered for."""
    return lambda value, _: read(value)


def _exactly(kind: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if type(value) is not kind:
            raise UnreadableError
        return value

    return read


def _read_member(kind: type[Enum]) -> Callable[[Any, Any], Any]:
    members = {member.value: member for member in kind}
    return _ignoring_type(members.__getitem__)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _is_collection(kind: Any) -> bool:
    return get_origin(kind) in (tuple, frozenset)


def _is_set(kind: Any) -> bool:
    return kind is frozenset or get_origin(kind) is frozenset


def _is_optional(kind: Any) -> bool:
    return get_origin(kind) in (Union, UnionType) and NoneType in get_args(kind)


def _read_optional(made: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    (inner,) = (one for one in get_args(kind) if one is not NoneType)
    read = made.get_structure_hook(inner)
    return lambda value, _: None if value is None else read(value, inner)


def _read_list(made: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    box, inner = get_origin(kind), get_args(kind)[0]
    read = made.get_structure_hook(inner)

    def read_list(value: Any, _: Any) -> Any:
        if not is_list(value):
            raise UnreadableError
        items = box([read(item, inner) for item in value])
        if len(items) < len(value):
            raise UnreadableError
        return items

    return read_list


def _read_object(made: Converter, kind: Any) -> Callable[[Any, Any], Any]:
    # What is outside the file is put in beside the values, ready for use.
    overrides: dict[str, Any] = {
        field.name: override(struct_hook=lambda value, _: value)
        for field in attrs.fields(kind)
        if is_outside(kind, field.name)
    }
    read = make_dict_structure_fn(
        kind,
        made,
        _cattrs_forbid_extra_keys=True,
        _cattrs_detailed_validation=False,
        **overrides,
    )

    def read_object(value: Any, _: Any) -> Any:
        if not has_single_keys(value):
            raise UnreadableError
        return read(value, kind)

    return read_object


def _write_set(members: frozenset[Enum]) -> list[str]:
    """The values in alphabetical order: sets have another order in each process."""
    return sorted(member.value for member in members)


def _write_object(made: Converter, kind: Any) -> Callable[[Any], dict[str, Any]]:
    overrides: dict[str, Any] = {
        field.name: override(omit=True)
        for field in attrs.fields(kind)
        if not field.init or is_outside(kind, field.name)
    }
    return make_dict_unstructure_fn(kind, made, **overrides)

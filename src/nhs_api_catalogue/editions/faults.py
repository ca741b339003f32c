"""Every fault of a file of records at once.

The converter only says that there is one. Here the checks are made from the same classes, and the
rules that take several values together are the records' own: a record is made of the values that
are good, and what it refuses is reported and left out until nothing is refused.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

from nhs_api_catalogue._checks import ID, is_id
from nhs_api_catalogue._documents.checks import (
    Check,
    Place,
    list_of,
    maybe,
    object_of,
    one_of,
    satisfies,
)
from nhs_api_catalogue._documents.files import WHOLE, is_list, is_object
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.editions.conversion import REFUSALS, converter
from nhs_api_catalogue.editions.formats import (
    AGE_EXPECTED,
    DAY_EXPECTED,
    FORMAT,
    LINE_EXPECTED,
    MAY_BE_BLANK,
    RANGE_EXPECTED,
    fields_of,
    read_age,
    read_day,
    read_range,
)
from nhs_api_catalogue.errors import InvalidRecordError
from nhs_api_catalogue.records import (
    AccessRoute,
    AccessRule,
    Api,
    Edition,
    Notice,
    NoticeKind,
    OwnValue,
    Precision,
    Suitability,
)
from nhs_api_catalogue.records.parts import REPLACEABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nhs_api_catalogue.errors import Problem

# The records with rules that take several values together, and values that break none of them.
_STAND_INS: Final[dict[type, dict[str, Any]]] = {
    Api: {
        "id": "x",
        "name": "x",
        "technical": DurationRange.ZERO,
        "assurance": DurationRange.ZERO,
    },
    Notice: {
        "kind": NoticeKind.UNAVAILABLE,
        "since": date.min,
        "precision": Precision.DAY,
        "until": None,
        "text": "x",
    },
    Suitability: {},
}


def faults(document: Mapping[str, Any], file: str | None) -> tuple[Problem, ...]:
    """Every fault of a document, in the order of the file.

    A file of a newer release has one fault, which says so.

    Args:
        document: What a JSON file holds.
        file: The name of the file, for the faults to bear.
    """
    problems: list[Problem] = []
    whole = Place(file, WHOLE, "", problems)
    if _is_newer(document.get("format")):
        _check_format(whole.within("format"), document["format"])
        return tuple(problems)
    part = _object_of(Edition, parts=_no_parts)
    check_edition = _object_of(Edition, parts=list_of(part, distinct=False))
    object_of(
        {"editions": _each_value(check_edition)},
        format=_check_format,
        edition=check_edition,
        apis=list_of(lambda _place, _value: None, distinct=False),
    )(whole, document)
    editions = document.get("editions")
    check_api = _object_of(
        Api,
        edition=maybe(
            one_of(
                tuple(editions) if is_object(editions) else (),
                "null, or the name of an edition under the file's editions",
            )
        ),
    )
    rows = document.get("apis")
    seen: dict[str, int] = {}
    for number, row in enumerate(rows if is_list(rows) else []):
        id_ = row.get("id") if is_object(row) else None
        if not isinstance(id_, str):
            check_api(Place(file, f"apis[{number}]", "", problems), row)
            continue
        place = Place(file, f"apis[{number}] {id_}", "", problems)
        check_api(place, row)
        if seen.setdefault(id_, number) != number:
            place.within("id").refuse(id_, f"an id that no other has; apis[{seen[id_]}] has it")
    return tuple(problems)


def _is_newer(value: object) -> bool:
    return type(value) is int and value > FORMAT


def _check_format(place: Place, value: Any) -> None:
    if _is_newer(value):
        place.refuse(value, f"{FORMAT}: a newer release of this library wrote the file")
    elif type(value) is not int or value != FORMAT:
        place.refuse(value, str(FORMAT))


# -- checks from types --


def _readable(read: Callable[[Any], object], expected: str) -> Check:
    """What the reader takes."""

    def check(place: Place, value: Any) -> None:
        try:
            read(value)
        except REFUSALS:
            place.refuse(value, expected)

    return check


def _flag(place: Place, value: Any) -> None:
    if not isinstance(value, bool):
        place.refuse(value, "true or false")


def _text(place: Place, value: Any) -> None:
    if not isinstance(value, str):
        place.refuse(value, "text")


def _line(place: Place, value: Any) -> None:
    if not isinstance(value, str) or not value.strip():
        place.refuse(value, LINE_EXPECTED)


_LEAVES: Final[dict[Any, Check]] = {
    str: _line,
    bool: _flag,
    date: _readable(read_day, DAY_EXPECTED),
    timedelta: _readable(read_age, AGE_EXPECTED),
    DurationRange: _readable(read_range, RANGE_EXPECTED),
}


@cache
def _check_for(kind: Any) -> Check:
    """The check of a value of that type, as the file has it."""
    if kind in _LEAVES:
        return _LEAVES[kind]
    arguments = get_args(kind)
    if NoneType in arguments:
        return maybe(_check_for(arguments[0]))
    if arguments:
        return list_of(_check_for(arguments[0]), distinct=get_origin(kind) is frozenset)
    if issubclass(kind, Enum):
        return one_of([str(member.value) for member in kind])
    return _object_of(kind)


# What the type of a field does not say.
_SPECIAL: Final[dict[tuple[type, str], Check]] = {
    (AccessRule, "routes"): list_of(_check_for(AccessRoute), least=1),
    (Api, "id"): satisfies(is_id, ID),
    (OwnValue, "field"): one_of(sorted(REPLACEABLE)),
    **{(kind, field): _text for kind, field in MAY_BE_BLANK if kind is Api},
    **{(kind, field): maybe(_text) for kind, field in MAY_BE_BLANK if kind is Edition},
}


def _object_of(kind: Any, **instead: Check) -> Check:
    """An object with the keys of that class, whose values keep its rules.

    Args:
        kind: The class.
        instead: Checks in place of those of the fields, or of keys besides them.
    """
    fields = fields_of(kind)
    checks = {
        name: instead.get(name) or _SPECIAL.get((kind, name)) or _check_for(type_)
        for name, (type_, _) in fields.items()
    }
    required = {name: checks[name] for name, (_, must) in fields.items() if must}
    plain = object_of({**checks, **instead}, **required)
    stand_ins = _STAND_INS.get(kind)
    if stand_ins is None:
        return plain

    def check(place: Place, value: Any) -> None:
        plain(place, value)
        if not is_object(value):
            return
        good = {
            name: converter().structure(value[name], type_)
            for name, (type_, _) in fields.items()
            if name in value and _passes(checks[name], value[name])
        }
        while refusal := _refusal(kind, {**stand_ins, **good}):
            place.within(refusal.field).refuse(value[refusal.field], refusal.expected)
            del good[refusal.field]

    return check


def _passes(check: Check, value: Any) -> bool:
    problems: list[Problem] = []
    check(Place(None, "", "", problems), value)
    return not problems


def _refusal(kind: type[Any], values: dict[str, Any]) -> InvalidRecordError | None:
    """What a record of these values breaks, None if it is good."""
    try:
        kind(**values)
    except InvalidRecordError as error:
        return error
    return None


def _no_parts(place: Place, value: Any) -> None:
    if value != []:
        place.refuse(value, "an empty list: a part has no parts of its own")


def _each_value(check: Check) -> Check:
    """An object whose values all pass, under whatever keys."""

    def check_values(place: Place, value: Any) -> None:
        if not is_object(value):
            place.refuse(value, "an object")
            return
        object_of(dict.fromkeys(value, check))(place, value)

    return check_values

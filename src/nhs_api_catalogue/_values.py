"""How values are compared, hashed, shown and given a fingerprint by their fields.

attrs would write and compile these methods for each class, at 0.3 ms a class. For twenty classes,
that is a tenth of the time allowed for the first record.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum
from operator import attrgetter
from typing import Any, Final, cast

import attrs


class Aligned:
    """A value whose text can be aligned in a column, as a `str` can: `f"{value:>20}"`."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """`str`, aligned to a width such as `">20"` if it is one line.

        Raises:
            ValueError: The format is not a width, or the text has several lines.
        """
        text = str(self)
        if not spec:
            return text
        has_lines = "\n" in text
        aligned = None if has_lines else align(text, spec)
        if aligned is None:
            expected = "none for several lines" if has_lines else "a width such as '>20'"
            kind = type(self).__name__
            raise ValueError(f"unknown format {spec!r} for the text of {kind}: expected {expected}")
        return aligned


class Value(Aligned):
    """A value of several fields: the base of attrs classes made with `eq=False, repr=False`.

    Values are equal if they have the same class and are equal in every field not marked `eq=False`;
    equal values have equal hashes.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        kind = type(self)
        if type(other) is not kind:
            return NotImplemented
        compared = _COMPARED[kind]
        return bool(compared(self) == compared(other))

    def __hash__(self) -> int:
        return hash(_COMPARED[type(self)](self))

    def __repr__(self) -> str:
        """The class with its fields by name, as attrs shows it."""
        kind = type(self)
        values = (f"{field.name}={getattr(self, field.name)!r}" for field in _fields(kind))
        return f"{kind.__qualname__}({', '.join(values)})"

    def __getstate__(self) -> dict[str, object]:
        """Only the fields, for pickles: values worked out from them are not included.

        Classes that keep such values are made with `slots=False`: for a `cached_property` among
        slots, attrs would write and compile a `__getattr__`.
        """
        return {field.name: getattr(self, field.name) for field in _fields(type(self))}


def align(text: str, spec: str) -> str | None:
    """The text aligned by a format such as ">20"; None for any other format."""
    if not spec:
        return text
    import re  # noqa: PLC0415  few align anything

    return format(text, spec) if re.fullmatch("(?s:.?[<>^])?[0-9]*", spec) else None


def _fields(kind: type[Value]) -> tuple[attrs.Attribute[Any], ...]:
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(cast("type[attrs.AttrsInstance]", kind))
    return fields


class _Compared(dict[type[Value], Callable[[object], object]]):
    """For each class, a function that gives the fields that count; filled on demand."""

    def __missing__(self, kind: type[Value]) -> Callable[[object], object]:
        names = (field.name for field in _fields(kind) if field.eq)
        return self.setdefault(kind, attrgetter(*names))


_COMPARED: Final = _Compared()


# ---- fingerprints ---------------------------------------------------------------------------


def fingerprint(value: object) -> str:
    """The SHA-256 of the value in hexadecimal, the same in every process and on every machine."""
    from hashlib import sha256  # noqa: PLC0415  it alone costs 3 ms

    return sha256(_canonical(value).encode("ascii")).hexdigest()


def _canonical(value: object) -> str:  # noqa: PLR0911  one for each kind of value
    """The value as ASCII text: equal values, and only they, give equal texts.

    JSON, with sets in order, instances as the values that count for equality, and times as whole
    microseconds.
    """
    if isinstance(value, Enum):
        return _canonical(value.value)
    if isinstance(value, date):
        return _canonical(value.isoformat())
    if isinstance(value, timedelta):
        return str(value // timedelta.resolution)
    if isinstance(value, tuple):
        items = map(_canonical, cast("tuple[object, ...]", value))
        return f"[{','.join(items)}]"
    if isinstance(value, frozenset):
        members = map(_canonical, cast("frozenset[object]", value))
        return f"[{','.join(sorted(members))}]"
    kind: type[Any] = type(value)
    if attrs.has(kind):
        fields = (field.name for field in attrs.fields(kind) if field.eq)
        return _canonical(tuple(getattr(value, name) for name in fields))
    import json  # noqa: PLC0415  few take a fingerprint

    return json.dumps(value)

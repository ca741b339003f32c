"""Values as text that is the same in every process, to take fingerprints of."""

from __future__ import annotations

import json
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final, cast

import attrs

_MICROSECOND: Final = timedelta(microseconds=1)


def canonical(value: object) -> str:  # noqa: PLR0911  one for each kind of value
    """The value as ASCII text: equal values, and only they, give equal texts.

    JSON, with sets in order, instances as the values that count for equality, and times as whole
    microseconds.
    """
    if isinstance(value, Enum):
        return canonical(value.value)
    if isinstance(value, date):
        return canonical(value.isoformat())
    if isinstance(value, timedelta):
        return str(value // _MICROSECOND)
    if isinstance(value, tuple):
        items = map(canonical, cast("tuple[object, ...]", value))
        return f"[{','.join(items)}]"
    if isinstance(value, frozenset):
        members = map(canonical, cast("frozenset[object]", value))
        return f"[{','.join(sorted(members))}]"
    kind: type[Any] = type(value)
    if attrs.has(kind):
        fields = (field.name for field in attrs.fields(kind) if field.eq)
        return canonical(tuple(getattr(value, name) for name in fields))
    return json.dumps(value)

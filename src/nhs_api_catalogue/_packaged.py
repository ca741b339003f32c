"""The files that come with the package, and the small reader that trusts what they contain."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from os.path import dirname, join
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def packaged(name: str) -> bytes:
    """The bytes of one of the package's data files, which may lie in a zip archive.

    >>> packaged("guide-2025.json")[:1]
    b'{'
    """
    folder = dirname(__file__)  # noqa: PTH120  pathlib costs 4 ms at import
    data: bytes = __loader__.get_data(join(folder, "data", name))  # type: ignore[name-defined]  # noqa: PTH118
    return data


@cache
def packaged_document(name: str) -> Mapping[str, Any]:
    """What one of the package's JSON files contains, parsed once.

    >>> packaged_document("guide-2025.json")["edition"]["publisher"]
    '6B'
    """
    document: Mapping[str, Any] = json.loads(packaged(name))
    return document


def value_reader(kind: Any) -> Callable[[Any], Any]:
    """A function that makes a value of a kind from what JSON has for it.

    Args:
        kind: An enum, `date`, a function, or a tuple of one of them for a tuple of such values.
    """
    if isinstance(kind, tuple):
        read = value_reader(kind[0])
        return lambda values: tuple(map(read, values))
    if kind is date:
        return date.fromisoformat
    if members := getattr(kind, "__members__", None):
        # To call the class would take three times as long.
        return {member.value: member for member in members.values()}.__getitem__
    made: Callable[[Any], Any] = kind
    return made


def object_reader(made: Callable[..., Any], **kinds: Any) -> Callable[[Mapping[str, Any]], Any]:
    """A function that makes an object of a class from its JSON.

    Args:
        made: The class.
        **kinds: The kinds of fields, as in `value_reader`; other fields are taken as JSON has them.

    >>> object_reader(dict, since=date)({"since": "2025-06-01", "text": "closed"})
    {'since': datetime.date(2025, 6, 1), 'text': 'closed'}
    """
    readers = [(field, value_reader(kind)) for field, kind in kinds.items()]

    def read(values: Mapping[str, Any]) -> Any:
        found = dict(values)
        for field, read_field in readers:
            value = found.get(field)
            if value is not None:
                found[field] = read_field(value)
        return made(**found)

    return read

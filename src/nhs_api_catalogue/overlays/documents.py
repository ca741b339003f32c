"""From a file to a JSON document, whatever somebody put into the file."""

from __future__ import annotations

import json
from collections import Counter
from os import PathLike, fspath
from typing import IO, Any, Final, TypeAlias, TypeGuard

from nhs_api_catalogue.errors import InvalidOverlayError, Problem

File: TypeAlias = str | PathLike[str] | IO[str] | IO[bytes]
"""The path of a file, or the file opened for reading."""

# A fact of an entry lies six deep.
DEPTH: Final = 10


def read_document(source: File, max_bytes: int) -> tuple[str | None, dict[str, Any]]:
    """The name of a file, if it has one, and the object that it holds.

    Raises:
        InvalidOverlayError: It is too large, no UTF-8, no JSON object, or an object of it has a
            key twice.
        OSError: It cannot be read.
    """
    if isinstance(source, (str, PathLike)):
        path = fspath(source)
        with open(path, "rb") as file:  # noqa: PTH123  pathlib costs 4 ms at import
            return path, parse_document(file.read(max_bytes + 1), max_bytes, path)
    named = getattr(source, "name", None)
    name = named if isinstance(named, str) else None
    content = source.read(max_bytes + 1)
    # Halves of a surrogate pair are no text, and are refused as what they are.
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return name, parse_document(data, max_bytes, name)


def parse_document(data: bytes, max_bytes: int, file: str | None) -> dict[str, Any]:
    """The object that the bytes of a file hold.

    Raises:
        InvalidOverlayError: As `read_document`.
    """

    def refusal(value: object, expected: str) -> InvalidOverlayError:
        return InvalidOverlayError((Problem(file, WHOLE, "", value, expected),))

    if len(data) > max_bytes:
        raise refusal(f"over {max_bytes} bytes", f"at most {max_bytes} bytes (max_bytes)")
    repeated: list[str] = []

    def to_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        counts = Counter(key for key, _ in pairs)
        repeated.extend(key for key, count in counts.items() if count > 1)
        return dict(pairs)

    document: object = None
    try:
        document = json.loads(data.decode("utf-8-sig"), object_pairs_hook=to_object)
    except UnicodeDecodeError as error:
        raise refusal(data[error.start : error.start + 4], "text in UTF-8") from None
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise refusal(f"{error.doc[error.pos :][:20]!s} at {where}", "JSON") from None
    except (RecursionError, ValueError):
        # Brackets nested by the thousand, or a number of thousands of digits: refused below.
        pass
    if not is_object(document) or _depth(document) > DEPTH:
        shown = type(document).__name__
        raise refusal(shown, f"an object, nested at most {DEPTH} deep, without endless numbers")
    if repeated:
        raise InvalidOverlayError(
            tuple(Problem(file, WHOLE, "", key, "each key once in its object") for key in repeated)
        )
    return document


WHOLE: Final = "the file"


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether the value is an object of JSON."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether the value is a list of JSON."""
    return isinstance(value, list)


def _depth(document: object) -> int:
    """How deep objects and lists lie in each other, counted without recursion."""
    depth = 0
    level: list[Any] = [document]
    while level:
        depth += 1
        inside: list[Any] = []
        for value in level:
            if is_object(value):
                inside += value.values()
            elif is_list(value):
                inside += value
        level = inside
    return depth

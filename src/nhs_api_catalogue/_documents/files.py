"""From a file to a JSON document, whatever somebody put into the file."""

from __future__ import annotations

import json
import re
from collections import Counter
from os import PathLike, fspath
from typing import IO, TYPE_CHECKING, Any, Final, NoReturn, TypeAlias, TypeGuard

from nhs_api_catalogue.errors import Problem

if TYPE_CHECKING:
    from nhs_api_catalogue.errors import InvalidFileError

File: TypeAlias = str | PathLike[str] | IO[str] | IO[bytes]
"""The path of a file, or the file opened for reading."""

# How deep objects and lists may lie in each other. The files of this library need six.
DEPTH: Final = 10

_TOO_DEEP: Final = f"an object, nested at most {DEPTH} deep"

WHOLE: Final = "the file"

# How much is read at a time: what a limit far above the file's size would claim is not there.
_PIECE: Final = 1024 * 1024

# What may be half of a surrogate pair, which is no character of any text.
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")


class Repeating(dict[str, Any]):
    """An object of JSON in which keys come twice; of each, the last value is kept.

    Attributes:
        repeated: The keys that do.
    """

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.repeated = tuple(key for key, count in counts.items() if count > 1)


def read_document(
    source: File, max_bytes: int, error: type[InvalidFileError]
) -> tuple[str | None, dict[str, Any]]:
    """The name of a file, if it has one, and the object that it holds.

    Raises:
        InvalidFileError: As `parse_document`; or a file opened as text is not in its encoding.
        OSError: It cannot be read.
        TypeError: It is neither a path nor a file, or `max_bytes` is no whole number.
        ValueError: `max_bytes` is below 1.
    """
    check_limit(max_bytes)
    if isinstance(source, (str, PathLike)):
        path = fspath(source)
        with open(path, "rb") as file:  # noqa: PTH123  pathlib costs 4 ms at import
            return path, parse_document(_read(file, max_bytes), max_bytes, path, error)
    if not hasattr(source, "read"):
        message = f"expected the path of a file, or the file opened for reading, got {source!r}"
        raise TypeError(message)
    named = getattr(source, "name", None)
    name = named if isinstance(named, str) else None
    try:
        content = _read(source, max_bytes)
    except UnicodeError:
        encoding = getattr(source, "encoding", None)
        expected = 'that of the file; opened as bytes ("rb"), it is read as UTF-8'
        raise error((Problem(name, WHOLE, "encoding", encoding, expected),)) from None
    return name, parse_document(content, max_bytes, name, error)


def check_limit(max_bytes: int) -> None:
    """Refuse what is no size of a file.

    Raises:
        TypeError: It is no whole number.
        ValueError: It is below 1.
    """
    expected = "max_bytes must be a whole number (int) of 1 at least"
    if type(max_bytes) is not int:
        message = f"{expected}, got {max_bytes!r}"
        raise TypeError(message)
    if max_bytes < 1:
        message = f"{expected}, got {max_bytes}"
        raise ValueError(message)


def _read(file: IO[str] | IO[bytes], max_bytes: int) -> str | bytes:
    """The content of a file; of one that is too large, a little more than there may be."""
    pieces: list[Any] = [file.read(_PIECE)]
    if not isinstance(pieces[0], (str, bytes)):
        message = f"expected a file that reads text or bytes, got {pieces[0]!r} from {file!r}"
        raise TypeError(message)
    length = len(pieces[0])
    while pieces[-1] and length <= max_bytes:
        pieces.append(file.read(_PIECE))
        length += len(pieces[-1])
    content: str | bytes = pieces[0][:0].join(pieces)
    return content


def parse_document(
    content: str | bytes, max_bytes: int, file: str | None, error: type[InvalidFileError]
) -> dict[str, Any]:
    """The object that the content of a file holds; a byte order mark is no matter.

    An object in which keys come twice is a `Repeating`, for the checks to report. How deep the
    document is has still to be asked; see `is_deep`.

    Raises:
        InvalidFileError: The content is too large, no UTF-8, or no JSON object. It is of the kind
            given.
    """
    # Halves of a surrogate pair are no text, and are refused as what they are.
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    try:
        document = _parsed(data, max_bytes)
    except _RefusedError as fault:
        problem = Problem(file, WHOLE, fault.path, fault.value, fault.expected)
    else:
        if is_object(document):
            return document
        problem = Problem(file, WHOLE, "", document, "an object")
    raise error((problem,))


class _RefusedError(Exception):
    """A content that is no JSON; it does not leave this room."""

    def __init__(self, value: object, expected: str, path: str = "") -> None:
        super().__init__()
        self.value = value
        self.expected = expected
        self.path = path


def _parsed(data: bytes, max_bytes: int) -> object:
    if len(data) > max_bytes:
        odd = data[max_bytes : max_bytes + 4]
        expected = f"the end: at most {max_bytes} bytes (max_bytes)"
        raise _RefusedError(odd, expected, f"byte {max_bytes}")
    try:
        text = data.decode("utf-8-sig")
        if not text.strip():
            raise _RefusedError(text[:20], "JSON, and not an empty file")
        document = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
        if _HALF.search(text):
            json.dumps(document, ensure_ascii=False).encode()
    except UnicodeDecodeError as fault:
        odd = data[fault.start : fault.start + 4]
        raise _RefusedError(odd, "text in UTF-8", f"byte {fault.start}") from None
    except UnicodeEncodeError as fault:
        half = fault.object[fault.start : fault.end]
        raise _RefusedError(half, "no half of a surrogate pair") from None
    except json.JSONDecodeError as fault:
        rest = fault.doc[fault.pos :][:20]
        where = f"line {fault.lineno}, column {fault.colno}"
        expected = "JSON" if rest else "JSON that goes on: the text ends there"
        raise _RefusedError(rest, expected, where) from None
    except RecursionError:
        raise _RefusedError("brackets in brackets", _TOO_DEEP) from None
    except ValueError:
        # Python reads no whole number of more than 4300 digits.
        endless = "a number of thousands of digits"
        raise _RefusedError(endless, "numbers that are not endless") from None
    return document


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else Repeating(pairs)


def _refuse_constant(name: str) -> NoReturn:
    raise _RefusedError(name, "JSON, which has no such number")


def refuse_depth(value: object, file: str | None, error: type[InvalidFileError]) -> NoReturn:
    """Refuse a document that is too deep."""
    raise error((Problem(file, WHOLE, "", value, _TOO_DEEP),)) from None


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether the value is an object of JSON."""
    return isinstance(value, dict)


def has_single_keys(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether the value is an object of JSON in which no key comes twice."""
    return type(value) is dict


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether the value is a list of JSON."""
    return isinstance(value, list)


def is_deep(document: object) -> bool:
    """Whether objects and lists lie too deep in each other, counted without recursion."""
    level: list[Any] = [document]
    for _ in range(DEPTH):
        inside: list[Any] = []
        for value in level:
            if is_object(value):
                inside += value.values()
            elif is_list(value):
                inside += value
        level = inside
    return any(is_object(value) or is_list(value) for value in level)

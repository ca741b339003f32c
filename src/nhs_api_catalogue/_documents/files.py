"""From a file to a JSON document, whatever is in the file, and back to a file."""

from __future__ import annotations

import io
import json
import os
import re
from collections import Counter
from collections.abc import Collection, Generator, Iterator
from contextlib import contextmanager, suppress
from os import PathLike, fspath
from secrets import token_hex
from stat import S_IMODE, S_ISDIR, S_ISREG
from typing import IO, Any, Final, NoReturn, TypeAlias, TypeGuard

from nhs_api_catalogue._checks import check_kind
from nhs_api_catalogue._names import nearest_word
from nhs_api_catalogue.errors import InvalidFileError, Problem

File: TypeAlias = str | PathLike[str] | IO[str] | IO[bytes]
"""The path of a file, or a file open for reading."""

# How the name of a file ends that is whole, and about to take the place of another.
_WHOLE: Final = ".whole.tmp"

# Where Linux names the files that a process has open (proc(5)).
_DESCRIPTORS: Final = "/proc/self/fd"

# How deeply objects and lists may be nested. The files of this library need six levels.
DEPTH: Final = 10

_TOO_DEEP: Final = f"an object nested at most {DEPTH} levels deep"

WHOLE: Final = "the file"

# How much is read at a time, so that a limit far above the file's size claims no memory.
_PIECE: Final = 1024 * 1024

# What may be a lone surrogate, which is not a character.
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SPACE: Final = re.compile(r"[ \t\n\r]*")


class RefusedError(ValueError):
    """A value that a file must not contain; it becomes a `Problem`.

    Attributes:
        expected: What would be right.
        allowed: The values among which the nearest may be meant.
        value: What is refused, if it is not the value at that place.
        path: The place, if it is not the one that was read.
    """

    def __init__(
        self, expected: str, allowed: Collection[str] = (), value: Any = None, path: str = ""
    ) -> None:
        super().__init__(expected)
        self.expected = expected
        self.allowed = allowed
        self.value = value
        self.path = path

    def nearest(self, value: object) -> str | None:
        """The value that may be meant."""
        # Sorted here, as thousands of faults may share the values.
        return nearest_word(value, sorted(self.allowed)) if isinstance(value, str) else None


class Repeating(dict[str, Any]):
    """A JSON object with repeated keys; the last value of each is kept.

    Attributes:
        repeated: The repeated keys.
    """

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.repeated = tuple(key for key, count in counts.items() if count > 1)


@contextmanager
def _told_as(error: type[InvalidFileError], file: str | None) -> Generator[None]:
    """Turn a refusal into an error of that class, with the name of the file."""
    try:
        yield
    except RefusedError as fault:
        problem = Problem(file, WHOLE, fault.path, fault.value, fault.expected)
        raise error((problem,)) from None


# -- from a file to its text --


def read_text(
    source: File, max_bytes: int, error: type[InvalidFileError]
) -> tuple[str | None, str]:
    """The name of a file, if it has one, and its text.

    Raises:
        InvalidFileError: The file is too large or not UTF-8, or it was opened as text in another
            encoding. The error has the given class.
        OSError: It cannot be read.
        TypeError: It is neither a path nor a file, or `max_bytes` is not a whole number.
        ValueError: `max_bytes` is below 1.
    """
    _check_limit(max_bytes)
    if isinstance(source, (str, PathLike)):
        with open(fspath(source), "rb") as file:  # noqa: PTH123  pathlib costs 4 ms at import
            return read_text(file, max_bytes, error)
    if not hasattr(source, "read"):
        message = f"expected the path of a file, or a file open for reading, got {source!r}"
        raise TypeError(message)
    named = getattr(source, "name", None)
    name = named if isinstance(named, str) else None
    with _told_as(error, name):
        return name, _decoded(_content(source, max_bytes), max_bytes)


def text_of(content: str | bytes, max_bytes: int, error: type[InvalidFileError]) -> str:
    """The content of a file as its text.

    Raises:
        InvalidFileError: The content is too large or not UTF-8. The error has the given class.
        TypeError: It is neither text nor bytes, or `max_bytes` is not a whole number.
        ValueError: `max_bytes` is below 1.
    """
    _check_limit(max_bytes)
    check_kind(content, (str, bytes), "expected the text of a file")
    with _told_as(error, None):
        return _decoded(content, max_bytes)


def _check_limit(max_bytes: int) -> None:
    expected = "max_bytes must be a whole number (int) of at least 1"
    check_kind(max_bytes, int, expected)
    if max_bytes < 1:
        message = f"{expected}, got {max_bytes}"
        raise ValueError(message)


def _content(file: IO[str] | IO[bytes], max_bytes: int) -> str | bytes:
    """The content of a file; if it is too large, a little more than is allowed."""
    try:
        piece: Any = file.read(_PIECE)
        if not isinstance(piece, (str, bytes)):
            message = f"expected a file of text or bytes, got {piece!r} from {file!r}"
            raise TypeError(message)
        whole: Any = io.StringIO(newline="") if isinstance(piece, str) else io.BytesIO()
        while piece and whole.tell() <= max_bytes:
            whole.write(piece)
            piece = file.read(_PIECE)
    except UnicodeError:
        expected = 'the encoding of the file; open it as bytes ("rb") to read it as UTF-8'
        encoding = getattr(file, "encoding", None)
        raise RefusedError(expected, value=encoding, path="encoding") from None
    content: str | bytes = whole.getvalue()
    return content


def _decoded(content: str | bytes, max_bytes: int) -> str:
    """The content as text; a byte order mark is allowed."""
    # Lone surrogates are not text, and are refused later.
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    at, expected = max_bytes, f"the end of the file, after at most {max_bytes} bytes (max_bytes)"
    if len(data) <= max_bytes:
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            at, expected = fault.start, "text in UTF-8"
    raise RefusedError(expected, value=data[at : at + 4], path=f"byte {at}")


# -- from text to values --


def members(text: str, listed: str) -> Iterator[tuple[str, Any]]:
    """The keys and values of the object in a text, in order.

    It is for valid texts: `parsed` says what is wrong with others.

    Args:
        text: The text of a file.
        listed: A key whose list is given as an iterator, which parses each item on demand; it must
            be exhausted before the next key.

    Raises:
        ValueError: The text is not a JSON object, or a key is repeated in it.
        RecursionError: It is nested too deeply.
    """
    scanner = _Scanner(text)
    scanner.take("{")
    seen: set[object] = set()
    mark = ","
    while mark == ",":
        key = scanner.value()
        if type(key) is not str or key in seen:
            raise RefusedError("each key only once in an object")
        seen.add(key)
        scanner.take(":")
        yield key, scanner.items() if key == listed and scanner.sees("[") else scanner.value()
        mark = scanner.take(",}")
    if scanner.sees(""):
        raise RefusedError("the end")


class _Scanner:
    """A JSON text that is read value by value."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._has_halves = _HALF.search(text) is not None
        self._decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_constant)

    def sees(self, mark: str) -> bool:
        """Whether the mark comes next; for an empty mark, whether anything does."""
        self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]  # it matches anywhere
        return self._text.startswith(mark, self._at) and self._at < len(self._text)

    def take(self, marks: str) -> str:
        """The next mark, which must be one of these."""
        for mark in marks:
            if self.sees(mark):
                self._at += 1
                return mark
        raise RefusedError(marks)

    def value(self) -> Any:
        """The next value."""
        self.sees("")
        value, self._at = self._decoder.raw_decode(self._text, self._at)
        if self._has_halves:
            _in_utf8(json.dumps(value, ensure_ascii=False))
        return value

    def items(self) -> Iterator[Any]:
        """The items of the list that comes next, each on demand."""
        self.take("[")
        mark = self.take("]") if self.sees("]") else ","
        while mark == ",":
            yield self.value()
            mark = self.take(",]")


def parsed(text: str, file: str | None, error: type[InvalidFileError]) -> dict[str, Any]:
    """The whole object in a text.

    An object with repeated keys is a `Repeating`, for its reader to report.

    Raises:
        InvalidFileError: The text is not a JSON object, or is nested too deeply. The error has the
            given class.
    """
    with _told_as(error, file):
        return _parsed(text)


def _parsed(text: str) -> dict[str, Any]:
    if not text.strip():
        raise RefusedError("JSON, not an empty file", value=text[:20])
    try:
        document = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
        if _HALF.search(text):
            _in_utf8(json.dumps(document, ensure_ascii=False))
    except json.JSONDecodeError as fault:
        rest = fault.doc[fault.pos :][:20]
        where = f"line {fault.lineno}, column {fault.colno}"
        expected = "JSON" if rest else "more JSON: the text ends here"
        raise RefusedError(expected, value=rest, path=where) from None
    except RecursionError:
        raise RefusedError(_TOO_DEEP, value="deeply nested brackets") from None
    except RefusedError:
        raise
    except ValueError:
        # Python does not read whole numbers of more than 4300 digits.
        endless = "a number of thousands of digits"
        raise RefusedError("shorter numbers", value=endless) from None
    if not is_object(document):
        raise RefusedError("an object", value=document)
    if _is_deep(document):
        raise RefusedError(_TOO_DEEP, value=document)
    return document


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    return made if len(made) == len(pairs) else Repeating(pairs)


def _refuse_constant(name: str) -> NoReturn:
    raise RefusedError("JSON, which has no such number", value=name)


def is_object(value: object) -> TypeGuard[dict[str, Any]]:
    """Whether the value is a JSON object."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[Any]]:
    """Whether the value is a JSON list."""
    return isinstance(value, list)


def _is_deep(document: object) -> bool:
    """Whether objects and lists are nested too deeply, counted without recursion."""
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


# -- back to a file --


def encoded(text: str, error: type[InvalidFileError]) -> bytes:
    """The text in UTF-8.

    Raises:
        InvalidFileError: It has a lone surrogate, which no file can contain.
    """
    with _told_as(error, None):
        return _in_utf8(text)


def _in_utf8(text: str) -> bytes:
    """The text in UTF-8; a lone surrogate is refused."""
    try:
        return text.encode()
    except UnicodeEncodeError as fault:
        half = fault.object[fault.start : fault.end]
        raise RefusedError("no lone surrogate", value=half) from None


def write(path: Any, data: bytes) -> None:
    """Write a whole file or nothing: a new file is written beside it and then replaces it.

    A link stays, and leads to the new file. If the system has nameless files, the new one gets its
    name only when it is complete: if the process is killed before, nothing is left. If it is killed
    between the two names, the next writer removes what is left. Anything else there, such as
    `/dev/stdout` or a named pipe, is written to and stays what it is.

    Raises:
        OSError: The file cannot be written; what was there stays.
        TypeError: The path is not a path.
    """
    if not isinstance(path, (str, PathLike)):
        message = f"expected the path of a file, got {path!r}: write dumps(...) to an open file"
        raise TypeError(message)
    real: str = fspath(path)
    is_stream = _is_stream(real)
    if not is_stream:
        real = os.path.realpath(real)
    beside = f"{real}.{token_hex(8)}.tmp"
    try:
        if is_stream:
            with open(real, "wb") as stream:  # noqa: PTH123  as below
                stream.write(data)
            return
        nameless = _nameless(os.path.dirname(real))  # noqa: PTH120  as below
        if nameless is not None:
            beside = f"{real}.{token_hex(8)}{_WHOLE}"
        # It is new, so nobody else uses it, and it has the process's permissions for new files.
        place, mode = (beside, "xb") if nameless is None else (nameless, "wb")
        with open(place, mode) as file:  # noqa: PTH123  os.replace and os.chmod are not in pathlib
            file.write(data)
            file.flush()
            with suppress(FileNotFoundError):
                os.chmod(place, S_IMODE(os.stat(real).st_mode))  # noqa: PTH101, PTH116  as above
            os.fsync(file.fileno())
            if nameless is not None:
                # Python follows the link of /proc only if a folder is given for the source.
                os.link(f"{_DESCRIPTORS}/{nameless}", beside, src_dir_fd=nameless)
                os.replace(beside, real)  # noqa: PTH105  as above
        if nameless is None:
            os.replace(beside, real)  # noqa: PTH105  as above
        else:
            # The file is written, whatever becomes of this.
            with suppress(OSError):
                _sweep(real)
    except OSError as fault:
        # Nobody knows the name of the new file.
        raise OSError(fault.errno, fault.strerror, real) from None
    finally:
        # It is still there only if it did not replace the old one.
        with suppress(OSError):
            os.unlink(beside)  # noqa: PTH108  as above


def _is_stream(path: str) -> bool:
    """Whether a device, a pipe or the like is there, which no file may replace."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  as above
    except (OSError, ValueError):
        return False
    return not (S_ISREG(mode) or S_ISDIR(mode))


def _nameless(folder: str) -> int | None:
    """A new file without a name, open for writing and locked; None where there is none such."""
    flag: int | None = getattr(os, "O_TMPFILE", None)
    if flag is None or not os.path.isdir(_DESCRIPTORS):  # noqa: PTH112  as above
        return None
    try:
        descriptor = os.open(folder, flag | os.O_WRONLY, 0o666)
    except OSError:
        # Not every file system has them; writing with a name reports anything else that is wrong.
        return None
    # Where there are no locks, nobody gets this one, so nobody takes the file away.
    with suppress(OSError):
        _lock(descriptor)
    return descriptor


def _sweep(real: str) -> None:
    """Remove what killed processes left beside a file: whole files that nobody has locked."""
    folder, name = os.path.split(real)
    left = re.compile(re.escape(name) + r"\.[0-9a-f]{16}" + re.escape(_WHOLE))
    for path in (f"{folder}/{entry}" for entry in os.listdir(folder) if left.fullmatch(entry)):  # noqa: PTH208  as above
        with suppress(OSError):
            # What a name of this kind leads to is not opened, and a pipe is not waited for.
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            try:
                _lock(descriptor)
                os.unlink(path)  # noqa: PTH108  as above
            finally:
                os.close(descriptor)


def _lock(descriptor: int) -> None:
    """Lock an open file until it is closed, or its process ends.

    Raises:
        OSError: Another has locked it.
    """
    # Windows has neither this nor files without a name.
    import fcntl  # noqa: PLC0415

    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

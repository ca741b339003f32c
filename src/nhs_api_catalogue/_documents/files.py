"""From a file to JSON values, one after the other, whatever is in the file."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8, utf_8_decode
from collections import Counter
from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from itertools import islice
from os import PathLike, fspath
from typing import IO, Any, Final, NoReturn, TypeAlias, TypeGuard, final

from nhs_api_catalogue._checks import check_kind
from nhs_api_catalogue._names import nearest_word
from nhs_api_catalogue._problems import Problem
from nhs_api_catalogue.errors import InvalidFileError

File: TypeAlias = str | PathLike[str] | IO[str] | IO[bytes]
"""The path of a file, or a file open for reading."""

# How deeply objects and lists may be nested. The files of this library need six levels.
DEPTH: Final = 10

# How deep a long value may be nested to be parsed. Python's own limit depends on its version.
_DEEPEST: Final = 1000

_TOO_DEEP: Final = f"an object nested at most {DEPTH} levels deep"

# How many keys and values an object or a list may contain, at all levels; the rows of a file are
# counted one by one. Python needs up to 300 bytes for each, of which a file needs 2.
MOST_VALUES: Final = 100_000
# So many characters have no more in them: each takes one at least, and one parts it from the next.
_FEW: Final = 2 * MOST_VALUES

_TOO_MANY: Final = f"an object or a list with at most {MOST_VALUES:,} keys and values in it"

WHOLE: Final = "the file"

# How much is read, and decoded, at a time.
_PIECE: Final = 128 * 1024
# A file of more bytes is too long to be the value of a fault; so many of its characters are.
_LONG: Final = 128 * 1024
_BEGINNING: Final = 80
# A longer text is no slip of a word, and to compare it takes ninety times its size.
_LONGEST_SLIP: Final = 1000

# What may be a lone surrogate, which is not a character.
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_SPACE: Final = re.compile(r"[ \t\n\r]*")
# What a value of JSON consists of, to find its end: a text, a number or word, and what is up to the
# next bracket. Each is matched in one go, however long it is.
_TEXT: Final = rb'"(?:[^"\\]++|\\.)*+"'
_END_OF_TEXT: Final = re.compile(_TEXT, re.DOTALL)
_END_OF_WORD: Final = re.compile(rb"[^ \t\n\r,\]}]*")
_TO_BRACKET: Final = re.compile(rb'(?:[^"\[\]{}]++|' + _TEXT + rb")*+[\[\]{}]", re.DOTALL)
# Where a key or a value begins, in a text that may be cut.
_BEGIN: Final = re.compile(rb'"(?:[^"\\]++|\\.?)*+(?:"|\Z)|[\[{]|[^ \t\n\r,:\[\]{}"]++', re.DOTALL)


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


def nearest(value: object, allowed: Collection[str]) -> str | None:
    """The allowed value that may be meant."""
    if not isinstance(value, str) or len(value) > _LONGEST_SLIP:
        return None
    # Sorted here, as thousands of faults may share the values.
    return nearest_word(value, sorted(allowed))


class Repeating(dict[str, Any]):
    """A JSON object with repeated keys; the last value of each is kept.

    Attributes:
        repeated: The repeated keys.
    """

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.repeated = frozenset(key for key, count in counts.items() if count > 1)


@contextmanager
def _told_as(error: type[InvalidFileError], file: str | None) -> Generator[None]:
    """Turn a refusal into an error of that class, with the name of the file."""
    try:
        yield
    except RefusedError as fault:
        problem = Problem(file, WHOLE, fault.path, fault.value, fault.expected)
        raise error((problem,)) from None


@final
class Document:
    """A JSON file whose values are parsed as often as they are needed, and never all held.

    Attributes:
        name: The name of the file; None if it has none.
        error: The class of the errors about the file.
    """

    def __init__(
        self,
        content: str | bytes,
        max_bytes: int,
        error: type[InvalidFileError],
        name: str | None = None,
    ) -> None:
        """The document in the content of a file.

        Raises:
            InvalidFileError: The content is too large. The error has the given class.
            TypeError: It is neither text nor bytes, or `max_bytes` is not a whole number.
            ValueError: `max_bytes` is below 1.
        """
        _check_limit(max_bytes)
        check_kind(content, (str, bytes), "expected the text of a file")
        self.name: str | None = name
        self.error: type[InvalidFileError] = error
        self._data = _bytes(content)
        with _told_as(error, name):
            if len(self._data) > max_bytes:
                expected = f"the end of the file, after at most {max_bytes} bytes (max_bytes)"
                raise _at_byte(self._data, max_bytes, expected)

    @classmethod
    def read(cls, source: File, max_bytes: int, error: type[InvalidFileError]) -> Document:
        """The document in a file.

        Raises:
            InvalidFileError: The file is too large, or it was opened as text in another encoding.
                The error has the given class.
            OSError: It cannot be read.
            TypeError: It is neither a path nor a file, or `max_bytes` is not a whole number.
            ValueError: `max_bytes` is below 1.
        """
        _check_limit(max_bytes)
        if isinstance(source, (str, PathLike)):
            with open(fspath(source), "rb") as file:  # noqa: PTH123  pathlib costs 4 ms at import
                return cls.read(file, max_bytes, error)
        if not hasattr(source, "read"):
            message = f"expected the path of a file, or a file open for reading, got {source!r}"
            raise TypeError(message)
        named = getattr(source, "name", None)
        name = named if isinstance(named, str) else None
        with _told_as(error, name):
            content = _content(source, max_bytes)
        return cls(content, max_bytes, error, name)

    def members(self, *held: str) -> Iterator[tuple[str, Any]]:
        """The keys and values of the object in the file, in order.

        A list is given as an iterator, which parses each item on demand, and only until the next
        key.

        Args:
            held: Keys whose lists are given whole.

        Raises:
            RefusedError: The file is no object of JSON in UTF-8, or has too much in one value.
            RecursionError: It is nested too deeply.
            ValueError: A number has thousands of digits.
        """
        return _Scanner(self._data).members(held)

    def value(self, key: str, *, is_last: bool) -> Any:
        """The last value under a key, or the first, which is found sooner; None if there is none.

        It raises what `members` raises.
        """
        values = (value for name, value in self.members(key) if name == key)
        return ([None, *values][-1]) if is_last else next(values, None)

    def whole(self) -> Any:
        """All of the object in the file; of a long file, the text of its beginning."""
        return _whole(self._data)

    def check(self, *held: str) -> dict[str, int]:
        """How often the file has each key.

        Args:
            held: Keys whose lists will be held whole.

        Raises:
            InvalidFileError: The file is no object of JSON in UTF-8, is nested too deeply, or has
                too much in one value. The error has the class of the document.
        """
        with _told_as(self.error, self.name):
            self._check_text()
            counts: Counter[str] = Counter()
            is_deep = False
            try:
                for key, value in self.members(*held):
                    counts[key] += 1
                    levels = DEPTH - 2 if is_rows(value) else DEPTH - 1
                    for one in value if is_rows(value) else [value]:
                        is_deep = is_deep or _is_deep(one, levels)
            except RecursionError:
                raise RefusedError(_TOO_DEEP, value="deeply nested brackets") from None
            except RefusedError:
                raise
            except ValueError:
                # Python does not read whole numbers of more than 4300 digits.
                endless = "a number of thousands of digits"
                raise RefusedError("shorter numbers", value=endless) from None
            if is_deep:
                raise RefusedError(_TOO_DEEP, value=self.whole())
        return counts

    def _check_text(self) -> None:
        at, start, is_blank = 0, "", True
        while at < len(self._data):
            piece, at = _decoded(self._data, at, _PIECE)
            start = start or piece[:20]
            is_blank = is_blank and not piece.strip()
        if is_blank:
            raise RefusedError("JSON, not an empty file", value=start)


# -- from a file to its bytes --


def _check_limit(max_bytes: int) -> None:
    expected = "max_bytes must be a whole number (int) of at least 1"
    check_kind(max_bytes, int, expected)
    if max_bytes < 1:
        message = f"{expected}, got {max_bytes}"
        raise ValueError(message)


def _bytes(content: str | bytes) -> bytes:
    # Lone surrogates are not text, and are refused when the bytes are decoded.
    return content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content


def _content(file: IO[str] | IO[bytes], max_bytes: int) -> bytes:
    """The content of a file; if it is too large, a little more than is allowed."""
    whole = BytesIO()
    try:
        piece: Any = file.read(_PIECE)
        if not isinstance(piece, (str, bytes)):
            message = f"expected a file of text or bytes, got {piece!r} from {file!r}"
            raise TypeError(message)
        while piece and whole.tell() <= max_bytes:
            whole.write(_bytes(piece))
            piece = file.read(_PIECE)
    except UnicodeError:
        expected = 'the encoding of the file; open it as bytes ("rb") to read it as UTF-8'
        encoding = getattr(file, "encoding", None)
        raise RefusedError(expected, value=encoding, path="encoding") from None
    return whole.getvalue()


def _at_byte(data: bytes, at: int, expected: str) -> RefusedError:
    return RefusedError(expected, value=data[at : at + 4], path=f"byte {at}")


def _decoded(data: bytes, at: int, size: int) -> tuple[str, int]:
    """The text of a part of a file, and where its last whole character ends.

    A byte order mark at the start is allowed, and no part of the text.
    """
    end = at + size
    if at == 0 and data.startswith(BOM_UTF8):
        at = len(BOM_UTF8)
    try:
        text, length = utf_8_decode(memoryview(data)[at:end], "strict", end >= len(data))
    except UnicodeDecodeError as fault:
        raise _at_byte(data, at + fault.start, "text in UTF-8") from None
    return text, at + length


def _end_of_value(data: bytes, at: int) -> int:
    """Where the value that begins there ends, if it is JSON; the end of the data if it is cut."""
    first = data[at : at + 1]
    if first not in (b"[", b"{"):
        match = (_END_OF_TEXT if first == b'"' else _END_OF_WORD).match(data, at)
        return match.end() if match else len(data)
    level = 0
    while match := _TO_BRACKET.match(data, at):
        at = match.end()
        level += 1 if data[at - 1] in b"[{" else -1
        if level == 0:
            return at
        if level > _DEEPEST:
            raise RecursionError
    return len(data)


# -- from bytes to values --


@final
class _Scanner:
    """A JSON text that is decoded piece by piece, and read value by value.

    What Python's decoder says about the text, and where, is what it would say about the whole.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        # How many bytes have been decoded; the text, what of it is still needed, and what is next.
        self._decoded = self._needed = self._at = 0
        self._text = ""
        self._half: RefusedError | None = None
        self._decoder = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_refuse_constant)

    def _more(self) -> bool:
        """Decode another piece, at least as long as what is needed; False at the end."""
        if self._decoded == len(self._data):
            return False
        length = len(self._text[self._needed :].encode())
        self._decode(self._needed, length + max(_PIECE, length))
        return True

    def _decode(self, needed: int, size: int) -> None:
        """Hold the text from there, up to a number of bytes, and nothing before."""
        start = self._decoded - len(self._text[needed:].encode())
        self._at, self._needed, self._text = self._at - needed, 0, ""
        self._text, self._decoded = _decoded(self._data, start, size)

    def _next(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            self._at = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]  # it matches anywhere
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _wrong(self, at: int, expected: str = "JSON") -> RefusedError:
        """What is not as expected, from that place in the text."""
        place = self._decoded - len(self._text[at:].encode())
        begin = self._data.rfind(b"\n", 0, place) + 1
        column = 1
        while begin < place:
            piece, begin = _decoded(self._data, begin, min(_PIECE, place - begin))
            column += len(piece)
        rest = self._data[place : place + 80].decode(errors="ignore")[:20]
        expected = expected if rest else "more JSON: the text ends here"
        line = self._data.count(b"\n", 0, place) + 1
        return RefusedError(expected, value=rest, path=f"line {line}, column {column}")

    def _unlike(self, before: str) -> RefusedError:
        """What is not JSON after the last value, for which other text stands before it."""
        at = 0
        try:
            json.loads(before + self._text[self._needed :])
        except json.JSONDecodeError as fault:
            at = fault.pos - len(before)
        return self._wrong(self._needed + at)

    def value(self) -> Any:
        """The next value."""
        self._next()
        # After much space, the text may be as long as that.
        is_whole = len(self._text) - self._at > _FEW
        if is_whole:
            self._decode_value()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
                # A number may go on: 1, 1., 1e and 1e+ are cut from one.
                if is_whole or end < len(self._text) - 2:
                    break
            except RefusedError:
                raise
            except ValueError as fault:
                if is_whole or self._decoded == len(self._data):
                    if isinstance(fault, json.JSONDecodeError):
                        raise self._wrong(fault.pos) from None
                    raise
            self._decode_value()
            is_whole = True
        if self._half is None and _HALF.search(self._text, self._at, end):
            try:
                _in_utf8(json.dumps(value, ensure_ascii=False))
            except RefusedError as fault:
                self._half = fault
        # A long text is not needed while its value is read.
        self._text, self._at = (self._text[end:], 0) if end > _PIECE else (self._text, end)
        self._needed = self._at
        return value

    def _decode_value(self) -> None:
        """Hold the text of the next value, and no other; refuse one that has too much in it."""
        start = self._decoded - len(self._text[self._at :].encode())
        end = _end_of_value(self._data, start)
        inside = islice(_BEGIN.finditer(self._data, start, end), MOST_VALUES + 1, None)
        if next(inside, None):
            raise self._wrong(self._at, _TOO_MANY)
        self._decode(self._at, end - start)

    def _items(self) -> Iterator[Any]:
        """The items of the list that comes next, each on demand."""
        self._at = self._needed = self._at + 1
        if self._next() == "]":
            self._at += 1
            return
        while True:
            yield self.value()
            mark = self._next()
            if mark not in ("]", ","):
                raise self._unlike('[""')
            self._at += 1
            if mark == "]":
                return
            if self._next() == "]":
                raise self._unlike('[""')

    def members(self, held: Collection[str]) -> Iterator[tuple[str, Any]]:
        """As `Document.members`; a lone surrogate is refused at the end."""
        if self._next() != "{":
            raise self._no_object()
        before = mark = "{"
        while mark != "}":
            self._at += 1
            if before == "{":
                self._needed = self._at
            first = self._next()
            if first == "}" and before == "{":
                break
            if first != '"':
                raise self._unlike(before)
            key = self.value()
            if self._next() != ":":
                raise self._unlike('{""')
            self._at += 1
            if key not in held and self._next() == "[":
                items = self._items()
                yield key, items
                for _ in items:
                    pass
            else:
                yield key, self.value()
            self._needed, before = self._at, '{"":""'
            mark = self._next()
            if mark not in ("}", ","):
                raise self._unlike(before)
        self._at += 1
        self._end()

    def _no_object(self) -> RefusedError:
        """What a file is that is no object, after all of it was read."""
        for _ in self._items() if self._next() == "[" else [self.value()]:
            pass
        self._end()
        return RefusedError("an object", value=_whole(self._data))

    def _end(self) -> None:
        """Refuse what comes after the whole, and a lone surrogate anywhere in it."""
        if self._next():
            raise self._wrong(self._at)
        if self._half is not None:
            raise self._half


def _whole(data: bytes) -> Any:
    """The value in a file; of a long file, the text of its beginning."""
    if len(data) > _LONG:
        return _decoded(data, 0, 4 * _BEGINNING)[0][:_BEGINNING]
    return _Scanner(data).value()


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


def is_rows(value: object) -> TypeGuard[Iterator[Any]]:
    """Whether the value is a JSON list whose items are parsed on demand."""
    return isinstance(value, Iterator)


def _is_deep(value: object, levels: int) -> bool:
    """Whether objects and lists are nested in more levels, counted without recursion."""
    level: list[Any] = [value]
    for _ in range(levels):
        inside: list[Any] = []
        for one in level:
            if is_object(one):
                inside += one.values()
            elif is_list(one):
                inside += one
        level = inside
    return any(is_object(one) or is_list(one) for one in level)


# -- back to a file --


def encoded(pieces: Iterable[str], error: type[InvalidFileError]) -> bytes:
    """The text of a file in UTF-8.

    Args:
        pieces: The text in pieces; each row of the file, or object of objects, is in one of them.
        error: The class of the error.

    Raises:
        InvalidFileError: It has a lone surrogate, which no file can contain, or more in one row
            than a reader accepts.
    """
    texts = list(pieces)
    with _told_as(error, None):
        data = _in_utf8("".join(texts))
    if max(map(len, texts)) > _FEW:
        Document(data, len(data), error).check()
    return data


def _in_utf8(text: str) -> bytes:
    """The text in UTF-8; a lone surrogate is refused."""
    try:
        return text.encode()
    except UnicodeEncodeError as fault:
        half = fault.object[fault.start : fault.end]
        raise RefusedError("no lone surrogate", value=half) from None

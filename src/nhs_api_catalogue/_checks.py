"""Checks of values and arguments: lists become tuples, and what breaks a rule is refused."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Any, Final, TypeVar

from nhs_api_catalogue.errors import InvalidRecordError

T = TypeVar("T")

# No regular expressions to check records: compiling one costs as much as checking all ids.
LETTERS: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
ID: Final = "lower-case ASCII words and numbers, joined by single hyphens"


def to_tuple(values: list[T] | tuple[T, ...]) -> tuple[T, ...]:
    """A list as a tuple; anything else stays, for the check to refuse."""
    return tuple(values) if isinstance(values, list) else values


def to_frozenset(values: AbstractSet[T] | list[T] | tuple[T, ...]) -> frozenset[T]:
    """A set, list or tuple as a frozenset; anything else stays, for the check to refuse."""
    given: Any = values
    # Lists and tuples come first: an abstract class takes longer to answer.
    if type(given) is not frozenset and isinstance(values, (list, tuple, AbstractSet)):
        try:
            given = frozenset(values)
        except TypeError:
            # An unhashable element is not one of ours, so the check will refuse it too.
            return given  # type: ignore[no-any-return]  # as below
    return given  # type: ignore[no-any-return]  # `cast` is a call, and this is asked of each field


def check(record: str, field: str, value: object, kind: type | tuple[type, ...]) -> None:
    """Refuse a value that is not of the type, or of one of the types."""
    if not isinstance(value, kind):
        kinds = kind if isinstance(kind, tuple) else (kind,)
        raise InvalidRecordError(record, field, value, " or ".join(map(_named, kinds)))


def check_all(record: str, field: str, values: object, box: type, kind: type) -> None:
    """Refuse values that are not all of the type, or that are in another container."""
    held: Any = values
    if isinstance(values, box):
        # Most are few or none: a loop begins sooner than a generator, and `cast` is a call.
        for value in held:
            if not isinstance(value, kind):
                break
        else:
            return
    raise InvalidRecordError(record, field, values, f"a {box.__name__} of {_named(kind)}")


def _named(kind: type) -> str:
    """The name of the class, with how to make a value from text."""
    if kind is type(None):
        return "None"
    if members := getattr(kind, "__members__", None):
        return f"{kind.__name__} (such as {kind.__name__}.{next(iter(members))})"
    if hasattr(kind, "parse"):
        return f"{kind.__name__} ({kind.__name__}.parse reads text)"
    return kind.__name__


def is_id(text: str) -> bool:
    """Whether the text is a slug: lower-case ASCII words and numbers, joined by single hyphens."""
    return (
        text.replace("-", "").isalnum()
        and text.isascii()
        and text == text.lower()
        and "--" not in text
        and text == text.strip("-")
    )


def check_id(record: str, **ids: object) -> None:
    """Refuse what is not a slug."""
    for field, value in ids.items():
        if not isinstance(value, str) or not is_id(value):
            raise InvalidRecordError(record, field, value, ID)


def check_text(record: str, **texts: object) -> None:
    """Refuse what is not text, and text that is blank."""
    for field, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise InvalidRecordError(record, field, text, "text that is not blank")


def check_date(record: str, **dates: object) -> None:
    """Refuse what is not a date, and a date with a time."""
    for field, value in dates.items():
        if not isinstance(value, date) or isinstance(value, datetime):
            raise InvalidRecordError(record, field, value, "a date without a time")


def check_kind(value: object, kind: type | tuple[type, ...], expected: str) -> None:
    """Refuse an argument that is not of the type, or of one of the types; True is not a number.

    Args:
        value: The argument.
        kind: The type or types that are allowed.
        expected: What the error says was expected.

    Raises:
        TypeError: It is of another type.
    """
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        message = f"{expected}, got {value!r}"
        raise TypeError(message)


def at_position(values: tuple[T, ...], position: int, what: str) -> T:
    """The value at that position of what can also be asked for names and slices.

    Raises:
        IndexError: There is no such position.
        TypeError: It is not a position.
    """
    if not hasattr(position, "__index__"):
        message = f"expected a name, a position or a slice, got {position!r}"
        raise TypeError(message)
    try:
        return values[position]
    except IndexError:
        message = f"there is no position {position!r} among {len(values)} {what}"
        raise IndexError(message) from None


def read_width(width: int) -> int:
    """The number of columns of a text.

    Raises:
        ValueError: It is below 60, which is too narrow for dates and names.
        TypeError: It is not a whole number.
    """
    expected = f"the width must be a whole number of at least 60, got {width!r}"
    if type(width) is not int:
        raise TypeError(expected)
    if width < 60:
        raise ValueError(expected)
    return width

"""The text of durations: reads and writes pairs (months, days), in English and in ISO 8601.

The reader goes through a text once from left to right, so it is linear; a length cap keeps other
people's text small. Every refusal says where in the text as given it stopped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NoReturn

from nhs_api_catalogue.errors import DurationSyntaxError

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_TEXT_LENGTH: Final = 200

# Dashes and spaces that word processors and web pages put for "-" and " ". One character stands
# for one, so that positions in the plain text are positions in the text as given.
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SPACES: Final = "\t\n\r\x0b\x0c\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_PLAIN: Final = str.maketrans(_SPACES + _DASHES, " " * len(_SPACES) + "-" * len(_DASHES))

_NUMBER: Final = re.compile("[0-9]+")
_WORD: Final = re.compile(" *([A-Za-z]+)")
_AND: Final = re.compile("(?: *,)? *(?:and +)?(?=[0-9])", re.IGNORECASE)
_TO: Final = re.compile(" *(?:-|to(?![a-z])) *", re.IGNORECASE)
_ISO: Final = re.compile(
    "P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?", re.IGNORECASE
)

# What one of each unit adds to (months, days), in ISO 8601's order.
_UNITS: Final = {"year": (12, 0), "month": (1, 0), "week": (0, 7), "day": (0, 1)}


def read_duration(text: str) -> tuple[int, int]:
    """The months and days that the text names.

    Raises:
        DurationSyntaxError: The text is not one duration.
        TypeError: It is not text.
    """
    reader = _Reader(text)
    pair = reader.iso() if reader.at_iso() else _total(reader.terms(bare=False))
    reader.end()
    return pair


def read_range(text: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """The months and days of both ends of the range that the text names.

    Raises:
        DurationSyntaxError: The text is not a range.
        TypeError: It is not text.
    """
    reader = _Reader(text)
    if reader.at_iso():
        first = second = reader.iso()
        if reader.take("/") or reader.take(_TO):
            second = reader.iso()
    else:
        terms = reader.terms(bare=True)
        first = second = _total(terms)
        if reader.take(_TO):
            others = reader.terms(bare=False)
            second = _total(others)
            if terms[0][1] is None:
                if len(others) > 1:
                    reader.fail("the first number needs a unit of its own", reader.start)
                first = _total([(terms[0][0], others[0][1])])
        elif terms[0][1] is None:
            reader.fail_unit()
    reader.end()
    return first, second


def write_duration(months: int, days: int) -> str:
    """The words for a pair: whole weeks as weeks, months always as months."""
    parts: list[str] = []
    if months:
        parts.append(_counted(months, "month"))
    if days and days % 7 == 0:
        parts.append(_counted(days // 7, "week"))
    elif days or not months:
        parts.append(_counted(days, "day"))
    return " ".join(parts)


def write_range(first: tuple[int, int], second: tuple[int, int]) -> str:
    """The words for two pairs, with a shared unit said once: "4-6 weeks"."""
    one, other = write_duration(*first), write_duration(*second)
    if one == other:
        return one
    number, _, unit = one.partition(" ")
    other_number, _, other_unit = other.partition(" ")
    if unit.removesuffix("s") == other_unit.removesuffix("s"):
        return f"{number}-{other_number} {other_unit}"
    return f"{one} to {other}"


def write_iso(months: int, days: int) -> str:
    """The ISO 8601 form of a pair: whole weeks alone as weeks, else months and days."""
    if months:
        return f"P{months}M{days}D" if days else f"P{months}M"
    return f"P{days // 7}W" if days and days % 7 == 0 else f"P{days}D"


def _counted(n: int, unit: str) -> str:
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"


def _total(terms: Iterable[tuple[int, str | None]]) -> tuple[int, int]:
    months = days = 0
    for number, unit in terms:
        if unit is not None:
            months += number * _UNITS[unit][0]
            days += number * _UNITS[unit][1]
    return months, days


class _Reader:
    """A text and the place up to which it is read."""

    def __init__(self, text: str) -> None:
        if not isinstance(text, str):
            message = f"expected text, got {text!r}"
            raise TypeError(message)
        self.text = text
        if len(text) > MAX_TEXT_LENGTH:
            self.fail(f"at most {MAX_TEXT_LENGTH} characters are read", MAX_TEXT_LENGTH)
        self.plain = text.translate(_PLAIN).rstrip(" ")
        self.at = self.start = len(self.plain) - len(self.plain.lstrip(" "))

    def fail(self, problem: str, position: int) -> NoReturn:
        raise DurationSyntaxError(self.text, position, problem)

    def fail_next(self, problem: str) -> NoReturn:
        """Fail at the next character that is no space."""
        rest = self.plain[self.at :]
        self.fail(problem, self.at + len(rest) - len(rest.lstrip(" ")))

    def fail_unit(self) -> NoReturn:
        self.fail_next("expected days, weeks, months or years")

    def take(self, what: str | re.Pattern[str]) -> bool:
        """Whether that comes next; if so, it is read."""
        if isinstance(what, str):
            found = self.plain.startswith(what, self.at)
            self.at += len(what) if found else 0
            return found
        match = what.match(self.plain, self.at)
        if match:
            self.at = match.end()
        return match is not None

    def end(self) -> None:
        if self.at < len(self.plain):
            self.fail_next("expected nothing more")

    def at_iso(self) -> bool:
        return self.plain.startswith(("P", "p"), self.at)

    def iso(self) -> tuple[int, int]:
        match = _ISO.match(self.plain, self.at)
        if match is None:
            self.fail("expected an ISO 8601 duration", self.at)
        self.at = match.end()
        numbers = match.groups()
        if not any(numbers):
            self.fail("expected whole numbers with Y, M, W or D, in this order", self.at)
        return _total(zip((int(number or 0) for number in numbers), _UNITS, strict=True))

    def terms(self, *, bare: bool) -> list[tuple[int, str | None]]:
        """Numbers with their units; with `bare`, a first number may stand alone (None)."""
        terms: list[tuple[int, str | None]] = []
        while True:
            match = _NUMBER.match(self.plain, self.at)
            if match is None:
                self.fail("expected a whole number", self.at)
            self.at = match.end()
            word = _WORD.match(self.plain, self.at)
            unit = word[1].lower().removesuffix("s") if word else ""
            if unit in _UNITS:
                if any(unit == named for _, named in terms):
                    self.fail_next(f"{unit}s are named twice")
                terms.append((int(match[0]), unit))
                self.at = word.end() if word else self.at
            elif bare and not terms and (word is None or unit == "to"):
                return [(int(match[0]), None)]
            else:
                self.fail_unit()
            if not self.take(_AND):
                return terms

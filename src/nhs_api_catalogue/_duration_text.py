"""The text of durations, as people write it: reads pairs (months, days), in English and ISO 8601.

Counts of working days are read by the same rules, but only in English.

Other people's text is read once, from left to right: every pattern is possessive and never
backtracks, and a text may have at most 200 characters. Every error says where in the text reading
stopped.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final, Generic, NoReturn, TypeVar

from nhs_api_catalogue.errors import CalendarLimitError, DurationSyntaxError

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

MAX_TEXT_LENGTH: Final = 200

# What one of each unit adds to (months, days), in ISO 8601's order.
_UNITS: Final = {"year": (12, 0), "month": (1, 0), "week": (0, 7), "day": (0, 1)}

# "-" and the dashes that word processors and web pages use for it; \s is any Unicode space.
_DASH: Final = "[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]"
_TO: Final = rf"(?:{_DASH}|[Tt][Oo](?![A-Za-z]))"

_TERM: Final = r"\s*+([0-9]++)(?:\s*+([A-Za-z]++))?+"
_NEXT_TERM: Final = r"\s*+,?+\s*+(?:[Aa][Nn][Dd]\s++)?+(?=[0-9])"
_NUMBER: Final = r"\s*+([0-9]++)"
_NUMBER_TO: Final = rf"\s*+([0-9]++)\s*+{_TO}"
_RANGE_TO: Final = rf"\s*+{_TO}"
_AT_ISO: Final = r"\s*+(?=[Pp])"
_WORKING: Final = rf"(?i:\s*+(?:working|business)(?:\s++|{_DASH})days?(?![a-z]))"
_OPEN_END: Final = (
    r"(?i:\s*+(?:at (?:least|most)|up to|within|(?:no )?(?:less|more) than|over|under)\b|\s*+[<>])"
)
_ISO: Final = r"[Pp](?:([0-9]++)[Yy])?(?:([0-9]++)[Mm])?(?:([0-9]++)[Ww])?(?:([0-9]++)[Dd])?"
_ISO_TO: Final = rf"\s*+(?:/|{_TO})\s*+"

# What people write where reading stops, and why it is refused; the first pattern that matches
# counts. Each pattern looks at a few characters.
_TIME_OF_DAY: Final = "times of day are not accepted"
_NO_RANGE: Final = "a range needs two ends"
_AFTER: Final = (
    (r"(?i:t[0-9]|hours?\b|minutes?\b|hrs?\b)", _TIME_OF_DAY),
    (
        rf"(?i:(?:work(?:\s*+|{_DASH})|week)days?\b|wds?\b)",
        "write '10 working days', and use WorkingDays.parse for it",
    ),
    (r"\+(?!\s*+[0-9])|(?i:or more\b)", _NO_RANGE),
    (r"[.,/][0-9]", "parts of a month or a day are not accepted"),
)
_AFTER_NUMBER: Final = (
    (r"\+(?!\s*+[0-9])|(?i:or more\b)", _NO_RANGE),
    (r"[.,][0-9]", "working days are whole numbers"),
    (
        r"(?i:(?:days?|weeks?|months?|years?)\b)",
        "use DurationRange.parse for calendar time",
    ),
)
_AFTER_ISO: Final = (
    (r"[Tt][0-9]", _TIME_OF_DAY),
    (r"[0-9]++[YyMmWwDd]", "write Y, M, W and D in this order, each once"),
    (rf"{_DASH}[0-9]", "times cannot be negative"),
    (r"[0-9]++[.,]", "parts of a month or a day are not accepted"),
)
_FIRST: Final = (
    (_OPEN_END, _NO_RANGE),
    (rf"{_DASH}[0-9Pp]", "times cannot be negative"),
    (
        r"(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|half)\b",
        "write numbers in figures",
    ),
    (r"(?i:between\b)", "write a hyphen or 'to' between the ends of a range"),
)
_SECOND: Final = ((rf"(?:{_TO}|/)\s*+[0-9Pp]", "use DurationRange.parse for ranges"),)

# Compiling all of them costs 1 ms, and most texts need three.
_compiled: Final = cache(re.compile)


def read_duration(text: str, build: Callable[[int, int], T]) -> T:
    """What `build` makes of the months and the days in the text.

    Raises:
        DurationSyntaxError: The text is not one duration, or one beyond the limits.
        TypeError: It is not text.
    """
    reader = _Reader(text, build, _SECOND)
    if reader.take(_AT_ISO):
        duration = reader.iso()
        reader.end(_AFTER_ISO)
    else:
        duration = reader.words()
        reader.end()
    return duration


def read_range(text: str, build: Callable[[int, int], T]) -> tuple[T, T]:
    """What `build` makes of both ends of the range in the text.

    Raises:
        DurationSyntaxError: The text is not a range, or has an end beyond the limits.
        TypeError: It is not text.
    """
    reader = _Reader(text, build)
    if reader.take(_AT_ISO):
        first = second = reader.iso()
        if reader.take(_ISO_TO):
            second = reader.iso()
        reader.end(_AFTER_ISO)
    elif number := reader.take(_NUMBER_TO):
        # "4-6 weeks": a first number alone has the unit of the second.
        at, (count, unit) = reader.at, reader.term()
        first = reader.build([(int(number[1]), unit)], 0)
        second = reader.build([(count, unit)], at)
    else:
        first = second = reader.words()
        if reader.take(_RANGE_TO):
            second = reader.words()
    reader.end()
    return first, second


def read_working_days(text: str, build: Callable[[int, int], T]) -> T:
    """What `build` makes of the least and the greatest number of working days in the text.

    Raises:
        DurationSyntaxError: The text is anything else, or a number beyond the limits.
        TypeError: It is not text.
    """
    reader = _Reader(text, build)
    if reader.take(_OPEN_END):
        reader.fail("expected a range with two ends, such as '0-5 working days'", 0)
    if reader.take(_AT_ISO):
        reader.fail("expected words: ISO 8601 has no form for working days", 0)
    first = reader.number()
    if reader.take(_RANGE_TO):
        second = reader.number()
        reader.working()
    else:
        reader.working()
        second = first
        if reader.take(_RANGE_TO):
            second = reader.number()
            reader.working()
    reader.end()
    try:
        return build(first, second)
    except CalendarLimitError as error:
        reader.fail(str(error), 0)


def names_working_days(text: str) -> bool:
    """Whether the text mentions working days, correctly or not.

    Raises:
        TypeError: It is not text.
    """
    check_is_text(text)
    folded = text.casefold()
    return "working" in folded or "business" in folded


def check_is_text(value: object) -> None:
    """Refuse what is not text."""
    if not isinstance(value, str):
        raise TypeError(f"expected text, got {value!r}")


class _Reader(Generic[T]):
    """A text, the position up to which it is read, and a function that makes a value from a pair.

    Attributes:
        at: Where the next part begins, including the spaces before it.
    """

    def __init__(
        self,
        text: str,
        make: Callable[[int, int], T],
        known: tuple[tuple[str, str], ...] = (),
    ) -> None:
        check_is_text(text)
        if len(text) > MAX_TEXT_LENGTH:
            problem = f"expected at most {MAX_TEXT_LENGTH} characters"
            raise DurationSyntaxError(text, MAX_TEXT_LENGTH, problem)
        self.text = text
        self.make = make
        self.known = known
        self.at = 0

    def take(self, pattern: str) -> re.Match[str] | None:
        """The match of the pattern at this position, if there is one; it is then read."""
        match = _compiled(pattern).match(self.text, self.at)
        if match:
            self.at = match.end()
        return match

    def skip_spaces(self, at: int) -> int:
        return len(self.text) - len(self.text[at:].lstrip())

    def fail(self, problem: str, at: int, known: tuple[tuple[str, str], ...] = ()) -> NoReturn:
        """Refuse the text, and say why if this mistake is common."""
        at = self.skip_spaces(at)
        for pattern, reason in (*known, *self.known):
            if _compiled(pattern).match(self.text, at):
                problem = f"{problem}: {reason}"
                break
        raise DurationSyntaxError(self.text, at, problem)

    def end(self, known: tuple[tuple[str, str], ...] = _AFTER) -> None:
        if self.skip_spaces(self.at) < len(self.text):
            self.fail("expected nothing more", self.at, known)

    def build(self, terms: list[tuple[int, str]], at: int) -> T:
        """The value of the sum of the terms, which begin at that position."""
        months = sum(number * _UNITS[unit][0] for number, unit in terms)
        days = sum(number * _UNITS[unit][1] for number, unit in terms)
        try:
            return self.make(months, days)
        except CalendarLimitError as error:
            self.fail(str(error), at)

    def iso(self) -> T:
        start = self.at
        match = self.take(_ISO)
        if match is None:
            self.fail("expected an ISO 8601 duration, such as P4W", self.at)
        if not any(match.groups()):
            expected = "expected whole numbers with Y, M, W or D, in this order"
            self.fail(expected, self.at, _AFTER_ISO)
        numbers = (int(number or 0) for number in match.groups())
        return self.build(list(zip(numbers, _UNITS, strict=True)), start)

    def words(self) -> T:
        """Numbers with their units, each unit once."""
        start = self.at
        terms: list[tuple[int, str]] = []
        while not terms or self.take(_NEXT_TERM):
            at, (number, unit) = self.at, self.term()
            if any(unit == named for _, named in terms):
                self.fail(f"expected {unit}s only once", at)
            terms.append((number, unit))
        return self.build(terms, start)

    def term(self) -> tuple[int, str]:
        """One number with its unit."""
        match = self.take(_TERM)
        if match is None:
            self.fail("expected a whole number", self.at, _FIRST)
        word = (match[2] or "").lower()
        unit = word.removesuffix("s")
        if word in ("working", "business"):
            self.fail(
                "expected calendar time: use WorkingDays.parse for working days", match.end(1)
            )
        if unit not in _UNITS:
            self.fail("expected days, weeks, months or years", match.end(1), _AFTER)
        return int(match[1]), unit

    def number(self) -> int:
        """A whole number that stands alone."""
        match = self.take(_NUMBER)
        if match is None:
            self.fail("expected a whole number", self.at, _FIRST)
        return int(match[1])

    def working(self) -> None:
        """The words "working days", or "business days" as others say."""
        if not self.take(_WORKING):
            self.fail("expected 'working days'", self.at, _AFTER_NUMBER)

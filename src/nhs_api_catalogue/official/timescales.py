"""The times that sources publish."""

from __future__ import annotations

from datetime import timedelta
from types import NoneType
from typing import Final, cast, final

import attrs

from nhs_api_catalogue._checks import check, check_text
from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.durations import Duration, Ordering
from nhs_api_catalogue.errors import InvalidRecordError
from nhs_api_catalogue.official.sources import (
    AsOf,
    Confidence,
    Source,
    check_notes,
    check_stated,
    cited,
)

HOUR: Final = timedelta(hours=1)


@final
@attrs.frozen(eq=False, repr=False)
class Timescale(Value):
    """A time that a source publishes; open ends and working days stay what they are.

    It is for display: a plan counts it only where a user passes a time of their own.

    Attributes:
        what: What takes the time.
        applies_to: The id of the API or the service.
        text: The time in words.
        shortest: The shortest calendar time, or whole hours; None if the source gives none.
        longest: The longest; None if the source gives none.
        working_days: The least and the greatest number of working days, each None if the source
            gives none; None if it does not count in working days.
        source: Where it was read.
        confidence: How it was read.
        where: Where in the source the words stand, a heading or a path; None if not recorded.

    Raises:
        InvalidRecordError: A value breaks a rule.

    >>> from nhs_api_catalogue import catalogue
    >>> print(catalogue["BaRS"].timescales[0].text)
    2 to 4 weeks
    """

    what: str
    applies_to: str
    text: str
    shortest: Duration | timedelta | None
    longest: Duration | timedelta | None
    working_days: tuple[int | None, int | None] | None
    source: Source
    confidence: Confidence
    where: str | None = None

    def __attrs_post_init__(self) -> None:
        check_text("Timescale", what=self.what, applies_to=self.applies_to, text=self.text)
        for field in ("shortest", "longest"):
            time = getattr(self, field)
            check(self.applies_to, field, time, (Duration, timedelta, NoneType))
            if isinstance(time, timedelta) and (time < timedelta(0) or time % HOUR):
                raise InvalidRecordError(self.applies_to, field, time, "whole hours, or a Duration")
        shortest, longest = self.shortest, self.longest
        if shortest is not None and longest is not None and not are_in_order(shortest, longest):
            raise InvalidRecordError(self.applies_to, "longest", longest, in_order(shortest))
        if self.working_days is not None and not are_working_days(self.working_days):
            raise InvalidRecordError(
                self.applies_to, "working_days", self.working_days, WORKING_DAYS
            )
        check_stated(self.applies_to, self.source, self.confidence)
        check_notes(self.applies_to, where=self.where)

    @property
    def as_of(self) -> AsOf | None:
        """The date of the source; None if it bears none."""
        return self.source.as_of

    def __str__(self) -> str:
        """What takes how long, and the source, in one line."""
        return visible(f"{self.what}: {self.text} {cited(self.source, self.confidence)}")


def read_time(text: str) -> Duration | timedelta:
    """The calendar time that a text means, or the hours of a text of the form PT2H.

    Raises:
        DurationSyntaxError: The text is neither.

    >>> print(read_time("P1M"), read_time("PT2H"))
    1 month 2:00:00
    """
    hours = text.removeprefix("PT").removesuffix("H")
    if text == f"PT{hours}H" and hours.isascii() and hours.isdecimal() and len(hours) < 6:
        return timedelta(hours=int(hours))
    return Duration.parse(text)


def are_in_order(shortest: Duration | timedelta, longest: Duration | timedelta) -> bool:
    """Whether both are hours or neither is, and the shortest is at most the longest on any date."""
    if isinstance(shortest, Duration) and isinstance(longest, Duration):
        return shortest.compare(longest) in _IN_ORDER
    if isinstance(shortest, timedelta) and isinstance(longest, timedelta):
        return shortest <= longest
    return False


def in_order(shortest: object) -> str:
    """What is expected of the longest time beside the shortest."""
    return f"no less than {shortest}, and hours only beside hours"


_IN_ORDER: Final = frozenset({Ordering.SHORTER, Ordering.AT_MOST, Ordering.EQUAL})
WORKING_DAYS: Final = "two numbers of working days, the least and the greatest, or None for either"


def are_working_days(values: object) -> bool:
    """Whether the pair is a least and a greatest number of days, at least one of them given."""
    ends = cast("tuple[object, ...]", values) if isinstance(values, tuple) else ()
    given = [end for end in ends if end is not None]
    days = [end for end in given if type(end) is int and end >= 0]
    return len(ends) == 2 and bool(given) and days == given and days == sorted(days)

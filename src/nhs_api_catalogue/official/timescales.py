"""The times that sources publish."""

from __future__ import annotations

from datetime import timedelta
from types import NoneType
from typing import TYPE_CHECKING, Final, cast, final

import attrs

from nhs_api_catalogue._checks import check, check_text
from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._later import Later
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.durations import Duration, DurationRange, Ordering
from nhs_api_catalogue.errors import InvalidRecordError
from nhs_api_catalogue.official.sources import (
    AsOf,
    Confidence,
    Source,
    Word,
    check_notes,
    check_stated,
    cited,
)
from nhs_api_catalogue.working_days.times import total_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import nhs_api_catalogue.working_days.counts as counts
    from nhs_api_catalogue.working_days.times import StageTime
else:
    counts = Later("nhs_api_catalogue.working_days.counts")

HOUR: Final = timedelta(hours=1)


@final
class Extent(Word):
    """How much a timescale covers of what it applies to.

    >>> Extent.STEP.meaning
    'one of the steps that follow each other'
    """

    WHOLE = ("whole", "all of it, from beginning to end")
    STEP = ("step", "one of the steps that follow each other")


@final
@attrs.frozen(eq=False, repr=False)
class Timescale(Value):
    """A time that a source publishes; open ends and working days stay as they are.

    A plan counts it only if you ask: `Plan.with_prerequisites` accepts "official" as the time of a
    service, and you can use `time` in your own `Service`.

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
        where: The heading or path in the source; None if not recorded.
        extent: Whether it covers the whole of what it applies to or one step; None if it is
            something else, or not recorded.

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
    extent: Extent | None = None

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
        check(self.applies_to, "extent", self.extent, (Extent, NoneType))

    @property
    def time(self) -> DurationRange | counts.WorkingDays | None:
        """The time for a stage of a plan; None if an end is open, or if it is in hours.

        >>> from nhs_api_catalogue import catalogue
        >>> for timescale in catalogue["MESH"].timescales[:3]:
        ...     print(timescale.text, timescale.time, sep=": ")
        1 month or more: None
        5 to 10 working days: 5-10 working days
        within 10 working days: None
        """
        if self.working_days is not None:
            least, greatest = self.working_days
            if least is None or greatest is None:
                return None
            return counts.WorkingDays(least, greatest)
        if isinstance(self.shortest, Duration) and isinstance(self.longest, Duration):
            return DurationRange(self.shortest, self.longest)
        return None

    @property
    def as_of(self) -> AsOf | None:
        """The date of the source; None if it has none."""
        return self.source.as_of

    def __str__(self) -> str:
        """One line: what takes how long, and the source."""
        return visible(f"{self.what}: {self.text} {cited(self.source, self.confidence)}")


def read_time(text: str) -> Duration | timedelta:
    """The calendar time in a text, or the hours of a text such as PT2H.

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
    """What is expected of the longest time, given the shortest."""
    return f"at least {shortest}, with hours only beside hours"


_IN_ORDER: Final = frozenset({Ordering.SHORTER, Ordering.AT_MOST, Ordering.EQUAL})
WORKING_DAYS: Final = (
    "the least and the greatest number of working days, None for either if unknown"
)


def are_working_days(values: object) -> bool:
    """Whether the pair is a least and a greatest number of days, at least one of them given."""
    ends = cast("tuple[object, ...]", values) if isinstance(values, tuple) else ()
    given = [end for end in ends if end is not None]
    days = [end for end in given if type(end) is int and end >= 0]
    return len(ends) == 2 and bool(given) and days == given and days == sorted(days)


# ---- the time of a service as a whole ----------------------------------------------------------


@final
@attrs.frozen
class OfficialTime:
    """What sources say that a service takes from beginning to end.

    Attributes:
        time: The time.
        taken: The timescales that it consists of, one after the other.
        left: The others, each with the reason why it is left out.
    """

    time: StageTime
    taken: tuple[Timescale, ...]
    left: tuple[str, ...]


def official_time(timescales: Sequence[Timescale]) -> OfficialTime | str:
    """The time of a service as a whole, or the reason why there is none.

    It is the only timescale that covers the whole, if both its ends are known; otherwise its steps,
    one after the other, if both ends of each are known.
    """
    reasons = {one: _reason(one) for one in timescales}
    wholes = [one for one in timescales if one.extent is Extent.WHOLE and one.time is not None]
    steps = [one for one in timescales if one.extent is Extent.STEP]
    if len(wholes) == 1:
        taken = wholes
    elif wholes:
        return f"there are several: {'; '.join(one.text for one in wholes)}"
    elif steps and all(one.time is not None for one in steps):
        taken = steps
    else:
        return "; ".join(map(_left, reasons.items())) or "no source gives one"
    times = [one.time for one in taken if one.time is not None]
    total = _total(times)
    if total is None:
        texts = ", ".join(str(time) for time in times)
        return f"its steps have no sum until they have dates ({texts}): plan them one by one"
    left = tuple(_left(item) for item in reasons.items() if item[0] not in taken)
    return OfficialTime(total, tuple(taken), left)


def _total(times: Sequence[StageTime]) -> StageTime | None:
    """A single time that gives the same dates as these, one after the other, or None.

    Working days can always be added. Calendar times can if no months come after the first of them,
    because a sum counts its months first.
    """
    total = times[0]
    for time in times[1:]:
        if type(time) is DurationRange and time.longest.months:
            return None
        summed = total_of(total, time)
        if summed is None:
            return None
        total = summed
    return total


def _left(item: tuple[Timescale, str]) -> str:
    timescale, reason = item
    return f"{timescale.what}, {timescale.text} ({reason})"


def _reason(timescale: Timescale) -> str:
    """Why a timescale is not the time of the whole."""
    if timescale.time is not None:
        return "neither a step nor the whole" if timescale.extent is None else "not taken"
    shortest, longest = timescale.working_days or (timescale.shortest, timescale.longest)
    if shortest is None:
        return "no shortest time is given"
    return "no longest time is given" if longest is None else "plans do not count hours"

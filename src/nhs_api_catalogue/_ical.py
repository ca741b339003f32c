"""Whole-day events as an iCalendar file (RFC 5545), written by the package icalendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final, cast, final
from uuid import UUID, uuid5

import attrs

from nhs_api_catalogue._escapes import printable
from nhs_api_catalogue._extras import load
from nhs_api_catalogue.errors import CalendarLimitError

if TYPE_CHECKING:
    from collections.abc import Sequence

_PRODUCT: Final = "-//nhs-api-catalogue//plan//EN"
# Drawn once, for the names below; RFC 7986, section 5.3, asks for UUIDs.
_SPACE: Final = UUID("6c1f6a52-5d0e-4a67-9b0e-6d0f6f3d1c58")


@final
@attrs.frozen
class Event:
    """Something that takes whole days.

    Attributes:
        key: What distinguishes it from others, and stays the same when its days change.
        title: Its title.
        first: The first day.
        last: The last day, which is included.
        text: Its description.
    """

    key: tuple[str, ...]
    title: str
    first: date
    last: date
    text: str


def write_calendar(title: str, events: Sequence[Event], stamp: date) -> bytes:
    """The events as a file: they do not make anybody busy, and their end is exclusive.

    Args:
        title: The title of the calendar; with the key of an event it makes the UID.
        events: The events.
        stamp: When the calendar was made; a day means its first moment in UTC.

    Raises:
        MissingExtraError: icalendar is not installed.
        CalendarLimitError: An event ends on the last day of the calendar.
        TypeError: The stamp is a `datetime` without a time zone.
    """
    icalendar = load("icalendar", extra="icalendar")
    # A name is one line.
    title = printable(" ".join(title.split()))
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    calendar.add("name", title)
    # The property that calendar programs showed before RFC 7986 defined one, and still show.
    calendar.add("x-wr-calname", title)
    moment = _moment(stamp)
    for event in events:
        entry = icalendar.Event()
        # Lone surrogates have no bytes to hash.
        key = printable("\n".join((title, *event.key)))
        entry.add("uid", str(uuid5(_SPACE, key)))
        entry.add("dtstamp", moment)
        entry.add("summary", printable(event.title))
        entry.add("dtstart", event.first)
        entry.add("dtend", _day_after(event.last))
        entry.add("transp", "TRANSPARENT")
        entry.add("description", printable(event.text))
        calendar.add_component(entry)
    return cast("bytes", calendar.to_ical())


def _moment(stamp: date) -> datetime:
    if isinstance(stamp, datetime):
        if stamp.tzinfo is None:
            raise TypeError(f"expected a moment with a time zone, got {stamp!r}")
        return stamp.astimezone(UTC)
    return datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC)


def _day_after(day: date) -> date:
    try:
        return day + timedelta(1)
    except OverflowError:
        raise CalendarLimitError(f"the day after {day}") from None

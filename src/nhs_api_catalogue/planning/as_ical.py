"""A plan as calendar events: its stages, its go-live windows, its deadline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhs_api_catalogue._ical import Event, write_calendar
from nhs_api_catalogue.planning.stages import PlannedApi, key_of, span_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from nhs_api_catalogue.durations import Window
    from nhs_api_catalogue.planning.stages import PlannedStage, Timetable

_TITLE: Final = "NHS API plan"


def write_ical(
    timetable: Timetable, deadline: date | None, title: str | None, stamp: date | None
) -> bytes:
    """The plan as an iCalendar file.

    Raises:
        MissingExtraError: icalendar is not installed.
        CalendarLimitError: An event ends on the last day of the calendar.
        TypeError: The stamp is a `datetime` without a time zone.
    """
    events = tuple(_events(timetable, deadline, f"{title}: " if title else ""))
    return write_calendar(title or _TITLE, events, stamp or _age(timetable))


def _age(timetable: Timetable) -> date:
    """The date of the newest edition behind the plan: the library never reads the clock."""
    apis = (item.api for item in timetable.items if isinstance(item, PlannedApi))
    days = (api.edition.as_of for api in apis if api.edition is not None)
    return max((day for day in days if day is not None), default=timetable.start)


def _events(timetable: Timetable, deadline: date | None, lead: str) -> Iterator[Event]:
    for title, item in timetable.titled():
        if item.done:
            continue
        key, name = key_of(item), f"{lead}{title}"
        for stage in item.stages:
            yield Event(
                (*key, stage.name),
                f"{name}: {stage.name}",
                stage.start.earliest,
                stage.finish.latest,
                _text(stage),
            )
        yield _window((*key, "go-live"), f"{name}: go-live window", item.go_live)
    yield _window(("go-live",), f"{lead}go-live window of the whole plan", timetable.go_live)
    if deadline is not None:
        text = f"The go-live window of the whole plan is {span_of(timetable.go_live)}."
        yield Event(("deadline",), f"{lead}deadline", deadline, deadline, text)


def _window(key: tuple[str, ...], title: str, window: Window) -> Event:
    text = f"{span_of(window)}: any of these days is possible."
    return Event(key, title, window.earliest, window.latest, text)


def _text(stage: PlannedStage) -> str:
    return f"Takes {stage.time}: starts {stage.start}, ends {stage.finish}. Source: {stage.source}."

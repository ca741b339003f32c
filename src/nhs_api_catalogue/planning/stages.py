"""The parts of a plan: APIs and services with their stages, and paths through them."""

from __future__ import annotations

import enum
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, cast, final, overload

import attrs

from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._later import Later
from nhs_api_catalogue._values import Aligned
from nhs_api_catalogue.durations import DurationRange, Window, read_date
from nhs_api_catalogue.errors import InvalidPlanError
from nhs_api_catalogue.planning.networks import Events, LastDays
from nhs_api_catalogue.planning.requests import Service
from nhs_api_catalogue.records import Api

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import nhs_api_catalogue.working_days as working_days
else:
    working_days = Later("nhs_api_catalogue.working_days")


@final
class Status(enum.Enum):
    """Whether a plan is live by a day, without an assumption about likelihood.

    Attributes:
        IMPOSSIBLE: For no times within the ranges of the sources.
        POSSIBLE: For some times within the ranges.
        CERTAIN: For all times within the ranges.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
    >>> p.status("2026-12-31")
    <Status.POSSIBLE: 'possible'>
    """

    IMPOSSIBLE = "impossible"
    POSSIBLE = "possible"
    CERTAIN = "certain"


class PlannedPart(Aligned, ABC):
    """What an API, a service and a stage of a plan have in common: days, and slack.

    The latest days for a given day are the last with which no chain of stages from this part ends
    after that day. They are found backwards from that day, by the adjoint of each time and never by
    subtracting. Other causes of delay are not considered.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
    >>> for part in (p["MESH"], *p["MESH"].stages):
    ...     print(part, part.slack("2026-04-30"))
    MESH (12, 57)
    MESH (technical implementation) (12, 57)
    MESH (NHS England assurance) (12, 57)
    """

    __slots__ = ()

    @abstractmethod
    def _window(self) -> Window:
        """The window in which it starts."""

    @abstractmethod
    def _finish(self) -> Window:
        """The window in which it is finished."""

    @abstractmethod
    def _is_done(self) -> bool:
        """Whether it is live already."""

    @abstractmethod
    def _latest(self, day: date) -> tuple[Window, Window]:
        """The latest start and the latest finish for a day."""

    def status(self, on: date | str) -> Status:
        """Whether this is finished (an API or service: live) on that day: impossible to certain.

        Args:
            on: The day, as a date or its text YYYY-MM-DD.

        Raises:
            InvalidDateError: The text is not a date.
            TypeError: The value is neither a date nor its text.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> p["MESH"].status("2026-06-01"), p["eRS"].status("2026-06-01")
        (<Status.CERTAIN: 'certain'>, <Status.IMPOSSIBLE: 'impossible'>)
        """
        day = read_date(on)
        return Status.CERTAIN if self._is_done() else status_of(self._finish(), day)

    def latest_start(self, day: date | str) -> Window:
        """The last starts with which everything that depends on this is live by a day.

        The window's `earliest` is safe even if everything takes its longest; its `latest` is the
        last chance, if everything takes its shortest.

        Args:
            day: The day, such as a deadline, as a date or its text.

        Raises:
            InvalidPlanError: This is live already.
            InvalidDateError: The text is not a date.
            TypeError: The value is neither a date nor its text.
            CalendarLimitError: No day of the calendar is early enough.
            CalendarHorizonError: The days are earlier than the calendar's known days.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> print(p["eRS"].latest_start("2027-02-28"))
        2025-12-31 to 2026-07-31
        """
        return self._latest(self._day(day))[0]

    def latest_finish(self, day: date | str) -> Window:
        """The last days for this to be finished (an API or service: live), in the same sense.

        Args:
            day: The day, such as a deadline, as a date or its text.

        Raises:
            InvalidPlanError: This is live already.
            InvalidDateError: The text is not a date.
            TypeError: The value is neither a date nor its text.
            CalendarLimitError: No day of the calendar is early enough.
            CalendarHorizonError: The days are earlier than the calendar's known days.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> print(p["eRS"].stages[0].latest_finish("2027-02-28"))
        2026-06-30 to 2026-10-31
        """
        return self._latest(self._day(day))[1]

    def latest_safe_start(self, day: date | str) -> date:
        """The last start that is safe for a day even if everything takes its longest.

        Args:
            day: The day, such as a deadline, as a date or its text.

        Raises:
            InvalidPlanError: This is live already.
            InvalidDateError: The text is not a date.
            TypeError: The value is neither a date nor its text.
            CalendarLimitError: No day of the calendar is early enough.
            CalendarHorizonError: The days are earlier than the calendar's known days.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> print(p["MESH"].latest_safe_start("2027-03-05"))
        2026-11-24
        """
        return self.latest_start(day).earliest

    def slack(self, day: date | str) -> tuple[int, int]:
        """Total slack: by how many days its start can move with everything live by a day.

        These are the least and the most over all times in the ranges. A negative number says by how
        many days it is too late.

        Args:
            day: The day, such as a deadline, as a date or its text.

        Raises:
            InvalidPlanError: This is live already.
            InvalidDateError: The text is not a date.
            TypeError: The value is neither a date nor its text.
            CalendarLimitError: No day of the calendar is early enough.
            CalendarHorizonError: The days are earlier than the calendar's known days.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> p["MESH"].slack("2026-04-30"), p["eRS"].slack("2027-02-28")
        ((12, 57), (-5, 207))
        """
        latest = self.latest_start(day)
        return (
            (latest.earliest - self._window().latest).days,
            (latest.latest - self._window().earliest).days,
        )

    def _day(self, day: date | str) -> date:
        if self._is_done():
            message = f"{self} is live already, so it has no latest start and no slack: see done"
            raise InvalidPlanError(message)
        return read_date(day)


def status_of(window: Window, day: date) -> Status:
    """Whether what happens in the window has happened on that day."""
    if day < window.earliest:
        return Status.IMPOSSIBLE
    return Status.CERTAIN if day >= window.latest else Status.POSSIBLE


@final
@attrs.frozen
class PlannedStage(PlannedPart):
    """One stage of an API or a service in a plan.

    Attributes:
        owner: The name of its API or service in the plan.
        name: "technical implementation", "NHS England assurance" or "enabling service".
        time: How long the stage takes.
        start: The window in which it starts.
        finish: The window in which it finishes.
        source: The source of the time, with its date.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
    >>> stage = p["MESH"].stages[0]
    >>> print(stage, stage.time, stage.finish, sep="; ")
    MESH (technical implementation); 4-6 weeks; 2026-02-02 to 2026-02-16
    """

    owner: str
    name: str
    time: DurationRange | working_days.WorkingDays
    start: Window
    finish: Window
    source: str
    _last_days: LastDays = attrs.field(eq=False, repr=False, kw_only=True, alias="last_days")
    _end: int = attrs.field(eq=False, repr=False, kw_only=True, alias="end")

    def _window(self) -> Window:
        return self.start

    def _finish(self) -> Window:
        return self.finish

    def _is_done(self) -> bool:
        return False

    def _latest(self, day: date) -> tuple[Window, Window]:
        last = self._last_days
        return last.start(self._end, day), last.finish(self._end, day)

    def __str__(self) -> str:
        return visible(f"{self.owner} ({self.name})")


@final
class Stages(Sequence[PlannedStage]):
    """Stages in a row, each made when it is asked for and not kept: plans can be long."""

    def __init__(self, numbers: Sequence[int], make: Callable[[int], PlannedStage]) -> None:
        self._numbers = numbers
        self._make = make

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, index: int) -> PlannedStage: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[PlannedStage, ...]: ...
    def __getitem__(self, index: int | slice) -> PlannedStage | tuple[PlannedStage, ...]:
        if isinstance(index, slice):
            return tuple(map(self._make, self._numbers[index]))
        return self._make(self._numbers[index])

    def __iter__(self) -> Iterator[PlannedStage]:
        return map(self._make, self._numbers)

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same stages in the same order; it can be a tuple."""
        if not isinstance(other, (Stages, tuple)):
            return NotImplemented
        return tuple(self) == tuple(cast("Sequence[object]", other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


@final
@attrs.frozen
class PlannedApi(PlannedPart):
    """One API in a plan.

    Attributes:
        api: The record.
        stages: Its stages in order; only assurance if it is built, none if it is live already.
        go_live: The window in which it goes live; the plan's start if it is live already.
        built: The given day on which its implementation is finished, or None.
        done: Whether it is live already.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
    >>> print(p["MESH"].go_live)
    2026-03-02 to 2026-04-16
    """

    api: Api
    stages: tuple[PlannedStage, ...]
    go_live: Window
    built: date | None = None
    done: bool = False
    _last_days: LastDays = attrs.field(eq=False, repr=False, kw_only=True, alias="last_days")
    _events: Events = attrs.field(eq=False, repr=False, kw_only=True, alias="events")

    @property
    def start(self) -> Window:
        """The window in which its work starts; the plan's start if it is live already.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> print(p["MESH"].start)
        2026-01-05
        """
        return self.stages[0].start if self.stages else self.go_live

    def _window(self) -> Window:
        return self.start

    def _finish(self) -> Window:
        return self.go_live

    def _is_done(self) -> bool:
        return self.done

    def _latest(self, day: date) -> tuple[Window, Window]:
        events, last = self._events, self._last_days
        # If implementation is finished on a given day, assurance is what begins.
        begin = (
            last.finish(events.start, day) if self.built is None else last.start(events.live, day)
        )
        return begin, last.finish(events.live, day)

    def __str__(self) -> str:
        return visible(self.name)

    @property
    def name(self) -> str:
        """The full name of the API, with its id if another API of the plan has the same name.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> plan(catalogue.select("eRS"), start="2026-01-05")["eRS"].name
        'e-Referral Service (eRS)'
        """
        return self._events.name


@final
@attrs.frozen
class PlannedService(PlannedPart):
    """One service in a plan.

    Attributes:
        service: The service.
        stages: Its one stage; none if it is live already.
        go_live: The window in which it is ready; the plan's start if it is live already.
        done: Whether it is live already.

    >>> from nhs_api_catalogue import Service, catalogue, plan
    >>> hscn = Service("HSCN connection", "2-4 months", source="our network provider")
    >>> p = plan(catalogue.select("MESH"), start="2026-01-05", services=[hscn])
    >>> print(p.services[0].go_live)
    2026-03-05 to 2026-05-05
    """

    service: Service
    stages: tuple[PlannedStage, ...]
    go_live: Window
    done: bool = False
    _last_days: LastDays = attrs.field(eq=False, repr=False, kw_only=True, alias="last_days")
    _events: Events = attrs.field(eq=False, repr=False, kw_only=True, alias="events")

    @property
    def start(self) -> Window:
        """The window in which its work starts; the plan's start if it is live already.

        >>> from nhs_api_catalogue import Service, catalogue, plan
        >>> hscn = Service("HSCN connection", "2-4 months", source="our network provider")
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05", services=[hscn])
        >>> print(p.services[0].start)
        2026-01-05
        """
        return self.stages[0].start if self.stages else self.go_live

    def _window(self) -> Window:
        return self.start

    def _finish(self) -> Window:
        return self.go_live

    def _is_done(self) -> bool:
        return self.done

    def _latest(self, day: date) -> tuple[Window, Window]:
        events, last = self._events, self._last_days
        start = events.start
        return last.finish(start, day), last.finish(events.live, day)

    def __str__(self) -> str:
        return visible(self.name)

    @property
    def name(self) -> str:
        """The name of the service.

        >>> from nhs_api_catalogue import Service, catalogue, plan
        >>> hscn = Service("HSCN connection", "2-4 months", source="our network provider")
        >>> p = plan(catalogue.select("MESH"), start="2026-01-05", services=[hscn])
        >>> [item.name for item in p.items()]
        ['MESH', 'HSCN connection']
        """
        return self.service.name


@final
@attrs.frozen
class PlannedPath(Aligned):
    """One chain of stages, each waiting for the one before it.

    Attributes:
        stages: The stages in order; none if the wait is for a given date (`built`).
        finish: The window in which the chain ends if it waits for nothing else.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
    >>> print(p.paths("MESH")[0])
    MESH (technical implementation) > MESH (NHS England assurance): 2026-03-02 to 2026-04-16
    """

    stages: tuple[PlannedStage, ...]
    finish: Window

    def __str__(self) -> str:
        return f"{' > '.join(map(str, self.stages)) or 'a given date'}: {self.finish}"


@final
@attrs.frozen
class Timetable:
    """The dates of a plan, from which every display of it starts.

    Attributes:
        start: The day on which work starts.
        go_live: The window in which the last item goes live.
        items: The APIs, then the services.
    """

    start: date
    go_live: Window
    items: tuple[PlannedApi | PlannedService, ...]

    def stages(self) -> tuple[PlannedStage, ...]:
        """All stages, item by item."""
        return tuple(stage for item in self.items for stage in item.stages)

    def titled(self) -> Iterator[tuple[str, PlannedApi | PlannedService]]:
        """The items with their titles; a service is marked as one."""
        for item in self.items:
            is_api = isinstance(item, PlannedApi)
            yield (item.name if is_api else f"{item.name} (service)"), item

    def sources(self) -> tuple[str, ...]:
        """The sources of the times, each once."""
        return tuple(dict.fromkeys(stage.source for stage in self.stages()))

    def __str__(self) -> str:
        return f"Start {self.start}, go-live {span_of(self.go_live)}"


def bars_of(item: PlannedApi | PlannedService) -> Iterator[tuple[str, str, date, Window]]:
    """The bars of an API or a service: label, time, first day, window of its end.

    These are its stages, and its go-live if that is not the end of the last stage.
    """
    for stage in item.stages:
        yield stage.name, str(stage.time), stage.start.earliest, stage.finish
    if item.stages and item.stages[-1].finish != item.go_live:
        yield "go-live", "", item.go_live.earliest, item.go_live


def time_line(timetable: Timetable) -> tuple[date, int]:
    """The first day of the drawing, and the number of days to the last."""
    stages = timetable.stages()
    origin = min((timetable.start, *(stage.start.earliest for stage in stages)))
    last = max((timetable.go_live.latest, *(stage.finish.latest for stage in stages)))
    return origin, (last - origin).days or 1


def key_of(item: PlannedApi | PlannedService) -> tuple[str, str]:
    """A key that stays when a name changes: the id of an API, or the name of a service."""
    return ("api", item.api.id) if isinstance(item, PlannedApi) else ("service", item.name)


def span_of(window: Window) -> str:
    """Both ends of the window, even if they are one day."""
    return f"{window.earliest} to {window.latest}"

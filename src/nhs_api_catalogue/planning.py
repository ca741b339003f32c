"""Planning: from records and a start date to the window in which they could all be live.

Theory of operation
-------------------
An API goes through two stages, technical implementation and then NHS England assurance. Each
stage turns a window of start dates into a window of finish dates, `range.after(start)`; the
stages fold one after the other. Adding ranges first and anchoring the sum would miss the date
by up to three days, so it is never done. Anchoring is monotone, so both ends of every window are
reached: the earliest when all goes at the shortest, the latest when all takes the longest.

Everything goes live when the last API does: the windows of the APIs meet in
`Window.alongside`.
"""

from __future__ import annotations

from datetime import date
from functools import reduce
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final, final

import attrs

from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.durations import DurationRange, Window, read_date
from nhs_api_catalogue.errors import InvalidPlanError, UnavailableApiError
from nhs_api_catalogue.records import Api

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

IMPLEMENTATION: Final = "technical implementation"
ASSURANCE: Final = "NHS England assurance"

ASSUMPTIONS: Final = (
    "The times are the source's estimates: the latest date is the latest within them, no promise.",
    "Assurance starts when technical implementation is finished.",
    "All APIs start on the start date, as many side by side as there are.",
    "Weeks are 7 days and months calendar months, clamped to the end of the month.",
    "Weekends and holidays are not left out.",
    "Each API goes through its whole assurance; nothing is live yet.",
    "No API waits for another, and no other service is waited for.",
)


@final
@attrs.frozen
class PlannedStage:
    """One stage of one API in a plan.

    Attributes:
        name: "technical implementation" or "NHS England assurance".
        time: How long the stage takes.
        start: The window in which it starts.
        finish: The window in which it finishes.
        source: On whose word the time is, and of what date.
    """

    name: str
    time: DurationRange
    start: Window
    finish: Window
    source: str


@final
@attrs.frozen
class PlannedApi:
    """One API in a plan.

    Attributes:
        api: The record.
        stages: Its stages in order.
        go_live: The window in which it goes live, the finish of its last stage.
    """

    api: Api
    stages: tuple[PlannedStage, ...]
    go_live: Window


@final
@attrs.frozen(repr=False)
class Plan:
    """When a product that needs some APIs could go live, and what that rests on.

    Attributes:
        start: The day on which work starts.
        planned: The APIs with their stages, in the order in which they were given.
        go_live: The window in which the last of them goes live.
        assumptions: What the plan takes for granted, in words.
        warnings: What a reader must know besides, in words.
    """

    start: date
    planned: tuple[PlannedApi, ...]
    go_live: Window
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]

    def __getitem__(self, name: str) -> PlannedApi:
        """The planned API of that name, id or alias.

        Raises:
            UnknownApiError: No API of the plan bears the name.
            AmbiguousApiError: Several APIs of the plan bear the name.
        """
        api = Catalogue(planned.api for planned in self.planned)[name]
        return next(planned for planned in self.planned if planned.api is api)

    def rows(self) -> list[dict[str, Any]]:
        """One row a stage, as plain values for tables and for JSON.

        The keys are api, id, stage, time, start_earliest, start_latest, finish_earliest,
        finish_latest and source; the days are dates.
        """
        return [
            {
                "api": planned.api.name,
                "id": planned.api.id,
                "stage": stage.name,
                "time": str(stage.time),
                "start_earliest": stage.start.earliest,
                "start_latest": stage.start.latest,
                "finish_earliest": stage.finish.earliest,
                "finish_latest": stage.finish.latest,
                "source": stage.source,
            }
            for planned in self.planned
            for stage in planned.stages
        ]

    def __repr__(self) -> str:
        names = ", ".join(planned.api.id for planned in self.planned)
        return f"<Plan of {names} from {self.start}: go-live {self.go_live}>"

    def __str__(self) -> str:
        return "\n".join(_lines(self))


def plan(
    apis: Iterable[Api],
    *,
    start: date | str,
    allow_unavailable: bool = False,
) -> Plan:
    """The plan of taking these APIs live, all from one start.

    Each API is implemented and then assured; the APIs run side by side.

    Args:
        apis: A catalogue, or records.
        start: The day on which work starts, a date or its text as YYYY-MM-DD.
        allow_unavailable: Whether to plan on an API that is unavailable on some day between the
            start and its latest go-live; it is warned of then.

    Raises:
        InvalidPlanError: There is no API, or one comes twice.
        UnavailableApiError: An API is unavailable on some day of the plan.
        InvalidDateError: The start is not a date.
        CalendarLimitError: The plan leaves the calendar.

    >>> from nhs_api_catalogue import catalogue
    >>> p = plan(catalogue.select("PDS FHIR (Patient Access)", "eRS"), start="2026-01-05")
    >>> print(p.go_live)
    2026-08-05 to 2027-03-05
    >>> print(p["eRS"].stages[0].finish)
    2026-04-05 to 2026-07-05
    """
    first_day = read_date(start, "start date")
    planned = tuple(_planned(api, first_day) for api in apis)
    if not planned:
        message = "a plan needs at least one API"
        raise InvalidPlanError(message)
    warnings: list[str] = []
    for item in planned:
        notice = item.api.unavailable_between(first_day, item.go_live.latest)
        if notice is None:
            continue
        if not allow_unavailable:
            raise UnavailableApiError(item.api.name, notice.since, notice.until, notice.text)
        warnings.append(f"{item.api.name}: {notice.text}")
    return Plan(
        start=first_day,
        planned=planned,
        go_live=reduce(Window.alongside, (item.go_live for item in planned)),
        assumptions=ASSUMPTIONS,
        warnings=tuple(warnings),
    )


def _planned(api: Api, start: date) -> PlannedApi:
    stages: list[PlannedStage] = []
    window = Window(start, start)
    for field, name, time in (
        ("technical", IMPLEMENTATION, api.technical),
        ("assurance", ASSURANCE, api.assurance),
    ):
        finish = time.after(window)
        stages.append(PlannedStage(name, time, window, finish, api.source_of(field)))
        window = finish
    return PlannedApi(api, tuple(stages), window)


def _lines(p: Plan) -> Iterator[str]:
    """The plan as text of at most 80 columns."""
    yield f"Start {p.start}, go-live {p.go_live}"
    for planned in p.planned:
        yield ""
        yield planned.api.name
        for stage in planned.stages:
            finish = f"{stage.finish.earliest} to {stage.finish.latest}"
            yield f"  {stage.name:26}{stage.time!s:14}{finish}"
        yield f"  {'go-live':40}{planned.go_live.earliest} to {planned.go_live.latest}"
    for title, texts in (("Warnings", p.warnings), ("Assumptions", p.assumptions)):
        if texts:
            yield from ("", title)
            for text in texts:
                yield fill(text, 80, initial_indent="- ", subsequent_indent="  ")
    sources = dict.fromkeys(stage.source for planned in p.planned for stage in planned.stages)
    yield from ("", "Sources" if len(sources) > 1 else "Source")
    for source in sources:
        yield fill(source, 80, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)

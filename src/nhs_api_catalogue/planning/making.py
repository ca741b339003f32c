"""Making a plan: from what is asked for to dates."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from nhs_api_catalogue._checks import check_kind
from nhs_api_catalogue.durations import DurationRange, Window
from nhs_api_catalogue.errors import UnavailableApiError
from nhs_api_catalogue.planning.networks import Events, network_of
from nhs_api_catalogue.planning.plans import Plan
from nhs_api_catalogue.planning.requests import Link, Overlap, PlanRequest, Service
from nhs_api_catalogue.planning.stages import PlannedApi, PlannedService, PlannedStage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from nhs_api_catalogue.records import Api

IMPLEMENTATION: Final = "technical implementation"
ASSURANCE: Final = "NHS England assurance"
ENABLING: Final = "enabling service"

NO_DATES: Final[Mapping[str, date]] = MappingProxyType({})


def plan(  # noqa: PLR0913  every option has its name at the call
    apis: Iterable[Api],
    *,
    start: date | str | None = None,
    deadline: date | str | None = None,
    starts: Mapping[str, date | str] = NO_DATES,
    built: Mapping[str, date | str] = NO_DATES,
    done: Iterable[str | Api] = (),
    links: Iterable[Link] = (),
    services: Iterable[Service] = (),
    teams: Iterable[Iterable[str | Api]] | None = None,
    overlap: Overlap = "none",
    allow_unavailable: bool = False,
) -> Plan:
    """The plan of taking these APIs live.

    Each API is implemented and then assured; the APIs run side by side, unless links or teams say
    otherwise. Names are resolved among the APIs and services of the plan, however they are
    written.

    Args:
        apis: A catalogue, or records.
        start: The day on which work starts, a date or its text as YYYY-MM-DD.
        deadline: In its place the day on which all must be live: the plan then starts on its
            latest safe start.
        starts: Days before which an API or a service is not begun, by name.
        built: Days on which implementation was or will be finished, by name; assurance can start
            from then, be that before the start of the plan.
        done: What is live already and satisfies every link to it.
        links: What waits for what.
        services: Enabling work of your own that go-live waits for too.
        teams: What each team implements, one after another. Every API that is neither built nor
            done is named once. Without teams all are implemented side by side.
        overlap: "full" lets assurance run beside implementation from its start; an API is live at
            the later end.
        allow_unavailable: Whether to plan on an API that is unavailable on some day between the
            start and the latest go-live; it is warned of then. This asks of APIs that are live
            already too.

    Raises:
        InvalidPlanError: There is no API; both or neither of start and deadline are given; an API
            is in `done` or `built` and in a place that contradicts it; a link leads from an API
            to itself; a team names an API twice, or none names it; names of services collide.
        UnplannedNameError: A name is borne by nothing in the plan.
        AmbiguousApiError: A name is borne by several of its APIs.
        DuplicateApiError: An API comes twice.
        CyclicPlanError: Something waits for itself.
        DeadlineError: No start can meet the deadline.
        UnavailableApiError: An API is unavailable on some day of the plan.
        InvalidDateError: A text is not a date.
        CalendarLimitError: The plan leaves the calendar.
        UnknownValueError: `overlap` is neither of the two words.
        TypeError: An argument is of another type.

    >>> from nhs_api_catalogue import catalogue
    >>> p = plan(catalogue.select("PDS FHIR (Patient Access)", "eRS"), start="2026-01-05")
    >>> print(p.go_live)
    2026-08-05 to 2027-03-05
    >>> print(p["eRS"].stages[0].finish)
    2026-04-05 to 2026-07-05
    >>> print(plan(catalogue.select("eRS"), deadline="2027-03-05").start)
    2026-01-05
    """
    return plan_for(
        PlanRequest(
            apis=apis,
            start=start,
            deadline=deadline,
            starts=starts,
            built=built,
            done=done,
            links=links,
            services=services,
            teams=teams,
            overlap=overlap,
            allow_unavailable=allow_unavailable,
        )
    )


def plan_for(request: PlanRequest) -> Plan:
    """The plan that answers a request.

    Args:
        request: What is asked for, as the `request` of a plan; `attrs.evolve` changes it.

    Raises:
        CyclicPlanError: Something waits for itself.
        DeadlineError: No start can meet the deadline.
        UnavailableApiError: An API is unavailable on some day of the plan.
        CalendarLimitError: The plan leaves the calendar.
        TypeError: It is no request.

    >>> from attrs import evolve
    >>> from nhs_api_catalogue import catalogue
    >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
    >>> print(plan_for(evolve(p.request, overlap="full")).go_live)
    2026-05-05 to 2026-09-05
    """
    check_kind(request, PlanRequest, "expected a PlanRequest, as the request of a plan is")
    network = network_of(request)
    start = request.start
    if start is None:
        # The request has exactly one of the two.
        deadline = cast("date", request.deadline)
        start = network.latest_start(deadline, longest=True)
    earliest = network.days(start, longest=False)
    latest = network.days(start, longest=True)

    def window(event: int) -> Window:
        return Window(earliest[event], latest[event])

    done, built = set(request.done), dict(request.built)
    planned = tuple(
        PlannedApi(api, (), window(events.live), done=True)
        if api.id in done
        else _planned_api(api, events, built.get(api.id), window)
        for api, events in zip(request.apis, network.apis, strict=True)
    )
    services = tuple(
        PlannedService(service, (), window(events.live), done=True)
        if service.name in done
        else _planned_service(service, events, window)
        for service, events in zip(request.services, network.services, strict=True)
    )
    lives = [item.live for item in network.items()]
    p = Plan(
        request=request,
        start=start,
        planned=planned,
        services=services,
        go_live=Window(
            max((start, *(earliest[live] for live in lives))),
            max((start, *(latest[live] for live in lives))),
        ),
        network=network,
    )
    if not request.allow_unavailable:
        for item in planned:
            notice = item.api.unavailable_between(start, p.go_live.latest)
            if notice is not None:
                raise UnavailableApiError(item.api.name, notice.since, notice.until, notice.text)
    return p


def _planned_api(
    api: Api, events: Events, built: date | None, window: Callable[[int], Window]
) -> PlannedApi:
    stages = [
        (IMPLEMENTATION, api.technical, events.start, "technical"),
        (ASSURANCE, api.assurance, events.assurance, "assurance"),
    ]
    return PlannedApi(
        api,
        tuple(
            _stage(api.name, name, time, window(start), api.source_of(field))
            for name, time, start, field in (stages if built is None else stages[1:])
        ),
        window(events.live),
        built=built,
    )


def _planned_service(
    service: Service, events: Events, window: Callable[[int], Window]
) -> PlannedService:
    stage = _stage(service.name, ENABLING, service.time, window(events.start), service.source)
    return PlannedService(service, (stage,), window(events.live))


def _stage(owner: str, name: str, time: DurationRange, start: Window, source: str) -> PlannedStage:
    return PlannedStage(owner, name, time, start, time.after(start), source)

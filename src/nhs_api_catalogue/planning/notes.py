"""What a reader of a plan must know besides its dates: its assumptions and its warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhs_api_catalogue.planning.stages import bars_of
from nhs_api_catalogue.records import Precision

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from nhs_api_catalogue.planning.plans import Plan
    from nhs_api_catalogue.planning.requests import PlanRequest

# Python has these words too, but in the language of the machine.
WEEKEND: Final = {5: "Saturday", 6: "Sunday"}


def assumptions_of(request: PlanRequest) -> Iterator[str]:
    """What a plan takes for granted, in words, true for the options it was asked with."""
    names = {api.id: api.name for api in request.apis}
    yield (
        "The times are the sources' estimates: the latest date is the latest within them, "
        "no promise."
    )
    if request.overlap == "full":
        yield (
            "Assurance starts together with technical implementation and runs beside it: "
            "the API is live when both are finished."
        )
    else:
        yield "Assurance starts when technical implementation is finished."
    yield "A stage can start on the day on which what it waits for ends."
    yield from _beginnings(request, names)
    yield "Weeks are 7 days and months calendar months, clamped to the end of the month."
    yield "Weekends and holidays are not left out."
    yield "Each API goes through its whole assurance, although evidence may be shared."
    yield "Queues for a place in NHS England's process count only as far as the times hold them."
    done = [names.get(key, key) for key in request.done]
    if done:
        yield f"Live already, holding nothing up: {', '.join(done)}."
    for key, day in request.built:
        yield f"{names[key]} is built on {day}; its assurance can start from then."
    if not done and not request.built:
        yield "Nothing is live or built yet."
    yield from _waits(request, names)
    yield from request.remarks


def _beginnings(request: PlanRequest, names: dict[str, str]) -> Iterator[str]:
    if request.deadline is not None:
        yield f"The start is the latest that is safe for the deadline {request.deadline}."
    if request.teams is None:
        yield "Implementation starts on the start date, as many side by side as there are."
    else:
        teams = "; ".join(
            " then ".join(names[key] for key in team) for team in request.teams if team
        )
        yield f"Each team implements one API after another: {teams or 'none'}."
        yield "Assurance occupies no team, and a team does nothing else."
    for key, day in request.starts:
        yield f"{names.get(key, key)} is not begun before {day}."


def _waits(request: PlanRequest, names: dict[str, str]) -> Iterator[str]:
    if not request.links:
        yield "No API waits for another."
    for link in request.links:
        api, needed = (names.get(key, key) for key in (link.api, link.needs))
        before = {
            "build": "starts",
            "assurance": "starts its assurance",
            "go_live": "goes live",
        }[link.before]
        yield f"{needed} must be {link.to_be} before {api} {before}."
    if request.links:
        yield "Prerequisites other than these are not waited for."
    if request.services:
        times = "; ".join(
            f"{service.name}, {service.time} ({service.source})" for service in request.services
        )
        yield f"The times of services are your own: {times}."
    else:
        yield "No service beside the APIs is waited for."


def warnings_of(p: Plan) -> Iterator[str]:
    """What a reader must know besides the dates.

    One generator a kind of warning, the gravest first.
    """
    # What official sources say is loaded when somebody wants to know.
    from nhs_api_catalogue.planning.cautions import cautions_of  # noqa: PLC0415

    yield from _unavailable(p)
    yield from cautions_of(p.request)
    yield from _weekends(p)


def _unavailable(p: Plan) -> Iterator[str]:
    for planned in p.planned:
        notice = planned.api.unavailable_between(p.start, p.go_live.latest)
        if notice is not None:
            text = f"{planned.api.name}: {notice}"
            if notice.precision is Precision.MONTH:
                text += f" (the source names only the month; counted from {notice.since})"
            yield text


def _weekends(p: Plan) -> Iterator[str]:
    ends: dict[date, list[str]] = {}
    bars = ((item.name, bar) for item in p.items() for bar in bars_of(item))
    for name, (what, _, _, window) in bars:
        days = {window.earliest: "at the earliest", window.latest: "at the latest"}
        if len(days) == 1:
            days = {window.earliest: "exactly"}
        for day, when in days.items():
            if day.weekday() in WEEKEND:
                ends.setdefault(day, []).append(f"{name}, {what} {when}")
    for day, what_ends in sorted(ends.items()):
        yield f"{day} is a {WEEKEND[day.weekday()]} and is not moved: {'; '.join(what_ends)}."

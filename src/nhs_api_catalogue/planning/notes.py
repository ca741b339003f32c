"""What a reader of a plan must know besides its dates: its drivers, warnings and assumptions."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final, final

import attrs

from nhs_api_catalogue.errors import CalendarHorizonError
from nhs_api_catalogue.official.wording import openness_of
from nhs_api_catalogue.planning.cautions import cautions_of, is_missing
from nhs_api_catalogue.planning.drivers import Drivers
from nhs_api_catalogue.planning.names import titles_of
from nhs_api_catalogue.planning.stages import PlannedApi
from nhs_api_catalogue.planning.teams import NOTHING_LEFT
from nhs_api_catalogue.records import Precision
from nhs_api_catalogue.records.parts import IMPLEMENTATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from nhs_api_catalogue.durations import Window
    from nhs_api_catalogue.official.cautions import Cautions
    from nhs_api_catalogue.planning.cautions import IsMissing
    from nhs_api_catalogue.planning.criticality import Criticality
    from nhs_api_catalogue.planning.requests import PlanRequest
    from nhs_api_catalogue.planning.stages import PlannedService, Timetable
    from nhs_api_catalogue.records import Api
    from nhs_api_catalogue.working_days import Closure

# Python has these names too, but in the machine's language.
WEEKEND: Final = {5: "Saturday", 6: "Sunday"}
_NOT_OPEN: Final = {
    "no": "takes no new integrations",
    "limited": "takes only some new integrations",
    "unknown": "may or may not take new integrations: no source settles it",
}
# What `Criticality.of` says, beside a name.
IN_WORDS: Final = {
    "necessarily": "necessarily critical",
    "possibly": "possibly critical",
    "possibly, perhaps necessarily": "possibly critical, perhaps necessarily",
    "never": "never critical",
    "undecided": "undecided whether critical",
}
LEGEND: Final = "solid: at the earliest; outlined: until the latest"


@final
@attrs.frozen
class Notes:
    """What is shown of a plan besides its dates.

    Attributes:
        drivers: Which APIs and services go live last; None if undecided.
        problem: Why it is undecided, in words.
        criticality: Which APIs and services are critical.
        warnings: What a reader must know.
        assumptions: What the plan assumes.
    """

    drivers: Drivers | None
    problem: tuple[str, ...]
    criticality: Criticality
    warnings: tuple[str, ...]
    assumptions: tuple[str, ...]


def states_of(item: PlannedApi | PlannedService, notes: Notes) -> Iterator[str]:
    """What to say about an API or a service besides its dates."""
    if isinstance(item, PlannedApi) and item.built is not None:
        yield f"{IMPLEMENTATION} built {item.built}"
    if item.done:
        return
    yield IN_WORDS[notes.criticality.of(item.name)]
    if notes.drivers is not None and item.name in notes.drivers.possible:
        certain = item.name in notes.drivers.certain
        yield "certainly live last" if certain else "may be live last"


def sources_of(timetable: Timetable) -> str:
    """The sources of the times, as one text."""
    sources = timetable.sources()
    return f"Source: {'; '.join(sources)}" if sources else "No source: everything is live already"


def assumptions_of(request: PlanRequest) -> Iterator[str]:
    """What a plan assumes, in words, according to its options."""
    names = titles_of(request.apis)
    yield (
        "The times are the sources' estimates: the latest date is the latest that they allow, "
        "not a promise."
    )
    if request.overlap == "full":
        yield (
            f"Assurance and {IMPLEMENTATION} start together and run side by side: "
            "the API is live when both are finished."
        )
    else:
        yield f"Assurance starts when {IMPLEMENTATION} is finished."
    yield "A stage can start on the day on which the last thing that it waits for ends."
    yield from _beginnings(request, names)
    yield "A week is 7 days; a month is a calendar month, clamped to the month's end."
    yield from _days_counted(request)
    yield "Each API goes through its whole assurance, even where evidence could be shared."
    yield "Queues for NHS England's process count only as far as the times include them."
    done = [names.get(key, key) for key in request.done]
    if done:
        yield f"Live already, so nothing waits for them: {', '.join(done)}."
    for key, day in request.built:
        yield f"{names[key]} is built on {day}; its assurance can start then."
    if not done and not request.built:
        yield "Nothing is live or built yet."
    yield from _waits(request, names)
    if request.search is not None and request.search.remark != NOTHING_LEFT:
        yield request.search.remark
    yield from request.remarks


def _days_counted(request: PlanRequest) -> Iterator[str]:
    calendar = request.calendar
    if calendar is None:
        yield "Weekends and holidays count as days."
        return
    yield "Weeks and months include weekends and holidays."
    yield (
        "Working days are Monday to Friday, except the calendar's closures. A time of n working "
        f"days ends on the n-th working day after its start. Calendar: {calendar}."
    )
    if calendar.beyond is not None:
        yield (
            "Outside the dates that the calendar knows, only weekends and the closures that it "
            "names are left out."
        )


def _beginnings(request: PlanRequest, names: dict[str, str]) -> Iterator[str]:
    if request.deadline is not None:
        yield f"The start is the latest that is safe for the deadline {request.deadline}."
    if {*request.done, *dict(request.built)}.issuperset(api.id for api in request.apis):
        yield NOTHING_LEFT
    elif request.teams is None:
        yield "The implementation of every API starts on the start date; all run in parallel."
    else:
        teams = "; ".join(
            " then ".join(names[key] for key in team) for team in request.teams if team
        )
        yield f"Each team implements one API after another: {teams}."
        yield "Assurance takes no team's time, and a team does nothing else."
    for key, day in request.starts:
        yield f"{names.get(key, key)} does not start before {day}."


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
        yield "The plan waits for no other prerequisites."
    if request.services:
        times = "; ".join(
            f"{service.name}, {service.time} ({service.source})" for service in request.services
        )
        yield f"Services take: {times}."
    else:
        yield "The plan waits for no services."


def warnings_of(request: PlanRequest, timetable: Timetable) -> Iterator[str]:
    """What a reader must know besides the dates.

    There is one generator per kind of warning, the most serious first. For APIs that are live
    already, no official statements are given.
    """
    titles = titles_of(request.apis)
    stated = [
        (titles[api.id], api, cautions_of(api))
        for api in request.apis
        if api.id not in request.done
    ]
    yield from _unavailable(timetable)
    yield from _before_the_edition(request, timetable)
    for title, _, cautions in stated:
        yield from (f"{title}, {text}" for text in cautions.blocking)
    for title, api, cautions in stated:
        yield from _openness(title, api, cautions)
    for title, api, cautions in stated:
        texts = cautions.unconfirmed if api.notices else ()
        yield from (f"{title}, the notice is not confirmed: {text}" for text in texts)
    for title, api, cautions in stated:
        yield from _missing(title, is_missing(request, api), cautions, titles)
    yield from _horizon(request, timetable)
    yield from _days_off(request, timetable)


def _before_the_edition(request: PlanRequest, timetable: Timetable) -> Iterator[str]:
    """Warn if the start is before the edition of the times, for example after a wrong deadline."""
    dates = [api.edition.as_of for api in request.apis if api.edition and api.edition.as_of]
    if dates and timetable.start < max(dates):
        yield (
            f"The start {timetable.start} is before {max(dates)}, the date of the edition that "
            f"the times come from."
        )


def _unavailable(timetable: Timetable) -> Iterator[str]:
    for item in timetable.items:
        if not isinstance(item, PlannedApi):
            continue
        notice = item.api.unavailable_between(timetable.start, timetable.go_live.latest)
        if notice is not None:
            text = f"{item.name}: {notice}"
            if notice.precision is Precision.MONTH:
                text += f" (the source names only the month; counted from {notice.since})"
            yield text


def _openness(title: str, api: Api, cautions: Cautions) -> Iterator[str]:
    """Warn unless the API takes new integrations."""
    openness = openness_of(word for _, word, _ in cautions.entries)
    if api.overlay is None or openness == "yes":
        return
    entries = "; ".join(f"{name}: {text}" for name, _, text in cautions.entries)
    yield f"{title} {_NOT_OPEN[openness]}" + (f" ({entries})." if entries else ".")


def _missing(
    title: str, missing: IsMissing, cautions: Cautions, titles: Mapping[str, str]
) -> Iterator[str]:
    """What is always needed, but the plan does not wait for, in one text."""
    needs = [
        need
        for need in cautions.needs
        if need.strength == "required" and missing(need.strength, need.needed_for, need.ways)
    ]
    # APIs first, then services, then choices.
    needs.sort(key=lambda need: (need.is_service, bool(need.met_by)))
    names = [need.name if need.is_service else titles.get(need.needs, need.name) for need in needs]
    if names:
        yield f"{title} needs things that the plan does not wait for: {', '.join(names)}."


def _days_off(request: PlanRequest, timetable: Timetable) -> Iterator[str]:
    """The days of start, hand-over and go-live that are not working days."""
    calendar = request.calendar
    remarks: dict[date, list[str]] = {}
    for item in timetable.items:
        for what, window in _turns(item, is_handed_over=request.overlap == "none"):
            days = {window.earliest: " at the earliest", window.latest: " at the latest"}
            if len(days) == 1:
                days = {window.earliest: ""}
            for day, when in days.items():
                remarks.setdefault(day, []).append(f"{item.name}, {what}{when}")
    for day, turns in sorted(remarks.items()):
        closures: tuple[Closure, ...] = ()
        if calendar is not None:
            # `_horizon` says where the calendar ends.
            with suppress(CalendarHorizonError):
                closures = calendar.closures_on(day)
        reasons = [WEEKEND[day.weekday()]] if day.weekday() in WEEKEND else []
        reasons += [closure.name for closure in closures]
        if reasons:
            why = f"not a working day ({', '.join(reasons)})" if closures else f"a {reasons[0]}"
            yield f"{day} is {why} and is not moved: {'; '.join(turns)}."


def _turns(
    item: PlannedApi | PlannedService, *, is_handed_over: bool
) -> Iterator[tuple[str, Window]]:
    """When the item starts, is handed over from one stage to the next, and goes live."""
    if not item.stages:
        return
    is_built = isinstance(item, PlannedApi) and item.built is not None
    yield "hand-over" if is_built else "start", item.stages[0].start
    if is_handed_over and len(item.stages) > 1:
        yield "hand-over", item.stages[0].finish
    yield "go-live", item.go_live


def _horizon(request: PlanRequest, timetable: Timetable) -> Iterator[str]:
    """Warn if the plan goes beyond the calendar's known days."""
    calendar = request.calendar
    if calendar is None or calendar.beyond is not None:
        return
    first, last = calendar.known_from, calendar.known_until
    if (first is not None and timetable.start < first) or (
        last is not None and timetable.go_live.latest > last
    ):
        yield (
            "The plan goes beyond the dates that its calendar knows, where it names no closures: "
            f"{calendar}."
        )

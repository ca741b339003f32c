"""The request for a plan: APIs, dates, links, services and teams, read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, TypeVar, cast, final, get_args

import attrs

from nhs_api_catalogue._checks import check_kind
from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._later import Later
from nhs_api_catalogue._names import fold, nearest_word
from nhs_api_catalogue._values import Aligned
from nhs_api_catalogue.durations import DurationRange, read_date
from nhs_api_catalogue.errors import InvalidPlanError, UnknownValueError
from nhs_api_catalogue.planning.names import Names
from nhs_api_catalogue.records import Api
from nhs_api_catalogue.working_days.times import is_time, read_time

if TYPE_CHECKING:
    import nhs_api_catalogue.working_days as working_days
else:
    working_days = Later("nhs_api_catalogue.working_days")

T = TypeVar("T")

# The name of the one stage of a service.
ENABLING: Final = "enabling service"

ToBe: TypeAlias = Literal["live", "built"]
Before: TypeAlias = Literal["build", "assurance", "go_live"]
Overlap: TypeAlias = Literal["none", "full"]
At: TypeAlias = Literal["earliest", "latest"]
Form: TypeAlias = Literal["html", "markdown"]

# Pairs in the order of the plan, so that requests are hashable and compare equal in whatever order
# the dates were given.
Dates: TypeAlias = tuple[tuple[str, date], ...]


def check_word(value: object, what: str, allowed: tuple[str, ...]) -> None:
    """Refuse what is not one of the words.

    Raises:
        UnknownValueError: It is none of them.
    """
    if value not in allowed:
        nearest = nearest_word(value, allowed) if isinstance(value, str) else None
        raise UnknownValueError(value, what, allowed, nearest)


def check_name(value: object) -> None:
    """Refuse what is neither a name nor a record.

    Raises:
        TypeError: It is neither.
    """
    check_kind(value, (str, Api), "expected the name of an API or its record")


def _name(value: str | Api) -> str:
    """The name itself, or the id of a record."""
    check_name(value)
    return value.id if isinstance(value, Api) else value


def read_items(values: Iterable[T], what: str) -> tuple[T, ...]:
    """The values as a tuple.

    Raises:
        TypeError: They are a single text, or not iterable.
    """
    check_kind(values, Iterable, f"{what} must be a list")
    if isinstance(values, (str, Mapping)):
        message = f"{what} must be a list, got {values!r}"
        raise TypeError(message)
    return tuple(values)


@final
@attrs.frozen
class Link(Aligned):
    """A wait of one API of a plan for another API, or for a service.

    Attributes:
        api: What waits: the name of an API, or its record.
        needs: What it waits for: the name of an API or a service, or a record.
        to_be: The state that it must reach: "live", or only "built".
        before: The stage that waits: the "build", the "assurance" or only the "go_live".

    A service has one stage: "build" and "assurance" both mean its start, and it is built when it is
    live.

    Raises:
        UnknownValueError: A word is none of those.
        TypeError: A name is neither text nor a record.

    >>> Link("SCR FHIR", "PDS FHIR (Patient Access)", before="assurance")
    Link(api='SCR FHIR', needs='PDS FHIR (Patient Access)', to_be='live', before='assurance')
    """

    api: str = attrs.field(converter=_name)
    needs: str = attrs.field(converter=_name)
    to_be: ToBe = attrs.field(default="live", kw_only=True)
    before: Before = attrs.field(default="go_live", kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_word(self.to_be, "state to wait for", get_args(ToBe))
        check_word(self.before, "stage that can wait", get_args(Before))

    def __str__(self) -> str:
        before = self.before.replace("_", "-")
        return visible(f"{self.needs} {self.to_be} before {before} of {self.api}")


def _read_time(
    value: DurationRange | working_days.WorkingDays | str,
) -> DurationRange | working_days.WorkingDays:
    if isinstance(value, str):
        return read_time(value)
    if not is_time(value):
        message = (
            f"the time of a service must be a range of durations or WorkingDays, got {value!r}"
        )
        raise TypeError(message)
    return value


@final
@attrs.frozen
class Service(Aligned):
    """Enabling work besides the APIs, such as a network connection, with your own time.

    Without a link it runs in parallel with everything else, and the product's go-live waits for it.

    Attributes:
        name: Its name in the plan and in links.
        time: How long it takes: a range of durations, working days, or the text of either.
        source: Who says so.

    Raises:
        InvalidPlanError: The name or the source is blank.
        TypeError: A value has the wrong type.
        DurationSyntaxError: The text is not such a time.
        InvalidDurationRangeError: Its two ends are not certainly in order.

    >>> print(Service("HSCN connection", "2-4 months", "our network provider").time)
    2-4 months
    >>> print(Service("MESH mailbox", "5 working days", "the MESH team").time)
    5 working days
    """

    name: str
    time: DurationRange | working_days.WorkingDays = attrs.field(converter=_read_time)
    source: str

    def __attrs_post_init__(self) -> None:
        for field, text in (("name", self.name), ("source", self.source)):
            check_kind(text, str, f"the {field} of a service must be text")
            if not fold(text):
                message = f"a service needs a {field}, got {text!r}"
                raise InvalidPlanError(message)


def _apis(apis: Iterable[Api]) -> tuple[Api, ...]:
    given: object = apis
    if isinstance(given, (str, Api)):
        way_out = f"catalogue.select({given!r})" if isinstance(given, str) else "[api]"
        message = f"the APIs of a plan must be a list, such as {way_out}, got {given!r}"
        raise TypeError(message)
    found = read_items(apis, "the APIs of a plan")
    items = cast("tuple[object, ...]", found)
    if others := set(map(type, items)) - {Api}:
        odd = next(item for item in items if type(item) in others)
        from nhs_api_catalogue.beyond.records import way_to_a_record  # noqa: PLC0415  few do

        names = ", ".join(repr(one) for one in items if isinstance(one, str))
        expected = f"a plan takes records, such as catalogue.select({names or '...'})"
        check_kind(odd, Api, f"{expected}{way_to_a_record(odd)}")
    if not found:
        message = "a plan needs at least one API"
        raise InvalidPlanError(message)
    return found


def _links(links: Iterable[Link]) -> tuple[Link, ...]:
    found = read_items(links, "links")
    if others := set(map(type, found)) - {Link}:
        odd = next(item for item in found if type(item) in others)
        check_kind(odd, Link, "links must be of type Link")
    return found


def _services(services: Iterable[Service]) -> tuple[Service, ...]:
    found = read_items(services, "services")
    for service in found:
        check_kind(service, Service, "services must be of type Service")
    return found


def _names(names: Iterable[str | Api]) -> tuple[str, ...]:
    return tuple(_name(name) for name in read_items(names, "done"))


def _teams(teams: Iterable[Iterable[str | Api]] | None) -> tuple[tuple[str, ...], ...] | None:
    given: object = teams
    if isinstance(given, int):
        message = (
            f"teams must be a list of what each team implements, got {given!r}: "
            f"to find the best {given!r}, use suggest_teams(apis, {given!r}, start=...)"
        )
        raise TypeError(message)
    if teams is None:
        return None
    return tuple(
        tuple(_name(name) for name in read_items(team, "a team"))
        for team in read_items(teams, "teams")
    )


def _date(value: date | str, what: str) -> date:
    check_kind(value, (date, str), f"expected a {what}, as a date or its text")
    return read_date(value, what)


def _dates(dates: Mapping[str, date | str] | Dates, where: str) -> Dates:
    expected = f"{where} must map names to dates"
    check_kind(dates, (Mapping, tuple), expected)
    pairs = tuple(dates.items()) if isinstance(dates, Mapping) else dates
    for pair in pairs:
        given: object = pair
        if not isinstance(given, tuple) or len(cast("tuple[object, ...]", given)) != 2:
            message = f"{expected}, got {pair!r}"
            raise TypeError(message)
    return tuple((_name(name), _date(day, f"date in {where} for {name!r}")) for name, day in pairs)


def _starts(dates: Mapping[str, date | str] | Dates) -> Dates:
    return _dates(dates, "starts")


def _built(dates: Mapping[str, date | str] | Dates) -> Dates:
    return _dates(dates, "built")


def _read_calendar(
    value: working_days.WorkingCalendar | None,
) -> working_days.WorkingCalendar | None:
    if value is not None:
        expected = "the calendar of a plan must be a WorkingCalendar, such as england()"
        check_kind(value, working_days.WorkingCalendar, expected)
    return value


def _remarks(remarks: Iterable[str]) -> tuple[str, ...]:
    return read_items(remarks, "remarks")


def _start(value: date | str | None) -> date | None:
    return None if value is None else _date(value, "start date")


def _deadline(value: date | str | None) -> date | None:
    return None if value is None else _date(value, "deadline")


@final
@attrs.frozen
class TeamSearch(Aligned):
    """What a search has proven about the teams of a request.

    It belongs to the request that was searched for: a request with any other change than in its
    remarks has none.

    Attributes:
        teams: The greatest number of teams in the search.
        gap: By how many days at most the plan is worse than the best possible; 0 if it is the best.
        remark: The same in words; shown with the assumptions of the plan.

    >>> from nhs_api_catalogue import catalogue, suggest_teams
    >>> p = suggest_teams(catalogue.select("eRS", "MESH", "BaRS"), 2, start="2026-01-05")
    >>> p.request.search.teams, p.request.search.gap
    (2, 0)
    """

    teams: int
    gap: int
    remark: str
    _key: tuple[object, ...] = attrs.field(repr=False, alias="key")

    def holds_for(self, request: PlanRequest) -> bool:
        """Whether this is the request that was searched for.

        >>> import attrs
        >>> from nhs_api_catalogue import catalogue, suggest_teams
        >>> p = suggest_teams(catalogue.select("eRS", "MESH", "BaRS"), 2, start="2026-01-05")
        >>> later = attrs.evolve(p.request, start="2026-02-02")
        >>> p.request.search.holds_for(p.request), p.request.search.holds_for(later), later.search
        (True, False, None)
        """
        return self._key == key_of_search(request)


def key_of_search(request: PlanRequest) -> tuple[object, ...]:
    """Everything in a request that a search for teams depends on, and the teams."""
    return tuple(
        getattr(request, field.name)
        for field in attrs.fields(PlanRequest)
        if field.name not in {"remarks", "search"}
    )


@final
@attrs.frozen(kw_only=True)
class PlanRequest(Aligned):
    """What a plan was asked for: the arguments of `plan`, read and checked.

    Names are resolved: an API appears by its id, a service by its name. `attrs.evolve` gives a
    changed request, checked again, and `plan_for` the plan that answers it.

    Attributes:
        apis: The records.
        start: The day on which work starts; None if a deadline is given.
        deadline: The day by which everything must be live; None if a start is given.
        starts: The days before which an API or a service does not start.
        built: The days on which implementations are or will be finished.
        done: What is live already.
        links: What waits for what.
        services: Your own enabling work.
        teams: What each team implements, in order; None if each API has its own team.
        overlap: Whether assurance runs in parallel with implementation: "none" or "full".
        allow_unavailable: Whether to plan with APIs that are unavailable.
        calendar: The working days; None if nothing is counted in working days.
        remarks: What else the plan assumes, in words; shown with its assumptions.
        search: What a search has proven about the teams; None if they were not searched for. Not
            part of equality.

    Raises:
        InvalidPlanError: A rule of `plan` is broken; see `plan`, also for its other errors.

    >>> import attrs
    >>> from nhs_api_catalogue import catalogue, plan, plan_for
    >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
    >>> print(plan_for(attrs.evolve(p.request, start="2026-02-02")).start)
    2026-02-02
    """

    apis: tuple[Api, ...] = attrs.field(converter=_apis)
    start: date | None = attrs.field(default=None, converter=_start)
    deadline: date | None = attrs.field(default=None, converter=_deadline)
    starts: Dates = attrs.field(default=(), converter=_starts)
    built: Dates = attrs.field(default=(), converter=_built)
    done: tuple[str, ...] = attrs.field(default=(), converter=_names)
    links: tuple[Link, ...] = attrs.field(default=(), converter=_links)
    services: tuple[Service, ...] = attrs.field(default=(), converter=_services)
    teams: tuple[tuple[str, ...], ...] | None = attrs.field(default=None, converter=_teams)
    overlap: Overlap = "none"
    allow_unavailable: bool = False
    calendar: working_days.WorkingCalendar | None = attrs.field(
        default=None, converter=_read_calendar
    )
    remarks: tuple[str, ...] = attrs.field(default=(), converter=_remarks)
    search: TeamSearch | None = attrs.field(default=None, eq=False)

    def __attrs_post_init__(self) -> None:
        if (self.start is None) == (self.deadline is None):
            message = "a plan needs either a start or a deadline, and not both"
            raise InvalidPlanError(message)
        check_word(self.overlap, "way to overlap", get_args(Overlap))
        check_kind(self.allow_unavailable, bool, "allow_unavailable must be True or False")
        names = self._names
        built = names.resolve_dates(self.built, "built")
        resolved: dict[str, object] = {
            "starts": names.resolve_dates(self.starts, "starts"),
            "built": built,
            "done": names.resolve_all(self.done, "done"),
            "links": names.links,
        }
        if self.teams is not None:
            resolved["teams"] = tuple(
                tuple(names.resolve(name, "a team") for name in team) for team in self.teams
            )
        for field, value in resolved.items():
            object.__setattr__(self, field, value)
        self._check(names)
        if self.search is not None:
            expected = "the search must be a TeamSearch from the request of suggest_teams"
            check_kind(self.search, TeamSearch, expected)
            if not self.search.holds_for(self):
                object.__setattr__(self, "search", None)

    @cached_property
    def _names(self) -> Names:
        return Names(self.apis, self.services, self.links)

    def _check(self, names: Names) -> None:
        services = {service.name for service in self.services}
        done, built, starts = set(self.done), dict(self.built), dict(self.starts)
        for key in (*built, *starts):
            if key in done:
                message = f"{names.shown(key)!r} is in done, so it cannot have a date"
                raise InvalidPlanError(message)
            if key in built and key in starts:
                message = (
                    f"{names.shown(key)!r} is built, so it cannot start: leave it out of starts"
                )
                raise InvalidPlanError(message)
            if key in built and key in services:
                message = (
                    f"{key!r} is a service, and only APIs are built: use done, or leave it out"
                )
                raise InvalidPlanError(message)
        if self.teams is not None:
            self._check_teams(names, services, done | set(built))

    def _check_teams(self, names: Names, services: set[str], built: set[str]) -> None:
        seen: set[str] = set()
        for key in (key for team in self.teams or () for key in team):
            if key in services:
                message = f"{key!r} is a service: teams implement only APIs"
                raise InvalidPlanError(message)
            if key in seen:
                message = f"the teams have {names.shown(key)!r} twice: one team implements it, once"
                raise InvalidPlanError(message)
            seen.add(key)
        for api in self.apis:
            if api.id not in seen and api.id not in built:
                message = (
                    f"no team implements {names.shown(api.id)!r}: give it to a team, "
                    "or leave teams out"
                )
                raise InvalidPlanError(message)


def names_in(request: PlanRequest) -> Names:
    """The names in the plan of a request, made once for the request and its plan."""
    # Only this function uses it: no user needs it.
    return request._names  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]

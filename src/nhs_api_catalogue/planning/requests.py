"""What a plan is asked for: APIs, dates, links, services and teams, read and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar, final, get_args

import attrs

from nhs_api_catalogue._names import fold, nearest_names, nearest_word
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.durations import DurationRange, read_date
from nhs_api_catalogue.errors import (
    AmbiguousApiError,
    InvalidPlanError,
    UnknownApiError,
    UnknownValueError,
    UnplannedNameError,
)
from nhs_api_catalogue.records import Api

if TYPE_CHECKING:
    from collections.abc import Collection

T = TypeVar("T")

ToBe: TypeAlias = Literal["live", "built"]
Before: TypeAlias = Literal["build", "assurance", "go_live"]
Overlap: TypeAlias = Literal["none", "full"]

# Pairs in the order of the plan, so that requests are hashable and compare whatever the order in
# which the dates were given.
Dates: TypeAlias = tuple[tuple[str, date], ...]


def _check_word(value: object, what: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        nearest = nearest_word(value, allowed) if isinstance(value, str) else None
        raise UnknownValueError(value, what, allowed, nearest)


def _check_kind(value: object, kind: type | tuple[type, ...], expected: str) -> None:
    if not isinstance(value, kind):
        message = f"{expected}, got {value!r}"
        raise TypeError(message)


def _name(value: str | Api) -> str:
    """The name itself, or the id of a record."""
    _check_kind(value, (str, Api), "expected the name of an API or its record")
    return value.id if isinstance(value, Api) else value


def _items(values: Iterable[T], what: str) -> tuple[T, ...]:
    """The values as a tuple, unless they are one text or nothing to go through."""
    _check_kind(values, Iterable, f"{what} must be a list")
    if isinstance(values, (str, Mapping)):
        message = f"{what} must be a list, got {values!r}"
        raise TypeError(message)
    return tuple(values)


@final
@attrs.frozen
class Link:
    """One API of a plan that waits for another API, or for a service.

    Attributes:
        api: What waits: a name of an API or its record.
        needs: What it waits for: likewise, or the name of a service.
        to_be: What that must be by then: "live", or only "built".
        before: What waits: the "build", the "assurance" or only the "go_live".

    A service has one stage: its build and its assurance both stand for its start, and it is built
    when it is live.

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
        _check_word(self.to_be, "state to wait for", get_args(ToBe))
        _check_word(self.before, "stage that can wait", get_args(Before))

    def __str__(self) -> str:
        before = self.before.replace("_", "-")
        return f"{self.needs} {self.to_be} before {before} of {self.api}"


def _read_time(value: DurationRange | str) -> DurationRange:
    if isinstance(value, str):
        return DurationRange.parse(value)
    _check_kind(value, DurationRange, "the time of a service must be a range of durations")
    return value


@final
@attrs.frozen
class Service:
    """Enabling work beside the APIs, such as a network connection, with a time of your own.

    Without a link it runs beside everything, and the product's go-live waits for it.

    Attributes:
        name: What it is called in the plan and in links.
        time: How long it takes, a range or its text.
        source: On whose word.

    Raises:
        InvalidPlanError: The name or the source is blank.
        TypeError: A value is of another type.
        DurationSyntaxError: The text is not a range.

    >>> print(Service("HSCN connection", "2-4 months", "our network provider").time)
    2-4 months
    """

    name: str
    time: DurationRange = attrs.field(converter=_read_time)
    source: str

    def __attrs_post_init__(self) -> None:
        for field, text in (("name", self.name), ("source", self.source)):
            _check_kind(text, str, f"the {field} of a service must be text")
            if not fold(text):
                message = f"a service needs a {field}, got {text!r}"
                raise InvalidPlanError(message)


def _apis(apis: Iterable[Api]) -> tuple[Api, ...]:
    found = _items(apis, "the APIs of a plan")
    for api in found:
        _check_kind(api, Api, "a plan takes records, as catalogue.select(...) gives by name")
    if not found:
        message = "a plan needs at least one API"
        raise InvalidPlanError(message)
    return found


def _links(links: Iterable[Link]) -> tuple[Link, ...]:
    found = _items(links, "links")
    for link in found:
        _check_kind(link, Link, "links must be of type Link")
    return tuple(dict.fromkeys(found))


def _services(services: Iterable[Service]) -> tuple[Service, ...]:
    found = _items(services, "services")
    for service in found:
        _check_kind(service, Service, "services must be of type Service")
    return found


def _names(names: Iterable[str | Api]) -> tuple[str, ...]:
    return tuple(_name(name) for name in _items(names, "done"))


def _teams(teams: Iterable[Iterable[str | Api]] | None) -> tuple[tuple[str, ...], ...] | None:
    if teams is None:
        return None
    return tuple(
        tuple(_name(name) for name in _items(team, "a team")) for team in _items(teams, "teams")
    )


def _dates(dates: Mapping[str, date | str] | Dates) -> Dates:
    _check_kind(dates, (Mapping, tuple), "starts and built map names to dates")
    pairs = dates.items() if isinstance(dates, Mapping) else dates
    return tuple((_name(name), read_date(day, f"date for {name!r}")) for name, day in pairs)


def _remarks(remarks: Iterable[str]) -> tuple[str, ...]:
    return _items(remarks, "remarks")


def _start(value: date | str | None) -> date | None:
    return None if value is None else read_date(value, "start date")


def _deadline(value: date | str | None) -> date | None:
    return None if value is None else read_date(value, "deadline")


@final
@attrs.frozen(kw_only=True)
class PlanRequest:
    """What a plan was asked for: the arguments of `plan`, read and checked.

    Names are resolved: an API appears by its id, a service by its name. `attrs.evolve` gives a
    changed request, checked again, and `plan_for` the plan that answers it.

    Attributes:
        apis: The records.
        start: The day on which work starts; None if a deadline is given.
        deadline: The day on which all must be live; None if a start is given.
        starts: The days before which an API or a service is not begun.
        built: The days on which implementations are or will be finished.
        done: What is live already.
        links: What waits for what.
        services: Enabling work of your own.
        teams: What each team implements, in order; None if each API has a team of its own.
        overlap: Whether assurance runs beside implementation: "none" or "full".
        allow_unavailable: Whether to plan on APIs that are unavailable.
        remarks: What else the plan takes for granted, in words; shown with its assumptions.

    Raises:
        InvalidPlanError: A rule of `plan` is broken; see there.

    >>> import attrs
    >>> from nhs_api_catalogue import catalogue, plan, plan_for
    >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
    >>> print(plan_for(attrs.evolve(p.request, start="2026-02-02")).start)
    2026-02-02
    """

    apis: tuple[Api, ...] = attrs.field(converter=_apis)
    start: date | None = attrs.field(default=None, converter=_start)
    deadline: date | None = attrs.field(default=None, converter=_deadline)
    starts: Dates = attrs.field(default=(), converter=_dates)
    built: Dates = attrs.field(default=(), converter=_dates)
    done: tuple[str, ...] = attrs.field(default=(), converter=_names)
    links: tuple[Link, ...] = attrs.field(default=(), converter=_links)
    services: tuple[Service, ...] = attrs.field(default=(), converter=_services)
    teams: tuple[tuple[str, ...], ...] | None = attrs.field(default=None, converter=_teams)
    overlap: Overlap = "none"
    allow_unavailable: bool = False
    remarks: tuple[str, ...] = attrs.field(default=(), converter=_remarks)

    def __attrs_post_init__(self) -> None:
        if (self.start is None) == (self.deadline is None):
            message = "a plan needs either a start or a deadline, and not both"
            raise InvalidPlanError(message)
        _check_word(self.overlap, "way to overlap", get_args(Overlap))
        names = Names(self.apis, self.services)
        built = names.resolve_dates(self.built, "built")
        resolved: dict[str, object] = {
            "starts": names.resolve_dates(self.starts, "starts"),
            "built": built,
            "done": names.resolve_all(self.done, "done"),
            "links": tuple(
                dict.fromkeys(
                    attrs.evolve(
                        link,
                        api=names.resolve(link.api, "a link"),
                        needs=names.resolve(link.needs, "a link"),
                    )
                    for link in self.links
                )
            ),
        }
        if self.teams is not None:
            resolved["teams"] = tuple(
                tuple(names.resolve(name, "a team") for name in team) for team in self.teams
            )
        for field, value in resolved.items():
            object.__setattr__(self, field, value)
        self._check(names)

    def _check(self, names: Names) -> None:
        services = {service.name for service in self.services}
        done, built, starts = set(self.done), dict(self.built), dict(self.starts)
        for key in (*built, *starts):
            if key in done:
                message = f"{names.shown(key)!r} is in done, so it takes no other date"
                raise InvalidPlanError(message)
            if key in built and key in starts:
                message = (
                    f"{names.shown(key)!r} is built, so it cannot start: leave it out of starts"
                )
                raise InvalidPlanError(message)
            if key in built and key in services:
                message = f"{key!r} is a service, which is not built: say done, or leave it out"
                raise InvalidPlanError(message)
        for link in self.links:
            if link.api == link.needs:
                message = f"{names.shown(link.api)!r} is linked to itself"
                raise InvalidPlanError(message)
        if self.teams is not None:
            self._check_teams(names, services, done | set(built))

    def _check_teams(self, names: Names, services: set[str], built: set[str]) -> None:
        seen: set[str] = set()
        for key in (key for team in self.teams or () for key in team):
            if key in services:
                message = f"{key!r} is a service: teams implement APIs only"
                raise InvalidPlanError(message)
            if key in seen:
                message = f"the teams name {names.shown(key)!r} twice: one team implements it, once"
                raise InvalidPlanError(message)
            seen.add(key)
        for api in self.apis:
            if api.id not in seen and api.id not in built:
                message = f"no team implements {api.name!r}: give it to one, or leave teams out"
                raise InvalidPlanError(message)


@final
class Names:
    """The names that a plan knows: those of its APIs, and those of its services."""

    def __init__(self, apis: tuple[Api, ...], services: tuple[Service, ...]) -> None:
        self._catalogue = Catalogue(apis)
        self._services: dict[str, str] = {}
        for service in services:
            folded = fold(service.name)
            if folded in self._services:
                message = f"two services are called {service.name!r}"
                raise InvalidPlanError(message)
            if self._is_api(service.name):
                message = f"the service {service.name!r} is called as an API of the plan is"
                raise InvalidPlanError(message)
            self._services[folded] = service.name
        self._places = {
            key: place
            for place, key in enumerate(
                (*(api.id for api in apis), *(service.name for service in services))
            )
        }

    def resolve(self, name: str, where: str) -> str:
        """The id of the API or the name of the service that bears the name.

        Raises:
            UnplannedNameError: Nothing in the plan bears it.
            AmbiguousApiError: Several APIs of the plan bear it.
        """
        if name in self._places:
            return name
        service = self._services.get(fold(name))
        if service is not None:
            return service
        try:
            return self._catalogue[name].id
        except UnknownApiError:
            raise UnplannedNameError(name, where, self._nearest(name)) from None

    def _is_api(self, name: str) -> bool:
        try:
            self._catalogue[name]
        except UnknownApiError:
            return False
        except AmbiguousApiError:
            pass
        return True

    def _nearest(self, name: str) -> tuple[str, ...]:
        names = (text for api in self._catalogue for text in (api.name, *api.aliases))
        return nearest_names(name, (*names, *self._services.values()))

    def resolve_all(self, names: Collection[str], where: str) -> tuple[str, ...]:
        """The names resolved, each once, in the order of the plan."""
        found = {self.resolve(name, where) for name in names}
        return tuple(sorted(found, key=self._places.__getitem__))

    def resolve_dates(self, dates: Dates, where: str) -> Dates:
        """The dates by resolved name, in the order of the plan.

        Raises:
            InvalidPlanError: Two names mean one API, with different dates.
        """
        found: dict[str, date] = {}
        for name, day in dates:
            key = self.resolve(name, where)
            if found.setdefault(key, day) != day:
                message = f"{where} has two dates for {self.shown(key)!r}: {found[key]} and {day}"
                raise InvalidPlanError(message)
        return tuple(sorted(found.items(), key=lambda pair: self._places[pair[0]]))

    def shown(self, key: str) -> str:
        """The full name behind a resolved one."""
        place = self._places[key]
        return self._catalogue[place].name if place < len(self._catalogue) else key

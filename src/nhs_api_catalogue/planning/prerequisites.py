"""What official sources say the APIs of a plan need, and what the plan lacks.

Nothing is linked or added unless asked: `missing_from` lists what is missing, `completed` adds what
is required, and both give the sources.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, final

import attrs

from nhs_api_catalogue._checks import check_kind
from nhs_api_catalogue._escapes import visible_lines
from nhs_api_catalogue._frames import Frame, Tabular
from nhs_api_catalogue._names import fold, nearest_word
from nhs_api_catalogue._values import Aligned
from nhs_api_catalogue.catalogues import read_catalogue
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.errors import InvalidPlanError, UnknownValueError
from nhs_api_catalogue.official.needs import NeededFor, OfficialService, Prerequisite, Strength
from nhs_api_catalogue.official.sources import Confidence, cited
from nhs_api_catalogue.official.timescales import official_time
from nhs_api_catalogue.official.wording import noted
from nhs_api_catalogue.planning.cautions import is_missing
from nhs_api_catalogue.planning.names import titles_of
from nhs_api_catalogue.planning.requests import (
    Before,
    Link,
    PlanRequest,
    Service,
    check_name,
    read_items,
)
from nhs_api_catalogue.records import Api

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhs_api_catalogue.catalogues import Catalogue
    from nhs_api_catalogue.official.timescales import Timescale
    from nhs_api_catalogue.working_days import WorkingDays

    # How long a service takes: a range, working days, their text, a service with your source, or
    # "official", for the time that official sources give.
    Time: TypeAlias = DurationRange | WorkingDays | str | Service

T = TypeVar("T")

OFFICIAL: Final = "official"
OWN_TIME: Final = "your own time"
_NO_NEED: Final = "nothing in the plan lacks it any more: leave it out"
_IN_A_CASE: Final = "needed only in some cases: add it to conditional if yours is one"
_GATES: Final[Mapping[NeededFor, Before]] = {
    NeededFor.BUILD: "build",
    NeededFor.ASSURANCE: "assurance",
    NeededFor.GO_LIVE: "go_live",
    # If the stage is unknown, one thing is certain: without it the API cannot be used.
    NeededFor.UNKNOWN: "go_live",
}


@final
@attrs.frozen
class MissingPrerequisites(Aligned, Tabular):
    """What official sources say the APIs of a plan need, and the plan does not wait for.

    Each has its source, strength and confidence; `api` is the API that needs it. It counts as
    missing until a link of the plan waits for it or the plan says that it is live already. The
    published times of a service are the `timescales` of its `service`.

    Attributes:
        apis: Other APIs.
        services: What is needed besides APIs.
        choices: What any one of several APIs can provide.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> missing = plan(catalogue.select("eRS"), start="2026-01-05").missing_prerequisites()
    >>> [need.needs for need in missing.required()]
    ['scal', 'use-case-approval']
    """

    apis: tuple[Prerequisite, ...]
    services: tuple[Prerequisite, ...]
    choices: tuple[Prerequisite, ...]
    _names: Mapping[str, str] = attrs.field(eq=False, repr=False, alias="names")

    def __iter__(self) -> Iterator[Prerequisite]:
        return iter((*self.apis, *self.services, *self.choices))

    def __len__(self) -> int:
        return len(self.apis) + len(self.services) + len(self.choices)

    def required(self) -> tuple[Prerequisite, ...]:
        """Those that are always needed.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> missing = plan(catalogue.select("eRS"), start="2026-01-05").missing_prerequisites()
        >>> len(missing), len(missing.required())
        (5, 2)
        """
        return tuple(need for need in self if need.strength is Strength.REQUIRED)

    def __rich_repr__(self) -> Iterator[Any]:
        """What rich shows: the names of what is missing."""
        for kind in ("apis", "services", "choices"):
            yield kind, list(dict.fromkeys(map(self.name_of, getattr(self, kind)))), []

    def _frame(self) -> Frame:
        from nhs_api_catalogue.official.tables import needs_frame  # noqa: PLC0415  few need it

        return needs_frame(tuple(self), self._names)

    def _repr_html_(self) -> str:
        from nhs_api_catalogue._html import write_rows  # noqa: PLC0415  few need it

        return write_rows("What the plan does not wait for", *self._frame().shown_texts())

    def name_of(self, need: Prerequisite) -> str:
        """The common name of what is needed.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("Transfer of Care"), start="2026-01-05")
        >>> missing = p.missing_prerequisites()
        >>> [missing.name_of(need) for need in missing]
        ['MESH', 'ITK3 Message Distribution']
        """
        return need.service.name if need.service is not None else self._names[need.needs]

    def by_need(self) -> dict[str, tuple[Prerequisite, ...]]:
        """Everything missing, once by name, with the needs of all APIs that need it.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "GP Connect Access Record"), start="2026-01-05")
        >>> needs = p.missing_prerequisites().by_need()
        >>> [need.api for need in needs["Use case approval"]]
        ['e-rs', 'gp-connect-access-record']
        >>> [need.needs for need in needs["Spine Directory Service (SDS)"]]
        ['sds']
        """
        found: dict[str, list[Prerequisite]] = {}
        for need in self:
            found.setdefault(self.name_of(need), []).append(need)
        return {name: tuple(needs) for name, needs in found.items()}

    def __str__(self) -> str:
        lines: list[str] = []
        kinds = {
            heading: {need.needs for need in needs}
            for heading, needs in (
                ("APIs", self.apis),
                ("Services", self.services),
                ("Choices", self.choices),
            )
        }
        by_need = self.by_need()
        for heading, ids in kinds.items():
            if ids:
                lines.append(heading)
            for name, needs in by_need.items():
                if needs[0].needs in ids:
                    lines.append(f"- {name}")
                    lines += [f"  - {self._names[need.api]}: {reason_of(need)}" for need in needs]
                    lines += (f"  - {timescale}" for timescale in _timescales(needs[0]))
        return visible_lines(lines) or "Nothing is missing."


def reason_of(need: Prerequisite) -> str:
    """How strongly and when it is needed, why, and who says so."""
    when = "" if need.needed_for is NeededFor.UNKNOWN else f" for {need.needed_for}"
    return f"{noted(f'{need.strength}{when}', need.note)} {cited(need.source, need.confidence)}"


def _names_for(apis: Iterable[Api], needs: Iterable[Prerequisite]) -> dict[str, str]:
    """The names of these APIs and of the APIs that they need, by id."""
    needed = {need.needs: need.name for need in needs if need.service is None}
    return needed | titles_of(apis)


def missing_from(request: PlanRequest) -> MissingPrerequisites:
    """What the APIs of a plan need and the plan does not wait for; other statements are left out.

    An API that is live already needs nothing more; one that is built needs nothing more to build.
    """
    missing = [need for api in request.apis for need in _unmet(request, api)]
    return MissingPrerequisites(
        apis=tuple(need for need in missing if need.service is None),
        services=tuple(need for need in missing if need.service and not need.service.met_by),
        choices=tuple(need for need in missing if need.service and need.service.met_by),
        names=_names_for(request.apis, missing),
    )


def completed(  # noqa: PLR0913, PLR0917  what with_prerequisites is given
    request: PlanRequest,
    catalogue: Catalogue,
    services: Mapping[str, Time],
    choose: Mapping[str, str | Api],
    conditional: Iterable[str | Prerequisite],
    teams: Iterable[Iterable[str | Api]] | None = None,
) -> PlanRequest:
    """The request with everything added and linked that official sources say its APIs require.

    What is added may require more, which is added too. Anything that lacks a time, a choice or a
    record stays missing.

    Raises:
        UnknownValueError: These APIs need nothing of that name, or a choice does not meet the need.
        InvalidPlanError: A time, a choice or a condition is not used.
        UnknownApiError: A choice names no API of the catalogue.
        TypeError: An argument has the wrong type.
    """
    adding = _Adding(request, catalogue, services, choose, conditional, teams)
    for api in adding.apis:  # grows while it is gone through
        for need in _unmet(request, api):
            if adding.wants(need):
                adding.add(api, need)
    return adding.request()


def _unmet(request: PlanRequest, api: Api) -> Iterator[Prerequisite]:
    """What an API of the plan needs and does not wait for."""
    missing = is_missing(request, api)
    for need in api.prerequisites:
        if missing(need.strength.value, need.needed_for.value, _ways(need)):
            yield need


def _ways(need: Prerequisite) -> tuple[str, ...]:
    """The ids and names in a plan that meet a need."""
    if need.service is None:
        return (need.needs,)
    return (need.service.id, need.service.name, *need.service.met_by)


def _names(need: Prerequisite) -> tuple[str, ...]:
    """The names by which a user can give what is needed."""
    return (need.needs,) if need.service is None else (need.service.id, need.service.name)


@final
class _Adding:
    """A request to which prerequisites are being added."""

    def __init__(  # noqa: PLR0913, PLR0917  what with_prerequisites is given
        self,
        request: PlanRequest,
        catalogue: Catalogue,
        services: Mapping[str, Time],
        choose: Mapping[str, str | Api],
        conditional: Iterable[str | Prerequisite],
        teams: Iterable[Iterable[str | Api]] | None,
    ) -> None:
        check_kind(services, Mapping, "services must map names to times")
        check_kind(choose, Mapping, "choose must map names to APIs")
        self._request = request
        self._by_hand = teams
        self._catalogue = read_catalogue(catalogue)
        self._records = _records(request, catalogue, choose.values())
        self.apis = list(request.apis)
        self._links: list[Link] = []
        self._services = {service.name: service for service in request.services}
        self._remarks: list[str] = []
        # The services that the plan waits for, by id, each with its name in the plan.
        self._waited: dict[str, tuple[OfficialService, str]] = {}
        known = self._known()
        self._times = _by_id(services, known, "services")
        self._choices = _by_id(choose, known, "choose")
        self._conditions: set[str | Prerequisite] = {
            one if isinstance(one, Prerequisite) else _named(one, known).needs
            for one in read_items(conditional, "conditional")
        }
        self._unused = {*self._times, *self._choices, *self._conditions}
        # Why an argument has not been used, if there is more to say than that.
        self._unmet: dict[str, str] = {}
        self._check({need.needs: need for need in known.values()})

    def _known(self) -> dict[str, Prerequisite]:
        """Everything that the APIs may need, directly or indirectly, by each of its names."""
        known: dict[str, Prerequisite] = {}
        found = list(self.apis)
        seen = {api.id for api in found}
        for api in found:  # grows while it is gone through
            for need in api.prerequisites:
                known |= dict.fromkeys(_names(need), need)
                if need.service is None and need.needs in self._records:
                    known[self._records[need.needs].name] = need
                further = (need.needs,) if need.service is None else need.service.met_by
                new = [id_ for id_ in further if id_ in self._records and id_ not in seen]
                seen |= set(new)
                found += [self._records[id_] for id_ in new]
        return known

    def _check(self, needs: Mapping[str, Prerequisite]) -> None:
        """Refuse times and choices that can never be used."""
        if both := sorted(self._times.keys() & self._choices.keys()):
            message = f"{', '.join(both)}: either a time or a choice, not both"
            raise InvalidPlanError(message)
        for id_ in self._times:
            if needs[id_].service is None:
                message = (
                    f"{id_!r} in services is an API, whose times come from its record: "
                    f"change them with catalogue.replace()"
                )
                raise InvalidPlanError(message)
        for id_ in self._choices:
            service = needs[id_].service
            if service is None or not service.met_by:
                way = "it is one itself" if service is None else "give its time in services"
                message = f"{id_!r} in choose is not a choice among APIs: {way}"
                raise InvalidPlanError(message)
        for id_ in (*self._times, *self._choices):
            held = self._held(needs[id_])
            if held is not None:
                message = (
                    f"the plan already has the service {held!r} for {id_!r}: leave it out "
                    f"of the plan, or leave out its time or choice here"
                )
                raise InvalidPlanError(message)

    def _held(self, need: Prerequisite) -> str | None:
        """The name of the service in the plan that meets the need."""
        known = {fold(name): name for name in self._services}
        return next((known[fold(name)] for name in _names(need) if fold(name) in known), None)

    def wants(self, need: Prerequisite) -> bool:
        """Whether it is required, or a condition that the user says applies."""
        is_condition = not self._conditions.isdisjoint((need, need.needs))
        wanted = need.strength is Strength.REQUIRED or is_condition
        if not wanted and need.needs in self._times.keys() | self._choices.keys():
            self._unmet[need.needs] = _IN_A_CASE
        return wanted

    def add(self, api: Api, need: Prerequisite) -> None:
        """Add and link what an API needs, if enough is known about it."""
        key = self._provided(need)
        if key is None:
            self._unmet[need.needs] = _way_to_meet(need)
        else:
            self._unused -= {need, need.needs}
            self._links.append(Link(api.id, key, before=_GATES[need.needed_for]))
            if need.service is not None and key in self._services:
                self._waited[need.service.id] = (need.service, key)
            name = self._records[key].name if key in self._records else key
            self._remarks.append(
                f"The plan waits for {name} because {api.name} needs it: {reason_of(need)}."
            )

    def _provided(self, need: Prerequisite) -> str | None:
        """The id or name in the plan of what meets the need, which is added if missing."""
        if need.service is None:
            return self._api(need.needs)
        if need.needs in self._choices:
            return self._api(self._chosen(need.service))
        if need.needs in self._times:
            return self._service(need.service, self._times[need.needs])
        return self._held(need)

    def _api(self, id_: str) -> str | None:
        """The id, if there is such a record, which is then added to the plan."""
        if id_ not in self._records:
            return None
        if all(api.id != id_ for api in self.apis):
            self.apis.append(self._records[id_])
        return id_

    def _chosen(self, service: OfficialService) -> str:
        choice = self._choices[service.id]
        id_ = self._catalogue[choice].id if isinstance(choice, str) else choice.id
        if id_ not in service.met_by:
            raise UnknownValueError(id_, f"way to meet {service.name!r}", service.met_by)
        return id_

    def _service(self, service: OfficialService, time: Time) -> str:
        if isinstance(time, Service):
            own = attrs.evolve(time, name=service.name)
        elif time == OFFICIAL:
            own = self._official(service)
        else:
            own = Service(service.name, time, OWN_TIME)
        self._services[service.name] = own
        return service.name

    def _official(self, service: OfficialService) -> Service:
        """The service with the time that official sources give.

        Raises:
            InvalidPlanError: They give no time with two ends.
        """
        found = official_time(service.timescales)
        if isinstance(found, str):
            message = f"{service.id} has no official time: {found}"
            raise InvalidPlanError(message)
        remarks = [
            f"The official steps of {service.name} are counted one after the other."
            if len(found.taken) > 1
            else "",
            f"Not counted for {service.name}: {'; '.join(found.left)}." if found.left else "",
        ]
        self._remarks += [one for one in remarks if one and one not in self._remarks]
        return Service(service.name, found.time, "; ".join(map(str, found.taken)))

    def request(self) -> PlanRequest:
        """The request with everything that was added."""
        self._check_used()
        self._link_services()
        added = self.apis[len(self._request.apis) :]
        return attrs.evolve(
            self._request,
            apis=self.apis,
            links=(*self._request.links, *self._links),
            services=tuple(self._services.values()),
            teams=self._teams(added),
            remarks=(*self._request.remarks, *self._remarks),
        )

    def _link_services(self) -> None:
        """Let services wait for services that they need first, if both are in the plan."""
        for service, name in self._waited.values():
            for id_ in service.needs_first:
                if id_ in self._waited:
                    first = self._waited[id_][1]
                    self._links.append(Link(name, first, before="build"))
                    self._remarks.append(
                        f"{name} waits for {first} because it needs that first "
                        f"{cited(service.source, Confidence.OFFICIAL)}."
                    )

    def _teams(self, added: Sequence[Api]) -> Iterable[Iterable[str | Api]] | None:
        """The given teams; only the user can say which team does the added work."""
        if self._by_hand is not None:
            return self._by_hand
        teams = self._request.teams
        if teams is not None and added:
            names = ", ".join(api.name for api in added)
            number = max(1, sum(bool(team) for team in teams))
            message = (
                f"no team implements the APIs that are added: {names}. Give teams={number} to "
                f"search for the best {number}, or teams=[...] that include them"
            )
            raise InvalidPlanError(message)
        return teams

    def _check_used(self) -> None:
        unused = sorted({one if isinstance(one, str) else one.needs for one in self._unused})
        problems: dict[str, list[str]] = {}
        for id_ in unused:
            problems.setdefault(self._unmet.get(id_, _NO_NEED), []).append(id_)
        if problems:
            raise InvalidPlanError(
                "; ".join(f"{', '.join(ids)}: {problem}" for problem, ids in problems.items())
            )


def _way_to_meet(need: Prerequisite) -> str:
    """What a user can give to meet the need."""
    if need.service is None:
        return "the catalogue has no such API: add its record"
    if need.service.met_by:
        return "choose an API that provides it"
    is_known = not isinstance(official_time(need.service.timescales), str)
    hint = f", or {OFFICIAL!r} for what sources say" if is_known else ""
    return f"give its time in services{hint}"


def _timescales(need: Prerequisite) -> tuple[Timescale, ...]:
    """The times that sources publish for what is needed."""
    return () if need.service is None else need.service.timescales


def _records(
    request: PlanRequest, catalogue: Catalogue, choices: Iterable[str | Api]
) -> dict[str, Api]:
    """The records that a plan can wait for, by id: the user's own before the catalogue's."""
    own = {api.id: api for api in request.apis}
    for choice in choices:
        check_name(choice)
        if isinstance(choice, Api) and own.setdefault(choice.id, choice) != choice:
            message = (
                f"the record of {choice.id!r} in choose is not the one in the plan or in another "
                f"choice: choose it by name, or use one record in both places"
            )
            raise InvalidPlanError(message)
    return {api.id: api for api in catalogue} | own


def _by_id(given: Mapping[str, T], known: Mapping[str, Prerequisite], where: str) -> dict[str, T]:
    """The argument for each need, by the id of what is needed."""
    found: dict[str, T] = {}
    for name, value in given.items():
        id_ = _named(name, known).needs
        if id_ in found:
            message = f"{where} has {id_!r} twice, the second time as {name!r}: give it once"
            raise InvalidPlanError(message)
        found[id_] = value
    return found


def _named(name: object, known: Mapping[str, Prerequisite]) -> Prerequisite:
    """The need that the user names."""
    if isinstance(name, str):
        by_name = {fold(text): need for text, need in known.items()}
        if fold(name) in by_name:
            return by_name[fold(name)]
    if not known:
        message = f"official sources name nothing that these APIs need: leave out {name!r}"
        raise InvalidPlanError(message)
    allowed = tuple(sorted({need.needs for need in known.values()}))
    nearest = nearest_word(name, known) if isinstance(name, str) else None
    raise UnknownValueError(name, "prerequisite of these APIs", allowed, nearest)

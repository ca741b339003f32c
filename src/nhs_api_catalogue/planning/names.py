"""The names in a plan, and what each of them means."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import compress
from operator import add, attrgetter, eq
from typing import TYPE_CHECKING, TypeAlias, final

import attrs

from nhs_api_catalogue._names import fold, nearest_names
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.catalogues.catalogue import places_of
from nhs_api_catalogue.errors import (
    AmbiguousApiError,
    InvalidPlanError,
    UnplannedNameError,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from nhs_api_catalogue.planning.requests import Dates, Link, Service
    from nhs_api_catalogue.records import Api

Ends: TypeAlias = "tuple[Sequence[int], Sequence[int]]"


@final
class Names:
    """The names in a plan: those of its APIs, and those of its services; and what links mean.

    Attributes:
        catalogue: The APIs.
        places: The position of each API by its id, and then of each service by its name.
        links: The links with ids and names of services, each once.
        waiting: For each link the position of what waits.
        needed: For each link the position of what it needs.
    """

    def __init__(
        self, apis: tuple[Api, ...], services: tuple[Service, ...], links: tuple[Link, ...]
    ) -> None:
        self.catalogue: Catalogue = Catalogue(apis)
        self._services: dict[str, str] = {}
        for service in services:
            folded = fold(service.name)
            if folded in self._services:
                message = f"two services are called {service.name!r}"
                raise InvalidPlanError(message)
            if self._is_api(service.name):
                message = f"the service {service.name!r} has the name of an API in the plan"
                raise InvalidPlanError(message)
            self._services[folded] = service.name
        self.places: Mapping[str, int] = places_of(self.catalogue)
        if services:
            first = len(apis)
            names = (service.name for service in services)
            self.places = {**self.places, **{name: n for n, name in enumerate(names, first)}}
        try:
            ends = self._ends(links)
        except KeyError:
            links = tuple(map(self._resolved, links))
            ends = self._ends(links)
        # Equal links have equal ends; a number for both ends is cheaper to look up than a link.
        pairs = map(add, map(len(self.places).__mul__, ends[0]), ends[1])
        if len(set(pairs)) < len(links):
            links = tuple(dict.fromkeys(links))
            ends = self._ends(links)
        self.links = links
        self.waiting: Sequence[int]
        self.needed: Sequence[int]
        self.waiting, self.needed = ends
        for place in compress(self.waiting, map(eq, self.waiting, self.needed)):
            name = self.shown([*self.places][place])
            message = f"{name!r} is linked to itself"
            raise InvalidPlanError(message)

    def _ends(self, links: tuple[Link, ...]) -> Ends:
        """The positions of what waits, and of what it needs.

        Raises:
            KeyError: A name is not an id or the name of a service.
        """
        place = self.places.__getitem__
        # Long plans have many links, so these are not loops in Python.
        return (
            array("i", map(place, map(attrgetter("api"), links))),
            array("i", map(place, map(attrgetter("needs"), links))),
        )

    def _resolved(self, link: Link) -> Link:
        """The link with ids and names of services."""
        api, needs = (self.resolve(name, "a link") for name in (link.api, link.needs))
        return attrs.evolve(link, api=api, needs=needs)

    def resolve(self, name: str, where: str) -> str:
        """The id of the API or the name of the service that has the name.

        Raises:
            UnplannedNameError: Nothing in the plan has it.
            AmbiguousApiError: Several APIs of the plan have it.
        """
        if name in self.places:
            return name
        service = self._services.get(fold(name))
        if service is not None:
            return service
        api = self.catalogue.get(name)
        if api is None:
            raise UnplannedNameError(name, where, self._nearest(name))
        return api.id

    def place(self, name: str, where: str) -> int:
        """The position of the API that has the name.

        Raises:
            UnplannedNameError: Nothing in the plan has it, or a service does.
            AmbiguousApiError: Several APIs of the plan have it.
        """
        place = self.places[self.resolve(name, where)]
        if place >= len(self.catalogue):
            raise UnplannedNameError(name, where, is_service=True)
        return place

    def _is_api(self, name: str) -> bool:
        try:
            return name in self.catalogue
        except AmbiguousApiError:
            return True

    def _nearest(self, name: str) -> tuple[str, ...]:
        names = (text for api in self.catalogue for text in (api.name, *api.aliases))
        return nearest_names(name, (*names, *self._services.values()))

    def resolve_all(self, names: Collection[str], where: str) -> tuple[str, ...]:
        """The names resolved, each once, in the order of the plan."""
        found = {self.resolve(name, where) for name in names}
        return tuple(sorted(found, key=self.places.__getitem__))

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
        return tuple(sorted(found.items(), key=lambda pair: self.places[pair[0]]))

    def shown(self, key: str) -> str:
        """The displayed form of a resolved name."""
        return titles_of(self.catalogue).get(key, key)


def titles_of(apis: Iterable[Api]) -> dict[str, str]:
    """The full names of these APIs by id; equal names are distinguished by their ids."""
    names = {api.id: api.name for api in apis}
    if len(set(names.values())) == len(names):
        return names
    counts = Counter(names.values())
    return {id_: name if counts[name] == 1 else f"{name} ({id_})" for id_, name in names.items()}

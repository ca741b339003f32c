"""The names in a plan, and what each of them means."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, final

from nhs_api_catalogue._names import fold, nearest_names
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.errors import (
    AmbiguousApiError,
    InvalidPlanError,
    UnplannedNameError,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from nhs_api_catalogue.planning.requests import Dates, Service
    from nhs_api_catalogue.records import Api


@final
class Names:
    """The names in a plan: those of its APIs, and those of its services.

    Attributes:
        catalogue: The APIs.
    """

    def __init__(self, apis: tuple[Api, ...], services: tuple[Service, ...]) -> None:
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
        self._places = {
            key: place
            for place, key in enumerate(
                (*(api.id for api in apis), *(service.name for service in services))
            )
        }

    def resolve(self, name: str, where: str) -> str:
        """The id of the API or the name of the service that has the name.

        Raises:
            UnplannedNameError: Nothing in the plan has it.
            AmbiguousApiError: Several APIs of the plan have it.
        """
        if name in self._places:
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
        place = self._places[self.resolve(name, where)]
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
        """The displayed form of a resolved name."""
        return titles_of(self.catalogue).get(key, key)


def titles_of(apis: Iterable[Api]) -> dict[str, str]:
    """The full names of these APIs by id; equal names are distinguished by their ids."""
    names = {api.id: api.name for api in apis}
    if len(set(names.values())) == len(names):
        return names
    counts = Counter(names.values())
    return {id_: name if counts[name] == 1 else f"{name} ({id_})" for id_, name in names.items()}

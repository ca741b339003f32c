"""Tests of how an API is reached, what it is for, and how long it takes."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Final

from nhs_api_catalogue.durations import Duration, DurationRange, read_date
from nhs_api_catalogue.queries.given import (
    AccessRoutes,
    Capabilities,
    Suppliers,
    Topics,
    UseContexts,
    Users,
    read_limit,
    read_suppliers,
)
from nhs_api_catalogue.queries.where import Built, Where, kleene, names_one
from nhs_api_catalogue.records import (
    AccessRoute,
    Answer,
    Api,
    Capability,
    Topic,
    UseContext,
    User,
)
from nhs_api_catalogue.records.words import (
    members_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


def route(value: AccessRoutes, supplier: Suppliers | None = None) -> Where:
    """Whether it can be reached by one of these routes, as `Api.reachable` answers.

    Args:
        value: The routes.
        supplier: Whose systems; the rule of one of them must allow one of the routes. Without
            it, some supplier's rule must.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [q.route("HSCN", who)(catalogue["IM1 Transaction"]) for who in ("EMIS", "TPP", "Vision")]
    [True, False, None]
    """
    routes = members_of(AccessRoute, value, "access route")
    wanted = frozenset(routes)
    if supplier is None:
        names: tuple[str | None, ...] = (None,)
        built: Built = (route, (routes,), ())
    else:
        names = read_suppliers(supplier)
        built = (route, (routes,), (("supplier", names),))
    pairs = tuple((one, name) for one in routes for name in names)

    def test(api: Api) -> bool | None:
        if supplier is None and not wanted.isdisjoint(api.open_routes):
            return True
        return kleene((_MEANING[api.reachable(*pair)] for pair in pairs), decisive=True)

    return Where(test, built)


_MEANING: Final = {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: None}


def topic(value: Topics) -> Where:
    """Whether its data is about one of these."""
    return names_one(topic, "topics", members_of(Topic, value, "topic"))


def capability(value: Capabilities) -> Where:
    """Whether one of these can be done through it."""
    return names_one(capability, "capabilities", members_of(Capability, value, "capability"))


def user(value: Users) -> Where:
    """Whether one of these acts through it."""
    return names_one(user, "users", members_of(User, value, "user"))


def suitable_for(value: UseContexts) -> Where:
    """Whether the source does not rule out one of these uses; what it leaves open passes.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(~q.suitable_for("direct care"))]
    ['im1-bulk', 'im1-patient']
    """
    uses = members_of(UseContext, value, "use context")
    return Where(
        lambda api: any(not api.suitability.rules_out(use) for use in uses),
        (suitable_for, (uses,), ()),
    )


def stated_for(value: UseContexts) -> Where:
    """Whether the source names one of these uses as what it is for.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> catalogue.where(q.stated_for("reporting"))[0].id
    'im1-bulk'
    """
    uses = members_of(UseContext, value, "use context")
    return Where(
        lambda api: any(api.suitability.states(use) for use in uses),
        (stated_for, (uses,), ()),
    )


def available_on(value: date | str) -> Where:
    """Whether no notice says that it is unavailable on that day, a date or its ISO text."""
    day = read_date(value)
    return Where(
        lambda api: not api.notices or api.available(day),
        (available_on, (day,), ()),
    )


def technical_within(value: Duration | str) -> Where:
    """Whether technical implementation certainly takes at most this long."""
    return _certain(technical_within, "technical", value)


def technical_may_be_within(value: Duration | str) -> Where:
    """Whether technical implementation possibly takes at most this long."""
    return _possible(technical_may_be_within, "technical", value)


def assurance_within(value: Duration | str) -> Where:
    """Whether assurance certainly takes at most this long."""
    return _certain(assurance_within, "assurance", value)


def assurance_may_be_within(value: Duration | str) -> Where:
    """Whether assurance possibly takes at most this long."""
    return _possible(assurance_may_be_within, "assurance", value)


def total_within(value: Duration | str) -> Where:
    """Whether both stages together certainly take at most this long: always, on every date.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> fast, perhaps = q.total_within("10 weeks"), q.total_may_be_within("10 weeks")
    >>> len(catalogue.where(fast)), len(catalogue.where(perhaps))
    (0, 7)
    """
    return _certain(total_within, "total", value)


def total_may_be_within(value: Duration | str) -> Where:
    """Whether both stages together possibly take at most this long: at best, on some date."""
    return _possible(total_may_be_within, "total", value)


def _certain(function: Callable[..., Where], field: str, value: Duration | str) -> Where:
    limit = read_limit(value)
    time_of: Callable[[Api], DurationRange] = attrgetter(field)
    return Where(lambda api: time_of(api).within(limit), (function, (limit,), ()))


def _possible(function: Callable[..., Where], field: str, value: Duration | str) -> Where:
    limit = read_limit(value)
    time_of: Callable[[Api], DurationRange] = attrgetter(field)
    return Where(lambda api: time_of(api).may_be_within(limit), (function, (limit,), ()))

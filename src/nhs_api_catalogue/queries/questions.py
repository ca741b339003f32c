"""The questions about a record: a test for each keyword of `Catalogue.filter`, and all together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, cast

from nhs_api_catalogue._later import Later
from nhs_api_catalogue._names import read_text, suggest_keywords
from nhs_api_catalogue.durations import Duration, DurationRange, read_date
from nhs_api_catalogue.queries.where import (
    Built,
    Test,
    Where,
    any_of,
    kleene,
    names_one,
    some_of,
)
from nhs_api_catalogue.records import (
    AccessRoute,
    Answer,
    Api,
    AuthProtocol,
    Capability,
    Implementation,
    Proxy,
    Standard,
    Topic,
    Transport,
    UseContext,
    User,
)
from nhs_api_catalogue.records.words import members_of

if TYPE_CHECKING:
    import nhs_api_catalogue.official as statements
    import nhs_api_catalogue.queries.arguments as arguments
else:
    arguments = Later("nhs_api_catalogue.queries.arguments")
    statements = Later("nhs_api_catalogue.official")

# ---- how it is built -----------------------------------------------------------------------


def standard(value: arguments.Standards) -> Where:
    """Whether it is built in one of these technologies.

    Raises:
        UnknownValueError: A text is not a standard; the error names the nearest.
        TypeError: A value is neither a standard nor a text.

    >>> from nhs_api_catalogue import Standard, catalogue, queries as q
    >>> [api.id for api in catalogue.where(q.standard([Standard.LDAP, "HL7 V3"]))]
    ['eps', 'sds']
    """
    return names_one(standard, "standards", members_of(Standard, value, "standard"))


def supplier(value: arguments.Suppliers) -> Where:
    """Whether one of these suppliers builds it; the case of letters does not count.

    Unknown if the source does not distinguish suppliers.

    Raises:
        TypeError: A name is not text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> q.supplier("EMIS")(catalogue["IM1 Bulk"]), q.supplier("EMIS")(catalogue["eRS"])
    (True, None)
    """
    names = _read_suppliers(value)
    return Where(_one_built(supplier=names), (supplier, (names,), ()))


def transport(value: arguments.Transports) -> Where:
    """Whether one of these carries its messages; if the source names none, there is none.

    Raises:
        UnknownValueError: A text is not a transport; the error names the nearest.
        TypeError: A value is neither a transport nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(q.transport("MESH"))]
    ['gp-connect-send-document', 'transfer-of-care']
    """
    members = members_of(Transport, value, "transport")
    return Where(_one_built(transport=members), (transport, (members,), ()))


def proxy(value: arguments.Proxies) -> Where:
    """Whether one of these proxies is in between; if the source names none, there is none.

    Raises:
        UnknownValueError: A text is not a proxy; the error names the nearest.
        TypeError: A value is neither a proxy nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(q.proxy("SSP"))]
    ['gp-connect-access-record', 'gp-connect-appointment-management']
    """
    members = members_of(Proxy, value, "proxy")
    return Where(_one_built(proxy=members), (proxy, (members,), ()))


def auth(value: arguments.AuthProtocols) -> Where:
    """Whether one of these authenticates callers; unknown if the source names none.

    Raises:
        UnknownValueError: A text is not a protocol; the error names the nearest.
        TypeError: A value is neither a protocol nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(q.auth("OAuth 2.0"))]
    ['nhs-app-api']
    """
    members = members_of(AuthProtocol, value, "protocol")
    return Where(_one_built(auth=members), (auth, (members,), ()))


def restful(value: bool) -> Where:  # noqa: FBT001  the keyword of `filter` under the same name
    """Whether it is RESTful, or with False, whether it is not; unknown if the source is silent.

    Raises:
        TypeError: It is neither True nor False.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(q.restful(False))]
    ['gp-connect-access-record']
    """
    truth = _read_truth(value)
    return Where(_one_built(restful=truth), (restful, (truth,), ()))


@suggest_keywords(technology="standard", protocol="auth")
def implementation(  # noqa: PLR0913  one keyword for each question, all of them optional
    *,
    standard: arguments.Standards | None = None,
    supplier: arguments.Suppliers | None = None,
    transport: arguments.Transports | None = None,
    proxy: arguments.Proxies | None = None,
    auth: arguments.AuthProtocols | None = None,
    restful: bool | None = None,
) -> Where:
    """Whether a single implementation has all of this.

    Raises:
        UnknownValueError: A text is outside its vocabulary; the error names the nearest.
        TypeError: A value has another type, there is no such keyword, or nothing is asked.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> test = q.implementation(standard="SOAP", supplier="TPP")
    >>> [api.id for api in catalogue.where(test)]
    ['im1-transaction']
    >>> [api.id for api in catalogue.where(q.standard("SOAP") & q.supplier("TPP"))]
    ['im1-bulk', 'im1-patient', 'im1-transaction']
    """
    asked: dict[str, Any] = {}
    if standard is not None:
        asked["standard"] = members_of(Standard, standard, "standard")
    if supplier is not None:
        asked["supplier"] = _read_suppliers(supplier)
    if transport is not None:
        asked["transport"] = members_of(Transport, transport, "transport")
    if proxy is not None:
        asked["proxy"] = members_of(Proxy, proxy, "proxy")
    if auth is not None:
        asked["auth"] = members_of(AuthProtocol, auth, "protocol")
    if restful is not None:
        asked["restful"] = _read_truth(restful)
    if not asked:
        message = "implementation() asks for nothing: give at least one keyword"
        raise TypeError(message)
    built: Built = (implementation, (), tuple(asked.items()))
    if asked.keys() == {"standard"}:
        return Where(*some_of("standards", asked["standard"], built))
    return Where(_one_built(**asked), built)


def _one_built(**asked: Any) -> Test:
    """Whether one implementation matches everything asked; unknown if there is none."""
    checks = tuple((_CHECKS[name], wanted) for name, wanted in asked.items())

    def test(api: Api) -> bool | None:
        if not api.implementations:
            return None
        return kleene(
            (
                kleene((check(item, wanted) for check, wanted in checks), decisive=False)
                for item in api.implementations
            ),
            decisive=True,
        )

    return test


def _check_supplier(item: Implementation, wanted: tuple[str, ...]) -> bool | None:
    if item.supplier is None:
        return None
    name = item.supplier.casefold()
    return any(name == other.casefold() for other in wanted)


def _check_auth(item: Implementation, wanted: tuple[AuthProtocol, ...]) -> bool | None:
    return not item.auth.isdisjoint(wanted) if item.auth else None


def _check_restful(item: Implementation, wanted: bool) -> bool | None:  # noqa: FBT001  as asked
    return None if item.restful is None else item.restful is wanted


_CHECKS: Final[dict[str, Callable[[Implementation, Any], bool | None]]] = {
    "standard": lambda item, wanted: item.standard in wanted,
    "supplier": _check_supplier,
    "transport": lambda item, wanted: item.transport in wanted,
    "proxy": lambda item, wanted: item.proxy in wanted,
    "auth": _check_auth,
    "restful": _check_restful,
}


# ---- how it is reached, what it is for, and how long it takes ---------------------------------


def route(value: arguments.AccessRoutes, supplier: arguments.Suppliers | None = None) -> Where:
    """Whether it can be reached by one of these routes, as `Api.reachable` answers.

    Args:
        value: The routes.
        supplier: The suppliers; the rule of one of them must allow one of the routes. Without
            it, any supplier's rule will do.

    Raises:
        UnknownValueError: A text is not an access route; the error names the nearest.
        TypeError: A value is neither an access route nor a text, or a supplier is not text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [q.route("HSCN", who)(catalogue["IM1 Transaction"]) for who in ("EMIS", "TPP", "Vision")]
    [True, False, None]
    """
    routes = members_of(AccessRoute, value, "access route")
    if supplier is not None:
        names = _read_suppliers(supplier)
        return Where(
            lambda api: kleene(
                (_reached(api, one, name) for one in routes for name in names), decisive=True
            ),
            (route, (routes,), (("supplier", names),)),
        )
    # A record with one of the routes is kept; no and unknown are distinguished only when asked.
    _, built, keep = some_of("open_routes", routes, (route, (routes,), ()))
    return Where(
        lambda api: kleene((_reached(api, one, None) for one in routes), decisive=True), built, keep
    )


def _reached(api: Api, route: AccessRoute, supplier: str | None) -> bool | None:
    return _MEANING[api.reachable(route, supplier)]


_MEANING: Final = {Answer.YES: True, Answer.NO: False, Answer.UNKNOWN: None}


def topic(value: arguments.Topics) -> Where:
    """Whether its data is about one of these.

    Raises:
        UnknownValueError: A text is not a topic; the error names the nearest.
        TypeError: A value is neither a topic nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(q.topic(["messaging", "documents"]))]
    ['gp-connect-send-document', 'mesh', 'transfer-of-care']
    """
    return names_one(topic, "topics", members_of(Topic, value, "topic"))


def capability(value: arguments.Capabilities) -> Where:
    """Whether it can do one of these.

    Raises:
        UnknownValueError: A text is not a capability; the error names the nearest.
        TypeError: A value is neither a capability nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(q.capability("book"))]
    ['bars', 'e-rs', 'gp-connect-appointment-management']
    """
    return names_one(capability, "capabilities", members_of(Capability, value, "capability"))


def user(value: arguments.Users) -> Where:
    """Whether one of these uses it.

    Raises:
        UnknownValueError: A text is not a user; the error names the nearest.
        TypeError: A value is neither a user nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(q.user("patient"))]
    ['im1-patient', 'patient-care-aggregator', 'pds-fhir-patient-access']
    """
    return names_one(user, "users", members_of(User, value, "user"))


def suitable_for(value: arguments.UseContexts) -> Where:
    """Whether the source does not rule out one of these uses; a use that it leaves open passes.

    Raises:
        UnknownValueError: A text is not a use context; the error names the nearest.
        TypeError: A value is neither a use context nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(~q.suitable_for("direct care"))]
    ['im1-bulk', 'im1-patient']
    """
    uses = members_of(UseContext, value, "use context")
    return Where(
        lambda api: any(not api.suitability.rules_out(use) for use in uses),
        (suitable_for, (uses,), ()),
    )


def stated_for(value: arguments.UseContexts) -> Where:
    """Whether the source says that it is for one of these uses.

    Raises:
        UnknownValueError: A text is not a use context; the error names the nearest.
        TypeError: A value is neither a use context nor a text.

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
    """Whether no notice says that it is unavailable on that day, a date or its ISO text.

    Raises:
        InvalidDateError: The text is not a date.
        TypeError: It is a `datetime`, or neither a date nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(~q.available_on("2026-01-05"))]
    ['gp-connect-appointment-management']
    """
    day = read_date(value)
    return Where(
        lambda api: not api.notices or api.available(day),
        (available_on, (day,), ()),
        lambda apis: [api for api in apis if not api.notices or api.available(day)],
    )


def open_to_new_integrations(value: statements.Opennesses) -> Where:
    """Whether official sources say that it takes new integrations: yes, limited or no.

    Unknown if they do not settle it, unless you ask for "unknown" itself.

    Raises:
        UnknownValueError: A text is not an openness; the error names the nearest.
        TypeError: A value is neither an openness nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> asked = q.open_to_new_integrations("yes")
    >>> [asked(catalogue[name]) for name in ("MESH", "Wayfinder", "DoS")]
    [True, False, None]
    """
    # Few use it, and only they need these words.
    from nhs_api_catalogue.official.product_words import Openness  # noqa: PLC0415

    wanted = members_of(Openness, value, "openness")

    def test(api: Api) -> bool | None:
        openness = api.open_to_new_integrations
        if openness in wanted:
            return True
        return None if openness is Openness.UNKNOWN and wanted else False

    return Where(test, (open_to_new_integrations, (wanted,), ()))


def technical_within(value: Duration | str) -> Where:
    """Whether technical implementation certainly takes at most this long.

    Raises:
        DurationSyntaxError: The text is not a duration.
        TypeError: It is neither a duration nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> len(catalogue.where(q.technical_within("6 weeks")))
    9
    """
    return _certain(technical_within, "technical", value)


def technical_may_be_within(value: Duration | str) -> Where:
    """Whether technical implementation possibly takes at most this long.

    Raises:
        DurationSyntaxError: The text is not a duration.
        TypeError: It is neither a duration nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> len(catalogue.where(q.technical_may_be_within("2 months")))
    17
    """
    return _possible(technical_may_be_within, "technical", value)


def assurance_within(value: Duration | str) -> Where:
    """Whether assurance certainly takes at most this long.

    Raises:
        DurationSyntaxError: The text is not a duration.
        TypeError: It is neither a duration nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> len(catalogue.where(q.assurance_within("2 months")))
    7
    """
    return _certain(assurance_within, "assurance", value)


def assurance_may_be_within(value: Duration | str) -> Where:
    """Whether assurance possibly takes at most this long.

    Raises:
        DurationSyntaxError: The text is not a duration.
        TypeError: It is neither a duration nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> test = q.assurance_may_be_within("2 months") & ~q.assurance_within("2 months")
    >>> [api.id for api in catalogue.where(test)]
    ['dos']
    """
    return _possible(assurance_may_be_within, "assurance", value)


def total_within(value: Duration | str) -> Where:
    """Whether both stages together certainly take at most this long: always, on every date.

    Raises:
        DurationSyntaxError: The text is not a duration.
        TypeError: It is neither a duration nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> fast, perhaps = q.total_within("10 weeks"), q.total_may_be_within("10 weeks")
    >>> len(catalogue.where(fast)), len(catalogue.where(perhaps))
    (0, 7)
    """
    return _certain(total_within, "total", value)


def total_may_be_within(value: Duration | str) -> Where:
    """Whether both stages together possibly take at most this long: at best, on some date.

    Raises:
        DurationSyntaxError: The text is not a duration.
        TypeError: It is neither a duration nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> len(catalogue.where(q.total_may_be_within("10 weeks")))
    7
    """
    return _possible(total_may_be_within, "total", value)


class _Allowed(dict[int, int]):
    """For each number of months, the most additional days with which a time is within a limit.

    The day difference from the limit is the sum of that of the months, which is looked up here,
    and that of the days, so testing a record costs one comparison.
    """

    def __init__(self, limit: Duration, end: int) -> None:
        super().__init__()
        self.limit = limit
        self.end = end

    def __missing__(self, months: int) -> int:
        longer = Duration(months).day_difference(Duration(self.limit.months))[self.end]
        self[months] = self.limit.days - longer
        return self[months]


def _certain(function: Callable[..., Where], field: str, value: Duration | str) -> Where:
    """Whether the longest time is at most the limit on every date, as `DurationRange.within`.

    Unknown for working days, which cannot be compared with the limit.
    """
    limit = read_limit(value)
    time_of: Callable[[Api], object] = attrgetter(field)
    longest_of: Callable[[Api], Duration] = attrgetter(f"{field}.longest")
    allowed = _Allowed(limit, end=1)

    def test(api: Api) -> bool | None:
        time = time_of(api)
        if type(time) is not DurationRange:
            return None
        return time.longest.days <= allowed[time.longest.months]

    def keep(apis: Sequence[Api]) -> list[Api]:
        try:
            # The same without a call per record, if none is in working days.
            return [
                api for api in apis if (longest := longest_of(api)).days <= allowed[longest.months]
            ]
        except AttributeError:
            return [api for api in apis if test(api)]

    return Where(test, (function, (limit,), ()), keep)


def _possible(function: Callable[..., Where], field: str, value: Duration | str) -> Where:
    """Whether the shortest time is at most the limit on some date, as `may_be_within`.

    Unknown for working days, which cannot be compared with the limit.
    """
    limit = read_limit(value)
    time_of: Callable[[Api], object] = attrgetter(field)
    shortest_of: Callable[[Api], Duration] = attrgetter(f"{field}.shortest")
    allowed = _Allowed(limit, end=0)

    def test(api: Api) -> bool | None:
        time = time_of(api)
        if type(time) is not DurationRange:
            return None
        return time.shortest.days <= allowed[time.shortest.months]

    def keep(apis: Sequence[Api]) -> list[Api]:
        try:
            return [
                api
                for api in apis
                if (shortest := shortest_of(api)).days <= allowed[shortest.months]
            ]
        except AttributeError:
            return [api for api in apis if test(api)]

    return Where(test, (function, (limit,), ()), keep)


# ---- the keywords together ------------------------------------------------------------------


def tests_of(
    *, of_supplier: Any, by_route: Any, implemented: dict[str, Any], **others: Any
) -> Iterator[Where]:
    """The tests of the given keywords; None means that a keyword is not given.

    Args:
        of_supplier: The supplier, for how it is built and for how it is reached.
        by_route: How it is reached.
        implemented: The other keywords that the same implementation must match.
        others: The other keywords, by the names of their functions.
    """
    if of_supplier is not None and by_route is not None:
        # Both must match the same supplier.
        yield any_of(
            *(
                implementation(supplier=one, **implemented) & route(by_route, supplier=one)
                for one in _read_suppliers(of_supplier)
            )
        )
    elif of_supplier is not None or any(value is not None for value in implemented.values()):
        yield implementation(supplier=of_supplier, **implemented)
    if of_supplier is None and by_route is not None:
        yield route(by_route)
    for name, value in others.items():
        if value is not None:
            question: Callable[[Any], Where] = globals()[name]
            yield question(value)


# ---- how values are read --------------------------------------------------------------------


def _read_suppliers(value: object) -> tuple[str, ...]:
    """The given names, each once in whatever case, in alphabetical order.

    Raises:
        TypeError: Something else than names is given.
    """
    given: Iterable[object] = (value,)
    if isinstance(value, Iterable) and not isinstance(value, str):
        given = cast("Iterable[object]", value)
    names: dict[str, str] = {}
    for name in sorted(read_text(name, "the name of a supplier") for name in given):
        names.setdefault(name.casefold(), name)
    return tuple(names[folded] for folded in sorted(names))


def _read_truth(value: object) -> bool:
    """The value if it is True or False; no text or number stands for one.

    Raises:
        TypeError: It is neither.
    """
    if not isinstance(value, bool):
        message = f"expected True or False, got {value!r}"
        raise TypeError(message)
    return value


def read_limit(value: object) -> Duration:
    """The duration that is given, or whose text is given.

    Raises:
        DurationSyntaxError: The text is not a duration.
        TypeError: The value is neither a duration nor a text.
    """
    if isinstance(value, str):
        return Duration.parse(value)
    if not isinstance(value, Duration):
        message = f"expected a Duration or its text, such as '9 months', got {value!r}"
        raise TypeError(message)
    return value

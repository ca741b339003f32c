"""Tests of how an API is built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue._names import suggest_keywords
from nhs_api_catalogue.queries.given import (
    AuthProtocols,
    Proxies,
    Standards,
    Suppliers,
    Transports,
    read_suppliers,
    read_truth,
)
from nhs_api_catalogue.queries.where import Built, Test, Where, kleene, names_one, some_of
from nhs_api_catalogue.records import (
    Api,
    AuthProtocol,
    Implementation,
    Proxy,
    Standard,
    Transport,
)
from nhs_api_catalogue.records.words import (
    members_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def standard(value: Standards) -> Where:
    """Whether it is built in one of these technologies.

    Raises:
        UnknownValueError: A text is no standard; it names the nearest.
        TypeError: A value is neither a standard nor a text.

    >>> from nhs_api_catalogue import Standard, catalogue, queries as q
    >>> [api.id for api in catalogue.where(q.standard([Standard.LDAP, "HL7 V3"]))]
    ['eps', 'sds']
    """
    return names_one(standard, "standards", members_of(Standard, value, "standard"))


def supplier(value: Suppliers) -> Where:
    """Whether it is built by one of these suppliers, in any case of letters.

    Unknown where the source does not tell suppliers apart.

    Raises:
        TypeError: A name is no text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> q.supplier("EMIS")(catalogue["IM1 Bulk"]), q.supplier("EMIS")(catalogue["eRS"])
    (True, None)
    """
    names = read_suppliers(value)
    return Where(_one_built(supplier=names), (supplier, (names,), ()))


def transport(value: Transports) -> Where:
    """Whether its messages are carried by one of these; no carrier named means none.

    Raises:
        UnknownValueError: A text is no transport; it names the nearest.
        TypeError: A value is neither a transport nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(q.transport("MESH"))]
    ['gp-connect-send-document', 'transfer-of-care']
    """
    members = members_of(Transport, value, "transport")
    return Where(_one_built(transport=members), (transport, (members,), ()))


def proxy(value: Proxies) -> Where:
    """Whether one of these stands in between; nothing named means nothing.

    Raises:
        UnknownValueError: A text is no proxy; it names the nearest.
        TypeError: A value is neither a proxy nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(q.proxy("SSP"))]
    ['gp-connect-access-record', 'gp-connect-appointment-management']
    """
    members = members_of(Proxy, value, "proxy")
    return Where(_one_built(proxy=members), (proxy, (members,), ()))


def auth(value: AuthProtocols) -> Where:
    """Whether callers prove who they are by one of these; unknown where none is named.

    Raises:
        UnknownValueError: A text is no protocol; it names the nearest.
        TypeError: A value is neither a protocol nor a text.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(q.auth("OAuth 2.0"))]
    ['nhs-app-api']
    """
    members = members_of(AuthProtocol, value, "protocol")
    return Where(_one_built(auth=members), (auth, (members,), ()))


def restful(value: bool) -> Where:  # noqa: FBT001  the keyword of `filter` under the same name
    """Whether it is RESTful, or with False that it is not; unknown where the source is silent.

    Raises:
        TypeError: It is neither True nor False.

    >>> from nhs_api_catalogue import catalogue, queries as q
    >>> [api.id for api in catalogue.where(q.restful(False))]
    ['gp-connect-access-record']
    """
    truth = read_truth(value)
    return Where(_one_built(restful=truth), (restful, (truth,), ()))


@suggest_keywords
def implementation(  # noqa: PLR0913  one keyword for each question, all of them optional
    *,
    standard: Standards | None = None,
    supplier: Suppliers | None = None,
    transport: Transports | None = None,
    proxy: Proxies | None = None,
    auth: AuthProtocols | None = None,
    restful: bool | None = None,
) -> Where:
    """Whether all of this holds of one and the same implementation.

    Raises:
        UnknownValueError: A text is outside its vocabulary; it names the nearest.
        TypeError: A value is of another kind, there is no such keyword, or nothing is asked.

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
        asked["supplier"] = read_suppliers(supplier)
    if transport is not None:
        asked["transport"] = members_of(Transport, transport, "transport")
    if proxy is not None:
        asked["proxy"] = members_of(Proxy, proxy, "proxy")
    if auth is not None:
        asked["auth"] = members_of(AuthProtocol, auth, "protocol")
    if restful is not None:
        asked["restful"] = read_truth(restful)
    if not asked:
        message = "implementation() asks for nothing: give one keyword at least"
        raise TypeError(message)
    built: Built = (implementation, (), tuple(asked.items()))
    if asked.keys() == {"standard"}:
        return Where(*some_of("standards", asked["standard"], built))
    return Where(_one_built(**asked), built)


def _one_built(**asked: Any) -> Test:
    """Whether one implementation answers everything asked; unknown where there is none."""
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

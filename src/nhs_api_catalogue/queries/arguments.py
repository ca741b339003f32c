"""What questions take: one value or several, of each kind, and how they are read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, TypeVar, cast

from nhs_api_catalogue._names import read_text
from nhs_api_catalogue.durations import Duration
from nhs_api_catalogue.records import (
    AccessRoute,
    AuthProtocol,
    Capability,
    Proxy,
    Standard,
    Topic,
    Transport,
    UseContext,
    User,
)

T = TypeVar("T")

# The texts of the words, so that type checkers catch one that is misspelt in a query: they read no
# enum's values as texts. A test keeps both alike.
StandardText: TypeAlias = Literal["FHIR", "REST", "HL7 V3", "SOAP", "LDAP"]
TransportText: TypeAlias = Literal["MESH"]
ProxyText: TypeAlias = Literal["SSP"]
AuthProtocolText: TypeAlias = Literal["OAuth 2.0", "OpenID Connect"]
AccessRouteText: TypeAlias = Literal["HSCN", "internet", "GP practice"]
UseContextText: TypeAlias = Literal["patient-facing", "direct care", "reporting"]
CapabilityText: TypeAlias = Literal[
    "authenticate",
    "book",
    "dispense",
    "extract",
    "match",
    "order",
    "prescribe",
    "read",
    "refer",
    "search",
    "send",
    "write",
]
TopicText: TypeAlias = Literal[
    "appointments",
    "demographics",
    "directory",
    "documents",
    "identity",
    "immunisation",
    "messaging",
    "prescriptions",
    "records",
    "referrals",
    "terminology",
]
UserText: TypeAlias = Literal["patient", "clinician", "staff", "system"]

Some: TypeAlias = T | Iterable[T]
"""One value, or several of which any will do."""

Standards: TypeAlias = Some[Standard | StandardText]
Suppliers: TypeAlias = Some[str]
Transports: TypeAlias = Some[Transport | TransportText]
Proxies: TypeAlias = Some[Proxy | ProxyText]
AuthProtocols: TypeAlias = Some[AuthProtocol | AuthProtocolText]
AccessRoutes: TypeAlias = Some[AccessRoute | AccessRouteText]
Topics: TypeAlias = Some[Topic | TopicText]
Capabilities: TypeAlias = Some[Capability | CapabilityText]
Users: TypeAlias = Some[User | UserText]
UseContexts: TypeAlias = Some[UseContext | UseContextText]


def read_suppliers(value: object) -> tuple[str, ...]:
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


def read_truth(value: object) -> bool:
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

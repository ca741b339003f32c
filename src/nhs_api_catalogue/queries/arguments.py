"""What questions take: one value or several, of each kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, TypeVar

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

# The texts of the enums, so that type checkers catch a misspelt one in a query: they do not accept
# the values of an enum as texts. A test checks that both are the same.
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

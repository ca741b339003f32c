"""The texts of a record's words, so that type checkers catch one that is misspelt in a query.

For checkers alone: nothing loads this room at run time, and a test keeps it and `words` alike.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

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

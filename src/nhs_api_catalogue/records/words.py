"""The words that records are written in: their values are what JSON holds and what people type.

Beside each enum that a query takes stand its values as a `Literal`, so that type checkers catch a
misspelt text; a test keeps the two alike.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Literal, TypeAlias, TypeVar, final

from nhs_api_catalogue._names import nearest_word
from nhs_api_catalogue.errors import UnknownValueError

E = TypeVar("E", bound=enum.Enum)


@final
class Standard(enum.Enum):
    """A technology that an API is implemented in."""

    FHIR = "FHIR"
    REST = "REST"
    HL7_V3 = "HL7 V3"
    SOAP = "SOAP"
    LDAP = "LDAP"


StandardText: TypeAlias = Literal["FHIR", "REST", "HL7 V3", "SOAP", "LDAP"]


@final
class Transport(enum.Enum):
    """What carries the messages of an API, where it is not called directly."""

    MESH = "MESH"


TransportText: TypeAlias = Literal["MESH"]


@final
class Proxy(enum.Enum):
    """What stands between the caller and the API."""

    SSP = "SSP"


ProxyText: TypeAlias = Literal["SSP"]


@final
class AuthProtocol(enum.Enum):
    """A protocol by which callers or users prove who they are."""

    OAUTH2 = "OAuth 2.0"
    OPENID_CONNECT = "OpenID Connect"


AuthProtocolText: TypeAlias = Literal["OAuth 2.0", "OpenID Connect"]


@final
class AccessRoute(enum.Enum):
    """A network, or a place, from which an API is reached."""

    HSCN = "HSCN"
    INTERNET = "internet"
    GP_PRACTICE = "GP practice"


AccessRouteText: TypeAlias = Literal["HSCN", "internet", "GP practice"]


@final
class Answer(enum.Enum):
    """An answer that may be missing: unknown is not no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@final
class NoticeKind(enum.Enum):
    """What a notice says of an API."""

    UNAVAILABLE = "unavailable"


@final
class Precision(enum.Enum):
    """How exactly the first day of a notice is known."""

    DAY = "day"
    MONTH = "month"


@final
class UseContext(enum.Enum):
    """What an API is used for; REPORTING includes analysis."""

    PATIENT_FACING = "patient-facing"
    DIRECT_CARE = "direct care"
    REPORTING = "reporting"


UseContextText: TypeAlias = Literal["patient-facing", "direct care", "reporting"]


@final
class Capability(enum.Enum):
    """What can be done through an API."""

    AUTHENTICATE = "authenticate"
    BOOK = "book"
    DISPENSE = "dispense"
    EXTRACT = "extract"
    MATCH = "match"
    ORDER = "order"
    PRESCRIBE = "prescribe"
    READ = "read"
    REFER = "refer"
    SEARCH = "search"
    SEND = "send"
    WRITE = "write"


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


@final
class Topic(enum.Enum):
    """What the data of an API is about."""

    APPOINTMENTS = "appointments"
    DEMOGRAPHICS = "demographics"
    DIRECTORY = "directory"
    DOCUMENTS = "documents"
    IDENTITY = "identity"
    IMMUNISATION = "immunisation"
    MESSAGING = "messaging"
    PRESCRIPTIONS = "prescriptions"
    RECORDS = "records"
    REFERRALS = "referrals"
    TERMINOLOGY = "terminology"


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


@final
class User(enum.Enum):
    """Who acts through an API."""

    PATIENT = "patient"
    CLINICIAN = "clinician"
    STAFF = "staff"
    SYSTEM = "system"


UserText: TypeAlias = Literal["patient", "clinician", "staff", "system"]


def member_of(kind: type[E], value: E | str, what: str) -> E:
    """The member that is given, or whose text is given, letter for letter.

    Raises:
        UnknownValueError: No member has the text; it names the nearest.
        TypeError: The value is neither such a member nor a text.
    """
    if isinstance(value, kind):
        return value
    if not isinstance(value, str):
        message = f"expected a {what} ({kind.__name__} or its text), got {value!r}"
        raise TypeError(message)
    try:
        return kind(value)
    except ValueError:
        allowed = tuple(str(member.value) for member in kind)
        raise UnknownValueError(value, what, allowed, nearest_word(value, allowed)) from None


def members_of(kind: type[E], values: E | str | Iterable[E | str], what: str) -> tuple[E, ...]:
    """The members that are given, one or several, in the order of the enum.

    Raises:
        UnknownValueError: No member has a text that is given.
        TypeError: A value is neither such a member nor a text.
    """
    if isinstance(values, (kind, str)) or not isinstance(values, Iterable):
        values = (values,)
    chosen = {member_of(kind, value, what) for value in values}
    return tuple(member for member in kind if member in chosen)


def words_of(members: frozenset[E]) -> tuple[str, ...]:
    """The members' values in alphabetical order."""
    return tuple(sorted(str(member.value) for member in members))

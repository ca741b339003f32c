"""The words that records are written in: their values are what JSON holds and what people type."""

from __future__ import annotations

import enum
from typing import TypeVar, final

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


@final
class Transport(enum.Enum):
    """What carries the messages of an API, where it is not called directly."""

    MESH = "MESH"


@final
class Proxy(enum.Enum):
    """What stands between the caller and the API."""

    SSP = "SSP"


@final
class AuthProtocol(enum.Enum):
    """A protocol by which callers or users prove who they are."""

    OAUTH2 = "OAuth 2.0"
    OPENID_CONNECT = "OpenID Connect"


@final
class AccessRoute(enum.Enum):
    """A network, or a place, from which an API is reached."""

    HSCN = "HSCN"
    INTERNET = "internet"
    GP_PRACTICE = "GP practice"


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


@final
class User(enum.Enum):
    """Who acts through an API."""

    PATIENT = "patient"
    CLINICIAN = "clinician"
    STAFF = "staff"
    SYSTEM = "system"


def member_of(kind: type[E], value: E | str, what: str) -> E:
    """The member that is given, or that the text means."""
    try:
        return kind(value)
    except ValueError:
        allowed = tuple(str(member.value) for member in kind)
        raise UnknownValueError(value, what, allowed) from None


def words_of(members: frozenset[E]) -> tuple[str, ...]:
    """The members' values in alphabetical order."""
    return tuple(sorted(str(member.value) for member in members))

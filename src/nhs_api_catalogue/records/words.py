"""The vocabularies of records: their values are what JSON contains and what people type."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import TypeVar, final

from nhs_api_catalogue._names import fold, nearest_word
from nhs_api_catalogue.errors import UnknownValueError, with_article

E = TypeVar("E", bound=enum.Enum)


@final
class Standard(enum.Enum):
    """A technology that an API is implemented in.

    Attributes:
        FHIR: HL7 FHIR resources, mostly over HTTP.
        REST: An HTTP API, whatever it exchanges.
        HL7_V3: HL7 version 3 messages.
        SOAP: A SOAP web service.
        LDAP: An LDAP directory.

    >>> from nhs_api_catalogue import catalogue
    >>> [item.standard for item in catalogue["EPS"].implementations]
    [<Standard.FHIR: 'FHIR'>, <Standard.HL7_V3: 'HL7 V3'>]
    """

    FHIR = "FHIR"
    REST = "REST"
    HL7_V3 = "HL7 V3"
    SOAP = "SOAP"
    LDAP = "LDAP"


@final
class Transport(enum.Enum):
    """What carries the messages of an API that is not called directly.

    Attributes:
        MESH: The Message Exchange for Social Care and Health, a store-and-forward mailbox.

    >>> from nhs_api_catalogue import catalogue
    >>> [item.transport for item in catalogue["Transfer of Care - FHIR / MESH"].implementations]
    [<Transport.MESH: 'MESH'>]
    """

    MESH = "MESH"


@final
class Proxy(enum.Enum):
    """A proxy between the caller and the API.

    Attributes:
        SSP: The Spine Secure Proxy.

    >>> from nhs_api_catalogue import catalogue
    >>> [api.id for api in catalogue.filter(proxy=Proxy.SSP)]
    ['gp-connect-access-record', 'gp-connect-appointment-management']
    """

    SSP = "SSP"


@final
class AuthProtocol(enum.Enum):
    """A protocol that authenticates callers or users.

    Attributes:
        OAUTH2: Access tokens by OAuth 2.0.
        OPENID_CONNECT: Sign-in by OpenID Connect, on top of OAuth 2.0.

    >>> from nhs_api_catalogue import catalogue
    >>> [api.name for api in catalogue.filter(auth=AuthProtocol.OPENID_CONNECT)]
    ['NHS App API']
    """

    OAUTH2 = "OAuth 2.0"
    OPENID_CONNECT = "OpenID Connect"


@final
class AccessRoute(enum.Enum):
    """A network, or a place, from which an API is reached.

    Attributes:
        HSCN: The Health and Social Care Network, which needs its own connection.
        INTERNET: The public internet.
        GP_PRACTICE: The systems of a GP practice.

    >>> from nhs_api_catalogue import catalogue
    >>> catalogue["eRS"].reachable(AccessRoute.INTERNET)
    <Answer.YES: 'yes'>
    """

    HSCN = "HSCN"
    INTERNET = "internet"
    GP_PRACTICE = "GP practice"


@final
class Answer(enum.Enum):
    """An answer that may be missing: unknown is not no.

    Attributes:
        YES: The source says so.
        NO: The source says otherwise.
        UNKNOWN: The source does not say.

    >>> from nhs_api_catalogue import catalogue
    >>> catalogue["IM1 Transaction"].reachable("HSCN", "Vision")
    <Answer.UNKNOWN: 'unknown'>
    """

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@final
class NoticeKind(enum.Enum):
    """What a notice says about an API.

    Attributes:
        UNAVAILABLE: Nobody can use it during the period of the notice.

    >>> from nhs_api_catalogue import catalogue
    >>> [notice.kind for notice in catalogue["GP Connect Appointment Management"].notices]
    [<NoticeKind.UNAVAILABLE: 'unavailable'>]
    """

    UNAVAILABLE = "unavailable"


@final
class Precision(enum.Enum):
    """How exactly the first day of a notice is known.

    Attributes:
        DAY: The day is stated.
        MONTH: Only the month is stated; the notice applies from its first day.

    >>> from nhs_api_catalogue import catalogue
    >>> notice = catalogue["GP Connect Appointment Management"].notices[0]
    >>> print(notice.since, notice.precision)
    2025-06-01 Precision.MONTH
    """

    DAY = "day"
    MONTH = "month"


@final
class UseContext(enum.Enum):
    """What an API is used for; REPORTING includes analysis.

    Attributes:
        PATIENT_FACING: Services that patients use themselves.
        DIRECT_CARE: The care of a patient by those who treat them.
        REPORTING: Reporting and analysis.

    >>> from nhs_api_catalogue import catalogue
    >>> catalogue["IM1 Bulk"].suitability.rules_out(UseContext.DIRECT_CARE)
    True
    """

    PATIENT_FACING = "patient-facing"
    DIRECT_CARE = "direct care"
    REPORTING = "reporting"


@final
class Capability(enum.Enum):
    """What an API can do.

    Attributes:
        AUTHENTICATE: Sign a person in.
        BOOK: Book an appointment.
        DISPENSE: Handle a prescription at a dispenser.
        EXTRACT: Take out data in bulk.
        MATCH: Find the records of one person.
        ORDER: Order a test or an item.
        PRESCRIBE: Issue a prescription.
        READ: Read data.
        REFER: Refer a patient.
        SEARCH: Look up, or locate.
        SEND: Send a message or a document.
        WRITE: Write or change records.

    >>> from nhs_api_catalogue import catalogue
    >>> [api.id for api in catalogue.filter(capability=Capability.BOOK)]
    ['bars', 'e-rs', 'gp-connect-appointment-management']
    """

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
    """What the data of an API is about.

    Attributes:
        APPOINTMENTS: Appointments and their booking.
        DEMOGRAPHICS: Who a patient is and how to reach them.
        DIRECTORY: Organisations, services and endpoints.
        DOCUMENTS: Documents as a whole.
        IDENTITY: Who somebody is, as proved by sign-in.
        IMMUNISATION: Vaccinations.
        MESSAGING: The transport of messages.
        PRESCRIPTIONS: Prescriptions.
        RECORDS: Health records.
        REFERRALS: Referrals.
        TERMINOLOGY: Clinical codes and their meaning.

    >>> from nhs_api_catalogue import catalogue
    >>> [api.id for api in catalogue.filter(topic=Topic.REFERRALS)]
    ['bars', 'e-rs', 'patient-care-aggregator', 'patient-care-aggregator-record-service']
    """

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
    """Who uses an API.

    Attributes:
        PATIENT: Patients, or those who act for them.
        CLINICIAN: Those who treat patients.
        STAFF: Others who work in health and care.
        SYSTEM: Software, without a person.

    >>> from nhs_api_catalogue import catalogue
    >>> [api.id for api in catalogue.filter(user=User.PATIENT)]
    ['im1-patient', 'patient-care-aggregator', 'pds-fhir-patient-access']
    """

    PATIENT = "patient"
    CLINICIAN = "clinician"
    STAFF = "staff"
    SYSTEM = "system"


def member_of(kind: type[E], value: E | str, what: str) -> E:
    """The given member, or the member with the given text, ignoring case and punctuation.

    Raises:
        UnknownValueError: No member has the text; the error names the nearest.
        TypeError: The value is neither such a member nor a text.
    """
    if isinstance(value, kind):
        return value
    if not isinstance(value, str):
        message = f"expected {with_article(what)} ({kind.__name__} or its text), got {value!r}"
        raise TypeError(message)
    try:
        return kind(value)
    except ValueError:
        folded = fold(value)
        for member in kind:
            if fold(str(member.value)) == folded:
                return member
        allowed = tuple(str(member.value) for member in kind)
        raise UnknownValueError(value, what, allowed, nearest_word(value, allowed)) from None


def members_of(kind: type[E], values: E | str | Iterable[E | str], what: str) -> tuple[E, ...]:
    """The given members, one or several, in the order of the enum.

    Raises:
        UnknownValueError: No member has one of the given texts.
        TypeError: A value is neither such a member nor a text.
    """
    if isinstance(values, (kind, str)) or not isinstance(values, Iterable):
        values = (values,)
    chosen = {member_of(kind, value, what) for value in values}
    return tuple(member for member in kind if member in chosen)


def words_of(members: frozenset[E]) -> tuple[str, ...]:
    """The members' values in alphabetical order."""
    return tuple(sorted(str(member.value) for member in members))

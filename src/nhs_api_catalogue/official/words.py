"""The words of official statements, each with its meaning.

A value is what JSON holds and what people type; `meaning` is what the word says there. Beside
the words that a query takes stand their values as a `Literal`; a test keeps the two alike.
"""

from __future__ import annotations

import enum
from typing import Literal, Self, TypeAlias, final


class Word(enum.Enum):
    """A word of a fixed vocabulary: `value` is the word, `meaning` what it stands for.

    `str` gives the word as it reads in a sentence.

    >>> print(Status.IN_PRODUCTION)
    in production
    >>> Severity("blocks_plan").meaning
    'a plan made from the row as printed cannot be carried out by a typical supplier'
    """

    _value_: str
    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        """A member; a plain enum would take the pair of value and meaning for its value."""
        member = object.__new__(cls)
        member._value_ = value
        member.meaning = meaning
        return member

    def __str__(self) -> str:
        return str(self.value).replace("_", " ")


@final
class Openness(Word):
    """Whether an API takes new integrations; unknown is not yes.

    >>> from nhs_api_catalogue import catalogue
    >>> catalogue["Wayfinder"].open_to_new_integrations
    <Openness.LIMITED: 'limited'>
    """

    YES = ("yes", "new integrations are taken, subject to the normal approval")
    LIMITED = ("limited", "only for some uses, suppliers, products or a yearly number")
    NO = ("no", "new integrations are not taken")
    UNKNOWN = ("unknown", "looked for and not settled by any source seen")


OpennessText: TypeAlias = Literal["yes", "limited", "no", "unknown"]


@final
class Status(Word):
    """Where an API stands in its life; several may hold at once."""

    IN_DEVELOPMENT = (
        "in_development",
        "can be tested; breaking changes are expected; not in production",
    )
    BETA = ("beta", "in use, breaking changes still possible with notice")
    STABLE = ("stable", "older label for an API in production without breaking changes")
    IN_PRODUCTION = ("in_production", "available in production")
    INTERNAL = ("internal", "for NHS England's own use, not for third parties at present")
    UNDER_REVIEW_FOR_DEPRECATION = (
        "under_review_for_deprecation",
        "being considered for deprecation",
    )
    DEPRECATED = (
        "deprecated",
        (
            "still running with its service level, closed to new integrations except those in "
            "flight, to be retired"
        ),
    )
    RETIRED = ("retired", "no longer available")


@final
class Technology(Word):
    """What an official product is made of."""

    REST = ("rest", "RESTful HTTP API")
    FHIR = ("fhir", "HL7 FHIR content")
    SOAP = ("soap", "SOAP web service")
    HL7_V3 = ("hl7_v3", "HL7 version 3 messages")
    LDAP = ("ldap", "LDAP directory")
    MESH_MESSAGE = ("mesh_message", "message sent by MESH")
    NEMS = ("nems", "event published to or received from NEMS")
    ITK3 = ("itk3", "ITK3 message distribution wrapper")
    SSP = ("ssp", "called through the Spine Secure Proxy")
    SYNDICATION_FEED = ("syndication_feed", "machine-readable feed for replication")


@final
class FhirVersion(Word):
    """The version of HL7 FHIR."""

    DSTU2 = ("DSTU2", "FHIR DSTU2")
    STU3 = ("STU3", "FHIR STU3")
    R4 = ("R4", "FHIR R4 (4.0.1)")


@final
class Network(Word):
    """A network over which an official product is reached."""

    INTERNET = ("internet", "reachable over the public internet")
    HSCN = (
        "hscn",
        (
            "reachable over the Health and Social Care Network, directly or indirectly as the note "
            "says"
        ),
    )


@final
class SecurityMode(Word):
    """Who must prove who they are."""

    APPLICATION_RESTRICTED = (
        "application_restricted",
        "the calling application is authenticated, not its end user",
    )
    USER_RESTRICTED_HEALTHCARE_WORKER = (
        "user_restricted_healthcare_worker",
        "a healthcare worker signs in and is present",
    )
    USER_RESTRICTED_PATIENT = ("user_restricted_patient", "a patient signs in and is present")
    SERVICE_ACCOUNT = ("service_account", "credentials issued by the service itself")
    SPINE_SECURE_PROXY = (
        "spine_secure_proxy",
        "controlled by the Spine Secure Proxy, with local control in the consumer",
    )
    NOT_STATED = ("not_stated", "mode not stated in the source")


@final
class SecurityPattern(Word):
    """How they prove it."""

    API_KEY = ("api_key", "API platform key")
    CIS1 = ("cis1", "older CIS sign-in")
    CIS2_COMBINED = ("cis2_combined", "CIS2, authentication and authorisation combined")
    CIS2_SEPARATE = ("cis2_separate", "CIS2, authentication and authorisation separate")
    HTTP_BASIC = ("http_basic", "HTTP basic authentication")
    MESH_AUTHORIZATION_HEADER = (
        "mesh_authorization_header",
        "one-time hash of mailbox password and shared secret",
    )
    NHS_LOGIN_COMBINED = ("nhs_login_combined", "NHS login, combined")
    NHS_LOGIN_SEPARATE = ("nhs_login_separate", "NHS login, separate")
    NOT_STATED = ("not_stated", "pattern not stated in the source")
    OAUTH2_CLIENT_CREDENTIALS = ("oauth2_client_credentials", "OAuth 2.0 client credentials")
    OAUTH2_USER_ACCOUNT = (
        "oauth2_user_account",
        "OAuth 2.0 with a personal account of the service",
    )
    SERVICE_API_KEY = ("service_api_key", "key issued by the service, not by the API platform")
    SIGNED_JWT = ("signed_jwt", "signed JWT exchanged for an OAuth 2.0 token")
    TLS_MA = ("tls_ma", "mutual TLS with a client certificate")


@final
class ServiceLevel(Word):
    """How a service is operated and supported."""

    PLATINUM = ("platinum", "operated and supported all day, every day")
    GOLD = ("gold", "operated and supported all day, every day; one level below platinum")
    SILVER_PLUS = ("silver_plus", "silver, with out-of-hours response to severe incidents")
    SILVER = ("silver", "operated all day, supported in business hours")
    BRONZE = ("bronze", "operated and supported in business hours")


@final
class OnboardingRoute(Word):
    """The way to become an integrator."""

    ACCOUNT_REQUEST = ("account_request", "request for an account")
    CONTACT_FIRST = ("contact_first", "contact with NHS England before any development")
    DIGITAL_ONBOARDING = ("digital_onboarding", "online digital onboarding service")
    EPS_ONBOARDING = ("eps_onboarding", "EPS onboarding and assurance for suppliers")
    FOLLOWS_CONSUMING_API = (
        "follows_consuming_api",
        "no route of its own; follows the API that uses it",
    )
    GP_CONNECT_USE_CASE = ("gp_connect_use_case", "GP Connect use case approval and assurance")
    IM1_PAIRING = ("im1_pairing", "IM1 pairing with each GP system supplier")
    NHS_APP_INTEGRATION = ("nhs_app_integration", "NHS App partner integration")
    PCA_PARTNER_GATEWAY = (
        "pca_partner_gateway",
        "Patient Care Aggregator eligibility and onboarding",
    )
    SCAL = ("scal", "Supplier Conformance Assessment List")


@final
class Confidence(Word):
    """How a statement was read.

    >>> Confidence.REPORTED.meaning
    'read elsewhere: third party, staging copy or proxy copy'
    """

    OFFICIAL = (
        "official",
        (
            "read in NHS England or UK government material at its canonical home, its own "
            "repository or an archived copy"
        ),
    )
    REPORTED = ("reported", "read elsewhere: third party, staging copy or proxy copy")


@final
class DifferenceField(Word):
    """What part of a record a difference is about."""

    NAME = ("name", "printed name of the row")
    SUMMARY = ("summary", "description of what the API does")
    IMPLEMENTATION = ("implementation", "implementation column")
    ACCESS_ROUTE = ("access_route", "access route column")
    TECHNICAL_TIME = ("technical_time", "technical implementation time")
    ASSURANCE_TIME = ("assurance_time", "NHSE assurance time")
    AVAILABILITY = ("availability", "whether it can be used at present, or by whom in number")
    SUITABILITY = ("suitability", "for which use or user it is meant")


@final
class DifferenceKind(Word):
    """How an official statement relates to the guide's."""

    CLOSED = ("closed", "the official source closes what the guide offers")
    SUPERSEDED = ("superseded", "the official source names something that takes its place")
    CONTRADICTED = ("contradicted", "the two statements exclude each other")
    NARROWER = ("narrower", "the official source allows or covers less")
    BROADER = ("broader", "the official source allows or covers more")
    RENAMED = ("renamed", "only the name differs")
    UNCONFIRMED = (
        "unconfirmed",
        "the guide's statement could not be confirmed or measured against an official one",
    )
    SUPPLIER_CHANGE = ("supplier_change", "a change of GP system suppliers")


@final
class Severity(Word):
    """What a difference does to a plan.

    >>> from nhs_api_catalogue import catalogue
    >>> len(catalogue.differences(severity=Severity.BLOCKS_PLAN))
    3
    """

    BLOCKS_PLAN = (
        "blocks_plan",
        "a plan made from the row as printed cannot be carried out by a typical supplier",
    )
    CHANGES_DESIGN = ("changes_design", "the plan stands but its design, route or order changes")
    INFORMATIVE = ("informative", "worth knowing, no change of plan")


SeverityText: TypeAlias = Literal["blocks_plan", "changes_design", "informative"]


@final
class Strength(Word):
    """How firmly something is needed.

    >>> [str(strength) for strength in Strength]
    ['required', 'conditional', 'alternative', 'not needed']
    """

    REQUIRED = ("required", "always needed")
    CONDITIONAL = ("conditional", "needed in the case that the note names")
    ALTERNATIVE = ("alternative", "one of several accepted ways")
    NOT_NEEDED = ("not_needed", "stated not to be needed")


@final
class NeededFor(Word):
    """The stage for which something is needed."""

    BUILD = ("build", "needed to build or test")
    ASSURANCE = ("assurance", "needed during NHSE assurance")
    GO_LIVE = ("go_live", "must be complete before live use")
    UNKNOWN = ("unknown", "stage not stated")


@final
class ServiceKind(Word):
    """What kind of thing is needed besides APIs."""

    ACCOUNT = ("account", "account or identifier to be issued")
    AGREEMENT = ("agreement", "contract to be signed")
    API = ("api", "another API")
    ASSURANCE = ("assurance", "evidence or approval")
    DEMOGRAPHICS = ("demographics", "patient demographics lookup")
    DIRECTORY = ("directory", "directory entry")
    IDENTITY = ("identity", "sign-in or role of a person")
    MESSAGING = ("messaging", "message transport or wrapper")
    NETWORK = ("network", "network or proxy")
    PLATFORM = ("platform", "platform to be part of")


@final
class SeenAs(Word):
    """In what form a source was read."""

    REPOSITORY = ("repository", "file at a commit of a public repository")
    PAGE = ("page", "public page at its canonical address")
    ARCHIVED_PAGE = ("archived page", "web archive capture of the page")
    STORED_COPY = ("stored copy", "staging or proxy copy of the page, hence reported")

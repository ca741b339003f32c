"""The vocabulary of official products: status, technology, network, security and service level."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, TypeAlias, final

from nhs_api_catalogue.official.sources import Word


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
    UNKNOWN = ("unknown", "looked for, but no source seen settles it")


# The texts of the enums, so that type checkers catch a misspelt one in a query: they do not accept
# the values of an enum as texts. A test checks that both are the same.
OpennessText: TypeAlias = Literal["yes", "limited", "no", "unknown"]


ProductStatusText: TypeAlias = Literal[
    "in_development",
    "beta",
    "stable",
    "in_production",
    "internal",
    "under_review_for_deprecation",
    "deprecated",
    "retired",
    "alpha",
]

Opennesses: TypeAlias = Openness | OpennessText | Iterable[Openness | OpennessText]
"""One value, or several of which any will do."""


@final
class ProductStatus(Word):
    """The status of an official product; it may have several.

    >>> from nhs_api_catalogue import catalogue
    >>> [str(word) for word in catalogue["SDS"].official[0].status.value]
    ['beta', 'in production']
    """

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
    ALPHA = ("alpha", "older label for an API that is tried out before its beta")


TechnologyText: TypeAlias = Literal[
    "rest",
    "fhir",
    "soap",
    "hl7_v3",
    "ldap",
    "mesh_message",
    "nems",
    "itk3",
    "ssp",
    "syndication_feed",
]


@final
class Technology(Word):
    """A technology that an official product uses.

    >>> from nhs_api_catalogue import catalogue
    >>> [word.meaning for word in catalogue["MESH"].official[0].technology.value]
    ['RESTful HTTP API']
    """

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


FhirVersionText: TypeAlias = Literal[
    "DSTU2",
    "STU3",
    "R4",
]


@final
class FhirVersion(Word):
    """The version of HL7 FHIR.

    >>> from nhs_api_catalogue import catalogue
    >>> catalogue["BaRS"].official[0].fhir_version.value
    (<FhirVersion.R4: 'R4'>,)
    """

    DSTU2 = ("DSTU2", "FHIR DSTU2")
    STU3 = ("STU3", "FHIR STU3")
    R4 = ("R4", "FHIR R4 (4.0.1)")


NetworkText: TypeAlias = Literal[
    "internet",
    "hscn",
]


@final
class Network(Word):
    """A network over which an official product is reached.

    >>> from nhs_api_catalogue import catalogue
    >>> catalogue["BaRS"].official[0].network.value
    (<Network.INTERNET: 'internet'>, <Network.HSCN: 'hscn'>)
    """

    INTERNET = ("internet", "reachable over the public internet")
    HSCN = (
        "hscn",
        (
            "reachable over the Health and Social Care Network, directly or indirectly as the note "
            "says"
        ),
    )


SecurityModeText: TypeAlias = Literal[
    "application_restricted",
    "user_restricted_healthcare_worker",
    "user_restricted_patient",
    "service_account",
    "spine_secure_proxy",
    "open_access",
    "not_stated",
]


@final
class SecurityMode(Word):
    """Who must be authenticated.

    >>> SecurityMode.APPLICATION_RESTRICTED.meaning
    'the calling application is authenticated, not its end user'
    """

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
    OPEN_ACCESS = ("open_access", "nobody is authenticated")
    NOT_STATED = ("not_stated", "mode not stated in the source")


SecurityPatternText: TypeAlias = Literal[
    "api_key",
    "cis1",
    "cis2_combined",
    "cis2_separate",
    "http_basic",
    "mesh_authorization_header",
    "nhs_login_combined",
    "nhs_login_separate",
    "none",
    "not_stated",
    "oauth2_client_credentials",
    "oauth2_user_account",
    "service_api_key",
    "signed_jwt",
    "tls_ma",
]


@final
class SecurityPattern(Word):
    """How callers are authenticated.

    >>> SecurityPattern.SIGNED_JWT.meaning
    'signed JWT exchanged for an OAuth 2.0 token'
    """

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
    NONE = ("none", "nothing is asked for")
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
class SignInLevel(Word):
    """How strongly the user must have signed in, in the terms of NHS CIS2 and NHS login.

    >>> SignInLevel.AAL3.meaning
    'NHS CIS2, authenticator assurance level 3: a smartcard or its like'
    """

    AAL2 = ("aal2", "NHS CIS2, authenticator assurance level 2: two factors")
    AAL3 = ("aal3", "NHS CIS2, authenticator assurance level 3: a smartcard or its like")
    P0 = ("p0", "NHS login, identity not proved")
    P5 = ("p5", "NHS login, identity partly proved")
    P9 = ("p9", "NHS login, identity fully proved")


ServiceLevelText: TypeAlias = Literal[
    "platinum",
    "gold",
    "silver_plus",
    "silver",
    "bronze",
]


@final
class ServiceLevel(Word):
    """How a service is operated and supported.

    >>> from nhs_api_catalogue import catalogue
    >>> catalogue["MESH"].official[0].service_level.value.meaning
    'operated and supported all day, every day'
    """

    PLATINUM = ("platinum", "operated and supported all day, every day")
    GOLD = ("gold", "operated and supported all day, every day; one level below platinum")
    SILVER_PLUS = ("silver_plus", "silver, with out-of-hours response to severe incidents")
    SILVER = ("silver", "operated all day, supported in business hours")
    BRONZE = ("bronze", "operated and supported in business hours")


@final
class OnboardingRoute(Word):
    """The way to become an integrator.

    >>> from nhs_api_catalogue import catalogue
    >>> [str(way) for way in catalogue["BaRS"].official[0].onboarding.value]
    ['digital onboarding', 'scal']
    """

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

"""What others say of an API: NHS England first of all, each statement with source and date.

The guide stays as it is. What is said beside it, or against it, is an `Overlay`: official
entries, differences, prerequisites, services and timescales, joined to the records by their ids
and read when first asked for.
"""

from nhs_api_catalogue.official.entries import OfficialEntry, Security
from nhs_api_catalogue.official.facts import AsOf, Fact, Source
from nhs_api_catalogue.official.overlay import Overlay, openness_of
from nhs_api_catalogue.official.statements import (
    Difference,
    OfficialService,
    Prerequisite,
    Timescale,
)
from nhs_api_catalogue.official.words import (
    Confidence,
    DifferenceField,
    DifferenceKind,
    FhirVersion,
    NeededFor,
    Network,
    OnboardingRoute,
    Openness,
    SecurityMode,
    SecurityPattern,
    SeenAs,
    ServiceKind,
    ServiceLevel,
    Severity,
    Status,
    Strength,
    Technology,
    Word,
)

__all__ = [
    "AsOf",
    "Confidence",
    "Difference",
    "DifferenceField",
    "DifferenceKind",
    "Fact",
    "FhirVersion",
    "NeededFor",
    "Network",
    "OfficialEntry",
    "OfficialService",
    "OnboardingRoute",
    "Openness",
    "Overlay",
    "Prerequisite",
    "Security",
    "SecurityMode",
    "SecurityPattern",
    "SeenAs",
    "ServiceKind",
    "ServiceLevel",
    "Severity",
    "Source",
    "Status",
    "Strength",
    "Technology",
    "Timescale",
    "Word",
    "openness_of",
]

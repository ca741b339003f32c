"""One API, the small records that it consists of, and their vocabularies.

Every value is checked when it is made, so every record is valid. A value that breaks a rule raises
`InvalidRecordError`, which names the record, the field, the value and what was expected.
"""

from nhs_api_catalogue.records.apis import Api
from nhs_api_catalogue.records.parts import (
    AccessRule,
    Edition,
    Implementation,
    Notice,
    Printed,
    Suitability,
)
from nhs_api_catalogue.records.words import (
    AccessRoute,
    Answer,
    AuthProtocol,
    Capability,
    NoticeKind,
    Precision,
    Proxy,
    Standard,
    Topic,
    Transport,
    UseContext,
    User,
)

__all__ = [
    "AccessRoute",
    "AccessRule",
    "Answer",
    "Api",
    "AuthProtocol",
    "Capability",
    "Edition",
    "Implementation",
    "Notice",
    "NoticeKind",
    "Precision",
    "Printed",
    "Proxy",
    "Standard",
    "Suitability",
    "Topic",
    "Transport",
    "UseContext",
    "User",
]

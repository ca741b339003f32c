"""Typed tests of a record: what to look for, as values that combine.

A test answers True, False, or None if the source does not say: unknown is not no. `&`, `|` and
`~` follow Kleene's logic: `~` of unknown is unknown, and an unknown part leaves the whole unknown
unless the other part alone decides it. Queries keep the records for which a test is True;
`Catalogue.undecided` gives those for which it is None.

An empty field leaves a test undecided: no topics, no protocols, no suppliers, nothing about being
RESTful. A field with some values is assumed to be complete.

Each function has the name of a keyword of `Catalogue.filter` and accepts the same values: one or
several, of which any will do, as enum members or as their texts in any case.

>>> from nhs_api_catalogue import catalogue, queries as q
>>> test = q.topic("appointments") & ~q.proxy("SSP")
>>> test
topic('appointments') & ~proxy('SSP')
>>> catalogue["BaRS"] in catalogue.where(test)
True
"""

from nhs_api_catalogue.queries.questions import (
    assurance_may_be_within,
    assurance_within,
    auth,
    available_on,
    capability,
    implementation,
    open_to_new_integrations,
    proxy,
    restful,
    route,
    standard,
    stated_for,
    suitable_for,
    supplier,
    technical_may_be_within,
    technical_within,
    topic,
    total_may_be_within,
    total_within,
    transport,
    user,
)
from nhs_api_catalogue.queries.where import Test, Where, all_of, any_of

__all__ = [
    "Test",
    "Where",
    "all_of",
    "any_of",
    "assurance_may_be_within",
    "assurance_within",
    "auth",
    "available_on",
    "capability",
    "implementation",
    "open_to_new_integrations",
    "proxy",
    "restful",
    "route",
    "standard",
    "stated_for",
    "suitable_for",
    "supplier",
    "technical_may_be_within",
    "technical_within",
    "topic",
    "total_may_be_within",
    "total_within",
    "transport",
    "user",
]

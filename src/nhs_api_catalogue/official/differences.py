"""Where a source differs from the guide."""

from __future__ import annotations

from typing import Literal, TypeAlias, final

import attrs

from nhs_api_catalogue._checks import check, check_text
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.official.sources import (
    AsOf,
    Confidence,
    Source,
    Word,
    check_notes,
    check_stated,
    cited,
)
from nhs_api_catalogue.official.wording import differs


@final
class DifferenceField(Word):
    """The part of a record that a difference is about.

    >>> from nhs_api_catalogue import catalogue
    >>> [str(difference.field) for difference in catalogue["SCR"].differences]
    ['summary', 'suitability']
    """

    NAME = ("name", "printed name of the row")
    SUMMARY = ("summary", "description of what the API does")
    IMPLEMENTATION = ("implementation", "implementation column")
    ACCESS_ROUTE = ("access_route", "access route column")
    TECHNICAL_TIME = ("technical_time", "technical implementation time")
    ASSURANCE_TIME = ("assurance_time", "NHSE assurance time")
    AVAILABILITY = ("availability", "whether it can be used at present, and by how many")
    SUITABILITY = ("suitability", "the use or user it is meant for")


@final
class DifferenceKind(Word):
    """How an official statement relates to the guide's.

    >>> from nhs_api_catalogue import catalogue
    >>> [str(difference.kind) for difference in catalogue["SDS"].differences]
    ['closed', 'narrower', 'contradicted']
    """

    CLOSED = ("closed", "the official source closes what the guide offers")
    SUPERSEDED = ("superseded", "the official source names something that takes its place")
    CONTRADICTED = ("contradicted", "the two statements exclude each other")
    NARROWER = ("narrower", "the official source allows or covers less")
    BROADER = ("broader", "the official source allows or covers more")
    RENAMED = ("renamed", "only the name differs")
    UNCONFIRMED = (
        "unconfirmed",
        "the guide's statement could not be confirmed or compared with an official one",
    )
    SUPPLIER_CHANGE = ("supplier_change", "a change of GP system suppliers")


@final
class Severity(Word):
    """What a difference means for a plan.

    >>> from nhs_api_catalogue import catalogue
    >>> len(catalogue.differences(severity=Severity.BLOCKS_PLAN))
    3
    """

    BLOCKS_PLAN = (
        "blocks_plan",
        "a plan made from the row as printed cannot be carried out by a typical supplier",
    )
    CHANGES_DESIGN = ("changes_design", "the plan stands, but its design, route or order changes")
    INFORMATIVE = ("informative", "worth knowing; the plan does not change")


SeverityText: TypeAlias = Literal["blocks_plan", "changes_design", "informative"]
"""The texts of `Severity`, so that type checkers catch a misspelt one."""


@final
@attrs.frozen(eq=False, repr=False)
class Difference(Value):
    """Where a source differs from the guide.

    Attributes:
        api: The id of the API.
        field: The part of the record that it is about.
        kind: How the two statements relate.
        severity: What it means for a plan.
        guide_says: The guide's statement.
        official_says: The source's statement.
        source: Where it was read.
        confidence: How it was read.
        where: The heading or path in the source; None if not recorded.

    Raises:
        InvalidRecordError: A value breaks a rule.

    >>> from nhs_api_catalogue import catalogue
    >>> for difference in catalogue["ODS"].differences:
    ...     print(difference.severity, difference.kind, difference.as_of)
    changes design superseded 2026-05-05
    """

    api: str
    field: DifferenceField
    kind: DifferenceKind
    severity: Severity
    guide_says: str
    official_says: str
    source: Source
    confidence: Confidence
    where: str | None = None

    def __attrs_post_init__(self) -> None:
        check_text("Difference", api=self.api)
        check(self.api, "field", self.field, DifferenceField)
        check(self.api, "kind", self.kind, DifferenceKind)
        check(self.api, "severity", self.severity, Severity)
        check_text(self.api, guide_says=self.guide_says, official_says=self.official_says)
        check_stated(self.api, self.source, self.confidence)
        check_notes(self.api, where=self.where)

    @property
    def as_of(self) -> AsOf | None:
        """The date of the source; None if it has none."""
        return self.source.as_of

    def __str__(self) -> str:
        """One line: what it is about, both statements, and the source of the second."""
        words = (self.severity.value, self.field.value, self.kind.value)
        says = (self.guide_says, self.official_says)
        return differs(*words, says, cited(self.source, self.confidence))

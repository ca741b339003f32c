"""What sources say of an API: differences from the guide, needs and timescales."""

from __future__ import annotations

from datetime import timedelta
from types import NoneType
from typing import Final, cast, final

import attrs

from nhs_api_catalogue._checks import check, check_all, check_id, check_text
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.durations import Duration
from nhs_api_catalogue.errors import InvalidRecordError
from nhs_api_catalogue.official.facts import (
    AsOf,
    Source,
    check_note,
    check_stated,
    cited,
)
from nhs_api_catalogue.official.words import (
    Confidence,
    DifferenceField,
    DifferenceKind,
    NeededFor,
    ServiceKind,
    Severity,
    Strength,
)


@final
@attrs.frozen(eq=False, repr=False)
class Difference(Value):
    """Where a source says something else than the guide does.

    Attributes:
        api: The id of the API.
        field: What part of the record it is about.
        kind: How the two statements relate.
        severity: What it does to a plan.
        guide_says: The guide's statement.
        official_says: The source's statement.
        source: Where it was read.
        confidence: How it was read.

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

    def __attrs_post_init__(self) -> None:
        check_text("Difference", api=self.api)
        check(self.api, "field", self.field, DifferenceField)
        check(self.api, "kind", self.kind, DifferenceKind)
        check(self.api, "severity", self.severity, Severity)
        check_text(self.api, guide_says=self.guide_says, official_says=self.official_says)
        check_stated(self.api, self.source, self.confidence)

    @property
    def as_of(self) -> AsOf | None:
        """The date of the source; None if it bears none."""
        return self.source.as_of

    def __str__(self) -> str:
        """What it is about, the statement, and its source, in one line."""
        return (
            f"{self.severity}, {self.field}: {self.official_says} "
            f"{cited(self.source, self.confidence)}"
        )


@final
@attrs.frozen(eq=False, repr=False)
class OfficialService(Value):
    """Something that integrations need besides APIs: an account, a network, an approval.

    Attributes:
        id: A slug.
        name: What it is called.
        kind: What kind of thing it is.
        what: What it is for, in our own words.
        source: Where it was read of.
        met_by: The ids of the APIs any of which meets the need; empty if none does.

    Raises:
        InvalidRecordError: A value breaks a rule.

    >>> from nhs_api_catalogue import catalogue
    >>> need = catalogue["PDS FHIR (Patient Access)"].prerequisites[0]
    >>> print(need.service.kind, need.service.name, sep=": ")
    assurance: Data Security and Protection Toolkit (DSPT)
    """

    id: str
    name: str
    kind: ServiceKind
    what: str
    source: Source
    met_by: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_id("OfficialService", id=self.id)
        check_text(self.id, name=self.name, what=self.what)
        check(self.id, "kind", self.kind, ServiceKind)
        check(self.id, "source", self.source, Source)
        check_all(self.id, "met_by", self.met_by, tuple, str)

    def __str__(self) -> str:
        return self.name


@final
@attrs.frozen(eq=False, repr=False)
class Prerequisite(Value):
    """What an API needs before it can be built, assured or live.

    Attributes:
        api: The id of the API that needs it.
        needs: The id of what is needed, an API or a service.
        strength: How firmly it is needed.
        needed_for: The stage for which it is needed.
        source: Where it was read.
        confidence: How it was read.
        note: In which case, or why; None if nothing is said.
        service: The service that is needed; None if it is an API.

    Raises:
        InvalidRecordError: A value breaks a rule.

    >>> from nhs_api_catalogue import catalogue
    >>> print(catalogue["Transfer of Care"].prerequisites[0].needs)
    mesh
    """

    api: str
    needs: str
    strength: Strength
    needed_for: NeededFor
    source: Source
    confidence: Confidence
    note: str | None = None
    service: OfficialService | None = None

    def __attrs_post_init__(self) -> None:
        check_text("Prerequisite", api=self.api)
        check_text(self.api, needs=self.needs)
        check(self.api, "strength", self.strength, Strength)
        check(self.api, "needed_for", self.needed_for, NeededFor)
        check_stated(self.api, self.source, self.confidence)
        check_note(self.api, self.note)
        check(self.api, "service", self.service, (OfficialService, NoneType))
        if self.service is not None and self.service.id != self.needs:
            raise InvalidRecordError(
                self.api, "service", self.service, f"the one called {self.needs}"
            )

    @property
    def as_of(self) -> AsOf | None:
        """The date of the source; None if it bears none."""
        return self.source.as_of

    @property
    def name(self) -> str:
        """The name of the service that is needed, or "API" and its id."""
        return f"API {self.needs}" if self.service is None else self.service.name

    def __str__(self) -> str:
        """How firmly what is needed and when, and the source, in one line."""
        when = "" if self.needed_for is NeededFor.UNKNOWN else f" for {self.needed_for}"
        note = f", {self.note}" if self.note else ""
        return f"{self.strength}{when}: {self.name}{note} {cited(self.source, self.confidence)}"


@final
@attrs.frozen(eq=False, repr=False)
class Timescale(Value):
    """A time that a source publishes; open ends and working days stay what they are.

    It is for display: a plan counts it only where a user passes a time of their own.

    Attributes:
        what: What takes the time.
        applies_to: The id of the API or the service.
        text: The time in words.
        shortest: The shortest calendar time, or hours; None if the source gives none.
        longest: The longest; None if the source gives none.
        working_days: The least and the greatest number of working days, each None if the source
            gives none; None if it does not count in working days.
        source: Where it was read.
        confidence: How it was read.

    Raises:
        InvalidRecordError: A value breaks a rule.

    >>> from nhs_api_catalogue import catalogue
    >>> print(catalogue["BaRS"].timescales[0].text)
    2 to 4 weeks
    """

    what: str
    applies_to: str
    text: str
    shortest: Duration | timedelta | None
    longest: Duration | timedelta | None
    working_days: tuple[int | None, int | None] | None
    source: Source
    confidence: Confidence

    def __attrs_post_init__(self) -> None:
        check_text("Timescale", what=self.what, applies_to=self.applies_to, text=self.text)
        for field in ("shortest", "longest"):
            check(self.applies_to, field, getattr(self, field), (Duration, timedelta, NoneType))
        if self.working_days is not None and not are_working_days(self.working_days):
            raise InvalidRecordError(
                self.applies_to, "working_days", self.working_days, WORKING_DAYS
            )
        check_stated(self.applies_to, self.source, self.confidence)

    @property
    def as_of(self) -> AsOf | None:
        """The date of the source; None if it bears none."""
        return self.source.as_of

    def __str__(self) -> str:
        """What takes how long, and the source, in one line."""
        return f"{self.what}: {self.text} {cited(self.source, self.confidence)}"


def read_time(text: str) -> Duration | timedelta:
    """The calendar time that a text means, or the hours of a text of the form PT2H.

    Raises:
        DurationSyntaxError: The text is neither.

    >>> print(read_time("P1M"), read_time("PT2H"))
    1 month 2:00:00
    """
    hours = text.removeprefix("PT").removesuffix("H")
    if text == f"PT{hours}H" and hours.isascii() and hours.isdecimal() and len(hours) < 6:
        return timedelta(hours=int(hours))
    return Duration.parse(text)


WORKING_DAYS: Final = "two numbers of working days, the least and the greatest, or None for either"


def are_working_days(values: object) -> bool:
    """Whether the pair is a least and a greatest number of days, at least one of them given."""
    ends = cast("tuple[object, ...]", values) if isinstance(values, tuple) else ()
    given = [end for end in ends if end is not None]
    days = [end for end in given if type(end) is int and end >= 0]
    return len(ends) == 2 and bool(given) and days == given and days == sorted(days)

"""The small records that an API consists of, and the edition that it comes from."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from datetime import date
from types import NoneType
from typing import Final, final

import attrs

from nhs_api_catalogue._checks import (
    check,
    check_all,
    check_date,
    check_text,
    to_frozenset,
)
from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.durations import Window, read_date
from nhs_api_catalogue.errors import InvalidRecordError
from nhs_api_catalogue.records.words import (
    AccessRoute,
    AuthProtocol,
    NoticeKind,
    Precision,
    Proxy,
    Standard,
    Transport,
    UseContext,
    member_of,
    words_of,
)

OFFICIAL_PUBLISHER: Final = "NHS England"
TIMES: Final = ("technical", "assurance")
# The two stages of an API, which take these times.
IMPLEMENTATION: Final = "technical implementation"
ASSURANCE: Final = "NHS England assurance"
# The fields of an API whose values a user may replace, in their order.
REPLACEABLE: Final = (
    "name",
    "summary",
    *TIMES,
    "implementations",
    "access",
    "notices",
    "suitability",
    "max_data_age",
    "capabilities",
    "topics",
    "users",
    "aliases",
)


# mypy reads a converter's type from a named function that is not generic.


def _protocols(
    values: AbstractSet[AuthProtocol] | list[AuthProtocol] | tuple[AuthProtocol, ...],
) -> frozenset[AuthProtocol]:
    return to_frozenset(values)


def _routes(
    values: AbstractSet[AccessRoute] | list[AccessRoute] | tuple[AccessRoute, ...],
) -> frozenset[AccessRoute]:
    return to_frozenset(values)


def _uses(
    values: AbstractSet[UseContext] | list[UseContext] | tuple[UseContext, ...],
) -> frozenset[UseContext]:
    return to_frozenset(values)


@final
@attrs.frozen(eq=False, repr=False)
class Edition(Value):
    """Where the records of a catalogue come from; its text has the title, publisher and date.

    Attributes:
        title: The title of the source.
        publisher: Who publishes it.
        as_of: The date of the source; None if it has none.
        source: Its address.
        sha256: The SHA-256 of the source's text in hexadecimal; None if there is no text.
        based_on: The edition that this one was made from; None if there is none.
        overlay_as_of: The date of the overlay; None if there is none.
        parts: The editions that a union of catalogues comes from, at least two; otherwise empty.

    >>> print(Edition("NHS API Guide 2025", "6B", date(2025, 9, 9)))
    NHS API Guide 2025 (6B, 2025-09-09)
    """

    title: str
    publisher: str
    as_of: date | None = None
    source: str | None = None
    sha256: str | None = None
    based_on: str | None = None
    overlay_as_of: date | None = None
    parts: tuple[Edition, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_text("Edition", title=self.title, publisher=self.publisher)
        for field in ("source", "sha256", "based_on"):
            check("Edition", field, getattr(self, field), (str, NoneType))
        for field in ("as_of", "overlay_as_of"):
            if getattr(self, field) is not None:
                check_date("Edition", **{field: getattr(self, field)})
        check_all("Edition", "parts", self.parts, tuple, Edition)
        if any(part.parts for part in self.parts):
            raise InvalidRecordError("Edition", "parts", self.parts, "editions without parts")

    @property
    def is_official(self) -> bool:
        """Whether NHS England itself publishes the values."""
        return self.publisher == OFFICIAL_PUBLISHER

    def __str__(self) -> str:
        if self.parts:
            return " and ".join(str(part) for part in self.parts)
        return visible(f"{self.title} ({self.publisher}, {self.as_of or 'no date'})")


# To resolve annotations, attrs gives `__init__` the names that the module had before the class.
Edition.__init__.__globals__["Edition"] = Edition


@final
@attrs.frozen(eq=False, repr=False)
class Printed(Value):
    """The cells of one API in the source's own table, exactly as printed.

    A newline separates the lines of a cell.

    Attributes:
        name: The cell "API".
        implementation: The cell "Implementation".
        access_route: The cell "Access Route".
        technical: The cell "Time (Technical Implementation)".
        assurance: The cell "Time (NHSE Assurance)".
        note: The note under the description; None if there is none.

    >>> from nhs_api_catalogue import catalogue
    >>> catalogue["eRS"].printed.technical
    '3-6 months'
    """

    name: str
    implementation: str
    access_route: str
    technical: str
    assurance: str
    note: str | None = None

    def __attrs_post_init__(self) -> None:
        check_text(
            "Printed",
            name=self.name,
            implementation=self.implementation,
            access_route=self.access_route,
            technical=self.technical,
            assurance=self.assurance,
        )
        if self.note is not None:
            check_text("Printed", note=self.note)


@final
@attrs.frozen(eq=False, repr=False)
class Implementation(Value):
    """One way in which an API is built; several are alternatives, in no order of preference.

    Attributes:
        standard: The technology.
        supplier: The supplier of the system; None if the source does not distinguish suppliers.
        proxy: The proxy in between; None if the source names none.
        transport: What carries the messages; None if the source names nothing.
        auth: The protocols that authenticate callers; empty if the source names none.
        restful: Whether it is RESTful; None if the source does not say.

    >>> print(Implementation(Standard.FHIR, proxy=Proxy.SSP, restful=False))
    FHIR via SSP (not RESTful)
    """

    standard: Standard
    supplier: str | None = None
    proxy: Proxy | None = None
    transport: Transport | None = None
    auth: frozenset[AuthProtocol] = attrs.field(default=frozenset(), converter=_protocols)
    restful: bool | None = None

    def __attrs_post_init__(self) -> None:
        record = "Implementation"
        check(record, "standard", self.standard, Standard)
        if self.supplier is not None:
            check_text(record, supplier=self.supplier)
        check(record, "proxy", self.proxy, (Proxy, NoneType))
        check(record, "transport", self.transport, (Transport, NoneType))
        check_all(record, "auth", self.auth, frozenset, AuthProtocol)
        check(record, "restful", self.restful, (bool, NoneType))

    def __str__(self) -> str:
        text = self.standard.value
        if self.supplier is not None:
            text += f" by {visible(self.supplier)}"
        if self.proxy is not None:
            text += f" via {self.proxy.value}"
        if self.transport is not None:
            text += f" over {self.transport.value}"
        if self.auth:
            text += f" with {' and '.join(words_of(self.auth))}"
        if self.restful is not None:
            text += " (RESTful)" if self.restful else " (not RESTful)"
        return text


@final
@attrs.frozen(eq=False, repr=False)
class AccessRule(Value):
    """How an API can be reached: any one of the routes will do.

    Attributes:
        routes: The routes, at least one.
        supplier: The supplier it applies to; None for every supplier without its own rule.

    >>> print(AccessRule({AccessRoute.INTERNET, AccessRoute.HSCN}, "EMIS"))
    EMIS: HSCN, internet
    """

    routes: frozenset[AccessRoute] = attrs.field(converter=_routes)
    supplier: str | None = None

    def __attrs_post_init__(self) -> None:
        check_all("AccessRule", "routes", self.routes, frozenset, AccessRoute)
        if not self.routes:
            raise InvalidRecordError("AccessRule", "routes", self.routes, "at least one route")
        if self.supplier is not None:
            check_text("AccessRule", supplier=self.supplier)

    def __str__(self) -> str:
        routes = ", ".join(words_of(self.routes))
        return routes if self.supplier is None else visible(f"{self.supplier}: {routes}")


@final
@attrs.frozen(eq=False, repr=False)
class Notice(Value):
    """What the source says about an API for a period.

    Attributes:
        kind: What it says.
        since: The first day; the first of the month if only the month is known.
        precision: How exactly the first day is known.
        until: The last day, which is included; None if no end is stated.
        text: The notice in the source's words.

    >>> print(Notice(NoticeKind.UNAVAILABLE, date(2025, 6, 1), Precision.MONTH, None, "closed"))
    unavailable from 2025-06 on: closed
    """

    kind: NoticeKind
    since: date
    precision: Precision
    until: date | None
    text: str

    def __attrs_post_init__(self) -> None:
        check("Notice", "kind", self.kind, NoticeKind)
        check("Notice", "precision", self.precision, Precision)
        check_date("Notice", since=self.since)
        check_text("Notice", text=self.text)
        if self.precision is Precision.MONTH and self.since.day != 1:
            expected = "the first of the month, since only the month is known"
            raise InvalidRecordError("Notice", "since", self.since, expected)
        if self.until is not None:
            check_date("Notice", until=self.until)
            if self.until < self.since:
                expected = f"{self.since} or a later day"
                raise InvalidRecordError("Notice", "until", self.until, expected)

    def in_force(self, on: date | str) -> bool:
        """Whether the notice applies on that day, a date or its ISO text.

        Raises:
            InvalidDateError: The text is not a date.
            TypeError: The day is a `datetime`, or neither a date nor a text.

        >>> from nhs_api_catalogue import catalogue
        >>> notice = catalogue["GP Connect Appointment Management"].notices[0]
        >>> notice.in_force("2025-05-31"), notice.in_force("2025-06-01")
        (False, True)
        """
        day = read_date(on)
        return self.since <= day and (self.until is None or day <= self.until)

    def overlaps(self, earliest: date | str, latest: date | str) -> bool:
        """Whether it applies on some day from the earliest to the latest, both included.

        Raises:
            InvalidDateError: A text is not a date.
            InvalidWindowError: The earliest day comes after the latest.
            TypeError: A day is a `datetime`, or neither a date nor a text.

        >>> from nhs_api_catalogue import catalogue
        >>> notice = catalogue["GP Connect Appointment Management"].notices[0]
        >>> notice.overlaps("2025-05-01", "2025-06-30")
        True
        """
        window = Window(read_date(earliest), read_date(latest))
        return self.since <= window.latest and (self.until is None or window.earliest <= self.until)

    def __str__(self) -> str:
        first = self.since.isoformat()
        if self.precision is Precision.MONTH:
            first = first[: len("YYYY-MM")]
        last = "on" if self.until is None else f"to {self.until}"
        return visible(f"{self.kind.value} from {first} {last}: {self.text}")


@final
@attrs.frozen(eq=False, repr=False)
class Suitability(Value):
    """What the source says an API may be used for; other uses are left open.

    Attributes:
        only: The only uses it is for; empty if the source does not restrict it.
        excluded: The uses that the source rules out.
        stated: The uses that the source names without restricting it to them.

    >>> print(Suitability(excluded={UseContext.DIRECT_CARE}, stated={UseContext.REPORTING}))
    not direct care; for reporting
    """

    only: frozenset[UseContext] = attrs.field(default=frozenset(), converter=_uses)
    excluded: frozenset[UseContext] = attrs.field(default=frozenset(), converter=_uses)
    stated: frozenset[UseContext] = attrs.field(default=frozenset(), converter=_uses)

    def __attrs_post_init__(self) -> None:
        for field in ("only", "excluded", "stated"):
            check_all("Suitability", field, getattr(self, field), frozenset, UseContext)
        for field, uses in (("only", self.only), ("stated", self.stated)):
            if uses & self.excluded:
                expected = f"no use that is also in {field}"
                raise InvalidRecordError("Suitability", "excluded", self.excluded, expected)

    def rules_out(self, context: UseContext | str) -> bool:
        """Whether the source rules out the use: by name, or by allowing only others.

        Raises:
            UnknownValueError: The text is not a use context; it names the nearest.
            TypeError: The use is neither that nor its text.

        >>> Suitability(only={UseContext.PATIENT_FACING}).rules_out("reporting")
        True
        """
        context = member_of(UseContext, context, "use context")
        return context in self.excluded or bool(self.only and context not in self.only)

    def states(self, context: UseContext | str) -> bool:
        """Whether the source says that the API is for this use.

        Raises:
            UnknownValueError: The text is not a use context; it names the nearest.
            TypeError: The use is neither that nor its text.

        >>> Suitability(stated={UseContext.REPORTING}).states("reporting")
        True
        """
        return member_of(UseContext, context, "use context") in self.only | self.stated

    def __str__(self) -> str:
        texts = (
            ("only ", ", ".join(words_of(self.only))),
            ("not ", ", ".join(words_of(self.excluded))),
            ("for ", ", ".join(words_of(self.stated))),
        )
        return "; ".join(lead + uses for lead, uses in texts if uses) or "not stated"

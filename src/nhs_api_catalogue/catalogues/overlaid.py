"""What official sources say of the records of a catalogue, and how old it is."""

from __future__ import annotations

from functools import partial
from types import NoneType
from typing import TYPE_CHECKING, Final, Self, TypeVar

import attrs

from nhs_api_catalogue.catalogues.sequence import Sequenced
from nhs_api_catalogue.durations import months, read_date
from nhs_api_catalogue.records import Edition
from nhs_api_catalogue.records.words import member_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from nhs_api_catalogue.catalogues.staleness import Staleness
    from nhs_api_catalogue.durations import Duration
    from nhs_api_catalogue.official.differences import Difference, Severity
    from nhs_api_catalogue.official.overlay import Overlay
    from nhs_api_catalogue.official.sources import Source
    from nhs_api_catalogue.official.texts import SeverityText
    from nhs_api_catalogue.official.timescales import Timescale

T = TypeVar("T")

_YEAR: Final = months(12)


class OverlaidSequence(Sequenced):
    """Records in order, with what official sources say of them."""

    __slots__ = ()

    @property
    def overlays(self) -> tuple[Overlay, ...]:
        """What is laid over the records, each once; a union of catalogues may have several."""
        readers = dict.fromkeys(api.overlay for api in self.apis if api.overlay is not None)
        return _once(reader() for reader in readers)

    def with_overlay(self, overlay: Overlay | None) -> Self:
        """The same records with what official sources say exchanged, or with None taken away.

        Args:
            overlay: What is laid over the records, as `load_overlay` reads it.

        Raises:
            TypeError: It is neither an overlay nor None.

        >>> from nhs_api_catalogue import catalogue
        >>> bare = catalogue.with_overlay(None)
        >>> bare == catalogue, bare["MESH"].official, bare.edition.overlay_as_of
        (True, (), None)
        """
        from nhs_api_catalogue.official.overlay import Overlay  # noqa: PLC0415  as `stale`

        given: object = overlay
        if not isinstance(given, (Overlay, NoneType)):
            message = (
                f"expected an Overlay or None, got {given!r}: "
                f"load_overlay(path, catalogue) reads a file"
            )
            raise TypeError(message)
        reader = None if overlay is None else partial(_given, overlay)
        compiled = None if overlay is None else overlay.compiled
        apis = (
            attrs.evolve(api, overlay=reader, edition=_dated(api.edition, compiled))
            for api in self.apis
        )
        return type(self)(apis, _dated(self.edition, compiled))

    def differences(
        self, *, severity: Severity | SeverityText | None = None
    ) -> tuple[Difference, ...]:
        """Where official sources, or others, say something else than the records, in their order.

        Args:
            severity: What the differences do to a plan; all of them without it.

        Raises:
            UnknownValueError: The text is no severity.
            TypeError: It is neither a severity nor its text.

        >>> from nhs_api_catalogue import catalogue
        >>> [difference.api for difference in catalogue.differences(severity="blocks_plan")]
        ['dos', 'patient-care-aggregator', 'scr-fhir']
        """
        found = tuple(
            difference
            for api in self.apis
            if api.overlay is not None
            for difference in api.overlay(None, "differences").differences_of(api.id)
        )
        if severity is None:
            return found
        from nhs_api_catalogue.official.differences import Severity  # noqa: PLC0415  as `Api.overlay`

        wanted = member_of(Severity, severity, "severity")
        return tuple(difference for difference in found if difference.severity is wanted)

    def sources(self) -> tuple[Source, ...]:
        """The documents behind everything that is said of the records, each once.

        Also of what takes the place of their official products, of the services that they need,
        and of the timescales of these.

        >>> from nhs_api_catalogue import catalogue
        >>> len(catalogue.sources()), len(catalogue.select("MESH").sources())
        (83, 4)
        """
        overlays = ((api, api.overlay()) for api in self.apis if api.overlay is not None)
        return _once(
            source for api, overlay in overlays for source in overlay.about(api.id).sources
        )

    def timescales(self) -> tuple[Timescale, ...]:
        """The times that official sources publish for the records and the services they need.

        They are for display; a plan counts none of them by itself.

        >>> from nhs_api_catalogue import catalogue
        >>> (
        ...     len(catalogue.timescales()),
        ...     len(catalogue.select("PDS FHIR (Patient Access)").timescales()),
        ... )
        (24, 2)
        """
        return _once(
            timescale
            for api in self.apis
            if api.overlay is not None
            for overlay in (api.overlay(),)
            for need in (None, *overlay.prerequisites_of(api.id))
            if need is None or need.service is not None
            for timescale in overlay.timescales_of(api.id if need is None else need.needs)
        )

    def stale(self, *, on: date | str, older_than: Duration | str = _YEAR) -> Staleness:
        """What of the records, and of what is said of them, is older than that on a day.

        A month counts from its first day, so that nothing old is missed.

        Args:
            on: The day, a date or its text as YYYY-MM-DD.
            older_than: The age more than which is old, a duration or its text.

        Raises:
            InvalidDateError: The text is not a date.
            DurationSyntaxError: The text is not a duration.
            CalendarLimitError: The age leaves the calendar.
            TypeError: The day is no date, or the age no duration, nor the text of one.

        >>> from nhs_api_catalogue import catalogue
        >>> found = catalogue.stale(on="2026-11-22")
        >>> len(found.editions), len(found.old), len(found.undated)
        (1, 21, 38)
        """
        # What few ask for loads with the official room.
        from nhs_api_catalogue.catalogues.staleness import Staleness  # noqa: PLC0415
        from nhs_api_catalogue.queries.given import read_limit  # noqa: PLC0415

        day = read_date(on)
        age = read_limit(older_than)

        def is_old(as_of: date) -> bool:
            return age.after(as_of) < day

        editions = _once(api.edition for api in self.apis if api.edition is not None)
        sources = self.sources()
        return Staleness(
            editions=tuple(one for one in editions if one.as_of is None or is_old(one.as_of)),
            old=tuple(one for one in sources if one.as_of and is_old(one.as_of.first_day)),
            undated=tuple(one for one in sources if one.as_of is None),
        )


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _given(overlay: Overlay, _api: str | None = None, _kind: str | None = None) -> Overlay:
    """The overlay itself: a function that pickles, where a record wants a function."""
    return overlay


def _dated(edition: T, compiled: date | None) -> T:
    """The edition with the date of what is laid over it; None stays."""
    return (
        attrs.evolve(edition, overlay_as_of=compiled) if isinstance(edition, Edition) else edition
    )

"""What official sources say of a record, beside what the record itself holds."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs

from nhs_api_catalogue.errors import InvalidRecordError

if TYPE_CHECKING:
    from nhs_api_catalogue.official import (
        Difference,
        OfficialEntry,
        Openness,
        Overlay,
        Prerequisite,
        Timescale,
    )

    OverlayReader: TypeAlias = Callable[[], Overlay]
else:
    # Converters resolve the types of fields at run time, and that room costs a third of `attrs`
    # to import: it is loaded when a record is first asked what official sources say.
    OverlayReader = Callable[[], object]

# The fields of `official_details` whose texts are sentences: each begins a line.
SENTENCES: Final = frozenset({"official", "differences", "prerequisites", "timescales"})


@attrs.frozen(kw_only=True, repr=False)
class Overlaid:
    """A record that official sources may say something of: what `Api` rests on.

    Attributes:
        id: An ASCII slug, stable for ever; what is said is joined to it by this id.
        overlay: A function that gives what official sources say; None if nothing is laid over
            the record. It is neither part of equality nor of the JSON.
    """

    id: str
    overlay: OverlayReader | None = attrs.field(default=None, eq=False)

    def _check_overlay(self) -> None:
        overlay: object = self.overlay
        if overlay is not None and not callable(overlay):
            expected = "a function that gives an Overlay, or None"
            raise InvalidRecordError(self.id, "overlay", overlay, expected)

    @property
    def official(self) -> tuple[OfficialEntry, ...]:
        """The official products that the record stands for.

        >>> from nhs_api_catalogue import catalogue
        >>> [entry.id for entry in catalogue["SDS"].official]
        ['spine-directory-service-fhir', 'spine-directory-service-ldap']
        """
        return () if self.overlay is None else self.overlay().entries_of(self.id)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where an official source, or another, says something else than the record.

        >>> from nhs_api_catalogue import catalogue
        >>> [str(difference.severity) for difference in catalogue["SCR"].differences]
        ['informative', 'blocks plan']
        """
        return () if self.overlay is None else self.overlay().differences_of(self.id)

    @property
    def prerequisites(self) -> tuple[Prerequisite, ...]:
        """What it needs before it can be built, assured or live, and what it does not need."""
        return () if self.overlay is None else self.overlay().prerequisites_of(self.id)

    @property
    def timescales(self) -> tuple[Timescale, ...]:
        """The times that official sources publish for it; no plan counts them by itself."""
        return () if self.overlay is None else self.overlay().timescales_of(self.id)

    @property
    def open_to_new_integrations(self) -> Openness:
        """Whether new integrations are taken, by what is said of its official products.

        UNKNOWN if there are none, or none with a word on it. All alike: that. Some open, in full
        or in part, and others not: LIMITED. Some closed, the others unknown: UNKNOWN.

        >>> from nhs_api_catalogue import catalogue
        >>> for name in ("MESH", "EPS", "DoS"):
        ...     print(catalogue[name].open_to_new_integrations)
        yes
        limited
        unknown
        """
        from nhs_api_catalogue.official import openness_of  # noqa: PLC0415  as OverlayReader

        return openness_of(self.official)

    def official_details(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What official sources say, as texts with their sources, each under the name of its field.

        Empty if nothing is laid over the record.
        """
        if self.overlay is None:
            return ()
        openness = self.open_to_new_integrations
        return (
            ("open_to_new_integrations", (str(openness),)),
            ("official", tuple(entry.describe() for entry in self.official)),
            ("differences", tuple(str(difference) for difference in self.differences)),
            ("prerequisites", tuple(str(need) for need in self.prerequisites)),
            ("timescales", tuple(str(timescale) for timescale in self.timescales)),
        )

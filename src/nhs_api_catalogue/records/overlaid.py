"""What official sources say of a record, beside what the record itself holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from nhs_api_catalogue.official.differences import Difference
    from nhs_api_catalogue.official.entries import OfficialEntry
    from nhs_api_catalogue.official.needs import Prerequisite
    from nhs_api_catalogue.official.overlay import Overlay
    from nhs_api_catalogue.official.product_words import Openness
    from nhs_api_catalogue.official.timescales import Timescale

    class _Joined(Protocol):
        """A record that statements are joined to by its id."""

        @property
        def id(self) -> str: ...
        @property
        def overlay(self) -> OverlayReader | None: ...
        @property
        def official(self) -> tuple[OfficialEntry, ...]: ...


class OverlayReader(Protocol):
    """A function that gives what official sources say: of the API of an id or of all, of a kind.

    A kind is one of the fields "entries", "differences", "prerequisites" and "timescales".
    """

    def __call__(self, api: str | None = None, kind: str | None = None, /) -> Overlay:
        """What is said; of one API, or of one kind, nothing else need be in it."""
        ...


# The fields of `official_details` whose texts are sentences: each begins a line.
SENTENCES: Final = frozenset(
    {"official", "successors", "differences", "prerequisites", "timescales", "addresses"}
)


class Overlaid:
    """The part of a record that tells what official sources say of it: what `Api` rests on.

    The types of statements are for checkers alone here: their rooms together cost a third of
    `attrs` to import, and each is loaded when a record is first asked for it.
    """

    __slots__ = ()

    @property
    def official(self: _Joined) -> tuple[OfficialEntry, ...]:
        """The official products that the record stands for.

        >>> from nhs_api_catalogue import catalogue
        >>> [entry.id for entry in catalogue["SDS"].official]
        ['spine-directory-service-fhir', 'spine-directory-service-ldap']
        """
        if self.overlay is None:
            return ()
        return self.overlay(self.id, "entries").entries_of(self.id)

    @property
    def differences(self: _Joined) -> tuple[Difference, ...]:
        """Where an official source, or another, says something else than the record.

        >>> from nhs_api_catalogue import catalogue
        >>> [str(difference.severity) for difference in catalogue["SCR"].differences]
        ['informative', 'blocks plan']
        """
        if self.overlay is None:
            return ()
        return self.overlay(self.id, "differences").differences_of(self.id)

    @property
    def prerequisites(self: _Joined) -> tuple[Prerequisite, ...]:
        """What it needs before it can be built, assured or live, and what it does not need.

        >>> from nhs_api_catalogue import catalogue
        >>> [f"{need.strength}: {need.name}" for need in catalogue["DoS"].prerequisites]
        ['conditional: DoS account']
        """
        if self.overlay is None:
            return ()
        return self.overlay(self.id, "prerequisites").prerequisites_of(self.id)

    @property
    def timescales(self: _Joined) -> tuple[Timescale, ...]:
        """The times that official sources publish for it; no plan counts them by itself.

        >>> from nhs_api_catalogue import catalogue
        >>> [f"{timescale.what}: {timescale.text}" for timescale in catalogue["BaRS"].timescales]
        ['SCAL, from the first complete submission, on average: 2 to 4 weeks']
        """
        if self.overlay is None:
            return ()
        return self.overlay(self.id, "timescales").timescales_of(self.id)

    @property
    def open_to_new_integrations(self: _Joined) -> Openness:
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
        from nhs_api_catalogue.official.entries import openness_of  # noqa: PLC0415  see the class

        return openness_of(self.official)

    def official_details(self: _Joined) -> tuple[tuple[str, str | tuple[str, ...]], ...]:
        """What official sources say, as texts with their sources, by the names of the fields.

        Empty if nothing is laid over the record.

        >>> from nhs_api_catalogue import catalogue
        >>> dict(catalogue["BaRS"].official_details())["open_to_new_integrations"]
        'yes'
        """
        if self.overlay is None:
            return ()
        from nhs_api_catalogue.official.entries import openness_of  # noqa: PLC0415  see the class

        about = self.overlay(self.id).about(self.id)
        services = {service.id: service.name for service in about.services}
        own = [entry for entry in about.entries if self.id in entry.apis]
        successors = [entry for entry in about.entries if self.id not in entry.apis]
        return (
            ("open_to_new_integrations", str(openness_of(own))),
            ("official", tuple(entry.describe(about.entries) for entry in own)),
            ("successors", tuple(entry.describe(about.entries) for entry in successors)),
            ("differences", tuple(map(str, about.differences))),
            ("prerequisites", tuple(map(str, about.prerequisites))),
            (
                "timescales",
                tuple(
                    f"{services[one.applies_to]}: {one}" if one.applies_to in services else str(one)
                    for one in about.timescales
                ),
            ),
            ("addresses", tuple(f"{source.title}: {source.url}" for source in about.sources)),
        )

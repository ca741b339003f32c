"""What an API needs before it can be built, assured or live."""

from __future__ import annotations

from collections.abc import Iterator
from types import NoneType
from typing import TYPE_CHECKING, Any, final

import attrs

from nhs_api_catalogue._checks import check, check_all, check_id, check_text
from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._later import Later
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.errors import InvalidRecordError
from nhs_api_catalogue.official.sources import (
    AsOf,
    Confidence,
    Source,
    Word,
    check_notes,
    check_stated,
    cited,
)
from nhs_api_catalogue.official.wording import noted

if TYPE_CHECKING:
    import nhs_api_catalogue.official as statements
else:
    statements = Later("nhs_api_catalogue.official")


@final
class Strength(Word):
    """How strongly something is needed.

    >>> [str(strength) for strength in Strength]
    ['required', 'conditional', 'alternative', 'not needed']
    """

    REQUIRED = ("required", "always needed")
    CONDITIONAL = ("conditional", "needed in the case that the note describes")
    ALTERNATIVE = ("alternative", "one of several accepted ways")
    NOT_NEEDED = ("not_needed", "stated not to be needed")


@final
class NeededFor(Word):
    """The stage for which something is needed.

    >>> [str(stage) for stage in NeededFor]
    ['build', 'assurance', 'go live', 'unknown']
    """

    BUILD = ("build", "needed to build or test")
    ASSURANCE = ("assurance", "needed during NHSE assurance")
    GO_LIVE = ("go_live", "must be complete before live use")
    UNKNOWN = ("unknown", "stage not stated")


@final
class ServiceKind(Word):
    """What kind of thing is needed besides APIs.

    >>> ServiceKind.NETWORK.meaning
    'network or proxy'
    """

    ACCOUNT = ("account", "account or identifier to be issued")
    AGREEMENT = ("agreement", "contract to be signed")
    API = ("api", "another API")
    ASSURANCE = ("assurance", "evidence or approval")
    DEMOGRAPHICS = ("demographics", "patient demographics lookup")
    DIRECTORY = ("directory", "directory entry")
    IDENTITY = ("identity", "sign-in or role of a person")
    MESSAGING = ("messaging", "message transport or wrapper")
    NETWORK = ("network", "network or proxy")
    PLATFORM = ("platform", "platform to join")


@final
@attrs.frozen(eq=False, repr=False)
class OfficialService(Value):
    """Something that integrations need besides APIs: an account, a network, an approval.

    Attributes:
        id: A slug.
        name: Its name.
        kind: What kind of thing it is.
        what: What it is for, in our own words.
        source: Where it was read.
        met_by: The ids of APIs, any of which meets the need; may be empty.
        needs_first: The ids of other services that this one needs first.
        where: The heading or path in the source; None if not recorded.
        timescales: The times that sources publish for it; not part of equality.

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
    where: str | None = None
    timescales: tuple[statements.Timescale, ...] = attrs.field(default=(), eq=False)
    needs_first: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_id("OfficialService", id=self.id)
        check_text(self.id, name=self.name, what=self.what)
        check(self.id, "kind", self.kind, ServiceKind)
        check(self.id, "source", self.source, Source)
        check_all(self.id, "met_by", self.met_by, tuple, str)
        check_all(self.id, "needs_first", self.needs_first, tuple, str)
        check_notes(self.id, where=self.where)
        # Most have none, and need not load the module `timescales`.
        if self.timescales != ():
            check_all(self.id, "timescales", self.timescales, tuple, statements.Timescale)

    def __rich_repr__(self) -> Iterator[str]:
        """What rich shows of a service: not the times that sources publish for it."""
        yield self.id
        yield self.name

    def __str__(self) -> str:
        return visible(self.name)


@final
@attrs.frozen(eq=False, repr=False)
class Prerequisite(Value):
    """What an API needs before it can be built, assured or live.

    Attributes:
        api: The id of the API that needs it.
        needs: The id of what is needed, an API or a service.
        strength: How strongly it is needed.
        needed_for: The stage for which it is needed.
        source: Where it was read.
        confidence: How it was read.
        note: The case in which it is needed, or why; None if nothing is said.
        service: The service that is needed; None if it is an API.
        where: The heading or path in the source; None if not recorded.
        called: The catalogue's name for the API that is needed; None for a service, or if no
            catalogue has it. Not part of equality, nor of files.

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
    where: str | None = None
    called: str | None = attrs.field(default=None, eq=False)

    def __attrs_post_init__(self) -> None:
        check_text("Prerequisite", api=self.api)
        check_text(self.api, needs=self.needs)
        if self.needs == self.api:
            expected = "something other than the API itself"
            raise InvalidRecordError(self.api, "needs", self.needs, expected)
        check(self.api, "strength", self.strength, Strength)
        check(self.api, "needed_for", self.needed_for, NeededFor)
        check_stated(self.api, self.source, self.confidence)
        check_notes(self.api, note=self.note, where=self.where, called=self.called)
        check(self.api, "service", self.service, (OfficialService, NoneType))
        if self.service is not None and self.service.id != self.needs:
            raise InvalidRecordError(
                self.api, "service", self.service, f"the one called {self.needs}"
            )

    def __rich_repr__(self) -> Iterator[Any]:
        """What rich shows of a prerequisite: what needs what, and how firmly."""
        yield self.api
        yield "needs", self.needs
        yield "strength", self.strength.value
        yield "needed_for", self.needed_for.value

    @property
    def as_of(self) -> AsOf | None:
        """The date of the source; None if it has none."""
        return self.source.as_of

    @property
    def name(self) -> str:
        """The name of what is needed; for an API that no catalogue has, "API" and its id."""
        if self.service is not None:
            return self.service.name
        return self.called or f"API {self.needs}"

    def __str__(self) -> str:
        """One line: how strongly it is needed, when, what it is, and the source."""
        when = "" if self.needed_for is NeededFor.UNKNOWN else f" for {self.needed_for}"
        need = noted(f"{self.strength}{when}: {self.name}", self.note)
        return visible(f"{need} {cited(self.source, self.confidence)}")

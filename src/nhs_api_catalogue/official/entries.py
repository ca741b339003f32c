"""Official products: what NHS England lists or specifies under its own name, fact by fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import NoneType
from typing import Any, Final, Generic, TypeVar, cast, final

import attrs

import nhs_api_catalogue.official.wording as wording
from nhs_api_catalogue._checks import check, check_all, check_date, check_id, check_text
from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.durations import read_date
from nhs_api_catalogue.errors import InvalidRecordError
from nhs_api_catalogue.official.product_words import (
    FhirVersion,
    Network,
    OnboardingRoute,
    Openness,
    ProductStatus,
    SecurityMode,
    SecurityPattern,
    ServiceLevel,
    SignInLevel,
    Technology,
)
from nhs_api_catalogue.official.sources import (
    AsOf,
    Confidence,
    Source,
    check_address,
    check_notes,
    check_stated,
    cited,
)

T = TypeVar("T")


@final
@attrs.frozen(eq=False, repr=False)
class Fact(Value, Generic[T]):
    """A value with its source.

    Attributes:
        value: The value; sequences are tuples in the order of the source.
        source: Where it was read.
        confidence: How it was read.
        note: A qualification; None if there is none.
        where: The heading or path in the source; None if not recorded.

    Raises:
        InvalidRecordError: A value has no source, or no confidence.

    >>> from nhs_api_catalogue import catalogue
    >>> level = catalogue["MESH"].official[0].service_level
    >>> print(level.value, level.as_of)
    platinum 2025-08-27
    """

    value: T
    source: Source
    confidence: Confidence
    note: str | None = None
    where: str | None = None

    def __attrs_post_init__(self) -> None:
        check_stated("Fact", self.source, self.confidence)
        check_notes("Fact", note=self.note, where=self.where)

    @property
    def as_of(self) -> AsOf | None:
        """The date of the source; None if it has none."""
        return self.source.as_of

    @property
    def text(self) -> str:
        """The value and its note."""
        value: object = self.value
        values = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
        text = ", ".join(str(value) for value in values)
        return wording.noted(text, self.note)

    def __str__(self) -> str:
        """The value, its note and its source, in one line."""
        return visible(f"{self.text} {cited(self.source, self.confidence)}")


@final
@attrs.frozen(eq=False, repr=False)
class Security(Value):
    """One way in which callers are authenticated.

    Attributes:
        mode: Who must be authenticated.
        pattern: How they are authenticated.
        level: How strongly the user must have signed in; None if the source does not say.

    >>> print(Security(SecurityMode.APPLICATION_RESTRICTED, SecurityPattern.SIGNED_JWT))
    application restricted by signed jwt
    """

    mode: SecurityMode
    pattern: SecurityPattern
    level: SignInLevel | None = None

    def __attrs_post_init__(self) -> None:
        check("Security", "mode", self.mode, SecurityMode)
        check("Security", "pattern", self.pattern, SecurityPattern)
        check("Security", "level", self.level, (SignInLevel, NoneType))

    def __str__(self) -> str:
        level = "" if self.level is None else f" at {self.level}"
        return f"{self.mode} by {self.pattern}{level}"


@final
@attrs.frozen(kw_only=True, eq=False, repr=False)
class OfficialEntry(Value):
    """A product as NHS England lists or specifies it; several may belong to one API of the guide.

    A fact is None if no source for it was found.

    Attributes:
        id: A slug.
        apis: The ids of the APIs in the guide that it belongs to; may be empty.
        name: Its official name.
        catalogue_url: Its page in NHS England's catalogue.
        status: Its status.
        status_until: The announced day on which the status ends.
        version: The version of its specification.
        open_to_new_integrations: Whether new integrations are taken.
        technology: The technologies that it uses.
        fhir_version: The versions of FHIR.
        network: The networks over which it is reached.
        security: How callers are authenticated, as alternatives.
        base_url_production: The base address of its production environment.
        base_url_sandbox: The base address of its sandbox.
        spec_repository: The repository of its specification.
        service_level: How it is operated and supported.
        onboarding: The ways to become an integrator.
        aliases: Other names that official sources use.
        replaced_by: The ids of the entries that replace it.

    Raises:
        InvalidRecordError: A value breaks a rule.

    >>> from nhs_api_catalogue import catalogue
    >>> print(catalogue["PDS FHIR (Patient Access)"].official[0].name.value)
    Personal Demographics Service (FHIR) API - patient access
    """

    id: str
    apis: tuple[str, ...] = ()
    name: Fact[str]
    catalogue_url: Fact[str] | None = None
    status: Fact[tuple[ProductStatus, ...]] | None = None
    status_until: Fact[date] | None = None
    version: Fact[str] | None = None
    open_to_new_integrations: Fact[Openness] | None = None
    technology: Fact[tuple[Technology, ...]] | None = None
    fhir_version: Fact[tuple[FhirVersion, ...]] | None = None
    network: Fact[tuple[Network, ...]] | None = None
    security: Fact[tuple[Security, ...]] | None = None
    base_url_production: Fact[str] | None = None
    base_url_sandbox: Fact[str] | None = None
    spec_repository: Fact[str] | None = None
    service_level: Fact[ServiceLevel] | None = None
    onboarding: Fact[tuple[OnboardingRoute, ...]] | None = None
    aliases: Fact[tuple[str, ...]] | None = None
    replaced_by: Fact[tuple[str, ...]] | None = None

    def __attrs_post_init__(self) -> None:
        check_id("OfficialEntry", id=self.id)
        check_all(self.id, "apis", self.apis, tuple, str)
        check(self.id, "name", self.name, Fact)
        check_facts(self.id, self.facts(), FACTS)
        if self.replaced_by is not None and self.id in self.replaced_by.value:
            expected = "entries other than itself"
            raise InvalidRecordError(self.id, "replaced_by", self.replaced_by.value, expected)

    def facts(self) -> Iterator[tuple[str, Fact[Any]]]:
        """The facts that are known, each with the name of its field.

        >>> from nhs_api_catalogue import catalogue
        >>> dict(catalogue["MESH"].official[0].facts())["network"].text
        'internet'
        """
        for field in FACTS:
            fact = getattr(self, field)
            if fact is not None:
                yield field, fact

    @property
    def openness(self) -> Openness:
        """Whether new integrations are taken; a missing fact counts as unknown."""
        fact = self.open_to_new_integrations
        return Openness.UNKNOWN if fact is None else fact.value

    def status_on(self, on: date | str) -> tuple[ProductStatus, ...] | None:
        """Its status on a day; None if no source states it.

        From the announced day on which a status ends, nothing is known about it.

        Args:
            on: The day.

        Raises:
            InvalidDateError: It is not a date.

        >>> from nhs_api_catalogue import catalogue
        >>> _, rest, _ = catalogue["DoS"].official
        >>> [rest.status_on(day) for day in ("2026-05-30", "2026-05-31")]
        [(<ProductStatus.IN_PRODUCTION: 'in_production'>,), None]
        """
        day = read_date(on)
        until = self.status_until
        if self.status is None or (until is not None and day >= until.value):
            return None
        return self.status.value

    @property
    def names(self) -> tuple[str, ...]:
        """Its official name and its aliases."""
        return (self.name.value, *(self.aliases.value if self.aliases else ()))

    def describe(self, entries: Iterable[OfficialEntry] = ()) -> str:
        """One line: its status, whether it is open, and what replaces it, with the sources.

        Args:
            entries: Other entries; one that replaces this one is shown by name, not by id.

        >>> from nhs_api_catalogue import catalogue
        >>> catalogue["MESH"].official[0].describe().partition(";")[0]
        'Message Exchange for Social Care and Health (MESH) API: in production'
        """
        names = {entry.id: entry.name.value for entry in entries}
        said: dict[str, list[str]] = {}
        for field, lead in (
            ("status", ""),
            ("status_until", "end announced for "),
            ("open_to_new_integrations", "open to new integrations: "),
            ("replaced_by", "replaced by "),
        ):
            fact: Fact[Any] | None = getattr(self, field)
            if fact is not None:
                if field == "replaced_by":
                    fact = attrs.evolve(
                        fact, value=tuple(names.get(id_, id_) for id_ in fact.value)
                    )
                said.setdefault(cited(fact.source, fact.confidence), []).append(lead + fact.text)
            elif field == "open_to_new_integrations":
                said.setdefault("", []).append(f"{lead}unknown")
        texts = (f"{'; '.join(texts)} {source}".rstrip() for source, texts in said.items())
        return f"{self.name.value}: {'; '.join(texts)}"

    def __rich_repr__(self) -> Iterator[str]:
        """What rich shows of an entry: not all its facts."""
        yield self.id
        yield self.name.value

    def __repr__(self) -> str:
        return f"<OfficialEntry {self.id}: {self.name.value!r}>"

    def __str__(self) -> str:
        return visible(self.name.value)


def check_facts(
    record: str,
    facts: Iterable[tuple[str, Fact[Any]]],
    kinds: Mapping[str, type | tuple[type]],
) -> None:
    """Refuse facts whose values have the wrong type for their fields."""
    for field, fact in facts:
        check(record, field, fact, Fact)
        kind = kinds[field]
        if isinstance(kind, tuple):
            check_all(record, field, fact.value, tuple, kind[0])
            if not fact.value:
                raise InvalidRecordError(record, field, fact.value, "at least one value")
        elif kind is date:
            check_date(record, **{field: fact.value})
        elif field in ADDRESSES:
            check_address(record, **{field: fact.value})
        elif kind is str:
            check_text(record, **{field: fact.value})
        else:
            check(record, field, fact.value, kind)


# The type of each fact's value: a type, or a tuple of values of a type.
FACTS: Final[dict[str, type | tuple[type]]] = {
    "name": str,
    "catalogue_url": str,
    "status": (ProductStatus,),
    "status_until": date,
    "version": str,
    "open_to_new_integrations": Openness,
    "technology": (Technology,),
    "fhir_version": (FhirVersion,),
    "network": (Network,),
    "security": (Security,),
    "base_url_production": str,
    "base_url_sandbox": str,
    "spec_repository": str,
    "service_level": ServiceLevel,
    "onboarding": (OnboardingRoute,),
    "aliases": (str,),
    "replaced_by": (str,),
}
ADDRESSES: Final = ("catalogue_url", "base_url_production", "base_url_sandbox", "spec_repository")


def openness_of(entries: Iterable[OfficialEntry]) -> Openness:
    """Whether an API takes new integrations, according to its entries."""
    return Openness(wording.openness_of(entry.openness.value for entry in entries))

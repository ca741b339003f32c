"""One product beyond the guide, and its parts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, final

import attrs

from nhs_api_catalogue._checks import check, check_all, check_id, check_text, read_width
from nhs_api_catalogue._escapes import visible, visible_lines
from nhs_api_catalogue._later import Later
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.durations import DurationRange, read_date
from nhs_api_catalogue.errors import InvalidRecordError
from nhs_api_catalogue.official.entries import Fact, OfficialEntry, Security, check_facts
from nhs_api_catalogue.official.overlay import Overlay
from nhs_api_catalogue.official.product_words import (
    FhirVersion,
    Network,
    ProductStatus,
    ServiceLevel,
    Technology,
)
from nhs_api_catalogue.official.sources import (
    Confidence,
    Source,
    Word,
    check_address,
    check_stated,
    cited,
)
from nhs_api_catalogue.official.wording import noted
from nhs_api_catalogue.records import Api, Edition
from nhs_api_catalogue.records.own_values import OwnValue
from nhs_api_catalogue.working_days.times import StageTime, read_time

if TYPE_CHECKING:
    import nhs_api_catalogue.working_days as working_days
else:
    working_days = Later("nhs_api_catalogue.working_days")

FamilyText: TypeAlias = Literal[
    "directory_of_services",
    "e_rs",
    "eps",
    "gp_connect",
    "im1",
    "immunisation",
    "mesh",
    "nhs_app",
    "nhs_notify",
    "nrl",
    "ods",
    "pds",
    "scr",
    "sds",
    "transfer_of_care",
    "wayfinder",
]
ProductKindText: TypeAlias = Literal["api", "api_standard"]


@final
class Family(Word):
    """The service that several products belong to.

    >>> Family("nrl").meaning
    'National Record Locator'
    """

    DIRECTORY_OF_SERVICES = (
        "directory_of_services",
        "Directory of Services and Directory of Healthcare Services",
    )
    E_RS = ("e_rs", "e-Referral Service")
    EPS = ("eps", "Electronic Prescription Service")
    GP_CONNECT = ("gp_connect", "GP Connect")
    IM1 = ("im1", "Interface Mechanism 1")
    IMMUNISATION = ("immunisation", "records and events of vaccinations")
    MESH = ("mesh", "Message Exchange for Social Care and Health")
    NHS_APP = ("nhs_app", "NHS App")
    NHS_NOTIFY = ("nhs_notify", "NHS Notify")
    NRL = ("nrl", "National Record Locator")
    ODS = ("ods", "Organisation Data Service")
    PDS = ("pds", "Personal Demographics Service")
    SCR = ("scr", "Summary Care Record")
    SDS = ("sds", "Spine Directory Service")
    TRANSFER_OF_CARE = ("transfer_of_care", "Transfer of Care")
    WAYFINDER = ("wayfinder", "Wayfinder: the Patient Care Aggregator and what belongs to it")


@final
class ProductKind(Word):
    """Who runs what a specification describes.

    >>> ProductKind.API_STANDARD.meaning
    'a contract that others implement'
    """

    API = ("api", "an API that is run for others to call")
    API_STANDARD = ("api_standard", "a contract that others implement")


@final
class Environment(Word):
    """What an address is for.

    >>> Environment.INTEGRATION.meaning
    'for formal tests with other systems'
    """

    SANDBOX = ("sandbox", "for first trials, with made-up responses")
    DEVELOPMENT = ("development", "for tests while software is written")
    INTEGRATION = ("integration", "for formal tests with other systems")
    USER_ACCEPTANCE = ("user_acceptance", "for deployment tests and user tests")
    PRODUCTION = ("production", "for live use")


@final
@attrs.frozen(eq=False, repr=False)
class BaseAddress(Value):
    """The address of one environment of a product.

    Attributes:
        environment: What it is for.
        url: The address that all calls begin with.

    Raises:
        InvalidRecordError: A value breaks a rule.

    >>> print(BaseAddress(Environment.SANDBOX, "https://sandbox.api.service.nhs.uk/hello-world"))
    sandbox https://sandbox.api.service.nhs.uk/hello-world
    """

    environment: Environment
    url: str

    def __attrs_post_init__(self) -> None:
        check("BaseAddress", "environment", self.environment, Environment)
        check_address("BaseAddress", url=self.url)

    def __str__(self) -> str:
        return visible(f"{self.environment} {self.url}")


@final
@attrs.frozen(eq=False, repr=False)
class Specification(Value):
    """A file at a commit of a public repository.

    Attributes:
        repository: The owner and the name of the repository.
        path: The path of the file in it.
        commit: The commit, in full.

    Raises:
        InvalidRecordError: A value breaks a rule.

    >>> from nhs_api_catalogue import products
    >>> products["NRL Producer"].specification.value.repository
    'NHSDigital/nrl-producer-api'
    """

    repository: str
    path: str
    commit: str

    def __attrs_post_init__(self) -> None:
        check_text("Specification", path=self.path)
        check_text("Specification", repository=self.repository)
        owner, _, name = self.repository.partition("/")
        if not owner or not name or "/" in name:
            expected = "an owner and a name, separated by a slash"
            raise InvalidRecordError("Specification", "repository", self.repository, expected)
        if not _is_commit(self.commit):
            expected = "a commit, 40 hexadecimal digits"
            raise InvalidRecordError("Specification", "commit", self.commit, expected)
        check_address(self.repository, path=self.url)

    @property
    def repository_url(self) -> str:
        """The address of the repository.

        >>> Specification("NHSDigital/hello-world-api", "README.md", "0" * 40).repository_url
        'https://github.com/NHSDigital/hello-world-api'
        """
        return f"https://github.com/{self.repository}"

    @property
    def url(self) -> str:
        """The address of the file at that commit.

        >>> Specification("NHSDigital/hello-world-api", "README.md", "0" * 40).url[-16:]
        '000000/README.md'
        """
        return f"{self.repository_url}/blob/{self.commit}/{self.path}"

    def __str__(self) -> str:
        return visible(f"{self.repository}, {self.path} at {self.commit[:7]}")


def _is_commit(value: object) -> bool:
    return isinstance(value, str) and len(value) == 40 and _HEXADECIMAL.issuperset(value)


_HEXADECIMAL: Final = frozenset("0123456789abcdef")

# The type of each fact's value: a type, or a tuple of values of a type.
FACTS: Final[dict[str, type | tuple[type]]] = {
    "name": str,
    "specification": Specification,
    "kind": ProductKind,
    "family": Family,
    "summary": str,
    "aliases": (str,),
    "catalogue_url": str,
    "status": (ProductStatus,),
    "technology": (Technology,),
    "fhir_version": (FhirVersion,),
    "network": (Network,),
    "security": (Security,),
    "service_level": ServiceLevel,
    "base_addresses": (BaseAddress,),
}
# The facts that an official product has too, under the same name.
_SHARED: Final = tuple(field for field in FACTS if field in attrs.fields_dict(OfficialEntry))


@final
@attrs.frozen(kw_only=True, eq=False, repr=False)
class Product(Value):
    """An NHS England product, as its public specification describes it; it has no durations.

    Each value is a `Fact` with its source, that source's date and the place in it; None if nothing
    was found. `str` is the whole product as text.

    Attributes:
        id: A slug.
        apis: The ids of the APIs in the guide that cover it; empty if none does.
        name: Its name in NHS England's catalogue if seen there, otherwise in its specification.
        specification: Where its specification is.
        kind: Whether it is an API or a standard for other people's APIs.
        family: The service that it belongs to.
        summary: What it does, in our own words.
        aliases: Other names.
        catalogue_url: Its page in NHS England's catalogue.
        status: Its status.
        technology: The technologies that it uses.
        fhir_version: The versions of FHIR.
        network: The networks over which it is reached.
        security: How callers are authenticated, as alternatives.
        service_level: How it is operated and supported.
        base_addresses: The addresses of its environments.

    Raises:
        InvalidRecordError: A value breaks a rule.

    >>> from nhs_api_catalogue import products
    >>> print(products["NHS Notify"].status)
    beta, in production (NHS Notify API, description, NHS England, 2026-04-29)
    """

    id: str
    apis: tuple[str, ...] = ()
    name: Fact[str]
    specification: Fact[Specification]
    kind: Fact[ProductKind] | None = None
    family: Fact[Family] | None = None
    summary: Fact[str] | None = None
    aliases: Fact[tuple[str, ...]] | None = None
    catalogue_url: Fact[str] | None = None
    status: Fact[tuple[ProductStatus, ...]] | None = None
    technology: Fact[tuple[Technology, ...]] | None = None
    fhir_version: Fact[tuple[FhirVersion, ...]] | None = None
    network: Fact[tuple[Network, ...]] | None = None
    security: Fact[tuple[Security, ...]] | None = None
    service_level: Fact[ServiceLevel] | None = None
    base_addresses: Fact[tuple[BaseAddress, ...]] | None = None

    def __attrs_post_init__(self) -> None:
        check_id("Product", id=self.id)
        check_all(self.id, "apis", self.apis, tuple, str)
        for field in ("name", "specification"):
            check(self.id, field, getattr(self, field), Fact)
        check_facts(self.id, self.facts(), FACTS)

    def facts(self) -> Iterator[tuple[str, Fact[Any]]]:
        """The facts that are known, each with the name of its field.

        >>> from nhs_api_catalogue import products
        >>> dict(products["MESH"].facts())["network"].text
        'internet'
        """
        for field in FACTS:
            fact = getattr(self, field)
            if fact is not None:
                yield field, fact

    @property
    def names(self) -> tuple[str, ...]:
        """Its name and its aliases.

        >>> from nhs_api_catalogue import products
        >>> products["PDS"].names
        ('Personal Demographics Service - FHIR API', 'PDS')
        """
        return (self.name.value, *(self.aliases.value if self.aliases else ()))

    def sources(self) -> tuple[Source, ...]:
        """The documents behind its facts, each once.

        >>> from nhs_api_catalogue import products
        >>> [source.publisher for source in products["MESH"].sources()]
        ['UK government (GDS)', 'NHS England']
        """
        return tuple(dict.fromkeys(fact.source for _, fact in self.facts()))

    def as_api(
        self,
        *,
        technical: DurationRange | working_days.WorkingDays | str,
        assurance: DurationRange | working_days.WorkingDays | str,
        source: str,
        as_of: date | str | None = None,
    ) -> Api:
        """Your own record, with the product's facts as its overlay and with your durations.

        Args:
            technical: How long technical implementation takes.
            assurance: How long NHS England's assurance takes.
            source: Where both times come from, in a few words.
            as_of: The date of that source, as a date or its text YYYY-MM-DD.

        Raises:
            DurationSyntaxError: A text is neither a range of durations nor working days.
            InvalidDateError: The text is not a date.
            InvalidRecordError: A value breaks a rule, or the source is blank.

        >>> from nhs_api_catalogue import catalogue, plan, products
        >>> nrl = products["NRL Producer"].as_api(
        ...     technical="2-4 months", assurance="3-6 months", source="our estimate"
        ... )
        >>> ours = catalogue.with_apis(nrl)
        >>> print(plan([ours["NRL"]], start="2027-01-04").go_live)
        2027-06-04 to 2027-11-04
        """
        day = None if as_of is None else read_date(as_of, "date of the source")
        entry = OfficialEntry(
            id=self.id,
            apis=(self.id,),
            **{field: getattr(self, field) for field in _SHARED},
            base_url_production=self._address(Environment.PRODUCTION),
            base_url_sandbox=self._address(Environment.SANDBOX),
            spec_repository=_as_said(self.specification, self.specification.value.repository_url),
        )
        dates = [one.as_of.first_day for one in self.sources() if one.as_of is not None]
        overlay = Overlay(
            compiled=max(dates, default=date.min),
            sources=tuple(dict.fromkeys(fact.source for _, fact in entry.facts())),
            entries=(entry,),
        )
        return Api(
            id=self.id,
            name=self.name.value,
            summary="" if self.summary is None else self.summary.value,
            technical=_read_time(technical),
            assurance=_read_time(assurance),
            aliases=self.names[1:],
            own=tuple(OwnValue(field, source, day) for field in ("technical", "assurance")),
            edition=_edition(self.specification.source),
            overlay=partial(_laid_over, overlay),
        )

    def _address(self, environment: Environment) -> Fact[str] | None:
        """The base address of an environment, as a separate fact."""
        if self.base_addresses is None:
            return None
        for one in self.base_addresses.value:
            if one.environment is environment:
                return _as_said(self.base_addresses, one.url)
        return None

    def describe(self, *, width: int = 80) -> str:
        """The whole product as text; `str` is this at 80 columns.

        A value comes from the product's specification unless another source is named.

        Args:
            width: The number of columns of a line.

        Raises:
            ValueError: The width is below 60.
            TypeError: The width is not a whole number.

        >>> from nhs_api_catalogue import products
        >>> print(products["Hello World"].describe().partition("  kind")[0])
        Hello World API
          specification   NHSDigital/hello-world-api, specification/hello-world.yaml at
                          8c739f2 (2025-06-19)
        <BLANKLINE>
        """
        from textwrap import fill  # noqa: PLC0415  it costs 1 ms

        room = read_width(width)
        lines = [fill(self.name.value, room)]
        for label, text in self.lines():
            head = f"  {label:<15} "
            lines.append(fill(text, room, initial_indent=head, subsequent_indent=" " * 18))
        return visible_lines("\n".join(lines).split("\n"))

    def lines(self) -> Iterator[tuple[str, str]]:
        """What is known and what is not, with labels, as people read it.

        A value has its source if that is not the specification.

        >>> from nhs_api_catalogue import products
        >>> *_, last = products["Clinical Data Gateway"].lines()
        >>> last
        ('base addresses', 'unknown')
        """
        own = self.specification.source
        yield "specification", f"{self.specification.value} ({own.as_of or 'no date'})"
        for field in FACTS:
            fact: Fact[Any] | None = getattr(self, field)
            label = field.replace("_", " ")
            if fact is not None and field not in _IN_HEAD:
                text = noted(fact.value.meaning, fact.note) if field == "family" else fact.text
                elsewhere = fact.source != own or fact.confidence is not Confidence.OFFICIAL
                yield label, f"{text} {cited(fact.source, fact.confidence)}" if elsewhere else text
            elif fact is None and field not in _MAY_LACK:
                yield label, "unknown"
        if self.apis:
            yield "in the guide", ", ".join(self.apis)

    def _repr_html_(self) -> str:
        """The product as a table for notebooks; it says no more than `str`."""
        from nhs_api_catalogue.beyond.tables import write_product  # noqa: PLC0415  few need it

        return write_product(self)

    def __rich_repr__(self) -> Iterator[Any]:
        """What rich shows of a product: not all that it holds."""
        yield self.id
        yield self.name.value

    def __repr__(self) -> str:
        return f"<Product {self.id}: {self.name.value!r}>"

    def __str__(self) -> str:
        return self.describe()


# The values above the others, and those that a product need not have.
_IN_HEAD: Final = frozenset({"name", "specification"})
_MAY_LACK: Final = frozenset({"family", "aliases", "fhir_version"})


def _edition(source: Source) -> Edition:
    """The document of a source, as the edition of a record."""
    as_of = None if source.as_of is None else source.as_of.first_day
    return Edition(source.title, source.publisher, as_of, source.url)


def way_to_a_record(value: object) -> str:
    """The hint for a product that was given for a record; empty for any other value.

    >>> way_to_a_record("MESH")
    ''
    """
    if not isinstance(value, Product):
        return ""
    return " (a product has no durations: product.as_api(technical=..., assurance=..., source=...))"


def _as_said(fact: Fact[Any], value: str) -> Fact[str]:
    """Another value from the same place of the same source."""
    return Fact(value, fact.source, fact.confidence, fact.note, fact.where)


def _read_time(value: StageTime | str) -> StageTime:
    return read_time(value) if isinstance(value, str) else value


def _laid_over(overlay: Overlay, _api: str | None = None, _kind: str | None = None, /) -> Overlay:
    """The overlay of the one record; pickled records name this function."""
    return overlay


@final
@attrs.frozen(kw_only=True, eq=False, repr=False)
class Listing(Value):
    """A product that NHS England's catalogue listed; its current status is unknown.

    Attributes:
        name: Its name there.
        url: Its page there.
        source: The copy of the catalogue where it was read.
        confidence: How it was read.
        family: The service that it belongs to, judged by its name; None if it is not one of ours.
        aliases: What people call it.
        product: The id of its product; None if no specification is public.
        apis: The ids of the APIs in the guide that cover it.

    Raises:
        InvalidRecordError: A value breaks a rule.

    >>> from nhs_api_catalogue import products
    >>> print(products.listed("NHS login"))
    NHS login API: listed on 2023-04-25, status unknown, https://digital.nhs.uk/developer/api-catalogue/nhs-login
    """

    name: str
    url: str
    source: Source
    confidence: Confidence = Confidence.OFFICIAL
    family: Family | None = None
    aliases: tuple[str, ...] = ()
    product: str | None = None
    apis: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_text("Listing", name=self.name)
        check_address(self.name, url=self.url)
        check_stated(self.name, self.source, self.confidence)
        if self.family is not None:
            check(self.name, "family", self.family, Family)
        check_all(self.name, "aliases", self.aliases, tuple, str)
        if self.product is not None:
            check_id(self.name, product=self.product)
        check_all(self.name, "apis", self.apis, tuple, str)

    def __repr__(self) -> str:
        return f"<Listing: {self.name!r}>"

    def __str__(self) -> str:
        listed = self.source.as_of or "an unstated date"
        return visible(f"{self.name}: listed on {listed}, status unknown, {self.url}")

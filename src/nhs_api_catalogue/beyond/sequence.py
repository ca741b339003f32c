"""Products in order: found by name and by words, filtered, and as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from typing import (
    Any,
    Final,
    TypeAlias,
    TypedDict,
    TypeVar,
    Unpack,
    cast,
    final,
    overload,
)

import attrs

from nhs_api_catalogue._checks import at_position, check_all, check_date, check_kind, read_width
from nhs_api_catalogue._frames import Frame, Tabular
from nhs_api_catalogue._names import (
    fold,
    loose_forms,
    loosen,
    nearest_names,
    nearest_word,
    read_text,
    split_standard,
)
from nhs_api_catalogue._search import SearchMatch, SearchTexts, search_words
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.beyond.records import (
    FACTS,
    Family,
    FamilyText,
    Listing,
    Product,
    ProductKind,
    ProductKindText,
)
from nhs_api_catalogue.errors import AmbiguousProductError, UnknownProductError, UnknownValueError
from nhs_api_catalogue.official.entries import Fact
from nhs_api_catalogue.official.product_words import (
    FhirVersion,
    FhirVersionText,
    Network,
    NetworkText,
    ProductStatus,
    ProductStatusText,
    SecurityMode,
    SecurityModeText,
    SecurityPattern,
    SecurityPatternText,
    ServiceLevel,
    ServiceLevelText,
    Technology,
    TechnologyText,
)
from nhs_api_catalogue.official.sources import Source, Word
from nhs_api_catalogue.records import Api
from nhs_api_catalogue.records.words import members_of

T = TypeVar("T")
V = TypeVar("V")

Some: TypeAlias = T | Iterable[T]
Indexes: TypeAlias = tuple[dict[str, tuple[V, ...]], ...]
SecurityWord: TypeAlias = SecurityMode | SecurityPattern | SecurityModeText | SecurityPatternText

# How each index folds a name that is looked up, and under which forms it stores names: names and
# ids, aliases, and both without what people add.
_FORMS: Final = (fold, fold, loosen)
_FOUND_UNDER: Final[tuple[Callable[[str], tuple[str, ...]], ...]] = (
    lambda name: (fold(name),),
    lambda name: (fold(name),),
    loose_forms,
)


class Asked(TypedDict, total=False):
    """The arguments of `Products.filter` and `Products.undecided`."""

    status: Some[ProductStatus | ProductStatusText] | None
    technology: Some[Technology | TechnologyText] | None
    fhir_version: Some[FhirVersion | FhirVersionText] | None
    network: Some[Network | NetworkText] | None
    security: Some[SecurityWord] | None
    service_level: Some[ServiceLevel | ServiceLevelText] | None
    family: Some[Family | FamilyText] | None
    kind: Some[ProductKind | ProductKindText] | None


@final
@attrs.frozen(eq=False, repr=False, slots=False)
class Products(Value, Tabular):
    """Products in order, found by names and by words.

    Like a sequence, it has a length, positions, slices and an order. It is not a `Sequence` of
    `collections.abc`: see `Catalogue`.

    Attributes:
        records: The products.
        as_of: The day on which their specifications were read.
        listings: What NHS England's catalogue listed on an earlier day; every selection keeps it.
        found_by: Which words of a search were found, if these are what `search` gave; else None.
            Not part of equality.

    Raises:
        InvalidRecordError: A value has the wrong type.

    >>> from nhs_api_catalogue import products
    >>> products
    <Products: 60 as of 2026-11-29, with 93 listings>
    """

    records: tuple[Product, ...]
    as_of: date = attrs.field(kw_only=True)
    listings: tuple[Listing, ...] = attrs.field(kw_only=True, default=())
    found_by: SearchMatch | None = attrs.field(default=None, eq=False, init=False)

    def __attrs_post_init__(self) -> None:
        check_all("Products", "records", self.records, tuple, Product)
        check_date("Products", as_of=self.as_of)
        check_all("Products", "listings", self.listings, tuple, Listing)

    def _part(self, records: Iterable[Product]) -> Products:
        return attrs.evolve(self, records=tuple(records))

    # -- as a sequence --

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Product]:
        return iter(self.records)

    @overload
    def __getitem__(self, key: str | int) -> Product: ...
    @overload
    def __getitem__(self, key: slice) -> Products: ...
    def __getitem__(self, key: str | int | slice) -> Product | Products:
        """The product with that name, id or alias, or at that position, or those in the slice.

        Raises:
            UnknownProductError: No product has the name.
            AmbiguousProductError: Several products have the name.
            IndexError: There is no such position.
            TypeError: The key is not a name, a position or a slice.
        """
        if isinstance(key, str):
            return self._only(key)
        if isinstance(key, slice):
            return self._part(self.records[key])
        return at_position(self.records, key, "products")

    def __contains__(self, key: object) -> bool:
        """Whether a product has the name, or whether the product itself is here."""
        return bool(self.named(key)) if isinstance(key, str) else key in self.records

    def __reversed__(self) -> Iterator[Product]:
        return reversed(self.records)

    # -- by name --

    @cached_property
    def _names(self) -> Indexes[Product]:
        return _indexed(
            [(one, (one.name.value, one.id)) for one in self.records],
            [(one, one.names[1:]) for one in self.records],
            [(one, one.names) for one in self.records],
        )

    @cached_property
    def _listed(self) -> Indexes[Listing]:
        return _indexed(
            [(one, (one.name,)) for one in self.listings],
            [(one, one.aliases) for one in self.listings],
            [(one, (one.name, *one.aliases)) for one in self.listings],
        )

    def named(self, name: str) -> tuple[Product, ...]:
        """The products that have a name; several if it could be any of them.

        Case, spaces, dashes and punctuation do not matter, nor do plurals and endings that say how
        it is built, such as "FHIR API".

        Raises:
            TypeError: It is not text.

        >>> from nhs_api_catalogue import products
        >>> [product.id for product in products.named("National Record Locator")]
        ['nrl-consumer', 'nrl-producer']
        """
        return _found(name, self._names)

    def listings_of(self, name: str) -> tuple[Listing, ...]:
        """What was listed under a name, which several may have.

        Raises:
            TypeError: It is not text.

        >>> from nhs_api_catalogue import products
        >>> [listing.name for listing in products.listings_of("Pathology Messaging")]
        ['Pathology Messaging - FHIR', 'Pathology Messaging - HL7 V3']
        """
        found = _found(name, self._listed)
        base, standard = split_standard(name)
        if found or not standard:
            return found
        # "SCR HL7 V3": the listing has the full name of the product in another standard.
        names = (one for product in _found(base, self._names) for one in product.names)
        index = self._listed[-1]
        return next((index[full] for one in names if (full := loosen(one) + standard) in index), ())

    def listed(self, name: str) -> Listing:
        """The only one that was listed under that name.

        Raises:
            UnknownProductError: Nothing was listed under it.
            AmbiguousProductError: Several were listed under it.
            TypeError: It is not text.

        >>> from nhs_api_catalogue import products
        >>> products.listed("CP-IS")
        <Listing: 'Child Protection - Information Sharing - HL7 V3 API'>
        """
        found = self.listings_of(name)
        if len(found) > 1:
            raise AmbiguousProductError(name, tuple(one.name for one in found))
        for listing in found:
            return listing
        raise UnknownProductError(name, nearest_names(name, self._known()))

    def _known(self) -> Iterable[str]:
        products = (name for product in self.records for name in product.names)
        return dict.fromkeys((*products, *(one.name for one in self.listings)))

    def _only(self, name: str) -> Product:
        found = self.named(name)
        if len(found) > 1:
            raise AmbiguousProductError(name, tuple(one.name.value for one in found))
        if found:
            return found[0]
        listed = self.listings_of(name)
        nearest = () if listed else nearest_names(name, self._known())
        raise UnknownProductError(name, nearest, tuple(map(str, listed)))

    @overload
    def get(self, name: str) -> Product | None: ...
    @overload
    def get(self, name: str, default: V) -> Product | V: ...
    def get(self, name: str, default: V | None = None) -> Product | V | None:
        """The product with that name, id or alias, or the default.

        Args:
            name: The name.
            default: The answer if no product has it.

        Raises:
            AmbiguousProductError: Several products have the name.
            TypeError: The name is not text.

        >>> from nhs_api_catalogue import products
        >>> products.get("NHS Notify"), products.get("NHS login")
        (<Product nhs-notify: 'NHS Notify API'>, None)
        """
        return self._only(name) if self.named(name) else default

    def select(self, *names: str) -> Products:
        """The products with these names, in the given order, each once.

        Raises:
            UnknownProductError: No product has one of the names.
            AmbiguousProductError: Several products have one of the names.
            TypeError: A name is not text.

        >>> from nhs_api_catalogue import products
        >>> [product.id for product in products.select("NHS Notify", "MESH")]
        ['nhs-notify', 'mesh']
        """
        return self._part(dict.fromkeys(map(self._only, names)))

    def of(self, api: Api) -> Products:
        """The products that an API in the guide covers.

        Args:
            api: The record.

        Raises:
            TypeError: It is not a record.

        >>> from nhs_api_catalogue import catalogue, products
        >>> [product.id for product in products.of(catalogue["EPS"])]
        ['eps-fhir', 'eps-fhir-dispensing', 'eps-fhir-prescribing']
        """
        check_kind(api, Api, "expected a record, such as catalogue[name]")
        return self._part(one for one in self.records if api.id in one.apis)

    def _ipython_key_completions_(self) -> list[str]:
        """What IPython suggests after `products["`: every name, id and alias of one product."""
        names = (name for one in self.records for name in (one.id, *one.names))
        return [name for name in dict.fromkeys(names) if len(self.named(name)) == 1]

    # -- by what is looked for --

    def search(self, text: str) -> Products:
        """The products whose texts have words of the query, the best first.

        The search works as in `Catalogue.search`, in the name, the aliases, the words of the
        family, the status and the technology, and the summary. `found_by` and every display of the
        result say which words were found.

        Raises:
            TypeError: It is not text.

        >>> from nhs_api_catalogue import products
        >>> found = products.search("send sms")
        >>> found[0].id, found.found_by.missing
        ('nhs-notify', ())
        """
        places, match = self._texts.search(search_words(text))
        ranked = (self.records[place] for place in places)
        found = self._part(dict.fromkeys((*self.named(text), *ranked)))
        object.__setattr__(found, "found_by", match)
        return found

    @cached_property
    def _texts(self) -> SearchTexts:
        return SearchTexts(map(_searched, self.records))

    def filter(self, **asked: Unpack[Asked]) -> Products:
        """The products that are known to pass every test.

        Several values of one keyword mean any of them. Products for which the fact is unknown are
        left out: `undecided` gives those.

        Args:
            asked: What each fact must be: `status`, `technology`, `fhir_version`, `network`,
                `security` (a mode or a pattern), `service_level`, `family` and `kind`, as enum
                members or their texts.

        Raises:
            UnknownValueError: A text is outside its vocabulary.
            TypeError: There is no such keyword, or a value is neither an enum member nor a text.

        >>> from nhs_api_catalogue import products
        >>> [one.id for one in products.filter(family="nrl", status="in_development")]
        ['nrl-consumer', 'nrl-producer']
        """
        tests = _read_questions(asked, "filter")
        return self._part(
            one for one in self.records if all(_passes(one, *each) for each in tests.items())
        )

    def undecided(self, **asked: Unpack[Asked]) -> Products:
        """The products that fail no test, but lack a fact that is asked for.

        It takes the arguments of `filter` and raises the same errors.

        >>> from nhs_api_catalogue import products
        >>> [one.id for one in products.undecided(status="in_production")]
        ['clinical-data-gateway', 'directory-of-services-search', 'eps-dos']
        """
        tests = _read_questions(asked, "undecided")
        answers = ({_passes(one, *each) for each in tests.items()} for one in self.records)
        return self._part(
            one
            for one, given in zip(self.records, answers, strict=True)
            if None in given and False not in given
        )

    def sources(self) -> tuple[Source, ...]:
        """The documents behind every fact of the products, each once.

        >>> from nhs_api_catalogue import products
        >>> sorted({str(source.seen_as) for source in products.sources()})
        ['archived page', 'repository']
        """
        return tuple(dict.fromkeys(source for one in self.records for source in one.sources()))

    # -- as texts and tables --

    def describe(self, *, width: int = 80) -> str:
        """One line per product, then the date of the data; `str` is this at 80 columns.

        Args:
            width: The number of columns of a line; a long name takes several lines.

        Raises:
            ValueError: The width is below 60.
            TypeError: The width is not a whole number.

        >>> from nhs_api_catalogue import products
        >>> print(products.filter(family="nhs_notify").describe(width=60))
        product                 status              as of
        NHS Notify API          beta, in production 2026-04-29
        NHS Notify Supplier API beta, in production 2025-11-06
        <BLANKLINE>
        2 products, read on 2026-11-29.
        """
        from nhs_api_catalogue.beyond.tables import write_lines  # noqa: PLC0415  few need it

        return write_lines(self, read_width(width))

    def __str__(self) -> str:
        return self.describe()

    def _repr_html_(self) -> str:
        """The products as a table for notebooks; it says no more than each one's `str`."""
        from nhs_api_catalogue.beyond.tables import write_products  # noqa: PLC0415  few need it

        return write_products(self)

    def _frame(self) -> Frame:
        from nhs_api_catalogue.beyond.tables import frame_of  # noqa: PLC0415  few need it

        return frame_of(self.records)

    def __rich_repr__(self) -> Iterator[Any]:
        """What rich shows of products: not each with all it holds."""
        yield f"{len(self)} products"
        yield "as_of", str(self.as_of)
        yield "listings", len(self.listings)

    def __repr__(self) -> str:
        searched = "" if self.found_by is None else f"; Search: {self.found_by}"
        listed = f"with {len(self.listings)} listings"
        return f"<Products: {len(self)} as of {self.as_of}, {listed}{searched}>"


def _indexed(*named: Iterable[tuple[V, Iterable[str]]]) -> Indexes[V]:
    """What has each folded name, in order, for each form under which names are stored."""
    indexes: list[dict[str, tuple[V, ...]]] = []
    for forms, pairs in zip(_FOUND_UNDER, named, strict=True):
        index: dict[str, tuple[V, ...]] = {}
        for bearer, texts in pairs:
            for folded in dict.fromkeys(folded for text in texts for folded in forms(text)):
                index[folded] = (*index.get(folded, ()), bearer)
        indexes.append(index)
    return tuple(indexes)


def _found(name: str, indexes: Indexes[V]) -> tuple[V, ...]:
    """What has the name in the first index that has it; punctuation alone is not a name."""
    text = read_text(name, "the name of a product")
    looked_for = ((form(text), index) for form, index in zip(_FORMS, indexes, strict=True))
    return next((index[form] for form, index in looked_for if form and form in index), ())


def _searched(one: Product) -> tuple[str, str, str, str]:
    """The texts of a product that are searched, the best first."""
    topics = [
        *_words(one, "family"),
        *_words(one, "status"),
        *_words(one, "technology"),
        *(word.meaning for word in _words(one, "family")),
    ]
    summary = "" if one.summary is None else one.summary.value
    return (one.name.value, " ".join(one.names[1:]), " ".join(map(str, topics)), summary)


def _words(one: Product, field: str) -> tuple[Any, ...]:
    fact: Fact[Any] | None = getattr(one, field)
    if fact is None:
        return ()
    return fact.value if isinstance(FACTS[field], tuple) else (fact.value,)


def _members(kind: type[Word], what: str, values: Any) -> tuple[Word, ...]:
    return members_of(kind, values, what)


def _read_questions(asked: Mapping[str, Any], function: str) -> dict[str, frozenset[Word]]:
    """The words of each given keyword."""
    for keyword in asked:
        if keyword not in _KINDS:
            nearest = _MEANT.get(keyword) or nearest_word(keyword, _KINDS)
            hint = f": did you mean {nearest!r}? It takes" if nearest else ": it takes"
            message = f"{function}() has no keyword {keyword!r}{hint} {', '.join(_KINDS)}"
            raise TypeError(message)
    given = ((keyword, value) for keyword, value in asked.items() if value is not None)
    return {keyword: frozenset(_KINDS[keyword](value)) for keyword, value in given}


def _read_security(values: object) -> Iterator[Word]:
    """Security modes and patterns: a text may be one of both."""
    given: Iterable[object] = (values,)
    if isinstance(values, Iterable) and not isinstance(values, str):
        given = cast("Iterable[object]", values)
    for value in given:
        kinds = (SecurityMode, SecurityPattern)
        if isinstance(value, kinds):
            yield value
            continue
        text = read_text(
            value, "a security mode or pattern (SecurityMode, SecurityPattern or its text)"
        )
        words = tuple(word for kind in kinds for word in kind)
        found = [word for word in words if fold(str(word.value)) == fold(text)]
        if not found:
            known = tuple(dict.fromkeys(str(word.value) for word in words))
            raise UnknownValueError(
                text, "security mode or pattern", known, nearest_word(text, known)
            )
        yield from found


def _passes(one: Product, field: str, words: frozenset[Word]) -> bool | None:
    """Whether the fact is one of the words; None if it is unknown."""
    if getattr(one, field) is None:
        return None
    held = _words(one, field)
    if field == "security":
        held = tuple(part for way in held for part in (way.mode, way.pattern))
    return not words.isdisjoint(held)


# Other words for these keywords, such as those of `Catalogue.filter`.
_MEANT: Final[Mapping[str, str]] = {
    "access": "network",
    "auth": "security",
    "pattern": "security",
    "route": "network",
    "standard": "technology",
}

_KINDS: Final[dict[str, Callable[[Any], Iterable[Word]]]] = {
    "status": partial(_members, ProductStatus, "status"),
    "technology": partial(_members, Technology, "technology"),
    "fhir_version": partial(_members, FhirVersion, "version of FHIR"),
    "network": partial(_members, Network, "network"),
    "security": _read_security,
    "service_level": partial(_members, ServiceLevel, "service level"),
    "family": partial(_members, Family, "family"),
    "kind": partial(_members, ProductKind, "kind of product"),
}

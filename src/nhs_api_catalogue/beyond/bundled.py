"""The bundled products, read by a small reader that trusts its file; the tests check the file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from nhs_api_catalogue._packaged import packaged
from nhs_api_catalogue.beyond.records import (
    FACTS,
    BaseAddress,
    Environment,
    Family,
    Listing,
    Product,
    Specification,
)
from nhs_api_catalogue.beyond.sequence import Products
from nhs_api_catalogue.official.entries import Fact, Security
from nhs_api_catalogue.official.product_words import SecurityMode, SecurityPattern, SignInLevel
from nhs_api_catalogue.official.sources import AsOf, Confidence, SeenAs, Source

# The source of the listed names, and the address of their pages.
_CATALOGUE: Final = "uk-api-catalogue"
_PAGES: Final = "https://digital.nhs.uk/developer/api-catalogue/"


@lru_cache(maxsize=1)
def bundled() -> Products:
    """The products that come with the package, read once.

    >>> bundled().as_of
    datetime.date(2026, 11, 29)
    """
    document = json.loads(packaged("products.json"))
    sources = {row["id"]: _source(row) for row in document["sources"]}
    return Products(
        tuple(_product(row, sources, document["where"]) for row in document["products"]),
        as_of=date.fromisoformat(document["as_of"]),
        listings=tuple(_listing(row, sources[_CATALOGUE]) for row in document["listings"]),
    )


def _source(row: Mapping[str, Any]) -> Source:
    as_of = row["as_of"]
    return Source(
        id=row["id"],
        title=row["title"],
        url=row["url"],
        publisher=row["publisher"],
        as_of=None if as_of is None else AsOf.parse(as_of),
        seen_as=SeenAs(row["seen_as"]),
        note=row.get("note"),
    )


def _product(
    row: Mapping[str, Any], sources: Mapping[str, Source], usual: Mapping[str, str]
) -> Product:
    """A product; a value that names no source is in its own specification, in the usual place."""
    place = row["specification"]
    specification = Specification(place["repository"], place["path"], place["commit"])
    own = Source(
        id=row["id"],
        title=f"{row['name']['value']}, specification",
        url=specification.url,
        publisher="NHS England",
        as_of=AsOf.parse(place["date"]),
        seen_as=SeenAs.REPOSITORY,
    )
    facts = {
        field: Fact(
            _value(FACTS[field], row[field]["value"]),
            sources[row[field]["source"]] if "source" in row[field] else own,
            Confidence.OFFICIAL,
            row[field].get("note"),
            row[field].get("where", usual[field]),
        )
        for field in FACTS
        if field in row and field != "specification"
    }
    return Product(
        id=row["id"],
        apis=tuple(row.get("apis", ())),
        specification=Fact(specification, own, Confidence.OFFICIAL, where=specification.path),
        **facts,
    )


def _value(kind: type | tuple[type], value: Any) -> Any:
    if isinstance(kind, tuple):
        read = _READERS.get(kind[0], kind[0])
        return tuple(read(one) for one in value)
    return kind(value)


def _security(value: Mapping[str, str]) -> Security:
    level = value.get("level")
    return Security(
        SecurityMode(value["mode"]),
        SecurityPattern(value["pattern"]),
        None if level is None else SignInLevel(level),
    )


def _base_address(value: Mapping[str, str]) -> BaseAddress:
    return BaseAddress(Environment(value["environment"]), value["url"])


_READERS: Final[dict[type, Callable[[Any], Any]]] = {
    Security: _security,
    BaseAddress: _base_address,
}


def _listing(row: Mapping[str, Any], source: Source) -> Listing:
    family = row.get("family")
    return Listing(
        name=row["name"],
        url=_PAGES + row["page"],
        source=source,
        family=None if family is None else Family(family),
        aliases=tuple(row.get("aliases", ())),
        product=row.get("product"),
        apis=tuple(row.get("apis", ())),
    )


products: Final = bundled()


def named(name: str) -> tuple[str, ...]:
    """The full names of the products with a name, or otherwise of what was listed under it.

    >>> named("National Record Locator")
    ('National Record Locator Consumer - FHIR API', 'National Record Locator Producer - FHIR API')
    >>> named("NHS login"), named("Facebook")
    (('NHS login API',), ())
    """
    found = tuple(product.name.value for product in products.named(name))
    return found or tuple(listing.name for listing in products.listings_of(name))

"""The contents of the catalogue: all of it, one record, or the result of a search."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final

import attrs

from nhs_api_catalogue import (
    AccessRoute,
    AsOf,
    AuthProtocol,
    Capability,
    Family,
    FhirVersion,
    Network,
    Openness,
    ProductKind,
    ProductStatus,
    Proxy,
    SecurityMode,
    SecurityPattern,
    ServiceLevel,
    Standard,
    Technology,
    Topic,
    Transport,
    UnknownApiError,
    UnknownProductError,
    UseContext,
    User,
)
from nhs_api_catalogue.beyond.records import FACTS
from nhs_api_catalogue.overlays.writing import document_of
from nhs_api_catalogue.shell import output
from nhs_api_catalogue.shell.files import records_of
from nhs_api_catalogue.shell.mistakes import UsageError

if TYPE_CHECKING:
    import argparse

    from nhs_api_catalogue import Api, Catalogue, Fact, Product, Products

# The keywords of `Catalogue.filter`, what each takes, and what it means.
FILTERS: Final[dict[str, tuple[type[Enum] | str, str]]] = {
    "standard": (Standard, "built to this standard"),
    "supplier": ("NAME", "built by this supplier"),
    "transport": (Transport, "carries its messages by this"),
    "proxy": (Proxy, "reached through this proxy"),
    "auth": (AuthProtocol, "authenticates callers in this way"),
    "restful": ("yes|no", "whether its source says that it is RESTful"),
    "route": (AccessRoute, "reached by this route"),
    "topic": (Topic, "its data is about this"),
    "capability": (Capability, "can do this"),
    "user": (User, "used by this person or system"),
    "suitable_for": (UseContext, "its source does not rule out this use"),
    "stated_for": (UseContext, "its source names this use"),
    "available_on": ("DATE", "no notice says that it is unavailable on DATE"),
    "open_to_new_integrations": (Openness, "whether official sources say that it is open"),
    "technical_within": ("TIME", "implementation certainly takes at most TIME"),
    "technical_may_be_within": ("TIME", "implementation takes at most TIME if all goes well"),
    "assurance_within": ("TIME", "assurance certainly takes at most TIME"),
    "assurance_may_be_within": ("TIME", "assurance takes at most TIME if all goes well"),
    "total_within": ("TIME", "the two together certainly take at most TIME"),
    "total_may_be_within": ("TIME", "the two together take at most TIME if all goes well"),
}

# The same for `Products.filter`.
PRODUCT_FILTERS: Final[dict[str, tuple[tuple[type[Enum], ...], str]]] = {
    "status": ((ProductStatus,), "has this status"),
    "technology": ((Technology,), "uses this technology"),
    "fhir_version": ((FhirVersion,), "uses this version of FHIR"),
    "network": ((Network,), "reached over this network"),
    "security": ((SecurityMode, SecurityPattern), "uses this security mode or pattern"),
    "service_level": ((ServiceLevel,), "has this service level"),
    "family": ((Family,), "belongs to this service"),
    "kind": ((ProductKind,), "an API, or a standard for other people's APIs"),
}


def list_(options: argparse.Namespace) -> str:
    """The records that pass every filter."""
    asked = {keyword: getattr(options, keyword) for keyword in FILTERS}
    return _listed(records_of(options).filter(**asked), options)


def search(options: argparse.Namespace) -> str:
    """The records whose texts have the words, the best first."""
    return _listed(records_of(options).search(" ".join(options.text)), options)


def show(options: argparse.Namespace) -> str:
    """One record."""
    name: str = options.name
    try:
        api = records_of(options)[name]
    except UnknownApiError as error:
        if not error.products:
            raise
        try:
            return _shown(_products()[name], options)
        except UnknownProductError as product:
            # A name that is only listed may also be a service, which says more.
            if not error.services:
                raise
            raise UsageError(f"{error}; {product}") from None
    if options.json:
        return output.to_json(_values(api))
    return api.describe(width=output.width(), addresses=options.sources)


def products_(options: argparse.Namespace) -> str:
    """The products beyond the guide that pass every filter, the best match of a search first."""
    asked: Any = {keyword: getattr(options, keyword) for keyword in PRODUCT_FILTERS}
    found = _products().filter(**asked)
    found = found.search(" ".join(options.text)) if options.text else found
    if options.json:
        return output.to_json([_facts(one) for one in found])
    return found.describe(width=output.width())


def _products() -> Products:
    # Few ask for them, and they cost more than the records.
    from nhs_api_catalogue import products  # noqa: PLC0415

    return products


def _shown(product: Product, options: argparse.Namespace) -> str:
    if options.json:
        return output.to_json(_facts(product))
    addresses = "".join(f"\n  {source.url}" for source in product.sources() * options.sources)
    return f"{product.describe(width=output.width())}{addresses}"


def _facts(product: Product) -> dict[str, Any]:
    """The product with each value's source, for JSON; null if nothing was found."""
    return {
        "id": product.id,
        "apis": list(product.apis),
        **{field: _fact(getattr(product, field)) for field in FACTS},
    }


def _fact(fact: Fact[Any] | None) -> dict[str, Any] | None:
    return None if fact is None else attrs.asdict(fact, value_serializer=_plain)


def _plain(_owner: object, _field: object, value: Any) -> Any:
    """A JSON value, or one that is still to be converted."""
    if isinstance(value, AsOf):
        return str(value)
    return value.value if isinstance(value, Enum) else value


def _listed(records: Catalogue, options: argparse.Namespace) -> str:
    if options.json:
        return output.to_json([_values(api) for api in records])
    return records.describe(width=output.width())


def _values(api: Api) -> dict[str, Any]:
    """The record, and what official sources say about it in the form of an overlay file."""
    overlay = api.overlay
    return {
        "id": api.id,
        "name": api.name,
        **dict(api.details(official=False)),
        "open_to_new_integrations": api.open_to_new_integrations.value,
        "official": None if overlay is None else document_of(overlay(api.id).about(api.id)),
    }

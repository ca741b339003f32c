"""The lines, rows and columns of products, as text, in HTML and for other tools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue._escapes import visible_lines
from nhs_api_catalogue._frames import Frame, Kind
from nhs_api_catalogue._html import write_table
from nhs_api_catalogue.beyond.records import Environment, Product

if TYPE_CHECKING:
    from nhs_api_catalogue._html import Group
    from nhs_api_catalogue.beyond.sequence import Products

UNKNOWN: Final = "unknown"
_HEADS: Final = ("product", "status", "as of")


# ---- as text -------------------------------------------------------------------------------


def write_lines(products: Products, width: int) -> str:
    """A line per product: its name, its status and the date of its source."""
    from textwrap import wrap  # noqa: PLC0415  it costs 1 ms

    rows = [_HEADS, *(_line(one) for one in products)]
    # Beside the name there are the status, a day and the spaces between them.
    states = max(len(status) for _, status, _ in rows)
    column = max(15, min(width - states - 12, max(len(name) for name, *_ in rows)))
    lines: list[str] = []
    for name, status, day in rows:
        # A name that is too long goes above the rest.
        above = wrap(name, width) if len(name) > column else []
        lines += above
        lines.append(f"{'' if above else name:<{column}} {status:<{states}} {day}".rstrip())
    remarks = (line for remark in _remarks(products) for line in wrap(remark, width))
    return visible_lines([*lines, "", *remarks])


def _line(one: Product) -> tuple[str, str, str]:
    if one.status is None:
        return one.name.value, UNKNOWN, str(one.specification.as_of or "")
    return one.name.value, ", ".join(map(str, one.status.value)), str(one.status.as_of or "no date")


def _remarks(products: Products) -> tuple[str, ...]:
    """How many there are, how old the statements about them are, and what a search found."""
    kinds = "product" if len(products) == 1 else "products"
    counted = f"{len(products)} {kinds}, read on {products.as_of}."
    match = products.found_by
    return (counted,) if match is None else (counted, f"Search: {match}.")


# ---- in HTML -------------------------------------------------------------------------------


def write_product(one: Product) -> str:
    """One product as a table: one row per value, with its source."""
    groups: list[Group] = [(label, [[text]]) for label, text in one.lines()]
    return write_table(one.name.value, ("field", "value"), groups)


def write_products(products: Products) -> str:
    """Products as a table: one row per product."""
    lines = (_line(one) for one in products)
    groups: list[Group] = [(name, [[status, day]]) for name, status, day in lines]
    return write_table(" ".join(_remarks(products)), _HEADS, groups)


# ---- in columns ----------------------------------------------------------------------------

_SCHEMA: Final = {
    "id": Kind.TEXT,
    "name": Kind.TEXT,
    "kind": Kind.TEXT,
    "family": Kind.TEXT,
    "summary": Kind.TEXT,
    "status": Kind.TEXTS,
    "technology": Kind.TEXTS,
    "fhir_version": Kind.TEXTS,
    "network": Kind.TEXTS,
    "security": Kind.TEXTS,
    "service_level": Kind.TEXT,
    **{f"{environment.value}_url": Kind.TEXT for environment in Environment},
    "catalogue_url": Kind.TEXT,
    "aliases": Kind.TEXTS,
    "apis": Kind.TEXTS,
    "repository": Kind.TEXT,
    "path": Kind.TEXT,
    "commit": Kind.TEXT,
    "as_of": Kind.DAY,
}
_SHOWN: Final = ("name", "status", "technology", "network", "security", "as_of")


def frame_of(products: Sequence[Product]) -> Frame:
    """The products in columns, one row each; what is unknown is missing."""
    return Frame(_SCHEMA, tuple(_row(one) for one in products), _SHOWN)


def _row(one: Product) -> tuple[Any, ...]:
    addresses = () if one.base_addresses is None else one.base_addresses.value
    urls = {address.environment: address.url for address in addresses}
    where = one.specification.value
    as_of = one.specification.as_of
    return (
        one.id,
        one.name.value,
        _cell(one, "kind"),
        _cell(one, "family"),
        _cell(one, "summary"),
        *(_cells(one, field) for field in ("status", "technology", "fhir_version", "network")),
        _cells(one, "security"),
        _cell(one, "service_level"),
        *(urls.get(environment) for environment in Environment),
        _cell(one, "catalogue_url"),
        one.names[1:],
        one.apis,
        where.repository,
        where.path,
        where.commit,
        None if as_of is None else as_of.first_day,
    )


def _cell(one: Product, field: str) -> str | None:
    fact = getattr(one, field)
    return None if fact is None else str(getattr(fact.value, "value", fact.value))


def _cells(one: Product, field: str) -> tuple[str, ...] | None:
    fact = getattr(one, field)
    if fact is None:
        return None
    return tuple(str(getattr(value, "value", value)) for value in fact.value)

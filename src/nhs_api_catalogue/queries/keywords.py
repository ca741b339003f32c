"""The keywords of `Catalogue.filter` as tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import nhs_api_catalogue.queries as q
from nhs_api_catalogue.queries.given import read_suppliers

if TYPE_CHECKING:
    from collections.abc import Iterator


def tests_of(
    *, supplier: Any, route: Any, built: dict[str, Any], **others: Any
) -> Iterator[q.Where]:
    """The tests of the keywords that are given; None is a keyword that is not.

    Args:
        supplier: Whose system, for how it is built and for how it is reached.
        route: How it is reached.
        built: The other keywords that hold of one and the same implementation.
        others: The keywords that each stand for themselves, by the names of their functions.
    """
    if supplier is not None and route is not None:
        # Both hold of one and the same supplier.
        yield q.any_of(
            *(
                q.implementation(supplier=one, **built) & q.route(route, supplier=one)
                for one in read_suppliers(supplier)
            )
        )
    elif supplier is not None or any(value is not None for value in built.values()):
        yield q.implementation(supplier=supplier, **built)
    if supplier is None and route is not None:
        yield q.route(route)
    for name, value in others.items():
        if value is not None:
            yield getattr(q, name)(value)

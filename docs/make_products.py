"""Writes explanation/products.md from the bundled data: python docs/make_products.py."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhs_api_catalogue import Confidence, Family, ProductStatus, products
from nhs_api_catalogue.beyond.records import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhs_api_catalogue import Fact, Listing, Product

PAGE = Path(__file__).parent / "explanation" / "products.md"
INTRO = """# Products beyond the guide

<!-- Written by docs/make_products.py from data/products.json: change the data, not the page. -->

The guide has 23 rows and says that the full list is elsewhere.
This page holds {products} products of NHS England whose specification is in a public repository,
and {listings} names that NHS England's catalogue listed on {listed}.
**It is no complete list, and nothing here is one.**

In Python it is `products`:

```python
>>> from nhs_api_catalogue import catalogue, products
>>> print(products["NHS Notify"].status)
beta, in production (NHS Notify API, description, NHS England, 2026-04-29)
>>> [product.id for product in products.of(catalogue["EPS"])]
['eps-fhir', 'eps-fhir-dispensing', 'eps-fhir-prescribing']
>>> print(products.as_of)
{as_of}

```

## What was gathered, and how

- On {as_of} each specification was read at the commit that is named; its date is the day on which
  the file last changed there.
  What has changed since is not known here.
- A value that the specification does not say is unknown; nothing was inferred.
  Each value has the heading, or the path, under which it stands.
- A name is that of NHS England's catalogue where it was seen there.
  Else it is the title of the specification, and a note says so: titles can be wrong.
- Addresses are those of the table, or the sentence, on environments; one old specification has a
  host alone.
  The `servers` block of a specification is not used: one swaps integration and production.
- Products that are internal or retired are kept and say so in their status.
  A standard for APIs of others is of the kind "api standard".
- Summaries are our own words.
- A product has no durations.
  `product.as_api(technical=..., assurance=..., source=...)` makes a record with yours.

## What is missing

- No list of all products could be read.
  The newest whole copy of NHS England's catalogue that was found is that of the UK API catalogue,
  of {listed}; the status of what stands there alone is unknown.
- No public specification was found of NHS login, NHS CIS2, and the products in HL7 V3 and EDIFACT.
- Nor of Directory of Services for urgent and emergency care, the IM1 interfaces of GP systems, and
  GP Connect HTML, Send Document and Appointment Management; the guide's records and
  [what NHS England says of them](differences.md) cover these.
- Two specifications were read and left out: the Home Test Supplier API is a contract without a word
  on status, network or security; the DPS Submission API is a copy of a template from 2020.

## Licence

Facts alone are taken, and no sentence is copied.
They contain public sector information that NHS England and the UK government published under the
[Open Government Licence v3.0](https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/).
"""


def page() -> str:
    """The whole page."""
    listed = products.listings[0].source.as_of
    intro = INTRO.format(
        products=len(products), listings=len(products.listings), listed=listed, as_of=products.as_of
    )
    statuses = Counter(word for one in products if one.status for word in one.status.value)
    unknown = sum(one.status is None for one in products)
    return "\n".join(
        [
            intro,
            "## By status\n\nSeveral may hold at once.\n",
            table(
                ("status", "meaning", "products"),
                [
                    *((str(word), word.meaning, str(statuses[word])) for word in ProductStatus),
                    ("unknown", "its specification does not say", str(unknown)),
                ],
            ),
            "## How many values are known\n",
            table(
                ("value", "products that have it", "without it"),
                (
                    (field.replace("_", " "), str(known(field)), str(len(products) - known(field)))
                    for field in FACTS
                ),
            ),
            "## The products\n",
            table(
                ("product", "status", "technology", "network", "in the guide"),
                (row(one) for one in products),
            ),
            "## The listed names\n\nStatus unknown; a product above is named beside its name.\n",
            table(("name", "service", "product", "in the guide"), map(listing, products.listings)),
        ]
    )


def known(field: str) -> int:
    """How many products have the value."""
    return sum(getattr(one, field) is not None for one in products)


def row(one: Product) -> tuple[str, ...]:
    """What is said of one product."""
    where = one.specification.value
    name = f"[{one.name.value}](<{where.url}>), {one.specification.as_of}"
    return (name, *map(told, (one.status, one.technology, one.network)), ", ".join(one.apis))


def told(fact: Fact[Any] | None) -> str:
    """The words of a fact, with a word where they were not read in official material."""
    if fact is None:
        return "unknown"
    words: str = ", ".join(map(str, fact.value))
    return f"{words} (reported)" if fact.confidence is Confidence.REPORTED else words


def listing(one: Listing) -> tuple[str, ...]:
    """What was listed under one name."""
    service = one.family.meaning if isinstance(one.family, Family) else ""
    return (f"[{one.name}](<{one.url}>)", service, one.product or "", ", ".join(one.apis))


def table(heading: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table in Markdown."""
    lines = [heading, tuple("---" for _ in heading), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

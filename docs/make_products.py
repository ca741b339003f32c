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
This page lists {products} NHS England products that have a specification in a public repository,
and {listings} names that NHS England's catalogue listed on {listed}.
**Neither list is complete.**

In Python, use `products`:

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

- On {as_of} each specification was read at the named commit. Its date is the day on which the file
  last changed there.
  Later changes are not included.
- A value that the specification does not state is unknown; nothing was inferred.
  Each value comes with the heading or path where it was found.
- A name comes from NHS England's catalogue if it was seen there.
  Otherwise it is the title of the specification, and a note says so: titles can be wrong.
- Addresses come from the table or the sentence about environments; one old specification has only a
  host.
  The `servers` block of a specification is not used: one swaps integration and production.
- Internal and retired products are included, and their status says so.
  A standard for other people's APIs has the kind "api standard".
- Summaries are in our own words.
- A product has no durations.
  `product.as_api(technical=..., assurance=..., source=...)` makes a record with yours.

## What is missing

- No list of all products could be read.
  The newest complete copy of NHS England's catalogue that was found is in the UK API catalogue,
  dated {listed}. The status of products that appear only there is unknown.
- No public specification was found for NHS login, NHS CIS2, and the products in HL7 V3 and EDIFACT.
- None was found for Directory of Services for urgent and emergency care, the IM1 interfaces of GP
  systems, and GP Connect HTML, Send Document and Appointment Management. The guide's records and
  [what NHS England says about them](differences.md) cover these.
- Two specifications were read and left out: the Home Test Supplier API is a contract that says
  nothing about status, network or security; the DPS Submission API copies a template from 2020.

## Licence

Only facts were taken, and no sentence was copied.
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
            "## By status\n\nA product may have several.\n",
            table(
                ("status", "meaning", "products"),
                [
                    *((str(word), word.meaning, str(statuses[word])) for word in ProductStatus),
                    ("unknown", "its specification does not say", str(unknown)),
                ],
            ),
            "## How many values are known\n",
            table(
                ("value", "products with it", "without it"),
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
            "## The listed names\n\nTheir status is unknown; a product above follows the name.\n",
            table(("name", "service", "product", "in the guide"), map(listing, products.listings)),
        ]
    )


def known(field: str) -> int:
    """How many products have the value."""
    return sum(getattr(one, field) is not None for one in products)


def row(one: Product) -> tuple[str, ...]:
    """What is said about one product."""
    where = one.specification.value
    name = f"[{one.name.value}](<{where.url}>), {one.specification.as_of}"
    return (name, *map(told, (one.status, one.technology, one.network)), ", ".join(one.apis))


def told(fact: Fact[Any] | None) -> str:
    """The words of a fact, marked if they were not read in official material."""
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

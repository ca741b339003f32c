"""Type-checked only: products beyond the guide, as the types of the public names tell it."""

from datetime import date
from typing import assert_type

from nhs_api_catalogue import (
    AmbiguousProductError,
    Api,
    BaseAddress,
    Environment,
    Fact,
    Family,
    Listing,
    Product,
    ProductKind,
    Products,
    ProductStatus,
    Source,
    Specification,
    UnknownProductError,
    catalogue,
    products,
)

assert_type(products, Products)
assert_type(products["NHS Notify"], Product)
assert_type(products[0], Product)
assert_type(products[:2], Products)
assert_type(products.as_of, date)
assert_type(products.listings, tuple[Listing, ...])
assert_type(products.get("NHS Notify"), Product | None)
assert_type(products.get("NHS Notify", "none"), Product | str)
assert_type(products.named("NRL"), tuple[Product, ...])
assert_type(products.listings_of("NHS login"), tuple[Listing, ...])
assert_type(products.listed("NHS login"), Listing)
assert_type(products.select("MESH"), Products)
assert_type(products.of(catalogue["EPS"]), Products)
assert_type(products.search("sms"), Products)
assert_type(products.sources(), tuple[Source, ...])
assert_type(products.filter(status="beta", family=Family.EPS, network=["hscn"]), Products)
assert_type(products.undecided(security={"signed_jwt", "open_access"}), Products)
products.filter(status="retird")  # type: ignore[arg-type]
products.filter(statuses="retired")  # type: ignore[call-arg]

product = products["mesh"]
assert_type(product.name, Fact[str])
assert_type(product.specification, Fact[Specification])
assert_type(product.specification.value.url, str)
assert_type(product.specification.value.repository_url, str)
assert_type(product.kind, Fact[ProductKind] | None)
assert_type(product.status, Fact[tuple[ProductStatus, ...]] | None)
assert_type(product.base_addresses, Fact[tuple[BaseAddress, ...]] | None)
assert_type(product.names, tuple[str, ...])
assert_type(product.sources(), tuple[Source, ...])
assert_type(product.describe(width=100), str)
for label, text in product.lines():
    assert_type((label, text), tuple[str, str])
for field, fact in product.facts():
    assert_type((field, fact.where), tuple[str, str | None])
assert_type(product.as_api(technical="4-6 weeks", assurance="1-2 months", source="us"), Api)
assert_type(products.describe(), str)
assert_type(BaseAddress(Environment.SANDBOX, "https://example.org").environment, Environment)
assert_type(products.listings[0].family, Family | None)
assert_type(UnknownProductError("x").listed, tuple[str, ...])
assert_type(AmbiguousProductError("x", ("y",)).candidates, tuple[str, ...])

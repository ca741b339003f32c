"""The bundled products, compared with their file, read without the library's reader."""

import json
import re
from collections import Counter
from datetime import date
from importlib.resources import files
from urllib.parse import urlsplit

import pytest

from nhs_api_catalogue import Fact, catalogue, products
from nhs_api_catalogue.beyond.records import FACTS

FOLDER = files("nhs_api_catalogue").joinpath("data")
TEXT = FOLDER.joinpath("products.json").read_text(encoding="utf-8")
DOCUMENT = json.loads(TEXT)
SOURCES = {row["id"]: row for row in DOCUMENT["sources"]}
ROWS = {row["id"]: row for row in DOCUMENT["products"]}
PLAIN = {"id", "apis", "specification"}


def facts() -> list[tuple[str, str, dict]]:
    return [
        (row["id"], field, value)
        for row in DOCUMENT["products"]
        for field, value in row.items()
        if field not in PLAIN
    ]


def plain(value):
    """A value of the library as JSON has it: an oracle that knows no reader."""
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if hasattr(value, "mode"):
        way = {"mode": value.mode.value, "pattern": value.pattern.value}
        return way if value.level is None else {**way, "level": value.level.value}
    if hasattr(value, "environment"):
        return {"environment": value.environment.value, "url": value.url}
    return getattr(value, "value", value)


class TestTheFile:
    def test_holds_what_was_read(self):
        """A value that is lost on the way, or added by mistake, changes a count."""
        assert (len(ROWS), len(DOCUMENT["listings"]), len(SOURCES)) == (60, 93, 10)
        assert Counter(field for _, field, _ in facts()) == {
            "name": 60,
            "kind": 60,
            "summary": 60,
            "security": 60,
            "network": 59,
            "status": 57,
            "technology": 57,
            "base_addresses": 54,
            "service_level": 48,
            "family": 40,
            "catalogue_url": 39,
            "fhir_version": 37,
            "aliases": 15,
        }

    def test_stands_in_order_a_row_on_a_line(self):
        assert list(ROWS) == sorted(ROWS)
        assert list(SOURCES) == sorted(SOURCES)
        rows = [line.rstrip(",") for line in TEXT.splitlines() if line.startswith('{"id"')]
        assert [json.loads(row)["id"] for row in rows] == [*SOURCES, *ROWS]

    @pytest.mark.parametrize("id_", ROWS)
    def test_each_specification_is_a_file_at_a_commit_of_a_public_repository(self, id_):
        place = ROWS[id_]["specification"]
        assert list(place) == ["repository", "path", "commit", "date"]
        assert re.fullmatch(r"(NHSDigital|nhsconnect)/[A-Za-z0-9._-]+", place["repository"])
        assert re.fullmatch(r"([\w-]+/)*[\w.-]+\.(yaml|yml)", place["path"])
        assert re.fullmatch(r"[0-9a-f]{40}", place["commit"])
        assert date(2018, 1, 1) <= date.fromisoformat(place["date"]) <= products.as_of

    def test_every_value_has_a_source_with_a_date_and_a_place_in_it(self):
        """A value without a source is from the product's own specification, which has a date."""
        for id_, field, fact in facts():
            assert fact.get("where", DOCUMENT["where"][field]).strip(), (id_, field)
            if "source" in fact:
                source = SOURCES[fact["source"]]
                assert date.fromisoformat(source["as_of"]) <= products.as_of
        cited = {fact["source"] for _, _, fact in facts() if "source" in fact}
        assert cited == set(SOURCES)

    def test_every_address_is_well_formed(self):
        addresses = [row["url"] for row in SOURCES.values()]
        for _, field, fact in facts():
            if field == "catalogue_url":
                addresses.append(fact["value"])
            if field == "base_addresses":
                addresses += [one["url"] for one in fact["value"]]
        assert len(addresses) == 10 + 39 + 130
        for text in addresses:
            parts = urlsplit(text)
            assert (parts.scheme, parts.username, parts.port, parts.query) == (
                "https",
                None,
                None,
                "",
            )
            assert parts.hostname.endswith((".uk", ".com")), text

    def test_an_environment_of_a_product_has_one_address(self):
        for id_, field, fact in facts():
            if field == "base_addresses":
                environments = [one["environment"] for one in fact["value"]]
                assert len(set(environments)) == len(environments), id_

    def test_an_address_on_the_platform_is_that_of_its_environment(self):
        """Some servers blocks swap integration and production; the tables do not."""
        hosts = {
            "sandbox": {"sandbox.api.service.nhs.uk", "sandbox.service.nhs.uk"},
            "integration": {"int.api.service.nhs.uk", "int.service.nhs.uk"},
            "production": {"api.service.nhs.uk"},
        }
        platform = set().union(*hosts.values())
        for id_, field, fact in facts():
            for one in fact["value"] if field == "base_addresses" else ():
                host = urlsplit(one["url"]).hostname
                if host in platform:
                    assert host in hosts[one["environment"]], id_

    def test_summaries_are_short_and_end_like_sentences(self):
        for row in ROWS.values():
            assert re.fullmatch(r"[A-Z].{20,120}\.", row["summary"]["value"]), row["id"]

    def test_the_readme_beside_it_counts_what_it_holds(self):
        readme = FOLDER.joinpath("README.md").read_text(encoding="utf-8")
        counts = f"{len(ROWS)} products with {len(facts())} facts, 93 listings, 10 more sources"
        assert f"\n| holds | {counts} |\n" in readme


class TestTheReader:
    @pytest.mark.parametrize("product", products, ids=lambda product: product.id)
    def test_keeps_every_value(self, product):
        row = ROWS[product.id]
        assert product.apis == tuple(row.get("apis", ()))
        assert plain(product.specification.value.repository) == row["specification"]["repository"]
        assert product.specification.value.path == row["specification"]["path"]
        assert product.specification.value.commit == row["specification"]["commit"]
        for field in FACTS.keys() - {"specification"}:
            fact = getattr(product, field)
            if field not in row:
                assert fact is None
                continue
            assert plain(fact.value) == row[field]["value"]
            assert fact.note == row[field].get("note")
            assert fact.where == row[field].get("where", DOCUMENT["where"][field])
            url = SOURCES[row[field]["source"]]["url"] if "source" in row[field] else None
            assert fact.source.url == (url or product.specification.value.url)

    def test_every_value_is_a_fact_with_source_date_and_confidence(self):
        values = [fact for product in products for _, fact in product.facts()]
        assert len(values) == len(facts()) + 60
        assert all(isinstance(fact, Fact) and fact.source and fact.confidence for fact in values)
        assert all(fact.as_of is not None for fact in values)

    def test_keeps_every_listing(self):
        pages = [listing.url.rpartition("api-catalogue/")[2] for listing in products.listings]
        assert pages == [row["page"] for row in DOCUMENT["listings"]]
        for listing, row in zip(products.listings, DOCUMENT["listings"], strict=True):
            assert listing.name == row["name"]
            assert (listing.product, list(listing.apis)) == (
                row.get("product"),
                row.get("apis", []),
            )
            assert str(listing.source.as_of) == "2023-04-25"


class TestJoins:
    def test_what_a_product_stands_for_is_in_the_guide(self):
        ids = {api.id for api in catalogue}
        assert {id_ for one in products for id_ in one.apis} <= ids
        assert {id_ for one in products.listings for id_ in one.apis} <= ids

    def test_what_a_listing_points_to_is_a_product_of_its_page(self):
        for listing in products.listings:
            if listing.product is not None:
                product = products[listing.product]
                assert listing.name in {product.name.value, *product.names}

    def test_what_stands_for_a_row_is_what_official_statements_say(self):
        """Both files were gathered apart; where both know a specification, they agree."""
        entries = {}
        for api in catalogue:
            for entry in api.official:
                if entry.spec_repository is not None:
                    repository = entry.spec_repository.value.removeprefix("https://github.com/")
                    entries.setdefault(repository, set()).add(api.id)
        shared = [
            (set(product.apis), entries[product.specification.value.repository])
            for product in products
            if product.apis and product.specification.value.repository in entries
        ]
        assert len(shared) == 16
        assert [apis for apis, said in shared if not apis <= said] == []

    def test_what_both_files_say_of_a_product_agrees(self):
        """They were written apart from each other, from the same specifications."""
        entries = {entry.name.value: entry for api in catalogue for entry in api.official}
        compared, apart = 0, set()
        for product in products:
            entry = entries.get(product.name.value)
            if entry is None:
                continue
            record = product.as_api(technical="1 day", assurance="1 day", source="a test")
            laid = dict(record.official[0].facts())
            for field, fact in entry.facts():
                if field in laid and field != "aliases":
                    compared += 1
                    if comparable(fact.value) != comparable(laid[field].value):
                        apart.add((product.id, field))
        assert compared > 130
        assert apart == {
            # One file counts the proxy as a technology, the other does not.
            ("gp-connect-access-record-structured", "technology"),
            # Its specification says REST too; the other file has FHIR alone.
            ("ods-fhir-stu3", "technology"),
            # The address in the table of environments has a path too.
            ("patient-care-aggregator", "base_url_production"),
        }


def comparable(value):
    """A value that does not depend on order, or on a slash at the end of an address."""
    if isinstance(value, tuple):
        return {(one.mode, one.pattern) if hasattr(one, "mode") else one for one in value}
    return value.rstrip("/") if isinstance(value, str) else value

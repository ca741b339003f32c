"""Products beyond the guide: found, filtered, shown, and made into records."""

import json
import pickle
from datetime import date

import attrs
import pytest

from fresh_process import run_fresh
from html_reader import read_html
from nhs_api_catalogue import (
    AmbiguousProductError,
    BaseAddress,
    Environment,
    Fact,
    Family,
    InvalidRecordError,
    Listing,
    Product,
    ProductKind,
    Products,
    ProductStatus,
    SecurityMode,
    SecurityPattern,
    Specification,
    UnknownApiError,
    UnknownProductError,
    UnknownValueError,
    catalogue,
    dumps,
    loads,
    plan,
    products,
)
from nhs_api_catalogue.beyond.bundled import named
from nhs_api_catalogue.official.sources import AsOf, Confidence, Source

SOURCE = Source("spec", "Specification", "https://example.org/spec", "NHS England")
WHERE = Specification("NHSDigital/example-api", "specification/example.yaml", "0" * 40)


def fact(value, **more):
    return Fact(value, SOURCE, Confidence.OFFICIAL, **more)


SMALL = Product(id="example", name=fact("Example API"), specification=fact(WHERE))
NRL = products["nrl-producer"]


def table_of(html):
    """The texts of the cells of a table, row by row."""
    (table,) = read_html(html).all("table")
    return [[cell.text for cell in row.all("th", "td")] for row in table.all("tr")]


class TestOneProduct:
    def test_has_none_where_nothing_was_found(self):
        assert dict(SMALL.facts()).keys() == {"name", "specification"}
        assert (SMALL.status, SMALL.base_addresses, SMALL.names) == (None, None, ("Example API",))

    def test_says_what_is_unknown(self):
        text = str(SMALL)
        assert text.splitlines()[:2] == [
            "Example API",
            "  specification   NHSDigital/example-api, specification/example.yaml at 0000000",
        ]
        assert "\n  status          unknown\n" in text
        # What a product need not have is not reported as missing.
        assert "fhir version" not in text

    def test_names_the_source_of_what_its_specification_does_not_say(self):
        lines = str(products["nhs-notify"]).splitlines()
        assert (
            "  status          beta, in production (NHS Notify API, description, NHS England,"
            in lines
        )
        assert "  in the guide    mesh" in str(products["mesh"]).splitlines()

    @pytest.mark.parametrize("width", [60, 80, 200])
    def test_keeps_within_the_width(self, width):
        for product in products:
            lines = product.describe(width=width).splitlines()
            assert all(
                len(line) <= width for line in lines if "http" not in line and "yaml" not in line
            )

    def test_is_a_table_in_notebooks(self):
        heads, *rows = table_of(NRL._repr_html_())
        assert heads == ["field", "value"]
        assert dict(rows)["status"] == "in development"
        assert dict(rows)["family"] == "National Record Locator"

    def test_is_equal_to_what_was_pickled(self):
        assert pickle.loads(pickle.dumps(NRL)) == NRL != SMALL
        assert repr(NRL) == (
            "<Product nrl-producer: 'National Record Locator Producer - FHIR API'>"
        )

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("id", "NRL Producer"),
            ("apis", ["eps"]),
            ("name", None),
            ("name", fact(" ")),
            ("specification", None),
            ("specification", fact("https://example.org")),
            ("status", fact(())),
            ("status", fact(("beta",))),
            ("kind", fact("api")),
            ("family", Family.NRL),
            ("summary", fact(5)),
            ("catalogue_url", fact("digital.nhs.uk")),
            ("base_addresses", fact(("https://api.service.nhs.uk",))),
        ],
    )
    def test_refuses_what_breaks_a_rule(self, field, wrong):
        with pytest.raises(InvalidRecordError) as caught:
            attrs.evolve(SMALL, **{field: wrong})
        assert caught.value.field == field


class TestParts:
    @pytest.mark.parametrize(
        ("repository", "path", "commit", "field"),
        [
            ("NHSDigital", "a.yaml", "0" * 40, "repository"),
            ("NHSDigital/a/b", "a.yaml", "0" * 40, "repository"),
            ("/a", "a.yaml", "0" * 40, "repository"),
            ("NHSDigital/a", " ", "0" * 40, "path"),
            ("NHSDigital/a", "a b.yaml", "0" * 40, "path"),
            ("NHSDigital/a", "a.yaml", "0" * 39, "commit"),
            ("NHSDigital/a", "a.yaml", "g" * 40, "commit"),
            ("NHSDigital/a", "a.yaml", None, "commit"),
        ],
    )
    def test_a_specification_is_a_file_at_a_commit(self, repository, path, commit, field):
        with pytest.raises(InvalidRecordError) as caught:
            Specification(repository, path, commit)
        assert caught.value.field == field

    def test_a_base_address_is_an_address_for_something(self):
        with pytest.raises(InvalidRecordError, match="environment"):
            BaseAddress("sandbox", "https://sandbox.api.service.nhs.uk")
        with pytest.raises(InvalidRecordError, match="url"):
            BaseAddress(Environment.SANDBOX, "sandbox.api.service.nhs.uk")

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("name", ""),
            ("url", "nhs-login"),
            ("source", None),
            ("family", "nrl"),
            ("aliases", ["NRL"]),
            ("product", "NRL Producer"),
            ("apis", ["eps"]),
        ],
    )
    def test_a_listing_refuses_what_breaks_a_rule(self, field, wrong):
        with pytest.raises(InvalidRecordError):
            attrs.evolve(products.listings[0], **{field: wrong})

    def test_a_listing_says_that_its_status_is_unknown(self):
        listing = Listing(name="A", url="https://example.org/a", source=SOURCE)
        assert str(listing) == (
            "A: listed on an unstated date, status unknown, https://example.org/a"
        )
        assert repr(listing) == "<Listing: 'A'>"


class TestLookUp:
    @pytest.mark.parametrize(
        ("name", "id_"),
        [
            ("nrl-producer", "nrl-producer"),
            ("National Record Locator Producer - FHIR API", "nrl-producer"),
            ("national record locator producer", "nrl-producer"),
            ("NHS Notify", "nhs-notify"),
            ("Immunisation History", "immunisation-history"),
            ("MNS", "multicast-notification-service"),
            ("Summary Care Records", "summary-care-record"),
            ("BaRS", "booking-and-referral"),
            ("Wayfinder", "patient-care-aggregator"),
        ],
    )
    def test_finds_by_name_alias_id_and_without_an_ending(self, name, id_):
        assert products[name].id == id_
        assert products.get(name) is products[name]
        assert name in products

    def test_says_which_products_a_name_may_mean(self):
        with pytest.raises(AmbiguousProductError, match="any of 2 products: use 'National"):
            products["National Record Locator"]
        with pytest.raises(AmbiguousProductError):
            products.get("NRL")

    def test_tells_of_what_was_listed_and_has_no_specification(self):
        with pytest.raises(UnknownProductError, match="status unknown, https://digital") as caught:
            products["National Events Management Service"]
        assert caught.value.nearest == ()
        assert "NHS login" not in products
        assert products.get("NHS login", "none") == "none"

    def test_names_what_a_slip_may_mean(self):
        with pytest.raises(UnknownProductError, match="did you mean 'NHS Notify API'"):
            products["NHS Notfiy API"]
        with pytest.raises(UnknownProductError, match=r"^no product is called 'Facebook'$"):
            products["Facebook"]
        with pytest.raises(UnknownProductError, match="did you mean 'NHSmail APIs'"):
            products.listed("NHSmial APIs")

    def test_listed_names_are_found_likewise(self):
        assert products.listed("CP-IS").url.endswith("/child-protection-information-sharing-hl7-v3")
        assert products.listed("nems").family is None
        with pytest.raises(AmbiguousProductError, match="use 'Pathology Messaging - FHIR' or"):
            products.listed("Pathology Messaging")

    @pytest.mark.parametrize("name", ["", "-", " . "])
    def test_punctuation_is_not_a_name(self, name):
        assert products.named(name) == products.listings_of(name) == ()
        assert name not in products

    def test_takes_names_and_nothing_else(self):
        for call in (products.named, products.listings_of, products.listed, products.get):
            with pytest.raises(TypeError, match="the name of a product"):
                call(None)
        with pytest.raises(TypeError, match=r"such as catalogue\[name\], got 'eRS'"):
            products.of("eRS")
        with pytest.raises(TypeError, match="a name, a position or a slice, got None"):
            products[None]

    def test_completes_what_means_one_product(self):
        offered = products._ipython_key_completions_()
        assert {"NHS Notify API", "nhs-notify", "BaRS"} <= set(offered)
        assert "NRL" not in offered
        assert all(name in products for name in offered)

    def test_is_a_sequence(self):
        assert products[0] is next(iter(products))
        assert [one.id for one in products[1:3]] == [products[1].id, products[2].id]
        assert (products[:2].listings, products[:2].as_of) == (products.listings, products.as_of)
        assert products[5] in products
        assert None not in products
        assert next(reversed(products)) is products[-1]
        with pytest.raises(IndexError, match="there is no position 60 among 60 products"):
            products[60]

    def test_selects_in_the_order_given_each_once(self):
        chosen = products.select("MESH", "NHS Notify", "mesh")
        assert [one.id for one in chosen] == ["mesh", "nhs-notify"]


class TestTheGuide:
    def test_a_row_knows_its_products_and_a_product_its_rows(self):
        for api in catalogue:
            assert [one.id for one in products.of(api)] == [
                one.id for one in products if api.id in one.apis
            ]
        assert products.of(catalogue["PDS FHIR (Patient Access)"])[0].apis == (
            "pds-fhir-app-restricted",
            "pds-fhir-health-worker-access",
            "pds-fhir-patient-access",
        )
        assert products.of(catalogue["IM1 Bulk"]).records == ()

    @pytest.mark.parametrize(
        ("name", "candidates"),
        [
            (
                "National Record Locator",
                (
                    "National Record Locator Consumer - FHIR API",
                    "National Record Locator Producer - FHIR API",
                ),
            ),
            (
                "National Events Management Service",
                ("National Event Management Service - FHIR API",),
            ),
            ("CP-IS", ("Child Protection - Information Sharing - HL7 V3 API",)),
        ],
    )
    def test_the_catalogue_points_to_products(self, name, candidates):
        assert named(name) == candidates
        with pytest.raises(UnknownApiError, match=r"see nhs_api_catalogue\.products") as caught:
            catalogue[name]
        assert (caught.value.products, caught.value.nearest) == (candidates, ())
        # A caller who gives a default gets it.
        assert catalogue.get(name) is None
        assert name not in catalogue

    def test_a_slip_is_still_a_slip(self):
        with pytest.raises(UnknownApiError, match="did you mean 'eRS'") as caught:
            catalogue["eRX"]
        assert caught.value.products == ()


class TestSearch:
    def test_a_name_comes_first(self):
        assert products.search("MESH")[0].id == "mesh"
        assert [one.id for one in products.search("National Record Locator")][:2] == [
            "nrl-consumer",
            "nrl-producer",
        ]

    def test_looks_in_families_status_and_technology(self):
        assert {one.id for one in products.search("retired")} == {
            one.id for one in products.filter(status="retired")
        }
        assert "eps-fhir-prescribing" in [one.id for one in products.search("electronic")]

    def test_finds_nothing_of_what_is_nowhere(self):
        assert len(products.search("xylophone")) == 0

    def test_says_which_words_were_found_wherever_it_is_shown(self):
        found = products.search("send xylophone")
        said = "Search: 1 of 2 words found: 'send'; nothing has 'xylophone'"
        assert str(found.found_by) == said.removeprefix("Search: ")
        assert repr(found).endswith(f"; {said}>")
        assert found.describe(width=120).splitlines()[-1] == f"{said}."
        assert max(map(len, found.describe(width=60).splitlines())) <= 60
        assert said in found._repr_html_().replace("&#x27;", "'")
        again = pickle.loads(pickle.dumps(found))
        assert again.found_by == found.found_by
        assert found == found[:]
        assert found[:].found_by is products.found_by is None
        with pytest.raises(TypeError, match="a text to search for"):
            products.search(None)


class TestFilter:
    def test_several_values_mean_any_and_several_keywords_all(self):
        both = products.filter(status=["retired", ProductStatus.DEPRECATED])
        assert {one.id for one in both} == {
            *(one.id for one in products.filter(status="retired")),
            *(one.id for one in products.filter(status="deprecated")),
        }
        found = products.filter(family=Family.GP_CONNECT, network="hscn", technology={"fhir"})
        assert {one.id for one in found} >= {"gp-connect-update-record"}

    def test_security_is_asked_for_by_who_or_how(self):
        patients = products.filter(security=SecurityMode.USER_RESTRICTED_PATIENT)
        assert "im1-pfs-auth" in patients
        login = products.filter(security=["nhs_login_separate", "nhs_login_combined"])
        assert set(login) < set(patients)
        assert products.filter(security=SecurityPattern.NONE) == products.filter(
            security="open_access"
        )
        # The same text is a word about who and a word about how.
        assert "im1-pfs-auth" in products.filter(security="not_stated")
        assert products.filter(security="Signed JWT") == products.filter(security="signed_jwt")

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("status", "in_production"),
            ("technology", "rest"),
            ("fhir_version", "R4"),
            ("network", "hscn"),
            ("security", "signed_jwt"),
            ("service_level", "gold"),
            ("family", "eps"),
            ("kind", "api"),
        ],
    )
    def test_each_product_passes_fails_or_is_undecided(self, field, value):
        passed = set(products.filter(**{field: value}))
        undecided = set(products.undecided(**{field: value}))
        unknown = {one for one in products if getattr(one, field) is None}
        assert undecided == unknown
        assert not passed & unknown
        for one in passed:
            assert value in json.dumps([str(getattr(v, "value", v)) for v in _held(one, field)])

    def test_what_fails_one_test_is_not_undecided(self):
        asked = {"status": "in_production", "network": "hscn"}
        undecided = products.undecided(**asked)
        assert len(undecided) == 1
        for one in undecided:
            assert None in (one.status, one.network)
            assert one.network is None or any(word.value == "hscn" for word in one.network.value)

    def test_nothing_asked_is_passed_by_all(self):
        assert products.filter() == products == products.filter(status=None)
        assert len(products.undecided()) == 0

    @pytest.mark.parametrize("function", ["filter", "undecided"])
    def test_refuses_words_and_keywords_that_there_are_not(self, function):
        ask = getattr(products, function)
        with pytest.raises(TypeError, match=r"no keyword 'staus': did you mean 'status'\?"):
            ask(staus="beta")
        with pytest.raises(TypeError, match="no keyword 'x': it takes status, technology"):
            ask(x=1)
        with pytest.raises(UnknownValueError, match="did you mean 'cis2_combined'"):
            products.filter(security="cis2")
        with pytest.raises(TypeError, match=r"no keyword 'standard': did you mean 'technology'\?"):
            products.filter(standard="fhir")
        with pytest.raises(UnknownValueError, match="did you mean 'retired'"):
            ask(status="retird")
        with pytest.raises(UnknownValueError, match="is not a security mode or pattern"):
            ask(security="jwt")
        with pytest.raises(TypeError, match="a security mode or pattern"):
            ask(security=[5])


def _held(one, field):
    value = getattr(one, field).value
    values = value if isinstance(value, tuple) else (value,)
    if field == "security":
        return [part for way in values for part in (way.mode, way.pattern)]
    return values


class TestTables:
    def test_a_line_for_each(self):
        lines = str(products).splitlines()
        assert lines[0].split() == ["product", "status", "as", "of"]
        assert lines[-1] == "60 products, read on 2026-11-29."
        assert str(products[:1]).endswith("\n\n1 product, read on 2026-11-29.")
        assert repr(products) == "<Products: 60 as of 2026-11-29, with 93 listings>"
        assert "EPS FHIR Prescribing API" in str(products)

    def test_an_unknown_status_is_said(self):
        line = str(products.select("Clinical Data Gateway")).splitlines()[1]
        assert line.split() == ["Clinical", "Data", "Gateway", "API", "unknown", "2026-04-22"]
        undated = attrs.evolve(products, records=(SMALL,))
        assert str(undated).splitlines()[1] == "Example API     unknown"

    @pytest.mark.parametrize("width", [60, 80, 200])
    def test_lines_keep_within_the_width(self, width):
        assert max(map(len, products.describe(width=width).splitlines())) <= width

    def test_a_table_in_notebooks(self):
        heads, first, _ = table_of(products[:2]._repr_html_())
        assert heads == ["product", "status", "as of"]
        assert first == ["Address Quality Service API", "in development, internal", "2024-10-22"]

    def test_columns_have_missing_for_unknown(self):
        columns = products.select("Clinical Data Gateway", "NHS Notify").to_columns()
        assert columns["status"] == [None, ["beta", "in_production"]]
        assert columns["production_url"] == [None, "https://api.service.nhs.uk/comms"]
        assert columns["as_of"] == [date(2026, 4, 22), date(2024, 9, 19)]
        assert columns["security"][1] == ["application restricted by signed jwt"]
        empty = attrs.evolve(products, records=(SMALL,)).to_columns()
        assert (empty["as_of"], empty["summary"], empty["aliases"]) == ([None], [None], [[]])

    def test_markdown_and_csv(self):
        assert products.select("MESH").to_markdown("name", "status").splitlines()[2] == (
            "| Message Exchange for Social Care and Health (MESH) API | in_production |"
        )
        assert products.to_csv().count("\n") == 61

    def test_sources_are_each_once(self):
        assert len(products.sources()) == len(set(products.sources()))
        assert all(source.as_of is not None for source in products.sources())


class TestRecordsOfYourOwn:
    OURS = NRL.as_api(
        technical="2-4 months",
        assurance="3-6 months",
        source="our estimate",
        as_of="2026-11-01",
    )

    def test_has_the_facts_laid_over_and_the_durations_on_your_word(self):
        (entry,) = self.OURS.official
        assert entry.status is NRL.status
        assert entry.aliases is NRL.aliases
        assert entry.base_url_production.value.startswith("https://api.service.nhs.uk/record-loc")
        assert entry.base_url_sandbox.where == "Environments and testing"
        assert entry.spec_repository.value == "https://github.com/NHSDigital/nrl-producer-api"
        assert str(self.OURS.technical) == "2-4 months"
        assert self.OURS.source_of("technical") == "our estimate (2026-11-01)"
        assert self.OURS.source_of("summary").endswith("specification (NHS England, 2026-05-01)")
        assert self.OURS.aliases == ("National Record Locator", "NRL")

    def test_can_be_planned_kept_in_a_catalogue_and_written(self):
        ours = catalogue.with_apis(self.OURS)
        assert ours["NRL"] is self.OURS
        made = plan([ours["NRL"], ours["MESH"]], start="2027-01-04")
        assert str(made.go_live) == "2027-06-04 to 2027-11-04"
        assert loads(dumps(ours))["nrl-producer"] == self.OURS
        assert pickle.loads(pickle.dumps(self.OURS)).official == self.OURS.official

    def test_of_a_product_with_little_known_is_made_too(self):
        made = SMALL.as_api(technical="1-2 weeks", assurance="1-2 weeks", source="us")
        (entry,) = made.official
        assert (made.summary, entry.status, made.aliases) == ("", None, ())
        assert entry.base_url_production is None
        mesh = products["mesh"].as_api(technical="5 working days", assurance="1 week", source="us")
        assert str(mesh.technical) == "5 working days"
        # It has no sandbox.
        assert mesh.official[0].base_url_sandbox is None
        assert str(made.edition) == "Specification (NHS England, no date)"

    def test_takes_ranges_too_and_no_blank_source(self):
        again = NRL.as_api(
            technical=self.OURS.technical, assurance=self.OURS.assurance, source="our estimate"
        )
        assert again.total == self.OURS.total
        with pytest.raises(InvalidRecordError, match="source"):
            NRL.as_api(technical="1-2 weeks", assurance="1-2 weeks", source=" ")

    def test_a_plan_refuses_a_product_with_the_way_out(self):
        with pytest.raises(TypeError, match=r"no durations: product\.as_api\(technical="):
            plan([NRL], start="2027-01-04")
        with pytest.raises(TypeError, match=r"no durations: product\.as_api\(technical="):
            catalogue.with_apis(NRL)
        # Only a product has this way out.
        for wrong in ("MESH", NRL.name):
            with pytest.raises(TypeError) as caught:
                catalogue.with_apis(wrong)
            assert "as_api" not in str(caught.value)

    def test_who_selects_a_products_name_for_a_plan_is_pointed_to_it(self):
        with pytest.raises(UnknownApiError, match=r"see nhs_api_catalogue\.products"):
            catalogue.select("MESH", "National Record Locator")


class TestWhatIsLoaded:
    """The records of the guide neither load products nor read them from the disk."""

    AUDIT = (
        "import sys\n"
        "opened = []\n"
        "sys.addaudithook(lambda event, args: event == 'open' and opened.append(str(args[0])))\n"
        "from nhs_api_catalogue import catalogue, plan\n"
        "assert catalogue['eRS'].official and catalogue.get('National Record Locator') is None\n"
        "assert catalogue.search('book') and catalogue.filter(standard='FHIR')\n"
        "assert plan(catalogue.select('eRS', 'MESH'), start='2027-01-04').go_live\n"
        "print(sorted(n for n in sys.modules if 'beyond' in n))\n"
        "print(sum('products.json' in name for name in opened))\n"
    )

    def test_nothing_for_the_guide(self):
        assert run_fresh(self.AUDIT) == "[]\n0\n"

    def test_the_audit_sees_what_is_read(self):
        """The test above can fail."""
        code = self.AUDIT.replace(
            "print(sorted", "from nhs_api_catalogue import products\nprint(sorted"
        )
        modules, opened = run_fresh(code).splitlines()
        assert "nhs_api_catalogue.beyond.bundled" in modules
        assert opened == "1"

    def test_classes_alone_read_no_file(self):
        code = self.AUDIT.replace("import catalogue, plan", "import Family, catalogue, plan")
        modules, opened = run_fresh(code).splitlines()
        assert "beyond.records" in modules
        assert opened == "0"


def test_kinds_tell_an_api_from_a_standard():
    standards = products.filter(kind=ProductKind.API_STANDARD)
    assert {one.id for one in standards} == {
        "eyecare-e-referral",
        "patient-care-aggregator-get-appointments",
    }
    assert isinstance(standards, Products)


def test_a_sequence_refuses_what_is_not_a_product():
    with pytest.raises(InvalidRecordError, match="records"):
        Products((SMALL, "NRL"), as_of=date(2026, 11, 29))
    with pytest.raises(InvalidRecordError, match="as_of"):
        Products((), as_of="2026-11-29")
    with pytest.raises(InvalidRecordError, match="listings"):
        Products((), as_of=date(2026, 11, 29), listings=[])


def test_a_month_is_a_date_of_a_source_too():
    source = attrs.evolve(SOURCE, as_of=AsOf.parse("2026-05"))
    product = attrs.evolve(SMALL, specification=Fact(WHERE, source, Confidence.OFFICIAL))
    assert str(product).splitlines()[2].strip().endswith("(2026-05)")

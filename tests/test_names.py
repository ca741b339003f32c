"""Names as people type them, and the names that slips stand for."""

import pickle
import random
import re
import string
import sys
from inspect import signature

import pytest

from nhs_api_catalogue import AmbiguousApiError, UnknownApiError, catalogue, products
from nhs_api_catalogue._names import (
    beginnings,
    fold,
    loosen,
    nearest_names,
    nearest_word,
    split_standard,
    suggest_keywords,
    words,
)

TEXTS = sorted({text for api in catalogue for text in (api.name, *api.aliases)})


def distortions(name: str, choose: random.Random) -> set[str]:
    """The name with one slip of each kind: letters, then whole words."""
    place = choose.randrange(len(name) - 1)
    before, letter, after = name[:place], name[place], name[place + 1 :]
    other = choose.choice(string.ascii_lowercase)
    found = {
        f"{before}{after}",  # left out
        f"{before}{other}{after}",  # replaced
        f"{before}{other}{letter}{after}",  # added
        f"{before}{letter}{letter}{after}",  # doubled
        f"{before}{after[:1]}{letter}{after[1:]}",  # swapped
    }
    parts = name.split()
    if len(parts) > 2:
        number = choose.randrange(len(parts))
        found.add(" ".join(parts[:number] + parts[number + 1 :]))
        found.add(" ".join(parts[number:] + parts[:number]))
    return found


def wide(text: str) -> str:
    """The text in letters of full width, as a Japanese keyboard types them."""
    return "".join(chr(ord(one) + 0xFEE0) if one.isalpha() else one for one in text)


def ids_named(text: str) -> frozenset[str]:
    """The ids of the records with that name, id or alias, found by looking at each."""
    return frozenset(
        api.id for api in catalogue if fold(text) in map(fold, (api.name, api.id, *api.aliases))
    )


def cases() -> list[tuple[str, str]]:
    """Names and aliases, each with slips that are not a name themselves."""
    choose = random.Random(23)  # noqa: S311  the same slips every time
    return [
        (text, slip)
        for text in TEXTS
        for _ in range(2)
        for slip in sorted(distortions(text, choose))
        if fold(slip) and not ids_named(slip)
    ]


class TestFold:
    @pytest.mark.parametrize(
        "text",
        ["GP Connect – Access Record", "gp connect access-record", "GP_CONNECT:Access.Record"],
    )
    def test_case_spaces_dashes_and_punctuation_do_not_count(self, text):
        assert fold(text) == "gpconnectaccessrecord"

    def test_letters_of_any_script_count(self):
        assert fold("Straße Ω-1") == "strasseω1"

    def test_words_and_beginnings(self):
        assert words(" e-RS  &  (BaRS) ") == ("ers", "bars")
        assert beginnings("IM1 – Bulk") == ("im1", "im1bulk")
        assert beginnings("– –") == ()

    @pytest.mark.once
    def test_keeps_of_every_character_what_a_pattern_calls_a_letter_or_a_number(self):
        pattern = re.compile(r"[^\W_]")
        wrong = [
            letter
            for letter in map(chr, range(sys.maxunicode + 1))
            if bool(fold(letter)) is not bool(pattern.search(letter.casefold()))
        ]
        assert wrong == []


class TestNearestNames:
    @pytest.mark.once
    def test_at_least_97_of_100_distorted_names_are_found_first(self):
        """Of more than 500, none a name itself; the rest are as near to another name."""
        tried = cases()
        assert len(tried) >= 500
        wrong = []
        for text, slip in tried:
            try:
                nearest = (catalogue[slip].name,)
            except UnknownApiError as error:
                nearest = error.nearest
            except AmbiguousApiError as error:
                nearest = error.candidates
            if not (nearest and ids_named(nearest[0]) & ids_named(text)):
                wrong.append((text, slip, nearest))
        assert len(wrong) <= 0.03 * len(tried), wrong

    @pytest.mark.parametrize(
        "junk",
        [
            *("", " ", "?", "–", "a", "qq", "zzz", "xyzzy", "blockchain", "kubernetes", "banana"),
            *("hello world", "lorem ipsum dolor sit amet", "1234567890", "Facebook", "weather"),
            *("price of tea in China", "🙂🙂🙂", "drop table", "x" * 500),
        ],
    )
    def test_junk_gets_nothing(self, junk):
        with pytest.raises(UnknownApiError) as caught:
            catalogue[junk]
        assert caught.value.nearest == ()

    def test_each_suggestion_is_of_other_records(self):
        with pytest.raises(UnknownApiError) as caught:
            catalogue["Patient Care Aggregatr"]
        found = [ids_named(name) for name in caught.value.nearest]
        assert found[0] == {"patient-care-aggregator"}
        assert len(found) == len(set(found)) <= 3

    def test_the_same_letters_beat_as_many_common_ones(self):
        assert nearest_names("PSD", ["EPS", "PDS"]) == ("PDS", "EPS")

    def test_the_same_beginning_breaks_the_tie(self):
        assert nearest_names("PS", ["EPS", "PDS"]) == ("PDS", "EPS")

    def test_ties_keep_the_order_given(self):
        assert nearest_names("abcx", ["abcd", "abce"]) == ("abcd", "abce")
        assert nearest_names("abcx", ["abce", "abcd"]) == ("abce", "abcd")

    def test_words_too_many_or_in_another_order_do_little_harm(self):
        assert nearest_names("Wayfinder booking", ["MESH", "Wayfinder"]) == ("Wayfinder",)
        assert (
            nearest_names("Document Send", ["Get Document", "Send Document"])[0] == "Send Document"
        )

    def test_a_name_whose_words_are_all_there_beats_similar_letters(self):
        known = ["PDS FHIR", "EPS FHIR API"]
        assert nearest_names("EPS FHIR", known)[0] == "EPS FHIR API"

    def test_a_shared_word_alone_does_not_make_a_name_near(self):
        assert nearest_names("a", ["a very long name of something else"]) == ()

    def test_one_word_or_none(self):
        assert nearest_word("standrad", ["standard", "supplier"]) == "standard"
        assert nearest_word("xyz", ["standard"]) is None


class TestSuggestKeywords:
    @staticmethod
    def ask(*, topic: str | None = None, user: str | None = None) -> tuple[str | None, str | None]:
        return topic, user

    def test_known_keywords_pass(self):
        assert suggest_keywords(who="user")(self.ask)(user="me") == (None, "me")

    def test_a_misspelt_keyword_is_told_the_nearest_and_all(self):
        with pytest.raises(
            TypeError, match=r"ask\(\) has no keyword 'topc': did you mean 'topic'\?"
        ):
            suggest_keywords(who="user")(self.ask)(topc="x")

    def test_junk_is_told_all(self):
        with pytest.raises(TypeError, match=r"has no keyword 'zzzz': it takes topic, user"):
            suggest_keywords(who="user")(self.ask)(zzzz="x")

    def test_another_word_for_a_keyword_is_told_the_keyword(self):
        with pytest.raises(TypeError, match="no keyword 'who': did you mean 'user'"):
            suggest_keywords(who="user")(self.ask)(who="me")

    def test_the_function_looks_as_it_was(self):
        checked = suggest_keywords(who="user")(self.ask)
        assert signature(checked) == signature(self.ask)
        assert checked.__name__ == "ask"


class TestLoosen:
    @pytest.mark.parametrize(
        "text",
        [
            "Summary Care Record",
            "Summary Care Records",
            "summary care record API",
            "Summary Care Record - FHIR API",
            "Summary Care Record (FHIR) APIs",
            wide("Summary Care Record"),
        ],
    )
    def test_how_it_is_built_plurals_and_width_do_not_count(self, text):
        assert loosen(text) == "summarycarerecord"

    @pytest.mark.parametrize(
        ("text", "base", "standard"),
        [
            ("Summary Care Record – HL7 V3 API", "summarycarerecord", "hl7v3"),
            ("SCR HL7V3", "scr", "hl7v3"),
            ("SCR HL7", "scr", "hl7v3"),
            ("Spine Directory Service - LDAP API", "spinedirectory", "ldap"),
            ("IM1 Bulk (SOAP)", "im1bulk", "soap"),
            ("SCR SOAP LDAP", "scrsoap", "ldap"),
            ("SCR FHIR API", "scr", ""),
            ("DoHS v3", "dohsv3", ""),
            ("HL7 V3", "hl7v3", ""),
            ("LDAP", "ldap", ""),
        ],
    )
    def test_a_standard_that_few_have_tells_products_apart(self, text, base, standard):
        assert split_standard(text) == (base, standard)
        assert loosen(text) == base + standard

    def test_a_service_is_its_name_where_two_words_are_left(self):
        assert loosen("e-Referral Service") == loosen("eReferrals") == "ereferral"
        assert loosen("Record Service") == "recordservice"

    def test_what_is_nothing_but_such_words_keeps_the_first(self):
        assert loosen("FHIR API") == "fhir"
        assert loosen("API") == "api"

    def test_a_short_word_has_no_plural(self):
        assert [loosen(text) for text in ("BaRS", "DoS", "access", "– –")] == [
            "bars",
            "dos",
            "access",
            "",
        ]


class TestNamesPeopleUse:
    """Names that used to get a wrong answer."""

    @pytest.mark.parametrize(
        ("name", "id_"),
        [
            ("Booking and Referral Standard FHIR API", "bars"),
            ("eReferrals", "e-rs"),
            ("Summary Care Records", "scr-fhir"),
            (wide("MESH"), "mesh"),
            (wide("eRS"), "e-rs"),
            ("Electronic Prescriptions Service", "eps"),
            ("Message Exchange for Social Care and Health API", "mesh"),
            ("SDS LDAP", "sds"),
            ("Spine Directory Service - LDAP", "sds"),
            ("EPS HL7 V3", "eps"),
            ("Electronic Prescription Service - HL7 V3 API", "eps"),
            ("IM1 Transaction SOAP", "im1-transaction"),
        ],
    )
    def test_is_found(self, name, id_):
        assert catalogue[name].id == id_

    @pytest.mark.parametrize(
        ("name", "listed"),
        [
            ("SCR HL7 V3", ("Summary Care Record - HL7 V3 API",)),
            ("Summary Care Record - HL7 V3 API", ("Summary Care Record - HL7 V3 API",)),
            ("PDS HL7 V3 API", ("Personal Demographics Service - HL7 V3 API",)),
            ("e-RS HL7 V3", ("e-Referral Service - HL7 V3 API",)),
            ("MESH SOAP", ()),
        ],
    )
    def test_a_product_in_another_standard_is_not_the_record(self, name, listed):
        """The record is a FHIR API, so a plan with it would be for another product."""
        with pytest.raises(UnknownApiError) as caught:
            catalogue[name]
        assert caught.value.products == listed
        assert name not in catalogue
        assert name not in products
        assert tuple(one.name for one in products.listings_of(name)) == listed

    @pytest.mark.parametrize(
        ("name", "ids"),
        [
            ("GPC", ["access-record", "appointment-management", "send-document"]),
            (
                "Personal Demographics Service - FHIR API",
                ["app-restricted", "health-worker-access", "patient-access"],
            ),
        ],
    )
    def test_is_ambiguous(self, name, ids):
        with pytest.raises(AmbiguousApiError) as caught:
            catalogue[name]
        found = [catalogue[candidate].id for candidate in caught.value.candidates]
        assert [id_.removeprefix("gp-connect-").removeprefix("pds-fhir-") for id_ in found] == ids

    @pytest.mark.parametrize(
        ("name", "service"),
        [
            ("NHS login", "NHS login"),
            ("CIS2", "NHS CIS2 Authentication"),
            ("DSPT", "Data Security and Protection Toolkit (DSPT)"),
            ("Data Security and Protection Toolkit", "Data Security and Protection Toolkit (DSPT)"),
            ("HSCN", "Health and Social Care Network (HSCN) connection"),
            ("HSCN connection", "Health and Social Care Network (HSCN) connection"),
            ("SCAL", "Supplier Conformance Assessment List (SCAL)"),
            ("IM1 pairing", "IM1 pairing"),
            ("ssp", "Spine Secure Proxy (SSP)"),
            ("National Service Desk registration", "National Service Desk registration"),
        ],
    )
    def test_is_a_service_and_said_to_be_one(self, name, service):
        with pytest.raises(
            UnknownApiError, match=re.escape(f"Service({service!r}, ...)")
        ) as caught:
            catalogue[name]
        assert (caught.value.services, caught.value.nearest) == ((service,), ())
        assert "no API is called" not in str(caught.value)

    @pytest.mark.parametrize(
        "name",
        [
            *("National Record Locator", "NRL", "CP-IS", "Immunisation History - FHIR API"),
            *("National Events Management Service", "NEMS"),
        ],
    )
    def test_is_a_product_and_said_to_be_one(self, name):
        with pytest.raises(UnknownApiError, match=r"nhs_api_catalogue\.products") as caught:
            catalogue[name]
        assert caught.value.products
        assert caught.value.nearest == ()
        assert "no API is called" not in str(caught.value)

    @pytest.mark.parametrize(
        ("name", "filters"),
        [
            ("Immunisation", (("topic", "immunisation"),)),
            ("records", (("topic", "records"),)),
            ("Appointment", (("topic", "appointments"),)),
            ("search", (("capability", "search"),)),
            ("Patients", (("user", "patient"),)),
        ],
    )
    def test_is_a_word_to_filter_by_and_said_to_be_one(self, name, filters):
        with pytest.raises(UnknownApiError) as caught:
            catalogue[name]
        assert (caught.value.filters, caught.value.nearest) == (filters, ())
        assert all(catalogue.filter(**{keyword: value}) for keyword, value in filters)

    @pytest.mark.parametrize(
        ("slip", "filters"),
        [
            ("Imunisation", (("topic", "immunisation"),)),
            ("apointments", (("topic", "appointments"),)),
            ("FHRI", (("standard", "FHIR"),)),
        ],
    )
    def test_a_slip_of_such_a_word_suggests_the_word(self, slip, filters):
        with pytest.raises(UnknownApiError) as caught:
            catalogue[slip]
        assert (caught.value.filters, caught.value.nearest) == (filters, ())

    @pytest.mark.parametrize("name", ["Ambient", "Patient Flags"])
    def test_is_nothing_and_likeness_of_letters_suggests_nothing(self, name):
        with pytest.raises(UnknownApiError, match=f"no API is called '{name}'$") as caught:
            catalogue[name]
        assert caught.value.nearest == ()

    def test_a_beginning_suggests_the_names_that_begin_so(self):
        with pytest.raises(UnknownApiError) as caught:
            catalogue["GP"]
        assert caught.value.nearest == tuple(api.name for api in catalogue.matching("GP"))

    def test_an_internal_id_is_never_suggested(self):
        given = [entry.id for overlay in catalogue.overlays for entry in overlay.entries]
        slips = [f"{id_[:-2]}x{id_[-2:]}" for id_ in given]
        suggested = set()
        for slip in slips:
            try:
                catalogue[slip]
            except UnknownApiError as error:
                suggested |= set(error.nearest)
            except AmbiguousApiError:
                pass
        assert suggested
        assert not suggested & set(given) - {api.id for api in catalogue}

    def test_none_of_them_is_in_the_catalogue(self):
        assert "CIS2" not in catalogue
        assert catalogue.get("Immunisation", "none") == "none"

    def test_a_catalogue_without_such_statements_knows_no_services(self):
        with pytest.raises(UnknownApiError, match="no API is called 'DSPT'"):
            catalogue.with_overlay(None)["DSPT"]

    def test_the_error_pickles(self):
        with pytest.raises(UnknownApiError) as caught:
            catalogue["NHS login"]
        again = pickle.loads(pickle.dumps(caught.value))
        assert str(again) == str(caught.value)
        assert again.services == ("NHS login",)

"""The bundled edition, compared with the text of the guide that it was made from."""

import hashlib
import json
import re
from collections import Counter
from datetime import date, timedelta
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import attrs
import pytest

from nhs_api_catalogue.bundled import bundled
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.records import (
    AccessRoute,
    Answer,
    Api,
    AuthProtocol,
    Implementation,
    NoticeKind,
    Precision,
    Proxy,
    Standard,
    Suitability,
    Transport,
    UseContext,
)

GUIDE = Path(__file__).parent / "data" / "nhs-api-guide-2025.txt"
FOLDER = files("nhs_api_catalogue").joinpath("data")
TEXT = FOLDER.joinpath("guide-2025.json").read_text(encoding="utf-8")
DOCUMENT = json.loads(TEXT)
README = FOLDER.joinpath("README.md").read_text(encoding="utf-8")
APIS = tuple(bundled())
BY_ID = {api.id: api for api in APIS}

NAMES = {
    "bars": "BaRS (Booking & Referral Standard)",
    "dos": "Directory of Healthcare Services (DoS)",
    "eps": "Electronic Prescription Service (EPS)",
    "e-rs": "e-Referral Service (eRS)",
    "gp-connect-access-record": "GP Connect – Access Record",
    "gp-connect-appointment-management": "GP Connect – Appointment Management",
    "gp-connect-send-document": "GP Connect – Send Document",
    "im1-bulk": "IM1 – Bulk",
    "im1-patient": "IM1 – Patient",
    "im1-transaction": "IM1 – Transaction",
    "mesh": "MESH",
    "nhs-app-api": "NHS App API",
    "ods": "Organisation Data Service (ODS)",
    "patient-care-aggregator": "Patient Care Aggregator (Wayfinder)",
    "patient-care-aggregator-record-service": "Patient Care Aggregator – Record Service",
    "pds-fhir-app-restricted": "PDS FHIR (App-restricted)",
    "pds-fhir-health-worker-access": "PDS FHIR (Health Worker Access)",
    "pds-fhir-patient-access": "PDS FHIR (Patient Access)",
    "scr-fhir": "SCR FHIR",
    "sds": "Spine Directory Service (SDS)",
    "terminology-server-fhir": "Terminology Server – FHIR",
    "transfer-of-care": "Transfer of Care – FHIR / MESH",
    "vaccination-events-fhir": "Vaccination Events – FHIR",
}

EMIS_REST = Implementation(Standard.REST, "EMIS")
TPP_REST = Implementation(Standard.REST, "TPP")
TPP_SOAP = Implementation(Standard.SOAP, "TPP")
VISION_SOAP = Implementation(Standard.SOAP, "Vision")
FHIR = Implementation(Standard.FHIR)
FHIR_OVER_MESH = Implementation(Standard.FHIR, transport=Transport.MESH)
IMPLEMENTATIONS = {
    "FHIR API": (11, (FHIR,)),
    "RESTful API": (2, (Implementation(Standard.REST, restful=True),)),
    "FHIR & HL7 v3": (1, (FHIR, Implementation(Standard.HL7_V3))),
    "FHIR via SSP (not RESTful)": (
        1,
        (Implementation(Standard.FHIR, proxy=Proxy.SSP, restful=False),),
    ),
    "FHIR via SSP": (1, (Implementation(Standard.FHIR, proxy=Proxy.SSP),)),
    "FHIR over MESH": (1, (FHIR_OVER_MESH,)),
    "FHIR / MESH APIs": (1, (FHIR_OVER_MESH,)),
    "EMIS/TPP REST; Vision SOAP": (2, (EMIS_REST, TPP_REST, VISION_SOAP)),
    "EMIS REST; TPP SOAP; Vision SOAP": (1, (EMIS_REST, TPP_SOAP, VISION_SOAP)),
    "RESTful API / OAuth 2.0 / OpenID Connect": (
        1,
        (Implementation(Standard.REST, auth=set(AuthProtocol), restful=True),),
    ),
    "FHIR / LDAP API": (1, (FHIR, Implementation(Standard.LDAP))),
}

HSCN, INTERNET, GP_PRACTICE = AccessRoute.HSCN, AccessRoute.INTERNET, AccessRoute.GP_PRACTICE
ACCESS = {
    "HSCN / Internet": (18, {None: {HSCN, INTERNET}}),
    "HSCN": (3, {None: {HSCN}}),
    "Internet": (1, {None: {INTERNET}}),
    "GP practice integration (TPP)\nHSCN / Internet (EMIS)": (
        1,
        {"TPP": {GP_PRACTICE}, "EMIS": {HSCN, INTERNET}},
    ),
}


def normal(text: str) -> str:
    """The text with every run of spaces and newlines as one space, and none at the ends."""
    return " ".join(text.split())


def fold(name: str) -> str:
    """The name without case, spaces and punctuation."""
    return re.sub(r"[\W_]", "", name.casefold())


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def table() -> str:
    """The guide's table, from after its heading to the page's next heading, normalised."""
    guide = GUIDE.read_text(encoding="utf-8")
    _, behind = guide.split("Time (Technical Implementation) Time (NHSE Assurance)\n")
    rows, _ = behind.split("Need help with NHS API integration?")
    return normal(rows)


def descriptions() -> dict[str, str]:
    """What is left of the table, by id, when every cell has been taken out in its place."""
    rest, found = table(), {}
    for api in APIS:
        cells = api.printed
        assert cells is not None
        assert rest.startswith(f"{cells.name} "), api.id
        tail = (
            cells.note or "",
            cells.implementation,
            cells.access_route,
            cells.technical,
            cells.assurance,
        )
        found[api.id], mark, rest = rest.removeprefix(cells.name).partition(normal(" ".join(tail)))
        assert mark, api.id
        rest = rest.lstrip()
    assert rest == ""
    return {id_: text.strip() for id_, text in found.items()}


class TestTheGuide:
    """The records are the guide's table, without loss."""

    def test_the_printed_cells_and_one_description_each_are_the_whole_table(self):
        """A description is one or two sentences, so no piece of a cell is left in it."""
        found = descriptions()
        assert len(found) == 23
        for id_, text in found.items():
            assert re.fullmatch(r"[A-Z][^.]+(\(e\.g\., PDFs\)[^.]+)?\.", text), (id_, text)

    def test_the_digest_is_that_of_the_text(self):
        digest = hashlib.sha256(GUIDE.read_bytes()).hexdigest()
        assert DOCUMENT["edition"]["sha256"] == digest == bundled().edition.sha256

    def test_the_edition_says_who_and_when(self):
        edition = bundled().edition
        assert str(edition) == "NHS API Guide 2025 (6B, 2025-09-09)"
        assert edition.as_of == date(2025, 9, 9)
        assert edition.source == "https://6b.health/insight/nhs-api-guide-year"
        assert edition.based_on is None
        assert not edition.is_official

    def test_names_and_ids_in_the_order_of_the_guide(self):
        assert [(api.id, api.name) for api in APIS] == list(NAMES.items())

    def test_the_note_is_kept_to_the_letter(self):
        notes = {api.id: api.printed.note for api in APIS if api.printed.note}
        assert notes == {
            "gp-connect-appointment-management": (
                "Note – this API has been unavailable from June 2025 onwards."
            )
        }


class TestTypedValues:
    """Every typed value agrees with the cell that it was read from."""

    @pytest.mark.parametrize(
        ("field", "counts"),
        [
            ("technical", {"4-6 weeks": 9, "2-4 months": 8, "3-6 months": 6}),
            ("assurance", {"4-8 months": 15, "1-2 months": 7, "2-4 months": 1}),
        ],
    )
    def test_times(self, field, counts):
        assert Counter(str(getattr(api, field)) for api in APIS) == counts
        for api in APIS:
            assert DurationRange.parse(getattr(api.printed, field)) == getattr(api, field)

    def test_the_eleven_implementation_cells(self):
        counts = {cell: count for cell, (count, _) in IMPLEMENTATIONS.items()}
        assert Counter(api.printed.implementation for api in APIS) == counts
        for api in APIS:
            assert api.implementations == IMPLEMENTATIONS[api.printed.implementation][1]

    def test_the_four_access_cells(self):
        counts = {cell: count for cell, (count, _) in ACCESS.items()}
        assert Counter(api.printed.access_route for api in APIS) == counts
        for api in APIS:
            rules = {rule.supplier: rule.routes for rule in api.access}
            assert rules == ACCESS[api.printed.access_route][1]

    def test_im1_transaction_is_reached_by_supplier(self):
        api = BY_ID["im1-transaction"]
        answers = {who: api.reachable(HSCN, who) for who in ("EMIS", "TPP", "Vision")}
        assert answers == {"EMIS": Answer.YES, "TPP": Answer.NO, "Vision": Answer.UNKNOWN}

    def test_one_api_is_unavailable_since_a_month_without_an_end(self):
        (api,) = (api for api in APIS if api.notices)
        (notice,) = api.notices
        assert api.id == "gp-connect-appointment-management"
        assert (notice.kind, notice.precision) == (NoticeKind.UNAVAILABLE, Precision.MONTH)
        assert (notice.since, notice.until) == (date(2025, 6, 1), None)
        assert notice.text in api.printed.note

    def test_suitability(self):
        assert {api.id: api.suitability for api in APIS if api.suitability != Suitability()} == {
            "im1-bulk": Suitability(
                excluded={UseContext.PATIENT_FACING, UseContext.DIRECT_CARE},
                stated={UseContext.REPORTING},
            ),
            "im1-patient": Suitability(only={UseContext.PATIENT_FACING}),
            "ods": Suitability(stated={UseContext.REPORTING}),
        }

    def test_one_api_says_how_old_its_data_may_be(self):
        ages = {api.id: api.max_data_age for api in APIS if api.max_data_age is not None}
        assert ages == {"im1-bulk": timedelta(hours=24)}


class TestOurWords:
    """Our own texts keep to their rules."""

    @pytest.mark.parametrize("id_", NAMES)
    def test_a_summary_shares_no_eight_words_in_a_row_with_the_description(self, id_):
        mine, theirs = words(BY_ID[id_].summary), words(descriptions()[id_])
        runs = {tuple(theirs[i : i + 8]) for i in range(len(theirs) - 7)}
        assert len(mine) >= 8
        assert not [i for i in range(len(mine) - 7) if tuple(mine[i : i + 8]) in runs]

    @pytest.mark.parametrize("id_", NAMES)
    def test_the_readme_quotes_the_guide_for_each_capability_topic_and_user(self, id_):
        """The guide contains the words in its quotation marks, and no value is missing."""
        api = BY_ID[id_]
        (line,) = re.findall(rf"^- `{id_}`: (.*)$", README, re.MULTILINE)
        row = f"{api.name} {descriptions()[id_]}"
        quotes = re.findall(r'"([^"]+)"', line)
        assert quotes
        assert [quote for quote in quotes if quote not in row] == []
        said = re.sub(r'"[^"]*"', "", line)
        _, capabilities, topics, users = re.split(r"capabilities|Topics|Users", said)
        for text, members in (
            (capabilities, api.capabilities),
            (topics, api.topics),
            (users.replace("none named", ""), api.users),
        ):
            assert set(words(text)) - {"and"} == {member.value for member in members}

    def test_every_api_has_a_capability_and_a_topic(self):
        assert [api.id for api in APIS if not (api.capabilities and api.topics)] == []


class TestNames:
    """Each name finds what people mean by it."""

    def ids_named(self, name: str) -> list[str]:
        return [
            api.id
            for api in APIS
            if fold(name) in {fold(known) for known in (api.id, api.name, *api.aliases)}
        ]

    @pytest.mark.parametrize(
        ("name", "id_"),
        [
            ("Wayfinder", "patient-care-aggregator"),
            ("DoS", "dos"),
            ("e-RS", "e-rs"),
            ("EPS", "eps"),
            ("SCR", "scr-fhir"),
            ("ToC", "transfer-of-care"),
            ("BaRS", "bars"),
            ("MESH", "mesh"),
            ("SDS", "sds"),
            ("ODS", "ods"),
        ],
    )
    def test_an_abbreviation_means_one_api(self, name, id_):
        assert self.ids_named(name) == [id_]

    @pytest.mark.parametrize(
        ("name", "prefix"), [("PDS", "pds-"), ("IM1", "im1-"), ("GP Connect", "gp-connect-")]
    )
    def test_the_name_of_a_family_means_all_three(self, name, prefix):
        family = [id_ for id_ in NAMES if id_.startswith(prefix)]
        assert len(family) == 3
        assert self.ids_named(name) == family

    def test_a_name_or_id_means_one_api(self):
        assert {api.id: self.ids_named(api.name) for api in APIS} == {id_: [id_] for id_ in NAMES}
        assert {api.id: self.ids_named(api.id) for api in APIS} == {id_: [id_] for id_ in NAMES}

    def test_no_alias_is_a_spelling_of_another_or_of_the_name(self):
        for api in APIS:
            folded = [fold(name) for name in (api.name, *api.aliases)]
            assert len(set(folded)) == len(folded), api.id


class TestTheFile:
    """The file can be written in only one way, so that a diff shows only real changes."""

    def test_is_json_in_its_own_form(self):
        assert f"{json.dumps(DOCUMENT, ensure_ascii=False, indent=2)}\n" == TEXT

    def test_each_object_has_the_fields_of_its_class_in_order(self):
        fields = [field.name for field in attrs.fields(Api) if field.init]
        fields.remove("edition")
        fields.remove("overlay")
        assert [list(values) for values in DOCUMENT["apis"]] == [fields] * 23
        assert list(DOCUMENT) == ["format", "edition", "apis"]
        assert DOCUMENT["format"] == 1

    def test_sets_are_sorted(self):
        for values in DOCUMENT["apis"]:
            sets = [values[field] for field in ("capabilities", "topics", "users")]
            sets += [rule["routes"] for rule in values["access"]]
            sets += [item["auth"] for item in values["implementations"]]
            sets += values["suitability"].values()
            for members in sets:
                assert all(a < b for a, b in pairwise(members)), values["id"]

    def test_the_reader_keeps_every_value(self):
        """The record holds what the file says, in the file's own words."""
        for values, api in zip(DOCUMENT["apis"], APIS, strict=True):
            assert attrs.asdict(api.printed) == values["printed"]
            assert (api.summary, list(api.aliases)) == (values["summary"], values["aliases"])
            assert (values["own"], api.own) == ([], ())
            for field in ("capabilities", "topics", "users"):
                assert sorted(word.value for word in getattr(api, field)) == values[field]

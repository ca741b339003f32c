"""The records: what they hold, refuse, answer and show."""

import copy
import enum
import pickle
from datetime import date, datetime, timedelta
from functools import partial

import attrs
import pytest

from nhs_api_catalogue import records
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.errors import InvalidRecordError, InvalidWindowError, UnknownValueError
from nhs_api_catalogue.records import (
    AccessRoute,
    AccessRule,
    Answer,
    Api,
    AuthProtocol,
    Capability,
    Edition,
    Implementation,
    Notice,
    NoticeKind,
    Precision,
    Printed,
    Proxy,
    Standard,
    Suitability,
    Topic,
    Transport,
    UseContext,
    User,
)
from nhs_api_catalogue.records.own_values import OwnValue

HSCN, INTERNET, GP_PRACTICE = AccessRoute.HSCN, AccessRoute.INTERNET, AccessRoute.GP_PRACTICE
YES, NO, UNKNOWN = Answer.YES, Answer.NO, Answer.UNKNOWN
WEEKS = DurationRange.parse("4-6 weeks")
MONTHS = DurationRange.parse("1-2 months")
EDITION = Edition("Guide", "6B", date(2025, 9, 9))
EMIS, TPP, VISION = (Implementation(Standard.REST, name) for name in ("EMIS", "TPP", "Vision"))


def make_api(**changes) -> Api:
    return Api(
        **{"id": "my-api", "name": "My API", "technical": WEEKS, "assurance": MONTHS, **changes}
    )


def make_notice(**changes) -> Notice:
    values = {
        "kind": NoticeKind.UNAVAILABLE,
        "since": date(2025, 6, 1),
        "precision": Precision.DAY,
        "until": None,
        "text": "closed",
    }
    return Notice(**{**values, **changes})


FULL = {
    "printed": Printed("My API", "FHIR API", "HSCN", "4-6 weeks", "1-2 months"),
    "summary": "Does things.",
    "implementations": (EMIS, TPP),
    "access": (AccessRule({HSCN}, "EMIS"), AccessRule({INTERNET})),
    "notices": (make_notice(),),
    "suitability": Suitability(only={UseContext.DIRECT_CARE}),
    "max_data_age": timedelta(hours=24),
    "capabilities": frozenset({Capability.READ}),
    "topics": frozenset({Topic.RECORDS}),
    "users": frozenset({User.PATIENT, User.STAFF}),
    "aliases": ("Mine",),
    "own": (OwnValue("technical", "our project", date(2026, 5, 1)),),
}
SMALL = [
    EDITION,
    FULL["printed"],
    EMIS,
    AccessRule({HSCN}),
    make_notice(),
    FULL["suitability"],
    FULL["own"][0],
]
VALUES = [*SMALL, make_api(), make_api(**FULL, edition=EDITION)]
VALUE_IDS = [*(type(value).__name__ for value in SMALL), "short Api", "full Api"]


class TestWords:
    @pytest.mark.parametrize(
        ("kind", "values"),
        [
            (Standard, "FHIR|REST|HL7 V3|SOAP|LDAP"),
            (Transport, "MESH"),
            (Proxy, "SSP"),
            (AuthProtocol, "OAuth 2.0|OpenID Connect"),
            (AccessRoute, "HSCN|internet|GP practice"),
            (Answer, "yes|no|unknown"),
            (NoticeKind, "unavailable"),
            (Precision, "day|month"),
            (UseContext, "patient-facing|direct care|reporting"),
            (
                Capability,
                "authenticate|book|dispense|extract|match|order|prescribe|read|refer|search|send|write",
            ),
            (
                Topic,
                (
                    "appointments|demographics|directory|documents|identity|immunisation"
                    "|messaging|prescriptions|records|referrals|terminology"
                ),
            ),
            (User, "patient|clinician|staff|system"),
        ],
    )
    def test_the_values_are_these(self, kind, values):
        """Files and people's code contain them, so a change must show."""
        assert [member.value for member in kind] == values.split("|")

    @pytest.mark.parametrize("name", records.__all__)
    def test_no_word_is_text_and_every_class_has_a_docstring(self, name):
        """If a word were also text, it would compare equal to any misuse of it."""
        kind = getattr(records, name)
        assert kind.__doc__
        assert not issubclass(kind, str)
        assert issubclass(kind, enum.Enum) or attrs.has(kind)


class TestValues:
    """All records are frozen, slotted, hashable values."""

    @pytest.mark.parametrize("value", VALUES, ids=VALUE_IDS)
    def test_copies_and_pickles_are_equal_with_equal_hashes(self, value):
        for twin in (
            copy.copy(value),
            copy.deepcopy(value),
            pickle.loads(pickle.dumps(value)),
            attrs.evolve(value),
        ):
            assert twin == value
            assert hash(twin) == hash(value)
            assert repr(twin) == repr(value)

    @pytest.mark.parametrize("value", VALUES, ids=VALUE_IDS)
    def test_nothing_can_be_changed_or_added(self, value):
        field = attrs.fields(type(value))[0].name
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field, None)
        with pytest.raises((AttributeError, TypeError)):
            value.something_new = 1
        assert not hasattr(value, "__dict__")

    @pytest.mark.parametrize(
        ("kind", "fields"),
        [
            (AccessRule, {"routes": [HSCN, HSCN]}),
            (AccessRule, {"routes": (HSCN,)}),
            (AccessRule, {"routes": {HSCN}}),
            (AccessRule, {"routes": {HSCN: "a key"}.keys()}),
            (Implementation, {"standard": Standard.REST, "auth": [AuthProtocol.OAUTH2]}),
            (Suitability, {"only": [UseContext.REPORTING]}),
        ],
    )
    def test_sets_are_stored_frozen(self, kind, fields):
        value = kind(**fields)
        frozen = {
            name: frozenset(members)
            for name, members in fields.items()
            if not isinstance(members, Standard)
        }
        assert {name: getattr(value, name) for name in frozen} == frozen
        assert {type(getattr(value, name)) for name in frozen} == {frozenset}

    def test_lists_are_stored_as_tuples(self):
        lists = {name: list(value) for name, value in FULL.items() if isinstance(value, tuple)}
        api = make_api(**lists, topics=[Topic.RECORDS])
        assert {name: getattr(api, name) for name in lists} == {name: FULL[name] for name in lists}
        assert api.topics == frozenset({Topic.RECORDS})


NOT_TEXT = [None, 5, "", " \n", b"text", ["text"]]
NOT_DATE = [None, "2025-06-01", 20250601, datetime(2025, 6, 1)]  # noqa: DTZ001  a time is refused
NOT_OPTIONAL_DATE = NOT_DATE[1:]


def refusals(make, record, field, values):
    return [(make, record, field, value) for value in values]


REFUSED = [
    *refusals(
        make_api, "Api", "id", [None, 5, "", "A", "a_b", "-a", "a-", "a--b", "é", "a b", "a\n", "٣"]
    ),
    *refusals(make_api, "my-api", "name", NOT_TEXT),
    *refusals(make_api, "my-api", "printed", [{}, "My API"]),
    *refusals(make_api, "my-api", "summary", [None, 5]),
    *refusals(make_api, "my-api", "technical", [None, "4-6 weeks", WEEKS.shortest]),
    *refusals(make_api, "my-api", "assurance", [None, "1-2 months", MONTHS.longest]),
    *refusals(make_api, "my-api", "implementations", [None, "FHIR", {EMIS}, [Standard.FHIR]]),
    *refusals(make_api, "my-api", "access", [None, AccessRule({HSCN}), [HSCN]]),
    *refusals(
        make_api, "my-api", "access", [[AccessRule({HSCN}, "TPP"), AccessRule({HSCN}, "tpp")]]
    ),
    *refusals(make_api, "my-api", "access", [[AccessRule({HSCN}), AccessRule({INTERNET})]]),
    *refusals(make_api, "my-api", "notices", [None, make_notice(), ["closed"]]),
    *refusals(make_api, "my-api", "suitability", [None, {UseContext.REPORTING}]),
    *refusals(make_api, "my-api", "max_data_age", [24, "PT24H", timedelta(seconds=-1)]),
    *refusals(make_api, "my-api", "capabilities", [None, "read", ["read"], Capability.READ, [[]]]),
    *refusals(make_api, "my-api", "topics", [{"records"}, [Capability.READ]]),
    *refusals(make_api, "my-api", "users", [{"patient": User.PATIENT}, {None}]),
    *refusals(make_api, "my-api", "aliases", [None, "eRS", {"eRS"}, [5], [""], ["eRS", " "]]),
    *refusals(make_api, "my-api", "own", [None, ["technical"]]),
    *refusals(make_api, "my-api", "own", [[OwnValue("name", "us"), OwnValue("name", "them")]]),
    *refusals(make_api, "my-api", "edition", ["Guide", {}]),
    *refusals(
        partial(OwnValue, source="us"), "OwnValue", "field", [*NOT_TEXT, "nothing", "total", "id"]
    ),
    *refusals(partial(OwnValue, "name"), "OwnValue", "source", NOT_TEXT),
    *refusals(partial(attrs.evolve, EDITION), "Edition", "title", NOT_TEXT),
    *refusals(partial(attrs.evolve, EDITION), "Edition", "publisher", NOT_TEXT),
    *refusals(partial(attrs.evolve, EDITION), "Edition", "as_of", NOT_OPTIONAL_DATE),
    *refusals(partial(attrs.evolve, EDITION), "Edition", "overlay_as_of", NOT_OPTIONAL_DATE),
    *refusals(partial(attrs.evolve, EDITION), "Edition", "source", [5, b"x"]),
    *refusals(partial(attrs.evolve, EDITION), "Edition", "sha256", [5, b"x"]),
    *refusals(partial(attrs.evolve, EDITION), "Edition", "based_on", [5, EDITION]),
    *(
        case
        for field in ("name", "implementation", "access_route", "technical", "assurance")
        for case in refusals(partial(attrs.evolve, FULL["printed"]), "Printed", field, NOT_TEXT)
    ),
    *refusals(partial(attrs.evolve, FULL["printed"]), "Printed", "note", NOT_TEXT[1:]),
    *refusals(partial(attrs.evolve, EMIS), "Implementation", "standard", [None, "REST"]),
    *refusals(partial(attrs.evolve, EMIS), "Implementation", "supplier", NOT_TEXT[1:]),
    *refusals(partial(attrs.evolve, EMIS), "Implementation", "proxy", ["SSP", Transport.MESH]),
    *refusals(partial(attrs.evolve, EMIS), "Implementation", "transport", ["MESH", Proxy.SSP]),
    *refusals(
        partial(attrs.evolve, EMIS),
        "Implementation",
        "auth",
        [None, "OAuth 2.0", {"OAuth 2.0"}],
    ),
    *refusals(partial(attrs.evolve, EMIS), "Implementation", "restful", [0, 1, "yes"]),
    *refusals(AccessRule, "AccessRule", "routes", [None, "HSCN", {"HSCN"}, HSCN, set()]),
    *refusals(partial(AccessRule, {HSCN}), "AccessRule", "supplier", NOT_TEXT[1:]),
    *refusals(make_notice, "Notice", "kind", [None, "unavailable"]),
    *refusals(make_notice, "Notice", "since", NOT_DATE),
    *refusals(make_notice, "Notice", "precision", [None, "month"]),
    *refusals(make_notice, "Notice", "until", [*NOT_OPTIONAL_DATE, date(2025, 5, 31)]),
    *refusals(make_notice, "Notice", "text", NOT_TEXT),
    *refusals(
        partial(make_notice, precision=Precision.MONTH),
        "Notice",
        "since",
        [date(2025, 6, 2)],
    ),
    *refusals(Suitability, "Suitability", "only", [None, "reporting", {"reporting"}]),
    *refusals(Suitability, "Suitability", "stated", [None, UseContext.REPORTING, {Topic.RECORDS}]),
    *refusals(
        partial(Suitability, only=set(UseContext)),
        "Suitability",
        "excluded",
        [{UseContext.REPORTING}, "reporting"],
    ),
    *refusals(
        partial(Suitability, stated=set(UseContext)),
        "Suitability",
        "excluded",
        [{UseContext.REPORTING}],
    ),
    *refusals(partial(OwnValue, source="us"), "OwnValue", "field", NOT_TEXT),
    *refusals(partial(OwnValue, "name"), "OwnValue", "source", NOT_TEXT),
    *refusals(partial(OwnValue, "name", "us"), "OwnValue", "as_of", NOT_OPTIONAL_DATE),
]
REFUSED_IDS = [f"{number} {record}.{field}" for number, (_, record, field, _) in enumerate(REFUSED)]


class TestRefusals:
    """A value that breaks a rule names the record, the field, itself and the way out."""

    @pytest.mark.parametrize(("make", "record", "field", "value"), REFUSED, ids=REFUSED_IDS)
    def test_is_refused(self, make, record, field, value):
        with pytest.raises(InvalidRecordError) as caught:
            make(**{field: value})
        assert (caught.value.record, caught.value.field) == (record, field)
        assert caught.value.expected

    @pytest.mark.parametrize(
        ("make", "fields", "expected"),
        [
            (
                make_api,
                {"technical": "4-6 weeks"},
                "DurationRange (DurationRange.parse reads text)",
            ),
            (make_api, {"printed": 5}, "Printed or None"),
            (make_api, {"aliases": "eRS"}, "a tuple of str"),
            (
                make_api,
                {"topics": ["records"]},
                "a frozenset of Topic (such as Topic.APPOINTMENTS)",
            ),
            (make_api, {"max_data_age": timedelta(-1)}, "a time of zero or more"),
            (Implementation, {"standard": "FHIR"}, "Standard (such as Standard.FHIR)"),
            (
                partial(Implementation, Standard.FHIR),
                {"proxy": "SSP"},
                "Proxy (such as Proxy.SSP) or None",
            ),
            (AccessRule, {"routes": ["HSCN"]}, "a frozenset of AccessRoute (such as AccessRoute.H"),
            (Suitability, {"only": ["reporting"]}, "UseContext (such as UseContext.PATIENT_FACIN"),
            (make_notice, {"kind": "unavailable"}, "NoticeKind (such as NoticeKind.UNAVAILABLE)"),
            (make_notice, {"since": datetime(2025, 6, 1)}, "a date without a time"),  # noqa: DTZ001
            (partial(OwnValue, source="us"), {"field": "id"}, "name, summary, technical"),
            (make_notice, {"until": date(2025, 1, 1)}, "2025-06-01 or a later day"),
        ],
    )
    def test_says_what_was_expected(self, make, fields, expected):
        with pytest.raises(InvalidRecordError) as caught:
            make(**fields)
        assert expected in str(caught.value)

    def test_an_alias_is_shown_alone(self):
        with pytest.raises(InvalidRecordError) as caught:
            make_api(aliases=["eRS", " "])
        assert caught.value.value == " "

    @pytest.mark.parametrize("id_", ["a", "0", "im1-bulk", "a-1-b", "e-rs"])
    def test_these_ids_are_slugs(self, id_):
        assert make_api(id=id_).id == id_

    def test_one_route_for_all_and_one_for_a_supplier_go_together(self):
        rules = (AccessRule({HSCN}), AccessRule({INTERNET}, "TPP"))
        assert make_api(access=rules).access == rules

    def test_no_age_at_all_is_an_age(self):
        assert make_api(max_data_age=timedelta(0)).max_data_age == timedelta(0)


class TestNotice:
    @pytest.mark.parametrize(
        ("since", "until", "day", "expected"),
        [
            (date(2025, 6, 1), None, date(2025, 5, 31), False),
            (date(2025, 6, 1), None, date(2025, 6, 1), True),
            (date(2025, 6, 1), None, date.max, True),
            (date(2025, 6, 1), date(2025, 6, 30), date(2025, 6, 30), True),
            (date(2025, 6, 1), date(2025, 6, 30), date(2025, 7, 1), False),
            (date(2025, 6, 1), date(2025, 6, 1), date(2025, 6, 1), True),
            (date(2025, 6, 1), None, "2025-06-01", True),
        ],
    )
    @pytest.mark.parametrize("precision", Precision)
    def test_in_force_from_its_first_day_to_its_last(self, since, until, day, expected, precision):
        notice = make_notice(since=since, until=until, precision=precision)
        assert notice.in_force(day) is expected

    @pytest.mark.parametrize(
        ("earliest", "latest", "expected"),
        [
            (date(2025, 5, 1), date(2025, 5, 31), False),
            (date(2025, 5, 1), date(2025, 6, 1), True),
            (date(2025, 6, 10), date(2025, 6, 11), True),
            (date(2025, 5, 1), date(2025, 7, 31), True),
            (date(2025, 6, 30), date(2025, 7, 31), True),
            (date(2025, 7, 1), date(2025, 7, 31), False),
            ("2025-07-01", "2025-07-01", False),
        ],
    )
    def test_overlaps_a_span_that_shares_a_day(self, earliest, latest, expected):
        assert make_notice(until=date(2025, 6, 30)).overlaps(earliest, latest) is expected

    def test_a_span_that_ends_before_it_begins_is_refused(self):
        with pytest.raises(InvalidWindowError):
            make_notice().overlaps(date(2025, 6, 2), date(2025, 6, 1))

    def test_a_day_with_a_time_is_refused(self):
        with pytest.raises(TypeError, match=r"\.date\(\)"):
            make_notice().in_force(datetime(2025, 6, 1))  # noqa: DTZ001  that is the point

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({}, "unavailable from 2025-06-01 on: closed"),
            ({"precision": Precision.MONTH}, "unavailable from 2025-06 on: closed"),
            ({"until": date(2025, 7, 1)}, "unavailable from 2025-06-01 to 2025-07-01: closed"),
        ],
    )
    def test_reads_as_a_sentence(self, changes, expected):
        assert str(make_notice(**changes)) == expected


P, D, R = UseContext.PATIENT_FACING, UseContext.DIRECT_CARE, UseContext.REPORTING


class TestSuitability:
    @pytest.mark.parametrize(
        ("suitability", "ruled_out", "stated", "text"),
        [
            (Suitability(), set(), set(), "not stated"),
            (Suitability(only={P}), {D, R}, {P}, "only patient-facing"),
            (Suitability(excluded={P, D}), {P, D}, set(), "not direct care, patient-facing"),
            (Suitability(stated={R}), set(), {R}, "for reporting"),
            (
                Suitability(excluded={P}, stated={R}),
                {P},
                {R},
                "not patient-facing; for reporting",
            ),
            (Suitability(only={P, D}, excluded={R}), {R}, {P, D}, None),
            (Suitability(only={P}, stated={P}), {D, R}, {P}, None),
        ],
    )
    def test_what_is_ruled_out_and_what_is_stated(self, suitability, ruled_out, stated, text):
        assert {use for use in UseContext if suitability.rules_out(use)} == ruled_out
        assert {use for use in UseContext if suitability.states(use)} == stated
        assert {use for use in UseContext if suitability.rules_out(use.value)} == ruled_out
        assert {use for use in UseContext if suitability.states(use.value)} == stated
        assert text in (None, str(suitability))

    @pytest.mark.parametrize("ask", [Suitability().rules_out, Suitability().states])
    def test_an_unknown_use_is_refused(self, ask):
        with pytest.raises(UnknownValueError) as caught:
            ask("directed care")
        assert caught.value.allowed == ("patient-facing", "direct care", "reporting")


class TestImplementation:
    @pytest.mark.parametrize(
        ("implementation", "text"),
        [
            (Implementation(Standard.HL7_V3), "HL7 V3"),
            (EMIS, "REST by EMIS"),
            (
                Implementation(Standard.FHIR, proxy=Proxy.SSP, restful=False),
                "FHIR via SSP (not RESTful)",
            ),
            (Implementation(Standard.FHIR, transport=Transport.MESH), "FHIR over MESH"),
            (
                Implementation(Standard.REST, auth=set(AuthProtocol), restful=True),
                "REST with OAuth 2.0 and OpenID Connect (RESTful)",
            ),
        ],
    )
    def test_reads_as_a_phrase(self, implementation, text):
        assert str(implementation) == text


class TestReachable:
    SPLIT = (AccessRule({GP_PRACTICE}, "TPP"), AccessRule({HSCN, INTERNET}, "EMIS"))

    @pytest.mark.parametrize(
        ("access", "implementations", "supplier", "expected"),
        [
            # The answers are for HSCN, the internet and the GP practice.
            ((), (), None, (UNKNOWN, UNKNOWN, UNKNOWN)),
            ((), (EMIS,), "EMIS", (UNKNOWN, UNKNOWN, UNKNOWN)),
            ([AccessRule({HSCN})], (), None, (YES, NO, NO)),
            ([AccessRule({HSCN})], (EMIS, TPP), None, (YES, NO, NO)),
            ([AccessRule({HSCN})], (EMIS, TPP), "Vision", (YES, NO, NO)),
            (SPLIT, (EMIS, TPP, VISION), "EMIS", (YES, YES, NO)),
            (SPLIT, (EMIS, TPP, VISION), "emis", (YES, YES, NO)),
            (SPLIT, (EMIS, TPP, VISION), "TPP", (NO, NO, YES)),
            (SPLIT, (EMIS, TPP, VISION), "Vision", (UNKNOWN, UNKNOWN, UNKNOWN)),
            (SPLIT, (EMIS, TPP, VISION), None, (YES, YES, YES)),
            # If one supplier is not covered, what the others do not offer is unknown.
            (SPLIT[:1], (TPP, VISION), None, (UNKNOWN, UNKNOWN, YES)),
            (SPLIT[:1], (TPP,), None, (NO, NO, YES)),
            (SPLIT[:1], (Implementation(Standard.FHIR),), None, (UNKNOWN, UNKNOWN, YES)),
            (SPLIT[:1], (Implementation(Standard.SOAP, "tpp"),), None, (NO, NO, YES)),
            # A supplier's own rule comes before the rule for all.
            ([AccessRule({HSCN}), SPLIT[0]], (TPP, VISION), "TPP", (NO, NO, YES)),
            ([AccessRule({HSCN}), SPLIT[0]], (TPP, VISION), "Vision", (YES, NO, NO)),
            ([AccessRule({HSCN}), SPLIT[0]], (TPP, VISION), None, (YES, NO, YES)),
        ],
    )
    def test_answers_yes_no_or_unknown(self, access, implementations, supplier, expected):
        api = make_api(access=access, implementations=implementations)
        routes = (HSCN, INTERNET, GP_PRACTICE)
        assert tuple(api.reachable(route, supplier) for route in routes) == expected
        assert tuple(api.reachable(route.value, supplier) for route in routes) == expected

    def test_a_supplier_is_a_name(self):
        with pytest.raises(TypeError, match="expected the name of a supplier, got 5"):
            make_api().reachable("HSCN", supplier=5)

    def test_an_unknown_route_is_refused(self):
        with pytest.raises(UnknownValueError) as caught:
            make_api().reachable("wifi")
        assert caught.value.allowed == ("HSCN", "internet", "GP practice")


class TestAvailable:
    JUNE = make_notice(until=date(2025, 6, 30))
    AUGUST = make_notice(since=date(2025, 8, 1), until=date(2025, 8, 31))

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2025, 5, 31), True),
            (date(2025, 6, 1), False),
            (date(2025, 6, 30), False),
            (date(2025, 7, 1), True),
            ("2025-08-31", False),
        ],
    )
    def test_on_a_day_without_a_notice(self, day, expected):
        assert make_api(notices=[self.JUNE, self.AUGUST]).available(day) is expected
        assert make_api().available(day)

    @pytest.mark.parametrize(
        ("earliest", "latest", "expected"),
        [
            ("2025-01-01", "2025-05-31", None),
            ("2025-01-01", "2025-06-01", JUNE),
            ("2025-06-30", "2025-12-31", JUNE),
            ("2025-07-01", "2025-07-31", None),
            ("2025-07-01", "2025-08-01", AUGUST),
            ("2025-09-01", "2025-12-31", None),
        ],
    )
    def test_the_first_notice_of_a_span(self, earliest, latest, expected):
        api = make_api(notices=[self.JUNE, self.AUGUST])
        assert api.unavailable_between(earliest, latest) is expected

    @pytest.mark.parametrize("api", [make_api(), make_api(notices=[JUNE])])
    def test_a_wrong_day_is_refused_with_and_without_notices(self, api):
        with pytest.raises(TypeError):
            api.available(datetime(2025, 6, 1))  # noqa: DTZ001  that is the point
        with pytest.raises(InvalidWindowError):
            api.unavailable_between("2025-06-02", "2025-06-01")


class TestApi:
    def test_four_values_make_a_record(self):
        api = make_api()
        empty = {name for name in FULL if not getattr(api, name)}
        assert empty == set(FULL) - {"suitability"}
        assert api.suitability == Suitability()
        assert api.edition is None

    def test_fields_are_given_by_name(self):
        with pytest.raises(TypeError):
            Api("my-api", "My API")

    @pytest.mark.parametrize("field", ["total", "standards", "open_routes"])
    def test_what_follows_from_the_rest_cannot_be_given(self, field):
        with pytest.raises(TypeError):
            make_api(**{field: None})

    def test_derived_values_follow_the_fields(self):
        api = make_api(**FULL)
        assert api.total == WEEKS + MONTHS
        assert api.standards == frozenset({Standard.REST})
        assert api.open_routes == frozenset({HSCN, INTERNET})
        changes = {"technical": MONTHS, "access": (), "implementations": ()}
        slower = attrs.evolve(api, edition=None, own=(), **changes)
        assert slower.total == MONTHS + MONTHS
        assert slower.open_routes == slower.standards == frozenset()

    def test_every_field_of_its_own_counts_for_equality(self):
        base = make_api()
        changes = {**FULL, "id": "other", "name": "Other", "technical": MONTHS, "assurance": WEEKS}
        for field, value in changes.items():
            assert make_api(**{field: value}) != base, field

    def test_the_edition_does_not_count_for_equality(self):
        assert make_api(edition=EDITION) == make_api()
        assert hash(make_api(edition=EDITION)) == hash(make_api())

    def test_repr_is_short_and_str_is_the_whole_record(self):
        assert repr(make_api(**FULL)) == "<Api my-api: 'My API'>"
        assert str(make_api(**FULL)) == make_api(**FULL).describe()

    @pytest.mark.parametrize(
        ("access", "text"),
        [
            ([], "unknown"),
            ([AccessRule({INTERNET, HSCN})], "HSCN, internet"),
            ([AccessRule({INTERNET}, "TPP")], "by supplier"),
            ([AccessRule({INTERNET}), AccessRule({HSCN}, "TPP")], "by supplier"),
        ],
    )
    def test_access_in_a_few_words(self, access, text):
        assert make_api(access=access).access_text == text


class TestSources:
    OWN = OwnValue("technical", "our project", date(2026, 5, 1))

    @pytest.mark.parametrize(
        ("field", "own", "edition", "source"),
        [
            ("name", (), EDITION, "Guide (6B, 2025-09-09)"),
            ("technical", (), EDITION, "third-party estimate of the Guide (6B, 2025-09-09)"),
            ("total", (), EDITION, "third-party estimate of the Guide (6B, 2025-09-09)"),
            ("technical", (OWN,), EDITION, "our project (2026-05-01)"),
            ("assurance", (OWN,), EDITION, "third-party estimate of the Guide (6B, 2025-09-09)"),
            (
                "total",
                (OWN,),
                EDITION,
                "our project (2026-05-01); third-party estimate of the Guide (6B, 2025-09-09)",
            ),
            ("name", (OwnValue("name", "us"),), EDITION, "us"),
            ("id", (OwnValue("name", "us"),), EDITION, "Guide (6B, 2025-09-09)"),
            ("printed", (OwnValue("name", "us"),), EDITION, "Guide (6B, 2025-09-09)"),
            ("standards", (OwnValue("implementations", "us"),), EDITION, "us"),
            ("open_routes", (OwnValue("access", "us"),), EDITION, "us"),
            ("technical", (), Edition("List", "NHS England"), "List (NHS England, no date)"),
            ("name", (), None, "source not stated"),
            ("total", (), None, "source not stated"),
        ],
    )
    def test_every_value_has_one(self, field, own, edition, source):
        assert make_api(own=own, edition=edition).source_of(field) == source

    def test_every_field_of_the_guide_can_be_asked_for(self):
        """And nothing else: official statements name their own sources."""
        asked = {field.name for field in attrs.fields(Api)} - {"own", "edition", "overlay"}
        for field in (*asked, "access_text"):
            assert make_api(edition=EDITION).source_of(field).endswith("Guide (6B, 2025-09-09)")
        for field in ("own", "edition", "overlay", "official", "timescales", "sources"):
            with pytest.raises(UnknownValueError, match="is not a field with a source"):
                make_api().source_of(field)

    def test_a_slip_is_refused_and_the_nearest_field_named(self):
        """If a field was replaced, a slip in its name would give the wrong source."""
        with pytest.raises(UnknownValueError, match="did you mean 'technical'") as caught:
            make_api(own=[self.OWN]).source_of("technicl")
        assert (caught.value.value, caught.value.nearest) == ("technicl", "technical")
        with pytest.raises(TypeError, match="expected the name of a field, got None"):
            make_api().source_of(None)

    def test_details_name_each_source_once_and_what_was_replaced(self):
        details = dict(make_api(own=[self.OWN], edition=EDITION).details())
        assert details["sources"] == (
            "Guide (6B, 2025-09-09)",
            "third-party estimate of the Guide (6B, 2025-09-09)",
            "technical: our project (2026-05-01)",
        )


class TestDetails:
    def test_hold_every_field_but_the_cells_and_the_names(self):
        shown = [name for name, _ in make_api().details()]
        fields = [field.name for field in attrs.fields(Api)]
        hidden = {"id", "name", "printed", "own", "edition", "standards", "open_routes", "overlay"}
        assert set(shown) - {"sources"} == set(fields) - hidden

    def test_are_texts(self):
        api = make_api(**FULL)
        assert dict(api.details()) == {
            "summary": "Does things.",
            "technical": "4-6 weeks",
            "assurance": "1-2 months",
            "total": "1 month 4 weeks to 2 months 6 weeks",
            "implementations": ("REST by EMIS", "REST by TPP"),
            "access": ("EMIS: HSCN", "internet"),
            "notices": ("unavailable from 2025-06-01 on: closed",),
            "suitability": "only direct care",
            "max_data_age": "24 hours",
            "capabilities": ("read",),
            "topics": ("records",),
            "users": ("patient", "staff"),
            "aliases": ("Mine",),
            "sources": (
                "source not stated",
                "technical: our project (2026-05-01)",
            ),
        }

    @pytest.mark.parametrize(
        ("implementations", "access"),
        [
            ((TPP, VISION), ("TPP: internet", "Vision: unknown")),
            ((TPP, Implementation(Standard.FHIR)), ("TPP: internet", "otherwise: unknown")),
        ],
    )
    def test_say_whose_access_is_unknown(self, implementations, access):
        rules = [AccessRule({INTERNET}, "TPP")]
        api = make_api(implementations=implementations, access=rules)
        assert dict(api.details())["access"] == access

    @pytest.mark.parametrize(
        ("age", "text"),
        [(timedelta(days=2), "48 hours"), (timedelta(minutes=90), "1:30:00"), (None, None)],
    )
    def test_give_ages_in_hours(self, age, text):
        assert dict(make_api(max_data_age=age).details())["max_data_age"] == text

    def test_describe_shows_what_there_is_within_80_columns(self):
        api = make_api(**{**FULL, "summary": "word " * 40})
        lines = api.describe().splitlines()
        assert lines[0] == "My API"
        assert "  NHS England assurance     1-2 months" in lines
        assert "  notices                   unavailable from 2025-06-01 on: closed" in lines
        assert max(map(len, lines)) <= 80
        assert "notices" not in make_api().describe()


class TestFormat:
    """A width aligns one line; anything else is one clear error."""

    def test_one_line_is_aligned(self):
        edition = Edition("A", "B")
        assert f"{edition}|{edition:15}|" == "A (B, no date)|A (B, no date) |"
        assert f"{edition:>15}" == " A (B, no date)"

    def test_several_lines_are_not(self):
        api = make_api()
        assert f"{api}" == str(api)
        for value in (api, Catalogue([api])):
            with pytest.raises(ValueError, match=r"'>20' for the text of .*: expected none for"):
                format(value, ">20")

    def test_what_is_not_a_width_is_told_what_is(self):
        with pytest.raises(ValueError, match="unknown format 'x' for the text of Edition"):
            format(Edition("A", "B"), "x")

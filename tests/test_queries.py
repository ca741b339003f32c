"""Each test of a record: what it asks, what it takes, and how it answers a mistake."""

import copy
import operator
import pickle
import sys
from datetime import date, datetime
from functools import reduce
from itertools import count
from typing import get_args

import attrs
import pytest

import nhs_api_catalogue.queries as q
from nhs_api_catalogue import (
    AccessRoute,
    Api,
    AuthProtocol,
    Capability,
    Catalogue,
    DurationRange,
    DurationSyntaxError,
    Implementation,
    InvalidDateError,
    Proxy,
    Standard,
    Topic,
    Transport,
    UnknownValueError,
    UseContext,
    User,
    catalogue,
    months,
    queries,
)
from nhs_api_catalogue._names import fold
from nhs_api_catalogue.official.product_words import Openness
from nhs_api_catalogue.queries import arguments
from nhs_api_catalogue.records.words import member_of

BARE = Api(
    id="bare",
    name="Bare",
    technical=DurationRange.parse("4-6 weeks"),
    assurance=DurationRange.parse("1-2 months"),
)
LITERALS = [name.removesuffix("Text") for name in vars(arguments) if name.endswith("Text")]


def ids(test: q.Test) -> list[str]:
    return [api.id for api in catalogue.where(test)]


def long_name(api: Api) -> bool:
    return len(api.name) > 40


class TestWhatIsAsked:
    @pytest.mark.parametrize(
        ("test", "expected"),
        [
            (q.standard("LDAP"), ["sds"]),
            (q.standard([Standard.LDAP, "HL7 V3"]), ["eps", "sds"]),
            (q.supplier("vision"), ["im1-bulk", "im1-patient", "im1-transaction"]),
            (q.transport("MESH"), ["gp-connect-send-document", "transfer-of-care"]),
            (q.proxy("SSP"), ["gp-connect-access-record", "gp-connect-appointment-management"]),
            (q.auth("OAuth 2.0"), ["nhs-app-api"]),
            (q.restful(True), ["dos", "mesh", "nhs-app-api"]),
            (q.restful(False), ["gp-connect-access-record"]),
            (q.route("GP practice"), ["im1-transaction"]),
            (q.topic("terminology"), ["terminology-server-fhir"]),
            (q.capability("extract"), ["im1-bulk"]),
            (q.user("staff"), ["pds-fhir-health-worker-access"]),
            (q.stated_for("patient-facing"), ["im1-patient"]),
            (~q.available_on("2026-01-05"), ["gp-connect-appointment-management"]),
            (~q.available_on(date(2025, 5, 31)), []),
            (q.assurance_within("4 months") & ~q.assurance_within("2 months"), ["dos"]),
        ],
        ids=repr,
    )
    def test_each_keyword_finds_what_the_guide_says(self, test, expected):
        assert ids(test) == expected

    def test_one_and_the_same_implementation_has_it_all(self):
        assert ids(q.implementation(standard="SOAP", supplier="TPP")) == ["im1-transaction"]
        assert len(ids(q.standard("SOAP") & q.supplier("TPP"))) == 3

    @pytest.mark.parametrize(
        "test",
        [
            q.standard("FHIR"),
            q.supplier("EMIS"),
            q.transport("MESH"),
            q.proxy("SSP"),
            q.auth("OAuth 2.0"),
            q.restful(True),
            q.implementation(standard="FHIR", restful=True),
            q.route("HSCN"),
            q.topic("records"),
            q.capability("read"),
            q.user("patient"),
        ],
        ids=repr,
    )
    def test_a_record_that_says_nothing_leaves_it_unknown(self, test):
        assert test(BARE) is None
        assert (~test)(BARE) is None

    def test_suppliers_not_told_apart_are_unknown_and_a_proxy_not_named_is_none(self):
        api = attrs.evolve(BARE, implementations=(Implementation(Standard.FHIR),))
        assert q.supplier("EMIS")(api) is None
        assert q.auth("OAuth 2.0")(api) is None
        assert q.restful(False)(api) is None
        assert q.proxy("SSP")(api) is False
        assert q.transport("MESH")(api) is False

    def test_the_route_is_that_of_the_supplier(self):
        answers = [
            q.route(AccessRoute.HSCN, supplier=who)(catalogue["IM1 Transaction"])
            for who in ("EMIS", "TPP", "Vision", ["TPP", "Vision"], ["Vision", "EMIS"])
        ]
        assert answers == [True, False, None, None, True]

    def test_the_keyword_of_filter_alone_is_the_route_of_any_supplier(self):
        found = [api.id for api in catalogue.filter(route="GP practice")]
        assert found == ids(q.route("GP practice")) == ["im1-transaction"]

    def test_im1_bulk_is_never_for_patients_and_im1_patient_for_nothing_else(self):
        suitable = {use: ids(q.suitable_for(use)) for use in UseContext}
        assert "im1-bulk" not in suitable[UseContext.PATIENT_FACING]
        assert "im1-bulk" in suitable[UseContext.REPORTING]
        assert [use for use, found in suitable.items() if "im1-patient" in found] == [
            UseContext.PATIENT_FACING
        ]

    def test_times_are_read_in_two_honest_ways(self):
        """eRS takes 7 to 14 months: never certainly within 9, possibly so."""
        api = catalogue["eRS"]
        assert not q.total_within("9 months")(api)
        assert q.total_may_be_within("9 months")(api)
        assert q.total_within(months(14))(api)
        assert not q.total_may_be_within("6 months, 3 weeks")(api)

    @pytest.mark.parametrize(
        ("time", "certain", "possible"),
        [
            ("28 days", True, True),
            ("29 days", False, True),
            ("31 days", False, True),
            ("32 days", False, False),
            ("1 month", True, True),
            ("1 month 1 day", False, False),
        ],
    )
    def test_a_month_is_28_days_for_certain_and_31_at_best(self, time, certain, possible):
        api = attrs.evolve(BARE, technical=DurationRange.parse(time))
        assert q.technical_within("1 month")(api) is certain
        assert q.technical_may_be_within("1 month")(api) is possible

    @pytest.mark.parametrize("function", [q.standard, q.supplier, q.route, q.topic, q.stated_for])
    def test_any_of_no_values_finds_nothing(self, function):
        assert ids(function([])) == []
        assert function([])(BARE) in {False, None}

    @pytest.mark.parametrize(
        ("asked", "answers"),
        [
            ("yes", [True, False, None]),
            ("limited", [False, True, None]),
            ("no", [False, False, None]),
            (["yes", "limited"], [True, True, None]),
            ("unknown", [False, False, True]),
            ([], [False, False, False]),
        ],
        ids=str,
    )
    def test_openness_that_no_source_settles_is_unknown_unless_asked_for(self, asked, answers):
        test = q.open_to_new_integrations(asked)
        assert [test(catalogue[name]) for name in ("MESH", "Wayfinder", "DoS")] == answers

    def test_a_notice_counts_from_its_day_on(self):
        api = catalogue["GP Connect Appointment Management"]
        assert q.available_on("2025-05-31")(api) is True
        assert q.available_on("2025-06-01")(api) is False
        assert q.available_on("2025-06-01")(BARE) is True


class TestManyRecords:
    """Some tests have a quicker way through many records, with the same answers."""

    @pytest.mark.parametrize(
        "test",
        [
            q.route("HSCN"),
            q.available_on("2026-01-05"),
            # The ends of the times of the records themselves.
            *(
                build(limit)
                for build in (q.technical_within, q.technical_may_be_within)
                for limit in ("4 weeks", "6 weeks", "2 months", "4 months")
            ),
            *(
                build(limit)
                for build in (q.total_within, q.total_may_be_within)
                for limit in ("1 month 4 weeks", "2 months 6 weeks", "2 months 41 days")
            ),
        ],
        ids=repr,
    )
    def test_those_pass_that_pass_alone(self, test):
        records = Catalogue([*catalogue, BARE])
        passing = [api for api in records if test(api) is True]
        assert list(records.where(test)) == passing


class TestWhatIsGiven:
    @pytest.mark.parametrize("name", LITERALS)
    def test_the_literal_of_an_enum_has_its_values(self, name):
        kind = getattr(arguments, name)
        assert get_args(getattr(arguments, f"{name}Text")) == tuple(member.value for member in kind)

    def test_there_are_nine_literals(self):
        assert len(LITERALS) == 9

    def test_texts_and_members_and_their_order_build_equal_tests(self):
        assert q.standard("FHIR") == q.standard(Standard.FHIR) == q.standard(["FHIR", "FHIR"])
        assert q.standard({"REST", "FHIR"}) == q.standard((Standard.FHIR, Standard.REST))
        assert q.supplier(["TPP", "emis", "EMIS"]) == q.supplier({"EMIS", "emis", "TPP"})
        assert q.total_within("1 year") == q.total_within(months(12))
        assert q.available_on("2026-01-05") == q.available_on(date(2026, 1, 5))

    @pytest.mark.parametrize("name", LITERALS)
    def test_case_and_punctuation_of_a_text_do_not_count(self, name):
        """No two words of a kind differ only in these, so each is still one word."""
        kind = getattr(arguments, name)
        for member in kind:
            for text in (member.value.upper(), member.value.lower(), fold(member.value)):
                assert member_of(kind, text, "word") is member
        assert len({fold(member.value) for member in kind}) == len(kind)

    def test_first_guesses_are_met(self):
        assert catalogue.filter(standard="fhir") == catalogue.filter(standard="FHIR")
        assert catalogue.filter(standard=["hl7v3"], route="hscn") == catalogue.filter(
            standard="HL7 V3", route="HSCN"
        )
        assert catalogue.filter(suitable_for="patient facing") == catalogue.filter(
            suitable_for="patient-facing"
        )

    @pytest.mark.parametrize(
        ("guess", "keyword"),
        [
            ("access", "route"),
            ("access_route", "route"),
            ("network", "route"),
            ("technology", "standard"),
            ("implementation", "standard"),
            ("technical", "technical_within"),
            ("assurance", "assurance_within"),
            ("total", "total_within"),
            ("topics", "topic"),
        ],
    )
    def test_another_word_for_a_keyword_is_told_the_keyword(self, guess, keyword):
        with pytest.raises(TypeError, match=f"no keyword '{guess}': did you mean '{keyword}'"):
            catalogue.filter(**{guess: "x"})

    def test_an_iterator_is_read_once(self):
        test = q.standard(text for text in ("LDAP",))
        assert ids(test) == ids(test) == ["sds"]

    @pytest.mark.parametrize(
        ("build", "words"),
        ids=count(),
        argvalues=[
            (lambda: q.standard("FHRI"), ["'FHRI'", "standard", "did you mean 'FHIR'?", "'SOAP'"]),
            (lambda: q.route("intranet"), ["'intranet'", "did you mean 'internet'?", "'HSCN'"]),
            (lambda: q.topic(["records", "lunch"]), ["'lunch'", "expected 'appointments', "]),
            (lambda: q.suitable_for("patients facing"), ["did you mean 'patient-facing'?"]),
        ],
    )
    def test_a_misspelt_value_is_told_the_nearest_and_all(self, build, words):
        with pytest.raises(UnknownValueError) as caught:
            build()
        assert [word for word in words if word not in str(caught.value)] == []

    @pytest.mark.parametrize(
        ("build", "words"),
        ids=count(),
        argvalues=[
            (lambda: q.standard(Proxy.SSP), ["Standard or its text", "<Proxy.SSP: 'SSP'>"]),
            (lambda: q.standard(["FHIR", Proxy.SSP]), ["<Proxy.SSP: 'SSP'>"]),
            (lambda: q.standard(None), ["Standard or its text", "None"]),
            (lambda: q.standard(3), ["Standard or its text", "3"]),
            (lambda: q.standard(b"FHIR"), ["70"]),
            (lambda: q.supplier(None), ["the name of a supplier", "None"]),
            (lambda: q.supplier(["EMIS", 1]), ["the name of a supplier", "1"]),
            (lambda: q.restful("yes"), ["True or False", "'yes'"]),
            (lambda: q.restful(1), ["True or False", "1"]),
            (lambda: q.total_within(9), ["Duration or its text, such as '9 months'", "9"]),
            (lambda: q.total_within(DurationRange.ZERO), ["Duration or its text", "0 days"]),
            (lambda: q.available_on(datetime(2026, 1, 5)), [".date()"]),  # noqa: DTZ001
            (lambda: q.available_on(20260105), ["expected a date"]),
            (q.implementation, ["implementation() asks for nothing"]),
            (lambda: q.implementation(standrad="FHIR"), ["did you mean 'standard'?"]),
        ],
    )
    def test_a_wrong_type_is_told_what_is_expected(self, build, words):
        with pytest.raises(TypeError) as caught:
            build()
        assert [word for word in words if word not in str(caught.value)] == []

    @pytest.mark.parametrize("value", ["lunch", 3])
    @pytest.mark.parametrize(
        ("function", "kind", "what"),
        [
            (q.standard, Standard, "standard"),
            (q.transport, Transport, "transport"),
            (q.proxy, Proxy, "proxy"),
            (q.auth, AuthProtocol, "protocol"),
            (q.route, AccessRoute, "access route"),
            (q.topic, Topic, "topic"),
            (q.capability, Capability, "capability"),
            (q.user, User, "user"),
            (q.suitable_for, UseContext, "use context"),
            (q.stated_for, UseContext, "use context"),
            (q.open_to_new_integrations, Openness, "openness"),
            (lambda value: q.implementation(standard=value), Standard, "standard"),
            (lambda value: q.implementation(transport=value), Transport, "transport"),
            (lambda value: q.implementation(proxy=value), Proxy, "proxy"),
            (lambda value: q.implementation(auth=value), AuthProtocol, "protocol"),
        ],
        ids=count(),
    )
    def test_what_is_asked_for_is_named(self, function, kind, what, value):
        with pytest.raises((UnknownValueError, TypeError)) as caught:
            function(value)
        named = f" a{'n' if what[0] in 'ao' else ''} {what}"
        told = f"{named} ({kind.__name__} or its text), got 3"
        if value == "lunch":
            first, *_ = kind
            told = f"{named}: expected {first.value!r}"
        assert told in str(caught.value)

    @pytest.mark.parametrize(
        ("build", "text"),
        ids=count(),
        argvalues=[
            (lambda: q.supplier(1), "expected the name of a supplier, got 1"),
            (lambda: q.route("HSCN", supplier=1), "expected the name of a supplier, got 1"),
            (lambda: q.implementation(supplier=1), "expected the name of a supplier, got 1"),
            (lambda: q.restful(1), "expected True or False, got 1"),
            (lambda: q.implementation(restful="no"), "expected True or False, got 'no'"),
            (
                lambda: q.total_within(9),
                "expected a Duration or its text, such as '9 months', got 9",
            ),
            (
                lambda: q.technical_may_be_within(None),
                "expected a Duration or its text, such as '9 months', got None",
            ),
            (q.implementation, "implementation() asks for nothing: give at least one keyword"),
            (
                lambda: q.Where("FHIR"),
                (
                    "expected a test, such as queries.standard('FHIR') or a function of a record, "
                    "got 'FHIR'"
                ),
            ),
            (
                lambda: q.Where(lambda api: api.id)(BARE),
                "a test must return True, False or None, but <lambda> returned 'bare'",
            ),
            (
                lambda: bool(q.standard("FHIR")),
                (
                    "standard('FHIR') is neither true nor false: "
                    "combine tests with & | ~, not and, or, not"
                ),
            ),
        ],
    )
    def test_the_whole_of_what_a_wrong_type_is_told(self, build, text):
        with pytest.raises(TypeError) as caught:
            build()
        assert str(caught.value) == text

    def test_a_text_that_is_neither_a_duration_nor_a_date_is_told_why(self):
        with pytest.raises(DurationSyntaxError, match="nine months"):
            q.total_within("nine months")
        with pytest.raises(InvalidDateError, match="YYYY-MM-DD"):
            q.available_on("5.1.2026")


class TestWhere:
    def test_a_function_of_yours_joins_on_either_side(self):
        assert ids(q.standard("FHIR") & long_name) == ids(long_name & q.standard("FHIR"))
        assert ids(q.standard("LDAP") | long_name) == ids(long_name | q.standard("LDAP"))
        assert ids(~q.Where(long_name)) == [api.id for api in catalogue if len(api.name) <= 40]

    @pytest.mark.parametrize("other", [True, None, "FHIR", Standard.FHIR, [long_name]])
    def test_nothing_else_joins(self, other):
        for join in (
            lambda: q.standard("FHIR") & other,
            lambda: other & q.standard("FHIR"),
            lambda: q.standard("FHIR") | other,
            lambda: other | q.standard("FHIR"),
        ):
            with pytest.raises(TypeError):
                join()

    def test_the_other_operand_has_its_say(self):
        class Greedy:
            def __rand__(self, _):
                return "mine"

        assert q.standard("FHIR") & Greedy() == "mine"

    @pytest.mark.parametrize(
        "misuse",
        [
            lambda: q.standard("FHIR") and q.route("HSCN"),
            lambda: q.standard("FHIR") or q.route("HSCN"),
            lambda: not q.standard("FHIR"),
            lambda: bool(q.standard("FHIR")),
            lambda: 1 if q.standard("FHIR") else 0,
        ],
        ids=["and", "or", "not", "bool", "if"],
    )
    def test_it_has_no_truth_of_its_own(self, misuse):
        with pytest.raises(TypeError) as caught:
            misuse()
        assert str(caught.value) == (
            "standard('FHIR') is neither true nor false: combine tests with & | ~, not and, or, not"
        )

    @pytest.mark.parametrize("answer", ["yes", 1, 0, [], frozenset()])
    def test_an_answer_is_true_false_or_none(self, answer):
        def mine(_):
            return answer

        for ask in (
            lambda: catalogue.where(mine),
            lambda: catalogue.undecided(mine),
            lambda: q.Where(mine)(BARE),
            lambda: (~q.Where(mine))(BARE),
        ):
            with pytest.raises(
                TypeError, match="must return True, False or None, but mine returned"
            ):
                ask()

    @pytest.mark.parametrize("test", [True, None, "FHIR", Standard.FHIR])
    def test_what_is_not_a_test_is_refused(self, test):
        for make in (q.Where, q.all_of, q.any_of, catalogue.where, catalogue.undecided):
            with pytest.raises(TypeError, match=r"expected a test, such as queries.standard"):
                make(test)

    def test_a_test_that_was_not_built_is_caught(self):
        with pytest.raises(TypeError, match=r"expected a topic"):
            catalogue.where(q.topic)

    @pytest.mark.parametrize(
        ("test", "text"),
        [
            (q.standard(Standard.FHIR), "standard('FHIR')"),
            (q.standard(["REST", "FHIR"]), "standard(['FHIR', 'REST'])"),
            (q.standard([]), "standard([])"),
            (q.restful(False), "restful(False)"),
            (q.total_within("9 months"), "total_within('9 months')"),
            (q.available_on("2026-01-05"), "available_on('2026-01-05')"),
            (q.route("HSCN", supplier="EMIS"), "route('HSCN', supplier='EMIS')"),
            (
                q.implementation(supplier=["TPP", "EMIS"], restful=True),
                "implementation(supplier=['EMIS', 'TPP'], restful=True)",
            ),
            (
                ~(q.user("staff") | q.topic("records")) & q.restful(True),
                "~(user('staff') | topic('records')) & restful(True)",
            ),
            (
                (q.user("staff") | q.topic("records")) & ~q.restful(True),
                "(user('staff') | topic('records')) & ~restful(True)",
            ),
            (
                q.user("staff") | q.topic("records") & q.restful(True),
                "user('staff') | topic('records') & restful(True)",
            ),
            (~(q.user("staff") & q.restful(True)), "~(user('staff') & restful(True))"),
            (q.all_of(), "all_of()"),
            (~q.any_of(), "~any_of()"),
            (q.all_of(q.any_of(), q.user("staff")), "any_of() & user('staff')"),
            (q.Where(long_name), "Where(long_name)"),
        ],
    )
    def test_the_repr_is_the_text_that_builds_it(self, test, text):
        assert repr(test) == text
        assert eval(text, {**vars(queries), "long_name": long_name}) == test  # noqa: S307  the test states this

    def test_equal_tests_hash_alike_and_others_differ(self):
        assert len({q.topic("records"), q.topic("records"), q.user("patient")}) == 2
        assert q.topic("records") != q.Where(long_name)
        assert q.Where(long_name) == q.Where(long_name)
        assert q.technical_within("1 month") != q.technical_may_be_within("1 month")

    def test_a_test_of_a_named_function_can_be_pickled_and_copied(self):
        test = q.Where(long_name) & q.topic("records")
        assert pickle.loads(pickle.dumps(test)) == test == copy.deepcopy(test) == copy.copy(test)
        assert ids(pickle.loads(pickle.dumps(test))) == ids(test)

    def test_a_pickled_test_keeps_its_keywords(self):
        for test in (
            q.route("HSCN", supplier="TPP"),
            q.implementation(supplier="TPP", restful=True),
        ):
            copied = pickle.loads(pickle.dumps(test))
            assert copied == test
            assert [copied(api) for api in catalogue] == [test(api) for api in catalogue]

    def test_it_cannot_be_changed(self):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            q.topic("records").test = long_name

    def test_thousands_join_without_nesting(self):
        """Calls nested so deep would be a RecursionError, however they were joined."""
        asked = [q.Where(lambda api, n=n: api.id == f"api-{n}") for n in range(1_200)]
        assert sys.getrecursionlimit() < len(asked)
        for either in (q.any_of(*asked), reduce(operator.or_, asked)):
            assert either(catalogue["MESH"]) is False

    def test_the_functions_are_named_as_the_keywords_of_filter(self):
        keywords = set(type(catalogue).filter.__wrapped__.__kwdefaults__)
        assert keywords == set(q.__all__) - {"Test", "Where", "all_of", "any_of", "implementation"}

    def test_auth_of_several_protocols(self):
        assert ids(q.auth(AuthProtocol)) == ["nhs-app-api"]

"""What official sources say, as values: what they hold, refuse and show."""

import copy
import pickle
import pkgutil
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from itertools import chain, combinations
from typing import get_args

import attrs
import pytest

from nhs_api_catalogue import official
from nhs_api_catalogue.beyond.records import Family, FamilyText, ProductKind, ProductKindText
from nhs_api_catalogue.durations import Duration, DurationRange, weeks
from nhs_api_catalogue.errors import InvalidDateError, InvalidRecordError
from nhs_api_catalogue.official import product_words
from nhs_api_catalogue.official.bundled import read_overlay
from nhs_api_catalogue.official.differences import Difference, Severity, SeverityText
from nhs_api_catalogue.official.entries import Fact, OfficialEntry, Security, openness_of
from nhs_api_catalogue.official.needs import OfficialService, Prerequisite
from nhs_api_catalogue.official.overlay import Overlay
from nhs_api_catalogue.official.product_words import Openness, ProductStatus
from nhs_api_catalogue.official.sources import AsOf, Confidence, Source, Word, is_address
from nhs_api_catalogue.official.timescales import Extent, Timescale, official_time
from nhs_api_catalogue.working_days import WorkingDays
from overlay_documents import SMALL

OVERLAY = read_overlay(SMALL)
SPEC, PAGE = OVERLAY.sources
ENTRY = OVERLAY.entries[0]
DIFFERENCE = OVERLAY.differences[0]
API_NEED, SERVICE_NEED = OVERLAY.prerequisites
SERVICE = OVERLAY.services[0]
REVIEW, REPLY, TEST = OVERLAY.timescales
OFFICIAL = Confidence.OFFICIAL
ROOMS = [
    import_module(f"{official.__name__}.{room.name}")
    for room in pkgutil.iter_modules(official.__path__)
]
KINDS = [
    kind
    for room in ROOMS
    for kind in vars(room).values()
    if attrs.has(kind) and kind.__module__ == room.__name__
]
WORDS = Word.__subclasses__()
VALUES = [
    OVERLAY,
    SPEC,
    SPEC.as_of,
    ENTRY,
    ENTRY.name,
    ENTRY.security.value[0],
    DIFFERENCE,
    API_NEED,
    SERVICE,
    REVIEW,
    official_time([REVIEW]),
]


class TestWords:
    @pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
    def test_have_a_meaning_and_are_found_by_their_value(self, kind):
        for word in kind:
            assert kind(word.value) is word
            assert word.meaning.strip()
            assert word.name.lower().replace("_", " ") == str(word).lower()

    def test_are_plain_enums_that_pickle(self):
        for word in chain.from_iterable(WORDS):
            assert not isinstance(word, str)
            assert pickle.loads(pickle.dumps(word)) is word

    @pytest.mark.parametrize(
        ("kind", "texts"),
        [
            (Severity, SeverityText),
            (Family, FamilyText),
            (ProductKind, ProductKindText),
            *(
                (getattr(product_words, name.removesuffix("Text")), texts)
                for name, texts in vars(product_words).items()
                if name.endswith("Text")
            ),
        ],
    )
    def test_the_texts_a_query_takes_are_the_values(self, kind, texts):
        assert get_args(texts) == tuple(word.value for word in kind)

    def test_no_two_words_of_a_kind_mean_the_same(self):
        for kind in WORDS:
            assert len({word.meaning for word in kind}) == len(kind)


class TestValues:
    def test_every_class_is_among_those_tested(self):
        assert {type(value) for value in VALUES} == set(KINDS)

    @pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
    def test_are_frozen_hashable_and_equal_to_their_copies(self, value):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, attrs.fields(type(value))[0].name, None)
        for twin in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
            assert twin == value
            assert hash(twin) == hash(value)

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
    def test_classes_are_final(self, kind):
        assert kind.__final__


class TestRooms:
    @pytest.mark.parametrize("name", official._HOMES)
    def test_the_package_gives_what_a_module_of_it_defines(self, name):
        # Python calls it so before a module is loaded; here all modules are loaded.
        given = official.__getattr__(name)
        assert any(vars(room).get(name) is given for room in ROOMS)

    def test_another_name_is_an_attribute_error(self):
        with pytest.raises(AttributeError, match=r"nhs_api_catalogue\.official.*nothing_of_ours"):
            _ = official.nothing_of_ours


class TestAsOf:
    @pytest.mark.parametrize(
        ("text", "first_day", "month_only"),
        [
            ("2026-02-24", date(2026, 2, 24), False),
            ("2026-02", date(2026, 2, 1), True),
            ("2024-02-29", date(2024, 2, 29), False),
        ],
    )
    def test_reads_a_day_or_a_month_and_writes_it_back(self, text, first_day, month_only):
        as_of = AsOf.parse(text)
        assert (as_of.first_day, as_of.month_only, str(as_of)) == (first_day, month_only, text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "2026",
            "2026-2",
            "2026-02-30",
            "2026-13",
            "0000-01",
            "20260224",
            "2026-02-24T00",
            " 2026-02",
            "٢٠٢٦-٠٢",
            "2026-02-",
        ],
    )
    def test_refuses_what_is_neither(self, text):
        with pytest.raises(InvalidDateError, match="a valid date, as YYYY-MM-DD or YYYY-MM"):
            AsOf.parse(text)

    @pytest.mark.parametrize("text", [None, 2026, date(2026, 2, 24)])
    def test_reads_nothing_but_text(self, text):
        with pytest.raises(TypeError, match="expected the date of a source as text"):
            AsOf.parse(text)

    def test_a_month_is_its_first_day(self):
        with pytest.raises(InvalidRecordError, match="first of the month"):
            AsOf(date(2026, 2, 2), month_only=True)

    @pytest.mark.parametrize("first_day", [None, "2026-02-02", datetime(2026, 2, 2)])  # noqa: DTZ001
    def test_refuses_what_is_not_a_date(self, first_day):
        with pytest.raises(InvalidRecordError, match="first_day"):
            AsOf(first_day)

    def test_refuses_a_truth_that_is_a_number(self):
        with pytest.raises(InvalidRecordError, match="month_only"):
            AsOf(date(2026, 2, 1), month_only=1)


# Each value of each class, broken in one field.
BROKEN = [
    (SPEC, "id", "Spec"),
    (SPEC, "id", None),
    (SPEC, "title", " "),
    (SPEC, "url", "example.org"),
    (SPEC, "url", None),
    (SPEC, "publisher", None),
    (SPEC, "as_of", date(2026, 2, 24)),
    (SPEC, "seen_as", "page"),
    (SPEC, "note", ""),
    (ENTRY.name, "source", "spec"),
    (ENTRY.name, "source", None),
    (ENTRY.name, "confidence", "official"),
    (ENTRY.name, "note", ""),
    (ENTRY.name, "where", ""),
    (ENTRY.security.value[0], "mode", "application_restricted"),
    (ENTRY.security.value[0], "pattern", None),
    (ENTRY.security.value[1], "level", "aal3"),
    (ENTRY, "id", "Alpha One"),
    (ENTRY, "apis", ["alpha"]),
    (ENTRY, "name", "Alpha"),
    (ENTRY, "name", Fact(" ", SPEC, OFFICIAL)),
    (ENTRY, "name", Fact(5, SPEC, OFFICIAL)),
    (ENTRY, "status", Fact(ProductStatus.BETA, SPEC, OFFICIAL)),
    (ENTRY, "status", Fact((), SPEC, OFFICIAL)),
    (ENTRY, "status", Fact(("beta",), SPEC, OFFICIAL)),
    (ENTRY, "status", ProductStatus.BETA),
    (ENTRY, "status_until", Fact("2026-05-31", SPEC, OFFICIAL)),
    (ENTRY, "status_until", Fact(datetime(2026, 5, 31, tzinfo=UTC), SPEC, OFFICIAL)),
    (ENTRY, "version", Fact(1, SPEC, OFFICIAL)),
    (ENTRY, "open_to_new_integrations", Fact("yes", SPEC, OFFICIAL)),
    (ENTRY, "base_url_production", Fact("api.example.org", SPEC, OFFICIAL)),
    (DIFFERENCE, "api", ""),
    (DIFFERENCE, "field", "availability"),
    (DIFFERENCE, "kind", "closed"),
    (DIFFERENCE, "severity", "blocks_plan"),
    (DIFFERENCE, "guide_says", ""),
    (DIFFERENCE, "official_says", None),
    (DIFFERENCE, "source", None),
    (DIFFERENCE, "confidence", None),
    (DIFFERENCE, "where", ""),
    (SERVICE, "id", "Lookup"),
    (SERVICE, "name", ""),
    (SERVICE, "kind", "account"),
    (SERVICE, "what", None),
    (SERVICE, "source", None),
    (SERVICE, "met_by", "beta"),
    (SERVICE, "needs_first", ["beta"]),
    (SERVICE, "where", ""),
    (API_NEED, "api", None),
    (API_NEED, "needs", ""),
    (API_NEED, "strength", "required"),
    (API_NEED, "needed_for", "build"),
    (API_NEED, "called", ""),
    (API_NEED, "source", None),
    (API_NEED, "confidence", None),
    (API_NEED, "note", ""),
    (API_NEED, "service", "lookup"),
    (API_NEED, "service", SERVICE),
    (API_NEED, "where", 5),
    (REVIEW, "what", ""),
    (REVIEW, "applies_to", None),
    (REVIEW, "text", ""),
    (REVIEW, "shortest", "P2W"),
    (REVIEW, "longest", 4),
    (REVIEW, "longest", timedelta(minutes=90)),
    (REVIEW, "longest", timedelta(hours=999)),
    (REVIEW, "longest", weeks(1)),
    (TEST, "longest", timedelta(hours=1)),
    (REVIEW, "shortest", timedelta(hours=-1)),
    (REVIEW, "working_days", 5),
    (REVIEW, "working_days", (5, 1)),
    (REVIEW, "working_days", (None, None)),
    (REVIEW, "working_days", [1, 5]),
    (REVIEW, "source", None),
    (REVIEW, "confidence", None),
    (REVIEW, "where", ""),
    (REVIEW, "extent", "step"),
    (SERVICE, "timescales", [REPLY]),
    (SERVICE, "timescales", (SERVICE,)),
    (OVERLAY, "compiled", "2026-11-22"),
    (OVERLAY, "sources", [SPEC]),
    (OVERLAY, "sources", (SPEC, SPEC)),
    (OVERLAY, "services", (OVERLAY.sources[0],)),
    (OVERLAY, "entries", (ENTRY, ENTRY)),
    (OVERLAY, "differences", (API_NEED,)),
]


class TestRules:
    @pytest.mark.parametrize(
        ("value", "field", "wrong"),
        BROKEN,
        ids=[
            f"{type(value).__name__}-{field}-{number}"
            for number, (value, field, _) in enumerate(BROKEN)
        ],
    )
    def test_a_value_that_breaks_one_is_refused_with_its_field(self, value, field, wrong):
        with pytest.raises(InvalidRecordError) as caught:
            attrs.evolve(value, **{field: wrong})
        assert caught.value.field == field

    def test_every_checked_field_is_among_those_tested(self):
        tested = {(type(value), field) for value, field, _ in BROKEN}
        free = {(Fact, "value"), (Overlay, "prerequisites"), (Overlay, "timescales"), (AsOf, "*")}
        for kind in (
            Source,
            Difference,
            OfficialService,
            Prerequisite,
            Timescale,
            Security,
            Overlay,
        ):
            missing = {(kind, field.name) for field in attrs.fields(kind)} - tested - free
            assert not missing


def timed(text, shortest=None, longest=None, working_days=None, extent=None):
    return attrs.evolve(
        REVIEW,
        text=text,
        shortest=shortest and Duration.parse(shortest),
        longest=longest and Duration.parse(longest),
        working_days=working_days,
        extent=extent and Extent(extent),
    )


class TestTimes:
    @pytest.mark.parametrize(
        ("timescale", "time"),
        [
            (timed("a", "P2W", "P4W"), DurationRange.parse("2-4 weeks")),
            (timed("a", None, "P4W"), None),
            (timed("a", "P2W"), None),
            (timed("a", working_days=(5, 10)), WorkingDays(5, 10)),
            (timed("a", working_days=(None, 10)), None),
            (timed("a", working_days=(5, None)), None),
            (TEST, None),  # in hours
        ],
    )
    def test_a_timescale_is_one_if_both_its_ends_are_known(self, timescale, time):
        assert timescale.time == time

    @pytest.mark.parametrize(
        ("timescales", "time", "left"),
        [
            ([timed("a", "P3M", "P4M", extent="whole")], "3-4 months", 0),
            (
                [
                    timed("a", "P3M", "P4M", extent="whole"),
                    timed("b", "P6W", extent="whole"),
                    timed("c", "P1W", "P2W", extent="step"),
                    timed("d", "P1W", "P2W"),
                ],
                "3-4 months",
                3,
            ),
            (
                [timed("a", "P1W", "P2W", extent="step"), timed("b", "P1W", "P4W", extent="step")],
                "2-6 weeks",
                0,
            ),
            (
                [timed("a", "P1M", "P2M", extent="step"), timed("b", "P1W", "P4W", extent="step")],
                "1 month 1 week to 2 months 4 weeks",
                0,
            ),
            (
                [
                    timed("a", working_days=(5, 10), extent="step"),
                    timed("b", working_days=(1, 2), extent="step"),
                    timed("c", working_days=(None, 2)),
                ],
                "6-12 working days",
                1,
            ),
        ],
    )
    def test_the_whole_or_all_steps_are_the_time_of_a_service(self, timescales, time, left):
        found = official_time(timescales)
        assert str(found.time) == time
        assert len(found.left) == left
        assert len(found.taken) + left == len(timescales)

    @pytest.mark.parametrize(
        ("timescales", "reason"),
        [
            ([], "no source gives one"),
            ([timed("a", "P1W", "P2W")], "neither a step nor the whole"),
            ([timed("a", "P6W", extent="whole")], "no longest time is given"),
            ([timed("a", None, "P6W", extent="whole")], "no shortest time is given"),
            ([timed("a", working_days=(None, 5))], "no shortest time is given"),
            ([TEST], "plans do not count hours"),
            (
                [timed("a", "P1W", "P2W", extent="step"), timed("b", "P1W", extent="step")],
                "review, a (not taken); review, b (no longest time is given)",
            ),
            (
                [
                    timed("a", "P1W", "P2W", extent="whole"),
                    timed("b", "P1W", "P3W", extent="whole"),
                ],
                "there are several: a; b",
            ),
            (
                [timed("a", "P1W", "P2W", extent="step"), timed("b", "P1M", "P4M", extent="step")],
                "have no sum until they have dates (1-2 weeks, 1-4 months): plan them one",
            ),
            (
                [
                    timed("a", "P1W", "P2W", extent="step"),
                    timed("b", working_days=(1, 2), extent="step"),
                ],
                "have no sum until they have dates",
            ),
            (
                [
                    timed("a", working_days=(1, 2), extent="step"),
                    timed("b", "P1W", "P2W", extent="step"),
                ],
                "have no sum until they have dates",
            ),
        ],
    )
    def test_without_one_the_reason_is_told(self, timescales, reason):
        assert reason in official_time(timescales)

    def test_services_know_their_timescales(self):
        assert SERVICE.timescales == (REPLY,)
        assert SERVICE_NEED.service.timescales == (REPLY,)
        assert attrs.evolve(SERVICE, timescales=()) == SERVICE


class TestAddresses:
    @pytest.mark.parametrize(
        "text",
        [
            "https://example.org",
            "http://example.org:8080/a/b",
            "https://example.org:65535",
            "https://example.org?id=1",
            "https://example.org#top",
            "https://my-site.example.org/a?b=c:d#e/f",
            "https://example.org/a@b",
        ],
    )
    def test_a_web_address_in_full_is_one(self, text):
        assert is_address(text)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "example.org/spec",
            "https://",
            "https:///spec",
            "https://localhost/",
            "ftp://example.org",
            "javascript:alert(1)",
            "https://example.org/a b",
            "https://example.org/é",
            "https://user@example.org/",
            "https://example..org",
            "https://-example.org",
            "https://example-.org",
            "https://exa_mple.org",
            "https://example.org:99999/",
            "https://example.org:65536",
            "https://example.org:port",
            "https://example.org/#a#b",
        ],
    )
    def test_anything_else_is_not(self, text):
        assert not is_address(text)


class TestStatus:
    """What is known of a status ends on the day that is announced as its end."""

    STATUS = (ProductStatus.BETA, ProductStatus.IN_PRODUCTION)

    @pytest.mark.parametrize(
        ("day", "status"), [("2026-05-30", STATUS), ("2026-05-31", None), (date.max, None)]
    )
    def test_that_ends_is_unknown_from_that_day_on(self, day, status):
        assert ENTRY.status_on(day) == status

    def test_without_an_end_holds_on_every_day(self):
        entry = attrs.evolve(ENTRY, status_until=None)
        assert entry.status_on(date.max) == self.STATUS

    def test_that_no_source_gives_is_unknown(self):
        assert attrs.evolve(ENTRY, status=None).status_on("2026-05-30") is None

    def test_is_asked_for_on_a_day(self):
        with pytest.raises(InvalidDateError, match="May"):
            ENTRY.status_on("May")


class TestTexts:
    def test_every_statement_says_its_source_and_its_date(self):
        where = "(Specification, NHS England, 2026-02-24)"
        assert str(SPEC) == "Specification (NHS England, 2026-02-24)"
        assert str(PAGE) == "Page (Somebody, no date)"
        assert str(ENTRY.name) == f"Alpha - FHIR API {where}"
        assert str(ENTRY.status) == f"beta, in production {where}"
        assert (
            str(ENTRY.open_to_new_integrations) == f"no – the NHS App is the only consumer {where}"
        )
        assert str(ENTRY.security) == (
            "application restricted by signed jwt, "
            f"user restricted healthcare worker by cis2 separate at aal3 {where}"
        )
        assert str(API_NEED) == f"required for build: API beta – for the address {where}"
        assert str(SERVICE_NEED) == f"conditional: Lookup {where}"
        assert str(REVIEW) == f"review: 2 to 4 weeks {where}"

    def test_what_was_only_reported_says_so(self):
        assert str(DIFFERENCE) == (
            "blocks plan, availability closed: the guide says: Open. But: Closed. "
            "(Page, Somebody, no date; reported)"
        )

    def test_an_entry_is_described_with_a_source_once(self):
        assert ENTRY.describe() == (
            "Alpha - FHIR API: beta, in production; end announced for 2026-05-31 – announced; "
            "open to new integrations: no – the NHS App is the only consumer; "
            "replaced by alpha-two (Specification, NHS England, 2026-02-24)"
        )

    def test_what_takes_the_place_of_an_entry_is_named_where_it_is_known(self):
        assert "; replaced by Alpha Two (" in ENTRY.describe(OVERLAY.entries)

    def test_an_entry_with_nothing_said_is_unknown(self):
        assert OVERLAY.entries[1].describe() == "Alpha Two: open to new integrations: unknown"
        assert OVERLAY.entries[1].openness is Openness.UNKNOWN

    def test_names_and_reprs(self):
        assert (str(ENTRY), str(SERVICE)) == ("Alpha - FHIR API", "Lookup")
        assert repr(ENTRY) == "<OfficialEntry alpha-one: 'Alpha - FHIR API'>"
        assert OVERLAY.entries[1].names == ("Alpha Two",)
        assert repr(OVERLAY) == (
            "<Overlay: 2 sources, 3 entries, 1 difference, 2 prerequisites, 1 service, "
            "3 timescales, compiled on 2026-11-22>"
        )

    def test_as_of_is_the_date_of_the_source(self):
        for statement in (ENTRY.name, API_NEED, REVIEW):
            assert statement.as_of == SPEC.as_of
        assert DIFFERENCE.as_of is None

    def test_times_are_calendar_times_hours_or_working_days(self):
        assert (REVIEW.shortest, REPLY.working_days, TEST.longest) == (
            weeks(2),
            (None, 5),
            timedelta(hours=3),
        )


YES, LIMITED, NO, UNKNOWN = Openness
# Every set of words that the entries of one API can have; a missing fact counts as UNKNOWN.
OPENNESS = {
    frozenset(): UNKNOWN,
    frozenset({YES}): YES,
    frozenset({LIMITED}): LIMITED,
    frozenset({NO}): NO,
    frozenset({UNKNOWN}): UNKNOWN,
    frozenset({YES, LIMITED}): LIMITED,
    frozenset({YES, NO}): LIMITED,
    frozenset({YES, UNKNOWN}): LIMITED,
    frozenset({LIMITED, NO}): LIMITED,
    frozenset({LIMITED, UNKNOWN}): LIMITED,
    frozenset({NO, UNKNOWN}): UNKNOWN,
    frozenset({YES, LIMITED, NO}): LIMITED,
    frozenset({YES, LIMITED, UNKNOWN}): LIMITED,
    frozenset({YES, NO, UNKNOWN}): LIMITED,
    frozenset({LIMITED, NO, UNKNOWN}): LIMITED,
    frozenset({YES, LIMITED, NO, UNKNOWN}): LIMITED,
}


class TestOpenness:
    def test_the_table_holds_every_set(self):
        sets = chain.from_iterable(combinations(Openness, size) for size in range(5))
        assert {frozenset(words) for words in sets} == set(OPENNESS)

    @pytest.mark.parametrize(("said", "expected"), OPENNESS.items())
    def test_of_several_entries_follows_the_table(self, said, expected):
        """Whatever their order and number, and whether unknown is said or left out."""
        for left_out in (False, True):
            entries = [entry(word, left_out=left_out) for word in said for _ in range(2)]
            assert openness_of(entries) is openness_of(reversed(entries)) is expected


def entry(openness: Openness, *, left_out: bool) -> OfficialEntry:
    fact = None if left_out and openness is UNKNOWN else Fact(openness, SPEC, OFFICIAL)
    name = Fact("Alpha", SPEC, OFFICIAL)
    return OfficialEntry(id="alpha", name=name, open_to_new_integrations=fact)

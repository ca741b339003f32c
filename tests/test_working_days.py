"""Working days by hand: what the laws do not say, and every refusal."""

import subprocess
import sys
from datetime import date, datetime

import attrs
import pytest

import nhs_api_catalogue.working_days as working_days
from nhs_api_catalogue import (
    CalendarHorizonError,
    CalendarLimitError,
    Closure,
    Duration,
    DurationRange,
    DurationSyntaxError,
    InvalidDateError,
    InvalidDurationError,
    InvalidDurationRangeError,
    InvalidRecordError,
    MissingExtraError,
    UnknownValueError,
    Window,
    WorkingCalendar,
    WorkingDays,
    bank_holidays,
    days,
    england,
    weeks,
)
from nhs_api_catalogue.working_days import WorkingTime
from nhs_api_catalogue.working_days.govuk import whole_years
from nhs_api_catalogue.working_days.times import last_end, read_time

CHRISTMAS = WorkingCalendar({date(2026, 12, 25): "Christmas Day"}, source="us")


class TestEngland:
    @pytest.mark.parametrize(
        ("start", "n", "end"),
        [
            ("2026-12-18", 10, "2027-01-06"),
            ("2026-12-19", 10, "2027-01-06"),
            ("2026-12-24", 1, "2026-12-29"),
            ("2026-12-19", 0, "2026-12-19"),
            ("2026-04-02", 1, "2026-04-07"),  # Maundy Thursday
            ("2011-12-31", 1, "2012-01-03"),  # nobody asks whether the start is worked
            ("2028-12-28", 1, "2028-12-29"),
        ],
    )
    def test_working_days_after(self, start, n, end):
        assert str(england().after(start, n)) == end

    def test_it_is_the_region_that_gov_uk_has(self):
        assert england() is bank_holidays("england-and-wales")

    def test_regions_have_holidays_of_their_own(self):
        worked = {
            region: bank_holidays(region).is_working("2026-11-30")
            for region in ("england-and-wales", "scotland", "northern-ireland")
        }
        assert worked == {"england-and-wales": True, "scotland": False, "northern-ireland": True}

    def test_substitute_days_are_named_as_such(self):
        (closure,) = england().closures_on("2026-12-28")
        assert str(closure) == "Boxing Day (substitute day), 2026-12-28"

    def test_it_says_how_far_it_is_known_and_how_old_it_is(self):
        calendar = england()
        assert (calendar.known_from, calendar.known_until) == (
            date(2012, 1, 1),
            date(2028, 12, 31),
        )
        assert calendar.as_of == date(2026, 2, 25)
        assert "govuk-bank-holidays 0.19" in str(calendar)

    @pytest.mark.parametrize(
        ("name", "region"),
        [
            ("england", "england-and-wales"),
            ("Wales", "england-and-wales"),
            ("England and Wales", "england-and-wales"),
            ("SCOTLAND", "scotland"),
            ("Northern Ireland", "northern-ireland"),
        ],
    )
    def test_regions_go_by_the_names_that_people_use(self, name, region):
        assert bank_holidays(name) is bank_holidays(region)

    def test_an_unknown_region_is_refused_with_the_nearest(self):
        with pytest.raises(UnknownValueError, match="did you mean 'northern-ireland'"):
            bank_holidays("norther ireland")
        for nonsense in (7, None, ["scotland"]):
            with pytest.raises(UnknownValueError, match="is not a region: expected 'england'"):
                bank_holidays(nonsense)

    def test_no_code_that_could_ask_the_network_is_loaded(self):
        code = (
            "import sys; from nhs_api_catalogue import england; england();"
            "print(sorted({'requests', 'urllib3', 'socket', 'ssl'} & set(sys.modules)))"
        )
        done = subprocess.run(
            [sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True
        )
        assert done.stdout == "[]\n"

    def test_without_the_extra_the_command_is_named(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "govuk_bank_holidays", None)
        with pytest.raises(MissingExtraError, match="working-days"):
            bank_holidays.__globals__["_calendar"].__wrapped__("scotland", None)


class TestWholeYears:
    @pytest.mark.parametrize(
        ("days", "years"),
        [
            ("2026-01-01 2026-12-28 2027-01-01 2027-12-27", (2026, 2027)),
            ("2026-01-01 2026-12-28 2027-01-01 2027-04-02", (2026, 2026)),  # cut off
            ("2024-04-02 2024-12-25 2025-01-01 2025-12-26", (2025, 2025)),  # begins late
            ("2020-01-01 2020-12-25 2026-01-01 2026-12-25", (2026, 2026)),  # years are missing
            ("2023-01-03 2023-12-26", (2023, 2023)),
            ("2023-01-05 2023-12-26 2022-01-04 2022-12-25", (2022, 2022)),
            ("2023-01-02 2023-12-24 2022-01-04 2022-12-25", (2022, 2022)),
        ],
    )
    def test_only_whole_lists_count(self, days, years):
        assert whole_years(map(date.fromisoformat, days.split())) == years


class TestHorizon:
    @pytest.mark.parametrize(
        ("ask", "asked"),
        [
            (lambda c: c.after("2028-12-29", 1), "1 working day after 2028-12-29"),
            (lambda c: c.after("2011-12-30", 1), "1 working day after 2011-12-30"),
            (lambda c: c.after("2030-01-01", 1), "1 working day after 2030-01-01"),
            (
                lambda c: c.latest_start("2029-01-01", 2),
                "the latest start of 2 working days for 2029-01-01",
            ),
            (
                lambda c: c.latest_start("2012-01-03", 2),
                "the latest start of 2 working days for 2012-01-03",
            ),
            (lambda c: c.closures_on("2029-01-01"), "what is closed on 2029-01-01"),
            (lambda c: c.is_working("2029-01-01"), "whether 2029-01-01 is a working day"),
            (lambda c: c.is_working("2011-12-31"), "whether 2011-12-31 is a working day"),
            (
                lambda c: c.days_between("2028-12-29", "2029-01-02"),
                "the working days from 2028-12-29 to 2029-01-02",
            ),
            (
                lambda c: c.days_between("2012-01-02", "2011-12-30"),
                "the working days from 2011-12-30 to 2012-01-02",
            ),
        ],
    )
    def test_what_is_not_known_is_refused_with_the_way_out(self, ask, asked):
        with pytest.raises(CalendarHorizonError) as caught:
            ask(england())
        error = caught.value
        assert (error.asked, error.known_until) == (asked, date(2028, 12, 31))
        assert "until 2028-12-31 (" in str(error)
        assert "beyond='weekends_only'" in str(error)

    def test_the_last_known_days_are_answered(self):
        calendar = england()
        assert calendar.latest_start("2028-12-31", 1) == date(2028, 12, 28)
        assert calendar.latest_start("2012-01-03", 1) == date(2012, 1, 2)
        assert calendar.days_between("2028-12-28", "2028-12-31") == 1
        assert calendar.days_between("2011-12-31", "2012-01-03") == 1
        assert calendar.days_between("2035-01-01", "2035-01-01") == 0
        assert calendar.is_working("2028-12-31") is False
        assert calendar.is_working("2012-01-01") is False

    def test_beyond_it_only_weekends_are_left_out_if_that_is_assumed(self):
        calendar = england(beyond="weekends_only")
        assert calendar.after("2029-12-24", 1) == date(2029, 12, 25)
        assert calendar.after("2028-12-22", 1) == date(2028, 12, 27)
        assert calendar.latest_start("1999-01-01", 1) == date(1998, 12, 31)
        assert calendar.is_working("2029-12-25")

    def test_another_assumption_is_refused(self):
        with pytest.raises(UnknownValueError, match="weekends_only"):
            england(beyond="weekends")
        with pytest.raises(UnknownValueError):
            england(beyond=True)

    def test_where_every_day_is_known_the_calendar_itself_ends(self):
        with pytest.raises(CalendarLimitError, match="2 working days after 9999-12-30"):
            CHRISTMAS.after(date(9999, 12, 30), 2)
        with pytest.raises(CalendarLimitError):
            CHRISTMAS.latest_start(date(1, 1, 1), 1)
        assert CHRISTMAS.latest_start(date(1, 1, 2), 1) == date(1, 1, 1)
        assert CHRISTMAS.after(date(9999, 12, 30), 1) == date(9999, 12, 31)

    def test_half_open_calendars_name_the_end_that_they_have(self):
        until = WorkingCalendar({}, known_until="2026-12-31", source="us")
        with pytest.raises(CalendarHorizonError, match="known only until 2026-12-31"):
            until.after("2026-12-31", 1)
        assert until.after("1950-01-02", 1) == date(1950, 1, 3)
        since = WorkingCalendar({}, "2026-01-01", source="us")
        with pytest.raises(CalendarHorizonError, match="known only from 2026-01-01"):
            since.latest_start("2026-01-01", 2)
        assert since.after("2050-01-03", 1) == date(2050, 1, 4)


class TestCalendars:
    def test_a_mapping_and_closures_make_the_same(self):
        closure = Closure("Christmas Day", date(2026, 12, 25))
        assert WorkingCalendar([closure, closure], source="us") == CHRISTMAS
        assert WorkingCalendar({"2026-12-25": "Christmas Day"}, source="us") == CHRISTMAS
        assert WorkingCalendar(iter([closure]), source="us") == CHRISTMAS

    def test_a_window_is_a_span_of_closed_days(self):
        span = Window(date(2026, 12, 14), date(2027, 1, 3))
        freeze = Closure("freeze", "2026-12-14", "2027-01-03")
        assert WorkingCalendar({span: "freeze"}, source="us").holidays == (freeze,)

    def test_a_sum_names_both_sources_and_the_older_date(self):
        one = WorkingCalendar({}, source="GOV.UK", as_of="2026-02-25")
        other = WorkingCalendar({}, source="our trust", as_of="2025-11-01")
        total = one + other + one
        assert total.sources == ("GOV.UK, 2026-02-25", "our trust, 2025-11-01")
        assert total.source == "GOV.UK, 2026-02-25; our trust, 2025-11-01"
        assert total.as_of == date(2025, 11, 1)
        assert (one + CHRISTMAS).as_of is None

    def test_a_sum_is_known_where_both_are(self):
        trust = WorkingCalendar({}, "2026-01-01", "2030-12-31", source="our trust")
        total = england() + trust
        assert (total.known_from, total.known_until) == (date(2026, 1, 1), date(2028, 12, 31))

    @pytest.mark.parametrize(
        ("one", "other", "beyond"),
        [
            (england(beyond="weekends_only"), CHRISTMAS, "weekends_only"),
            (CHRISTMAS, england(beyond="weekends_only"), "weekends_only"),
            (england(beyond="weekends_only"), england(), None),
            (england(), CHRISTMAS, None),
            (england(beyond="weekends_only"), england(beyond="weekends_only"), "weekends_only"),
        ],
    )
    def test_a_sum_goes_beyond_what_is_known_only_if_both_do(self, one, other, beyond):
        assert (one + other).beyond == beyond

    def test_closures_of_your_own_count_beyond_what_is_known(self):
        closed = WorkingCalendar([Closure("freeze", "2029-12-24", "2029-12-31")], source="us")
        total = england(beyond="weekends_only") + closed
        assert total.after("2029-12-21", 1) == date(2030, 1, 1)

    @pytest.mark.parametrize(
        ("calendar", "text"),
        [
            (CHRISTMAS, "1 closure, known on every day (us)"),
            (
                WorkingCalendar({}, "2026-01-01", source="us", as_of="2026-11-01"),
                "0 closures, known from 2026-01-01 on (us, 2026-11-01)",
            ),
            (
                WorkingCalendar({}, known_until="2026-12-31", source="us"),
                "0 closures, known until 2026-12-31 (us)",
            ),
        ],
    )
    def test_text(self, calendar, text):
        assert str(calendar) == text
        assert repr(calendar) == f"<WorkingCalendar: {text}>"

    @pytest.mark.parametrize(
        ("make", "error", "words"),
        [
            (lambda: WorkingCalendar({}, source=" "), InvalidRecordError, "source"),
            (
                lambda: WorkingCalendar({}, "2026-01-02", "2026-01-01", source="us"),
                InvalidRecordError,
                "on or after 2026-01-02",
            ),
            (lambda: WorkingCalendar(["2026-12-25"], source="us"), InvalidRecordError, "holidays"),
            (lambda: WorkingCalendar("2026-12-25", source="us"), InvalidRecordError, "a list of"),
            (lambda: WorkingCalendar(None, source="us"), InvalidRecordError, "holidays is None"),
            (lambda: WorkingCalendar({"25/12/2026": "x"}, source="us"), InvalidDateError, "25/12"),
            (lambda: WorkingCalendar({}, "2026", source="us"), InvalidDateError, "2026"),
            (lambda: Closure("x", datetime(2026, 1, 1)), TypeError, "date"),  # noqa: DTZ001
            (lambda: Closure("", "2026-01-01"), InvalidRecordError, "name"),
            (lambda: Closure("x", "2026-01-02", "2026-01-01"), InvalidRecordError, "last"),
        ],
    )
    def test_what_breaks_a_rule_is_refused(self, make, error, words):
        with pytest.raises(error, match=words):
            make()

    @pytest.mark.parametrize("ask", ["after", "latest_start"])
    def test_what_is_not_a_date_or_not_a_number_is_refused(self, ask):
        method = getattr(CHRISTMAS, ask)
        with pytest.raises(TypeError, match="expected a date"):
            method(datetime(2026, 1, 1), 1)  # noqa: DTZ001
        with pytest.raises(TypeError, match="working days must be a whole number"):
            method(date(2026, 1, 1), 1.5)
        with pytest.raises(InvalidDurationError, match="working days cannot be below zero"):
            method(date(2026, 1, 1), -1)
        with pytest.raises(InvalidDateError):
            method("1 January 2026", 1)

    def test_only_calendars_are_added(self):
        with pytest.raises(TypeError):
            _ = CHRISTMAS + 1
        with pytest.raises(TypeError, match=r"closures are added as a calendar: WorkingCalendar"):
            _ = CHRISTMAS + Closure("x", "2026-12-24")


class TestWorkingDays:
    @pytest.mark.parametrize(
        ("text", "time"),
        [
            ("10 working days", WorkingDays(10)),
            ("1 working day", WorkingDays(1)),
            ("5-10 working days", WorkingDays(5, 10)),
            ("5 – 10 Working Days", WorkingDays(5, 10)),
            ("5 to 10 working days", WorkingDays(5, 10)),
            ("5 working days to 10 working days", WorkingDays(5, 10)),
            (" 0 working days ", WorkingDays.ZERO),
            ("10 business days", WorkingDays(10)),
            ("5-10 Business Days", WorkingDays(5, 10)),
            ("1 working-day", WorkingDays(1)),
            ("5 working\u2010days", WorkingDays(5)),
        ],
    )
    def test_texts(self, text, time):
        assert WorkingDays.parse(text) == time == read_time(text)

    @pytest.mark.parametrize(
        ("ends", "text"),
        [
            ((1,), "1 working day"),
            ((0,), "0 working days"),
            ((0, 1), "0-1 working days"),
            ((5, 10), "5-10 working days"),
        ],
    )
    def test_is_written_in_the_plural_unless_it_is_one(self, ends, text):
        assert str(WorkingDays(*ends)) == text

    @pytest.mark.parametrize(
        ("text", "position", "problem"),
        [
            ("10 days", 3, "expected 'working days'"),
            ("working days", 0, "expected a whole number"),
            ("5- working days", 3, "expected a whole number"),
            ("5 working days to", 17, "expected a whole number"),
            ("5 working days to 10", 20, "expected 'working days'"),
            ("10 working daysish", 3, "expected 'working days'"),
            ("10 working days or so", 16, "expected nothing more"),
            ("1.5 working days", 1, "working days are whole numbers"),
            ("up to 5 working days", 0, "a range with two ends, such as '0-5 working days'"),
            ("within 5 working days", 0, "a range with two ends, such as '0-5 working days'"),
            ("5+ working days", 1, "a range needs two ends"),
            ("-5 working days", 0, "times cannot be negative"),
            ("ten working days", 0, "write numbers in figures"),
            ("between 5 and 10 working days", 0, "a hyphen or 'to' between the ends"),
            ("2 weeks 5 working days", 2, "DurationRange.parse for calendar time"),
            ("5 - 10 WDs", 7, "expected 'working days'"),
            ("10 business hours", 3, "expected 'working days'"),
            ("P10D", 0, "ISO 8601 has no form for working days"),
            ("9999999999 working days", 0, "at most"),
            ("5 working days " + 200 * " ", 200, "at most 200 characters"),
        ],
    )
    def test_other_texts_are_refused_with_the_place(self, text, position, problem):
        with pytest.raises(DurationSyntaxError, match=problem) as caught:
            WorkingDays.parse(text)
        assert caught.value.position == position

    def test_a_calendar_duration_says_who_reads_working_days(self):
        with pytest.raises(DurationSyntaxError, match=r"use WorkingDays\.parse for working days"):
            Duration.parse("10 working days")
        with pytest.raises(DurationSyntaxError, match=r"use WorkingDays\.parse for working days"):
            DurationRange.parse("5-10 working days")

    def test_what_is_not_text_is_refused(self):
        for read in (WorkingDays.parse, read_time):
            with pytest.raises(TypeError, match="expected text"):
                read(10)

    def test_calendar_times_are_read_as_such(self):
        assert read_time("4-6 weeks") == DurationRange(weeks(4), weeks(6))

    @pytest.mark.parametrize(
        ("make", "error", "words"),
        [
            (lambda: WorkingDays(-1), InvalidDurationError, "below zero"),
            (lambda: WorkingDays(1.5), TypeError, "whole number"),
            (lambda: WorkingDays(10, 5), InvalidDurationRangeError, "10 to 5 working days"),
            (lambda: WorkingDays(10**9), CalendarLimitError, "999999999"),
            (lambda: WorkingDays(5) * -1, InvalidDurationError, "by a negative number"),
            (lambda: WorkingDays(5) * 1.5, TypeError, "unsupported"),
        ],
    )
    def test_what_breaks_a_rule_is_refused(self, make, error, words):
        with pytest.raises(error, match=words):
            make()

    def test_multiples(self):
        assert 2 * WorkingDays(5, 10) == WorkingDays(5, 10) * 2 == WorkingDays(10, 20)
        assert sum([WorkingDays(5), WorkingDays(2)], WorkingDays.ZERO) == WorkingDays(7)

    def test_single_numbers_have_an_order(self):
        five, same, ten = WorkingDays(5), WorkingDays(5), WorkingDays(10)
        assert sorted([ten, five]) == [five, ten]
        assert (five < ten, five <= same, ten > five, five >= same) == (True, True, True, True)
        assert (ten < five, ten <= five, five > ten, five >= ten) == (False, False, False, False)
        assert (five < same, five > same) == (False, False)

    @pytest.mark.parametrize("operator", ["__lt__", "__le__", "__gt__", "__ge__"])
    def test_ranges_have_none(self, operator):
        with pytest.raises(TypeError, match="at_most"):
            getattr(WorkingDays(5, 10), operator)(WorkingDays(7))
        with pytest.raises(TypeError, match="at_most"):
            getattr(WorkingDays(7), operator)(WorkingDays(5, 10))
        assert getattr(WorkingDays(7), operator)(7) is NotImplemented

    @pytest.mark.parametrize("operator", ["<", "<=", ">", ">=", "+", "|", "&"])
    @pytest.mark.parametrize("calendar_time", [days(10), DurationRange.parse("1-2 weeks")])
    def test_they_never_meet_calendar_durations(self, operator, calendar_time):
        names = {"w": WorkingDays(10), "c": calendar_time}
        with pytest.raises(TypeError, match="depends on the start and the calendar"):
            eval(f"w {operator} c", names)  # noqa: S307  from the list above
        with pytest.raises(TypeError, match="depends on the start and the calendar"):
            eval(f"c {operator} w", names)  # noqa: S307  from the list above

    def test_they_are_never_equal_to_calendar_durations(self):
        assert WorkingDays(10) != days(10)

    def test_named_relations_take_working_days_only(self):
        for name in ("at_most", "shorter_than", "alongside"):
            with pytest.raises(TypeError, match=r"use WorkingDays\.parse for text"):
                getattr(WorkingDays(5), name)("5 working days")
            with pytest.raises(TypeError, match="expected WorkingDays, got"):
                getattr(WorkingDays(5), name)(days(5))
        with pytest.raises(TypeError, match="not '7'"):
            _ = "7" in WorkingDays(5, 10)
        with pytest.raises(TypeError, match="not Duration"):
            _ = days(7) in WorkingDays(5, 10)

    @pytest.mark.parametrize("operator", ["+", "-", "|", "&"])
    def test_other_values_are_not_for_them(self, operator):
        with pytest.raises(TypeError, match="unsupported"):
            eval(f"w {operator} 1", {"w": WorkingDays(5)})  # noqa: S307
        with pytest.raises(TypeError, match="unsupported"):
            eval(f"1 {operator} w", {"w": WorkingDays(5)})  # noqa: S307

    def test_a_date_alone_is_not_enough(self):
        with pytest.raises(TypeError, match=r"use \.after\("):
            _ = date(2026, 1, 5) + WorkingDays(5)
        with pytest.raises(TypeError, match=r"use \.latest_start\(datetime\.date\(2026, 1, 5\)"):
            _ = date(2026, 1, 5) - WorkingDays(5)
        with pytest.raises(TypeError, match="of different kinds"):
            _ = days(9) - WorkingDays(5)

    def test_another_calendar_is_refused(self):
        for ask in (WorkingDays(5).after, WorkingDays(5).latest_start):
            with pytest.raises(TypeError, match=r"such as england\(\), got 'england'"):
                ask("2026-12-18", "england")

    def test_windows(self):
        start = Window(date(2026, 12, 18), date(2026, 12, 24))
        assert str(WorkingDays(1, 2).after(start, england())) == "2026-12-21 to 2026-12-30"
        assert str(WorkingDays(1, 2).latest_start(start, england())) == "2026-12-16 to 2026-12-23"

    def test_it_has_no_iso_form_and_no_format(self):
        assert f"{WorkingDays(5, 10)}" == "5-10 working days"
        assert not hasattr(WorkingDays(5), "isoformat")

    def test_on_a_calendar_they_are_what_a_plan_needs(self):
        time = WorkingTime(WorkingDays(5, 10), england())
        assert (str(time), str(time.longest)) == ("5-10 working days", "10 working days")
        assert time.shortest.after(date(2026, 12, 18)) == date(2026, 12, 29)
        assert time.longest.latest_start(date(2027, 1, 6)) == date(2026, 12, 20)


def test_values_do_not_change():
    for value, field in ((WorkingDays(5), "shortest"), (CHRISTMAS, "source")):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(value, field, 7)


def test_the_room_gives_its_names_and_no_others():
    assert {name: getattr(working_days, name) for name in working_days.__all__} == {
        "Closure": Closure,
        "WorkingCalendar": WorkingCalendar,
        "WorkingDays": WorkingDays,
        "WorkingTime": WorkingTime,
        "bank_holidays": bank_holidays,
        "england": england,
    }
    with pytest.raises(AttributeError, match=r"working_days.*nothing_of_ours"):
        _ = working_days.nothing_of_ours


@pytest.mark.parametrize(
    ("by", "last"),
    [("2026-02-08", "2026-02-08"), ("2026-03-01", "2026-02-16"), ("2026-01-01", "2026-01-01")],
)
def test_calendar_time_ends_on_every_day_up_to_its_last(by, last):
    time = DurationRange.parse("4-6 weeks")
    end = last_end(time, date(2026, 1, 5), date.fromisoformat(by))
    assert end == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("by", "last"), [("2026-12-29", "2026-12-29"), ("2027-01-15", "2026-12-30")]
)
def test_working_time_ends_on_working_days_alone(by, last):
    time = WorkingTime(WorkingDays(2, 3), england())
    end = last_end(time, date(2026, 12, 23), date.fromisoformat(by))
    assert end == date.fromisoformat(last)

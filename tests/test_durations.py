"""Durations, ranges and windows by example; the laws that they obey are in tests/laws."""

import copy
import json
import pickle
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from nhs_api_catalogue._html import Bar, write_table
from nhs_api_catalogue.durations import (
    Duration,
    DurationRange,
    Ordering,
    Window,
    _DaysInMonths,
    days,
    months,
    read_date,
    weeks,
    years,
)
from nhs_api_catalogue.errors import (
    CalendarLimitError,
    CatalogueError,
    IndeterminateOrderError,
    InvalidDateError,
    InvalidDurationError,
    InvalidDurationRangeError,
    InvalidWindowError,
)

VECTORS = json.loads(
    (Path(__file__).parent / "vectors" / "date_add_cases.json").read_text(encoding="utf-8")
)


def range_of(text):
    return DurationRange.parse(text)


def window(earliest, latest):
    return Window(date.fromisoformat(earliest), date.fromisoformat(latest))


class AlwaysEqual:
    """A foreign object that answers every comparison and sum."""

    def __eq__(self, other):
        return True

    __hash__ = None

    def answer(self, _):
        return "foreign"

    __lt__ = __le__ = __gt__ = __ge__ = answer
    __radd__ = __rmul__ = __ror__ = __rand__ = answer


FOREIGN = [None, 1, 1.5, "1 month", timedelta(1), object()]


class TestReadDate:
    @pytest.mark.parametrize("value", ["2026-01-05", date(2026, 1, 5)])
    def test_a_date_and_its_text(self, value):
        """A date stays as it is; its ISO text is read."""
        assert read_date(value) == date(2026, 1, 5)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "2026-1-5",
            "20260105",
            "2026-W02-1",
            "2026-005",
            "2026-02-30",
            "05/01/2026",
            " 2026-01-05",
            "2026-01-05 ",
            "2026-01-05T00:00",
            "\uff12\uff10\uff12\uff16-01-05",  # full-width digits
            "0000-01-01",
            "tomorrow",
        ],
    )
    def test_any_other_text_is_refused(self, text):
        """The error shows a text in another form, or of a date that does not exist."""
        with pytest.raises(InvalidDateError) as caught:
            read_date(text, "start")

        assert (caught.value.value, caught.value.what) == (text, "start")

    def test_it_is_called_a_date(self):
        """The error says what the date is for; the default is "date"."""
        with pytest.raises(InvalidDateError, match="is not a date: expected a valid date"):
            read_date("soon")


class SubDate(date):
    """A date class like those of other libraries."""


def named(argument, **cases):
    """Parametrize with one case a name, for values whose own text says nothing."""
    return pytest.mark.parametrize(
        argument, [pytest.param(case, id=name) for name, case in cases.items()]
    )


class OtherInteger:
    """A whole number of another class, as in data frames."""

    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


#: Everything that takes a date.
TAKES_A_DATE = {
    "read_date": read_date,
    "after": days(1).after,
    "latest_start": days(1).latest_start,
    "range_after": range_of("1-2 days").after,
    "range_latest_start": range_of("1-2 days").latest_start,
    "compare": lambda day: days(1).compare(days(2), start=day),
    "window": lambda day: Window(day, day),
    "in_window": lambda day: day in window("2026-01-01", "2026-01-02"),
}


class TestPlainDates:
    @named(
        "ask",
        **TAKES_A_DATE,
        plus=lambda day: day + days(1),
        plus_range=lambda day: day + range_of("1-2 days"),
    )
    def test_a_datetime_is_refused_with_the_way_out(self, ask):
        """No time of day is ever dropped in silence."""
        with pytest.raises(TypeError, match=r"use \.date\(\)"):
            ask(datetime(2026, 1, 1, 12, tzinfo=UTC))

    @named("ask", **{name: ask for name, ask in TAKES_A_DATE.items() if name != "read_date"})
    def test_a_text_that_is_not_a_date_is_refused_with_the_way_out(self, ask):
        """Only functions that say so read texts."""
        with pytest.raises(TypeError) as caught:
            ask("2026-01-05")
        assert str(caught.value) == (
            "expected a date, got '2026-01-05': use date.fromisoformat for text"
        )

    @named("ask", **TAKES_A_DATE)
    def test_what_is_not_a_date_is_refused(self, ask):
        """The error shows what was given."""
        with pytest.raises(TypeError, match=r"^expected a date, got 20260101$"):
            ask(20260101)

    def test_a_plain_date_stays(self):
        """It is passed on unchanged."""
        day = date(2026, 1, 5)

        assert read_date(day) is day

    def test_a_subclass_of_date_becomes_a_plain_date(self):
        """Otherwise equal windows could differ in form."""
        day = SubDate(2026, 1, 31)

        assert type(read_date(day)) is date
        assert type(Window(day, day).earliest) is date
        assert type(Duration.ZERO.after(day)) is date
        assert type(Duration.ZERO.latest_start(day)) is date
        assert day + months(1) == date(2026, 2, 28)


class TestConstruct:
    def test_builders(self):
        """A week is 7 days, a year 12 months."""
        assert days(3) == Duration(0, 3)
        assert weeks(3) == Duration(0, 21)
        assert months(3) == Duration(3, 0)
        assert years(3) == Duration(36, 0)
        assert Duration() == Duration.ZERO == Duration(0, 0)

    @pytest.mark.parametrize("build", [days, weeks, months, years, Duration])
    @pytest.mark.parametrize("value", [1.0, "1", None, True, Fraction(1), Decimal(1)])
    def test_only_whole_numbers(self, build, value):
        """Nothing is rounded, read as a number, or counted as one."""
        with pytest.raises(TypeError, match="must be a whole number"):
            build(value)

    @pytest.mark.parametrize("build", [days, weeks, months, years, Duration])
    def test_other_whole_numbers(self, build):
        """Whatever Python itself accepts as a whole number is kept as an `int`."""
        value = build(OtherInteger(3))

        assert value == build(3)
        assert {type(value.months), type(value.days)} == {int}

    @pytest.mark.parametrize(
        ("build", "name"),
        [
            (days, "days"),
            (weeks, "weeks"),
            (months, "months"),
            (years, "years"),
            (lambda n: Duration(n, 0), "months"),
            (lambda n: Duration(0, n), "days"),
        ],
    )
    def test_nothing_below_zero(self, build, name):
        """The error shows the number and names its unit."""
        with pytest.raises(InvalidDurationError) as caught:
            build(-1)

        assert str(caught.value) == f"-1 is not a duration: {name} cannot be below zero"

    @pytest.mark.parametrize(
        ("build", "most", "said"),
        [
            (days, 999_999_999, "days (999999999 at most) is outside the calendar"),
            (weeks, 142_857_142, "weeks (142857142 at most) is outside the calendar"),
            (months, 4799, "months (4799 at most) is outside the calendar"),
            (years, 399, "years (399 at most) is outside the calendar"),
        ],
    )
    def test_limits(self, build, most, said):
        """The largest number of each unit is allowed; one more is not, nor is any longer number."""
        build(most)

        for more, shown in (
            (most + 1, most + 1),
            (10**20 - 1, "9" * 20),
            (10**20, "10**20 or more"),
            (10**5000, "10**20 or more"),
        ):
            with pytest.raises(CalendarLimitError) as caught:
                build(more)
            assert str(caught.value).startswith(f"a duration of {shown} {said}")

    def test_frozen(self):
        """A value does not change."""
        with pytest.raises(AttributeError):
            months(1).months = 2
        with pytest.raises(AttributeError):
            range_of("1-2 weeks").shortest = weeks(2)
        with pytest.raises(AttributeError):
            window("2026-01-01", "2026-01-02").latest = date.max

    def test_no_dict(self):
        """Values are slotted."""
        for value in (months(1), range_of("1 week"), window("2026-01-01", "2026-01-02")):
            assert not hasattr(value, "__dict__")


class TestEquality:
    def test_equal_is_equal_effect(self):
        """Weeks are days and years are months, but no month is a number of days."""
        assert weeks(1) == days(7)
        assert years(1) == months(12)
        assert months(1) != days(30)
        assert months(1) != days(31)
        assert hash(years(1)) == hash(months(12))

    @pytest.mark.parametrize("value", [months(1), range_of("1 month"), window(*["2026-01-01"] * 2)])
    def test_foreign(self, value):
        """A foreign object is unequal, unless it says otherwise itself."""
        assert not any(value == other for other in FOREIGN)
        assert value == AlwaysEqual()

    def test_distinct_in_a_set(self):
        """Equal values are one key."""
        assert len({weeks(4), days(28), months(1), Duration(0, 28)}) == 2
        assert len({range_of("4 weeks"), range_of("28 days"), range_of("4-5 weeks")}) == 2


class TestArithmetic:
    def test_sums_and_multiples(self):
        """Months and days are counted apart."""
        assert weeks(4) + months(4) == Duration(4, 28)
        assert 3 * Duration(1, 2) == Duration(1, 2) * 3 == Duration(3, 6)
        assert Duration(1, 2) * 0 == Duration.ZERO
        assert sum([weeks(4), months(1)], Duration.ZERO) == Duration(1, 28)

    @named(
        "calculate",
        sum_of_months=lambda: months(4000) + months(800),
        sum_of_days=lambda: days(999_999_999) + days(1),
        multiple=lambda: months(1) * 4800,
        range_multiple=lambda: range_of("1-2400 months") * 2,
        range_sum=lambda: range_of("1-2400 months") + range_of("1-2400 months"),
    )
    def test_a_result_beyond_the_limits(self, calculate):
        """Sums and multiples keep to the limits."""
        with pytest.raises(CalendarLimitError):
            calculate()

    @pytest.mark.parametrize("value", [months(1), range_of("1 month")])
    def test_no_negative_multiple(self, value):
        """Time does not run backwards."""
        with pytest.raises(InvalidDurationError, match="-1 is not a duration: a duration cannot"):
            value * -1

    @pytest.mark.parametrize("left", [months(1), range_of("1 month")])
    @pytest.mark.parametrize("right", [*FOREIGN, True, months])
    def test_foreign_operands(self, left, right):
        """Sums need values of the same kind, and multiples need whole numbers."""
        for ask in (lambda: left + right, lambda: right + left):
            with pytest.raises(TypeError):
                ask()
        if type(right) is not int:
            for ask in (lambda: left * right, lambda: right * left):
                with pytest.raises(TypeError):
                    ask()

    def test_a_start_stands_first(self):
        """`start + time` is a date or a window; `time + start` is nothing."""
        for left in (months(1), range_of("1 month")):
            for start in (date(2026, 1, 1), window("2026-01-01", "2026-01-02")):
                with pytest.raises(TypeError):
                    left + start
        with pytest.raises(TypeError):
            window("2026-01-01", "2026-01-02") + months(1)

    def test_a_foreign_operand_may_answer(self):
        """An operator that cannot answer leaves it to the other side."""
        for value in (months(1), range_of("1 month")):
            assert value + AlwaysEqual() == "foreign"
            assert value * AlwaysEqual() == "foreign"
        for value in (range_of("1 month"), window("2026-01-01", "2026-01-02")):
            assert value | AlwaysEqual() == "foreign"
            assert value & AlwaysEqual() == "foreign"

    @named(
        "calculate",
        difference=lambda: months(2) - months(1),
        negative=lambda: -months(1),
        half=lambda: months(1) / 2,
        date_less_duration=lambda: date(2026, 1, 1) - months(1),
        difference_of_ranges=lambda: range_of("1-2 months") - range_of("1 month"),
        duration_plus_date=lambda: months(1) + date(2026, 1, 1),
        duration_plus_range=lambda: months(1) + range_of("1 month"),
        order_of_windows=lambda: window(*["2026-01-01"] * 2) < window(*["2026-01-03"] * 2),
        order_of_ranges=lambda: range_of("1 month") < range_of("2 months"),
    )
    def test_not_offered(self, calculate):
        """What has no single right answer has no operator."""
        with pytest.raises(TypeError):
            calculate()


class TestAfter:
    @pytest.mark.parametrize(
        ("start", "duration", "expected"),
        [
            # the day is kept
            ("2026-01-05", months(1), "2026-02-05"),
            ("2026-12-05", months(1), "2027-01-05"),
            ("2026-11-30", months(13), "2027-12-30"),
            # or clamped
            ("2026-01-31", months(1), "2026-02-28"),
            ("2026-01-29", months(1), "2026-02-28"),
            ("2024-01-30", months(1), "2024-02-29"),
            ("2024-02-29", years(1), "2025-02-28"),
            ("2024-02-29", years(4), "2028-02-29"),
            ("2000-01-31", months(1), "2000-02-29"),
            ("2100-01-31", months(1), "2100-02-28"),
            ("2026-03-31", months(1), "2026-04-30"),
            # months before days
            ("2026-01-31", Duration(1, 3), "2026-03-03"),
            ("2026-01-28", Duration(1, 1), "2026-03-01"),
            ("2026-01-05", weeks(4), "2026-02-02"),
            ("2026-01-05", days(366), "2027-01-06"),
            ("2026-01-05", days(367), "2027-01-07"),
            ("2026-01-05", days(1000), "2028-10-01"),
            ("2026-01-05", Duration.ZERO, "2026-01-05"),
            # to the last day of the calendar
            ("9999-11-30", Duration(1, 1), "9999-12-31"),
            ("0001-01-01", Duration(4799, 999_999), "3138-10-28"),
        ],
    )
    def test_table(self, start, duration, expected):
        """Months first, clamped, then days; the operator does the same."""
        assert str(duration.after(date.fromisoformat(start))) == expected
        assert str(date.fromisoformat(start) + duration) == expected

    @pytest.mark.parametrize(
        ("start", "duration"),
        [
            (date(9999, 12, 1), months(1)),
            (date(9999, 12, 31), days(1)),
            (date(9999, 11, 30), Duration(1, 2)),
            (date.min, days(999_999_999)),
        ],
    )
    def test_the_end_of_the_calendar(self, start, duration):
        """The error names the sum as it was asked for."""
        with pytest.raises(CalendarLimitError) as caught:
            duration.after(start)

        assert caught.value.operation == f"{start} + {duration}"

    def test_the_calendars_end_is_an_overflow(self):
        """`date + timedelta` raises the same."""
        with pytest.raises(OverflowError):
            date.max + days(1)

    def test_a_foreign_left_side(self):
        """Only a date can have a duration added."""
        assert months(1).__radd__(1) is NotImplemented


class TestLatestStart:
    @pytest.mark.parametrize(
        ("duration", "deadline", "expected"),
        [
            (months(1), "2026-02-28", "2026-01-31"),
            (months(1), "2024-02-28", "2024-01-28"),
            (months(1), "2024-02-29", "2024-01-31"),
            (months(1), "2026-03-30", "2026-02-28"),
            (months(1), "2026-03-31", "2026-02-28"),
            (months(1), "2026-04-30", "2026-03-31"),
            (months(12), "2025-02-28", "2024-02-29"),
            (Duration(1, 3), "2023-03-02", "2023-01-27"),
            (Duration(1, 3), "2023-03-03", "2023-01-31"),
            (weeks(4), "2026-02-02", "2026-01-05"),
            (Duration.ZERO, "2026-02-28", "2026-02-28"),
            (months(4799), "0401-01-31", "0001-02-28"),
            (days(1000), "2028-10-01", "2026-01-05"),
        ],
    )
    def test_table(self, duration, deadline, expected):
        """A deadline on a month's last day admits the last day of the month before."""
        assert str(duration.latest_start(date.fromisoformat(deadline))) == expected

    @pytest.mark.parametrize(
        ("duration", "deadline"),
        [
            (months(1), date(1, 1, 31)),
            (days(1), date(1, 1, 1)),
            (days(999_999_999), date.max),
        ],
    )
    def test_the_start_of_the_calendar(self, duration, deadline):
        """The error names the question."""
        with pytest.raises(CalendarLimitError) as caught:
            duration.latest_start(deadline)

        assert caught.value.operation == f"the latest start of {duration} for {deadline}"


class TestVectors:
    """345 cases of date arithmetic, most from the conformance tests of Temporal."""

    def kind(self, case):
        if max(abs(case["months"]), abs(case["days"]) // 31) >= 4800:
            return "beyond the limits"
        if case["months"] < 0 or case["days"] < 0:
            return "backwards"
        return "forwards"

    def cases(self, kind):
        for case in VECTORS:
            if self.kind(case) == kind:
                dates = [date.fromisoformat(case[name]) for name in ("start", "expected")]
                yield *dates, case["months"], case["days"]

    def test_every_case_is_used(self):
        """No case is left out by hand."""
        counted = Counter(self.kind(case) for case in VECTORS)

        assert counted == {"forwards": 181, "backwards": 162, "beyond the limits": 2}

    def test_forwards(self):
        """Each ends on the date that the source expects."""
        wrong = [
            case for case in self.cases("forwards") if Duration(*case[2:]).after(case[0]) != case[1]
        ]

        assert wrong == []

    def test_backwards(self):
        """Each latest start is the expected date, or the month's last day for a last day.

        The sources count the months back and clamp, then the days; so the expected date plus the
        days is the clamped date, which a deadline on a month's last day moves to the month's end.
        """
        wrong = []
        for start, expected, n, d in self.cases("backwards"):
            clamped = expected + days(-d)
            latest = months(-n).latest_start(start)
            is_last = (start + timedelta(1)).day == 1
            if latest != (self.month_end(clamped) if is_last else clamped):
                wrong.append((start, n, d, latest))

        assert wrong == []

    def month_end(self, day):
        while (day + timedelta(1)).day != 1:
            day += timedelta(1)
        return day

    def test_beyond_the_limits(self):
        """Beyond the limits months would act like days, so no such duration exists."""
        for _, _, n, d in self.cases("beyond the limits"):
            with pytest.raises(CalendarLimitError):
                Duration(abs(n), abs(d))


#: Pairs and how the first compares with the second, with the days between them.
ORDER = [
    (weeks(4), months(1), Ordering.AT_MOST, (-3, 0)),
    (weeks(5), months(1), Ordering.LONGER, (4, 7)),
    (days(30), months(1), Ordering.INDETERMINATE, (-1, 2)),
    (days(31), months(1), Ordering.AT_LEAST, (0, 3)),
    (days(32), months(1), Ordering.LONGER, (1, 4)),
    (days(27), months(1), Ordering.SHORTER, (-4, -1)),
    (weeks(1), days(7), Ordering.EQUAL, (0, 0)),
    (years(1), months(12), Ordering.EQUAL, (0, 0)),
    (weeks(13), months(3), Ordering.INDETERMINATE, (-1, 2)),
    (weeks(26), months(6), Ordering.INDETERMINATE, (-2, 1)),
    (weeks(48), months(11), Ordering.INDETERMINATE, (-1, 2)),
    (weeks(52), months(12), Ordering.SHORTER, (-2, -1)),
    (weeks(43), months(10), Ordering.SHORTER, (-5, -2)),
    (days(180), months(6), Ordering.SHORTER, (-4, -1)),
    (days(365), years(1), Ordering.AT_MOST, (-1, 0)),
    (days(366), years(1), Ordering.AT_LEAST, (0, 1)),
    (months(4799), days(146_097 - 31), Ordering.AT_LEAST, (0, 3)),
    (Duration(1, 2), days(31), Ordering.INDETERMINATE, (-1, 2)),
    (Duration(4, 28), months(5), Ordering.AT_MOST, (-3, 0)),
]

MIRRORED = {
    Ordering.SHORTER: Ordering.LONGER,
    Ordering.AT_MOST: Ordering.AT_LEAST,
    Ordering.EQUAL: Ordering.EQUAL,
    Ordering.AT_LEAST: Ordering.AT_MOST,
    Ordering.LONGER: Ordering.SHORTER,
    Ordering.INDETERMINATE: Ordering.INDETERMINATE,
}


class TestOrder:
    @pytest.mark.parametrize(("a", "b", "expected", "difference"), ORDER)
    def test_compare(self, a, b, expected, difference):
        """Each pair compares as its day difference says, both ways round."""
        assert a.day_difference(b) == difference
        assert b.day_difference(a) == (-difference[1], -difference[0])
        assert a.compare(b) is expected
        assert b.compare(a) is MIRRORED[expected]

    @pytest.mark.parametrize(
        ("n", "least", "greatest"),
        [
            (0, 0, 0), (1, 28, 31), (2, 59, 62), (3, 89, 92), (4, 120, 123), (5, 150, 153),
            (6, 181, 184), (7, 212, 215), (8, 242, 245), (9, 273, 276), (10, 303, 306),
            (11, 334, 337), (12, 365, 366), (18, 546, 550), (24, 730, 731), (36, 1095, 1096),
            (48, 1460, 1461), (60, 1825, 1827), (120, 3651, 3653), (1200, 36524, 36525),
        ],
    )  # fmt: skip
    def test_the_days_that_months_last(self, n, least, greatest):
        """The table that was worked out before this library was written."""
        assert months(n).day_difference(Duration.ZERO) == (least, greatest)
        assert _DaysInMonths()[n] == (least, greatest)
        assert _DaysInMonths()[-n] == (-greatest, -least)

    def test_each_is_worked_out_once(self):
        """The answer is kept."""
        table = _DaysInMonths()

        assert table[-1] is table[-1]
        assert table == {1: (28, 31), -1: (-31, -28)}

    @pytest.mark.parametrize(
        ("a", "b", "start", "expected"),
        [
            (days(30), months(1), date(2026, 1, 1), Ordering.SHORTER),
            (days(30), months(1), date(2026, 4, 1), Ordering.EQUAL),
            (days(30), months(1), date(2026, 2, 1), Ordering.LONGER),
            (weeks(5), months(1), date(2026, 2, 1), Ordering.LONGER),
        ],
    )
    def test_compare_on_a_date(self, a, b, start, expected):
        """With a start date the answer is one of three."""
        assert a.compare(b, start=start) is expected

    @pytest.mark.parametrize(("a", "b", "expected", "difference"), ORDER)
    def test_operators(self, a, b, expected, difference):
        """`<=` is the certain order, `<` its strict part; they refuse where neither holds."""
        if expected is Ordering.INDETERMINATE:
            for ask in (
                lambda x, y: x <= y,
                lambda x, y: x < y,
                lambda x, y: y >= x,
                lambda x, y: y > x,
            ):
                with pytest.raises(IndeterminateOrderError) as caught:
                    ask(a, b)
                assert (caught.value.left, caught.value.right) == (a, b)
                assert caught.value.day_difference == difference
        else:
            at_most = expected in (Ordering.SHORTER, Ordering.AT_MOST, Ordering.EQUAL)
            at_least = expected in (Ordering.LONGER, Ordering.AT_LEAST, Ordering.EQUAL)
            assert (a <= b, a >= b) == (at_most, at_least)
            assert (a < b, a > b) == (not at_least, not at_most)

    def test_each_operator_answers_by_itself(self):
        """Python would ask the mirrored one if it did not."""
        a, b = weeks(4), months(1)

        assert [a.__le__(b), a.__lt__(b), a.__ge__(b), a.__gt__(b)] == [True, True, False, False]
        assert [b.__le__(a), b.__lt__(a), b.__ge__(a), b.__gt__(a)] == [False, False, True, True]

    def test_the_refusal_names_the_way_out(self):
        """The message shows both durations, the days between them and `start=`."""
        with pytest.raises(ValueError, match="30 days or 1 month is longer depends on the start"):
            sorted([months(1), days(30)])
        with pytest.raises(
            CatalogueError, match=r"\(-1 to \+2 days\): use compare\(\.\.\., start="
        ):
            days(30) <= months(1)  # noqa: B015

    def test_sorted_sorts_one_way(self):
        """Four weeks come before a month, in whichever order they are given."""
        assert sorted([months(1), weeks(4)]) == sorted([weeks(4), months(1)])
        assert sorted([months(1), weeks(4)]) == [weeks(4), months(1)]

    @pytest.mark.parametrize("other", FOREIGN)
    def test_foreign_operands(self, other):
        """Operators do not compare with what is not a duration, nor do the words."""
        for ask in (
            lambda: months(1) < other,
            lambda: months(1) <= other,
            lambda: months(1) > other,
            lambda: months(1) >= other,
        ):
            with pytest.raises(TypeError, match="not supported between"):
                ask()
        for word in (months(1).compare, months(1).day_difference):
            with pytest.raises(TypeError, match="expected a Duration, got"):
                word(other)

    def test_a_foreign_operand_may_answer(self):
        """A comparison that cannot be made here is left to the other side."""
        other = AlwaysEqual()

        assert [months(1) < other, months(1) <= other] == ["foreign", "foreign"]
        assert [months(1) > other, months(1) >= other] == ["foreign", "foreign"]


class TestMeanDays:
    def test_exact(self):
        """A fraction, never rounded."""
        assert months(1).mean_days == Fraction(146_097, 4800)
        assert Duration(4800 - 1, 3).mean_days == 146_097 - Fraction(146_097, 4800) + 3
        assert weeks(4).mean_days == 28
        assert type(Duration.ZERO.mean_days) is Fraction

    def test_as_a_float(self):
        """The caller decides how to round."""
        assert float(months(1).mean_days) == 30.436875


class TestRange:
    @pytest.mark.parametrize(
        ("shortest", "longest"),
        [
            (weeks(4), weeks(4)),
            (weeks(4), months(1)),
            (months(1), days(31)),
            (months(2), months(4)),
            (Duration.ZERO, Duration.ZERO),
        ],
    )
    def test_valid(self, shortest, longest):
        """The shortest is at most the longest on every date, or equal."""
        value = DurationRange(shortest, longest)

        assert (value.shortest, value.longest) == (shortest, longest)

    @pytest.mark.parametrize(
        ("shortest", "longest"),
        [(weeks(6), weeks(4)), (days(30), months(1)), (months(1), days(30)), (months(1), weeks(4))],
    )
    def test_invalid(self, shortest, longest):
        """An order that is wrong on any date makes no range."""
        with pytest.raises(InvalidDurationRangeError) as caught:
            DurationRange(shortest, longest)

        assert (caught.value.shortest, caught.value.longest) == (shortest, longest)

    @pytest.mark.parametrize("end", FOREIGN)
    def test_ends_are_durations(self, end):
        """The error shows the value that is not a duration."""
        with pytest.raises(TypeError, match="expected a Duration, got"):
            DurationRange(end, weeks(4))
        with pytest.raises(TypeError, match="expected a Duration, got"):
            DurationRange(Duration.ZERO, end)

    def test_the_guides_total(self):
        """Technical and assurance times add up as the guide would print them."""
        total = range_of("4-6 weeks") + range_of("4-8 months")

        assert total == DurationRange(Duration(4, 28), Duration(8, 42))
        assert str(total) == "4 months 4 weeks to 8 months 6 weeks"

    def test_sum_and_multiples(self):
        """Both ends are counted apart."""
        assert sum([range_of("4-6 weeks")] * 3, DurationRange.ZERO) == range_of("12-18 weeks")
        assert 3 * range_of("4-6 weeks") == range_of("4-6 weeks") * 3 == range_of("12-18 weeks")
        assert range_of("4-6 weeks") * 0 == DurationRange.ZERO

    @pytest.mark.parametrize(
        ("a", "b", "alongside", "hull", "both"),
        [
            ("4-6 weeks", "1-2 months", "1-2 months", "4 weeks to 2 months", "1 month to 6 weeks"),
            ("2-4 months", "3-6 months", "3-6 months", "2-6 months", "3-4 months"),
            ("3-6 months", "4-5 months", "4-6 months", "3-6 months", "4-5 months"),
            ("4-6 weeks", "2-4 months", "2-4 months", "4 weeks to 4 months", None),
            ("4-6 weeks", "6-7 weeks", "6-7 weeks", "4-7 weeks", "6 weeks"),
            ("4 weeks", "1 month", "1 month", "4 weeks to 1 month", None),
        ],
    )
    def test_side_by_side(self, a, b, alongside, hull, both):
        """Elementwise longer, the hull and the intersection, either way round."""
        for x, y in ((range_of(a), range_of(b)), (range_of(b), range_of(a))):
            assert x.alongside(y) == range_of(alongside)
            assert x | y == range_of(hull)
            assert x & y == (range_of(both) if both else None)

    @named(
        "ask",
        alongside=lambda a, b: a.alongside(b),
        hull=lambda a, b: a | b,
        intersection=lambda a, b: a & b,
    )
    @pytest.mark.parametrize(
        ("a", "b"),
        [("30 days", "1 month"), ("30 days to 2 months", "1-2 months"), ("0-30 days", "0-1 month")],
    )
    def test_undecided(self, ask, a, b):
        """No answer is made up where it depends on the date."""
        with pytest.raises(IndeterminateOrderError):
            ask(range_of(a), range_of(b))

    def test_whether_two_ranges_meet_may_be_undecided(self):
        """Both bounds of the intersection are certain, their order is not."""
        with pytest.raises(IndeterminateOrderError):
            range_of("1-30 days") & range_of("1-2 months")

    @pytest.mark.parametrize(
        ("inside", "outside"),
        [
            (weeks(5), weeks(4)),
            (months(1), days(30)),
            (months(2), days(60)),
            (days(59), days(62)),
            (range_of("5-6 weeks"), range_of("4-6 weeks")),
            (range_of("1-2 months"), range_of("5-9 weeks")),
            (range_of("31-59 days"), range_of("1-60 days")),
        ],
    )
    def test_contains(self, inside, outside):
        """Only what is inside on every date; undecided counts as outside."""
        assert inside in range_of("1-2 months")
        assert outside not in range_of("1-2 months")

    @pytest.mark.parametrize("item", FOREIGN)
    def test_contains_durations_only(self, item):
        """A text is not a duration, and saying so beats answering no."""
        with pytest.raises(TypeError, match="a range contains durations and ranges, not"):
            item in range_of("1-2 months")  # noqa: B015

    @pytest.mark.parametrize(
        ("a", "b", "at_most", "shorter_than"),
        [
            ("4-6 weeks", "2-4 months", True, True),
            ("2-4 weeks", "1-2 months", True, False),
            ("4-6 weeks", "6-7 weeks", True, False),
            ("4-6 weeks", "5-7 weeks", False, False),
            ("30 days", "1 month", False, False),
            ("1 month", "30 days", False, False),
            ("2-4 months", "4-6 weeks", False, False),
            ("1 month", "32 days", True, True),
        ],
    )
    def test_precedence(self, a, b, at_most, shorter_than):
        """Every member against every member, on every date."""
        assert range_of(a).at_most(range_of(b)) is at_most
        assert range_of(a).shorter_than(range_of(b)) is shorter_than

    @pytest.mark.parametrize(
        ("text", "limit", "within", "may_be"),
        [
            ("1-2 months", months(2), True, True),
            ("1-2 months", days(62), True, True),
            ("1-2 months", days(61), False, True),
            ("1-2 months", weeks(4), False, True),
            ("1-2 months", days(27), False, False),
            ("4-6 weeks", months(1), False, True),
            ("30 days", months(1), False, True),
            ("5 weeks", months(1), False, False),
        ],
    )
    def test_within(self, text, limit, within, may_be):
        """Certain for every member; possible for some member on some date."""
        assert range_of(text).within(limit) is within
        assert range_of(text).may_be_within(limit) is may_be

    def test_a_text_is_refused_with_the_way_out(self):
        """Each class reads texts itself."""
        value = range_of("1-2 months")
        for ask, expected in (
            (value.within, "a Duration, got '2 months': use Duration.parse for text"),
            (value.at_most, "a DurationRange, got '2 months': use DurationRange.parse for text"),
            (
                window("2026-01-01", "2026-01-02").alongside,
                "a Window, got '2 months': use Window.parse for text",
            ),
        ):
            with pytest.raises(TypeError) as caught:
                ask("2 months")
            assert str(caught.value) == f"expected {expected}"

    @pytest.mark.parametrize("other", [*FOREIGN, window("2026-01-01", "2026-01-02")])
    def test_foreign_operands(self, other):
        """Every named operation says what it expected."""
        value = range_of("1-2 months")
        for ask in (value.alongside, value.at_most, value.shorter_than):
            with pytest.raises(TypeError, match="expected a DurationRange, got"):
                ask(other)
        for ask in (value.within, value.may_be_within):
            with pytest.raises(TypeError, match="expected a Duration, got"):
                ask(other)
        for ask in (lambda: value | other, lambda: value & other):
            with pytest.raises(TypeError, match="unsupported operand"):
                ask()

    def test_a_date_plus_a_range(self):
        """It gives the window that `after` gives; stages are added from left to right."""
        technical, assurance = range_of("4 weeks"), range_of("1 month")
        start = date(2026, 1, 5)
        assert start + technical == technical.after(start)
        assert start + technical + assurance == assurance.after(technical.after(start))
        assert sum((technical, assurance), start) == start + technical + assurance
        for foreign in (1, "2026-01-05", None):
            with pytest.raises(TypeError):
                foreign + technical

    def test_after(self):
        """The window of the ends; stages are added one after the other."""
        technical, assurance = range_of("4-6 weeks"), range_of("4-8 months")
        built = technical.after(date(2026, 1, 5))

        assert built == window("2026-02-02", "2026-02-16")
        assert assurance.after(built) == window("2026-06-02", "2026-10-16")

    def test_latest_start(self):
        """From the last safe start to the last possible one; stages are taken backwards."""
        technical, assurance = range_of("4-6 weeks"), range_of("1-2 months")
        handed_over = assurance.latest_start(date(2026, 2, 28))

        assert handed_over == window("2025-12-31", "2026-01-31")
        assert technical.latest_start(handed_over) == window("2025-11-19", "2026-01-03")

    def test_windows_at_the_calendars_ends(self):
        """A window that is outside the calendar is refused whole."""
        with pytest.raises(CalendarLimitError):
            range_of("0-1 day").after(date.max)
        with pytest.raises(CalendarLimitError):
            range_of("0-1 day").latest_start(date.min)

    def test_shared(self):
        """Equal results may be one object; that they are equal is all that counts."""
        assert range_of("4-6 weeks") + range_of("1 day") == DurationRange(days(29), days(43))


class TestWindow:
    def test_ends(self):
        """Both days belong to it; a window cannot end before it begins."""
        value = window("2026-01-05", "2026-03-01")

        assert (value.earliest, value.latest) == (date(2026, 1, 5), date(2026, 3, 1))
        with pytest.raises(InvalidWindowError) as caught:
            window("2026-03-01", "2026-01-05")
        assert caught.value.earliest == date(2026, 3, 1)
        assert caught.value.latest == date(2026, 1, 5)

    def test_days(self):
        """The distance of the ends: 0 for a single day; counted with both ends: 1."""
        assert window("2026-01-05", "2026-01-05").days == 0
        assert window("2026-01-05", "2026-03-01").days == 55
        assert window("2026-01-05", "2026-01-05").day_count == 1
        assert window("2026-01-05", "2026-03-01").day_count == 56

    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("2026-08-05/2027-03-05", "2026-08-05", "2027-03-05"),
            ("2026-08-05 to 2027-03-05", "2026-08-05", "2027-03-05"),
            (" 2026-08-05 / 2027-03-05\n", "2026-08-05", "2027-03-05"),
            ("2026-08-05", "2026-08-05", "2026-08-05"),
            ("2026-08-05/2026-08-05", "2026-08-05", "2026-08-05"),
        ],
    )
    def test_parse(self, text, first, last):
        """Two dates with a slash or "to" between, or one."""
        assert Window.parse(text) == window(first, last)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "/",
            "2026-08-05/",
            "/2027-03-05",
            "2026-08-05 to",
            "2026-08-05/03-05",
            "2026-08-05/P7M",
            "2026-02-30/2026-03-05",
            "2026-08-05/2027-03-05/2028-01-01",
            "20260805/20270305",
            "2026-08-05T00:00/2027-03-05T00:00",
            "4-6 weeks",
        ],
    )
    def test_parse_refuses(self, text):
        """Nothing is guessed; the error shows the whole text and the form."""
        with pytest.raises(InvalidDateError) as caught:
            Window.parse(text)
        assert str(caught.value) == (
            f"{text!r} is not a window: expected a valid date, as YYYY-MM-DD/YYYY-MM-DD"
        )

    def test_parse_refuses_the_wrong_order_and_what_is_not_text(self):
        """As the constructor does."""
        with pytest.raises(InvalidWindowError):
            Window.parse("2027-03-05/2026-08-05")
        with pytest.raises(TypeError, match="expected text, got"):
            Window.parse(date(2026, 8, 5))

    @pytest.mark.parametrize(
        ("item", "expected"),
        [
            (date(2026, 1, 5), True),
            (date(2026, 1, 9), True),
            (date(2026, 1, 4), False),
            (date(2026, 1, 10), False),
            (SubDate(2026, 1, 5), True),
            (window("2026-01-05", "2026-01-09"), True),
            (window("2026-01-06", "2026-01-08"), True),
            (window("2026-01-04", "2026-01-08"), False),
            (window("2026-01-06", "2026-01-10"), False),
        ],
    )
    def test_contains(self, item, expected):
        """A day inside, or a window all of whose days are."""
        assert (item in window("2026-01-05", "2026-01-09")) is expected

    @pytest.mark.parametrize(
        ("a", "b", "hull", "both", "alongside"),
        [
            ((1, 5), (3, 8), (1, 8), (3, 5), (3, 8)),
            ((1, 8), (3, 5), (1, 8), (3, 5), (3, 8)),
            ((1, 3), (3, 5), (1, 5), (3, 3), (3, 5)),
            ((1, 2), (4, 5), (1, 5), None, (4, 5)),
            ((2, 2), (2, 2), (2, 2), (2, 2), (2, 2)),
        ],
    )
    def test_algebra(self, a, b, hull, both, alongside):
        """Hull, intersection, and both done, either way round: dates always have an order."""

        def make(ends):
            return ends and Window(*(date(2026, 1, day) for day in ends))

        for x, y in ((make(a), make(b)), (make(b), make(a))):
            assert x | y == make(hull)
            assert x & y == make(both)
            assert x.alongside(y) == make(alongside)

    @pytest.mark.parametrize("other", [*FOREIGN, date(2026, 1, 1)])
    def test_foreign_operands(self, other):
        """A window combines with windows."""
        value = window("2026-01-01", "2026-01-02")
        for ask in (lambda: value | other, lambda: value & other):
            with pytest.raises(TypeError, match="unsupported operand"):
                ask()
        with pytest.raises(TypeError, match="expected a Window, got"):
            value.alongside(other)


class TestText:
    def test_repr_rebuilds(self):
        """What `repr` shows is code that makes an equal value."""
        for value in (
            Duration(4, 28),
            Duration.ZERO,
            range_of("4-6 weeks"),
            DurationRange(Duration(4, 28), Duration(8, 28)),
            window("2026-01-05", "2026-03-01"),
        ):
            assert eval(repr(value)) == value  # noqa: S307

    def test_reprs(self):
        """Short, and plain about what the value is."""
        assert repr(Duration(4, 28)) == "Duration(months=4, days=28)"
        assert repr(range_of("4-6 weeks")) == "DurationRange.parse('4-6 weeks')"
        assert (
            repr(window("2026-01-05", "2026-03-01"))
            == "Window(earliest=date(2026, 1, 5), latest=date(2026, 3, 1))"
        )
        assert [order.value for order in Ordering] == [
            "shorter", "at most", "equal", "at least", "longer", "indeterminate",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("value", "spec", "expected"),
        [
            (Duration(4, 28), "", "4 months 4 weeks"),
            (Duration(4, 28), "iso", "P4M28D"),
            (range_of("4-6 weeks"), "", "4-6 weeks"),
            (range_of("4-6 weeks"), "iso", "P4W/P6W"),
            (window("2026-01-05", "2026-03-01"), "", "2026-01-05 to 2026-03-01"),
            (window("2026-01-05", "2026-03-01"), "iso", "2026-01-05/2026-03-01"),
            (window("2026-01-05", "2026-03-01"), "%d %b %Y", "05 Jan 2026 to 01 Mar 2026"),
            (window("2026-01-05", "2026-01-05"), "", "2026-01-05"),
            (window("2026-01-05", "2026-01-05"), "iso", "2026-01-05/2026-01-05"),
            (window("2026-01-05", "2026-01-05"), "%d %b %Y", "05 Jan 2026"),
            (weeks(4), "10", "4 weeks   "),
            (weeks(4), ">10", "   4 weeks"),
            (range_of("4-6 weeks"), "<14", "4-6 weeks     "),
            (range_of("4-6 weeks"), ".^13", "..4-6 weeks.."),
            (window("2026-01-05", "2026-01-05"), ">12", "  2026-01-05"),
        ],
    )
    def test_format(self, value, spec, expected):
        """`format` gives `str`, `isoformat`, and a window's days in any form."""
        assert format(value, spec) == expected
        if spec == "":
            assert str(value) == expected
        if spec == "iso":
            assert value.isoformat() == expected

    @pytest.mark.parametrize(
        "value", [months(1), range_of("4-6 weeks"), window("2026-01-05", "2026-01-05")]
    )
    def test_unknown_formats(self, value):
        """The error names the known formats."""
        expected = f"unknown format 'long' for a {type(value).__name__}: expected 'iso', a width"
        with pytest.raises(ValueError, match=expected) as caught:
            format(value, "long")
        assert ("strftime" in str(caught.value)) == isinstance(value, Window)

    def test_every_duration_is_true(self):
        """So that `if time` asks whether there is one; zero is asked for by name."""
        assert [bool(one) for one in (Duration.ZERO, days(1), DurationRange.ZERO)] == [True] * 3
        assert days(0) == Duration.ZERO


class TestNotebook:
    """What the table of each contains; test_html.py tests how a table looks."""

    @pytest.mark.parametrize(
        ("text", "shortest", "longest", "bars"),
        [
            ("4-6 weeks", "4 weeks", "6 weeks", [(0, 2800, 0, 4200), (0, 2800, 1400, 4200)]),
            ("0-1 day", "0 days", "1 day", [(0, 0, 0, 100), (0, 0, 100, 100)]),
            ("0 days", "0 days", "0 days", [(0, 0, 0, 1), (0, 0, 0, 1)]),
            ("1-2 months", "1 month", "2 months", [(0, 3043, 0, 6087), (0, 3043, 3044, 6087)]),
        ],
    )
    def test_ranges(self, text, shortest, longest, bars):
        """Both ends in words, and bars in hundredths of a mean day."""
        head = ("end", "duration", "solid: certain; outlined: possible")
        first, second = (Bar(*bar) for bar in bars)

        assert range_of(text)._repr_html_() == write_table(
            text, head, (("shortest", [[shortest, first]]), ("longest", [[longest, second]]))
        )

    def test_windows(self):
        """Both days, and a bar on the calendar years from the first to the last."""
        value = window("2026-12-31", "2027-01-02")
        head = ("end", "day", "2026-01-01 to 2027-12-31")
        bar = Bar(364, 0, 3, 730)

        assert value._repr_html_() == write_table(
            "2026-12-31 to 2027-01-02",
            head,
            (("earliest", [["2026-12-31", bar]]), ("latest", [["2027-01-02", ""]])),
        )


VALUES = [
    Duration(4, 28),
    Duration.ZERO,
    range_of("4-6 weeks"),
    window("2026-01-05", "2026-03-01"),
    *Ordering,
]


class TestCopies:
    @pytest.mark.parametrize("value", VALUES)
    @named(
        "copied",
        copy=copy.copy,
        deepcopy=copy.deepcopy,
        **{
            f"pickle_{protocol}": lambda value, protocol=protocol: pickle.loads(
                pickle.dumps(value, protocol)
            )
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
        },
    )
    def test_copies_are_equal(self, value, copied):
        """Copying and pickling keep equality, hash and text."""
        other = copied(value)

        assert other == value
        assert hash(other) == hash(value)
        assert str(other) == str(value)

    def test_errors_pickle(self):
        """An error that is sent to another process keeps its values."""
        with pytest.raises(IndeterminateOrderError) as caught:
            months(1) <= days(30)  # noqa: B015
        other = pickle.loads(pickle.dumps(caught.value))

        assert (other.left, other.right, other.day_difference) == (months(1), days(30), (-2, 1))


def test_a_refused_range_and_a_refused_window_say_their_ends():
    """The message shows both ends and the rule."""
    with pytest.raises(InvalidDurationRangeError, match="6 weeks to 4 weeks is not a range: "):
        DurationRange(weeks(6), weeks(4))
    with pytest.raises(InvalidWindowError, match="2026-02-01 to 2026-01-05 is not a window: "):
        Window(date(2026, 2, 1), date(2026, 1, 5))

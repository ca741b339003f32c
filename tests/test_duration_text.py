"""Which texts are read as durations and ranges, which are refused and where, what is written."""

import sys
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nhs_api_catalogue._duration_text import MAX_TEXT_LENGTH
from nhs_api_catalogue.durations import (
    Duration,
    DurationRange,
    days,
    months,
    weeks,
    years,
)
from nhs_api_catalogue.errors import (
    DurationSyntaxError,
    InvalidDurationError,
    InvalidDurationRangeError,
)
from nhs_api_catalogue.strategies import duration_ranges, durations
from strategies import DASHES, SPACES, mutated, spaces, spellings

ZERO = Duration.ZERO

WORDS = [
    ("4 weeks", weeks(4)),
    ("1 month", months(1)),
    ("0 days", ZERO),
    ("1 day", days(1)),
    ("1 year", years(1)),
    ("2 years", months(24)),
    ("4 months 4 weeks", Duration(4, 28)),
    # singular and plural, whatever the number
    ("1 weeks", weeks(1)),
    ("2 month", months(2)),
    # case
    ("4 WEEKS", weeks(4)),
    ("4 Weeks", weeks(4)),
    # joints, orders, spaces
    ("4 weeks 4 months", Duration(4, 28)),
    ("4 months, 4 weeks", Duration(4, 28)),
    ("4 months,4 weeks", Duration(4, 28)),
    ("4 months and 4 weeks", Duration(4, 28)),
    ("4 months, and 4 weeks", Duration(4, 28)),
    ("4 months AND 4 weeks", Duration(4, 28)),
    ("1 year, 2 months, 3 weeks and 4 days", Duration(14, 25)),
    ("4weeks", weeks(4)),
    ("4months4weeks", Duration(4, 28)),
    ("  4   weeks  ", weeks(4)),
    ("4\u00a0weeks", weeks(4)),
    ("\u20034\u202fweeks\n", weeks(4)),
    # numbers
    ("007 days", days(7)),
    ("0 months 3 days", days(3)),
    ("4799 months", months(4799)),
    ("999999999 days", days(999_999_999)),
]

ISO = [
    ("P4W", weeks(4)),
    ("P1M", months(1)),
    ("P0D", ZERO),
    ("P1Y", months(12)),
    ("P4M28D", Duration(4, 28)),
    ("P4M4W", Duration(4, 28)),
    ("P1Y2M3W4D", Duration(14, 25)),
    ("P1Y4D", Duration(12, 4)),
    ("p4w", weeks(4)),
    ("p1y2m3w4d", Duration(14, 25)),
    (" P4W ", weeks(4)),
    ("P04W", weeks(4)),
]

RANGES = [
    ("4-6 weeks", weeks(4), weeks(6)),
    ("3-6 months", months(3), months(6)),
    ("1-2 months", months(1), months(2)),
    ("4 - 6 weeks", weeks(4), weeks(6)),
    ("4 to 6 weeks", weeks(4), weeks(6)),
    ("4to6 weeks", weeks(4), weeks(6)),
    ("4 TO 6 weeks", weeks(4), weeks(6)),
    ("1-1 week", weeks(1), weeks(1)),
    ("0-6 weeks", ZERO, weeks(6)),
    ("0-1 year", ZERO, years(1)),
    ("4 weeks to 2 months", weeks(4), months(2)),
    ("4 weeks-2 months", weeks(4), months(2)),
    ("4 weeks - 6 weeks", weeks(4), weeks(6)),
    ("4 weeks", weeks(4), weeks(4)),
    ("4 months 4 weeks to 8 months 6 weeks", Duration(4, 28), Duration(8, 42)),
    ("4 months and 4 weeks to 8 months, 6 weeks", Duration(4, 28), Duration(8, 42)),
    ("4 weeks to 1 year", weeks(4), years(1)),
    ("P4W/P6W", weeks(4), weeks(6)),
    ("p4w/p6w", weeks(4), weeks(6)),
    ("P4W / P6W", weeks(4), weeks(6)),
    ("P4W-P6W", weeks(4), weeks(6)),
    ("P4W to P6W", weeks(4), weeks(6)),
    ("P4W", weeks(4), weeks(4)),
    *((f"4{dash}6 weeks", weeks(4), weeks(6)) for dash in DASHES if dash != "-"),
    *((f"4{space}-{space}6{space}weeks", weeks(4), weeks(6)) for space in SPACES if space != " "),
]

NUMBER = "expected a whole number"
UNIT = "expected days, weeks, months or years"
WORKING = "expected calendar time: use WorkingDays.parse for working days"
NO_MORE = "expected nothing more"
LETTERS = "expected whole numbers with Y, M, W or D, in this order"

#: Texts that are neither a duration nor a range, and where and why reading stops.
REFUSED = [
    ("", 0, NUMBER),
    ("   ", 3, NUMBER),
    ("weeks", 0, NUMBER),
    ("a month", 0, NUMBER),
    ("four weeks", 0, NUMBER),
    ("-4 weeks", 0, NUMBER),
    ("+4 weeks", 0, NUMBER),
    ("~4 weeks", 0, NUMBER),
    ("\ufeff4 weeks", 0, NUMBER),
    ("\u0664 weeks", 0, NUMBER),  # an Arabic digit
    ("\uff14 weeks", 0, NUMBER),  # a full-width digit
    (" to 6 weeks", 1, NUMBER),
    ("4", 1, UNIT),
    ("4 ", 2, UNIT),
    ("4.5 weeks", 1, UNIT),
    ("1,5 months", 1, UNIT),
    ("1/2 month", 1, UNIT),
    ("4 wk", 2, UNIT),
    ("4 w", 2, UNIT),
    ("4 weekss", 2, UNIT),
    ("4 s", 2, UNIT),
    ("4 working days", 2, WORKING),
    ("4 wee\u212as", 2, UNIT),  # the Kelvin sign lowers to "k"
    ("4 day\u017f", 5, NO_MORE),  # the long s
    ("4 hours", 2, UNIT),
    ("4\u200bweeks", 1, UNIT),  # a zero-width space
    ("4 weeks 3", 9, UNIT),
    ("4 weeks 3 hours", 10, UNIT),
    ("4 weeks 2 weeks", 8, "expected weeks only once"),
    ("1 day and 1 month and  2 days", 23, "expected days only once"),
    ("4 weeks!", 7, NO_MORE),
    ("4 weeks,", 7, NO_MORE),
    ("4 weeks and", 8, NO_MORE),
    ("4 weeks and and 3 days", 8, NO_MORE),
    ("4 weeks,, 3 days", 7, NO_MORE),
    ("4 weeks; 3 days", 7, NO_MORE),
    ("4 weeks or 1 month", 8, NO_MORE),
    ("4 weeks P1M", 8, NO_MORE),
    ("P", 1, LETTERS),
    ("P4", 1, LETTERS),
    ("PT5H", 1, LETTERS),
    ("P-4W", 1, LETTERS),
    ("P1.5M", 1, LETTERS),
    ("P 4W", 2, LETTERS),
    ("Pack", 1, LETTERS),
    ("P4WT5H", 3, NO_MORE),
    ("P4W2M", 3, NO_MORE),
    ("P1M2", 3, NO_MORE),
    ("P4W P1M", 4, NO_MORE),
    ("P4W 1 month", 4, NO_MORE),
    ("P4W\u200b", 3, NO_MORE),
    ("5000 months", 0, "a duration of 5000 months (4799 at most) is out"),
    (" 400 years", 1, "a duration of 4800 months (4799 at most) is out"),
    ("  P4800M", 2, "a duration of 4800 months (4799 at most) is out"),
    ("1 month 1000000000 days", 0, "a duration of 1000000000 days (999999999 at most) is out"),
    ("9" * 190 + " days", 0, "a duration of 10**20 or more days (999999999 at most) is out"),
]

#: Texts that are not a range, and are refused as durations too, though elsewhere.
REFUSED_RANGES = [
    ("4-6", 3, UNIT),
    ("4-6 weeks 3 days", 10, NO_MORE),
    ("4-6-8 weeks", 3, UNIT),
    ("4-6 weeks-8 weeks", 9, NO_MORE),
    ("4--6 weeks", 2, NUMBER),
    ("4 to to 6 weeks", 5, NUMBER),
    ("4 tos 6 weeks", 2, UNIT),
    ("4 weeks to", 10, NUMBER),
    ("4 weeks-", 8, NUMBER),
    ("4 weeks - ", 10, NUMBER),
    ("4 weeks to month", 11, NUMBER),
    ("4 weeks to 6", 12, UNIT),
    ("4 weeks toast", 8, NO_MORE),
    ("4 weeks/6 weeks", 7, NO_MORE),
    ("4 weeks to 6 weeks to 8 weeks", 19, NO_MORE),
    ("4 weeks to P2M", 11, NUMBER),
    ("P4W/", 4, "expected an ISO 8601 duration, such as P4W"),
    ("P4W/6 weeks", 4, "expected an ISO 8601 duration, such as P4W"),
    ("P4W/ P", 6, LETTERS),
    ("P4W/P6W/P8W", 7, NO_MORE),
    ("P4W//P6W", 4, "expected an ISO 8601 duration, such as P4W"),
    ("4 weeks to 5000 months", 11, "a duration of 5000 months (4799 at most) is out"),
    ("5000-6 months", 0, "a duration of 5000 months (4799 at most) is out"),
    (" 5000-6 months", 1, "a duration of 5000 months (4799 at most) is out"),
    ("4 - 5000 months", 4, "a duration of 5000 months (4799 at most) is out"),
    ("P4W/P4800M", 4, "a duration of 4800 months (4799 at most) is out"),
]


DAY = "times of day are not accepted"
PART = "parts of a month or a day are not accepted"
NEGATIVE = "times cannot be negative"
OPEN = "a range needs two ends"
WRITTEN = "write '10 working days', and use WorkingDays.parse for it"
FIGURES = "write numbers in figures"
ORDER = "write Y, M, W and D in this order, each once"
RANGE = "use DurationRange.parse for ranges"

#: Texts that people try, and the error about the text where reading stops.
TOLD = [
    ("P1Y2M10DT2H30M", DAY),
    ("PT5H", DAY),
    ("3 hours", DAY),
    ("4 weeks 3 hours", DAY),
    ("P1D2W", ORDER),
    ("P1M1M", ORDER),
    ("-P1M", NEGATIVE),
    ("P-1M", NEGATIVE),
    ("-3 days", NEGATIVE),
    ("\u22123 days", NEGATIVE),
    ("P1.5M", PART),
    ("1.5 months", PART),
    ("1/2 month", PART),
    ("up to 47 weeks", OPEN),
    ("at least 2 weeks", OPEN),
    ("Within 5 days", OPEN),
    ("no more than 2 months", OPEN),
    ("<3 weeks", OPEN),
    ("6+ weeks", OPEN),
    ("6 weeks or more", OPEN),
    ("a month", FIGURES),
    ("four weeks", FIGURES),
    ("half a year", FIGURES),
    ("10 business days", "use WorkingDays.parse for working days"),
    ("10 work-days", WRITTEN),
    ("10 workdays", WRITTEN),
    ("10 weekdays", WRITTEN),
    ("5 WDs", WRITTEN),
    ("between 4 and 6 weeks", "write a hyphen or 'to' between the ends of a range"),
]


class TestRead:
    @pytest.mark.parametrize(("text", "reason"), TOLD)
    def test_what_people_try_is_told_why_not(self, text, reason):
        """So that nobody has to guess what else is read."""
        for read in (Duration.parse, DurationRange.parse):
            with pytest.raises(DurationSyntaxError) as caught:
                read(text)
            assert caught.value.problem.endswith(f": {reason}")

    @pytest.mark.parametrize(
        "text",
        ["4-6 weeks", "4 to 6 weeks", "4 weeks to 6 weeks", "P4W/P6W", "P4W-P6W", "4weeks-6weeks"],
    )
    def test_a_range_where_one_duration_is_due_is_told_who_reads_it(self, text):
        """The way out is a call."""
        with pytest.raises(DurationSyntaxError, match=RANGE):
            Duration.parse(text)
        assert isinstance(DurationRange.parse(text), DurationRange)

    @pytest.mark.parametrize(
        "text", ["1 month + 2 weeks", "weeks", "4 wekes", "4 weeks!", "4 weeks to", "P4W P1M"]
    )
    def test_of_anything_else_nothing_is_told(self, text):
        """A reason that does not hold would mislead."""
        for read in (Duration.parse, DurationRange.parse):
            with pytest.raises(DurationSyntaxError) as caught:
                read(text)
            assert ": " not in caught.value.problem

    @pytest.mark.parametrize(("text", "expected"), WORDS + ISO)
    def test_durations(self, text, expected):
        """One duration, also as a range with one member."""
        assert Duration.parse(text) == expected
        assert DurationRange.parse(text) == DurationRange(expected, expected)

    @pytest.mark.parametrize(("text", "shortest", "longest"), RANGES)
    def test_ranges(self, text, shortest, longest):
        """Two durations, or a number that borrows the unit of the second."""
        assert DurationRange.parse(text) == DurationRange(shortest, longest)

    @pytest.mark.parametrize(("text", "position", "problem"), REFUSED)
    def test_refused(self, text, position, problem):
        """The error carries the text as given, the place, and what was expected there."""
        for read in (Duration.parse, DurationRange.parse):
            with pytest.raises(DurationSyntaxError) as caught:
                read(text)

            assert caught.value.text == text
            assert (caught.value.position, caught.value.problem[: len(problem)]) == (
                position,
                problem,
            )

    @pytest.mark.parametrize(("text", "position", "problem"), REFUSED_RANGES)
    def test_refused_ranges(self, text, position, problem):
        """The error is the same for either side of a range."""
        with pytest.raises(DurationSyntaxError) as caught:
            DurationRange.parse(text)

        assert caught.value.text == text
        assert (caught.value.position, caught.value.problem[: len(problem)]) == (position, problem)
        with pytest.raises(DurationSyntaxError):
            Duration.parse(text)

    def test_what_stands_where_reading_stops_is_shown(self):
        """Or else the error says that the text ends there."""
        for text, found in (("2 fortnights", "'fortnights'"), ("2", "the end")):
            with pytest.raises(DurationSyntaxError) as caught:
                Duration.parse(text)
            assert f" at position {caught.value.position} ({found}): " in str(caught.value)

    @pytest.mark.parametrize("text", ["4-6 weeks", "4 to 6 weeks", "P4W/P6W"])
    def test_a_range_is_not_a_duration(self, text):
        """A duration is one."""
        with pytest.raises(DurationSyntaxError):
            Duration.parse(text)

    @pytest.mark.parametrize("text", ["6-4 weeks", "30 days to 1 month", "P1M/P4W", "2 to 1 days"])
    def test_ranges_in_no_certain_order(self, text):
        """Ends are never swapped."""
        with pytest.raises(InvalidDurationRangeError):
            DurationRange.parse(text)

    def test_the_length_cap(self):
        """Exactly this many characters are read and no more, spaces included."""
        longest = "4 weeks".ljust(MAX_TEXT_LENGTH)

        assert Duration.parse(longest) == weeks(4)
        for read in (Duration.parse, DurationRange.parse):
            with pytest.raises(DurationSyntaxError) as caught:
                read(longest + " ")
            assert (caught.value.position, caught.value.problem) == (
                200,
                "expected at most 200 characters",
            )

    @pytest.mark.parametrize("value", [None, 4, b"4 weeks", ["4 weeks"], Fraction(1)])
    def test_only_text(self, value):
        """An argument that is not text is refused as such."""
        for read in (Duration.parse, DurationRange.parse):
            with pytest.raises(TypeError, match="expected text, got"):
                read(value)

    def test_the_message(self):
        """It shows the text, the place and what stands there."""
        with pytest.raises(InvalidDurationError) as caught:
            Duration.parse("4 wekes")
        message = str(caught.value)

        assert "'4 wekes'" in message
        assert "expected days, weeks, months or years" in message
        assert "position 2" in message
        assert "'wekes'" in message

    def test_it_is_a_value_error(self):
        """As a reader of Python would guess."""
        with pytest.raises(ValueError, match="cannot read"):
            DurationRange.parse("soon")


class TestWrite:
    @pytest.mark.parametrize(
        ("duration", "text", "iso"),
        [
            (ZERO, "0 days", "P0D"),
            (days(1), "1 day", "P1D"),
            (days(2), "2 days", "P2D"),
            (days(7), "1 week", "P1W"),
            (days(8), "8 days", "P8D"),
            (weeks(4), "4 weeks", "P4W"),
            (months(1), "1 month", "P1M"),
            (months(12), "12 months", "P12M"),
            (Duration(1, 1), "1 month 1 day", "P1M1D"),
            (Duration(4, 28), "4 months 4 weeks", "P4M28D"),
            (Duration(4, 29), "4 months 29 days", "P4M29D"),
        ],
    )
    def test_durations(self, duration, text, iso):
        """Whole weeks are written as weeks, months as months; ISO texts have weeks only alone."""
        assert str(duration) == text
        assert duration.isoformat() == iso

    @pytest.mark.parametrize(
        ("text", "iso"),
        [
            ("4-6 weeks", "P4W/P6W"),
            ("1-2 months", "P1M/P2M"),
            ("1-8 days", "P1D/P8D"),
            ("4 weeks", "P4W/P4W"),
            ("1 month", "P1M/P1M"),
            ("0 days", "P0D/P0D"),
            ("0 days to 4 weeks", "P0D/P4W"),
            ("1 week to 10 days", "P1W/P10D"),
            ("4 weeks to 2 months", "P4W/P2M"),
            ("4 months 4 weeks to 8 months 6 weeks", "P4M28D/P8M42D"),
            ("4 months 4 weeks to 8 months 4 weeks", "P4M28D/P8M28D"),
            ("1 month to 1 month 1 day", "P1M/P1M1D"),
        ],
    )
    def test_ranges(self, text, iso):
        """If both ends have the same single unit, it is written once, as in the guide."""
        value = DurationRange.parse(text)

        assert str(value) == text
        assert value.isoformat() == iso


def answer_of(read, text):
    """What is read, or the refusal; any other exception goes through."""
    try:
        return read(text)
    except (DurationSyntaxError, InvalidDurationRangeError) as error:
        return error


def judge(text):
    """Any text gives an answer, or an error of ours that says where reading stops."""
    for read in (Duration.parse, DurationRange.parse):
        match answer_of(read, text):
            case DurationSyntaxError() as error:
                assert error.text == text
                assert 0 <= error.position <= len(text)
                assert len(str(error)) < 1000
            case InvalidDurationRangeError() as error:
                assert len(str(error)) < 1000
            case value:
                assert read(str(value)) == read(value.isoformat()) == value


@given(st.text(max_size=MAX_TEXT_LENGTH + 10))
@example("9" * 4301 + " days")
@example("\ud800")
def test_any_text(text):
    """Whatever is given, nothing but an error of ours comes out."""
    judge(text)


@given(st.text("0123456789 -/,PYMWDandtoweksyrh\u2013\u00a0", max_size=40))
def test_texts_of_the_right_letters(text):
    """Nearly right is read or refused like any other."""
    judge(text)


@given(
    mutated(
        st.one_of(
            durations(rich=True).map(str),
            durations(rich=True).map(Duration.isoformat),
            duration_ranges(rich=True).map(str),
            duration_ranges(rich=True).map(DurationRange.isoformat),
            st.sampled_from([text for text, *_ in WORDS + ISO + RANGES]),
        )
    )
)
def test_mutated_texts(text):
    """A valid text with a few characters dropped, added or replaced."""
    judge(text)


@given(durations(rich=True).flatmap(lambda d: st.tuples(st.just(d), spellings(d))))
def test_every_spelling(case):
    """Order, case, joints, spaces and plurals do not matter."""
    duration, text = case

    assert Duration.parse(text) == duration


@given(st.integers(0, 100), st.integers(0, 100), spaces(), spaces(), st.sampled_from(DASHES))
def test_every_dash(n, more, before, after, dash):
    """Nor do dashes and the spaces around them."""
    text = f"{n}{before}{dash}{after}{n + more} weeks"

    assert DurationRange.parse(text) == DurationRange(weeks(n), weeks(n + more))


@given(st.text("0123456789 ,-/PYMWDandtoweksyrh", min_size=1, max_size=8), st.integers(1, 200))
@example("1 day ", 33)
@example(" ", 200)
@example("9", 200)
@example("1 day and ", 20)
@example(", ", 100)
def test_the_work_has_a_bound(part, times):
    """However long the text, it is matched against a fixed number of patterns.

    No unit is read twice, so there are at most five terms a side. The patterns are
    possessive, so none goes over a character more than a fixed number of times either.
    """
    text = (part * times)[:MAX_TEXT_LENGTH]
    matches = 0

    def count(_frame, event, called):
        nonlocal matches
        matches += event == "c_call" and called.__name__ == "match"

    previous = sys.getprofile()
    sys.setprofile(count)
    try:
        answer_of(DurationRange.parse, text)
    finally:
        sys.setprofile(previous)
    assert matches <= 25

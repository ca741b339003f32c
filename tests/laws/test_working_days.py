"""The laws of working days, each a test by its name.

The oracle below walks: it looks at one day after the other and asks Python's own calendar for the
weekday. It shares no code with the library, which counts by formulas and by halving.

Exhaustive, over every day that is known and n up to 300
    the n-th working day is the one that a walk finds; the latest start is the adjoint
By search
    monotone in the start and in n; adjoint in both directions; steps add up; translation by weeks
    where nothing is closed; numbers of days between; sums of calendars; round trip of texts
"""

import copy
import pickle
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nhs_api_catalogue.durations import Window
from nhs_api_catalogue.errors import CalendarHorizonError
from nhs_api_catalogue.strategies import closures, working_calendars, working_days
from nhs_api_catalogue.working_days import (
    WorkingCalendar,
    WorkingTime,
    bank_holidays,
    england,
)

DAY = timedelta(1)
REGIONS = ["england", "scotland", "northern-ireland"]
# How far every known day is walked.
MOST = 300


# ---- the oracle ------------------------------------------------------------------------------


def is_worked(day, closed):
    return day.strftime("%u") not in "67" and day not in closed


def closed_days(calendar):
    """Every closed day, by walking through the closures."""
    found = set()
    for one in calendar.holidays:
        day = one.first
        while day <= one.last:
            found.add(day)
            day += DAY
    return found


def walked(start, n, closed):
    """The n-th working day after the start, found by walking."""
    day = start
    while n:
        day += DAY
        n -= is_worked(day, closed)
    return day


# ---- exhaustive ------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=REGIONS)
def calendar(request):
    return bank_holidays(request.param)


@pytest.fixture(scope="module")
def walks(calendar):
    """For each known day, and the day before, the working days after it, nearest first."""
    closed = closed_days(calendar)
    found = {}
    day, following = calendar.known_until, ()
    while day >= calendar.known_from - DAY:
        found[day] = following
        if is_worked(day, closed):
            following = (day, *following[: MOST - 1])
        day -= DAY
    return found


@pytest.mark.once
def test_the_nth_working_day_is_the_one_that_a_walk_finds(calendar, walks):
    after = calendar.after
    wrong = [
        start
        for start, days in walks.items()
        if [after(start, n) for n in range(1, len(days) + 1)] != list(days)
    ]
    assert wrong == [] != walks


@pytest.mark.once
def test_what_a_walk_does_not_reach_is_refused(calendar, walks):
    for start, days in walks.items():
        if len(days) < MOST:
            with pytest.raises(CalendarHorizonError):
                calendar.after(start, len(days) + 1)


@pytest.mark.once
def test_the_latest_start_is_the_last_start_that_a_walk_finds_in_time(calendar, walks):
    """From the day after it on, every start is too late, as starts are monotone."""
    wrong = []
    for n in range(1, max(map(len, walks.values())) + 1):
        ends = [(start, days[n - 1]) for start, days in walks.items() if len(days) >= n]
        later = None  # the end from the day after
        for start, end in ends:
            # From this start it ends on `end`, and from the next day later, or on the same day.
            if later is not None and end < later:
                deadline = end
                while deadline < later:
                    if calendar.latest_start(deadline, n) != start:
                        wrong.append((deadline, n))
                    deadline += DAY
            later = end
    assert wrong == []


# ---- anchoring -------------------------------------------------------------------------------

CALENDARS = st.one_of(st.sampled_from(REGIONS).map(bank_holidays), working_calendars())
KNOWN = st.dates(date(2012, 1, 1), date(2027, 1, 1))
# A last end before the first known working day is refused, like a start before it.
INSIDE = st.dates(date(2012, 2, 1), date(2027, 1, 1))
COUNTS = st.integers(0, 300)


@given(CALENDARS, KNOWN, COUNTS)
def test_anchoring_is_a_walk(calendar, start, n):
    assert calendar.after(start, n) == walked(start, n, closed_days(calendar))


@given(CALENDARS, KNOWN, KNOWN, COUNTS)
def test_anchoring_is_monotone_in_the_start(calendar, s, t, n):
    assert calendar.after(min(s, t), n) <= calendar.after(max(s, t), n)


@given(CALENDARS, KNOWN, COUNTS, COUNTS)
def test_anchoring_is_monotone_in_the_number(calendar, start, m, n):
    assert (calendar.after(start, m) < calendar.after(start, n)) == (m < n)


@given(CALENDARS, KNOWN, COUNTS, COUNTS)
def test_steps_add_up(calendar, start, m, n):
    """Unlike months, working days may be summed before they are anchored."""
    assert calendar.after(calendar.after(start, m), n) == calendar.after(start, m + n)


@given(CALENDARS, st.dates(date(2014, 1, 1), date(2027, 1, 1)), KNOWN, COUNTS)
def test_latest_start_is_the_upper_adjoint(calendar, deadline, start, n):
    assert (calendar.after(start, n) <= deadline) == (start <= calendar.latest_start(deadline, n))


@given(CALENDARS, st.dates(date(2014, 1, 1), date(2027, 1, 1)), COUNTS, st.integers(-4, 4))
def test_latest_start_is_exact_to_the_day(calendar, deadline, n, days_off):
    start = calendar.latest_start(deadline, n) + timedelta(days_off)

    assert (calendar.after(start, n) <= deadline) == (days_off <= 0)


@given(CALENDARS, st.dates(date(2014, 1, 1), date(2027, 1, 1)), KNOWN, COUNTS)
def test_the_day_after_the_latest_start_is_the_lower_adjoint(calendar, target, start, n):
    earliest = calendar.latest_start(target - DAY, n) + DAY

    assert (calendar.after(start, n) >= target) == (start >= earliest)


@given(KNOWN, COUNTS, st.integers(0, 500))
def test_without_closures_weeks_translate(start, n, weeks):
    never_closed = WorkingCalendar({}, source="us")
    shift = timedelta(7 * weeks)

    assert never_closed.after(start + shift, n) == never_closed.after(start, n) + shift


@given(KNOWN, st.integers(1, 300))
def test_a_day_off_counts_as_the_working_day_before_it(start, n):
    calendar = england()
    worked = start
    while not calendar.is_working(worked):
        worked -= DAY
        assume(worked >= calendar.known_from)

    assert calendar.after(start, n) == calendar.after(worked, n)


@given(CALENDARS, KNOWN, KNOWN)
def test_the_days_between_are_those_that_a_walk_counts(calendar, s, t):
    first, last = sorted([s, t])
    closed = closed_days(calendar)
    days = (first + timedelta(i) for i in range(1, (last - first).days + 1))
    count = sum(is_worked(day, closed) for day in days)

    assert (calendar.days_between(first, last), calendar.days_between(last, first)) == (
        count,
        -count,
    )


@given(CALENDARS, KNOWN)
def test_a_day_is_worked_as_the_walk_says(calendar, day):
    assert calendar.is_working(day) == is_worked(day, closed_days(calendar))


# ---- calendars that are added ----------------------------------------------------------------


@given(CALENDARS, CALENDARS, KNOWN)
def test_a_day_is_worked_in_a_sum_iff_both_work_on_it(one, other, day):
    assert (one + other).is_working(day) == (one.is_working(day) and other.is_working(day))


@given(CALENDARS, CALENDARS, CALENDARS)
def test_sums_of_calendars_associate(a, b, c):
    assert (a + b) + c == a + (b + c)


@given(CALENDARS, CALENDARS, KNOWN, COUNTS)
def test_more_closures_never_end_earlier(one, other, start, n):
    assert (one + other).after(start, n) >= one.after(start, n)


@given(st.lists(closures()), KNOWN)
def test_a_closure_holds_the_days_from_its_first_to_its_last(found, day):
    calendar = WorkingCalendar(found, source="us")

    assert set(calendar.closures_on(day)) == {one for one in found if one.first <= day <= one.last}


# ---- times -----------------------------------------------------------------------------------


@given(working_days(), working_days(), KNOWN, CALENDARS)
def test_a_sum_of_times_is_one_after_the_other(a, b, start, calendar):
    assert (a + b).after(start, calendar) == b.after(a.after(start, calendar), calendar)


@given(working_days(), KNOWN, KNOWN, CALENDARS)
def test_a_window_of_starts_gives_the_hull_of_its_ends(time, s, t, calendar):
    starts = Window(min(s, t), max(s, t))

    assert time.after(starts, calendar) == time.after(starts.earliest, calendar) | time.after(
        starts.latest, calendar
    )


@given(working_days(), st.dates(date(2014, 1, 1), date(2027, 1, 1)), CALENDARS)
def test_latest_starts_are_safe_and_possible(time, deadline, calendar):
    starts = time.latest_start(deadline, calendar)

    assert time.after(starts.earliest, calendar).latest <= deadline
    assert time.after(starts.earliest + DAY, calendar).latest > deadline
    assert time.after(starts.latest, calendar).earliest <= deadline
    assert time.after(starts.latest + DAY, calendar).earliest > deadline


@given(working_days(), working_days(), COUNTS)
def test_ranges_are_sets_of_numbers(a, b, n):
    """Hull, intersection, membership and precedence, checked number by number."""
    one, other = (set(range(time.shortest, time.longest + 1)) for time in (a, b))
    both = a & b

    assert (n in a, n in b) == (n in one, n in other)
    assert (b in a) == (other <= one)
    assert (set() if both is None else set(range(both.shortest, both.longest + 1))) == one & other
    assert ((a | b).shortest, (a | b).longest) == (min(one | other), max(one | other))
    assert a.at_most(b) == all(x <= y for x in one for y in other)
    assert a.shorter_than(b) == all(x < y for x in one for y in other)
    assert a.alongside(b).longest == max(max(x, y) for x in one for y in other)
    assert a.alongside(b).shortest == min(max(x, y) for x in one for y in other)


@given(working_days())
def test_text_reads_back(time):
    assert type(time).parse(str(time)) == time
    assert eval(repr(time), {"WorkingDays": type(time)}) == time  # noqa: S307  our own repr


@given(st.one_of(working_days(), CALENDARS, closures()))
def test_copies_are_equal(value):
    twins = (pickle.loads(pickle.dumps(value)), copy.deepcopy(value))

    assert twins == (value, value)
    assert {hash(twin) for twin in twins} == {hash(value)}


# ---- on a calendar, as plans use them --------------------------------------------------------

TIMES = st.builds(WorkingTime, working_days(), CALENDARS)


@given(TIMES, KNOWN)
def test_the_days_of_a_time_are_its_ends(time, start):
    closed = closed_days(time.calendar)
    numbers = range(time.time.shortest, time.time.longest + 1)

    assert time.days_of(start) == [walked(start, n, closed) for n in numbers]


@given(TIMES, INSIDE, st.integers(-9, 150))
def test_the_last_end_by_a_day_is_the_last_of_its_days(time, start, days_on):
    by = start + timedelta(days_on)
    ends = [day for day in time.days_of(start) if day <= by]

    assert time.last_end(start, by) <= by
    assert not ends or time.last_end(start, by) == ends[-1]


@given(TIMES, INSIDE, st.integers(0, 9), st.integers(-9, 150), st.integers(0, 9))
def test_the_last_end_is_monotone(time, start, later, days_on, longer):
    by = start + timedelta(days_on)
    end = time.last_end(start, by)

    assert end <= time.last_end(start + timedelta(later), by)
    assert end <= time.last_end(start, by + timedelta(longer))

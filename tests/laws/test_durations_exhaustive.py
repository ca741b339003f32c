"""Proofs by exhaustion: every start date of the 400-year cycle, after which the calendar repeats.

The oracle is a list of month lengths as Python's `calendar` knows them, and sums over it. It
shares no code with the library, and knows nothing of clamping but that a date stays in its month.
"""

import calendar
import itertools
from datetime import date
from operator import le, sub

import pytest

from guide_durations import GUIDE, STAGES
from nhs_api_catalogue.durations import (
    Duration,
    DurationRange,
    Ordering,
    days,
    each_after,
    months,
    weeks,
)

pytestmark = pytest.mark.once

MONTHS = 4800
DAYS = 146_097

#: The length of each month in two cycles, and the days before it since January 2000.
LENGTHS = [calendar.monthrange(2000 + i // 12 % 400, i % 12 + 1)[1] for i in range(2 * MONTHS)]
FIRSTS = list(itertools.accumulate(LENGTHS, initial=0))


def ends(duration):
    """The day on which the duration ends, for every start day of the cycle; both from 2000."""
    found = []
    for i in range(MONTHS):
        first, last = FIRSTS[i + duration.months], LENGTHS[i + duration.months] - 1
        found += [first + min(day, last) + duration.days for day in range(LENGTHS[i])]
    return found


def test_the_cycle():
    """The calendar repeats after 400 years."""
    assert FIRSTS[MONTHS] == DAYS
    assert LENGTHS[:MONTHS] == LENGTHS[MONTHS:]
    assert len(ends(Duration.ZERO)) == DAYS


def test_month_bounds():
    """The bounds of n months are the least and greatest sums of n month lengths, for every n."""
    for n in range(MONTHS):
        sums = list(map(sub, FIRSTS[n : n + MONTHS], FIRSTS[:MONTHS]))

        assert months(n).day_difference(Duration.ZERO) == (min(sums), max(sums)), n


@pytest.mark.parametrize("n", [*range(1, 25), 47, 48, 49, 1200, 4799])
def test_clamping_adds_no_extremes(n):
    """The bounds hold, and are reached, over every start day, not only over first days."""
    lasted = list(map(sub, ends(months(n)), range(DAYS)))

    assert (min(lasted), max(lasted)) == months(n).day_difference(Duration.ZERO)


def test_nothing_of_the_guide_is_incomparable():
    """Each two of the guide's bounds and two-stage sums have a certain order."""
    assert len(GUIDE) == 22
    assert not [
        (str(a), str(b))
        for a, b in itertools.combinations(GUIDE, 2)
        if a.compare(b) is Ordering.INDETERMINATE
    ]


#: Close to months, so that the proof sees every answer, those that depend on the date too.
NEAR = [days(30), days(31), weeks(26)]


def test_order_is_sound_and_complete():
    """Between each two, the days over all starts span the day difference and give the order."""
    everywhere = {duration: ends(duration) for duration in [*NEAR, *GUIDE]}
    seen = set()
    for a, b in itertools.combinations(everywhere, 2):
        between = set(map(sub, everywhere[a], everywhere[b]))
        least, greatest = min(between), max(between)
        assert (least, greatest) == a.day_difference(b), (a, b)
        signs = {(d > 0) - (d < 0) for d in between}
        expected = {
            (-1,): Ordering.SHORTER,
            (-1, 0): Ordering.AT_MOST,
            (0, 1): Ordering.AT_LEAST,
            (1,): Ordering.LONGER,
        }.get(tuple(sorted(signs)), Ordering.INDETERMINATE)
        assert a.compare(b) is expected, (a, b)
        seen.add(expected)
    assert seen == set(Ordering) - {Ordering.EQUAL}


def test_differences_of_months_depend_on_their_number_alone():
    """For each pair of months up to 14: days only shift the span, so this proves everything."""
    everywhere = [ends(months(n)) for n in range(15)]
    for m, n in itertools.combinations(range(15), 2):
        between = set(map(sub, everywhere[n], everywhere[m]))

        assert (min(between), max(between)) == months(n - m).day_difference(Duration.ZERO), (m, n)


SPREAD = [
    weeks(6), months(1), months(4), months(11), months(12), Duration(1, 3), Duration(8, 42),
]  # fmt: skip
ORIGIN = date(2000, 1, 1).toordinal()
CYCLE = [date.fromordinal(ORIGIN + day) for day in range(DAYS)]


@pytest.mark.parametrize("duration", SPREAD, ids=str)
def test_anchoring_for_every_start_of_a_cycle(duration):
    """Each start ends where the list of months says, and a later start never ends earlier."""
    expected = ends(duration)

    assert [duration.after(start).toordinal() - ORIGIN for start in CYCLE] == expected
    assert all(map(le, expected, expected[1:]))
    everywhere = each_after(duration, ORIGIN, ORIGIN + DAYS - 1)
    assert [end - ORIGIN for end in everywhere] == expected


@pytest.mark.parametrize("duration", SPREAD, ids=str)
def test_latest_start_for_every_deadline_of_a_cycle(duration):
    """Both Galois connections, for every deadline that a start in the cycle can meet.

    Ends never fall, so `after(s) <= t` iff `s <= latest` says: `latest` ends in time, the next
    day's start does not. The first start that ends on or after t is the day after the latest
    start for t - 1, which is the second connection.
    """
    found = ends(duration)
    start = 0
    for deadline in range(found[0], found[-1]):
        while found[start + 1] <= deadline:
            start += 1
        latest = duration.latest_start(date.fromordinal(ORIGIN + deadline))
        assert latest == CYCLE[start], deadline


@pytest.mark.parametrize(("shortest", "longest"), STAGES, ids=str)
def test_safe_and_possible_starts_of_a_range(shortest, longest):
    """A range's latest starts are those of its ends, so the proof above covers ranges."""
    stage = DurationRange(shortest, longest)
    for deadline in CYCLE[:1461]:
        starts = stage.latest_start(deadline)

        assert starts.earliest == longest.latest_start(deadline)
        assert starts.latest == shortest.latest_start(deadline)


class TestTheOrderOfXmlSchema:
    """XML Schema Part 2, 3.2.6.2: four start dates are enough for all. See docs/coming-from.md."""

    #: Months since January 2000: September 1696, February 1697, March and July 1903, in this cycle.
    FOUR = (96 * 12 + 8, 97 * 12 + 1, 303 * 12 + 2, 303 * 12 + 6)

    def bounds(self, n, also=0):
        """The days by which n months and some more last longer than these, from the four dates."""
        spans = [FIRSTS[i + also + n] - FIRSTS[i + also] for i in self.FOUR]
        return min(spans), max(spans)

    def test_the_four_dates(self):
        assert [FIRSTS[i] - FIRSTS[self.FOUR[0]] for i in self.FOUR] == [
            (date(year, month, 1) - date(1696, 9, 1)).days
            for year, month in ((1696, 9), (1697, 2), (1903, 3), (1903, 7))
        ]

    def test_it_misses_the_longest_of_nine_months_more_than_whole_years(self):
        missed = {}
        for n in range(MONTHS):
            here, there = months(n).day_difference(Duration.ZERO), self.bounds(n)
            if here != there:
                missed[n] = here[0] - there[0], here[1] - there[1]
        assert missed == dict.fromkeys(range(9, MONTHS, 12), (0, 1))
        assert len(missed) == 400

    def test_it_misses_most_where_both_sides_have_months(self):
        """Here the order asks for the difference alone; there it does not."""
        pairs = [(n, also) for n in range(1, 13) for also in range(1, 13)]
        missed = [
            (n, also)
            for n, also in pairs
            if self.bounds(n, also) != months(n + also).day_difference(months(also))
        ]
        assert (1, 1) in missed
        assert len(missed) == 102

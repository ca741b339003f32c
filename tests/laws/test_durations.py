"""The laws of durations, ranges and windows, each a test by its name.

What an operation *means* is stated by the oracle below, which shares no code with the library:
it counts a calendar month as Python's own `calendar` knows it, and knows nothing of bounds.

Anchoring
    monotone; the months clamp, then the days count; both Galois connections
Order
    sound and complete; a partial order; `<` its strict part; translation invariant; sorting never
    depends on input order; never contradicted by a start date or by mean_days
Sums
    commutative, associative, zero neutral; multiples are repeated sums
Ranges
    inclusion; corners reached; enclosure; hull; intersection; alongside; precedence; distribution
Windows
    the same on days
All values
    text and ISO round trip; hash agrees with equality; copies are equal; no float anywhere
"""

import calendar
import copy
import enum
import itertools
import pickle
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from nhs_api_catalogue.durations import (
    Duration,
    DurationRange,
    Ordering,
    Window,
    days,
    each_after,
    months,
    weeks,
)
from nhs_api_catalogue.errors import (
    CalendarLimitError,
    IndeterminateOrderError,
    InvalidDurationRangeError,
)
from nhs_api_catalogue.strategies import dates, duration_ranges, durations, windows
from strategies import close_durations, duration_pairs

SHORTER = (Ordering.SHORTER, Ordering.AT_MOST)
CERTAINLY_AT_MOST = (*SHORTER, Ordering.EQUAL)


# ---- the oracle ------------------------------------------------------------------------------


def counted(start, duration):
    """The date after the duration, counted month by month on the calendar; None beyond it."""
    year, month = start.year, start.month
    for _ in range(duration.months):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    if year > 9999:
        return None
    last = calendar.monthrange(year, month)[1]
    ordinal = date(year, month, min(start.day, last)).toordinal() + duration.days
    return date.fromordinal(ordinal) if ordinal <= date.max.toordinal() else None


#: The days from 1 January 2000 to each month's first day, over two cycles of 400 years.
FIRSTS = list(
    itertools.accumulate(
        (calendar.monthrange(2000 + i // 12 % 400, i % 12 + 1)[1] for i in range(9600)), initial=0
    )
)


def differences(a, b):
    """The days by which `a` is longer than `b`, from each month's first day in the cycle."""
    return {FIRSTS[i + a.months] + a.days - FIRSTS[i + b.months] - b.days for i in range(4800)}


def or_refusal(operation, *operands):
    """The result, or IndeterminateOrderError itself where that is raised."""
    try:
        return operation(*operands)
    except IndeterminateOrderError:
        return IndeterminateOrderError


def at_most(a, b):
    return a.compare(b) in CERTAINLY_AT_MOST


@st.composite
def members(draw, value):
    """A duration that is certainly in the range: an end, or one between."""
    inside = draw(durations())
    if inside in value:
        return inside
    end = draw(st.sampled_from([value.shortest, value.longest]))
    nearby = Duration(end.months, max(0, end.days + draw(st.integers(-9, 9))))
    return nearby if nearby in value else end


ranges_with_members = duration_ranges().flatmap(lambda r: st.tuples(st.just(r), members(r)))


# ---- anchoring -------------------------------------------------------------------------------


@given(durations(rich=True), dates(rich=True))
@example(months(1), date(2024, 1, 31))
@example(Duration(1, 1), date(9999, 11, 30))
def test_anchoring_counts_months_then_days(duration, start):
    expected = counted(start, duration)

    if expected is None:
        with pytest.raises(CalendarLimitError):
            duration.after(start)
    else:
        assert duration.after(start) == start + duration == expected


@given(durations(), dates(), st.integers(-1, 100))
@example(months(1), date(2026, 1, 29), 33)
@example(Duration(), date(9999, 12, 1), 30)
def test_anchoring_many_days_in_a_row_is_anchoring_each(duration, start, more):
    starts = [start + timedelta(n) for n in range(more + 1)]

    found = each_after(duration, start.toordinal(), start.toordinal() + more)

    assert [date.fromordinal(end) for end in found] == [counted(day, duration) for day in starts]


@given(durations(), dates(), dates())
def test_anchoring_is_monotone(duration, s, t):
    assert duration.after(min(s, t)) <= duration.after(max(s, t))


@given(durations(), dates(), dates())
@example(months(1), date(2026, 1, 31), date(2026, 2, 28))
def test_latest_start_is_the_upper_adjoint(duration, start, deadline):
    """The first Galois connection, also for starts whose end the calendar cannot hold."""
    latest = duration.latest_start(deadline)

    assert (duration.after(start) <= deadline) == (start <= latest)


@given(durations(), dates(), st.integers(-3, 3))
def test_latest_start_is_exact_to_the_day(duration, deadline, days_off):
    latest = duration.latest_start(deadline)
    start = latest + timedelta(days_off)

    assert (duration.after(start) <= deadline) == (days_off <= 0)


@given(durations(), dates(), dates())
def test_the_day_after_the_latest_start_is_the_lower_adjoint(duration, start, target):
    """The second Galois connection: `after(s) >= t` iff `s >= earliest`, the first start such."""
    earliest = duration.latest_start(target - timedelta(1)) + timedelta(1)

    assert (duration.after(start) >= target) == (start >= earliest)


@given(durations(rich=True), dates(rich=True))
def test_a_latest_start_leaves_the_calendar_only_if_every_start_is_too_late(duration, deadline):
    first_end = counted(date.min, duration)
    if first_end is None or first_end > deadline:
        with pytest.raises(CalendarLimitError):
            duration.latest_start(deadline)
    else:
        assert counted(duration.latest_start(deadline), duration) <= deadline


@given(durations(), durations(), dates(), dates())
def test_adjoints_compose_in_reverse(a, b, start, deadline):
    latest = a.latest_start(b.latest_start(deadline))

    assert (b.after(a.after(start)) <= deadline) == (start <= latest)


# ---- order -----------------------------------------------------------------------------------


@given(duration_pairs(), dates())
def test_order_is_sound(pair, start):
    """On every start date, the days between two durations lie in their day difference."""
    a, b = pair
    least, greatest = a.day_difference(b)

    assert least <= (counted(start, a) - counted(start, b)).days <= greatest


@given(duration_pairs())
@example((months(13), weeks(52)))
@example((months(4799), days(146_066)))
def test_order_is_complete(pair):
    """Both ends of the day difference are reached on some start date."""
    a, b = pair
    reached = differences(a, b)

    assert (min(reached), max(reached)) == a.day_difference(b)


@given(duration_pairs())
def test_order_is_the_sign_of_the_day_differences(pair):
    a, b = pair
    signs = {(days > 0) - (days < 0) for days in differences(a, b)}
    expected = {
        frozenset({-1}): Ordering.SHORTER,
        frozenset({-1, 0}): Ordering.AT_MOST,
        frozenset({0}): Ordering.EQUAL,
        frozenset({0, 1}): Ordering.AT_LEAST,
        frozenset({1}): Ordering.LONGER,
    }

    assert a.compare(b) is expected.get(frozenset(signs), Ordering.INDETERMINATE)


@given(duration_pairs(), dates())
def test_order_on_a_date_is_the_sign_of_the_days_between(pair, start):
    a, b = pair
    between = (counted(start, a) - counted(start, b)).days
    expected = {-1: Ordering.SHORTER, 0: Ordering.EQUAL, 1: Ordering.LONGER}

    assert a.compare(b, start=start) is expected[(between > 0) - (between < 0)]


@given(durations(rich=True))
def test_order_is_reflexive(a):
    same = copy.copy(a)

    assert a <= same <= a
    assert not a < same
    assert not a > same


@given(duration_pairs())
def test_order_is_antisymmetric(pair):
    a, b = pair

    assert (at_most(a, b) and at_most(b, a)) == (a == b)


@given(close_durations(), close_durations(), durations())
def test_order_is_transitive(one, other, c):
    for x, y, z in itertools.permutations([*one, *other, c], 3):
        assert not (at_most(x, y) and at_most(y, z)) or at_most(x, z)


@given(duration_pairs())
def test_at_most_is_less_or_equal(pair):
    """`a <= b` iff `a < b or a == b`, and both are refused together, except for equals."""
    a, b = pair

    assert or_refusal(lambda: a <= b) == or_refusal(lambda: a < b or a == b)
    assert or_refusal(lambda: a < b) == or_refusal(lambda: a <= b and a != b)


@given(duration_pairs())
def test_operators_mirror(pair):
    a, b = pair

    assert or_refusal(lambda: a <= b) == or_refusal(lambda: b >= a)
    assert or_refusal(lambda: a < b) == or_refusal(lambda: b > a)


@given(duration_pairs())
def test_operators_agree_with_compare(pair):
    """They refuse only the incomparable."""
    a, b = pair
    order = a.compare(b)

    if order is Ordering.INDETERMINATE:
        assert or_refusal(lambda: a <= b) is IndeterminateOrderError
    else:
        assert (a <= b, a < b) == (order in CERTAINLY_AT_MOST, order in SHORTER)


@given(duration_pairs())
def test_day_difference_is_antisymmetric(pair):
    a, b = pair
    least, greatest = a.day_difference(b)

    assert b.day_difference(a) == (-greatest, -least)


@given(duration_pairs(), durations())
def test_order_is_translation_invariant(pair, c):
    a, b = pair

    assert (a + c).day_difference(b + c) == a.day_difference(b)
    assert (a + c).compare(b + c) is a.compare(b)


@given(
    st.lists(st.one_of(durations(), close_durations().map(lambda pair: pair[0])), max_size=6),
    st.randoms(use_true_random=False),
)
@example([months(1), weeks(4)], None)
@example([months(1), days(30), days(400)], None)
def test_sorting_never_depends_on_input_order(values, random):
    """Whatever the order of a list, sorting gives one result, or always refuses."""
    shuffled = list(reversed(values))
    if random:
        random.shuffle(shuffled)

    assert or_refusal(sorted, shuffled) == or_refusal(sorted, values)


@given(st.lists(durations(), max_size=6))
def test_sorting_is_refused_iff_two_are_incomparable(values):
    refused = any(
        a.compare(b) is Ordering.INDETERMINATE for a, b in itertools.combinations(values, 2)
    )

    assert (or_refusal(sorted, values) is IndeterminateOrderError) == refused


@given(st.lists(durations(), min_size=1, max_size=5))
def test_min_and_max_are_right_or_refused(values):
    """Never a wrong answer: what is returned is at most, or at least, every other."""
    least, greatest = or_refusal(min, values), or_refusal(max, values)

    assert least is IndeterminateOrderError or all(least <= value for value in values)
    assert greatest is IndeterminateOrderError or all(value <= greatest for value in values)


@given(duration_pairs())
def test_mean_days_never_contradicts_a_certain_order(pair):
    a, b = pair

    if a.compare(b) in SHORTER:
        assert a.mean_days < b.mean_days
    if a == b:
        assert a.mean_days == b.mean_days


@given(st.lists(durations(), max_size=6))
def test_sorting_by_mean_days_never_contradicts_the_order(values):
    ordered = sorted(values, key=lambda duration: duration.mean_days)

    assert not any(b.compare(a) in SHORTER for a, b in itertools.combinations(ordered, 2))


@given(durations(rich=True))
def test_mean_days_is_the_average_over_the_cycle(duration):
    spans = [FIRSTS[i + duration.months] - FIRSTS[i] for i in range(4800)]

    assert duration.mean_days == Fraction(sum(spans), 4800) + duration.days


# ---- sums ------------------------------------------------------------------------------------


@given(durations(), durations(), durations())
def test_sums_of_durations(a, b, c):
    """Commutative, associative, zero neutral, monotone."""
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + Duration.ZERO == Duration.ZERO + a == a
    assert a <= a + b


@given(durations(), st.integers(0, 9), st.integers(0, 9))
def test_multiples_are_repeated_sums(a, m, n):
    assert a * n == n * a == sum([a] * n, Duration.ZERO)
    assert a * m + a * n == a * (m + n)


@given(duration_ranges(), duration_ranges(), duration_ranges())
def test_sums_of_ranges(a, b, c):
    """Commutative, associative, zero neutral; and valid + valid is valid."""
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + DurationRange.ZERO == DurationRange.ZERO + a == a
    assert (a + b).shortest <= (a + b).longest


@given(duration_ranges(), st.integers(0, 9))
def test_multiples_of_ranges_are_repeated_sums(a, n):
    assert a * n == n * a == sum([a] * n, DurationRange.ZERO)


@given(ranges_with_members, ranges_with_members)
def test_a_sum_of_ranges_holds_every_sum_of_members(one, other):
    (a, x), (b, y) = one, other

    assert x + y in a + b
    assert (a + b).shortest == a.shortest + b.shortest
    assert (a + b).longest == a.longest + b.longest


@given(durations(), durations(), dates())
def test_stage_by_stage_is_enclosed_by_the_sum_of_bounds(a, b, start):
    """Days of (s + a) + b, and the bounds of a + b, lie in the bounds of a plus those of b."""
    least, greatest = (
        x + y for x, y in zip(*(d.day_difference(Duration.ZERO) for d in (a, b)), strict=True)
    )
    of_the_sum = (a + b).day_difference(Duration.ZERO)

    assert least <= (b.after(a.after(start)) - start).days <= greatest
    assert least <= of_the_sum[0] <= of_the_sum[1] <= greatest


# ---- ranges ----------------------------------------------------------------------------------


@given(duration_pairs())
def test_a_range_is_two_ends_in_certain_order(pair):
    a, b = pair
    if at_most(a, b):
        value = DurationRange(a, b)
        assert (value.shortest, value.longest) == (a, b)
    else:
        with pytest.raises(InvalidDurationRangeError):
            DurationRange(a, b)


@given(duration_ranges(), durations())
def test_membership_is_certain_order_with_both_ends(r, x):
    assert (x in r) == (at_most(r.shortest, x) and at_most(x, r.longest))


@given(duration_ranges(), duration_ranges())
def test_containing_a_range_is_containing_its_ends(a, b):
    assert (b in a) == (b.shortest in a and b.longest in a)


@given(duration_ranges(), duration_ranges(), durations())
def test_a_range_inside_has_its_members_inside(a, b, x):
    assert not (b in a and x in b) or x in a


@given(ranges_with_members, ranges_with_members, dates(), dates())
def test_inclusion(one, other, s, t):
    """Any start, any member of a, then any member of b, ends inside the folded window."""
    (a, x), (b, y) = one, other
    starts = Window(min(s, t), max(s, t))
    folded = b.after(a.after(starts))

    assert all(y.after(x.after(day)) in folded for day in (s, t))


@given(duration_ranges(), duration_ranges(), dates(), dates())
def test_corners_are_reached(a, b, s, t):
    """The window's ends are the dates that the shortest and the longest stages lead to."""
    starts = Window(min(s, t), max(s, t))
    folded = b.after(a.after(starts))

    assert folded.earliest == counted(counted(starts.earliest, a.shortest), b.shortest)
    assert folded.latest == counted(counted(starts.latest, a.longest), b.longest)


@given(duration_ranges(), dates())
def test_a_date_is_a_window_of_one_day(r, day):
    assert r.after(day) == r.after(Window(day, day))
    assert r.latest_start(day) == r.latest_start(Window(day, day))


@given(duration_ranges(), dates(), dates())
def test_latest_starts_of_a_range_are_safe_and_possible(r, start, deadline):
    """Both Galois connections: certainly in time, and possibly in time."""
    starts, ends = r.latest_start(deadline), r.after(start)

    assert (ends.latest <= deadline) == (start <= starts.earliest)
    assert (ends.earliest <= deadline) == (start <= starts.latest)


@given(duration_ranges(), duration_ranges(), dates(), windows())
def test_latest_starts_fold_backwards(a, b, start, deadlines):
    starts, ends = a.latest_start(b.latest_start(deadlines)), b.after(a.after(start))

    assert (ends.latest <= deadlines.earliest) == (start <= starts.earliest)
    assert (ends.earliest <= deadlines.latest) == (start <= starts.latest)


@given(duration_ranges(), duration_ranges(), duration_ranges())
def test_the_hull_is_the_least_range_that_contains_both(a, b, c):
    hull = or_refusal(lambda: a | b)
    assume(hull is not IndeterminateOrderError)

    assert a in hull
    assert b in hull
    assert (a in c and b in c) == (hull in c)


@given(duration_ranges(), duration_ranges(), durations())
def test_the_intersection_is_membership_in_both(a, b, x):
    both = or_refusal(lambda: a & b)
    assume(both is not IndeterminateOrderError)

    assert (x in a and x in b) == (both is not None and x in both)


@given(ranges_with_members, ranges_with_members)
def test_alongside_holds_the_longer_of_any_two_members(one, other):
    (a, x), (b, y) = one, other
    together = or_refusal(lambda: a.alongside(b))
    longer = or_refusal(lambda: max(x, y))
    assume(IndeterminateOrderError not in (together, longer))

    assert longer in together
    assert together.shortest == max(a.shortest, b.shortest)
    assert together.longest == max(a.longest, b.longest)


@given(duration_ranges(), duration_ranges(), dates())
def test_alongside_on_dates_is_alongside_of_windows(a, b, start):
    together = or_refusal(lambda: a.alongside(b))
    assume(together is not IndeterminateOrderError)

    assert together.after(start) == a.after(start).alongside(b.after(start))


@given(duration_ranges(), duration_ranges(), dates())
def test_hull_and_intersection_on_dates_are_those_of_windows(a, b, start):
    """Except for an intersection that is None: other durations may still end on one day."""
    hull, both = or_refusal(lambda: a | b), or_refusal(lambda: a & b)
    v, w = a.after(start), b.after(start)

    assert hull is IndeterminateOrderError or hull.after(start) == v | w
    assert both in (None, IndeterminateOrderError) or both.after(start) == v & w


SIDE_BY_SIDE = {
    "alongside": lambda a, b: a.alongside(b),
    "hull": lambda a, b: a | b,
    "intersection": lambda a, b: a & b,
}
side_by_side = pytest.mark.parametrize(
    "join", [pytest.param(join, id=name) for name, join in SIDE_BY_SIDE.items()]
)


@side_by_side
@given(duration_ranges(), duration_ranges())
def test_side_by_side_is_commutative(join, a, b):
    assert or_refusal(join, a, b) == or_refusal(join, b, a)


@side_by_side
@given(duration_ranges(), duration_ranges())
def test_side_by_side_is_refused_only_where_two_ends_are_incomparable(join, a, b):
    ends = itertools.product([a.shortest, a.longest], [b.shortest, b.longest])
    comparable = all(x.compare(y) is not Ordering.INDETERMINATE for x, y in ends)

    assert not comparable or or_refusal(join, a, b) is not IndeterminateOrderError


@side_by_side
@given(duration_ranges())
def test_side_by_side_is_idempotent(join, a):
    assert join(a, a) == a


@side_by_side
@given(duration_ranges(), duration_ranges(), duration_ranges())
def test_side_by_side_is_associative_where_decided(join, a, b, c):
    left = or_refusal(lambda: (ab := join(a, b)) and join(ab, c))
    right = or_refusal(lambda: (bc := join(b, c)) and join(a, bc))
    assume(IndeterminateOrderError not in (left, right))

    assert left == right


@pytest.mark.parametrize("name", ["alongside", "hull"])
@given(duration_ranges(), duration_ranges(), duration_ranges())
def test_sums_distribute_over_alongside_and_hull(name, a, b, c):
    """If one side is refused, so is the other: translation changes no order."""
    join = SIDE_BY_SIDE[name]

    assert or_refusal(lambda: join(a, b) + c) == or_refusal(lambda: join(a + c, b + c))


@given(duration_ranges(), duration_ranges())
def test_precedence_is_between_the_ends(a, b):
    assert a.at_most(b) == at_most(a.longest, b.shortest)
    assert a.shorter_than(b) == (a.longest.compare(b.shortest) is Ordering.SHORTER)


@given(ranges_with_members, ranges_with_members, dates())
def test_precedence_is_of_every_member_on_every_date(one, other, start):
    (a, x), (b, y) = one, other

    assert not a.at_most(b) or counted(start, x) <= counted(start, y)
    assert not a.shorter_than(b) or counted(start, x) < counted(start, y)


@given(ranges_with_members, durations(), dates())
def test_within_is_certain_and_may_be_within_is_possible(one, limit, start):
    r, x = one
    in_time = counted(start, x) <= counted(start, limit)

    assert not r.within(limit) or in_time
    assert not in_time or r.may_be_within(limit)


@given(duration_ranges(), durations())
def test_within_and_may_be_within_are_exact(r, limit):
    """Otherwise some start date would show it."""
    assert r.within(limit) == (max(differences(r.longest, limit)) <= 0)
    assert r.may_be_within(limit) == (min(differences(r.shortest, limit)) <= 0)


# ---- windows ---------------------------------------------------------------------------------


@given(windows(rich=True), dates(rich=True))
def test_a_window_holds_the_days_from_end_to_end(window, day):
    assert (day in window) == (window.earliest <= day <= window.latest)
    assert window.days == window.latest.toordinal() - window.earliest.toordinal()


@given(windows(), windows(), windows())
def test_the_hull_of_windows_is_the_least_that_contains_both(a, b, c):
    assert a in a | b
    assert b in a | b
    assert (a in c and b in c) == ((a | b) in c)


@given(windows(), windows(), dates())
def test_the_intersection_of_windows_is_membership_in_both(a, b, day):
    both = a & b

    assert (day in a and day in b) == (both is not None and day in both)


@given(windows(), windows(), st.data())
def test_alongside_of_windows_holds_the_later_of_any_two_days(a, b, data):
    x, y = (data.draw(st.dates(w.earliest, w.latest)) for w in (a, b))

    assert max(x, y) in a.alongside(b)


# ---- all values ------------------------------------------------------------------------------

VALUES = st.one_of(durations(rich=True), duration_ranges(rich=True), windows(rich=True))


@given(st.one_of(durations(rich=True), duration_ranges(rich=True)))
def test_parse_inverts_str_and_isoformat(value):
    assert type(value).parse(str(value)) == value
    assert type(value).parse(value.isoformat()) == value
    assert type(value).parse(format(value, "iso")) == value


@given(VALUES)
def test_repr_rebuilds(value):
    assert eval(repr(value)) == value  # noqa: S307


@given(duration_pairs(), duration_ranges(), duration_ranges(), windows(), windows())
def test_hash_agrees_with_equality(pair, r, s, v, w):
    for a, b in (pair, (r, s), (v, w)):
        assert a != b or hash(a) == hash(b)
        assert hash(copy.deepcopy(a)) == hash(a)


@given(duration_pairs())
def test_equality_is_equal_effect_on_every_date(pair):
    a, b = pair

    assert (a == b) == (differences(a, b) == {0})


@given(VALUES)
def test_copies_are_equal(value):
    for other in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert other == value
        assert hash(other) == hash(value)
        assert repr(other) == repr(value)


def leaves(value):
    """Everything that a result is made of."""
    match value:
        case tuple():
            for part in value:
                yield from leaves(part)
        case Duration():
            yield from (value.months, value.days)
        case DurationRange():
            yield from leaves((value.shortest, value.longest))
        case Window():
            yield from (value.earliest, value.latest, value.days)
        case _:
            yield value


@given(duration_ranges(), duration_ranges(), dates(), st.integers(0, 9))
def test_no_result_holds_a_float(r, s, day, n):
    a, b = r.shortest, s.longest
    results = (
        a + b, a * n, a.after(day), a.latest_start(day), a.day_difference(b), a.mean_days,
        a.compare(b), a.compare(b, start=day), str(a), a.isoformat(), Duration.parse(str(a)),
        r + s, r * n, or_refusal(r.alongside, s), or_refusal(lambda: r | s),
        or_refusal(lambda: r & s), a in r, r.at_most(s), r.shorter_than(s), r.within(b),
        r.may_be_within(b), r.after(day), r.latest_start(day), str(r), r.isoformat(),
    )  # fmt: skip
    exact = (int, str, bool, date, Fraction, enum.Enum, type(None), type)

    assert all(isinstance(leaf, exact) for leaf in leaves(results))


@given(windows(rich=True))
def test_parse_inverts_the_texts_of_a_window(window):
    assert Window.parse(window.isoformat()) == Window.parse(str(window)) == window

"""Where the mass of a stage goes: each way to use a kernel, compared with its definition."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhs_api_catalogue import DurationRange, PertBeta, Triangular, Uniform, WorkingDays
from nhs_api_catalogue.planning.kernels import (
    Domain,
    Handover,
    StageKernel,
    TiedKernel,
    masses,
)
from nhs_api_catalogue.working_days.times import bound
from plan_strategies import CALENDAR

FIRST = date(2026, 1, 20).toordinal()
TIMES = st.sampled_from(
    [
        *(DurationRange.parse(text) for text in ("0-3 days", "2 days", "1-2 weeks", "0-1 month")),
        *(DurationRange.parse(text) for text in ("1 month", "28 days to 1 month", "0 days")),
        bound(WorkingDays(1, 4), CALENDAR),
        bound(WorkingDays(0, 2), CALENDAR),
    ]
)
SHAPES = st.sampled_from([Uniform(), Triangular(0.3), PertBeta(0.5)])
DOMAINS = st.builds(
    lambda first, days: Domain(FIRST + first, FIRST + first + days),
    st.integers(-3, 35),
    st.integers(0, 25),
)
STARTS = st.builds(
    lambda first, days: Domain(FIRST + first, FIRST + first + days),
    st.integers(0, 14),
    st.integers(0, 14),
)


@st.composite
def kernels(draw):
    """A kernel, with how many starts and ends it has, of every kind."""
    starts, ends = draw(STARTS), draw(DOMAINS)
    is_tied = draw(st.booleans())
    days = Domain(ends.first - 1, ends.last) if is_tied else ends
    if draw(st.booleans()):
        kernel = Handover(starts, days)
    else:
        kernel = StageKernel(draw(TIMES), starts, days, draw(SHAPES))
    if not is_tied:
        return kernel, starts.days, ends.days
    tied = draw(st.booleans())
    kernel = TiedKernel(kernel, starts=tied, ends=True, marked=draw(st.booleans()))
    return kernel, starts.days * (1 + tied), 2 * ends.days


def numbers(draw, size):
    return draw(st.lists(st.floats(0, 1), min_size=size, max_size=size))


@given(kernels(), st.data())
def test_a_push_is_the_sum_of_the_rows(given_, data):
    kernel, starts, ends = given_
    rows, mass = kernel.rows(), numbers(data.draw, starts)
    assert [len(row) for row in rows] == [ends] * starts
    summed = [sum(m * row[end] for m, row in zip(mass, rows, strict=True)) for end in range(ends)]
    assert kernel.push(mass) == pytest.approx(summed, abs=1e-12)


@given(kernels(), st.data())
def test_a_pull_is_the_mean_over_the_rows(given_, data):
    kernel, starts, ends = given_
    values = numbers(data.draw, ends)
    means = [
        sum(mass * value for mass, value in zip(masses(row), values, strict=True))
        for row in kernel.rows()
    ]
    assert len(means) == starts
    assert kernel.pull(values) == pytest.approx(means, abs=1e-12)


@given(TIMES, STARTS, DOMAINS, SHAPES)
def test_the_rows_of_a_stage_are_its_shape_over_the_days_on_which_it_can_end(
    time, starts, ends, shape
):
    rows = StageKernel(time, starts, ends, shape).rows()
    assert [len(row) for row in rows] == [ends.days] * starts.days
    for place, row in enumerate(rows):
        day = date.fromordinal(starts.first + place)
        first, last = time.shortest.after(day), time.longest.after(day)
        days = [first + timedelta(n) for n in range((last - first).days + 1)]
        if type(time) is not DurationRange:
            days = time.days_of(day)
        for end, share in enumerate(row, ends.first):
            count = sum(one.toordinal() <= end for one in days)
            assert share == pytest.approx(shape.cdf(count / len(days)), abs=1e-12)


@given(STARTS, DOMAINS)
def test_a_handover_ends_on_its_day(starts, ends):
    assert Handover(starts, ends).rows() == [
        [float(start <= end) for end in range(ends.first, ends.last + 1)]
        for start in range(starts.first, starts.last + 1)
    ]


@given(STARTS, DOMAINS, st.booleans(), st.booleans(), st.booleans())
def test_pairs_are_a_day_and_then_a_tie(starts, ends, has_ties, is_tied, marked):
    plain = Handover(starts, Domain(ends.first - 1, ends.last))
    kernel = TiedKernel(plain, starts=has_ties, ends=is_tied, marked=marked)
    pairs = [
        (day, tie)
        for day in range(starts.first, starts.last + 1)
        for tie in ((0, 1) if has_ties else (0,))
    ]
    limits = [
        (day, tie)
        for day in range(ends.first, ends.last + 1)
        for tie in ((0, 1) if is_tied else (0,))
    ]
    for (day, tie), row in zip(pairs, kernel.rows(), strict=True):
        came = (day, 1 if marked else tie)
        assert row == [float(came <= limit) for limit in limits]


def test_a_kernel_that_is_asked_twice_answers_alike():
    first, last = date(2026, 1, 5), date(2026, 1, 9)
    starts = Domain(first.toordinal(), last.toordinal())
    time = DurationRange.parse("1-2 months")
    ends = Domain(time.shortest.after(first).toordinal(), time.longest.after(last).toordinal())
    masses, values = [0.2] * starts.days, [float(day) for day in range(ends.days)]
    for shape in (Triangular(0.5), Uniform()):
        kernel = StageKernel(time, starts, ends, shape)
        assert kernel.push(masses) == kernel.push(masses)
        assert kernel.pull(values) == kernel.pull(values)

"""The strategies that users are given: what they draw, and what happens without Hypothesis."""

import importlib
import pickle
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import find, given

from nhs_api_catalogue import strategies
from nhs_api_catalogue.durations import Duration, DurationRange, days, months
from nhs_api_catalogue.errors import CatalogueError, MissingExtraError

RICH = {
    "the first day": (strategies.dates, lambda day: day == date.min),
    "the last day": (strategies.dates, lambda day: day == date.max),
    "a leap day": (strategies.dates, lambda day: (day.month, day.day) == (2, 29)),
    "many months": (strategies.durations, lambda d: d.months > 4000),
    "many days": (strategies.durations, lambda d: d.days > 10**8),
    "both": (strategies.durations, lambda d: d.months > 24 and d.days > 62),
    "a single duration": (strategies.duration_ranges, lambda r: r.shortest == r.longest),
    "a range": (strategies.duration_ranges, lambda r: r.longest.months > r.shortest.months + 24),
    "a single day": (strategies.windows, lambda w: w.days == 0),
    "a long window": (strategies.windows, lambda w: w.days > 10**6),
}


@pytest.mark.parametrize("name", RICH)
def test_rich_values_are_found(name):
    """Rich strategies reach what narrow ones leave out."""
    strategy, is_such = RICH[name]

    assert is_such(find(strategy(rich=True), is_such))


@pytest.mark.parametrize("back", [1, 2, 3, 4])
def test_month_ends_are_found(back):
    """Narrow dates reach the days where clamping shows."""
    day = date(2027, 3, 1 if back == 1 else 31)

    assert find(strategies.dates(), lambda found: found > day and found.day > 31 - back)


@given(strategies.dates(), strategies.durations(), strategies.durations())
def test_narrow_values_stay_inside_the_calendar(start, a, b):
    """Many narrow durations can be added up and anchored."""
    for duration in [a, b, a + b] * 10:
        start = duration.after(start)

    assert start.year < 3000


@given(strategies.windows(), strategies.duration_ranges())
def test_narrow_windows_and_ranges(window, value):
    """What they leave out is out."""
    assert window.days <= 800
    assert value.shortest >= Duration.ZERO
    assert value.longest <= months(24) + Duration(0, 728)


def test_without_hypothesis_the_error_names_the_command(monkeypatch):
    """Importing the module says what to install; the error is an ImportError and pickles."""
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    monkeypatch.delitem(sys.modules, "nhs_api_catalogue.strategies")

    with pytest.raises(MissingExtraError) as caught:
        importlib.import_module("nhs_api_catalogue.strategies")

    error = pickle.loads(pickle.dumps(caught.value))
    assert isinstance(error, ImportError)
    assert isinstance(error, CatalogueError)
    assert error.extra == "hypothesis"
    assert "pip install 'nhs-api-catalogue[hypothesis]'" in str(error)


def test_the_package_does_not_import_hypothesis():
    """Only people who use strategies pay for them."""
    code = "import sys, nhs_api_catalogue; print('hypothesis' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"


def test_two_ends_without_an_order_give_the_first_alone():
    """No range runs from 30 days to 1 month."""
    thirty = days(30)

    assert strategies._range_between(thirty, months(1)) == DurationRange(thirty, thirty)

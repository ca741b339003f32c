"""Durations in pandas, dateutil, Arrow and whenever: the same date for every start of 400 years.

The starts are those from 1700 to 2099, which pandas has at every resolution.
"""

import json
import subprocess
import sys
from datetime import date, timedelta
from functools import cache
from typing import get_type_hints

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import whenever
from dateutil.relativedelta import relativedelta

from guide_durations import GUIDE
from nhs_api_catalogue import CalendarLimitError, Duration, MissingExtraError, days

STARTS = [date(1700, 1, 1) + timedelta(days=n) for n in range(146_097)]
#: Those of the guide, and some that no range of it has: none at all, odd days, years.
DURATIONS = [*GUIDE, Duration.ZERO, days(1), Duration(13, 3), Duration(48, 400)]
every_duration = pytest.mark.parametrize("duration", DURATIONS, ids=str)

MONTH_ENDS = [start for start in STARTS if start.day > 28]
STARTS_OF_WHENEVER = [whenever.Date(start.year, start.month, start.day) for start in STARTS]


@cache
def ours(duration):
    return [duration.after(start) for start in STARTS]


def test_the_starts_are_one_cycle():
    assert STARTS[-1] == date(2099, 12, 31)


@every_duration
class TestTheSameDateForEveryStart:
    def test_dateutil(self, duration):
        delta = duration.to_dateutil()
        assert [start + delta for start in STARTS] == ours(duration)

    @pytest.mark.parametrize("unit", ["ns", "s"])
    def test_pandas_over_a_column(self, duration, unit):
        column = pd.Series(np.array(STARTS, dtype=f"datetime64[{unit}]"))
        added = column + duration.to_pandas()
        assert added.dt.date.to_list() == ours(duration)

    def test_pandas_over_timestamps(self, duration):
        """pandas treats single values differently from a column; the ends of months are enough."""
        offset = duration.to_pandas()
        added = [(pd.Timestamp(start) + offset).date() for start in MONTH_ENDS]
        assert added == [duration.after(start) for start in MONTH_ENDS]

    def test_arrow_in_duckdb(self, duration):
        starts = pa.table({"start": pa.array(STARTS, pa.date32())})
        scalar = duration.to_arrow()
        interval = pa.table({"interval": pa.array([scalar.as_py()], scalar.type)})
        with duckdb.connect() as connection:
            connection.register("starts", starts)
            connection.register("one", interval)
            added = connection.execute(
                'select (start + "interval")::date from starts, one order by start'
            ).fetchnumpy()
        (column,) = added.values()
        assert column.astype("datetime64[D]").tolist() == ours(duration)

    def test_whenever(self, duration):
        delta = duration.to_whenever()
        added = [start.add(delta).to_stdlib() for start in STARTS_OF_WHENEVER]
        assert added == ours(duration)


@every_duration
def test_the_values_hold_months_and_days(duration):
    assert duration.to_arrow().as_py() == (duration.months, duration.days, 0)
    assert duration.to_arrow().type == pa.month_day_nano_interval()
    assert duration.to_dateutil() == relativedelta(months=duration.months, days=duration.days)
    assert duration.to_pandas() == pd.DateOffset(months=duration.months, days=duration.days)
    delta = duration.to_whenever()
    assert (delta.get("months", 0), delta.get("days", 0)) == (duration.months, duration.days)


def test_more_days_than_whenever_holds_are_refused():
    with pytest.raises(CalendarLimitError, match="999999999 days for whenever"):
        days(999_999_999).to_whenever()


@pytest.mark.parametrize(
    ("method", "absent", "extra"),
    [
        ("to_dateutil", "dateutil", "dateutil"),
        ("to_pandas", "pandas", "pandas"),
        ("to_arrow", "pyarrow", "arrow"),
        ("to_whenever", "whenever", "whenever"),
    ],
)
def test_in_a_process_that_never_had_the_library(method, absent, extra):
    code = f"""
import json, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {absent!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Absent())
from nhs_api_catalogue import MissingExtraError, months
try:
    months(1).{method}()
except MissingExtraError as error:
    print(json.dumps([error.extra, str(error)]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [extra, str(MissingExtraError(extra))]


def test_the_annotations_can_be_resolved():
    for method, kind in [
        (Duration.to_dateutil, relativedelta),
        (Duration.to_pandas, pd.DateOffset),
        (Duration.to_arrow, pa.MonthDayNanoIntervalScalar),
        (Duration.to_whenever, whenever.ItemizedDateDelta),
    ]:
        assert get_type_hints(method)["return"] is kind

"""Durations as values of other libraries, if they mean the same there on every date.

This module knows only pairs (months, days). It makes a value of another library only if adding the
value to a date there gives the same as `Duration.after` for every start; `tests/frames` proves that
by trying the 400 years of the cycle. It makes nothing that turns a month into days (a `timedelta`,
a pandas `Timedelta`, a polars `Duration`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nhs_api_catalogue._extras import load
from nhs_api_catalogue.errors import CalendarLimitError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import whenever
    from dateutil.relativedelta import relativedelta


def to_dateutil(months: int, days: int) -> relativedelta:
    """A `relativedelta`, which counts its months first and clamps."""
    made: relativedelta = load("dateutil.relativedelta", extra="dateutil").relativedelta(
        months=months, days=days
    )
    return made


def to_pandas(months: int, days: int) -> pd.DateOffset:
    """A `DateOffset`, which adds as `relativedelta` does, to a date and to a column of them."""
    made: pd.DateOffset = load("pandas", extra="pandas").DateOffset(months=months, days=days)
    return made


def to_arrow(months: int, days: int) -> pa.MonthDayNanoIntervalScalar:
    """A scalar of `month_day_nano_interval`, which keeps the two numbers separate."""
    pyarrow: Any = load("pyarrow", extra="arrow")
    made: pa.MonthDayNanoIntervalScalar = pyarrow.scalar(
        pyarrow.MonthDayNano([months, days, 0]), type=pyarrow.month_day_nano_interval()
    )
    return made


def to_whenever(months: int, days: int) -> whenever.ItemizedDateDelta:
    """An `ItemizedDateDelta`, which counts its months first and clamps.

    It holds no more days than there are from year 1 to year 9999.

    Raises:
        CalendarLimitError: The days are more than that.
    """
    made: whenever.ItemizedDateDelta
    delta = load("whenever", extra="whenever").ItemizedDateDelta
    try:
        made = delta(months=months, days=days)
    except ValueError:
        raise CalendarLimitError(f"a delta of {days} days for whenever") from None
    return made

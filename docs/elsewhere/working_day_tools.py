"""What Python libraries answer about working days, in the form of `python_tools.py`.

They need their own environment: some of them require an older dateutil.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from python_tools import tell

if TYPE_CHECKING:
    from collections.abc import Callable

#: For tools that know no bank holidays: those of England in the ten working days asked for.
HOLIDAYS = [date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)]


def counting(
    tool: str,
    package: str,
    add: Callable[[date, int, list[date]], Any],
    is_working: Callable[[date], bool] | None = None,
) -> None:
    """The days counted, and whether two Mondays are working days in England."""
    questions = {
        "Friday + 1": lambda: add(date(2026, 11, 27), 1, []),
        "Saturday + 1": lambda: add(date(2026, 11, 28), 1, []),
        "Saturday + 0": lambda: add(date(2026, 11, 28), 0, []),
        "Sunday - 1": lambda: add(date(2026, 11, 29), -1, []),
        "Christmas": lambda: add(date(2026, 12, 19), 10, HOLIDAYS),
    }
    if is_working is not None:
        questions |= {
            "coronation": lambda: is_working(date(2023, 5, 8)),
            "substitute": lambda: is_working(date(2026, 12, 28)),
        }
    tell("working days", tool, package, **questions)


def of_numpy() -> None:
    import numpy as np

    for tool, roll in (
        ("NumPy `busday_offset`", "raise"),
        ("NumPy `busday_offset`, `roll='forward'`", "forward"),
        ("NumPy `busday_offset`, `roll='backward'`", "backward"),
    ):
        counting(
            tool,
            "numpy",
            lambda day, n, holidays, roll=roll: np.busday_offset(
                day, n, roll=roll, holidays=holidays
            ).item(),
        )


def of_pandas() -> None:
    import pandas as pd

    counting(
        "pandas `CustomBusinessDay`",
        "pandas",
        lambda day, n, holidays: (
            pd.Timestamp(day) + pd.offsets.CustomBusinessDay(n, holidays=holidays)
        ).date(),
    )


def of_polars() -> None:
    import polars as pl

    for tool, roll in (
        ("polars `add_business_days`", "raise"),
        ("polars `add_business_days`, `roll='forward'`", "forward"),
    ):
        counting(
            tool,
            "polars",
            lambda day, n, holidays, roll=roll: (
                pl.Series([day]).dt.add_business_days(n, holidays=holidays, roll=roll).item()
            ),
        )


def of_holidays() -> None:
    import holidays

    england = holidays.country_holidays("GB", subdiv="ENG")
    counting(
        "holidays",
        "holidays",
        lambda day, n, _: england.get_nth_working_day(day, n),
        england.is_working_day,
    )


def of_workalendar() -> None:
    from workalendar.europe import UnitedKingdom

    kingdom = UnitedKingdom()
    counting(
        "workalendar",
        "workalendar",
        lambda day, n, _: (
            kingdom.add_working_days(day, n) if n >= 0 else kingdom.sub_working_days(day, -n)
        ),
        kingdom.is_working_day,
    )


def of_quantlib() -> None:
    import QuantLib as ql

    kingdom = ql.UnitedKingdom(ql.UnitedKingdom.Settlement)

    def made(day: date) -> Any:
        return ql.Date(day.day, day.month, day.year)

    def advanced(day: date, n: int, _: list[date]) -> date:
        found = kingdom.advance(made(day), n, ql.Days)
        return date(found.year(), found.month(), found.dayOfMonth())

    counting(
        "QuantLib `UnitedKingdom`",
        "QuantLib",
        advanced,
        lambda day: kingdom.isBusinessDay(made(day)),
    )


def of_govuk() -> None:
    from govuk_bank_holidays.bank_holidays import BankHolidays

    england = BankHolidays(use_cached_holidays=True)

    def stepped(day: date, n: int, _: list[date]) -> date:
        if n == 0:
            raise ValueError("it goes to the next or the last working day")
        step = england.get_next_work_day if n > 0 else england.get_prev_work_day
        for _count in range(abs(n)):
            day = step(BankHolidays.ENGLAND_AND_WALES, day)
        return day

    counting(
        "govuk-bank-holidays",
        "govuk-bank-holidays",
        stepped,
        lambda day: england.is_work_day(day, BankHolidays.ENGLAND_AND_WALES),
    )


if __name__ == "__main__":
    for name, function in list(globals().items()):
        if name.startswith("of_"):
            function()

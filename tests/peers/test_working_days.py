"""What other libraries answer, for real: the table of the docs, and numpy on every working start.

The README's command does not run this: it needs the dependency group `peers`.
"""

import re
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from govuk_bank_holidays.bank_holidays import BankHolidays
from holidays import country_holidays

from nhs_api_catalogue import CalendarHorizonError, england

PAGE = Path(__file__).parents[2] / "docs/explanation/working-days.md"
ROW = re.compile(r"^\| (\d+) \| [A-Z]\w+ ([\d-]+) \| (.+) \|$", re.MULTILINE)
GOVUK = BankHolidays(use_cached_holidays=True)
DIVISION = BankHolidays.ENGLAND_AND_WALES
HOLIDAYS = [event["date"] for event in GOVUK.get_holidays(division=DIVISION)]
BY_RULE = country_holidays("GB", subdiv="ENG")


def numpy_(start, n, roll="raise"):
    return np.busday_offset(start, n, roll=roll, holidays=HOLIDAYS).item()


def polars_(start, n, roll="raise"):
    return pl.Series([start]).dt.add_business_days(n, holidays=HOLIDAYS, roll=roll)[0]


def refused_or_rolled(library, refusal):
    def answer(start, n):
        try:
            return str(library(start, n))
        except refusal:
            return f"refused; forward {library(start, n, 'forward')}"

    return answer


def pandas_(start, n):
    return str((pd.Timestamp(start) + pd.offsets.CustomBusinessDay(n, holidays=HOLIDAYS)).date())


def holidays_(start, n):
    return str(BY_RULE.get_nth_working_day(start, n))


def govuk(start, n):
    days = GOVUK.work_days_after(division=DIVISION, date=start)
    return str(next(islice(days, n - 1, None))) if n else "no such question"


def ours(start, n):
    try:
        return str(england().after(start, n))
    except CalendarHorizonError:
        return "refused"


LIBRARIES = (
    refused_or_rolled(numpy_, ValueError),
    refused_or_rolled(polars_, pl.exceptions.ComputeError),
    pandas_,
    holidays_,
    govuk,
    ours,
)
ROWS = [
    (date.fromisoformat(start), int(n), cells.split(" | "))
    for n, start, cells in ROW.findall(PAGE.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("start", "n", "cells"), ROWS, ids=str)
def test_the_table_of_the_page_holds(start, n, cells):
    assert [answer(start, n) for answer in LIBRARIES] == cells


def test_the_page_has_the_table():
    assert len(ROWS) >= 5


@pytest.mark.parametrize("roll", ["raise", "backward"])
def test_numpy_agrees_on_every_start_that_it_does_not_move_forward(roll):
    """Every known day and n from 1 to 300; with "raise" only the working days."""
    calendar = england()
    days = np.arange(calendar.known_from, calendar.known_until, dtype="datetime64[D]")
    if roll == "raise":
        days = days[np.is_busday(days, holidays=HOLIDAYS)]
    compared = 0
    for n in range(1, 301):
        ends = np.busday_offset(days, n, roll=roll, holidays=HOLIDAYS)
        known = [
            (start.item(), end.item())
            for start, end in zip(days, ends, strict=True)
            if end <= np.datetime64(calendar.known_until)
        ]
        assert [end for _, end in known] == [calendar.after(start, n) for start, _ in known]
        compared += len(known)
    assert compared > 1_000_000

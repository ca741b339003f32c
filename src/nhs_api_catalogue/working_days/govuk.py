"""The bank holidays of the United Kingdom, as far as the government has published them."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from nhs_api_catalogue._extras import load
from nhs_api_catalogue._names import fold, nearest_word
from nhs_api_catalogue.errors import UnknownValueError
from nhs_api_catalogue.working_days.calendars import Beyond, Closure, WorkingCalendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Region: TypeAlias = Literal["england", "wales", "england-and-wales", "scotland", "northern-ireland"]

# GOV.UK has one list for England and Wales.
_LISTS: Final[Mapping[str, str]] = {
    **{region: region for region in get_args(Region)},
    "england": "england-and-wales",
    "wales": "england-and-wales",
}
PUBLISHER: Final = "GOV.UK bank holidays (https://www.gov.uk/bank-holidays.json)"
# The package does not date its data. These are the dates of the files in its wheels on PyPI.
PACKED: Final = {"0.19": date(2026, 2, 25)}


def england(*, beyond: Beyond | None = None) -> WorkingCalendar:
    """The working days of England: Monday to Friday, except bank holidays.

    The same as `bank_holidays("england-and-wales")`.

    Args:
        beyond: "weekends_only" to assume no bank holidays outside the published years.

    Raises:
        MissingExtraError: govuk-bank-holidays is not installed; "working-days" installs it.
        UnknownValueError: `beyond` is another word.

    >>> england().after("2026-12-24", 1)
    datetime.date(2026, 12, 29)
    """
    return bank_holidays("england-and-wales", beyond=beyond)


def bank_holidays(region: Region, *, beyond: Beyond | None = None) -> WorkingCalendar:
    """The working days of a part of the United Kingdom: Monday to Friday, except bank holidays.

    The holidays come from the installed govuk-bank-holidays; nothing is downloaded. The years for
    which it has the whole list are known. A newer release of it knows more.

    Args:
        region: "england", "wales", "scotland" or "northern-ireland", in any case and with spaces or
            hyphens; or "england-and-wales", as GOV.UK has both in one list.
        beyond: "weekends_only" to assume no bank holidays outside the published years.

    Raises:
        MissingExtraError: govuk-bank-holidays is not installed; "working-days" installs it.
        UnknownValueError: The region, or `beyond`, is another word.

    >>> bank_holidays("scotland").after("2026-12-31", 1)
    datetime.date(2027, 1, 5)
    """
    return _calendar(_LISTS[read_region(region)], beyond)


def read_region(text: str) -> Region:
    """The region of that name.

    Raises:
        UnknownValueError: There is none; the error suggests the nearest.

    >>> read_region("Northern Ireland")
    'northern-ireland'
    """
    given: object = text
    known = {fold(region): region for region in get_args(Region)}
    if not isinstance(given, str):
        raise UnknownValueError(given, "region", get_args(Region))
    found: Region | None = known.get(fold(given))
    if found is None:
        nearest = nearest_word(given, get_args(Region))
        raise UnknownValueError(given, "region", get_args(Region), nearest)
    return found


@cache
def _calendar(region: str, beyond: Beyond | None) -> WorkingCalendar:
    # Few need it, and its own code loads an HTTP client at once: the data is enough.
    from importlib.resources import files  # noqa: PLC0415

    package = load("govuk_bank_holidays", extra="working-days")
    text = files(package).joinpath("bank-holidays.json").read_text(encoding="utf-8")
    holidays = [_closure(event) for event in json.loads(text)[region]["events"]]
    first, last = whole_years(one.first for one in holidays)
    version = package.__version__
    return WorkingCalendar(
        holidays,
        date(first, 1, 1),
        date(last, 12, 31),
        source=f"{PUBLISHER}, {region}, in govuk-bank-holidays {version}",
        as_of=PACKED.get(version),
        beyond=beyond,
    )


def _closure(event: dict[str, Any]) -> Closure:
    title, notes = event["title"], event["notes"]
    return Closure(f"{title} ({notes.lower()})" if notes else title, event["date"])


def whole_years(holidays: Iterable[date]) -> tuple[int, int]:
    """The first and the last year with a whole list.

    A list is whole if it begins in the first days of January and ends in the last days of December.
    Of several runs of years, the last counts.
    """
    years: dict[int, list[date]] = defaultdict(list)
    for day in holidays:
        years[day.year].append(day)
    whole = {
        year
        for year, days in years.items()
        if min(days) <= date(year, 1, 4) and max(days) >= date(year, 12, 25)
    }
    first = last = max(whole)
    while first - 1 in whole:
        first -= 1
    return first, last

"""Records as tables: in HTML for people, in typed columns for other tools."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue._frames import Frame, Kind
from nhs_api_catalogue._html import Bar, Lines, write_table
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.records.apis import CLOSING, LABELS, Api, sources_of, total_text
from nhs_api_catalogue.records.words import words_of
from nhs_api_catalogue.working_days.times import DAY, mean_lengths

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhs_api_catalogue._html import Group
    from nhs_api_catalogue.working_days.times import StageTime

_TIMES: Final = ("technical", "assurance", "total")
_LEGEND: Final = "Bars: solid: shortest; outlined: up to the longest."


# ---- in HTML -------------------------------------------------------------------------------


def write_api(api: Api) -> str:
    """One record as a table: one row per value, its times as bars on one scale."""
    scale = mean_lengths(api.technical, api.assurance)[1]
    groups: list[Group] = [
        (
            LABELS.get(field, field),
            [[value, _bar(_stages(api, field), scale)] if field in _TIMES else [value]],
        )
        for field, value in api.details()
        if value
    ]
    caption = f"{api.name} ({api.source_of('total')}). {_LEGEND}"
    return write_table(caption, ("field", "value", "to scale"), groups, (38, 41, 21))


def write_apis(apis: Sequence[Api], caption: str) -> str:
    """Records as a table: one row per record, its whole time as a bar, its notices in words."""
    scale = max((mean_lengths(*_stages(api, "total"))[1] for api in apis), default=0)
    groups: list[Group] = [
        (
            api.name,
            [
                [
                    Lines((f"technical {api.technical}", f"assurance {api.assurance}")),
                    _bar(_stages(api, "total"), scale),
                    Lines((api.access_text, *map(str, api.notices))),
                ]
            ],
        )
        for api in apis
    ]
    heads = ("API", "times", "both", "access and notices")
    return write_table(f"{caption}. {_LEGEND}", heads, groups, (31, 30, 15, 24))


def _stages(api: Api, field: str) -> tuple[StageTime, ...]:
    """The times that make up a time."""
    return (api.technical, api.assurance) if field == "total" else (getattr(api, field),)


def _bar(times: tuple[StageTime, ...], scale: int) -> Bar:
    solid, whole = mean_lengths(*times)
    return Bar(0, solid, whole - solid, scale or 1)


# ---- in columns ----------------------------------------------------------------------------

_SHOWN: Final = ("name", "technical", "assurance", "access", "notices")

# A time has its text, and its ends in months and days or in working days. Adding the months to a
# date, then the days, gives the same as `Duration.after`. A chart needs one length: mean days.
_SCHEMA: Final = {
    "id": Kind.TEXT,
    "name": Kind.TEXT,
    "summary": Kind.TEXT,
    **{
        column: kind
        for time in _TIMES
        for column, kind in (
            (time, Kind.TEXT),
            (f"{time}_shortest_months", Kind.NUMBER),
            (f"{time}_shortest_days", Kind.NUMBER),
            (f"{time}_longest_months", Kind.NUMBER),
            (f"{time}_longest_days", Kind.NUMBER),
            (f"{time}_shortest_working_days", Kind.NUMBER),
            (f"{time}_longest_working_days", Kind.NUMBER),
            (f"{time}_shortest_mean_days", Kind.REAL),
            (f"{time}_longest_mean_days", Kind.REAL),
        )
    },
    "implementations": Kind.TEXTS,
    "standards": Kind.TEXTS,
    "access": Kind.TEXTS,
    "routes": Kind.TEXTS,
    "notices": Kind.TEXTS,
    "unavailable_since": Kind.DAY,
    "unavailable_until": Kind.DAY,
    "suitable_only": Kind.TEXTS,
    "suitable_excluded": Kind.TEXTS,
    "suitable_stated": Kind.TEXTS,
    "max_data_age_seconds": Kind.NUMBER,
    "capabilities": Kind.TEXTS,
    "topics": Kind.TEXTS,
    "users": Kind.TEXTS,
    "aliases": Kind.TEXTS,
    "sources": Kind.TEXTS,
}


def frame_of(apis: Sequence[Api]) -> Frame:
    """The records in columns, one row each, without the source's own cells."""
    # A value that a user replaced is not shown without its source.
    shown = (*_SHOWN, "sources") if any(api.own for api in apis) else _SHOWN
    return Frame(_SCHEMA, tuple(_row(api) for api in apis), shown)


def _row(api: Api) -> tuple[Any, ...]:
    closing = [notice for notice in api.notices if notice.kind in CLOSING]
    first = min(closing, key=lambda notice: notice.since, default=None)
    age = api.max_data_age
    return (
        api.id,
        api.name,
        api.summary,
        *(value for field in _TIMES for value in _time(api, field)),
        tuple(map(str, api.implementations)),
        words_of(api.standards),
        tuple(map(str, api.access)),
        words_of(api.open_routes),
        tuple(map(str, api.notices)),
        first and first.since,
        first and first.until,
        words_of(api.suitability.only),
        words_of(api.suitability.excluded),
        words_of(api.suitability.stated),
        # Rounded up, so that data never appears fresher than it is.
        None if age is None else -(-age // timedelta(seconds=1)),
        words_of(api.capabilities),
        words_of(api.topics),
        words_of(api.users),
        api.aliases,
        sources_of(api),
    )


def _time(api: Api, field: str) -> tuple[str | float | None, ...]:
    time: StageTime | None = getattr(api, field)
    ends: tuple[int | None, ...] = (None,) * 6
    if type(time) is DurationRange:
        one, other = time.shortest, time.longest
        ends = (one.months, one.days, other.months, other.days, None, None)
    elif time is not None:
        ends = (None, None, None, None, time.shortest, time.longest)
    means = (length / DAY for length in mean_lengths(*_stages(api, field)))
    return (total_text(api) if time is None else str(time), *ends, *means)

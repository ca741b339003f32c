"""A plan as typed columns for other tools: one row per stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue._frames import Frame, Kind
from nhs_api_catalogue.planning.stages import PlannedApi

if TYPE_CHECKING:
    from nhs_api_catalogue.planning.stages import Timetable

_SCHEMA: Final = {
    "api": Kind.TEXT,
    "id": Kind.TEXT,
    "stage": Kind.TEXT,
    "time": Kind.TEXT,
    "start_earliest": Kind.DAY,
    "start_latest": Kind.DAY,
    "finish_earliest": Kind.DAY,
    "finish_latest": Kind.DAY,
    "source": Kind.TEXT,
}


def rows_of(timetable: Timetable) -> list[dict[str, Any]]:
    """One row per stage; the keys are those of the schema."""
    return [
        {
            "api": stage.owner,
            "id": item.api.id if isinstance(item, PlannedApi) else None,
            "stage": stage.name,
            "time": str(stage.time),
            "start_earliest": stage.start.earliest,
            "start_latest": stage.start.latest,
            "finish_earliest": stage.finish.earliest,
            "finish_latest": stage.finish.latest,
            "source": stage.source,
        }
        for item in timetable.items
        for stage in item.stages
    ]


def frame_of(timetable: Timetable) -> Frame:
    """The rows with their schema."""
    rows = tuple(tuple(row[name] for name in _SCHEMA) for row in rows_of(timetable))
    return Frame(_SCHEMA, rows, tuple(name for name in _SCHEMA if name != "id"))

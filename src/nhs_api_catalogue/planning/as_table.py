"""A plan as typed columns for other tools: one row per stage."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue._frames import Frame, Kind
from nhs_api_catalogue.planning.stages import PlannedApi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhs_api_catalogue.planning.criticality import Criticality
    from nhs_api_catalogue.planning.stages import PlannedService, Timetable

_SCHEMA: Final = {
    "api": Kind.TEXT,
    "id": Kind.TEXT,
    "stage": Kind.TEXT,
    "time": Kind.TEXT,
    "start_earliest": Kind.DAY,
    "start_latest": Kind.DAY,
    "finish_earliest": Kind.DAY,
    "finish_latest": Kind.DAY,
    "critical": Kind.TEXT,
    "source": Kind.TEXT,
}


def rows_of(timetable: Timetable, criticality: Criticality) -> list[dict[str, Any]]:
    """One row per stage; the keys are those of the schema. What is live already has one row."""
    return [row for item in timetable.items for row in _rows(item, criticality)]


def _rows(item: PlannedApi | PlannedService, criticality: Criticality) -> Iterator[dict[str, Any]]:
    nothing: dict[str, Any] = dict.fromkeys(_SCHEMA)
    whose = {"api": item.name, "id": item.api.id if isinstance(item, PlannedApi) else None}
    if item.done:
        yield {**nothing, **whose, "stage": "live already"}
    for stage in item.stages:
        yield {
            **nothing,
            **whose,
            "stage": stage.name,
            "time": str(stage.time),
            "start_earliest": stage.start.earliest,
            "start_latest": stage.start.latest,
            "finish_earliest": stage.finish.earliest,
            "finish_latest": stage.finish.latest,
            "critical": criticality.of(item.name),
            "source": stage.source,
        }


def frame_of(timetable: Timetable, criticality: Criticality) -> Frame:
    """The rows with their schema."""
    rows = tuple(tuple(row.values()) for row in rows_of(timetable, criticality))
    return Frame(_SCHEMA, rows, tuple(name for name in _SCHEMA if name != "id"))

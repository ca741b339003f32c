"""A plan as typed columns for other tools: one row per stage, including built and live ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue._frames import Frame, Kind
from nhs_api_catalogue.planning.stages import PlannedApi, key_of
from nhs_api_catalogue.records.parts import IMPLEMENTATION
from nhs_api_catalogue.working_days.times import DAY, mean_lengths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhs_api_catalogue.planning.criticality import Criticality
    from nhs_api_catalogue.planning.drivers import Drivers
    from nhs_api_catalogue.planning.requests import PlanRequest
    from nhs_api_catalogue.planning.stages import PlannedService, Timetable

_SCHEMA: Final = {
    "api": Kind.TEXT,
    "id": Kind.TEXT,
    "kind": Kind.TEXT,
    "team": Kind.TEXT,
    "state": Kind.TEXT,
    "stage": Kind.TEXT,
    "time": Kind.TEXT,
    "time_shortest_mean_days": Kind.REAL,
    "time_longest_mean_days": Kind.REAL,
    "start_earliest": Kind.DAY,
    "start_latest": Kind.DAY,
    "finish_earliest": Kind.DAY,
    "finish_latest": Kind.DAY,
    "go_live_earliest": Kind.DAY,
    "go_live_latest": Kind.DAY,
    "critical": Kind.TEXT,
    "live_last": Kind.TEXT,
    "slack_least": Kind.NUMBER,
    "slack_most": Kind.NUMBER,
    "source": Kind.TEXT,
}
# The columns that people read in Markdown.
_SHOWN: Final = (
    *("api", "stage", "time", "start_earliest", "start_latest", "finish_earliest"),
    *("finish_latest", "critical", "source"),
)


def frame_of(
    timetable: Timetable, request: PlanRequest, criticality: Criticality, drivers: Drivers | None
) -> Frame:
    """The rows with their schema."""
    teams = {
        key: f"team {number}" for number, team in enumerate(request.teams or (), 1) for key in team
    }
    rows: list[tuple[Any, ...]] = []
    for item in timetable.items:
        values: dict[str, Any] = dict.fromkeys(_SCHEMA)
        kind, key = key_of(item)
        values |= {
            "api": item.name,
            "id": key if isinstance(item, PlannedApi) else None,
            "kind": "API" if kind == "api" else kind,
            "team": teams.get(key),
            "state": "planned",
            "go_live_earliest": item.go_live.earliest,
            "go_live_latest": item.go_live.latest,
            "critical": None if item.done else criticality.of(item.name),
            "live_last": None if item.done or drivers is None else _last(item.name, drivers),
        }
        rows += (tuple({**values, **row}.values()) for row in _rows(item, timetable, request))
    return Frame(_SCHEMA, tuple(rows), _SHOWN)


def _last(name: str, drivers: Drivers) -> str:
    """Whether the item goes live last."""
    if name in drivers.certain:
        return "certainly"
    return "possibly" if name in drivers.possible else "never"


def _rows(
    item: PlannedApi | PlannedService, timetable: Timetable, request: PlanRequest
) -> Iterator[dict[str, Any]]:
    """The values that differ between the rows of an item: one row if it is live already."""
    limit = timetable.go_live.latest if request.deadline is None else request.deadline
    if item.done:
        live = "live already"
        yield {"state": live, "stage": live, "go_live_earliest": None, "go_live_latest": None}
    if isinstance(item, PlannedApi) and item.built is not None:
        yield {
            "state": "built",
            "stage": IMPLEMENTATION,
            "finish_earliest": item.built,
            "finish_latest": item.built,
            "source": "given to the plan",
        }
    for stage in item.stages:
        shortest, longest = mean_lengths(stage.time)
        least, most = stage.slack(limit)
        yield {
            "stage": stage.name,
            "time": str(stage.time),
            "time_shortest_mean_days": shortest / DAY,
            "time_longest_mean_days": longest / DAY,
            "start_earliest": stage.start.earliest,
            "start_latest": stage.start.latest,
            "finish_earliest": stage.finish.earliest,
            "finish_latest": stage.finish.latest,
            "slack_least": least,
            "slack_most": most,
            "source": stage.source,
        }

"""A plan as JSON: its dates, what drives them, its stages and what a reader must know."""

from __future__ import annotations

import json
from typing import Any

from nhs_api_catalogue.planning.notes import Notes
from nhs_api_catalogue.planning.stages import Timetable


def write_json(timetable: Timetable, notes: Notes, stages: list[dict[str, Any]]) -> str:
    """The plan as JSON text; days are ISO texts."""
    go_live, drivers, critical = timetable.go_live, notes.drivers, notes.criticality
    values: dict[str, Any] = {
        "start": timetable.start,
        "go_live": {"earliest": go_live.earliest, "latest": go_live.latest},
        "critical": {
            "necessary": critical.necessary,
            "possible": critical.possible,
            "never": critical.never,
            "undecided": critical.undecided,
            "undecided_necessary": critical.undecided_necessary,
        },
        "drivers": drivers
        and {
            "possible": drivers.possible,
            "certain": drivers.certain,
            "earlier": drivers.earlier,
        },
        "stages": stages,
        "warnings": notes.warnings,
        "assumptions": notes.assumptions,
    }
    return json.dumps(values, default=str, ensure_ascii=False, indent=2)

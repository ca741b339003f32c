"""Plans: from APIs and a day to a go-live window, and what drives it.

Theory of operation
-------------------
A `PlanRequest` is what was asked for, read and checked. It becomes a `Network` of events: work
starts, implementation is finished, assurance starts, live. An event happens when everything that
it waits for has happened, so its day is a maximum; a stage adds a duration. Both are monotone, so
one pass with all shortest times and one with all longest give exact windows. The same passes
backwards, by the adjoint of each time, give the last days that meet a deadline.

The same network answers everything else: which APIs go live last (`drivers`), which are critical
(`criticality`), how much slack each part has (`deadlines`), by which paths (`paths`), how likely by
a day (`chances`, with `likelihood`), and which teams are best (`teams`, with `team_search`).
"""

from nhs_api_catalogue.planning.comparison import PlanComparison, Shift
from nhs_api_catalogue.planning.criticality import Criticality
from nhs_api_catalogue.planning.drivers import Drivers
from nhs_api_catalogue.planning.plans import Plan, plan, plan_for, suggest_teams
from nhs_api_catalogue.planning.requests import Link, PlanRequest, Service, TeamSearch
from nhs_api_catalogue.planning.stages import (
    PlannedApi,
    PlannedPart,
    PlannedPath,
    PlannedService,
    PlannedStage,
    Status,
)

__all__ = [
    "Criticality",
    "Drivers",
    "Link",
    "Plan",
    "PlanComparison",
    "PlanRequest",
    "PlannedApi",
    "PlannedPart",
    "PlannedPath",
    "PlannedService",
    "PlannedStage",
    "Service",
    "Shift",
    "Status",
    "TeamSearch",
    "plan",
    "plan_for",
    "suggest_teams",
]

"""A plan as Microsoft Project tasks, each with its dates and what it waits for."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, final

from attrs import evolve

from nhs_api_catalogue._mspdi import Task, write_project
from nhs_api_catalogue.planning.requests import ENABLING
from nhs_api_catalogue.planning.stages import key_of
from nhs_api_catalogue.records.parts import ASSURANCE, IMPLEMENTATION

if TYPE_CHECKING:
    from datetime import date

    from nhs_api_catalogue.durations import Window
    from nhs_api_catalogue.planning.requests import At, Link, PlanRequest
    from nhs_api_catalogue.planning.stages import (
        PlannedApi,
        PlannedService,
        PlannedStage,
        Timetable,
    )

_TITLE: Final = "NHS API plan"
_GO_LIVE: Final = "go-live"
# The custom fields of the format for values that have no field of their own.
_FIELDS: Final = {
    "earliest start": "Start1",
    "earliest finish": "Finish1",
    "latest start": "Start2",
    "latest finish": "Finish2",
    "time": "Text1",
    "source": "Text2",
    "team": "Text3",
}


def write_mspdi(timetable: Timetable, request: PlanRequest, title: str | None, at: At) -> bytes:
    """The plan as tasks: each API and service with its stages and its go-live, then "all live"."""
    return write_project(title or _TITLE, _FIELDS, _Rows(timetable, request, at).tasks)


@final
class _Rows:
    """The tasks of a plan.

    Attributes:
        tasks: The tasks in order.
    """

    def __init__(self, timetable: Timetable, request: PlanRequest, at: At) -> None:
        self.at = at
        # The positions of each item's stages and go-live, and what each of these waits for.
        self.places: dict[str, dict[str, int]] = {}
        self.waits: dict[int, list[int]] = {}
        self.done = frozenset(request.done)
        self.is_side_by_side = request.overlap == "full"
        place = 0
        for item in timetable.items:
            names = [*(stage.name for stage in item.stages), _GO_LIVE]
            self.places[key_of(item)[-1]] = {
                name: place + 1 + offset for offset, name in enumerate(names)
            }
            place += 1 + len(names)
        self._wait_within()
        for link in request.links:
            self._wait_for_link(link)
        for team in request.teams or ():
            for first, second in pairwise(team):
                self._wait(second, IMPLEMENTATION, first, IMPLEMENTATION)
        teams = {
            key: f"team {number}"
            for number, team in enumerate(request.teams or (), 1)
            for key in team
        }
        self.tasks: list[Task] = []
        for title, item in timetable.titled():
            self._add(title, item, teams.get(key_of(item)[-1]))
        go_lives = tuple(places[_GO_LIVE] for places in self.places.values())
        last = self._milestone("all live", 1, timetable.go_live, go_lives)
        self.tasks.append(evolve(last, deadline=request.deadline))

    # -- what waits for what, as in the network of the plan --

    def _wait(self, waiting: str, stage: str, needed: str, needed_stage: str) -> None:
        """Let one task wait for another; done items wait for nothing, and nothing for them."""
        if not self.done.isdisjoint((waiting, needed)):
            return
        here, there = self.places[waiting].get(stage), self.places[needed].get(needed_stage)
        if here is not None and there is not None:
            self.waits.setdefault(here, []).append(there)

    def _wait_within(self) -> None:
        after = _GO_LIVE if self.is_side_by_side else ASSURANCE
        for key in self.places:
            self._wait(key, after, key, IMPLEMENTATION)
            for last in (ASSURANCE, ENABLING):
                self._wait(key, _GO_LIVE, key, last)

    def _wait_for_link(self, link: Link) -> None:
        needed = self.places[link.needs]
        is_built = link.to_be == "built" and ENABLING not in needed
        needed_stage = IMPLEMENTATION if is_built else _GO_LIVE
        if ENABLING in self.places[link.api]:
            stage = _GO_LIVE if link.before == "go_live" else ENABLING
        else:
            stage = {"build": IMPLEMENTATION, "assurance": ASSURANCE, "go_live": _GO_LIVE}[
                link.before
            ]
        self._wait(link.api, stage, link.needs, needed_stage)

    # -- tasks --

    def _add(self, title: str, item: PlannedApi | PlannedService, team: str | None) -> None:
        own = {"team": team} if team else {}
        starts = [self._day(stage.start) for stage in item.stages]
        last = self._day(item.go_live)
        summary = Task(
            title,
            1,
            min(starts, default=last),
            last,
            own,
            is_summary=True,
            is_done=item.done,
        )
        self.tasks.append(summary)
        begun = None
        for stage in item.stages:
            self.tasks.append(self._stage(stage, own, begun))
            if self.is_side_by_side:
                begun = len(self.tasks) - 1
        name = "live already" if item.done else _GO_LIVE
        live = self._milestone(name, 2, item.go_live, self._waits_for())
        self.tasks.append(evolve(live, is_done=item.done))

    def _stage(self, stage: PlannedStage, own: dict[str, str], begun: int | None) -> Task:
        return Task(
            stage.name,
            2,
            self._day(stage.start),
            self._day(stage.finish),
            {
                "earliest start": stage.start.earliest,
                "earliest finish": stage.finish.earliest,
                "latest start": stage.start.latest,
                "latest finish": stage.finish.latest,
                "time": str(stage.time),
                "source": stage.source,
                **own,
            },
            waits_for=self._waits_for(),
            starts_with=begun,
        )

    def _milestone(self, name: str, level: int, window: Window, waits_for: tuple[int, ...]) -> Task:
        day = self._day(window)
        fields = {"earliest finish": window.earliest, "latest finish": window.latest}
        return Task(name, level, day, day, fields, waits_for=waits_for, is_milestone=True)

    def _waits_for(self) -> tuple[int, ...]:
        """What the next task waits for."""
        return tuple(self.waits.get(len(self.tasks), ()))

    def _day(self, window: Window) -> date:
        return window.latest if self.at == "latest" else window.earliest

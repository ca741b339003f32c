"""What a plan is made of: APIs and services with their stages, and paths through them."""

from __future__ import annotations

import enum
from datetime import date
from typing import final

import attrs

from nhs_api_catalogue.durations import DurationRange, Window
from nhs_api_catalogue.planning.requests import Service
from nhs_api_catalogue.records import Api


@final
class Status(enum.Enum):
    """Whether a plan is live by a day, without any assumption about likelihood.

    Attributes:
        IMPOSSIBLE: Not within the ranges of the sources.
        POSSIBLE: If the times fall so.
        CERTAIN: However the times fall within the ranges.
    """

    IMPOSSIBLE = "impossible"
    POSSIBLE = "possible"
    CERTAIN = "certain"


@final
@attrs.frozen
class PlannedStage:
    """One stage of an API or a service in a plan.

    Attributes:
        owner: The name of the API or the service.
        name: "technical implementation", "NHS England assurance" or "enabling service".
        time: How long the stage takes.
        start: The window in which it starts.
        finish: The window in which it finishes.
        source: On whose word the time is, and of what date.
    """

    owner: str
    name: str
    time: DurationRange
    start: Window
    finish: Window
    source: str

    def __str__(self) -> str:
        return f"{self.owner} ({self.name})"


@final
@attrs.frozen
class PlannedApi:
    """One API in a plan.

    Attributes:
        api: The record.
        stages: Its stages in order; only assurance if it is built, none if it is live already.
        go_live: The window in which it goes live; the plan's start if it is live already.
        built: The day on which its implementation is finished, if that is given.
        done: Whether it is live already.
    """

    api: Api
    stages: tuple[PlannedStage, ...]
    go_live: Window
    built: date | None = None
    done: bool = False


@final
@attrs.frozen
class PlannedService:
    """One service in a plan.

    Attributes:
        service: The service.
        stages: Its one stage; none if it is live already.
        go_live: The window in which it is ready; the plan's start if it is live already.
        done: Whether it is live already.
    """

    service: Service
    stages: tuple[PlannedStage, ...]
    go_live: Window
    done: bool = False


@final
@attrs.frozen
class PlannedPath:
    """One chain of stages, each waiting for the one before it.

    Attributes:
        stages: The stages in order; none if what is waited for is a day that was given (`built`).
        finish: The window in which the chain ends if it waits for nothing else.
    """

    stages: tuple[PlannedStage, ...]
    finish: Window

    def __str__(self) -> str:
        return f"{' > '.join(map(str, self.stages)) or 'a day that was given'}: {self.finish}"

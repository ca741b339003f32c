"""The chains of stages that lead into a go-live."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nhs_api_catalogue.durations import Window
from nhs_api_catalogue.errors import TooComplexError
from nhs_api_catalogue.planning.drivers import walks_into
from nhs_api_catalogue.planning.networks import START
from nhs_api_catalogue.planning.stages import PlannedPath

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from nhs_api_catalogue.planning.drivers import Leg
    from nhs_api_catalogue.planning.networks import Arc, Events, Network
    from nhs_api_catalogue.planning.stages import PlannedStage, Timetable

MOST_PATHS: Final = 10_000


def paths_into(timetable: Timetable, network: Network, events: Events) -> tuple[PlannedPath, ...]:
    """The chains of stages into the go-live of an API, the latest first.

    Raises:
        TooComplexError: There are more than `MOST_PATHS`.
    """
    if events.live == START:
        return ()
    count = _count(network, events.live)
    if count > MOST_PATHS:
        raise TooComplexError(count, MOST_PATHS, "leave out links to see the other paths", "paths")
    ends = map(network.moments.__getitem__, network.stages)
    stages = dict(zip(ends, timetable.stages(), strict=True))
    found: dict[tuple[PlannedStage, ...], PlannedPath] = {}

    def options(event: int) -> tuple[Arc | None, ...]:
        return network.arcs[event] or (None,)

    for head, legs in walks_into(events.live, options):
        chain = tuple(stages[event] for _, time, event in reversed(legs) if time is not None)
        window = _window(network, network.floors.get(head) or timetable.start, legs)
        if chain in found:
            # The same stages, but started by a given day.
            window = window.alongside(found[chain].finish)
        found[chain] = PlannedPath(chain, window)
    return tuple(
        sorted(
            found.values(),
            key=lambda path: (path.finish.latest, path.finish.earliest),
            reverse=True,
        )
    )


def _count(network: Network, live: int) -> int:
    ways = [0] * len(network.arcs)
    for event in network.order:
        # Very tangled plans have counts with very many digits, which are cut.
        ways[event] = min(sum(ways[before] for before, _ in network.arcs[event]) or 1, 10**12)
    return ways[live]


def _window(network: Network, start: date, legs: Sequence[Leg]) -> Window:
    """The window in which a chain ends that begins on that day, but not before its floors."""
    window = Window(start, start)
    for _, time, event in reversed(legs):
        if time is not None:
            window = time.after(window)
        floor = network.floors.get(event)
        if floor is not None:
            window = window.alongside(Window(floor, floor))
    return window

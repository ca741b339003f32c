"""A plan as text: for people at a terminal, and as a Gantt chart in Mermaid."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from nhs_api_catalogue.errors import TooComplexError
from nhs_api_catalogue.planning.stages import PlannedApi, bars_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhs_api_catalogue.durations import Window
    from nhs_api_catalogue.planning.plans import Plan
    from nhs_api_catalogue.planning.stages import PlannedService, PlannedStage

WIDTH: Final = 80


def text_lines(p: Plan) -> Iterator[str]:
    """The plan as text of at most 80 columns."""
    yield f"Start {p.start}, go-live {span_of(p.go_live)}"
    for item in p.items():
        yield from ("", title_of(item))
        if item.done:
            yield "  live already"
            continue
        if isinstance(item, PlannedApi) and item.built is not None:
            yield f"  {'technical implementation':26}{'':14}built {item.built}"
        yield from _stage_lines(item.stages, item.go_live)
    for title, texts in (
        ("Drivers of go-live", tuple(_driver_texts(p))),
        ("Warnings", p.warnings),
        ("Assumptions", p.assumptions),
    ):
        if texts:
            yield from ("", title, *_bullets(texts))
    sources = tuple(dict.fromkeys(stage.source for stage in p.stages()))
    if sources:
        yield from ("", "Sources" if len(sources) > 1 else "Source", *_bullets(sources))


def title_of(item: PlannedApi | PlannedService) -> str:
    """The name, and of a service that it is one."""
    return item.name if isinstance(item, PlannedApi) else f"{item.name} (service)"


def span_of(window: Window) -> str:
    """Both ends of the window, even if they are one day."""
    return f"{window.earliest} to {window.latest}"


def _stage_lines(stages: tuple[PlannedStage, ...], go_live: Window) -> Iterator[str]:
    for stage in stages:
        lead = f"  {stage.name:26}{stage.time!s:14}"
        if not lead.endswith(" "):
            # A time that leaves no room before the dates has a line of its own.
            yield lead
            lead = " " * 42
        yield f"{lead}{span_of(stage.finish)}"
    yield f"  {'go-live':40}{span_of(go_live)}"


def _driver_texts(p: Plan) -> Iterator[str]:
    try:
        drivers = p.drivers
    except TooComplexError as error:
        yield f"not told: {error}"
        return
    certain = set(drivers.certain)
    for title, names in (
        ("certain", drivers.certain),
        ("possible", tuple(name for name in drivers.possible if name not in certain)),
        ("never", drivers.never),
    ):
        if names:
            yield f"{title}: {', '.join(names)}"


def _bullets(texts: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    for text in texts:
        yield fill(text, WIDTH, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False)


def mermaid_lines(p: Plan) -> Iterator[str]:
    """The plan as a Gantt chart: for each stage the earliest bar, then how late it may end."""
    yield "gantt"
    yield f"    title Go-live {span_of(p.go_live)}"
    yield "    dateFormat YYYY-MM-DD"
    yield "    axisFormat %Y-%m-%d"
    for item in p.items():
        yield f"    section {_escaped(item.name)}"
        if not item.stages:
            yield f"    live already :milestone, done, {p.start}, 0d"
        for name, _, start, finish in bars_of(item):
            if start == finish.earliest:
                yield f"    {name}, earliest :milestone, {finish.earliest}, 0d"
            else:
                yield f"    {name}, earliest :active, {start}, {finish.earliest}"
            if finish.earliest != finish.latest:
                yield f"    {name}, or until :{finish.earliest}, {finish.latest}"


def _escaped(text: str) -> str:
    """The text on one line, with Mermaid's entity codes for what has a meaning in it."""
    line = " ".join(text.split())
    return "".join(
        character if character.isalnum() or character in " -–().,/'+_" else f"#{ord(character)};"
        for character in line
    )

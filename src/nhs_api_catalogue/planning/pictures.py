"""A plan as text: for people at a terminal, and as a Gantt chart in Mermaid."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from nhs_api_catalogue.errors import TooComplexError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhs_api_catalogue.durations import Window
    from nhs_api_catalogue.planning.plans import Plan
    from nhs_api_catalogue.planning.stages import PlannedStage

WIDTH: Final = 80


def text_lines(p: Plan) -> Iterator[str]:
    """The plan as text of at most 80 columns."""
    yield f"Start {p.start}, go-live {_span(p.go_live)}"
    for planned in p.planned:
        yield from ("", planned.api.name)
        if planned.done:
            yield "  live already"
            continue
        if planned.built is not None:
            yield f"  {'technical implementation':26}{'':14}built {planned.built}"
        yield from _stage_lines(planned.stages, planned.go_live)
    for item in p.services:
        yield from ("", f"{item.service.name} (service)")
        if item.done:
            yield "  live already"
        else:
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


def _span(window: Window) -> str:
    return f"{window.earliest} to {window.latest}"


def _stage_lines(stages: tuple[PlannedStage, ...], go_live: Window) -> Iterator[str]:
    for stage in stages:
        lead = f"  {stage.name:26}{stage.time!s:14}"
        if not lead.endswith(" "):
            # A time that leaves no room before the dates has a line of its own.
            yield lead
            lead = " " * 42
        yield f"{lead}{_span(stage.finish)}"
    yield f"  {'go-live':40}{_span(go_live)}"


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
    yield f"    title Go-live {_span(p.go_live)}"
    yield "    dateFormat YYYY-MM-DD"
    yield "    axisFormat %Y-%m-%d"
    for name, stages, go_live in (
        *((planned.api.name, planned.stages, planned.go_live) for planned in p.planned),
        *((item.service.name, item.stages, item.go_live) for item in p.services),
    ):
        yield f"    section {_escaped(name)}"
        if not stages:
            yield f"    live already :milestone, done, {p.start}, 0d"
        for stage in stages:
            yield from _bars(stage.name, stage.start.earliest.isoformat(), stage.finish)
        if stages and stages[-1].finish != go_live:
            yield from _bars("go-live", go_live.earliest.isoformat(), go_live)


def _bars(name: str, start: str, finish: Window) -> Iterator[str]:
    earliest, latest = finish.earliest.isoformat(), finish.latest.isoformat()
    if start == earliest:
        yield f"    {name}, earliest :milestone, {earliest}, 0d"
    else:
        yield f"    {name}, earliest :active, {start}, {earliest}"
    if earliest != latest:
        yield f"    {name}, or until :{earliest}, {latest}"


def _escaped(text: str) -> str:
    """The text on one line, with Mermaid's entity codes for what has a meaning in it."""
    line = " ".join(text.split())
    return "".join(
        character if character.isalnum() or character in " -–().,/'+_" else f"#{ord(character)};"
        for character in line
    )

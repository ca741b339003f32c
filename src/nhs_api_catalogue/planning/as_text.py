"""A plan as text: for people at a terminal, and as a Gantt chart in Mermaid."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Final

from nhs_api_catalogue.planning.stages import PlannedApi, bars_of, span_of, title_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhs_api_catalogue.durations import Window
    from nhs_api_catalogue.planning.notes import Notes
    from nhs_api_catalogue.planning.stages import PlannedStage, Timetable

WIDTH: Final = 80


def text_lines(timetable: Timetable, notes: Notes) -> Iterator[str]:
    """The plan as text of at most 80 columns."""
    yield str(timetable)
    for item in timetable.items:
        yield from ("", title_of(item))
        if item.done:
            yield "  live already"
            continue
        if isinstance(item, PlannedApi) and item.built is not None:
            yield f"  {'technical implementation':26}{'':14}built {item.built}"
        yield from _stage_lines(item.stages, item.go_live)
    for title, texts in (
        ("Drivers of go-live", tuple(_driver_texts(notes))),
        ("Warnings", notes.warnings),
        ("Assumptions", notes.assumptions),
    ):
        if texts:
            yield from ("", title, *_bullets(texts))
    sources = timetable.sources()
    if sources:
        yield from ("", "Sources" if len(sources) > 1 else "Source", *_bullets(sources))


def _stage_lines(stages: tuple[PlannedStage, ...], go_live: Window) -> Iterator[str]:
    for stage in stages:
        lead = f"  {stage.name:26}{stage.time!s:14}"
        if not lead.endswith(" "):
            # A time that leaves no room before the dates has a line of its own.
            yield lead
            lead = " " * 42
        yield f"{lead}{span_of(stage.finish)}"
    yield f"  {'go-live':40}{span_of(go_live)}"


def _driver_texts(notes: Notes) -> Iterator[str]:
    yield from notes.problem
    if notes.drivers is None:
        return
    drivers = notes.drivers
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


def mermaid_lines(timetable: Timetable) -> Iterator[str]:
    """The plan as a Gantt chart: for each stage the earliest bar, then how late it may end."""
    yield "gantt"
    yield f"    title Go-live {span_of(timetable.go_live)}"
    yield "    dateFormat YYYY-MM-DD"
    yield "    axisFormat %Y-%m-%d"
    for item in timetable.items:
        yield f"    section {_escaped(item.name)}"
        if not item.stages:
            yield f"    live already :milestone, done, {timetable.start}, 0d"
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

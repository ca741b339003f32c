"""A plan for the eye, in HTML and SVG, and as typed columns for other tools."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue._frames import Frame, Kind
from nhs_api_catalogue._html import Bar, write_list, write_table
from nhs_api_catalogue._svg import Block, Lane, Picture, write_bars, write_curve
from nhs_api_catalogue.errors import TooComplexError
from nhs_api_catalogue.planning.pictures import span_of, title_of
from nhs_api_catalogue.planning.stages import PlannedApi, bars_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhs_api_catalogue._html import Cell, Group
    from nhs_api_catalogue._svg import Tick
    from nhs_api_catalogue.likelihood import Assumption
    from nhs_api_catalogue.planning.plans import Plan
    from nhs_api_catalogue.planning.stages import PlannedService

_LEGEND: Final = "solid: at the earliest; outlined: until the latest"
_MOST_POINTS: Final = 120
_MOST_NOTES: Final = 6
_MARKED: Final = (0.5, 0.8, 0.95)


# ---- in HTML -------------------------------------------------------------------------------


def write_plan(p: Plan) -> str:
    """The plan as a table: one row per stage with dates and bar, what drives go-live in words.

    Under it stand the warnings and, folded, the assumptions; it says what `str` says.
    """
    origin, whole = _time_line(p)
    drives, problem = _drives(p)
    groups: list[Group] = []
    for item in p.items():
        rows: list[list[Cell]] = []
        for label, time, start, finish in bars_of(item):
            bar = Bar(
                (start - origin).days,
                (finish.earliest - start).days,
                finish.days,
                whole,
            )
            rows.append([label, time, str(finish.earliest), str(finish.latest), bar])
        if not rows:
            rows.append(["live already", "", "", "", ""])
        groups.append(((title_of(item), *_states(item, drives)), rows))
    last = origin + timedelta(whole)
    heads = ("API", "stage", "time", "ends, earliest", "ends, latest", f"{origin} to {last}")
    caption = f"Start {p.start}, go-live {span_of(p.go_live)}. Bars: {_LEGEND}. {_sources(p)}"
    return (
        write_table(caption, heads, groups)
        + write_list("Drivers of go-live", problem)
        + write_list("Warnings", p.warnings)
        + write_list("Assumptions", p.assumptions, folded=True)
    )


def _states(item: PlannedApi | PlannedService, drives: dict[str, str]) -> Iterator[str]:
    """What is to be said of an API or a service beside its dates."""
    if isinstance(item, PlannedApi) and item.built is not None:
        yield f"technical implementation built {item.built}"
    if item.name in drives and not item.done:
        yield drives[item.name]


def _drives(p: Plan) -> tuple[dict[str, str], tuple[str, ...]]:
    """What drives go-live, in words by name; and why it cannot be told, if it cannot."""
    try:
        drivers = p.drivers
    except TooComplexError as error:
        return {}, (f"not told: {error}",)
    words = (
        (drivers.never, "never drives go-live"),
        (drivers.possible, "may drive go-live"),
        (drivers.certain, "certainly drives go-live"),
    )
    return {name: word for names, word in words for name in names}, ()


def _sources(p: Plan) -> str:
    sources = tuple(dict.fromkeys(stage.source for stage in p.stages()))
    return f"Source: {'; '.join(sources)}" if sources else "No source: all is live already"


def _time_line(p: Plan) -> tuple[date, int]:
    """The first day that is drawn, and the days from it to the last."""
    stages = p.stages()
    origin = min((p.start, *(stage.start.earliest for stage in stages)))
    last = max((p.go_live.latest, *(stage.finish.latest for stage in stages)))
    return origin, (last - origin).days or 1


# ---- in SVG --------------------------------------------------------------------------------


def draw_plan(p: Plan) -> str:
    """The plan as a Gantt picture."""
    origin, whole = _time_line(p)
    drives, problem = _drives(p)
    blocks: list[Block] = []
    for item in p.items():
        lanes = tuple(
            Lane(
                label,
                time,
                (start - origin).days,
                (finish.earliest - origin).days,
                (finish.latest - origin).days,
                span_of(finish),
            )
            for label, time, start, finish in bars_of(item)
        )
        live = (Lane("", "", (p.start - origin).days, (p.start - origin).days, 0, "live already"),)
        blocks.append(Block(title_of(item), ", ".join(_states(item, drives)), lanes or live))
    title = f"Start {p.start}, go-live {span_of(p.go_live)}"
    warnings = [*(f"Drivers of go-live {text}" for text in problem), *p.warnings]
    notes = [f"Bars: {_LEGEND}. {_sources(p)}.", *(f"Warning: {text}" for text in warnings)]
    # One more warning takes no more room than the line that would count it.
    if len(notes) > _MOST_NOTES + 1:
        notes = [*notes[:_MOST_NOTES], f"And {len(notes) - _MOST_NOTES} more warnings."]
    return write_bars(Picture(title, tuple(notes), whole, _ticks(origin, whole, most=5)), blocks)


def draw_likelihood(p: Plan, assume: Assumption) -> str:
    """How likely all is live by each day of the window of go-live, as a curve.

    Raises:
        TooComplexError: Links make an exact answer too costly.
    """
    first, last = p.go_live.earliest, p.go_live.latest
    step = -(-(p.go_live.days or 1) // _MOST_POINTS)
    days = [first + timedelta(n) for n in range(0, p.go_live.days, step)]
    # Nothing can be live before the first day, all is on the last.
    origin = max(first, date.min + timedelta(1)) - timedelta(1)
    whole = (last - origin).days or 1
    points = [(0, 0.0, 0.0, 0.0)]
    for day in (*days, last):
        found = p.probability(day, assume=assume)
        points.append(((day - origin).days, found.value, found.lower, found.upper))
    marked = {p.quantile(share, assume=assume): share for share in _MARKED}
    marks = [
        (
            (day - origin).days,
            p.probability(day, assume=assume).value,
            f"{share:.0%} by {day}".replace("%", " %"),
        )
        for day, share in marked.items()
    ]
    notes = (
        f"Assumption: each stage has the shape {assume!r} between its shortest and longest time.",
        "It is yours: no source says how likely a time is.",
        "The line takes the stages as independent; the band holds however the APIs depend.",
        f"One point every {step} days." if step > 1 else "One point a day.",
        f"{_sources(p)}.",
    )
    title = f"How likely all is live, start {p.start}, assuming {assume!r}"
    return write_curve(Picture(title, notes, whole, _ticks(origin, whole, most=8)), points, marks)


def _ticks(origin: date, whole: int, *, most: int) -> tuple[Tick, ...]:
    """Firsts of months on the time line, evenly spread."""
    last = origin + timedelta(whole)
    # Months counted from year 0.
    low, high = (12 * day.year + day.month - 1 for day in (origin, last))
    steps = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 12000, 120000)
    step = next(step for step in steps if (high - low) // step < most)
    firsts = (
        date(month // 12, month % 12 + 1, 1) for month in range(low, high + 1) if month % step == 0
    )
    return tuple(
        # Not with strftime, whose years before 1000 are as long as the machine makes them.
        ((day - origin).days, day.isoformat()[: len("YYYY-MM")])
        for day in firsts
        if origin <= day <= last
    )


# ---- in columns ----------------------------------------------------------------------------

_SCHEMA: Final = {
    "api": Kind.TEXT,
    "id": Kind.TEXT,
    "stage": Kind.TEXT,
    "time": Kind.TEXT,
    "start_earliest": Kind.DAY,
    "start_latest": Kind.DAY,
    "finish_earliest": Kind.DAY,
    "finish_latest": Kind.DAY,
    "source": Kind.TEXT,
}


def rows_of(p: Plan) -> list[dict[str, Any]]:
    """One row per stage; the keys are those of the schema."""
    return [
        {
            "api": stage.owner,
            "id": item.api.id if isinstance(item, PlannedApi) else None,
            "stage": stage.name,
            "time": str(stage.time),
            "start_earliest": stage.start.earliest,
            "start_latest": stage.start.latest,
            "finish_earliest": stage.finish.earliest,
            "finish_latest": stage.finish.latest,
            "source": stage.source,
        }
        for item in p.items()
        for stage in item.stages
    ]


def frame_of(p: Plan) -> Frame:
    """`p.rows()` with its schema."""
    rows = tuple(tuple(row[name] for name in _SCHEMA) for row in rows_of(p))
    return Frame(_SCHEMA, rows, tuple(name for name in _SCHEMA if name != "id"))

"""A plan as pictures in SVG: a Gantt chart, and the curve of how likely it is live by a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from nhs_api_catalogue._svg import Block, Lane, Picture, write_bars, write_curve
from nhs_api_catalogue.likelihood import read_assumption
from nhs_api_catalogue.planning.notes import LEGEND, sources_of, states_of
from nhs_api_catalogue.planning.stages import bars_of, span_of, time_line, title_of

if TYPE_CHECKING:
    from nhs_api_catalogue._svg import Tick
    from nhs_api_catalogue.likelihood import Assumption
    from nhs_api_catalogue.planning.chances import Chances
    from nhs_api_catalogue.planning.notes import Notes
    from nhs_api_catalogue.planning.stages import Timetable

_MOST_POINTS: Final = 120
_MOST_NOTES: Final = 6
_MARKED: Final = (0.5, 0.8, 0.95)


def draw_plan(timetable: Timetable, notes: Notes) -> str:
    """The plan as a Gantt picture."""
    origin, whole = time_line(timetable)
    blocks: list[Block] = []
    for item in timetable.items:
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
        begin = (timetable.start - origin).days
        live = (Lane("", "", begin, begin, 0, "live already"),)
        blocks.append(Block(title_of(item), ", ".join(states_of(item, notes)), lanes or live))
    warnings = [*(f"Live last {text}" for text in notes.problem), *notes.warnings]
    lines = [
        f"Bars: {LEGEND}. {sources_of(timetable)}.",
        *(f"Warning: {text}" for text in warnings),
    ]
    # One more warning takes no more room than the line that would count it.
    if len(lines) > _MOST_NOTES + 1:
        lines = [*lines[:_MOST_NOTES], f"And {len(lines) - _MOST_NOTES} more warnings."]
    picture = Picture(str(timetable), tuple(lines), whole, _ticks(origin, whole, most=5))
    return write_bars(picture, blocks)


def draw_likelihood(timetable: Timetable, chances: Chances, assume: Assumption | str) -> str:
    """How likely all is live by each day of the window of go-live, as a curve.

    Raises:
        TooComplexError: Links make an exact answer too costly.
    """
    shape = read_assumption(assume)
    first, last = timetable.go_live.earliest, timetable.go_live.latest
    step = -(-(timetable.go_live.days or 1) // _MOST_POINTS)
    days = [first + timedelta(n) for n in range(0, timetable.go_live.days, step)]
    # Nothing can be live before the first day, all is on the last.
    origin = max(first, date.min + timedelta(1)) - timedelta(1)
    whole = (last - origin).days or 1
    points = [(0, 0.0, 0.0, 0.0)]
    for day in (*days, last):
        found = chances.by(day, assume)
        band = found.lower_if_dependent, found.upper_if_dependent
        points.append(((day - origin).days, found.value, *band))
    marked = {chances.quantile(share, assume): share for share in _MARKED}
    marks = [
        (
            (day - origin).days,
            chances.by(day, assume).value,
            f"{share:.0%} by {day}".replace("%", " %"),
        )
        for day, share in marked.items()
    ]
    notes = (
        f"Assumption, for each stage between its shortest and longest time: {shape}.",
        "It is yours: no source says how likely a time is.",
        "The line takes the stages as independent; the band holds however the APIs depend.",
        f"One point every {step} days." if step > 1 else "One point a day.",
        f"{sources_of(timetable)}.",
    )
    title = f"How likely all is live, start {timetable.start}: {shape}"
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

"""Tasks with their dates as a file for Microsoft Project and other readers of its XML (MSPDI).

A month of Microsoft Project is 20 working days, so no length is written in months, weeks or
working days: each task has a start, a finish, and elapsed days between them, which count every day.
Tasks are scheduled manually: the program keeps their dates. The order of the elements is that of
the schema, `mspdi_pj12.xsd` of the Project SDK, which readers require.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final, final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import attrs

from nhs_api_catalogue._escapes import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPACE: Final = "http://schemas.microsoft.com/project"
_VERSION: Final = "14"  # of the files that know tasks scheduled by hand: Project 2010
# Elements hold codes: one of DurationFormat, of PredecessorLink/Type and of DayType.
_ELAPSED_DAYS: Final = "8"
_FINISH_TO_START: Final = "1"
_START_TO_START: Final = "3"
_WEEK: Final = range(1, 8)

# Fields of a task that a file may give a name and a meaning of its own.
_FIELDS: Final = {
    "Text1": "188743731",
    "Start1": "188743732",
    "Finish1": "188743733",
    "Text2": "188743734",
    "Start2": "188743735",
    "Finish2": "188743736",
    "Text3": "188743737",
}


@final
@attrs.frozen
class Task:
    """A row of the project.

    Attributes:
        name: Its name.
        level: 1 at the left, 2 under the previous task of level 1, and so on.
        start: The day on which it starts.
        finish: The day on which it finishes.
        fields: The values of its custom fields, by the names in `write_project`.
        waits_for: The positions, from 0, of the tasks that must finish first.
        starts_with: The position of the task with which it starts.
        is_summary: Whether it summarises the tasks under it.
        is_milestone: Whether it is a milestone.
        is_done: Whether it is already finished.
        deadline: The day by which it must be finished.
    """

    name: str
    level: int
    start: date
    finish: date
    fields: Mapping[str, str | date] = attrs.field(factory=dict[str, "str | date"])
    waits_for: tuple[int, ...] = ()
    starts_with: int | None = None
    is_summary: bool = False
    is_milestone: bool = False
    is_done: bool = False
    deadline: date | None = None


def write_project(title: str, fields: Mapping[str, str], tasks: Sequence[Task]) -> bytes:
    """The tasks as a file.

    Args:
        title: The title of the project.
        fields: Fields of the format by their names here: `{"source": "Text1"}`.
        tasks: The rows in order, at least one.

    >>> from datetime import date
    >>> day = date(2026, 1, 5)
    >>> text = write_project("Ours", {}, [Task("Go-live", 1, day, day, is_milestone=True)])
    >>> b"<Name>Go-live</Name>" in text
    True
    """
    project = Element("Project", xmlns=_SPACE)
    _add(
        project,
        SaveVersion=_VERSION,
        Name=title,
        Title=title,
        ScheduleFromStart="1",
        StartDate=_moment(min(task.start for task in tasks)),
        FinishDate=_moment(max(task.finish for task in tasks)),
        CalendarUID="1",
        NewTasksAreManual="1",
    )
    known = SubElement(project, "ExtendedAttributes")
    for name, field in fields.items():
        entry = SubElement(known, "ExtendedAttribute")
        _add(entry, FieldID=_FIELDS[field], FieldName=field, Alias=name)
    _add_calendar(SubElement(project, "Calendars"))
    rows = SubElement(project, "Tasks")
    for place, task in enumerate(tasks):
        _add_task(SubElement(rows, "Task"), place, task, fields)
    indent(project)
    written: bytes = tostring(project, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _add_calendar(calendars: Element) -> None:
    """A calendar in which every hour of every day counts, as in calendar durations."""
    calendar = SubElement(calendars, "Calendar")
    _add(calendar, UID="1", Name="Every day", IsBaseCalendar="1", BaseCalendarUID="-1")
    days = SubElement(calendar, "WeekDays")
    for number in _WEEK:
        day = SubElement(days, "WeekDay")
        _add(day, DayType=str(number), DayWorking="1")
        times = SubElement(SubElement(day, "WorkingTimes"), "WorkingTime")
        _add(times, FromTime="00:00:00", ToTime="00:00:00")


def _add_task(row: Element, place: int, task: Task, fields: Mapping[str, str]) -> None:
    _add(
        row,
        UID=str(place + 1),
        ID=str(place + 1),
        Name=task.name,
        Active="1",
        Manual="1",
        IsNull="0",
        OutlineLevel=str(task.level),
        Start=_moment(task.start),
        Finish=_moment(task.finish),
        Duration=f"PT{24 * (task.finish - task.start).days}H0M0S",
        DurationFormat=_ELAPSED_DAYS,
        Milestone=str(int(task.is_milestone)),
        Summary=str(int(task.is_summary)),
        PercentComplete="100" if task.is_done else "0",
        CalendarUID="1",
    )
    if task.deadline is not None:
        _add(row, Deadline=_moment(task.deadline))
    links = [(other, _FINISH_TO_START) for other in task.waits_for]
    if task.starts_with is not None:
        links.append((task.starts_with, _START_TO_START))
    for other, kind in links:
        _add(SubElement(row, "PredecessorLink"), PredecessorUID=str(other + 1), Type=kind)
    for name, value in task.fields.items():
        entry = SubElement(row, "ExtendedAttribute")
        text = value if isinstance(value, str) else _moment(value)
        _add(entry, FieldID=_FIELDS[fields[name]], Value=text)


def _add(parent: Element, **texts: str) -> None:
    """Elements that contain only text, in order."""
    for name, text in texts.items():
        SubElement(parent, name).text = printable(text)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"

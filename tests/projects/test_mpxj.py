"""Project files read by mpxj, a library that reads what Microsoft Project and others write.

The README's command does not run this: it needs Java and the dependency group `projects`.
"""

from datetime import date
from xml.etree import ElementTree as ET

import jpype
import mpxj  # noqa: F401  it puts its classes on Java's path
import pytest

from mspdi_reader import NS
from nhs_api_catalogue import Link, plan
from shown_values import FOUR, HOSTILE, PLANS

SCHEMA = "org.mpxj.mspdi.schema."
# The rows under which the schema has a class of its own.
CLASSES = {
    "Project": "Project",
    "ExtendedAttributes/ExtendedAttribute": "Project$ExtendedAttributes$ExtendedAttribute",
    "Calendars/Calendar": "Project$Calendars$Calendar",
    "Tasks/Task": "Project$Tasks$Task",
    "Tasks/Task/PredecessorLink": "Project$Tasks$Task$PredecessorLink",
    "Tasks/Task/ExtendedAttribute": "Project$Tasks$Task$ExtendedAttribute",
}


@pytest.fixture(scope="session", autouse=True)
def java():
    jpype.startJVM(convertStrings=True)
    yield
    jpype.shutdownJVM()


@pytest.fixture
def read(tmp_path):
    def read(p, **options):
        path = tmp_path / "plan.xml"
        path.write_bytes(p.to_mspdi(**options))
        reader = jpype.JClass("org.mpxj.reader.UniversalProjectReader")()
        project = reader.read(str(path))
        assert project is not None
        return project

    return read


def tasks(project):
    # Besides ours, the reader makes a row for the whole project.
    return [task for task in project.getTasks() if task.getID().intValue() > 0]


def day(moment):
    assert (moment.getHour(), moment.getMinute()) == (0, 0)
    return date(moment.getYear(), moment.getMonthValue(), moment.getDayOfMonth())


@pytest.mark.parametrize("at", ["earliest", "latest"])
@pytest.mark.parametrize("p", PLANS.values(), ids=PLANS)
def test_it_reads_every_date_of_every_stage(read, p, at):
    found = [
        (str(task.getName()), day(task.getStart()), day(task.getFinish()))
        for task in tasks(read(p, at=at))
        if not task.getSummary() and not task.getMilestone()
    ]
    assert found == [
        (stage.name, getattr(stage.start, at), getattr(stage.finish, at)) for stage in p.stages()
    ]


def test_it_reads_both_ends_of_each_window(read):
    p = PLANS["plan"]
    rows = [t for t in tasks(read(p)) if not t.getSummary() and not t.getMilestone()]
    for task, stage in zip(rows, p.stages(), strict=True):
        assert [day(task.getStart(place)) for place in (1, 2)] == [
            stage.start.earliest,
            stage.start.latest,
        ]
        assert [day(task.getFinish(place)) for place in (1, 2)] == [
            stage.finish.earliest,
            stage.finish.latest,
        ]
        assert str(task.getText(1)) == str(stage.time)
        assert str(task.getText(2)) == stage.source


def test_it_reads_lengths_as_elapsed_days(read):
    p = PLANS["plan"]
    rows = [t for t in tasks(read(p)) if not t.getSummary()]
    for task in rows:
        days = (day(task.getFinish()) - day(task.getStart())).days
        assert str(task.getDuration()) == f"{days}.0ed"


def test_it_reads_the_outline_and_what_waits_for_what(read):
    p = plan(FOUR.select("eRS", "MESH"), start="2026-01-05", links=[Link("eRS", "MESH")])
    rows = tasks(read(p))
    assert [(task.getOutlineLevel().intValue(), str(task.getName())) for task in rows] == [
        (1, "e-Referral Service (eRS)"),
        (2, "technical implementation"),
        (2, "NHS England assurance"),
        (2, "go-live"),
        (1, "MESH"),
        (2, "technical implementation"),
        (2, "NHS England assurance"),
        (2, "go-live"),
        (1, "all live"),
    ]
    links = {
        (task.getID().intValue(), link.getPredecessorTask().getID().intValue(), str(link.getType()))
        for task in rows
        for link in task.getPredecessors()
    }
    assert links == {
        (3, 2, "FS"), (4, 3, "FS"), (7, 6, "FS"), (8, 7, "FS"), (4, 8, "FS"),
        (9, 4, "FS"), (9, 8, "FS"),
    }  # fmt: skip


def test_it_reads_what_starts_together(read):
    p = plan(FOUR.select("MESH"), start="2026-01-05", overlap="full")
    links = {
        (task.getID().intValue(), link.getPredecessorTask().getID().intValue(), str(link.getType()))
        for task in tasks(read(p))
        for link in task.getPredecessors()
    }
    assert links == {(3, 2, "SS"), (4, 2, "FS"), (4, 3, "FS"), (5, 4, "FS")}


def test_it_reads_the_deadline_what_is_live_and_who_schedules(read):
    rows = tasks(read(plan(FOUR, deadline="2027-03-31", done=["MESH"])))
    assert day(rows[-1].getDeadline()) == date(2027, 3, 31)
    done = [t for t in rows if t.getPercentageComplete().doubleValue() == 100]
    assert [str(task.getName()) for task in done] == ["MESH", "live already"]
    assert {str(task.getTaskMode()) for task in rows} == {"MANUALLY_SCHEDULED"}


def test_it_reads_texts_of_others_as_texts(read):
    project = read(PLANS["hostile plan"], title=HOSTILE)
    assert str(project.getProjectProperties().getProjectTitle()) == HOSTILE
    assert str(tasks(project)[0].getName()) == f"{HOSTILE} hostile"


def test_the_calendar_works_every_hour_of_every_day(read):
    calendar = read(PLANS["plan"]).getDefaultCalendar()
    assert str(calendar.getName()) == "Every day"
    for name in ("MONDAY", "SATURDAY", "SUNDAY"):
        weekday = getattr(jpype.JClass("java.time.DayOfWeek"), name)
        assert calendar.isWorkingDay(weekday)
        assert (
            calendar.getWork(weekday, jpype.JClass("org.mpxj.TimeUnit").HOURS).getDuration() == 24
        )


def test_elements_stand_in_the_order_of_the_schema():
    p = plan(FOUR, deadline="2027-03-31", links=[Link("eRS", "MESH")], teams=[[a.id for a in FOUR]])
    root = ET.fromstring(p.to_mspdi())
    for path, name in CLASSES.items():
        kind = jpype.JClass(f"{SCHEMA}{name}").class_
        (order,) = (
            [str(one).strip("_").lower() for one in note.propOrder()]
            for note in kind.getAnnotations()
            if str(note.annotationType().getName()).endswith("XmlType")
        )
        steps = "/".join(f"{NS}{step}" for step in path.split("/"))
        rows = [root] if path == "Project" else root.findall(steps)
        assert rows
        for row in rows:
            places = [order.index(child.tag.removeprefix(NS).lower()) for child in row]
            assert places == sorted(places), path

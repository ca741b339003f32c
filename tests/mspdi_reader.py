"""What a strict reader finds in a project file; shares no code with what writes it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from xml.etree import ElementTree as ET

NS = "{http://schemas.microsoft.com/project}"


@dataclass
class Row:
    name: str
    level: int
    start: date
    finish: date
    elapsed: timedelta
    waits_for: list = field(default_factory=list)
    starts_with: list = field(default_factory=list)
    fields: dict = field(default_factory=dict)
    texts: dict = field(default_factory=dict)


def day(text):
    day, _, time = text.partition("T")
    assert time == "00:00:00"
    return date.fromisoformat(day)


def read_project(data):
    """The rows of a file, by their UIDs."""
    root = ET.fromstring(data)
    assert root.tag == f"{NS}Project"
    aliases = {
        one.findtext(f"{NS}FieldID"): one.findtext(f"{NS}Alias")
        for one in root.iter(f"{NS}ExtendedAttribute")
        if one.find(f"{NS}Alias") is not None
    }
    rows = {}
    for task in root.find(f"{NS}Tasks"):
        texts = {one.tag.removeprefix(NS): one.text for one in task}
        hours = int(texts["Duration"].removeprefix("PT").removesuffix("H0M0S"))
        assert texts["DurationFormat"] == "8"
        rows[texts["UID"]] = Row(
            texts["Name"],
            int(texts["OutlineLevel"]),
            day(texts["Start"]),
            day(texts["Finish"]),
            timedelta(hours=hours),
            *(
                [
                    link.findtext(f"{NS}PredecessorUID")
                    for link in task.findall(f"{NS}PredecessorLink")
                    if link.findtext(f"{NS}Type") == kind
                ]
                for kind in ("1", "3")  # finish to start, start to start
            ),
            {
                aliases[one.findtext(f"{NS}FieldID")]: one.findtext(f"{NS}Value")
                for one in task.findall(f"{NS}ExtendedAttribute")
            },
            texts,
        )
    assert list(rows) == [str(number) for number in range(1, len(rows) + 1)]
    for row in rows.values():
        row.waits_for = [rows[uid] for uid in row.waits_for]
        row.starts_with = [rows[uid] for uid in row.starts_with]
    return list(rows.values())

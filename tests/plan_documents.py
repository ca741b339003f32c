"""A small plan file with one of everything, and how to change it."""

import copy
import json
from typing import Any

from json_documents import Path
from nhs_api_catalogue import (
    Api,
    Catalogue,
    Closure,
    DurationRange,
    Edition,
    Link,
    Plan,
    Service,
    WorkingCalendar,
    dumps_plan,
    plan,
)

WEEKS = DurationRange.parse("4-6 weeks")
RECORDS = Catalogue(
    [
        Api(
            id=name.casefold(), name=name, technical=WEEKS, assurance=DurationRange.parse("1 month")
        )
        for name in ("Alpha", "Beta", "Gamma")
    ],
    Edition("Our guide", "Our trust"),
)
CALENDAR = WorkingCalendar(
    [Closure("Christmas", "2026-12-25", "2026-12-28")],
    "2026-01-01",
    "2028-12-31",
    source="Our trust",
    beyond="weekends_only",
)


def small(**changes: Any) -> Plan:
    """A plan that asks for something of each kind."""
    asked: dict[str, Any] = {
        "start": "2026-01-05",
        "starts": {"Alpha": "2026-02-01"},
        "built": {"Beta": "2026-01-31"},
        "done": ["Gamma", "mailbox"],
        "links": [Link("Alpha", "network", before="build"), Link("Beta", "Gamma", to_be="built")],
        "services": [
            Service("network", "2-4 months", "our provider"),
            Service("mailbox", "5-10 working days", "our team"),
        ],
        "teams": [["Alpha"], ["Beta"]],
        "overlap": "full",
        "calendar": CALENDAR,
    }
    return plan(RECORDS, **(asked | changes))


SMALL: dict[str, Any] = json.loads(dumps_plan(small()))


def changed(path: Path, value: object) -> dict[str, Any]:
    """The small document with one value changed or added."""
    document = copy.deepcopy(SMALL)
    box: Any = document
    for step in path[:-1]:
        box = box[step]
    box[path[-1]] = value
    return document


def without(path: Path) -> dict[str, Any]:
    """The small document without one key."""
    document = copy.deepcopy(SMALL)
    box: Any = document
    for step in path[:-1]:
        box = box[step]
    del box[path[-1]]
    return document

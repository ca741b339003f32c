"""Writes the schema and the page of the format of plan files: python docs/make_plan_format.py.

The JSON Schema goes into the package's data, its reference for people to reference/plan-format.md.
tests/test_plan_files.py checks that the schema and `load_plan` refuse the same files.
"""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any, get_args

from nhs_api_catalogue import Link, catalogue, dumps_plan, plan
from nhs_api_catalogue.planning.requests import Before, Overlap, ToBe
from nhs_api_catalogue.planning.saving import FORMAT

DOCS = Path(__file__).parent
SCHEMA = DOCS.parent / "src" / "nhs_api_catalogue" / "data" / "plan.schema.json"
PAGE = DOCS / "reference" / "plan-format.md"

TEXT = {"type": "string", "pattern": r"\S"}
DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
WINDOW = {"type": "string", "pattern": r"\S"}
TIME = {"type": "string", "pattern": r"\S"}
PRINT = {"type": "string", "pattern": r"\S"}
TEXTS = {"type": "array", "items": TEXT}
ONCE = {**TEXTS, "uniqueItems": True}
DAYS = {"type": "object", "additionalProperties": DAY}


def words(kind: Any) -> dict[str, Any]:
    """One of the words of a Literal."""
    return {"enum": list(get_args(kind))}


def or_null(value: dict[str, Any]) -> dict[str, Any]:
    """The same, or null."""
    return {"anyOf": [value, {"type": "null"}]}


def each(name: str) -> dict[str, Any]:
    """A list of such objects."""
    return {"type": "array", "items": {"$ref": f"#/$defs/{name}"}}


# The objects: what each is, and for each key its type, whether it is required, and what it means.
OBJECTS: dict[str, tuple[str, dict[str, tuple[dict[str, Any], bool, str]]]] = {
    "Basis": (
        "What the plan is based on.",
        {
            "edition": (TEXT, True, "The edition that the records came from, in words."),
            "overlay_as_of": (
                or_null(DAY),
                True,
                "The date of what official sources said about them; null if nothing was said.",
            ),
            "records": (each("Record"), True, "The records, in the order of the plan."),
        },
    ),
    "Record": (
        "A record that the plan is based on.",
        {
            "id": (TEXT, True, "Its id."),
            "values": (PRINT, True, "The SHA-256 of its values."),
            "official": (
                or_null(PRINT),
                True,
                "The SHA-256 of what official sources said about it; null if there is no overlay.",
            ),
        },
    ),
    "Request": (
        "The request: exactly one of `start` and `deadline`, and any other argument of `plan`.",
        {
            "apis": ({**ONCE, "minItems": 1}, True, "The ids of the APIs."),
            "start": (or_null(DAY), False, "The day on which work starts."),
            "deadline": (or_null(DAY), False, "The day by which everything must be live."),
            "starts": (DAYS, False, "The days before which an API or a service does not start."),
            "built": (DAYS, False, "The days on which implementations are finished."),
            "done": (ONCE, False, "What is live already."),
            "links": (each("Link"), False, "What waits for what."),
            "services": (each("Service"), False, "Enabling work of your own."),
            "teams": (
                or_null({"type": "array", "items": TEXTS}),
                False,
                "The ids that each team implements, in order; null if each API has a team.",
            ),
            "overlap": (
                words(Overlap),
                False,
                "Whether assurance runs in parallel with implementation.",
            ),
            "allow_unavailable": (
                {"type": "boolean"},
                False,
                "Whether to plan with APIs that are unavailable.",
            ),
            "calendar": (
                or_null({"$ref": "#/$defs/Calendar"}),
                False,
                "Which days are working days; null if nothing is counted in working days.",
            ),
            "remarks": (TEXTS, False, "What else the plan assumes."),
        },
    ),
    "Link": (
        "What waits for what: ids of APIs in the plan, or names of its services.",
        {
            "api": (TEXT, True, "What waits."),
            "needs": (TEXT, True, "What it waits for."),
            "to_be": (words(ToBe), False, "What state that must be in by then."),
            "before": (words(Before), False, "Which stage waits."),
        },
    ),
    "Service": (
        "Enabling work besides the APIs.",
        {
            "name": (TEXT, True, "Its name in the plan and in links."),
            "time": (TIME, True, "How long it takes, in words or in ISO 8601."),
            "source": (TEXT, True, "Who says so."),
        },
    ),
    "Calendar": (
        "Which days are working days: Monday to Friday, except the closures.",
        {
            "holidays": (each("Closure"), True, "The closures."),
            "known_from": (or_null(DAY), False, "The first day from which all closures are known."),
            "known_until": (or_null(DAY), False, "The last day until which they are known."),
            "source": (TEXT, True, "Who says so."),
            "as_of": (or_null(DAY), False, "The date of the source."),
            "beyond": (
                or_null({"enum": ["weekends_only"]}),
                False,
                "What to assume outside the known days; null to refuse such days.",
            ),
        },
    ),
    "Closure": (
        "Days that are not working days.",
        {
            "name": (TEXT, True, "Its name."),
            "first": (DAY, True, "The first day."),
            "last": (DAY, False, "The last closed day; by default, the first."),
        },
    ),
    "Answer": (
        "The answer on the day that the plan was saved.",
        {
            "start": (DAY, True, "The day on which work started."),
            "go_live": (WINDOW, True, "The go-live window, as two dates."),
            "items": (each("Item"), True, "When each API and each service could go live."),
            "drivers": (
                or_null(TEXTS),
                True,
                "The names of what could drive it; null if that was undecided.",
            ),
        },
    ),
    "Item": (
        "An API or a service of the plan.",
        {
            "id": (or_null(TEXT), True, "The id of the API; null for a service."),
            "name": (TEXT, True, "Its name."),
            "go_live": (WINDOW, True, "Its go-live window, as two dates."),
        },
    ),
}

# What `load_plan` also requires.
BEYOND = (
    "The file is UTF-8, no larger than `max_bytes`, and nested at most ten levels deep.",
    (
        "`basis`, `request` and `answer` each have at most 100,000 keys and values in them, enough "
        "for a plan of ten thousand APIs."
    ),
    "No object repeats a key, and no text has a lone surrogate.",
    "`format` is written `1`, not `1.0`.",
    "Every date is valid, every window ends no earlier than it begins, and every time can be read.",
    "Each of `apis` is the id of a record of the catalogue.",
    "`links`, `starts`, `built` and `done` name what is in the plan.",
    "The request follows every rule of `plan`.",
)


def schema() -> dict[str, Any]:
    """The JSON Schema of a plan file."""
    number = {"const": FORMAT}
    whole = {
        "format": (number, True, "The version of the format."),
        "basis": ({"$ref": "#/$defs/Basis"}, True, "What the plan is based on."),
        "request": ({"$ref": "#/$defs/Request"}, True, "The request."),
        "answer": ({"$ref": "#/$defs/Answer"}, True, "The answer when the plan was saved."),
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:nhs-api-catalogue:plan:1",
        "title": "Plan",
        **described("A plan that nhs_api_catalogue writes, and can make again.", whole),
        "$defs": {name: described(*OBJECTS[name]) for name in sorted(OBJECTS)},
    }


def described(meaning: str, keys: dict[str, tuple[dict[str, Any], bool, str]]) -> dict[str, Any]:
    """The schema of an object."""
    return {
        "description": meaning,
        "type": "object",
        "properties": {
            key: {"description": text, **value} for key, (value, _, text) in keys.items()
        },
        "required": [key for key, (_, is_required, _) in keys.items() if is_required],
        "additionalProperties": False,
    }


def schema_text() -> str:
    """The schema as the package ships it."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


def example() -> str:
    """The request of a plan, as a file has it."""
    p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05", links=[Link("eRS", "MESH")])
    return json.dumps(json.loads(dumps_plan(p))["request"], ensure_ascii=False, indent=2)


def page() -> str:
    """The reference of the format."""
    table = runpy.run_path(str(DOCS / "make_file_format.py"))["table"]
    whole = schema()
    lines = [
        f"""# The plan format

<!-- Written by docs/make_plan_format.py: change that, not the page. -->

A plan file is JSON in UTF-8.
`dump_plan` and `dumps_plan` write it. `load_plan` and `loads_plan` make the plan again with the
records of a catalogue, and say what has changed since; if a file has faults, they list all of them.
The file has the request but not the records, which stay in the catalogue.
[Keep a plan](../how-to/keep-a-plan.md) shows how to use it.

This is the request of a plan with two APIs:

```json
{example()}
```

Its JSON Schema (draft 2020-12) is `plan.schema.json` in the package's data.

## The file
""",
        table(whole),
    ]
    for name in OBJECTS:
        lines += [
            f"## {name}\n\n{whole['$defs'][name]['description']}\n",
            table(whole["$defs"][name]),
        ]
    lines += ["## What the schema leaves to `load_plan`\n", *(f"- {line}" for line in BEYOND), ""]
    return "\n".join(lines)


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")

"""Writes the schema and pages of the file formats from the classes: docs/make_file_format.py.

The JSON Schema of files of records goes into the package's data, its reference for people to
reference/file-format.md, that of overlay files to reference/overlay-format.md.
"""

from __future__ import annotations

import inspect
import json
import re
from datetime import date, timedelta
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from nhs_api_catalogue import (
    AsOf,
    Difference,
    Fact,
    OfficialEntry,
    OfficialService,
    Prerequisite,
    Security,
    Source,
    Timescale,
)
from nhs_api_catalogue._checks import ID as ID_EXPECTED
from nhs_api_catalogue.durations import Duration
from nhs_api_catalogue.editions import formats
from nhs_api_catalogue.official.entries import ADDRESSES
from nhs_api_catalogue.records import AccessRule, Api, Edition
from nhs_api_catalogue.records.own_values import OwnValue
from nhs_api_catalogue.records.parts import REPLACEABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).parent
SCHEMA = DOCS.parent / "src" / "nhs_api_catalogue" / "data" / "edition.schema.json"
PAGE = DOCS / "reference" / "file-format.md"
OVERLAY_PAGE = DOCS / "reference" / "overlay-format.md"

LEAVES: dict[Any, dict[str, Any]] = {
    str: {"type": "string", "pattern": r"\S"},
    bool: {"type": "boolean"},
    date: {"type": "string", "pattern": f"^{formats.DAY}$"},
    timedelta: {"type": "string", "pattern": f"^{formats.AGE}$"},
    formats.TIME: {
        "type": "string",
        "maxLength": formats.LONGEST_RANGE,
        "pattern": f"^(?:{formats.RANGE}|{formats.WORKING})$",
    },
}

# What `load` also requires; tests/laws/test_editions.py checks that there is nothing else.
BEYOND = (
    "The file is UTF-8, no larger than `max_bytes`, and nested at most ten levels deep.",
    "No record, nor anything else in the file, has more than 100,000 keys and values in it.",
    "No object repeats a key, and no text has a lone surrogate.",
    "`format` is written `1`, not `1.0`.",
    "A time in working days needs format 2, and its second number is at least its first.",
    "Every date is valid: there is no 30 February.",
    (
        "The shortest end of a range is at most the longest on every date: `4 weeks to 1 month` "
        "is a range, `30 days to 1 month` is not. Each unit appears once, in ISO 8601's order; "
        "both ends are below 4800 months."
    ),
    "A time in hours, minutes and seconds is below a thousand million days.",
    (
        "A notice for which only the month is known begins on the first of that month, and no "
        "notice ends before it begins."
    ),
    "No use under `excluded` is also under `only` or `stated`.",
    (
        "A record has at most one access rule per supplier, ignoring case, and at most one "
        "source per field under `own`."
    ),
    "The `edition` of a record is a name under `editions`.",
    "No two records have the same `id`.",
)

WORKING = ("10 working days", "5-10 working days")
RANGES = ("4-6 weeks", "1 month to 2 months 3 weeks", "6 weeks", "P4W/P6W")

EXAMPLE = """{
  "format": 1,
  "edition": {"title": "Our estimates", "publisher": "Our trust", "as_of": "2026-05-01"},
  "apis": [
    {
      "id": "ward-board",
      "name": "Ward board",
      "technical": "4-6 weeks",
      "assurance": "1 month to 2 months 2 weeks"
    }
  ]
}"""


# -- the schema --


def schema() -> dict[str, Any]:
    """The JSON Schema of a file of records."""
    objects: dict[str, dict[str, Any]] = {}
    edition = reference(Edition, objects)
    api = reference(Api, objects)
    objects["Api"]["properties"]["edition"] = {
        "description": "The name of the edition that the values come from, one of `editions`; "
        "null if their source is not stated. Without this key, it is the file's own edition.",
        "type": ["string", "null"],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:nhs-api-catalogue:edition:2",
        "title": "Edition",
        "description": "A file of records that nhs_api_catalogue reads and writes.",
        "type": "object",
        "properties": {
            "format": {
                "description": "The version of the format: 2 if a time is in working days. A "
                "higher number is from a newer release.",
                "enum": [*range(formats.FIRST_FORMAT, formats.FORMAT + 1)],
            },
            "edition": {"description": "Where the records come from.", **edition},
            "editions": {
                "description": "Other editions that records come from, by the name that the file "
                "gives them.",
                "type": "object",
                "additionalProperties": edition,
            },
            "apis": {"description": "The records.", "type": "array", "items": api},
        },
        "required": ["format", "edition", "apis"],
        "additionalProperties": False,
        "$defs": dict(sorted(objects.items())),
    }


def reference(kind: type[Any], objects: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A reference to the schema of a class, which is added to the objects."""
    name = kind.__name__
    if name not in objects:
        objects[name] = {}
        fields = formats.keys_of(kind)
        meanings = attributes(kind)
        objects[name] |= {
            "description": first_line(kind),
            "type": "object",
            "properties": {
                field: {"description": meanings[field], **of_field(kind, field, type_, objects)}
                for field, (type_, _) in fields.items()
            },
            "required": [field for field, (_, must) in fields.items() if must],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


def of_field(
    owner: type, field: str, kind: Any, objects: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """The schema of a field, with what its type does not say."""
    found = of_type(kind, objects)
    if (owner, field) in formats.MAY_BE_BLANK:
        found.pop("pattern")
    elif (owner, field) == (Api, "id"):
        found["pattern"] = f"^{formats.SLUG}$"
    elif (owner, field) == (OwnValue, "field"):
        found = {"enum": sorted(REPLACEABLE)}
    elif (owner, field) == (AccessRule, "routes"):
        found["minItems"] = 1
    elif (owner, field) == (Edition, "parts"):
        none = {"properties": {"parts": {"maxItems": 0}}}
        found["items"] = {"allOf": [found["items"], none]}
    return found


def of_type(  # noqa: PLR0911  one for each kind of type
    kind: Any, objects: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """The schema of a value of a type."""
    if kind in LEAVES:
        return dict(LEAVES[kind])
    arguments = get_args(kind)
    if NoneType in arguments:
        inner = of_type(arguments[0], objects)
        if "enum" in inner:
            return {"enum": [*inner["enum"], None]}
        if "type" in inner:
            return {**inner, "type": [inner["type"], "null"]}
        return {"anyOf": [inner, {"type": "null"}]}
    if arguments:
        found = {"type": "array", "items": of_type(arguments[0], objects)}
        return {**found, "uniqueItems": True} if get_origin(kind) is frozenset else found
    if issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    return reference(kind, objects)


def first_line(kind: type[Any]) -> str:
    """What a class is, in its docstring's own words."""
    return inspect.getdoc(kind).partition("\n")[0]  # type: ignore[union-attr]  all have one


def attributes(kind: type[Any]) -> dict[str, str]:
    """What the docstring of a class says about its fields."""
    _, _, block = inspect.getdoc(kind).partition("Attributes:\n")  # type: ignore[union-attr]  as above
    block = block.partition("\n\n")[0]
    lines = re.sub(r"\n {5,}", " ", block).splitlines()
    pairs = (line.partition(":") for line in lines)
    return {name.strip(): re.sub(r"\bNone\b", "null", text.strip()) for name, _, text in pairs}


# -- the page --


def page() -> str:
    """The reference of the file format."""
    return "\n".join(sections(schema()))


def sections(whole: dict[str, Any]) -> Iterator[str]:
    """The parts of the page."""
    ranges, working = (", ".join(f'`"{text}"`' for text in texts) for texts in (RANGES, WORKING))
    yield f"""# The file format

<!-- Written by docs/make_file_format.py from the classes: change those, not the page. -->

A file of records is JSON in UTF-8.
`load` and `loads` read it, and `dump` and `dumps` write it.
`python -m nhs_api_catalogue validate FILE` lists every fault of a file.
`python -m nhs_api_catalogue schema` prints its JSON Schema (draft 2020-12), which lets an editor
check a file while you type.
[Correct or extend the catalogue](../how-to/correct-or-extend.md) shows how to use it.

A record needs at least:

```json
{EXAMPLE}
```

Keys that are not listed here are refused, and so are values of another type: nothing is coerced.
A list whose values appear "each once" may be in any order; `dump` writes it in alphabetical order.

## How values are written

| value | form | example |
|---|---|---|
| date | YYYY-MM-DD | `"2026-05-01"` |
| range of durations | the guide's spelling, or ISO 8601 | {ranges} |
| working days | words, because ISO 8601 has no form | {working} |
| time | hours, minutes and seconds in ISO 8601 | `"PT24H"` |
| id | {ID_EXPECTED} | `"gp-connect-access-record"` |

## The file
"""
    yield table(whole)
    names = ["Api", *(name for name in whole["$defs"] if name != "Api")]
    for name in names:
        yield f"## {name}\n\n{whole['$defs'][name]['description']}\n"
        yield table(whole["$defs"][name])
    yield "## What the schema leaves to `load`\n"
    yield from (f"- {line}" for line in BEYOND)
    yield ""


def table(described: dict[str, Any]) -> str:
    """The keys of an object."""
    rows = [
        f"| `{key}` | {what(value)} | {'yes' if key in described['required'] else 'no'} "
        f"| {value['description']} |"
        for key, value in described["properties"].items()
    ]
    return "\n".join(["| key | value | required | meaning |", "|---|---|---|---|", *rows, ""])


def what(value: dict[str, Any]) -> str:  # noqa: PLR0911  one for each kind of schema
    """A schema in a few words."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in value:
        return " or ".join(map(what, value["anyOf"]))
    if "allOf" in value:
        return what(value["allOf"][0])
    if "enum" in value or "const" in value:
        words = [f"`{json.dumps(word)}`" for word in value.get("enum", [value.get("const")])]
        return ", ".join(words) if len(words) > 2 else " or ".join(words)
    if value.get("type") == "array":
        each = ", each once" if value.get("uniqueItems") else ""
        least = ", at least one" * value.get("minItems", 0)
        inner = what(value["items"])
        return (
            f"list of {inner}{each}{least}" if "," not in inner else f"list{each}{least}: {inner}"
        )
    if value.get("type") == "object":
        return f"object of {what(value['additionalProperties'])}"
    return words_for(value)


def words_for(value: dict[str, Any]) -> str:
    """The schema of a text, a boolean or null in a few words."""
    kinds = value["type"] if isinstance(value["type"], list) else [value["type"]]
    names = {
        leaf["pattern"]: name
        for leaf, name in (
            (LEAVES[date], "date"),
            (LEAVES[timedelta], "time"),
            (LEAVES[formats.TIME], "range of durations, or working days"),
            (LEAVES[str], "text that is not blank"),
            ({"pattern": f"^{formats.SLUG}$"}, "id"),
        )
    }
    said = {"string": names.get(value.get("pattern"), "text"), "boolean": "`true` or `false`"}
    return " or ".join(said.get(kind, f"`{kind}`") for kind in kinds)


# -- the page of overlay files --

SECTIONS: dict[str, type[Any]] = {
    "sources": Source,
    "entries": OfficialEntry,
    "differences": Difference,
    "prerequisites": Prerequisite,
    "services": OfficialService,
    "timescales": Timescale,
}
FACT = '`{"value": "gold", "source": "mesh-spec", "confidence": "official"}`'
OVERLAY_INTRO = f"""# The overlay format

<!-- Written by docs/make_file_format.py from the classes: change those, not the page. -->

What official sources say about the APIs of a catalogue is one JSON file in UTF-8. For the bundled
catalogue it is `official.json`.
`load_overlay` reads your own file, and `load(..., overlay=)` reads it together with the records;
`dump_overlay` writes one.
`python -m nhs_api_catalogue validate --official FILE` lists every fault of a file, and
`python -m nhs_api_catalogue show NAME --json` prints what is said about one API in this form.
[Update the data](../how-to/update-the-data.md) shows how to use it, and
[Official statements](official.md) says what each value means.

Keys that are not listed here are refused, and so are values of another type.
No list repeats an item, and no two sources or entries have the same id.
Several sources may describe one service or one need, each once; the first counts.

## How values are written

| value | form | example |
|---|---|---|
| id | {ID_EXPECTED} | `"mesh-spec"` |
| text | one line that is not blank | `"MESH API"` |
| date | a day, or a month if only that is known | `"2026-02-24"`, `"2025-06"` |
| time | ISO 8601 in months, weeks and days, or only in hours | `"P1M2W"`, `"PT2H"` |
| address | a web address in full | `"https://digital.nhs.uk/developer"` |
| fact | `value`, `source` and `confidence`, and a `note` or `where` if needed | {FACT} |

In a timescale, `shortest` is at most `longest` on every date, and both are hours or neither is.

## The file

| key | value | required | meaning |
|---|---|---|---|
| `format` | `1` | yes | The version of the format. |
| `compiled` | day | yes | The day on which the statements were gathered; no source is later. |
"""


def overlay_page() -> str:
    """The reference of the format of overlay files."""
    return "\n".join(overlay_sections())


def overlay_sections() -> Iterator[str]:
    """The parts of the page."""
    rows = (
        f"| `{section}` | list of objects | no | {first_line(kind)} |"
        for section, kind in SECTIONS.items()
    )
    yield OVERLAY_INTRO + "\n".join(rows) + "\n"
    for section, kind in SECTIONS.items():
        meanings = attributes(kind)
        yield f"## `{section}`\n\n{first_line(kind)}\n"
        yield "| key | value | required | meaning |\n|---|---|---|---|"
        for key, type_ in written_fields(kind).items():
            value, meaning = what_of(type_), meanings[key]
            if re.match("The ids? of|A slug", meaning):
                value = value.replace("text", "id")
            elif key in {"url", *ADDRESSES}:
                value = value.replace("text", "address")
            if is_required(kind, key):
                yield f"| `{key}` | {value} | yes | {meaning} |"
            else:
                yield f"| `{key}` | {value} | no | {meaning.replace('null if', 'left out if')} |"
        yield ""


# The fields that have their own rows.
JOINED = {
    (Prerequisite, "service"),
    (Prerequisite, "called"),
    (OfficialService, "timescales"),
}


def written_fields(kind: type[Any]) -> dict[str, Any]:
    """The fields that an object of a file has; the service that is needed has its own section."""
    fields = get_type_hints(kind)
    return {key: type_ for key, type_ in fields.items() if (kind, key) not in JOINED}


def is_required(kind: type[Any], key: str) -> bool:
    """Whether an object must have the key, even if the value says that there is nothing."""
    if kind is OfficialEntry:
        return key in {"id", "apis", "name"}
    return key not in {"note", "where", "extent", "needs_first"}


def what_of(kind: Any) -> str:  # noqa: PLR0911  one for each kind of type
    """A value of a type in a few words."""
    arguments = get_args(kind)
    if NoneType in arguments and get_origin(arguments[0]) is Fact:
        return what_of(arguments[0])
    if get_origin(kind) is Fact:
        return f"fact: {what_of(arguments[0])}"
    if {Duration, timedelta} <= set(arguments):
        return "time or `null`"
    if NoneType in arguments and get_origin(arguments[0]) is tuple:
        return "list of two whole numbers, either may be `null`; or `null`"
    if NoneType in arguments:
        found = what_of(arguments[0])
        return f"{found} or `null`" if arguments[0] is AsOf else found
    if get_origin(kind) is tuple:
        return f"list of {what_of(arguments[0])}"
    if kind is Security:
        keys = ", ".join(
            f"`{key}`: {what_of(type_)}" for key, type_ in get_type_hints(kind).items()
        )
        return f"object ({keys})"
    if issubclass(kind, Enum):
        return f"[{kind.__name__}](official.md#nhs_api_catalogue.{kind.__name__})"
    names = {str: "text", date: "day", Source: "id of one of `sources`", AsOf: "date"}
    return names[kind]


def schema_text() -> str:
    """The schema as it is shipped."""
    return f"{json.dumps(schema(), ensure_ascii=False, indent=2)}\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    OVERLAY_PAGE.write_text(overlay_page(), encoding="utf-8")

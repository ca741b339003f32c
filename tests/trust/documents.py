"""Mutated documents of each format: only documented errors, and all planted faults at once."""

from __future__ import annotations

import copy
import io
import json
import random
import sys
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhs_api_catalogue import (
    CatalogueError,
    InvalidFileError,
    InvalidPlanError,
    Link,
    Service,
    catalogue,
    dump_plan,
    dumps,
    dumps_overlay,
    load,
    load_overlay,
    load_plan,
    loads,
    loads_plan,
    plan,
)
from nhs_api_catalogue.__main__ import main
from nhs_api_catalogue.official import bundled_overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ODD: list[Any] = [
    None,
    True,
    -1,
    0,
    1e308,
    10**300,
    0.1,
    "",
    " ",
    "\0",
    "\ud800",
    "\u202e",
    "x" * 5000,
    [],
    {},
    [[]],
    {"a": {}},
    "2026-02-30",
    "4-3 weeks",
    "999999999999999999 weeks",
    "P1M/P30D",
]
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "cp037")


def bases(folder: Path) -> dict[str, list[Any]]:
    """Documents of each kind that are read without a fault."""
    some = catalogue.select("eRS", "MESH", "IM1 Transaction")
    own = some.replace("eRS", technical="2-4 months", source="our project")
    p = plan(
        some,
        start="2026-01-05",
        links=[Link("eRS", "MESH", before="build")],
        services=[Service("HSCN", "2-4 months", "our provider")],
        teams=[["eRS"], ["MESH", "IM1 Transaction"]],
    )
    path = folder / "plan.json"
    dump_plan(p, path)
    overlay = bundled_overlay()
    official = [json.loads(dumps_overlay(overlay.about(api))) for api in ("mesh", "scr-fhir")]
    return {
        "records": [json.loads(dumps(some)), json.loads(dumps(own | catalogue.select("SCR")))],
        "official": official,
        "plan": [json.loads(path.read_text("utf-8"))],
    }


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in a document but the document itself."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in pairs:
        yield (*path, key)
        if isinstance(inner, (dict, list)):
            yield from places(inner, (*path, key))


def at(document: Any, path: tuple[Any, ...]) -> tuple[Any, Any]:
    """What holds the value of a path, and the value's key in it."""
    for key in path[:-1]:
        document = document[key]
    return document, path[-1]


def mutated(document: Any, chance: random.Random) -> bytes:  # noqa: PLR0912  one branch for each kind
    """The document with one to four things wrong with it, as bytes."""
    original, document = document, copy.deepcopy(document)
    for _ in range(chance.randint(1, 4)):
        every = list(places(document))
        if not every:
            break
        holder, key = at(document, chance.choice(every))
        other_holder, other = at(document, chance.choice(every))
        match chance.randrange(8):
            case 0:
                holder[key] = copy.deepcopy(chance.choice(ODD))
            case 1:
                holder[key] = copy.deepcopy(other_holder[other])
            case 2:
                del holder[key]
            case 3 if isinstance(holder, dict):
                holder[f"{key}{chance.choice(['', 's', ' ', '_'])}"] = chance.choice(ODD)
            case 4 if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[key]))
            case 5:
                holder[key], other_holder[other] = other_holder[other], holder[key]
                if not is_tree(document):
                    document = copy.deepcopy(original)
            case 6:
                for _ in range(chance.choice((1, 5, 30))):
                    holder[key] = [holder[key]] if chance.random() < 0.5 else {"a": holder[key]}
            case _:
                if isinstance(holder[key], str):
                    text = holder[key]
                    cut = chance.randint(0, len(text))
                    holder[key] = text[:cut] + chance.choice(["", "\0", "\ud800", "é"]) + text[cut:]
    text = json.dumps(document, ensure_ascii=chance.random() < 0.5)
    return broken(text, chance)


def is_tree(document: Any) -> bool:
    """Whether no value contains itself, as one that was swapped with a part of itself would."""
    try:
        json.dumps(document)
    except (ValueError, RecursionError):
        return False
    return True


def broken(text: str, chance: random.Random) -> bytes:
    """The text as bytes; now and then cut, repeated, in another encoding, or with odd bytes."""
    kind = chance.randrange(14)
    if kind == 0:
        text = text[: chance.randint(0, len(text))]
    elif kind == 1:
        cut = chance.randint(0, len(text))
        text = text[:cut] + text[cut : cut + 40] * 3 + text[cut:]
    elif kind == 2:
        text = text.replace(": ", ": 1e999, ", 1) if chance.random() < 0.5 else text + "9" * 5000
    elif kind == 5:
        opening, closing = chance.choice(("[]", ('{"a":', "}")))
        depth = chance.choice((20, 2_000, 200_000))
        cut = chance.choice((0, len(text), chance.randint(0, len(text))))
        text = text[:cut] + opening * depth + closing * depth + text[cut:]
    elif kind == 6:
        # Keys that come twice in their object.
        cut = text.find('": ', chance.randint(0, len(text)))
        start = text.rfind('"', 0, max(cut, 0))
        text = text if cut < 0 else f'{text[:start]}{text[start:cut]}": 1, {text[start:]}'
    encoding = chance.choice(ENCODINGS) if kind == 3 else "utf-8"
    data = text.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace")
    if kind == 4 and data:
        place = chance.randrange(len(data))
        data = data[:place] + bytes([chance.choice((0, 0x80, 0xFF, 0xC0))]) + data[place + 1 :]
    return data


class _ToldError(Exception):
    """The command `validate` found faults and told them as it should."""


def validated(data: bytes, folder: Path, *options: str) -> None:
    """The command, whose status is 0 without faults and 1 with some."""
    path = folder / "one.json"
    path.write_bytes(data)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(["validate", *options, str(path)])
    if status not in (0, 1) or not out.getvalue() or err.getvalue():
        message = f"status {status}, {err.getvalue()!r}"
        raise AssertionError(message)
    if status:
        raise _ToldError


def read_by(kind: str, data: bytes, folder: Path) -> str:
    """What becomes of a document: read, refused, or how it went wrong.

    Every way to read it must give the same answer: the same value, or the same faults.
    """
    readers: dict[str, list[Callable[[], Any]]] = {
        "records": [lambda: load(io.BytesIO(data)), lambda: loads(data)],
        "official": [lambda: load_overlay(io.BytesIO(data), catalogue)],
        "plan": [
            lambda: load_plan(io.BytesIO(data), catalogue=catalogue),
            lambda: loads_plan(data, catalogue=catalogue),
        ],
    }
    ends = [end_of(reader) for reader in readers[kind]]
    for end, value in ends:
        if end.startswith("WRONG"):
            return end
        if value != ends[0][1]:
            return "WRONG: one reader answers differently from another"
    end, value = ends[0]
    if kind != "plan":
        told = end_of(lambda: validated(data, folder, *["--official"] * (kind == "official")))
        if told != (end, None):
            return f"WRONG: {end}, but validate: {told[0]}"
    if end == "read" and kind == "records" and loads(dumps(value)) != value:
        return "WRONG: read, but not the same when it is written"
    return end


def end_of(reader: Callable[[], Any]) -> tuple[str, Any]:
    """What a reader does, and the value or the faults."""
    try:
        return "read", reader()
    except InvalidFileError as error:
        # The message and each fault can be shown.
        told = str(error) and error.problems and all(map(str, error.problems))
        return ("refused", error.problems) if told else ("WRONG: refused without a word", None)
    except InvalidPlanError as error:
        # What can be read and not be planned, as `load_plan` documents it.
        return ("refused as a plan", str(error)) if str(error) else ("WRONG: no word", None)
    except _ToldError:
        return "refused", None
    except CatalogueError as error:
        return f"WRONG: {type(error).__name__}: {str(error)[:200]!r}", None
    except Exception as error:  # noqa: BLE001  this looks for any other error
        return f"WRONG: {type(error).__name__}: {str(error)[:200]!r}", None


def run(count: int, folder: Path, first: int) -> list[tuple[str, int, int]]:
    """Rows of what was tried, how often, and how often it was wrong.

    Document number N is the same in every run, so that many can be tried in pieces.
    """
    documents = bases(folder)
    kinds = ("records", "official", "plan", "records")
    ends: dict[str, Counter[str]] = {kind: Counter() for kind in documents}
    for number in range(first, first + count):
        kind = kinds[number % len(kinds)]
        chance = random.Random(number)  # noqa: S311  a seed, so that a run can be run again
        data = mutated(chance.choice(documents[kind]), chance)
        end = read_by(kind, data, folder)
        ends[kind][end] += 1
        if end.startswith("WRONG"):
            sys.stderr.write(f"document {number}, {kind}: {end}\n")
    rows: list[tuple[str, int, int]] = []
    for kind, found in ends.items():
        wrong = sum(times for end, times in found.items() if end.startswith("WRONG"))
        told = ", ".join(f"{times:,} {end}" for end, times in sorted(found.items()))
        rows.append((f"mutated documents of {kind} ({told})", found.total(), wrong))
    for kind, some in documents.items():
        rows.append(planted(kind, some[0], max(1, count // 100), random.Random(first)))  # noqa: S311  as above
    return rows


def planted(kind: str, document: Any, count: int, chance: random.Random) -> tuple[str, int, int]:
    """Several faults at once, each in a different place: every one is reported."""
    wrong = 0
    every = list(places(document))
    for _ in range(count):
        changed = copy.deepcopy(document)
        chosen: list[tuple[Any, ...]] = []
        for path in chance.sample(every, min(len(every), chance.randint(2, 6))):
            # Not one within another, nor in a value that the reader knows others by.
            if not any(path[: len(one)] == one or one[: len(path)] == path for one in chosen):
                chosen.append(path)
        marks = [f"planted {number} \u2603" for number, _ in enumerate(chosen)]
        for path, mark in zip(chosen, marks, strict=True):
            holder, key = at(changed, path)
            holder[key] = {mark: "no value of this format"}
        data = io.BytesIO(json.dumps(changed).encode())
        try:
            {"records": load, "official": _overlay, "plan": _plan}[kind](data)
            wrong += 1
        except InvalidFileError as error:
            told = [
                json.dumps(problem.value, ensure_ascii=False, default=str)
                for problem in error.problems
            ]
            missed = [mark for mark in marks if not any(mark in one for one in told)]
            if missed:
                wrong += 1
                sys.stderr.write(
                    f"{kind}: not told: {[chosen[marks.index(one)] for one in missed]}\n"
                )
    return f"two to six faults planted at once in documents of {kind}, each told", count, wrong


def _overlay(data: io.BytesIO) -> object:
    return load_overlay(data, catalogue)


def _plan(data: io.BytesIO) -> object:
    return load_plan(data, catalogue=catalogue)

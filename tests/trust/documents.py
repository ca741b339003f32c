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
    InvalidFileError,
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
    plan,
)
from nhs_api_catalogue.__main__ import main
from nhs_api_catalogue.bundled import bundled_overlay

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


def mutated(document: Any, chance: random.Random) -> bytes:
    """The document with one to four things wrong with it, as bytes."""
    document = copy.deepcopy(document)
    for _ in range(chance.randint(1, 4)):
        every = list(places(document))
        if not every:
            break
        holder, key = at(document, chance.choice(every))
        other_holder, other = at(document, chance.choice(every))
        match chance.randrange(7):
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
                for _ in range(chance.choice((1, 5, 30))):
                    holder[key] = [holder[key]] if chance.random() < 0.5 else {"a": holder[key]}
            case _:
                if isinstance(holder[key], str):
                    text = holder[key]
                    cut = chance.randint(0, len(text))
                    holder[key] = text[:cut] + chance.choice(["", "\0", "\ud800", "é"]) + text[cut:]
    text = json.dumps(document, ensure_ascii=chance.random() < 0.5)
    return broken(text, chance)


def broken(text: str, chance: random.Random) -> bytes:
    """The text as bytes; now and then cut, repeated, in another encoding, or with odd bytes."""
    kind = chance.randrange(12)
    if kind == 0:
        text = text[: chance.randint(0, len(text))]
    elif kind == 1:
        cut = chance.randint(0, len(text))
        text = text[:cut] + text[cut : cut + 40] * 3 + text[cut:]
    elif kind == 2:
        text = text.replace(": ", ": 1e999, ", 1) if chance.random() < 0.5 else text + "9" * 5000
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


def read_by(kind: str, data: bytes, folder: Path, chance: random.Random) -> str:
    """What becomes of a document: read, refused, or how it went wrong."""
    doors: dict[str, list[Callable[[], object]]] = {
        "records": [
            lambda: load(io.BytesIO(data)),
            lambda: loads(data.decode("utf-8")),
            lambda: validated(data, folder),
        ],
        "official": [
            lambda: load_overlay(io.BytesIO(data), catalogue),
            lambda: validated(data, folder, "--official"),
        ],
        "plan": [lambda: load_plan(io.BytesIO(data), catalogue=catalogue)],
    }
    try:
        chance.choice(doors[kind])()
    except InvalidFileError as error:
        told = error.problems and all(map(str, error.problems)) and str(error)
        return "refused" if told else "WRONG: refused without a word"
    except _ToldError:
        return "refused"
    except UnicodeDecodeError:
        # `loads` takes text, which this is not.
        return "no text"
    except Exception as error:  # noqa: BLE001  whatever else comes is what is looked for
        return f"WRONG: {type(error).__name__}: {str(error)[:100]!r}"
    return "read"


def run(count: int, folder: Path) -> list[tuple[str, int, int]]:
    """Rows of what was tried, how often, and how often it was wrong."""
    chance = random.Random(20261129)  # noqa: S311  a seed, so that a run can be run again
    documents = bases(folder)
    rows: list[tuple[str, int, int]] = []
    for kind, some in documents.items():
        ends: Counter[str] = Counter()
        share = count * (2 if kind == "records" else 1) // 4
        for _ in range(share):
            data = mutated(chance.choice(some), chance)
            ends[read_by(kind, data, folder, chance)] += 1
        wrong = {end: times for end, times in ends.items() if end.startswith("WRONG")}
        for end, times in sorted(wrong.items()):
            sys.stderr.write(f"{kind}: {times} x {end}\n")
        told = ", ".join(f"{times} {end}" for end, times in sorted((ends - Counter(wrong)).items()))
        rows.append((f"mutated documents of {kind} ({told})", share, sum(wrong.values())))
        rows.append(planted(kind, some[0], max(1, count // 100), chance))
    return rows


def planted(kind: str, document: Any, count: int, chance: random.Random) -> tuple[str, int, int]:
    """Several faults at once, each in a different place: every one is reported."""
    wrong = 0
    texts = [path for path in places(document) if _is_text(document, path)]
    for _ in range(count):
        changed = copy.deepcopy(document)
        chosen = chance.sample(texts, min(len(texts), chance.randint(2, 6)))
        for path in chosen:
            holder, key = at(changed, path)
            holder[key] = {"no": "text"}
        data = io.BytesIO(json.dumps(changed).encode())
        try:
            {"records": load, "official": _overlay, "plan": _plan}[kind](data)
            wrong += 1
        except InvalidFileError as error:
            wrong += len(error.problems) < len(chosen)
    return f"two to six faults planted at once in documents of {kind}", count, wrong


def _overlay(data: io.BytesIO) -> object:
    return load_overlay(data, catalogue)


def _plan(data: io.BytesIO) -> object:
    return load_plan(data, catalogue=catalogue)


def _is_text(document: Any, path: tuple[Any, ...]) -> bool:
    holder, key = at(document, path)
    return isinstance(holder[key], str)

"""The bundled statements, read by a small reader that trusts its file; the tests check the file."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cache, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._packaged import object_reader, packaged_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from nhs_api_catalogue.official.cautions import Cautions, Need
    from nhs_api_catalogue.official.overlay import Overlay
    from nhs_api_catalogue.official.sources import Source

_FILE: Final = "official.json"


# Enough for every bundled record and kind; the ids of a user's own records are not kept for ever.
@lru_cache(maxsize=1024)
def bundled_about(api: str | None, kind: str | None) -> Overlay:
    """What official sources say about one bundled record or all, of one kind or all, read once."""
    names = _names() if kind in {None, "prerequisites"} else NO_NAMES
    return read_overlay(packaged_document(_FILE), api, kind, names)


def _names() -> dict[str, str]:
    """The names of the bundled records, by id."""
    return {row["id"]: row["name"] for row in packaged_document("guide-2025.json")["apis"]}


def bundled_products(api: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The ids of the official products of a bundled record, each with its names.

    They are read without the classes of statements: look-ups and searches need no more.

    >>> bundled_products("mesh")
    (('mesh', ('Message Exchange for Social Care and Health (MESH) API', 'MESH')),)
    """
    return _products().get(api, ())


@cache
def _products() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    found: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for row in packaged_document(_FILE)["entries"]:
        aliases = row.get("aliases") or {"value": ()}
        product = (row["id"], (row["name"]["value"], *aliases["value"]))
        for api in row["apis"]:
            found[api] = (*found.get(api, ()), product)
    return found


def bundled_cautions(api: str) -> Cautions:
    """What a plan must warn about for a bundled record, without the classes of statements.

    >>> [need.name for need in bundled_cautions("dos").needs]
    ['DoS account']
    """
    from nhs_api_catalogue.official.cautions import Cautions, Need  # noqa: PLC0415  few need it
    from nhs_api_catalogue.official.wording import (  # noqa: PLC0415  as above
        cited,
        differs,
        in_a_sentence,
        noted,
    )

    document = packaged_document(_FILE)
    listed = {row["id"]: row for row in document["sources"]}
    services = {row["id"]: row for row in document["services"]}

    def source(row: Mapping[str, Any]) -> str:
        one = listed[row["source"]]
        return cited(one["title"], one["publisher"], one["as_of"], row["confidence"])

    def difference(row: Mapping[str, Any]) -> str:
        words = (row["severity"], row["field"], row["kind"])
        return differs(*words, (row["guide_says"], row["official_says"]), source(row))

    def entry(row: Mapping[str, Any]) -> tuple[str, str, str]:
        fact, name = row.get("open_to_new_integrations"), row["name"]["value"]
        if fact is None:
            return name, "unknown", "unknown"
        text = noted(in_a_sentence(fact["value"]), fact.get("note"))
        return name, fact["value"], visible(f"{text} {source(fact)}")

    def need(row: Mapping[str, Any]) -> Need:
        needs: str = row["needs"]
        words = (needs, row["strength"], row["needed_for"])
        service = services.get(needs)
        if service is None:
            return Need(*words, _names()[needs], is_service=False)
        return Need(*words, service["name"], is_service=True, met_by=service["met_by"])

    rows = {kind: [row for row in document[kind] if _is_about(row, {api})] for kind in _WARNED_OF}
    differences = rows["differences"]
    return Cautions(
        [difference(row) for row in differences if row["severity"] == "blocks_plan"],
        [
            difference(row)
            for row in differences
            if (row["kind"], row["field"]) == ("unconfirmed", "availability")
        ],
        map(entry, rows["entries"]),
        map(need, rows["prerequisites"]),
    )


_WARNED_OF: Final = ("entries", "differences", "prerequisites")

# The module of each kind of statement, its class there, and the fields whose types the module
# defines. A module is loaded when a statement of its kind is read.
_STATEMENTS: Final[dict[str, tuple[str, str, dict[str, str]]]] = {
    "entries": ("entries", "OfficialEntry", {}),
    "differences": (
        "differences",
        "Difference",
        {"field": "DifferenceField", "kind": "DifferenceKind", "severity": "Severity"},
    ),
    "services": ("needs", "OfficialService", {"kind": "ServiceKind"}),
    "prerequisites": (
        "needs",
        "Prerequisite",
        {"strength": "Strength", "needed_for": "NeededFor"},
    ),
    "timescales": (
        "timescales",
        "Timescale",
        {"shortest": "read_time", "longest": "read_time", "extent": "Extent"},
    ),
}


NO_NAMES: Final[Mapping[str, str]] = {}


def read_overlay(
    document: Mapping[str, Any],
    api: str | None = None,
    kind: str | None = None,
    names: Mapping[str, str] = NO_NAMES,
) -> Overlay:
    """The overlay in a document without faults.

    Args:
        document: The contents of a JSON file.
        api: The id of an API; statements that do not concern it are left out.
        kind: A field of an overlay; statements of other kinds are left out.
        names: The names of APIs, by id.
    """
    from nhs_api_catalogue.official.overlay import Overlay  # noqa: PLC0415
    from nhs_api_catalogue.official.sources import AsOf, SeenAs, Source  # noqa: PLC0415

    rows = {name: document.get(name, ()) for name in _STATEMENTS if kind in (None, name)}
    if api is not None and kind is None:
        rows = _linked(rows, api)
    elif api is not None:
        rows = {
            name: [row for row in found if _is_about(row, {api})] for name, found in rows.items()
        }
    if kind == "prerequisites":
        needed = {row["needs"] for row in rows[kind]}
        rows["services"] = [row for row in document.get("services", ()) if row["id"] in needed]
    listed = {row["id"]: row for row in document.get("sources", ())}
    sources: dict[str, Source] = {}
    read_source = object_reader(Source, as_of=AsOf.parse, seen_as=SeenAs)

    def source(id_: str) -> Source:
        if id_ not in sources:
            sources[id_] = read_source(listed[id_])
        return sources[id_]

    timed: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in document.get("timescales", ()):
        timed[row["applies_to"]].append(row)
    needed_services = [
        {**row, "timescales": _statements("timescales", timed[row["id"]], source)}
        for row in rows.pop("services", ())
    ]
    services = {one.id: one for one in _statements("services", needed_services, source)}
    if "prerequisites" in rows:
        needs = rows["prerequisites"]
        rows["prerequisites"] = [
            {**row, "service": service, "called": None if service else names.get(row["needs"])}
            for row in needs
            for service in (services.get(row["needs"]),)
        ]
    made = {name: _statements(name, found, source) for name, found in rows.items()}
    return Overlay(
        compiled=date.fromisoformat(document["compiled"]),
        sources=tuple(source(id_) for id_ in listed if not (kind or api) or id_ in sources),
        services=tuple(services.values()),
        **made,
    )


def _linked(rows: Mapping[str, Any], api: str) -> dict[str, Any]:
    """The rows about an API, those of the ids named there, and so on.

    Only `Overlay.about` decides what belongs together. It finds the same in these rows as in all,
    and reading all takes twice as long.
    """
    ids = {row["id"] for found in rows.values() for row in found if "id" in row}
    reached, before = {api}, 0
    found: dict[str, Any] = {}
    while before < len(reached):
        before = len(reached)
        found = {
            name: [row for row in of_kind if row.get("id") in reached or _is_about(row, reached)]
            for name, of_kind in rows.items()
        }
        reached |= ids.intersection(_texts(found))
    return found


def _texts(value: Any) -> Iterator[str]:
    """Every text in a JSON value, except keys."""
    kind: Any = type(value)  # pyright: ignore[reportUnknownVariableType]  of anything in JSON
    if kind is str:
        yield value
    if kind in (dict, list):
        for inside in value.values() if kind is dict else value:
            yield from _texts(inside)


def _is_about(row: Mapping[str, Any], ids: AbstractSet[str]) -> bool:
    return not ids.isdisjoint(row.get("apis", (row.get("api"), row.get("applies_to"))))


def _statements(
    name: str, rows: Iterable[Mapping[str, Any]], source: Callable[[str], Source]
) -> tuple[Any, ...]:
    """The statements of a kind, whose module is loaded if there are any."""
    if not rows:
        return ()
    from nhs_api_catalogue.official.sources import Confidence  # noqa: PLC0415

    room_name, class_name, words = _STATEMENTS[name]
    room = import_module(f"nhs_api_catalogue.official.{room_name}")
    stated = {"source": source, "confidence": Confidence}
    kinds = {
        **stated,
        **dict.fromkeys(("apis", "met_by", "needs_first", "working_days"), tuple),
        **{field: getattr(room, word) for field, word in words.items()},
    }
    if name == "entries":
        security = object_reader(
            room.Security,
            mode=room.SecurityMode,
            pattern=room.SecurityPattern,
            level=room.SignInLevel,
        )
        facts = {**room.FACTS, "security": (security,)}
        kinds |= {
            field: object_reader(room.Fact, value=kind, **stated) for field, kind in facts.items()
        }
    return tuple(map(object_reader(getattr(room, class_name), **kinds), rows))

"""JSON to what official sources say: one small reader without cattrs, which trusts its document."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue._documents import MAX_BYTES
from nhs_api_catalogue.official import (
    AsOf,
    Confidence,
    Difference,
    DifferenceField,
    DifferenceKind,
    Fact,
    NeededFor,
    OfficialEntry,
    OfficialService,
    Overlay,
    Prerequisite,
    Security,
    SecurityMode,
    SecurityPattern,
    SeenAs,
    ServiceKind,
    Severity,
    Source,
    Strength,
    Timescale,
)
from nhs_api_catalogue.official.entries import FACTS
from nhs_api_catalogue.official.statements import read_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhs_api_catalogue._documents.files import File
    from nhs_api_catalogue.records import Api


def load_overlay(
    source: File,
    apis: Iterable[Api],
    *,
    max_bytes: int = MAX_BYTES,
) -> Overlay:
    """The overlay of a file, after a check of everything in it.

    Args:
        source: The path of the file, or the file opened for reading.
        apis: The catalogue, or the records, that it is about.
        max_bytes: How large it may be.

    Raises:
        InvalidOverlayError: There are faults; it holds them all.
        OSError: The file cannot be read.

    >>> from io import StringIO
    >>> from nhs_api_catalogue import catalogue
    >>> text = '{"format": 1, "compiled": "2026-11-22"}'
    >>> load_overlay(StringIO(text), catalogue).differences
    ()
    """
    # The bundled file is read without it.
    from nhs_api_catalogue.overlays.faults import checked_document  # noqa: PLC0415

    return read_overlay(checked_document(source, (api.id for api in apis), max_bytes))


def read_overlay(document: Mapping[str, Any], api: str | None = None) -> Overlay:
    """The overlay that a document without faults holds, or what of it is about one API."""
    if api is not None:
        document = _part(document, api)
    sources = {values["id"]: _source(values) for values in document.get("sources", ())}
    services = {values["id"]: _service(values, sources) for values in document.get("services", ())}
    return Overlay(
        compiled=date.fromisoformat(document["compiled"]),
        sources=tuple(sources.values()),
        entries=tuple(_entry(values, sources) for values in document.get("entries", ())),
        differences=tuple(
            _difference(values, sources) for values in document.get("differences", ())
        ),
        prerequisites=tuple(
            _prerequisite(values, sources, services) for values in document.get("prerequisites", ())
        ),
        services=tuple(services.values()),
        timescales=tuple(_timescale(values, sources) for values in document.get("timescales", ())),
    )


def _part(document: Mapping[str, Any], api: str) -> dict[str, Any]:
    """What of a document is about one API, with what that refers to.

    To read all of it, when a record or two are asked for, would take six times as long.
    """
    entries = [row for row in document["entries"] if api in row["apis"]]
    successors = {id_ for row in entries for id_ in row.get("replaced_by", _NOTHING)["value"]}
    entries = [row for row in document["entries"] if row in entries or row["id"] in successors]
    needs = [row for row in document["prerequisites"] if row["api"] == api]
    subjects = {api, *(row["needs"] for row in needs)}
    part: dict[str, Any] = {
        "entries": entries,
        "differences": [row for row in document["differences"] if row["api"] == api],
        "prerequisites": needs,
        "services": [row for row in document["services"] if row["id"] in subjects],
        "timescales": [row for row in document["timescales"] if row["applies_to"] in subjects],
    }
    cited = {row["source"] for rows in part.values() for row in rows if "source" in row}
    cited |= {fact["source"] for row in entries for field, fact in row.items() if field in FACTS}
    sources = [row for row in document["sources"] if row["id"] in cited]
    return {"compiled": document["compiled"], "sources": sources, **part}


_NOTHING: Final[Mapping[str, Any]] = {"value": ()}


def _source(values: Mapping[str, Any]) -> Source:
    as_of = values["as_of"]
    return Source(
        id=values["id"],
        title=values["title"],
        url=values["url"],
        publisher=values["publisher"],
        as_of=None if as_of is None else AsOf.parse(as_of),
        seen_as=SeenAs(values["seen_as"]),
        note=values.get("note"),
    )


def _value(kind: type, value: Any) -> Any:
    if kind is str:
        return value
    if kind is Security:
        return Security(SecurityMode(value["mode"]), SecurityPattern(value["pattern"]))
    return kind(value)


def _fact(kind: type | tuple[type], values: Mapping[str, Any], source: Source) -> Fact[Any]:
    value = values["value"]
    return Fact(
        tuple(_value(kind[0], item) for item in value)
        if isinstance(kind, tuple)
        else _value(kind, value),
        source,
        Confidence(values["confidence"]),
        values.get("note"),
    )


def _entry(values: Mapping[str, Any], sources: Mapping[str, Source]) -> OfficialEntry:
    facts = {
        field: _fact(FACTS[field], fact, sources[fact["source"]])
        for field, fact in values.items()
        if field in FACTS
    }
    return OfficialEntry(id=values["id"], apis=tuple(values["apis"]), **facts)


def _difference(values: Mapping[str, Any], sources: Mapping[str, Source]) -> Difference:
    return Difference(
        api=values["api"],
        field=DifferenceField(values["field"]),
        kind=DifferenceKind(values["kind"]),
        severity=Severity(values["severity"]),
        guide_says=values["guide_says"],
        official_says=values["official_says"],
        source=sources[values["source"]],
        confidence=Confidence(values["confidence"]),
    )


def _service(values: Mapping[str, Any], sources: Mapping[str, Source]) -> OfficialService:
    return OfficialService(
        id=values["id"],
        name=values["name"],
        kind=ServiceKind(values["kind"]),
        what=values["what"],
        source=sources[values["source"]],
        met_by=tuple(values["met_by"]),
    )


def _prerequisite(
    values: Mapping[str, Any],
    sources: Mapping[str, Source],
    services: Mapping[str, OfficialService],
) -> Prerequisite:
    return Prerequisite(
        api=values["api"],
        needs=values["needs"],
        strength=Strength(values["strength"]),
        needed_for=NeededFor(values["needed_for"]),
        source=sources[values["source"]],
        confidence=Confidence(values["confidence"]),
        note=values.get("note"),
        service=services.get(values["needs"]),
    )


def _timescale(values: Mapping[str, Any], sources: Mapping[str, Source]) -> Timescale:
    shortest, longest, days = (values[key] for key in ("shortest", "longest", "working_days"))
    return Timescale(
        what=values["what"],
        applies_to=values["applies_to"],
        text=values["text"],
        shortest=None if shortest is None else read_time(shortest),
        longest=None if longest is None else read_time(longest),
        working_days=None if days is None else tuple(days),
        source=sources[values["source"]],
        confidence=Confidence(values["confidence"]),
    )

"""JSON to what official sources say: one small reader without cattrs, which trusts its document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue._documents import MAX_BYTES
from nhs_api_catalogue._later import Later
from nhs_api_catalogue.official.overlay import Overlay
from nhs_api_catalogue.official.sources import AsOf, Confidence, SeenAs, Source
from nhs_api_catalogue.records import Api

if TYPE_CHECKING:
    import nhs_api_catalogue._documents.files as files
    from nhs_api_catalogue.official.differences import Difference
    from nhs_api_catalogue.official.entries import OfficialEntry
    from nhs_api_catalogue.official.needs import OfficialService, Prerequisite
    from nhs_api_catalogue.official.sources import Fact
    from nhs_api_catalogue.official.timescales import Timescale
else:
    files = Later("nhs_api_catalogue._documents.files")


def load_overlay(
    source: files.File,
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
        TypeError: The source is neither a path nor a file, one of `apis` is no record, or
            `max_bytes` is no whole number.
        ValueError: `max_bytes` is below 1.

    >>> from io import StringIO
    >>> from nhs_api_catalogue import catalogue
    >>> text = '{"format": 1, "compiled": "2026-11-22"}'
    >>> load_overlay(StringIO(text), catalogue).differences
    ()
    """
    # The bundled file is read without them.
    from nhs_api_catalogue.catalogues.catalogue import read_records  # noqa: PLC0415
    from nhs_api_catalogue.overlays.faults import checked_document  # noqa: PLC0415

    ids = [api.id for api in read_records(apis)]
    return read_overlay(checked_document(source, ids, max_bytes))


def read_overlay(
    document: Mapping[str, Any], api: str | None = None, kind: str | None = None
) -> Overlay:
    """The overlay that a document without faults holds.

    Args:
        document: What a JSON file holds.
        api: The id of an API; what is not about it is left out.
        kind: A field of an overlay; statements of other kinds are left out.
    """
    read = _STATEMENTS if kind is None else _READ_FOR[kind]
    rows: dict[str, list[Any]] = {key: [] for key in _STATEMENTS}
    rows |= {field: document.get(field, []) for field in read}
    if api is not None:
        rows = _about(api, rows)
    listed = document.get("sources", [])
    if api is not None or kind is not None:
        cited = _cited(rows)
        listed = [row for row in listed if row["id"] in cited]
    sources = {row["id"]: _source(row) for row in listed}
    services = {row["id"]: _service(row, sources) for row in rows["services"]}
    return Overlay(
        compiled=date.fromisoformat(document["compiled"]),
        sources=tuple(sources.values()),
        entries=tuple(_entry(row, sources) for row in rows["entries"]),
        differences=tuple(_difference(row, sources) for row in rows["differences"]),
        prerequisites=tuple(_prerequisite(row, sources, services) for row in rows["prerequisites"]),
        services=tuple(services.values()),
        timescales=tuple(_timescale(row, sources) for row in rows["timescales"]),
    )


_STATEMENTS: Final = ("entries", "differences", "prerequisites", "services", "timescales")
# What is read for the sake of a kind of statement.
_READ_FOR: Final = {
    "entries": ("entries",),
    "differences": ("differences",),
    "prerequisites": ("prerequisites", "services"),
    "timescales": ("timescales",),
}


def _about(api: str, rows: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Those of the rows that are about one API, with what they refer to.

    To read all of them, when a record or two are asked for, would take six times as long.
    """
    entries = [row for row in rows["entries"] if api in row["apis"]]
    for row in entries:  # grows while it is gone through
        ids = row.get("replaced_by", _NOTHING)["value"]
        entries += [one for one in rows["entries"] if one["id"] in ids and one not in entries]
    needs = [row for row in rows["prerequisites"] if row["api"] == api]
    subjects = {api, *(row["needs"] for row in needs)}
    return {
        "entries": [row for row in rows["entries"] if row in entries],
        "differences": [row for row in rows["differences"] if row["api"] == api],
        "prerequisites": needs,
        "services": [row for row in rows["services"] if row["id"] in subjects],
        "timescales": [row for row in rows["timescales"] if row["applies_to"] in subjects],
    }


_NOTHING: Final[Mapping[str, Any]] = {"value": ()}


def _cited(rows: Mapping[str, list[Any]]) -> set[str]:
    """The ids of the sources that the rows name; those of an entry are named by its facts."""
    facts = (
        fact for row in rows["entries"] for field, fact in row.items() if field not in _NO_FACTS
    )
    others = (row for field in _STATEMENTS if field != "entries" for row in rows[field])
    return {stated["source"] for stated in chain(facts, others)}


_NO_FACTS: Final = {"id", "apis"}


# A kind of statement, with its words, is loaded when a row of it is read.


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


def _entry(values: Mapping[str, Any], sources: Mapping[str, Source]) -> OfficialEntry:
    from nhs_api_catalogue.official.entries import FACTS, OfficialEntry  # noqa: PLC0415

    facts = {
        field: _fact(FACTS[field], fact, sources[fact["source"]])
        for field, fact in values.items()
        if field in FACTS
    }
    return OfficialEntry(id=values["id"], apis=tuple(values["apis"]), **facts)


def _fact(kind: type | tuple[type], values: Mapping[str, Any], source: Source) -> Fact[Any]:
    from nhs_api_catalogue.official.sources import Fact  # noqa: PLC0415

    value = values["value"]
    return Fact(
        tuple(_value(kind[0], item) for item in value)
        if isinstance(kind, tuple)
        else _value(kind, value),
        source,
        Confidence(values["confidence"]),
        values.get("note"),
        values.get("where"),
    )


def _value(kind: type, value: Any) -> Any:
    if kind is str:
        return value
    if isinstance(value, dict):
        from nhs_api_catalogue.official import product_words as words  # noqa: PLC0415

        level = value.get("level")
        return kind(
            words.SecurityMode(value["mode"]),
            words.SecurityPattern(value["pattern"]),
            None if level is None else words.SignInLevel(level),
        )
    return date.fromisoformat(value) if kind is date else kind(value)


def _difference(values: Mapping[str, Any], sources: Mapping[str, Source]) -> Difference:
    from nhs_api_catalogue.official import differences  # noqa: PLC0415

    return differences.Difference(
        api=values["api"],
        field=differences.DifferenceField(values["field"]),
        kind=differences.DifferenceKind(values["kind"]),
        severity=differences.Severity(values["severity"]),
        guide_says=values["guide_says"],
        official_says=values["official_says"],
        source=sources[values["source"]],
        confidence=Confidence(values["confidence"]),
        where=values.get("where"),
    )


def _service(values: Mapping[str, Any], sources: Mapping[str, Source]) -> OfficialService:
    from nhs_api_catalogue.official import needs  # noqa: PLC0415

    return needs.OfficialService(
        id=values["id"],
        name=values["name"],
        kind=needs.ServiceKind(values["kind"]),
        what=values["what"],
        source=sources[values["source"]],
        met_by=tuple(values["met_by"]),
        where=values.get("where"),
    )


def _prerequisite(
    values: Mapping[str, Any],
    sources: Mapping[str, Source],
    services: Mapping[str, OfficialService],
) -> Prerequisite:
    from nhs_api_catalogue.official import needs  # noqa: PLC0415

    return needs.Prerequisite(
        api=values["api"],
        needs=values["needs"],
        strength=needs.Strength(values["strength"]),
        needed_for=needs.NeededFor(values["needed_for"]),
        source=sources[values["source"]],
        confidence=Confidence(values["confidence"]),
        where=values.get("where"),
        note=values.get("note"),
        service=services.get(values["needs"]),
    )


def _timescale(values: Mapping[str, Any], sources: Mapping[str, Source]) -> Timescale:
    from nhs_api_catalogue.official.timescales import Timescale, read_time  # noqa: PLC0415

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
        where=values.get("where"),
    )

"""Files of official statements: read completely, or refused with every fault in them.

A contributor who adds a fact in one place learns what is missing or wrong: the source, its date, a
word outside the vocabulary, an id that nothing has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache, partial
from typing import Any, Final, get_args

import attrs

from nhs_api_catalogue._checks import ID, is_id
from nhs_api_catalogue._documents import MAX_BYTES
from nhs_api_catalogue._documents.files import (
    Document,
    File,
    RefusedError,
    is_list,
    is_object,
    is_rows,
)
from nhs_api_catalogue._documents.reading import (
    Format,
    Hook,
    ListOf,
    fields_of,
    format_number,
    knowing,
    known,
    leaf,
    maybe,
    one_of,
    read_document,
    text_that,
)
from nhs_api_catalogue.catalogues.catalogue import Catalogue, read_records
from nhs_api_catalogue.errors import CatalogueError, InvalidOverlayError
from nhs_api_catalogue.official.differences import Difference
from nhs_api_catalogue.official.entries import ADDRESSES, FACTS, Fact, OfficialEntry, Security
from nhs_api_catalogue.official.needs import OfficialService, Prerequisite
from nhs_api_catalogue.official.overlay import Overlay
from nhs_api_catalogue.official.product_words import SignInLevel
from nhs_api_catalogue.official.sources import ADDRESS, AsOf, Source, is_address
from nhs_api_catalogue.official.timescales import (
    WORKING_DAYS,
    Extent,
    Timescale,
    are_working_days,
    read_time,
)
from nhs_api_catalogue.records import Api

FORMAT: Final = 1


@attrs.frozen
class OverlayFile:
    """The contents of a file; the sources come first, because everything else names them."""

    format: int
    compiled: date
    sources: tuple[Source, ...] = ()
    entries: tuple[OfficialEntry, ...] = ()
    differences: tuple[Difference, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    services: tuple[OfficialService, ...] = ()
    timescales: tuple[Timescale, ...] = ()


def load_overlay(source: File, apis: Iterable[Api], *, max_bytes: int = MAX_BYTES) -> Overlay:
    """The overlay in a file, after a check of everything in it.

    If the file mentions a service that it does not describe, such as "hscn", it means the service
    in the catalogue's overlay; the description is included with its source.

    Args:
        source: The path of the file, or a file open for reading.
        apis: The catalogue, or the records, that it is about.
        max_bytes: The largest size of the file.

    Raises:
        InvalidOverlayError: There are faults; the error has them all, up to ten thousand.
        OSError: The file cannot be read.
        TypeError: The source is neither a path nor a file, one of `apis` is not a record, or
            `max_bytes` is not a whole number.
        ValueError: `max_bytes` is below 1.

    >>> from io import StringIO
    >>> from nhs_api_catalogue import catalogue
    >>> text = '{"format": 1, "compiled": "2026-11-22"}'
    >>> load_overlay(StringIO(text), catalogue).differences
    ()
    """
    names = {api.id: api.name for api in read_records(apis)}
    document = Document.read(source, max_bytes, InvalidOverlayError)
    return read(document, names, _described(apis)).naming(names)


def _described(apis: Iterable[Api]) -> dict[str, OfficialService]:
    """The services in a catalogue's overlays, with the newest statement of each."""
    found: dict[str, OfficialService] = {}
    for overlay in apis.overlays if isinstance(apis, Catalogue) else ():
        for service in overlay.services:
            found.setdefault(service.id, service)
    return found


def read(
    document: Document, apis: Iterable[str], described: Mapping[str, OfficialService] | None = None
) -> Overlay:
    """The overlay in a document.

    Args:
        document: The file.
        apis: The ids of the APIs that it may mention.
        described: The services that it may mention without describing them.

    Raises:
        InvalidOverlayError: There are faults; the error has them, in the order of the file.
    """
    described = {} if described is None else described
    known = partial(_known, document, {id_: id_ for id_ in apis}, described)
    file = read_document(overlay_format, OverlayFile, document, known)
    times: dict[str, list[Timescale]] = {}
    for time in file.timescales:
        times.setdefault(time.applies_to, []).append(time)
    values: dict[str, Any] = {
        field.name: getattr(file, field.name) for field in attrs.fields(Overlay)
    }
    values["services"] = tuple(
        attrs.evolve(service, timescales=tuple(times.get(service.id, ())))
        for service in file.services
    )
    services: dict[str, OfficialService] = {}
    for service in values["services"]:
        # The first statement about a service counts.
        services.setdefault(service.id, service)
    named = (
        *(need.needs for need in file.prerequisites),
        *(timescale.applies_to for timescale in file.timescales),
    )
    others = {id_: described[id_] for id_ in named if id_ in described and id_ not in services}
    services |= others
    values["prerequisites"] = tuple(
        attrs.evolve(need, service=services.get(need.needs)) for need in file.prerequisites
    )
    overlay = Overlay(**values)
    if not others:
        return overlay
    cited = tuple(dict.fromkeys(service.source for service in others.values()))
    return overlay | Overlay(file.compiled, sources=cited, services=tuple(others.values()))


def _known(
    document: Document, apis: dict[str, Any], described: Iterable[str], *, in_detail: bool
) -> dict[str, Any]:
    """What the statements of a document may name, and the latest date that a source may have."""
    by_id: dict[str, dict[str, Any]] = {"sources": {}, "entries": {}, "services": {}}
    last = None
    for key, value in document.members():
        if key == "compiled":
            last = _last_day(value)
        elif key in by_id:
            rows = value if is_rows(value) else ()
            named = (row for row in rows if is_object(row) and isinstance(row.get("id"), str))
            is_read = key == "sources" and not in_detail
            by_id[key] = {row["id"]: row if is_read else row["id"] for row in named}
    sources = dict.fromkeys(by_id["sources"], _ANY_SOURCE)
    if not in_detail:
        read_source = overlay_format(in_detail=False).object_of(Source)
        with knowing({"last": last}):
            sources = {id_: read_source(row, None) for id_, row in by_id["sources"].items()}
    return {
        "api": apis,
        "entry": by_id["entries"],
        "subject": apis | {id_: id_ for id_ in described} | by_id["services"],
        "source": sources,
        "last": last,
    }


def _last_day(value: object) -> date | None:
    """The latest date that a source may have, if it can be read."""
    try:
        return _read_day(value)
    except (CatalogueError, ValueError, TypeError):
        return None


_ANY_SOURCE: Final = Source("any", "any", "https://example.org", "any")


@cache
def overlay_format(*, in_detail: bool) -> Format:
    """How a file is read, given what `_known` gives."""
    made = Format(
        {
            # A line break or a control character would break the tables that show it.
            str: (text_that(_is_line, "a line of text that is not blank"), "x"),
            date: (leaf(_read_day, "a valid date, as YYYY-MM-DD"), date.min),
            Source: (one_of("source", "the id of a source in this file"), _ANY_SOURCE),
        },
        in_detail=in_detail,
    )
    line, slug, address = made.hook(str), text_that(is_id, ID), text_that(is_address, ADDRESS)
    api = one_of("api", "the id of an API in the catalogue")
    apis = ListOf(api, distinct=True)
    subject = one_of(
        "subject", "the id of an API, or of a service in this file or over the catalogue"
    )
    time = maybe(leaf(read_time, "a duration, as P4W, P1M, P1M2W or PT2H"))

    def fact(field: str) -> Hook:
        kind = FACTS[field]
        one = kind[0] if isinstance(kind, tuple) else kind
        if field == "replaced_by":
            read = one_of("entry", "the id of an entry in this file")
        else:
            read = address if field in ADDRESSES else made.hook(one)
        many = ListOf(read, least=1, distinct=True)
        return made.object_of(Fact[Any], value=many if isinstance(kind, tuple) else read)

    # A key that may be missing is never null.
    statements: tuple[type, ...] = (Fact, Difference, Prerequisite, OfficialService, Timescale)
    for kind in statements:
        made.field(kind, where=line)
    for kind in (Source, Fact, Prerequisite):
        made.field(kind, note=line)
    made.field(Security, level=made.hook(SignInLevel))
    made.field(Source, id=slug, url=address, as_of=maybe(_read_as_of))
    made.field(OfficialEntry, id=slug, apis=apis, **{field: fact(field) for field in FACTS})
    made.field(Difference, api=api)
    made.field(Prerequisite, api=api, needs=subject, service=None, called=None)
    made.field(OfficialService, id=_read_service_id, met_by=apis, timescales=None)
    made.field(OfficialService, needs_first=ListOf(_read_service_id, distinct=True))
    made.field(
        Timescale,
        applies_to=subject,
        shortest=time,
        longest=time,
        working_days=maybe(_read_days),
        extent=made.hook(Extent),
    )
    # Keys that must be there, even if only to say that there is nothing.
    made.required(Source, "as_of", "seen_as")
    made.required(OfficialEntry, "apis")
    made.required(OfficialService, "met_by")

    # Several sources may describe one service. Even one source may say several things about one
    # need: that it is conditional for one stage, and required for another.
    once: dict[type, tuple[tuple[str, ...], str]] = {
        Source: (("id",), "each id once"),
        OfficialEntry: (("id",), "each id once"),
        OfficialService: (("id", "source"), "each id only once from one source"),
    }
    for name, (rows, is_needed) in fields_of(OverlayFile).items():
        if not is_needed:
            (kind, _) = get_args(rows)
            unique = once.get(kind, ((), ""))
            one = made.object_of(kind)
            read = _as_known(one) if kind is Source else one
            made.field(OverlayFile, **{name: ListOf(read, distinct=True, unique=unique)})
    made.field(OverlayFile, format=format_number(FORMAT))
    return made


def _as_known(read: Hook) -> Hook:
    """A source: the same that the statements have."""
    return lambda row, _: known("source")[read(row, None).id]


def _is_line(text: str) -> bool:
    return bool(text.strip()) and text.isprintable()


def _read_day(text: Any) -> date:
    day = AsOf.parse(text)
    if day.month_only:
        raise ValueError
    return day.first_day


def _read_as_of(value: Any, _: Any) -> AsOf:
    last = known("last")
    try:
        as_of = AsOf.parse(value)
        if last is None or as_of.first_day <= last:
            return as_of
    except (CatalogueError, TypeError):
        pass
    bound = "" if last is None else f" up to {last}"
    expected = f"YYYY-MM-DD or YYYY-MM{bound}, or null for a source without a date"
    raise RefusedError(expected)


def _read_days(value: Any, _: Any) -> tuple[int | None, ...]:
    if not is_list(value) or not are_working_days(tuple(value)):
        raise RefusedError(WORKING_DAYS.replace("None", "null"))
    return tuple(value)


def _read_service_id(value: Any, _: Any) -> str:
    if type(value) is not str or not is_id(value):
        raise RefusedError(ID)
    if value in known("api"):
        raise RefusedError("an id that no API in the catalogue has")
    return value

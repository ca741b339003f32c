"""Your own files of records: read completely, or refused with every fault in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import attrs

from nhs_api_catalogue._documents import MAX_BYTES
from nhs_api_catalogue._documents.files import (
    File,
    RefusedError,
    is_object,
    members,
    parsed,
    read_text,
    text_of,
)
from nhs_api_catalogue._documents.reading import REFUSALS, knowing
from nhs_api_catalogue._documents.reading import faults as faults_of
from nhs_api_catalogue._later import Later
from nhs_api_catalogue.bundled import bundled, bundled_overlay
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.editions.formats import (
    RANGE_EXPECTED,
    EditionFile,
    edition_format,
    format_of,
)
from nhs_api_catalogue.errors import InvalidCatalogueError, Problem
from nhs_api_catalogue.records import Api, Edition

if TYPE_CHECKING:
    import nhs_api_catalogue.official as statements
else:
    statements = Later("nhs_api_catalogue.official")

LaidOver: TypeAlias = Literal["bundled"] | File | "statements.Overlay" | None
"""The overlay of records: the bundled overlay, your own file, an overlay, or nothing."""

BUNDLED: Final = "bundled"


def load(source: File, *, overlay: LaidOver = BUNDLED, max_bytes: int = MAX_BYTES) -> Catalogue:
    """The catalogue in a file, after a check of everything in it.

    The reference of the file format says what the file may contain.

    Args:
        source: The path of the file, or a file open for reading.
        overlay: What official sources say about the records: "bundled" uses this library's own
            statements, matched by id; a path, an open file or an `Overlay` is yours; None means
            nothing. Give a file that is itself called "bundled" as a `Path`.
        max_bytes: The largest size of the file, and of the overlay file.

    Raises:
        InvalidCatalogueError: There are faults; the error has them all, up to ten thousand.
        InvalidOverlayError: There are faults in the overlay file.
        OSError: A file cannot be read.
        TypeError: The source is neither a path nor a file, or `max_bytes` is not a whole number.
        ValueError: `max_bytes` is below 1.

    >>> from io import StringIO
    >>> from nhs_api_catalogue import catalogue, dumps
    >>> load(StringIO(dumps(catalogue))) == catalogue
    True
    """
    name, text = read_text(source, max_bytes, InvalidCatalogueError)
    return _lay(overlay, _catalogue(text, name, overlay), max_bytes)


def loads(
    text: str | bytes, *, overlay: LaidOver = BUNDLED, max_bytes: int = MAX_BYTES
) -> Catalogue:
    """The catalogue in the content of a file, as `load` reads it.

    Args:
        text: The content, as text or bytes.
        overlay: What official sources say about the records, as for `load`.
        max_bytes: The largest size of the content, and of the overlay file.

    Raises:
        InvalidCatalogueError: There are faults; the error has them all, up to ten thousand.
        InvalidOverlayError: There are faults in the overlay file.
        OSError: The overlay file cannot be read.
        TypeError: The content is neither text nor bytes, or `max_bytes` is not a whole number.
        ValueError: `max_bytes` is below 1.

    >>> text = '{"format": 1, "edition": {"title": "Ours", "publisher": "We"}, "apis": []}'
    >>> loads(text)
    <Catalogue of 0 APIs, Ours (We, no date)>
    >>> loads(text.replace("title", "titel"))
    Traceback (most recent call last):
        ...
    nhs_api_catalogue.errors.InvalidCatalogueError: 2 faults in a catalogue file:
    - the file: edition is {'titel': 'Ours', 'publisher': 'We'}, expected the key 'title' as well
    - the file: edition is 'titel', expected only the keys title, publisher, as_of, source, sha256, based_on, overlay_as_of, parts: did you mean 'title'?
    """  # noqa: E501  the messages are one line each
    content = text_of(text, max_bytes, InvalidCatalogueError)
    return _lay(overlay, _catalogue(content, None, overlay), max_bytes)


def _catalogue(text: str, file: str | None, overlay: LaidOver) -> Catalogue:
    """The catalogue of a text; any overlay but the bundled one must still be laid over it.

    Raises:
        InvalidCatalogueError: There are faults.
    """
    try:
        return _read(text, is_bundled=overlay == BUNDLED)
    except REFUSALS:
        pass
    raise InvalidCatalogueError(faults(parsed(text, file, InvalidCatalogueError), file))


def _read(text: str, *, is_bundled: bool) -> Catalogue:
    """The catalogue in a text; any of `REFUSALS` if it has a fault."""
    compiled = bundled().edition.overlay_as_of if is_bundled else None
    made = edition_format(in_detail=False)
    hooks, read_api = made.hooks(EditionFile), made.hook(Api)
    editions: dict[Any, Edition | None] = {None: None}
    given: dict[str, Any] = {}
    with knowing(edition=editions, overlay=bundled_overlay if is_bundled else None, format=None):
        for key, value in members(text, "apis"):
            if isinstance(value, Iterator):
                # The editions of some may come after the records.
                rows: Iterator[Any] = value  # pyright: ignore[reportUnknownVariableType]
                given[key] = [
                    read_api(row, None)
                    if is_object(row) and row.get("edition", ...) in editions
                    else row
                    for row in rows
                ]
            else:
                given[key] = hooks[key](value, None)
            if key == "edition":
                given[key] = attrs.evolve(given[key], overlay_as_of=compiled)
                # What a catalogue was made from is not the source of a record.
                editions[...] = attrs.evolve(given[key], based_on=None)
            if key == "editions":
                for name, edition in given[key].items():
                    editions[name] = attrs.evolve(edition, overlay_as_of=compiled)
        apis = (one if isinstance(one, Api) else read_api(one, None) for one in given.pop("apis"))
        file = EditionFile(apis=tuple(apis), **given)
    if file.format < format_of(file.apis):
        raise RefusedError(RANGE_EXPECTED)
    return Catalogue(file.apis, file.edition)


def faults(document: dict[str, Any], file: str | None = None) -> tuple[Problem, ...]:
    """Every fault of a document, in the order of the file.

    Args:
        document: The contents of a JSON file.
        file: The name of the file, for the faults.
    """
    editions = document.get("editions")
    names = dict.fromkeys(editions if is_object(editions) else ())
    with knowing(edition=names, format=document.get("format")):
        return faults_of(edition_format(in_detail=True).hook(EditionFile), document, file)


def _lay(overlay: LaidOver, records: Catalogue, max_bytes: int) -> Catalogue:
    if overlay is None or overlay == BUNDLED:
        return records
    if not isinstance(overlay, statements.Overlay):
        from nhs_api_catalogue.overlays.reading import load_overlay  # noqa: PLC0415  few need it

        overlay = load_overlay(overlay, records, max_bytes=max_bytes)
    return records.with_overlay(overlay)

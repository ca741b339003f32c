"""Files of records of your own: read whole, or refused with every fault in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import attrs

from nhs_api_catalogue._documents import MAX_BYTES
from nhs_api_catalogue._documents.files import (
    File,
    check_limit,
    has_single_keys,
    is_deep,
    is_list,
    parse_document,
    read_document,
    refuse_depth,
)
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.editions.conversion import REFUSALS, converter
from nhs_api_catalogue.editions.formats import FORMAT, UnreadableError
from nhs_api_catalogue.editions.trusted import bundled, bundled_overlay
from nhs_api_catalogue.errors import DuplicateApiError, InvalidCatalogueError
from nhs_api_catalogue.official.overlay import Overlay
from nhs_api_catalogue.overlays import load_overlay
from nhs_api_catalogue.records import Api, Edition

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nhs_api_catalogue.records.apis import OverlayReader

LaidOver: TypeAlias = Literal["bundled"] | File | Overlay | None
"""What is laid over records: the bundled overlay, a file of your own, an overlay, or nothing."""

BUNDLED: Final = "bundled"
_KEYS: Final = frozenset({"format", "edition", "editions", "apis"})


def load(source: File, *, overlay: LaidOver = BUNDLED, max_bytes: int = MAX_BYTES) -> Catalogue:
    """The catalogue of a file, after a check of everything in it.

    The reference of the file format says what the file may hold.

    Args:
        source: The path of the file, or the file opened for reading.
        overlay: What official sources say of the records: "bundled" lays this library's own over
            them, by their ids; a path, an open file or an `Overlay` is yours; None is nothing. A
            file that is itself called "bundled" is given as a `Path`.
        max_bytes: How large the file, or the file of the overlay, may be.

    Raises:
        InvalidCatalogueError: There are faults; it holds them all.
        InvalidOverlayError: There are faults in the file of the overlay.
        OSError: A file cannot be read.
        TypeError: The source is neither a path nor a file, or `max_bytes` no whole number.
        ValueError: `max_bytes` is below 1.

    >>> from io import StringIO
    >>> from nhs_api_catalogue import catalogue, dumps
    >>> load(StringIO(dumps(catalogue))) == catalogue
    True
    """
    name, document = read_document(source, max_bytes, InvalidCatalogueError)
    return _lay(overlay, _catalogue(document, name, overlay), max_bytes)


def loads(
    text: str | bytes, *, overlay: LaidOver = BUNDLED, max_bytes: int = MAX_BYTES
) -> Catalogue:
    """The catalogue of the content of a file, as `load` reads it.

    Args:
        text: The content, as text or as its bytes.
        overlay: What official sources say of the records, as for `load`.
        max_bytes: How large the content, or the file of the overlay, may be.

    Raises:
        InvalidCatalogueError: There are faults; it holds them all.
        InvalidOverlayError: There are faults in the file of the overlay.
        OSError: The file of the overlay cannot be read.
        TypeError: The content is neither text nor bytes, or `max_bytes` no whole number.
        ValueError: `max_bytes` is below 1.

    >>> text = '{"format": 1, "edition": {"title": "Ours", "publisher": "We"}, "apis": []}'
    >>> loads(text)
    <Catalogue of 0 APIs, Ours (We, no date)>
    >>> loads(text.replace("title", "titel"))
    Traceback (most recent call last):
        ...
    nhs_api_catalogue.errors.InvalidCatalogueError: 2 faults in a catalogue file:
    - the file: edition is {'titel': 'Ours', 'publisher': 'We'}, expected a key 'title' too
    - the file: edition is 'titel', expected only the keys title, publisher, as_of, source, sha256, based_on, overlay_as_of, parts: did you mean 'title'?
    """  # noqa: E501  the messages are one line each
    check_limit(max_bytes)
    document = parse_document(_content(text), max_bytes, None, InvalidCatalogueError)
    return _lay(overlay, _catalogue(document, None, overlay), max_bytes)


def _content(text: object) -> str | bytes:
    if not isinstance(text, (str, bytes)):
        message = f"expected the text of a file, got {text!r}"
        raise TypeError(message)
    return text


def _catalogue(document: dict[str, Any], file: str | None, overlay: LaidOver) -> Catalogue:
    """The catalogue of a document; what is not the bundled overlay has still to be laid over it.

    Raises:
        InvalidCatalogueError: There are faults.
    """
    # Whatever is too deep among the records is of no type that they have.
    if is_deep({key: value for key, value in document.items() if key != "apis"}):
        refuse_depth(document, file, InvalidCatalogueError)
    try:
        return _converted(document, is_bundled=overlay == BUNDLED)
    except (*REFUSALS, DuplicateApiError):
        if is_deep(document):
            refuse_depth(document, file, InvalidCatalogueError)
        # Good files do without it.
        from nhs_api_catalogue.editions.faults import faults  # noqa: PLC0415

        raise InvalidCatalogueError(faults(document, file)) from None


def _converted(document: dict[str, Any], *, is_bundled: bool) -> Catalogue:
    """The catalogue of a document; anything of `REFUSALS` if it has a fault."""
    number = document["format"]
    rows = document["apis"]
    if not has_single_keys(document) or document.keys() - _KEYS or not is_list(rows):
        raise UnreadableError
    if type(number) is not int or number != FORMAT:
        raise UnreadableError
    compiled = bundled().edition.overlay_as_of if is_bundled else None

    def edition_of(values: Any) -> Edition:
        return attrs.evolve(converter().structure(values, Edition), overlay_as_of=compiled)

    named = document.get("editions", {})
    if not has_single_keys(named):
        raise UnreadableError
    edition = edition_of(document["edition"])
    editions = {name: edition_of(values) for name, values in named.items()}
    reader = bundled_overlay if is_bundled else None
    return Catalogue(_records(rows, edition, editions, reader), edition)


def _records(
    rows: list[Any],
    edition: Edition,
    editions: Mapping[str, Edition],
    reader: OverlayReader | None,
) -> Iterator[Api]:
    """The records, each with its edition and with what is laid over it."""
    # What a catalogue was made from is no source of a record.
    usual = attrs.evolve(edition, based_on=None)
    sources: dict[Any, Edition | None] = {**editions, None: None}
    read = converter().get_structure_hook(Api)
    for row in rows:
        if not has_single_keys(row) or "overlay" in row:
            raise UnreadableError
        source = sources[row["edition"]] if "edition" in row else usual
        yield read({**row, "edition": source, "overlay": reader}, Api)


def _lay(overlay: LaidOver, records: Catalogue, max_bytes: int) -> Catalogue:
    if overlay is None or overlay == BUNDLED:
        return records
    if not isinstance(overlay, Overlay):
        overlay = load_overlay(overlay, records, max_bytes=max_bytes)
    return records.with_overlay(overlay)

"""Your own files of records: read completely, or refused with every fault in them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import attrs

from nhs_api_catalogue._documents import MAX_BYTES
from nhs_api_catalogue._documents.files import Document, File, RefusedError, is_object
from nhs_api_catalogue._documents.reading import read_document
from nhs_api_catalogue._later import Later
from nhs_api_catalogue.bundled import bundled
from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.editions.formats import EditionFile, edition_format
from nhs_api_catalogue.errors import InvalidCatalogueError
from nhs_api_catalogue.official import bundled_overlay
from nhs_api_catalogue.records import Edition

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
    document = Document.read(source, max_bytes, InvalidCatalogueError)
    return _lay(overlay, _catalogue(document, overlay), max_bytes)


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
    document = Document(text, max_bytes, InvalidCatalogueError)
    return _lay(overlay, _catalogue(document, overlay), max_bytes)


def _catalogue(document: Document, overlay: LaidOver) -> Catalogue:
    """The catalogue in a file; any overlay but the bundled one must still be laid over it."""
    known = partial(known_in, document, overlay)
    file = read_document(edition_format, EditionFile, document, known)
    return Catalogue(file.apis, attrs.evolve(file.edition, overlay_as_of=_compiled(overlay)))


def _compiled(overlay: LaidOver) -> date | None:
    return bundled().edition.overlay_as_of if overlay == BUNDLED else None


def known_in(document: Document, overlay: LaidOver, *, in_detail: bool) -> dict[str, Any]:
    """What is known while the file is read."""
    editions = document.value("editions", is_last=True) if in_detail else None
    names = dict.fromkeys(editions if is_object(editions) else ())
    return {
        "edition": names if in_detail else _Editions(document, _compiled(overlay)),
        "overlay": bundled_overlay if overlay == BUNDLED else None,
        "format": document.value("format", is_last=in_detail),
    }


class _Editions(dict[Any, Edition | None]):
    """The editions of a file by name, with "..." for its own; read when a record needs one."""

    def __init__(self, document: Document, compiled: date | None) -> None:
        super().__init__({None: None})
        self._document, self._compiled = document, compiled

    def __missing__(self, name: Any) -> Edition | None:
        key = "edition" if name is ... else "editions"
        value = self._document.value(key, is_last=False)
        found = edition_format(in_detail=False).hooks(EditionFile)[key](value, None)
        # What a catalogue was made from is not the source of a record.
        editions = {...: attrs.evolve(found, based_on=None)} if name is ... else found
        for one, edition in editions.items():
            self[one] = attrs.evolve(edition, overlay_as_of=self._compiled)
        if name not in self:
            raise RefusedError("the name of an edition")
        return self[name]


def _lay(overlay: LaidOver, records: Catalogue, max_bytes: int) -> Catalogue:
    if overlay is None or overlay == BUNDLED:
        return records
    if not isinstance(overlay, statements.Overlay):
        from nhs_api_catalogue.overlays.reading import load_overlay  # noqa: PLC0415  few need it

        overlay = load_overlay(overlay, records, max_bytes=max_bytes)
    return records.with_overlay(overlay)

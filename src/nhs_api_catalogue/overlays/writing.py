"""Overlays as files, and official statements as JSON values."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from os import PathLike
from typing import Any, Final, cast

import attrs

from nhs_api_catalogue._checks import check_kind
from nhs_api_catalogue._documents.files import Document, encoded
from nhs_api_catalogue._writing import write
from nhs_api_catalogue.durations import Duration
from nhs_api_catalogue.errors import InvalidOverlayError
from nhs_api_catalogue.official.overlay import Overlay
from nhs_api_catalogue.official.sources import AsOf, Source, Word
from nhs_api_catalogue.official.timescales import HOUR
from nhs_api_catalogue.overlays.reading import FORMAT, read

# A key that must be there, even if only to say that there is nothing.
_ALWAYS: Final = frozenset({"as_of", "shortest", "longest", "working_days"})


def dumps_overlay(overlay: Overlay) -> str:
    r"""The overlay as the text of a file, which `load_overlay` reads back without loss.

    The text is JSON with two spaces per level and a newline at the end. It includes cited sources
    and needed services that the overlay does not list.

    Raises:
        InvalidOverlayError: A file cannot contain some values; the error has them all.
        TypeError: It is not an overlay.

    >>> from nhs_api_catalogue import catalogue
    >>> dumps_overlay(catalogue.overlays[0].about("mesh"))[:20]
    '{\n  "format": 1,\n  "'
    """
    return _encoded(overlay).decode()


def dump_overlay(overlay: Overlay, path: str | PathLike[str]) -> None:
    """Writes the overlay to a file as `dumps_overlay` gives it, in UTF-8.

    A reader sees the whole old file or the whole new one, as with `dump`.

    Raises:
        InvalidOverlayError: A file cannot contain some values.
        OSError: The file cannot be written; the old one stays.
        TypeError: The first is not an overlay, or the second is not a path.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from nhs_api_catalogue import catalogue, load_overlay
    >>> mesh = catalogue.overlays[0].about("mesh")
    >>> with TemporaryDirectory() as folder:
    ...     dump_overlay(mesh, Path(folder, "mesh.json"))
    ...     load_overlay(Path(folder, "mesh.json"), catalogue) == mesh
    True
    """
    write(path, _encoded(overlay))


def _encoded(overlay: Overlay) -> bytes:
    check_kind(overlay, Overlay, "expected an Overlay")
    apis = _apis(overlay)
    data = _in_lines(overlay)
    with suppress(InvalidOverlayError):
        if _read(data, apis) == overlay:
            return data
    # The union with nothing lists everything that the statements refer to.
    data = _in_lines(overlay | Overlay(overlay.compiled))
    _read(data, apis)
    return data


def _in_lines(overlay: Overlay) -> bytes:
    text = json.dumps(document_of(overlay), ensure_ascii=False, indent=2) + "\n"
    return encoded([text], InvalidOverlayError)


def _read(data: bytes, apis: Iterable[str]) -> Overlay:
    return read(Document(data, len(data), InvalidOverlayError), apis)


def _apis(overlay: Overlay) -> frozenset[str]:
    """The ids of all APIs that are mentioned."""
    needs, services = overlay.prerequisites, {service.id for service in overlay.services}
    services |= {need.needs for need in needs if need.service is not None}
    named = {
        *(api for entry in overlay.entries for api in entry.apis),
        *(difference.api for difference in overlay.differences),
        *(id_ for need in needs for id_ in (need.api, need.needs)),
        *(api for service in overlay.services for api in service.met_by),
        *(api for need in needs if need.service for api in need.service.met_by),
        *(timescale.applies_to for timescale in overlay.timescales),
    }
    return frozenset(named - services)


def document_of(overlay: Overlay) -> dict[str, Any]:
    """The overlay in the form that `read_overlay` accepts.

    >>> from nhs_api_catalogue import catalogue
    >>> (overlay,) = catalogue.overlays
    >>> document_of(overlay.about("mesh"))["differences"][0]["severity"]
    'informative'
    """
    return {"format": FORMAT, **attrs.asdict(overlay, filter=_counts, value_serializer=_value)}


def _counts(field: attrs.Attribute[Any], value: object) -> bool:
    # The service that is needed, and its timescales, have their own rows.
    is_written = field.name != "service" and field.eq is True
    is_said = value is not None and (field.name != "needs_first" or value != ())
    return is_written and (is_said or field.name in _ALWAYS)


def _value(_owner: object, _field: object, value: Any) -> Any:
    """A JSON value, or one that is still to be converted."""
    if isinstance(value, tuple):
        return list(cast("tuple[object, ...]", value))
    if isinstance(value, Word):
        return value.value
    if isinstance(value, Source):
        return value.id
    if isinstance(value, Duration):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"PT{value // HOUR}H"
    return str(value) if isinstance(value, (AsOf, date)) else value

"""Official statements as values of JSON, in the form that an overlay file has."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from nhs_api_catalogue.durations import Duration
from nhs_api_catalogue.official.sources import AsOf, Source, Word
from nhs_api_catalogue.official.timescales import HOUR
from nhs_api_catalogue.overlays.reading import FORMAT

if TYPE_CHECKING:
    from nhs_api_catalogue.official.overlay import Overlay

# A key that must be there, even if it says that there is nothing.
_ALWAYS: Final = frozenset({"as_of", "shortest", "longest", "working_days"})


def document_of(overlay: Overlay) -> dict[str, Any]:
    """The overlay as `read_overlay` takes it.

    >>> from nhs_api_catalogue import catalogue
    >>> (overlay,) = catalogue.overlays
    >>> document_of(overlay.about("mesh"))["differences"][0]["severity"]
    'informative'
    """
    return {"format": FORMAT, **attrs.asdict(overlay, filter=_counts, value_serializer=_value)}


def _counts(field: attrs.Attribute[Any], value: object) -> bool:
    # The service that is needed has a row of its own.
    return field.name != "service" and (value is not None or field.name in _ALWAYS)


def _value(_owner: object, _field: object, value: Any) -> Any:
    """A value of JSON, or one that is still to be taken apart."""
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

"""Catalogues as files: the same bytes in every process, written completely or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import Enum
from functools import lru_cache
from json.encoder import encode_basestring
from os import PathLike
from typing import Any, Final, cast

import attrs

from nhs_api_catalogue._documents.files import encoded
from nhs_api_catalogue._writing import write
from nhs_api_catalogue.catalogues import Catalogue, read_catalogue
from nhs_api_catalogue.editions.formats import format_of, keys_of, write_age
from nhs_api_catalogue.errors import InvalidCatalogueError
from nhs_api_catalogue.records import Api, Edition
from nhs_api_catalogue.working_days.times import is_time

_FIELDS: Final = tuple(keys_of(Api))
_MARGIN: Final = " " * 6


def dumps(catalogue: Catalogue) -> str:
    r"""The catalogue as the text of a file, which `loads` reads back without loss.

    The text is JSON with two spaces per level, keys in the order of the fields, sets in
    alphabetical order, and a newline at the end. Overlays are not included.

    Raises:
        InvalidCatalogueError: A text has a lone surrogate, which no file can contain, or a record
            has more than 100,000 keys and values.
        TypeError: It is not a catalogue.

    >>> from nhs_api_catalogue import catalogue
    >>> dumps(catalogue)[:20]
    '{\n  "format": 1,\n  "'
    """
    return _encoded(catalogue).decode()


def dump(catalogue: Catalogue, path: str | PathLike[str]) -> None:
    """Writes the catalogue to a file as `dumps` gives it, in UTF-8.

    A reader sees the whole old file or the whole new one: a new file is written beside it and then
    replaces it. It keeps the permissions of the old file; a link stays and leads to it.

    Raises:
        InvalidCatalogueError: A text has a lone surrogate, or a record is too large, as there.
        OSError: The file cannot be written; the old one stays.
        TypeError: The first is not a catalogue, or the second is not a path.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from nhs_api_catalogue import catalogue, load
    >>> with TemporaryDirectory() as folder:
    ...     dump(catalogue, Path(folder, "mine.json"))
    ...     load(Path(folder, "mine.json")) == catalogue
    True
    """
    write(path, _encoded(catalogue))


def _encoded(catalogue: Catalogue) -> bytes:
    return encoded(_pieces(read_catalogue(catalogue)), InvalidCatalogueError)


def _pieces(catalogue: Catalogue) -> Iterator[str]:
    names = _names(catalogue)
    yield f'{{\n  "format": {format_of(catalogue.apis)},\n'
    yield f'  "edition": {_indented(catalogue.edition, 2)},\n'
    editions = {name: edition for edition, name in names.items() if edition is not None}
    if editions:
        yield f'  "editions": {_indented(editions, 2)},\n'
    yield '  "apis": ['
    usual = _usual(catalogue)
    lead = "\n"
    for api in catalogue.apis:
        lines = [f'{_MARGIN}"{name}": {_value(getattr(api, name))}' for name in _FIELDS]
        if api.edition != usual:
            lines.append(f'{_MARGIN}"edition": {_value(names[api.edition])}')
        yield lead + "    {\n" + ",\n".join(lines) + "\n    }"
        lead = ",\n"
    yield "\n  ]\n}\n" if catalogue.apis else "]\n}\n"


def _usual(catalogue: Catalogue) -> Edition:
    """The edition of the records that name none in the file."""
    return attrs.evolve(catalogue.edition, based_on=None)


def _names(catalogue: Catalogue) -> Mapping[Edition | None, str | None]:
    """The names of all other editions of the records; a record without one has no name."""
    usual = _usual(catalogue)
    names: dict[Edition | None, str | None] = {None: None}
    for edition in dict.fromkeys(api.edition for api in catalogue.apis):
        if edition is not None and edition != usual:
            name = str(edition)
            count = sum(str(other) == name for other in names)
            names[edition] = f"{name} #{count + 1}" if count else name
    return names


def _value(value: Any) -> str:
    """A value of a record, as written in the file."""
    return encode_basestring(value) if type(value) is str else _repeated(value)


# Most values of a record are among a few dozen, and cost more to write than to look up.
@lru_cache(maxsize=4096)
def _repeated(value: Any) -> str:
    return _indented(value, len(_MARGIN))


def _indented(value: Any, margin: int) -> str:
    text = json.dumps(value, default=_plain, ensure_ascii=False, indent=2)
    return text.replace("\n", "\n" + " " * margin)


def _plain(value: Any) -> Any:
    """A JSON value for one that JSON lacks, or a value whose parts are still to be converted."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset):
        # Sets have a different order in each process.
        return sorted(member.value for member in cast("frozenset[Enum]", value))
    if isinstance(value, timedelta):
        return write_age(value)
    if attrs.has(_kind_of(value)) and not is_time(value):
        return {name: getattr(value, name) for name in keys_of(_kind_of(value))}
    return str(value)


def _kind_of(value: object) -> type[Any]:
    return type(value)

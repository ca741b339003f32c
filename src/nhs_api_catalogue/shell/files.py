"""Files given on the command line: read, validated and compared."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Final

from nhs_api_catalogue import InvalidFileError, catalogue, diff, load, load_overlay
from nhs_api_catalogue._documents.files import WHOLE, is_object
from nhs_api_catalogue._packaged import packaged
from nhs_api_catalogue.shell import output
from nhs_api_catalogue.shell.mistakes import FoundError, UsageError, in_options

if TYPE_CHECKING:
    import argparse

    from nhs_api_catalogue import Catalogue

BUNDLED: Final = "bundled"


def records_of(options: argparse.Namespace) -> Catalogue:
    """The records that are asked for, with the overlays to lay over them."""
    records = read_records(options.catalogue, options.max_bytes)
    for path in options.overlay:
        mine = load_overlay(path, records, max_bytes=options.max_bytes)
        records = records.with_overlay(mine)
    return records


def read_records(name: str, max_bytes: int) -> Catalogue:
    """The records of a file, or for the word "bundled" the bundled ones."""
    return catalogue if name == BUNDLED else load(name, max_bytes=max_bytes)


def validate(options: argparse.Namespace) -> str:
    """Every fault of a file, or otherwise how much is in it."""
    try:
        return _validate_overlay(options) if options.official else _validate_records(options)
    except InvalidFileError as error:
        lines = [in_options(str(problem)) for problem in error.problems]
        raise FoundError("\n".join([*lines, *_other_kind(error, options)])) from None


def _validate_records(options: argparse.Namespace) -> str:
    if options.file is None:
        message = "validate needs a FILE of records, or --official"
        raise UsageError(message)
    found = load(options.file, max_bytes=options.max_bytes)
    return f"no faults: {len(found)} {'API' if len(found) == 1 else 'APIs'}, {found.edition}"


def _validate_overlay(options: argparse.Namespace) -> str:
    records = records_of(options)
    if options.file is None:
        # What lies over the records is what is to be validated: it has to stand alone.
        overlay = load_overlay(BytesIO(packaged("official.json")), records.apis)
    else:
        overlay = load_overlay(options.file, records, max_bytes=options.max_bytes)
    undated = [source.id for source in overlay.sources if source.as_of is None]
    lines = [f"no faults: {overlay.summary}"]
    if undated:
        lines += ["", f"{len(undated)} of the sources have no date:", *undated]
    return "\n".join(lines)


# Keys that only files of one kind have, and what to do with such a file.
_RECORDS: Final = "a file of records"
_STATEMENTS: Final = "a file of official statements"
_KEYS: Final = {
    _RECORDS: ({"edition", "apis"}, "leave out --official"),
    _STATEMENTS: (
        {"compiled", "differences", "entries", "prerequisites", "services", "timescales"},
        "add --official",
    ),
    "a plan that was saved": ({"basis", "request", "answer"}, "plan --request reads it"),
}


def _other_kind(error: InvalidFileError, options: argparse.Namespace) -> list[str]:
    """A line that says whether the file is of the other kind.

    A fault of the whole file shows its keys, because a pipe cannot be read twice.
    """
    keys: set[str] = set()
    for problem in error.problems:
        if problem.record == WHOLE and not problem.path and is_object(problem.value):
            keys |= problem.value.keys()
    asked = _STATEMENTS if options.official else _RECORDS
    kinds = [kind for kind, (only, _) in _KEYS.items() if keys & only]
    if asked in kinds:
        return []
    return [f"{options.file} looks like {kind}: {_KEYS[kind][1]}" for kind in kinds]


def diff_(options: argparse.Namespace) -> str:
    """What differs between two editions."""
    old, new = (read_records(name, options.max_bytes) for name in (options.old, options.new))
    found = diff(old, new)
    text = output.to_json(found.rows()) if options.json else found.describe(width=output.width())
    if found:
        raise FoundError(text)
    return text


def schema(options: argparse.Namespace) -> str:
    """The JSON Schema of files of records."""
    del options
    return packaged("edition.schema.json").decode().removesuffix("\n")

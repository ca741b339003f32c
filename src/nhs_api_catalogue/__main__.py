"""The command line: lists, shows, plans, validates and compares; a thin layer over the library."""

from __future__ import annotations

import argparse
import json
import sys
from io import BytesIO
from textwrap import fill
from typing import TYPE_CHECKING, Any, NoReturn

from nhs_api_catalogue import (
    CatalogueError,
    InvalidFileError,
    InvalidPlanError,
    PertBeta,
    Triangular,
    Uniform,
    catalogue,
    diff,
    load,
    load_overlay,
    plan,
)
from nhs_api_catalogue._documents import MAX_BYTES
from nhs_api_catalogue.editions import packaged
from nhs_api_catalogue.editions.reading import BUNDLED
from nhs_api_catalogue.overlays.writing import document_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhs_api_catalogue import Api, Catalogue, Plan
    from nhs_api_catalogue.likelihood import Assumption

FOUND = 1
USER_ERROR = 2


class _FoundError(Exception):
    """What was looked for is there, faults or differences; the text lists them."""


class _UsageError(CatalogueError):
    """Options that do not go together."""


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(USER_ERROR, f"{self.prog}: {message}\n")


class _Version(argparse.Action):
    """An option that looks the version up only when it is asked for, as that takes a while."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        import nhs_api_catalogue  # noqa: PLC0415

        sys.stdout.write(f"{parser.prog} {nhs_api_catalogue.__version__}\n")
        sys.exit()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give back its exit status.

    A user's mistake is told on standard error, with status 2. Faults of a file that was to be
    validated, and differences between two, are on standard output, with status 1.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        text = options.run(options)
    except _FoundError as found:
        sys.stdout.write(f"{found}\n")
        return FOUND
    except CatalogueError as error:
        parser.error(str(error))
    except OSError as error:
        parser.error(f"{error.filename}: {error.strerror}")
    sys.stdout.write(f"{text}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="nhs_api_catalogue",
        description='The NHS APIs of the "NHS API Guide 2025" and plans for them.',
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="the library's version")
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    listing = commands.add_parser("list", help="the catalogue, one line per API")
    listing.set_defaults(run=_list)
    showing = commands.add_parser("show", help="one record, with what official sources say of it")
    showing.add_argument("name", metavar="NAME", help="a name, an abbreviation or an id")
    showing.set_defaults(run=_show)
    planning = commands.add_parser(
        "plan",
        help="when these APIs could be live",
        description="Shows when these APIs could be live. It needs a --start or a --deadline. "
        "Where a warning says missing_prerequisites, the method of that name tells more: "
        "plan(...).missing_prerequisites() in Python.",
    )
    planning.add_argument("names", metavar="NAME", nargs="+", help="an API, by any of its names")
    _add_plan_options(planning)
    planning.set_defaults(run=_plan)
    _add_file_commands(commands)
    for command in (listing, showing, planning):
        command.add_argument("--json", action="store_true", help="as JSON, for machines")
        command.add_argument(
            "--catalogue",
            metavar="FILE",
            default=BUNDLED,
            help="a file of records instead of those that come with this library",
        )
        _add_max_bytes(command)
    return parser


def _add_file_commands(commands: Any) -> None:
    validating = commands.add_parser(
        "validate",
        help="every fault of a file at once",
        description="Lists every fault of a file, one per line: status 0 without faults, 1 with "
        "some, 2 if the file cannot be read.",
    )
    validating.add_argument(
        "--official",
        action="store_true",
        help="the file holds what official sources say; without FILE, the bundled one is meant",
    )
    validating.add_argument("file", metavar="FILE", nargs="?", help="the file to validate")
    validating.set_defaults(run=_validate)
    comparing = commands.add_parser(
        "diff",
        help="what differs between two editions",
        description="Shows what differs between two editions, each a file or the word "
        f'"{BUNDLED}": status 0 if their records are alike, 1 if not, 2 if one cannot be read.',
    )
    comparing.add_argument("old", metavar="OLD", help=f'a file of records, or "{BUNDLED}"')
    comparing.add_argument("new", metavar="NEW", help=f'a file of records, or "{BUNDLED}"')
    comparing.add_argument("--json", action="store_true", help="as JSON, for machines")
    comparing.set_defaults(run=_diff)
    for command in (validating, comparing):
        _add_max_bytes(command)
    describing = commands.add_parser("schema", help="the JSON Schema of files of records")
    describing.set_defaults(run=_schema)


def _add_max_bytes(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--max-bytes",
        metavar="N",
        type=_size,
        default=MAX_BYTES,
        help="how many bytes a file may have (default: %(default)s)",
    )


def _add_plan_options(planning: argparse.ArgumentParser) -> None:
    when = planning.add_mutually_exclusive_group(required=True)
    when.add_argument("--start", metavar="DATE", help="the first day of work, as YYYY-MM-DD")
    when.add_argument("--deadline", metavar="DATE", help="start as late as is safe for DATE")
    planning.add_argument(
        "--built",
        metavar="NAME=DATE",
        action="append",
        type=_dated_name,
        default=[],
        help="the implementation of NAME is finished on DATE; may be repeated",
    )
    planning.add_argument(
        "--done",
        metavar="NAME",
        action="append",
        default=[],
        help="NAME is live already; may be repeated",
    )
    planning.add_argument(
        "--team",
        metavar="NAME,NAME",
        action="append",
        type=_names,
        help="one team implements these in order; may be repeated",
    )
    planning.add_argument(
        "--overlap",
        metavar="HOW",
        choices=("none", "full"),
        default="none",
        help="none: assurance starts when implementation is finished (default); full: both start "
        "on the same day",
    )
    planning.add_argument("--by", metavar="DATE", help="say whether all can be live by DATE")
    planning.add_argument(
        "--assume",
        metavar="SHAPE",
        type=_assumption,
        help="how likely that is, if times are spread so: uniform, triangular:MODE or pert:MODE, "
        "where MODE is a number from 0 to 1; needs --by",
    )
    planning.add_argument(
        "--allow-unavailable", action="store_true", help="plan on unavailable APIs, with a warning"
    )
    planning.add_argument("--mermaid", action="store_true", help="as a Gantt chart in Mermaid")


def _size(text: str) -> int:
    try:
        size = int(text)
    except ValueError:
        size = 0
    if size < 1:
        message = f"expected a whole number of 1 at least, got {text!r}"
        raise argparse.ArgumentTypeError(message)
    return size


def _dated_name(text: str) -> tuple[str, str]:
    name, equals, day = text.rpartition("=")
    if not equals:
        message = f"expected NAME=DATE, got {text!r}"
        raise argparse.ArgumentTypeError(message)
    return name, day


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]


def _assumption(text: str) -> Assumption:
    shape, _, mode = text.partition(":")
    if shape == "uniform" and not mode:
        return Uniform()
    if shape not in ("triangular", "pert") or not mode:
        message = f"expected uniform, triangular:MODE or pert:MODE, got {text!r}"
        raise argparse.ArgumentTypeError(message)
    try:
        share = float(mode)
        return Triangular(share) if shape == "triangular" else PertBeta(share)
    except ValueError:
        # float() has no sentence of ours.
        message = f"expected a mode from 0 to 1, got {mode!r}"
        raise argparse.ArgumentTypeError(message) from None


def _records(name: str, max_bytes: int) -> Catalogue:
    """The records of a file, or the bundled ones by that word."""
    return catalogue if name == BUNDLED else load(name, max_bytes=max_bytes)


def _list(options: argparse.Namespace) -> str:
    records = _records(options.catalogue, options.max_bytes)
    return _json([_record(api) for api in records]) if options.json else str(records)


def _show(options: argparse.Namespace) -> str:
    name: str = options.name
    api = _records(options.catalogue, options.max_bytes)[name]
    return _json(_record(api)) if options.json else api.describe()


def _plan(options: argparse.Namespace) -> str:
    if options.assume is not None and options.by is None:
        message = "--assume needs --by: the day whose probability is asked for"
        raise InvalidPlanError(message)
    if options.mermaid and options.json:
        message = "--mermaid and --json are two forms of output: choose one"
        raise InvalidPlanError(message)
    p = plan(
        _records(options.catalogue, options.max_bytes).select(*options.names),
        start=options.start,
        deadline=options.deadline,
        built=_dates(options.built),
        done=options.done,
        teams=options.team,
        overlap=options.overlap,
        allow_unavailable=options.allow_unavailable,
    )
    if options.mermaid:
        return p.to_mermaid()
    if options.json:
        return _json(_plan_values(p, options))
    return str(p) if options.by is None else f"{_by(p, options)}\n\n{p}"


def _dates(pairs: list[tuple[str, str]]) -> dict[str, str]:
    dates = dict(pairs)
    if len(dates) < len(pairs):
        message = "--built names one API twice"
        raise InvalidPlanError(message)
    return dates


def _by(p: Plan, options: argparse.Namespace) -> str:
    text = f"All live by {options.by}: {p.status(options.by).value}"
    if options.assume is not None:
        text += f", probability {p.probability(options.by, assume=options.assume)}"
    return fill(text, 80, subsequent_indent="  ")


def _validate(options: argparse.Namespace) -> str:
    try:
        return _validate_overlay(options) if options.official else _validate_records(options)
    except InvalidFileError as error:
        raise _FoundError("\n".join(str(problem) for problem in error.problems)) from None


def _validate_records(options: argparse.Namespace) -> str:
    if options.file is None:
        message = "validate needs a FILE of records, or --official"
        raise _UsageError(message)
    found = load(options.file, max_bytes=options.max_bytes)
    return f"no fault: {len(found)} {'API' if len(found) == 1 else 'APIs'}, {found.edition}"


def _validate_overlay(options: argparse.Namespace) -> str:
    source = BytesIO(packaged("official.json")) if options.file is None else options.file
    overlay = load_overlay(source, catalogue, max_bytes=options.max_bytes)
    undated = [source.id for source in overlay.sources if source.as_of is None]
    lines = [f"no fault: {overlay.summary}"]
    if undated:
        lines += ["", f"{len(undated)} sources bear no date, and say so:", *undated]
    return "\n".join(lines)


def _diff(options: argparse.Namespace) -> str:
    old, new = (_records(name, options.max_bytes) for name in (options.old, options.new))
    found = diff(old, new)
    text = _json(found.rows()) if options.json else str(found)
    if found:
        raise _FoundError(text)
    return text


def _schema(options: argparse.Namespace) -> str:
    del options
    return packaged("edition.schema.json").decode().removesuffix("\n")


def _record(api: Api) -> dict[str, Any]:
    """The record, and what official sources say of it as a file of such statements has it."""
    overlay = api.overlay
    official = dict(api.official_details())
    return {
        "id": api.id,
        "name": api.name,
        **{field: value for field, value in api.details() if field not in official},
        "open_to_new_integrations": api.open_to_new_integrations.value,
        "official": None if overlay is None else document_of(overlay(api.id).about(api.id)),
    }


def _plan_values(p: Plan, options: argparse.Namespace) -> dict[str, Any]:
    values: dict[str, Any] = {
        "start": p.start,
        "go_live": {"earliest": p.go_live.earliest, "latest": p.go_live.latest},
        "drivers": _driver_values(p),
        "stages": p.rows(),
        "warnings": p.warnings,
        "assumptions": p.assumptions,
    }
    if options.by is not None:
        values["by"] = _by_values(p, options.by, options.assume)
    return values


def _by_values(p: Plan, day: str, assume: Assumption | None) -> dict[str, Any]:
    values: dict[str, Any] = {"date": day, "status": p.status(day).value}
    if assume is not None:
        probability = p.probability(day, assume=assume)
        values["probability"] = {
            "value": probability.value,
            "lower": probability.lower,
            "upper": probability.upper,
            "assumption": repr(probability.assumption),
        }
    return values


def _driver_values(p: Plan) -> dict[str, Any]:
    return {
        "possible": p.drivers.possible,
        "certain": p.drivers.certain,
        "never": p.drivers.never,
    }


def _json(values: Any) -> str:
    """The values as JSON; dates become their ISO text."""
    return json.dumps(values, ensure_ascii=False, indent=2, default=str)


if __name__ == "__main__":
    sys.exit(main())

"""What users can type: commands, arguments and options, and how each is read."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, Any, Final, NoReturn, get_args

from nhs_api_catalogue import (
    CatalogueError,
    Link,
    MissingExtraError,
    Service,
)
from nhs_api_catalogue._documents import MAX_BYTES
from nhs_api_catalogue._names import nearest_word
from nhs_api_catalogue.catalogues.catalogue import MEANT
from nhs_api_catalogue.shell import files, lookup, output, plans
from nhs_api_catalogue.shell.mistakes import in_options
from nhs_api_catalogue.working_days.govuk import Region, read_region

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from enum import Enum

    from nhs_api_catalogue.likelihood import Assumption

USER_ERROR: Final = 2
OWN_WORD: Final = "given on the command line"

_LINK: Final = re.compile(
    r"(?P<api>.+?)\s+needs\s+(?P<needs>.+?)(?:\s+(?P<to_be>built|live))?"
    r"(?:\s+before\s+(?P<before>build|assurance|go-live))?"
)


class Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence."""

    # Each command's name, with its own parser.
    commands: Mapping[str, argparse.ArgumentParser]

    def error(self, message: str) -> NoReturn:
        """Report the mistake on standard error, and exit with status 2."""
        output.write(f"{self.prog}: {in_options(message)}", sys.stderr)
        sys.exit(USER_ERROR)

    def read(self, arguments: Sequence[str] | None) -> argparse.Namespace:
        """The arguments as options; an unknown argument is reported with what may be meant."""
        options, others = self.parse_known_args(arguments)
        if others:
            given = f"unknown arguments: {' '.join(others)}"
            self.error(f"{given}{_way_out(others, self.commands.get(options.command))}")
        return options


def _way_out(others: Sequence[str], command: argparse.ArgumentParser | None) -> str:
    """What unknown arguments of a command may mean."""
    usage = "" if command is None else command.format_usage()
    # Without the dashes, which all options have.
    known = dict.fromkeys(re.findall(r"--([a-z-]+)", usage))
    for other in others:
        if other.startswith("--"):
            name = other.removeprefix("--").partition("=")[0]
            meant = MEANT.get(name.replace("-", "_"), "").replace("_", "-")
            nearest = meant if meant in known else nearest_word(name, known)
            return f": did you mean --{nearest}?" if nearest else ""
    return ": every NAME comes before the options" if "[NAME ...]" in usage else ""


class _Version(argparse.Action):
    """An option that looks up the version only when asked, because that is slow."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        import nhs_api_catalogue  # noqa: PLC0415

        output.write(f"{parser.prog} {nhs_api_catalogue.__version__}", sys.stdout)
        sys.exit()


def parser() -> Parser:
    """The parser of the whole command line."""
    whole = Parser(
        prog="nhs_api_catalogue",
        description='The NHS APIs of the "NHS API Guide 2025" and plans for them.',
    )
    whole.add_argument("--version", action=_Version, nargs=0, help="the library's version")
    commands = whole.add_subparsers(metavar="COMMAND", dest="command")
    whole.commands = commands.choices
    _add_lookups(commands)
    _add_plan(commands)
    _add_file_commands(commands)
    _add_completion(commands)
    return whole


# -- finding and showing --


def _add_lookups(commands: Any) -> None:
    listing = commands.add_parser(
        "list",
        help="list the APIs of the catalogue, one per line",
        description="List the APIs of the catalogue, one per line. The options keep only APIs that "
        "certainly match: any value of a repeated option, and every option given.",
    )
    for keyword, (kind, meaning) in lookup.FILTERS.items():
        _add_filter(listing, keyword, kind, meaning)
    listing.set_defaults(run=lookup.list_)
    showing = commands.add_parser(
        "show", help="show one record and what official sources say about it"
    )
    showing.add_argument("name", metavar="NAME", help="a name, an abbreviation or an id")
    showing.add_argument(
        "--sources", action="store_true", help="show the web addresses of all sources"
    )
    showing.set_defaults(run=lookup.show)
    searching = commands.add_parser("search", help="search the texts of the APIs")
    searching.add_argument("text", metavar="TEXT", nargs="+", help="what to search for")
    searching.set_defaults(run=lookup.search)
    beyond = commands.add_parser(
        "products",
        help="list NHS England's products beyond the guide, one per line",
        description="List the NHS England products that have a public specification, one per "
        "line, or search their texts. The options keep only products that are known to match. "
        "Use `show` to see one.",
    )
    beyond.add_argument("text", metavar="TEXT", nargs="*", help="what to search for")
    for keyword, (kinds, meaning) in lookup.PRODUCT_FILTERS.items():
        words = dict.fromkeys(str(word.value) for kind in kinds for word in kind)
        beyond.add_argument(
            f"--{keyword.replace('_', '-')}",
            dest=keyword,
            metavar="WORD",
            action="append",
            help=f"{meaning}: {', '.join(words)}",
        )
    beyond.set_defaults(run=lookup.products_)
    _add_json(beyond)
    for command in (listing, showing, searching):
        _add_json(command)
        _add_records(command)


def _add_filter(
    listing: argparse.ArgumentParser, keyword: str, kind: type[Enum] | str, meaning: str
) -> None:
    several: dict[str, Any] = {"action": "append"}
    if isinstance(kind, str):
        metavar = kind
        if keyword == "restful":
            several = {"type": _yes_or_no}
        elif kind != "NAME":
            several = {}
    else:
        metavar = "WORD"
        meaning = f"{meaning}: {', '.join(str(one.value) for one in kind)}"
    listing.add_argument(
        f"--{keyword.replace('_', '-')}", dest=keyword, metavar=metavar, help=meaning, **several
    )


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON, for programs")


def _add_records(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--catalogue",
        metavar="FILE",
        default=files.BUNDLED,
        help="a file of records to use instead of the bundled ones",
    )
    command.add_argument(
        "--overlay",
        metavar="FILE",
        action="append",
        default=[],
        help="a file of official statements to add to the bundled ones; may be repeated",
    )
    _add_max_bytes(command)


def _add_max_bytes(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--max-bytes",
        metavar="N",
        type=_whole("a size"),
        default=MAX_BYTES,
        help="the largest file to read, in bytes (default: %(default)s)",
    )


# -- planning --


def _add_plan(commands: Any) -> None:
    planning = commands.add_parser(
        "plan",
        help="plan when these APIs could be live",
        description="Show when these APIs could be live, what drives that, and what a reader must "
        "know. Give --start, --deadline, or the --request of a saved plan.",
    )
    planning.add_argument("names", metavar="NAME", nargs="*", help="an API, by any of its names")
    _add_dates(planning)
    _add_needs(planning)
    _add_teams(planning)
    _add_questions(planning)
    planning.add_argument(
        "--save",
        metavar="FILE",
        help="save the plan in FILE: the request, and today's answer",
    )
    planning.add_argument(
        "--request",
        metavar="FILE",
        help="plan the request saved in FILE again, and say what has changed since; FILE holds "
        "the whole request, so leave out NAME, --start and the like",
    )
    planning.add_argument("--title", metavar="TEXT", help="the title of the plan")
    planning.add_argument(
        "--verbose", action="store_true", help="show every stage, warning, assumption and source"
    )
    planning.add_argument("--mermaid", action="store_true", help="print a Gantt chart in Mermaid")
    planning.add_argument(
        "--report",
        metavar="FILE",
        help="write a report for decision makers: a self-contained HTML page, or Markdown if the "
        "name ends with .md; --by or --against sets its deadline",
    )
    _add_json(planning)
    _add_records(planning)
    planning.set_defaults(run=plans.plan_)


def _add_dates(planning: argparse.ArgumentParser) -> None:
    planning.add_argument("--start", metavar="DATE", help="the first day of work (YYYY-MM-DD)")
    planning.add_argument("--deadline", metavar="DATE", help="start as late as is safe for DATE")
    planning.add_argument(
        "--starts",
        metavar="NAME=DATE",
        action="append",
        type=_pair("DATE"),
        default=[],
        help="NAME does not start before DATE; may be repeated",
    )
    planning.add_argument(
        "--built",
        metavar="NAME=DATE",
        action="append",
        type=_pair("DATE"),
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
        "--overlap",
        metavar="HOW",
        choices=("none", "full"),
        default="none",
        help="none: assurance starts when implementation is finished (default); full: both start "
        "on the same day",
    )
    planning.add_argument(
        "--calendar",
        metavar="REGION",
        type=_region,
        choices=get_args(Region),
        help="the bank holidays for times in working days: england, wales, scotland or "
        "northern-ireland; needs the extra working-days",
    )
    planning.add_argument(
        "--weekends-only-beyond",
        action="store_true",
        help="assume no bank holidays in years whose bank holidays are not yet published; needs "
        "--calendar",
    )
    planning.add_argument(
        "--allow-unavailable", action="store_true", help="plan with unavailable APIs, and warn"
    )


def _add_needs(planning: argparse.ArgumentParser) -> None:
    planning.add_argument(
        "--service",
        metavar="NAME=TIME[@SOURCE]",
        action="append",
        type=_service,
        default=[],
        help="your own enabling work, such as 'HSCN connection=2-4 months@our provider'; may be "
        "repeated",
    )
    planning.add_argument(
        "--link",
        metavar="LINK",
        action="append",
        type=_link,
        default=[],
        help="what waits for what: 'A needs B', 'A needs B before build' or 'A needs B built "
        "before assurance'; may be repeated",
    )
    planning.add_argument(
        "--with-prerequisites",
        metavar="ID=TIME",
        nargs="*",
        type=_pair("TIME"),
        help="add what official sources say these APIs require, and the time that each service "
        "takes",
    )
    planning.add_argument(
        "--choose",
        metavar="ID=NAME",
        action="append",
        type=_pair("NAME"),
        default=[],
        help="the API to use where several would do, such as 'pds-access=PDS FHIR (Patient "
        "Access)'; needs --with-prerequisites; may be repeated",
    )
    planning.add_argument(
        "--conditional",
        metavar="ID",
        action="append",
        default=[],
        help="a prerequisite that only some cases need, and yours does; needs "
        "--with-prerequisites; may be repeated",
    )


def _add_teams(planning: argparse.ArgumentParser) -> None:
    teams = planning.add_mutually_exclusive_group()
    teams.add_argument(
        "--team",
        metavar="NAME,NAME",
        action="append",
        type=_names,
        help="one team implements these APIs in this order; may be repeated",
    )
    teams.add_argument(
        "--teams",
        metavar="N",
        type=_whole("a number of teams"),
        help="find the best way to share the APIs among N teams",
    )


def _add_questions(planning: argparse.ArgumentParser) -> None:
    planning.add_argument("--by", metavar="DATE", help="say whether everything can be live by DATE")
    planning.add_argument(
        "--assume",
        metavar="SHAPE",
        type=_assumption,
        help="show how likely that is, assuming this distribution of times: uniform, "
        "triangular:MODE or pert:MODE, where MODE is a number from 0 to 1; needs --by or --against",
    )
    planning.add_argument(
        "--against",
        metavar="DATE",
        help="compare the plan with the deadline DATE: what misses it, and the slack left; exit "
        "status 3 if the deadline is impossible",
    )


# -- files --


def _add_file_commands(commands: Any) -> None:
    validating = commands.add_parser(
        "validate",
        help="list every fault of a file",
        description="List every fault of a file, one per line. The exit status is 0 if there are "
        "none, 1 if there are some, and 2 if the file cannot be read.",
    )
    validating.add_argument(
        "--official",
        action="store_true",
        help="validate a file of official statements; without FILE, the bundled one",
    )
    validating.add_argument("file", metavar="FILE", nargs="?", help="the file to validate")
    _add_records(validating)
    validating.set_defaults(run=files.validate)
    comparing = commands.add_parser(
        "diff",
        help="show what differs between two editions",
        description="Show what differs between two editions, each a file or the word "
        f'"{files.BUNDLED}". The exit status is 0 if their records are the same, 1 if they differ, '
        "and 2 if one cannot be read.",
    )
    comparing.add_argument("old", metavar="OLD", help=f'a file of records, or "{files.BUNDLED}"')
    comparing.add_argument("new", metavar="NEW", help=f'a file of records, or "{files.BUNDLED}"')
    _add_json(comparing)
    _add_max_bytes(comparing)
    comparing.set_defaults(run=files.diff_)
    describing = commands.add_parser("schema", help="print the JSON Schema for files of records")
    describing.set_defaults(run=files.schema)


def _add_completion(commands: Any) -> None:
    completing = commands.add_parser(
        "completion",
        help="print a script that completes these commands in your shell",
        description="Print a script that completes commands and options in a shell. It needs the "
        "extra `completion`.",
    )
    completing.add_argument(
        "shell", metavar="SHELL", choices=("bash", "fish", "zsh"), help="bash, fish or zsh"
    )
    completing.set_defaults(run=_complete)


def _complete(options: argparse.Namespace) -> str:
    try:
        import shtab  # noqa: PLC0415  an extra
    except ImportError:
        raise MissingExtraError("completion") from None
    whole = parser()
    # The command that pip installs; shells do not complete `python -m`.
    whole.prog = "nhs-api-catalogue"
    text: str = shtab.complete(whole, options.shell)
    return text


# -- values --


def _whole(what: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        try:
            size = int(text)
        except ValueError:
            size = 0
        if size < 1:
            message = f"expected {what}, a whole number of at least 1, got {text!r}"
            raise argparse.ArgumentTypeError(message)
        return size

    return read


def _yes_or_no(text: str) -> bool:
    if text not in ("yes", "no"):
        message = f"expected yes or no, got {text!r}"
        raise argparse.ArgumentTypeError(message)
    return text == "yes"


def _pair(what: str) -> Callable[[str], tuple[str, str]]:
    def read(text: str) -> tuple[str, str]:
        name, equals, value = text.partition("=")
        if not (name.strip() and equals and value.strip()):
            left = "ID" if what == "NAME" else "NAME"
            message = f"expected {left}={what}, got {text!r}"
            raise argparse.ArgumentTypeError(message)
        return name.strip(), value.strip()

    return read


def _region(text: str) -> Region:
    try:
        return read_region(text)
    except CatalogueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]


def _service(text: str) -> Service:
    name, rest = _pair("TIME[@SOURCE]")(text)
    time, at, source = rest.partition("@")
    if at and not source.strip():
        message = f"expected a source after @, got {text!r}"
        raise argparse.ArgumentTypeError(message)
    try:
        return Service(name, time.strip(), source.strip() or OWN_WORD)
    except CatalogueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _link(text: str) -> Link:
    found = _LINK.fullmatch(text.strip())
    if found is None:
        message = (
            f"expected 'A needs B', optionally followed by 'built', and by 'before build', 'before "
            f"assurance' or 'before go-live', got {text!r}"
        )
        raise argparse.ArgumentTypeError(message)
    # The pattern accepts only the words of these types.
    to_be: Any = found["to_be"] or "live"
    before: Any = (found["before"] or "go-live").replace("-", "_")
    return Link(found["api"], found["needs"], to_be=to_be, before=before)


def _assumption(text: str) -> Assumption:
    from nhs_api_catalogue.likelihood import read_assumption  # noqa: PLC0415  few need it

    try:
        return read_assumption(text)
    except CatalogueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None

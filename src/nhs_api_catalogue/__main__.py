"""The command line: `list`, `show` and `plan`, a thin layer over the library."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from nhs_api_catalogue import CatalogueError, catalogue, plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhs_api_catalogue import Api, Plan

USER_ERROR = 2


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        self.exit(USER_ERROR, f"{self.prog}: {message}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give back its exit status.

    A user's mistake is one sentence on standard error and status 2.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        text = options.run(options)
    except CatalogueError as error:
        parser.error(str(error))
    sys.stdout.write(f"{text}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="nhs_api_catalogue",
        description='The NHS APIs of the "NHS API Guide 2025" and plans for them.',
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    listing = commands.add_parser("list", help="the catalogue, a line an API")
    listing.set_defaults(run=_list)
    showing = commands.add_parser("show", help="one record")
    showing.add_argument("name", metavar="NAME", help="a name, an abbreviation or an id")
    showing.set_defaults(run=_show)
    planning = commands.add_parser("plan", help="when these APIs could be live")
    planning.add_argument("names", metavar="NAME", nargs="+", help="an API, by any of its names")
    planning.add_argument("--start", metavar="DATE", required=True, help="first day, YYYY-MM-DD")
    planning.add_argument(
        "--allow-unavailable", action="store_true", help="plan on unavailable APIs, with a warning"
    )
    planning.set_defaults(run=_plan)
    for command in (listing, showing, planning):
        command.add_argument("--json", action="store_true", help="for machines")
    return parser


def _list(options: argparse.Namespace) -> str:
    if options.json:
        return _json([_record(api) for api in catalogue])
    return str(catalogue)


def _show(options: argparse.Namespace) -> str:
    name: str = options.name
    api = catalogue[name]
    return _json(_record(api)) if options.json else api.describe()


def _plan(options: argparse.Namespace) -> str:
    p = plan(
        catalogue.select(*options.names),
        start=options.start,
        allow_unavailable=options.allow_unavailable,
    )
    return _json(_plan_values(p)) if options.json else str(p)


def _record(api: Api) -> dict[str, Any]:
    return {
        "id": api.id,
        "name": api.name,
        **dict(api.details()),
    }


def _plan_values(p: Plan) -> dict[str, Any]:
    return {
        "start": p.start,
        "go_live": {"earliest": p.go_live.earliest, "latest": p.go_live.latest},
        "stages": p.rows(),
        "warnings": p.warnings,
        "assumptions": p.assumptions,
    }


def _json(values: Any) -> str:
    """The values as JSON; dates become their ISO text."""
    return json.dumps(values, ensure_ascii=False, indent=2, default=str)


if __name__ == "__main__":
    sys.exit(main())

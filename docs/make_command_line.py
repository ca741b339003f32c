"""Writes reference/command-line.md from the command's parser: python docs/make_command_line.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from nhs_api_catalogue.shell.parser import parser

if TYPE_CHECKING:
    from argparse import Action, ArgumentParser
    from collections.abc import Iterator

PAGE = Path(__file__).parent / "reference" / "command-line.md"
INTRO = """# The command line

<!-- Written by docs/make_command_line.py from the command's parser: change that, not the page. -->

`python -m nhs_api_catalogue COMMAND` and `nhs-api-catalogue COMMAND` run the same program. `--help`
and `COMMAND --help` print what is on this page; `--version` prints the version of the library.

The exit status is 0 if all is well.
It is 1 if faults or differences were found in the files.
It is 2 after a mistake, which one sentence on standard error explains.
It is 3 if a plan cannot meet the date of `--against`.

Text is as wide as the terminal, but at least 60 columns.
If the terminal's encoding lacks a character, the nearest plain character or an escape replaces it.
"""

# The files that they name are in the folder where conftest.py runs them.
EXAMPLES = {
    "list": [
        "list",
        "list --topic records --topic documents --route internet",
        "list --assurance-within '4 months' --json",
        "list --catalogue ours.json --overlay our-overlay.json",
    ],
    "search": ["search book a GP appointment"],
    "show": ["show eRS", 'show "GP Connect Appointments" --json'],
    "products": [
        "products --family eps --status in_production",
        "products send text messages",
        "show 'NHS Notify'",
    ],
    "plan": [
        "plan eRS MESH --start 2026-05-04 --save plan.json",
        "plan --request plan.json --against 2027-06-30 --verbose",
        "plan eRS MESH BaRS --start 2026-05-04 --built MESH=2026-06-01 --done BaRS",
        "plan MESH --start 2026-05-04 --service 'HSCN=2-4 months@us' --link 'MESH needs HSCN'",
        "plan MESH --start 2026-05-04 --service 'Desk=5-10 working days' --calendar england",
        "plan 'Transfer of Care' --start 2026-05-04 --with-prerequisites 'itk3=4-6 weeks'",
        "plan eRS MESH --deadline 2027-03-05 --by 2026-12-31 --assume pert:0.5",
        'plan eRS MESH SCR --start 2026-05-04 --team "eRS, MESH" --team SCR --mermaid',
        'plan eRS MESH SCR "PDS FHIR (Patient Access)" --start 2026-05-04 --teams 2',
    ],
    "validate": ["validate ours.json", "validate --official our-overlay.json"],
    "diff": ["diff bundled ours.json"],
    "completion": ["completion bash > nhs-api-catalogue.bash"],
    "schema": ["schema > edition.schema.json"],
}


def page() -> str:
    """The whole page."""
    (commands,) = (one for one in actions(parser()) if one.dest == "command")
    parts = [INTRO]
    for command in commands._choices_actions:  # noqa: SLF001  only these have the help texts
        parts += section(command.dest, command.help, commands.choices[command.dest])
    return "\n".join(parts)


def section(name: str, summary: str, command: ArgumentParser) -> Iterator[str]:
    """What a command does, some calls of it, and what it takes."""
    yield f"## {name}\n\n{command.description or f'{summary[0].upper()}{summary[1:]}.'}\n"
    calls = "\n".join(f"python -m nhs_api_catalogue {call}" for call in EXAMPLES[name])
    yield f"```bash\n{calls}\n```\n"
    rows = [
        f"| `{written(one)}` | {one.help % {'default': one.default}} |" for one in actions(command)
    ]
    if rows:
        yield "\n".join(["| argument | meaning |", "|---|---|", *rows, ""])


def actions(of: ArgumentParser) -> list[Action]:
    """The arguments of a parser, but for its help; argparse has no public way to them."""
    return [one for one in of._actions if one.dest != "help"]  # noqa: SLF001


def written(action: Action) -> str:
    """An argument as it is typed."""
    if action.option_strings:
        values = {0: "", "*": f" [{action.metavar} ...]"}
        value = values.get(action.nargs, f" {action.metavar}")
        return f"{action.option_strings[0]}{value}"
    forms = {"*": "[{0} ...]", "+": "{0} [{0} ...]", "?": "[{0}]", None: "{0}"}
    return forms[action.nargs].format(action.metavar)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

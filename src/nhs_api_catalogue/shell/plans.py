"""A plan on the command line: from options to text, JSON or a chart."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue import (
    Status,
    bank_holidays,
    dump_plan,
    load_plan,
    plan,
    suggest_teams,
)
from nhs_api_catalogue._writing import write
from nhs_api_catalogue.shell import output
from nhs_api_catalogue.shell.files import records_of
from nhs_api_catalogue.shell.mistakes import ImpossibleError, UsageError

if TYPE_CHECKING:
    import argparse

    from nhs_api_catalogue import Catalogue, DeadlineReport, Plan, WorkingCalendar
    from nhs_api_catalogue.likelihood import Assumption, Probability
    from nhs_api_catalogue.planning.requests import Form

# The forms of a report, by the suffix of its file name.
_REPORTS: Final[dict[str, Form]] = {
    "": "html",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".markdown": "markdown",
}
# The output formats except text.
FORMS: Final = ("report", "mermaid", "json")
# The options that a saved plan contains.
ASKED: Final = (
    *("names", "start", "deadline", "starts", "built", "done", "overlap", "calendar"),
    *("allow_unavailable", "service", "link", "team", "teams"),
)


def plan_(options: argparse.Namespace) -> str:
    """The plan that is asked for, in the format that is asked for."""
    _check(options)
    records = records_of(options)
    if options.request is None:
        since, p = "", _made(options, records)
    else:
        saved = load_plan(options.request, catalogue=records, max_bytes=options.max_bytes)
        since, p = str(saved), saved.plan
    if options.save is not None:
        dump_plan(p, options.save)
    text = _shown(p, options)
    if since and not any(getattr(options, form) for form in FORMS):
        text = f"{since}\n\n{text}"
    if options.against is not None and p.status(options.against) is Status.IMPOSSIBLE:
        raise ImpossibleError(text)
    return text


def _shown(p: Plan, options: argparse.Namespace) -> str:
    if options.report is not None:
        return _reported(p, options)
    if options.mermaid:
        return p.to_mermaid()
    if options.json:
        return output.to_json(_values(p, options))
    text = p.describe(width=output.width(), short=not options.verbose)
    if not options.verbose:
        text += "\nUse --verbose to see everything."
    parts = [
        options.title,
        None if options.by is None else _by(p, options),
        None if options.against is None else _against(p, options).describe(width=output.width()),
        text,
    ]
    return "\n\n".join(filter(None, parts))


def _reported(p: Plan, options: argparse.Namespace) -> str:
    """Write the report in the format that its file name implies, and say where it is."""
    report = p.report(
        title=options.title,
        deadline=options.by if options.against is None else options.against,
        assume=options.assume,
        form=_REPORTS[Path(options.report).suffix.lower()],
    )
    write(options.report, report.encode())
    return f"The report is in {options.report}."


def _check(options: argparse.Namespace) -> None:
    """Refuse options that cannot be combined."""
    if options.request is None:
        _check_asked(options)
    else:
        for option in ASKED:
            if getattr(options, option) not in (None, False, [], "none"):
                given = "NAME" if option == "names" else f"--{option.replace('_', '-')}"
                message = f"--request holds the whole request: leave out {given}"
                raise UsageError(message)
    _check_forms(options)
    if options.assume is not None and options.by is None and options.against is None:
        message = "--assume needs --by or --against, the day to give the probability of"
        raise UsageError(message)
    if options.weekends_only_beyond and options.calendar is None:
        message = "--weekends-only-beyond needs --calendar"
        raise UsageError(message)
    if options.with_prerequisites is None:
        for option in ("choose", "conditional"):
            if getattr(options, option):
                message = f"--{option} needs --with-prerequisites"
                raise UsageError(message)


def _check_forms(options: argparse.Namespace) -> None:
    forms = [f"--{form}" for form in FORMS if getattr(options, form)]
    if len(forms) > 1:
        message = f"{forms[0]} and {forms[1]} are two output formats: choose one"
        raise UsageError(message)
    if options.report is not None:
        ending = Path(options.report).suffix
        if ending.lower() not in _REPORTS:
            message = (
                f"--report writes HTML or Markdown, not {ending!r}: name the file .html or .md; "
                "a browser saves a page of HTML as PDF"
            )
            raise UsageError(message)


def _check_asked(options: argparse.Namespace) -> None:
    if not options.names:
        message = "plan needs the NAME of at least one API, or a --request"
        raise UsageError(message)
    if options.start is not None and options.deadline is not None:
        message = (
            "--start and --deadline do not go together: with --start, use "
            f"--by {options.deadline} to see whether everything can be live by that day"
        )
        raise UsageError(message)
    if options.start is None and options.deadline is None:
        message = "plan needs a --start, the first day of work, or a --deadline"
        raise UsageError(message)


def _made(options: argparse.Namespace, records: Catalogue) -> Plan:
    asked: dict[str, Any] = {
        "calendar": _calendar(options),
        "start": options.start,
        "starts": _each_once(options.starts, "--starts"),
        "built": _each_once(options.built, "--built"),
        "done": options.done,
        "links": options.link,
        "services": options.service,
        "overlap": options.overlap,
        "allow_unavailable": options.allow_unavailable,
    }
    if options.deadline is not None:
        asked["deadline"] = options.deadline
    apis = records.select(*options.names)
    if options.teams is not None:
        p = suggest_teams(apis, options.teams, **asked)
    else:
        p = plan(apis, teams=options.team, **asked)
    if options.with_prerequisites is None:
        return p
    return p.with_prerequisites(
        records,
        services=_each_once(options.with_prerequisites, "--with-prerequisites"),
        choose=_each_once(options.choose, "--choose"),
        conditional=options.conditional,
    )


def _calendar(options: argparse.Namespace) -> WorkingCalendar | None:
    if options.calendar is None:
        return None
    return bank_holidays(
        options.calendar,
        beyond="weekends_only" if options.weekends_only_beyond else None,
    )


def _each_once(pairs: list[tuple[str, str]], option: str) -> dict[str, str]:
    found = dict(pairs)
    if len(found) < len(pairs):
        message = f"{option} gives the same name twice"
        raise UsageError(message)
    return found


def _against(p: Plan, options: argparse.Namespace) -> DeadlineReport:
    return p.against(options.against, assume=() if options.assume is None else (options.assume,))


def _by(p: Plan, options: argparse.Namespace) -> str:
    status = p.status(options.by)
    text = f"All live by {options.by}: {status.value}"
    if options.assume is not None and status is Status.POSSIBLE:
        text += f", probability {p.probability(options.by, assume=options.assume)}"
    return fill(text, output.width(), subsequent_indent="  ")


def _values(p: Plan, options: argparse.Namespace) -> dict[str, Any]:
    values: dict[str, Any] = {"title": options.title, **json.loads(p.to_json())}
    if options.by is not None:
        values["by"] = _by_values(p, options.by, options.assume)
    if options.against is not None:
        values["against"] = _report_values(_against(p, options))
    return values


def _report_values(report: DeadlineReport) -> dict[str, Any]:
    columns = report.to_columns()
    return {
        "deadline": report.deadline,
        "status": report.status.value,
        "margin": {"least": report.margin[0], "most": report.margin[1]},
        "latest_safe_start": report.latest_safe_start,
        "last_chance_start": report.last_chance_start,
        "misses": report.misses,
        "parts": [
            dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
        ],
        "probabilities": [_probability_values(found) for found in report.probabilities],
    }


def _by_values(p: Plan, day: str, assume: Assumption | None) -> dict[str, Any]:
    values: dict[str, Any] = {"date": day, "status": p.status(day).value}
    if assume is not None:
        values["probability"] = _probability_values(p.probability(day, assume=assume))
    return values


def _probability_values(probability: Probability) -> dict[str, Any]:
    return {
        "value": probability.value,
        "lower": probability.lower,
        "upper": probability.upper,
        "lower_if_dependent": probability.lower_if_dependent,
        "upper_if_dependent": probability.upper_if_dependent,
        "assumption": str(probability.assumption),
    }

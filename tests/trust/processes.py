"""The same bytes under other hash seeds and flags, by other Pythons, and from inside a zip."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import attrs
import cattrs

import nhs_api_catalogue

SHOWN = """
import hashlib, json, sys
import nhs_api_catalogue as n
p = n.plan(n.catalogue, start="2026-01-05", allow_unavailable=True)
parts = [
    n.catalogue._repr_html_(), n.catalogue["eRS"]._repr_html_(), p._repr_html_(), p.svg(),
    n.catalogue.to_csv(), p.to_csv(), n.dumps(n.catalogue), n.catalogue.fingerprint(), str(p),
    n.dumps_plan(p), p.report(), p.report(form="markdown"), p.likelihood_svg(assume="pert:0.5"),
    n.products._repr_html_(), str(n.products), n.catalogue.to_markdown(), str(p.criticality),
    str(p.against("2027-06-30")), p.against("2027-06-30")._repr_html_(),
    n.dumps_overlay(n.catalogue["eRS"].overlay("e-rs")), json.dumps(p.rows()),
    str(p.probability("2027-06-30", assume="uniform")), p.catalogue.prerequisites_table().to_csv(),
    p.describe(), p.to_mermaid(), p.to_json(), str(n.catalogue.sources()),
    repr(n.catalogue["IM1 Transaction"]), str(n.diff(n.catalogue, n.catalogue[1:])),
]
print(hashlib.sha256("\\0".join(parts).encode()).hexdigest())
"""


# Values of every kind that a program may keep, and how a process keeps and reads them.
KEPT = """
import pickle, sys
import nhs_api_catalogue as n
p = n.plan(
    n.catalogue.select("eRS", "MESH"), start="2026-01-05", links=[n.Link("eRS", "MESH")],
    services=[n.Service("HSCN", "2-4 months", "us")], teams=[["eRS", "MESH"]],
)
mine = n.catalogue.replace("eRS", technical="2-4 months", source="us")
days = n.WorkingCalendar([n.Closure("move", "2026-12-24")], "2026-01-01", "2027-12-31", source="us")
api, report = n.catalogue["eRS"], p.against("2026-12-31")
values = [
    n.catalogue, mine, api, p, p.request, p.go_live, p.drivers, p.criticality, p.items(),
    p.stages(), p.paths("eRS"), p.missing_prerequisites(), p.compare(p),
    p.probability("2026-12-31", assume="uniform"),
    report, n.PertBeta(0.5), n.Triangular(0.25), n.Uniform(), n.months(2), n.weeks(1) + n.days(2),
    n.DurationRange.parse("4-6 weeks"), n.WorkingDays.parse("5-10 working days"), days,
    n.catalogue.side_by_side("eRS", "MESH"), n.catalogue.search("book"), n.diff(n.catalogue, mine),
    n.catalogue.edition, api.official, api.differences, api.prerequisites, api.overlay("e-rs"),
    n.products, n.products[0], n.catalogue.differences_table().rows(),
    n.catalogue.stale(on="2030-01-01"),
    n.loads_plan(n.dumps_plan(p)),
    n.plan(n.catalogue.select("eRS"), start="2026-01-05", calendar=days),
    n.suggest_teams(n.catalogue.select("eRS", "MESH", "SDS"), 2, start="2026-01-05"),
    n.Standard.REST, n.Severity.BLOCKS_PLAN,
]
# Sums of floats, whose last digits differ from one version of Python to another.
curve, shares = p.distribution(assume="pert:0.5"), p.likelihoods("2026-12-31")
path = sys.argv[2]
"""
WRITES = (
    KEPT
    + """
with open(path + ".pickle", "wb") as file:
    pickle.dump((values, curve, shares), file)
n.dump_plan(p, path + ".json")
"""
)
READS = (
    KEPT
    + """
with open(path + ".pickle", "rb") as file:
    found, old_curve, old_shares = pickle.load(file)
assert old_curve.days == curve.days and str(old_shares) == str(shares)
for old, new in zip(old_curve.probabilities, curve.probabilities, strict=True):
    assert abs(float(old) - float(new)) < 1e-14, (old, new)
assert found == values and list(map(str, found)) == list(map(str, values))
assert found[2].differences == n.catalogue["eRS"].differences
again = n.load_plan(path + ".json", catalogue=n.catalogue)
n.dump_plan(getattr(again, "plan", again), path + ".again")
assert open(path + ".json", "rb").read() == open(path + ".again", "rb").read()
"""
)


def run(count: int, folder: Path, pythons: list[str]) -> list[tuple[str, int, int]]:
    """Rows of what was tried, how often, and how often it was wrong."""
    first = shown(sys.executable)
    seeds = range(count)
    rows = [
        (
            "the same bytes of HTML, SVG, CSV, JSON, text and fingerprint under other hash seeds",
            count,
            sum(shown(sys.executable, PYTHONHASHSEED=str(seed)) != first for seed in seeds),
        )
    ]
    flags = (["-O"], ["-OO"], ["-W", "error"], ["-X", "dev", "-W", "error"], ["-I", "-B"])
    rows.append(
        (
            "and with -O, -OO, -W error, -X dev, -I",
            len(flags),
            sum(shown(sys.executable, *flag) != first for flag in flags),
        )
    )
    rows.append(("and from inside a zip archive", 1, int(from_zip(folder) != first)))
    every = [sys.executable, *pythons]
    others = sum(shown(python) != first for python in pythons)
    rows.append(("and by other Pythons", len(pythons), others))
    pairs = [(writer, reader) for writer in every for reader in every]
    wrong = sum(not handed(writer, reader, folder) for writer, reader in pairs)
    rows.append(
        ("pickles and plans from one process to another, each Python to each", len(pairs), wrong)
    )
    return rows


def handed(writer: str, reader: str, folder: Path) -> bool:
    """Whether what one process keeps is read by another as it was."""
    for python, code in ((writer, WRITES), (reader, READS)):
        done = subprocess.run(
            [python, "-c", f"import sys; sys.argv.insert(1, '')\n{code}", str(folder / "kept")],
            capture_output=True,
            text=True,
            check=False,
        )
        sys.stderr.write(done.stderr[-500:])
        if done.returncode:
            return False
    return True


def shown(python: str, *flags: str, **environment: str) -> str:
    """The fingerprint of all that is shown, by a process of its own; how it failed, if it did."""
    done = subprocess.run(
        [python, *flags, "-c", SHOWN],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )
    if done.returncode or done.stderr:
        sys.stderr.write(done.stderr[-500:])
    return done.stdout if not done.stderr else done.stderr


def from_zip(folder: Path) -> str:
    """The same from an archive of this package and what it needs."""
    archive = folder / "packages.zip"
    with ZipFile(archive, "w") as written:
        for module in (nhs_api_catalogue, attrs, sys.modules["attr"], cattrs):
            home = Path(str(module.__file__)).parent
            for path in home.rglob("*"):
                if path.is_file() and path.suffix != ".pyc":
                    written.write(path, path.relative_to(home.parent))
    alone = folder / "typing_extensions.py"
    if (extensions := sys.modules.get("typing_extensions")) is not None:
        shutil.copy(str(extensions.__file__), alone)
        with ZipFile(archive, "a") as written:
            written.write(alone, alone.name)
    code = f"import sys; sys.path.insert(0, {str(archive)!r})\n{SHOWN}"
    code += "assert '.zip' in n.__file__"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=False
    )
    sys.stderr.write(done.stderr[-500:])
    return done.stdout

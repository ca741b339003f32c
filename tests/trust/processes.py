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
values = [n.catalogue, mine, n.catalogue["eRS"], p, p.go_live, p.drivers, n.months(2)]
path = sys.argv[2]
"""
WRITES = (
    KEPT
    + """
with open(path + ".pickle", "wb") as file:
    pickle.dump(values, file)
n.dump_plan(p, path + ".json")
"""
)
READS = (
    KEPT
    + """
with open(path + ".pickle", "rb") as file:
    found = pickle.load(file)
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

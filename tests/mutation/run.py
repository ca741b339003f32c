"""Runs the mutants of one module against its tests, and fails below the floor of README.md.

    python tests/mutation/run.py queries            all mutants of a module
    python tests/mutation/run.py queries --in DIR   in your own folder, which is kept

The work is done in a copy of the project. mutmut first runs, for each mutant, the tests that ran
its function, with few examples, all forked from one process. What survives that, or was run by no
test, runs against all tests of the module in a process of its own, with more examples: what tests
build when they are collected, and what is cached, is then built by the mutant too.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import NamedTuple

PROJECT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).with_name("README.md")
COPIED = ("src", "tests", "docs", "conftest.py", "pyproject.toml", "README.md")
MUTMUT = Path(sys.executable).with_name("mutmut")
CHILDREN = 2
PLUGIN = ("-p", "quick_first")  # beside this file
PATIENCE = 5  # times as long as without a mutant; what takes longer loops, and is killed

ROW = re.compile(r"^\| `(\w+)` \| `([^`]+)` \| `([^`]+)` \| (\d+) % \|$", re.MULTILINE)


class Module(NamedTuple):
    """A row of the table: what is mutated, the tests that judge it, and the least share killed."""

    mutated: list[str]
    judges: list[str]
    floor: int


def modules() -> dict[str, Module]:
    """The rows of the table in README.md."""
    rows = ROW.findall(TABLE.read_text(encoding="utf-8"))
    return {
        name: Module(shlex.split(mutated), shlex.split(judges), int(floor))
        for name, mutated, judges, floor in rows
    }


def prepare(module: Module, folder: Path) -> None:
    """Copy the project, and configure mutmut in the copy."""
    for name in COPIED:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, dirs_exist_ok=True)
        else:
            shutil.copy2(source, folder / name)
    settings = folder / "pyproject.toml"
    text = settings.read_text("utf-8")
    # Lists of texts have the same form in JSON and TOML.
    text += f"""
[tool.mutmut]
source_paths = ["src/nhs_api_catalogue"]
only_mutate = {json.dumps([f"src/nhs_api_catalogue/{path}" for path in module.mutated])}
pytest_add_cli_args_test_selection = {json.dumps(module.judges)}
pytest_add_cli_args = {json.dumps(PLUGIN)}
also_copy = {json.dumps(COPIED)}
use_git_change_detection = false
track_dependencies = false
timeout_multiplier = 3.0
timeout_constant = 5.0
"""
    settings.write_text(text, encoding="utf-8")


def results(folder: Path) -> dict[str, int | None]:
    """The exit code of pytest for each mutant, as mutmut noted it."""
    found: dict[str, int | None] = {}
    for path in sorted(folder.glob("mutants/src/**/*.meta")):
        found |= json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return found


def passes(module: Module, folder: Path, mutant: str = "", patience: float | None = None) -> bool:
    """Whether the tests pass in time, in a process that is the mutant's from its beginning."""
    mutants = folder / "mutants"
    environment = os.environ | {
        "MUTANT_UNDER_TEST": mutant,
        "HYPOTHESIS_PROFILE": "survivors",
        "PYTHONPATH": os.pathsep.join((str(mutants / "src"), str(TABLE.parent))),
    }
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *PLUGIN]
    try:
        done = subprocess.run(
            [*command, *module.judges],
            cwd=mutants,
            env=environment,
            timeout=patience,
            capture_output=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def survivors_of(module: Module, folder: Path, mutants: list[str]) -> list[str]:
    """Those of the mutants that the tests of the module do not kill."""
    begun = monotonic()
    if not passes(module, folder):
        raise SystemExit("the tests fail without any mutant")
    patience = PATIENCE * (monotonic() - begun)
    with ThreadPoolExecutor(CHILDREN) as pool:
        alive = pool.map(lambda mutant: passes(module, folder, mutant, patience), mutants)
        return [mutant for mutant, is_alive in zip(mutants, alive, strict=True) if is_alive]


def difference(mutant: str, folder: Path) -> str:
    """The lines that a mutant changes."""
    shown = subprocess.run(
        [MUTMUT, "show", mutant], cwd=folder, capture_output=True, text=True, check=False
    ).stdout
    return "\n".join(line for line in shown.splitlines() if line[:1] in {"+", "-", " "})


def run(module: Module, folder: Path) -> bool:
    """Run the mutants, print the results, and return whether the floor is reached."""
    prepare(module, folder)
    subprocess.run(
        [MUTMUT, "run", "--max-children", str(CHILDREN)],
        cwd=folder,
        env=os.environ | {"HYPOTHESIS_PROFILE": "mutants", "PYTHONPATH": str(TABLE.parent)},
        check=True,
    )
    all_mutants = results(folder)
    if not all_mutants:
        raise SystemExit("there are no mutants")
    # 1: a test failed, 3: pytest failed. A mutant that took too long may have been unlucky.
    left = [mutant for mutant, code in all_mutants.items() if code not in {1, 3}]
    survivors = survivors_of(module, folder, left)
    for mutant in survivors:
        print(f"\n{mutant}\n{difference(mutant, folder)}")
    killed = len(all_mutants) - len(survivors)
    share = 100 * killed / len(all_mutants)
    print(
        f"\n{len(all_mutants)} mutants, {killed} killed, {len(survivors)} survive: "
        f"{share:.1f} %, floor {module.floor} %"
    )
    return share >= module.floor


def main() -> int:
    """The command line."""
    known = modules()
    parser = argparse.ArgumentParser(description="Run the mutants of one module.")
    parser.add_argument("module", choices=sorted(known))
    parser.add_argument("--in", dest="folder", type=Path, help="work here and leave it")
    given = parser.parse_args()
    if given.folder is not None:
        given.folder.mkdir(parents=True, exist_ok=True)
        return 0 if run(known[given.module], given.folder) else 1
    with tempfile.TemporaryDirectory() as folder:
        return 0 if run(known[given.module], Path(folder)) else 1


if __name__ == "__main__":
    raise SystemExit(main())

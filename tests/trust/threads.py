"""First use from many threads at once, in subinterpreters, and after `fork` and `spawn`."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# What each of them uses first: names of the root, the bundled edition, its overlay, its products.
USE = """
def use():
    import nhs_api_catalogue as n
    p = n.plan(n.catalogue.select("eRS", "MESH"), start="2026-01-05")
    return (
        len(n.catalogue), n.catalogue.fingerprint(), len(n.catalogue.differences()),
        str(p.go_live), len(n.loads(n.dumps(n.catalogue))), len(n.products),
        id(n.catalogue), id(n.Duration),
    )
"""
THREADS = """
import sys, threading
sys.setswitchinterval(1e-6)
found, wall = [], threading.Barrier(64)
def one():
    wall.wait()
    try:
        found.append(use())
    except BaseException as error:
        found.append(repr(error))
threads = [threading.Thread(target=one) for _ in range(64)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert len(found) == 64 and len(set(found)) == 1 and not isinstance(found[0], str), set(found)
"""
POOLS = """
import multiprocessing
if __name__ == "__main__":
    first = use()[:6]
    for method in multiprocessing.get_all_start_methods():
        with multiprocessing.get_context(method).Pool(4) as pool:
            assert {one[:6] for one in [pool.apply(use) for _ in range(8)]} == {first}, method
"""
INTERPRETERS = """
from concurrent.futures import InterpreterPoolExecutor
if __name__ == "__main__":
    first = use()[:6]
    with InterpreterPoolExecutor(8) as pool:
        assert {one[:6] for one in pool.map(lambda _: 0, [])} == set()
        assert {tuple(pool.submit(use).result())[:6] for _ in range(8)} == {first}
"""


def run(count: int, folder: Path, pythons: list[str]) -> list[tuple[str, int, int]]:
    """Rows of what was tried, how often, and how often it was wrong."""
    rows = [
        (
            f"first use from 64 threads in a fresh process, {named(python)}",
            count,
            sum(failed(python, USE + THREADS, folder) for _ in range(count)),
        )
        for python in (sys.executable, *pythons)
    ]
    few = max(count // 10, 1)
    rows.append(
        (
            "workers by every start method of multiprocessing",
            few,
            sum(failed(sys.executable, USE + POOLS, folder) for _ in range(few)),
        )
    )
    for python in (sys.executable, *pythons):
        if named(python) >= "Python 3.14":
            wrong = sum(failed(python, USE + INTERPRETERS, folder) for _ in range(few))
            rows.append((f"subinterpreters, {named(python)}", few, wrong))
    return rows


def named(python: str) -> str:
    """The version of an interpreter, and whether its threads are free."""
    code = "import sys; print('Python', sys.version.split()[0] + getattr(sys, 'abiflags', ''))"
    return subprocess.run(
        [python, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()


def failed(python: str, code: str, folder: Path) -> bool:
    """Whether the code fails in a process of its own; it says how."""
    script = folder / "one.py"
    script.write_text(code, "utf-8")
    done = subprocess.run([python, str(script)], capture_output=True, text=True, check=False)
    sys.stderr.write(done.stderr[-500:])
    return bool(done.returncode)

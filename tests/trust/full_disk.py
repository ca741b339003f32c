"""A disk that is full, a folder that is read-only, a link, two writers at once."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from nhs_api_catalogue import catalogue, dump, dump_overlay, dump_plan, load, plan
from nhs_api_catalogue.official import bundled_overlay

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

WRITER = """
import sys
from nhs_api_catalogue import catalogue, dump
for _ in range(50):
    dump(catalogue[: int(sys.argv[2])], sys.argv[1])
"""


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path]:
    """A small file system in memory; needs the rights of root."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def writers() -> dict[str, Callable[[Path], None]]:
    """Each way to write a file."""
    p = plan(catalogue, start="2026-01-05", allow_unavailable=True)
    overlay = bundled_overlay()
    return {
        "dump": lambda path: dump(catalogue, path),
        "dump_overlay": lambda path: dump_overlay(overlay, path),
        "dump_plan": lambda path: dump_plan(p, path),
    }


def refused(write: Callable[[Path], None], path: Path) -> bool:
    """Whether writing fails as the system says, and names the file that was asked for."""
    try:
        write(path)
    except OSError as error:
        return error.filename == str(path)
    return False


def run(count: int, folder: Path) -> list[tuple[str, int, int]]:
    """Rows of what was tried, how often, and how often it was wrong."""
    rows = []
    for name, write in writers().items():
        wrong = 0
        with mounted(folder / f"full {name}", "16k") as place:
            path = place / "file.json"
            path.write_text("old", "utf-8")
            with suppress(OSError), (place / "filler").open("wb", buffering=0) as filler:
                while filler.write(b"x" * 512):
                    pass
            for _ in range(count):
                wrong += not refused(write, path)
                wrong += path.read_text("utf-8") != "old" or len(list(place.iterdir())) != 2
        rows.append((f"{name} on a disk that is full", count, wrong))
        wrong = 0
        with mounted(folder / f"read-only {name}", "16k") as place:
            path = place / "file.json"
            path.write_text("old", "utf-8")
            subprocess.run(["mount", "-o", "remount,ro", place], check=True)
            for _ in range(count):
                wrong += not refused(write, path)
                wrong += path.read_text("utf-8") != "old" or len(list(place.iterdir())) != 1
        rows.append((f"{name} in a folder that is read-only", count, wrong))
        rows.append(links(name, write, folder / f"links {name}", count))
    rows.append(two_writers(folder / "two", count))
    return rows


def links(
    name: str, write: Callable[[Path], None], place: Path, count: int
) -> tuple[str, int, int]:
    """A link stays a link and leads to the new content; permission bits stay."""
    place.mkdir()
    target, link = place / "target.json", place / "link.json"
    link.symlink_to("target.json")
    wrong = 0
    for mode in (0o600, 0o640, 0o644, 0o444)[: max(count, 1)]:
        target.write_text("old", "utf-8")
        target.chmod(mode)
        write(link)
        wrong += not link.is_symlink() or target.read_text("utf-8") == "old"
        wrong += stat.S_IMODE(target.stat().st_mode) != mode
        wrong += len(list(place.iterdir())) != 2
        target.chmod(0o600)
    return f"{name} through a link, with its permission bits kept", 4, wrong


def two_writers(place: Path, count: int) -> tuple[str, int, int]:
    """Two processes write one file; a reader sees one of both, whole, at every moment."""
    place.mkdir()
    path = place / "file.json"
    allowed = {len(catalogue), 5}
    dump(catalogue, path)
    wrong = reads = 0
    for _ in range(max(count // 10, 1)):
        both = [
            subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(size)])
            for size in allowed
        ]
        while any(writer.poll() is None for writer in both):
            wrong += len(load(path)) not in allowed
            reads += 1
        wrong += any(writer.returncode for writer in both)
    wrong += os.listdir(place) != ["file.json"]  # noqa: PTH208  the names alone
    return "reads while two processes write the same file", reads, wrong

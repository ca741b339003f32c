"""Files that are not plain files, or that change while they are read."""

from __future__ import annotations

import io
import os
import threading
from contextlib import suppress
from pathlib import Path

from nhs_api_catalogue import CatalogueError, catalogue, dumps, load, load_overlay

DEVICE = Path("/dev/zero")


class Shrinking(io.BytesIO):
    """A file that is shorter at each read."""

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.truncate(max(self.tell() // 2, 1))
        return data[: len(data) // 2]


def run(count: int, folder: Path) -> list[tuple[str, int, int]]:
    """Rows of what was tried, how often, and how often it was wrong."""
    text = dumps(catalogue)
    rows = []
    pipe = folder / "pipe"
    os.mkfifo(pipe)
    wrong = 0
    for whole in (text, text[:1000]):
        writer = threading.Thread(target=pipe.write_text, args=(whole, "utf-8"))
        writer.start()
        try:
            wrong += load(pipe) != catalogue or whole is not text
        except CatalogueError:
            wrong += whole is text
        writer.join()
    rows.append(("a FIFO, whole and cut short", 2, wrong))
    for what, path in (("a folder", folder), ("a file that is not there", folder / "none")):
        wrong = 0
        for read in (load, lambda one: load_overlay(one, catalogue)):
            try:
                read(path)
                wrong += 1
            except OSError:
                pass
        rows.append((f"{what}, refused as the system says it", 2, wrong))
    wrong = 0
    for read in (load, lambda one: load_overlay(one, catalogue)):
        try:
            read(DEVICE)
            wrong += 1
        except CatalogueError as error:
            wrong += "max_bytes" not in str(error)
    rows.append(("a device without end, refused by its size", 2, wrong))
    path = folder / "shrinks.json"
    wrong = 0
    tries = 200 * count
    for step in range(tries):
        path.write_text(text, "utf-8")
        cut = threading.Thread(target=os.truncate, args=(path, len(text) * step // tries))
        cut.start()
        with suppress(CatalogueError):
            wrong += load(path) != catalogue
        cut.join()
    try:
        load(Shrinking(text.encode()))
        wrong += 1
    except CatalogueError:
        pass
    rows.append(("a file that shrinks while it is read", tries + 1, wrong))
    return rows

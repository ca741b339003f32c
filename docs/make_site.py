"""Collect the pages of the site and build it into site/; any warning is an error.

Pages that are elsewhere, or are not Markdown, join those of docs/ under build/pages: the changelog,
and the executed notebook as Markdown. Needs the dependency group `docs`.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from nbconvert import MarkdownExporter

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "build/pages"
# Replaces a link to the left part on every page: the notebook is shown, not downloaded.
MOVED = {"tutorial.ipynb": "notebook.md"}


def gather() -> None:
    """Rewrite the pages."""
    shutil.rmtree(PAGES, ignore_errors=True)
    not_pages = shutil.ignore_patterns("*.py", "__pycache__", "elsewhere")
    shutil.copytree(ROOT / "docs", PAGES, ignore=not_pages)
    for page in PAGES.rglob("*.md"):
        text = page.read_text(encoding="utf-8")
        for old, new in MOVED.items():
            text = text.replace(f"({old})", f"({new})")
        page.write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "CHANGELOG.md", PAGES / "changelog.md")
    write_notebook(PAGES / "tutorial.ipynb", PAGES / "notebook.md")


def write_notebook(notebook: Path, page: Path) -> None:
    """The notebook with its outputs as Markdown; its pictures are beside it."""
    text, resources = MarkdownExporter().from_filename(str(notebook))
    for name, picture in resources["outputs"].items():
        (page.parent / f"notebook-{name}").write_bytes(picture)
        text = text.replace(f"]({name})", f"](notebook-{name})")
    page.write_text(text, encoding="utf-8")
    notebook.unlink()


def build() -> None:
    """Build the site; a warning ends it."""
    subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict", "--clean"], cwd=ROOT, check=True
    )


if __name__ == "__main__":
    gather()
    build()

"""What a table looks like in each place: a plain page, a notebook as a page, marimo, paper."""

import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from nhs_api_catalogue import Uniform, catalogue, plan
from shown_values import PLANS, VALUES

PATIENCE = 120  # seconds, for a server or a kernel to come up on a busy machine
# What people look at first, as cells of a notebook.
CELLS = (
    'catalogue["eRS"]',
    "catalogue",
    "p",
    'p.against("2027-02-28")',
    "p.missing_prerequisites()",
    "p.criticality",
    'p.compare(plan(FOUR, start="2026-02-02"))',
    'p.probability("2026-12-31", assume=Uniform())',
    'catalogue.side_by_side("eRS", "BaRS", "MESH")',
    'catalogue["eRS"].technical',
    "p.go_live",
    "catalogue.differences_table()",
)
START = """from nhs_api_catalogue import Uniform, catalogue, plan
FOUR = catalogue.select("PDS FHIR (Patient Access)", "eRS", "GP Connect - Access Record", "MESH")
p = plan(FOUR, start="2026-01-05")"""

# Words of one to twelve letters that are broken over several lines, by the table's caption.
BROKEN = """() => [...document.querySelectorAll("caption")].flatMap(caption => {
    const found = [], table = caption.closest("table");
    const walker = document.createTreeWalker(table, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        for (const match of node.textContent.matchAll(/\\p{L}+/gu)) {
            if (match[0].length > 12 || node.parentElement.closest("a")) continue;
            const range = document.createRange();
            range.setStart(node, match.index);
            range.setEnd(node, match.index + match[0].length);
            if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1)
                found.push([caption.textContent.slice(0, 40), match[0]]);
        }
    }
    return found;
})"""
# What is on the page: the tables, how far they reach, and whether their cells have space between.
SEEN = """() => ({
    tables: document.querySelectorAll("caption").length,
    wide: [...document.querySelectorAll("table:has(caption)")].filter(
        table => table.getBoundingClientRect().right > document.documentElement.clientWidth + 1
    ).length,
    close: [...document.querySelectorAll("table:has(caption) :is(td, th)")].filter(
        cell => parseFloat(getComputedStyle(cell).paddingRight) < 4
    ).length,
    bullets: [...document.querySelectorAll("table li")].every(
        item => getComputedStyle(item).listStyleType === "disc"
    ),
    sideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
})"""


def values():
    names = {"Uniform": Uniform, "catalogue": catalogue, "plan": plan}
    exec(START, names)  # noqa: S102  ours, and for a kernel too
    return [eval(cell, names) for cell in CELLS]  # noqa: S307  as above


@pytest.fixture(scope="module", params=["light", "dark"])
def notebook_page(request, tmp_path_factory):
    """A notebook of these cells, run, as nbconvert makes a page of it."""
    cells = [nbformat.v4.new_code_cell(source) for source in (START, *CELLS)]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=PATIENCE, kernel_name="python3").execute()
    text, _ = HTMLExporter(theme=request.param).from_notebook_node(notebook)
    path = tmp_path_factory.mktemp("page") / "notebook.html"
    # Scripts from other hosts would draw formulas and charts, but there are none here.
    path.write_text(text, encoding="utf-8")
    return path.as_uri()


@pytest.fixture(scope="module", params=["light", "dark"])
def marimo_page(request, tmp_path_factory):
    """The same cells as an application of marimo, which runs."""
    home = tmp_path_factory.mktemp("marimo")
    (home / "pyproject.toml").write_text(f'[tool.marimo.display]\ntheme = "{request.param}"\n')
    lines = ["import marimo", "app = marimo.App()", "@app.cell", "def _():"]
    lines += [f"    {line}" for line in START.splitlines()]
    lines += ["    return FOUR, Uniform, catalogue, p, plan"]
    for cell in CELLS:
        lines += ["@app.cell", "def _(FOUR, Uniform, catalogue, p, plan):", f"    {cell}"]
        lines += ["    return"]
    (home / "cells.py").write_text("\n".join([*lines, 'if __name__ == "__main__": app.run()', ""]))
    address = "http://127.0.0.1:27182/"
    command = [sys.executable, "-m", "marimo", "run", "cells.py", "--headless", "--no-token"]
    server = subprocess.Popen([*command, "--port", "27182"], cwd=home)
    try:
        for _ in range(PATIENCE):
            try:
                urllib.request.urlopen(address, timeout=5).close()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(1)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def looked_at(browser, address, width, shown):
    page = browser.new_page(viewport={"width": width, "height": 1000})
    page.goto(address, wait_until="domcontentloaded")
    page.wait_for_selector(f"text={shown}", timeout=PATIENCE * 1000)
    page.wait_for_function(
        "count => document.querySelectorAll('caption').length >= count", arg=len(CELLS)
    )
    seen, broken = page.evaluate(SEEN), page.evaluate(BROKEN)
    ground = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    page.close()
    return seen, broken, ground


@pytest.mark.parametrize("width", [390, 1100])
def test_a_notebook_as_a_page(browser, notebook_page, width):
    seen, broken, _ = looked_at(browser, notebook_page, width, "never critical")
    assert (seen["wide"], seen["close"], seen["bullets"]) == (0, 0, True)
    assert width == 390 or broken == []


@pytest.mark.parametrize("width", [390, 1100])
def test_marimo(browser, marimo_page, width):
    seen, broken, _ = looked_at(browser, marimo_page, width, "never critical")
    assert seen == {
        "tables": len(CELLS),
        "wide": 0,
        "close": 0,
        "bullets": True,
        "sideways": False,
    }
    assert width == 390 or broken == []


def test_no_word_is_broken_on_a4(browser):
    page = browser.new_page(viewport={"width": 688, "height": 1000})
    # In letters as large as those of notebooks.
    tables = "".join(value._repr_html_() for value in values())
    page.set_content(f'<!doctype html><body style="font:13px/1.4 Arial,sans-serif">{tables}')
    assert page.evaluate(BROKEN) == []
    page.close()


def test_broken_words_are_seen(browser):
    """The tests above can fail."""
    page = browser.new_page()
    page.set_content(
        '<table style="width:3em;table-layout:fixed;overflow-wrap:anywhere"><caption>a'
        "</caption><tr><td>confidence</td></tr></table>"
    )
    assert page.evaluate(BROKEN) == [["a", "confidence"]]
    page.close()


def test_a_report_of_many_begins_with_its_picture(browser):
    page = browser.new_page(viewport={"width": 688, "height": 1000})
    page.set_content(PLANS["plan of all"].report())
    page.emulate_media(media="print")
    picture = page.locator("figure svg").bounding_box()
    # A4 less its margins, at 96 dots an inch.
    assert picture["y"] + picture["height"] <= (297 - 28) / 25.4 * 96
    page.close()


def test_every_value_keeps_its_words_on_a_wide_page(browser):
    page = browser.new_page(viewport={"width": 1100, "height": 1000})
    for name, value in VALUES.items():
        if "hostile" not in name:
            page.set_content(value._repr_html_())
            assert page.evaluate(BROKEN) == [], name
    page.close()

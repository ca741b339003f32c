"""What a reader sees: JupyterLab in a real browser, light and dark, trusted and not."""

import base64
import html
import os
import re

import nbformat
import pytest

from browser_reader import TUTORIAL, outside, violations
from nhs_api_catalogue import Uniform, catalogue, plan
from shown_values import PLANS, VALUES

OUTPUTS = ".jp-OutputArea-output"
# The notebook's cells are trusted or not one by one.
TRUSTED = """() => {
    const cells = window.jupyterapp.shell.currentWidget.content.model.cells;
    return [...cells].filter(cell => cell.type === "code").map(cell => cell.trusted);
}"""
IDLE = """() => {
    const panel = window.jupyterapp?.shell.currentWidget;
    return panel?.sessionContext?.session?.kernel?.status === "idle" && panel.content.model;
}"""
RUN = "() => window.jupyterapp.commands.execute('notebook:run-all-cells')"
BARS = """() => [...document.querySelectorAll('.jp-RenderedHTMLCommon td > div[style*="display"]')]
    .flatMap(track => [...track.children].map(part => {
        const style = getComputedStyle(part), box = part.getBoundingClientRect();
        return {
            border: style.borderTopStyle, line: style.borderTopColor,
            text: getComputedStyle(track.closest("td")).color,
            width: box.width, height: box.height, share: parseFloat(part.style.width),
            whole: track.getBoundingClientRect().width,
        };
    }))"""
ALIGNED = """() => [...document.querySelectorAll('.jp-RenderedHTMLCommon :is(td, th, caption)')]
    .map(cell => getComputedStyle(cell).textAlign)"""
SOURCE = "third-party estimate of the NHS API Guide 2025 (6B, 2025-09-09)"


@pytest.fixture(params=["trusted", "untrusted"])
def notebook(request, lab, page):
    """The tutorial as seen by someone who runs it, or who opens someone else's."""
    name = "run" if request.param == "trusted" else "read"
    page.goto(f"{lab.address}lab/tree/{name}.ipynb?token={lab.token}&reset")
    page.wait_for_function(IDLE)
    page.wait_for_selector('[data-status="idle"]')
    if request.param == "trusted":
        page.evaluate(RUN)
        page.wait_for_function(IDLE)
    page.wait_for_selector(f"{OUTPUTS} >> text=never critical")
    page.state = request.param
    return page


def test_what_a_reader_sees(notebook, lab, pictures):
    page = notebook
    assert set(page.evaluate(TRUSTED)) == {page.state == "trusted"}
    assert (
        page.evaluate("() => document.body.dataset.jpThemeLight")
        == str(lab.theme == "light").lower()
    )

    # In words: the records, their source, their state, the plan, what drives it.
    text = "\n".join(page.locator(OUTPUTS).all_inner_texts())
    for said in (
        "23 APIs. Source: NHS API Guide 2025 (6B, 2025-09-09)",
        "unavailable from 2025-06 on",
        "Start 2026-01-05, go-live 2026-08-05 to 2027-03-05",
        SOURCE,
        "may be live last",
        "never critical",
        "Warnings",
        "Assumptions",
        "every day of the range equally likely",
    ):
        assert said in text
    assert "Error" not in text
    assert page.locator(f"{OUTPUTS} table caption").count() >= 7

    # In bars: as wide as they say, solid or dashed in the colour of the text.
    bars = page.evaluate(BARS)
    for border in ("solid", "dashed"):
        drawn = [bar for bar in bars if bar["border"] == border]
        assert len(drawn) >= 30
        assert all(bar["line"] == bar["text"] for bar in drawn)
    for bar in bars:
        assert bar["width"] == pytest.approx(bar["share"] * bar["whole"] / 100, abs=1)
        assert bar["height"] >= 8
    assert set(page.evaluate(ALIGNED)) == {"left"}

    # The assumptions unfold.
    folded = page.locator(f"{OUTPUTS} details").first
    folded.locator("summary").click()
    assert "Weekends and holidays count as days." in folded.inner_text()
    folded.locator("summary").click()

    assert violations(page, f"{OUTPUTS} table") == []
    page.locator(f"{OUTPUTS} table caption", has_text="go-live 2026").scroll_into_view_if_needed()
    page.screenshot(path=pictures / f"notebook-{lab.theme}-{page.state}.png")
    assert outside(page.asked) == set()
    assert any("/api/kernels" in address for address in page.asked), "requests were not watched"


def test_the_curve_is_seen_where_the_notebook_is_trusted(notebook):
    shown = notebook.locator(f"{OUTPUTS} img[src^='data:image/svg']").count()
    assert shown == (1 if notebook.state == "trusted" else 0)


def as_page(body, scheme="light"):
    return (
        f'<!doctype html><html lang="en"><head><title>All</title><meta name="color-scheme" '
        f'content="{scheme}"></head><body><main><h1>All</h1>{body}</main></body></html>'
    )


# A telephone, and what A4 leaves between its margins at 96 dots an inch.
@pytest.mark.parametrize("width", [390, 688])
def test_no_table_is_wider_than_its_place(browser, width):
    page = browser.new_page(viewport={"width": width, "height": 800})
    shown = {name: VALUES[name] for name in ("api", "catalogue", "plan of all", "range", "window")}
    for name, value in shown.items():
        page.set_content(as_page(value._repr_html_()))
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, name
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_wrong_with_a_report(page, scheme, width):
    page.set_viewport_size({"width": width, "height": 1000})
    page.emulate_media(color_scheme=scheme)
    page.set_content(PLANS["plan"].report(deadline="2027-02-28", assume=Uniform()))
    assert violations(page, "html") == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    assert outside(page.asked) == set()


def test_a_report_prints_on_two_pages(browser):
    page = browser.new_page()
    page.set_content(PLANS["plan"].report(deadline="2027-02-28", assume=Uniform()))
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type ?/Page\b", printed)) <= 2
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_wrong_on_a_plain_page(page, scheme):
    parts = [value._repr_html_() for value in VALUES.values()]
    for p in (PLANS["plan"], PLANS["hostile plan"]):
        for picture in (p.svg(), p.likelihood_svg(assume=Uniform())):
            title = html.escape(re.search("<title>(.*?)</title>", picture)[1])
            data = base64.b64encode(picture.encode()).decode()
            parts.append(f'<img alt="{title}" src="data:image/svg+xml;base64,{data}">')
            parts.append(picture)
    page.set_content(as_page("".join(parts), scheme))
    page.emulate_media(color_scheme=scheme)
    assert violations(page, "html") == []
    assert page.evaluate("() => [...document.images].every(image => image.naturalWidth > 0)")
    assert outside(page.asked) == set()


def test_a_picture_of_a_plan_for_a_slide(page, pictures):
    p = plan(
        catalogue.select("PDS FHIR (Patient Access)", "eRS", "GP Connect - Access Record", "MESH"),
        start="2026-01-05",
    )
    for name, picture in (("plan", p.svg()), ("likelihood", p.likelihood_svg(assume=Uniform()))):
        page.set_content(f'<body style="margin:0">{picture}')
        boxes = page.evaluate(
            """() => [...document.querySelectorAll("text")].map(text => {
                const {left, right} = text.getBoundingClientRect();
                return [left, right];
            })"""
        )
        assert boxes
        assert all(0 <= left <= right <= 1280 for left, right in boxes), "a text is cut off"
        (pictures / f"{name}.svg").write_text(picture, encoding="utf-8")


class TestTutorial:
    def test_every_code_cell_ran_without_error(self, executed):
        cells = [cell for cell in executed.cells if cell.cell_type == "code"]
        assert len(cells) >= 10
        for number, cell in enumerate(cells, 1):
            assert cell.execution_count == number
            assert cell.outputs or "import" in cell.source
            assert {output.output_type for output in cell.outputs} <= {
                "execute_result",
                "stream",
                "display_data",
            }

    def test_it_goes_from_which_api_to_when_live(self, executed):
        source = "\n".join(cell.source for cell in executed.cells)
        for step in ("filter(", "search(", "select(", "plan(", "go_live", "latest_safe_start("):
            assert step in source

    def test_the_outputs_that_are_kept_are_those_of_this_run(self, executed):
        kept = nbformat.read(TUTORIAL, as_version=4)
        if os.environ.get("KEEP"):
            kept.cells = executed.cells
            nbformat.write(kept, TUTORIAL)
        assert kept.cells == executed.cells, "run: KEEP=1 .ci/run browser"

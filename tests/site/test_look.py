"""The built site in a real browser: on a desktop in light mode, on a phone in dark mode.

SITE names the folder that it was built into; `.ci/run docs` provides that and chromium.
"""

import os
from pathlib import Path

import pytest

from browser_reader import launched, outside

SITE = Path(os.environ["SITE"]).resolve()
# The page for missing addresses takes its style from the root of a host.
PAGES = sorted(set(SITE.rglob("*.html")) - {SITE / "404.html"})
# What is off the screen of the page itself, not of a table or a block of code that scrolls.
OFF = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The contrast in darkness between the text and its page, from 0 to 255.
CONTRAST = """() => {
    const grey = colour => colour.match(/[0-9.]+/g).slice(0, 3)
        .reduce((sum, part) => sum + Number(part) / 3, 0);
    const page = getComputedStyle(document.body);
    const text = getComputedStyle(document.querySelector("article"));
    return Math.abs(grey(page.backgroundColor) - grey(text.color));
}"""


@pytest.fixture(scope="module")
def browser():
    with launched() as chromium:
        yield chromium


@pytest.fixture(scope="module", params=[(1280, "light"), (390, "dark")], ids=["desk", "phone"])
def page(request, browser):
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.asked = []
    page.on("request", lambda one: page.asked.append(one.url))
    yield page
    context.close()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(SITE)))
def test_a_page_fits_the_screen_and_asks_nothing_of_others(page, path):
    page.goto(path.as_uri())
    assert page.evaluate(OFF) <= 0
    assert page.evaluate(CONTRAST) > 100
    assert not outside(page.asked)

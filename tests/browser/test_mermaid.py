"""Gantt charts as the real Mermaid draws them: names whole, beside the bars and not in them."""

import os
import string

import pytest
from attrs import evolve

from nhs_api_catalogue import plan
from nhs_api_catalogue._escapes import for_mermaid
from shown_values import HOSTILE, PLANS, small_api

DRAW = """async text => {
    mermaid.initialize({startOnLoad: false, securityLevel: "strict"});
    const {svg} = await mermaid.render("chart", text);
    document.body.innerHTML = svg;
    const box = element => {
        const {left, right} = element.getBoundingClientRect();
        return [left, right];
    };
    const texts = kind => [...document.querySelectorAll(`text.${kind}`)]
        .map(text => [text.textContent, ...box(text)]);
    return {
        titles: texts("sectionTitle"),
        bars: [...document.querySelectorAll("rect.task")].map(box),
    };
}"""
# Words that the grammar of Mermaid knows, and what has a meaning at the beginning of a line.
WORDS = "end default click section title todo done crit active vert milestone excludes %%x ---"


@pytest.fixture(scope="module")
def draw(browser):
    page = browser.new_page(viewport={"width": 1200, "height": 800})

    def draw(text):
        page.set_content("<!doctype html><html lang='en'><body></body></html>")
        page.add_script_tag(path=os.environ["MERMAID"])
        return page.evaluate(DRAW, text)

    yield draw
    page.close()


def chart(name):
    return (
        "gantt\n    dateFormat YYYY-MM-DD\n"
        f"    section {for_mermaid(name)}\n    a stage :active, 2026-01-05, 2026-02-05\n"
    )


def named(drawn):
    return ["".join(text) for text, *_ in drawn["titles"]]


@pytest.mark.parametrize("mark", [*string.punctuation, *"\u2013\u00a3\u00e9\u2019\u2026"])
def test_every_character_is_drawn_as_it_is(draw, mark):
    name = f"A{mark}B {mark}{mark} C{mark}"
    assert named(draw(chart(name))) == [name]


@pytest.mark.parametrize("word", WORDS.split())
def test_every_word_is_drawn_as_it_is(draw, word):
    assert named(draw(chart(word))) == [word]


@pytest.mark.parametrize("p", [PLANS["plan"], PLANS["linked plan"], PLANS["hostile plan"]])
def test_names_do_not_run_into_the_bars(draw, p):
    drawn = draw(p.to_mermaid())
    first = min(left for left, _ in drawn["bars"])
    assert drawn["titles"]
    assert all(right <= first for _, _, right in drawn["titles"])


def test_names_of_others_are_names(draw):
    drawn = draw(PLANS["hostile plan"].to_mermaid())
    assert named(drawn)[0] == f"{HOSTILE} hostile"


def test_equal_names_are_told_apart(draw):
    twins = [evolve(small_api(name), name="Twin") for name in ("one", "two")]
    assert named(draw(plan(twins, start="2026-01-05").to_mermaid())) == ["Twin (one)", "Twin (two)"]

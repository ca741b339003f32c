"""What people see and type in a terminal: values in rich, names in IPython; both are real."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from rich.console import Console
from rich.pretty import pretty_repr

from nhs_api_catalogue import Uniform, catalogue, diff, months, plan, products
from shown_values import PLANS, VALUES

P = PLANS["plan"]
OVERLAY = catalogue.overlays[0]
# Everything that would otherwise be shown in full, besides what notebooks show.
SHOWN = {
    **VALUES,
    "products": products,
    "product": products[0],
    "listing": products.listings[0],
    "overlay": OVERLAY,
    "entry": OVERLAY.entries[0],
    "difference": OVERLAY.differences[0],
    "prerequisite": OVERLAY.prerequisites[0],
    "service": max(OVERLAY.services, key=lambda service: len(service.timescales)),
    "timescale": OVERLAY.timescales[0],
    "table": catalogue.official_table(),
    "comparison": catalogue.side_by_side("eRS", "BaRS"),
    "editions": diff(catalogue, catalogue),
    "staleness": catalogue.stale(on="2027-01-01", older_than=months(12)),
    "missing": P.missing_prerequisites(),
    "planned": P["MESH"],
    "request": P.request,
    "drivers": P.drivers,
    "criticality": P.criticality,
    "deadline": P.against("2027-02-28", assume=Uniform()),
    "plans": P.compare(P),
    "probability": P.probability("2026-12-31", assume=Uniform()),
    "likelihoods": P.likelihoods("2026-12-31"),
    "distribution": P.distribution(assume=Uniform()),
}


@pytest.mark.parametrize("value", SHOWN.values(), ids=SHOWN)
def test_rich_shows_it_in_half_a_screen(value):
    lines = pretty_repr(value, max_width=100).splitlines()
    assert len(lines) <= 40
    assert " object at 0x" not in "\n".join(lines)


def test_rich_prints_a_plan_in_a_few_words():
    console = Console(width=120, record=True, file=None, quiet=False)
    with console.capture() as printed:
        console.print(plan(catalogue.select("MESH"), start="2026-01-05"))
    assert printed.get() == (
        "Plan('mesh', start='2026-01-05', go_live='2026-03-02 to 2026-04-16')\n"
    )


@pytest.fixture(scope="module")
def ipython():
    shell = InteractiveShell.instance()
    shell.user_ns.update(p=P, catalogue=catalogue, products=products)
    yield shell
    InteractiveShell.clear_instance()


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ('p["MES', ["MESH", "MESH API"]),
        ('p["SDS', []),
        (
            'p["e-R',
            ["e-Referral Service", "e-Referral Service (eRS)", "e-Referrals Service"],
        ),
        (
            'catalogue["Spine',
            ["Spine Directory Service", "Spine Directory Service (SDS)"],
        ),
    ],
)
def test_ipython_completes_the_names_that_are_known(ipython, typed, names):
    _, found = ipython.complete(typed)
    before = typed.partition('"')[0]
    assert [text for text in found if text.startswith(f'{before}"')] == [
        f'{before}"{name}' for name in names
    ]


def test_every_name_that_is_offered_is_one_of_the_plan(ipython):
    _, found = ipython.complete('p["')
    names = [text.removeprefix('p["') for text in found]
    assert len(names) > len(P.planned)
    assert all(name in P for name in names)

"""Queries as type checkers see them: what they give, and the mistakes they catch.

Never run. Each expected error must occur, for mypy and for pyright; the same mistakes are caught
at run time in tests/test_catalogues.py and tests/test_queries.py.
"""

from datetime import date
from typing import assert_type

import nhs_api_catalogue.queries as q
from nhs_api_catalogue import (
    AccessRoute,
    Api,
    Catalogue,
    Comparison,
    Proxy,
    SearchMatch,
    Standard,
    catalogue,
    months,
)


def is_mesh(api: Api) -> bool:
    """A test of one's own."""
    return api.name == "MESH"


# ---- what comes back ----

assert_type(catalogue["eRS"], Api)
assert_type(catalogue[0], Api)
assert_type(catalogue[1:], Catalogue)
assert_type(catalogue.get("eRS"), Api | None)
assert_type(catalogue.get("eRS", 3), Api | int)
assert_type(catalogue.select("eRS", "MESH"), Catalogue)
assert_type(catalogue.select(["eRS", "MESH"]), Catalogue)
assert_type(catalogue.matching("PDS"), Catalogue)
assert_type(catalogue.search("book"), Catalogue)
match = catalogue.search("book").found_by
assert_type(match, SearchMatch | None)
if match is not None:
    assert_type(match.missing, tuple[str, ...])
assert_type(catalogue.side_by_side("eRS", "MESH"), Comparison)
assert_type(catalogue.group_by(lambda api: len(api.aliases)), dict[int, Catalogue])
assert_type(catalogue | catalogue[1:], Catalogue)
assert_type(catalogue & catalogue[1:], Catalogue)
assert_type(catalogue - catalogue[1:], Catalogue)
assert_type(catalogue.sorted_by("total", reverse=True), Catalogue)
assert_type(catalogue.sorted_by(lambda api: api.id), Catalogue)
assert_type(catalogue.sorted_by(lambda api: (len(api.name), api.id)), Catalogue)
assert_type(
    catalogue.filter(
        standard=[Standard.FHIR, "REST"],
        supplier={"EMIS"},
        route="internet",
        restful=True,
        available_on=date(2026, 1, 5),
        total_within="9 months",
        total_may_be_within=months(9),
    ),
    Catalogue,
)
assert_type(catalogue.where(q.topic("records") & ~q.user("staff")), Catalogue)
assert_type(catalogue.where(lambda api: not api.notices), Catalogue)
assert_type(catalogue.undecided(q.restful(True)), Catalogue)
assert_type(q.standard("FHIR"), q.Where)
assert_type(q.standard("FHIR") & is_mesh, q.Where)
assert_type(is_mesh | q.standard("FHIR"), q.Where)
assert_type(~q.standard("FHIR"), q.Where)
assert_type(q.standard("FHIR")(catalogue[0]), bool | None)
assert_type(q.implementation(standard="SOAP", supplier="TPP"), q.Where)
assert_type(q.supplier("EMIS"), q.Where)
assert_type(q.transport("MESH"), q.Where)
assert_type(q.proxy(Proxy.SSP), q.Where)
assert_type(q.auth(["OAuth 2.0"]), q.Where)
assert_type(q.capability("book"), q.Where)
assert_type(q.suitable_for("reporting"), q.Where)
assert_type(q.stated_for("direct care"), q.Where)
assert_type(q.available_on("2026-01-05"), q.Where)
for within in (
    *(q.technical_within, q.technical_may_be_within),
    *(q.assurance_within, q.assurance_may_be_within),
    *(q.total_within, q.total_may_be_within),
):
    assert_type(within(months(9)), q.Where)
    assert_type(within("9 months"), q.Where)
mesh: q.Test = is_mesh
assert_type(q.all_of(mesh, q.topic("records")), q.Where)
assert_type(q.any_of(mesh, q.topic("records")), q.Where)

# ---- the planted mistakes ----

# A misspelt keyword.
catalogue.filter(standrad=Standard.FHIR)  # type: ignore[call-arg]
q.implementation(standrad="FHIR")  # type: ignore[call-arg]
# A wrong enum.
catalogue.filter(standard=AccessRoute.HSCN)  # type: ignore[arg-type]
q.standard([Standard.FHIR, Proxy.SSP])  # type: ignore[list-item]
q.proxy(Standard.FHIR)  # type: ignore[arg-type]
# A number in place of a time, a name in place of a test.
q.total_within(9)  # type: ignore[arg-type]
q.all_of("records")  # type: ignore[arg-type]
# A text in a number, and a number in a text.
catalogue.filter(restful="no")  # type: ignore[arg-type]
catalogue.filter(total_within=9)  # type: ignore[arg-type]
# A misspelt value.
catalogue.filter(standard="FHRI")  # type: ignore[arg-type]
catalogue.filter(topic=["records", "lunch"])  # type: ignore[list-item]
q.route("intranet")  # type: ignore[arg-type]
# A misspelt sort key.
catalogue.sorted_by("totl")  # type: ignore[arg-type]
# The wrong type under `~`, and in a test.
catalogue.where(~(lambda api: api.notices))  # type: ignore[operator]
catalogue.where(lambda api: api.name)  # type: ignore[arg-type, return-value]
q.standard("FHIR") & "REST"  # type: ignore[operator]
# A date that may be missing has no order.
catalogue.sorted_by(lambda api: api.edition.as_of if api.edition else None)  # type: ignore[arg-type, return-value]
# A catalogue and a record cannot be changed.
catalogue.apis = ()  # type: ignore[misc]
catalogue[0] = catalogue[1]  # type: ignore[index]
# Another kind of operand.
catalogue | [catalogue[0]]  # type: ignore[operator]
# `and` for `&`, `not` for `~`: a test has no truth. Last, as nothing after them is reached.
# pyright sees it wherever a condition is wanted, and mypy everywhere.


def check_not(test: q.Where) -> None:
    catalogue.where(not test)  # type: ignore[arg-type]


def check_and(test: q.Where, other: q.Where) -> None:
    catalogue.search("a" if test and other else "b")  # type: ignore[redundant-expr, unreachable]

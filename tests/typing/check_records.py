"""Type-checked only: records and their parts, as the types of the public names tell it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, assert_type

from nhs_api_catalogue import (
    AccessRoute,
    AccessRule,
    Answer,
    Api,
    Assumption,
    AuthProtocol,
    Capability,
    Confidence,
    DurationRange,
    Edition,
    Fact,
    Implementation,
    Notice,
    NoticeKind,
    Overlay,
    OwnValue,
    PertBeta,
    PlannedApi,
    PlannedService,
    PlannedStage,
    Precision,
    Printed,
    Proxy,
    Standard,
    Strength,
    Suitability,
    Topic,
    Transport,
    Triangular,
    Uniform,
    UseContext,
    User,
    WorkingDays,
    catalogue,
    plan,
)
from nhs_api_catalogue import queries as q

edition = Edition("Ours", "Our trust", as_of=date(2026, 5, 1))
assert_type(edition.as_of, date | None)
assert_type(edition.is_official, bool)
Edition("Ours", "Our trust", as_of="2026-05-01")  # type: ignore[arg-type]
Edition("Ours")  # type: ignore[call-arg]

fhir = Implementation(
    Standard.FHIR, transport=Transport.MESH, auth=[AuthProtocol.OAUTH2], restful=True
)
assert_type(fhir.auth, frozenset[AuthProtocol])
assert_type(fhir.proxy, Proxy | None)
Implementation("FHIR")  # type: ignore[arg-type]

rule = AccessRule([AccessRoute.HSCN], supplier="EMIS")
assert_type(rule.routes, frozenset[AccessRoute])
assert_type(rule.supplier, str | None)
AccessRule(["HSCN"])  # type: ignore[list-item]

notice = Notice(NoticeKind.UNAVAILABLE, date(2025, 6, 1), Precision.MONTH, None, "closed")
assert_type(notice.in_force("2026-01-05"), bool)
assert_type(notice.overlaps(date(2026, 1, 5), "2026-02-05"), bool)
notice.in_force(20260105)  # type: ignore[arg-type]

suitability = Suitability(only={UseContext.PATIENT_FACING})
assert_type(suitability.rules_out("reporting"), bool)
assert_type(suitability.states(UseContext.DIRECT_CARE), bool)
Suitability(only="reporting")  # type: ignore[arg-type]

own = OwnValue("technical", "our 2026 project")
assert_type(own.as_of, date | None)

api = Api(
    id="ward-board",
    name="Ward board",
    technical=DurationRange.parse("4-6 weeks"),
    assurance=DurationRange.parse("1-2 months"),
    implementations=[fhir],
    access=[rule],
    notices=[notice],
    suitability=suitability,
    max_data_age=timedelta(hours=24),
    capabilities=[Capability.READ],
    topics={Topic.RECORDS},
    users=(User.CLINICIAN,),
    aliases=["Board"],
    own=[own],
    edition=edition,
)
assert_type(api.printed, Printed | None)
assert_type(api.implementations, tuple[Implementation, ...])
assert_type(api.max_data_age, timedelta | None)
assert_type(api.topics, frozenset[Topic])
assert_type(api.technical, DurationRange | WorkingDays)
assert_type(api.total, DurationRange | WorkingDays | None)
assert_type(api.standards, frozenset[Standard])
assert_type(api.open_routes, frozenset[AccessRoute])
assert_type(api.reachable(AccessRoute.HSCN, supplier="EMIS"), Answer)
assert_type(api.available("2026-01-05"), bool)
assert_type(api.unavailable_between("2026-01-05", date(2026, 2, 5)), Notice | None)
assert_type(api.source_of("technical"), str)
assert_type(api.access_text, str)
assert_type(api.describe(), str)
assert_type(api.details(), tuple[tuple[str, str | tuple[str, ...] | None], ...])
assert_type(api.official_details(), tuple[tuple[str, str | tuple[str, ...]], ...])
Api(id="x", name="x", technical="4-6 weeks", assurance="1 month")  # type: ignore[arg-type]
Api(id="x", name="x")  # type: ignore[call-arg]
api.name = "another"  # type: ignore[misc]

assert_type(catalogue.count(api), int)
assert_type(catalogue.index(api), int)
assert_type(catalogue.fingerprint(), str)
assert_type(
    catalogue.side_by_side("eRS", "MESH").differing, tuple[tuple[str, tuple[str, ...]], ...]
)
assert_type(q.topic("records").keep(catalogue.apis), list[Api])

entry = catalogue["eRS"].official[0]
assert_type(entry.describe(), str)
assert_type(entry.facts(), Iterator[tuple[str, Fact[Any]]])
assert_type(entry.name.confidence, Confidence)
assert_type(entry.name.text, str)
assert_type(entry.names, tuple[str, ...])
for overlay in catalogue.overlays:
    assert_type(overlay.summary, str)
    overlay.entries_of("e-rs")
    overlay.differences_of("e-rs")
    overlay.successors_of("e-rs")
    assert_type(overlay.about("e-rs"), Overlay)
    overlay.timescales_of("e-rs")
    for need in overlay.prerequisites_of("e-rs"):
        assert_type(need.strength, Strength)
        assert_type(need.called, str | None)

shapes: tuple[Assumption, ...] = (Uniform(), Triangular(0.5), PertBeta(0.5))
for shape in shapes:
    assert_type(shape.cdf(0.25), float)

p = plan([api], start="2026-01-05")
assert_type(p.items(), tuple[PlannedApi | PlannedService, ...])
assert_type(p.stages(), Sequence[PlannedStage])

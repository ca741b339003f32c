"""Type-checked only: what official sources say, as the types of the public names tell it."""

from datetime import date
from typing import Literal, assert_type

from nhs_api_catalogue import (
    AsOf,
    Catalogue,
    Difference,
    DifferenceField,
    DifferenceKind,
    DurationRange,
    Edition,
    Extent,
    Fact,
    FhirVersion,
    MissingPrerequisites,
    NeededFor,
    Network,
    OfficialEntry,
    OfficialService,
    OnboardingRoute,
    Openness,
    Overlay,
    Plan,
    Prerequisite,
    ProductStatus,
    Security,
    SecurityMode,
    SecurityPattern,
    SeenAs,
    Service,
    ServiceKind,
    ServiceLevel,
    Severity,
    SignInLevel,
    Source,
    Staleness,
    Technology,
    Timescale,
    WorkingDays,
    catalogue,
    dump_overlay,
    dumps_overlay,
    load_overlay,
    months,
    plan,
)
from nhs_api_catalogue import queries as q

api = catalogue["eRS"]
assert_type(api.official, tuple[OfficialEntry, ...])
assert_type(api.differences, tuple[Difference, ...])
assert_type(api.prerequisites, tuple[Prerequisite, ...])
assert_type(api.timescales, tuple[Timescale, ...])
assert_type(api.open_to_new_integrations, Openness)

entry = api.official[0]
assert_type(entry.name, Fact[str])
assert_type(entry.name.value, str)
assert_type(entry.name.as_of, AsOf | None)
assert_type(entry.status, Fact[tuple[ProductStatus, ...]] | None)
assert_type(entry.security, Fact[tuple[Security, ...]] | None)
assert_type(entry.service_level, Fact[ServiceLevel] | None)
assert_type(entry.openness, Openness)
assert_type(entry.technology, Fact[tuple[Technology, ...]] | None)
assert_type(entry.fhir_version, Fact[tuple[FhirVersion, ...]] | None)
assert_type(entry.network, Fact[tuple[Network, ...]] | None)
assert_type(entry.onboarding, Fact[tuple[OnboardingRoute, ...]] | None)
assert_type(Security(SecurityMode.NOT_STATED, SecurityPattern.NOT_STATED).mode, SecurityMode)
assert_type(
    Security(SecurityMode.NOT_STATED, SecurityPattern.CIS2_SEPARATE, SignInLevel.AAL3).level,
    SignInLevel | None,
)
assert_type(entry.status_until, Fact[date] | None)
assert_type(entry.status_on("2026-05-31"), tuple[ProductStatus, ...] | None)
assert_type(entry.name.where, str | None)
assert_type(entry.name.source.seen_as, SeenAs)
assert_type(api.differences[0].kind, DifferenceKind)
assert_type(api.differences[0].field, DifferenceField)
assert_type(api.prerequisites[0].needed_for, NeededFor)
for overlay in catalogue.overlays:
    assert_type(overlay.services[0].kind, ServiceKind)
assert_type(api.prerequisites[0].service, OfficialService | None)

assert_type(catalogue.differences(), tuple[Difference, ...])
catalogue.differences(severity=Severity.BLOCKS_PLAN)
catalogue.differences(severity="blocks_plan")
catalogue.differences(severity="blocks")  # type: ignore[arg-type]
catalogue.differences("blocks_plan")  # type: ignore[call-arg]
assert_type(catalogue.sources(), tuple[Source, ...])
assert_type(catalogue.timescales(), tuple[Timescale, ...])
assert_type(api.timescales[0].time, DurationRange | WorkingDays | None)
assert_type(api.timescales[0].extent, Extent | None)
found = catalogue.stale(on="2026-11-22", older_than=months(6))
assert_type(found, Staleness)
assert_type(found.old, tuple[Source, ...])
assert_type(found.editions, tuple[Edition, ...])
catalogue.stale()  # type: ignore[call-arg]

assert_type(load_overlay("ours.json", catalogue), Overlay)
assert_type(catalogue.with_overlay(load_overlay("ours.json", catalogue)), Catalogue)
assert_type(catalogue.with_overlay(None), Catalogue)
(laid,) = catalogue.overlays
assert_type(laid | laid, Overlay)
assert_type(laid.naming({"mesh": "MESH"}), Overlay)
assert_type(catalogue.with_overlay(laid, replacing=True), Catalogue)
assert_type(dumps_overlay(laid), str)
dump_overlay(laid, "ours.json")
dump_overlay(catalogue, "ours.json")  # type: ignore[arg-type]
catalogue.with_overlay("ours.json")  # type: ignore[arg-type]
assert_type(catalogue.overlays, tuple[Overlay, ...])

catalogue.filter(open_to_new_integrations=Openness.YES)
catalogue.filter(open_to_new_integrations="limited")
catalogue.filter(open_to_new_integrations=["yes", Openness.LIMITED])
catalogue.filter(open_to_new_integrations="open")  # type: ignore[arg-type]
catalogue.filter(open_to_new_integrations=True)  # type: ignore[arg-type]
catalogue.where(q.open_to_new_integrations("no"))

p = plan(catalogue.select("eRS"), start="2026-01-05")
assert_type(p.missing_prerequisites(), MissingPrerequisites)
assert_type(p.missing_prerequisites().required(), tuple[Prerequisite, ...])
assert_type(p.with_prerequisites(catalogue), Plan)
p.with_prerequisites(
    catalogue,
    services={"scal": "2-4 weeks", "hscn": Service("HSCN", "2-4 months", "our provider")},
    choose={"pds-access": "PDS FHIR (Patient Access)", "x": api},
    conditional=["cis2", *p.missing_prerequisites().choices],
)
p.with_prerequisites()  # type: ignore[call-arg]
p.with_prerequisites(catalogue, services={"scal": 5})  # type: ignore[dict-item]
p.with_prerequisites(catalogue, choose=["pds-access"])  # type: ignore[arg-type]

assert_type(Openness("yes").meaning, str)
word: Literal["yes"] = "yes"
Openness(word)

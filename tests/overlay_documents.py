"""A small overlay document with one of everything, and how to change it."""

import copy
import json
from collections.abc import Iterable
from typing import Any

from nhs_api_catalogue._documents.files import Document
from nhs_api_catalogue._problems import Problem
from nhs_api_catalogue.errors import InvalidOverlayError
from nhs_api_catalogue.overlays.reading import read

APIS = ("alpha", "beta", "gamma")
STATED = {"source": "spec", "confidence": "official"}


def faults(
    document: dict[str, Any], apis: Iterable[str], file: str | None = None
) -> tuple[Problem, ...]:
    """Every fault that reading the document finds."""
    try:
        data = json.dumps(document).encode()
        read(Document(data, len(data), InvalidOverlayError, file), apis)
    except InvalidOverlayError as error:
        found = error.problems
    else:
        return ()
    assert found
    return found


def fact(value: object, **more: object) -> dict[str, object]:
    return {"value": value, **STATED, **more}


SMALL: dict[str, Any] = {
    "format": 1,
    "compiled": "2026-11-22",
    "sources": [
        {
            "id": "spec",
            "title": "Specification",
            "url": "https://example.org/spec",
            "publisher": "NHS England",
            "as_of": "2026-02-24",
            "seen_as": "repository",
            "note": "a draft",
        },
        {
            "id": "page",
            "title": "Page",
            "url": "https://example.org/page?id=1#top",
            "publisher": "Somebody",
            "as_of": None,
            "seen_as": "stored copy",
        },
    ],
    "entries": [
        {
            "id": "alpha-one",
            "apis": ["alpha"],
            "name": fact("Alpha - FHIR API"),
            "catalogue_url": fact("https://example.org/alpha"),
            "status": fact(["beta", "in_production"], where="API status"),
            "status_until": fact("2026-05-31", note="announced"),
            "version": fact("1.0.0"),
            "open_to_new_integrations": fact("no", note="the NHS App is the only consumer"),
            "technology": fact(["rest", "fhir"]),
            "fhir_version": fact(["R4"]),
            "network": fact(["internet"]),
            "security": fact(
                [
                    {"mode": "application_restricted", "pattern": "signed_jwt"},
                    {
                        "mode": "user_restricted_healthcare_worker",
                        "pattern": "cis2_separate",
                        "level": "aal3",
                    },
                ]
            ),
            "base_url_production": fact("https://api.example.org/alpha"),
            "base_url_sandbox": fact("https://sandbox.example.org/alpha"),
            "spec_repository": fact("https://github.com/example/alpha"),
            "service_level": fact("gold"),
            "onboarding": fact(["scal"]),
            "aliases": fact(["First Letter"]),
            "replaced_by": fact(["alpha-two"]),
        },
        {"id": "alpha-two", "apis": [], "name": fact("Alpha Two")},
        {"id": "beta-one", "apis": ["beta"], "name": fact("Beta - FHIR API")},
    ],
    "differences": [
        {
            "api": "alpha",
            "field": "availability",
            "kind": "closed",
            "severity": "blocks_plan",
            "guide_says": "Open.",
            "official_says": "Closed.",
            "source": "page",
            "confidence": "reported",
            "where": "Status",
        }
    ],
    "prerequisites": [
        {
            "api": "alpha",
            "needs": "beta",
            "strength": "required",
            "needed_for": "build",
            "note": "for the address",
            "where": "Related APIs",
            **STATED,
        },
        {
            "api": "alpha",
            "needs": "lookup",
            "strength": "conditional",
            "needed_for": "unknown",
            **STATED,
        },
    ],
    "services": [
        {
            "id": "lookup",
            "name": "Lookup",
            "kind": "demographics",
            "what": "Looks up.",
            "source": "page",
            "met_by": ["beta", "gamma"],
            "where": "$.info",
            "needs_first": ["account"],
        }
    ],
    "timescales": [
        {
            "what": "review",
            "applies_to": "alpha",
            "text": "2 to 4 weeks",
            "where": "Timeline",
            "extent": "step",
            "shortest": "P2W",
            "longest": "P4W",
            "working_days": None,
            **STATED,
        },
        {
            "what": "reply",
            "applies_to": "lookup",
            "text": "within 5 working days",
            "shortest": None,
            "longest": None,
            "working_days": [None, 5],
            **STATED,
        },
        {
            "what": "test",
            "applies_to": "beta",
            "text": "2 to 3 hours",
            "shortest": "PT2H",
            "longest": "PT3H",
            "working_days": None,
            **STATED,
        },
    ],
}


def changed(path: tuple[str | int, ...], value: object) -> dict[str, Any]:
    """The small document with one value changed."""
    document = copy.deepcopy(SMALL)
    box: Any = document
    for step in path[:-1]:
        box = box[step]
    box[path[-1]] = value
    return document


def without(path: tuple[str | int, ...]) -> dict[str, Any]:
    """The small document without one key."""
    document = copy.deepcopy(SMALL)
    box: Any = document
    for step in path[:-1]:
        box = box[step]
    del box[path[-1]]
    return document

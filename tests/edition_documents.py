"""A small file of records with one of everything, and how to change it."""

import copy
import json
from functools import partial
from typing import Any

from json_documents import Path
from nhs_api_catalogue._documents.files import Document
from nhs_api_catalogue._documents.reading import problems_of
from nhs_api_catalogue._problems import Problem
from nhs_api_catalogue.editions.formats import EditionFile, edition_format
from nhs_api_catalogue.editions.reading import known_in
from nhs_api_catalogue.errors import InvalidCatalogueError

SMALL: dict[str, Any] = {
    "format": 1,
    "edition": {
        "title": "Our guide",
        "publisher": "Our trust",
        "as_of": "2026-05-01",
        "source": "https://example.org/guide",
        "sha256": "00ff",
        "based_on": "NHS API Guide 2025 (6B, 2025-09-09)",
        "overlay_as_of": None,
        "parts": [{"title": "Other", "publisher": "Others"}],
    },
    "editions": {"theirs": {"title": "Their guide", "publisher": "They", "as_of": None}},
    "apis": [
        {
            "id": "alpha",
            "name": "Alpha – FHIR",
            "printed": {
                "name": "Alpha – FHIR",
                "implementation": "FHIR API",
                "access_route": "HSCN",
                "technical": "4-6 weeks",
                "assurance": "1-2 months",
                "note": None,
            },
            "summary": "Does things.",
            "technical": "4-6 weeks",
            "assurance": "1 month to 2 months 3 weeks",
            "implementations": [
                {
                    "standard": "FHIR",
                    "supplier": "EMIS",
                    "proxy": "SSP",
                    "transport": "MESH",
                    "auth": ["OAuth 2.0", "OpenID Connect"],
                    "restful": False,
                },
                {"standard": "SOAP"},
            ],
            "access": [
                {"routes": ["HSCN", "internet"], "supplier": None},
                {"routes": ["GP practice"], "supplier": "TPP"},
            ],
            "notices": [
                {
                    "kind": "unavailable",
                    "since": "2025-06-01",
                    "precision": "month",
                    "until": "2026-06-30",
                    "text": "Closed.",
                }
            ],
            "suitability": {
                "only": ["direct care"],
                "excluded": ["reporting"],
                "stated": ["patient-facing"],
            },
            "max_data_age": "PT24H",
            "capabilities": ["read", "write"],
            "topics": ["records"],
            "users": ["staff"],
            "aliases": ["First", "Letter"],
            "own": [{"field": "technical", "source": "our project", "as_of": "2026-05-01"}],
        },
        {
            "id": "beta",
            "name": "Beta",
            "technical": "P4W/P6W",
            "assurance": "0 days",
            "edition": "theirs",
        },
        {
            "id": "gamma",
            "name": "Gamma",
            "technical": "6 weeks",
            "assurance": "4-6 weeks",
            "edition": None,
        },
    ],
}


def _box(document: Any, path: Path) -> Any:
    for step in path[:-1]:
        document = document[step]
    return document


def changed(path: Path, value: object) -> dict[str, Any]:
    """The small document with one value changed or added."""
    document = copy.deepcopy(SMALL)
    _box(document, path)[path[-1]] = value
    return document


def without(path: Path) -> dict[str, Any]:
    """The small document without one key."""
    document = copy.deepcopy(SMALL)
    del _box(document, path)[path[-1]]
    return document


def faults(document: object) -> tuple[Problem, ...]:
    """Every fault of a document, as reading in detail finds them."""
    data = json.dumps(document).encode()
    file = Document(data, len(data), InvalidCatalogueError)
    return problems_of(edition_format, EditionFile, file, partial(known_in, file, "bundled"))

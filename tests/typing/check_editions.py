"""Files of records as type checkers see them: what they give, and the mistakes they catch.

Never run. Each expected error must occur, for mypy and for pyright; the same mistakes are caught
at run time in tests/test_changing.py and tests/test_editions.py.
"""

from io import BytesIO, StringIO
from pathlib import Path
from typing import assert_type

from nhs_api_catalogue import (
    Api,
    ApiChange,
    Catalogue,
    EditionDiff,
    FieldChange,
    InvalidCatalogueError,
    InvalidFileError,
    InvalidOverlayError,
    Problem,
    Topic,
    catalogue,
    diff,
    dump,
    dumps,
    load,
    load_overlay,
    loads,
)

# ---- what comes back ----

assert_type(load("ours.json"), Catalogue)
assert_type(load(Path("ours.json"), overlay=None, max_bytes=10), Catalogue)
assert_type(load(StringIO(), overlay="bundled"), Catalogue)
assert_type(load(BytesIO(), overlay=Path("overlay.json")), Catalogue)
assert_type(loads("", overlay=load_overlay("overlay.json", catalogue)), Catalogue)
assert_type(loads(b""), Catalogue)
assert_type(dumps(catalogue), str)
dump(catalogue, Path("ours.json"))

assert_type(catalogue.with_apis(catalogue["MESH"]), Catalogue)
assert_type(catalogue.without("eRS", "MESH"), Catalogue)
assert_type(catalogue.replace("eRS", technical="2-4 months", source="us"), Catalogue)
assert_type(
    catalogue.replace("eRS", topics=["referrals", Topic.RECORDS], source="us", as_of="2026-05-01"),
    Catalogue,
)

found = diff(catalogue, catalogue)
assert_type(found, EditionDiff)
assert_type(found.added, tuple[Api, ...])
assert_type(found.changed, tuple[ApiChange, ...])
assert_type(found.changed[0].fields, tuple[FieldChange, ...])
assert_type(found.changed[0].fields[0].old, object)
assert_type(found.reordered, bool)


def problems_of(error: InvalidFileError) -> tuple[Problem, ...]:
    """Both kinds of files report faults alike."""
    return error.problems


problems_of(InvalidCatalogueError(()))
problems_of(InvalidOverlayError(()))

# ---- mistakes ----

load()  # type: ignore[call-arg]
load(5)  # type: ignore[arg-type]
loads(Path("ours.json"))  # type: ignore[arg-type]
loads("", overlay=5)  # type: ignore[arg-type]
dumps([catalogue["MESH"]])  # type: ignore[arg-type]
dump(catalogue, StringIO())  # type: ignore[arg-type]
diff(catalogue, "ours.json")  # type: ignore[arg-type]
catalogue.with_apis("MESH")  # type: ignore[arg-type]
catalogue.without(5)  # type: ignore[arg-type]
catalogue.replace("eRS", technical="2-4 months")  # type: ignore[call-arg]
catalogue.replace("eRS", tecnical="2-4 months", source="us")  # type: ignore[call-arg]
catalogue.replace("eRS", technical=5, source="us")  # type: ignore[arg-type]
catalogue.replace("eRS", topics="referral", source="us")  # type: ignore[arg-type]

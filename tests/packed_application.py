"""An application that uses the library, to be packed with what it needs: see `.ci/run packed`."""

import sys

from nhs_api_catalogue import __version__, catalogue, dumps, england, loads, plan
from nhs_api_catalogue.__main__ import main


def application() -> int:
    """Read the bundled data, a file and the bank holidays, plan, and run the command line."""
    assert loads(dumps(catalogue)) == catalogue
    assert len(catalogue.differences()) > 50
    assert str(england().after("2026-12-24", 1)) == "2026-12-29"
    p = plan(catalogue.select("eRS"), start="2026-01-05")
    sys.stdout.write(f"packed {__version__}: {len(catalogue)} APIs, {p.go_live}\n")
    return main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(application())

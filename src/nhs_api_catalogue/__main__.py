"""The program `nhs_api_catalogue`: from what is typed to what is printed, and an exit status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from nhs_api_catalogue import CatalogueError
from nhs_api_catalogue.shell import output
from nhs_api_catalogue.shell.mistakes import FoundError, ImpossibleError
from nhs_api_catalogue.shell.parser import parser

if TYPE_CHECKING:
    from collections.abc import Sequence

FOUND = 1
IMPOSSIBLE = 3
# The status that a shell gives for a program that the signal SIGPIPE ended.
READER_GONE = 128 + 13


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status.

    A user's mistake is reported on standard error, with status 2. Faults of a validated file, and
    differences between two files, are on standard output, with status 1. So is a deadline that
    cannot be met, with status 3.
    """
    whole = parser()
    options = whole.read(arguments)
    status = 0
    try:
        text = options.run(options) if options.command else whole.format_help().rstrip()
    except FoundError as found:
        status, text = FOUND, str(found)
    except ImpossibleError as impossible:
        status, text = IMPOSSIBLE, str(impossible)
    except CatalogueError as error:
        whole.error(str(error))
    except OSError as error:
        whole.error(f"{error.filename}: {error.strerror}")
    try:
        output.write(text, sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:
        output.stop_writing()
        return READER_GONE
    return status


if __name__ == "__main__":
    sys.exit(main())

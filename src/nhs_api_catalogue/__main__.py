"""The program `nhs_api_catalogue`: from what is typed to what is printed, and an exit status."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from nhs_api_catalogue import CatalogueError
from nhs_api_catalogue.shell import output
from nhs_api_catalogue.shell.mistakes import FoundError, ImpossibleError, in_options
from nhs_api_catalogue.shell.parser import parser

if TYPE_CHECKING:
    from collections.abc import Sequence

FOUND = 1
IMPOSSIBLE = 3
# As a shell says of a program that was ended by the signal SIGPIPE.
READER_GONE = 128 + 13


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give back its exit status.

    A user's mistake is told on standard error, with status 2. Faults of a file that was to be
    validated, and differences between two, are on standard output, with status 1. A day that
    cannot be kept is told there too, with status 3.
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
        whole.error(in_options(str(error)))
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

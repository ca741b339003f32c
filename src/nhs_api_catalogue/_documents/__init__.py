"""JSON documents from other people: from a file to values, with every fault at once.

`files` reads a document from a file, and `reading` says what its values must be. This package
knows JSON, and nothing about the NHS.
"""

from typing import Final

# The default limit on the size of a file; it is here for modules that do not read a file yet.
MAX_BYTES: Final = 16 * 1024 * 1024

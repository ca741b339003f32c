"""JSON documents that somebody else wrote: from a file to values, and every fault at once.

`files` gets from a file to a document, `checks` says what the values in it must be. This room
knows JSON, and nothing of the NHS.
"""

from typing import Final

# How large a file may be unless its reader is told otherwise; here, for those who read no file yet.
MAX_BYTES: Final = 16 * 1024 * 1024

"""One fault in a file, as the errors about files hold them."""

from __future__ import annotations

from typing import NamedTuple

from nhs_api_catalogue._escapes import shown, visible


class Problem(NamedTuple):
    """One fault in a file.

    Attributes:
        file: The name of the file; None if it has none.
        record: The id of the record, or its place in the file.
        path: The value's place in the record; empty for the record itself.
        value: The value as read. If that would take much memory, it is the beginning of its text:
            of the whole of a long file, and of objects and lists after many faults.
        expected: What would be right.
        nearest: The right value that it may be a slip of, or None.

    >>> print(Problem("mine.json", "e-rs", "technical", "soon", "a range of durations"))
    mine.json: e-rs: technical is 'soon', expected a range of durations
    """

    file: str | None
    record: str
    path: str
    value: object
    expected: str
    nearest: str | None = None

    def __str__(self) -> str:
        place = ": ".join(filter(None, (self.file, self.record, self.path)))
        hint = f": did you mean {self.nearest!r}?" if self.nearest else ""
        return visible(f"{place} is {shown(self.value)}, expected {self.expected}{hint}")

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

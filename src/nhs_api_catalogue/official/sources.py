"""What every statement is made of: its words, and its source."""

from __future__ import annotations

import enum
from datetime import date
from types import NoneType
from typing import Final, Self, final

import attrs

import nhs_api_catalogue.official.wording as wording
from nhs_api_catalogue._checks import LETTERS, check, check_date, check_id, check_text
from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._names import read_text
from nhs_api_catalogue._values import Value
from nhs_api_catalogue.errors import InvalidDateError, InvalidRecordError

# The characters of RFC 3986.
_IN_ADDRESSES: Final = LETTERS | frozenset("-._~:/?#[]@!$&'()*+,;=%")
_IN_HOSTS: Final = LETTERS | frozenset("-")
LAST_PORT: Final = 65_535


def is_address(text: str) -> bool:
    """Whether the text is a web address in full.

    >>> is_address("https://digital.nhs.uk/services/operations"), is_address("digital.nhs.uk")
    (True, False)
    """
    scheme, _, authority = text.partition("://")
    for mark in "/?#":
        authority = authority.partition(mark)[0]
    host, _, port = authority.partition(":")
    labels = host.split(".")
    return (
        scheme in {"https", "http"}
        and _IN_ADDRESSES.issuperset(text)
        and text.count("#") <= 1
        and (not port or (port.isdecimal() and int(port) <= LAST_PORT))
        and len(labels) > 1
        and all(map(_is_label, labels))
    )


def _is_label(text: str) -> bool:
    """Whether the text is a valid label of a host name."""
    return _IN_HOSTS.issuperset(text) and text == text.strip("-") != ""


def check_address(record: str, **addresses: object) -> None:
    """Refuse what is not a web address."""
    for field, value in addresses.items():
        if not isinstance(value, str) or not is_address(value):
            raise InvalidRecordError(record, field, value, ADDRESS)


ADDRESS: Final = "a web address in full, https://..."


class Word(enum.Enum):
    """A word of a fixed vocabulary: `value` is the word, and `meaning` explains it.

    `str` gives the word as used in a sentence.

    >>> from nhs_api_catalogue import Severity
    >>> print(Severity.BLOCKS_PLAN)
    blocks plan
    >>> Severity("blocks_plan").meaning
    'a plan made from the row as printed cannot be carried out by a typical supplier'
    """

    _value_: str
    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        """A member; a plain enum would use the pair of word and meaning as its value."""
        member = object.__new__(cls)
        member._value_ = value
        member.meaning = meaning
        return member

    def __str__(self) -> str:
        return wording.in_a_sentence(self.value)


@final
class Confidence(Word):
    """How a statement was read.

    >>> Confidence.REPORTED.meaning
    'read elsewhere: third party, staging copy or proxy copy'
    """

    OFFICIAL = (
        "official",
        (
            "read in NHS England or UK government material at its canonical home, its own "
            "repository or an archived copy"
        ),
    )
    REPORTED = ("reported", "read elsewhere: third party, staging copy or proxy copy")


@final
class SeenAs(Word):
    """The form in which a source was read.

    >>> SeenAs.STORED_COPY.meaning
    'staging or proxy copy of the page, hence reported'
    """

    REPOSITORY = ("repository", "file at a commit of a public repository")
    PAGE = ("page", "public page at its canonical address")
    ARCHIVED_PAGE = ("archived page", "web archive capture of the page")
    STORED_COPY = ("stored copy", "staging or proxy copy of the page, hence reported")


@final
@attrs.frozen(eq=False, repr=False)
class AsOf(Value):
    """The date of a source: a day, or a month if only that is known.

    Attributes:
        first_day: The day; for a month, its first.
        month_only: Whether only the month is known.

    >>> print(AsOf.parse("2026-02-24"), AsOf.parse("2025-06"))
    2026-02-24 2025-06
    >>> AsOf.parse("2025-06").first_day
    datetime.date(2025, 6, 1)
    """

    first_day: date
    month_only: bool = attrs.field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_date("AsOf", first_day=self.first_day)
        check("AsOf", "month_only", self.month_only, bool)
        if self.month_only and self.first_day.day != 1:
            expected = "the first of the month, since only the month is known"
            raise InvalidRecordError("AsOf", "first_day", self.first_day, expected)

    @classmethod
    def parse(cls, text: str) -> AsOf:
        """The date of that text, YYYY-MM-DD or YYYY-MM.

        Raises:
            InvalidDateError: The text is neither, or there is no such day.
            TypeError: It is not text.

        >>> print(AsOf.parse("2025-06"))
        2025-06
        """
        read_text(text, "the date of a source as text, YYYY-MM-DD or YYYY-MM")
        month_only = len(text) == len("YYYY-MM")
        day = f"{text}-01" if month_only else text
        # Python also reads weeks and compact dates, which would give a date two texts.
        parts = [part.isdecimal() and len(part) for part in day.split("-")]
        try:
            if parts == [4, 2, 2] and day.isascii():
                return cls(date.fromisoformat(day), month_only=month_only)
        except ValueError:
            pass
        raise InvalidDateError(text, "date of a source", "YYYY-MM-DD or YYYY-MM")

    def __str__(self) -> str:
        text = self.first_day.isoformat()
        return text[: len("YYYY-MM")] if self.month_only else text


@final
@attrs.frozen(eq=False, repr=False)
class Source(Value):
    """A public document with statements; its text has the title, publisher and date.

    Attributes:
        id: A slug that statements refer to.
        title: Its title.
        url: Its address.
        publisher: Who publishes it.
        as_of: When it was written or last changed; None if it has no date.
        seen_as: The form in which it was read.
        note: What a reader must know to understand it; None if nothing.

    Raises:
        InvalidRecordError: A value breaks a rule.

    >>> print(
    ...     Source("ops", "Operations", "https://digital.nhs.uk/services/operations", "NHS England")
    ... )
    Operations (NHS England, no date)
    """

    id: str
    title: str
    url: str
    publisher: str
    as_of: AsOf | None = None
    seen_as: SeenAs = SeenAs.PAGE
    note: str | None = None

    def __attrs_post_init__(self) -> None:
        check_id("Source", id=self.id)
        check_text(self.id, title=self.title, publisher=self.publisher)
        check_address(self.id, url=self.url)
        check(self.id, "as_of", self.as_of, (AsOf, NoneType))
        check(self.id, "seen_as", self.seen_as, SeenAs)
        check_notes(self.id, note=self.note)

    def __str__(self) -> str:
        return visible(f"{self.title} ({self.publisher}, {self.as_of or 'no date'})")


def check_notes(record: str, **notes: object) -> None:
    """Refuse what is neither text nor None."""
    check_text(record, **{field: note for field, note in notes.items() if note is not None})


def check_stated(record: str, source: object, confidence: object) -> None:
    """Refuse a statement that does not say where and how it was read."""
    check(record, "source", source, Source)
    check(record, "confidence", confidence, Confidence)


def cited(source: Source, confidence: Confidence) -> str:
    """The source in brackets, with a note if it was not read in official material itself."""
    as_of = None if source.as_of is None else str(source.as_of)
    return wording.cited(source.title, source.publisher, as_of, confidence.value)

"""The texts of statements, from plain values, so that a plan can warn without loading classes.

The classes of statements use these functions too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhs_api_catalogue._escapes import visible

if TYPE_CHECKING:
    from collections.abc import Iterable


def in_a_sentence(word: str) -> str:
    """A word of a vocabulary as used in a sentence.

    >>> in_a_sentence("blocks_plan")
    'blocks plan'
    """
    return word.replace("_", " ")


def noted(text: str, note: str | None) -> str:
    """The text with its note, separated so that nobody mistakes the note for a value of a list.

    >>> noted("yes", "for some uses")
    'yes – for some uses'
    """
    return text if note is None else f"{text} – {note}"


def cited(title: str, publisher: str, as_of: str | None, confidence: str) -> str:
    """A source in brackets, with a note if it was not read in official material itself.

    >>> cited("Operations", "NHS England", None, "reported")
    '(Operations, NHS England, no date; reported)'
    """
    doubt = f"; {confidence}" if confidence == "reported" else ""
    return f"({title}, {publisher}, {as_of or 'no date'}{doubt})"


def differs(severity: str, field: str, kind: str, says: tuple[str, str], source: str) -> str:
    """Where a source differs from the guide, in one line.

    Args:
        severity: The word for what it means for a plan.
        field: The word for the part of the record that it is about.
        kind: The word for how the two statements relate.
        says: What the guide says, and what the source says.
        source: The source of the second, as `cited` writes it.

    >>> differs("informative", "name", "renamed", ("MESH.", "MESH API."), "(Operations)")
    'informative, name renamed: the guide says: MESH. But: MESH API. (Operations)'
    """
    severity, field, kind = map(in_a_sentence, (severity, field, kind))
    # The guide's statement may be a cell of its table.
    guide, official = says[0].removesuffix("."), says[1]
    return visible(f"{severity}, {field} {kind}: the guide says: {guide}. But: {official} {source}")


def openness_of(said: Iterable[str]) -> str:
    """The word for whether an API takes new integrations, from the words of its products.

    If all products agree, that is the answer. If some are open, in full or in part, and others are
    not, it is limited. If some are closed and the others unknown, or if there are no products, it
    is unknown, never a guess.

    >>> openness_of(["yes", "no"]), openness_of(["no", "unknown"])
    ('limited', 'unknown')
    """
    words = set(said)
    if len(words) == 1:
        return words.pop()
    return "limited" if words & {"yes", "limited"} else "unknown"

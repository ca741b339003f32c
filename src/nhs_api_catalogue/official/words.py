"""A word of a fixed vocabulary, with its meaning.

A value is what JSON holds and what people type; `meaning` is what the word says there. Each
vocabulary stands with the statements that it is for.
"""

from __future__ import annotations

import enum
from typing import Self


class Word(enum.Enum):
    """A word of a fixed vocabulary: `value` is the word, `meaning` what it stands for.

    `str` gives the word as it reads in a sentence.

    >>> from nhs_api_catalogue import Severity
    >>> print(Severity.BLOCKS_PLAN)
    blocks plan
    >>> Severity("blocks_plan").meaning
    'a plan made from the row as printed cannot be carried out by a typical supplier'
    """

    _value_: str
    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> Self:
        """A member; a plain enum would take the pair of value and meaning for its value."""
        member = object.__new__(cls)
        member._value_ = value
        member.meaning = meaning
        return member

    def __str__(self) -> str:
        return str(self.value).replace("_", " ")

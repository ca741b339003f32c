"""The texts of official words, so that type checkers catch one that is misspelt in a query.

For checkers alone: nothing loads this room at run time, and a test keeps it and the words alike.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

OpennessText: TypeAlias = Literal["yes", "limited", "no", "unknown"]
SeverityText: TypeAlias = Literal["blocks_plan", "changes_design", "informative"]

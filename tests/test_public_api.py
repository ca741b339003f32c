"""What users may hold on to, name by name, as it was last looked at."""

from pathlib import Path

import pytest

from public_members import kind_of, members_of, public

LISTED = Path(__file__).parent / "data/public_api.txt"


def listing() -> str:
    """Each public name with its kind, and under a class its public members with theirs."""
    lines: list[str] = []
    for name, value in public().items():
        lines.append(f"{name}: {kind_of(value)}")
        if isinstance(value, type):
            members = sorted(members_of(value).items())
            lines += [f"    {member}: {kind_of(found)}" for member, found in members]
    return "".join(f"{line}\n" for line in lines)


def test_the_public_names_are_those_that_were_looked_at():
    """What is missing or new breaks or binds users: look at it, and write it to the changelog."""
    if listing() != LISTED.read_text(encoding="utf-8"):
        way = "PYTHONPATH=tests python tests/test_public_api.py"
        pytest.fail(f"{LISTED.name} says otherwise: renew it by {way}", pytrace=False)


if __name__ == "__main__":
    LISTED.write_text(listing(), encoding="utf-8")

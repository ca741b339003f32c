"""What changed from one plan to another, in days and in what drives them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import final

import attrs

from nhs_api_catalogue._escapes import visible, visible_lines
from nhs_api_catalogue._frames import Frame, Kind, Tabular
from nhs_api_catalogue._html import write_rows
from nhs_api_catalogue._values import Aligned
from nhs_api_catalogue.durations import Window
from nhs_api_catalogue.planning.stages import Timetable, key_of


@final
@attrs.frozen
class Answer:
    """What is compared of two plans.

    Attributes:
        go_live: The window in which the last item goes live.
        items: The name and the go-live of each item, by a key that stays when a name changes.
        drivers: What possibly drives the dates; None if undecided.
    """

    go_live: Window
    items: dict[tuple[str, str], tuple[str, Window]]
    drivers: tuple[str, ...] | None


def answer_of(timetable: Timetable, drivers: tuple[str, ...] | None) -> Answer:
    """What is compared of a plan with these dates."""
    items = {key_of(item): (item.name, item.go_live) for item in timetable.items}
    return Answer(timetable.go_live, items, drivers)


@final
@attrs.frozen
class Shift(Aligned):
    """By how many days a go-live moves from one plan to another.

    Attributes:
        name: What moves: the API, the service, or "go-live" for the whole plan.
        earliest: Days by which the earliest day moves; more than 0 is later.
        latest: Days by which the latest day moves; more than 0 is later.

    >>> print(Shift("eRS", 0, 31))
    eRS: earliest +0 days, latest +31 days
    """

    name: str
    earliest: int
    latest: int

    def __str__(self) -> str:
        return visible(f"{self.name}: earliest {_days(self.earliest)}, latest {_days(self.latest)}")


def _days(count: int) -> str:
    return f"{count:+d} day" if abs(count) == 1 else f"{count:+d} days"


@final
@attrs.frozen
class PlanComparison(Aligned, Tabular):
    """What changed from one plan to another.

    Attributes:
        go_live: The shift of the whole plan.
        shifts: The shifts of the APIs and services in both plans, in the order of the first,
            including those that do not move.
        added: The names that are only in the second plan.
        removed: The names that are only in the first plan.
        drivers_gained: The names that possibly drive the second plan but not the first.
        drivers_lost: The names that possibly drive the first plan but not the second.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
    >>> print(p.compare(plan(catalogue.select("MESH"), start="2026-01-05")))
    go-live: earliest -156 days, latest -323 days
    removed: e-Referral Service (eRS)
    can now drive it: MESH
    no longer drives it: e-Referral Service (eRS)
    """

    go_live: Shift
    shifts: tuple[Shift, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    drivers_gained: tuple[str, ...]
    drivers_lost: tuple[str, ...]

    def _frame(self) -> Frame:
        rows: list[tuple[str, str, int | None, int | None]] = [
            (one.name, "moved" if one.earliest or one.latest else "stays", one.earliest, one.latest)
            for one in (self.go_live, *self.shifts)
        ]
        rows += [(name, "added", None, None) for name in self.added]
        rows += [(name, "removed", None, None) for name in self.removed]
        drives = {
            **dict.fromkeys(self.drivers_gained, "can now"),
            **dict.fromkeys(self.drivers_lost, "no longer"),
        }
        schema = {
            "name": Kind.TEXT,
            "change": Kind.TEXT,
            "earliest_days": Kind.NUMBER,
            "latest_days": Kind.NUMBER,
            "live_last": Kind.TEXT,
        }
        # The whole plan comes first; an API may have the same name.
        whole, *others = rows
        told = [(*whole, None), *((*row, drives.get(row[0])) for row in others)]
        return Frame(schema, tuple(told), tuple(schema))

    def _repr_html_(self) -> str:
        return write_rows("From one plan to the other", *self._frame().shown_texts())

    def __str__(self) -> str:
        return visible_lines(self._lines())

    def _lines(self) -> Iterator[str]:
        yield str(self.go_live)
        for shift in self.shifts:
            if shift.earliest or shift.latest:
                yield f"  {shift}"
        for title, names in (
            ("added", self.added),
            ("removed", self.removed),
            ("can now drive it", self.drivers_gained),
            ("no longer drives it", self.drivers_lost),
        ):
            if names:
                yield f"{title}: {', '.join(names)}"


def compare(old: Answer, new: Answer) -> PlanComparison:
    """What changed from the old plan to the new; drivers are compared only if both are decided."""
    before, after = old.items, new.items
    drove, drive = old.drivers, new.drivers
    if drove is None or drive is None:
        drove = drive = ()
    return PlanComparison(
        go_live=_shift("go-live", old.go_live, new.go_live),
        shifts=tuple(
            _shift(name, window, after[key][1])
            for key, (name, window) in before.items()
            if key in after
        ),
        added=tuple(name for key, (name, _) in after.items() if key not in before),
        removed=tuple(name for key, (name, _) in before.items() if key not in after),
        drivers_gained=_without(drive, drove),
        drivers_lost=_without(drove, drive),
    )


def _shift(name: str, old: Window, new: Window) -> Shift:
    return Shift(name, (new.earliest - old.earliest).days, (new.latest - old.latest).days)


def _without(names: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    known = set(others)
    return tuple(name for name in names if name not in known)

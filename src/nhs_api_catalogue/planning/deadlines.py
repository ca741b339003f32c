"""A plan compared with a deadline: what misses it, and how much slack each part has."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, Final, final

import attrs

from nhs_api_catalogue._checks import read_width
from nhs_api_catalogue._escapes import visible
from nhs_api_catalogue._frames import Frame, Kind, Tabular
from nhs_api_catalogue._html import write_list, write_table
from nhs_api_catalogue._values import Aligned
from nhs_api_catalogue.durations import Window
from nhs_api_catalogue.errors import DeadlineError
from nhs_api_catalogue.likelihood import Probability
from nhs_api_catalogue.planning.stages import PlannedApi, Status, span_of, status_of

if TYPE_CHECKING:
    from nhs_api_catalogue.planning.networks import Network
    from nhs_api_catalogue.planning.stages import PlannedService, PlannedStage, Timetable


@final
@attrs.frozen
class PartAgainst(Aligned):
    """One API, service or stage compared with a deadline.

    Attributes:
        name: The name of the API or the service.
        stage: The name of the stage; empty for the API or the service as a whole.
        start: The window in which it starts.
        finish: The window in which it is finished (an API or service: live).
        status: Whether it is finished by the deadline.
        latest_start: The last starts with which everything that depends on it is live by the
            deadline: safe at the longest, and the last chance at the shortest.
        latest_finish: The last days for it to be finished, in the same sense.
        slack: By how many days its start can move: the least, and the most. Below 0 it is too late.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> part = plan(catalogue.select("MESH"), start="2026-01-05").against("2026-04-30").parts[0]
    >>> print(part)
    MESH: certain, latest safe start 2026-01-17, slack 12 to 57 days
    """

    name: str
    stage: str
    start: Window
    finish: Window
    status: Status
    latest_start: Window
    latest_finish: Window
    slack: tuple[int, int]

    def __str__(self) -> str:
        least, most = self.slack
        whose = f"{self.name} ({self.stage})" if self.stage else self.name
        return visible(
            f"{whose}: {self.status.value}, latest safe start {self.latest_start.earliest}, "
            f"slack {least} to {most} days"
        )


@final
@attrs.frozen
class DeadlineReport(Aligned, Tabular):
    """A plan compared with a deadline.

    As a table it has a row for each API and service, and for each of their stages.

    Attributes:
        deadline: The day by which everything must be live.
        on: The day of the report.
        start: The day on which the plan starts.
        go_live: The window in which the last of it goes live.
        status: Whether everything is live by the deadline: impossible, possible, or certain.
        margin: The days from go-live to the deadline: at the longest, and at the shortest. Below 0
            it is late.
        latest_safe_start: The last safe start of the plan; None if `starts` or `built` leave none.
        last_chance_start: The last start of the plan with any chance; None if there is none.
        parts: The APIs and services, each followed by its stages; what is live already is left out.
        probabilities: How likely everything is live by the deadline, under each given assumption.

    >>> from nhs_api_catalogue import Uniform, catalogue, plan
    >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
    >>> print(p.against("2027-02-28"))
    Deadline 2027-02-28: possible.
    At the longest 5 days late, at the shortest 207 days early.
    Start 2026-01-05; latest safe start 2025-12-31, last chance 2026-07-31.
    <BLANKLINE>
                              status    latest safe start  slack in days
    e-Referral Service (eRS)  possible  2025-12-31         -5 to 207
    MESH                      certain   2026-11-19         318 to 363
    <BLANKLINE>
    Already past on 2026-01-05
    - e-Referral Service (eRS): the latest safe start was 2025-12-31.
    """

    deadline: date
    on: date
    start: date
    go_live: Window
    status: Status
    margin: tuple[int, int]
    latest_safe_start: date | None
    last_chance_start: date | None
    parts: tuple[PartAgainst, ...]
    probabilities: tuple[Probability, ...]
    _ids: tuple[str | None, ...] = attrs.field(repr=False, alias="ids")

    @property
    def misses(self) -> tuple[str, ...]:
        """The names of the APIs and services that are not certainly live by the deadline.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> p.against("2026-03-05").misses
        ('e-Referral Service (eRS)', 'MESH')
        """
        return tuple(part.name for part in self._wholes() if part.status is not Status.CERTAIN)

    @property
    def past(self) -> tuple[PartAgainst, ...]:
        """The parts, including stages, whose latest safe start is before the day of the report.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        >>> [part.stage for part in p.against("2027-02-28", on="2026-07-01").past]
        ['', 'technical implementation', 'NHS England assurance']
        """
        return tuple(part for part in self.parts if part.latest_start.earliest < self.on)

    def _wholes(self) -> tuple[PartAgainst, ...]:
        return tuple(part for part in self.parts if not part.stage)

    def _lead(self) -> Iterator[str]:
        yield f"Deadline {self.deadline}: {self.status.value}."
        longest, shortest = self.margin
        yield f"At the longest {_margin(longest)}, at the shortest {_margin(shortest)}."
        if self.latest_safe_start is None or self.last_chance_start is None:
            yield f"Start {self.start}; the given dates leave {self._no_start()}."
        else:
            yield (
                f"Start {self.start}; latest safe start {self.latest_safe_start}, "
                f"last chance {self.last_chance_start}."
            )

    def _no_start(self) -> str:
        if self.last_chance_start is None:
            return "no start that meets the deadline"
        return f"no safe start, and the last chance is {self.last_chance_start}"

    def _past_lines(self) -> Iterator[str]:
        for part in self._wholes():
            safe, chance = part.latest_start.earliest, part.latest_start.latest
            if chance < self.on:
                yield f"{part.name}: the last chance to start was {chance}."
            elif safe < self.on:
                yield f"{part.name}: the latest safe start was {safe}."

    def __str__(self) -> str:
        return self.describe()

    def describe(self, *, width: int = 80) -> str:
        """The report as text.

        Args:
            width: The number of columns of a line, at least 60.

        Raises:
            TypeError: The width is not a whole number.
            ValueError: It is below 60.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
        >>> print(p.against("2027-12-31").describe(width=60))
        Deadline 2027-12-31: certain.
        At the longest 301 days early, at the shortest 513 days
        early.
        Start 2026-01-05; latest safe start 2026-10-31, last chance
        2027-05-31.
        <BLANKLINE>
                       status   latest safe start  slack in days
        e-Referral
        Service (eRS)  certain  2026-10-31         299 to 511
        """
        # It costs a millisecond, and few need the text.
        from textwrap import wrap  # noqa: PLC0415

        read_width(width)
        lines = [line for text in self._lead() for line in wrap(text, width)]
        lines += ["", *self._table(width)] if self.parts else ["", "Everything is live already."]
        for title, texts in (
            (f"Already past on {self.on}", tuple(self._past_lines())),
            (f"Probability by {self.deadline}", tuple(map(str, self.probabilities))),
        ):
            if texts:
                lines += ["", title]
            for text in map(visible, texts):
                lines += wrap(text, width, initial_indent="- ", subsequent_indent="  ")
        return "\n".join(lines)

    def _table(self, width: int) -> Iterator[str]:
        """A line for each API and service; a long name takes several lines."""
        from textwrap import wrap  # noqa: PLC0415  see above

        rows = [
            ("status", "latest safe start", "slack in days"),
            *(
                (
                    part.status.value,
                    str(part.latest_start.earliest),
                    f"{part.slack[0]} to {part.slack[1]}",
                )
                for part in self._wholes()
            ),
        ]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        names = ["", *(visible(part.name) for part in self._wholes())]
        room = width - sum(widths) - 2 * len(widths)
        wrapped = [wrap(name, room) or [""] for name in names]
        column = max(len(line) for lines in wrapped for line in lines)
        for (*above, last), row in zip(wrapped, rows, strict=True):
            yield from above
            cells = (f"{cell:{w}}" for cell, w in zip(row, widths, strict=True))
            yield "  ".join((f"{last:{column}}", *cells)).rstrip()

    def __rich_repr__(self) -> Iterator[Any]:
        """What rich shows of a report: not each part."""
        yield str(self.deadline)
        yield "status", self.status.value
        yield "margin", self.margin

    def _repr_html_(self) -> str:
        groups = [
            (
                title,
                [
                    [
                        part.stage or "as a whole",
                        span_of(part.start),
                        span_of(part.finish),
                        part.status.value,
                        str(part.latest_start.earliest),
                        str(part.latest_start.latest),
                        f"{part.slack[0]} to {part.slack[1]}",
                    ]
                    for part in parts
                ],
            )
            for title, parts in self._by_name().items()
        ]
        heads = ("API", "stage", "starts", "ends", "by the deadline", "latest safe start")
        return (
            write_table(" ".join(self._lead()), (*heads, "last chance", "slack in days"), groups)
            + write_list(f"Already past on {self.on}", tuple(self._past_lines()))
            + write_list(f"Probability by {self.deadline}", tuple(map(str, self.probabilities)))
        )

    def _by_name(self) -> dict[str, list[PartAgainst]]:
        found: dict[str, list[PartAgainst]] = {}
        for part in self.parts:
            found.setdefault(part.name, []).append(part)
        return found

    def _frame(self) -> Frame:
        return Frame(
            _SCHEMA,
            tuple(
                (
                    part.name,
                    id_,
                    part.stage or None,
                    *(part.start.earliest, part.start.latest),
                    *(part.finish.earliest, part.finish.latest),
                    part.status.value,
                    *(part.latest_start.earliest, part.latest_start.latest),
                    *(part.latest_finish.earliest, part.latest_finish.latest),
                    *part.slack,
                )
                for part, id_ in zip(self.parts, self._ids, strict=True)
            ),
            tuple(name for name in _SCHEMA if name != "id"),
        )


_SCHEMA: Final = {
    "api": Kind.TEXT,
    "id": Kind.TEXT,
    "stage": Kind.TEXT,
    "start_earliest": Kind.DAY,
    "start_latest": Kind.DAY,
    "finish_earliest": Kind.DAY,
    "finish_latest": Kind.DAY,
    "status": Kind.TEXT,
    "latest_start_safe": Kind.DAY,
    "latest_start_last_chance": Kind.DAY,
    "latest_finish_safe": Kind.DAY,
    "latest_finish_last_chance": Kind.DAY,
    "slack_least": Kind.NUMBER,
    "slack_most": Kind.NUMBER,
}


def report_on(
    timetable: Timetable,
    network: Network,
    *,
    deadline: date,
    on: date,
    probabilities: tuple[Probability, ...],
) -> DeadlineReport:
    """The plan with that timetable, compared with the deadline."""
    parts: list[PartAgainst] = []
    ids: list[str | None] = []
    for item in timetable.items:
        if item.done:
            continue
        parts.append(_part(item, item.name, "", item.go_live, deadline))
        parts += [_part(one, item.name, one.name, one.finish, deadline) for one in item.stages]
        id_ = item.api.id if isinstance(item, PlannedApi) else None
        ids += [id_] * (1 + len(item.stages))
    go_live = timetable.go_live
    return DeadlineReport(
        deadline=deadline,
        on=on,
        start=timetable.start,
        go_live=go_live,
        status=status_of(go_live, deadline),
        margin=((deadline - go_live.latest).days, (deadline - go_live.earliest).days),
        latest_safe_start=_last_start(network, deadline, longest=True),
        last_chance_start=_last_start(network, deadline, longest=False),
        parts=tuple(parts),
        probabilities=probabilities,
        ids=tuple(ids),
    )


def _part(
    part: PlannedApi | PlannedService | PlannedStage,
    name: str,
    stage: str,
    finish: Window,
    deadline: date,
) -> PartAgainst:
    return PartAgainst(
        name=name,
        stage=stage,
        start=part.start,
        finish=finish,
        status=part.status(deadline),
        latest_start=part.latest_start(deadline),
        latest_finish=part.latest_finish(deadline),
        slack=part.slack(deadline),
    )


def _last_start(network: Network, deadline: date, *, longest: bool) -> date | None:
    try:
        return network.latest_start(deadline, longest=longest)
    except DeadlineError:
        return None


def _margin(days: int) -> str:
    if not days:
        return "on the day"
    return f"{abs(days)} day{'s' if abs(days) > 1 else ''} {'early' if days > 0 else 'late'}"

"""What follows from the events of a plan and its start alone, whatever its parts are called."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import attrs

from nhs_api_catalogue.durations import Window, read_date
from nhs_api_catalogue.planning.drivers import Drivers, drivers_of
from nhs_api_catalogue.planning.networks import Network
from nhs_api_catalogue.planning.stages import Status

if TYPE_CHECKING:
    # Nothing of likelihood is loaded before a caller names an assumption.
    from nhs_api_catalogue.likelihood import Assumption, Probability
    from nhs_api_catalogue.planning.chances import Chances


@attrs.frozen(eq=False, repr=False)
class Outlook:
    """When all of a plan could be live, what drives that, and how likely it is by a day.

    Attributes:
        start: The day on which work starts.
        go_live: The window in which the last API or service goes live.
    """

    start: date = attrs.field(eq=False, kw_only=True)
    go_live: Window = attrs.field(eq=False, kw_only=True)
    _network: Network = attrs.field(eq=False, kw_only=True, alias="network")

    # -- without any assumption about likelihood --

    def status(self, on: date | str) -> Status:
        """Whether all is live on that day: impossible, possible, or certain.

        Args:
            on: The day, a date or its text as YYYY-MM-DD.

        Raises:
            InvalidDateError: The text is no date.
            TypeError: The value is neither a date nor its text.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
        >>> [p.status(day).value for day in ("2026-08-04", "2026-08-05", "2027-03-05")]
        ['impossible', 'possible', 'certain']
        """
        day = read_date(on)
        if day < self.go_live.earliest:
            return Status.IMPOSSIBLE
        return Status.CERTAIN if day >= self.go_live.latest else Status.POSSIBLE

    @property
    def drivers(self) -> Drivers:
        """Which APIs and services drive go-live: possibly, certainly, never.

        Raises:
            TooComplexError: Links make an exact answer too costly.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> print(plan(catalogue.select("eRS", "MESH"), start="2026-01-05").drivers)
        possible: e-Referral Service (eRS); certain: e-Referral Service (eRS); never: MESH
        """
        return self._drivers

    # In a class with slots a cached property has no docstring at run time, for people or tests.
    @cached_property
    def _drivers(self) -> Drivers:
        return drivers_of(self._network, self.start)

    # -- deadlines --

    def latest_safe_start(self, deadline: date | str) -> date:
        """The last start from which all is live by the deadline even if all takes its longest.

        Found by trying starts, never by subtracting: a month has no inverse.

        Args:
            deadline: The day on which all must be live, a date or its text.

        Raises:
            DeadlineError: No start can meet it, because of `starts` or `built`.
            InvalidDateError: The text is no date.
            TypeError: The value is neither a date nor its text.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
        >>> print(p.latest_safe_start("2027-02-28"))
        2025-12-31
        """
        return self._network.latest_start(read_date(deadline, "deadline"), longest=True)

    def last_chance_start(self, deadline: date | str) -> date:
        """The last start from which all can be live by the deadline, if all takes its shortest.

        Args:
            deadline: The day on which all must be live, a date or its text.

        Raises:
            DeadlineError: No start can meet it, because of `starts` or `built`.
            InvalidDateError: The text is no date.
            TypeError: The value is neither a date nor its text.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
        >>> print(p.last_chance_start("2027-02-28"))
        2026-07-31
        """
        return self._network.latest_start(read_date(deadline, "deadline"), longest=False)

    # -- under a named assumption --

    @cached_property
    def _chances(self) -> Chances:
        from nhs_api_catalogue.planning.chances import Chances  # noqa: PLC0415  see the top

        return Chances(self._network, self.start)

    def probability(self, by: date | str, *, assume: Assumption) -> Probability:
        """How likely all is live on that day, if every stage has the assumed shape.

        The value takes stages as independent of each other once their start days are given; the
        bounds hold however the APIs depend on each other.

        Args:
            by: The day, a date or its text.
            assume: `Uniform()`, `Triangular(mode)` or `PertBeta(mode)`. There is no default: the
                sources favour none.

        Raises:
            InvalidDateError: The text is no date.
            TypeError: The day is neither date nor text, or the assumption is none of the three.
            TooComplexError: Links make an exact answer too costly.

        >>> from nhs_api_catalogue import Uniform, catalogue, plan
        >>> p = plan(catalogue.select("PDS FHIR (Patient Access)"), start="2026-01-05")
        >>> print(p.probability("2026-03-31", assume=Uniform()))
        0.7188 (0.7188 to 0.7188 if the APIs depend on each other), assuming Uniform()
        """
        return self._chances.by(read_date(by), assume)

    def quantile(self, q: float, *, assume: Assumption) -> date:
        """The first day by which all is live with that probability at least.

        Args:
            q: The probability to reach, above 0 and up to 1.
            assume: As for `probability`.

        Raises:
            InvalidLikelihoodError: q lies outside that.
            TypeError: q is no number, or the assumption is none of the three.
            TooComplexError: Links make an exact answer too costly.

        >>> from nhs_api_catalogue import Uniform, catalogue, plan
        >>> p = plan(catalogue.select("PDS FHIR (Patient Access)"), start="2026-01-05")
        >>> print(p.quantile(0.5, assume=Uniform()))
        2026-03-24
        """
        return self._chances.quantile(q, assume)

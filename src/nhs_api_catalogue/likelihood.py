"""Likelihood: the shape of a stage under a named assumption, and what follows from it.

A range says which days are possible and nothing about how likely each is. To get a probability, a
caller must name a shape; otherwise nothing in this module is used.

*From a shape to days.* A stage that starts on one day can end on n + 1 days, from `lo` to `hi`.
The shape is stretched over their whole width, from lo - 1/2 to hi + 1/2, and day k has the mass
from k - 1/2 to k + 1/2. So `Uniform` gives each day 1/(n + 1), and a mode of 0 or 1 is at the outer
edge of the first or the last day. Ranges in months depend on the start day, so n differs from one
start to the next.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias, final

import attrs

from nhs_api_catalogue._checks import check_kind
from nhs_api_catalogue._frames import Frame, Kind, Tabular
from nhs_api_catalogue._values import Aligned, align
from nhs_api_catalogue.durations import Window, read_date
from nhs_api_catalogue.errors import InvalidLikelihoodError, UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Sequence

TOLERANCE: Final = 1e-12


# ---- shapes --------------------------------------------------------------------------------


def _check_share(value: float, what: str, expected: str = "a share of the span") -> None:
    """Refuse what is not a share."""
    check_kind(value, (int, float), f"the {what} must be a number from 0 to 1")
    if not 0 <= value <= 1:
        raise InvalidLikelihoodError(value, f"a {what}", f"{expected}, from 0 to 1")


def _place(mode: float) -> str:
    """The place of a mode in a range, in words."""
    words = {0: "on its first day", 0.5: "in the middle of the range", 1: "on its last day"}
    return words.get(mode) or f"{100 * mode:.3g} % into the range"


@final
@attrs.frozen
class Uniform(Aligned):
    """Each possible day is equally likely.

    >>> Uniform().cdf(0.25)
    0.25
    >>> print(Uniform())
    every day of the range equally likely
    """

    def __str__(self) -> str:
        return "every day of the range equally likely"

    def cdf(self, share: float) -> float:
        """The mass on the first part of the span.

        Args:
            share: The size of that part, as a share of the span from 0 to 1.

        Raises:
            InvalidLikelihoodError: The share lies outside that.
            TypeError: It is not a number.

        >>> Uniform().cdf(0.25)
        0.25
        """
        _check_share(share, "share")
        return share


@final
@attrs.frozen
class Triangular(Aligned):
    """Likeliest at the mode, falling in a straight line to either end of the span.

    Attributes:
        mode: The likeliest point, as a share of the span: 0 is its beginning, 1 its end.

    Raises:
        InvalidLikelihoodError: The mode is outside 0 to 1.

    >>> Triangular(0.5).cdf(0.25)
    0.125
    >>> print(Triangular(0.5))
    a triangle, likeliest in the middle of the range
    """

    mode: float

    def __attrs_post_init__(self) -> None:
        _check_share(self.mode, "mode")

    def __str__(self) -> str:
        return f"a triangle, likeliest {_place(self.mode)}"

    def cdf(self, share: float) -> float:
        """The mass on the first part of the span.

        Args:
            share: The size of that part, as a share of the span from 0 to 1.

        Raises:
            InvalidLikelihoodError: The share lies outside that.
            TypeError: It is not a number.

        >>> Triangular(0).cdf(0.5)
        0.75
        """
        _check_share(share, "share")
        if share < self.mode:
            return share * share / self.mode
        rest = 1 - share
        # At the mode itself the rest may be 0 divided by 0.
        return 1 - rest * rest / (1 - self.mode) if rest > 0 else 1.0


@final
@attrs.frozen
class PertBeta(Aligned):
    """The PERT beta distribution: likeliest at the mode, thin towards both ends.

    Its parameters are 1 + 4 mode and 1 + 4 (1 - mode), so that the mean is
    (1 + 4 mode) / 6 of the span: the rule of Malcolm, Roseboom, Clark and Fazar, "Application of
    a Technique for Research and Development Program Evaluation" (Operations Research 7, 1959).

    Attributes:
        mode: The likeliest point, as a share of the span: 0 is its beginning, 1 its end.

    Raises:
        InvalidLikelihoodError: The mode is outside 0 to 1.

    >>> round(PertBeta(0.5).cdf(0.25), 12)
    0.103515625
    >>> print(PertBeta(0.5))
    the PERT curve, likeliest in the middle of the range
    """

    mode: float

    def __attrs_post_init__(self) -> None:
        _check_share(self.mode, "mode")

    def __str__(self) -> str:
        return f"the PERT curve, likeliest {_place(self.mode)}"

    def cdf(self, share: float) -> float:
        """The mass on the first part of the span.

        Args:
            share: The size of that part, as a share of the span from 0 to 1.

        Raises:
            InvalidLikelihoodError: The share lies outside that.
            TypeError: It is not a number.

        >>> round(PertBeta(0).cdf(0.5), 12)
        0.96875
        """
        _check_share(share, "share")
        a, b = 1 + 4 * self.mode, 1 + 4 * (1 - self.mode)
        if share <= 0.5:
            return _incomplete_beta(share, a, b)
        return 1 - _incomplete_beta(1 - share, b, a)


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function for 0 <= x <= 1/2 and a + b = 6.

    It sums the series of DLMF 8.17.8 (hypergeometric, all terms positive, so no digits cancel). The
    ratio of terms tends to x, so 1/2 is the slowest.
    """
    term = total = 1.0
    n = 0
    while term > total * 1e-17:
        term *= x * (a + b + n) / (a + 1 + n)
        total += term
        n += 1
    beta = math.gamma(a) * math.gamma(b) / math.gamma(a + b)
    return math.pow(x, a) * math.pow(1 - x, b) / (a * beta) * total


Assumption: TypeAlias = Uniform | Triangular | PertBeta
"""The shape that each stage of a plan is assumed to have; there is no default."""


# The names of assumptions in text: alone, or with the mode after a colon.
_NAMES: Final = ("uniform", "triangular:MODE", "pert:MODE")


def read_assumption(assume: Assumption | str) -> Assumption:
    """The assumption itself, or the one in a text: "uniform", "triangular:0.5", "pert:0.5".

    Raises:
        UnknownValueError: The text names no assumption.
        InvalidLikelihoodError: The mode is outside 0 to 1.
        TypeError: It is neither; there is no default, because the data favours no shape.
    """
    if isinstance(assume, str):
        return _named(assume)
    check_kind(
        assume,
        (Uniform, Triangular, PertBeta),
        "assume= takes Uniform(), Triangular(mode) or PertBeta(mode), or their text",
    )
    return assume


def _named(text: str) -> Assumption:
    name, colon, mode = text.partition(":")
    name = name.strip().casefold()
    if name == "uniform" and not colon:
        return Uniform()
    try:
        share = float(mode)
    except ValueError:
        share = None
    if share is None or name not in ("triangular", "pert"):
        raise UnknownValueError(text, "assumption", _NAMES)
    return Triangular(share) if name == "triangular" else PertBeta(share)


@lru_cache(maxsize=1024)
def shares_of(shape: Assumption, days: int) -> tuple[float, ...]:
    """The mass on the first k of so many days, for k from 0 to all of them."""
    return tuple(shape.cdf(k / days) for k in range(days + 1))


@lru_cache(maxsize=1024)
def masses_of(shape: Assumption, days: int) -> tuple[float, ...]:
    """The mass of each of so many days."""
    shares = shares_of(shape, days)
    return tuple(after - before for before, after in pairwise(shares))


# ---- results -------------------------------------------------------------------------------


@final
@attrs.frozen
class Probability(Tabular):
    """A probability, with its assumption and with what is known without a part of it.

    `float()` gives the value, and `str()` says what is known: two digits, "certain", "impossible",
    or "between 0.71 and 0.74" if the value itself is not known more closely. `format(p, ".4f")`
    gives the number, or the two numbers around it, with more digits.

    Attributes:
        value: The probability if every stage has the assumed shape and all are independent once
            their start days are given; the middle of the next two if these differ.
        lower: The proven lower bound of the value.
        upper: The proven upper bound of the value. Both are the value itself if the sum is exact,
            which is nearly always.
        assumption: The shape that was assumed for every stage.
        lower_if_dependent: The least possible value for any dependence between the APIs.
        upper_if_dependent: The greatest possible value then. Both are the Fréchet bounds from the
            APIs' own probabilities: max(0, sum - (n - 1)) and the least.

    >>> p = Probability(0.8046, 0.8046, 0.8046, Uniform(), 0.72, 0.8062)
    >>> print(p)
    0.80 (0.72 to 0.81 if the APIs depend on each other), every day of the range equally likely
    >>> f"{p:.4f}"
    '0.8046'
    >>> print(Probability(0.725, 0.71, 0.74, Uniform(), 0.71, 0.74))
    between 0.71 and 0.74, every day of the range equally likely
    """

    value: float
    lower: float
    upper: float
    assumption: Assumption
    lower_if_dependent: float
    upper_if_dependent: float

    def __float__(self) -> float:
        return self.value

    def _frame(self) -> Frame:
        return Frame(_SCHEMA, (_row(self),), tuple(_SCHEMA))

    def _repr_html_(self) -> str:
        from nhs_api_catalogue._html import write_rows  # noqa: PLC0415  few need it

        return write_rows("Probability", ("how likely", "under"), [_said(self)])

    def __format__(self, spec: str) -> str:
        """`str`, aligned to a width such as `">20"`; or the number, as `float` is formatted.

        Raises:
            ValueError: The format is neither.
        """
        text = align(str(self), spec)
        if text is not None:
            return text
        try:
            lower, upper, value = (format(n, spec) for n in (self.lower, self.upper, self.value))
        except ValueError:
            expected = "digits such as '.4f', or a width such as '>20'"
            raise ValueError(
                f"unknown format {spec!r} for a Probability: expected {expected}"
            ) from None
        return value if lower == upper else f"between {lower} and {upper}"

    def __str__(self) -> str:
        if self.lower == 1:
            return "certain"
        if self.upper == 0:
            return "impossible"
        lower, upper = _in_words(self.lower), _in_words(self.upper)
        text = lower if lower == upper else f"between {lower} and {upper}"
        least, most = _in_words(self.lower_if_dependent), _in_words(self.upper_if_dependent)
        if (least, most) != (lower, upper):
            text += f" ({least} to {most} if the APIs depend on each other)"
        return f"{text}, {self.assumption}"


_SCHEMA: Final = {
    "value": Kind.REAL,
    "lower": Kind.REAL,
    "upper": Kind.REAL,
    "lower_if_dependent": Kind.REAL,
    "upper_if_dependent": Kind.REAL,
    "assumption": Kind.TEXT,
}


def _row(found: Probability) -> tuple[float | str, ...]:
    """A probability as a row of that schema."""
    bounds = (found.lower_if_dependent, found.upper_if_dependent)
    numbers = map(float, (found.value, found.lower, found.upper, *bounds))
    return (*numbers, str(found.assumption))


def _said(found: Probability) -> tuple[str, str]:
    """What is known about a probability, and its assumption."""
    known, _, _ = str(found).rpartition(f", {found.assumption}")
    return known or str(found), str(found.assumption)


def _in_words(share: float) -> str:
    """The share in two digits; it never looks like 0 or 1 unless it is."""
    text = f"{share:.2f}"
    if text == "0.00" and share > 0:
        return "below 0.01"
    if text == "1.00" and share < 1:
        return "above 0.99"
    return text


def certainly(value: float, assumption: Assumption) -> Probability:
    """A probability of 0 or 1, which needs no assumption."""
    return Probability(value, value, value, assumption, value, value)


@final
@attrs.frozen(repr=False)
class Distribution(Aligned, Tabular):
    """How likely everything is live by each day: the whole cumulative curve.

    Attributes:
        assumption: The shape that was assumed for every stage.
        days: Each day from the first on which everything can be live to the first on which it
            certainly is.
        probabilities: How likely everything is live by each of these days.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> p = plan(catalogue.select("MESH"), start="2026-01-05")
    >>> found = p.distribution(assume="uniform")
    >>> found
    <Distribution from 2026-03-02 to 2026-04-16: every day of the range equally likely>
    >>> print(found.probability("2026-04-03"), found.quantile(0.5), sep="; ")
    0.81, every day of the range equally likely; 2026-03-24
    >>> found.to_columns()["value"][-1]
    1.0
    """

    assumption: Assumption
    days: tuple[date, ...]
    probabilities: tuple[Probability, ...]

    def probability(self, by: date | str) -> Probability:
        """How likely everything is live on that day.

        Args:
            by: The day, as a date or its text.

        Raises:
            InvalidDateError: The text is not a date.
            TypeError: It is neither a date nor its text.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> found = plan(catalogue.select("MESH"), start="2026-01-05").distribution(
        ...     assume="uniform"
        ... )
        >>> print(found.probability("2026-03-01"), found.probability("2026-12-31"))
        impossible certain
        """
        place = (read_date(by) - self.days[0]).days
        if 0 <= place < len(self.days):
            return self.probabilities[place]
        return certainly(float(place > 0), self.assumption)

    def quantile(self, q: float) -> date:
        """The first day by which everything is proven to be live with at least that probability.

        Args:
            q: The probability to reach, above 0 and up to 1.

        Raises:
            InvalidLikelihoodError: q lies outside that.
            TypeError: q is not a number.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> found = plan(catalogue.select("MESH"), start="2026-01-05").distribution(
        ...     assume="uniform"
        ... )
        >>> print(found.quantile(0.95))
        2026-04-10
        """
        return self.quantile_window(q).latest

    def quantile_window(self, q: float) -> Window:
        """The window of the first day by which everything is live with at least that probability.

        It is one day if the curve is exact.

        Args:
            q: The probability to reach, above 0 and up to 1.

        Raises:
            InvalidLikelihoodError: q lies outside that.
            TypeError: q is not a number.

        >>> from nhs_api_catalogue import catalogue, plan
        >>> found = plan(catalogue.select("MESH"), start="2026-01-05").distribution(
        ...     assume="uniform"
        ... )
        >>> print(found.quantile_window(0.95))
        2026-04-10
        """
        least = check_quantile(q) - TOLERANCE
        if q == 1:
            return Window(self.days[-1], self.days[-1])
        both = list(zip(self.days, self.probabilities, strict=True))
        return Window(
            next(day for day, found in both if found.upper >= least),
            next(day for day, found in both if found.lower >= least),
        )

    def _frame(self) -> Frame:
        return _frame_of(self.days, self.probabilities)

    def _repr_html_(self) -> str:
        from nhs_api_catalogue._html import write_rows  # noqa: PLC0415  few need it

        rows = [(f"{q:.0%}", str(self.quantile_window(q))) for q in _SHOWN]
        return write_rows(f"How likely, by when: {self.assumption}", ("how likely", "by"), rows)

    def __rich_repr__(self) -> Iterator[Any]:
        """What rich shows of a curve: not every day."""
        yield str(self.assumption)
        yield "first", str(self.days[0])
        yield "last", str(self.days[-1])

    def __repr__(self) -> str:
        return f"<Distribution from {self.days[0]} to {self.days[-1]}: {self.assumption}>"


@final
@attrs.frozen(repr=False)
class Likelihoods(Aligned, Tabular):
    """How likely everything is live on one day, under several assumptions.

    Attributes:
        day: The day.
        probabilities: How likely it is, under each assumption.

    >>> from nhs_api_catalogue import catalogue, plan
    >>> p = plan(catalogue.select("eRS"), start="2026-01-05")
    >>> print(p.likelihoods("2026-12-31"))
    all live by 2026-12-31:
    - 0.81, every day of the range equally likely
    - 0.90, a triangle, likeliest in the middle of the range
    - 0.92, the PERT curve, likeliest in the middle of the range
    """

    day: date
    probabilities: tuple[Probability, ...]

    def __iter__(self) -> Iterator[Probability]:
        return iter(self.probabilities)

    def __len__(self) -> int:
        return len(self.probabilities)

    def _frame(self) -> Frame:
        days = (self.day,) * len(self.probabilities)
        return _frame_of(days, self.probabilities, side_by_side=True)

    def _repr_html_(self) -> str:
        from nhs_api_catalogue._html import write_rows  # noqa: PLC0415  few need it

        rows = [_said(found) for found in self.probabilities]
        return write_rows(f"All live by {self.day}", ("how likely", "under"), rows)

    def __str__(self) -> str:
        lines = (f"- {found}" for found in self.probabilities)
        return "\n".join((f"all live by {self.day}:", *lines))

    def __repr__(self) -> str:
        return f"<Likelihoods of {self.day}: {', '.join(f'{p:.4f}' for p in self.probabilities)}>"


# The probabilities whose days a curve shows as a table.
_SHOWN: Final = (0.05, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95, 1)

SIDE_BY_SIDE: Final = (Uniform(), Triangular(0.5), PertBeta(0.5))
"""The assumptions to compare if none is named: one of each shape."""


def _frame_of(
    days: Sequence[date], probabilities: Sequence[Probability], *, side_by_side: bool = False
) -> Frame:
    """A row for each probability; the assumption is only shown where they differ in it."""
    schema = {"day": Kind.DAY, **_SCHEMA}
    rows = tuple((day, *_row(found)) for day, found in zip(days, probabilities, strict=True))
    return Frame(schema, rows, tuple(schema) if side_by_side else tuple(schema)[:-1])


def check_quantile(q: float) -> float:
    """The probability asked for, if there is a first day that reaches it.

    Raises:
        InvalidLikelihoodError: It lies outside 0 (left out) to 1.
        TypeError: It is not a number.
    """
    check_kind(q, (int, float), "a probability must be a number above 0 and up to 1")
    if not 0 < q <= 1:
        raise InvalidLikelihoodError(q, "a probability to reach", "above 0 and up to 1")
    return q


def frechet_bounds(lowers: Sequence[float], uppers: Sequence[float]) -> tuple[float, float]:
    """The bounds of the probability of all together, for any dependence.

    Args:
        lowers: The lower bound of each probability.
        uppers: The upper bound of each probability.
    """
    return max(0.0, math.fsum(lowers) - (len(lowers) - 1)), min(uppers, default=1.0)


def check_tolerance(tolerance: float) -> float:
    """The tolerance: how wide a proven interval may stay.

    Raises:
        InvalidLikelihoodError: It lies outside 0 to 1.
        TypeError: It is not a number.
    """
    _check_share(tolerance, "tolerance", "the width of an interval")
    return tolerance


def check_budget(budget: int | None) -> int | None:
    """The budget: how many steps an answer may take.

    Raises:
        InvalidLikelihoodError: It is below 1.
        TypeError: It is not a whole number.
    """
    if budget is not None:
        check_kind(budget, int, "budget= takes a whole number of steps, or None")
        if budget < 1:
            raise InvalidLikelihoodError(budget, "a budget", "a number of steps, at least 1")
    return budget

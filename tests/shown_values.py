"""The values for tests of displays, by name: plain, empty and hostile ones."""

from datetime import date, timedelta

from nhs_api_catalogue import (
    AccessRoute,
    AccessRule,
    Api,
    Catalogue,
    Closure,
    Confidence,
    Duration,
    DurationRange,
    Edition,
    Fact,
    Link,
    Notice,
    NoticeKind,
    OwnValue,
    Precision,
    Product,
    Products,
    Service,
    Source,
    Specification,
    Window,
    WorkingCalendar,
    catalogue,
    england,
    plan,
    products,
)

HOSTILE = "<script>alert('x')</script> \"&amp; | a`b *c* _d_ [e](http://f) $g$ \\"


def hostile_api(name="hostile", **changes):
    """A record of a user's own edition, with markup in every text."""
    values = {
        "id": name,
        "name": f"{HOSTILE} {name}",
        "summary": HOSTILE,
        "technical": DurationRange.parse("1-2 weeks"),
        "assurance": DurationRange.parse("0 days"),
        "access": [AccessRule({AccessRoute.HSCN}, HOSTILE)],
        "notices": [Notice(NoticeKind.UNAVAILABLE, date(2025, 1, 1), Precision.DAY, None, HOSTILE)],
        "max_data_age": timedelta(hours=36, seconds=1, microseconds=1),
        "aliases": [f"=1+1 {name}", HOSTILE],
        "own": [OwnValue("technical", HOSTILE)],
        "edition": Edition(HOSTILE, HOSTILE),
    }
    return Api(**{**values, **changes})


def hostile_product():
    """A product about which little is known, with markup in every text."""
    source = Source("spec", HOSTILE, "https://example.org/a?b&c=(d)", HOSTILE)

    def fact(value):
        return Fact(value, source, Confidence.REPORTED, HOSTILE, HOSTILE)

    return Product(
        id="hostile",
        apis=(HOSTILE,),
        name=fact(f"{HOSTILE} product"),
        specification=fact(Specification("a/b", "c&d", "0" * 40)),
        summary=fact(f"=1+1 {HOSTILE}"),
        aliases=fact((HOSTILE, "=1+1")),
    )


def small_api(name, technical="4-6 weeks", assurance="1-2 months"):
    return Api(
        id=name,
        name=f"API {name}",
        technical=DurationRange.parse(technical),
        assurance=DurationRange.parse(assurance),
    )


FOUR = catalogue.select("PDS FHIR (Patient Access)", "eRS", "GP Connect - Access Record", "MESH")
HOSTILE_EDITION = Catalogue([hostile_api(), small_api("plain")], Edition(HOSTILE, HOSTILE))

# One API has one stage in working days, another has both.
WORKING = (
    catalogue.select("MESH", "eRS", "SDS")
    .replace("MESH", technical="5-40 working days", source=HOSTILE)
    .replace("SDS", technical="3 working days", assurance="0-5 working days", source="us")
)
CLOSED = WorkingCalendar([Closure(HOSTILE, "2026-01-12", "2026-02-20")], source=HOSTILE)

APIS = {
    "api in working days": WORKING["MESH"],
    "api": catalogue["eRS"],
    "api with a notice": catalogue["GP Connect Appointment Management"],
    "hostile api": hostile_api(),
    "api of no time": small_api("none", "0 days", "0 days"),
}
CATALOGUES = {
    "catalogue": catalogue,
    "one API": catalogue[:1],
    "empty catalogue": catalogue[:0],
    "hostile catalogue": HOSTILE_EDITION,
    "working days": WORKING,
    "no times": Catalogue([small_api("none", "0 days", "0 days")]),
}
RANGES = {
    "range": DurationRange.parse("4-6 weeks"),
    "single duration": DurationRange.parse("1 month"),
    "zero": DurationRange.ZERO,
    "huge": DurationRange(Duration(0, 1), Duration(4799, 0)),
}
WINDOWS = {
    "window": Window(date(2026, 8, 5), date(2027, 3, 5)),
    "one day": Window(date(2026, 8, 5), date(2026, 8, 5)),
    "all days": Window(date.min, date.max),
}
PLANS = {
    "plan in working days": plan(
        WORKING,
        start="2026-01-10",
        services=[Service("approval", "5-10 working days", HOSTILE)],
        links=[Link("MESH", "approval", before="build")],
        calendar=CLOSED + england(),
    ),
    "plan": plan(FOUR, start="2026-01-05"),
    "plan of all": plan(catalogue, start="2026-01-05", allow_unavailable=True),
    "hostile plan": plan(
        HOSTILE_EDITION,
        start="2026-01-05",
        services=[Service(f"{HOSTILE} connection", DurationRange.parse("1-3 months"), HOSTILE)],
        allow_unavailable=True,
    ),
    "linked plan": plan(
        FOUR,
        start="2026-01-05",
        links=[Link("MESH", "eRS"), Link("PDS FHIR (Patient Access)", "HSCN connection")],
        services=[Service("HSCN connection", DurationRange.parse("2-4 months"), "our provider")],
    ),
    "plan with some built and done": plan(
        FOUR, start="2026-01-05", built={"eRS": "2026-02-01"}, done=["MESH"]
    ),
    "all done": plan(FOUR, start="2026-01-05", done=[api.name for api in FOUR]),
    "plan of no time": plan([small_api("none", "0 days", "0 days")], start="2026-01-05"),
    "first days": plan([small_api("first", "0-1 days", "0 days")], start=date.min),
    "last days": plan([small_api("last", "1-2 days", "0 days")], start=date(9999, 12, 29)),
    "long plan": plan([small_api("long", "1 day to 390 years", "9 years")], start="0001-01-01"),
}
PRODUCTS = {
    "products": products,
    "one product": products[:1],
    "empty products": products[:0],
    "hostile products": Products((hostile_product(),), as_of=date(2026, 11, 29)),
}
VALUES = {
    **APIS,
    **CATALOGUES,
    **RANGES,
    **WINDOWS,
    **PLANS,
    **PRODUCTS,
    "product": products["nhs-notify"],
    "hostile product": hostile_product(),
}

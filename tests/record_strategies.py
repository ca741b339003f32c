"""Random records for the laws of queries; every field that a query tests is drawn."""

from datetime import date

from hypothesis import strategies as st

from nhs_api_catalogue.catalogues import Catalogue
from nhs_api_catalogue.durations import Duration, DurationRange
from nhs_api_catalogue.records import (
    AccessRoute,
    AccessRule,
    Api,
    AuthProtocol,
    Capability,
    Implementation,
    Notice,
    NoticeKind,
    Precision,
    Proxy,
    Standard,
    Suitability,
    Topic,
    Transport,
    UseContext,
    User,
)
from nhs_api_catalogue.strategies import working_days

SUPPLIERS = ("EMIS", "TPP", "Vision")
DAYS = st.dates(date(2025, 11, 1), date(2026, 3, 1))
SOME_SUPPLIER = st.none() | st.sampled_from(SUPPLIERS)


def some(kind, most=2):
    return st.frozensets(st.sampled_from(kind), max_size=most)


durations = st.builds(Duration, st.integers(0, 12), st.integers(0, 40))
ranges = st.builds(lambda low, more: DurationRange(low, low + more), durations, durations)
# A user's own estimate may be in working days; most are in calendar time.
times = st.one_of(ranges, ranges, ranges, working_days())
implementations = st.builds(
    Implementation,
    standard=st.sampled_from(Standard),
    supplier=SOME_SUPPLIER,
    proxy=st.none() | st.sampled_from(Proxy),
    transport=st.none() | st.sampled_from(Transport),
    auth=some(AuthProtocol),
    restful=st.none() | st.booleans(),
)
rules = st.builds(
    AccessRule,
    st.frozensets(st.sampled_from(AccessRoute), min_size=1),
    SOME_SUPPLIER,
)
notices = st.builds(
    lambda since, until: Notice(
        NoticeKind.UNAVAILABLE,
        since,
        Precision.DAY,
        until if until is None or until >= since else since,
        "closed",
    ),
    DAYS,
    st.none() | DAYS,
)


@st.composite
def suitabilities(draw):
    only, stated, excluded = (draw(some(UseContext)) for _ in range(3))
    return Suitability(only, excluded - only - stated, stated)


apis = st.builds(
    Api,
    id=st.from_regex(r"[a-d](-[a-d])?", fullmatch=True),
    name=st.sampled_from(["MESH", "IM1 – Bulk", "PDS", "e-Referral"]),
    technical=times,
    assurance=times,
    implementations=st.lists(implementations, max_size=3),
    access=st.lists(rules, max_size=3, unique_by=lambda rule: rule.supplier),
    notices=st.lists(notices, max_size=1),
    suitability=suitabilities(),
    capabilities=some(Capability),
    topics=some(Topic),
    users=some(User),
    aliases=st.lists(st.sampled_from(["IM1", "eRS", "Record"]), max_size=2),
)
catalogues = st.builds(Catalogue, st.lists(apis, max_size=6, unique_by=lambda api: api.id))

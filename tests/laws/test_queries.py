"""Laws of queries, held against set algebra and comprehensions over the plain fields."""

import operator
import pickle
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

import nhs_api_catalogue.queries as q
from nhs_api_catalogue import catalogue
from nhs_api_catalogue.durations import DurationRange
from nhs_api_catalogue.official.product_words import Openness
from nhs_api_catalogue.records import (
    AccessRoute,
    Answer,
    AuthProtocol,
    Capability,
    Proxy,
    Standard,
    Topic,
    Transport,
    UseContext,
    User,
)
from record_strategies import DAYS, SUPPLIERS, apis, catalogues, durations

# ---- the oracle: what may be true of a record, as the set of the answers that are possible ----

BOTH = frozenset({True, False})


def possible(answer):
    return BOTH if answer is None else frozenset({answer})


def combine(operate, *sets):
    return frozenset(operate(*answers) for answers in product(*sets))


def said(named, wanted):
    """The answer of a field that is either complete or empty."""
    return possible(None if not named else any(value in wanted for value in named))


def of_one(api, **asked):
    """Whether one implementation has it all; each alternative and each part by set algebra."""
    parts = {
        "standard": lambda one, wanted: possible(one.standard in wanted),
        "supplier": lambda one, wanted: possible(one.supplier and one.supplier in wanted),
        "proxy": lambda one, wanted: possible(one.proxy in wanted),
        "transport": lambda one, wanted: possible(one.transport in wanted),
        "auth": lambda one, wanted: said(one.auth, wanted),
        "restful": lambda one, wanted: possible(
            None if one.restful is None else one.restful == wanted
        ),
    }
    if not api.implementations:
        return BOTH
    alternatives = [
        combine(
            lambda *all_: all(all_), *(parts[name](one, wanted) for name, wanted in asked.items())
        )
        for one in api.implementations
    ]
    return combine(lambda *any_: any(any_), *alternatives)


def reached(api, routes, suppliers=(None,)):
    meaning = {Answer.YES: {True}, Answer.NO: {False}, Answer.UNKNOWN: BOTH}
    answers = (meaning[api.reachable(route, who)] for route in routes for who in suppliers)
    return combine(lambda *any_: any(any_), *map(frozenset, answers))


def of_time(time, ask):
    """Working days do not compare with calendar time, so either answer is possible for them."""
    return possible(ask(time) if isinstance(time, DurationRange) else None)


def several(kind):
    return st.lists(st.sampled_from(kind), min_size=1, max_size=3)


# Each keyword: the values to draw, and the oracle of one record.
KEYWORDS = {
    "standard": (several(Standard), lambda api, v: of_one(api, standard=v)),
    "supplier": (several(SUPPLIERS), lambda api, v: of_one(api, supplier=v)),
    "proxy": (several(Proxy), lambda api, v: of_one(api, proxy=v)),
    "transport": (several(Transport), lambda api, v: of_one(api, transport=v)),
    "auth": (several(AuthProtocol), lambda api, v: of_one(api, auth=v)),
    "restful": (st.booleans(), lambda api, v: of_one(api, restful=v)),
    "route": (several(AccessRoute), reached),
    "topic": (several(Topic), lambda api, v: said(api.topics, v)),
    "capability": (several(Capability), lambda api, v: said(api.capabilities, v)),
    "user": (several(User), lambda api, v: said(api.users, v)),
    "suitable_for": (
        several(UseContext),
        lambda api, v: possible(
            any(
                use not in api.suitability.excluded
                and (not api.suitability.only or use in api.suitability.only)
                for use in v
            )
        ),
    ),
    "stated_for": (
        several(UseContext),
        lambda api, v: possible(
            any(use in api.suitability.only or use in api.suitability.stated for use in v)
        ),
    ),
    "open_to_new_integrations": (
        several(Openness),
        # Nothing is laid over the records drawn: whether they are open is unknown.
        lambda _api, v: possible(Openness.UNKNOWN in v or (None if v else False)),
    ),
    "available_on": (
        DAYS,
        lambda api, v: possible(
            not any(
                notice.since <= v and (notice.until is None or v <= notice.until)
                for notice in api.notices
            )
        ),
    ),
}
for time in ("technical", "assurance", "total"):
    KEYWORDS[f"{time}_within"] = (
        durations,
        lambda api, v, time=time: of_time(getattr(api, time), lambda found: found.within(v)),
    )
    KEYWORDS[f"{time}_may_be_within"] = (
        durations,
        lambda api, v, time=time: of_time(getattr(api, time), lambda found: found.may_be_within(v)),
    )
OF_ONE = ("standard", "supplier", "proxy", "transport", "auth", "restful")


@st.composite
def simple_tests(draw):
    """A test of one keyword, and its oracle."""
    name = draw(st.sampled_from(sorted(KEYWORDS)))
    values, oracle = KEYWORDS[name]
    value = draw(values)
    return getattr(q, name)(value), lambda api: oracle(api, value)


def grow(tests):
    """Tests joined at random, and the oracle joined alike by set algebra."""

    def join(pair, symbol):
        (a, may_a), (b, may_b) = pair
        return symbol(a, b), lambda api: combine(symbol, may_a(api), may_b(api))

    joined = st.builds(
        join, st.tuples(tests, tests), st.sampled_from([operator.and_, operator.or_])
    )
    negated = st.builds(
        lambda pair: (~pair[0], lambda api: combine(operator.not_, pair[1](api))), tests
    )
    return joined | negated


tests_with_oracles = st.recursive(simple_tests(), grow, max_leaves=6)
tests = tests_with_oracles.map(operator.itemgetter(0))


class TestOneRecord:
    @given(tests_with_oracles, apis)
    def test_an_answer_is_known_exactly_when_one_answer_is_possible(self, pair, api):
        """Each part is taken by itself: this is Kleene's logic, not what a prover could find."""
        test, oracle = pair
        assert possible(test(api)) == oracle(api)

    @given(tests, tests, tests, apis)
    def test_and_and_or_associate(self, a, b, c, api):
        assert ((a & b) & c)(api) is (a & (b & c))(api)
        assert ((a | b) | c)(api) is (a | (b | c))(api)

    @given(tests, tests, apis)
    def test_and_and_or_commute(self, a, b, api):
        assert (a & b)(api) is (b & a)(api)
        assert (a | b)(api) is (b | a)(api)

    @given(tests, tests, tests, apis)
    def test_and_distributes_over_or_and_or_over_and(self, a, b, c, api):
        assert (a & (b | c))(api) is ((a & b) | (a & c))(api)
        assert (a | (b & c))(api) is ((a | b) & (a | c))(api)

    @given(tests, tests, apis)
    def test_de_morgan(self, a, b, api):
        assert (~(a & b))(api) is (~a | ~b)(api)
        assert (~(a | b))(api) is (~a & ~b)(api)

    @given(tests, apis)
    def test_double_negation(self, a, api):
        assert (~~a)(api) is a(api)

    @given(tests, apis)
    def test_idempotence(self, a, api):
        assert (a & a)(api) is (a | a)(api) is a(api)

    @given(tests, tests, apis)
    def test_absorption(self, a, b, api):
        assert (a & (a | b))(api) is (a | (a & b))(api) is a(api)

    @given(tests, apis)
    def test_all_of_none_is_the_neutral_of_and_and_any_of_none_that_of_or(self, a, api):
        assert (q.all_of() & a)(api) is (q.any_of() | a)(api) is a(api)


class TestCatalogues:
    @given(tests, catalogues)
    def test_matches_misses_and_undecided_partition_the_catalogue(self, test, records):
        parts = [*records.where(test), *records.where(~test), *records.undecided(test)]
        assert sorted(api.id for api in parts) == sorted(api.id for api in records)

    @given(tests)
    def test_matches_misses_and_undecided_partition_the_bundled_edition(self, test):
        parts = [*catalogue.where(test), *catalogue.where(~test), *catalogue.undecided(test)]
        assert sorted(api.id for api in parts) == sorted(api.id for api in catalogue)

    @given(tests_with_oracles, catalogues)
    def test_where_is_a_comprehension_that_keeps_order(self, pair, records):
        test, oracle = pair
        assert list(records.where(test)) == [api for api in records if oracle(api) == {True}]

    @given(tests_with_oracles, catalogues)
    def test_undecided_are_those_of_which_both_is_possible(self, pair, records):
        test, oracle = pair
        assert list(records.undecided(test)) == [api for api in records if oracle(api) == BOTH]

    @given(tests, tests, catalogues)
    def test_and_is_intersection_and_or_is_union_of_the_matches(self, a, b, records):
        assert records.where(a & b) == records.where(a) & records.where(b) == records.where(a, b)
        either = records.where(a) | records.where(b)
        assert {api.id for api in either} == {api.id for api in records.where(a | b)}

    @given(tests, catalogues)
    def test_a_miss_is_no_match_and_a_double_miss_is_a_match(self, test, records):
        assert not records.where(test) & records.where(~test)
        assert records.where(~~test) == records.where(test)

    @given(catalogues, st.data())
    def test_filter_keeps_what_certainly_passes_every_keyword(self, records, data):
        """The comprehension: how it is built of one implementation, the rest each for itself."""
        names = data.draw(st.sets(st.sampled_from(sorted(KEYWORDS)), max_size=4))
        values = {name: data.draw(KEYWORDS[name][0], label=name) for name in sorted(names)}
        built = {name: value for name, value in values.items() if name in OF_ONE}
        rest = {name: value for name, value in values.items() if name not in OF_ONE}
        who = ()
        if "supplier" in built and "route" in rest:
            who, routes = built.pop("supplier"), rest.pop("route")

        def passes(api):
            certain = not built or who or of_one(api, **built) == {True}
            if who:
                certain = certain and combine(
                    lambda *any_: any(any_),
                    *(
                        combine(
                            operator.and_,
                            of_one(api, supplier=[one], **built),
                            reached(api, routes, [one]),
                        )
                        for one in who
                    ),
                ) == {True}
            return certain and all(KEYWORDS[name][1](api, v) == {True} for name, v in rest.items())

        assert list(records.filter(**values)) == [api for api in records if passes(api)]

    @given(catalogues, st.data())
    def test_filter_and_where_agree(self, records, data):
        names = data.draw(st.sets(st.sampled_from(sorted(KEYWORDS)), max_size=4))
        values = {name: data.draw(KEYWORDS[name][0], label=name) for name in sorted(names)}
        if {"supplier", "route"} <= names:
            values["supplier"] = values["supplier"][:1]
        built = {name: value for name, value in values.items() if name in OF_ONE}
        chosen = [q.implementation(**built)] if built else []
        for name, value in values.items():
            if name == "route":
                chosen.append(q.route(value, supplier=values.get("supplier")))
            elif name not in OF_ONE:
                chosen.append(getattr(q, name)(value))
        assert (
            records.filter(**values) == records.where(*chosen) == records.where(q.all_of(*chosen))
        )

    @given(catalogues, st.sampled_from(sorted(KEYWORDS)), st.data())
    def test_several_values_mean_any_of_them(self, records, name, data):
        value = data.draw(KEYWORDS[name][0])
        if isinstance(value, list):
            any_ = q.any_of(*(getattr(q, name)(one) for one in value))
            assert records.where(getattr(q, name)(value)) == records.where(any_)


class TestTests:
    @given(tests)
    def test_the_repr_builds_an_equal_test(self, test):
        assert eval(repr(test), vars(q)) == test  # noqa: S307  it is the law

    @given(tests, apis)
    def test_pickling_gives_an_equal_test_that_answers_alike(self, test, api):
        copied = pickle.loads(pickle.dumps(test))
        assert copied == test
        assert hash(copied) == hash(test)
        assert copied(api) is test(api)

    @given(tests, tests, tests)
    def test_grouping_does_not_count_for_equality(self, a, b, c):
        assert (a & b) & c == a & (b & c)
        assert (a | b) | c == a | (b | c)


def test_every_keyword_of_filter_is_drawn():
    assert set(KEYWORDS) == set(type(catalogue).filter.__wrapped__.__kwdefaults__)

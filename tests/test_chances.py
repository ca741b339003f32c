"""How likely a plan's dates are: against every scenario in fractions, and proven intervals."""

import os
import random
from datetime import date, timedelta
from itertools import accumulate
from math import log, prod, sqrt

import pytest

import network_oracle as oracle
from html_reader import read_html
from nhs_api_catalogue import (
    Api,
    Distribution,
    Duration,
    DurationRange,
    InvalidLikelihoodError,
    Link,
    PertBeta,
    Probability,
    Service,
    TooComplexError,
    Triangular,
    Uniform,
    catalogue,
    plan,
)
from nhs_api_catalogue.likelihood import TOLERANCE
from nhs_api_catalogue.planning import chances, intervals, reductions, sums, ties
from nhs_api_catalogue.planning.reductions import reduced
from nhs_api_catalogue.planning.sums import Kernels, Search, Sums

EXACT = 1e-12
# All of them are tried in CI, on the machine's own Python; locally only some.
NETWORKS = 2_000 if os.environ.get("HYPOTHESIS_PROFILE") in {"ci", "deep"} else 60
BATCHES = 20
NOTHING = DurationRange.parse("0 days")


def batch(number):
    """A twentieth of the networks."""
    return [oracle.network(seed) for seed in range(number, NETWORKS, BATCHES)]


def planned(network):
    """The library's plan of a network; its one API takes no time."""
    services = [
        Service(name, DurationRange(Duration(*shortest), Duration(*longest)), "us")
        for name, (shortest, longest) in network.ranges.items()
    ]
    links = [
        Link(name, one, before="build") for name, needed in network.needs.items() for one in needed
    ]
    api = Api(id="api", name="API", technical=NOTHING, assurance=NOTHING)
    return plan([api], start=network.start, services=services, links=links)


def parts(p, day=None):
    """What is summed for a day, or for the whole curve."""
    first, last = (day, day) if day else (p.go_live.earliest, p.go_live.latest)
    lives = {item.live: False for item in p._network.items()}
    spans = p._chances.spans
    left = reduced(p._network, spans, (first.toordinal(), last.toordinal()), lives)
    return [Sums(part, Kernels(Uniform())) for part in left.parts()]


QUESTIONS = {
    "driving": oracle.Network.is_last,
    "critical": oracle.Network.is_critical,
}


# The ways to narrow the bounds of a tie.
WAYS = ("_let_go", "_let_rivals_go", "_one_or_another", "_spend_the_rest")


def costly(p, item, question):
    """What narrows the bounds of the probability of a tie; None where nothing is marked."""
    asked = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chances, "chance_of_a_tie", lambda *args: asked.append(args) or (0, 1))
        getattr(p._chances, question)(item, (0, 1), Uniform())
    left, kernels = asked[0][:2]
    part, others = ties._apart(left)
    if part is None:
        return None
    row = [1.0] * (left.last[left.target] - left.first[left.target] + 1)
    for other in others:
        row = [one * two for one, two in zip(row, Sums(other, kernels).run(), strict=True)]
    return ties._Costly(part, kernels, (row, row), intervals.Budget(10**12))


@pytest.mark.parametrize("number", range(BATCHES))
class TestAgainstEveryScenario:
    """The library's floats are the exact fractions, and its bounds hold."""

    def test_every_question(self, number):
        for network in batch(number):
            p = planned(network)
            curve = p.distribution(assume=Uniform())
            for day in network.days:
                exact = network.live_by(day)
                found = p.probability(day, assume="uniform")
                assert abs(found.value - exact) < EXACT
                assert found.lower == found.value == found.upper
                assert curve.probability(day).value == pytest.approx(found.value, abs=EXACT)
                self.check_dependence(network, day, found)
            for item in p._network.services:
                last = p._chances.driving(item, (0, 1), Uniform())
                assert abs(last.value - network.is_last(item.name)) < EXACT
                critical = p.criticality_probability(item.name, assume=Uniform())
                assert abs(critical.value - network.is_critical(item.name)) < EXACT

    @staticmethod
    def check_dependence(network, day, found):
        """The bounds of Fréchet over all services are no narrower; they contain the value."""
        own = [network.live_by(day, name) for name in network.ranges]
        assert max(0, sum(own) - len(own) + 1) - EXACT <= found.lower_if_dependent <= found.value
        assert abs(found.upper_if_dependent - min(own)) < EXACT

    def test_intervals_hold_however_little_is_spent(self, number, monkeypatch):
        monkeypatch.setattr(chances, "CURVE", 0)
        for network in batch(number)[::2]:
            for steps in (1, 3_000):
                monkeypatch.setattr(intervals, "STEPS", steps)
                p = planned(network)
                for day in network.days[1:-1:4]:
                    exact = network.live_by(day)
                    found = p.probability(day, assume=Uniform())
                    assert found.lower - EXACT <= exact <= found.upper + EXACT
                    own = [network.live_by(day, name) for name in network.ranges]
                    assert found.lower_if_dependent <= found.lower
                    assert found.upper_if_dependent >= min(own) - EXACT
                for item in p._network.services[:2]:
                    last = p._chances.driving(item, (0, 1), Uniform())
                    assert last.lower - EXACT <= network.is_last(item.name) <= last.upper + EXACT
                    held = p._chances.critical(item, (0, 1), Uniform())
                    exact = network.is_critical(item.name)
                    assert held.lower - EXACT <= exact <= held.upper + EXACT

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_bounds_of_ties_hold_whatever_waits_are_let_go(self, number, question, monkeypatch):
        """One after the other, the least important first; and each way to narrow them by itself."""
        monkeypatch.setattr(ties, "_ENOUGH", 1e-9)
        for network in batch(number)[::4]:
            p = planned(network)
            for item in p._network.services:
                exact = QUESTIONS[question](network, item.name)
                for narrow in WAYS:
                    for count in (0, 1, 2, 4, 8):
                        monkeypatch.setattr(ties, "fewest", lambda all_, _, n=count: all_[:n])
                        found = costly(p, item, question)
                        if found is None:
                            assert exact == 0
                            continue
                        found.narrow_until(1)
                        assert found.low - EXACT <= exact <= found.high + EXACT
                        getattr(found, narrow)(0)
                        assert found.low - EXACT <= exact <= found.high + EXACT

    def test_intervals_hold_where_all_is_cut_at_once(self, number, monkeypatch):
        monkeypatch.setattr(chances, "CURVE", 0)
        monkeypatch.setattr(intervals, "STEPS", 1)
        monkeypatch.setattr(intervals, "_MOST_EVENTS", 0)
        for network in batch(number)[::4]:
            found = planned(network).distribution(assume=Uniform())
            for day, share in zip(found.days, found.probabilities, strict=True):
                assert share.lower - EXACT <= network.live_by(day) <= share.upper + EXACT

    def test_what_is_not_looked_for_changes_nothing(self, number, monkeypatch):
        """Less is left out of large networks; the sums are the same."""
        monkeypatch.setattr(reductions, "MOST_IN_PAIRS", 0)
        monkeypatch.setattr(reductions, "MOST_DAYS", 0)
        for network in batch(number)[::4]:
            found = planned(network).distribution(assume=Uniform())
            for day, share in zip(found.days, found.probabilities, strict=True):
                assert abs(share.value - network.live_by(day)) < EXACT

    def test_intervals_hold_where_nothing_is_cut(self, number, monkeypatch):
        monkeypatch.setattr(intervals, "STEPS", 1)
        monkeypatch.setattr(intervals, "_MOST_CUT", 0)
        for network in batch(number)[::4]:
            found = planned(network).distribution(assume=Uniform())
            for day, share in zip(found.days, found.probabilities, strict=True):
                assert share.lower - EXACT <= network.live_by(day) <= share.upper + EXACT

    def test_bounds_hold_whatever_waits_are_let_go(self, number):
        """Waits are dropped one after the other, the least important first, until none is left."""
        for network in batch(number)[::4]:
            for day in network.days[1:-1:4]:
                exact = network.live_by(day)
                loosers = [intervals._Looser(part) for part in parts(planned(network), day)]
                for looser in loosers:
                    looser.look()
                for count in range(max((len(one.places) for one in loosers), default=0) + 1):
                    low, high = (
                        prod(one._sums(one.places[:count], late=late).run()[0] for one in loosers)
                        for late in (True, False)
                    )
                    assert low - EXACT <= exact <= high + EXACT

    def test_boxes_of_single_days_are_exact(self, number, monkeypatch):
        """Whatever is cut, boxes are refined with no tolerance until each is a single day."""
        monkeypatch.setattr(intervals, "_BOXES", 10**9)
        for network in batch(number)[::4]:
            day = network.days[len(network.days) // 2]
            low = high = 1.0
            for part in parts(planned(network), day):
                boxes = intervals._Boxes(part, intervals.Budget(None), ([0.0], [1.0]), {})
                boxes.refine(0)
                (lower,), (upper,) = boxes.bounds()
                low, high = low * lower, high * upper
            exact = network.live_by(day)
            assert abs(low - exact) < EXACT
            assert abs(high - exact) < EXACT


def tangle(half=7):
    """Each of seven APIs waits for two of the seven before it, so that most ends are shared."""
    time = DurationRange.parse("0-20 days")
    apis = [Api(id=f"n{i}", name=f"N{i}", technical=time, assurance=time) for i in range(2 * half)]
    links = [
        Link(f"N{i}", f"N{j}", before="build")
        for i in range(half, 2 * half)
        for j in (i - half, (3 * i + 1) % half)
    ]
    return plan(apis, start="2026-01-05", links=links)


DAY = "2026-03-05"


def interval(monkeypatch, steps=3_000_000, **options):
    monkeypatch.setattr(chances, "CURVE", 0)
    monkeypatch.setattr(intervals, "STEPS", steps)
    return tangle().probability(DAY, assume=Uniform(), **options)


class TestIntervals:
    """A sum that is too costly to be exact is proven to lie between two figures, and says so."""

    def test_it_says_between_and_its_value_is_the_middle(self, monkeypatch):
        found = interval(monkeypatch)
        assert found.value == pytest.approx((found.lower + found.upper) / 2)
        assert 0 < found.upper - found.lower < 0.1
        assert str(found).startswith(f"between {found.lower:.2f} and {found.upper:.2f} (")
        assert format(found, ".3f") == f"between {found.lower:.3f} and {found.upper:.3f}"

    def test_the_exact_sum_lies_between(self, monkeypatch):
        found, exact = interval(monkeypatch), interval(monkeypatch, 10**8)
        assert exact.lower == exact.value == exact.upper
        assert found.lower <= exact.value <= found.upper
        for one in (found, exact):
            assert one.lower_if_dependent <= one.lower
            assert one.upper <= one.upper_if_dependent
        assert exact.upper_if_dependent <= found.upper_if_dependent

    def test_a_greater_budget_narrows_it(self, monkeypatch):
        monkeypatch.setattr(chances, "CURVE", 0)
        widths = []
        for budget in (30_000, 300_000, 2_000_000, 4_000_000):
            found = tangle().probability(DAY, assume=Uniform(), budget=budget)
            widths.append(found.upper - found.lower)
        assert 1 > widths[0] > widths[1] > widths[2] > widths[3] == 0

    def test_nothing_is_spent_below_the_tolerance(self, monkeypatch):
        wide, narrow = interval(monkeypatch, tolerance=1), interval(monkeypatch)
        assert wide.upper - wide.lower > narrow.upper - narrow.lower

    def test_a_budget_of_your_own_may_be_too_small(self):
        with pytest.raises(TooComplexError) as caught:
            tangle().probability(DAY, assume=Uniform(), budget=10)
        assert caught.value.limit == 10
        assert str(caught.value).endswith("the limit is 10: raise budget=, or leave it out")

    def test_a_quantile_is_the_first_day_by_which_it_is_proven(self, monkeypatch):
        monkeypatch.setattr(chances, "CURVE", 0)
        monkeypatch.setattr(intervals, "STEPS", 1)
        p = tangle()
        day = p.quantile(0.8, assume=Uniform())
        assert p.probability(day, assume=Uniform()).lower >= 0.8
        assert p.probability(day - timedelta(1), assume=Uniform()).lower < 0.8

    def test_a_budget_that_suffices_for_the_exact_sum_gives_it(self):
        p = planned(oracle.network(0))
        day = p.go_live.earliest
        assert p.probability(day, assume="uniform", budget=10**6) == p.probability(
            day, assume="uniform"
        )

    def test_a_curve_is_proven_on_each_day(self, monkeypatch):
        monkeypatch.setattr(intervals, "STEPS", 1)
        monkeypatch.setattr(chances, "CURVE", 0)
        network = oracle.network(17)
        p = planned(network)
        found = p.distribution(assume=Uniform())
        assert found.days == tuple(network.days[1:-1])
        for day, share in zip(found.days, found.probabilities, strict=True):
            assert share.lower - EXACT <= network.live_by(day) <= share.upper + EXACT
        assert any(share.lower < share.upper for share in found.probabilities)
        window = found.quantile_window(0.5)
        exact = next(day for day in network.days if network.live_by(day) >= 0.5)
        assert window.earliest <= exact <= window.latest == found.quantile(0.5)
        assert "The line is the middle of a proven interval" in p.likelihood_svg(assume=Uniform())

    @pytest.mark.parametrize(
        ("options", "error", "text"),
        [
            ({"tolerance": 2}, InvalidLikelihoodError, "2 is not a tolerance"),
            ({"tolerance": -0.1}, InvalidLikelihoodError, "-0.1 is not a tolerance"),
            ({"tolerance": "small"}, TypeError, "tolerance"),
            ({"budget": 0}, InvalidLikelihoodError, "0 is not a budget"),
            ({"budget": 1.5}, TypeError, "budget="),
            ({"budget": True}, TypeError, "budget="),
        ],
    )
    def test_what_is_not_a_tolerance_or_budget(self, options, error, text):
        p = planned(oracle.network(0))
        for ask in (
            lambda: p.probability("2026-02-01", assume="uniform", **options),
            lambda: p.quantile(0.5, assume="uniform", **options),
            lambda: p.distribution(assume="uniform", **options),
        ):
            with pytest.raises(error, match=text):
                ask()


class TestTiedIntervals:
    """Who goes live last, and what is critical, is proven to lie between two figures too."""

    ASK = pytest.mark.parametrize("question", ["driver_probability", "criticality_probability"])

    @ASK
    def test_it_says_between_and_its_value_is_the_middle(self, question):
        found = getattr(tangle(4), question)("N5", assume="uniform", budget=100_000)
        assert found.value == pytest.approx((found.lower + found.upper) / 2)
        assert 0 < found.upper - found.lower < 1
        assert str(found).startswith("between ")
        assert (found.lower_if_dependent, found.upper_if_dependent) == (0, 1)

    @ASK
    def test_the_exact_sum_lies_between_and_a_greater_budget_narrows_it(self, question):
        def ask(budget):
            return getattr(tangle(4), question)("N5", assume="uniform", budget=budget)

        few, some, all_ = ask(30_000), ask(300_000), ask(10**9)
        assert all_.lower == all_.value == all_.upper
        assert few.lower <= some.lower <= all_.value <= some.upper <= few.upper
        assert some.upper - some.lower < few.upper - few.lower

    @ASK
    def test_nothing_more_is_spent_below_the_tolerance(self, question):
        wide, narrow = (
            getattr(tangle(4), question)("N5", assume="uniform", budget=300_000, tolerance=size)
            for size in (1, 0)
        )
        assert wide.upper - wide.lower > narrow.upper - narrow.lower

    @pytest.mark.parametrize("question", QUESTIONS)
    @pytest.mark.parametrize("seed", [1, 2, 9, 10])
    def test_it_ends_within_the_tolerance_or_where_the_budget_does(
        self, seed, question, monkeypatch
    ):
        """At the end, the sum with any wait more would cost more than what was left."""
        left = []
        spending = ties._Costly._spend_the_rest

        def spent(costly, tolerance):
            left.append((costly, costly.budget.left()))
            spending(costly, tolerance)

        monkeypatch.setattr(ties._Costly, "_spend_the_rest", spent)
        p = planned(oracle.large(seed))
        wide = 0
        for item in p._network.services:
            left.clear()
            effort = chances.Effort(budget=400_000)
            found = getattr(p._chances, question)(item, (0, 1), Uniform(), effort)
            if found.upper - found.lower > 1e-3:
                ((costly, steps),) = left
                gone = costly._fewest(costly.marked, costly.places, steps)
                assert costly._sums(costly.marked, gone).fits(steps)
                for place in gone:
                    less = [one for one in gone if one != place]
                    assert not costly._sums(costly.marked, less, steps).fits(steps)
                wide += 1
        assert wide

    @pytest.mark.parametrize("question", QUESTIONS)
    @pytest.mark.parametrize("seed", [1, 2, 9, 10])
    def test_friends_and_rivals_are_told_by_all_chains(self, seed, question):
        """A friend is on no chain without a mark, and a rival on none with one."""
        p = planned(oracle.large(seed))
        friends = rivals = 0
        for item in p._network.services:
            found = costly(p, item, question)
            if found is not None:
                found.narrow_until(1)
                own = set(found.marked)
                chains = [set(chain) for chain in self.chains(found.part, found.part.target)]
                with_a_mark = set().union(*(one for one in chains if one & own))
                without = set().union(*(one for one in chains if not one & own))
                assert without.isdisjoint(found._friends())
                assert with_a_mark.isdisjoint(found._rivals(found.marked))
                friends += len(found._friends())
                rivals += len(found._rivals(found.marked))
        assert friends
        assert rivals

    def chains(self, part, event):
        """All chains of waits to an event; each may begin on the first day of any event."""
        yield ()
        for place, wait in enumerate(part.waits[event]):
            if wait.before is None:
                yield ((event, place),)
            else:
                for chain in self.chains(part, wait.before):
                    yield (*chain, (event, place))

    @ASK
    def test_a_budget_of_your_own_may_be_too_small(self, question):
        with pytest.raises(TooComplexError) as caught:
            getattr(tangle(4), question)("N5", assume="uniform", budget=10)
        assert caught.value.limit == 10

    @ASK
    def test_a_greater_budget_is_never_refused_where_a_smaller_one_is_enough(self, question):
        """Nor is its interval wider: parts that share nothing leave enough for each other."""
        widths = []
        for budget in range(1_000, 120_000, 3_500):
            try:
                found = getattr(tangle(4), question)("N5", assume="uniform", budget=budget)
            except TooComplexError:
                assert not widths
            else:
                widths.append(found.upper - found.lower)
        assert 1 < len(widths) < 34
        assert widths == sorted(widths, reverse=True)

    @ASK
    @pytest.mark.parametrize("options", [{"tolerance": 2}, {"budget": 0}])
    def test_what_is_no_tolerance_or_budget(self, question, options):
        with pytest.raises(InvalidLikelihoodError):
            getattr(tangle(4), question)("N5", assume="uniform", **options)

    def test_what_is_certain_needs_no_sum(self):
        p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
        found = p.driver_probability("eRS", assume="uniform", budget=1)
        assert str(found) == "certain"

    def test_likelihoods_take_the_same(self):
        found = tangle().likelihoods(DAY, tolerance=1, budget=30_000)
        assert found.probabilities[0] == tangle().probability(
            DAY, assume="uniform", tolerance=1, budget=30_000
        )
        with pytest.raises(TooComplexError):
            tangle().likelihoods(DAY, budget=10)

    @pytest.mark.parametrize("seed", [1, 2, 9, 10])
    def test_bounds_hold_for_what_is_drawn(self, seed, monkeypatch):
        """For 12 services with millions of scenarios, in budgets too small for the exact sums.

        By Hoeffding's inequality, a share of 4,000 scenarios is further off than that once in 10
        million times; the seeds are fixed.
        """
        network, runs = oracle.large(seed), 4_000
        off = sqrt(log(2e7) / (2 * runs))
        drawn = dict(zip(QUESTIONS, network.drawn(runs), strict=True))
        inexact = 0
        for steps in (30_000, 1_000_000):
            monkeypatch.setattr(intervals, "STEPS", steps)
            p = planned(network)
            for item in p._network.services:
                for question, shares in drawn.items():
                    found = getattr(p._chances, question)(item, (0, 1), Uniform())
                    assert found.lower - off <= shares[item.name] <= found.upper + off
                    inexact += found.upper - found.lower > 1e-3
        assert inexact > 10


class TestComparingTwoDays:
    """At most how likely the first day is not before the second."""

    @staticmethod
    def rows(masses):
        return list(accumulate(masses))

    @pytest.mark.parametrize("seed", range(200))
    def test_it_is_never_less_than_for_independent_days(self, seed):
        draw = random.Random(seed)  # noqa: S311  it keeps no secret
        masses = []
        for _ in range(2):
            shares = [draw.choice([0, 0, 1, 3, 9]) + 1e-9 for _ in range(draw.randint(2, 9))]
            masses.append([share / sum(shares) for share in shares])
        size = max(map(len, masses))
        late, early = (one + [0.0] * (size - len(one)) for one in masses)
        exact = sum(late[i] * early[j] for i in range(size) for j in range(size) if i >= j)
        found = ties._meeting(self.rows(late), self.rows(early))
        assert exact - EXACT <= found <= 1

    def test_days_that_never_meet(self):
        assert ties._meeting([0.5, 1, 1, 1], [0, 0, 0, 1]) == 0

    def test_days_that_always_meet(self):
        assert ties._meeting([0, 0, 0, 1], [1, 1, 1, 1]) == 1

    def test_between_them_the_best_days_are_found(self):
        """The first is day 0 but for 1 in 10; the second is day 2 but for 1 in 100."""
        found = ties._meeting([0.9, 0.9, 1], [0.01, 0.01, 1])
        assert found == pytest.approx(0.11)
        assert ties._meeting([0.9, 0.99, 1], [0.01, 0.1, 1]) == pytest.approx(0.0299, abs=1e-2)


class TestOrders:
    """The order of a sum changes what it costs, and nothing else."""

    @pytest.mark.parametrize("seed", range(1, 9))
    def test_mixed_orders_are_no_dearer_and_sum_to_the_same(self, seed):
        p = planned(oracle.large(seed))
        mixed, again = parts(p), parts(p)
        assert [part.order for part in mixed] == [part.order for part in again]
        for one in mixed:
            plain = Sums(one.reduced, one.kernels, search=Search(mixed=0))
            assert one.order.cost <= plain.order.cost
            if one.order != plain.order:
                assert one.run() == pytest.approx(plain.run(), abs=EXACT)

    def test_some_are_cheaper_by_a_third(self, monkeypatch):
        p = planned(oracle.large(1))
        (mixed,) = parts(p)
        monkeypatch.setattr(sums, "_MOST_EVENTS", 0)
        (plain,) = parts(p)
        assert mixed.order.cost < 2 / 3 * plain.order.cost

    def test_a_known_order_is_kept(self):
        (part,) = parts(planned(oracle.large(1)))
        known = part.order.events[::-1]
        again = Sums(part.reduced, part.kernels, search=Search(known=known))
        assert again.order.events == known
        assert again.order.cost > part.order.cost


def test_two_reasons_to_wait_for_one_event_are_one_wait():
    """Another API comes first by its team, and by a link that says the same."""
    time = DurationRange.parse("0-5 days")
    apis = [Api(id=f"n{i}", name=f"N{i}", technical=time, assurance=time) for i in range(2)]
    teams = [["N0", "N1"]]
    link = Link("N1", "N0", before="build", to_be="built")
    once, twice = (
        plan(apis, start="2026-01-05", teams=teams, links=links) for links in ([], [link])
    )
    assert [part.order for part in parts(once)] == [part.order for part in parts(twice)]
    assert once.distribution(assume="uniform") == twice.distribution(assume="uniform")


class TestDistribution:
    """The whole curve at once."""

    def test_every_question_reads_from_it(self):
        p = plan(catalogue.select("eRS", "GP Connect Access Record"), start="2026-01-05")
        for shape in (Uniform(), Triangular(0.2), PertBeta(0.5)):
            curve = p.distribution(assume=shape)
            assert curve.assumption == shape
            assert (curve.days[0], curve.days[-1]) == (p.go_live.earliest, p.go_live.latest)
            assert len(curve.days) == len(curve.probabilities) == p.go_live.day_count
            for day in curve.days[::20]:
                assert curve.probability(day) == p.probability(day, assume=shape)
            for q in (0.01, 0.5, 0.8, 1):
                assert curve.quantile(q) == p.quantile(q, assume=shape)
                assert curve.quantile_window(q).day_count == 1

    def test_before_it_is_impossible_and_after_it_certain(self):
        p = plan(catalogue.select("MESH"), start="2026-01-05")
        curve = p.distribution(assume="uniform")
        impossible = Probability(0, 0, 0, Uniform(), 0, 0)
        assert curve.probability("2026-03-01") == impossible
        certain = Probability(1, 1, 1, Uniform(), 1, 1)
        assert curve.probabilities[-1] == curve.probability("2026-04-17") == certain

    def test_it_never_falls(self):
        shares = [
            share.value
            for share in planned(oracle.network(3)).distribution(assume="pert:0.3").probabilities
        ]
        assert shares == sorted(shares)

    def test_as_a_table(self):
        curve = plan(catalogue.select("MESH"), start="2026-01-05").distribution(assume="uniform")
        columns = curve.to_columns()
        assert list(columns) == [
            "day",
            "value",
            "lower",
            "upper",
            "lower_if_dependent",
            "upper_if_dependent",
            "assumption",
        ]
        assert columns["day"] == list(curve.days)
        assert columns["value"] == [share.value for share in curve.probabilities]
        assert set(columns["assumption"]) == {"every day of the range equally likely"}
        assert curve.to_markdown().startswith("| day | value | lower |")

    def test_as_html(self):
        p = plan(catalogue.select("MESH"), start="2026-01-05")
        curve = p.distribution(assume="uniform")._repr_html_()
        side = p.likelihoods("2026-04-01")._repr_html_()
        assert "How likely, by when: every day of the range equally likely" in curve
        assert "80%" in curve
        for shown, heads in ((curve, ["how likely", "by"]), (side, ["how likely", "under"])):
            (table,) = read_html(shown).all("thead")
            assert [cell.text for cell in table.all("th")] == heads
        assert str(p.quantile(0.8, assume="uniform")) in curve
        assert "All live by 2026-04-01" in side
        assert "the PERT curve, likeliest in the middle of the range" in side

    def test_a_day_that_misses_the_share_by_rounding_reaches_it(self):
        days = tuple(date(2026, 1, n) for n in range(1, 5))
        shares = (0.25, 0.5 - TOLERANCE, 1 - TOLERANCE / 2, 1.0)
        found = tuple(Probability(n, n, n, Uniform(), n, n) for n in shares)
        curve = Distribution(Uniform(), days, found)
        assert curve.quantile(0.5) == days[1]
        assert curve.quantile(0.5 + TOLERANCE) == days[2]
        assert curve.quantile(0.9999) == days[2]
        assert curve.quantile(1) == days[3]

    def test_what_rich_shows_is_short(self):
        curve = plan(catalogue.select("MESH"), start="2026-01-05").distribution(assume="uniform")
        assert list(curve.__rich_repr__()) == [
            "every day of the range equally likely",
            ("first", "2026-03-02"),
            ("last", "2026-04-16"),
        ]

    def test_the_day_before_is_impossible_and_the_day_after_certain(self):
        curve = plan(catalogue.select("MESH"), start="2026-01-05", done=["MESH"]).distribution(
            assume="uniform"
        )
        shares = [curve.probability(curve.days[0] + timedelta(n)).value for n in (-2, -1, 0, 1, 2)]
        assert shares == [0, 0, 1, 1, 1]

    def test_nothing_left_to_do_is_one_certain_day(self):
        p = plan(catalogue.select("MESH"), start="2026-01-05", done=["MESH"])
        curve = p.distribution(assume="uniform")
        assert curve.days == (p.start,)
        assert str(curve.probabilities[0]) == "certain"
        assert repr(curve).startswith("<Distribution from 2026-01-05 to 2026-01-05: ")

    @pytest.mark.parametrize("q", [0, 1.1, float("nan")])
    def test_a_quantile_outside_its_span(self, q):
        curve = planned(oracle.network(1)).distribution(assume="uniform")
        with pytest.raises(InvalidLikelihoodError):
            curve.quantile(q)

    def test_three_shapes_side_by_side(self):
        p = plan(catalogue.select("eRS"), start="2026-01-05")
        found = p.likelihoods("2026-12-31")
        shapes = [Uniform(), Triangular(0.5), PertBeta(0.5)]
        assert [share.assumption for share in found] == shapes
        assert list(found) == [p.probability("2026-12-31", assume=shape) for shape in shapes]
        assert len(found) == 3
        assert [row.split(", ")[0] for row in str(found).splitlines()] == [
            "all live by 2026-12-31:",
            "- 0.81",
            "- 0.90",
            "- 0.92",
        ]
        assert repr(found) == "<Likelihoods of 2026-12-31: 0.8062, 0.9014, 0.9187>"
        assert found.to_columns()["day"] == [found.day] * 3
        assert found.to_markdown().endswith(
            "| the PERT curve, likeliest in the middle of the range |\n"
        )


class TestWhatMatters:
    """What cannot move the day is left out before anything is summed."""

    def test_services_that_end_in_time_cost_nothing(self):
        apis = catalogue.select("eRS", "MESH")
        early = [Service(f"S{i}", "2-6 weeks", "us") for i in range(8)]
        links = [Link("eRS", service.name, before="assurance") for service in early]
        p = plan(apis, start="2026-01-05", services=early, links=links)
        bare = plan(catalogue.select("eRS"), start="2026-01-05")
        day = "2026-12-31"
        assert p.probability(day, assume="uniform") == bare.probability(day, assume="uniform")
        (left,) = parts(p)
        (alone,) = parts(bare)
        assert len(left.reduced.waits) == len(alone.reduced.waits)

    def test_a_wait_that_another_way_overtakes_is_left_out(self):
        """From A, C takes 1-2 days; B and what comes after it take at least three."""

        def one(name, time):
            return Service(name, time, "us")

        services = [one("A", "0-9 days"), one("B", "3-5 days"), one("C", "1-2 days")]
        links = [Link(name, "A", before="build") for name in "BC"]
        api = Api(
            id="api", name="API", technical=DurationRange.parse("0-3 days"), assurance=NOTHING
        )
        links += [Link("API", name, before="build") for name in "BC"]
        p = plan([api], start="2026-01-05", services=services, links=links)
        (left,) = parts(p)
        # A, B, the API's build and the target are left: the others imply the wait for C.
        assert len(left.reduced.waits) == 4

    def test_parts_that_share_nothing_multiply(self):
        p = plan(catalogue.select("eRS", "GP Connect Access Record"), start="2026-01-05")
        assert len(parts(p)) == 2


def test_a_curve_that_costs_too_much_is_not_worked_out_for_a_day(monkeypatch):
    """Then each day is summed on its own, and its cost is worked out once."""
    p = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
    curve = p.distribution(assume="uniform")
    again = plan(catalogue.select("eRS", "MESH"), start="2026-01-05")
    monkeypatch.setattr(chances, "CURVE", -1)
    for day in ("2026-09-01", "2026-10-01", "2026-11-01", "2026-12-01", "2027-01-01", "2027-02-01"):
        for assume in ("uniform", "triangular:0.5"):
            share = again.probability(day, assume=assume).value
            if assume == "uniform":
                assert share == pytest.approx(curve.probability(day).value, abs=1e-12)

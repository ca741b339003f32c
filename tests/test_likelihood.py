"""Shapes, compared with exact fractions and another series; and probabilities in words."""

import math
import re
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plan_oracle as oracle
from html_reader import read_html
from nhs_api_catalogue import (
    InvalidLikelihoodError,
    PertBeta,
    Probability,
    Triangular,
    Uniform,
    UnknownValueError,
    likelihood,
)

MODES = st.floats(0, 1)
SHARES = st.floats(0, 1)
SHAPES = st.one_of(st.just(Uniform()), MODES.map(Triangular), MODES.map(PertBeta))


def beta_by_binomial_series(x: float, mode: float) -> float:
    """The PERT cdf from expanding (1 - t) ** (b - 1), in 60 digits.

    Another series than the library's, with signs that cancel: hence the digits.
    """
    with localcontext() as context:
        context.prec = 60
        a, b = 1 + 4 * Decimal(mode), 1 + 4 * (1 - Decimal(mode))

        def up_to(share, a, b):
            total, term, k = Decimal(0), share**a, 0
            # At a share of 1/2 or less, each term is less than half of the one before.
            while abs(term) > Decimal(10) ** -55:
                total += term / (a + k)
                k += 1
                term *= (k - b) / k * share
            return total

        half = Decimal("0.5")
        whole = up_to(half, a, b) + up_to(half, b, a)
        share = Decimal(x)
        if share <= half:
            return float(up_to(share, a, b) / whole)
        return float(1 - up_to(1 - share, b, a) / whole)


class TestShapes:
    @given(SHARES)
    def test_uniform(self, share):
        assert Uniform().cdf(share) == share

    @given(SHARES, MODES)
    def test_triangular_is_the_integral_of_its_two_lines(self, share, mode):
        exact = oracle.triangular(Fraction(mode))(Fraction(share))
        assert Triangular(mode).cdf(share) == pytest.approx(float(exact), abs=1e-13)

    @given(SHARES, st.sampled_from([0, 0.25, 0.5, 0.75, 1]))
    def test_pert_with_whole_parameters_is_a_binomial_sum(self, share, mode):
        exact = oracle.pert(Fraction(mode))(Fraction(share))
        assert PertBeta(mode).cdf(share) == pytest.approx(float(exact), abs=1e-13)

    @given(SHARES, MODES)
    def test_pert_agrees_with_another_series(self, share, mode):
        exact = beta_by_binomial_series(share, mode)
        assert PertBeta(mode).cdf(share) == pytest.approx(exact, abs=1e-13)

    @given(SHAPES)
    def test_a_cdf_begins_at_0_and_ends_at_1(self, shape):
        assert (shape.cdf(0.0), shape.cdf(1.0)) == (0, 1)

    @given(SHAPES, st.sampled_from([-0.001, 1.001, 2, float("nan"), float("inf")]))
    def test_a_share_outside_its_span(self, shape, share):
        with pytest.raises(InvalidLikelihoodError) as caught:
            shape.cdf(share)
        assert str(caught.value) == (
            f"{share} is not a share: expected a share of the span, from 0 to 1"
        )

    @given(SHAPES, st.sampled_from(["0.5", None, True]))
    def test_a_share_that_is_not_a_number(self, shape, share):
        with pytest.raises(TypeError) as caught:
            shape.cdf(share)
        assert str(caught.value) == f"the share must be a number from 0 to 1, got {share!r}"

    @given(SHAPES, SHARES, SHARES)
    def test_a_cdf_is_monotone(self, shape, a, b):
        low, high = sorted((a, b))
        assert shape.cdf(low) <= shape.cdf(high) + 1e-15

    @given(MODES, SHARES)
    def test_mirrored_modes_give_mirrored_shapes(self, mode, share):
        for kind in (Triangular, PertBeta):
            mirrored = 1 - kind(1 - mode).cdf(1 - share)
            assert kind(mode).cdf(share) == pytest.approx(mirrored, abs=1e-9)

    @given(SHAPES, st.integers(1, 400))
    def test_the_masses_of_days_add_up_to_1(self, shape, days):
        masses = likelihood.masses_of(shape, days)
        assert len(masses) == days
        assert math.fsum(masses) == pytest.approx(1, abs=1e-12)

    @given(st.integers(1, 400))
    def test_uniform_gives_every_day_the_same(self, days):
        masses = likelihood.masses_of(Uniform(), days)
        assert masses == pytest.approx([1 / days] * days, abs=1e-15)

    @pytest.mark.parametrize("kind", [Triangular, PertBeta])
    @pytest.mark.parametrize("mode", [-0.001, 1.001, float("nan"), float("inf")])
    def test_a_mode_outside_its_span(self, kind, mode):
        with pytest.raises(InvalidLikelihoodError) as caught:
            kind(mode)
        assert str(caught.value) == (
            f"{mode} is not a mode: expected a share of the span, from 0 to 1"
        )

    @pytest.mark.parametrize("kind", [Triangular, PertBeta])
    @pytest.mark.parametrize("mode", ["0.5", None, True])
    def test_a_mode_that_is_not_a_number(self, kind, mode):
        with pytest.raises(TypeError) as caught:
            kind(mode)
        assert str(caught.value) == f"the mode must be a number from 0 to 1, got {mode!r}"

    def test_shapes_are_values(self):
        assert (PertBeta(0.5), hash(PertBeta(0.5))) == (PertBeta(0.5), hash(PertBeta(0.5)))
        assert PertBeta(0.5) != Triangular(0.5)
        assert [repr(shape) for shape in (Uniform(), Triangular(0.5))] == [
            "Uniform()",
            "Triangular(mode=0.5)",
        ]


class TestWhatIsAsked:
    @pytest.mark.parametrize("q", [0, -0.1, 1.1, float("nan"), float("inf")])
    def test_a_probability_that_no_day_reaches(self, q):
        with pytest.raises(InvalidLikelihoodError) as caught:
            likelihood.check_quantile(q)
        assert (
            str(caught.value) == f"{q} is not a probability to reach: expected above 0 and up to 1"
        )

    @pytest.mark.parametrize("q", ["0.5", None, True, Fraction(1, 2)])
    def test_a_probability_that_is_not_a_number(self, q):
        with pytest.raises(TypeError) as caught:
            likelihood.check_quantile(q)
        assert str(caught.value) == (
            f"a probability must be a number above 0 and up to 1, got {q!r}"
        )

    @pytest.mark.parametrize("q", [1e-300, 0.5, 1, 1.0])
    def test_a_probability_to_reach_is_given_back(self, q):
        assert likelihood.check_quantile(q) == q

    @pytest.mark.parametrize("assume", [Uniform, None, 0.5, True])
    def test_what_is_not_an_assumption_is_told_the_three(self, assume):
        with pytest.raises(TypeError) as caught:
            likelihood.read_assumption(assume)
        assert str(caught.value) == (
            "assume= takes Uniform(), Triangular(mode) or PertBeta(mode), or their text, got "
            f"{assume!r}"
        )

    @pytest.mark.parametrize("assume", [Uniform(), Triangular(0), PertBeta(1)])
    def test_each_assumption_is_given_back(self, assume):
        assert likelihood.read_assumption(assume) is assume

    @pytest.mark.parametrize(
        ("text", "assume"),
        [
            ("uniform", Uniform()),
            (" Uniform ", Uniform()),
            ("triangular:0.25", Triangular(0.25)),
            ("Triangular: 1", Triangular(1)),
            ("pert:0.5", PertBeta(0.5)),
            ("pert:0", PertBeta(0)),
        ],
    )
    def test_an_assumption_can_be_named_in_text(self, text, assume):
        assert likelihood.read_assumption(text) == assume

    @pytest.mark.parametrize(
        "text", ["", "normal", "uniform:", "uniform:0.5", "pert", "pert:", "pert:x", "beta:0.5"]
    )
    def test_a_text_that_names_none(self, text):
        with pytest.raises(UnknownValueError) as caught:
            likelihood.read_assumption(text)
        assert str(caught.value) == (
            f"{text!r} is not an assumption: expected 'uniform', 'triangular:MODE' or 'pert:MODE'"
        )

    @pytest.mark.parametrize("text", ["pert:2", "triangular:-0.1", "pert:nan"])
    def test_a_mode_in_text_is_a_share_too(self, text):
        with pytest.raises(InvalidLikelihoodError, match="is not a mode"):
            likelihood.read_assumption(text)

    @pytest.mark.parametrize(
        ("assume", "words"),
        [
            (Uniform(), "every day of the range equally likely"),
            (Triangular(0), "a triangle, likeliest on its first day"),
            (Triangular(1), "a triangle, likeliest on its last day"),
            (Triangular(0.3), "a triangle, likeliest 30 % into the range"),
            (PertBeta(0.5), "the PERT curve, likeliest in the middle of the range"),
            (PertBeta(1 / 3), "the PERT curve, likeliest 33.3 % into the range"),
        ],
    )
    def test_assumptions_are_named_in_english(self, assume, words):
        assert str(assume) == words


class TestBounds:
    def test_nothing_to_wait_for_is_certain(self):
        assert likelihood.frechet_bounds([], []) == (1, 1)

    @given(st.lists(st.floats(0, 1), max_size=6))
    def test_they_contain_the_product(self, marginals):
        value = math.prod(marginals)
        lower, upper = likelihood.frechet_bounds(marginals, marginals)
        assert lower - 1e-12 <= value <= upper

    def test_they_are_those_of_frechet(self):
        lower, upper = likelihood.frechet_bounds([0.806] * 3, [0.806] * 3)
        assert (round(lower, 3), round(upper, 3)) == (0.418, 0.806)

    def test_they_are_wider_if_the_marginals_are_bounds_themselves(self):
        assert likelihood.frechet_bounds([0.7, 0.8], [0.9, 0.95]) == (pytest.approx(0.5), 0.9)


def probability(value, lower=None, upper=None, *, dependent=None):
    lower, upper = value if lower is None else lower, value if upper is None else upper
    return Probability(value, lower, upper, Uniform(), *(dependent or (lower, upper)))


class TestProbability:
    def test_it_is_a_float_when_asked(self):
        assert float(probability(0.5, 0.25, 0.75)) == 0.5

    @pytest.mark.parametrize(
        ("found", "text"),
        [
            (probability(0.8046), "0.80"),
            (probability(0.725, 0.71, 0.74), "between 0.71 and 0.74"),
            (probability(0.7203, 0.7201, 0.7205), "0.72"),
            (probability(0.9996), "above 0.99"),
            (probability(0.0004), "below 0.01"),
            (probability(0.002, 0.0, 0.004), "between 0.00 and below 0.01"),
            (
                probability(0.8046, dependent=(0.7, 0.8062)),
                "0.80 (0.70 to 0.81 if the APIs depend on each other)",
            ),
            (probability(0.8046, dependent=(0.8042, 0.8048)), "0.80"),
            (
                probability(0.725, 0.71, 0.74, dependent=(0.0, 1.0)),
                "between 0.71 and 0.74 (0.00 to 1.00 if the APIs depend on each other)",
            ),
        ],
    )
    def test_it_says_what_is_known_and_on_what_assumption(self, found, text):
        assert str(found) == f"{found}" == f"{text}, every day of the range equally likely"

    @pytest.mark.parametrize(("value", "text"), [(1.0, "certain"), (0.0, "impossible")])
    def test_what_rests_on_nothing_names_no_assumption(self, value, text):
        assert str(likelihood.certainly(value, Uniform())) == text

    @pytest.mark.parametrize(
        ("found", "spec", "text"),
        [
            (probability(0.8046), ".4f", "0.8046"),
            (probability(0.8046), ".0%", "80%"),
            (probability(1.0), ".2f", "1.00"),
            (probability(0.725, 0.71, 0.74), ".3f", "between 0.710 and 0.740"),
            (probability(0.72032, 0.7203, 0.72034), ".3f", "0.720"),
        ],
    )
    def test_a_format_gives_the_number_with_its_digits(self, found, spec, text):
        assert format(found, spec) == text

    def test_it_is_a_row_of_a_table(self):
        found = probability(0.725, 0.71, 0.74, dependent=(0.7, 0.8))
        columns = {
            "value": [0.725],
            "lower": [0.71],
            "upper": [0.74],
            "lower_if_dependent": [0.7],
            "upper_if_dependent": [0.8],
            "assumption": ["every day of the range equally likely"],
        }
        assert found.to_columns() == columns
        heads, _, cells = found.to_markdown().splitlines()
        assert heads == f"| {' | '.join(columns)} |"
        assert (
            cells == "| 0.725 | 0.71 | 0.74 | 0.7 | 0.8 | every day of the range equally likely |"
        )

    @pytest.mark.parametrize(
        ("found", "text"),
        [
            (
                probability(0.725, 0.71, 0.74, dependent=(0.7, 0.8)),
                "between 0.71 and 0.74 (0.70 to 0.80 if the APIs depend on each other)",
            ),
            (probability(1.0), "certain"),
        ],
    )
    def test_in_a_notebook_what_is_known_stands_beside_what_is_assumed(self, found, text):
        (table,) = read_html(found._repr_html_()).all("table")
        assert [cell.text for cell in table.all("caption")] == ["Probability"]
        assert [cell.text for cell in table.all("th", "td")] == [
            "how likely",
            "under",
            text,
            "every day of the range equally likely",
        ]

    @pytest.mark.parametrize("spec", [">60", "*^99", "70"])
    def test_a_width_alone_aligns_the_text(self, spec):
        found = probability(0.725, 0.71, 0.74)
        assert format(found, spec) == format(str(found), spec)

    @pytest.mark.parametrize("spec", ["d", "x", ".4s", "four"])
    def test_another_format_is_refused_with_what_is_one(self, spec):
        expected = f"unknown format '{spec}' for a Probability: expected digits such as '.4f', or"
        with pytest.raises(ValueError, match=re.escape(expected)):
            format(probability(0.725, 0.71, 0.74), spec)

"""Libraries that evaluate annotations, with ours for real: pydantic and beartype."""

import inspect
import sys

import beartype
import pytest
from beartype.roar import BeartypeCallHintParamViolation
from pydantic import ConfigDict, ValidationError, validate_call

from nhs_api_catalogue import catalogue, plan
from public_members import members_of, public

ANY = ConfigDict(arbitrary_types_allowed=True)
FUNCTIONS = {name: value for name, value in public().items() if inspect.isfunction(value)} | {
    f"{owner}.{name}": member
    for owner, value in public().items()
    if isinstance(value, type)
    for name, member in members_of(value).items()
    if inspect.isfunction(member)
}
# pydantic reads no TypedDict of the standard library before Python 3.12.
TYPED_DICTS = {"Catalogue.replace", "Products.filter", "Products.undecided"}
FOR_PYDANTIC = FUNCTIONS.keys() - (TYPED_DICTS if sys.version_info < (3, 12) else set())


@pytest.mark.parametrize("name", sorted(FOR_PYDANTIC))
def test_pydantic_can_check_the_calls_of(name):
    assert callable(validate_call(config=ANY)(FUNCTIONS[name]))


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_beartype_can_check_the_calls_of(name):
    assert callable(beartype.beartype(FUNCTIONS[name]))


class TestPlan:
    def test_pydantic_lets_a_right_call_through(self):
        checked = validate_call(config=ANY)(plan)
        assert checked(catalogue.select("eRS"), start="2026-01-05") == plan(
            catalogue.select("eRS"), start="2026-01-05"
        )

    def test_pydantic_refuses_a_wrong_call(self):
        with pytest.raises(ValidationError, match="overlap"):
            validate_call(config=ANY)(plan)(catalogue, start="2026-01-05", overlap="half")

    def test_beartype_lets_a_right_call_through(self):
        checked = beartype.beartype(plan)
        assert checked(catalogue.select("eRS"), start="2026-01-05") == plan(
            catalogue.select("eRS"), start="2026-01-05"
        )

    def test_beartype_refuses_a_wrong_call(self):
        with pytest.raises(BeartypeCallHintParamViolation, match="overlap"):
            beartype.beartype(plan)(catalogue, start="2026-01-05", overlap="half")

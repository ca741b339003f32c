"""Modules that annotations name, loaded when they are asked for something."""

import sys
from typing import Any

import pytest

from nhs_api_catalogue._later import Later


def test_the_module_is_loaded_when_it_is_asked_for_something():
    sys.modules.pop("colorsys", None)
    later = Later("colorsys")
    assert "colorsys" not in sys.modules
    assert later.rgb_to_hsv is sys.modules["colorsys"].rgb_to_hsv


def test_what_is_asked_of_a_module_that_is_not_installed_is_any():
    assert Later("no_such_module").Table is Any


def test_what_a_module_lacks_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = Later("colorsys").no_such_name

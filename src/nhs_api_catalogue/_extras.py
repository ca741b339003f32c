"""What an extra installs: loaded on demand, and reported with its extra if it is missing."""

from __future__ import annotations

from typing import Any

from nhs_api_catalogue.errors import MissingExtraError


def load(module: str, *, extra: str) -> Any:
    """The module that an extra installs.

    Raises:
        MissingExtraError: It is not installed.
    """
    from importlib import import_module  # noqa: PLC0415  it costs 1 ms, and every catalogue loads this

    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        # A module that is installed but lacks another one is broken in its own way.
        if error.name not in (module, module.partition(".")[0]):
            raise
        raise MissingExtraError(extra) from error

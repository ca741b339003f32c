"""Modules that annotations name and that are loaded when an annotation is resolved.

Most callers never ask for the annotations, and a module that only they name would make the first
record slower. But whoever asks (`typing.get_type_hints`, pydantic, beartype, cattrs) evaluates them
in the module where they are written, so every name in them must be there. `Later` puts a stand-in
there; for type checkers the module itself is imported under `TYPE_CHECKING`.
"""

from __future__ import annotations

from typing import Any, final


@final
class Later:
    """A module by its full name, imported when something of it is asked for.

    What is asked of a module that is not installed is `Any`: annotations name pandas, polars and
    pyarrow, which few have all of.

    >>> Later("fractions").Fraction(1, 2)
    Fraction(1, 2)
    >>> Later("no_such_module").Table
    typing.Any
    """

    __slots__ = ("_module",)

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        from importlib import import_module  # noqa: PLC0415  it costs 1 ms

        try:
            module = import_module(self._module)
        except ModuleNotFoundError:
            return Any
        return getattr(module, name)

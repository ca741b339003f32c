"""Stand-ins for modules that annotations name: each is loaded when an annotation is resolved.

Most callers never resolve the annotations, and loading a module that only annotations name would
make the first record slower. But those who do (`typing.get_type_hints`, pydantic, beartype, cattrs)
evaluate them in the module that contains them, so every name in them must be there. `Later` puts a
stand-in there; for type checkers, the module itself is imported under `TYPE_CHECKING`.
"""

from __future__ import annotations

from typing import Any, final


@final
class Later:
    """A module by its full name, imported when one of its attributes is used.

    The attributes of a module that is not installed are `Any`: annotations name pandas, polars and
    pyarrow, and few people have all of them.

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

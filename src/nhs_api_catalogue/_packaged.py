"""The files that come with the package, which may lie in a zip archive."""

from os.path import dirname, join


def packaged(name: str) -> bytes:
    """The bytes of one of the package's data files.

    >>> packaged("guide-2025.json")[:1]
    b'{'
    """
    folder = dirname(__file__)  # noqa: PTH120  pathlib costs 4 ms at import
    data: bytes = __loader__.get_data(join(folder, "data", name))  # type: ignore[name-defined]  # noqa: PTH118
    return data

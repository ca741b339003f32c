"""What PyInstaller must pack besides what it finds: rooms that are loaded by name, and the data.

PyInstaller asks through the entry point `pyinstaller40` where hooks lie; so an application that
uses the library needs no option of its own.
"""

from os.path import dirname


def hook_dirs() -> list[str]:
    """The folders with hooks."""
    return [dirname(__file__)]  # noqa: PTH120  as the other modules that look for their folder

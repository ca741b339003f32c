"""What PyInstaller must pack besides what it finds: modules that are loaded by name, and the data.

PyInstaller finds the hooks through the entry point `pyinstaller40`, so an application that uses the
library needs no option.
"""

from os.path import dirname


def hook_dirs() -> list[str]:
    """The folders with hooks."""
    return [dirname(__file__)]  # noqa: PTH120  as the other modules that look for their folder

"""What PyInstaller asks for; the gate `packed` tries whether it packs what is needed."""

from importlib.metadata import entry_points
from pathlib import Path


def test_the_entry_point_leads_to_a_hook_for_the_package():
    found = [
        Path(folder, "hook-nhs_api_catalogue.py").is_file()
        for entry in entry_points(group="pyinstaller40")
        if entry.dist.name == "nhs-api-catalogue"
        for folder in entry.load()()
    ]
    assert found == [True]

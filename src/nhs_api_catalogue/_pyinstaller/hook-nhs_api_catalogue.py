"""PyInstaller's hook for the library."""

from importlib.util import find_spec

from PyInstaller.utils.hooks import collect_data_files, collect_submodules, copy_metadata

# The package resolves its public names on first use, so no import names their modules.
hiddenimports = collect_submodules("nhs_api_catalogue", lambda name: "_pyinstaller" not in name)
# Editions, official statements and schemas; `__version__` is read from the metadata.
datas = collect_data_files("nhs_api_catalogue") + copy_metadata("nhs-api-catalogue")
# The bank holidays are loaded by name too, and only the data of their package.
if find_spec("govuk_bank_holidays"):
    hiddenimports.append("govuk_bank_holidays")
    datas += collect_data_files("govuk_bank_holidays")

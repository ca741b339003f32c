"""Editions: JSON to catalogue and back, and what differs between two of them.

`trusted` reads the bundled edition and is all that the first record needs. `reading` and `writing`
are for files of your own, through the one converter of `conversion`; `faults` explains what that
refuses, all at once. `formats` is what the file format is, told from the classes. `diffs` compares.
"""

from nhs_api_catalogue.editions.trusted import bundled, bundled_overlay, catalogue, packaged

__all__ = ["bundled", "bundled_overlay", "catalogue", "packaged"]

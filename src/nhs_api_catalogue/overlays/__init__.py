"""Overlay files: JSON to what official sources say and back, and every fault of a file at once.

`reading` trusts what it reads, so that the bundled file costs little; the reader of documents and
`faults` stand before it where a file is a user's own, and the tests put the bundled one through
them too.
"""

from nhs_api_catalogue.overlays.reading import load_overlay, read_overlay

__all__ = ["load_overlay", "read_overlay"]

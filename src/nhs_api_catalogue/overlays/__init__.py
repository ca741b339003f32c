"""Overlay files: from JSON to what official sources say, and back."""

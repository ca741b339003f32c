"""Editions: files of records to catalogues and back."""

"""Editions: files of records to catalogues and back, and what differs between two of them."""

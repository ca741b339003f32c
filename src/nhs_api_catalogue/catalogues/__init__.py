"""Catalogues, and each kind of question to one: look-up, search, order, change, age."""

from nhs_api_catalogue.catalogues.catalogue import Catalogue, Staleness, read_catalogue

__all__ = ["Catalogue", "Staleness", "read_catalogue"]

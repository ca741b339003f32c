"""Catalogues, and each kind of question to one: look-up, search, order, change, age."""

from nhs_api_catalogue.catalogues.catalogue import Catalogue, read_catalogue

__all__ = ["Catalogue", "read_catalogue"]

"""A catalogue: an immutable, ordered collection of records, with everything one asks of it."""

from nhs_api_catalogue.catalogues.catalogue import Catalogue, read_catalogue

__all__ = ["Catalogue", "read_catalogue"]

"""A catalogue: an immutable, ordered collection of records, with everything one asks of it."""

from nhs_api_catalogue.catalogues.catalogue import Catalogue, read_catalogue
from nhs_api_catalogue.catalogues.ordering import Sortable, SortKey

__all__ = ["Catalogue", "SortKey", "Sortable", "read_catalogue"]

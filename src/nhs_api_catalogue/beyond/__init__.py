"""Beyond the guide: the products of NHS England whose specifications are public.

`records` holds one product and its words, `sequence` finds and filters, `tables` says which rows
and columns products have, `bundled` reads the file that comes with the package. Nothing of it is
loaded for the records of the guide.
"""

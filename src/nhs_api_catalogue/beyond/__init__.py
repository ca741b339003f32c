"""Beyond the guide: the NHS England products that have public specifications.

`records` defines one product and its vocabulary, `sequence` finds and filters products, `tables`
defines their rows and columns, and `bundled` reads the file that comes with the package. None of
this is loaded for the records of the guide.
"""

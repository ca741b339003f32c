"""The command line: lists, shows, searches, plans, validates and compares.

It is a thin layer over the public names of the library, which it imports from the package root: any
Python program can do the same.
"""

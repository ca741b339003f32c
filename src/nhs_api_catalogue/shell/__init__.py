"""The command line: lists, shows, searches, plans, validates and compares.

A thin layer over the public names of the library, so it imports them from the package root: what
it does, any Python program can do.
"""

"""What others say of an API: NHS England first of all, each statement with source and date.

The guide stays as it is. What is said beside it, or against it, is an `Overlay`: official
entries, differences, prerequisites, services and timescales, joined to the records by their ids
and read when first asked for. Each kind of statement is a room of its own, with its words, and is
loaded when there is such a statement.
"""

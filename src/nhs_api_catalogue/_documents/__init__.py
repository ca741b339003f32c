"""JSON documents that somebody else wrote: from a file to values, and every fault at once.

`files` gets from a file to a document, `checks` says what the values in it must be. This room
knows JSON, and nothing of the NHS.
"""

"""Bring a return into the record: one file at a time, each in one transaction.

`runs` brings in a file and remembers the run; the others each write the rows of a table.
"""

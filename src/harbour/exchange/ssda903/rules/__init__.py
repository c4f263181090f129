"""What is so about the return: pure functions on values, without Django, database or clock.

`reading` turns the bytes of one file into a sheet of named cells, `rows` turns cells into typed
rows, `checks` looks across rows and tables, `returns` does all three for a set of files.
"""

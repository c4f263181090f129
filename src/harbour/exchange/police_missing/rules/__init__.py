"""From the cells of an extract to what can come in, without a database.

`columns` says which column tells what; `rows` reads cells; `episodes` puts a child's rows in order.
"""

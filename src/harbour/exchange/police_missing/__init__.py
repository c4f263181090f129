"""The police's extract of missing reports, as CSV or as a workbook.

What its columns mean is said once, by a person, on a page, and kept in versions: an extract with
the same columns is read by the newest. A file comes in whole in one transaction; rows that cannot
come in are named one by one, with what to do, and can be taken away as a file.
"""

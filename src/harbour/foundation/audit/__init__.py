"""What is remembered.

Every consultation, change, search, export and refusal, written with the deed.

A row says who, for which agency, in which role, when, what was done, to whose record, which parts
were shown, and why. Never the content. Rows are append-only, hashed as they are written and sealed
in batches.
"""

"""Addresses and premises: where things happen and where people live.

Words: a *place* is a home address, a premises (a flat, a takeaway, a park ...) or a point of
transport.
"""

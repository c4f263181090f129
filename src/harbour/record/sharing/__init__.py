"""Sharing a child's record with an agency that has no standing of its own, and taking it back.

Words: a *share* says what, with whom, for what purpose, through which lawful gateway, by whom,
until when.
"""

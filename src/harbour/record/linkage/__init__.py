"""Finding the one child: search before create, by name with all its variants, number, phone or date of birth.

Words: a *token* is a normalised part of a name; the *vocabulary* holds the tokens in use, and nothing
about who bears them.
"""

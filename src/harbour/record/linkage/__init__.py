"""Finding the one child: search before create, always.

By name with all its variants, number, telephone, postcode or date of birth. Words: a *token* is a
normalised part of a name; the *vocabulary* holds the tokens in use, and nothing about who bears
them; a *part* is a pair of tokens of a name of several words, so that either is found.
"""
